# SPDX-License-Identifier: BSD-2-Clause
"""The demo's traffic shows every state that weir must tell apart, and weir does tell them apart."""
import contextlib
import os
import signal
import subprocess

import paths
import weir
from kafka import Cluster
from tap import Suite, expect, expect_equal, wait_until

suite = Suite()
TRAFFIC = os.path.join(paths.ROOT, "build", "support", "traffic")


class Traffic:
    """The traffic program beside the test; `said` is what it printed."""

    def __init__(self, cluster, *options):
        self.process = subprocess.Popen([TRAFFIC, "-b", cluster.bootstrap, *options], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.said = ""

    def wait_said(self, word, seconds=90):
        def said():
            self.said += (self.process.stdout.read() or b"").decode()
            return word in self.said
        wait_until(said, lambda: f"{word!r}, it said {self.said!r}", seconds)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        self.process.stdout.close()
        return status


@contextlib.contextmanager
def quiet_cluster():
    with Cluster("traffic") as cluster:
        traffic = Traffic(cluster, "--quiet")
        try:
            traffic.wait_said("ready")
            yield cluster, traffic
        finally:
            traffic.end()


def lag(cluster, group):
    result = weir.run("lag", "-b", cluster.bootstrap, "-o", "json", "-g", group)
    expect_equal(result.status, 0, str(result))
    return result.rows()


@suite.case
def every_group_is_in_its_state(fixture):
    cluster, _ = fixture
    wanted = {
        "checkout": ("classic", "stable", 3), "settlement": ("classic", "stable", 1),
        "fraud-detector": ("consumer", "stable", 2), "recommender": ("classic", "stable", 2),
        "sensor-archiver": ("classic", "stable", 1), "search-indexer": ("classic", "stable", 2),
        "invoices": ("classic", "stable", 1), "notebook-anna": ("classic", "stable", 1),
        "audit-archiver": ("classic", "empty", 0), "returns-report": ("classic", "empty", 0),
    }

    def found():
        result = weir.run("groups", "-b", cluster.bootstrap, "-o", "json")
        return {r["group"]: (r["type"].lower(), r["state"].lower(), r["members"]) for r in result.rows()}
    # The two that were only there for their commits may still be leaving.
    wait_until(lambda: found() == wanted, lambda: f"{wanted}, found {found()}", 30)


@suite.case
def caught_up_and_behind(fixture):
    cluster, _ = fixture
    for group in ("checkout", "settlement", "fraud-detector", "search-indexer"):
        rows = lag(cluster, group)
        expect(all(r["lag"] == 0 for r in rows), f"lag of {group}: {rows}")
    expect(all(r["lag"] > 0 for r in lag(cluster, "recommender")), "recommender is not behind everywhere")
    expect_equal([r["lag"] for r in lag(cluster, "audit-archiver")], [160], "lag of audit-archiver, 60 % of 400 read")


@suite.case
def lost_unknown_and_beyond(fixture):
    cluster, _ = fixture
    lost = lag(cluster, "sensor-archiver")
    expect_equal(sum(r["log_end_offset"] for r in lost), 900, "readings written")
    for row in lost:
        expect_equal(row["lost"], row["log_start_offset"] - row["committed_offset"], f"lost of {row}")
        expect(row["lost"] > 0, f"nothing lost in {row}")
    invoices = {r["partition"]: r["lag"] for r in lag(cluster, "invoices")}
    expect_equal([p for p in sorted(invoices) if invoices[p] is None], [4, 5], "partitions that invoices never committed")
    expect(all(r["lag"] is None for r in lag(cluster, "notebook-anna")), "a group that never committed has a lag")
    expect(all(r["lag"] is None and r["note"] for r in lag(cluster, "returns-report")), "commits beyond the end are no lag")


@suite.case
def nothing_moves_when_quiet(fixture):
    cluster, traffic = fixture
    before = cluster.tool("offsets")
    expect(traffic.process.poll() is None, f"the traffic ended: {traffic.said}")
    expect_equal(cluster.tool("offsets"), before, "end offsets a moment later")


@suite.case
def records_flow_when_it_is_not(fixture):
    cluster, quiet = fixture
    expect_equal(quiet.end(), 0, "exit status after SIGTERM")
    traffic = Traffic(cluster)
    try:
        for topic in ("orders", "payments", "clicks", "audit.events", "customers", "sensor-readings"):
            before = cluster.tool("offsets", "--topic", topic)
            wait_until(lambda: cluster.tool("offsets", "--topic", topic) != before, f"new records in {topic}", 60, 0.2)
    finally:
        expect_equal(traffic.end(), 0, "exit status after SIGTERM")


if __name__ == "__main__":
    suite.main(quiet_cluster)
