# SPDX-License-Identifier: BSD-2-Clause
"""Topics trimmed, grown, elected and deleted by keys alone, compared with Kafka's own tools."""
import os
import re
import shutil

import paths
from tap import Suite, expect, expect_equal, expect_soon, wait_until
from topics import Bench, Shared, choose, command, configs, confirm, describe, names, open_topic, starts

suite = Suite()
bench = Bench("topicactions")
session = bench.session


@suite.case
def a_topic_is_placed_and_configured_by_hand(cluster):
    bench.remove(cluster, "topics-placed")
    with session(cluster, "--view", "topics", cols=80, rows=24) as t:
        t.wait(r"TOPIC\W+")
        t.keys("a")
        t.wait("show the plan")
        t.text("topics-placed")
        t.keys("Tab", "Tab", "Tab", "Right", "Right")
        t.wait("by hand")
        t.keys("Tab")
        t.text("3:1,1:9")
        t.keys("C-s")
        t.wait("column 7: no such broker is up")
        t.keys("End", "C-u")
        t.text("3:1,1:2,2:3")
        t.keys("Tab", "Right", "Right", "Right", "Tab")
        t.wait("compact,delete")
        t.text("7d")
        t.keys("Tab", "Tab")
        t.text("max.mess")
        t.keys("Tab")
        t.wait("max.message.bytes=")
        t.text("512KiB segment.byt")
        t.keys("Tab")
        t.wait("segment.bytes=")
        t.text("64MiB")
        t.keys("C-s")
        t.wait(r"partition 2 +2,3")
        t.wait(r"67108864 \(64")
        confirm(t, "create topic topics-placed on")
    expect_soon(lambda: [p["Replicas"] for p in describe(cluster, "topics-placed")[1]], ["3,1", "1,2", "2,3"], "placement")
    found = configs(cluster, "topics-placed")
    wanted = {"retention.ms": "604800000", "cleanup.policy": "compact,delete", "max.message.bytes": "524288",
              "segment.bytes": "67108864"}
    expect_equal({k: found.get(k) for k in wanted}, wanted, "settings")
    bench.remove(cluster, "topics-placed")


def times(topic, partition, count, first_ms=1700000000000, step_ms=60000):
    return "".join(f"record {topic} {partition} {first_ms + i * step_ms} ~ v{i}\n" for i in range(count))


@suite.case
def records_are_truncated_to_an_offset_a_time_and_the_end(cluster):
    bench.remove(cluster, "topics-cut")
    cluster.seed("topic topics-cut 3 1 retention.ms=-1\n" + "".join(times("topics-cut", p, 20) for p in range(3)))
    with session(cluster, cols=80, rows=24) as t:
        open_topic(t, "topics-cut")
        t.wait(r"^> +0 .* 20 ")
        t.keys("Space", "Down", "Space")
        command(t, "truncate")
        t.wait("delete records before")
        t.text("5")
        t.keys("Enter")
        t.wait("delete up to 10 records in 2 partitions")
        expect_equal(starts(cluster, "topics-cut"), [0, 0, 0], "after a mere plan")
        confirm(t, 'Type "', typed="topics-cut")
        expect_soon(lambda: starts(cluster, "topics-cut"), [5, 0, 5], "marked partitions, to an offset")
        t.keys("Escape")
        t.wait("> topics-cut .*partitions")

        command(t, "unmark-all")
        command(t, "truncate 2023-11-14T22:23:20Z")
        t.wait("delete up to 20 records in 3 partitions")
        confirm(t, 'Type "', typed="topics-cut")
        expect_soon(lambda: starts(cluster, "topics-cut"), [10, 10, 10], "all, to a time")
        t.keys("Escape")
        t.wait("> topics-cut .*partitions")

        command(t, "truncate latest")
        t.wait("delete up to 30 records in 3 partitions")
        confirm(t, 'Type "', typed="topics-cut")
        expect_soon(lambda: starts(cluster, "topics-cut"), [20, 20, 20], "everything")
    bench.remove(cluster, "topics-cut")


