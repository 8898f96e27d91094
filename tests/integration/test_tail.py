# SPDX-License-Identifier: BSD-2-Clause
"""`weir tail` on real Kafka: where it begins and ends, what it finds, that it misses nothing and says so."""
import array
import base64
import contextlib
import datetime
import fcntl
import json
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time

import paths
import weir
from kafka import shared_cluster
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()
T0 = 1700000000000          # 2023-11-14T22:13:20Z
MINUTE = 60000
BYTES = bytes(range(256))
HOSTILE = b"\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\r\nend"

SEED = r"""
topic where 2 1 retention.ms=-1
topic other 1 1 retention.ms=-1
topic empty 12 1
topic keyed 12 1
topic filters 3 1
topic mixed 12 1
topic single 1 1
topic bytes 1 1
topic big 1 1 max.message.bytes=12000000
topic late 2 1
""" + "".join(f"record where {p} {T0 + i * MINUTE + p} k{i} w{p}-{i}\n" for p, n in ((0, 10), (1, 5)) for i in range(n)) \
    + "".join(f"record other 0 {T0 + i * MINUTE + 30000} ~ o{i}\n" for i in range(4)) \
    + "".join(f"record keyed -1 0 k{i} v{i}\n" for i in range(200)) + r"""
record filters 0 0 u-1 {"total":7,"items":[{"sku":"A-1"},{"sku":"W-1"}]} trace-id=t1
record filters 1 0 u-2 {"total":70.5,"items":[{"sku":"W-2"}],"city":"Hamburg"} a=1 a=2 a=~
record filters 2 0 u-3 ~
record filters 0 0 ~ plain
record filters 1 0 u-5 {"total":700,"items":[]}
commit reader where 0 6
commit reader where 1 2
record late 0 0 ~ now
record late 1 1 ~ long-ago
""" + "".join(f"produce mixed {p} {5 + p}\ncommits mixed {p} {1 + p % 3}\naborts mixed {p} {2 + p % 2}\n"
              for p in range(11)) \
    + "commits single 0 1\n" * 30 \
    + "topic sturdy 12 3\n" + "".join(f"produce sturdy {p} 40000\n" for p in range(12))


@contextlib.contextmanager
def three_nodes():
    with shared_cluster("tail") as cluster:
        cluster.seed(SEED)
        yield cluster


def tail(cluster, *args, status=0, **how):
    result = weir.run("tail", "-b", cluster.bootstrap, *args, **how)
    expect_equal(result.status, status, str(result))
    return result


def rows(cluster, *args, **how):
    return tail(cluster, *args, "-o", "json", **how).rows()


def values(cluster, *args, **how):
    return [row["value"] for row in rows(cluster, *args, **how)]


