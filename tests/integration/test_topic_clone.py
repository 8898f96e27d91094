# SPDX-License-Identifier: BSD-2-Clause
"""`weir topic export`, `apply` and `clone` on real Kafka, compared with its own tools and record by record.

CLONE_RECORDS in the environment makes the copy that is broken off shorter (default 1,000,000).
"""
import contextlib
import glob
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess

import paths
import weir
from kafka import shared_cluster
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()
RECORDS = int(os.environ.get("CLONE_RECORDS", "1000000"))
HOSTILE = r"\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\r\nend"

SEED = rf"""
topic clone-plain 3 2 retention.ms=-1
topic clone-set 2 3 cleanup.policy=compact,delete max.message.bytes=2000000 retention.ms=3600000 min.insync.replicas=2
topic clone-odd 4 2 retention.ms=-1 compression.type=zstd
topic clone-appended 1 1 message.timestamp.type=LogAppendTime retention.ms=-1
topic clone-small 1 1 max.message.bytes=5000 retention.ms=-1
topic clone-many 3 2 retention.ms=-1
record clone-plain 0 1700000000000 a 1
record clone-plain 1 1700000001000 b 2
record clone-odd 0 1700000000000 key value a=1 a=2 b=~ c=
record clone-odd 0 1700000001000 ~ ~
record clone-odd 2 1700000002000 \x00\xff \xfe\x00\x1b[31m \xc3\xa9=\xff {HOSTILE}=1
record clone-odd 2 1 k\x09"\\ {HOSTILE}
record clone-odd 2 -1 no-time 1
commits clone-odd 2 3
aborts clone-odd 2 5
record clone-odd 2 1700000003000 after ~
aborts clone-odd 1 4
record clone-appended 0 1700000000000 a 1
fill clone-small 0 3000
"""


@contextlib.contextmanager
def two_clusters():
    """Three nodes, and another cluster of one, which is `cluster.other`."""
    shutil.rmtree(STATE, ignore_errors=True)
    with shared_cluster("clone") as cluster, shared_cluster("clone-other", nodes=1) as other:
        cluster.other = other
        cluster.seed(SEED)
        yield cluster


STATE = paths.scratch("clone/state")


def environment():
    return weir.environment(XDG_STATE_HOME=STATE)


def topic(cluster, *args, status=0):
    result = weir.run("topic", args[0], "-b", cluster.bootstrap, *args[1:], env=environment())
    if status is not None:
        expect_equal(result.status, status, str(result))
    return result


def file_of(text):
    path = paths.scratch("clone/topics")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


# The beginning of a line of weir tail -o json. Topic and offset are others in a copy.
PLACE = re.compile(rb'\{"topic":"[^"]*","partition":(\d+),"offset":\d+,')


def contents(cluster, name):
    """The records of each partition in order, without offsets: how many, and a hash of them all."""
    hashes, counts = {}, {}
    command = [paths.READER, "tail", "-b", cluster.bootstrap, name, "--read-committed", "--from", "earliest", "-o", "json"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=weir.environment()) as process:
        for line in process.stdout:
            place = PLACE.match(line)
            partition = int(place[1])
            hashes.setdefault(partition, hashlib.sha256()).update(line[place.end():])
            counts[partition] = counts.get(partition, 0) + 1
        expect_equal(process.wait(60), 0, "status of tail")
    return {p: (counts[p], h.hexdigest()) for p, h in sorted(hashes.items())}


def described(cluster, names):
    """What Kafka's own tool says of topics: {name: (partitions, replication factor, {configuration: value})}."""
    found = {}
    for line in cluster.tool("topics", "--describe").splitlines():
        head = re.match(r"Topic: (\S+)\s.*PartitionCount: (\d+)\s+ReplicationFactor: (\d+)\s+Configs: ?(.*)", line)
        if head and head[1] in names:
            # A comma separates configurations, and the words of one.
            configs = dict(c.split("=", 1) for c in re.split(r",(?=[a-z.]+=)", head[4].strip()) if c)
            found[head[1]] = int(head[2]), int(head[3]), configs
    return found


def configured(cluster, name):
    """What is set on a topic itself, as Kafka's own tool says it."""
    out = cluster.tool("configs", "--describe", "--entity-type", "topics", "--entity-name", name)
    return dict(re.findall(r"^  (\S+?)=(\S*) sensitive=", out, re.M))


# ---- export and apply ------------------------------------------------------

