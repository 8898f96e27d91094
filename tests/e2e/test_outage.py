# SPDX-License-Identifier: BSD-2-Clause
"""Brokers freeze, die and come back while somebody watches."""
import contextlib
import os
import re
import time

import paths
from kafka import Cluster
from tap import Suite, expect, wait_until
from term import Terminal

suite = Suite()

SEED = """
place solo1 1
place solo3 3
place moved 3,1,2
produce solo1 0 10
produce solo3 0 30
produce moved 0 20
commit reader solo1 0 1
commit reader solo3 0 1
commit reader moved 0 1
"""


@contextlib.contextmanager
def three_nodes():
    with Cluster("outage") as cluster:
        cluster.seed(SEED)
        yield cluster


@contextlib.contextmanager
def watching(cluster, *args):
    with Terminal(120, 40) as t:
        t.weir("-b", cluster.bootstrap, "--interval", "1", *args)
        t.wait(r"3 of 3 brokers", 60)
        yield t
        t.leave()


def open_group(t):
    t.text(":group reader")
    t.keys("Enter")
    t.wait(r"solo1 +0 +1 .*10 +9\b")
    t.wait(r"solo3 +0 +1 .*30 +29\b")


@suite.case
def a_frozen_broker_leaves_its_figures_and_says_why(cluster):
    with watching(cluster) as t:
        open_group(t)
        cluster.freeze(3)
        try:
            t.wait(r"(?i)\A.*(timed out|not reachable|stale|2 of 3)", 40)
            # The last figures stay: neither blank nor 0. The others keep moving.
            t.wait(r"solo3 +0 +1 .*30\? +29\? ", 40)
            cluster.seed("produce solo1 0 7\n", bootstrap=cluster.address(1))
            t.wait(r"solo1 +0 +1 .*17 +16\b", 30)
            for key in "4213":
                t.keys(key)
            t.wait("moved", 3)
        finally:
            cluster.thaw(3)
        t.wait(r"3 of 3 brokers", 60)
        open_group_again(t)
        cluster.seed("produce solo3 0 4\n")
        t.wait(r"solo3 +0 +1 .*34 +33\b", 30)


def open_group_again(t):
    t.text(":group reader")
    t.keys("Enter")
    t.wait(r"solo3 +0 +1 ")


@suite.case
def a_killed_broker_is_missing_until_it_returns(cluster):
    with watching(cluster) as t:
        t.keys("2")
        t.wait(cluster.address(3).replace(".", r"\."))
        t.keys("G")
        cluster.kill(3)
        t.wait(r"2 of 3 brokers", 40)
        t.wait(r"(?i)\b3 .*(missing|gone|unreachable)", 20)
        t.keys("1")
        t.wait(r"(?i)broker 3.*gone", 20)
        cluster.restart(3)
        t.wait(r"3 of 3 brokers", 60)
        t.wait(r"(?i)broker 3.*back", 30)


@suite.case
def a_broker_that_died_before_is_missing_too(cluster):
    cluster.kill(3)
    try:
        cluster.seed("leaders solo3 0\n", bootstrap=cluster.address(1))
        with Terminal(120, 40) as t:
            t.weir("-b", cluster.address(1), "--interval", "1", "--view", "brokers")
            t.wait(r"2 of 3 brokers", 30)
            t.wait(r"(?i)\b3 .*missing", 30)
            t.text(":topic solo3")
            t.keys("Enter")
            t.wait(r"(?i)no leader|none|-1|offline", 20)
            t.text(":messages solo3")
            t.keys("Enter")
            t.wait(r"1 partition without a leader", 60)
            t.leave()
    finally:
        cluster.restart(3)


def cpu_share(pid, seconds):
    """Of one processor, over so many seconds."""
    def used():
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
            return sum(map(int, stat.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    begun, before = time.monotonic(), used()
    wait_until(lambda: time.monotonic() >= begun + seconds, "the time to pass", seconds + 60, 0.1)
    return (used() - before) / (time.monotonic() - begun)


@suite.case
def losing_every_broker_keeps_the_screen(cluster):
    wait_until(lambda: "solo3" in cluster.tool("topics", "--list"), "the cluster", 60, 0.5)
    with Terminal(120, 40) as t, Terminal(120, 40) as records:
        t.weir("-b", cluster.bootstrap, "--interval", "1")
        t.wait(r"3 of 3 brokers", 60)
        t.keys("4")
        t.wait(r"\breader\b.*\d")
        records.weir("-b", cluster.bootstrap)
        records.wait(r"3 of 3 brokers", 60)
        records.text(":messages solo3")
        records.keys("Enter")
        records.wait(r"^\W*live .*rec/s,", 60)
        row = re.search(r"^.*\breader\b.*$", t.screen(), re.M)[0]
        for node in (1, 2, 3):
            cluster.kill(node)
        t.wait(r"(?i)\A.*(stale|refused|lost:)", 40)
        lag = re.search(r"\d+", row.split("reader")[1])[0]
        expect(lag in re.search(r"^.*\breader\b.*$", t.screen(), re.M)[0], f"the row lost its figures: {t.screen()}")
        records.wait(r"~ stale \d+s: .*rec/s, .*/s \?", 60)
        if os.path.exists(os.path.join(paths.ROOT, ".deps", "librdkafka", "patched")):
            share = cpu_share(t.weir_pid(), 5)       # 1.4 of a processor where connecting knows no pause
            expect(share < 0.5, f"waiting for brokers takes {share:.2f} of a processor")
        cluster.restart_all()
        t.wait(r"3 of 3 brokers", 90)
        t.wait_gone(r"(?i)stale", 30)
        records.wait(r"^\W*live .*rec/s,", 60)
        t.leave()
        records.leave()


if __name__ == "__main__":
    suite.main(three_nodes)
