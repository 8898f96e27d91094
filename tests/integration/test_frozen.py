# SPDX-License-Identifier: BSD-2-Clause
"""The broker is frozen: every kind of work (model/work.h) is cancelled at each request that it makes; commands say it."""
import contextlib
import os
import re
import select
import signal
import subprocess
import time

import gate
import paths
import weir
from gate import Held
from kafka import Cluster
from tap import PATIENCE, Failure, Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()

# The journal's kinds ask no broker.
KINDS = ("reset-plan", "reset-peek", "reset-apply", "produce", "save", "topic-plan", "topic-apply", "clone-plan", "clone")
REQUESTS = (1, 2, 3, 4, 6, 8, 11, 15, 20)
ENDS_S = 20              # what is cancelled ends within that; a change that was sent is read back first
TRIED_S = 3              # how long a broker is tried before a cancel comes, where that is part of the case


@contextlib.contextmanager
def fixture():
    gate.expect_loadable()
    with Cluster("works", nodes=1) as cluster:
        cluster.seed("topic orders 3 1\n" + "".join(f"produce orders {p} 50\n" for p in range(3)))
        yield cluster


def name_of(kind, step):
    """What it works on: of its own, so that no two are in each other's way."""
    tag = re.sub(r"\W+", "-", f"{kind}-{step}")
    if kind == "save":
        path = paths.scratch(f"works/{tag}.jsonl")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        return path
    return tag


def start(cluster, kind, step):
    name = name_of(kind, step)
    if kind.startswith("reset"):
        cluster.seed("".join(f"commit {name} orders {p} 40\n" for p in range(3)))
    env = weir.environment(XDG_STATE_HOME=paths.scratch(f"works/state-{kind}/x")[:-2])
    return Held(step, cluster.bootstrap, kind, name, env=env, program=paths.WORKS)


def said(held, *fds, seconds):
    """The first of the descriptors that has something."""
    ready, _, _ = select.select([held.process.stdout, *fds], [], [], seconds * PATIENCE)
    if not ready:
        raise Failure(f"{held.args}: nothing within {seconds * PATIENCE} s at '{held.step}'")
    return ready[0]


def is_held(held):
    """False: it came to its end before."""
    if said(held, held.hear, seconds=60) is held.process.stdout:
        return False
    os.read(held.hear, 1)
    return True


def ended(held, seconds=ENDS_S):
    said(held, seconds=seconds)
    line = held.process.stdout.readline().decode()
    expect_match(r"^ended ", line, f"{held.args} at '{held.step}'; {held.finish() if not line else ''}")
    return line


def finish(held):
    held.process.send_signal(signal.SIGUSR2)
    result = held.finish()
    expect(result.status == 0 and not result.err, str(result))


def cancel_frozen(cluster, kinds, step, tried_s=0):
    """Cancels those that come to the step while the broker is frozen there; the kinds that did."""
    with contextlib.ExitStack() as stack:
        works = {kind: stack.enter_context(start(cluster, kind, step)) for kind in kinds}
        at = {kind for kind in kinds if is_held(works[kind])}
        cluster.freeze(1)
        try:
            for kind in at:
                works[kind].release()
            time.sleep(tried_s)
            for kind in at:
                works[kind].process.send_signal(signal.SIGUSR1)
            for kind in kinds:
                ended(works[kind])
        finally:
            cluster.thaw(1)
        for kind in kinds:
            finish(works[kind])
        return at


@suite.case
def every_work_comes_to_its_end(cluster):
    for kind in KINDS:
        with start(cluster, kind, "open /nothing") as work:
            expect_match(r": ok$", ended(work, 60), kind)
            finish(work)


@suite.case
def every_work_is_cancelled_at_each_request_to_a_frozen_broker(cluster):
    left = set(KINDS)
    for n in REQUESTS:
        if not left:
            break
        reached = cancel_frozen(cluster, sorted(left), f"before any {n}")
        expect(n > 2 or reached == left, f"request {n}: only {reached}")
        left = reached


@suite.case
def every_work_is_cancelled_after_trying_a_frozen_broker(cluster):
    expect_equal(cancel_frozen(cluster, KINDS, "before any 1", TRIED_S), set(KINDS), "those that came to a request")


def read_until(stream, pattern, seconds):
    """What was said until then."""
    said_so_far = b""

    def probe():
        nonlocal said_so_far
        said_so_far += stream.read() or b""
        return re.search(pattern, said_so_far.decode())

    os.set_blocking(stream.fileno(), False)
    wait_until(probe, lambda: f"{pattern}: {said_so_far}", seconds)


@suite.case
def produce_says_that_nothing_is_delivered(cluster):
    command = [paths.WEIR, "produce", "orders", "-o", "raw", "-v", "-b", cluster.bootstrap]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=weir.environment()) as p:
        try:
            def send():
                p.stdin.write(b"a line\n")
                p.stdin.flush()

            send()
            read_until(p.stdout, '"offset"', 30)
            cluster.freeze(1)
            try:
                send()
                read_until(p.stderr, "nothing was delivered for 5 s", 20)
            finally:
                cluster.thaw(1)
            read_until(p.stderr, "records are delivered again", 60)
            p.stdin.close()
            expect_equal(p.wait(60), 0, "status")
        finally:
            p.kill()


if __name__ == "__main__":
    suite.main(fixture)
