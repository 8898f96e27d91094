# SPDX-License-Identifier: BSD-2-Clause
"""weir reset, group delete and undo against Kafka and its own tool: plans, results, files, the journal."""
import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import time

import paths
import reference
import weir
from resets import (PREFIX, TOPIC, commits, committed, committed_whole, env, expect_refused, journal_lines, journal_path,
                    last_change, member, planned, run, seeded_cluster, state_home, write_journal)
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()


def kafka_plan(output):
    return {(r["TOPIC"], int(r["PARTITION"])): int(r["NEW-OFFSET"]) for r in reference.blocks(output)}


def days_ago(days):
    """In the middle between two records of the topic, by its hour."""
    return time.strftime("%Y-%m-%dT%H:00:00.000", time.gmtime(time.time() - days * 86400))


STRATEGIES = [
    ("--to-earliest",), ("--to-latest",), ("--to-offset", "10"), ("--to-offset", "1000"), ("--to-offset", "2"),
    ("--shift-by", "3"), ("--shift-by", "-5"), ("--shift-by", "1000"), ("--to-current",), ("--by-duration", "P5D"),
    ("--to-datetime", "1999-01-01T00:00:00.000"), ("--to-datetime", "2099-01-01T00:00:00.000"),
    ("--to-datetime", days_ago(7)), ("--to-datetime", days_ago(7) + "+05:30"),
]


@suite.case
def every_strategy_plans_and_ends_as_with_kafkas_tool(cluster):
    """The command that weir prints, run by Kafka's tool, gives weir's plan; executed, both end the same. Then undone."""
    ours, theirs = PREFIX + "ours", PREFIX + "theirs"
    for strategy in STRATEGIES:
        # Kafka's tool ends at a partition that has nothing to shift; weir names the others to it.
        partial = strategy[0] == "--shift-by"
        cluster.seed(commits(ours) + commits(theirs))
        before = committed(cluster, ours)
        plan = run(cluster, "reset", "-g", ours, "-t", TOPIC, *strategy, "-o", "json")
        expect_equal(plan.status, 0, str(plan))
        text = run(cluster, "reset", "-g", ours, "-t", TOPIC, *strategy)
        command = shlex.split(re.search(r"the same with Kafka's tool: kafka-consumer-groups (.*)", text.out)[1])
        command[command.index("--group") + 1] = theirs
        output = cluster.tool("groups", *command[2:])
        expect_equal(kafka_plan(output), planned(plan.rows()), f"plan of {strategy}")
        expect_equal(committed(cluster, ours), before, f"a plan of {strategy} changes nothing")
        done = run(cluster, "reset", "-g", ours, "-t", TOPIC, *strategy, "--execute", "-o", "json")
        expect_equal(done.status, 1 if partial else 0, str(done))
        expect_equal({r["result"] for r in done.rows() if r["action"] == "commit"}, {"verified"}, f"results of {strategy}")
        expect_equal(any(r["action"] == "excluded" for r in done.rows()), partial, f"rows of {strategy}")
        expect_equal(committed(cluster, ours), committed(cluster, theirs), f"result of {strategy}")
        change = last_change()
        undone = run(cluster, "undo", change, "--execute")
        expect(undone.status == 0, str(undone))
        expect_equal(committed(cluster, ours), before, f"undo of {strategy}")
        cluster.seed(f"drop {ours}\ndrop {theirs}\n")


@suite.case
def undo_brings_back_all_of_a_commit_after_every_strategy(cluster):
    """Offset, leader epoch and metadata, and that there was none. Kafka's tool has the same strategies but the last ones."""
    group, other = PREFIX + "undone", PREFIX + "model"
    path = paths.scratch("files/undone.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{TOPIC},0,7\n{TOPIC},2,9\n{TOPIC},4,0\n")
    cluster.seed(f"commit {other} {TOPIC} 0 15 of-the-other 0\ncommit {other} {TOPIC} 1 2\n")
    scope = ("-t", TOPIC)
    changes = [("reset", "-g", group, *scope, *strategy) for strategy in STRATEGIES]
    changes += [("reset", "-g", group, *scope, "--skip", "2"), ("reset", "-g", group, *scope, "--from-group", other),
                ("reset", "-g", group, "--from-file", path), ("reset", "-g", group, "-t", TOPIC + ":0,3", "--to-latest"),
                ("group", "delete-offsets", "-g", group, "-t", TOPIC + ":0"), ("group", "delete", "-g", group)]
    cluster.seed(f"commit {group} {TOPIC} 0 12 by-hand/1 0\ncommit {group} {TOPIC} 2 3 \\xe2\\x82\\xac 0\n"
                 f"commit {group} {TOPIC} 3 40\n")
    before = committed_whole(cluster, group)
    expect_equal(before, {(TOPIC, 0): (12, 0, "by-hand/1"), (TOPIC, 2): (3, 0, "€"), (TOPIC, 3): (40, -1, "")}, "the commits")
    for change in changes:
        done = run(cluster, *change, "--execute", name="undone")
        expect_match("done and verified", done.err, f"{change}: {done}")
        expect(committed_whole(cluster, group) != before, f"{change} changed nothing")
        undone = run(cluster, "undo", last_change("undone"), "--execute", name="undone")
        expect_equal(undone.status, 0, f"undo of {change}: {undone}")
        expect_equal(committed_whole(cluster, group), before, f"undo of {change}")
    cluster.seed(f"drop {group}\ndrop {other}\n")


