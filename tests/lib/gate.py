# SPDX-License-Identifier: BSD-2-Clause
"""Runs weir held at a chosen step, by build/support/gate.so (tests/support/gate.c names the steps)."""
import os
import select
import subprocess

import paths
import weir
from tap import PATIENCE, Failure, expect

GATE = os.path.join(paths.ROOT, "build", "support", "gate.so")


class Held:
    """weir on its way to `step`, or held there. Nothing waits in it for longer than its own timeouts allow.

    "STEP then STEP": it is held at each of them, and go_on() leads from one to the next."""

    def __init__(self, step, *args, env=None, program=paths.WEIR):
        told, self.tell = os.pipe()
        self.hear, reached = os.pipe()
        env = dict(env or weir.environment(), LD_PRELOAD=GATE, GATE=f"{reached} {told} {step}")
        # Its functions lead on to the sanitizer's, which only looks at who comes first.
        env["ASAN_OPTIONS"] += ":verify_asan_link_order=0"
        self.step, self.args = step, args
        self.process = subprocess.Popen([program, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=env, pass_fds=(told, reached))
        os.close(told)
        os.close(reached)

    def wait(self, seconds=20):
        """Until it is held there; fails when it ends without."""
        ready, _, _ = select.select([self.hear], [], [], seconds * PATIENCE)
        if not ready or not os.read(self.hear, 1):
            self.process.kill()
            raise Failure(f"never came to '{self.step}': {self.finish()}")

    def go_on(self):
        """To the next step, and held there."""
        os.write(self.tell, b"x")
        self.wait()

    def release(self):
        if self.tell >= 0:
            os.close(self.tell)
            self.tell = -1

    def kill(self):
        self.process.kill()

    def finish(self, seconds=120):
        """Let it go on to its end; what came of it."""
        self.release()
        out, err = self.process.communicate(timeout=seconds)
        return weir.Result([f"(held at {self.step})", *self.args], self.process.returncode, out, err, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()
        self.process.kill()
        self.process.communicate()
        os.close(self.hear)


def expect_loadable():
    expect(os.path.exists(GATE), f"no {GATE}: make build/support/gate.so")
