# SPDX-License-Identifier: BSD-2-Clause
"""Test programs in Python: cases are functions, a fixture is made once, results are lines.

Each case prints `ok NAME (SECONDS s)` or `not ok NAME (SECONDS s)`, a failed one after what went
wrong as lines that begin with `# `. The program's status is 1 when a case failed. Command line:
words that a case's name must contain, any of them.
"""
import contextlib
import re
import signal
import sys
import time
import traceback


PATIENCE = 3             # deadlines are for an idle machine; a busy one gets this much longer


class Failure(AssertionError):
    """What a test expected and did not find."""


def expect(condition, message):
    if not condition:
        raise Failure(message() if callable(message) else message)


def expect_equal(found, wanted, what):
    expect(found == wanted, lambda: f"{what}\n  found  {found!r}\n  wanted {wanted!r}")


def expect_match(pattern, text, what):
    expect(re.search(pattern, text), lambda: f"{what}: nothing matches {pattern!r} in\n{text}")


def wait_until(probe, what, seconds=10.0, step=0.05):
    """Ask probe() until it gives something true, which is returned; fail after so many seconds.

    `what` says what was awaited; it may be a function that also shows the last state."""
    seconds *= PATIENCE
    deadline = time.monotonic() + seconds
    while True:
        value = probe()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failure(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(step)


def expect_soon(probe, wanted, what, seconds=10.0):
    """Until probe() gives what is wanted: a broker may learn of a change later than the one that was asked for it."""
    wait_until(lambda: probe() == wanted, lambda: f"{what}\n  found  {probe()!r}\n  wanted {wanted!r}", seconds)


def end_by_input(process, seconds):
    """End a program that lives as long as its standard input; by force when it outlives that by so many seconds."""
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(seconds)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Suite:
    def __init__(self):
        self.cases = []

    def case(self, function):
        self.cases.append(function)
        return function

    def main(self, fixture=contextlib.nullcontext):
        """Run the chosen cases in order with what fixture() gives, and exit."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        words = sys.argv[1:]
        chosen = [c for c in self.cases if not words or any(w in c.__name__ for w in words)]
        failed = 0
        print(f"1..{len(chosen)}", flush=True)
        if not chosen:
            sys.exit(0)
        try:
            with fixture() as value:
                for function in chosen:
                    failed += not attempt(function, value)
        except Exception as why:  # before the first case or after the last
            failed += 1
            explain(why)
            print("not ok the fixture", flush=True)
        sys.exit(1 if failed else 0)


def attempt(function, value):
    """Run one case and say how it went; a broken one must not hide the others."""
    begun = time.monotonic()
    verdict = "ok"
    try:
        function(value)
    except Exception as why:
        verdict = "not ok"
        explain(why)
    print(f"{verdict} {function.__name__.replace('_', ' ')} ({time.monotonic() - begun:.2f} s)", flush=True)
    return verdict == "ok"


def explain(why):
    place = traceback.extract_tb(why.__traceback__)[:2][-1]
    text = str(why) if isinstance(why, Failure) else "".join(traceback.format_exception(why))
    print(f"# {place.filename}:{place.lineno}: {place.line}")
    for line in text.splitlines():
        print("#   " + line.encode("utf-8", "backslashreplace").decode())