@suite.case
def export_and_apply_make_the_same_topics_again(cluster):
    names = ["clone-set", "clone-odd", "clone-plain"]
    text = topic(cluster, "export", *names).out
    expect_equal(re.findall(r"^\[(.*)\]$", text, re.M), sorted(names), "sections")
    before = described(cluster, names)
    expect_equal(before["clone-set"][:2], (2, 3), "what Kafka's tool says")
    expect("segment.bytes" not in text, "defaults are left out")
    renamed = text.replace("[clone-", "[clone-again-")
    path = file_of(renamed)
    planned = topic(cluster, "apply", path, "-o", "json").rows()
    expect_equal({r["state"] for r in planned}, {"planned"}, "states")
    expect_equal(described(cluster, [n.replace("clone-", "clone-again-") for n in names]), {}, "nothing is made yet")
    done = topic(cluster, "apply", path, "--execute", "-o", "json").rows()
    expect_equal({r["state"] for r in done}, {"done"}, "states")
    after = described(cluster, [n.replace("clone-", "clone-again-") for n in names])
    expect_equal({n.replace("clone-again-", "clone-"): d for n, d in after.items()}, before, "topics as Kafka's tool has them")
    again = topic(cluster, "apply", path, "--execute")
    expect_match("3 topics match the file.*nothing to change", again.err, "second time")
    expect_equal(topic(cluster, "export", *after).out, renamed, "exported again")


@suite.case
def apply_changes_what_differs(cluster):
    topic(cluster, "apply", file_of("[clone-change]\npartitions=2\nreplication-factor=1\nretention.ms=7d\n"
                                    "max.message.bytes=1MiB\n"), "--execute")
    expect_equal(configured(cluster, "clone-change"), {"retention.ms": "604800000", "max.message.bytes": "1048576"}, "made")
    path = file_of("[clone-change]\npartitions=3\nretention.ms=1h\ncleanup.policy=compact,delete\n")
    rows = topic(cluster, "apply", path, "--execute", "-o", "json").rows()
    expect_equal({(r["name"], r["before"], r["after"]) for r in rows},
                 {("partitions", "2", "3"), ("retention.ms", "604800000", "3600000"), ("max.message.bytes", "1048576", None),
                  ("cleanup.policy", None, "compact,delete")}, "changes")
    expect_equal(configured(cluster, "clone-change"), {"retention.ms": "3600000", "cleanup.policy": "compact,delete"}, "changed")
    expect_equal(described(cluster, ["clone-change"])["clone-change"][:2], (3, 1), "partitions and replicas")
    with open(os.path.join(STATE, "weir/journal"), encoding="utf-8") as file:
        kinds = [e["kind"] for e in map(json.loads, file) if e.get("topic") == "clone-change"]
    expect_equal(kinds, ["topic create", "topic partitions", "topic config"], "kinds in the journal")


@suite.case
def what_cannot_be_done_changes_nothing(cluster):
    names = ["clone-plain", "clone-refused"]
    before = described(cluster, names)
    good = "[clone-refused]\npartitions=1\n"
    for text, status, why in (
            (good + "[clone-plain]\npartitions=2\n", 1, "it has 3 partitions, the file says 2"),
            (good + "[clone-plain]\nreplication-factor=3\nretention.ms=-1\n", 1, "replication factor is 2, the file says 3"),
            (good + "[clone-plain]\nretention.ms=-1\nno.such.name=1\n", 1, "no.such.name"),
            (good + "[clone-new]\nreplication-factor=30\n", 1, "(?i)replication factor"),
            (good + "retention.ms = 7 dx\n", 2, r"topics:3:18: retention.ms: "),
            (good + "[clone-plain\n", 2, "topics:3:1: neither"),
            ("partitions = 1\n", 2, "topics:1:1: this stands before"),
            ("", 2, "it has no .TOPIC. section")):
        result = topic(cluster, "apply", file_of(text), "--execute", status=status)
        expect_match(why, result.err, repr(text))
    expect_equal(described(cluster, names), before, "topics")
    result = weir.run("topic", "apply", "-b", cluster.bootstrap, file_of(good), "--execute", "--read-only", env=environment())
    expect_equal(result.status, 2, str(result))
    expect_equal(described(cluster, names), before, "topics after a read-only run")
    topic(cluster, "export", "clone-no-such", status=1)


