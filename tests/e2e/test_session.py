# SPDX-License-Identifier: BSD-2-Clause
"""A session in a real terminal, on a quiet cluster: look around, find, sort, export, leave."""
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import time

import paths
from kafka import Member, shared_cluster
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal

suite = Suite()

# A group id that would take over the terminal, were it printed as it is.
HOSTILE = r"evil\x1b]0;owned\x07\x1b[2J\xc2\x9b31m\xe2\x80\xae\xe4\xb8\xad\xcc\x81"

SEED = "".join(f"topic {name} 3 3\nproduce {name} 0 50\n" for name in ("orders", "payments", "clicks")) + f"""
produce orders 1 3000
commit slow orders 0 10
commit slow orders 1 20
commit middle payments 0 20
commit quick clicks 0 49
commit {HOSTILE} orders 0 7
topic a-topic-whose-name-is-so-long-that-it-needs-to-be-scrolled-sideways-to-be-read-to-its-very-end 1 1
topic dotted.name.v1 6 1
""" + "".join(f"topic filler-{i:02} 1 1\n" for i in range(30))


@contextlib.contextmanager
def quiet_cluster():
    with shared_cluster("session") as cluster:
        cluster.seed(SEED)
        member = Member(cluster, "middle", "payments", "-X", "client.id=worker-1")
        try:
            member.wait_assigned()
            yield cluster
        finally:
            member.end()


@contextlib.contextmanager
def session(cluster, *args, cols=120, rows=40, env=None):
    """weir on a terminal, its first rows on the screen; left by q when the test did not."""
    with Terminal(cols, rows) as t:
        t.weir("-b", cluster.bootstrap, "--interval", "1", *args, **(env or {}))
        t.wait(r"3 of 3|1 overview")
        yield t
        if t.weir_pid():
            t.leave()


def recording(name):
    """Where the bytes of a terminal go. Two builds may be tested side by side."""
    return paths.scratch(f"term/{name}-{paths.MODE}.bytes")


def show(t, key, marker):
    t.keys(key)
    t.wait(marker)


def open_groups(t):
    show(t, "4", r"^\W*GROUP\W+")
    t.wait(r"\bslow\b.*\d")


def first_words(t, among):
    """Names of `among` in the order in which rows begin with them."""
    found = []
    for line in t.lines():
        words = re.findall(r"[\w.-]+", line)
        if words and words[0] in among:
            found.append(words[0])
    return found


@suite.case
def shows_the_cluster_and_gives_the_terminal_back(cluster):
    with Terminal(120, 40) as t:
        before = t.stty()
        t.weir("-b", cluster.bootstrap)
        t.wait(r"3 of 3")
        expect(t.alternate(), "not on the alternate screen")
        expect(t.mouse(), "the mouse is not asked for")
        t.keys("q")
        t.wait_shell()
        expect_equal(t.status(), 0, "exit status")
        expect_equal(t.stty(), before, "terminal modes")
        expect(not t.alternate() and t.cursor_visible() and not t.mouse(), "the terminal is not as it was")


@suite.case
def drills_down_and_comes_back(cluster):
    with session(cluster) as t:
        open_groups(t)
        t.keys("/")
        t.text("middle")
        t.keys("Enter")
        t.wait_gone(r"\bslow\b")
        t.keys("Enter")
        t.wait(r"groups.*>.*middle")
        t.wait(r"payments +0 .*20 .*50 .*30")
        t.wait(r"worker-1")
        t.keys("Escape")
        t.wait(r"^\W*GROUP\W+")
        show(t, "3", r"^\W*TOPIC\W+")
        t.keys("G", "g")
        t.wait(r"orders")
        t.text(":topic orders")
        t.keys("Enter")
        t.wait(r"topics.*>.*orders")
        t.wait(r"3,000")
        t.keys("Tab")
        t.wait(r"cleanup\.policy")
        t.keys("Tab")
        t.wait(r"\bslow\b")
        show(t, "2", r"127\.0\.0\.1")
        t.keys("Enter")
        t.wait(r"brokers.*>")


