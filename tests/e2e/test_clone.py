# SPDX-License-Identifier: BSD-2-Clause
"""Topics cloned by keys alone, in a real terminal: records compared byte for byte as kcat reads them."""
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess

import paths
import weir
from kafka import shared_cluster
from tap import Suite, expect, expect_equal, wait_until
from term import Terminal
from topics import Shared, go_on

suite = Suite()
STATE = paths.scratch("clone-view-state/x")[:-2]
CONFIG = paths.scratch("clone-view-config/weir/x")[:-2]
RECORDS = 20000
PARTITIONS = 3


@contextlib.contextmanager
def two_clusters():
    shutil.rmtree(STATE, ignore_errors=True)
    shared = os.environ.get("WEIR_TEST_BOOTSTRAP")
    with contextlib.ExitStack() as stack:
        other = stack.enter_context(shared_cluster("cloneview-other", nodes=1))
        cluster = Shared(shared) if shared else stack.enter_context(shared_cluster("cloneview"))
        cluster.other = other
        forget(cluster, "clonev-source")
        cluster.tool("topics", "--create", "--topic", "clonev-source", "--partitions", str(PARTITIONS), "--replication-factor",
                     "1", "--config", "retention.ms=-1", "--config", "segment.ms=5000000")
        fill(cluster)
        try:
            yield cluster
        finally:
            forget(cluster, "clonev-source")


def line(i):
    headers = [{"key": "n", "value": str(i)}, {"key": "none", "value": None}, {"key": "n", "value": ""}] if i % 4 == 0 else []
    return json.dumps({"partition": i % PARTITIONS, "timestamp": 1700000000000 + i, "key": f"k{i % 700}" if i % 5 else None,
                       "value": None if i % 11 == 0 else f"value {i} \x1b[31m" + "x" * (i % 80), "headers": headers}) + "\n"


def fill(cluster):
    path = paths.scratch("clone-view-records")
    with open(path, "w", encoding="ascii") as file:
        file.writelines(map(line, range(RECORDS)))
    with open(path, "rb") as file:
        made = weir.run("produce", "-b", cluster.bootstrap, "clonev-source", "--keep-partition", "--keep-timestamp", stdin=file)
    expect_equal(made.status, 0, str(made))


