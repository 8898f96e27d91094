# SPDX-License-Identifier: BSD-2-Clause
"""Changes of topics that go wrong: brokers lost under way, others in between, some items refused."""
import contextlib
import os
import re

import paths
from kafka import Cluster
from tap import Suite, expect, expect_equal, expect_match, expect_soon, wait_until
from topics import Bench, Shared, Typed, configs, describe, names, starts, without

suite = Suite()
bench = Bench("topicfaults", Cluster)


def results(result):
    return {r["topic"]: r["after"] for r in result.rows() if r["item"] == "result"}


@suite.case
def an_undo_of_a_topic_made_anew_is_refused(cluster):
    bench.remove(cluster, "topics-anew")
    cluster.seed("topic topics-anew 1 1 retention.ms=6000000\n")
    bench.run(cluster, "topic", "alter", "topics-anew", "--add-config", "retention.ms=7000000", "--execute")
    change = bench.newest_change(cluster)["id"]
    cluster.seed("delete topics-anew\ntopic topics-anew 1 1 retention.ms=7000000\n")
    result = bench.run(cluster, "undo", change, "--execute", status=1)
    expect_match("was deleted and created again after change", result.err, "the reason")
    expect_soon(lambda: configs(cluster, "topics-anew").get("retention.ms"), "7000000", "the new topic's")
    bench.remove(cluster, "topics-anew")


@suite.case
def a_topic_made_anew_while_its_plan_is_open_is_left_alone(cluster):
    bench.remove(cluster, "topics-twice")
    cluster.seed("topic topics-twice 1 1\n")
    asked = Typed(bench, cluster, "topic", "delete", "topics-twice", "--execute")
    asked.wait_for('type "topics-twice" to confirm')
    cluster.seed("delete topics-twice\ntopic topics-twice 1 1\nproduce topics-twice 0 3\n")
    asked.type("topics-twice")
    expect_equal(asked.end(), 1, asked.said)
    expect_match("was deleted and created again since the plan", asked.said, "what is said")
    expect("topics-twice" in names(cluster), "the new topic was deleted")
    bench.remove(cluster, "topics-twice")


@suite.case
def of_several_deletions_each_one_is_told(cluster):
    bench.remove(cluster, *(f"topics-many-{i}" for i in range(5)))
    cluster.seed("".join(f"topic topics-many-{i} 1 1\n" for i in range(5)))
    asked = Typed(bench, cluster, "topic", "delete", *(f"topics-many-{i}" for i in range(5)), "--execute", "-o", "json")
    asked.wait_for('type "5" to confirm')
    cluster.seed("delete topics-many-2\n")
    asked.type("5")
    expect_equal(asked.end(), 1, asked.said)
    ends = dict(re.findall(r'"topic":"(topics-many-\d)","action":"delete","item":"result".*?"after":"([^"]*)"', asked.said))
    expect_equal(ends, {f"topics-many-{i}": "failed" if i == 2 else "done" for i in range(5)}, asked.said)
    expect_soon(lambda: [n for n in names(cluster) if n.startswith("topics-many-")], [], "topics that are left")


@suite.case
def of_an_applied_file_each_item_is_told(cluster):
    if isinstance(cluster, Shared):
        return                   # --prune would delete what is not ours
    for name in set(names(cluster)) - {"__consumer_offsets"}:
        cluster.seed(f"delete {name}\n")
    cluster.seed("topic topics-keep 1 1\ntopic topics-gone 1 1\ntopic topics-old 1 1\n")
    path = paths.scratch("topics-faults.ini")
    with open(path, "w", encoding="ascii") as out:
        out.write("[topics-keep]\npartitions = 2\n[topics-new]\npartitions = 1\n")
    refused = bench.run(cluster, "topic", "apply", path, "--prune", "--execute", status=2)
    expect_match("add --confirm topics-gone,topics-old", refused.err, "what is to be confirmed")
    bench.run(cluster, "topic", "apply", path, "--prune", "--execute", "--confirm", "topics-old", status=2)
    expect_equal(set(names(cluster)) - {"__consumer_offsets"}, {"topics-gone", "topics-keep", "topics-old"}, "unchanged")
    asked = Typed(bench, cluster, "topic", "apply", path, "--prune", "--execute", "-o", "json")
    asked.wait_for('type "topics-gone,topics-old" to confirm')
    cluster.seed("delete topics-gone\ngrow topics-keep 2\n")
    asked.type("topics-gone,topics-old")
    expect_equal(asked.end(), 1, asked.said)
    rows = {(t, a): s for t, a, s in re.findall(
        r'"topic":"(topics-\w+)","action":"([^"]*)".*?"state":"([^"]*)"', asked.said)}
    expect_equal(rows, {("topics-keep", "add partitions"): "failed", ("topics-new", "create"): "done",
                        ("topics-gone", "delete"): "failed", ("topics-old", "delete"): "done"}, asked.said)
    expect_equal(set(names(cluster)) - {"__consumer_offsets"}, {"topics-keep", "topics-new"}, "topics that are left")