@suite.case
def filters_rows_by_text_and_expression(cluster):
    with session(cluster) as t:
        show(t, "3", r"^\W*TOPIC\W+")
        t.wait("orders")
        t.keys("/")
        t.text("filler-0[1-3]$")
        t.wait_gone("orders")
        t.keys("Enter")
        t.wait("filler-03")
        t.wait(r"3 of 3\d")
        t.wait_gone("filler-04")
        t.keys("Escape")
        t.wait("filler-04")
        t.keys("/")
        t.text("!filler")
        t.keys("Enter")
        t.wait_gone("filler-0")
        t.wait("orders")
        t.keys("/")
        t.text("(")
        t.keys("Enter")
        t.wait(r"(?i)missing|parenthes|expression")


@suite.case
def sorts_and_reverses(cluster):
    names = {"slow", "middle", "quick"}
    with session(cluster) as t:
        open_groups(t)
        t.text(":sort -lag")
        t.keys("Enter")
        t.wait_for(lambda _: first_words(t, names) == ["slow", "middle", "quick"], "largest lag first")
        t.keys("S")
        t.wait_for(lambda _: first_words(t, names) == ["quick", "middle", "slow"], "smallest lag first")
        t.text(":sort group")
        t.keys("Enter")
        t.wait_for(lambda _: first_words(t, names) == ["middle", "quick", "slow"], "by name")
        t.keys("s")
        t.wait(r"\d rows?\b")
        t.wait_for(lambda _: sorted(first_words(t, names)) == sorted(names), "the same rows after the next sort")


@suite.case
def is_complete_at_every_size(cluster):
    with session(cluster, cols=80, rows=24) as t:
        for key, marker in (("1", "overview"), ("2", r"127\.0\.0\.1"), ("3", "orders"), ("4", "slow")):
            show(t, key, marker)
            for cols, rows in ((200, 50), (40, 10), (80, 24), (250, 60), (20, 5), (120, 40)):
                t.resize(cols, rows)
                # The cluster in the header and the last line prove that the whole screen was drawn anew.
                t.wait_for(lambda s: "127.0.0.1:" in s.split("\n")[0] or cols < 40, f"a header at {cols}x{rows}")
                expect(max(map(len, t.lines())) <= cols, "a line is too long")
            t.wait(marker)
            expect(t.weir_pid(), "weir ended")


@suite.case
def fits_80_by_24(cluster):
    with session(cluster, cols=80, rows=24) as t:
        open_groups(t)
        t.wait(r"^.*\bslow\b.*\b3,020\b")
        show(t, "3", r"\bclicks +3 +(\d+ +)?ok +50 +0\b")


@suite.case
def a_long_name_scrolls_sideways(cluster):
    with session(cluster, cols=80, rows=24) as t:
        show(t, "3", r"a-topic-whose")
        expect("very-end" not in t.screen(), "the name fits already")

        def further():
            if re.search("very-end", t.screen()):
                return True
            t.keys("l")
            return False

        wait_until(further, lambda: t.screen(), 15, 0.1)
        t.keys("h")


@suite.case
def changes_theme(cluster):
    with session(cluster) as t:
        open_groups(t)
        seen = {t.styled()}
        for _ in range(3):
            t.keys("T")
            wait_until(lambda: t.styled() not in seen, "another look")
            seen.add(t.styled())
        t.text(":theme mono")
        t.keys("Enter")
        wait_until(lambda: not re.search(r"\x1b\[[0-9;]*\b(3[0-8]|9[0-7])\b", t.styled()), "no colour left")


