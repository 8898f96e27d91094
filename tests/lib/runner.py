# SPDX-License-Identifier: BSD-2-Clause
"""Runs the suites. Set-up, builds and every test program are counted; nothing is skipped in silence.

A test program prints lines `ok NAME` and `not ok NAME` (cmocka does in its TAP mode). Each runs in
a session of its own with no terminal and no standard input, its output goes to a log under
build/check, and its whole process group is ended when it is over or takes too long.
"""
import contextlib
import glob
import os
import re
import signal
import subprocess
import sys
import time

import paths

CASE = re.compile(r"^(ok|not ok)\b[ \d]*(?:- )?(.*)$")
TAIL = 120               # lines of a failed program's log that are shown
WIDE = 500               # bytes of such a line
REASON = 12              # of them again below the summary, which may be all that is kept of a run


def log_path(name):
    return paths.scratch(re.sub(r"[ /]", "-", name) + ".log")


class Run:
    """What was counted so far, and the program that runs now."""

    def __init__(self, words):
        self.words = words           # cases of Python programs to run, all when empty
        self.passed, self.failed = 0, []
        self.child = None
        self.begun = time.monotonic()

    def say(self, text):
        print(f"[{time.monotonic() - self.begun:6.1f}] {text}", flush=True)

    def ok(self):
        self.passed += 1

    def not_ok(self, name, log=None):
        self.failed.append((name, self.show(name, log)[-REASON:]))

    def show(self, what, log):
        """Say what failed, with the end of its log, which is returned as lines."""
        self.say(f"FAILED {what}")
        end = []
        if log and os.path.exists(log):
            with open(log, encoding="utf-8", errors="backslashreplace") as lines:
                end = [line[:WIDE] for line in lines.read().splitlines()[-TAIL:]]
            for line in end:
                print("    " + line)
            print(f"    ({os.path.relpath(log, paths.ROOT)})", flush=True)
        return end

    def execute(self, command, log, seconds, env=None):
        """Run to the end or to the deadline; the status, or None when it took too long."""
        os.makedirs(os.path.dirname(log), exist_ok=True)
        with open(log, "wb") as out:
            self.child = subprocess.Popen(command, cwd=paths.ROOT, stdin=subprocess.DEVNULL, stdout=out,
                                          stderr=subprocess.STDOUT, start_new_session=True,
                                          env={**os.environ, **(env or {})})
        try:
            return self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self.end_child()

    def end_child(self):
        """End the program's process group: politely, so that it ends what it started, then for good."""
        child, self.child = self.child, None
        if not child:
            return
        if child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def step(self, name, command, seconds, env=None):
        """A thing that must succeed, counted as one test: a build, a set-up stage, a check."""
        log = log_path(name)
        self.say(name)
        status = self.execute(command, log, seconds, env)
        if status == 0:
            self.ok()
            return True
        self.not_ok(f"{name}: " + (f"status {status}" if status is not None else f"not within {seconds} s"), log)
        return False

    def program(self, name, command, seconds, env=None):
        """A test program that reports its cases."""
        log = log_path(name)
        self.say(name)
        env = {"CMOCKA_MESSAGE_OUTPUT": "TAP", **paths.SANITIZERS, **(env or {})}
        status = self.execute(command, log, seconds, env)
        passed, failed, said = 0, [], []
        with open(log, encoding="utf-8", errors="backslashreplace") as lines:
            for line in (line.rstrip()[:WIDE] for line in lines):
                found = CASE.match(line)
                if not found:
                    said.append(line)
                elif found[1] == "ok":
                    passed, said = passed + 1, []
                else:
                    # A case in Python explains itself before its verdict, cmocka (which numbers them) after it.
                    reason = [] if line[7:8].isdigit() else said
                    failed.append((f"{name}: {found[2]}", reason))
                    said = reason if not reason else []
        self.passed += passed
        self.failed += [(case, reason[:REASON]) for case, reason in failed]
        why = None
        if status is None:
            why = f"not done within {seconds} s"
        elif status < 0:
            why = f"ended by signal {-status}"
        elif status and not failed:
            why = f"status {status}"
        elif not passed and not failed and not self.words:
            why = "executed no test"
        if why:
            self.not_ok(f"{name}: {why}", log)
        elif failed:
            self.show(", ".join(case for case, _ in failed), log)

    def summary(self):
        if self.failed:
            print("failed:")
        for name, reason in self.failed:
            print("    " + name)
            for line in reason:
                print("        " + line)
        print(f"{self.passed} passed, {len(self.failed)} failed", flush=True)
        return 1 if self.failed or not self.passed else 0


# ---- suites ----------------------------------------------------------------

def make(run, mode, *targets, **variables):
    name = f"build {mode}" + (f" {' '.join(targets)}" if len(targets) == 1 else "")
    return run.step(name, ["make", "--no-print-directory", f"-j{os.cpu_count()}", f"MODE={mode}",
                           *[f"{k}={v}" for k, v in variables.items()], *targets], 900)