def contents(bootstrap, topic):
    """Every byte of the records of each partition in order, as kcat prints them: lengths before what has them."""
    def read(partition):
        done = subprocess.run(["kcat", "-C", "-b", bootstrap, "-t", topic, "-p", str(partition), "-o", "beginning", "-e", "-q",
                               "-f", "%T %K %S %k %s %h\n"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)
        expect_equal(done.returncode, 0, done.stderr.decode(errors="replace"))
        return done.stdout
    return [read(p) for p in range(PARTITIONS)]


def expect_copy(cluster, target, bootstrap=None):
    wanted = contents(cluster.bootstrap, "clonev-source")
    expect(sum(map(len, wanted)) > RECORDS * 20, "kcat read too little of the source")
    found = contents(bootstrap or cluster.bootstrap, target)
    expect(found == wanted, f"not the same: {list(map(len, found))} bytes and {list(map(len, wanted))}")


def forget(cluster, topic):
    cluster.tool("topics", "--delete", "--if-exists", "--topic", topic)


def journal(name):
    with open(os.path.join(STATE, "weir/journal"), encoding="utf-8") as file:
        lines = [json.loads(text) for text in file]
    results = {e["result_of"]: e["result"] for e in lines if "result_of" in e}
    return [(e["kind"], results.get(e["id"])) for e in lines if e.get("topic") == name]


@contextlib.contextmanager
def session(cluster, *args, cols=120, rows=40, **env):
    with Terminal(cols, rows, XDG_STATE_HOME=STATE, **env) as t:
        t.weir("-b", cluster.bootstrap, "--interval", "1", "--view", "topics", *args)
        t.wait(r"TOPIC\W+")
        yield t
        if t.weir_pid():
            t.leave()


def form(t, target):
    """The form of a clone of the source into a target."""
    t.keys("/")
    t.text("^clonev-source$")
    t.keys("Enter")
    t.wait(r"> +clonev-source")
    t.text(":clone " + target)
    t.keys("Enter")
    t.wait(rf"target +{target}")


def plan(t, marker, where="", rate=""):
    """With records; the form's focus is on what is cloned."""
    t.keys("Space")
    t.wait("records too")
    t.keys("Tab")
    t.text(where)
    t.keys("Tab", "Tab")
    t.text(rate)
    t.keys("C-s")
    t.wait("Enter to continue")
    t.wait(marker)


def execute(t, marker, seconds=60):
    t.keys("Enter")
    t.wait("clone clonev-source into .* on ")
    t.wait_heard()
    t.keys("y")
    t.wait(marker, seconds)


def percent(screen):
    found = re.search(r"^ +(\d+) % +[█░#.]", screen, re.M)
    return int(found[1]) if found else -1


def half_way(screen):
    return 20 <= percent(screen) < 90


DONE = rf"verified: \S+ is a copy of\s+clonev-source"


@suite.case
def records_are_cloned(cluster):
    forget(cluster, "clonev-all")
    with session(cluster, cols=80, rows=24) as t:
        form(t, "clonev-all")
        plan(t, r"up to 20,000 records")
        t.wait("offsets are not kept")
        expect("clonev-all" not in cluster.tool("topics", "--list").split(), "made before it was confirmed")
        execute(t, DONE)
        t.wait(r"partition 0 .* 6,667 .* done")
        t.keys("Enter")
        t.wait("clonev-all")
        t.wait(r"LEADER|leader")
    expect_copy(cluster, "clonev-all")
    expect_equal(journal("clonev-all"), [("topic create", "done"), ("topic clone", "done")], "journal")
    forget(cluster, "clonev-all")


@suite.case
def one_that_is_cancelled_goes_on(cluster):
    forget(cluster, "clonev-cut")
    with session(cluster) as t:
        form(t, "clonev-cut")
        plan(t, r"up to 20,000 records", rate="3000")
        execute(t, "copying; Ctrl-c cancels")
        t.wait_for(half_way, "half of it", 60)
        # It can be left and come back to, but not closed; and leaving weir asks.
        t.keys("Escape")
        t.wait("clone of clonev-source into clonev-cut is still running")
        t.keys("4")
        t.wait(r"GROUP\W+")
        t.keys("q")
        t.wait("Quit and cancel it")
        t.text("n")
        t.keys("Enter")
        t.keys("3")
        t.wait("copying; Ctrl-c cancels")
        t.keys("C-c")
        t.wait("not complete: Enter resumes the copy", 30)
        expect_equal(journal("clonev-cut"), [("topic create", "done"), ("topic clone", "partly done")], "journal")
        t.keys("Enter")
        t.wait("resumes the copy into clonev-cut")
        found = re.search(r"up to ([\d,]+) records", t.screen())
        expect(found and 0 < int(found[1].replace(",", "")) < RECORDS, f"what is left:\n{t.screen()}")
        execute(t, DONE)
    expect_copy(cluster, "clonev-cut")
    forget(cluster, "clonev-cut")


@suite.case
def one_that_was_killed_goes_on(cluster):
    forget(cluster, "clonev-kill")
    with session(cluster) as t:
        form(t, "clonev-kill")
        plan(t, r"up to 20,000 records", rate="3000")
        execute(t, "copying; Ctrl-c cancels")
        t.wait_for(half_way, "half of it", 60)
        t.signal(signal.SIGKILL)
        wait_until(lambda: not t.weir_pid(), "weir to end")
    with session(cluster) as t:
        t.wait("the copy into clonev-kill was cut short")
        form(t, "clonev-kill")
        plan(t, "resumes the copy into clonev-kill")
        execute(t, DONE)
    expect_copy(cluster, "clonev-kill")
    expect_equal(journal("clonev-kill"), [("topic create", "done"), ("topic clone", None), ("topic clone", "done")], "journal")
    with session(cluster) as t:
        expect("cut short" not in t.screen(), f"said after it went on:\n{t.screen()}")
    forget(cluster, "clonev-kill")


@suite.case
def to_another_cluster_by_its_context(cluster):
    os.makedirs(CONFIG, exist_ok=True)
    with open(os.path.join(CONFIG, "config"), "w", encoding="utf-8") as file:
        file.write(f"[context far]\nbootstrap.servers = {cluster.other.bootstrap}\nprotected = yes\n"
                   f"[context shut]\nbootstrap.servers = {cluster.other.bootstrap}\nread-only = yes\n")
    with session(cluster, XDG_CONFIG_HOME=os.path.dirname(CONFIG)) as t:
        form(t, "clonev-far")
        t.keys("Space", "Tab")
        t.text("fur")
        t.keys("C-s")
        t.wait("no such context")
        t.keys("C-u")
        t.text("shut")
        t.keys("C-s")
        t.wait("shut is read-only")
        t.keys("C-u")
        t.text("far")
        t.keys("C-s")
        t.wait(r"creates clonev-far like clonev-source on far \(\S{6}\); up to 20,000 records")
        t.keys("Enter")
        t.wait("clone clonev-source into clonev-far on far")
        t.wait_heard()
        t.text("clonev-far")
        t.keys("Enter")
        t.wait(DONE, 60)
    expect("clonev-far" not in cluster.tool("topics", "--list").split(), "made on the source's cluster")
    expect_copy(cluster, "clonev-far", cluster.other.bootstrap)


@suite.case
def what_is_no_clone_is_left_alone(cluster):
    forget(cluster, "clonev-foreign")
    cluster.tool("topics", "--create", "--topic", "clonev-foreign", "--partitions", "3", "--replication-factor", "1")
    with session(cluster) as t:
        form(t, "clonev-foreign")
        t.keys("Space", "C-s")
        t.wait("exists already and was not made by weir")
        t.keys("Escape")
    forget(cluster, "clonev-foreign")


@suite.case
def the_configuration_alone(cluster):
    forget(cluster, "clonev-empty")
    with session(cluster) as t:
        form(t, "clonev-source")
        t.wait("exists already")
        t.keys("C-s")
        t.wait("exists already")
        t.keys("Escape")
        t.wait(r"clone of +clonev-source")
        t.keys("Up", "End", "C-u")
        t.text("clonev-empty")
        t.keys("C-s")
        t.wait(r"segment.ms +5000000")
        expect("clonev-empty" not in cluster.tool("topics", "--list").split(), "made before it was confirmed")
        t.keys("Enter")
        t.wait("create topic clonev-empty on")
        go_on(t, "y", marker=r"result .* done")
        t.keys("Escape")
        t.wait(r"clone of +clonev-source")
        t.keys("Escape")
        t.wait(r"TOPIC\W+PARTS")
    made = cluster.tool("topics", "--describe", "--topic", "clonev-empty")
    expect(re.search(rf"PartitionCount: {PARTITIONS}\s+ReplicationFactor: 1\b", made), made)
    expect("segment.ms=5000000" in made, made)
    forget(cluster, "clonev-empty")


@suite.case
def read_only_makes_nothing(cluster):
    with session(cluster, "--read-only") as t:
        t.keys("/")
        t.text("^clonev-source$")
        t.keys("Enter")
        t.wait(r"> +clonev-source")
        t.text(":clone clonev-never")
        t.keys("Enter")
        t.wait("read-only")
    expect("clonev-never" not in cluster.tool("topics", "--list").split(), "made")


if __name__ == "__main__":
    suite.main(two_clusters)