@suite.case
def a_partition_without_leader_is_told_and_the_others_are_cut(cluster):
    if isinstance(cluster, Shared):
        return                   # brokers of a shared cluster are not to be killed
    cluster.seed("place topics-part 1 2 3\n" + "".join(f"produce topics-part {p} 10\n" for p in range(3)))
    asked = Typed(bench, cluster, "topic", "truncate", "topics-part", "--to-offset", "4", "--execute", "-o", "json")
    asked.wait_for('type "topics-part" to confirm')
    cluster.kill(3)
    try:
        wait_until(lambda: describe(without(cluster, 3), "topics-part")[1][2]["Leader"] in ("-1", "none"), "no leader", 60)
        asked.type("topics-part")
        expect_equal(asked.end(), 1, asked.said)
        expect_match('"item":"result".*"after":"partly done"', asked.said, "the state")
        expect_match("2 of 3 partitions done; partition 2: ", asked.said, "what was done")
    finally:
        cluster.restart(3)
    wait_until(lambda: describe(cluster, "topics-part")[1][2]["Leader"] == "3", "a leader again", 60)
    expect_soon(lambda: starts(cluster, "topics-part"), [4, 4, 0], "log starts")
    expect_equal(bench.newest_change(cluster)["state"], "partly done", "the journal")
    bench.run(cluster, "topic", "truncate", "topics-part", "--to-offset", "4", "--execute", "--confirm", "topics-part")
    expect_soon(lambda: starts(cluster, "topics-part"), [4, 4, 4], "after the same again")
    bench.remove(cluster, "topics-part")


def leader_of_the_quorum(cluster):
    out = cluster.tool("quorum", "describe", "--status")
    return int(re.search(r"^LeaderId:\s+(\d+)", out, re.M)[1])


def is_done(cluster, name, verb):
    """Whether what was asked for is there, by Kafka's own tool."""
    if verb == "alter":
        return configs(cluster, name).get("retention.ms") == "7000000"
    return (name in names(cluster)) == (verb == "create")


CHANGES = {"create": ("-p", "2", "--replication-factor", "3"), "delete": (),
           "alter": ("--add-config", "retention.ms=7000000")}


@contextlib.contextmanager
def protected(cluster):
    """A context that asks for the name before each change, so that something can happen in between."""
    home = paths.scratch("home/topicfaults/weir/config")
    with open(home, "w", encoding="ascii") as out:
        out.write(f"[context prod]\nbootstrap.servers = {cluster.bootstrap}\nprotected = yes\n")
    os.chmod(home, 0o600)
    yield bench.environment(XDG_CONFIG_HOME=os.path.dirname(os.path.dirname(home)))


def change_while(cluster, verb, name, trouble, mend):
    """Ask for a change, make the trouble, confirm; what is said must be so, also when all is well again."""
    if verb != "create":
        cluster.seed(f"topic {name} 2 3\n")
    changes = len(bench.run(cluster, "undo", "-o", "json").rows())
    with protected(cluster) as env:
        asked = Typed(bench, cluster, "topic", verb, name, *CHANGES[verb], "--execute", "-c", "prod", "-o", "json",
                      "--timeout", "4", env=env)
        asked.wait_for(f'type "{name}" to confirm')
        try:
            trouble()
            asked.type(name)
            status = asked.end()
        finally:
            mend()
    said = re.search(r'"item":"result".*?"after":"([^"]*)"', asked.said)
    expect(said, f"{verb}: no result: {asked.said}")
    state = said[1]
    # What was never begun has no line in the journal, and what was has one.
    entries = bench.run(cluster, "undo", "-o", "json").rows()[changes:]
    expect_equal([e["state"] for e in entries], [state] if entries else [], f"{verb}: the journal")
    expect(entries or state == "failed", f"{verb}: {state} without a line in the journal: {asked.said}")
    expect_equal(status, 0 if state == "done" else 1, f"{verb}, {state}: {asked.said}")
    if state == "done":
        wait_until(lambda: is_done(cluster, name, verb), f"{verb} of {name} done, as was said", 20)
    elif state == "failed":
        expect(not is_done(cluster, name, verb), f"{verb} of {name} failed, as was said, and is done")
    else:
        expect_match("no answer|[Tt]imed out|Local|not answered", asked.said, "why it is not known")
    return state


def back_to_three(cluster, name):
    wait_until(lambda: len(describe_if_there(cluster, name)) != 1, "the cluster to answer", 60)
    bench.remove(cluster, name)


def describe_if_there(cluster, name):
    return describe(cluster, name)[1] if name in names(cluster) else ()


@suite.case
def a_controller_that_is_killed_or_hangs_under_way_is_told_truthfully(cluster):
    if isinstance(cluster, Shared):
        return
    for number, verb in enumerate(CHANGES):
        node = leader_of_the_quorum(cluster)
        if number % 2:
            trouble, mend = lambda: cluster.kill(node), lambda: cluster.restart(node)
        else:
            trouble, mend = lambda: cluster.freeze(node), lambda: cluster.thaw(node)
        name = f"topics-lost-{verb}"
        change_while(cluster, verb, name, trouble, mend)
        wait_until(lambda: is_done(cluster, name, verb) in (True, False), "an answer", 60)


@suite.case
def without_a_quorum_nothing_is_called_done(cluster):
    if isinstance(cluster, Shared):
        return

    def freeze():
        for node in (2, 3):
            cluster.freeze(node)

    def thaw():
        for node in (2, 3):
            cluster.thaw(node)

    for verb in CHANGES:
        state = change_while(cluster, verb, f"topics-quorum-{verb}", freeze, thaw)
        expect(state != "done", f"{verb} is called done without a quorum")
        wait_until(lambda: re.search(r"LeaderId:\s+\d", cluster.tool("quorum", "describe", "--status")), "a quorum", 60)


if __name__ == "__main__":
    suite.main(bench.cluster)
