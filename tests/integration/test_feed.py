# SPDX-License-Identifier: BSD-2-Clause
"""What the messages view looks at, on real Kafka: pages, following, filters, searches, what became of transactions."""
import contextlib
import os
import re
import time

import paths
import weir
from feed import Feed
from kafka import shared_cluster
from tap import PATIENCE, Failure, Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()
T0 = 1700000000000
SECOND = 1000

# Partitions of very different sizes and times, with holes where transactions ended.
SEED = "topic skewed 12 1 retention.ms=-1\ntopic empty 12 1\ntopic lone 3 1\ntopic keys 2 1 retention.ms=-1\n" \
    + "".join(f"record skewed {p} {T0 + i * SECOND * (1 + p % 3) + p} k{i % 7} s{p}-{i}\n"
              for p in range(11) for i in range(3 + p * p)) \
    + "".join(f"commits skewed {p} {1 + p % 3}\naborts skewed {p} {2 + p % 2}\n" for p in range(6)) \
    + "record skewed 11 0 late the-newest\n" \
    + "record lone 1 0 only one\n" \
    + "".join(f"record keys {i % 2} {T0 + i * SECOND} k{i % 10} v{i}\n" for i in range(2000)) \
    + "topic sturdy 12 3\n" + "".join(f"produce sturdy {p} 20000\n" for p in range(12))


def order(row):
    return row["timestamp"], row["topic"], row["partition"], row["offset"]


def tail(cluster, *topics, committed=False):
    """Everything in the topics, as `weir tail` reads it."""
    options = ["--read-committed"] if committed else []
    result = weir.run("tail", "-b", cluster.bootstrap, *topics, "--from", "earliest", "-o", "json", *options)
    expect_equal(result.status, 0, str(result))
    return sorted(result.rows(), key=order)


def same_records(found, wanted, what):
    times = [[r["timestamp"] for r in rows] for rows in (found, wanted)]
    found, wanted = ([(r["topic"], r["partition"], r["offset"], r["value"]) for r in rows] for rows in (found, wanted))
    if found != wanted:
        at = next((i for i, (a, b) in enumerate(zip(found, wanted)) if a != b), 0)
        raise Failure(f"{what}: {len(found)} found, {len(wanted)} wanted, lacking {sorted(set(wanted) - set(found))[:5]}, "
                      f"too many {sorted(set(found) - set(wanted))[:5]}, twice {len(found) - len(set(found))}; "
                      f"from {at} on: {found[at:at + 5]}, wanted {wanted[at:at + 5]}, times {times[0][at:at + 5]} and {times[1][at:at + 5]}")


def same_places(found, wanted, what):
    if sorted(found) != sorted(wanted):
        raise Failure(f"{what}: {len(found)} found, {len(wanted)} wanted, lacking {sorted(set(wanted) - set(found))[:5]}, "
                      f"too many {sorted(set(found) - set(wanted))[:5]}, twice {len(found) - len(set(found))}")


@contextlib.contextmanager
def three_nodes():
    with shared_cluster("feed") as cluster:
        cluster.seed(SEED)
        yield cluster


# ---- pages -----------------------------------------------------------------

@suite.case
def the_newest_page_is_the_newest(cluster):
    there = tail(cluster, "skewed")
    for page in 1, 7, 50, 5000:
        with Feed(cluster.bootstrap, "skewed", f"page={page}") as feed:
            state = feed.done()
            expect_equal((state["phase"], state["at_end"], state["partitions"]), ("resting", True, 12), str(state))
            same_records(feed.records(), there[-page:], f"page of {page}")


@suite.case
def paging_reaches_the_first_record_and_the_last(cluster):
    there = tail(cluster, "skewed")
    for page in 3, 40:
        with Feed(cluster.bootstrap, "skewed", f"page={page}") as feed:
            state = feed.done()
            while not state["at_start"]:
                before = state["first"]
                state = feed.done("older")
                expect(state["at_start"] or state["first"] == before - page, lambda: f"a page of {page}: {state}")
            same_records(feed.records(), there, f"older in pages of {page}")
            state = feed.done("seek earliest")
            expect_equal((state["at_start"], state["end"] - state["first"]), (True, page), "the first page")
            while not state["at_end"]:
                state = feed.done("newer")
            same_records(feed.records(), there, f"newer in pages of {page}")


