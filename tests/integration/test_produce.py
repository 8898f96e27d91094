# SPDX-License-Identifier: BSD-2-Clause
"""`weir produce` on real Kafka: byte for byte, nothing lost, nothing twice, nothing without a word."""
import base64
import contextlib
import json
import os
import re
import signal
import subprocess
import time

import paths
import weir
from kafka import Cluster
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()
T0 = 1700000000000
HOSTILE = b"\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\r\nend"

SEED = r"""
topic source 3 1 retention.ms=-1
topic copy 3 1 retention.ms=-1
topic bytes 1 1
topic keyed 12 1
topic plain 3 1
topic times 1 1 retention.ms=-1
topic raw 1 1
topic small 1 1 max.message.bytes=2000
topic big 1 1 max.message.bytes=12000000
topic denied 1 1
topic again 4 1
topic moving 6 3 min.insync.replicas=2
place frozen 3
allow User:alice topic denied describe
record source 0 1700000000000 key value a=1 a=2 b=~ c=
record source 1 1700000001000 ~ ~
record source 2 1700000002000 \x00\xff \xfe\x00\x1b[31m \xc3\xa9=\xff
record source 2 1700000003000 k\x09"\\ {"a":"\\u0000","b":[1,2]}
record source 0 0 gr\xc3\xbc\xc3\x9fe \xf0\x9f\x98\x80\xe2\x80\xa8
fill source 1 0
"""


@contextlib.contextmanager
def three_secure_nodes():
    with Cluster("produce", nodes=3, secure=True) as cluster:
        cluster.seed(SEED)
        yield cluster


def produce(cluster, topic, lines, *args, status=0, **how):
    """Run it on what `lines` holds: bytes, or objects for JSON lines."""
    path = paths.scratch("produce/input")
    with open(path, "wb") as file:
        file.write(lines if isinstance(lines, bytes) else "".join(json.dumps(x) + "\n" for x in lines).encode())
    with open(path, "rb") as file:
        result = weir.run("produce", "-b", cluster.bootstrap, topic, *args, stdin=file, **how)
    if status is not None:
        expect_equal(result.status, status, str(result))
    return result


def rows(cluster, topic, *args):
    result = weir.run("tail", "-b", cluster.bootstrap, topic, "--from", "earliest", "-o", "json", *args)
    expect_equal(result.status, 0, str(result))
    return result.rows()


def part(row, name):
    """The bytes of `key` or `value`, or None."""
    if name + "_base64" in row:
        return base64.b64decode(row[name + "_base64"])
    return None if row[name] is None else row[name].encode()


def essence(row):
    headers = [(part(h, "key"), part(h, "value")) for h in row["headers"]]
    return row["partition"], row["timestamp"], part(row, "key"), part(row, "value"), headers


