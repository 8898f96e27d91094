# SPDX-License-Identifier: BSD-2-Clause
"""What the messages view looks at, without a screen."""
import json
import os
import select
import subprocess

import paths
import weir
from tap import PATIENCE, Failure, expect, expect_equal

ANSWER_S = 90 * PATIENCE    # longer than a test lets the feed itself wait


class Feed:
    """The program tests/integration/feed.c: what its commands are stands there."""

    def __init__(self, bootstrap, topics, *options):
        self.process = subprocess.Popen([paths.FEED, bootstrap, topics, *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env=weir.environment())
        self.partial = b""

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.say("quit")
                expect_equal(self.process.wait(60), 0, "status of the feed")
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()

    def say(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def answer(self, seconds=ANSWER_S):
        while b"\n" not in self.partial:
            if not select.select([self.process.stdout], [], [], seconds)[0]:
                raise Failure("the feed does not answer")
            chunk = os.read(self.process.stdout.fileno(), 1 << 16)
            if not chunk:
                raise Failure(f"the feed ended: {self.process.wait(60)}")
            self.partial += chunk
        line, self.partial = self.partial.split(b"\n", 1)
        return json.loads(line)

    def ask(self, line, seconds=ANSWER_S):
        self.say(line)
        return self.answer(seconds)

    def done(self, *lines, seconds=60):
        """Ask for something and wait until it has ended; the state then."""
        for line in lines:
            self.say(line)
        seconds *= PATIENCE
        state = self.ask(f"wait {seconds}", seconds + ANSWER_S)
        expect(not state["busy"], lambda: f"{lines} has not ended: {state}")
        return state

    def records(self):
        self.say("dump")
        rows = []
        while True:
            row = self.answer()
            if not row:
                return rows
            rows.append(row)

    def places(self):
        return [(r["partition"], r["offset"]) for r in self.records()]
