# SPDX-License-Identifier: BSD-2-Clause
"""Writing records from the terminal: the form, the editor, the question, what became of it."""
import contextlib
import os
import re

import paths
import weir
from kafka import shared_cluster
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal

suite = Suite()

SEED = "topic orders 3 1\ntopic small 1 1 max.message.bytes=200\n" \
    "topic dlq 1 1\ntopic first 1 1\ntopic second 1 1\ntopic tight 1 1 max.message.bytes=200\n" + "".join(
        f"record dlq 0 0 k{i} v{i} from={'second' if i % 3 == 2 else 'first'} h=~\n" for i in range(6)) \
    + "record dlq 0 0 big " + "x" * 300 + " from=tight\n"


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("produce-form", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


@contextlib.contextmanager
def form(cluster, topic, *args, cols=100, rows=30, **env):
    """The produce view, opened from the list of topics."""
    with Terminal(cols, rows) as t:
        t.weir("-b", cluster.bootstrap, "--view", "topics", *args, **env)
        t.wait(r"1 of 1")
        t.keys("/")
        t.text(topic)
        t.keys("Enter")
        t.wait(rf"^>\s+{topic}\b")
        t.keys("P")
        yield t


def field(t, name, text):
    """Goes to the field and types its value."""
    def at_the_first():
        lines = t.lines()
        titles = [i for i, line in enumerate(lines[:-1]) if re.match(r" +FIELD +VALUE", line)]
        return titles and lines[titles[0] + 1].startswith(">")
    t.keys("g")
    wait_until(at_the_first, lambda: f"the first field:\n{t.screen()}")
    for _ in range(15):
        if any(line.startswith(">") and name in line.split("  ")[1] for line in t.lines()):
            break
        before = t.screen()
        t.keys("j")
        wait_until(lambda: t.screen() != before, f"the next field after\n{before}", 5)
    else:
        expect(False, f"no field {name}:\n{t.screen()}")
    t.keys("Enter")
    t.wait({"add a header": r"^ ?header NAME=VALUE:", "partition": r"^ ?partition \(empty"}.get(name, rf"^ ?{name}[^:]*:"))
    t.keys("C-u")
    t.text(text)
    t.keys("Enter")


def send(t, marker):
    t.keys("P")
    t.wait(r"Enter or y: send")
    t.keys("y")
    t.wait(marker)


def records(cluster, topic):
    result = weir.run("tail", "-b", cluster.bootstrap, topic, "--from", "earliest", "-o", "json")
    expect_equal(result.status, 0, str(result))
    return result.rows()


@suite.case
def a_record_is_filled_in_asked_about_and_sent(cluster):
    with form(cluster, "orders") as t:
        t.wait(r"^> +topic +orders")
        field(t, "key", "u-1")
        field(t, "value", '{"id":1}')
        field(t, "partition", "2")
        field(t, "add a header", "source=form")
        t.wait(r"header source +form")
        t.keys("P")
        t.wait(r"produce to orders on")
        t.wait(r"Enter or y: send 1 record")
        t.keys("Escape")
        t.wait(r"sent 0")
        expect_equal(records(cluster, "orders"), [], "records after a no")
        send(t, r"delivered to orders, partition 2, offset 0")
        t.wait(r"1 +orders +2 +0 +delivered")
        t.leave()
    found = records(cluster, "orders")
    expect_equal([(r["partition"], r["key"], r["value"], r["headers"]) for r in found],
                 [(2, "u-1", '{"id":1}', [{"key": "source", "value": "form"}])], "records")


@suite.case
def the_editor_gets_json_and_what_it_leaves_is_sent(cluster):
    script = paths.scratch("produce/editor")
    with open(script, "w", encoding="ascii") as file:
        file.write("#!/bin/sh\ncp \"$1\" " + paths.scratch("produce/before") + "\n"
                   "echo '{\"topic\":\"orders\",\"partition\":1,\"key_base64\":\"AP8=\",\"value\":null,"
                   "\"headers\":[{\"key\":\"h\",\"value_base64\":\"/w==\"}]}' >\"$1\"\n")
    os.chmod(script, 0o700)
    with form(cluster, "orders", EDITOR=script, VISUAL=script) as t:
        t.wait(r"^> +topic +orders")
        t.keys("e")
        t.wait(r"tombstone +yes")
        t.wait(r"partition +1")
        send(t, r"delivered to orders, partition 1, offset 0")
        with open(script, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\necho '{\"value\":\"x\",\"colour\":1}' >\"$1\"\n")
        t.keys("e")
        t.wait(r"column 14: a record has no colour")
        t.wait(r"tombstone +yes")
        t.leave()
    with open(paths.scratch("produce/before"), encoding="utf-8") as file:
        expect('"topic":"orders"' in file.read(), "what the editor got")
    last = [r for r in records(cluster, "orders") if r["partition"] == 1]
    expect_equal([(r["key_base64"], r["value"], r["headers"]) for r in last],
                 [("AP8=", None, [{"key": "h", "value_base64": "/w=="}])], "records")


@suite.case
def what_the_cluster_refuses_is_said_and_can_be_sent_again(cluster):
    with form(cluster, "small") as t:
        t.wait(r"^> +topic +small")
        field(t, "value", "x" * 300)
        send(t, r"max\.message\.bytes")
        t.wait(r"sent 1")
        field(t, "value", "short")
        send(t, r"delivered to small, partition 0, offset 0")
        t.wait(r"sent 2")
        field(t, "topic", "nowhere")
        t.wait(r"no such topic")
        send(t, r"nowhere: does not exist")
        t.leave()
    expect_equal([r["value"] for r in records(cluster, "small")], ["short"], "records")
    expect("nowhere" not in weir.run("topics", "-b", cluster.bootstrap, "-o", "csv").out, "the topic was created")


@suite.case
def read_only_refuses_it(cluster):
    before = len(records(cluster, "orders"))
    with form(cluster, "orders", "--read-only") as t:
        t.wait(r"produce: .*read-only")
        t.keys(":")
        t.text("produce orders")
        t.keys("Enter")
        t.wait(r"read-only")
        expect("targets" not in t.screen(), t.screen())
        t.leave()
    expect_equal(len(records(cluster, "orders")), before, "records")


@suite.case
def the_palette_names_the_topic_and_a_small_terminal_suffices(cluster):
    with Terminal(40, 12) as t:
        t.weir("-b", cluster.bootstrap)
        t.wait(r"1 overview")
        t.keys(":")
        t.text("produce orders")
        t.keys("Enter")
        t.wait(r"^> +topic +orders")
        field(t, "key", "tiny")
        send(t, r"delivered to orders")
        t.leave()
    expect("tiny" in [r.get("key") for r in records(cluster, "orders")], "the record")


@suite.case
def marked_records_go_where_a_header_says_and_the_rest_again(cluster):
    with form(cluster, "dlq") as t:
        t.wait(r"^> +topic +dlq")
        t.keys("Escape")
        t.wait(r"^>\s+dlq\b")
        t.keys("t")
        t.wait(r"k5 +v5")
        t.wait(r"big +xxx")
        t.keys("g")
        t.wait(r"^>.*k0")
        for n in range(1, 8):
            t.keys("Space")
            t.wait(rf"\b{n} marked")
        t.keys("P")
        t.wait(r"topic +not set")
        t.keys("P")
        t.wait(r"no target topic")
        t.keys("j", "Enter")
        t.wait(r"take the topic from")
        t.keys("j", "Enter")
        t.wait(r"first +4 ")
        t.wait(r"second +2 ")
        send(t, r"6 delivered, 1 failed on .*: P sends the rest")
        t.wait(r"1 record to send, 6 delivered")
        t.wait(r"targets 3 +sent 7")
        t.wait(r"7 +tight +.*max\.message|7 +tight.*larger")
        cluster.tool("configs", "--alter", "--topic", "tight", "--add-config", "max.message.bytes=2000")
        send(t, r"delivered to tight, partition 0, offset 0")
        t.wait(r"0 records to send, 7 delivered")
        t.wait(r"targets 3 +sent 7")
        t.keys("P")
        t.wait(r"all records are delivered")
        t.leave()
    source = {r["key"]: (r["value"], r["headers"]) for r in records(cluster, "dlq")}
    for topic, keys in (("first", ["k0", "k1", "k3", "k4"]), ("second", ["k2", "k5"]), ("tight", ["big"])):
        found = records(cluster, topic)
        expect_equal([r["key"] for r in found], keys, topic)
        expect_equal([(r["value"], r["headers"]) for r in found], [source[k] for k in keys], topic)


@suite.case
def a_file_is_sent_slowly_stopped_and_gone_on_with(cluster):
    cluster.seed("topic slow 2 1\n")
    path = paths.scratch("produce/file.jsonl")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(f'{{"key":"{i}","value":"{i}"}}' for i in range(40)))
    with Terminal(100, 30) as t:
        t.weir("-b", cluster.bootstrap)
        t.wait(r"1 overview")
        t.keys(":")
        t.text(f"produce-file {path}")
        t.keys("Enter")
        t.wait(r"40 records to send")
        field(t, "topic", "slow")
        t.keys("G", "Enter")
        t.wait(r"^ ?records per second")
        t.text("10")
        t.keys("Enter")
        t.wait(r"10 records/s")
        send(t, r"sending: \d+ of 40")
        wait_until(lambda: len(records(cluster, "slow")) > 3, "some records", 20)
        t.keys("C-c")
        t.wait(r"\d+ delivered, \d+ not sent on .*: P sends the rest")
        some = len(records(cluster, "slow"))
        expect(0 < some < 40, f"{some} records")
        t.wait(rf"{40 - some} records to send, {some} delivered")
        t.keys("G", "Enter")
        t.wait(r"^ ?records per second")
        t.keys("C-u", "Enter")
        send(t, r"0 records to send, 40 delivered")
        t.keys(":")
        t.text("produce-file /etc/hostname")
        t.keys("Enter")
        t.wait(r"not a file of JSON lines")
        t.leave()
    expect_equal(sorted(int(r["value"]) for r in records(cluster, "slow")), list(range(40)), "records")


