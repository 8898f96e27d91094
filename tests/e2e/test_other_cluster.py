# SPDX-License-Identifier: BSD-2-Clause
"""The terminal program while another cluster comes to the same address: nothing is found on that one afterwards."""
import contextlib
import re
import subprocess

from kafka import Member
from tap import Suite, expect, expect_equal
from topics import Bench, choose, command
from twins import twins

suite = Suite()
BENCH = Bench("other-cluster-screen")


@contextlib.contextmanager
def pair():
    with twins("other-cluster-screen") as clusters:
        for cluster in (clusters.a, clusters.b):
            cluster.seed("topic orders 1 1\nproduce orders 0 1000\ncommit payments orders 0 10\ncommit armed orders 0 10\n")
        yield clusters


def committed(cluster, group):
    return int(cluster.seed(f"committed {group}\n").split()[2])


def kcat(cluster, *args):
    return subprocess.run(["kcat", "-b", cluster.bootstrap, *args], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=True).stdout


def names(cluster):
    return sorted(re.findall(r'topic "([^"]+)"', kcat(cluster, "-L")))


def end_of(cluster, topic):
    return int(re.search(r"offset (\d+)", kcat(cluster, "-Q", "-t", f"{topic}:0:-1"))[1])


def contents(cluster):
    """All that a case could have changed."""
    return names(cluster), end_of(cluster, "orders"), [committed(cluster, g) for g in ("payments", "armed")]


@contextlib.contextmanager
def session(clusters, *args):
    """weir on A; whatever it is about to do, nothing is different on B in the end."""
    clusters.lead_to(clusters.a)
    before = contents(clusters.b)
    with BENCH.session(clusters, *args, nodes=1) as t:
        yield t
        expect_equal(contents(clusters.b), before, "topics, records and offsets of B")


def wait_told(t):
    t.wait("! another cluster", 30)
    t.wait("read-only")


def swap(clusters, t):
    clusters.lead_to(clusters.b)
    wait_told(t)


def answer(clusters, t, question, ended):
    """Says yes while nobody answers, so before the header can know of the swap, and waits until what was asked for ended."""
    t.wait(question)
    t.wait_heard()
    clusters.lead_to(None)
    t.keys("y")
    t.wait_gone(question)
    clusters.lead_to(clusters.b)
    t.wait(ended, 30)
    wait_told(t)
    t.wait(rf"cluster {clusters.b.id[:6]}")


def open_plan(t, group):
    command(t, f"group {group}")
    t.wait(f"> {group} ")
    t.keys("R")
    t.wait("step 1 of 3")
    t.keys("Tab")
    t.keys("l")
    t.wait("earliest|log start")
    t.keys("C-s")
    t.wait("step 2 of 3")
    t.wait("read . of . target")


@suite.case
def a_session_changes_nothing_on_another_cluster(clusters):
    with session(clusters) as t:
        # What the session has not met yet it cannot miss: the form names the cluster as soon as its id is known.
        command(t, "group payments")
        t.wait("> payments ")
        t.keys("R")
        t.wait(rf"reset +payments .*\({clusters.a.id[:6]}\)")
        t.keys("Escape")
        t.wait_gone("step 1 of 3")
        swap(clusters, t)
        t.keys("R")
        t.wait("refused, another cluster answers")
        command(t, "create made")
        t.wait("refused, another cluster answers|create: ")
        expect("made" not in names(clusters.b), "a topic was made on B")


@suite.case
def a_question_that_is_open_is_closed(clusters):
    with session(clusters) as t:
        open_plan(t, "payments")
        t.keys("Enter")
        t.wait(rf"reset group payments on 127.0.0.1:\d+ \({clusters.a.id[:6]}\)")
        swap(clusters, t)
        t.wait_gone("reset group payments on")
        t.keys("Enter")
        t.wait("refused, another cluster answers")


@suite.case
def a_topic_is_not_created_on_another_cluster(clusters):
    with session(clusters, "--view", "topics") as t:
        t.wait(r"TOPIC\W+")
        t.keys("a")
        t.wait("show the plan")
        t.text("made")
        t.keys("C-s")
        t.wait("Enter to continue")
        t.keys("Enter")
        answer(clusters, t, "create topic made on", f"is cluster {clusters.b.id} now")
        # The plan is there yet, its question is not asked once more.
        t.keys("Enter")
        t.wait("refused, another cluster answers")
        expect("made" not in names(clusters.a), "made on A")


@suite.case
def a_record_is_not_produced_to_another_cluster(clusters):
    with session(clusters) as t:
        before = end_of(clusters.a, "orders")
        command(t, "produce orders")
        t.wait(r"orders +1 +0 B")
        t.keys("P")
        answer(clusters, t, "Enter or y: send 1 record", "P send +Enter change a field")
        t.keys("P")
        t.wait("refused, another cluster answers")
        expect_equal(end_of(clusters.a, "orders"), before, "the end of orders on A")


@suite.case
def a_clone_is_not_made_on_another_cluster(clusters):
    with session(clusters, "--view", "topics") as t:
        t.wait(r"TOPIC\W+")
        choose(t, "^orders$", "orders")
        command(t, "clone copied")
        t.wait(r"target +copied")
        t.keys("Space")
        t.wait("records too")
        t.keys("C-s")
        t.wait("up to 1,000 records")
        t.keys("Enter")
        answer(clusters, t, "clone orders into copied on", r"target +copied")
        t.keys("Escape")
        expect("copied" not in names(clusters.a), "made on A")


@suite.case
def an_armed_reset_is_refused(clusters):
    member = Member(clusters.a, "armed", "orders")
    try:
        member.wait_assigned()
        with session(clusters) as t:
            open_plan(t, "armed")
            t.keys("Enter")
            t.wait("wait for the group to become empty")
            t.keys("Enter")
            t.wait("reset group armed on")
            t.wait_heard()
            t.keys("y")
            t.wait("Armed|armed: waits|armed for|waiting")
            clusters.lead_to(clusters.b)
            t.wait(f"refused.*{clusters.b.id}", 30)
    finally:
        member.end()


if __name__ == "__main__":
    suite.main(pair)