@suite.case
def only_what_is_committed(cluster):
    there = tail(cluster, "skewed", committed=True)
    with Feed(cluster.bootstrap, "skewed", "page=30", "committed") as feed:
        state = feed.done()
        while not state["at_start"]:
            state = feed.done("older")
        same_records(feed.records(), there, "committed records")


@suite.case
def a_window_begins_anywhere(cluster):
    there = tail(cluster, "skewed")
    with Feed(cluster.bootstrap, "skewed", "page=20") as feed:
        feed.done("seek @%d" % (T0 + 30 * SECOND))
        wanted = [r for r in there if r["timestamp"] >= T0 + 30 * SECOND]
        same_records(feed.records(), wanted[:20], "from a time")
        expect_equal(feed.ask("found"), feed.records()[0]["number"], "where to go")
        state = feed.done("older")
        same_records(feed.records(), there[-len(wanted) - 20:-len(wanted)] + wanted[:20], "what lies before it")
        feed.done("seek 5")
        expect_equal({r["offset"] for r in feed.records() if r["offset"] < 5}, set(), "offsets before 5")
        feed.done("seek -2")
        ends = {p: max(r["offset"] for r in there if r["partition"] == p) for p in range(12)}
        lasts = {p: [r["offset"] for r in feed.records() if r["partition"] == p] for p in (6, 7, 8, 9, 10)}
        expect_equal(lasts, {p: [ends[p] - 1, ends[p]] for p in lasts}, "the last two of each partition")
        state = feed.done("seek latest")
        expect(state["at_end"], "the newest again")
        same_records(feed.records(), there[-20:], "the newest again")


@suite.case
def the_buffer_bounds_pages_too(cluster):
    with Feed(cluster.bootstrap, "sturdy", "page=1000", "buffer=1000000") as feed:
        state = feed.done()
        for _ in range(12):
            state = feed.done("older")
            expect(state["bytes"] < 1300000, lambda: f"bytes kept: {state}")
        expect(state["left"] > 0 and not state["at_end"], lambda: f"what left: {state}")
        first = feed.records()[0]
        for _ in range(20):
            state = feed.done("newer")
        places = feed.places()
        expect_equal(len(places), len(set(places)), "records that came twice")
        for p in range(12):
            offsets = [o for q, o in places if q == p]
            expect(not offsets or offsets == list(range(offsets[0], 20000)), f"offsets of partition {p}: {offsets[:5]}")
        expect(state["at_end"], lambda: f"the end: {state} after {first}")


@suite.case
def nothing_hangs_on_empty_and_missing_topics(cluster):
    with Feed(cluster.bootstrap, "empty") as feed:
        state = feed.done(seconds=30)
        expect_equal((state["phase"], state["first"] == state["end"], state["error"]), ("resting", True, None), str(state))
        state = feed.done("older", "newer", seconds=30)
        expect_equal(state["at_start"], True, str(state))
    with Feed(cluster.bootstrap, "lone") as feed:
        feed.done(seconds=30)
        expect_equal([r["value"] for r in feed.records()], ["one"], "the only record")
    with Feed(cluster.bootstrap, "nowhere") as feed:
        state = feed.done(seconds=30)
        expect_equal(state["phase"], "failed", str(state))
        expect_match("nowhere: does not exist", state["error"], "the reason")
    with Feed(cluster.bootstrap, "nowhere,lone") as feed:
        feed.done(seconds=30)
        expect_equal([r["value"] for r in feed.records()], ["one"], "records of the topic that is there")
        expect_match("nowhere: does not exist", feed.ask("notes"), "the note")


@suite.case
def a_thousand_partitions(cluster):
    cluster.seed("topic wide 1000 1 retention.ms=-1\n" + "".join(f"record wide {p} {T0 + p * SECOND} k w{p}\n" for p in range(0, 1000, 3)))
    there = tail(cluster, "wide")
    with Feed(cluster.bootstrap, "wide", "page=100") as feed:
        state = feed.done()
        same_records(feed.records(), there[-100:], "the newest")
        while not state["at_start"]:
            state = feed.done("older")
        same_records(feed.records(), there, "all of them")