@suite.case
def the_value_opens_in_the_editor_and_a_protected_context_wants_the_name(cluster):
    cluster.seed("topic guarded 1 1\n")
    script = paths.scratch("produce/value-editor")
    with open(script, "w", encoding="ascii") as file:
        file.write("#!/bin/sh\nprintf '{\\n  \"a\": 1\\n}\\n' >\"$1\"\n")
    os.chmod(script, 0o700)
    home = paths.scratch("home/produce-form")
    os.makedirs(os.path.join(home, "weir"), exist_ok=True)
    with open(os.path.join(home, "weir", "config"), "w", encoding="ascii") as file:
        file.write(f"[context prod]\nbootstrap.servers = {cluster.bootstrap}\nprotected = yes\n")
    with Terminal(100, 30) as t:
        t.weir("-c", "prod", XDG_CONFIG_HOME=home, EDITOR=script, VISUAL=script)
        t.wait(r"1 overview")
        t.keys(":")
        t.text("produce guarded")
        t.keys("Enter")
        t.wait(r"^> +topic +guarded")
        t.keys("j", "j", "j")
        t.wait(r"^> +value")
        t.keys("v")
        t.wait(r"several lines")
        t.keys("P")
        t.wait(r"produce to guarded on prod")
        t.wait(r"Enter: send 1 record")
        t.text("guarded")
        t.wait(r'Type "guarded" to confirm: guarded')
        t.keys("Enter")
        t.wait(r"delivered to guarded, partition 0, offset 0")
        t.leave()
    expect_equal([r["value"] for r in records(cluster, "guarded")], ['{\n  "a": 1\n}'], "records")


@suite.case
def what_a_filter_left_goes_to_another_topic(cluster):
    cluster.seed("topic elsewhere 1 1\n")
    with form(cluster, "dlq") as t:
        t.wait(r"^> +topic +dlq")
        t.keys("Escape")
        t.wait(r"^>\s+dlq\b")
        t.keys("t")
        t.wait(r"k5 +v5")
        t.keys("/")
        t.wait(r"filter")
        t.text('header.from == "second"')
        t.keys("Enter")
        wait_until(lambda: "k0" not in t.screen() and "k2" in t.screen(), t.screen)
        t.keys("P")
        t.wait(r"all that match")
        t.keys("j", "Enter")
        t.wait(r"2 records to send")
        field(t, "topic", "elsewhere")
        send(t, r"2 delivered")
        t.leave()
    expect_equal([r["key"] for r in records(cluster, "elsewhere")], ["k2", "k5"], "records")


if __name__ == "__main__":
    suite.main(small_cluster)
