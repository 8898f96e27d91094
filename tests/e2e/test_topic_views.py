# SPDX-License-Identifier: BSD-2-Clause
"""Topics made, configured and deleted from the views, in a real terminal, compared with Kafka's own tools."""
import re

from tap import Suite, expect, expect_equal, expect_soon, wait_until
from topics import Bench, configs, go_on

suite = Suite()
bench = Bench("topicviews")
session = bench.session


@suite.case
def a_topic_is_made_configured_undone_and_deleted(cluster):
    with session(cluster, "--view", "topics") as t:
        t.wait(r"TOPIC\W+")
        t.keys("a")
        t.wait("show the plan")
        t.text("topic bad")
        t.keys("C-s")
        t.wait("column 6")
        t.keys("End", "C-u")
        t.text("topic-views")
        t.keys("Tab")
        t.text("3")
        t.keys("Tab")
        t.text("2")
        t.keys("C-s")
        t.wait(r"partition 2 +\d,\d")
        expect("topic-views" not in cluster.tool("topics", "--list").split(), "made before it was confirmed")
        t.keys("Enter")
        t.wait("create topic topic-views on")
        go_on(t, "y", marker=r"result .* done")
        expect_soon(lambda: "topic-views" in cluster.tool("topics", "--list").split(), True, "made")
        t.keys("Escape")
        t.wait(r"TOPIC\W+PARTS")

        t.text(":topic topic-views")
        t.keys("Enter")
        t.wait("configuration")
        t.keys("Tab")
        t.wait(r"NAME\W+VALUE")
        t.keys("/")
        t.text("^retention.ms")
        t.keys("Enter")
        t.wait(r"> +retention.ms")
        before = configs(cluster, "topic-views")
        t.keys("e")
        t.wait("retention.ms = ")
        t.keys("End", "C-u")
        t.text("2parsec")
        t.keys("Enter")
        t.wait("no unit of time")
        t.keys("End", "C-u")
        t.text("2d")
        t.keys("Enter")
        t.wait(r"172800000 \(2d\)")
        t.keys("Enter")
        t.wait("alter topic topic-views on")
        go_on(t, "y", marker=r"result .* done")
        expect_soon(lambda: configs(cluster, "topic-views").get("retention.ms"), "172800000", "retention.ms")

        t.keys("Escape")
        t.text(":journal")
        t.keys("Enter")
        t.wait(r"topic config")
        t.keys("g")
        t.keys("z")
        t.wait(r"back to the default")
        t.keys("Enter")
        t.wait("alter topic topic-views on")
        go_on(t, "y", marker=r"result .* done")
        expect_soon(lambda: configs(cluster, "topic-views"), before, "after the undo")
        t.keys("Escape")

        t.text(":topic topic-views")
        t.keys("Enter")
        t.wait("configuration")
        t.keys("C-d")
        t.wait("delete topic topic-views: with 0 records in 3 partitions")
        t.keys("Enter")
        t.wait('Type "')
        t.wait_heard()
        t.text("topic-views")
        t.keys("Enter")
        t.wait(r"result .* done")
        wait_until(lambda: "topic-views" not in cluster.tool("topics", "--list").split(), "the topic to be gone", 20)


@suite.case
def marked_settings_are_edited_as_properties(cluster):
    cluster.tool("topics", "--create", "--if-not-exists", "--topic", "topic-props", "--partitions", "1",
                 "--replication-factor", "1", "--config", "segment.ms=5000000", "--config", "retention.ms=6000000")
    with session(cluster, "--view", "topics", EDITOR="sed -i -e s/6000000/7000000/ -e /^segment.ms/d") as t:
        t.wait(r"TOPIC\W+")
        t.text(":topic topic-props")
        t.keys("Enter")
        t.wait("configuration")
        t.keys("Tab")
        t.wait(r"retention.ms +6000000")
        t.keys("/")
        t.text("^(retention|segment).ms")
        t.keys("Enter")
        t.wait(r"^ +2\b|^>? *.*segment.ms")
        t.text(":mark-all")
        t.keys("Enter")
        t.keys("e")
        t.wait(r"retention.ms +6000000.* +7000000")
        t.wait(r"segment.ms +5000000.*back to the default")
        t.keys("Enter")
        t.wait("alter topic topic-props on")
        go_on(t, "y", marker=r"result .* done")
        found = configs(cluster, "topic-props")
        expect_equal((found["retention.ms"], found.get("segment.ms")), ("7000000", None), "settings")
    cluster.tool("topics", "--delete", "--topic", "topic-props")


@suite.case
def read_only_changes_nothing(cluster):
    with session(cluster, "--view", "topics", "--read-only") as t:
        t.wait(r"TOPIC\W+")
        t.keys("a")
        t.wait("read-only")


if __name__ == "__main__":
    suite.main(bench.cluster)