@suite.case
def files_of_offsets_end_as_with_kafkas_tool(cluster):
    ours, theirs = PREFIX + "filed", PREFIX + "filed-theirs"
    path = paths.scratch("files/ends.csv")
    cluster.seed(commits(ours) + commits(theirs))
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{TOPIC},0,7\n{TOPIC},2,9\n{TOPIC},3,19\n")
    cluster.tool("groups", "--reset-offsets", "--group", theirs, "--from-file", path, "--execute")
    done = run(cluster, "reset", "-g", ours, "--from-file", path, "--execute")
    expect_equal(done.status, 0, str(done))
    expect_equal(committed(cluster, ours), committed(cluster, theirs), "the same file executed by both")
    cluster.seed(f"drop {ours}\ndrop {theirs}\n")


@suite.case
def strategies_that_kafkas_tool_lacks(cluster):
    group, other = PREFIX + "own", PREFIX + "other"
    cluster.seed(commits(group) + f"commit {other} {TOPIC} 0 15\ncommit {other} {TOPIC} 2 2\n")
    rows = run(cluster, "reset", "-g", group, "-t", TOPIC + ":0", "--skip", "1", "-o", "json").rows()
    expect_equal(planned(rows), {(TOPIC, 0): 13}, "a record skipped")
    rows = run(cluster, "reset", "-g", group, "--all-topics", "--from-group", other, "-o", "json").rows()
    expect_equal(planned(rows), {(TOPIC, 0): 15, (TOPIC, 2): 8}, "from another group")
    expect_equal([r["action"] for r in rows], ["commit", "commit", "excluded"], "what the other lacks is left out")
    expect_refused(run(cluster, "reset", "-g", group, "--all-topics", "--from-group", "reset-nobody", "--execute"),
                   "no such consumer group: reset-nobody")
    looked = run(cluster, "reset", "-g", group, "-t", TOPIC, "--to-offset", "9", "--peek", "5", "-o", "json").rows()
    expect_equal([(r["partition"], r["record_offset"], r["key"], r["value"]) for r in looked if r["key"]],
                 [(p, 9, "k9", "v9") for p in range(4)], "what lies at the target")
    holes = PREFIX + "holes"
    cluster.seed(f"topic {holes} 1 1\ncommits {holes} 0 3\ncommit {group} {holes} 0 0\n")
    wait_until(lambda: reference.offsets(cluster, -1)[holes, 0] == 4, "the marker", 30)
    cluster.seed(f"produce {holes} 0 2\n")
    row = run(cluster, "reset", "-g", group, "-t", holes, "--to-offset", "3", "--peek", "1", "-o", "json").rows()[0]
    expect_equal((row["target_offset"], row["record_offset"]), (3, 4), "behind the marker of a transaction")
    expect_match("nothing at the target, the next record is 4", row["note"], "the note")
    cluster.seed(f"delete {holes}\n")
    cluster.seed(f"drop {group}\ndrop {other}\n")


