# SPDX-License-Identifier: BSD-2-Clause
"""Another cluster answers at the same address, at every moment of a change: nothing is found on it afterwards."""
import contextlib
import fcntl
import os
import re
import subprocess
import termios

import paths
import weir
from gate import Held
from kafka import Member
from tap import Suite, expect, expect_equal, expect_match, wait_until
from topics import Bench, Typed, configs
from twins import twins

suite = Suite()
BENCH = Bench("other-cluster")
FETCH, METADATA, COMMIT, ALTER_CONFIGS = 1, 3, 8, 44     # API keys of Kafka's protocol
RECORDS = 2000

# On both clusters the same: what would be changed on the one could be changed on the other as well.
SEED = f"""topic orders 1 1
produce orders 0 {RECORDS}
topic copy-of-orders 1 1
topic settings 1 1 retention.ms=1000000
topic small 1 1 max.message.bytes=300
"""


@contextlib.contextmanager
def pair():
    with twins("other-cluster") as clusters:
        for cluster in (clusters.a, clusters.b):
            cluster.seed(SEED)
        yield clusters


def both_committed(clusters, group, a, b):
    for cluster, offset in ((clusters.a, a), (clusters.b, b)):
        cluster.seed(f"commit {group} orders 0 {offset}\n")


def committed(cluster, group):
    return int(cluster.seed(f"committed {group}\n").split()[2])


def kcat(cluster, *args):
    return subprocess.run(["kcat", "-b", cluster.bootstrap, *args], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=True).stdout


def end_of(cluster, topic):
    return int(re.search(r"offset (\d+)", kcat(cluster, "-Q", "-t", f"{topic}:0:-1"))[1])


def names(cluster):
    return re.findall(r'topic "([^"]+)"', kcat(cluster, "-L"))


def config_file(name, text):
    """A folder for XDG_CONFIG_HOME in which weir finds this configuration."""
    path = paths.scratch(f"other-cluster-config/{name}/weir/config")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return os.path.dirname(os.path.dirname(path))


def pinned(clusters):
    return BENCH.environment(XDG_CONFIG_HOME=config_file("pinned", f"""
[context pinned]
bootstrap.servers = {clusters.bootstrap}
cluster-id = {clusters.a.id}

[context source]
bootstrap.servers = {clusters.a.bootstrap}
"""))


def refused(result, clusters, status=1):
    expect_equal(result.status, status, str(result))
    expect_match(f"cluster.* {clusters.b.id}", result.err, "which cluster answers now is said")
    expect(not re.search(r": done and verified|[1-9]\d* of \d+ changes done", result.err), str(result))


def swapped_at(clusters, step, *args, env=None):
    """Runs weir on A up to this step, and on from there with B in the place of A."""
    clusters.lead_to(clusters.a)
    with Held(step, *args, env=env or BENCH.environment()) as held:
        held.wait()
        clusters.lead_to(clusters.b)
        return held.finish()


@suite.case
def a_pin_holds_before_the_plan(clusters):
    clusters.lead_to(clusters.b)
    both_committed(clusters, "early", 10, 10)
    env = pinned(clusters)
    for args in (["reset", "-g", "early", "-t", "orders", "--to-earliest", "--execute"],
                 ["topic", "alter", "settings", "--add-config", "retention.ms=2000000", "--execute"],
                 ["produce", "orders"], ["topic", "create", "made", "--execute"]):
        refused(weir.run("-c", "pinned", *args, env=env), clusters, 2)
    refused(weir.run("-c", "source", "topic", "clone", "orders", "made", "--data", "--execute", "--to-context", "pinned",
                     env=env), clusters, 2)
    expect_equal(committed(clusters.b, "early"), 10, "what is committed on B")
    expect("made" not in names(clusters.b), "a topic was made on B")


@suite.case
def a_reset_is_not_sent_to_another_cluster(clusters):
    for step in ("open /journal", "synced", f"before {COMMIT}"):
        both_committed(clusters, "swap", 10, 10)
        result = swapped_at(clusters, step, "reset", "-b", clusters.bootstrap, "-g", "swap", "-t", "orders",
                            "--to-earliest", "--execute", "--watch-commits", "0", "--timeout", "8")
        refused(result, clusters)
        expect_equal(committed(clusters.b, "swap"), 10, f"what is committed on B, swapped at {step}: {result}")