def c_programs(run, kind, mode, seconds=300):
    """Build and run tests/KIND/test_*.c in one build mode."""
    sources = sorted(glob.glob(os.path.join(paths.ROOT, "tests", kind, "test_*.c")))
    names = [os.path.splitext(os.path.basename(source))[0] for source in sources]
    programs = [os.path.join("build", mode, "tests", kind, name) for name in names]
    if not programs:
        run.not_ok(f"{kind}: no test programs")
    elif make(run, mode, *programs):
        for name, program in zip(names, programs):
            run.program(f"{kind} {name[5:]} {mode}", [program], seconds)


def python_programs(run, kind, mode, names="*", seconds=1800):
    """Run tests/KIND/test_NAMES.py against the weir of one build mode."""
    programs = sorted(glob.glob(os.path.join(paths.ROOT, "tests", kind, f"test_{names}.py")))
    if not programs:
        run.not_ok(f"{kind}: no test programs")
    elif make(run, mode, "all", f"build/{mode}/tests/feed") and make(
            run, "release", "build/support/guard", "build/support/gate.so", "build/support/traffic",
            "build/release/tests/seed"):
        for program in programs:
            name = os.path.splitext(os.path.basename(program))[0][5:]
            run.program(f"{kind} {name} {mode}", [sys.executable, "-B", program, *run.words],
                        seconds, {"WEIR_MODE": mode})


def suite_static(run):
    run.step("layers", ["make", "--no-print-directory", "layers"], 60)
    run.step("catalogue of configurations", ["tests/support/config-catalog", "check"], 120)
    if make(run, "release", "all"):
        run.step("documents", ["make", "--no-print-directory", "check-docs"], 60)


def suite_unit(run):
    for mode in ("release", "asan", "tsan"):
        c_programs(run, "unit", mode)


def suite_screen(run):
    for mode in ("release", "asan"):
        c_programs(run, "screen", mode)


def suite_fault(run):
    for mode in ("asan", "tsan"):
        c_programs(run, "fault", mode)


def suite_fuzz(run):
    """Each parser of outside bytes for a bounded time, from what earlier runs and the tree hold.

    The same seed each time, so that a change is judged by the same inputs; FUZZ_SEED=0 looks further.
    """
    seconds = int(os.environ.get("FUZZ_SECONDS", "10"))
    seed = int(os.environ.get("FUZZ_SEED", "1"))
    sources = sorted(glob.glob(os.path.join(paths.ROOT, "tests", "fuzz", "fuzz_*.c")))
    if not sources:
        run.not_ok("fuzz: no fuzzers")
    elif run.step("build fuzzers", ["make", "--no-print-directory", f"-j{os.cpu_count()}", "fuzzers"], 900):
        for source in sources:
            name = os.path.splitext(os.path.basename(source))[0]
            corpus = os.path.join(paths.ROOT, "build", "fuzz", "corpus", name)
            os.makedirs(corpus, exist_ok=True)
            seeds = [s for s in [source[:-2] + ".seeds"] if os.path.isdir(s)]
            run.step(f"fuzz {name[5:]}", [os.path.join("build", "fuzz", "tests", "fuzz", name), corpus, *seeds,
                     f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=4096",
                     f"-artifact_prefix={os.path.join(paths.CHECK, name)}-", "-print_final_stats=1"],
                     seconds + 120, paths.SANITIZERS)


def suite_integration(run):
    python_programs(run, "integration", "asan")
    python_programs(run, "integration", "tsan", "lag")
    python_programs(run, "integration", "tsan", "feed")


def suite_e2e(run):
    python_programs(run, "e2e", "asan")
    python_programs(run, "e2e", "tsan", "session")


SUITES = {
    "static": suite_static,
    "unit": suite_unit,
    "screen": suite_screen,
    "fault": suite_fault,
    "fuzz": suite_fuzz,
    "integration": suite_integration,
    "e2e": suite_e2e,
}


def main(arguments):
    words = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, words = arguments[:cut], arguments[cut + 1:]
    unknown = [a for a in arguments if a not in SUITES]
    if unknown:
        sys.exit(f"run: no suite {unknown[0]}; there are: {' '.join(SUITES)}")
    run = Run(words)

    def interrupted(number, _):
        raise KeyboardInterrupt(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    try:
        for stage in ("build", "kafka", "test", "tsan"):
            run.step(f"set-up {stage}", ["tests/support/setup", stage], 1800)
        for name, suite in SUITES.items():
            if not arguments or name in arguments:
                suite(run)
    except KeyboardInterrupt:
        run.end_child()
        run.not_ok("interrupted")
        run.summary()
        sys.exit(130)
    sys.exit(run.summary())


if __name__ == "__main__":
    main(sys.argv[1:])
