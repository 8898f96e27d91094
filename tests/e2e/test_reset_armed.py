# SPDX-License-Identifier: BSD-2-Clause
"""Resets of groups that live, by keys alone: waiting for an empty one, what changes under a plan, a crash in between."""
import contextlib
import os
import re
import signal
import time

from kafka import member_of, shared_cluster
from reset_form import (check_plan, choose, committed, confirm, confirm_any, fill, held_journal, journal_lines, on_group,
                        state_home, to_field, wait_for_journal)
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal

suite = Suite()

GROUPS = ("armed", "modern", "cancelled", "late", "joined", "raced", "moved", "bounds", "grown", "cut", "frozen")

SEED = """topic orders 3 1
topic audit 2 1
topic growing 1 1
produce orders 0 500
produce orders 1 800
produce audit 0 300
produce growing 0 40
commit grown growing 0 40
""" + "".join(f"""commit {group} orders 0 100
commit {group} orders 1 700
commit {group} audit 0 300
""" for group in GROUPS if group != "grown")

BEFORE = {("orders", 0): 100, ("orders", 1): 700, ("audit", 0): 300}
EARLIEST = {("orders", 0): 0, ("orders", 1): 0, ("audit", 0): 0}


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("reset-armed", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


def arm(t, deadline=None):
    """From a plan that is refused since the group has members to the wait for its end."""
    t.keys("Enter")
    t.wait(r"at most: 10m")
    if deadline:
        fill(t, deadline)
    t.keys("Enter")
    t.wait(r"Enter or y: arm the reset")
    t.keys("y")
    t.wait(r"armed: waiting until the group is empty")


def expect_fire(t, cluster, group, member):
    """The member leaves, the reset is done at once, and the first commit after it is shown."""
    expect_equal(committed(cluster, group), BEFORE, "while it waits")
    member.end()
    t.wait(r"applied; waiting for the group's next commit", 60)
    expect_equal(committed(cluster, group), EARLIEST, "as soon as it is empty")
    cluster.seed(f"commit {group} orders 1 3\n")
    t.wait(r"done: 3 of 3 partitions verified", 60)
    t.wait(r"the group's first commit: orders-1 at 3, \S+ later")


@suite.case
def fires_when_the_member_leaves_and_shows_the_first_commit(cluster):
    with member_of(cluster, "armed", "-X", "client.id=worker-7") as member, on_group(cluster, "armed") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        t.wait(r"group armed is not empty \(Stable\)(.|\n)*worker-7(.|\n)*127\.0\.0\.1")
        # The deadline is a length of time; what is none is said, and asked again.
        t.keys("Enter")
        t.wait(r"at most: 10m")
        for text, pattern in (("soon", r"expected"), ("0m", r"give a duration"), ("-5m", r"give a duration")):
            fill(t, text)
            t.keys("Enter")
            t.wait(pattern)
        t.keys("Escape")
        arm(t)
        t.wait(r"9m\d\ds left .*still a member: worker-7 at 127\.0\.0\.1")
        expect_fire(t, cluster, "armed", member)


@suite.case
def a_group_of_the_new_protocol_is_waited_for_likewise(cluster):
    """KIP-848: its state comes from the coordinator's own assignor, and a leave is another request."""
    with member_of(cluster, "modern", "-X", "group.protocol=consumer", "-X", "client.id=worker-8") as member, \
            on_group(cluster, "modern") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        t.wait(r"group modern is not empty(.|\n)*worker-8(.|\n)*127\.0\.0\.1")
        arm(t)
        t.wait(r"left .*still a member: worker-8 at 127\.0\.0\.1")
        expect_fire(t, cluster, "modern", member)


def seed_timed(cluster):
    """A record each tenth of a second, around what was half an hour ago."""
    begin = int(time.time() * 1000) - 1860 * 1000
    cluster.seed("topic timed 1 1\n" + "".join(f"record timed 0 {begin + i * 100} k{i} v{i}\n" for i in range(1800)) +
                 "commit timed timed 0 1800\n")


@suite.case
def a_duration_counts_back_from_the_plan_and_not_from_when_it_fires(cluster):
    seed_timed(cluster)
    with member_of(cluster, "timed", topic="timed") as member, on_group(cluster, "timed") as t:
        t.keys("R")
        choose(t, "by duration", "30m")
        check_plan(t)
        t.wait(r"30m00s back, to \d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
        planned = int(t.wait(r"timed +0 +1,800 +(\S+) ")[1].replace(",", ""))
        arm(t)
        member.end()
        # Ten records for each second that the wait took: the plan would be missed by far.
        t.wait(r"applied; waiting for the group's next commit", 60)
        expect_equal(committed(cluster, "timed"), {("timed", 0): planned}, "what was applied, against what was confirmed")


@suite.case
def a_wait_can_be_cancelled(cluster):
    with member_of(cluster, "cancelled"), on_group(cluster, "cancelled") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        arm(t)
        for key in ("Escape", "q", "4"):
            t.keys(key)
            t.wait(r"reset of cancelled is still running: Ctrl-c cancels it")
            t.wait(r"armed: waiting")
        t.keys("3")
        t.wait(r"^\W*TOPIC\W+")
        t.keys("4")
        t.wait(r"armed: waiting")
        t.keys("C-c")
        t.wait(r"cancelled", 30)
        t.wait(r"nothing was changed")
        expect_equal(committed(cluster, "cancelled"), BEFORE, "after the cancelled wait")


@suite.case
def a_deadline_that_passes_changes_nothing(cluster):
    state = state_home("late")
    with member_of(cluster, "late"), on_group(cluster, "late", state=state) as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        arm(t, "2s")
        t.wait(r"timed out waiting: .*late", 60)
        t.wait(r"nothing was changed")
        expect_equal((committed(cluster, "late"), journal_lines(state)), (BEFORE, []), "after the deadline")


@suite.case
def a_member_that_joins_before_the_answer_is_asked_about(cluster):
    with on_group(cluster, "joined") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        t.keys("Enter")
        t.wait(r"Enter or y: apply the reset")
        with member_of(cluster, "joined", "-X", "client.id=early-bird"):
            t.keys("y")
            t.wait(r"has changed since you confirmed it(.|\n)*early-bird")
            t.wait(r"step 2 of 3")
            t.wait(r"Enter to apply it as soon as the group is empty")
            expect_equal(committed(cluster, "joined"), BEFORE, "with the new plan on the screen")


@suite.case
def a_member_that_joins_in_the_last_moment_wins(cluster):
    state = state_home("raced")
    with on_group(cluster, "raced", state=state) as t:
        t.keys("R")
        choose(t, "to offset", "5")
        check_plan(t)
        with held_journal(state) as release:
            confirm_any(t, "raced")
            wait_for_journal(t.weir_pid(), state)
            with member_of(cluster, "raced", "-X", "client.id=early-bird"):
                release()
                t.wait(r"race lost(.|\n)*nothing was changed", 60)
        # Kafka takes no commits of partitions whose topic a member subscribes to, nor any other of the group.
        expect("z undoes it" not in t.screen(), t.screen())
        expect_equal(committed(cluster, "raced"), BEFORE, "after the lost race")
        expect_equal(journal_lines(state)[-1]["result"], "failed", "in the journal")


@suite.case
def asks_again_when_somebody_else_committed(cluster):
    with on_group(cluster, "moved") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        cluster.seed("commit moved orders 1 650\n")
        confirm(t)
        t.wait(r"nothing was applied, because the plan has changed since you confirmed it")
        t.wait(r"orders +1 +650 +0 +-650")
        expect_equal(committed(cluster, "moved"), {**BEFORE, ("orders", 1): 650}, "with the new plan on the screen")
        confirm(t)
        t.wait(r"done: 3 of 3 partitions verified")


@suite.case
def asks_again_when_more_would_be_skipped_than_was_confirmed(cluster):
    with on_group(cluster, "bounds") as t:
        t.keys("R")
        choose(t, "latest")
        check_plan(t)
        t.wait(r"skips up to 500 ")
        t.keys("Enter")
        t.wait(r"Enter: apply the reset")
        t.wait(r"asked again if it would skip more than 1,500")
        cluster.seed("produce audit 1 10\nproduce audit 0 2000\n")
        t.text("bounds")
        t.wait(r'Type "bounds" to confirm: bounds')
        t.keys("Enter")
        t.wait(r"nothing was applied, because the plan has changed since you confirmed it")
        t.wait(r"audit +0 +300 +2,300 +\+2,000 ")
        expect_equal(committed(cluster, "bounds"), BEFORE, "with the new plan on the screen")
        confirm(t, "bounds")
        t.wait(r"done: 3 of 3 partitions verified")
        expect_equal(committed(cluster, "bounds"), {("orders", 0): 500, ("orders", 1): 800, ("audit", 0): 2300}, "after")


@suite.case
def asks_again_when_a_partition_appears(cluster):
    with on_group(cluster, "grown") as t:
        t.keys("R")
        to_field(t, "scope")
        t.keys("Right", "Tab")
        t.text("growing")
        t.keys("Tab", "Space")
        t.wait(r"include new topics +\[x\]")
        choose(t, "earliest")
        check_plan(t)
        t.wait(r"1 partition in 1 topic")
        t.keys("Enter")
        t.wait(r"Enter or y: apply the reset")
        cluster.seed("grow growing 3\n")
        t.keys("y")
        t.wait(r"nothing was applied, because the plan has changed since you confirmed it")
        t.wait(r"growing +2 +- +0~")
        expect_equal(committed(cluster, "grown"), {("growing", 0): 40}, "with the new plan on the screen")
        confirm(t)
        t.wait(r"done: 3 of 3 partitions verified")


def crash(t, cluster, state, group):
    """weir is killed between the line in the journal and the answer to its commit."""
    with held_journal(state) as release:
        confirm_any(t, group)
        wait_for_journal(t.weir_pid(), state)
        cluster.freeze(1)
        try:
            release()
            wait_until(lambda: journal_lines(state), "the change is in the journal")
            t.signal(signal.SIGKILL)
            wait_until(lambda: not t.weir_pid(), "its end")
        finally:
            cluster.thaw(1)


@suite.case
def a_crash_is_told_at_the_next_start_and_can_be_settled(cluster):
    state = state_home("cut")
    for way in ("leave", "put back"):
        with on_group(cluster, "cut", state=state) as t:
            t.keys("R")
            choose(t, "to offset", "5")
            check_plan(t)
            crash(t, cluster, state, "cut")
        # The commit may have come through or not: nobody knows, and that is what it says.
        with Terminal(110, 30) as t:
            t.weir("-b", cluster.bootstrap, XDG_STATE_HOME=state)
            t.wait(r"a change of cut was cut short at \d{4}-\d\d-\d\d .*: it is not known how it ended; z shows it")
            t.keys("z")
            t.wait(r"^> +\d{4}-\d\d-\d\d \S+ +cut +cut short")
            t.wait(r"weir ended before it knew the result; z: put it back, or leave it")
            t.keys("z")
            t.wait(r"this change was cut short")
            if way == "leave":
                t.keys("j", "Enter")
                t.wait(r"^> +\d{4}-\d\d-\d\d \S+ +cut +unverified")
                expect_equal(journal_lines(state)[-1]["result"], "unverified", "in the journal")
            else:
                t.keys("Enter")
                t.wait(r"undo of \d+-\d+")
                t.wait(r"Enter to continue|there is nothing to change")
                if "Enter to continue" in t.screen():
                    confirm_any(t, "cut")
                    t.wait(r"done: (\d+) of \1 partitions? verified")
                expect_equal(committed(cluster, "cut"), BEFORE, "after the undo")
                continue
        # Said once, it is not said again.
        with Terminal(110, 30) as t:
            t.weir("-b", cluster.bootstrap, "--view", "groups", XDG_STATE_HOME=state)
            t.wait(rf"^ *>? +cut +")
            expect("cut short" not in t.screen(), t.screen())
        os.remove(os.path.join(state, "weir", "journal"))
        cluster.seed("commit cut orders 0 100\ncommit cut orders 1 700\ncommit cut audit 0 300\n")


@suite.case
def a_frozen_coordinator_leaves_the_keys_alive(cluster):
    with on_group(cluster, "frozen") as t:
        t.keys("R")
        choose(t, "earliest")
        cluster.freeze(1)
        try:
            t.keys("C-s")
            t.wait(r"reading members, committed offsets, log start and end offsets")
            # Nothing waits for it: other views open, the help opens, and it can be left.
            t.keys("?")
            t.wait(r"keys in reset")
            t.keys("Escape")
            t.wait(r"reading members")
            t.keys("3")
            t.wait(r"^\W*TOPIC\W+")
            t.keys("4")
            t.wait(r"step 2 of 3")
            t.wait(r"! could not reach \S+ within 10 s", 60)
        finally:
            cluster.thaw(1)
        t.wait(r"step 1 of 3")
        t.keys("C-s")
        t.wait(r"step 2 of 3")

        # A broker that comes back may refuse to tell offsets for a while: left out, said so, and r asks again.
        def planned(screen):
            if re.search(r"orders +1 +700 +0 ", screen):
                return True
            if "r makes a new plan" in screen:
                t.keys("r")
            elif "step 1 of 3" in screen and "could not reach" in screen:
                t.keys("C-s")
            return False
        wait_until(lambda: planned(t.screen()), lambda: f"a plan:\n{t.screen()}", 60, 0.5)


if __name__ == "__main__":
    suite.main(small_cluster)
