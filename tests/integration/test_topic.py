# SPDX-License-Identifier: BSD-2-Clause
"""Topics made, changed, grown, trimmed and deleted by hand, compared with Kafka's own tools."""
import os
import re

import paths
import weir
from tap import Suite, expect, expect_equal, expect_match, expect_soon, wait_until
from topics import Bench, Shared, Typed, configs, describe, starts, without

suite = Suite()
bench = Bench("topic")
environment, newest_change, remove, run = bench.environment, bench.newest_change, bench.remove, bench.run


@suite.case
def a_plan_changes_nothing(cluster):
    result = run(cluster, "topic", "create", "topic-plan", "--partitions", "2", "--replication-factor", "2")
    expect_match("--execute", result.err, "what to do")
    expect("topic-plan" not in cluster.tool("topics", "--list").split(), "it was made")


@suite.case
def what_is_created_is_as_planned(cluster):
    remove(cluster, "topic-made")
    made = run(cluster, "topic", "create", "topic-made", "--partitions", "5", "--replication-factor", "2", "--config",
               "retention.ms=7d", "--config", "segment.bytes=512MiB", "--execute", "-o", "json")
    expect_match(r"topic topic-made on 127\.0\.0\.1:\d+ \(\S{6}\): done and verified", made.err, "what was done, and where")
    rows = made.rows()
    planned = {r["item"]: r["after"] for r in rows}
    expect_equal(planned["result"], "done", "result")
    head, partitions = describe(cluster, "topic-made")
    expect_equal((head["PartitionCount"], head["ReplicationFactor"]), ("5", "2"), "counts")
    expect_equal([p["Replicas"] for p in partitions], [planned[f"partition {i}"] for i in range(5)], "placement")
    found = configs(cluster, "topic-made")
    expect_equal((found["retention.ms"], found["segment.bytes"]), ("604800000", "536870912"), "settings")
    change = newest_change(cluster)
    expect_equal((change["kind"], change["name"], change["state"]), ("topic create", "topic-made", "done"), "journal")
    run(cluster, "topic", "create", "topic-made", status=1)
    result = run(cluster, "topic", "create", "topic_made", "-p", "1", "--replication-factor", "1")
    expect_match("looks like that of topic-made", result.err, "the look-alike")
    remove(cluster, "topic-made")


@suite.case
def an_assignment_is_taken_as_given(cluster):
    remove(cluster, "topic-placed")
    run(cluster, "topic", "create", "topic-placed", "--replica-assignment", "3:1,1:2", "--execute")
    expect_soon(lambda: [p["Replicas"] for p in describe(cluster, "topic-placed")[1]], ["3,1", "1,2"], "placement")
    run(cluster, "topic", "partitions", "topic-placed", "--partitions", "3", "--replica-assignment", "2:3", "--execute")
    expect_soon(lambda: [p["Replicas"] for p in describe(cluster, "topic-placed")[1]], ["3,1", "1,2", "2,3"], "grown")
    remove(cluster, "topic-placed")


@suite.case
def the_broker_places_where_it_is_asked_to(cluster):
    remove(cluster, "topic-default")
    rows = run(cluster, "topic", "create", "topic-default", "-p", "2", "--execute", "-o", "json").rows()
    shown = {r["item"]: r["after"] for r in rows}
    partitions = describe(cluster, "topic-default")[1]
    expect_equal([p["Replicas"] for p in partitions], [shown[f"partition {i}"] for i in range(2)], "shown afterwards")
    remove(cluster, "topic-default")


@suite.case
def what_the_broker_says_no_to_is_said_word_by_word(cluster):
    result = run(cluster, "topic", "create", "topic-bad", "--config", "cleanup.policy=delete", "--config",
                 "min.compaction.lag.ms=10", "--config", "max.compaction.lag.ms=5", "-p", "1", "--execute", status=1)
    expect_match(r"compaction", result.err, "Kafka's words")
    expect("topic-bad" not in cluster.tool("topics", "--list").split(), "it was made")
    for args in (("create", "bad name"), ("create", "topic-bad", "-p", "0"),
                 ("create", "topic-bad", "--config", "retentin.ms=4"),
                 ("create", "topic-bad", "--config", "retention.ms=soon"),
                 ("create", "topic-bad", "--replica-assignment", "1:1"),
                 ("create", "topic-bad", "--replica-assignment", "77"),
                 ("partitions", "topic-bad"), ("truncate", "topic-bad"), ("alter", "topic-bad")):
        result = run(cluster, "topic", *args, "--execute", status=2)
        expect_equal((result.out, len(result.err.splitlines())), ("", 1), str(result))


