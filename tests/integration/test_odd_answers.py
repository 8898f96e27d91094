# SPDX-License-Identifier: BSD-2-Clause
"""Legal answers that no Kafka of ours gives: no command ends by them, and a terminal has figures again after each."""
import concurrent.futures
import contextlib
import re
import tempfile
import threading
import time

import paths
import weir
from odd_broker import RECORDS, TOPICS, OddBroker, oddities
from tap import Suite, expect, expect_equal, expect_match
from term import Terminal

suite = Suite()
TERMINALS = 3            # at a time, each with a broker of its own

COMMANDS = {
    "Metadata": (["topics"], ["brokers"], ["lag"], ["tail", "orders"]),
    "ApiVersions": (["brokers"],), "DescribeConfigs": (["topics"],), "Fetch": (["tail", "orders"],),
    "ListOffsets": (["lag"], ["tail", "orders"]), "FindCoordinator": (["lag"],), "OffsetFetch": (["lag"],),
    "ListGroups": (["groups"],), "DescribeGroups": (["groups"],), "ConsumerGroupDescribe": (["groups"],),
}


def run(broker, command, timeout_s):
    return weir.run(*command, "-b", broker.bootstrap, "--timeout", str(timeout_s), seconds=120)


def is_well(result):
    """It says what is wrong, or shows what it has."""
    return result.status in range(0, 6) and "Sanitizer" not in result.err and "runtime error" not in result.err


def learn(broker):
    """What is asked of a broker that is as all are."""
    for command in (["topics"], ["groups"], ["brokers"], ["lag"], ["tail", "orders"]):
        result = run(broker, command, 20)
        expect_equal((result.status, result.err if command != ["tail", "orders"] else ""), (0, ""), str(result))
        expect(result.out, str(result))
    return oddities(broker.found, broker.versions)


def one(job):
    oddity, command = job
    with OddBroker() as broker:
        broker.oddity = oddity
        return run(broker, command, 1)


@suite.case
def every_command_outlives_odd_answers(_):
    with OddBroker() as broker:
        found = list(learn(broker))
    expect(len(found) > 50, f"only {len(found)} oddities")
    quiet = [o for o in found if not o.kind.startswith("error")]
    jobs = [(o, command) for o in quiet for command in COMMANDS[o.api]]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = list(zip(jobs, pool.map(one, jobs)))
    bad = [f"{' '.join(c)}, {o}: {r}" for (o, c), r in results if not is_well(r)]
    expect(not bad, lambda: f"{len(bad)} of {len(jobs)}:\n" + "\n".join(bad[:10]))


class Waking(OddBroker):
    """It lists no brokers for a while, as one does that was frozen for longer than its session."""

    def __init__(self, answers, seconds):
        super().__init__()
        self.answers, self.seconds, self.begun = answers, seconds, None      # how many answers are well before

    def Metadata(self, request):
        self.answers -= 1
        if self.answers < 0:
            self.begun = self.begun or time.monotonic()
        asleep = self.begun and time.monotonic() < self.begun + self.seconds
        return {**super().Metadata(request), **({"Brokers": []} if asleep else {})}


@suite.case
def a_plan_waits_for_a_broker_that_lists_none(_):
    for answers in (0, 2):
        for seconds in (1, 1000):
            with Waking(answers, seconds) as broker:
                result = weir.run("reset", "-g", "audit", "-b", broker.bootstrap, "--to-earliest", "--all-topics", "--timeout",
                                  "2" if seconds > 1 else "20", seconds=120)
                if seconds == 1:
                    expect_equal((result.status, "orders" in result.out), (0, True), f"{answers}: {result}")
                else:
                    expect(result.status == 0 or re.search("lists no brokers|could not reach|no answer", result.err),
                           f"{answers}: {result}")


def give(broker, oddity):
    """The oddity until it was given twice, as what follows from the first may be asked too; at most for a moment."""
    broker.given, broker.oddity = 0, oddity
    deadline = time.monotonic() + 0.15
    while broker.given < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    broker.oddity = None


def watch(broker, t, found):
    """A terminal that is given some oddities in turn; figures must come again after each."""
    for i, oddity in enumerate(found):
        t.keys("1234"[i % 4], "r")
        give(broker, oddity)
        # Records that came since tell new figures from old ones.
        broker.end = RECORDS + 1 + i
        figures = rf"audit .* {TOPICS['orders'] * (broker.end - 1)} "
        t.keys("4", "r")
        t.wait_for(lambda s, figures=figures: re.search(r"1 of 1 brokers.*ok", s) and re.search(figures, s),
                   f"figures after {oddity}; the newest answers: {list(broker.sent)}", 10)


class Loading(OddBroker):
    """It does not list groups while it reads the offsets topic, as one that has just become coordinator."""
    refusals = 3

    def ListGroups(self, request):
        self.refusals -= 1
        return {"ErrorCode": 14} if self.refusals >= 0 else super().ListGroups(request)


@suite.case
def a_plan_waits_for_a_coordinator_that_loads(_):
    with Loading() as broker:
        result = weir.run("reset", "-g", "audit", "-b", broker.bootstrap, "--to-earliest", "--all-topics", seconds=120)
        expect_equal((result.status, "orders" in result.out), (0, True), str(result))


class Silent(OddBroker):
    """One connection gets no answer any more, from the question of a kind that has this number on: 1, 2, ..."""

    def __init__(self, api, number):
        super().__init__()
        self.api, self.number, self.over = api, number, threading.Event()

    def hear(self, api):
        self.number -= api == self.api
        if api == self.api and self.number == 0:
            self.over.wait(120)

    def Metadata(self, request):
        self.hear("Metadata")
        return super().Metadata(request)

    def ListGroups(self, request):
        self.hear("ListGroups")
        return super().ListGroups(request)

    def __exit__(self, *args):
        self.over.set()
        super().__exit__(*args)