@suite.case
def topics_and_patterns_are_merged(cluster):
    there = tail(cluster, "skewed", "keys")
    with Feed(cluster.bootstrap, "^(skewed|keys)$", "page=100") as feed:
        state = feed.done()
        expect_equal(state["topics"], 2, "topics")
        same_records(feed.records(), there[-100:], "the newest of both")
        for _ in range(5):
            feed.done("older")
        same_records(feed.records(), there[-600:], "more of both")


# What compaction leaves: single records, thousands of offsets apart.
HOLES = "topic feed-holes 2 1 cleanup.policy=compact segment.ms=100 min.cleanable.dirty.ratio=0.01 delete.retention.ms=100\n" \
    + "".join(f"record feed-holes {i % 2} 0 " + ("same" if i % 1000 > 3 or 4000 < i < 13000 else f"keep-{i}") + f" v{i}\n"
              # Delivers what came before it: a new leader may refuse a first batch, and take it after the second.
              + ("leaders feed-holes 2\n" if i == 1 else "") for i in range(16000)) \
    + "record feed-holes 0 0 keep-1000 ~\nrecord feed-holes 1 0 keep-1001 ~\n"


def make_holes(cluster):
    cluster.seed(HOLES)
    before = []

    def compacted():
        # Only a record makes a new segment, and only an old segment is cleaned.
        cluster.seed("record feed-holes 0 0 same tick\nrecord feed-holes 1 0 same tick\n")
        there = tail(cluster, "feed-holes")
        return len(there) < 60 and not any(r["value"] is None for r in there)
    wait_until(compacted, "the cleaner's work", 60, 0.5)

    # From here on it must not clean any more, or records go while the test counts them.
    cluster.tool("configs", "--alter", "--entity-type", "topics", "--entity-name", "feed-holes",
                 "--add-config", "cleanup.policy=delete,retention.ms=-1")

    def settled():
        before.append([(r["partition"], r["offset"]) for r in tail(cluster, "feed-holes")])
        return len(before) > 2 and before[-1] == before[-2] == before[-3]
    wait_until(settled, "the cleaner's end", 30, 0.5)
    cluster.seed("record feed-holes 0 0 keep-0 again\n")
    return tail(cluster, "feed-holes")


@suite.case
def holes_that_compaction_left(cluster):
    there = make_holes(cluster)
    offsets = {p: [r["offset"] for r in there if r["partition"] == p] for p in (0, 1)}
    expect(any(b - a > 4096 for a, b in zip(offsets[0], offsets[0][1:])), lambda: f"holes: {offsets}")
    for page in 3, 20:
        with Feed(cluster.bootstrap, "feed-holes", f"page={page}") as feed:
            state = feed.done()
            same_records(feed.records(), there[-page:], "the newest")
            while not state["at_start"]:
                state = feed.done("older")
            same_records(feed.records(), there, f"older in pages of {page}")
            state = feed.done("seek earliest")
            same_records(feed.records(), there[:page], "the oldest")
            while not state["at_end"]:
                state = feed.done("newer")
            same_records(feed.records(), there, f"newer in pages of {page}")
    with Feed(cluster.bootstrap, "feed-holes", "page=4") as feed:
        feed.done("seek 4000")
        after = [r for r in there if r["offset"] >= 4000]
        same_records(feed.records(), after[:4], "from an offset inside a hole")
        feed.done("older")
        before = sorted((r for r in there if r["offset"] < 4000), key=order)
        same_records(feed.records(), sorted(before[-4:] + after[:4], key=order), "what lies before the hole")
        feed.done("seek latest")
        newest = feed.records()[-1]
        expect_equal((newest["key"], newest["value"]), ("keep-0", "again"), "the newest")
        feed.done(f"same previous {newest['number']}")
        found = feed.ask("found")
        oldest = next(r for r in feed.records() if r["number"] == found)
        expect_equal((oldest["offset"], oldest["value"]), (0, "v0"), "the one before with its key")
        feed.done(f"same next {oldest['number']}")
        found = feed.ask("found")
        expect_equal(next(r for r in feed.records() if r["number"] == found)["value"], "again", "the next with its key")
        for query, wanted in (("keep", [r for r in there if r["key"].startswith("keep")]),
                              ("offset >= 3000 and offset <= 5000", [])):
            feed.done(f"search {query}")
            expect_match("^complete: 2 partitions", feed.ask("statement"), query)
            same_records(feed.records(), wanted, query)


# ---- following -------------------------------------------------------------