@suite.case
def settings_are_changed_one_by_one_and_put_back(cluster):
    remove(cluster, "topic-config")
    run(cluster, "topic", "create", "topic-config", "-p", "1", "--replication-factor", "1", "--config",
        "retention.ms=1h", "--config", "segment.ms=2h", "--execute")
    before = configs(cluster, "topic-config")
    run(cluster, "topic", "alter", "topic-config", "--add-config", "retention.ms=2d,cleanup.policy=[compact,delete]",
        "--delete-config", "segment.ms")
    expect_equal(configs(cluster, "topic-config"), before, "after a mere plan")
    run(cluster, "topic", "alter", "topic-config", "--add-config", "retention.ms=2d,cleanup.policy=[compact,delete]",
        "--delete-config", "segment.ms", "--execute")
    after = configs(cluster, "topic-config")
    expect_equal((after["retention.ms"], after["cleanup.policy"], after.get("segment.ms")),
                 ("172800000", "compact,delete", None), "after")
    change = newest_change(cluster)
    run(cluster, "undo", change["id"], "--execute")
    expect_soon(lambda: configs(cluster, "topic-config"), before, "after the undo")
    undone = {r["id"]: r["undone_by"] for r in run(cluster, "undo", "-o", "json").rows()}
    expect(undone[change["id"]], "the journal does not say that it was undone")
    run(cluster, "undo", newest_change(cluster)["id"], "--execute")
    expect_soon(lambda: configs(cluster, "topic-config"), after, "after the undo of the undo")
    remove(cluster, "topic-config")


@suite.case
def settings_of_a_broker_are_changed_and_put_back(cluster):
    run(cluster, "broker", "alter", "2", "--add-config", "log.cleaner.threads=2", "--execute")
    expect_soon(lambda: configs(cluster, "2", "brokers").get("log.cleaner.threads"), "2", "broker 2")
    expect_soon(lambda: configs(cluster, "1", "brokers").get("log.cleaner.threads"), None, "broker 1")
    run(cluster, "undo", newest_change(cluster)["id"], "--execute")
    expect_soon(lambda: configs(cluster, "2", "brokers").get("log.cleaner.threads"), None, "broker 2 after the undo")


@suite.case
def partitions_are_only_added(cluster):
    remove(cluster, "topic-grown")
    run(cluster, "topic", "create", "topic-grown", "-p", "2", "--replication-factor", "2", "--execute")
    run(cluster, "topic", "partitions", "topic-grown", "-p", "5")
    expect_equal(len(describe(cluster, "topic-grown")[1]), 2, "after a mere plan")
    rows = run(cluster, "topic", "partitions", "topic-grown", "-p", "5", "--execute", "-o", "json").rows()
    planned = {r["item"]: r["after"] for r in rows}
    found = [p["Replicas"] for p in describe(cluster, "topic-grown")[1]]
    expect_equal(found[2:], [planned[f"partition {i}"] for i in (2, 3, 4)], "placement")
    result = run(cluster, "topic", "partitions", "topic-grown", "-p", "3", "--execute", status=1)
    expect_match("can only add some", result.err, "the reason")
    remove(cluster, "topic-grown")


@suite.case
def keys_that_would_move_are_counted(cluster):
    remove(cluster, "topic-keys")
    run(cluster, "topic", "create", "topic-keys", "-p", "2", "--config", "cleanup.policy=compact", "--execute")
    lines = paths.scratch("topic-keys.txt")
    with open(lines, "w", encoding="ascii") as out:
        out.writelines(f"k{i}:v\n" for i in range(1000))
    with open(lines, "rb") as records:
        result = weir.run("produce", "topic-keys", "-o", "raw", "-K", ":", "-b", cluster.bootstrap, stdin=records,
                          env=environment())
    expect_equal(result.status, 0, str(result))
    result = run(cluster, "topic", "partitions", "topic-keys", "-p", "4")
    share = re.search(r"(\d+)% of (\d+) sampled keys", result.err)
    expect(share and 40 <= int(share[1]) <= 60 and int(share[2]) >= 990, str(result))
    expect_match("compacted", result.err, "the warning about compaction")
    remove(cluster, "topic-keys")


