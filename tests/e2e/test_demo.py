# SPDX-License-Identifier: BSD-2-Clause
"""`make demo` in a real terminal: it shows live data, and whatever ends it first, all of it ends."""
import os
import re
import shutil
import signal
import subprocess

import paths
import weir
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal

suite = Suite()
DIR = paths.scratch("demo")
LIVE = r"in [1-9][0-9.,]* .*rec/s"      # the overview's produce rate


def make(*goals):
    return ["make", "--no-print-directory", "-C", paths.ROOT, "MODE=" + paths.MODE, *goals]


def processes():
    """(pid, command) of all that belongs to the demo in DIR, found by its folder or its addresses."""
    marks = [DIR]
    try:
        with open(os.path.join(DIR, "bootstrap"), encoding="ascii") as file:
            marks.append(file.read().strip())
    except FileNotFoundError:
        pass
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                command = file.read().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if int(pid) != os.getpid() and any(mark in command for mark in marks):
            found.append((int(pid), command))
    return found


def find(pattern):
    """The oldest process of the demo whose command matches."""
    return min((pid for pid, command in processes() if re.search(pattern, command)), default=None)


def nodes():
    return [pid for pid, command in processes() if re.match(r"java .*kafka\.Kafka ", command)]


def expect_all_gone():
    wait_until(lambda: not processes(), lambda: f"all to end: {processes()}", 20)


def demo_terminal():
    return Terminal(120, 40, WEIR_DEMO_DIR=DIR)


def start(t):
    """make demo, until weir is on the screen and all that it shows was started."""
    t.run(*make("demo"))
    t.wait(r"1 overview", 120)
    wait_until(lambda: len(nodes()) == 3 and find(r"support/traffic -b"), "nodes and traffic", 60)


def ancestor(pid, name):
    """The nearest process above pid with this name."""
    while pid > 1:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            pid = int(file.read().rpartition(")")[2].split()[1])
        with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
            if file.read().strip() == name:
                return pid
    return None


@suite.case
def leaving_weir_ends_the_demo(_):
    shutil.rmtree(DIR, ignore_errors=True)
    with demo_terminal() as t:
        start(t)
        t.wait(LIVE, 120)
        t.keys("4")
        for group in ("checkout", "recommender", "invoices", "notebook-anna", "returns-report"):
            t.wait(rf"^\W*{group} ", 60)
        t.keys("q")
        t.wait_shell(30)
        expect_equal(t.status(), 0, "exit status of make demo")
        expect_all_gone()


@suite.case
def killing_weir_ends_the_demo(_):
    with demo_terminal() as t:
        start(t)
        os.kill(find(r"^\S*build/weir -b"), signal.SIGKILL)
        t.wait_shell(30)
        expect(not t.alternate() and t.cursor_visible(), "the terminal was not given back")
        expect_all_gone()


@suite.case
def killing_make_ends_the_demo(_):
    with demo_terminal() as t:
        start(t)
        weir = find(r"^\S*build/weir -b")
        os.kill(ancestor(weir, "make"), signal.SIGKILL)
        expect_all_gone()
        wait_until(lambda: not t.alternate() and t.cursor_visible(), "the terminal to be given back")


@suite.case
def killing_the_guard_of_weir_ends_the_demo(_):
    with demo_terminal() as t:
        start(t)
        os.kill(find(r"support/guard -t"), signal.SIGKILL)
        t.wait_shell(30)
        expect_all_gone()
        expect(not t.alternate(), "the terminal was not given back")


@suite.case
def closing_the_terminal_ends_the_demo(_):
    with demo_terminal() as t:
        start(t)
        t.tmux("kill-window", check=False)
        expect_all_gone()


@suite.case
def interrupting_the_start_leaves_nothing(_):
    shutil.rmtree(DIR, ignore_errors=True)
    with demo_terminal() as t:
        t.run(*make("demo"))
        wait_until(lambda: os.path.exists(os.path.join(DIR, "node1")), "the cluster to be formatted", 60)
        t.keys("C-c")
        t.wait_shell(30)
        expect_all_gone()


@suite.case
def demo_up_stays_until_demo_down(_):
    # Nothing listens there: what is on this machine is not asked for through a proxy.
    proxy = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    env = {**os.environ, **proxy, "WEIR_DEMO_DIR": DIR}
    up = subprocess.run(make("demo-up"), env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=180,
                        text=True, check=True)
    try:
        opens = up.stdout.splitlines()[-1]
        expect(re.fullmatch(r"/.*/build/weir -b (127\.0\.0\.1:\d+,){2}127\.0\.0\.1:\d+", opens), f"no line: {up.stdout!r}")
        before = nodes()
        expect_equal(len(before), 3, "nodes that demo-up left")
        seen = subprocess.run(["sh", "-c", opens + " brokers"], cwd="/", env={**weir.environment(), **proxy},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=180, text=True)
        expect_equal(seen.returncode, 0, seen.stdout)
        with demo_terminal() as t:
            t.run(*make("demo"))
            t.wait(r"1 overview", 60)
            t.wait(r"3 of 3", 60)
            t.keys("q")
            t.wait_shell(30)
        expect_equal(nodes(), before, "nodes after a make demo that used them")
    finally:
        subprocess.run(make("demo-down"), env=env, stdin=subprocess.DEVNULL, timeout=60, check=True)
    expect_all_gone()


if __name__ == "__main__":
    suite.main()