@suite.case
def prune_deletes_only_when_asked_and_never_what_is_kafkas(cluster):
    other = cluster.other
    other.seed("topic keep 1 1\ntopic drop 1 1 retention.ms=-1\ncommit g keep 0 0\n")
    wait_until(lambda: "__consumer_offsets" in other.tool("topics", "--list").split(), "Kafka's own topic", 30)
    path = file_of("[keep]\npartitions = 1\n")
    expect_match("1 not in the file, left alone", topic(other, "apply", path, "--execute").err, "without --prune")
    rows = topic(other, "apply", path, "--prune", "-o", "json").rows()
    expect_equal({(r["topic"], r["action"]) for r in rows}, {("drop", "delete")}, "plan")
    expect("drop" in other.tool("topics", "--list").split(), "a plan deletes nothing")
    expect_match("add --confirm drop", topic(other, "apply", path, "--prune", "--execute", status=2).err, "the name")
    expect("drop" in other.tool("topics", "--list").split(), "it was deleted without its name")
    topic(other, "apply", path, "--prune", "--execute", "--confirm", "drop")
    expect_equal(set(other.tool("topics", "--list").split()), {"keep", "__consumer_offsets"}, "topics that are left")


# ---- clone -----------------------------------------------------------------

@suite.case
def the_configuration_alone(cluster):
    topic(cluster, "clone", "clone-set", "clone-set-2")
    expect_equal(described(cluster, ["clone-set-2"]), {}, "a plan makes nothing")
    topic(cluster, "clone", "clone-set", "clone-set-2", "--execute")
    both = described(cluster, ["clone-set", "clone-set-2"])
    expect_equal(both["clone-set-2"], both["clone-set"], "as Kafka's tool has it")
    expect_match("clone-set-2 exists already", topic(cluster, "clone", "clone-set", "clone-set-2", "--execute", status=1).err,
                 "once more")
    expect_match("not made by weir topic clone", topic(cluster, "clone", "clone-set", "clone-set-2", "--data", "--execute",
                                                       status=1).err, "into a topic that is there")
    for source, target, status, why in (("clone-none", "clone-x", 1, "does not exist"), ("clone-set", "a b", 2, "letters"),
                                        ("clone-set", "clone-set", 1, "exists already|itself")):
        expect_match(why, topic(cluster, "clone", source, target, "--execute", status=None).err, target)


@suite.case
def records_stay_as_they_are(cluster):
    result = topic(cluster, "clone", "clone-odd", "clone-odd-2", "--data", "--execute")
    wanted = contents(cluster, "clone-odd")
    expect_equal({p: n for p, (n, _) in wanted.items()}, {0: 2, 2: 7}, "records of the source")
    expect_equal(contents(cluster, "clone-odd-2"), wanted, "records")
    expect_match("committed offsets of clone-odd do not fit the copy", result.err, "what is said")
    # What comes later follows.
    cluster.seed("record clone-odd 1 1700000009000 late 1 h=1\nrecord clone-odd 2 1700000009000 late ~\n")
    result = topic(cluster, "clone", "clone-odd", "clone-odd-2", "--data", "--execute")
    expect_match("2 records", result.err, "second time")
    expect_equal(contents(cluster, "clone-odd-2"), contents(cluster, "clone-odd"), "records after the second time")


@suite.case
def records_of_any_time_or_none_stay_so(cluster):
    def produce(*times):
        lines = file_of("".join(json.dumps({"value": "v", "timestamp": t}) + "\n" for t in times))
        with open(lines, "rb") as file:
            result = weir.run("produce", "-b", cluster.bootstrap, "clone-times", "--keep-timestamp", stdin=file)
        expect_equal(result.status, 0, str(result))

    cluster.seed("topic clone-times 1 1 retention.ms=-1 message.timestamp.after.max.ms=9223372036854775807\n")
    produce(0, -2, None, 1795883972470123)
    topic(cluster, "clone", "clone-times", "clone-times-2", "--data", "--execute")
    # The newest copied one has none; it is known again by that.
    produce(None)
    topic(cluster, "clone", "clone-times", "clone-times-2", "--data", "--execute")
    produce(0)
    topic(cluster, "clone", "clone-times", "clone-times-2", "--data", "--execute")
    expect_equal(contents(cluster, "clone-times-2"), contents(cluster, "clone-times"), "records")
    rows = weir.run("tail", "-b", cluster.bootstrap, "clone-times-2", "--from", "earliest", "-o", "json").rows()
    expect_equal([r["timestamp"] for r in sorted(rows, key=lambda r: r["offset"])],
                 [0, -2, None, 1795883972470123, None, 0], "timestamps")


@suite.case
def timestamps_of_a_log_that_stamps_stay(cluster):
    topic(cluster, "clone", "clone-appended", "clone-appended-2", "--data", "--execute")
    source, copy = (weir.run("tail", "-b", cluster.bootstrap, t, "--from", "earliest", "-o", "json").rows()
                    for t in ("clone-appended", "clone-appended-2"))
    expect_equal([r["timestamp"] for r in copy], [r["timestamp"] for r in source], "timestamps")
    expect(source[0]["timestamp"] != 1700000000000, "the source stamps")