@suite.case
def a_plan_asks_on_a_new_connection_where_nobody_answers(_):
    def plan(api, number):
        with Silent(api, number) as broker:
            result = weir.run("reset", "-g", "audit", "-b", broker.bootstrap, "--to-earliest", "--all-topics", "--timeout", "30",
                              seconds=120)
            expect_equal((result.status, "orders" in result.out), (0, True), f"{api} {number}: {result}")

    # Which of them is the plan's own, and not its client's, nobody knows.
    silent = [("ListGroups", 1), ("Metadata", 2), ("Metadata", 3), ("Metadata", 4), ("Metadata", 5)]
    with concurrent.futures.ThreadPoolExecutor(len(silent)) as pool:
        list(pool.map(plan, *zip(*silent)))


class Electing(OddBroker):
    """Its topics wait for their leaders."""

    def Metadata(self, request):
        found = super().Metadata(request)
        return {**found, "Topics": [{**topic, "ErrorCode": 5} for topic in found["Topics"]]}


@suite.case
def a_topic_is_waited_for_while_it_has_no_leader(_):
    with Electing() as broker, tempfile.TemporaryFile() as record:
        record.write(b"a\n")
        record.seek(0)
        # Long enough for a busy machine to connect: what is waited for comes after that.
        result = weir.run("produce", "orders", "-b", broker.bootstrap, "--timeout", "10", stdin=record, seconds=120)
        expect(result.status == 1 and "Leader not available" in result.err, str(result))
        expect("runtime error" not in result.err, str(result))


class Unaware(OddBroker):
    """It has not heard of the topic that another broker has just created: for so many answers."""

    def __init__(self, answers):
        super().__init__()
        self.answers = answers

    def Metadata(self, request):
        found = super().Metadata(request)
        asked = request["Topics"] or []
        self.answers -= bool(asked)
        if not asked or self.answers < 0:
            return found
        return {**found, "Topics": [{**topic, "ErrorCode": 3, "Partitions": []} for topic in found["Topics"]]}


@suite.case
def a_new_topic_is_asked_for_again(_):
    tail = "tail", "orders", "--from", "earliest", "-o", "json"
    for answers, status, count in ((0, 0, 9), (3, 0, 9), (100000, 1, 0)):
        with Unaware(answers) as broker:
            result = weir.run(*tail, "-b", broker.bootstrap, seconds=120)
            expect_equal((result.status, len(result.out.splitlines())), (status, count), f"{answers}: {result}")
            if status:
                expect_match("topic orders: does not exist, or you may not describe it", result.err, "the reason")
                expect(broker.answers < 100000 - 3, "asked once only")


class Behind(OddBroker):
    """It tells offsets as they were before a commit, as a coordinator does that has just taken over from the one that
    died: for `late` answers, and until so many commits have come."""

    def __init__(self, late, commits=1):
        super().__init__()
        self.late, self.commits, self.seen = late, commits, 0

    def ListGroups(self, request):
        return {"Groups": [{**group, "GroupState": "Empty"} for group in super().ListGroups(request)["Groups"]]}

    def DescribeGroups(self, request):
        return {"Groups": [{**group, "GroupState": "Empty", "Members": []} for group in super().DescribeGroups(request)["Groups"]]}

    def OffsetCommit(self, request):
        self.seen += 1
        return super().OffsetCommit(request)

    def OffsetFetch(self, request):
        found = super().OffsetFetch(request)
        self.late -= self.seen > 0
        if self.seen >= self.commits and self.late < 0:
            for partition in found["Topics"][0]["Partitions"]:
                partition["CommittedOffset"] = RECORDS
        return found


@suite.case
def a_commit_is_read_back_until_the_new_coordinator_tells_it(_):
    # (answers that are late, commits it needs, status, commits that come)
    for late, needs, status, comes in ((3, 1, 0, 1), (0, 2, 0, 2), (100000, 1, 1, 2)):
        with Behind(late, needs) as broker:
            result = weir.run("reset", "-g", "audit", "-b", broker.bootstrap, "--to-latest", "-t", "orders", "--execute",
                              "--watch-commits", "0", seconds=120, env=weir.environment(XDG_STATE_HOME=paths.scratch("state/behind")))
            expect_equal((result.status, "done and verified" in result.err, broker.seen), (status, status == 0, comes), str(result))


@suite.case
def figures_come_again_after_every_odd_answer(_):
    with OddBroker() as broker:
        found = list(learn(broker))
    with contextlib.ExitStack() as stack:
        pairs = [(stack.enter_context(OddBroker()), stack.enter_context(Terminal(120, 40))) for _ in range(TERMINALS)]
        before = [t.stty() for _, t in pairs]
        for broker, t in pairs:
            t.weir("-b", broker.bootstrap, "--interval", "1")
        for _, t in pairs:
            t.wait(r"1 of 1 brokers")
        with concurrent.futures.ThreadPoolExecutor(TERMINALS) as pool:
            parts = [found[i::TERMINALS] for i in range(TERMINALS)]
            list(pool.map(watch, [b for b, _ in pairs], [t for _, t in pairs], parts))
        for (_, t), modes in zip(pairs, before):
            t.leave()
            expect_equal(t.stty(), modes, "modes of the terminal")


if __name__ == "__main__":
    suite.main()