@suite.case
def following_sees_all_of_a_burst(cluster):
    cluster.seed("topic burst 12 1\nproduce burst 3 10\n")
    with Feed(cluster.bootstrap, "burst", "follow", "buffer=400000", "page=20") as feed:
        feed.done()
        wait_until(lambda: feed.ask("take 50")["phase"] == "following", "following")
        cluster.seed("".join(f"produce burst {p} {2000 + p}\n" for p in range(12)))
        wanted = sum(2000 + p for p in range(12)) + 10
        state = feed.ask(f"seen {60 * PATIENCE} {wanted}")
        expect_equal(state["seen"], wanted, "records that arrived")
        expect_equal(state["end"] - state["first"] + state["left"], wanted, "records kept and left")
        expect(state["left"] > 0 and state["bytes"] < 1000000, lambda: f"the ring is bounded: {state}")
        places = feed.places()
        expect_equal(len(places), len(set(places)), "records that came twice")
        positions = {r["partition"]: r["position"] for r in wait_rates(feed, wanted)}
        expect_equal(positions, {p: 2000 + p + (10 if p == 3 else 0) for p in range(12)}, "positions")


def wait_rates(feed, wanted):
    def settled():
        feed.ask("take 100")
        rates = feed.ask("rates")
        return rates if sum(r["position"] for r in rates) == wanted else None
    return wait_until(settled, "rates", 10)


@suite.case
def a_topic_that_does_not_exist_yet_is_followed_once_it_does(cluster):
    """Till then the feed says that it failed, also while it tries again."""
    with Feed(cluster.bootstrap, "unborn", "follow") as feed:
        expect_equal(feed.done()["phase"], "failed", "what the commands came to")
        tries_over = time.monotonic() + 5
        while time.monotonic() < tries_over:
            state = feed.ask("take 50")
            expect_equal((state["phase"], "does not exist" in (state["error"] or "")), ("failed", True), str(state))
        cluster.seed("topic unborn 1 1\nrecord unborn 0 0 k v\n")
        wait_until(lambda: (state := feed.ask("take 50"))["phase"] == "following" and state["seen"] == 1,
                   lambda: f"the record: {feed.ask('state')}", 30)


@suite.case
def following_meets_new_partitions_and_a_topic_made_anew(cluster):
    cluster.seed("topic grows 1 1\nproduce grows 0 5\n")
    with Feed(cluster.bootstrap, "grows", "follow") as feed:
        feed.done()
        wait_until(lambda: feed.ask("take 50")["phase"] == "following", "following")
        cluster.seed("grow grows 3\nrecord grows 2 0 k fresh\n")
        wait_until(lambda: feed.ask("take 100") and any(r["value"] == "fresh" for r in feed.records()),
                   lambda: f"the new partition: {feed.records()[-3:]}", 30)
        expect_equal(len(feed.places()), len(set(feed.places())), "records that came twice")
        cluster.seed("delete grows\n")
        wait_until(lambda: feed.ask("take 100") and "was deleted" in feed.ask("notes"), "the deletion", 40)
        cluster.seed("topic grows 3 1\nrecord grows 0 0 k anew\n")
        wait_until(lambda: feed.ask("take 100") and feed.records()[-1]["value"] == "anew",
                   lambda: f"the topic made anew: {feed.records()[-3:]} {feed.ask('state')}", 40)


@suite.case
def no_group_appears(cluster):
    with Feed(cluster.bootstrap, "skewed", "follow") as feed:
        feed.done()
        result = weir.run("groups", "-b", cluster.bootstrap, "-o", "json")
        expect_equal(result.rows(), [], "groups")


# ---- filters, searches -----------------------------------------------------