@suite.case
def a_target_that_is_not_the_copy_is_not_written_to(cluster):
    def clone(source="clone-plain", why=None):
        result = topic(cluster, "clone", source, "clone-guard", "--data", "--execute", status=1 if why else 0)
        if why:
            expect_match(why, result.err, "refusal")
            expect("goes on from there" not in result.err, f"no way on is promised: {result.err}")
    clone()
    before = contents(cluster, "clone-guard")
    clone("clone-odd", "is a copy of another topic")
    cluster.seed("record clone-guard 0 1700000000000 foreign 1\nrecord clone-plain 0 1700000000000 a 2\n")
    clone(why="offset 1 is not a copy of clone-plain at 1")
    expect_equal(contents(cluster, "clone-guard")[1], before[1], "the other partition")
    cluster.seed("delete clone-guard\n")
    wait_until(lambda: weir.run("topics", "-b", cluster.bootstrap, "-t", "clone-guard").status, "the topic to be gone", 30)
    cluster.seed("topic clone-guard 3 2 retention.ms=-1\n")
    clone(why="deleted and created again")
    for path in glob.glob(STATE + "/weir/clones/*/clone-guard"):
        os.unlink(path)
    clone(why="not made by weir topic clone")


@suite.case
def a_target_that_takes_less_is_said(cluster):
    topic(cluster, "clone", "clone-small", "clone-small-2", "--data", "--execute")
    cluster.tool("configs", "--alter", "--entity-type", "topics", "--entity-name", "clone-small-2", "--add-config",
                 "max.message.bytes=2000")
    cluster.seed("fill clone-small 0 3000\n")
    expect_match("takes max.message.bytes=2000", topic(cluster, "clone", "clone-small", "clone-small-2", "--data", "--execute",
                                                       status=1).err, "refusal")
    cluster.tool("configs", "--alter", "--entity-type", "topics", "--entity-name", "clone-small-2", "--delete-config",
                 "max.message.bytes")
    topic(cluster, "clone", "clone-small", "clone-small-2", "--data", "--execute")
    expect_equal(contents(cluster, "clone-small-2"), contents(cluster, "clone-small"), "records")


@suite.case
def a_record_that_is_refused_leaves_no_hole(cluster):
    def limit(name, count):
        cluster.tool("configs", "--alter", "--entity-type", "topics", "--entity-name", name, "--add-config",
                     f"max.message.bytes={count}")
    small = "fill clone-hole 0 100\n" * 300
    cluster.seed("topic clone-hole 1 1 retention.ms=-1 max.message.bytes=900000\n" + small)
    cluster.seed("fill clone-hole 0 300000\n")
    cluster.seed(small)
    limit("clone-hole", 20000)
    result = topic(cluster, "clone", "clone-hole", "clone-hole-2", "--data", "--execute", status=1)
    expect_match(r"larger than the topic takes", result.err, "reason")
    expect_equal({p: n for p, (n, _) in contents(cluster, "clone-hole-2").items()}, {0: 300}, "records before the large one")
    limit("clone-hole-2", 900000)
    topic(cluster, "clone", "clone-hole", "clone-hole-2", "--data", "--execute")
    expect_equal(contents(cluster, "clone-hole-2"), contents(cluster, "clone-hole"), "records")


@suite.case
def to_another_cluster(cluster):
    topic(cluster, "clone", "clone-appended", "clone-there", "--data", "--execute", "-B", cluster.other.bootstrap)
    found = described(cluster.other, ["clone-there"])["clone-there"]
    expect_equal(found[:2], (1, 1), "partitions and replication")
    expect_equal(found[2].get("message.timestamp.type"), "CreateTime", "timestamp type")
    expect("clone-there" not in cluster.tool("topics", "--list").split(), "not on the source's cluster")
    source, copy = (weir.run("tail", "-b", c.bootstrap, t, "--from", "earliest", "-o", "json").rows()
                    for c, t in ((cluster, "clone-appended"), (cluster.other, "clone-there")))
    expect_equal([(r["timestamp"], r["key"], r["value"]) for r in copy],
                 [(r["timestamp"], r["key"], r["value"]) for r in source], "records")


def line(i):
    return (f"record clone-many {i % 3 if i % 7 else 0} {1700000000000 + i} {f'k{i % 1000}' if i % 5 else '~'} "
            f"value-{i}-{'x' * (i % 80)}{f' n={i} none=~' if i % 4 == 0 else ''}\n")


