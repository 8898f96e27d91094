# SPDX-License-Identifier: BSD-2-Clause
"""weir reset when something dies, hangs or comes between: what it says, what the journal knows, what is true."""
import json
import os
import subprocess
import sys

import paths
import reference
import weir
from gate import Held
from kafka import Cluster
from resets import (PREFIX, TOPIC, commits, committed, env, expect_refused, journal_lines, journal_path, last_change, member,
                    run, seeded_cluster, state_home)
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()
BEFORE, TARGET, LATER = 12, 5, 6
COMMIT, FETCH = 8, 9             # OffsetCommit and OffsetFetch in Kafka's protocol

# Where weir can be when its coordinator goes: (name, step of the gate, what the change has come to by then).
STEPS = [
    ("planning", f"before {FETCH}", "planned"),           # asking for what is committed
    ("planning-unheard", f"lost {FETCH}", "planned"),     # asked, the answer is lost
    ("planned", "open /journal", "planned"),
    ("written", "synced", "written"),
    ("sending", f"before {COMMIT}", "written"),
    ("sent", f"lost {COMMIT}", "applied"),                # applied, which nobody heard
    ("applied", f"before {FETCH} 2", "applied"),          # asking for what is committed now
    ("verifying", f"lost {FETCH} 2", "applied"),
]


def partition_of(group, partitions=4):
    """Which partition of __consumer_offsets holds the group: Java's hash of its name."""
    value = 0
    for letter in group:
        value = (31 * value + ord(letter)) & 0xffffffff
    return (value & 0x7fffffff) % partitions


def name_group(step, home):
    """A group for a step, such that all of them have one coordinator."""
    return next(name for name in (f"{PREFIX}{step}{i}" for i in range(100)) if partition_of(name) == home)


def hold(cluster, step, name, group, timeout_s):
    state_home(name)
    return Held(step, "reset", "-b", cluster.bootstrap, "--timeout", str(timeout_s), "-g", group, "-t", TOPIC + ":0",
                "--to-offset", str(TARGET), "--execute", "--watch-commits", "0", env=env(name))


def coordinator(cluster, group):
    return reference.states(cluster)[group]["coordinator"]


def is_committed(cluster, group):
    return committed(cluster, group).get((TOPIC, 0))


def state_of(cluster, name):
    """What the next start knows of the newest change: its state, None when there is none; and what it says."""
    listed = run(cluster, "undo", "-o", "json", name=name)
    return (listed.rows()[-1]["state"] if listed.rows() else None), listed.err


def expect_goes_on(cluster, name, group):
    """A second run is right, and what was there before it all can still be had back."""
    first = last_change(name) if os.path.exists(journal_path(name)) else None
    again = run(cluster, "reset", "--timeout", "60", "-g", group, "-t", TOPIC + ":0", "--to-offset", str(LATER), "--execute",
                name=name)
    expect_equal((again.status, is_committed(cluster, group)), (0, LATER), f"the run after {name}: {again}")
    if first:
        undone = run(cluster, "undo", "--timeout", "60", first, "--execute", name=name)
        expect_equal((undone.status, is_committed(cluster, group)), (0, BEFORE), f"undo of {name}: {undone}")


def expect_truth(cluster, name, group, result):
    """Whatever it says holds, and the journal says the same."""
    state, told = state_of(cluster, name)
    now = is_committed(cluster, group)
    if result.status == 0:
        expect_match("done and verified", result.err, name)
        expect_equal((now, state), (TARGET, "done"), f"{name}: {result}")
    elif "unverified" in result.err or "partly done" in result.err:
        expect_equal(state, "unverified" if "unverified" in result.err else "partly done", f"{name}: {told}: {result}")
    else:
        expect_equal(now, BEFORE, f"{name}: {result}")
        expect(state in (None, "failed"), f"{name}: the journal says {state}: {result}")


@suite.case
def a_member_that_joins_before_execution_wins(cluster):
    for protocol in ("classic", "consumer"):
        group = PREFIX + "race-" + protocol
        cluster.seed(f"commit {group} {TOPIC} 0 {BEFORE}\n")
        with hold(cluster, "open /journal", "race", group, 20) as held:
            held.wait()
            with member(cluster, group, protocol):
                result = held.finish()
                expect_refused(result, r"race lost: a member came first and Kafka refused: nothing was changed: \S+ \(client")
                expect_equal(committed(cluster, group), {(TOPIC, 0): BEFORE}, "what is committed")
        expect_equal(journal_lines("race")[-1]["result"], "failed", "in the journal")