@suite.case
def a_filter_is_for_what_is_there_and_what_comes(cluster):
    there = tail(cluster, "skewed")
    fives = [r for r in there if "5" in r["value"]]
    with Feed(cluster.bootstrap, "skewed", "page=1000") as feed:
        feed.done()
        same_records(feed.records(), there, "without a filter")
        feed.done('filter value contains "5"')
        same_records(feed.records(), fives, "what was there")
        feed.done("filter ")
        same_records(feed.records(), there, "without a filter again")
        answer = feed.ask("filter value ==")
        expect("refused" in answer, str(answer))
    with Feed(cluster.bootstrap, "skewed", "page=10") as feed:
        feed.done()
        feed.done('filter value contains "5"')
        state = feed.done("older")
        while not state["at_start"]:
            state = feed.done("older")
        same_records(feed.records(), fives, "older pages")
    cluster.seed("topic sieve 2 1\n")
    with Feed(cluster.bootstrap, "sieve", "follow") as feed:
        feed.done('filter value == "yes"')
        wait_until(lambda: feed.ask("take 50")["phase"] == "following", "following")
        cluster.seed("record sieve 0 0 k no\nrecord sieve 1 0 k yes\n" * 50)
        feed.ask(f"seen {30 * PATIENCE} 100")
        expect_equal({r["value"] for r in feed.records()}, {"yes"}, "what came")
        expect_equal(len(feed.records()), 50, "how many came")


@suite.case
def a_search_misses_nothing(cluster):
    there = tail(cluster, "skewed")
    for query, test in (('value contains "7"', lambda r: "7" in r["value"]), ("partition == 3", lambda r: r["partition"] == 3),
                        ('key == "k3"', None), ("offset >= 20", lambda r: r["offset"] >= 20)):
        with Feed(cluster.bootstrap, "skewed", "page=10") as feed:
            state = feed.done()
            state = feed.done(f"search {query}")
            expect_equal((state["phase"], state["searched"], state["error"]), ("resting", True, None), str(state))
            statement = feed.ask("statement")
            expect_match("^complete: ", statement, query)
            if test:
                same_records(feed.records(), [r for r in there if test(r)], query)
            else:
                expect_match("murmur2", statement, "which partitions")
                expect_match("murmur2", feed.ask("notes"), "the note")
    with Feed(cluster.bootstrap, "skewed", "committed") as feed:
        feed.done("search skewed or not skewed")
        same_records(feed.records(), tail(cluster, "skewed", committed=True), "committed only")


@suite.case
def each_topic_has_its_own_decoder(cluster):
    ones = "\\x01"
    cluster.seed("".join(f"topic feed-{t} 1 1 retention.ms=-1\n" for t in ("ints", "longs", "words")) + "".join(
        f"record feed-ints 0 {T0 + i} k {ones * 3}\\x{i:02x}\n"
        f"record feed-longs 0 {T0 + i} k {ones * 7}\\x{i:02x}\n"
        f"record feed-words 0 {T0 + i} k {0x01010100 + i}\n" for i in range(40, 44)))
    query = f"value == {0x0101012a} or value == {0x010101010101012a}"
    rules = {"feed-ints": "int32", "feed-longs": "int64"}
    wanted = [("feed-ints", 2), ("feed-longs", 2), ("feed-words", 2)]
    for topics in "feed-words,feed-ints,feed-longs", "^feed-(longs|ints|words)$":
        with Feed(cluster.bootstrap, topics, *(f"decoder={t}:{rule}" for t, rule in rules.items())) as feed:
            feed.done()
            for order in "filter", "search":
                feed.done(f"{order} {query}")
                expect_equal(sorted((r["topic"], r["offset"]) for r in feed.records()), wanted, f"{order} in {topics}")
    home = f"feed-decoders-{paths.MODE}"
    config = paths.scratch(home + "/weir/config")
    os.makedirs(os.path.dirname(config), exist_ok=True)
    with open(config, "w", encoding="utf-8") as out:
        out.write("[decoders]\n" + "".join(f"{t} = {rule}\n" for t, rule in rules.items()))
    result = weir.run("tail", "-b", cluster.bootstrap, "^feed-(longs|ints|words)$", "--filter", query,
                      "-o", "json", env=weir.environment(XDG_CONFIG_HOME=paths.scratch(home)))
    expect_equal(sorted((r["topic"], r["offset"], r.get("value_decoded")) for r in result.rows()),
                 [("feed-ints", 2, 0x0101012a), ("feed-longs", 2, 0x010101010101012a), ("feed-words", 2, None)], str(result))


QUERY = 'value contains "77"'
# Brokers give a client of this name its records over seconds, so that a search can be met midway on any machine;
# with little fetched ahead, what is not yet given cannot come from the client.
SLOW = "client.id=slow", "queued.min.messages=200", "fetch.message.max.bytes=8192"
SLOW_BYTES_PER_S = 200_000


def slow_down(cluster):
    cluster.tool("configs", "--alter", "--entity-type", "clients", "--entity-name", "slow",
                 "--add-config", f"consumer_byte_rate={SLOW_BYTES_PER_S}")


