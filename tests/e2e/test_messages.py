# SPDX-License-Identifier: BSD-2-Clause
"""The messages view in a real terminal on real Kafka: what it shows, finds and saves is what was written."""
import contextlib
import json
import os
import re
import shutil
import subprocess

import paths
import weir
from kafka import shared_cluster
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal

suite = Suite()

RECORDS, PARTITIONS = 600, 3
BEGUN_MS = 1795356000000
SEED = f"topic orders {PARTITIONS} 1 retention.ms=-1\ntopic burst 2 1\ntopic odd 1 1\ntopic none 2 1\n"


def order(n):
    return {"topic": "orders", "partition": n % PARTITIONS, "timestamp": BEGUN_MS + n * 1000, "key": f"u-{n % 50}",
            "value": json.dumps({"n": n, "card": f"4111-{n:04}", "items": [{"sku": f"W-{n % 7}"}]}, separators=(",", ":")),
            "headers": [{"key": "trace", "value": f"t{n}"}]}


def produce(cluster, topic, rows, *options):
    text = "".join(json.dumps(row) + "\n" for row in rows)
    done = subprocess.run([paths.WEIR, "produce", topic, "-b", cluster.bootstrap, *options], input=text.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, env=weir.environment())
    expect_equal(done.returncode, 0, done.stderr.decode())


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("messages", nodes=1) as cluster:
        cluster.seed(SEED)
        produce(cluster, "orders", [order(n) for n in range(RECORDS)], "--keep-partition", "--keep-timestamp")
        produce(cluster, "odd", [{"key": "escape", "value": "\x1b]0;owned\x07\x1b[2J"},
                                 {"key": "c1", "value": "\u009b31m and \u202e"}, {"key": "gone", "value": None},
                                 {"key": "", "value": ""}, {"key": "wide", "value": '{"city":"東京都"}'},
                                 {"key": "bytes", "value_base64": "AAH//g=="}])
        yield cluster


@contextlib.contextmanager
def messages(cluster, topics, *args, cols=120, rows=30, wait=r"\blive\b.*kept", **env):
    """The records of topics, opened by their names."""
    with Terminal(cols, rows) as t:
        t.weir("-b", cluster.bootstrap, "--utc", *args, **env)
        t.wait(r"1 overview")
        command(t, "messages " + topics)
        t.wait(wait)
        yield t
        t.leave()


def command(t, text):
    t.keys(":")
    t.wait(r"^:")
    t.text(text)
    t.keys("Enter")


def ask(t, key, label, text):
    t.keys(key)
    t.wait(rf"^{label}")
    t.keys("C-u")
    t.text(text)
    t.keys("Enter")


@suite.case
def tail_from_the_list_of_topics_shows_the_newest_and_goes_along(cluster):
    with Terminal(120, 30) as t:
        t.weir("-b", cluster.bootstrap, "--utc", "--view", "topics")
        t.wait(r"orders")
        ask(t, "/", "filter[^:]*:", "orders")
        t.wait(r"^>\s+orders\b")
        t.keys("t")
        t.wait(rf'"n":{RECORDS - 1},')
        t.wait(r"^ ?live\b")
        t.wait(r"TIME UTC")
        t.leave()


@suite.case
def pages_lead_back_to_the_first_record(cluster):
    with messages(cluster, "orders") as t:
        t.wait(rf'"n":{RECORDS - 1},')
        for _ in range(10):
            t.keys("g")
            first = t.wait(r'^> .*\{"n":(\d+),')
            if first[1] == "0":
                break
            t.keys("k")
            t.wait_for(lambda s: int((re.search(r'^> .*?\{"n":(\d+),', s, re.M) or ["", -1])[1]) < int(first[1]) and
                       "loading" not in s, f"something older than {first[1]}")
        t.keys("g")
        t.wait(r'^> .*\{"n":0,')
        t.wait(rf"1 of {RECORDS}\b")
        # Down again without a gap.
        t.keys("G")
        t.wait(rf'^> .*\{{"n":{RECORDS - 1},')