# In a mount namespace of its own: a disk of two pages, of which the journal leaves so many bytes, and a command on it.
SMALL_DISK = """
import json, os, subprocess, sys
folder, room, *command = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "weir", folder], check=True)
path = os.path.join(folder, "journal")
with open(path, "w") as f:
    f.write("\\n" * (8192 - int(room)))
done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
with open(path) as f:
    print(json.dumps({"status": done.returncode, "out": done.stdout, "err": done.stderr, "lines": f.read().split("\\n")}))
"""


def has_namespaces():
    allowed = subprocess.run(["unshare", "-rm", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    if not allowed:
        print("# no mount namespaces here: a full disk is tried with /dev/full only", flush=True)
    return allowed


def on_small_disk(cluster, name, room, *args):
    folder = os.path.join(state_home(name), "weir")
    os.makedirs(folder, exist_ok=True)
    command = ["unshare", "-rm", sys.executable, "-c", SMALL_DISK, folder, str(room),
               paths.WEIR, *args, "-b", cluster.bootstrap]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=env(name), timeout=180, check=True)
    result = json.loads(done.stdout)
    result["lines"] = [line for line in result["lines"] if line]
    return result


@suite.case
def nothing_is_done_without_a_journal(cluster):
    group = PREFIX + "full"
    cluster.seed(commits(group))
    before = committed(cluster, group)
    folder = os.path.join(state_home("full"), "weir")
    os.makedirs(folder, exist_ok=True)
    changes = (("reset", "-g", group, "-t", TOPIC, "--to-latest", "--execute"), ("group", "delete", "-g", group, "--execute"),
               ("group", "delete-offsets", "-g", group, "--all-topics", "--execute"))
    os.symlink("/dev/full", os.path.join(folder, "journal"))
    for args in changes:
        expect_refused(run(cluster, *args, name="full"), "No space left on device; nothing was changed")
    os.unlink(os.path.join(folder, "journal"))
    # With no room at all, and with room for the beginning of the line, which is taken back.
    for args, room in [(args, room) for args in changes for room in (0, 40)] if has_namespaces() else []:
        full = on_small_disk(cluster, "full", room, *args)
        expect_equal((full["status"], full["lines"]), (1, []), f"with room for {room} bytes: {full}")
        expect_match("No space left on device; nothing was changed", full["err"], "the reason")
    expect_equal(committed(cluster, group), before, "what is committed")


@suite.case
def a_disk_that_fills_up_under_a_change_is_told(cluster):
    """There is room for what was before, none for the result: the change is made, and the next start tells."""
    group = PREFIX + "filled"
    if not has_namespaces():
        return
    cluster.seed(commits(group))
    reset = ("reset", "-g", group, "-t", TOPIC + ":0", "--to-offset", str(TARGET), "--execute")
    state_home("filled")
    expect_equal(run(cluster, *reset, name="filled").status, 0, "the first time")
    with open(journal_path("filled"), encoding="utf-8") as f:
        needed = len(f.readline())
    cluster.seed(commits(group))
    filled = on_small_disk(cluster, "filled", needed + 40, *reset)
    expect_equal((filled["status"], is_committed(cluster, group)), (0, TARGET), str(filled))
    expect_match("done and verified", filled["err"], "what was done")
    expect_match(r"the result of change \S+ could not be written: No space left on device", filled["err"], "what was not")
    expect_equal(["result_of" in line for line in filled["lines"]], [False], f"the journal: {filled}")
    # The same of a change of a topic.
    def alter(ms):
        return "topic", "alter", TOPIC, "--add-config", f"segment.ms={ms}", "--execute"
    state_home("filled-topic")
    first = weir.run(*alter(86400001), "-b", cluster.bootstrap, env=env("filled-topic"))
    expect_equal(first.status, 0, f"the first time: {first}")
    with open(journal_path("filled-topic"), encoding="utf-8") as f:
        needed = len(f.readline())
    filled = on_small_disk(cluster, "filled-topic", needed + 40, *alter(86400002))
    expect_match(r"done and verified; .*result of change \S+ could not be written: No space left on device: "
                 "it will be listed as cut short", filled["err"] + filled["out"], str(filled))
    expect_equal(["result_of" in line for line in filled["lines"]], [False], f"the journal: {filled}")


@suite.case
def a_coordinator_killed_at_each_step_is_replaced(cluster):
    home = partition_of(PREFIX)
    groups = {name: name_group(name, home) for name, _, _ in STEPS}
    cluster.seed("".join(commits(group) for group in groups.values()))
    node = coordinator(cluster, groups["planned"])
    held = []
    try:
        for name, step, _ in STEPS:
            held.append(hold(cluster, step, "killed-" + name, groups[name], 60))
            held[-1].wait()
        for name, _, reached in STEPS:
            if reached == "applied":
                wait_until(lambda g=groups[name]: is_committed(cluster, g) == TARGET, "the broker applies it")
        cluster.kill(node)
        for h in held:
            h.release()
        results = {name: h.finish(400) for (name, _, _), h in zip(STEPS, held)}
    finally:
        for h in held:
            h.__exit__()
    for name, _, reached in STEPS:
        result = results[name]
        wait_until(lambda g=groups[name]: committed(cluster, g), "the offsets", 60)
        expect_truth(cluster, "killed-" + name, groups[name], result)
        # A connection that ends under a change leaves open what became of it; a question is asked again.
        if result.status and name in ("planned", "written", "sending"):
            expect_refused(result, "unverified: .*nothing has changed so far, as read back")
            expect_equal(is_committed(cluster, groups[name]), BEFORE, f"{name}: it never left")
        else:
            expect_equal(result.status, 0, f"{name}: another node answers: {result}")
        expect_goes_on(cluster, "killed-" + name, groups[name])
    cluster.restart(node)


@suite.case
def a_coordinator_frozen_at_each_step_is_told_truthfully(cluster):
    """No answer comes in time: where the change may be done nobody knows, and weir says so."""
    for name, step, reached in STEPS:
        group, state = PREFIX + "frozen-" + name, "frozen-" + name
        cluster.seed(commits(group))
        node = coordinator(cluster, group)
        with hold(cluster, step, state, group, 2) as held:
            held.wait()
            if reached == "applied":
                wait_until(lambda g=group: is_committed(cluster, g) == TARGET, "the broker applies it")
            cluster.freeze(node)
            try:
                result = held.finish()
            finally:
                cluster.thaw(node)
        wait_until(lambda g=group: committed(cluster, g), "the coordinator is back", 60)
        expect_truth(cluster, state, group, result)
        if name.startswith("planning"):
            expect_refused(result, f"offsets of group {group}: .*(Timed out|no answer within 2 s)")
            expect_equal((is_committed(cluster, group), os.path.exists(journal_path(state))), (BEFORE, False), name)
        elif result.status:
            # Else another node took over meanwhile, and told it: that this is so was looked at above.
            expect_refused(result, f"group {group}: unverified: ")
        expect_goes_on(cluster, state, group)


@suite.case
def what_was_cut_short_is_told_at_the_next_start(cluster):
    """weir itself is killed: nothing to tell before the journal's line; after it that nobody knows, and it can be undone."""
    for name, step, reached in STEPS:
        group, state = PREFIX + "cut-" + name, "cut-" + name
        cluster.seed(commits(group))
        with hold(cluster, step, state, group, 20) as held:
            held.wait()
            if reached == "applied":
                wait_until(lambda g=group: is_committed(cluster, g) == TARGET, "the broker applies it")
            running, told = state_of(cluster, state)
            expect_equal((running, told), (None, told) if reached == "planned" else ("being made", ""), f"{name}, while it runs")
            held.kill()
            held.finish()
        found, told = state_of(cluster, state)
        if reached == "planned":
            expect_equal((found, is_committed(cluster, group)), (None, BEFORE), name)
            continue
        expect_equal(found, "cut short", f"{name}: listed")
        expect_match(rf"change \S+ of {group} was cut short; how much of it was applied is not known", told, name)
        expect_goes_on(cluster, state, group)
        expect_equal(state_of(cluster, state)[1], "", f"{name}: once it is undone there is nothing to tell")


if __name__ == "__main__":
    suite.main(lambda: seeded_cluster("reset-faults", Cluster))