def sevens(cluster):
    """Places of the records that the next two searches are for; a busy cluster may keep them in any order."""
    wanted = sorted((r["partition"], r["offset"]) for r in tail(cluster, "sturdy") if "77" in r["value"])
    expect_equal(len(wanted), 12 * sum("77" in str(i) for i in range(20000)), "records with 77")
    return wanted


@suite.case
def a_search_is_stopped_and_goes_on(cluster):
    wanted = sevens(cluster)
    with Feed(cluster.bootstrap, "sturdy") as feed:
        feed.done()
        for pause in 0, 20, 60:
            feed.say(f"search {QUERY}")
            # What is cancelled before it began was never searched.
            wait_until(lambda: feed.ask("take 1")["phase"] == "searching" or not feed.ask("state")["busy"], "the search")
            feed.ask(f"take {pause}")
            state = feed.done("cancel")
            stopped = feed.places()
            if state["paused"]:
                expect(set(stopped) <= set(wanted), "what it found till then")
                state = feed.done("resume")
            same_places(feed.places(), wanted, f"after a pause at {pause} ms")
            expect_match("complete: 12 partitions", feed.ask("statement"), "the statement")
        feed.done("seek latest")
        expect_equal(len(feed.records()), 200, "a page after a search")


@suite.case
def a_leader_that_dies_loses_nothing(cluster):
    wanted = sevens(cluster)
    with Feed(cluster.bootstrap, "sturdy", "page=2000") as feed:
        feed.done()
        cluster.kill(3)
        try:
            feed.done("older", seconds=90)
            places = feed.places()
            expect_equal(len(places), 4000, "two pages")
            expect_equal(len(set(places)), 4000, "different ones")
        finally:
            cluster.restart(3)

    slow_down(cluster)
    with Feed(cluster.bootstrap, "sturdy", "page=10", *SLOW) as feed:
        feed.done()

        def stopped():
            feed.say(f"search {QUERY}")
            feed.ask("take 5")
            return feed.done("cancel")["paused"]
        wait_until(stopped, "a search that is stopped in the middle", 30)
        cluster.kill(3)
        try:
            feed.done("resume", seconds=120)
            statement = feed.ask("statement")
            expect_match("complete: 12 partitions", statement, "the statement")
        finally:
            cluster.restart(3)
        same_places(feed.places(), wanted, "what was found")


# ---- partitions that give no answer ----------------------------------------

def pause_midway(feed):
    """Stopped when something was read, but little of partition 2."""
    def paused():
        feed.say(f"search {QUERY}")
        wait_until(lambda: feed.ask("take 5")["matched"] > 0, "something found")
        feed.done("cancel")
        return re.search("^not complete: .*(\n.*)*alone 2: (nothing|offsets 0 to [0-9,]{1,6}) read, ", feed.ask("statement"))
    wait_until(paused, lambda: f"a search that is stopped at its beginning: {feed.ask('statement')}", 30)


# A broker that dies or stands still keeps its partitions until the controller takes them away.
SILENT = "(no answer from broker 3|no leader)"


def waits(feed):
    wait_until(lambda: re.search(SILENT, feed.ask("take 200")["waiting"]), lambda: f"waits: {feed.ask('state')}", 60)


def all_found(feed, wanted):
    state = feed.done(seconds=120)
    statement = feed.ask("statement")
    expect_match("^complete: 6 partitions", statement, "the statement")
    expect_equal((state["waiting"], state["error"]), ("", None), "nothing is waited for")
    same_places(feed.places(), wanted, "what was found")


