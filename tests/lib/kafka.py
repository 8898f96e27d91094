# SPDX-License-Identifier: BSD-2-Clause
"""A real Kafka cluster, what fills it, and Kafka's own tools as the reference answer."""
import contextlib
import fcntl
import os
import re
import shutil
import subprocess

import paths
import tools
from settle import settle
from tap import Failure, end_by_input, wait_until


class Cluster:
    """Nodes in build/check/clusters/NAME. They end with this process, however it ends."""

    environment = {**os.environ, "WEIR_START_DEADLINE": "300"}

    def __init__(self, name, nodes=3, secure=False, settings=(), owner=None, front=None):
        self.dir = paths.scratch("clusters/" + name)
        self.nodes, self.secure, self.settings, self.front = nodes, secure, settings, front
        self.owner = owner or os.getpid()
        self.away = set()        # nodes that are killed or frozen

    def verb(self, verb, *args, seconds=360):
        done = subprocess.run([os.path.join(paths.SUPPORT, "cluster"), verb, self.dir, *map(str, args)],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=seconds, text=True, env=self.environment)
        if done.returncode:
            raise Failure(f"cluster {verb} {args}: {done.stderr[-2000:]}")
        return done.stdout.strip()

    def __enter__(self):
        self.start()
        return self

    def start(self):
        """A new one, whatever the folder holds."""
        self.stop()
        shutil.rmtree(self.dir, ignore_errors=True)
        options = ["--secure"] if self.secure else []
        if self.front:
            options += ["--front", str(self.front)]
        for setting in self.settings:
            options += ["--set", setting]
        self.bootstrap = self.verb("up", "-n", self.nodes, "--owner", self.owner, *options)

    def stop(self):
        if os.path.exists(os.path.join(self.dir, "nodes")):
            self.verb("down")

    def __exit__(self, *_):
        self.stop()

    def kill(self, node):
        self.away.add(node)
        self.verb("kill", node)

    def freeze(self, node):
        self.away.add(node)
        self.verb("stop", node)

    def thaw(self, node):
        self.verb("cont", node)
        self.away.discard(node)

    def restart(self, node):
        self.verb("restart", node)
        self.away.discard(node)

    def settle(self):
        """Until every broker knows what was changed last, whoever is asked next."""
        if not self.away:
            settle(self.bootstrap.split(","))

    def restart_all(self):
        """Side by side, because one alone has no quorum to register with."""
        script = os.path.join(paths.SUPPORT, "cluster")
        starts = [subprocess.Popen([script, "restart", self.dir, str(n + 1)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, env=self.environment) for n in range(self.nodes)]
        if any([start.wait(360) for start in starts]):
            raise Failure("the nodes did not start again")
        self.away.clear()

    def address(self, node):
        return self.bootstrap.split(",")[node - 1]

    def tool(self, name, *args, seconds=180, bootstrap=None, status=0):
        """Run one of Kafka's own tools; returns what it printed. It sees what was done before it, whoever asks after it
        sees what it did."""
        self.settle()
        code, out, err = tools.run(name, ["--bootstrap-server", bootstrap or self.bootstrap, *args], seconds)
        if status is not None and code != status:
            raise Failure(f"{name} {args}: status {code}\n{out.decode()[-1000:]}{err.decode()[-1000:]}")
        self.settle()
        return out.decode("utf-8", "surrogateescape")

    def seed(self, script, *options, bootstrap=None):
        """Run the seed program's commands (tests/integration/seed), one a line, of a text or of an open file."""
        command = [paths.SEED, bootstrap or self.bootstrap, *options]
        given = {"input": script.encode()} if isinstance(script, str) else {"stdin": script}
        done = subprocess.run(command, **given, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=360)
        if done.returncode:
            raise Failure(f"seed: {done.stderr.decode()[-2000:]}")
        self.settle()
        return done.stdout.decode()

    @contextlib.contextmanager
    def seeding(self, script, done):
        """The seed program stays after it ran the script and printed the line `done`."""
        with subprocess.Popen([paths.SEED, self.bootstrap], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            try:
                process.stdin.write(script.encode())
                process.stdin.flush()
                if process.stdout.readline().decode().strip() != done:
                    raise Failure(f"seed: not done: {script}")
                yield
                process.stdin.close()
                process.wait(60)
            finally:
                process.kill()


class Pooled(Cluster):
    """A cluster that stays for the programs after this one; emptied, and taken by one program at a time."""

    # What any of them needs: compaction, and retention, within moments. And followers that ask half as often while
    # nothing comes: nodes that nobody uses take a good part of the processors.
    NEEDED = ("log.cleaner.backoff.ms=500", "log.retention.check.interval.ms=1000", "replica.fetch.wait.max.ms=1000")

    def __init__(self, nodes, number, owner):
        super().__init__(f"pool-{nodes}-{number}", nodes, settings=self.NEEDED, owner=owner)

    def take(self):
        """Whether no other program has it; it is ours then until this process ends or gives it back."""
        self.lock = open(self.dir + ".lock", "w", encoding="ascii")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.close()
            return False
        return True

    def __enter__(self):
        if not self.is_up() or not self.is_emptied():
            self.start()
        return self

    def is_up(self):
        if not os.path.exists(os.path.join(self.dir, "nodes")):
            return False
        self.bootstrap = self.verb("bootstrap")
        return all(line.split()[2] == "up" for line in self.verb("status").splitlines())

    def is_emptied(self):
        try:
            self.tool("reset")
        except (OSError, Failure):       # whatever a program did to it
            return False
        return True

    def __exit__(self, *_):
        self.lock.close()


def shared_cluster(name, nodes=3):
    """A cluster for a program that lets its nodes live: one of the run's pool (WEIR_POOL: the pid that
    owns it), else one of its own."""
    owner = os.environ.get("WEIR_POOL")
    if not owner:
        return Cluster(name, nodes, settings=Pooled.NEEDED)
    number = 1
    while not (cluster := Pooled(nodes, number, owner)).take():
        number += 1
    return cluster


class Member:
    """A live group member: the seed program's `member`, until it is ended."""

    def __init__(self, cluster, group, topics, *options):
        self.process = subprocess.Popen(
            [paths.SEED, cluster.bootstrap, "--member", group, topics, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.said = b""

    def wait_assigned(self, seconds=30):
        def assigned():
            self.said += self.process.stdout.read() or b""
            if self.process.poll() is not None:
                raise Failure(f"member ended: {self.said.decode()}")
            return re.search(rb"assigned (\d+)", self.said)
        return int(wait_until(assigned, lambda: f"an assignment; it said {self.said!r}", seconds)[1])

    def end(self):
        """Leave the group and end."""
        end_by_input(self.process, 60)


@contextlib.contextmanager
def member_of(cluster, group, *options, topic="orders"):
    """A member with its partitions; who ends it before does no harm."""
    member = Member(cluster, group, topic, *options)
    try:
        member.wait_assigned()
        yield member
    finally:
        with contextlib.suppress(Exception):
            member.end()
