# SPDX-License-Identifier: BSD-2-Clause
"""Runs weir's commands that need no terminal and reads what they print."""
import json
import os
import subprocess
import time

import paths


def environment(**more):
    """The caller's environment without what would change weir's answers."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("WEIR_", "NO_COLOR", "XDG_"))}
    env.update(paths.SANITIZERS)
    env["LC_ALL"] = "C.UTF-8"
    env["HOME"] = env["XDG_CONFIG_HOME"] = paths.scratch("home/none")
    env.update(more)
    return env


class Result:
    def __init__(self, command, status, out, err, seconds):
        self.command, self.status, self.seconds = command, status, seconds
        self.out = out.decode("utf-8", "surrogateescape")
        self.err = err.decode("utf-8", "surrogateescape")

    def rows(self):
        """The JSON objects that were printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def __str__(self):
        return (f"{' '.join(self.command)}\n  status {self.status} after {self.seconds:.2f} s"
                f"\n  out: {self.out[-2000:]}\n  err: {self.err[-2000:]}")


def run(*args, seconds=180, env=None, stdin=subprocess.DEVNULL):
    """Run weir to its end. A run that takes longer than `seconds` is killed and raises."""
    command = [paths.WEIR, *args]
    begun = time.monotonic()
    done = subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=seconds, env=env or environment())
    return Result(command, done.returncode, done.stdout, done.stderr, time.monotonic() - begun)


class Watch:
    """`weir ... --watch` running beside the test: its rows arrive as they are printed."""

    def __init__(self, *args, env=None):
        self.command = [paths.WEIR, *args]
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=env or environment())
        os.set_blocking(self.process.stdout.fileno(), False)
        self.partial = b""
        self.rows = []            # every row so far, in the order of printing

    def poll(self):
        """Take in what has been printed since; returns the new rows."""
        while True:
            chunk = self.process.stdout.read(1 << 16)
            if not chunk:
                break
            self.partial += chunk
        *lines, self.partial = self.partial.split(b"\n")
        new = [json.loads(line) for line in lines if line]
        self.rows += new
        return new

    def stop(self, sig=None):
        if self.process.poll() is None:
            self.process.send_signal(sig) if sig else self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.process.stdout.close()
        self.process.stderr.close()
