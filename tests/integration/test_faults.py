# SPDX-License-Identifier: BSD-2-Clause
"""A leader or a coordinator freezes or dies: only its figures go stale, with a reason, and come back."""
import contextlib
import datetime
import itertools
import os
import re
import signal
import subprocess
import threading

import paths
import reference
import weir
from kafka import Cluster
from tap import Suite, expect, expect_equal, wait_until

suite = Suite()
NODES = (1, 2, 3)
OFFSETS = itertools.count(1)     # what is committed grows over all tests

# soloN has its only replica on node N, so it goes with the node; ledN moves to another leader.
SEED = "".join(f"place solo{n} {n}\nproduce solo{n} 0 5\n" for n in NODES) + """
place led1 1,2,3
place led2 2,3,1
place led3 3,1,2
""" + "".join(f"produce led{n} 0 5\ncommit reader solo{n} 0 1\ncommit reader led{n} 0 1\n" for n in NODES) \
    + "".join(f"commit keeper-{i} led1 0 0\n" for i in range(12))


class Pump:
    """Sends one seed command after another, a moment apart, until closed."""

    def __init__(self, cluster, command):
        # A request that went to a node which does not answer must not hold the next ones up for long.
        self.program = [paths.SEED, cluster.bootstrap, "-X", "client.id=pump", "-X", "socket.timeout.ms=2000"]
        self.start()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.work, args=(command,), daemon=True)
        self.thread.start()

    def start(self):
        self.process = subprocess.Popen(self.program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def work(self, command):
        while not self.done.wait(0.3):
            try:
                self.process.stdin.write((command() + "\n").encode())
                self.process.stdin.flush()
            except OSError:
                self.close()
                self.start()

    def close(self):
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            self.process.stdin.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.done.set()
        self.process.kill()
        self.thread.join(5)
        self.close()


def producing(cluster, topic):
    return Pump(cluster, lambda: f"produce {topic} 0 2")


def committing(cluster, group):
    return Pump(cluster, lambda: f"commit {group} led1 0 {next(OFFSETS)}")


@contextlib.contextmanager
def three_nodes():
    with Cluster("faults") as cluster:
        cluster.seed(SEED)
        yield cluster


class Rows:
    """The newest row of each group and partition that a watch has printed."""

    def __init__(self, watch):
        self.watch = watch
        self.newest = {}

    def poll(self):
        for row in self.watch.poll():
            self.newest[row["group"], row["topic"]] = row
        return self.newest

    def get(self, group, topic):
        return self.poll().get((group, topic))

    def wait(self, group, topic, probe, what, seconds=40):
        return wait_until(lambda: (row := self.get(group, topic)) and probe(row) and row,
                          lambda: f"{group} {topic} {what}: {self.newest.get((group, topic))}", seconds)

    def wait_moving(self, group, topic, field="log_end_offset", seconds=40):
        """Until a figure without an error has grown twice from now on."""
        for _ in range(2):
            before = (self.get(group, topic) or {}).get(field)
            self.wait(group, topic, lambda row: not row["error"] and row[field] is not None
                      and (before is None or row[field] > before), f"{field} above {before}", seconds)


@contextlib.contextmanager
def watching(cluster):
    with weir.Watch("lag", "-b", cluster.bootstrap, "-o", "json", "--watch", "1") as watch:
        yield Rows(watch)


def wait_well(cluster):
    """Until every replica is in sync again, and coordinators with it; {group: coordinator}."""
    def well():
        topics = reference.topics(cluster, status=None)
        return all(len(p["isr"]) == len(p["replicas"]) for t in topics.values() for p in t["partitions"].values())
    wait_until(well, "all replicas to be in sync", 90, 0.5)
    return {group: row["coordinator"] for group, row in reference.states(cluster).items()}


def check_leader_loss(cluster, lose, bring_back):
    """The lost node leads partitions, but does not coordinate the group that reads them."""
    coordinator = wait_well(cluster)["reader"]
    lost, *others = [n for n in NODES if n != coordinator] + [coordinator]
    solo, led = f"solo{lost}", f"led{lost}"
    with contextlib.ExitStack() as stack:
        for topic in (solo, led, *(f"solo{n}" for n in others)):
            stack.enter_context(producing(cluster, topic))
        rows = stack.enter_context(watching(cluster))
        for topic in (solo, led, *(f"solo{n}" for n in others)):
            rows.wait_moving("reader", topic)
        lose(lost)
        lost_at = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        try:
            stale = rows.wait("reader", solo, lambda row: row["error"], "has a reason")
            for node in others:
                rows.wait_moving("reader", f"solo{node}")
            still = rows.get("reader", solo)
            expect(still["error"], f"forgot its reason: {still}")
            expect_equal(still["log_end_offset"], stale["log_end_offset"], "the lost leader's figure, kept")
            expect(still["at"] <= lost_at, f"newer than the loss at {lost_at}: {still}")
            # Another broker takes this one over; nobody has to do anything.
            rows.wait_moving("reader", led)
        finally:
            bring_back(lost)
        stack.enter_context(producing(cluster, solo))
        rows.wait_moving("reader", solo)


@suite.case
def a_frozen_leader(cluster):
    check_leader_loss(cluster, cluster.freeze, cluster.thaw)


@suite.case
def a_killed_leader(cluster):
    check_leader_loss(cluster, cluster.kill, cluster.restart)


def check_coordinator_loss(cluster, lose, bring_back):
    keepers = {g: node for g, node in wait_well(cluster).items() if g.startswith("keeper")}
    node = keepers["keeper-0"]
    lost, kept = "keeper-0", next(g for g in sorted(keepers) if keepers[g] != node)
    with contextlib.ExitStack() as stack:
        rows = stack.enter_context(watching(cluster))
        for group in (lost, kept):
            stack.enter_context(committing(cluster, group))
            rows.wait_moving(group, "led1", "committed_offset")
        lose(node)
        try:
            # Nobody can commit before another broker has taken over: a figure that moves shows that.
            before = rows.get(lost, "led1")["committed_offset"]
            rows.wait(lost, "led1", lambda row: row["error"] or row["committed_offset"] > before + 2,
                      "says why it stands still, or moves", 20)
            expect(rows.get(lost, "led1")["committed_offset"] is not None, "dropped the last known commit")
            rows.wait_moving(kept, "led1", "committed_offset")
            # Another broker takes the coordination over; nobody has to do anything.
            rows.wait_moving(lost, "led1", "committed_offset", 60)
        finally:
            bring_back(node)
        rows.wait_moving(lost, "led1", "committed_offset", 60)


@suite.case
def a_frozen_coordinator(cluster):
    check_coordinator_loss(cluster, cluster.freeze, cluster.thaw)


@suite.case
def a_killed_coordinator(cluster):
    check_coordinator_loss(cluster, cluster.kill, cluster.restart)


def wait_followed(cluster, watch, topic):
    """What was there is printed by a pass of its own: who follows after it prints a record that comes later."""
    value = f"after-{next(OFFSETS)}"
    cluster.seed(f"record {topic} 0 0 ~ {value}\n")

    def followed():
        watch.poll()
        return any(row["value"] == value for row in watch.rows)
    wait_until(followed, "a new record", 30)


@suite.case
def who_follows_a_topic_hears_that_no_broker_answers(cluster):
    def expect_silence(lose, bring_back, pattern):
        with weir.Watch("tail", "-b", cluster.bootstrap, "led1", "-o", "json", "-f") as watch:
            os.set_blocking(watch.process.stderr.fileno(), False)
            said = []

            def says(what):
                said.append((watch.process.stderr.read() or b"").decode())
                return re.search(what, "".join(said))
            wait_until(lambda: watch.poll() or len(watch.rows) >= 5, "what was there", 30)
            wait_followed(cluster, watch, "led1")
            for n in NODES:
                lose(n)
            wait_until(lambda: says(r"stale: no broker has answered for \d+ s" + pattern), lambda: f"silence: {said}", 60)
            bring_back()
            wait_until(lambda: says("a broker answers again after"), lambda: f"answers: {said}", 120)
            expect_equal(watch.stop(signal.SIGINT), 130, "status")
    expect_silence(cluster.freeze, lambda: [cluster.thaw(n) for n in NODES], "")
    expect_silence(cluster.kill, cluster.restart_all, ": .*refused")


@suite.case
def who_follows_a_topic_hears_of_partitions_without_a_leader(cluster):
    with weir.Watch("tail", "-b", cluster.bootstrap, "solo2", "-o", "json", "-f") as watch:
        os.set_blocking(watch.process.stderr.fileno(), False)
        said = []

        def says(what):
            said.append((watch.process.stderr.read() or b"").decode())
            return re.search(what, "".join(said))
        wait_until(lambda: watch.poll() or len(watch.rows) >= 5, "what was there", 30)
        wait_followed(cluster, watch, "solo2")
        cluster.kill(2)
        wait_until(lambda: says("solo2-0: has no leader"), lambda: f"no leader: {said}", 60)
        cluster.restart(2)
        wait_until(lambda: says("every partition has a leader again"), lambda: f"a leader: {said}", 120)
        expect_equal(watch.stop(signal.SIGINT), 130, "status")


if __name__ == "__main__":
    suite.main(three_nodes)
