# SPDX-License-Identifier: BSD-2-Clause
"""Moving committed offsets by keys alone: form, plan, question, result, undo; each compared with Kafka's own tool."""
import contextlib
import os

import paths
from kafka import shared_cluster
from reset_form import check_plan, choose, committed, confirm, on_group, press
from tap import Suite, expect, expect_equal, wait_until

suite = Suite()

GROUPS = ("payments", "ahead", "rows", "gone", "marked", "record", "landed")

SEED = """topic orders 3 1
topic audit 2 1
produce orders 0 500
produce orders 1 800
produce audit 0 300
""" + "".join(f"""commit {group} orders 0 100
commit {group} orders 1 700
commit {group} audit 0 300
""" for group in GROUPS)

BEFORE = {("orders", 0): 100, ("orders", 1): 700, ("audit", 0): 300}


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("reset-view", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


@suite.case
def resets_by_keys_and_undoes_it(cluster):
    with on_group(cluster, "payments") as t:
        expect_equal(committed(cluster, "payments"), BEFORE, "before")
        t.keys("R")
        choose(t, "to offset")
        t.keys("Tab")
        t.text("120x")
        t.keys("C-s")
        t.wait(r"\^ expected a whole number")
        t.keys("DC")
        t.wait_gone(r"\^ expected")
        check_plan(t)
        t.wait(r"orders +0 +100 +120 +\+20 ")
        t.wait(r"orders +1 +700 +120 +-580 +.*record 120")
        t.wait(r"audit +0 +300 +120 +-180 ")
        t.wait(r"re-reads up to 760 +skips up to 20 ")
        expect_equal(committed(cluster, "payments"), BEFORE, "with the plan on the screen")
        confirm(t, "payments")
        t.wait(r"done: 3 of 3 partitions verified")
        expect_equal(committed(cluster, "payments"), {("orders", 0): 120, ("orders", 1): 120, ("audit", 0): 120},
                     "after")
        t.keys("z")
        t.wait(r"to offset 120.*")
        t.wait(r"orders +1 +700 +120")
        t.keys("z")
        t.wait(r"step 2 of 3")
        t.wait(r"orders +1 +120 +700 +\+580")
        confirm(t, "payments")
        t.wait(r"done: 3 of 3 partitions verified")
        expect_equal(committed(cluster, "payments"), BEFORE, "after the undo")
        t.keys("Escape")
        t.wait(r"undone")


@suite.case
def edits_rows_and_writes_what_kafkas_tool_reads(cluster):
    path = paths.scratch("reset-form.csv")
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
    with on_group(cluster, "rows") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        t.wait(r"^> +audit +0 +300 +0 ")
        t.keys("j", "e")
        t.wait(r"orders-0 to:")
        t.text("+7")
        t.keys("Enter")
        t.wait(r"orders +0 +100 +107 ")
        t.wait(r"1 edited")
        t.keys("j", "e")
        t.wait(r"orders-1 to:")
        t.text("keep")
        t.keys("Enter")
        t.wait(r"orders +1 +700 +unchanged")
        t.keys("E")
        t.wait("write the plan to")
        t.keys("C-u")
        t.text(path)
        t.keys("Enter")
        wait_until(lambda: os.path.exists(path), "the file")
        with open(path, encoding="utf-8") as file:
            expect_equal(sorted(file.read().split()), ["audit,0,0", "orders,0,107"], "the file")
        said = cluster.tool("groups", "--group", "rows", "--reset-offsets", "--from-file", path, "--dry-run")
        expect("107" in said, said)
        confirm(t, "rows")
        t.wait(r"done: 2 of 2 partitions verified")
    expect_equal(committed(cluster, "rows"), {("orders", 0): 107, ("orders", 1): 700, ("audit", 0): 0}, "after")


@suite.case
def resets_the_marked_partitions_only(cluster):
    with on_group(cluster, "marked") as t:
        t.keys("Enter")
        t.wait(r"orders +1 +700 ")
        t.keys("g", "Space")
        t.keys("R")
        t.wait(r"topics and partitions")
        t.wait(r"topics +audit:0")
        choose(t, "shift by")
        t.keys("Tab")
        t.text("-50")
        check_plan(t)
        t.wait(r"audit +0 +300 +250 +-50")
        t.wait(r"1 partition in 1 topic")
        confirm(t)
        t.wait(r"done: 1 of 1 partitions? verified")
    expect_equal(committed(cluster, "marked"), {**BEFORE, ("audit", 0): 250}, "after")


def reset_at_newest_record(t, group, choice, committed_offset=100):
    """R in the messages: which group, beginning at the one that one came from, then to the record or past it."""
    # So that the group's partitions are known.
    t.keys("Enter")
    t.wait(rf"orders +0 +{committed_offset} ")
    t.keys("j", "t")
    t.wait(r"record 499")
    t.keys("R")
    t.wait(r"reset which group")
    t.wait(rf"[│|]\W*>\s*{group}\b")
    t.keys("Enter")
    t.wait(r"past this record")
    if choice == "past":
        press(t, "j")
    t.keys("Enter")
    t.wait(r"step 2 of 3")


@suite.case
def passes_over_a_record_of_the_messages(cluster):
    cluster.seed("commit record orders 0 499\n")
    with on_group(cluster, "record") as t:
        reset_at_newest_record(t, "record", "past", 499)
        # What is skipped is seen, and Esc leads to the form as it was filled in.
        t.wait(r"orders +0 +499 +500 +\+1 +499: .*record 499")
        t.keys("Escape")
        t.wait(r"topics +orders:0")
        t.wait(r"offset +500")
        check_plan(t)
        confirm(t, "record")
        t.wait(r"done: 1 of 1 partitions? verified")
    expect_equal(committed(cluster, "record"), {**BEFORE, ("orders", 0): 500}, "after")


@suite.case
def goes_to_a_record_of_the_messages_and_back(cluster):
    with on_group(cluster, "landed") as t:
        reset_at_newest_record(t, "landed", "to")
        t.wait(r"orders +0 +100 +499 +\+399 .*record 499")
        confirm(t, "landed")
        t.wait(r"done: 1 of 1 partitions? verified")
        expect_equal(committed(cluster, "landed"), {**BEFORE, ("orders", 0): 499}, "after")
        t.keys("z")
        t.wait(r"^> +\d{4}.*landed")
        t.keys("z")
        t.wait(r"orders +0 +499 +100 +-399 ")
        confirm(t)
        t.wait(r"done: 1 of 1 partitions? verified")
    expect_equal(committed(cluster, "landed"), BEFORE, "after the undo")


@suite.case
def keys_typed_ahead_answer_nothing(cluster):
    with on_group(cluster, "ahead") as t:
        t.keys("R")
        choose(t, "latest")
        check_plan(t)
        t.keys("Enter", "a", "h", "e", "a", "d", "Enter", "y", "Enter")
        t.wait(r'Type "ahead" to confirm:')
        t.wait(r"Enter: apply the reset")
        expect("confirm: ahead" not in t.screen(), t.screen())
        t.text("Ahead")
        t.keys("Enter")
        t.wait(r"This is not the group name")
        t.keys("Escape")
        t.wait_gone(r'Type "')
        t.wait(r"step 2 of 3")
        expect_equal(committed(cluster, "ahead"), BEFORE, "after keys typed ahead")


@suite.case
def deletes_offsets_and_groups_and_puts_them_back(cluster):
    with on_group(cluster, "gone") as t:
        t.keys("C-d")
        t.wait(r"deletes 3 committed offsets")
        confirm(t, "gone")
        t.wait(r"done: ")
        wait_until(lambda: "gone" not in cluster.tool("groups", "--list").split(), "the group to be gone", 20, 0.2)
        t.keys("z")
        t.wait(r"delete the group|group delete")
        t.keys("z")
        t.wait(r"step 2 of 3")
        t.wait(r"orders +1 +- +700")
        confirm(t)
        t.wait(r"done: 3 of 3 partitions verified")
        expect_equal(committed(cluster, "gone"), BEFORE, "after the undo")


@suite.case
def read_only_refuses_it(cluster):
    with on_group(cluster, "ahead", "--read-only") as t:
        for key in ("R", "C-d", "z"):
            t.keys(key)
            t.wait(r"read-only")
            t.keys("Escape")
        expect("step 1 of 3" not in t.screen(), t.screen())


@suite.case
def fits_80_by_24(cluster):
    with on_group(cluster, "ahead", cols=80, rows=24) as t:
        t.keys("R")
        choose(t, "datetime")
        t.keys("Tab")
        t.text("now-1h")
        t.wait(r"1h\S* ago")
        check_plan(t)
        t.wait(r"audit +0 +300 +0")
        t.wait(r"Esc back")


if __name__ == "__main__":
    suite.main(small_cluster)
