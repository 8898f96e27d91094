# SPDX-License-Identifier: BSD-2-Clause
"""What is typed into the reset form: what cannot be taken gives one line and changes nothing; times in zones."""
import contextlib
import re

import paths
from kafka import shared_cluster
from reset_form import check_plan, choose, committed, fill, journal_lines, on_group, press, state_home, write
from tap import Suite, expect, expect_equal

suite = Suite()

GROUPS = ("wrong", "zones")
BEFORE = {("orders", 0): 100, ("orders", 1): 700, ("audit", 0): 300}

# 2026-10-25: clocks in Berlin go back at 01:00Z; between 00:00Z and 02:00Z local hours come twice.
HOURS = ("2026-10-25T00:15Z", 1792887300000), ("00:45Z", 1792889100000), ("01:15Z", 1792890900000), \
    ("01:45Z", 1792892700000)

SEED = """topic orders 3 1
topic audit 2 1
topic hours 1 1 retention.ms=-1
produce orders 0 500
produce orders 1 800
produce audit 0 300
""" + "".join(f"""commit {group} orders 0 100
commit {group} orders 1 700
commit {group} audit 0 300
""" for group in GROUPS) + "".join(f"record hours 0 {ms} k v{i}\n" for i, (_, ms) in enumerate(HOURS)) + \
    "commit zones hours 0 0\n"


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("reset-input", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


MALFORMED = (
    ("to offset", "", r"expected a whole number"), ("to offset", "12x", r"\^ expected a whole number"),
    ("to offset", "1,204", r"\^ expected a whole number"), ("to offset", "-3", r"an offset cannot be negative"),
    ("to offset", "99999999999999999999", r"too large"),
    ("datetime", "", r"expected"), ("datetime", "2026-13-01", r"\^ \w+"), ("datetime", "2026-11-31 10:00", r"\^ \w+"),
    ("datetime", "2026-02-29", r"\^ \w+"), ("datetime", "25:00", r"\^ \w+"), ("datetime", "tomorrowish", r"\^ \w+"),
    ("datetime", "2026-11-22T10:00+99:00", r"\^ \w+"), ("datetime", "1969-01-01", r"\^ \w+"),
    ("by duration", "", r"expected"), ("by duration", "90", r"\^ \w+"), ("by duration", "1y", r"\^ \w+"),
    ("by duration", "PT", r"\^ \w+"), ("by duration", "P1M", r"\^ \w+"), ("by duration", "999999999999999d", r"\^ \w+"),
    ("shift by", "", r"expected a whole number"), ("shift by", "+-1", r"expected a whole number"),
    ("shift by", "1e3", r"\^ expected a whole number"),
    ("skip records", "0", r"skip at least one record"), ("skip records", "-1", r"skip at least one record"),
    ("group's offsets", "", r"name a group"), ("file", "", r"name a file"),
)

SCOPES = (
    ("", r"name topics"), ("orders:", r"\^ "), ("orders:x", r"\^ "), ("orders:3-1", r"\^ "), ("orders:-1", r"\^ "),
    ("orders:0,,1", r"\^ "), ("orders:99999999999", r"\^ "), ("audit :1", r"\^ "), ("or/ders", r"\^ |no such topic"),
)

FILES = (
    ("", r"line 1, column 1: the file has no offsets"), ("orders,0\n", r"line 1, column \d+: "),
    ("orders,zero,5\n", r"line 1, column 8: "), ("orders,0,5\norders,1,-7\n", r"line 2, column 10: "),
    ("orders,0,5\norders,0,6\n", r"line 2, column 1: orders, partition 0 is in line 1"),
    ("orders,0,5\n\"orders,1,5\n", r"line 2, column \d+: "), ("{\"topic\": \"orders\", \"partition\": 0\n", r"line \d, column \d+: "),
    ("[1,2]\n", r"line 1, column \d+: "), ("elsewhere,orders,0,5\n", r"wrong"), ("orders,0,5,6,7\n", r"line 1, column \d+: "),
)


@suite.case
def what_is_malformed_gives_one_line_and_changes_nothing(cluster):
    state = state_home("wrong")
    with on_group(cluster, "wrong", state=state) as t:
        t.keys("R")
        for strategy, text, pattern in MALFORMED:
            choose(t, strategy, text)
            t.keys("C-s")
            t.wait(pattern)
            expect("step 1 of 3" in t.screen(), t.screen())
            fill(t, "")
        choose(t, "earliest")
        while "> scope" not in t.screen():
            press(t, "Tab")
        press(t, "Right")
        for text, pattern in SCOPES:
            while "> topics  " not in t.screen():
                press(t, "Tab")
            fill(t, text)
            t.keys("C-s")
            t.wait(pattern)
            expect("step 1 of 3" in t.screen() or "cannot be applied" in t.screen(), t.screen())
            if "step 2 of 3" in t.screen():
                press(t, "Escape")
        for i, (text, pattern) in enumerate(FILES):
            choose(t, "file", write(f"wrong-{i}.csv", text))
            t.keys("C-s")
            t.wait(rf"! \S*wrong-{i}\.csv: {pattern}|{pattern}")
            t.wait(r"step 1 of 3")
        for path, pattern in (("/nowhere/x.csv", r"/nowhere/x\.csv: "), (paths.scratch("."), r"directory|not a file")):
            choose(t, "file", path)
            t.keys("C-s")
            t.wait(pattern)
            t.wait(r"step 1 of 3")
        expect_equal(journal_lines(state), [], "the journal")
    expect_equal(committed(cluster, "wrong"), BEFORE, "after all that")


@suite.case
def rows_are_edited_by_the_same_rules(cluster):
    with on_group(cluster, "wrong") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        t.wait(r"^> +audit +0 ")
        t.keys("e")
        t.wait(r"audit-0 to:")
        for text, pattern in (("12x", r"expected"), ("2026-11-31", r"expected|days|day"), ("+", r"expected"),
                              ("skip 0", r"expected|skip"), ("-15q", r"expected")):
            fill(t, text)
            t.keys("Enter")
            t.wait(pattern)
            t.wait(rf"audit-0 to: {re.escape(text)}")
        for text, target in (("skip 2", r"300"), ("latest", "300"), ("17", "17"), ("-10", "290"), ("delete", "deleted"),
                             ("keep", "unchanged"), ("2099-01-01", "300"), ("", "0")):
            fill(t, text)
            t.keys("Enter")
            t.wait_gone(r"audit-0 to:")      # the row may look like that already
            t.wait(rf"^> +audit +0 +300 +{target}\b")
            t.wait_gone("making a new plan")
            t.keys("e")
            t.wait(r"audit-0 to:")
        t.keys("Escape")
        t.wait_gone(r"audit-0 to:")
        expect("edited" not in t.screen(), t.screen())
    expect_equal(committed(cluster, "wrong"), BEFORE, "after all that")


@suite.case
def local_times_know_when_clocks_change(cluster):
    with on_group(cluster, "zones", cols=150, TZ="Europe/Berlin") as t:
        t.keys("R")
        t.wait(r"step 1 of 3")
        press(t, "Right")
        press(t, "Tab")
        t.text("hours")
        choose(t, "datetime", "2026-03-29 02:30")
        t.wait(r"2026-03-29 03:30:00\.000 \+02:00, .* ago; .*")
        fill(t, "2026-10-25 02:30")
        t.wait(r"2026-10-25 02:30:00\.000 \+02:00, .*; .*")
        check_plan(t)
        t.wait(r"hours +0 +0 +1 +\+1 .*2026-10-25 02:45:00 +k")
        t.wait(r"to 2026-10-25 02:30:00\.000 \+02:00")
        # The same moment in UTC; a time typed now is read so.
        t.keys("Z")
        t.wait(r"to 2026-10-25 00:30:00\.000 UTC")
        t.wait(r"2026-10-25 00:45:00 +k")
        t.keys("Escape")
        choose(t, "datetime", "2026-10-25 01:30")
        t.wait(r"2026-10-25 01:30:00\.000 UTC, ")
        check_plan(t)
        t.wait(r"hours +0 +0 +3 +\+3 .*2026-10-25 01:45:00 ")
        t.keys("Escape")
        choose(t, "datetime", "2026-10-25T02:30:00+01:00")
        check_plan(t)
        t.wait(r"hours +0 +0 +3 ")


if __name__ == "__main__":
    suite.main(small_cluster)