def kcat(cluster, topic, *args):
    """[(partition, offset, value)] as kcat reads it from the beginning to the end."""
    done = subprocess.run(["kcat", "-C", "-b", cluster.bootstrap, "-t", topic, "-o", "beginning", "-e", "-q",
                           "-f", "%p %o %s\n", *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          timeout=60, check=True)
    found = []
    for line in done.stdout.decode().splitlines():
        partition, offset, value = line.split(" ", 2)
        found.append((int(partition), int(offset), value))
    return sorted(found)


def kcat_produce(cluster, topic, key, value, *args):
    path = paths.scratch("tail/value")
    with open(path, "wb") as file:
        file.write(value)
    subprocess.run(["kcat", "-P", "-b", cluster.bootstrap, "-t", topic, "-p", "0", "-k", key, *args, path],
                   timeout=60, check=True, stdin=subprocess.DEVNULL)


def triples(found):
    return sorted((row["partition"], row["offset"], row["value"]) for row in found)


# ---- where -----------------------------------------------------------------

def where(cluster, *args):
    """{partition: [numbers of the records]} of the topic `where`."""
    found = {0: [], 1: []}
    for value in values(cluster, "where", *args):
        partition, number = re.match(r"w(\d)-(\d+)", value).groups()
        found[int(partition)].append(int(number))
    return found[0], found[1]


@suite.case
def every_form_of_where(cluster):
    iso = datetime.datetime.fromtimestamp((T0 + 3 * MINUTE) / 1000, datetime.timezone.utc)
    for begin, wanted in (
            ("earliest", (range(10), range(5))),
            ("-2", ((8, 9), (3, 4))),
            ("-7", (range(3, 10), range(5))),
            ("4", (range(4, 10), (4,))),
            ("99", ((), ())),
            (f"@{T0 + 3 * MINUTE}", (range(3, 10), (3, 4))),
            (f"@{T0 + 3 * MINUTE + 1}", (range(4, 10), (3, 4))),
            (iso.strftime("%Y-%m-%dT%H:%M:%SZ"), (range(3, 10), (3, 4))),
            (iso.strftime("%Y-%m-%d %H:%M:%S"), (range(3, 10), (3, 4))),
            ("group:reader", (range(6, 10), range(2, 5))),
            ("-15m", ((), ()))):
        expect_equal(where(cluster, "--from", begin, "--utc"), tuple(map(list, wanted)), f"--from {begin}")
    for begin, end, wanted in (
            ("2", "4", ((2, 3), (2, 3))),
            ("earliest", "-8", ((0, 1), ())),
            ("earliest", "group:reader", (range(6), range(2))),
            ("1", f"@{T0 + 2 * MINUTE}", ((1,), (1,))),
            ("-2", "8", ((6, 7), (3, 4))),
            ("latest", "latest", ((), ())),
            ("earliest", "earliest", ((), ()))):
        expect_equal(where(cluster, "--from", begin, "--to", end), tuple(map(list, wanted)), f"{begin} to {end}")


@suite.case
def partitions_and_counts(cluster):
    expect_equal(where(cluster, "--from", "-3", "-p", "1"), ([], [2, 3, 4]), "-p 1")
    expect_equal(where(cluster, "--from", "-1", "-p", "0,1"), ([9], [4]), "-p 0,1")
    expect_equal(len(values(cluster, "where", "--from", "earliest", "-n", "4")), 4, "-n 4")
    expect_equal(values(cluster, "where", "--from", "earliest", "-n", "0"), [], "-n 0")
    result = tail(cluster, "where", "-p", "7", status=1)
    expect_match("has no partition 7, only 0 to 1", result.err, "the reason")


@suite.case
def what_came_in_the_last_minutes(cluster):
    expect_equal(values(cluster, "late", "--from", "-15m"), ["now"], "-15m")


@suite.case
def a_group_without_commits_is_said(cluster):
    expect_match("group nobody does not exist, or has no committed offset",
                 tail(cluster, "where", "--from", "group:nobody", status=1).err, "the reason")
    result = tail(cluster, "where", "other", "--from", "group:reader", "-o", "json")
    expect_match("1 of 3 partitions have no committed offset", result.err, "the note")
    expect_equal(len(result.rows()), 4 + 3 + 4, "records")


# ---- newest, merged --------------------------------------------------------

@suite.case
def the_last_are_the_newest_of_all_topics(cluster):
    every = [(T0 + i * MINUTE + p, f"w{p}-{i}") for p, n in ((0, 10), (1, 5)) for i in range(n)] \
        + [(T0 + i * MINUTE + 30000, f"o{i}") for i in range(4)]
    newest = [value for _, value in sorted(every)]
    for count in (1, 3, 12, 100):
        expect_equal(values(cluster, "where", "other", "--last", str(count)), newest[-count:], f"--last {count}")
    expect_equal(values(cluster, "^(whe|oth).*", "--last", "5"), newest[-5:], "by a pattern")
    expect_equal(values(cluster, "where"), [v for v in newest if v[0] == "w"][-10:], "without --last")
    expect_equal(values(cluster, "where", "--last", "2", "--filter", "partition == 1"), ["w1-3", "w1-4"], "filtered")


@suite.case
def the_last_reach_back_over_holes(cluster):
    found = rows(cluster, "single", "--last", "29")
    expect_equal([row["offset"] for row in found], list(range(2, 60, 2)), "offsets between commit markers")


# ---- complete --------------------------------------------------------------

@suite.case
def transactions_and_holes_are_read_to_the_end(cluster):
    for isolation, options in (("read_uncommitted", ()), ("read_committed", ("--read-committed",))):
        result = tail(cluster, "mixed", "--from", "earliest", "-v", "-o", "json", "--timeout", "60", *options, seconds=60)
        wanted = kcat(cluster, "mixed", "-X", f"isolation.level={isolation}")
        expect_equal(triples(result.rows()), wanted, isolation)
        expect_match(r"complete: 12 partitions read to their ends, \d+ records", result.err, "the statement")
        expect(result.seconds < 30, f"took {result.seconds} s")
    committed = sum(5 + p + 1 + p % 3 for p in range(11))
    expect_equal(len(wanted), committed, "committed records, by kcat")


@suite.case
def a_transaction_that_is_open_ends_read_committed(cluster):
    cluster.seed("topic open 1 1\nproduce open 0 3\n")
    holder = subprocess.Popen([paths.SEED, cluster.bootstrap], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        holder.stdin.write(b"open open 0 4\n")
        holder.stdin.flush()
        expect_equal(holder.stdout.readline(), b"open\n", "the transaction")
        expect_equal(len(values(cluster, "open", "--from", "earliest")), 7, "read_uncommitted")
        expect_equal(len(values(cluster, "open", "--from", "earliest", "--read-committed")), 3, "read_committed")
    finally:
        holder.stdin.close()
        holder.wait(60)
        holder.stdout.close()


@suite.case
def compaction_leaves_holes_and_nothing_is_missed(cluster):
    cluster.seed("topic compact 2 1 cleanup.policy=compact segment.ms=100 min.cleanable.dirty.ratio=0.01 "
                 "delete.retention.ms=100\n"
                 + "".join(f"record compact {i % 2} 0 k{i % 6} c{i}\n" for i in range(200)))
    sent = [200]

    def compacted():
        cluster.seed(f"record compact 0 0 last c{sent[0]}\nrecord compact 1 0 last c{sent[0]}\n")
        sent[0] += 1
        return len(values(cluster, "compact", "--from", "earliest")) < 100
    wait_until(compacted, "the cleaner's work", 60, 0.5)
    result = tail(cluster, "compact", "--from", "0", "-v", "-o", "json")
    expect_match("complete: 2 partitions", result.err, "the statement")
    # The cleaner goes on between one reading and the next: nothing can come back, only go.
    there = set(kcat(cluster, "compact"))
    after = set(triples(rows(cluster, "compact", "--from", "earliest")))
    expect(after <= there <= set(triples(result.rows())), f"{result.out}\nkcat: {sorted(there)}\n{sorted(after)}")


@suite.case
def empty_partitions_do_not_hang(cluster):
    for args in ((), ("--from", "earliest"), ("--from", "-5"), ("--last", "3"), ("--filter", "x")):
        result = tail(cluster, "empty", *args, "-o", "json", "--timeout", "60", seconds=60)
        expect_equal(result.out, "", f"records with {args}")
        expect(result.seconds < 20, f"{args} took {result.seconds} s")


@suite.case
def a_thousand_partitions(cluster):
    cluster.seed("topic wide 1000 1\nrecord wide 3 0 ~ first\nrecord wide 998 0 ~ second\n")
    for args in ((), ("--from", "earliest"), ("--filter", "second or first")):
        result = tail(cluster, "wide", *args, "-o", "json", "--timeout", "60", seconds=60)
        expect_equal(sorted(row["value"] for row in result.rows()), ["first", "second"], f"records with {args}")
        expect(result.seconds < 30, f"{args} took {result.seconds} s")


@suite.case
def what_retention_removed_is_said(cluster):
    cluster.seed("topic trimmed 1 1\nproduce trimmed 0 50\ntrim trimmed 0 20\n")
    result = tail(cluster, "trimmed", "--from", "10", "-v", "-o", "json")
    expect_equal([row["offset"] for row in result.rows()], list(range(20, 50)), "offsets")
    expect_match(r"retention removed what lay before offset 20", result.err, "the note")
    expect_match(r"offsets 10 to 19 were removed by retention", result.err, "the statement")


@suite.case
def a_leader_that_dies_in_the_middle_loses_nothing(cluster):
    process = subprocess.Popen([paths.WEIR, "tail", "-b", cluster.bootstrap, "sturdy", "--from", "earliest", "-o",
                                "json", "-v", "--buffer", "4"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=weir.environment())
    try:
        found = [process.stdout.readline() for _ in range(1000)]
        cluster.kill(3)
        found += process.stdout.readlines()
        complaint = process.stderr.read().decode()
        expect_equal(process.wait(60), 0, complaint)
    finally:
        process.kill()
        process.stdout.close()
        process.stderr.close()
        cluster.restart(3)
    expect_match("complete: 12 partitions", complaint, "the statement")
    got = sorted((row["partition"], row["offset"]) for row in map(json.loads, found))
    expect(got == [(p, o) for p in range(12) for o in range(40000)],
           lambda: f"{len(got)} records, {len(set(got))} different: {complaint}")


# ---- filters ---------------------------------------------------------------

@suite.case
def filters_find_what_they_name(cluster):
    for text, wanted in (
            ("W-1", 1), ("plain", 1), ('value.items[*].sku == "W-1"', 1), ("value.total > 70", 2),
            ("value.total > 70 and value.city exists", 1), ("key ~ ^u-[12]$", 2), ("value is null", 1),
            ("header.trace-id exists", 1), ('header.a == "2"', 1), ("offset == 0", 3), ("partition == 0", 2),
            ("not key exists", 1), ("nowhere", 0), ("", 5)):
        try:
            found = len(values(cluster, "filters", "--filter", text)) if text else 5
        except Exception as why:
            raise AssertionError(f"{text}: {why}") from why
        expect_equal(found, wanted, f"records that match {text}")


@suite.case
def a_whole_key_is_looked_for_where_it_hashes_to(cluster):
    for number in (0, 7, 63, 199):
        result = tail(cluster, "keyed", "--filter", f'key == "k{number}"', "-o", "json")
        expect_equal([row["value"] for row in result.rows()], [f"v{number}"], result.err)
        expect_match("murmur2", result.err, "the note")
        few = re.search(r"complete: (\d+) partitions? read", result.err)
        expect(few and int(few[1]) <= 2, result.err)
        wide = tail(cluster, "keyed", "--filter", f'key == "k{number}"', "--all-partitions", "-o", "json")
        expect_equal([row["value"] for row in wide.rows()], [f"v{number}"], wide.err)
        expect_match("complete: 12 partitions", wide.err, "the statement")


# ---- forms -----------------------------------------------------------------

@suite.case
def json_holds_all_of_a_record(cluster):
    found = {(row["partition"], row["offset"]): row for row in rows(cluster, "filters", "--from", "earliest")}
    row = found[1, 0]
    expect_equal(list(row), ["topic", "partition", "offset", "timestamp", "timestamp_type", "key", "value", "headers"],
                 "names")
    expect_equal(row["headers"], [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}, {"key": "a", "value": None}],
                 "headers in order")
    expect_equal((row["topic"], row["key"], row["timestamp_type"]), ("filters", "u-2", "CreateTime"), "fields")
    expect(abs(row["timestamp"] / 1000 - time.time()) < 600, str(row))
    expect_equal((found[2, 0]["value"], found[2, 0]["key"]), (None, "u-3"), "a tombstone")
    expect_equal(found[0, 1]["key"], None, "a null key")


@suite.case
def every_byte_comes_back(cluster):
    sent = [BYTES, bytes(reversed(BYTES)) * 3, b"", b"\0", b"\xff", "grüße \U0001f600 \u2028".encode(), HOSTILE,
            b'{"a":"\\u0000\\\\"}', b"\x00\x00\x00\x00\x00\x00\x00\x2a", b'"\\' * 5000]
    for number, value in enumerate(sent):
        if value:
            kcat_produce(cluster, "bytes", f"k{number}", value)
        else:
            cluster.seed("fill bytes 0 0\n")        # kcat sends none that is empty
    found = [(row["key"], base64.b64decode(row["value_base64"]) if "value_base64" in row else row["value"].encode())
             for row in rows(cluster, "bytes", "--from", "earliest")]
    for number, (pair, value) in enumerate(zip(found, sent)):
        expect(pair == (f"k{number}" if value else None, value), f"record {number}: {str(pair)[:300]}")
    expect_equal(len(found), len(sent), "records")
    raw = subprocess.run([paths.WEIR, "tail", "-b", cluster.bootstrap, "bytes", "--from", "earliest", "-o", "raw"],
                         stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=weir.environment(), check=True)
    expect(raw.stdout == b"".join(v + b"\n" for v in sent), f"raw: {raw.stdout[:1000]!r}")


@suite.case
def a_decoder_stands_beside_the_bytes(cluster):
    by_key = {row["key"]: row for row in rows(cluster, "bytes", "--from", "earliest", "--value-format", "hex")}
    expect("value_decoded" not in by_key["k5"], str(by_key["k5"]))
    by_key = {row["key"]: row for row in rows(cluster, "bytes", "--from", "earliest", "--value-format", "int64")}
    expect_equal(by_key["k8"].get("value_decoded"), 42, str(by_key["k8"]))
    result = tail(cluster, "bytes", "--value-format", "int99", status=2)
    expect_match("int99", result.err, "the reason")


def on_a_terminal(*args):
    """What weir writes to a terminal of 80 columns."""
    master, slave = pty.openpty()
    process = subprocess.Popen([paths.WEIR, *args], stdin=slave, stdout=slave, stderr=subprocess.DEVNULL,
                               env=weir.environment())
    os.close(slave)
    text = b""
    while select.select([master], [], [], 20)[0]:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        text += chunk
    process.wait(60)
    os.close(master)
    return text


@suite.case
def nothing_in_a_record_reaches_the_terminal_as_a_control(cluster):
    kcat_produce(cluster, "bytes", "\x1b[2J", HOSTILE)
    for form in ("table", "json", "raw"):
        text = on_a_terminal("tail", "-b", cluster.bootstrap, "bytes", "--from", "earliest", "-o", form)
        expect((b"6f776e6564" if form == "table" else b"owned") in text, f"{form}: {text[-300:]!r}")
        plain = text.replace(b"\r\n", b"")
        bad = [c for c in plain.decode("utf-8") if ord(c) < 32 or 0x7f <= ord(c) < 0xa0 or c in "\u202e\u2028"]
        expect_equal(bad, [], f"controls in {form}")
    result = tail(cluster, "bytes", "--from", "earliest")
    expect(not re.search(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u202e]", result.out), "controls in a piped table")


@suite.case
def a_record_of_ten_megabytes(cluster):
    cluster.seed("fill big 0 10000000\nrecord big 0 0 ~ after\n")
    found = values(cluster, "big", "--from", "earliest", "--buffer", "4")
    expect_equal([len(value) for value in found], [10000000, 5], "lengths")
    table = tail(cluster, "big", "--from", "earliest")
    expect_equal(len(table.out.splitlines()), 3, "lines of the table")


# ---- follow ----------------------------------------------------------------

@suite.case
def follow_shows_what_arrives(cluster):
    cluster.seed("topic live 3 1\nproduce live 0 2\n")
    for args, before in (("--follow",), 2), (("--from", "latest"), 0), (("--from", "-1", "-f"), 1):
        with weir.Watch("tail", "-b", cluster.bootstrap, "live", "-o", "json", *args) as watch:
            if before:
                wait_until(lambda: watch.poll() or len(watch.rows) >= before, "what was there", 20)
            marker = f"m{args[-1]}"

            def seen():
                cluster.seed(f"record live 2 0 ~ {marker}\n")
                watch.poll()
                return any(row["value"] == marker for row in watch.rows)
            wait_until(seen, lambda: f"{args}: {watch.rows[-5:]}", 20, 0.2)
            offsets = [(row["partition"], row["offset"]) for row in watch.rows]
            expect_equal(len(offsets), len(set(offsets)), "records that came twice")
            expect_equal(watch.stop(signal.SIGINT), 130, "status")


@suite.case
def a_count_holds_for_the_newest_and_what_follows_together(cluster):
    cluster.seed("topic counted 1 1\nproduce counted 0 30\n")
    result = tail(cluster, "counted", "-f", "-n", "3", "-o", "json")
    expect_equal([row["offset"] for row in result.rows()], [27, 28, 29], "offsets")
    expect_match("--last 3 --follow", result.err, "how to go on")
    with weir.Watch("tail", "-b", cluster.bootstrap, "counted", "-o", "json", "-f", "-n", "12") as watch:
        wait_until(lambda: watch.poll() or len(watch.rows) >= 10, "the newest", 20)
        cluster.seed("produce counted 0 5\n")
        wait_until(lambda: watch.poll() or watch.process.poll() is not None, "the end", 20)
        watch.poll()
        expect_equal([row["offset"] for row in watch.rows], list(range(20, 32)), "offsets")


@suite.case
def records_without_a_time_stay_in_their_place(cluster):
    cluster.seed("topic timeless 1 1\nproduce timeless 0 20\n"
                 + "".join(f"record timeless 0 -1 ~ t{i}\n" for i in range(5)))
    found = rows(cluster, "timeless")
    expect_equal([row["offset"] for row in found], list(range(15, 25)), "the newest ten")
    lines = tail(cluster, "timeless", "--utc").out.splitlines()
    end = lines[0].index("OFFSET") + len("OFFSET")
    expect_equal([line[:end].split()[-1] for line in lines[1:]], [str(n) for n in range(15, 25)], "OFFSET column")


@suite.case
def no_group_appears_and_nothing_is_committed(cluster):
    with weir.Watch("tail", "-b", cluster.bootstrap, "where", "-o", "json", "-f", "-X", "group.id=intruder") as watch:
        wait_until(lambda: watch.poll() or len(watch.rows) >= 10, "records", 20)
        groups = [row["group"] for row in weir.run("groups", "-b", cluster.bootstrap, "-o", "json").rows()]
        expect_equal(groups, ["reader"], "groups")
        watch.stop(signal.SIGINT)


@suite.case
def a_topic_that_is_deleted_and_made_again_is_said(cluster):
    cluster.seed("topic reborn 1 1\nproduce reborn 0 20\n")
    with weir.Watch("tail", "-b", cluster.bootstrap, "reborn", "-o", "json", "-f") as watch:
        os.set_blocking(watch.process.stderr.fileno(), False)
        said = [b""]
        wait_until(lambda: watch.poll() or len(watch.rows) >= 10, "records", 20)

        def says(pattern):
            said[0] += watch.process.stderr.read() or b""
            return re.search(pattern, said[0])
        cluster.seed("delete reborn\n")
        wait_until(lambda: says(rb"reborn: was deleted"), lambda: f"the deletion: {said}", 40)
        cluster.seed("topic reborn 1 1\nrecord reborn 0 0 ~ anew\n")
        wait_until(lambda: says(rb"created again"), lambda: f"the creation: {said}", 40)
        wait_until(lambda: watch.poll() or watch.rows[-1]["value"] == "anew", lambda: str(watch.rows[-2:]), 20)


# ---- ends ------------------------------------------------------------------

@suite.case
def statuses_and_reasons(cluster):
    for args, status, pattern in (
            (("nowhere",), 1, "topic nowhere: does not exist"),
            (("^nowhere.*",), 1, "none match"),
            (("where", "--from", "someday"), 2, "--from someday, column 1"),
            (("where", "--from", "99999999999999999999"), 2, "too large"),
            (("where", "--filter", "value.total >"), 2, "--filter: column"),
            (("where", "--filter", "(a"), 2, "--filter: column"),
            (("where", "-p", "1,x"), 2, "--partitions 1,x"),
            (("where", "-o", "csv"), 2, "does not support -o csv"),
            (("where", "--to", "3", "-f"), 2, "exclude"),
            (("^(",), 2, "topics"),
            ((), 2, "needs TOPIC")):
        result = weir.run("tail", "-b", cluster.bootstrap, *args)
        expect_equal((result.status, result.out), (status, ""), str(result))
        expect_equal(len(result.err.splitlines()), 1, f"lines of {result.err!r}")
        expect_match(re.escape(pattern), result.err, "the reason")
    result = weir.run("tail", "-b", "127.0.0.1:1", "--timeout", "1", "where")
    expect_equal(result.status, 3, str(result))
    expect_match("could not reach 127.0.0.1:1 within 1 s", result.err, "the reason")
    result = tail(cluster, "nowhere", "where", "-o", "json", status=1)
    expect_equal(len(result.rows()), 10, "the good topic's records")


@suite.case
def a_reader_that_leaves_ends_it_quietly(cluster):
    process = subprocess.Popen([paths.WEIR, "tail", "-b", cluster.bootstrap, "sturdy", "--from", "earliest"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=weir.environment())
    process.stdout.readline()
    process.stdout.close()
    begun = time.monotonic()
    status = process.wait(60)
    complaint = process.stderr.read().decode()
    process.stderr.close()
    expect_equal((status, complaint), (0, ""), "status and standard error")
    expect(time.monotonic() - begun < 20, "slow to end")


@suite.case
def a_reader_that_leaves_is_noticed_while_nothing_comes(cluster):
    with weir.Watch("tail", "-b", cluster.bootstrap, "other", "-o", "json", "-f") as watch:
        wait_until(lambda: watch.poll() or len(watch.rows) >= 4, "what was there", 20)
        watch.process.stdout.close()
        expect_equal(watch.process.wait(20), 0, "status")


@suite.case
def an_interrupt_ends_it_while_the_pipe_is_full(cluster):
    process = subprocess.Popen([paths.WEIR, "tail", "-b", cluster.bootstrap, "sturdy", "--from", "earliest"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=weir.environment())
    try:
        process.stdout.read(100)
        waiting = array.array("i", [0])

        def full():
            fcntl.ioctl(process.stdout.fileno(), termios.FIONREAD, waiting)
            return waiting[0] > 60000
        wait_until(full, "a full pipe", 20)
        process.send_signal(signal.SIGINT)
        expect_equal(process.wait(60), 130, "status")
    finally:
        process.kill()
        process.stdout.close()
        process.stderr.close()
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([paths.WEIR, "tail", "-b", cluster.bootstrap, "where"], stdout=full,
                              stderr=subprocess.PIPE, timeout=30, env=weir.environment())
    expect(done.returncode > 0, "wrote to a full disk and called it done")


if __name__ == "__main__":
    suite.main(three_nodes)