@suite.case
def a_time_is_said_in_both_zones(cluster):
    group = PREFIX + "zoned"
    cluster.seed(commits(group))

    def plan(when, zone):
        environment = weir.environment(TZ=zone, XDG_STATE_HOME=paths.scratch("state/common"))
        return weir.run("reset", "-b", cluster.bootstrap, "-g", group, "-t", TOPIC + ":0", "--to-datetime", when,
                        env=environment).err
    both = "2026-01-02 12:00:00.000 UTC, which is 2026-01-02 14:00:00.000 here .\\+02:00.$"
    expect_match("(?m)--to-datetime 2026-01-02T12:00:00 is " + both, plan("2026-01-02T12:00:00", "EET-2"), "UTC")
    expect_match("(?m)" + both, plan("2026-01-02T14:00:00+02:00", "EET-2"), "with its zone")
    expect("which is" not in plan("2026-01-02T12:00:00", "UTC"), "where both are the same")
    expect_match("warning: that time is still to come", plan("2099-01-02T12:00:00", "EET-2"), "in the future")
    cluster.seed(f"drop {group}\n")


@suite.case
def what_is_left_is_compared_with_what_arrives(cluster):
    group, topic = PREFIX + "left", PREFIX + "young"
    cluster.seed(f"topic {topic} 2 1\nproduce {topic} 0 40\nproduce {topic} 1 20\n"
                 f"commit {group} {topic} 0 40\ncommit {group} {topic} 1 20\n{commits(group)}")

    def left(*args):
        printed = run(cluster, "reset", "-g", group, *args)
        expect_equal(printed.status, 0, str(printed))
        return [line for line in printed.out.splitlines() if line.startswith("remaining")]
    expect_equal(left("-t", topic, "--to-offset", "10"),
                 ["remaining: up to 40 records, about 6m40s of traffic at 0.1 records/s (by record timestamps of the last "
                  "10m00s)"], "60 records in ten minutes")
    expect_equal(left("-t", TOPIC, "--to-offset", "10"),
                 ["remaining: up to 40 records; none arrived in the last 10m00s, by record timestamps"], "old records")
    expect_equal(left("-t", topic, "--to-latest"), [], "nothing is left")
    cluster.seed(f"trim {topic} 0 5\n")
    kept = [line for line in left("-t", topic, "--to-earliest") if "the last 10s" not in line]
    expect_equal(kept, [], "the log begins within the last ten minutes, and within the last one")
    cluster.seed(f"drop {group}\ndelete {topic}\n")


@suite.case
def files_go_both_ways(cluster):
    one, two = PREFIX + "one", PREFIX + "two"
    cluster.seed(commits(one) + f"commit {two} {TOPIC} 0 7\n")
    mine, theirs = paths.scratch("files/mine.csv"), paths.scratch("files/theirs.csv")
    run(cluster, "reset", "-g", one, "-t", TOPIC, "--to-offset", "11", "--export", mine)
    output = cluster.tool("groups", "--reset-offsets", "--group", one, "--from-file", mine, "--dry-run")
    expect_equal(kafka_plan(output), {(TOPIC, p): 11 if p < 4 else 0 for p in range(5)}, "Kafka reads weir's file")
    with open(theirs, "w", encoding="utf-8") as f:
        f.write(cluster.tool("groups", "--reset-offsets", "--group", one, "--all-topics", "--to-current", "--export",
                             "--dry-run"))
    rows = run(cluster, "reset", "-g", one, "--from-file", theirs, "-o", "json").rows()
    expect_equal(planned(rows), {(TOPIC, 0): 12, (TOPIC, 2): 8, (TOPIC, 3): 20}, "weir reads Kafka's, clamping")
    both = ["-g", one, "-g", two]
    run(cluster, "reset", *both, "--all-topics", "--to-latest", "--export", mine)
    output = cluster.tool("groups", "--reset-offsets", "--group", one, "--group", two, "--from-file", mine, "--dry-run")
    expect_equal({(r["GROUP"], int(r["PARTITION"])): int(r["NEW-OFFSET"]) for r in reference.blocks(output)},
                 {(one, 0): 20, (one, 2): 20, (one, 3): 20, (two, 0): 20}, "of several groups")
    with open(theirs, "w", encoding="utf-8") as f:
        f.write(cluster.tool("groups", "--reset-offsets", "--group", one, "--group", two, "--all-topics",
                             "--to-earliest", "--export", "--dry-run"))
    rows = run(cluster, "reset", *both, "--from-file", theirs, "-o", "json").rows()
    expect_equal({(r["group"], r["partition"]): r["target_offset"] for r in rows},
                 {(one, 0): 0, (one, 2): 8, (one, 3): 0, (two, 0): 0}, "several groups back")
    printed = run(cluster, "reset", "-g", two, "--all-topics", "--to-offset", "3", "-o", "json").out
    with open(mine, "w", encoding="utf-8") as f:
        f.write(printed)
    rows = run(cluster, "reset", "-g", two, "--from-file", mine, "-o", "json").rows()
    expect_equal(planned(rows), {(TOPIC, 0): 3}, "weir's own JSON")
    run(cluster, "reset", "-g", two, "--all-topics", "--to-latest", "--execute")
    with open(mine, "w", encoding="utf-8") as f:
        f.write(json.dumps(journal_lines("common")[-2]) + "\n")
    rows = run(cluster, "reset", "-g", two, "--from-file", mine, "-o", "json").rows()
    expect_equal(planned(rows), {(TOPIC, 0): 7}, "a line of the journal")
    cluster.seed(f"drop {one}\ndrop {two}\n")