@suite.case
def records_are_deleted_up_to_where_it_says(cluster):
    remove(cluster, "topic-cut")
    cluster.seed("topic topic-cut 2 1\nproduce topic-cut 0 100\nproduce topic-cut 1 30\ncommit topic-reader topic-cut 0 10\n")
    result = run(cluster, "topic", "truncate", "topic-cut", "--to-offset", "40")
    expect_match(r"up to 70 records in 2 partitions", result.err, "what goes")
    expect_match(r"group topic-reader has not read up to 30", result.err, "who has not read it")
    result = weir.run("topic", "truncate", "-b", cluster.bootstrap, "topic-cut", "--to-datetime", "2026-01-02T12:00:00",
                      env=environment(TZ="EET-2"))
    expect_match(r"12:00:00\.000 UTC, which is 2026-01-02 14:00:00\.000 here", result.err, "the time in both zones")
    run(cluster, "topic", "truncate", "topic-cut", "--to-offset", "40", "--execute", status=2)
    expect_equal(starts(cluster, "topic-cut"), [0, 0], "not confirmed")
    run(cluster, "topic", "truncate", "topic-cut", "--to-offset", "40", "-p", "0", "--execute", "--confirm", "topic-cut")
    expect_soon(lambda: starts(cluster, "topic-cut"), [40, 0], "one partition")
    run(cluster, "topic", "truncate", "topic-cut", "--to-latest", "--execute", "--confirm", "topic-cut")
    expect_soon(lambda: starts(cluster, "topic-cut"), [100, 30], "everything")
    remove(cluster, "topic-cut")


@suite.case
def a_compacted_topic_is_not_truncated(cluster):
    remove(cluster, "topic-compact")
    run(cluster, "topic", "create", "topic-compact", "-p", "1", "--config", "cleanup.policy=compact", "--execute")
    result = run(cluster, "topic", "truncate", "topic-compact", "--to-latest", "--execute", "--confirm",
                 "topic-compact", status=1)
    expect_match("compact without delete", result.err, "the reason")
    remove(cluster, "topic-compact")


@suite.case
def several_topics_are_deleted_one_by_one(cluster):
    for name in ("topic-x", "topic-y"):
        remove(cluster, name)
        run(cluster, "topic", "create", name, "-p", "1", "--replication-factor", "1", "--execute")
    result = run(cluster, "topic", "delete", "topic-x", "topic-none", "topic-y", "--execute", "--confirm",
                 "topic-x,topic-y", "-o", "json", status=1)
    ends = {r["topic"]: r["after"] for r in result.rows() if r["item"] == "result"}
    expect_equal(ends, {"topic-x": "done", "topic-none": "refused", "topic-y": "done"}, "each result")
    listed = cluster.tool("topics", "--list").split()
    expect(not {"topic-x", "topic-y"} & set(listed), f"still there: {listed}")
    result = run(cluster, "topic", "delete", "__consumer_offsets", "--execute", "--confirm", "__consumer_offsets", status=1)
    expect_match("internal|does not exist", result.err, "the reason")


@suite.case
def the_size_of_what_is_deleted_is_estimated(cluster):
    remove(cluster, "topic-size", "topic-small", "topic-empty")
    cluster.seed("topic topic-size 2 1\ntopic topic-small 1 1\ntopic topic-empty 1 1\nproduce topic-small 0 1\n" +
                 "".join(f"fill topic-size {i % 2} 10000\n" for i in range(20)))
    result = run(cluster, "topic", "delete", "topic-size", "topic-small", "topic-empty", "-o", "json")
    sizes = {r["topic"]: (r["before"], r["note"]) for r in result.rows() if r["item"] == "size"}
    expect_equal(set(sizes), {"topic-size", "topic-small"}, "topics with a size")
    expect_match("^about 200 kB$", sizes["topic-size"][0], "the size of 20 records of 10,000 bytes")
    expect_match("estimated from the 20 newest, before compression", sizes["topic-size"][1], "what it is")
    expect_match("with 20 records in 2 partitions, about 200 kB", result.err, "the summary")
    remove(cluster, "topic-size", "topic-small", "topic-empty")


@suite.case
def read_only_refuses_in_one_place(cluster):
    for args in (("create", "topic-ro"), ("delete", "topic-ro"), ("partitions", "topic-ro", "-p", "3"),
                 ("alter", "topic-ro", "--add-config", "retention.ms=1"), ("elect", "topic-ro"),
                 ("truncate", "topic-ro", "--to-latest")):
        result = run(cluster, "topic", *args, "--execute", "--read-only", status=2)
        expect_match("read-only", result.err, "the reason")