@suite.case
def partitions_are_added(cluster):
    bench.remove(cluster, "topics-grown")
    cluster.seed("topic topics-grown 2 2\n")
    with session(cluster, "--view", "topics", cols=80, rows=24) as t:
        t.wait(r"TOPIC\W+")
        choose(t, "^topics-grown$", "topics-grown")
        t.keys("e")
        t.wait(r"> topics-grown .*\n.*\n +NAME\W+VALUE")
        t.keys("a")
        t.wait("total number of partitions:")
        t.text("5")
        t.keys("Enter")
        t.wait("add partitions to topic topics-grown: from 2 to 5")
        expect_equal(len(describe(cluster, "topics-grown")[1]), 2, "after a mere plan")
        placed = [t.wait(rf"partition {p} +(\d,\d)")[1] for p in (2, 3, 4)]
        confirm(t, "add partitions to topic topics-grown on")
    found = [p["Replicas"] for p in describe(cluster, "topics-grown")[1]]
    expect_equal(found[2:], placed, "as the plan showed")
    bench.remove(cluster, "topics-grown")


def leaders(cluster, name):
    return [p["Leader"] for p in describe(cluster, name)[1]]


@suite.case
def leaders_are_elected_for_marked_partitions_and_for_all(cluster):
    if isinstance(cluster, Shared):
        return                   # brokers of a shared cluster are not to be killed
    cluster.seed("place topics-elect 2,1 2,1 2,1\n")
    cluster.kill(2)
    cluster.restart(2)
    wait_until(lambda: all("2" in p["Isr"].split(",") for p in describe(cluster, "topics-elect")[1]), "broker 2 in sync", 90)
    expect_equal(leaders(cluster, "topics-elect"), ["1", "1", "1"], "leaders before")
    with session(cluster, cols=80, rows=24) as t:
        open_topic(t, "topics-elect")
        t.wait(r"^> +0 ")
        t.keys("Down", "Space")
        command(t, "elect")
        t.wait("the preferred leader of 1 partition")
        confirm(t, "elect leaders of topic topics-elect on")
        expect_equal(leaders(cluster, "topics-elect"), ["1", "2", "1"], "the marked one")
        t.keys("Escape")
        t.wait("> topics-elect .*partitions")
        command(t, "unmark-all")
        command(t, "elect")
        t.wait("the preferred leader of 2 partitions")
        confirm(t, "elect leaders of topic topics-elect on")
        expect_equal(leaders(cluster, "topics-elect"), ["2", "2", "2"], "all of them")
    bench.remove(cluster, "topics-elect")


@suite.case
def marked_topics_are_deleted_as_one_plan(cluster):
    bench.remove(cluster, "topics-del-a", "topics-del-b", "topics-del-c")
    cluster.seed("topic topics-del-a 1 1\ntopic topics-del-b 2 1\ntopic topics-del-c 1 1\nproduce topics-del-b 0 7\n")
    with session(cluster, "--view", "topics", cols=80, rows=24) as t:
        t.wait(r"TOPIC\W+")
        choose(t, "^topics-del-", "topics-del-a")
        t.keys("Space", "Space")
        t.keys("C-d")
        t.wait("delete topic topics-del-a: with 0 records in 1 partition")
        t.wait("delete topic topics-del-b: with 7 records in 2 partitions")
        t.keys("Enter")
        t.wait('Type "')
        t.wait_heard()
        t.text("topics-del-a")
        t.keys("Enter")
        t.wait("This is not the topic name")
        t.text(",topics-del-b")
        t.keys("Enter")
        t.wait(r"topics-del-b +result .* done")
        t.wait(r"topics-del-a +result .* done")
        left = [n for n in names(cluster) if n.startswith("topics-del-")]
        expect_equal(left, ["topics-del-c"], "left")
    bench.remove(cluster, "topics-del-c")