def kcat_read(cluster, topic, headers=True):
    """What kcat reads: [(partition, key, value, headers)], null as None; headers must be without line ends."""
    done = subprocess.run(["kcat", "-C", "-b", cluster.bootstrap, "-t", topic, "-o", "beginning", "-e", "-q", "-u",
                           "-f", f"%p %K %S {'%h' if headers else ''}\n%k%s\n--\n"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          timeout=60, check=True).stdout
    found = []
    while done:
        head, done = done.split(b"\n", 1)
        partition, key_len, value_len, names = head.split(b" ", 3)
        lengths = int(key_len), int(value_len)
        key = done[:max(lengths[0], 0)]
        value = done[len(key):len(key) + max(lengths[1], 0)]
        expect(done[len(key) + len(value):][:4] == b"\n--\n", f"kcat's output at {done[:200]!r}")
        done = done[len(key) + len(value) + 4:]
        found.append((int(partition), None if lengths[0] < 0 else key, None if lengths[1] < 0 else value, names))
    return found


def lines_to_go_on(err, last):
    """The lines up to `last` that a failed run said to give again."""
    found = set()
    for part_of in re.search(r"continue with --lines (\S+)$", err.strip())[1].split(","):
        begin, _, end = part_of.partition("-")
        found |= set(range(int(begin), (int(end or last) if "-" in part_of else int(begin)) + 1))
    return found


# ---- byte for byte ---------------------------------------------------------

@suite.case
def what_tail_writes_comes_out_the_same(cluster):
    lines = weir.run("tail", "-b", cluster.bootstrap, "source", "--from", "earliest", "-o", "json").out
    expect_equal(len(lines.splitlines()), 6, "records of the source")
    produce(cluster, "copy", lines.encode(), "--keep-partition", "--keep-timestamp")
    source, copy = (sorted(map(essence, rows(cluster, topic)), key=repr) for topic in ("source", "copy"))
    expect_equal(copy, source, "records")
    kcat = {topic: sorted(kcat_read(cluster, topic), key=repr) for topic in ("source", "copy")}
    expect_equal(kcat["copy"], kcat["source"], "records as kcat reads them")
    expect_equal(len(kcat["copy"]), 6, "records as kcat reads them")


@suite.case
def every_byte_in_key_value_and_header(cluster):
    sent = [bytes([b]) for b in range(256)] + [bytes(range(256)), b"", None, HOSTILE, "grüße \U0001f600".encode()]

    def field(name, value):
        if value is None:
            return {name: None}
        return {name + "_base64": base64.b64encode(value).decode()}
    produce(cluster, "bytes", [{**field("key", b), **field("value", b),
                               "headers": [{"key": "h", **field("value", b)}, {"key": "h", "value": None}]}
                              for b in sent])
    found = rows(cluster, "bytes")
    expect_equal([(part(r, "key"), part(r, "value"), [part(h, "value") for h in r["headers"]]) for r in found],
                 [(b, b, [b, None]) for b in sent], "records")
    expect_equal([(key, value) for _, key, value, _ in kcat_read(cluster, "bytes", False)],
                 [(b, b) for b in sent], "records as kcat reads them")


@suite.case
def a_record_of_ten_megabytes(cluster):
    produce(cluster, "big", [{"value": "x" * 10000000}, {"value": "after"}])
    expect_equal([len(r["value"]) for r in rows(cluster, "big")], [10000000, 5], "lengths")


@suite.case
def raw_lines_as_kcat_takes_them(cluster):
    lines = b"a:1\nb:2:3\n:empty key\nno separator\nc:\n\n" + b"\xff\x00:\r"
    result = produce(cluster, "raw", lines, "-o", "raw", "-K", ":", "-H", "h=v", "-H", "n")
    expect_equal((result.out, result.err), ("", ""), "output")
    wanted = [(b"a", b"1"), (b"b", b"2:3"), (b"", b"empty key"), (None, b"no separator"), (b"c", b""), (None, b""),
              (b"\xff\x00", b"\r")]
    found = rows(cluster, "raw")
    expect_equal([(part(r, "key"), part(r, "value")) for r in found], wanted, "records")
    expect(all(r["headers"] == [{"key": "h", "value": "v"}, {"key": "n", "value": None}] for r in found), str(found))
    produce(cluster, "raw", b":gone\nc:\n\n", "-o", "raw", "-K", ":", "-Z")
    expect_equal([(part(r, "key"), part(r, "value")) for r in rows(cluster, "raw")][7:],
                 [(None, b"gone"), (b"c", None), (None, None)], "with -Z")


# ---- where to --------------------------------------------------------------

@suite.case
def keys_go_where_other_clients_put_them(cluster):
    keys = [f"k{i}" for i in range(200)]
    path = paths.scratch("produce/keys")
    with open(path, "w", encoding="ascii") as file:
        file.write("".join(f"{k}:v\n" for k in keys))
    # kcat is librdkafka's default; its murmur2_random is held against Java's producer elsewhere.
    for partitioner in ("murmur2_random", "consistent_random"):
        subprocess.run(["kcat", "-P", "-b", cluster.bootstrap, "-t", "keyed", "-K", ":", "-l", path, "-X",
                        "topic.partitioner=" + partitioner], check=True, timeout=60, stdin=subprocess.DEVNULL)
        theirs = [{r["key"]: r["partition"] for r in rows(cluster, "keyed", "--last", "200")}]
        args = ["--partitioner", partitioner] if partitioner != "murmur2_random" else []
        reports = produce(cluster, "keyed", [{"key": k, "value": "v"} for k in keys], "-v", *args).rows()
        expect_equal({keys[r["line"] - 1]: r["partition"] for r in reports}, theirs[0], partitioner)


@suite.case
def partitions_timestamps_and_compression(cluster):
    for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
        reports = produce(cluster, "plain", [{"key": codec, "value": codec * 300, "partition": 0, "timestamp": T0}] * 3,
                          "-p", "2", "-z", codec, "-v").rows()
        expect_equal([r["partition"] for r in reports], [2] * 3, "partitions")
    found = [r for r in rows(cluster, "plain") if r["key"]]
    expect_equal([r["value"] for r in found], [r["key"] * 300 for r in found], "values")
    expect_equal(len(found), 15, "records")
    expect(all(r["timestamp"] > T0 + 10**10 for r in found), "a timestamp was kept without being asked for")
    result = produce(cluster, "plain", [{"value": "x"}], "-p", "3", status=1)
    expect_match("no partition 3, only 0 to 2", result.err, "the reason")
    times = [None, 0, -2, T0]
    produce(cluster, "times", [{"value": "v", "timestamp": t} for t in times], "--keep-timestamp")
    found = sorted(rows(cluster, "times"), key=lambda r: r["offset"])
    expect_equal([r["timestamp"] for r in found], times, "timestamps")
    found = rows(cluster, "times", "--filter", "timestamp is null")
    expect_equal([r["offset"] for r in found], [0], "records without a timestamp")
    result = produce(cluster, "plain", [{"value": "y", "partition": 1}, {"value": "x", "partition": 3}],
                     "--keep-partition", status=1)
    expect_match("line 2: .*no partition 3.*\n.*1 record delivered.*\n.*--lines 2-", result.err, "the reason")


@suite.case
def what_was_masked_is_not_written_back(cluster):
    before = len(rows(cluster, "raw"))
    lines = [{"value": "whole", "masked": False}, {"key": "***", "value": "v", "masked": True}, {"value": "next"}]
    result = produce(cluster, "raw", lines, status=1)
    expect_match("line 2: .*masked.*--allow-masked", result.err, "the reason")
    expect_equal(len(rows(cluster, "raw")), before + 1, "records")
    produce(cluster, "raw", lines, "--allow-masked", "--lines", "2")
    expect_equal(rows(cluster, "raw")[-1]["key"], "***", "the key")


@suite.case
def reports_name_every_line(cluster):
    before = len(rows(cluster, "plain"))
    lines = b"".join(b'{"key":"%d","value":"%d"}\n\n' % (i, i) for i in range(5000))
    reports = produce(cluster, "plain", lines, "-v").rows()
    expect_equal(sorted(r["line"] for r in reports), list(range(1, 10000, 2)), "lines that were reported")
    where = {(r["partition"], r["offset"]): r["line"] for r in reports}
    for row in rows(cluster, "plain"):
        line = where.pop((row["partition"], row["offset"]), None)
        expect(line is None or row["value"] == str(line // 2), f"line {line} is not {row}")
    expect_equal(where, {}, "lines that are not where they were said to be")
    expect_equal(len(rows(cluster, "plain")), before + 5000, "records")


@suite.case
def a_rate_is_kept(cluster):
    result = produce(cluster, "plain", b"x\n" * 100, "-o", "raw", "--rate", "100")
    expect(0.9 < result.seconds < 30, f"took {result.seconds} s")


# ---- failures --------------------------------------------------------------

@suite.case
def a_bad_line_ends_it_with_the_line_to_go_on_with(cluster):
    good = [{"value": f"v{i}"} for i in range(10)]
    lines = "".join(json.dumps(x) + "\n" for x in good[:6]) + '{"value":"a\\ud800"}\n' + json.dumps(good[7]) + "\n"
    before = len(rows(cluster, "again"))
    result = produce(cluster, "again", lines.encode(), "-v", status=1)
    expect_equal([r["line"] for r in result.rows() if r["error"]], [7], "lines that failed")
    expect_equal(len(result.rows()), 7, "lines that were reported")
    expect_match("line 7: column 12: .*surrogate", result.err, "the reason")
    expect_match(r"6 records delivered to again on 127\.0\.0\.1:\d+ \(\S{6}\)", result.err, "what was done, and where")
    expect_match(r"continue with --lines 7-$", result.err, "what is left")
    expect_equal(len(rows(cluster, "again")) - before, 6, "records")
    mended = "".join(json.dumps(x) + "\n" for x in good).encode()
    produce(cluster, "again", mended, "--lines", "7-")
    expect_equal(sorted(r["value"] for r in rows(cluster, "again")[before:]), [x["value"] for x in good], "records")


@suite.case
def what_the_topic_refuses_is_named_and_the_rest_can_go_on(cluster):
    # Together the small ones are more than the topic takes at once.
    lines = [{"value": "small" * 20}] * 60 + [{"value": "x" * 5000}] + [{"value": "after"}] * 3
    result = produce(cluster, "small", lines, "-v", status=1)
    errors = {r["line"]: r["error"] for r in result.rows()}
    expect_equal([line for line, error in errors.items() if error], [61], "lines that failed")
    expect_match("max.message.bytes", errors[61], "the reason")
    expect_match(r"line 61: .*max\.message\.bytes", result.err, "the reason")
    go_on = re.search(r"--lines (\S+)$", result.err.strip())[1]
    delivered = {line for line, error in errors.items() if error is None}
    expect_equal(lines_to_go_on(result.err, 64), set(range(1, 65)) - delivered, "the lines to go on with")
    lines[60] = {"value": "now small"}
    produce(cluster, "small", lines, "--lines", go_on)
    expect_equal(sorted(r["value"] for r in rows(cluster, "small")), sorted(x["value"] for x in lines), "records")


@suite.case
def statuses_and_reasons(cluster):
    topics = weir.run("topics", "-b", cluster.bootstrap, "-o", "json").out
    for args, status, pattern in (
            (("nowhere",), 1, "topic nowhere: does not exist"),
            (("plain", "copy"), 2, "takes one TOPIC"),
            ((), 2, "needs TOPIC"),
            (("plain", "-o", "csv"), 2, "json raw"),
            (("plain", "-p", "0,1"), 2, "give one number"),
            (("plain", "--lines", "0"), 2, "--lines 0"),
            (("plain", "-K", ":"), 2, "goes with -o raw"),
            (("plain", "-o", "raw", "--keep-timestamp"), 2, "needs JSON input"),
            (("plain", "-p", "1", "--keep-partition"), 2, "exclude"),
            (("plain", "-z", "rar"), 2, "compression.codec"),
            (("plain", "--partitioner", "astrology"), 2, "partitioner"),
            (("plain", "--read-only"), 2, "read-only")):
        result = produce(cluster, args[0] if args else "", b'{"value":"never"}\n', *args[1:], status=None) if args \
            else weir.run("produce", "-b", cluster.bootstrap)
        expect_equal((result.status, result.out), (status, ""), str(result))
        expect_equal(len(result.err.splitlines()), 1, f"lines of {result.err!r}")
        expect_match(re.escape(pattern), result.err, "the reason")
    result = weir.run("produce", "-b", "127.0.0.1:1", "--timeout", "1", "plain")
    expect_equal(result.status, 3, str(result))
    expect("never" not in [r["value"] for r in rows(cluster, "plain")], "was written in spite of it")
    expect_equal(weir.run("topics", "-b", cluster.bootstrap, "-o", "json").out.count('"nowhere"'), 0, topics)
    home = paths.scratch("home/produce")
    os.makedirs(os.path.join(home, "weir"), exist_ok=True)
    with open(os.path.join(home, "weir", "config"), "w", encoding="ascii") as file:
        file.write(f"[context prod]\nbootstrap.servers = {cluster.bootstrap}\nread-only = yes\n")
    with open(os.devnull, "rb") as empty:
        result = weir.run("produce", "-c", "prod", "plain", stdin=empty, env=weir.environment(XDG_CONFIG_HOME=home))
    expect_equal(result.status, 2, str(result))
    expect_match("prod is read-only", result.err, "the reason")
    with open(os.path.join(home, "weir", "config"), "w", encoding="ascii") as file:
        file.write(f"[context prod]\nbootstrap.servers = {cluster.bootstrap}\nprotected = yes\n")
    for args, status in (((), 2), (("--confirm", "other"), 2), (("--confirm", "plain"), 0)):
        with open(os.devnull, "rb") as empty:
            result = weir.run("produce", "-c", "prod", "plain", *args, stdin=empty,
                              env=weir.environment(XDG_CONFIG_HOME=home))
        expect_equal(result.status, status, str(result))


@suite.case
def who_may_not_write_is_told(cluster):
    path = paths.scratch("produce/input")
    with open(path, "wb") as file:
        file.write(b'{"value":"x"}\n')
    # Who may write nowhere is turned away before who may not write here.
    for grant in ("", "allow User:alice topic plain write\n"):
        cluster.seed(grant)
        with open(path, "rb") as file:
            result = weir.run("produce", "-F", os.path.join(cluster.dir, "clients", "plain-alice.conf"), "denied",
                              stdin=file)
        expect_equal(result.status, 1, str(result))
        expect_match("line 1: .*needs WRITE", result.err, "the reason")
        expect_match("--lines 1", result.err, "what is left")
    expect_equal(rows(cluster, "denied"), [], "records")
    with open(path, "rb") as file:
        result = weir.run("produce", "-F", os.path.join(cluster.dir, "clients", "plain-alice.conf"), "-X",
                          "sasl.password=wrong", "--timeout", "30", "denied", stdin=file)
    expect_equal(result.status, 3, str(result))
    expect_match("could not connect to .*[Aa]uthentication", result.err, "the reason")
    expect(result.seconds < 28, f"took {result.seconds} s")


# ---- in the midst of it ----------------------------------------------------

def exactly_once(cluster, topic, count):
    seen = sorted(int(r["value"]) for r in rows(cluster, topic))
    lost, twice = set(range(count)) - set(seen), len(seen) - len(set(seen))
    expect((len(lost), twice) == (0, 0), f"{len(lost)} lost ({sorted(lost)[:5]} ...), {twice} twice")


@suite.case
def an_interrupt_says_where_to_go_on(cluster):
    cluster.seed("topic stopped 4 1\n")
    path = paths.scratch("produce/many")
    count = 20000
    with open(path, "w", encoding="ascii") as file:
        file.write("".join(f'{{"key":"{i}","value":"{i}"}}\n' for i in range(count)))
    with open(path, "rb") as file, subprocess.Popen(
            [paths.WEIR, "produce", "-b", cluster.bootstrap, "stopped", "--rate", "5000", "-v"], stdin=file,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=weir.environment()) as process:
        for _ in range(200):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        delivered = 200 + len(process.stdout.readlines())
        err = process.stderr.read()
        process.wait(60)
    expect_equal(process.returncode, 130, err.decode())
    expect_match(f"{delivered} records delivered to stopped", err.decode(), "what was done")
    go_on = re.search(rb"continue with --lines (\d+)-\n", err)[1].decode()
    expect_equal(int(go_on), delivered + 1, "the line to go on with")
    with open(path, "rb") as file:
        expect_equal(weir.run("produce", "-b", cluster.bootstrap, "stopped", "--lines", go_on + "-", stdin=file).status, 0,
                     "status")
    exactly_once(cluster, "stopped", count)


@suite.case
def settings_of_another_application_do_not_stand_in_the_way(cluster):
    args = [word for setting in ("acks=1", "transactional.id=app", "delivery.report.only.error=true", "retries=0",
                                 "max.in.flight=100", "delivery.timeout.ms=60000", "queue.buffering.max.messages=1",
                                 "allow.auto.create.topics=true", "compression.type=gzip") for word in ("-X", setting)]
    reports = produce(cluster, "plain", b'{"value":"x"}\n' * 1000, "-v", *args, seconds=60).rows()
    expect_equal([r["error"] for r in reports], [None] * 1000, "reports")
    result = produce(cluster, "nowhere", b'{"value":"x"}\n', *args, status=1)
    expect_match("nowhere: does not exist", result.err, "the reason")
    produce(cluster, "plain", b'{"value":"x"}\n', "-X", "enable.idempotence=false", "-X", "acks=1")


@suite.case
def a_line_is_sent_and_reported_when_it_comes(cluster):
    with subprocess.Popen([paths.WEIR, "produce", "-b", cluster.bootstrap, "plain", "-v"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=weir.environment()) as process:
        try:
            for number in range(1, 6):
                process.stdin.write(b'{"value":"now"}\n')
                process.stdin.flush()
                begun = time.monotonic()
                report = json.loads(process.stdout.readline())     # more input comes only after it
                expect_equal((report["line"], report["error"]), (number, None), "report")
                expect(number == 1 or time.monotonic() - begun < 20, f"took {time.monotonic() - begun} s")
            process.stdin.write(b'{"value":"last, without a line end"}')
            process.stdin.close()
            expect_equal(json.loads(process.stdout.readline())["line"], 6, "the last line")
            expect_equal(process.wait(60), 0, "status")
        finally:
            process.kill()


@suite.case
def a_topic_deleted_in_the_midst_is_not_created_again(cluster):
    cluster.seed("topic doomed 2 1\n")
    path = paths.scratch("produce/doomed")
    with open(path, "w", encoding="ascii") as file:
        file.write("".join(f'{{"key":"{i}","value":"{i}"}}\n' for i in range(20000)))
    with open(path, "rb") as file, subprocess.Popen(
            [paths.WEIR, "produce", "-b", cluster.bootstrap, "doomed", "--rate", "100", "-v", "-X",
             "topic.metadata.propagation.max.ms=1000"], stdin=file,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=weir.environment()) as process:
        process.stdout.readline()
        cluster.seed("delete doomed\n")
        try:
            reports = [json.loads(line) for line in process.stdout.readlines()]
            err = process.stderr.read().decode()
            expect_equal(process.wait(60), 1, err)
        finally:
            process.kill()
    expect_match("doomed: (does not exist|has no such partition)", err, "the reason")
    last = max(r["line"] for r in reports)
    failed = {r["line"] for r in reports if r["error"]}
    expect_equal(len(reports) + 1, last, "lines that were reported")     # the first was read above
    expect_equal(lines_to_go_on(err, last + 10), failed | set(range(last + 1, last + 11)), "the lines to go on with")
    expect('"doomed"' not in weir.run("topics", "-b", cluster.bootstrap, "-o", "json").out, "it was created again")


@suite.case
def a_broker_that_does_not_answer_leaves_nothing_unsaid(cluster):
    cluster.freeze(3)
    try:
        lines = b"".join(b'{"value":"%d"}\n' % i for i in range(10))
        result = produce(cluster, "frozen", lines, "-v", "-X", "message.timeout.ms=3000", "-X", "socket.timeout.ms=1000",
                         status=None)
        expect(result.status in (1, 3), str(result))
    finally:
        cluster.thaw(3)
    if result.status == 1:
        expect_equal([r["line"] for r in result.rows() if r["error"]], list(range(1, 11)), "lines that failed")
        expect_match(r"--lines 1-10$", result.err.strip(), "what is left")


@suite.case
def a_broker_killed_in_the_midst_loses_and_doubles_nothing(cluster):
    path = paths.scratch("produce/many")
    count = 100000
    with open(path, "w", encoding="ascii") as file:
        file.write("".join(f'{{"key":"{i}","value":"{i}"}}\n' for i in range(count)))
    with open(path, "rb") as file, subprocess.Popen(
            [paths.WEIR, "produce", "-b", cluster.bootstrap, "moving", "--rate", "20000"], stdin=file,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=weir.environment()) as process:
        wait_until(lambda: rows(cluster, "moving", "-n", "1000"), "the first records", 30)
        cluster.kill(2)
        expect(process.poll() is None, "it was over before the broker was killed")
        _, err = process.communicate(timeout=240)
    cluster.restart(2)
    expect_equal(process.returncode, 0, err.decode())
    cluster.seed("leaders moving 6\n")
    exactly_once(cluster, "moving", count)


if __name__ == "__main__":
    suite.main(three_secure_nodes)