@suite.case
def what_is_malformed_changes_nothing(cluster):
    group = PREFIX + "malformed"
    cluster.seed(commits(group))
    before = committed(cluster, group)
    path = paths.scratch("files/bad.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{TOPIC},0,5\n{TOPIC},one,5\n")
    for args, pattern in (
            (("-t", TOPIC, "--to-datetime", "2026-02-30T00:00:00"), "--to-datetime .*: column 9: "),
            (("-t", TOPIC, "--by-duration", "P1Q"), "--by-duration P1Q: column 3: "),
            (("-t", TOPIC, "--shift-by", "1x"), "--shift-by 1x: column 2: "),
            (("-t", TOPIC, "--to-offset", "-1"), "--to-offset -1: column 1: "),
            (("-t", TOPIC + ":0,", "--to-latest"), "-t .*: column 15: "),
            (("--from-file", path), r"bad\.csv: line 2, column 13: "),
            (("--from-file", path + ".none"), "No such file"),
            (("-t", TOPIC), "needs a strategy"), (("--to-latest",), "needs a scope"),
            (("-t", TOPIC, "--to-latest", "--to-earliest"), "give one strategy")):
        result = run(cluster, "reset", "-g", group, *args, "--execute")
        expect_equal((result.status, result.out, len(result.err.splitlines())), (2, "", 1), str(result))
        expect_match(pattern, result.err, "the reason")
    expect_equal(committed(cluster, group), before, "what is committed")
    cluster.seed(f"drop {group}\n")


@suite.case
def groups_that_are_not_there_are_refused(cluster):
    group = PREFIX + "fresh"
    for args in (("--to-latest",), ("--to-latest", "--execute"), ("--to-latest", "--allow-new-topics", "--execute")):
        expect_refused(run(cluster, "reset", "-g", group, "-t", TOPIC, *args), "no such consumer group")
    expect_refused(run(cluster, "group", "delete", "-g", group, "--execute"), "no such consumer group")
    expect_equal(committed(cluster, group), {}, "nothing was created")
    done = run(cluster, "reset", "-g", group, "-t", TOPIC + ":0,1", "--to-offset", "4", "--create", "--execute")
    expect_equal(done.status, 0, str(done))
    expect_equal(committed(cluster, group), {(TOPIC, 0): 4, (TOPIC, 1): 4}, "created")
    cluster.seed(f"topic {PREFIX}unread 1 1\nproduce {PREFIX}unread 0 5\n")
    refused = run(cluster, "reset", "-g", group, "-t", PREFIX + "unread", "--to-latest", "--execute")
    expect_refused(refused, "nothing to change except partitions that are excluded")
    done = run(cluster, "reset", "-g", group, "-t", PREFIX + "unread", "--to-latest", "--allow-new-topics", "--execute")
    expect_equal(done.status, 0, str(done))
    typo = run(cluster, "reset", "-g", group, "-t", PREFIX + "typo", "-t", TOPIC + ":0,77", "--to-latest", "-o", "json")
    expect_refused(typo, "2 partitions are left out; reset-edges, partition 77: no such topic or partition")
    expect_equal([r["action"] for r in typo.rows()], ["commit", "excluded", "excluded"], "rows")
    cluster.seed(f"drop {group}\ndelete {PREFIX}unread\n")


@suite.case
def active_groups_are_refused_by_name(cluster):
    for protocol in ("classic", "consumer"):
        group = PREFIX + "active-" + protocol
        cluster.seed(commits(group) if protocol == "classic" else "")
        with member(cluster, group, protocol):
            before = committed(cluster, group)
            for args in (("reset", "-g", group, "-t", TOPIC, "--allow-new-topics", "--to-earliest", "--execute"),
                         ("group", "delete", "-g", group, "--execute")):
                expect_refused(run(cluster, *args), r"group \S+ is not empty \(\w+\): \S+ \(client \S+\) at 127\.0\.0\.1")
            expect_equal(committed(cluster, group), before, "what is committed")


