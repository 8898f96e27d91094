# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of changes of topics share: the cluster, what Kafka's tools say of a topic, a terminal."""
import contextlib
import os
import pty
import re
import select
import shutil
import subprocess
import time

import paths
import weir
from kafka import Cluster, shared_cluster
from tap import PATIENCE, expect_equal, wait_until
from term import Terminal


class Shared:
    """A cluster that runs already: WEIR_TEST_BOOTSTRAP, for a quick run of cases that kill nothing."""

    tool, seed, settle = Cluster.tool, Cluster.seed, Cluster.settle
    away = ()

    def __init__(self, bootstrap):
        self.bootstrap = bootstrap


class Bench:
    """A program's own journal and its cluster; new: Cluster for one that no other program has."""

    def __init__(self, name, new=shared_cluster):
        self.name, self.new = name, new
        self.state = paths.scratch(f"{name}-state/x")[:-2]

    @contextlib.contextmanager
    def cluster(self):
        shutil.rmtree(self.state, ignore_errors=True)
        shared = os.environ.get("WEIR_TEST_BOOTSTRAP")
        if shared:
            yield Shared(shared)
            return
        with self.new(self.name) as cluster:
            yield cluster

    def environment(self, **more):
        return weir.environment(XDG_STATE_HOME=self.state, **more)

    def run(self, cluster, *args, status=0, env=None):
        result = weir.run(*args, "-b", cluster.bootstrap, env=env or self.environment())
        cluster.settle()
        expect_equal(result.status, status, str(result))
        return result

    def remove(self, cluster, *names):
        for name in names:
            weir.run("topic", "delete", name, "--execute", "--confirm", name, "-b", cluster.bootstrap,
                     env=self.environment())

    def newest_change(self, cluster):
        return self.run(cluster, "undo", "-o", "json").rows()[-1]

    @contextlib.contextmanager
    def session(self, cluster, *args, cols=120, rows=40, nodes=3, **env):
        with Terminal(cols, rows, XDG_STATE_HOME=self.state) as t:
            t.weir("-b", cluster.bootstrap, "--interval", "1", *args, **env)
            t.wait(rf"{nodes} of {nodes}")
            yield t
            if t.weir_pid():
                t.leave()


def describe(cluster, name):
    """What TopicCommand says: the head, and by partition leader and replicas."""
    lines = cluster.tool("topics", "--describe", "--topic", name).splitlines()
    head = dict(re.findall(r"(\w+): *([^\t]*)", lines[0]))
    partitions = [dict(re.findall(r"(\w+): *([^\t]*)", line)) for line in lines[1:] if "Leader:" in line]
    return head, partitions


def names(cluster):
    return cluster.tool("topics", "--list").split()


def configs(cluster, name, kind="topics"):
    """The settings that ConfigCommand calls dynamic."""
    out = cluster.tool("configs", "--describe", "--entity-type", kind, "--entity-name", name)
    return dict(re.findall(r"^  ([\w.]+)=(.*?) sensitive=", out, re.M))


def starts(cluster, name):
    """Log start offsets, by partition."""
    out = cluster.tool("offsets", "--topic", name, "--time", "earliest")
    return [int(line.rsplit(":", 1)[1]) for line in sorted(out.split(), key=lambda l: int(l.split(":")[1]))]


def without(cluster, node):
    """The same cluster, asked through the other brokers."""
    return Shared(",".join(a for i, a in enumerate(cluster.bootstrap.split(","), 1) if i != node))


class Typed:
    """weir in a terminal of its own, where it asks for a name."""

    def __init__(self, bench, cluster, *args, env=None):
        self.master, slave = pty.openpty()
        command = [paths.WEIR, *args] + ([] if "-c" in args or "-F" in args else ["-b", cluster.bootstrap])
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave,
                                        env=env or bench.environment(), start_new_session=True)
        os.close(slave)
        self.said = ""

    def wait_for(self, text, seconds=30):
        def found():
            if select.select([self.master], [], [], 0)[0]:
                with contextlib.suppress(OSError):
                    self.said += os.read(self.master, 65536).decode("utf-8", "replace")
            return text in self.said
        wait_until(found, lambda: f"{text!r} in {self.said!r}", seconds)

    def type(self, line):
        os.write(self.master, (line + "\n").encode())

    def end(self):
        deadline = time.monotonic() + 60 * PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):
                    self.said += os.read(self.master, 65536).decode("utf-8", "replace")
        with contextlib.suppress(OSError):
            while select.select([self.master], [], [], 0)[0]:
                self.said += os.read(self.master, 65536).decode("utf-8", "replace")
        if self.process.poll() is None:
            self.process.kill()
        status = self.process.wait()
        os.close(self.master)
        return status


def command(t, text):
    """A command of the palette."""
    t.text(":" + text)
    t.keys("Enter")


def go_on(t, *keys, marker):
    """A question hears keys only after a pause, and says so."""
    t.wait_heard()
    t.keys(*keys)
    t.wait(marker)


def confirm(t, question, *, typed=None, result=r"result .* done"):
    """From a plan through its question to the result."""
    t.wait("Enter to continue")
    t.keys("Enter")
    t.wait(question)
    t.wait_heard()
    if typed is None:
        t.keys("y")
    else:
        t.text(typed)
        t.keys("Enter")
    t.wait(result)


def choose(t, pattern, name):
    """The row of this name, by a filter."""
    t.keys("/")
    t.text(pattern)
    t.keys("Enter")
    t.wait(rf"^>[ *!~]* *{name}")


def open_topic(t, name):
    command(t, f"topic {name}")
    t.wait(rf"(topics|overview) > {name}")
    t.wait("configuration")