@suite.case
def one_partition_and_a_place_in_time(cluster):
    with messages(cluster, "orders:1") as t:
        t.wait(rf'"n":{RECORDS - 2},')
        expect(not re.search(rf'"n":{RECORDS - 1},', t.screen()), "another partition is shown")
        # Record 300 is of partition 0; the next one of partition 1 is 301.
        ask(t, "o", r"go to .*", f"@{BEGUN_MS + 300 * 1000}")
        t.wait(r'^> .*\{"n":301,')
        t.wait(r"\bpaged\b")
        ask(t, "o", r"go to .*", "half past")
        t.wait(r"▾")
        t.keys("Escape")
        t.wait_gone(r"▾|^go to")
        t.keys("f")
        t.wait(rf'^> .*\{{"n":{RECORDS - 2},')


@suite.case
def aborted_records_are_marked_while_they_arrive(cluster):
    cluster.seed("topic settled 1 1\nproduce settled 0 1\n")
    with messages(cluster, "settled") as t:
        t.wait(r"live .*1 kept")
        cluster.seed("aborts settled 0 2\ncommits settled 0 1\n")
        t.wait_for(lambda screen: "4 kept" in screen and screen.count("! aborted") == 2 and "~ open" not in screen,
                   "two of four records marked as aborted")


@suite.case
def a_filter_leaves_what_matches_and_points_at_faults(cluster):
    with messages(cluster, "orders") as t:
        ask(t, "/", "filter:", f"value.n >= {RECORDS - 10}")
        t.wait(r"\b10 of 10\b")
        shown = re.findall(r'\{"n":(\d+),', t.screen())
        expect_equal(sorted(map(int, shown)), list(range(RECORDS - 10, RECORDS)), "records")
        ask(t, "/", "filter:", "value.n >= (")
        t.wait(r"▾")
        t.wait(r"^filter: value\.n >= \(")
        t.keys("Escape")
        t.wait(r"\b10 of 10\b")
        ask(t, "/", "filter:", "value.amount > 1")
        t.wait(r"value\.amount was in no record")
        t.keys("Escape")
        t.wait(r"\b200 of 200\b")


@suite.case
def a_search_reads_the_whole_log_and_says_so(cluster):
    with messages(cluster, "orders") as t:
        ask(t, "/", "filter:", 'value.items[*].sku == "W-3" and value.n < 100')
        t.wait(r"filter: value\.items")
        t.keys("C-s")
        wanted = [n for n in range(100) if n % 7 == 3]
        t.wait(rf"complete: .*{len(wanted)} found")
        t.wait(rf"1 of {len(wanted)}\b")
        found = sorted(int(n) for n in re.findall(r'\{"n":(\d+),', t.screen()))
        expect_equal(found, wanted, "found")
        t.keys("s")
        for p in range(PARTITIONS):
            t.wait(rf"orders {p}: offsets 0 to {RECORDS // PARTITIONS - 1}, all read")
        t.keys("Escape")
        t.wait(r"search result")
        # A key lies in one partition; that is said.
        t.keys("Escape")
        t.wait(r"^ ?live")
        ask(t, "/", "filter:", 'key == "u-7"')
        t.keys("C-s")
        t.wait(r"complete: ")
        t.keys("s")
        t.wait(r"u-7.*partition")


@suite.case
def a_burst_is_shown_and_moving_up_pauses_only_the_view(cluster):
    with messages(cluster, "burst", wait=r"no records in burst") as t:
        produce(cluster, "burst", [{"key": f"k{n % 9}", "value": f"first-{n}"} for n in range(3000)])
        t.wait(r"3,?000 kept")
        t.wait(r"first-29\d\d")
        t.keys("k", "k", "k")
        t.wait(r"view frozen")
        here = t.wait(r"^> .*(first-\d+)")[1]
        produce(cluster, "burst", [{"key": "again", "value": f"second-{n}"} for n in range(50)])
        t.wait(r"5\d new below")
        expect_equal(t.wait(r"^> .*(first-\d+)")[1], here, "the record under the cursor")
        t.keys("f")
        t.wait(r"^ ?live")
        t.wait(r"second-49")
        t.keys("f")
        t.wait(r"no longer following")