@contextlib.contextmanager
def share_member(cluster, group, topic):
    """A member of a share group (KIP-932), from Kafka's tools; it reads until it is ended."""
    command = [os.path.join(paths.SUPPORT, "kafka-tool"), "org.apache.kafka.tools.VerifiableShareConsumer",
               "--bootstrap-server", cluster.bootstrap, "--topic", topic, "--group-id", group,
               "--offset-reset-strategy", "earliest"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            while b"records_consumed" not in (line := process.stdout.readline()):
                expect(line, "the share consumer ended")
            yield
            process.terminate()
            process.communicate(timeout=60)
        finally:
            process.kill()


@suite.case
def share_groups_are_refused(cluster):
    """librdkafka does not list them; a change under their name would be refused by Kafka or make a second group."""
    group = PREFIX + "share"
    tool = "org.apache.kafka.tools.consumer.group.ShareGroupCommand"
    tries = (("reset", "-t", TOPIC, "--to-latest", "--execute"),
             ("reset", "-t", TOPIC, "--to-latest", "--create", "--execute"),
             ("reset", "-t", TOPIC, "--to-latest", "--execute", "--wait-empty", "1"),
             ("group", "delete", "--execute"), ("group", "delete-offsets", "--all-topics", "--execute"))

    def try_all():
        state_home("share")
        for args in tries:
            refused = run(cluster, *args, "-g", group, name="share")
            expect_refused(refused, f"group {group} is a share, streams or Connect group")
        expect(not os.path.exists(journal_path("share")), "nothing was to be changed, so nothing is in the journal")

    with share_member(cluster, group, TOPIC):
        try_all()
    wait_until(lambda: re.search(rf"{group} +Empty", cluster.tool(tool, "--list", "--state")), "its member leaves", 30)
    try_all()
    expect_refused(run(cluster, "reset", "-g", PREFIX + "heir", "-t", TOPIC, "--from-group", group, "--create", "--execute"),
                   f"no such consumer group: {group}")
    expect_match(rf"{group} +{TOPIC} ", cluster.tool(tool, "--describe", "--group", group), "the group is as it was")
    cluster.tool(tool, "--delete", "--group", group)


@suite.case
def offsets_of_an_active_group_go_where_it_does_not_subscribe(cluster):
    group, other = PREFIX + "subscribed", PREFIX + "left"
    cluster.seed(f"topic {other} 1 1\n{commits(group)}commit {group} {other} 0 0\n")
    with member(cluster, group, "classic"):
        refused = run(cluster, "group", "delete-offsets", "-g", group, "-t", TOPIC, "--execute", "-o", "json")
        expect_refused(refused, "nothing was changed")
        expect({r["result"] for r in refused.rows() if r["result"]} != {"verified"}, str(refused))
        before = committed(cluster, group)
        done = run(cluster, "group", "delete-offsets", "-g", group, "-t", other, "--execute")
        expect_equal(done.status, 0, str(done))
        before.pop((other, 0))
        expect_equal(committed(cluster, group), before, "only the other topic's")
        undo = run(cluster, "undo", last_change(), "--execute")
        expect_refused(undo, "is not empty")
    cluster.seed(f"drop {group}\ndelete {other}\n")


@suite.case
def a_change_is_undone_only_where_it_was_made(cluster):
    group = PREFIX + "elsewhere"
    cluster.seed(commits(group))
    state_home("elsewhere")
    run(cluster, "reset", "-g", group, "-t", TOPIC + ":0", "--to-offset", "3", "--execute", name="elsewhere")
    lines = journal_lines("elsewhere")
    lines[0]["cluster_id"] = "another"
    write_journal("elsewhere", lines)
    expect_refused(run(cluster, "undo", lines[0]["id"], "--execute", name="elsewhere"), "the plan is for cluster another")
    expect_equal(committed(cluster, group)[TOPIC, 0], 3, "what is committed")
    cluster.seed(f"drop {group}\n")


@suite.case
def an_armed_reset_fires_when_the_member_leaves(cluster):
    for protocol in ("classic", "consumer"):
        group = PREFIX + "armed-" + protocol
        with member(cluster, group, protocol) as m:
            with weir.Watch("reset", "-b", cluster.bootstrap, "-g", group, "-t", TOPIC + ":0", "--to-offset", "6",
                            "--allow-new-topics", "--execute", "--wait-empty", "60", "-o", "json",
                            env=env("common")) as waiting:
                wait_until(lambda: b"waiting up to" in (waiting.process.stderr.peek() or b""), "it waits")
                expect_equal((waiting.process.poll(), committed(cluster, group)), (None, {}), "while it waits")
                m.end()
                wait_until(lambda: waiting.process.poll() is not None, "the reset fires", 20)
                waiting.poll()
                expect_equal(waiting.process.returncode, 0, waiting.process.stderr.read().decode())
                expect_equal(waiting.rows[0]["result"], "verified", "its row")
        expect_equal(committed(cluster, group), {(TOPIC, 0): 6}, protocol)


def said(watch, pattern, what, seconds=30):
    """Until weir has said so on standard error; all that it said till then."""
    watch.err = getattr(watch, "err", "")

    def look():
        watch.err += (watch.process.stderr.read1(65536) or b"").decode()
        return re.search(pattern, watch.err)
    os.set_blocking(watch.process.stderr.fileno(), False)
    wait_until(look, lambda: f"{what}; it said {watch.err!r}", seconds)
    return watch.err


@suite.case
def after_an_armed_reset_the_first_commit_is_told(cluster):
    """One member leaves, the reset fires, another comes and commits; where nobody comes that is told as well."""
    group = PREFIX + "resumed"
    for protocol in ("classic", "consumer"):
        args = ("reset", "-b", cluster.bootstrap, "-g", group + protocol, "-t", TOPIC + ":0", "--to-offset", "6",
                "--allow-new-topics", "--execute", "--wait-empty", "60", "--watch-commits", "60", "-o", "json")
        with member(cluster, group + protocol, protocol) as first, weir.Watch(*args, env=env("common")) as waiting:
            said(waiting, "waiting up to", "it waits")
            first.end()
            said(waiting, "waiting 60 s for the group's next commit", "it fired")
            waiting.poll()
            expect_equal([r["result"] for r in waiting.rows], ["verified"], "what was done is told before")
            with member(cluster, group + protocol, protocol, commits=True):
                said(waiting, rf"continues: {TOPIC}, partition 0 committed 20 after [0-9.]+ s", "the first commit")
            expect_equal(waiting.process.wait(60), 0, waiting.err)
    with member(cluster, group, "classic") as first, weir.Watch(
            "reset", "-b", cluster.bootstrap, "-g", group, "-t", TOPIC + ":0", "--to-offset", "6", "--allow-new-topics",
            "--execute", "--wait-empty", "60", "--watch-commits", "0.5", "-o", "json", env=env("common")) as waiting:
        said(waiting, "waiting up to", "it waits")
        first.end()
        said(waiting, "has not committed anything since", "nobody came")
        expect_equal(waiting.process.wait(60), 0, waiting.err)


@suite.case
def who_assigns_partitions_is_seen_to_commit(cluster):
    """Such a consumer is no member; only that its commits move gives it away, and it commits over what was done."""
    group, topic = PREFIX + "assigns", PREFIX + "assigned"
    cluster.seed(f"topic {topic} 1 1\nproduce {topic} 0 20\ncommit {group} {topic} 0 3\n")
    args = ("reset", "-b", cluster.bootstrap, "-g", group, "-t", topic, "--to-offset", "5", "-o", "json")
    watching = "has no subscribed members: watching 60 s"
    with weir.Watch(*args, "--execute", "--watch-commits", "1", env=env("common")) as calm:
        said(calm, "done and verified", "nobody is there")
        expect("a consumer that uses assign() is active" not in calm.err, calm.err)
        expect_equal(calm.process.wait(60), 0, calm.err)
    with member(cluster, group, "classic", topic + ":0", commits=True):
        wait_until(lambda: committed(cluster, group) == {(topic, 0): 20}, "the consumer commits", 30)
        for more, status in (((), 0), (("--execute",), 1)):
            before = committed(cluster, group)[topic, 0]
            with weir.Watch(*args, *more, "--watch-commits", "60", env=env("common")) as weary:
                said(weary, watching, "it watches")
                cluster.seed(f"produce {topic} 0 5\n")
                said(weary, rf"{topic}, partition 0 was committed within [0-9.]+ s: {before}, then {before + 5}; a consumer "
                     r"that uses assign\(\) is active", "what it saw")
                if more:
                    wait_until(lambda: committed(cluster, group) == {(topic, 0): 5}, "the change", 30)
                    said(weary, "done and verified", "the change is told")
                    cluster.seed(f"produce {topic} 0 5\n")
                    said(weary, f"overwritten after .*: {topic}, partition 0 is at {before + 10}", "that it does not stand")
                expect_equal(weary.process.wait(60), status, weary.err)
            expect(more or committed(cluster, group) == {(topic, 0): before + 5}, "a plan changes nothing")
        with weir.Watch(*args, "--execute", "--watch-commits", "60", env=env("common")) as stopped:
            said(stopped, watching, "it watches")
            expect_equal(stopped.stop(signal.SIGINT), 130, "interrupted")
    expect_equal(committed(cluster, group), {(topic, 0): before + 10}, "nothing was changed by the last one")
    cluster.seed(f"drop {group}\ndelete {topic}\n")


@suite.case
def an_armed_reset_ends_at_its_deadline_and_when_interrupted(cluster):
    group = PREFIX + "patience"
    with member(cluster, group, "classic"):
        late = run(cluster, "reset", "-g", group, "-t", TOPIC, "--to-latest", "--allow-new-topics", "--execute",
                   "--wait-empty", "1")
        expect_refused(late, "was not empty within 1 s; nothing was changed")
        with weir.Watch("reset", "-b", cluster.bootstrap, "-g", group, "-t", TOPIC, "--to-latest", "--allow-new-topics",
                        "--execute", "--wait-empty", "60", "-o", "json", env=env("common")) as waiting:
            wait_until(lambda: b"waiting up to" in (waiting.process.stderr.peek() or b""), "it waits")
            expect_equal(waiting.stop(signal.SIGINT), 130, "interrupted")
        expect_equal(committed(cluster, group), {}, "nothing was committed")


@suite.case
def a_commits_metadata_and_epoch_come_back(cluster):
    group = PREFIX + "metadata"
    cluster.seed(commits(group))
    state_home("metadata")
    run(cluster, "reset", "-g", group, "-t", TOPIC + ":0", "--to-offset", "3", "--execute", name="metadata")
    lines = journal_lines("metadata")
    lines[0]["items"][0].update(metadata="kept by hand", leader_epoch=0)
    write_journal("metadata", lines)
    undone = run(cluster, "undo", lines[0]["id"], "--execute", name="metadata")
    expect_equal(undone.status, 0, str(undone))
    run(cluster, "reset", "-g", group, "-t", TOPIC + ":0", "--to-offset", "5", "--execute", name="metadata")
    item = journal_lines("metadata")[-2]["items"][0]
    expect_equal((item["before"], item.get("metadata"), item.get("leader_epoch")), (12, "kept by hand", 0), "restored")
    again = run(cluster, "undo", lines[0]["id"], "-o", "json", name="metadata").rows()
    expect_equal(planned(again), {(TOPIC, 0): 12}, "undone again")
    cluster.seed(f"drop {group}\n")


@suite.case
def groups_and_offsets_are_deleted_and_come_back(cluster):
    group = PREFIX + "deleted"
    cluster.seed(commits(group))
    before = committed(cluster, group)
    plan = run(cluster, "group", "delete", "-g", group)
    expect_equal((plan.status, committed(cluster, group)), (0, before), "only a plan")
    done = run(cluster, "group", "delete-offsets", "-g", group, "-t", TOPIC + ":0,2", "--execute")
    expect_equal((done.status, committed(cluster, group)), (0, {(TOPIC, 3): 40}), str(done))
    first = last_change()
    done = run(cluster, "group", "delete", "-g", group, "--execute")
    expect_equal(done.status, 0, str(done))
    expect(group not in reference.group_list(cluster), "Kafka's tool still lists it")
    second = last_change()
    for change in (second, first):
        expect_equal(run(cluster, "undo", change, "--execute").status, 0, "undo")
    expect_equal(committed(cluster, group), before, "both undone")
    rows = run(cluster, "undo", "-o", "json").rows()
    expect(all(r["undone_by"] for r in rows if r["id"] in (first, second)), f"not marked: {rows[:4]}")
    cluster.seed(f"drop {group}\n")


@suite.case
def the_empty_group_id_is_a_group_like_any_other(cluster):
    # Clients older than KIP-289 commit under it by default; the broker describes no such group.
    cluster.seed(f"commit \\x00 {TOPIC} 0 3\n")
    for command in ("groups", "lag"):
        result = run(cluster, command, "-o", "json")
        expect_equal((result.status, result.err), (0, ""), str(result))
        expect("" in [r["group"] for r in result.rows()], f"{command} does not list it")
    listed = run(cluster, "groups", "-g", "")
    expect_match(r'(?m)^""  +classic  Empty .* 0 ', listed.out, "how it is shown")
    there = ("-t", TOPIC + ":0", "--to-offset", "5")
    refused = run(cluster, "reset", "-g", "", *there, "--execute", "--confirm", "x")
    expect_refused(refused, 'the name to confirm is ""', 2)
    done = run(cluster, "reset", "-g", "", *there, "--execute")
    expect_equal(done.status, 0, str(done))
    expect_match('group "": done and verified: 1 of 1 partitions', done.err, "the result")
    expect_equal([r["committed_offset"] for r in run(cluster, "lag", "-g", "", "-o", "json").rows()], [5], "moved")
    expect_equal(run(cluster, "undo", last_change(), "--execute").status, 0, "undo")
    expect_equal([r["committed_offset"] for r in run(cluster, "lag", "-g", "", "-o", "json").rows()], [3], "undone")
    # Kafka's own tool describes no group at all while this one exists.
    done = run(cluster, "group", "delete", "-g", "", "--execute")
    expect_equal(done.status, 0, str(done))
    expect("" not in [r["group"] for r in run(cluster, "groups", "-o", "json").rows()], "it is still there")


@suite.case
def protected_and_read_only_contexts(cluster):
    group = PREFIX + "guarded"
    cluster.seed(commits(group))
    before = committed(cluster, group)
    home = paths.scratch("home/reset")
    os.makedirs(os.path.join(home, "weir"), exist_ok=True)
    with open(os.path.join(home, "weir", "config"), "w", encoding="utf-8") as f:
        f.write(f"[context prod]\nbootstrap.servers = {cluster.bootstrap}\nprotected = yes\n"
                f"[context calm]\nbootstrap.servers = {cluster.bootstrap}\nread-only = yes\n"
                f"[context moved]\nbootstrap.servers = {cluster.bootstrap}\ncluster-id = another\n")
    environment = weir.environment(XDG_CONFIG_HOME=home, XDG_STATE_HOME=paths.scratch("state/common"))

    def reset(context, *args):
        return weir.run("reset", "-c", context, "-g", group, "--all-topics", "--to-earliest", *args, env=environment)
    expect_equal(weir.run("undo", env=environment).status, 0, "the journal asks for no cluster")
    expect_refused(reset("calm", "--execute"), "read-only", 2)
    expect_equal(reset("calm").status, 0, "a plan is allowed")
    expect_refused(reset("moved", "--execute"), "context moved is for cluster another, but at " + cluster.bootstrap, 2)
    expect_refused(reset("prod", "--execute"), "context prod is protected: add --confirm " + group, 2)
    expect_refused(reset("prod", "--execute", "--confirm", "other"), "the name to confirm is " + group, 2)
    expect_equal(committed(cluster, group), before, "what is committed")
    expect_equal(reset("prod", "--execute", "--confirm", group).status, 0, "confirmed")
    cluster.seed(f"drop {group}\n")


@suite.case
def a_partition_without_leader_is_left_out(cluster):
    group, topic = PREFIX + "leaderless", PREFIX + "lonely"
    cluster.seed(f"place {topic} 1 2 3\n" + "".join(f"produce {topic} {p} 9\ncommit {group} {topic} {p} 4\n"
                                                     for p in range(3)))
    cluster.kill(3)
    alive = f"{cluster.address(1)},{cluster.address(2)}"
    cluster.seed(f"leaders {topic} 2\n", bootstrap=alive)

    def done():
        result = weir.run("reset", "-b", alive, "-g", group, "-t", topic, "--to-earliest", "--execute", "-o", "json",
                          "--watch-commits", "0", env=env("common"))
        return result.rows() and "unverified" not in result.err and result
    result = wait_until(done, "the group's coordinator", 60)
    expect_refused(result, "1 partition is left out; reset-lonely, partition 2: no leader")
    expect_equal([(r["target_offset"], r["result"]) for r in result.rows()], [(0, "verified"), (0, "verified"), (None, None)],
                 "rows")
    cluster.restart(3)


if __name__ == "__main__":
    suite.main(seeded_cluster)