@suite.case
def the_palette_completes_and_remembers(cluster):
    with session(cluster) as t:
        open_groups(t)
        t.text(":brok")
        t.keys("Tab")
        t.wait(r"brokers")
        t.keys("Enter")
        t.wait(r"127\.0\.0\.1")
        t.text(":nonsense")
        t.keys("Enter")
        t.wait("nonsense")
        t.keys("Escape")
        t.keys(":", "Up")
        t.wait(r":\s*nonsense")
        t.keys("Escape")


@suite.case
def help_lists_the_keys_and_searches(cluster):
    with session(cluster) as t:
        open_groups(t)
        t.keys("?")
        t.wait(r"keys in groups")
        t.keys("/")
        t.text("reverse")
        t.keys("Enter")
        t.wait(r"(?i)reverse the order")
        t.keys("Escape", "Escape")
        t.wait(r"^\W*GROUP\W+")


@suite.case
def exports_what_the_table_shows(cluster):
    with session(cluster) as t:
        open_groups(t)
        t.wait(r"slow .*3,020")
        for ending in ("csv", "json", "jsonl"):
            path = paths.scratch(f"export/groups-{paths.MODE}.{ending}")
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
            t.text(f":export {path}")
            t.keys("Enter")
            wait_until(lambda: os.path.exists(path) and os.path.getsize(path), "the file")
            with open(path, encoding="utf-8") as file:
                text = file.read()
            expect(all(name in text for name in ("slow", "middle", "quick", "3020")), text)
            if ending != "csv":
                expect(json.loads(text.splitlines()[0] if text[0] == "{" else text), "JSON")


@suite.case
def suspends_and_resumes(cluster):
    with session(cluster) as t:
        open_groups(t)
        t.keys("C-z")
        t.wait_shell()
        expect(not t.alternate() and t.cursor_visible(), "suspended without giving the terminal back")
        path = recording("resumed")
        t.record(path)
        # Continued in the background it stops again, and only fg gives it the terminal.
        t.text("bg; wait; echo in-between; fg")
        t.keys("Enter")
        t.wait(r"^\W*GROUP\W+")
        expect(t.alternate(), "resumed without the alternate screen")
        expect("in-between" not in t.screen(), "the shell's text shows through")
        show(t, "3", "dotted.name")

        def printed():
            with open(path, "rb") as file:
                return file.read()

        wait_until(lambda: b"dotted.name" in printed(), "the topics in the recording")
        t.stop_recording()
        expect(b"\x1b[?1049l" not in printed(), "the shell's screen was shown again for a moment")


@suite.case
def signals_restore_the_terminal(cluster):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        with Terminal(100, 30) as t:
            before = t.stty()
            t.weir("-b", cluster.bootstrap)
            t.wait(r"3 of 3")
            pid = t.signal(number)
            wait_until(lambda: t.weir_pid() != pid, f"the end after signal {number}")
            t.wait_shell()
            expect_equal(t.stty(), before, f"terminal modes after signal {number}")
            expect(not t.alternate() and t.cursor_visible() and not t.mouse(), f"signal {number}: {t.screen()}")


@suite.case
def control_c_twice_leaves(cluster):
    with session(cluster) as t:
        t.keys("C-c")
        t.wait(r"(?i)ctrl-c")
        expect(t.weir_pid(), "left at the first")
        t.keys("C-c")
        t.wait_shell()
        expect(not t.alternate(), "still on the alternate screen")


@suite.case
def the_terminal_that_goes_away_ends_it(cluster):
    with Terminal(100, 30) as t:
        t.weir("-b", cluster.bootstrap)
        t.wait(r"3 of 3")
        pid = t.weir_pid()
        t.tmux("kill-server", check=False)
        wait_until(lambda: not os.path.exists(f"/proc/{pid}"), "the end of weir")