@suite.case
def an_idle_view_writes_nothing(cluster):
    with messages(cluster, "orders") as t:
        t.wait(rf'"n":{RECORDS - 1},')
        t.keys("p")
        t.wait(r"paused")
        path = paths.scratch("messages/idle")
        # What still comes after the first picture (rates going down to nothing) has come when it stays the same.
        wait_until(lambda: quiet_for_a_while(t, path), "a quiet second", 20)


def quiet_for_a_while(t, path):
    t.record(path)
    before = os.path.getsize(path) if os.path.exists(path) else 0
    with contextlib.suppress(AssertionError):
        wait_until(lambda: os.path.exists(path) and os.path.getsize(path) > before, "output", 0.7)
        return False
    return True


@suite.case
def one_record_whole(cluster):
    with messages(cluster, "orders") as t:
        t.wait(rf'^> .*"n":{RECORDS - 1},')
        t.keys("Enter")
        t.wait(rf'"n": {RECORDS - 1},?')
        t.wait(r"partition +2 +offset 199 +leader epoch \d")
        t.wait(r"CreateTime")
        t.wait(rf"trace: t{RECORDS - 1}")
        ask(t, "/", "/", "sku")
        t.wait(r'^> +"sku": "W-\d"')
        t.keys("[")
        t.wait(rf'"n": {RECORDS - 2},?')
        t.keys("]")
        t.wait(rf'"n": {RECORDS - 1},?')
        # A fold hides what it holds.
        t.keys("G", "k", "k", "Enter")
        t.wait(r"^> +\{ 1 \.\.\. \}")
        t.keys("Escape")
        t.wait(r"TIME UTC")
        # The one with the same key before it, in the same partition.
        t.keys("{")
        t.wait(rf'^> .*"n":{RECORDS - 151},')
        t.keys("}")
        t.wait(rf'^> .*"n":{RECORDS - 1},')


@suite.case
def two_records_are_compared(cluster):
    def differ(*keys):
        t.keys(*keys)
        t.wait(rf'^.? *- +"n": {RECORDS - 2},')
        t.wait(rf'^.? *\+ +"n": {RECORDS - 1},')
        t.wait(r"1:199 and 2:199")
        t.keys("Escape")
        t.wait(r"TIME UTC")

    with messages(cluster, "orders") as t:
        t.wait(rf'^> .*"n":{RECORDS - 1},')
        t.keys("=")
        t.wait(r"mark a record \(Space\)")
        # One that is marked and the one under the cursor, the older one first either way.
        t.keys("Space", "k")
        t.wait(rf'^> .*"n":{RECORDS - 2},')
        differ("=")
        # From the one that is looked at whole.
        t.keys("Enter")
        t.wait(rf'"n": {RECORDS - 2},?')
        t.keys("=")
        t.wait(rf'^.? *- +"n": {RECORDS - 2},')
        t.keys("Escape", "Escape")
        t.wait(r"TIME UTC")
        t.keys("Space")
        t.wait(r"2 marked")
        differ("=")
        t.keys("U")
        t.wait_gone(r"marked")
        command(t, "compare 1:199 2:199")
        differ()
        command(t, "compare 1:199 2:77777")
        t.wait(r"2:77777: is not among the records here")
        command(t, "compare 1:199")
        t.wait(r"give PARTITION:OFFSET twice")


