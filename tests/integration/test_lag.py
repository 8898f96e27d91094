# SPDX-License-Identifier: BSD-2-Clause
"""`weir lag` and the other commands equal Kafka's own tools, on a quiet cluster of hard cases."""
import contextlib

import reference
import weir
from kafka import Member, shared_cluster
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()

SEED = r"""
topic orders 3 3
produce orders 0 100
produce orders 1 200
produce orders 2 300
commit partly orders 1 50
commit joined orders 1 50
commit modern orders 0 7
commit ahead orders 0 100
# Names may be anything that is UTF-8: an escape sequence, wide characters, a right-to-left override.
commit hostile\x1b[31m\xe2\x82\xac\xe4\xb8\xad\xe2\x80\xae orders 0 7
# Retention removed 30 records that this group never read.
topic shrinking 1 3
produce shrinking 0 100
commit losing shrinking 0 10
trim shrinking 0 40
# A topic that was deleted and created again: the commit lies beyond its end.
topic recreated 1 3
produce recreated 0 500
delete recreated
topic recreated 1 3
produce recreated 0 10
commit beyond recreated 0 400
# Its only replica will die.
place lonely 3 1
produce lonely 0 10
produce lonely 1 10
commit lonesome lonely 0 4
commit lonesome lonely 1 4
# Kafka forgets the commits of a deleted topic; the group keeps the others.
topic doomed 1 3
produce doomed 0 5
commit mourner doomed 0 2
commit mourner orders 0 2
delete doomed
topic settled 2 3
commit settler settled 0 0
"""


@contextlib.contextmanager
def quiet_cluster():
    with shared_cluster("lag") as cluster:
        cluster.seed(SEED)
        members = [
            Member(cluster, "never", "orders"),
            Member(cluster, "joined", "orders", "-X", "group.instance.id=static-1"),
            Member(cluster, "modern", "orders", "-X", "group.protocol=consumer", "-X", "client.id=modern-1"),
            Member(cluster, "pair", "orders", "-X", "client.id=pair-1"),
            Member(cluster, "left", "orders"),
        ]
        try:
            for member in members:
                member.wait_assigned()
            members.append(Member(cluster, "pair", "orders", "-X", "client.id=pair-2"))
            members[-1].wait_assigned()
            members.pop(4).end()
            cluster.seed("commit left orders 2 11\n")
            # Kafka's tool leaves the protocol's column blank in mid-rebalance, and then the row is no row.
            wait_until(lambda: reference.states(cluster).get("pair", {}).get("state") == "Stable",
                       "a stable group", 30, 0.2)
            yield cluster
        finally:
            for member in members:
                member.end()


def lag_rows(cluster, *options):
    """{(group, topic, partition): row} of `weir lag -o json`, which must succeed."""
    result = weir.run("lag", "-b", cluster.bootstrap, "-o", "json", *options)
    expect_equal(result.status, 0, f"status of {result}")
    rows = {(r["group"], r["topic"], r["partition"]): r for r in result.rows()}
    expect_equal(len(rows), len(result.rows()), "rows named twice")
    return rows


def as_reference(row):
    """A row of weir in the words of Kafka's tool: its LAG is lag + lost, and negative beyond the end."""
    lag = None
    if row["lag"] is not None:
        lag = row["lag"] + row["lost"]
    elif row["note"] == "beyond_end":
        lag = row["log_end_offset"] - row["committed_offset"]
    return {"committed": row["committed_offset"], "end": row["log_end_offset"], "lag": lag,
            "member": row["member_id"], "host": row["host"], "client": row["client_id"]}


def expect_same_lag(found, wanted):
    found = {key: as_reference(row) for key, row in found.items()}
    for key in sorted(set(found) | set(wanted)):
        expect_equal(found.get(key), wanted.get(key), f"row {key}")
    expect(len(wanted) > 10, "too few rows to prove anything")


@suite.case
def lag_equals_kafkas_tool(cluster):
    expect_same_lag(lag_rows(cluster), reference.lag(cluster))


@suite.case
def lost_records_are_apart_from_lag(cluster):
    row = lag_rows(cluster)["losing", "shrinking", 0]
    found = {k: row[k] for k in ("committed_offset", "log_start_offset", "log_end_offset", "lag", "lost")}
    expect_equal(found, {"committed_offset": 10, "log_start_offset": 40, "log_end_offset": 100, "lag": 60,
                         "lost": 30}, "the losing group")