@suite.case
def a_commit_is_not_sent_again_to_another_cluster(clusters):
    """Where the previous offset is read back weir sends its commit once more, after it asked which cluster it is."""
    for step in (f"before {METADATA}", f"before {COMMIT}"):
        both_committed(clusters, "again", 10, 10)
        clusters.lead_to(clusters.a)
        with Held(f"sent {COMMIT} then {step}", "reset", "-b", clusters.bootstrap, "-g", "again", "-t", "orders",
                  "--to-earliest", "--execute", "--watch-commits", "0", "--timeout", "8", env=BENCH.environment()) as held:
            held.wait()
            wait_until(lambda: committed(clusters.a, "again") == 0, "the commit on A")
            clusters.a.seed("commit again orders 0 10\n")
            held.go_on()
            clusters.lead_to(clusters.b)
            result = held.finish()
        refused(result, clusters)
        expect_match("group again: unverified: .*the offsets that were read back are the previous ones", result.err, str(result))
        expect_equal((committed(clusters.a, "again"), committed(clusters.b, "again")), (10, 10), f"swapped {step}: {result}")
        expect_equal(BENCH.newest_change(clusters.a)["state"], "unverified", "the journal's result")


@suite.case
def an_armed_reset_ends_when_another_cluster_answers(clusters):
    both_committed(clusters, "armed", 50, 400)
    clusters.lead_to(clusters.a)
    member = Member(clusters.a, "armed", "orders")
    try:
        member.wait_assigned()
        for arguments in (["-b", clusters.bootstrap], ["-c", "pinned"]):
            clusters.lead_to(clusters.a)
            typed = Typed(BENCH, clusters, "reset", *arguments, "-g", "armed", "-t", "orders", "--to-earliest", "--execute",
                          "--wait-empty", "60", "--watch-commits", "0", env=pinned(clusters))
            typed.wait_for("waiting up to")
            clusters.lead_to(clusters.b)
            status = typed.end()
            expect_equal(status, 1, typed.said)
            expect_match(f"cluster.* {clusters.b.id}", typed.said, "which cluster answers now is said")
            expect_equal(committed(clusters.b, "armed"), 400, f"what is committed on B: {typed.said}")
    finally:
        member.end()


@suite.case
def each_armed_group_says_that_it_waits(clusters):
    clusters.lead_to(clusters.a)
    members = []
    try:
        for group in ("wait-one", "wait-two"):
            clusters.a.seed(f"commit {group} orders 0 10\n")
            members.append(Member(clusters.a, group, "orders"))
            members[-1].wait_assigned()
        result = weir.run("reset", "-b", clusters.bootstrap, "-g", "wait-one", "-g", "wait-two", "-t", "orders",
                          "--to-earliest", "--execute", "--wait-empty", "1", env=BENCH.environment())
        expect_equal(result.err.count("waiting up to"), 2, str(result))
    finally:
        for member in members:
            member.end()


@suite.case
def a_change_of_a_topic_is_not_sent_to_another_cluster(clusters):
    for step in ("open /journal", "synced", f"before {ALTER_CONFIGS} 2"):
        result = swapped_at(clusters, step, "topic", "alter", "settings", "-b", clusters.bootstrap, "--add-config",
                            "retention.ms=3000000", "--execute", "--timeout", "8")
        refused(result, clusters)
        expect_equal(configs(clusters.b, "settings"), {"retention.ms": "1000000"}, f"on B, swapped at {step}: {result}")


@suite.case
def an_answer_to_a_question_counts_for_its_cluster_alone(clusters):
    for cluster in (clusters.a, clusters.b):
        if "asked" not in names(cluster):
            cluster.seed("topic asked 1 1\n")
    clusters.lead_to(clusters.a)
    typed = Typed(BENCH, clusters, "topic", "delete", "asked", "--execute")
    typed.wait_for("type")
    expect(clusters.a.id in typed.said, f"the question names the cluster: {typed.said}")
    clusters.lead_to(clusters.b)
    typed.type("asked")
    expect_equal(typed.end(), 1, typed.said)
    expect_match(f"cluster.* {clusters.b.id}", typed.said, "which cluster answers now is said")
    expect("asked" in names(clusters.b), f"deleted on B: {typed.said}")


@suite.case
def a_file_of_topics_is_not_applied_to_another_cluster(clusters):
    path = paths.scratch("other-cluster-topics")
    with open(path, "w", encoding="utf-8") as f:
        f.write("[settings]\npartitions = 1\nreplication-factor = 1\nretention.ms = 4000000\n")
    for step in ("open /journal", "synced"):
        result = swapped_at(clusters, step, "topic", "apply", path, "-b", clusters.bootstrap, "--execute", "--timeout", "8")
        refused(result, clusters)
        expect_equal(configs(clusters.b, "settings"), {"retention.ms": "1000000"}, f"on B, swapped at {step}: {result}")


@suite.case
def an_undo_is_not_sent_to_another_cluster(clusters):
    both_committed(clusters, "undone", 10, 0)
    clusters.lead_to(clusters.a)
    done = BENCH.run(clusters, "reset", "-g", "undone", "-t", "orders", "--to-earliest", "--execute", "--watch-commits", "0")
    expect_match("done and verified", done.err, str(done))
    change = BENCH.newest_change(clusters)
    expect_equal(change["cluster_id"], clusters.a.id, "the journal's cluster")
    result = swapped_at(clusters, "synced", "undo", change["id"], "-b", clusters.bootstrap, "--execute", "--timeout", "8",
                        "--watch-commits", "0")
    refused(result, clusters)
    expect_equal(committed(clusters.b, "undone"), 0, f"what is committed on B: {result}")
    clusters.lead_to(clusters.b)
    planned = weir.run("undo", change["id"], "-b", clusters.bootstrap, "--execute", env=BENCH.environment())
    expect(planned.status != 0, str(planned))
    expect_equal(committed(clusters.b, "undone"), 0, f"what is committed on B: {planned}")