@suite.case
def settings_are_edited_one_several_and_all_and_undone(cluster):
    bench.remove(cluster, "topics-set")
    cluster.seed("topic topics-set 1 1 retention.ms=6000000 segment.ms=5000000\n")
    before = configs(cluster, "topics-set")
    editor = "sed -i -e s/^segment.ms=.*/segment.ms=2h/ -e s/^max.message.bytes=.*/max.message.bytes=2MiB/"
    with session(cluster, EDITOR=editor, cols=80, rows=24) as t:
        open_topic(t, "topics-set")
        t.keys("Tab")
        t.wait(r"NAME\W+VALUE")
        choose(t, "^retention.ms", "retention.ms")
        t.keys("e")
        t.wait("retention.ms = ")
        t.keys("End", "C-u")
        t.text("3d")
        t.keys("Enter")
        t.wait(r"259200000 \(3d\)")
        confirm(t, "alter topic topics-set on")
        expect_soon(lambda: configs(cluster, "topics-set").get("retention.ms"), "259200000", "one")
        t.keys("Escape")

        t.wait(r"NAME\W+VALUE")
        t.keys("Escape")
        command(t, "mark-all")
        t.keys("e")
        t.wait(r"segment.ms .* 7200000")
        t.wait(r"max.message.bytes .* 2097152")
        confirm(t, "alter topic topics-set on")
        found = configs(cluster, "topics-set")
        expect_equal((found["segment.ms"], found["max.message.bytes"], found["retention.ms"]),
                     ("7200000", "2097152", "259200000"), "the whole set")
        t.keys("Escape")

        t.wait(r"NAME\W+VALUE")
        command(t, "unmark-all")
        for what, wanted in ("segment.ms", {**before, "retention.ms": "259200000"}), ("retention.ms", before):
            command(t, "journal")
            t.wait(f"topics-set +done +{what}")
            t.keys("/")
            t.text(what)
            t.keys("Enter")
            t.wait(rf"^> .* {what}")
            t.keys("z")
            confirm(t, "alter topic topics-set on")
            expect_soon(lambda: configs(cluster, "topics-set"), wanted, "after the undo")
            t.keys("Escape", "Escape", "Escape")
            t.wait("> topics-set .*partition")
    bench.remove(cluster, "topics-set")


EDITOR = r"""
calls=$(cat {dir}/calls 2>/dev/null || echo 0); calls=$((calls + 1)); echo $calls >{dir}/calls
cp "$1" {dir}/shown.$calls
case $calls in
1) sed -i 's/^retention.ms=.*/retention.ms=2parsec/' "$1" ;;
2) sed -i -e 's/^retention.ms=.*/retention.ms=3d/' -e 's/^max.compaction.lag.ms=.*/max.compaction.lag.ms=5/' \
	-e 's/^min.compaction.lag.ms=.*/min.compaction.lag.ms=10/' "$1" ;;
3) sed -i 's/^max.compaction.lag.ms=.*/max.compaction.lag.ms=20/' "$1" ;;
esac
"""


@suite.case
def a_text_that_is_refused_comes_back_with_the_reason(cluster):
    bench.remove(cluster, "topics-text")
    cluster.seed("topic topics-text 1 1\n")
    folder = paths.scratch("topics-editor/x")[:-2]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(folder + "/editor", "w", encoding="ascii") as out:
        out.write("#!/bin/sh\n" + EDITOR.replace("{dir}", folder))
    os.chmod(folder + "/editor", 0o755)

    def shown(call):
        with open(f"{folder}/shown.{call}", encoding="utf-8") as file:
            return file.read()

    with session(cluster, EDITOR=folder + "/editor", cols=80, rows=24) as t:
        open_topic(t, "topics-text")
        t.keys("Tab")
        t.wait(r"cleanup.policy +delete")
        command(t, "mark-all")
        t.wait(r"^[> ]\* ")
        t.keys("e")
        t.wait("refused; press e to edit again")
        t.wait("(?s)max.compaction.lag.ms.*min.compaction.lag.ms|min.compaction.lag.ms.*max.compaction.lag.ms")
        expect(re.search(r"^# ! retention.ms.*no unit of time.*\nretention.ms=2parsec$", shown(2), re.M), shown(2))
        expect_equal(configs(cluster, "topics-text"), {}, "after a refusal")
        t.keys("e")
        t.wait(r"max.compaction.lag.ms .* 20 ")
        expect(re.search(r"^# ! .*compaction.lag.ms.*\nm(ax|in).compaction.lag.ms=", shown(3), re.M), shown(3))
        expect(re.search(r"^retention.ms=3d$", shown(3), re.M), shown(3))
        confirm(t, "alter topic topics-text on")
        wanted = {"retention.ms": "259200000", "min.compaction.lag.ms": "10", "max.compaction.lag.ms": "20"}
        found = configs(cluster, "topics-text")
        expect_equal({k: found.get(k) for k in wanted}, wanted, "settings")
    bench.remove(cluster, "topics-text")


if __name__ == "__main__":
    suite.main(bench.cluster)