@suite.case
def a_missing_commit_is_unknown_and_not_zero(cluster):
    rows = lag_rows(cluster)
    for group in ("never", "joined"):
        row = rows[group, "orders", 0]
        expect_equal((row["committed_offset"], row["lag"], row["note"]), (None, None, "never_committed"), group)
    expect_equal(rows["settler", "settled", 0]["lag"], 0, "a commit at the end of an empty partition")


@suite.case
def a_commit_beyond_the_end_is_said(cluster):
    row = lag_rows(cluster)["beyond", "recreated", 0]
    expect_equal((row["committed_offset"], row["log_end_offset"], row["lag"], row["note"]),
                 (400, 10, None, "beyond_end"), "beyond the end")


@suite.case
def one_group_and_one_topic_can_be_chosen(cluster):
    wanted = reference.lag(cluster, "--group", "joined")
    found = {key: as_reference(row) for key, row in lag_rows(cluster, "-g", "joined").items()}
    expect_equal(found, wanted, "-g joined")
    rows = lag_rows(cluster, "-t", "shrinking")
    expect_equal(sorted(rows), [("losing", "shrinking", 0)], "-t shrinking")
    rows = lag_rows(cluster, "-g", "losing", "-g", "partly")
    expect_equal(sorted(rows), [("losing", "shrinking", 0), ("partly", "orders", 1)], "two groups")


def expect_verdict(row):
    """What is wrong has a name, a severity and words, or none of them."""
    expect_equal((row["severity"] == "ok", row["problem"] is None), (row["note"] is None,) * 2, f"verdict of {row}")


def expect_one_is_worst(bootstrap):
    """Broker 3 is gone and a partition has no leader: the commands call both critical, and say why."""
    for command, key, rule, words in (("brokers", 3, "missing|unreachable", "missing|unreachable"),
                                      ("topics", "lonely", "offline", "1 offline"),
                                      ("groups", "lonesome", "no_leader", "no leader in 1 partition")):
        rows = {r[command[:-1]]: r for r in weir.run(command, "-b", bootstrap, "-o", "json").rows()}
        for row in rows.values():
            expect_verdict(row)
        expect_equal(rows[key]["severity"], "crit", f"{command}: {rows[key]}")
        expect_match(f"^({rule})$", rows[key]["problem"], command)
        expect_match(f"^({words})", rows[key]["note"], command)


@suite.case
def groups_equal_kafkas_tool(cluster):
    result = weir.run("groups", "-b", cluster.bootstrap, "-o", "json")
    expect_equal(result.status, 0, str(result))
    found = {r["group"]: r for r in result.rows()}
    states, listed = reference.states(cluster), reference.group_list(cluster)
    expect_equal(sorted(found), sorted(listed), "groups")
    for name, row in found.items():
        kind, state = listed[name]
        expect_equal((row["type"].lower(), row["state"]), (kind.lower(), state), f"type and state of {name}")
        wanted = states[name]
        expect_equal((row["coordinator"], row["members"]), (wanted["coordinator"], wanted["members"]), name)
        if wanted["protocol"]:
            expect_equal(row["protocol"], wanted["protocol"], f"protocol of {name}")
        if row["state"] == "Empty" and row["lag"]:
            expect("no members" in row["note"], f"note of {name}: {row}")
        expect_verdict(row)


@suite.case
def the_groups_sum_up_their_lag(cluster):
    sums, unknown = {}, {}
    for (group, _, _), row in lag_rows(cluster).items():
        if row["lag"] is None:
            unknown[group] = unknown.get(group, 0) + 1
        else:
            sums[group] = sums.get(group, 0) + row["lag"]
    for row in weir.run("groups", "-b", cluster.bootstrap, "-o", "json").rows():
        expect_equal(row["lag"], sums.get(row["group"]), f"lag of {row['group']}")
        expect_equal(row["lag_unknown"], unknown.get(row["group"], 0), f"unknown of {row['group']}")