@suite.case
def a_copy_that_is_broken_off_goes_on(cluster):
    path = paths.scratch("clone/many")
    with open(path, "w", encoding="ascii") as file:
        file.writelines(map(line, range(RECORDS)))
    with open(path, "rb") as file:
        cluster.seed(file)
    chance = random.Random(6)
    command = [paths.WEIR, "topic", "clone", "-b", cluster.bootstrap, "clone-many", "clone-copy", "--data", "--execute"]

    def written():
        result = weir.run("topics", "-b", cluster.bootstrap, "-t", "clone-copy", "-o", "json")
        return sum(r.get("records") or 0 for r in result.rows()) if result.status == 0 else 0
    last = 0
    for number in (signal.SIGINT, signal.SIGKILL, signal.SIGKILL):
        with subprocess.Popen([*command, "--rate", str(max(RECORDS // 6, 1))], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=environment()) as process:
            wait_until(lambda: written() > last + chance.randrange(1, RECORDS // 20), "records in the copy", 60)
            process.send_signal(number)
            _, err = process.communicate(timeout=60)
        expect_equal(process.returncode, 130 if number == signal.SIGINT else -number, err.decode())
        last = written()
        expect(0 < last < RECORDS, f"{last} records after signal {number}")
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment()) as first:
        # Two at a time cannot be; the one that comes second says so.
        wait_until(lambda: written() > last or first.poll() is not None, "the copy to go on", 60)
        second = weir.run(*command[1:], env=environment()) if first.poll() is None else None
        out, err = first.communicate(timeout=600)
    expect_equal(first.returncode, 0, err.decode())
    if second and second.status:
        expect_match("another weir is copying", second.err, "the second")
    counts = [int(n) for n in re.findall(rb"partition \d+ +\d+ +(\d+) +done", out)]
    expect_equal(sum(counts), RECORDS, "records by the copy's own count")
    wanted = contents(cluster, "clone-many")
    expect_equal(sum(n for n, _ in wanted.values()), RECORDS, "records of the source")
    expect_equal(contents(cluster, "clone-copy"), wanted, "records")


def records_of(cluster, name):
    result = weir.run("topics", "-b", cluster.bootstrap, "-t", name, "-o", "json")
    return sum(r.get("records") or 0 for r in result.rows()) if result.status == 0 else 0


@contextlib.contextmanager
def slow_copy(cluster, source, target, rate):
    """A copy that is on its way; its records have old timestamps."""
    path = paths.scratch("clone/slow")
    with open(path, "w", encoding="ascii") as file:
        file.writelines(json.dumps({"timestamp": 1700000000000 + i, "key": f"k{i}", "value": "x" * 90}) + "\n"
                        for i in range(rate * 30))
    cluster.seed(f"topic {source} 1 1 retention.ms=-1\n")
    with open(path, "rb") as file:
        made = weir.run("produce", "-b", cluster.bootstrap, source, "--keep-timestamp", stdin=file)
    expect_equal(made.status, 0, str(made))
    command = [paths.WEIR, "topic", "clone", "-b", cluster.bootstrap, source, target, "--data", "--execute", "--rate", str(rate)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment()) as process:
        try:
            wait_until(lambda: records_of(cluster, target) > rate, "records in the copy", 60)
            yield process
        finally:
            process.kill()


@suite.case
def a_target_that_was_made_again_is_not_written_to(cluster):
    with slow_copy(cluster, "clone-slow", "clone-anew", 1000) as process:
        cluster.seed("delete clone-anew\n")
        said = next((text for text in process.stderr if b"it is gone" in text), None)
        expect(said, "it was not noticed")
        cluster.seed("topic clone-anew 1 1\n")
        _, err = process.communicate(timeout=120)
    expect_equal(process.returncode, 1, err.decode())
    expect_match("clone-anew was deleted and created again", err.decode(), "reason")
    expect_equal(records_of(cluster, "clone-anew"), 0, "records in the new topic")


@suite.case
def a_leader_that_dies_takes_no_record_twice(cluster):
    with slow_copy(cluster, "clone-lost", "clone-lost-2", 1000) as process:
        known = subprocess.run(["kcat", "-L", "-b", cluster.bootstrap, "-t", "clone-lost-2"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, timeout=60, check=True)
        leader = int(re.search(rb"partition 0, leader (\d+)", known.stdout)[1])
        cluster.kill(leader)
        cluster.restart(leader)
        _, err = process.communicate(timeout=180)
    expect_equal(process.returncode, 0, err.decode())
    expect_match("clone-lost-2: it answers again", err.decode(), "what is said")
    expect_equal(contents(cluster, "clone-lost-2"), contents(cluster, "clone-lost"), "records")


if __name__ == "__main__":
    suite.main(two_clusters)
