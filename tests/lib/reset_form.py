# SPDX-License-Identifier: BSD-2-Clause
"""The reset form by keys: ways through it that several programs share, and a journal of each test's own."""
import contextlib
import fcntl
import json
import os
import shutil
import struct

import paths
import reference
from tap import wait_until
from term import Terminal

APPEND_BYTE = 1 << 62            # who appends to the journal holds it
SET_LOCK = 37                    # F_OFD_SETLK


def committed(cluster, group):
    """What Kafka's own tool says: partition -> committed offset."""
    rows = reference.lag(cluster, "--group", group)
    return {(topic, partition): row["committed"] for (_, topic, partition), row in rows.items()
            if row["committed"] is not None}


def state_home(name):
    """An empty folder for the journal of a test."""
    path = paths.scratch("reset-state/" + name)
    shutil.rmtree(path, ignore_errors=True)
    return path


def journal_path(state):
    return os.path.join(state, "weir", "journal")


def journal_lines(state):
    with contextlib.suppress(FileNotFoundError):
        with open(journal_path(state), encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    return []


def write(name, text):
    path = paths.scratch(name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


@contextlib.contextmanager
def held_journal(state):
    """Nobody else can append to the journal: a weir that asks for it has planned, and sent nothing yet."""
    os.makedirs(os.path.dirname(journal_path(state)), exist_ok=True)
    file = os.open(journal_path(state), os.O_RDWR | os.O_CREAT, 0o600)

    def lock(kind):
        fcntl.fcntl(file, SET_LOCK, struct.pack("hhqqi4x", kind, os.SEEK_SET, APPEND_BYTE, 1, 0))

    lock(fcntl.F_WRLCK)
    try:
        yield lambda: lock(fcntl.F_UNLCK)
    finally:
        os.close(file)


def wait_for_journal(pid, state):
    """Until a weir has opened the journal to append to it, which it does when all is planned."""
    path = os.path.realpath(journal_path(state))

    def opened():
        folder = f"/proc/{pid}/fd"
        with contextlib.suppress(OSError):
            return any(os.path.realpath(os.path.join(folder, fd)) == path for fd in os.listdir(folder))
        return False
    wait_until(opened, "weir asks for the journal")


@contextlib.contextmanager
def on_group(cluster, group, *args, cols=110, rows=30, state=None, **env):
    """The list of groups with the cursor on one; `state`: where the journal is, else a new one."""
    with Terminal(cols, rows) as t:
        t.weir("-b", cluster.bootstrap, "--view", "groups", *args, XDG_STATE_HOME=state or state_home(group), **env)
        t.wait(r"\d rows?\b")
        to_group(t, group)
        yield t


def to_group(t, group):
    t.keys("/")
    t.text(group + "$")
    t.keys("Enter")
    t.wait(rf"^>\s+{group}\b")


def press(t, key):
    """One key, and its effect on the screen: a second one must not go too far."""
    def below_header():
        return t.lines()[1:]

    before = below_header()
    t.keys(key)
    wait_until(lambda: below_header() != before, lambda: f"an effect of {key}; the screen:\n{t.screen()}", 15)


def to_field(t, label):
    t.wait(r"step 1 of 3")
    while f"> {label} " not in t.screen():
        press(t, "Tab")


def choose(t, strategy, text=None):
    """In the form: the strategy, by its first letter, and what is typed beside it."""
    to_field(t, "to")
    while f"‹ {strategy} ›" not in t.screen():
        press(t, strategy[0])
    if text is not None:
        press(t, "Tab")
        fill(t, text)


def fill(t, text):
    """What the field or the question holds, whatever it held."""
    t.keys("End", "C-u")
    t.text(text)


def check_plan(t):
    t.keys("C-s")
    t.wait(r"step 2 of 3")
    t.wait(r"re-reads up to|deletes \d+")
    t.wait(r"read (\d+) of \1 target records?\b|deletes \d+")


def confirm(t, name=None):
    t.keys("Enter")
    if name:
        t.wait(rf'Type "{name}" to confirm:')
    # The question hears nothing before it can have been read.
    t.wait(r"Enter( or y)?: (apply|arm) the reset")
    if name:
        t.text(name)
        t.wait(rf'Type "{name}" to confirm: {name}')
    t.keys("Enter")


def confirm_any(t, name):
    """Whether the name is asked for depends on whether records are skipped."""
    t.keys("Enter")
    t.wait(r"Enter( or y)?: (apply|arm) the reset")
    if "Type \"" in t.screen():
        t.text(name)
        # In a narrow window the question itself is cut.
        t.wait(rf'Type .*{name}\s*│')
    t.keys("Enter")


def home(t, group):
    """Back to the list of groups, from wherever it led."""
    while not ("GROUP↑" in t.screen() and f" {group}" in t.screen()):
        press(t, "Escape")
