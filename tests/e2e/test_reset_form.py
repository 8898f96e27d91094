# SPDX-License-Identifier: BSD-2-Clause
"""The reset form by keys alone: each way to say what and where to, and where R leads from."""
import contextlib
import json
import os

import paths
from kafka import shared_cluster
from reset_form import check_plan, choose, committed, confirm_any, fill, home, on_group, press, to_field, write
from tap import Suite, expect, expect_equal, wait_until

suite = Suite()

GROUPS = ("each", "files", "leads", "source", "sizes", "wide")
BEFORE = {("orders", 0): 100, ("orders", 1): 700, ("audit", 0): 300}

SEED = """topic orders 3 1
topic audit 2 1
topic fresh 2 1
topic many 200 1
produce orders 0 500
produce orders 1 800
produce audit 0 300
produce fresh 0 50
commit other orders 0 42
commit other fresh 0 7
""" + "".join(f"""commit {group} orders 0 100
commit {group} orders 1 700
commit {group} audit 0 300
""" for group in GROUPS) + "".join(f"commit wide many {p} 0\n" for p in range(200))


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("reset-form", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


def apply_and_undo(t, cluster, group, rows, wanted):
    """From the plan to the result, and back by the journal."""
    confirm_any(t, group)
    t.wait(rf"done: {rows} of {rows} partitions? verified")
    expect_equal(committed(cluster, group), wanted, f"after it:\n{t.screen()}")
    t.keys("z")
    t.wait(r"^> +\d{4}-\d\d-\d\d .* done")
    t.keys("z")
    t.wait(r"undo of \d{8}-\d+")
    t.wait(r"read (\d+) of \1 target records?\b|deletes \d+")
    confirm_any(t, group)
    # What was committed again as it was needs no putting back.
    t.wait(r"done: (\d+) of \1 partitions? verified")
    expect_equal(committed(cluster, group), BEFORE, f"after the undo:\n{t.screen()}")
    home(t, group)


def at(audit, orders0, orders1):
    return {("audit", 0): audit, ("orders", 0): orders0, ("orders", 1): orders1}


@suite.case
def each_strategy_does_what_it_says_and_is_undone(cluster):
    with on_group(cluster, "each") as t:
        for strategy, text, wanted in (
                ("by duration", "-90m", at(0, 0, 0)),
                ("current", None, BEFORE), ("latest", None, at(300, 500, 800)), ("shift by", "+150", at(300, 250, 800)),
                ("shift by", "-150", at(150, 0, 550)), ("datetime", "yesterday", at(0, 0, 0)),
                ("to offset", "650", at(300, 500, 650)),
                ("skip records", "3", at(300, 103, 703))):
            t.keys("R")
            choose(t, strategy, text)
            check_plan(t)
            for (topic, partition), offset in wanted.items():
                t.wait(rf"{topic} +{partition} +\d+ +{offset}\b")
            if strategy != "current":
                apply_and_undo(t, cluster, "each", 3, wanted)
                continue
            # Committed again as it was: there is nothing to put back.
            confirm_any(t, "each")
            t.wait(r"done: 3 of 3 partitions verified")
            t.keys("z")
            t.wait(r"^> +\d{4}-\d\d-\d\d .* done")
            t.keys("z")
            t.wait(r"there is nothing to change")
            home(t, "each")


@suite.case
def offsets_come_from_another_group(cluster):
    with on_group(cluster, "source") as t:
        t.keys("R")
        choose(t, "group's offsets", "othe")
        t.wait(r"^ +other$")
        press(t, "Tab")
        t.wait(r"> group +other")
        check_plan(t)
        t.wait(r"fresh +0 +.* left out~? .*has committed nothing for this topic")
        t.wait(r"orders +0 +100 +42 +-58 ")
        t.wait(r"audit +0 +300 +left out~? .*no offset given")
        # Allowed, what the other group has read is begun here too.
        t.keys("Escape")
        to_field(t, "include new topics")
        press(t, "Space")
        check_plan(t)
        t.wait(r"fresh +0 +- +7~")
        t.wait(r"orders +0 +100 +42 +-58 ")
        apply_and_undo(t, cluster, "source", 2, {**BEFORE, ("orders", 0): 42, ("fresh", 0): 7})


@suite.case
def offsets_come_from_files(cluster):
    two = "files,orders,0,11\nfiles,orders,1,12\nother,orders,0,13\n"
    one = "orders,0,21\naudit,0,22\n"
    lines = "".join(json.dumps({"group": "files", "topic": "orders", "partition": p, "target_offset": 31 + p}) + "\n"
                    for p in range(2))
    with on_group(cluster, "files") as t:
        for name, text, rows, wanted in (
                ("two.csv", two, 2, {**BEFORE, ("orders", 0): 11, ("orders", 1): 12}),
                ("one.csv", one, 2, {**BEFORE, ("orders", 0): 21, ("audit", 0): 22}),
                ("lines.json", lines, 2, {**BEFORE, ("orders", 0): 31, ("orders", 1): 32})):
            t.keys("R")
            choose(t, "file", write(name, text))
            check_plan(t)
            apply_and_undo(t, cluster, "files", rows, wanted)


@suite.case
def plans_are_written_and_read_back(cluster):
    """What E writes, as CSV and as JSON, is what the form reads: another day, or another cluster."""
    with on_group(cluster, "files") as t:
        for name in ("plan.csv", "plan.json"):
            path = paths.scratch(name)
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
            t.keys("R")
            choose(t, "shift by", "-7")
            check_plan(t)
            t.keys("E")
            t.wait("write the plan to")
            fill(t, path)
            t.keys("Enter")
            t.wait(r"written to ")
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
            rows = [line.split(",") for line in lines] if name.endswith("csv") else \
                [(r["topic"], r["partition"], r["target_offset"]) for r in map(json.loads, lines)]
            expect_equal({(topic, int(p)): int(o) for topic, p, o in rows}, at(293, 93, 693), name)
            t.keys("Escape")
            choose(t, "file", path)
            check_plan(t)
            for topic, partition, offset in (("orders", 0, 93), ("orders", 1, 693), ("audit", 0, 293)):
                t.wait(rf"{topic} +{partition} +\d+ +{offset} +-7 ")
            home(t, "files")


@suite.case
def topics_never_read_need_a_switch(cluster):
    with on_group(cluster, "leads") as t:
        t.keys("R")
        to_field(t, "scope")
        press(t, "Right")
        press(t, "Tab")
        t.text("fre")
        t.wait(r"^ +fresh$")
        press(t, "Tab")
        t.text(":0-1 orders:1")
        choose(t, "earliest")
        check_plan(t)
        t.wait(r"fresh +0 +- +left out")
        t.wait(r"orders +1 +700 +0 ")
        t.wait(r"2 left out")
        t.keys("Escape")
        to_field(t, "include new topics")
        press(t, "Space")
        check_plan(t)
        t.wait(r"fresh +1 +- +0~")
        apply_and_undo(t, cluster, "leads", 3, {**BEFORE, ("fresh", 0): 0, ("fresh", 1): 0, ("orders", 1): 0})


@suite.case
def a_group_gets_offsets_before_its_first_start(cluster):
    with on_group(cluster, "leads") as t:
        expect("create the group" not in t.screen(), t.screen())
        t.keys("R")
        t.wait(r"step 1 of 3")
        expect("create the group" not in t.screen(), f"offered for a group that is there:\n{t.screen()}")
        home(t, "leads")
        t.keys(":")
        t.text("reset newborn")
        t.keys("Enter")
        t.wait(r"create the group .*there is no consumer group with this name yet")
        to_field(t, "topics")
        t.text("orders:0,1 fresh")
        choose(t, "to offset", "5")
        t.keys("C-s")
        t.wait(r"no such consumer group: newborn; to create it, press Esc")
        t.keys("Enter")
        t.wait(r"this plan cannot be applied")
        t.keys("Escape")
        to_field(t, "create the group")
        press(t, "Space")
        t.wait_gone("include new topics")
        check_plan(t)
        t.wait(r"orders +1 +- +5~")
        confirm_any(t, "newborn")
        t.wait(r"done: 4 of 4 partitions verified")
        expect_equal(committed(cluster, "newborn"),
                     {("orders", 0): 5, ("orders", 1): 5, ("fresh", 0): 5, ("fresh", 1): 0}, "its offsets")
        t.keys("z")
        t.wait(r"^> +\d{4}.*newborn")
        t.keys("z")
        t.wait(r"deletes 4 committed offsets")
        confirm_any(t, "newborn")
        t.wait(r"done: 4 of 4 partitions verified")
        expect_equal(committed(cluster, "newborn"), {}, "after the undo")


@suite.case
def chosen_offsets_are_deleted(cluster):
    with on_group(cluster, "leads") as t:
        t.keys("Enter")
        t.wait(r"orders +1 +700 ")
        for key in ("g", "j", "Space", "j"):
            t.keys(key)
        t.keys("Space", "C-d")
        t.wait(r"deletes 2 committed offsets")
        t.wait(r"orders +0 +100 +deleted")
        confirm_any(t, "leads")
        t.wait(r"done: 2 of 2 partitions verified")
        expect_equal(committed(cluster, "leads"), {("audit", 0): 300}, "after")
        t.keys("z")
        t.wait(r"^> +\d{4}.*leads")
        t.keys("z")
        t.wait(r"orders +1 +- +700")
        confirm_any(t, "leads")
        t.wait(r"done: 2 of 2 partitions verified")
        expect_equal(committed(cluster, "leads"), BEFORE, "after the undo")


@suite.case
def R_leads_to_the_group_that_is_meant(cluster):
    with on_group(cluster, "leads") as t:
        # In the overview: the group under the cursor.
        t.keys("1")
        t.wait(r"under-replicated")
        t.keys("/")
        t.text("leads$")
        t.keys("Enter")
        t.wait(r"^>\W+leads\b")
        t.keys("R")
        t.wait(r"reset +leads +step 1 of 3")
        t.keys("Escape")
        # Where nothing says which: by its name, completed.
        t.keys("2")
        t.wait(r"^ +BROKER|HOST")
        t.keys("R")
        t.wait(r"reset which group:")
        t.text("lea")
        t.keys("Tab")
        t.wait(r"reset which group: leads")
        t.keys("Enter")
        t.wait(r"reset +leads +step 1 of 3")
        expect("create the group" not in t.screen(), t.screen())
        t.keys("Escape")
        # On a topic: one of those that read it, and of its partitions the marked ones.
        t.keys("3")
        t.wait(r"\d rows?\b")
        t.keys("/")
        t.text("fresh$")
        t.keys("Enter")
        t.wait(r"^> +fresh ")
        t.keys("R")
        t.wait(r"reset which group\?")
        t.keys("Enter")
        t.wait(r"reset +other +step 1 of 3")
        t.wait(r"topics +fresh")
        t.keys("Escape")
        t.wait(r"^> +fresh ")
        t.keys("Enter")
        t.wait(r"^> +0 ")
        t.keys("Space", "R")
        t.wait(r"reset which group\?")
        t.keys("Enter")
        t.wait(r"topics +fresh:0 *$")
        t.keys("Escape")
        # Among its readers: the one under the cursor.
        t.keys("Tab", "Tab")
        t.wait(r"^> +other ")
        t.keys("R")
        t.wait(r"reset +other +step 1 of 3")
        t.wait(r"topics +fresh *$")


@suite.case
def records_at_the_target_are_read_for_visible_rows_only(cluster):
    with on_group(cluster, "wide", rows=24) as t:
        t.keys("R")
        choose(t, "earliest")
        t.keys("C-s")
        t.wait(r"203 partitions in 3 topics")
        first = int(t.wait(r"read (\d+) of 203 target records")[1])
        shown = wait_until(lambda: (lambda n: n > 5 and n)(int(t.wait(r"read (\d+) of 203 target records")[1])), "a page")
        expect(first <= shown < 40, f"{shown} of a page of some 14 rows:\n{t.screen()}")
        t.keys("G")
        t.wait(r"orders +1 +700 +0 +-700 +\d.*record 0")
        more = int(t.wait(r"read (\d+) of 203 target records")[1])
        expect(shown < more < 80, f"{more} after the last page:\n{t.screen()}")
        t.keys("/")
        t.text("audit")
        t.keys("Enter")
        t.wait(r"audit +0 +300 +0 +-300 +\d.*record 0")


@suite.case
def fits_terminals_of_all_sizes(cluster):
    for cols, rows in ((40, 12), (80, 24), (200, 50)):
        with on_group(cluster, "sizes", cols=cols, rows=rows) as t:
            t.keys("R")
            t.wait(r"scope")
            t.keys("C-s")
            t.wait(r"audit +0 ")
            t.wait(r"orders +1 ")
            t.keys("Enter")
            t.wait(r"Enter or y: apply the reset")
            t.wait(r"re-read up to")
            t.keys("y")
            t.wait(r"done: 3 of 3")
            t.wait(r"audit +0 .*verified|audit +0 ")
            t.keys("z")
            t.wait(r"> +\d{4}-\d\d-\d\d .*sizes")
            t.keys("z")
            t.wait(r"journal > reset")
            # The journal has rows that look the same, but no such column.
            t.wait(r"TARGET")
            t.wait(r"orders +1 +(0 +)?700")
            confirm_any(t, "sizes")
            t.wait(r"done: 3 of 3")


if __name__ == "__main__":
    suite.main(small_cluster)
