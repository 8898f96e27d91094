# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of resets share: a topic with every edge, groups on it, weir's commands, its journal."""
import contextlib
import json
import os
import time

import paths
import weir
from kafka import Member, shared_cluster
from tap import expect_equal, expect_match

PREFIX = "reset-"
TOPIC = PREFIX + "edges"
DAY_MS = 86400 * 1000


def seed_script():
    """Partitions: 0 in the middle, 1 never committed, 2 committed below the log start, 3 beyond the end, 4 empty."""
    lines = [f"topic {TOPIC} 5 3"]
    start = int(time.time() * 1000) - 20 * DAY_MS - DAY_MS // 2
    for partition in range(4):
        for i in range(20):
            lines.append(f"record {TOPIC} {partition} {start + i * DAY_MS} k{i} v{i}")
    lines.append(f"trim {TOPIC} 2 8")
    return "\n".join(lines) + "\n"


def commits(group):
    return "".join(f"commit {group} {TOPIC} {p} {o}\n" for p, o in ((0, 12), (2, 3), (3, 40)))


@contextlib.contextmanager
def seeded_cluster(name="reset", new=shared_cluster):
    with new(name) as cluster:
        cluster.seed(seed_script())
        yield cluster


def state_home(name):
    path = paths.scratch("state/" + name)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(os.path.join(path, "weir", "journal"))
    return path


def env(name):
    return weir.environment(XDG_STATE_HOME=paths.scratch("state/" + name))


def journal_path(name):
    return os.path.join(paths.scratch("state/" + name), "weir", "journal")


def journal_lines(name):
    with open(journal_path(name), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def write_journal(name, lines):
    with open(journal_path(name), "w", encoding="utf-8") as f:
        f.writelines(json.dumps(line) + "\n" for line in lines)


def last_change(name="common"):
    """The id of the newest change, whether its result is there or not."""
    line = journal_lines(name)[-1]
    return line.get("id") or line["result_of"]


def run(cluster, *args, name="common", **more):
    """Who else commits is watched for only where a test asks for that."""
    quick = ("--watch-commits", "0") if "--execute" in args and "--watch-commits" not in args else ()
    return weir.run(args[0], "-b", cluster.bootstrap, *args[1:], *quick, env=env(name), **more)


def committed(cluster, group):
    """{(topic, partition): offset} of what the group has committed"""
    rows = weir.run("lag", "-b", cluster.bootstrap, "-g", group, "-o", "json").rows()
    return {(r["topic"], r["partition"]): r["committed_offset"] for r in rows if r["committed_offset"] is not None}


def committed_whole(cluster, group):
    """{(topic, partition): (offset, leader epoch, metadata)}, not asked through weir"""
    found = {}
    for line in cluster.seed(f"committed {group}\n").splitlines():
        topic, partition, offset, epoch, metadata = line.split(" ", 4)
        found[topic, int(partition)] = (int(offset), int(epoch), metadata)
    return found


def planned(rows):
    return {(r["topic"], r["partition"]): r["target_offset"] for r in rows if r["target_offset"] is not None}


def expect_refused(result, pattern, status=1):
    expect_equal(result.status, status, str(result))
    expect_match(pattern, result.err, "the reason")


@contextlib.contextmanager
def member(cluster, group, protocol, topic=TOPIC, commits=False):
    options = ["-X", "group.protocol=consumer"] if protocol == "consumer" else ["-X", "session.timeout.ms=6000"]
    if commits:
        options += ["-X", "enable.auto.commit=true", "-X", "auto.commit.interval.ms=200", "-X", "auto.offset.reset=earliest"]
    m = Member(cluster, group, topic, *options)
    try:
        m.wait_assigned()
        yield m
    finally:
        if m.process.poll() is None:
            m.end()