@suite.case
def a_topic_deleted_while_its_plan_is_open_is_told(cluster):
    remove(cluster, "topic-open")
    cluster.tool("topics", "--create", "--topic", "topic-open", "--partitions", "1", "--replication-factor", "1")
    asked = Typed(bench, cluster, "topic", "delete", "topic-open", "--execute")
    asked.wait_for('type "topic-open" to confirm')
    cluster.tool("topics", "--delete", "--topic", "topic-open")
    asked.type("topic-open")
    expect_equal(asked.end(), 1, asked.said)
    expect_match("no longer exists", asked.said, "what is said")


@suite.case
def a_wrong_name_changes_nothing(cluster):
    remove(cluster, "topic-kept")
    cluster.tool("topics", "--create", "--topic", "topic-kept", "--partitions", "1", "--replication-factor", "1")
    asked = Typed(bench, cluster, "topic", "delete", "topic-kept", "--execute")
    asked.wait_for('type "topic-kept" to confirm')
    asked.type("topic-kep")
    expect_equal(asked.end(), 2, asked.said)
    expect("topic-kept" in cluster.tool("topics", "--list").split(), "it was deleted")
    remove(cluster, "topic-kept")


@suite.case
def a_second_administrator_is_not_overwritten(cluster):
    remove(cluster, "topic-two")
    cluster.tool("topics", "--create", "--topic", "topic-two", "--partitions", "1", "--replication-factor", "1",
                 "--config", "retention.ms=1000000")
    home = paths.scratch("home/topic/weir/config")
    with open(home, "w", encoding="ascii") as out:
        out.write(f"[context prod]\nbootstrap.servers = {cluster.bootstrap}\nprotected = yes\n")
    os.chmod(home, 0o600)
    asked = Typed(bench, cluster, "topic", "alter", "topic-two", "--add-config", "retention.ms=2000000", "--execute", "-c",
                  "prod", env=environment(XDG_CONFIG_HOME=os.path.dirname(os.path.dirname(home))))
    asked.wait_for('type "topic-two" to confirm')
    cluster.tool("configs", "--alter", "--entity-type", "topics", "--entity-name", "topic-two", "--add-config",
                 "retention.ms=3000000")
    asked.type("topic-two")
    expect_equal(asked.end(), 1, asked.said)
    expect_match("retention.ms has changed since the plan, from 1000000 to 3000000", asked.said, "what is said")
    expect_soon(lambda: configs(cluster, "topic-two").get("retention.ms"), "3000000", "the other's value")
    remove(cluster, "topic-two")


@suite.case
def leaders_are_elected_again(cluster):
    if isinstance(cluster, Shared):
        return                   # brokers of a shared cluster are not to be killed
    run(cluster, "topic", "create", "topic-elect", "--replica-assignment", "1:2,2:3,3:1", "--execute")
    cluster.kill(1)
    wait_until(lambda: describe(without(cluster, 1), "topic-elect")[1][0]["Leader"] == "2", "another leader", 60)
    cluster.restart(1)
    wait_until(lambda: "1" in describe(cluster, "topic-elect")[1][0]["Isr"].split(","), "broker 1 in sync", 90)
    run(cluster, "topic", "elect", "topic-elect", "--execute")
    expect_soon(lambda: [p["Leader"] for p in describe(cluster, "topic-elect")[1]], ["1", "2", "3"], "leaders")


@suite.case
def a_broker_down_is_told_and_left_out_of_the_placement(cluster):
    if isinstance(cluster, Shared):
        return
    cluster.kill(3)
    try:
        wait_until(lambda: "the cluster has 2 brokers up" in weir.run("topic", "create", "topic-down", "-p", "1",
                   "--replication-factor", "3", "-b", cluster.bootstrap, env=environment()).err, "two brokers up", 60)
        rows = run(cluster, "topic", "create", "topic-down", "-p", "4", "--replication-factor", "2", "--execute",
                   "-o", "json").rows()
        expect_equal([r["after"] for r in rows if r["item"] == "result"], ["done"], "result")
        used = {b for r in rows if r["item"].startswith("partition ") for b in r["after"].split(",")}
        expect_equal(used, {"1", "2"}, "brokers used")
        result = run(cluster, "topic", "create", "topic-down3", "--replica-assignment", "3", "--execute", status=2)
        expect_match("no such broker is up", result.err, "the reason")
    finally:
        cluster.restart(3)


if __name__ == "__main__":
    suite.main(bench.cluster)