@suite.case
def ascii_prints_nothing_else(cluster):
    for args, env in ((["--ascii"], {}), ([], {"LC_ALL": "C"})):
        with session(cluster, *args, env=env) as t:
            path = recording("ascii")
            t.record(path)
            for key, marker in (("4", "slow"), ("3", "orders"), ("2", "127"), ("1", "overview")):
                show(t, key, marker)
            t.stop_recording()
            t.leave()
        with open(path, "rb") as file:
            data = file.read()
        expect(len(data) > 1000, "nothing was recorded")
        beyond = sorted({byte for byte in data if byte > 126})
        expect(not beyond, f"{args} {env}: bytes beyond ASCII: {beyond}")


@suite.case
def poor_terminals_work_without_colour(cluster):
    for env in ({"NO_COLOR": "1"}, {"TERM": "vt100"}, {"TERM": "xterm-mono"}):
        with session(cluster, env=env) as t:
            open_groups(t)
            expect(not re.search(r"\x1b\[[0-9;]*\b([34][0-8]|9[0-7]|10[0-7])\b", t.styled()), f"{env}: colours")
            # There is no alternate screen: what weir says on the last line must not stay behind the prompt.
            show(t, "W", "no reset is armed")
            t.leave()


@suite.case
def rich_terminals_work(cluster):
    # On the console ncurses loads a mouse library that loses 10 bytes of its own.
    for term, *options in (("xterm-direct",), ("xterm-256color",), ("screen",), ("linux", "--no-mouse"),
                           ("xterm-newest",), ("foot-of-2030",)):   # not known to any host: used as xterm-256color
        with session(cluster, *options, env={"TERM": term}) as t:
            open_groups(t)
            expect("\x1b[" in t.styled(), f"{term}: no attributes")
            t.leave()


@suite.case
def an_unknown_terminal_is_one_line(_):
    # The second journal is one that can be opened and never read: who reads it stays behind.
    nothing, pipe = paths.scratch(f"state-{paths.MODE}/nothing"), paths.scratch(f"state-{paths.MODE}/pipe")
    shutil.rmtree(pipe, ignore_errors=True)
    os.makedirs(os.path.join(pipe, "weir"), 0o700)
    os.mkfifo(os.path.join(pipe, "weir", "journal"), 0o600)
    for state in nothing, pipe:
        with Terminal(100, 30) as t:
            t.weir("-b", "127.0.0.1:1", TERM="no-such-terminal", XDG_STATE_HOME=state)
            t.wait("no terminfo description of the terminal type no-such-terminal")
            t.wait_shell()
            expect(t.status() != 0, "exit status 0")


@suite.case
def no_broker_is_said_at_once(_):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Terminal(100, 30) as t:
        begun = time.monotonic()
        t.weir("-b", f"127.0.0.1:{port}")
        t.wait(r"(?i)refused")
        expect(time.monotonic() - begun < 30, "slow to say it")
        for key in "1234":
            t.keys(key)
            t.wait(r"(?i)refused|connecting")
        expect("3 of 3" not in t.screen(), "figures from nowhere")
        t.keys("1", "q")
        t.wait_shell()


@suite.case
def read_only_is_shown(cluster):
    with session(cluster, "--read-only") as t:
        t.wait("read-only")


@suite.case
def hostile_names_stay_text(cluster):
    with session(cluster) as t:
        path = recording("hostile")
        t.record(path)
        show(t, "4", "evil")
        t.keys("/")
        t.text("evil")
        t.keys("Enter")
        t.wait_gone(r"\bslow\b")
        t.keys("Enter")
        t.wait("> *evil")
        t.keys("Escape")
        t.text(":group evil")
        t.keys("Tab")
        t.wait(":.*evil")
        t.keys("Escape")
        t.stop_recording()
        title = t.tmux("display-message", "-p", "#{pane_title}")
        expect("owned" not in title, f"the title became {title}")
        t.leave()
    with open(path, "rb") as file:
        data = file.read()
    expect(b"evil" in data, "the name was not recorded")
    for raw in (b"\x1b]0;owned", b"\x07", b"\xc2\x9b", b"\xe2\x80\xae"):
        expect(raw not in data, f"raw {raw!r} on the terminal")