@suite.case
def nothing_in_a_record_reaches_the_terminal_as_a_control(cluster):
    path = paths.scratch("messages/odd")
    with messages(cluster, "odd", wait=r"wide") as t:
        t.record(path)
        t.wait(r"<tombstone>")
        t.wait(r"<empty>")
        t.wait("東京都")
        t.keys("g", "Enter")
        t.wait(r"KEY")
        t.keys("w", "Escape", "j", "Enter")
        t.wait(r"KEY")
        t.keys("Escape")
        t.wait(r"<tombstone>")
        t.stop_recording()
    with open(path, "rb") as file:
        sent = file.read()
    for evil in (b"\x1b]0;owned", b"\x1b[2J\x1b", b"\xc2\x9b", "\u202e".encode()):
        expect(evil not in sent, f"{evil!r} reached the terminal")


# What a terminal obeys beyond drawing: titles, clipboards, strings, reports, resets, scrolling regions that are not ours.
HOSTILE = ["\x1b]0;{}\x07", "\x1b]52;c;{}\x07", "\x1bP{}\x1b\\", "\x1b_{}\x1b\\", "\x1b^{}\x1b\\", "\x1bX{}\x1b\\", "\x1bc{}",
           "\x1b[?1049l{}", "\x1b[6n{}", "\x1b[5;7t{}", "\x1b[!p{}", "\x9d0;{}\x9c", "\x9b31m{}", "\x90{}\x9c", "\x85{}", "\x08\x08{}\x7f",
           "\x00{}\x01\x02\x0e\x0f", "\u202e{}\u2066", "{}\ufeff\u200b"]
# What the terminal library itself says: attributes, places, erasing, modes that weir sets and gives back.
OURS = re.compile(rb"\x1b(?:\[[\d;]*[mHABCDGKJXPLM@dbrST]|\[\??[\d;]*[hl]|\[[\d;]*[a-z]|\([B0]|[=>78M])")


@suite.case
def nothing_hostile_passes_wherever_it_stands(cluster):
    path = paths.scratch("messages/hostile")
    cluster.seed("topic hostile 1 1\n")
    texts = [evil.format(f"owned{i}") for i, evil in enumerate(HOSTILE)]
    produce(cluster, "hostile", [{"key": text, "value": text, "headers": [{"key": text.replace("\0", "") + "name", "value": text}]}
                                 for text in texts]
            + [{"key": "json", "value": json.dumps({text: [text] for text in texts}, ensure_ascii=False)},
               {"key": "bytes", "value": None, "headers": []},
               {"key_base64": "G101bTtvd25lZAc=", "value_base64": "/v8bXTA7b3duZWQHnA=="}])
    with messages(cluster, "hostile", wait=r"bytes", rows=40) as t:
        t.record(path)
        t.resize(150, 40)
        t.keys("g")
        t.wait(r"\b1 of 22\b")
        for i in range(len(texts)):
            t.keys("Enter")
            t.wait(r"^> +topic +hostile")
            t.keys("w", "Escape")
            t.wait(r"TIME UTC")
            t.keys("j")
        t.wait(r"^> .*json")
        t.keys("Enter")
        t.wait(r"owned8")
        t.keys("Escape")
        ask(t, "/", "filter:", "key.size > 0 and owned3")
        t.wait(r"\b1 of 2\b|\b2 of 2\b")
        t.keys("Escape")
        t.wait(r"\b\d+ of 22\b")
        t.stop_recording()
    with open(path, "rb") as file:
        sent = file.read()
    expect(b"owned" in sent, "the records were shown")
    rest = OURS.sub(b"", sent)
    # Above 0x7f all must be UTF-8, and no C1 control in it.
    text = rest.decode("utf-8")
    evil = re.search(r".{0,40}[\x00-\x07\x0b\x0c\x10-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff].{0,40}", text)
    expect(not evil, lambda: f"{evil[0]!r} reached the terminal")


