# SPDX-License-Identifier: BSD-2-Clause
"""A leader or a coordinator freezes or dies: only its figures go stale, with a reason, and come back."""
import contextlib
import subprocess
import threading

import paths
import reference
import weir
from kafka import Cluster
from tap import Suite, expect, expect_equal, wait_until

suite = Suite()
NODES = (1, 2, 3)

# soloN has its only replica on node N, so it goes with the node; ledN moves to another leader.
SEED = "".join(f"place solo{n} {n}\nproduce solo{n} 0 5\n" for n in NODES) + """
place led1 1,2,3
place led2 2,3,1
place led3 3,1,2
""" + "".join(f"produce led{n} 0 5\ncommit reader solo{n} 0 1\ncommit reader led{n} 0 1\n" for n in NODES) \
    + "".join(f"commit keeper-{i} led1 0 0\n" for i in range(12))


class Pump:
    """Sends one seed command after another, a moment apart, until closed."""

    def __init__(self, cluster, command, bootstrap=None):
        self.process = subprocess.Popen([paths.SEED, bootstrap or cluster.bootstrap, "-X", "client.id=pump"],
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.work, args=(command,), daemon=True)
        self.thread.start()

    def work(self, command):
        count = 0
        with contextlib.suppress(OSError):
            while not self.done.wait(0.3):
                count += 1
                self.process.stdin.write((command(count) + "\n").encode())
                self.process.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.done.set()
        self.process.kill()
        self.thread.join(5)
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.wait()


def producing(cluster, topic):
    return Pump(cluster, lambda _: f"produce {topic} 0 2")


def committing(cluster, group):
    return Pump(cluster, lambda count: f"commit {group} led1 0 {count}")


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


def check_leader_loss(cluster, lose, bring_back):
    with contextlib.ExitStack() as stack:
        for topic in ("solo1", "solo2", "solo3", "led3"):
            stack.enter_context(producing(cluster, topic))
        rows = stack.enter_context(watching(cluster))
        for topic in ("solo1", "solo2", "solo3", "led3"):
            rows.wait_moving("reader", topic)
        lose(3)
        try:
            stale = rows.wait("reader", "solo3", lambda row: row["error"], "has a reason")
            rows.wait_moving("reader", "solo1")
            rows.wait_moving("reader", "solo2")
            still = rows.get("reader", "solo3")
            expect(still["error"], f"forgot its reason: {still}")
            expect_equal((still["log_end_offset"], still["at"]), (stale["log_end_offset"], stale["at"]),
                         "the lost leader's figure, kept with its age")
            expect(not rows.get("reader", "solo1")["error"], "another leader's figure has an error")
            rows.wait_moving("reader", "led3")
        finally:
            bring_back(3)
        stack.enter_context(producing(cluster, "solo3"))
        rows.wait_moving("reader", "solo3")


@suite.case
def a_frozen_leader(cluster):
    check_leader_loss(cluster, cluster.freeze, cluster.thaw)


@suite.case
def a_killed_leader(cluster):
    check_leader_loss(cluster, cluster.kill, cluster.restart)


def check_coordinator_loss(cluster, lose, bring_back):
    wait_until(lambda: len(reference.topics(cluster)["led1"]["partitions"][0]["isr"]) == 3, "all in sync", 60, 0.5)
    coordinators = {group: row["coordinator"] for group, row in reference.states(cluster).items()}
    lost = next(g for g, node in sorted(coordinators.items()) if g.startswith("keeper") and node == 2)
    kept = next(g for g, node in sorted(coordinators.items()) if g.startswith("keeper") and node != 2)
    with contextlib.ExitStack() as stack:
        rows = stack.enter_context(watching(cluster))
        for group in (lost, kept):
            stack.enter_context(committing(cluster, group))
            rows.wait_moving(group, "led1", "committed_offset")
        lose(2)
        try:
            rows.wait(lost, "led1", lambda row: row["error"], "has a reason")
            expect(rows.get(lost, "led1")["committed_offset"] is not None, "dropped the last known commit")
            rows.wait_moving(kept, "led1", "committed_offset")
            # Another broker takes the coordination over; nobody has to do anything.
            stack.enter_context(committing_from(cluster, lost, 100000))
            rows.wait_moving(lost, "led1", "committed_offset", 60)
        finally:
            bring_back(2)
        rows.wait_moving(lost, "led1", "committed_offset", 60)


def committing_from(cluster, group, base):
    return Pump(cluster, lambda count: f"commit {group} led1 0 {base + count}", cluster.address(1))


@suite.case
def a_frozen_coordinator(cluster):
    check_coordinator_loss(cluster, cluster.freeze, cluster.thaw)


@suite.case
def a_killed_coordinator(cluster):
    check_coordinator_loss(cluster, cluster.kill, cluster.restart)


if __name__ == "__main__":
    suite.main(three_nodes)