@suite.case
def topics_sum_up_the_lag_of_their_groups(cluster):
    readers = {}
    for (group, topic, _), row in lag_rows(cluster).items():
        readers.setdefault(topic, {}).setdefault(group, []).append(row["lag"])
    rows = {r["topic"]: r for r in weir.run("topics", "-b", cluster.bootstrap, "-o", "json").rows()}
    for name, row in rows.items():
        groups = readers.get(name, {})
        known = {g: sum(x for x in lags if x is not None) for g, lags in groups.items() if set(lags) != {None}}
        worst = max(known.values(), default=0)
        expect_equal((row["groups"], row["lag"]), (len(groups), sum(known.values()) if known else None), name)
        expect_equal(row["lag_unknown"], sum(None in lags for lags in groups.values()), f"unknown on {name}")
        expect_equal(row["worst_lag"], worst or None, f"largest lag on {name}")
        if worst:
            expect_equal(known[row["worst_group"]], worst, f"the group furthest behind on {name}")
        if not groups:
            expect_equal(row["records_unknown"], 0, f"ends of {name}, which nobody reads")
    expect(len(readers) > 3 and len(readers) < len(rows), "topics with and without groups")


@suite.case
def topics_equal_kafkas_tool(cluster):
    rows = {r["topic"]: r for r in weir.run("topics", "-b", cluster.bootstrap, "-o", "json").rows()}
    wanted = reference.topics(cluster)
    ends, starts = reference.offsets(cluster, -1), reference.offsets(cluster, -2)
    expect_equal(sorted(rows), sorted(wanted), "topics")
    for name, row in rows.items():
        expect_equal((row["topic_id"], row["partitions"]), (wanted[name]["id"], len(wanted[name]["partitions"])), name)
        for part in row["partition_details"]:
            number, reference_part = part["partition"], wanted[name]["partitions"][part["partition"]]
            expect_equal({k: part[k] for k in ("leader", "replicas")} | {"isr": sorted(part["isr"])},
                         reference_part | {"isr": sorted(reference_part["isr"])}, f"{name}-{number}")
            expect_equal((part["log_start_offset"], part["log_end_offset"]),
                         (starts[name, number], ends[name, number]), f"offsets of {name}-{number}")


@suite.case
def read_committed_ends_at_the_last_stable_offset(cluster):
    """An open transaction holds its reader back, though its records are there."""
    cluster.seed("topic held 1 3\nproduce held 0 20\ncommit holder held 0 5\n")
    with cluster.seeding("open held 0 7\n", "open"):
        for options, end in (([], 27), (["--read-committed"], 20)):
            row = lag_rows(cluster, "-g", "holder", *options)["holder", "held", 0]
            expect_equal((row["log_end_offset"], row["lag"]), (end, end - 5), f"with {options}")


@suite.case
def brokers_are_all_there(cluster):
    rows = weir.run("brokers", "-b", cluster.bootstrap, "-o", "json").rows()
    expect_equal([(r["broker"], f"{r['host']}:{r['port']}", r["rack"]) for r in rows],
                 [(n, cluster.address(n), f"rack-{'abc'[n - 1]}") for n in (1, 2, 3)], "brokers")
    expect_equal([(r["severity"], r["problem"], r["note"]) for r in rows], [("ok", None, None)] * 3, "what is wrong")


@suite.case
def a_dead_leader_leaves_only_its_own_figures_unknown(cluster):
    before = set(reference.lag(cluster)) - {("lonesome", "lonely", 0)}
    cluster.kill(3)
    cluster.seed("leaders lonely 1\n", bootstrap=cluster.address(1))
    alive = f"{cluster.address(1)},{cluster.address(2)}"
    # Kafka's tool leaves out a group whose new coordinator is still reading what is committed.
    wanted = wait_until(lambda: before <= set(rows := reference.lag(cluster, bootstrap=alive)) and rows,
                        "every group to be told by Kafka's tool", 30, 0.2)
    result = weir.run("lag", "-b", alive, "-o", "json")
    found = {(r["group"], r["topic"], r["partition"]): r for r in result.rows()}
    lonely = found["lonesome", "lonely", 0]
    expect_equal((lonely["committed_offset"], lonely["lag"]), (4, None), "the leaderless partition")
    expect(lonely["note"] and lonely["error"], f"it does not say why: {lonely}")
    expect_equal(found["lonesome", "lonely", 1]["lag"], 6, "its neighbour")
    expect_one_is_worst(alive)
    wanted.pop(("lonesome", "lonely", 0), None)
    found.pop(("lonesome", "lonely", 0))
    expect_same_lag(found, wanted)


if __name__ == "__main__":
    suite.main(quiet_cluster)