@suite.case
def a_search_waits_for_partitions_that_give_no_answer(cluster):
    cluster.seed("place alone 1 2 3 1 2 3\n" + "".join(f"produce alone {p} 20000\n" for p in range(6)))
    wanted = sorted((r["partition"], r["offset"]) for r in tail(cluster, "alone") if "77" in r["value"])
    slow_down(cluster)
    with Feed(cluster.bootstrap, "alone", "page=10", *SLOW) as midway, \
            Feed(cluster.bootstrap, "alone", "page=10") as late, \
            Feed(cluster.bootstrap, "alone", "page=10", f"patience={6000 * PATIENCE}") as short:
        for feed in midway, late, short:
            feed.done()
        # Its only replica dies: offsets cannot be had, records do not come.
        pause_midway(midway)
        cluster.kill(3)
        try:
            late.say(f"search {QUERY}")
            midway.say("resume")
            waits(late)
            waits(midway)
            expect_match("weir keeps trying for up to 5", late.ask("notes"), "the note")
        finally:
            cluster.restart(3)
        all_found(midway, wanted)
        all_found(late, wanted)
        # It stands still, then goes on; who waits less than that is told what is missing, and why.
        pause_midway(midway)
        cluster.freeze(3)
        try:
            late.say(f"search {QUERY}")
            midway.say("resume")
            short.done(f"search {QUERY}")
            statement = short.ask("statement")
            expect_match("^not complete: 4 of 6 partitions", statement, "the statement")
            expect_match("alone 2: nothing read, the end is not known, 0 records; " + SILENT + ".* within ",
                         statement, "why")
            waits(late)
            waits(midway)
        finally:
            cluster.thaw(3)
        all_found(midway, wanted)
        all_found(late, wanted)


@suite.case
def the_same_key_again(cluster):
    with Feed(cluster.bootstrap, "keys", "page=50") as feed:
        feed.done()
        rows = feed.records()
        start = next(r for r in rows if r["value"] == "v1985")
        feed.done(f"same next {start['number']}")
        number = feed.ask("found")
        found = {r["number"]: r["value"] for r in feed.records()}
        expect_equal(found[number], "v1995", "the next one")
        feed.done(f"same previous {start['number']}")
        for wanted in 1975, 1965, 1955, 1945, 1935, 1925:
            number = feed.ask("found")
            found = {r["number"]: r["value"] for r in feed.records()}
            expect_equal(found[number], f"v{wanted}", "the one before")
            feed.done(f"same previous {number}")
        feed.done("seek earliest")
        feed.ask("notes")
        first = feed.records()[5]
        feed.done(f"same previous {first['number']}")
        expect_match("no earlier record", feed.ask("notes"), "nothing before it")


# ---- transactions ----------------------------------------------------------

@suite.case
def what_became_of_transactions(cluster):
    cluster.seed("topic outcomes 4 1\nproduce outcomes 0 5\ncommits outcomes 1 3\naborts outcomes 2 4\nproduce outcomes 2 2\naborts outcomes 2 1\n")
    with cluster.seeding("open outcomes 3 2\n", "open"):
        with Feed(cluster.bootstrap, "outcomes") as feed:
            feed.done()

            def outcomes():
                found = [(r["partition"], r["outcome"]) for r in feed.records()]
                feed.ask("take 50")
                return found if not any(f == "unknown" for _, f in found) else None
            found = sorted(wait_until(outcomes, "outcomes", 10))
            expect_equal(found, [(0, "committed")] * 5 + [(1, "committed")] * 3 + [(2, "aborted")] * 5 +
                         [(2, "committed")] * 2 + [(3, "open")] * 2, "outcomes")


@suite.case
def outcomes_of_records_that_lie_far_apart(cluster):
    cluster.seed("topic feed-sparse 2 1\n" + "".join(
        f"record feed-sparse {i % 2} 0 k wanted-{i}\n" if i % 3 == 0 else
        f"{'commits' if i % 3 == 1 else 'aborts'} feed-sparse {i % 2} 1\nproduce feed-sparse {i % 2} 6000\n"
        for i in range(30)))
    query = 'value ~ "^(wanted.*|record 0)$"'
    with Feed(cluster.bootstrap, "feed-sparse") as feed:
        feed.done()
        feed.done(f"search {query}")

        def outcomes():
            found = [r["outcome"] for r in feed.records()]
            feed.ask("take 50")
            return found if not any(f == "unknown" for f in found) else None
        found = wait_until(outcomes, lambda: f"outcomes: {feed.records()}", 20)
        there = {(r["partition"], r["offset"]) for r in tail(cluster, "feed-sparse", committed=True)}
        expect_equal([r["outcome"] for r in feed.records()],
                     ["committed" if (r["partition"], r["offset"]) in there else "aborted" for r in feed.records()], "outcomes")
        expect_equal(found.count("aborted"), 10, "aborted ones")
        expect(found.count("committed") >= 20, "committed ones")


if __name__ == "__main__":
    suite.main(three_nodes)