class Producing:
    """weir produce whose input stays open."""

    def __init__(self, clusters, *args, topic="orders", output="raw", env=None):
        self.process = subprocess.Popen([paths.WEIR, "produce", topic, "-o", output, "-v", *args], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env or BENCH.environment())
        os.set_blocking(self.process.stdout.fileno(), False)
        self.out = b""

    def give(self, *lines):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write("".join(line + "\n" for line in lines).encode())
            self.process.stdin.flush()

    def has_read(self):
        """Nothing of what was given is left: it has found its topic then."""
        return fcntl.ioctl(self.process.stdin.fileno(), termios.FIONREAD, b"\0" * 4) == b"\0" * 4

    def wait_delivered(self, count):
        def delivered():
            self.out += self.process.stdout.read() or b""
            return self.out.count(b'"error":null') >= count
        wait_until(delivered, lambda: f"{count} reports in {self.out!r}", 20)

    def end(self):
        os.set_blocking(self.process.stdout.fileno(), True)
        out, err = self.process.communicate(timeout=120)
        return weir.Result(["produce"], self.process.returncode, self.out + out, err, 0)


@suite.case
def records_are_not_sent_to_another_cluster(clusters):
    for arguments in (["-b", clusters.bootstrap], ["-c", "pinned"]):
        before = end_of(clusters.b, "orders")
        clusters.lead_to(clusters.a)
        producing = Producing(clusters, *arguments, env=pinned(clusters))
        producing.give(*(f"first {i}" for i in range(10)))
        producing.wait_delivered(10)
        # In the same moment as the broker goes another one is there: librdkafka connects anew by itself.
        producing.give(*(f"second {i}" for i in range(1000)))
        clusters.lead_to(clusters.b)
        producing.give(*(f"third {i}" for i in range(1000)))
        result = producing.end()
        refused(result, clusters)
        expect_equal(end_of(clusters.b, "orders"), before, f"records came to B: {result}")


@suite.case
def a_handle_for_smaller_batches_is_of_the_same_cluster(clusters):
    """The first record for a topic that takes less than usual is sent by another handle than looked for the topic."""
    clusters.lead_to(clusters.a)
    producing = Producing(clusters, "-b", clusters.bootstrap, "--timeout", "8", topic="small", output="json")
    producing.give("")
    wait_until(producing.has_read, "weir to read its input")
    clusters.lead_to(None)
    producing.give('{"value":"a record"}')
    clusters.lead_to(clusters.b)
    result = producing.end()
    refused(result, clusters)
    expect_equal((end_of(clusters.a, "small"), end_of(clusters.b, "small")), (0, 0), str(result))


def clone(clusters, *args):
    return subprocess.Popen([paths.WEIR, "topic", "clone", "orders", *args, "--data", "--execute", "--rate", "200"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=pinned(clusters))


def end_clone(process):
    out, err = process.communicate(timeout=180)
    return weir.Result(["topic clone"], process.returncode, out, err, 0)


@suite.case
def a_clone_does_not_go_on_on_another_cluster(clusters):
    for name, arguments in (("twin-one", ["-b", clusters.bootstrap]),
                            ("twin-two", ["-c", "source", "--to-context", "pinned"])):
        clusters.b.seed(f"topic {name} 1 1\n")
        clusters.lead_to(clusters.a)
        process = clone(clusters, name, *arguments)
        wait_until(lambda n=name: n in names(clusters.a) and end_of(clusters.a, n) > 50, "the copy to begin", 60)
        clusters.lead_to(clusters.b)
        result = end_clone(process)
        refused(result, clusters)
        expect_equal(end_of(clusters.b, name), 0, f"records were copied to B: {result}")
        # It knows what it has done, and goes on where it was when its cluster is there again.
        clusters.lead_to(clusters.a)
        process = clone(clusters, name, *arguments, "--rate", "100000")
        result = end_clone(process)
        expect_equal((result.status, end_of(clusters.a, name)), (0, end_of(clusters.a, "orders")), str(result))


@suite.case
def a_clone_does_not_read_on_from_another_cluster(clusters):
    result = swapped_at(clusters, f"before {FETCH}", "topic", "clone", "orders", "from-front", "-b", clusters.bootstrap,
                        "--to-bootstrap", clusters.a.bootstrap, "--data", "--execute")
    refused(result, clusters)
    expect_equal(end_of(clusters.a, "from-front"), 0, f"records of B were copied: {result}")


if __name__ == "__main__":
    suite.main(pair)