@suite.case
def records_of_ten_megabytes_do_no_harm(cluster):
    cluster.seed("topic huge 1 1 max.message.bytes=12000000\nrecord huge 0 0 first small\nfill huge 0 10000000\n"
                 "record huge 0 0 middle small\n")
    text = json.dumps({"items": [{"sku": f"W-{i}", "text": "lorem ipsum " * 5} for i in range(100000)]})
    produce(cluster, "huge", [{"key": "tree", "value": text}, {"key": "last", "value": "small"}], "-X", "message.max.bytes=12000000")
    with messages(cluster, "huge", wait=r"^> .*last +small") as t:
        t.keys("k")
        t.wait(r"^> .*tree +9\.\d MB: ")
        t.keys("Enter")
        t.wait(r'"sku": "W-0"')
        t.keys("j", "G")
        t.wait(r"more lines|^> +")
        t.keys("Escape")
        t.wait(r"TIME UTC")
        t.keys("k", "k")
        t.wait(r"^> .*10 MB: xxx")
        t.keys("Enter")
        t.wait(r"value 10 MB")
        t.keys("Escape")
        ask(t, "/", "filter:", 'value.items[*].sku == "W-99999"')
        t.wait(r"\b1 of 1\b")
        t.keys("C-s")
        t.wait(r"complete: 1 partition .*5 records, 1 found")
        t.wait(r"^> .*tree")


@suite.case
def copies_go_to_the_clipboard(cluster):
    with messages(cluster, "orders") as t:
        t.wait(rf'^> .*"n":{RECORDS - 1},')
        last = order(RECORDS - 1)
        for key, wanted in (("c", last["value"]), ("Y", last["key"])):
            t.keys(key)
            t.wait(r"sent to the terminal")
            wait_until(lambda: t.tmux("show-buffer", check=False) == wanted, f"{wanted} in the clipboard")
            t.keys("g", "G")
            t.wait_gone(r"sent to the terminal")
        t.keys("y")
        t.wait(r"record: sent to the terminal")
        copied = json.loads(wait_until(lambda: t.tmux("show-buffer", check=False), "a copy"))
        expect_equal({k: copied[k] for k in last}, last, "the record")


@suite.case
def what_is_saved_is_what_was_written(cluster):
    path = paths.scratch("messages/saved.jsonl")
    raw = paths.scratch("messages/saved.txt")
    whole = paths.scratch("messages/whole.jsonl")
    for name in (path, raw, whole):
        with contextlib.suppress(FileNotFoundError):
            os.remove(name)
    with messages(cluster, "orders") as t:
        ask(t, "/", "filter:", "value.n < 600")
        t.keys("C-s")
        t.wait(rf"complete: .*{RECORDS} found")
        t.keys("E")
        t.wait(r"all that match")
        t.keys("Down", "Enter")
        t.wait(rf"^save {RECORDS} records")
        t.keys("C-u")
        t.text(path)
        t.keys("Enter")
        t.wait(rf"{RECORDS} records written")
        # The same from the log: what the ring could not hold would be in it too.
        t.keys("E")
        t.wait(r"all that match, in the whole log")
        t.keys("Down", "Down", "Enter")
        t.wait(r"^save what is found")
        t.keys("C-u")
        t.text(whole)
        t.keys("Enter")
        t.wait(rf"{RECORDS} records written to .*whole")
        t.keys("g", "Space", "Space")
        t.wait(r"2 marked")
        command(t, "export " + raw)
        t.wait(r"2 records written")
        t.keys("=")
        t.wait(r"^.? *- +\"n\": 0,")
        t.wait(r"^.? *\+ +\"n\": 1,")
    with open(path, encoding="utf-8") as file:
        saved = [json.loads(line) for line in file]
    expect_equal(sorted(json.loads(row["value"])["n"] for row in saved), list(range(RECORDS)), "records")
    for row in saved:
        wanted = order(json.loads(row["value"])["n"])
        expect_equal({k: row[k] for k in wanted}, wanted, "a record")
    tail = weir.run("tail", "orders", "-b", cluster.bootstrap, "--from", "earliest", "-o", "json").rows()
    with open(whole, encoding="utf-8") as file:
        again = [json.loads(line) for line in file]
    for rows in (saved, again):
        expect_equal(sorted(rows, key=lambda r: (r["partition"], r["offset"])),
                     sorted(tail, key=lambda r: (r["partition"], r["offset"])), "as weir tail prints it")
    with open(raw, encoding="utf-8") as file:
        expect_equal(file.read().splitlines(), [order(0)["value"], order(1)["value"]], "values")