@suite.case
def configurations_are_compared(cluster):
    alter = ("configs", "--alter")
    cluster.tool(*alter, "--broker", "2", "--add-config", "background.threads=3")
    cluster.tool(*alter, "--topic", "orders", "--add-config", "retention.ms=172800000,cleanup.policy=compact")
    try:
        with session(cluster) as t:
            show(t, "2", r"^\W*ID\W+")
            t.wait(r"(?m)^\W*3 .* up")
            show(t, "=", r"background\.threads +drift ~ +2 +3 ~ +2")
            t.wait(r"(?m)^\W*node\.id +own +1 +2 +3")
            expect("num.io.threads" not in t.screen(), "only differences at first")
            t.keys("=", "/")
            t.text("num.io")
            t.keys("Enter")
            t.wait(r"num\.io\.threads +same")
            show(t, "3", r"^\W*TOPIC\W+")
            t.keys(":")
            t.text("compare orders payments")
            t.keys("Enter")
            t.wait(r"retention\.ms +differs +172800000 \(2d\) +604800000 \(7d\)")
            t.wait(r"cleanup\.policy +differs +compact +delete")
            # What is open follows the cluster.
            cluster.tool(*alter, "--topic", "orders", "--delete-config", "retention.ms,cleanup.policy")
            t.keys("r")
            t.wait(r"no difference in \d+ configurations", 60)
    finally:
        cluster.tool(*alter, "--broker", "2", "--delete-config", "background.threads")


@suite.case
def commands_are_safe_on_a_terminal(cluster):
    with Terminal(200, 50) as t:
        path = recording("commands")
        t.record(path)
        for form in ("table", "json", "csv"):
            t.run(paths.WEIR, "groups", "-b", cluster.bootstrap, "-o", form)
            t.wait("evil")
            t.run("clear")
            t.wait_gone("evil")
        t.stop_recording()
    with open(path, "rb") as file:
        data = file.read()
    expect(data.count(b"evil") == 3, f"{data.count(b'evil')} names were recorded")
    for raw in (b"\x1b]0;owned", b"\xc2\x9b", b"\xe2\x80\xae"):
        expect(raw not in data, f"raw {raw!r} on the terminal")


@suite.case
def the_mouse_selects_opens_and_sorts(cluster):
    def click(t, pattern):
        """Press the first button on what matches, as a terminal reports it."""
        for row, line in enumerate(t.lines()):
            if found := re.search(pattern, line):
                col = found.start()
                t.text(f"\x1b[M {chr(33 + col)}{chr(33 + row)}\x1b[M#{chr(33 + col)}{chr(33 + row)}")
                return
        raise AssertionError(f"{pattern} is not on the screen")

    names = {"slow", "middle", "quick"}
    with session(cluster, cols=90) as t:
        open_groups(t)
        click(t, r"\bslow\b")
        t.wait(r"^.?> *slow")
        click(t, r"\bLAG\b")
        t.wait_for(lambda _: first_words(t, names) == ["slow", "middle", "quick"], "sorted by a click")
        click(t, "3 topics")
        t.wait(r"^\W*TOPIC\W+")


@suite.case
def an_idle_screen_writes_nothing(cluster):
    with session(cluster) as t:
        open_groups(t)
        path = recording("idle")
        t.record(path)
        quiet = {"size": -1, "since": time.monotonic()}

        def still():
            size = os.path.getsize(path) if os.path.exists(path) else 0
            if size != quiet["size"]:
                quiet.update(size=size, since=time.monotonic())
            return time.monotonic() - quiet["since"] > 6

        # Weir's own cost, a mean over a minute, settles first; six rounds then change nothing.
        wait_until(still, lambda: f"six seconds without a byte; {quiet}", 120, 0.2)


if __name__ == "__main__":
    suite.main(quiet_cluster)
