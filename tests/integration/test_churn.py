# SPDX-License-Identifier: BSD-2-Clause
"""Topics, partitions and groups that come and go under weir's eyes, and a terminal that is given back however it ends."""
import contextlib
import ctypes
import os
import re
import signal

import weir
from kafka import Cluster
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal

suite = Suite()
ROUNDS, TOPICS = 8, 4
SIZES = ((120, 40), (20, 4), (300, 90), (1, 1), (80, 24))


@contextlib.contextmanager
def fixture():
    with Cluster("churn", nodes=1) as cluster:
        cluster.seed("topic orders 3 1\nproduce orders 0 5\ncommit audit orders 0 2\n")
        yield cluster


def churn(cluster, i):
    names = [f"churn-{i % 3}-{k}" for k in range(TOPICS)]
    cluster.seed("".join(f"topic {n} {k + 1} 1\nproduce {n} 0 3\ncommit audit {n} 0 1 noted-{i}\ncommit own-{n} {n} 0 1\n"
                         for k, n in enumerate(names)) + f"grow {names[0]} 3\n")
    yield
    cluster.seed("".join(f"delete {n}\ndrop own-{n}\n" for n in names))
    yield


@suite.case
def what_comes_and_goes_is_followed(cluster):
    """The sanitizer builds sweep the store's names after every snapshot: what they forget is found here."""
    with Terminal(120, 40) as t, weir.Watch("lag", "-b", cluster.bootstrap, "--watch", "0.3", "-o", "json") as watch:
        t.weir("-b", cluster.bootstrap, "--interval", "1")
        t.wait(r"1 of 1 brokers")
        for i in range(ROUNDS):
            for _ in churn(cluster, i):
                t.resize(*SIZES[i % len(SIZES)])
                t.keys("1234"[i % 4], "r")
                seen = len(watch.rows)
                wait_until(lambda: watch.poll() or watch.process.poll() is not None or len(watch.rows) > seen,
                           "another round of weir lag", 20)
                expect(watch.process.poll() is None, lambda: f"lag ended: {watch.process.stderr.read()}")
                expect(t.weir_pid(), lambda: f"the terminal program ended:\n{t.screen()}")
        t.resize(120, 40)
        t.keys("4", "r")
        t.wait(r"^.. audit ", 60)
        t.wait_gone(r"churn-", 60)
        t.leave()


def threads(pid):
    """(number, name, whether the signal is blocked) of each."""
    for tid in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/task/{tid}/status", encoding="ascii") as status:
            text = status.read()
            mask = int(re.search(r"SigBlk:\s*(\w+)", text)[1], 16)
            yield int(tid), re.search(r"Name:\s*(.*)", text)[1], lambda s, mask=mask: bool(mask >> (s - 1) & 1)


@suite.case
def no_thread_is_deaf_to_a_fault(cluster):
    with Terminal(120, 40) as t:
        t.weir("-b", cluster.bootstrap)
        t.wait(r"1 of 1 brokers")
        found = list(threads(t.weir_pid()))
        expect(sum(name.startswith("rdk:") for _, name, _ in found) > 1, f"threads of librdkafka: {found}")
        for _, name, blocks in found:
            for fault in (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT):
                expect(not blocks(fault), f"thread {name} blocks {fault.name}")
            if not name.startswith("weir") or name.startswith("weir-"):
                expect(blocks(signal.SIGINT), f"thread {name} takes SIGINT")
        t.leave()


@suite.case
def a_fault_in_a_thread_of_librdkafka_gives_the_terminal_back(cluster):
    with Terminal(120, 40) as t:
        before = t.stty()
        t.weir("-b", cluster.bootstrap, ASAN_OPTIONS="handle_segv=0:detect_leaks=0")
        t.wait(r"1 of 1 brokers")
        pid = t.weir_pid()
        tid = next(tid for tid, name, _ in threads(pid) if name == "rdk:main")
        expect_equal(ctypes.CDLL(None).tgkill(pid, tid, signal.SIGSEGV), 0, "tgkill")
        t.wait_shell()
        expect(not t.alternate(), "still on the alternate screen")
        expect(t.cursor_visible(), "no cursor")
        expect_equal(t.stty(), before, "modes of the terminal")
        expect_equal(t.status(), 128 + signal.SIGSEGV, "exit status")


if __name__ == "__main__":
    suite.main(fixture)