@suite.case
def masks_hold_everywhere_and_decoders_are_remembered(cluster):
    home = paths.scratch("messages/home")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home + "/weir")
    with open(home + "/weir/config", "w", encoding="ascii") as file:
        file.write("[mask]\norders = value.card\n* = headers ~ t5[0-9]+\n[filters]\nlast = value.n >= 590\n")
    saved = paths.scratch("messages/masked.jsonl")
    with contextlib.suppress(FileNotFoundError):
        os.remove(saved)
    env = {"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home + "/state"}
    with messages(cluster, "orders", **env) as t:
        command(t, "saved-filter last")
        t.wait(r"\b10 of 10\b")
        t.wait(r'"card":"\*\*\*"|"card": "\*\*\*"')
        expect("4111" not in t.screen(), "a card number is shown")
        t.keys("Enter")
        t.wait(r"trace: \*\*\*")
        t.wait(r'"card": "?\*\*\*')
        t.keys("Escape")
        t.wait(r"\b10 of 10\b")
        command(t, "export " + saved)
        t.wait(r"10 records written.*10 of them masked")
        command(t, "decoder hex")
        t.wait(r"0x7b226e22|masked|\*\*\*")
        expect("4111" not in t.screen(), "a card number is shown in hex")
    with open(saved, encoding="utf-8") as file:
        text = file.read()
    expect("4111" not in text and "***" in text, "what was saved is not masked")
    expect_equal([json.loads(line).get("masked") for line in text.splitlines()], [True] * 10, "lines that say so")
    for form, told in (("table", False), ("json", True), ("raw", True)):
        result = weir.run("tail", "orders", "-b", cluster.bootstrap, "-n", "3", "-o", form,
                          env=weir.environment(**env))
        expect("4111" not in result.out, f"tail -o {form} is not masked: {result.out}")
        expect_equal("3 records were masked" in result.err, told, f"what tail -o {form} says: {result.err}")
    with open(home + "/state/weir/decoders", encoding="ascii") as file:
        expect_equal(file.read(), "orders = value hex\n", "what is remembered")


@suite.case
def the_pager_and_the_editor_get_a_file_of_the_users_own(cluster):
    folder = paths.scratch("messages/tmp")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    script = paths.scratch("messages/show")
    seen = paths.scratch("messages/seen")
    with open(script, "w", encoding="ascii") as file:
        file.write(f'#!/bin/sh\n{{ stat -c "mode %a" "$1"; cat "$1"; }} >{seen}\necho looking at it\nread -r line\n')
    os.chmod(script, 0o700)
    with messages(cluster, "odd", wait=r"wide", PAGER=script, VISUAL=script, TMPDIR=folder) as t:
        t.keys("g")
        for key in "|v":
            t.keys(key)
            t.wait(r"looking at it")
            expect_equal(len(os.listdir(folder)), 1, "files")
            t.keys("Enter")
            t.wait(r"TIME UTC")
            wait_until(lambda: not os.listdir(folder), "the file to be gone")
            with open(seen, "rb") as file:
                got = file.read()
            expect(got.startswith(b"mode 600\n"), got)
            expect((b"\x1b" in got) == (key == "v"), f"what {key} gets: {got}")


if __name__ == "__main__":
    suite.main(small_cluster)
