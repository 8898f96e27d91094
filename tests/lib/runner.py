# SPDX-License-Identifier: BSD-2-Clause
"""Runs the suites. Set-up, builds and every test program are counted; nothing is skipped in silence.

Two lanes run side by side: suites that compute, one program after another, and suites that wait for
a cluster, three programs at a time, up to five when the others need less. `fast` is what needs
neither Kafka nor a sanitizer, for the loop of editing.

A test program prints lines `ok NAME` and `not ok NAME` (cmocka does in its TAP mode), with the
seconds it took behind the name if it likes; lines `== PART` and `== PART (SECONDS s)` enclose the
cases of a part. Each program runs in a session of its own with no terminal and no standard input, its
output goes to a log under build/check, and its whole process group is ended when it is over or takes
too long. What failed is tried once more, only to say whether it is flaky: it counts as failed.
"""
import collections
import contextlib
import glob
import os
import re
import signal
import subprocess
import sys
import threading
import time
import traceback

import paths
import tools

CASE = re.compile(r"^(ok|not ok)\b([ \d]*)(?:- )?(.*?)(?: \((\d+\.\d+) s\))?$")
PART = re.compile(r"^== (\S+)(?: \((\d+\.\d+) s\))?$")
TAIL = 120               # lines of a failed program's log that are shown
WIDE = 500               # bytes of such a line
REASON = 12              # of them again below the summary, which may be all that is kept of a run
SLOWEST = 20             # cases that the summary lists
RETRIES = 10             # failed programs that are tried again; where more fail, chance is not why
AT_ONCE = int(os.environ.get("WEIR_AT_ONCE", "3"))     # programs that wait for a cluster


def log_path(name):
    return paths.scratch(re.sub(r"[ /]", "-", name) + ".log")


class Stopped(Exception):
    """The run was interrupted: nothing is started any more."""


class Result:
    """What a test program printed: its cases, and how long they took."""

    def __init__(self, status):
        self.status = status             # None: not done in time
        self.passed = []
        self.failed = {}                 # name -> the lines that say why
        self.times = []                  # (seconds, name) of cases, or of parts where cases have no time

    def read(self, log):
        part, said = "", []
        with open(log, encoding="utf-8", errors="backslashreplace") as lines:
            for line in (line.rstrip()[:WIDE] for line in lines):
                at, found = PART.match(line), CASE.match(line)
                if at:
                    part, said = ("" if at[2] else at[1] + " "), []
                    if at[2]:
                        self.times.append((float(at[2]), at[1]))
                elif not found:
                    said.append(line)
                else:
                    name = part + found[3]
                    if found[4]:
                        self.times.append((float(found[4]), name))
                    if found[1] == "ok":
                        self.passed.append(name)
                        said = []
                    else:
                        # A case in Python explains itself before its verdict, cmocka (which numbers them) after it.
                        reason = [] if found[2].strip() else said
                        self.failed[name] = reason
                        said = reason if not reason else []
        return self


class Run:
    """What was counted so far, and the programs that run now. Its methods may be called by several threads."""

    def __init__(self, words):
        self.words = words           # cases of Python programs to run, all when empty
        self.passed, self.failed = 0, []
        self.times = []              # (seconds, case)
        self.totals = collections.Counter()      # seconds by suite, which is the first word of a name
        self.retries = RETRIES
        self.children = set()
        self.stopped = False
        self.lock = threading.RLock()
        self.making = threading.Lock()   # two makes in one tree would write the same files
        # Of the suites that compute, those up to the screens, and all, are done: then one more program may wait.
        self.drawn, self.computed = threading.Event(), threading.Event()
        self.environment = {}        # what all programs get
        self.missing = set()         # stages of the set-up that failed
        self.begun = time.monotonic()

    def say(self, text):
        print(f"[{time.monotonic() - self.begun:6.1f}] {text}", flush=True)

    def not_ok(self, name, log=None):
        with self.lock:
            self.failed.append([name, self.show(name, log)[-REASON:]])

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

    def show_cases(self, name, result, log):
        for case, reason in result.failed.items():
            self.say(f"FAILED {name}: {case}")
            for line in reason[-TAIL:]:
                print("    " + line)
        print(f"    ({os.path.relpath(log, paths.ROOT)})", flush=True)

    def execute(self, name, command, log, seconds, env=None):
        """Run to the end or to the deadline; the status, or None when it took too long."""
        os.makedirs(os.path.dirname(log), exist_ok=True)
        begun = time.monotonic()
        with open(log, "wb") as out, self.lock:
            if self.stopped:
                raise Stopped
            child = subprocess.Popen(command, cwd=paths.ROOT, stdin=subprocess.DEVNULL, stdout=out,
                                     stderr=subprocess.STDOUT, start_new_session=True,
                                     env={**os.environ, **self.environment, **(env or {})})
            self.children.add(child)
        try:
            status = child.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            self.end(child)
            with self.lock:
                self.children.discard(child)
                self.totals[name.split()[0]] += time.monotonic() - begun
        if self.stopped:
            raise Stopped                # it was ended, whatever it says
        return status

    @staticmethod
    def end(child):
        """End the program's process group: politely, so that it ends what it started, then for good."""
        if child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def stop(self):
        """Start nothing any more and end what runs."""
        with self.lock:
            self.stopped = True
            children = list(self.children)
        for child in children:
            child.terminate()
        for child in children:
            self.end(child)

    def step(self, name, command, seconds, env=None):
        """A thing that must succeed, counted as one test: a build, a set-up stage, a check."""
        log = log_path(name)
        self.say(name)
        with self.making if command[0] == "make" else contextlib.nullcontext():
            status = self.execute(name, command, log, seconds, env)
        if status == 0:
            with self.lock:
                self.passed += 1
            return True
        self.not_ok(f"{name}: " + (f"status {status}" if status is not None else f"not within {seconds} s"), log)
        return False

    def program(self, name, command, seconds, env=None, again=None):
        """A test program that reports its cases; again(names) is the command that runs only these."""
        self.say(name)
        env = {"CMOCKA_MESSAGE_OUTPUT": "TAP", **paths.SANITIZERS, **(env or {})}
        log, begun = log_path(name), time.monotonic()
        result = Result(self.execute(name, command, log, seconds, env)).read(log)
        took, status = time.monotonic() - begun, result.status
        why = None
        if status is None:
            why = f"not done within {seconds} s"
        elif status < 0:
            why = f"ended by signal {-status}"
        elif status and not result.failed:
            why = f"status {status}"
        elif not result.passed and not result.failed and not self.words:
            why = "executed no test"
        entries = [[f"{name}: {case}", reason[:REASON]] for case, reason in result.failed.items()]
        with self.lock:
            self.passed += len(result.passed)
            self.failed += entries
            self.times += [(s, f"{name}: {case}") for s, case in result.times] or [(took, name)]
            if why:
                self.not_ok(f"{name}: {why}", log)
                entries.append(self.failed[-1])
            elif result.failed:
                self.show_cases(name, result, log)
            else:
                self.say(f"{name}: {len(result.passed)} passed in {took:.1f} s")
            if not entries or status is None or not self.retries:
                return
            self.retries -= 1
        self.try_again(name, again(list(result.failed)) if again and not why else command, seconds, env, entries)

    def try_again(self, name, command, seconds, env, entries):
        """Name those flaky that pass this time."""
        log = log_path(name + " again")
        self.say(f"{name}: again")
        second = Result(self.execute(name, command, log, seconds, env)).read(log)
        for entry in entries:
            case = entry[0][len(name) + 2:]
            # What is not a case of its own (a fixture, a signal, a leak at the end) is well when all is.
            if case in second.passed or second.status == 0:
                entry[0] += " (flaky: passed on a second try)"

    def summary(self):
        if self.times:
            print("slowest:")
        for seconds, name in sorted(self.times, reverse=True)[:SLOWEST]:
            print(f"  {seconds:7.2f} s  {name}")
        print("total:")
        for suite, seconds in self.totals.items():
            print(f"  {seconds:7.1f} s  {suite}")
        print(f"  {time.monotonic() - self.begun:7.1f} s  the whole, side by side")
        if self.failed:
            print("failed:")
        for name, reason in self.failed:
            print("    " + name)
            for line in reason:
                print("        " + line)
        if len(self.failed) > 1:     # once more without reasons, where only the last lines are kept
            print("failed, in short:")
            for name, _ in self.failed:
                print("    " + name)
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


def unit(run, mode):
    program = f"build/{mode}/tests/unit/all"
    if make(run, mode, program):
        # A failed case is called after its file.
        run.program(f"unit {mode}", [program], 900, again=lambda cases: [program, *{c.split()[0] for c in cases}])


def screen(run, mode):
    program = f"build/{mode}/tests/screen/test_golden"
    if make(run, mode, program):
        run.program(f"screen {mode}", [program], 300, again=lambda cases: [program, *["tests/screen/" + c for c in cases]])
    clusters = f"build/{mode}/tests/screen/test_clusters"
    if make(run, mode, clusters):
        run.program(f"clusters {mode}", [clusters], 120)


def python_program(run, program, kind, mode, seconds=1800):
    """One of tests/KIND/test_*.py against the weir of one build mode."""
    name = os.path.splitext(os.path.basename(program))[0][5:]
    command = [sys.executable, "-B", program]
    run.program(f"{kind} {name} {mode}", [*command, *run.words], seconds, {"WEIR_MODE": mode},
                lambda cases: [*command, *([] if "the fixture" in cases else [c.replace(" ", "_") for c in cases])])


def suite_static(run):
    run.step("static layers", ["make", "--no-print-directory", "layers"], 60)
    run.step("static complexity", ["tests/complexity"], 60)
    run.step("static format", ["tests/format"], 60)
    run.program("static set-up", [sys.executable, "-B", "tests/static/test_setup.py"], 120)
    run.step("static catalogue of configurations", ["tests/support/config-catalog", "check"], 120)
    if make(run, "release", "all"):
        run.program("static help", [sys.executable, "-B", "tests/static/test_help.py"], 120)
        run.step("static documents", ["make", "--no-print-directory", "check-docs"], 60)


def suite_fast(run):
    """What can be judged in a minute after an edit."""
    run.step("fast layers", ["make", "--no-print-directory", "layers"], 60)
    run.step("fast complexity", ["tests/complexity"], 60)
    run.step("fast format", ["tests/format"], 60)
    if make(run, "release", "all"):
        run.step("fast documents", ["make", "--no-print-directory", "check-docs"], 60)
    unit(run, "release")
    screen(run, "release")


def suite_unit(run):
    for mode in ("release", "asan", "tsan"):
        unit(run, mode)
    if make(run, "release", "build/release/tests/unit/all", "build/support/torture.so"):
        run.program("unit torture", ["tests/torture/torture"], 900, again=lambda cases: [
            "tests/torture/torture", *{c.split()[0] for c in cases}])


def suite_screen(run):
    for mode in ("release", "asan"):
        screen(run, mode)


def suite_fault(run):
    for mode in ("asan", "tsan"):
        c_programs(run, "fault", mode)


def suite_fuzz(run):
    """Each parser of outside bytes for a bounded time, from what earlier runs and the tree hold.

    The same seed each time, so that a change is judged by the same inputs; FUZZ_SEED=0 looks further.
    """
    seconds = int(os.environ.get("FUZZ_SECONDS", "2"))
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


# What runs on a cluster, and what of it a second time, under the thread sanitizer.
CLUSTER_SUITES = {"integration": ("lag", "feed"), "e2e": ("session",)}
# Who takes clusters of so many nodes from the pool. They go first, so that the pool, which costs processor time
# also while nobody uses it, goes early.
POOLED = {3: ("integration feed", "integration topic_clone", "integration tail", "integration reset", "integration topic",
              "integration lag", "e2e session", "e2e clone", "e2e topic_actions", "e2e topic_views"),
          1: ("integration topic_clone", "e2e clone", "integration commands", "e2e reset", "e2e messages", "e2e produce",
              "e2e reset_armed", "e2e reset_form", "e2e reset_input")}
# How many seconds each takes, about: those that take longest go first, so that none is left over at the end.
TAKES = {"integration": {"feed": 180, "topic_clone": 140, "faults": 165, "reset_faults": 160, "topic_faults": 165, "tail": 85,
                         "reset": 105, "odd_answers": 130, "topic": 85, "produce": 110, "secure": 55, "other_cluster": 70,
                         "frozen": 40, "traffic": 40},
         "e2e": {"session": 75, "demo": 95, "outage": 120, "messages": 90, "reset_armed": 80, "produce": 60, "topic_actions": 90,
                 "clone": 65, "other_cluster": 50, "reset_form": 50, "figures": 40}}
TAKES_ELSE = 25


class Job:
    """A test program on real Kafka, in one build mode."""

    def __init__(self, program, kind, mode):
        self.program, self.kind, self.mode = program, kind, mode
        name = os.path.splitext(os.path.basename(program))[0][5:]
        self.pools = [nodes for nodes, users in POOLED.items() if f"{kind} {name}" in users]
        self.takes = TAKES[kind].get(name, TAKES_ELSE)
        self.rank = (-max(self.pools, default=0), -self.takes, mode, program)


def cluster_jobs(run, kinds):
    """All of them, in the order in which they are to start."""
    found = []
    for kind in kinds:
        programs = sorted(glob.glob(os.path.join(paths.ROOT, "tests", kind, "test_*.py")))
        if not programs:
            run.not_ok(f"{kind}: no test programs")
        for program in programs:
            twice = os.path.splitext(os.path.basename(program))[0][5:] in CLUSTER_SUITES[kind]
            found += [Job(program, kind, mode) for mode in (("asan", "tsan") if twice else ("asan",))]
    return sorted(found, key=lambda job: job.rank)


def cluster_lane(run, kinds):
    """Programs on real Kafka, some at a time, which share Kafka's tools and a pool of clusters."""
    with tools.Server(log_path("kafka tools")) as server:
        if not (make(run, "asan", "all", "build/asan/tests/feed", "build/asan/tests/works")
                and make(run, "release", "all", "build/support/guard", "build/support/gate.so", "build/support/traffic",
                         "build/release/tests/seed")):
            return
        port = server.port()
        if port:
            run.environment = {"WEIR_TOOLS": port, "WEIR_POOL": str(os.getpid())}
        else:
            run.not_ok("the JVM of Kafka's tools did not start", server.log)
        try:
            run_jobs(run, cluster_jobs(run, kinds))
        finally:
            end_pool("*")


def end_pool(nodes):
    for folder in glob.glob(paths.scratch(f"clusters/pool-{nodes}-*/")):
        subprocess.run([os.path.join(paths.SUPPORT, "cluster"), "down", folder], stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False)


class Jobs:
    """What is to run yet. Those that take clusters from the pool compute most of their time, those that kill and
    freeze nodes of their own wait most of it: they are to run side by side."""

    def __init__(self, jobs):
        self.pooled, self.others = ([job for job in jobs if bool(job.pools) == pooled] for pooled in (True, False))
        self.users = collections.Counter(nodes for job in jobs for nodes in job.pools)
        self.lock = threading.Lock()

    def take(self, kind):
        """The next of this kind, or of the other where none is left; of any kind, the one with more left to do.
        None at the end."""
        with self.lock:
            more = max(self.pooled, self.others, key=lambda jobs: sum(job.takes for job in jobs))
            first = {"pooled": self.pooled, "others": self.others, "any": more}[kind]
            return (first or more or [None]).pop(0)

    def is_done(self, job):
        """Says which pools nobody needs any more."""
        with self.lock:
            self.users.subtract(job.pools)
            return [nodes for nodes in job.pools if not self.users[nodes]]


def run_jobs(run, jobs):
    jobs = Jobs(jobs)
    built = {"asan": True}
    building = threading.Lock()

    def is_built(mode):
        if mode not in built:            # who needs no other mode does not wait for it
            with building:
                if mode not in built:
                    built[mode] = make(run, mode, "all", f"build/{mode}/tests/feed", f"build/{mode}/tests/works")
        return built[mode]

    def work(kind):
        while job := jobs.take(kind):
            if is_built(job.mode):
                python_program(run, job.program, job.kind, job.mode)
            for nodes in jobs.is_done(job):
                end_pool(nodes)

    def work_after(done):
        done.wait()
        work("any")

    side_by_side(run, [lambda: work("pooled")] * (AT_ONCE - 1) + [lambda: work("others")]
                 + [lambda done=done: work_after(done) for done in (run.drawn, run.computed)])


COMPUTING = {
    "static": suite_static,
    "unit": suite_unit,
    "screen": suite_screen,
    "fault": suite_fault,
    "fuzz": suite_fuzz,
}
SUITES = [*COMPUTING, *CLUSTER_SUITES, "fast"]

# The stages of the set-up without which a suite cannot run.
NEEDS = {"fast": ("build", "unit"), "static": ("build", "kafka", "test"), "unit": ("build", "test", "tsan"),
         "screen": ("build",), "fault": ("build", "test", "tsan"), "fuzz": ("build", "test"),
         "integration": ("build", "kafka", "test", "tsan"), "e2e": ("build", "kafka", "test", "tsan")}


def guarded(run, function):
    """A fault of the runner itself must not end the run in silence."""
    try:
        function()
    except Stopped:
        pass
    except Exception:
        run.not_ok("the runner: " + traceback.format_exc())


def side_by_side(run, functions):
    threads = [threading.Thread(target=guarded, args=(run, function), daemon=True) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def set_up(run, suites):
    """Bring in what the suites need; those are returned that have it all."""
    def bring_in(*stages):
        for stage in stages:
            if any(stage in NEEDS[s] for s in suites) and not run.step(f"set-up {stage}", ["tests/support/setup", stage], 1800):
                run.missing.add(stage)

    # The one waits for the network, the other computes.
    side_by_side(run, [lambda: bring_in("kafka"), lambda: bring_in("build", "unit", "test", "tsan")])
    able = []
    for suite in suites:
        lacks = [stage for stage in NEEDS[suite] if stage in run.missing]
        if lacks:
            run.not_ok(f"{suite}: not run, because set-up {lacks[0]} failed")
        else:
            able.append(suite)
    return able


def run_suites(run, suites):
    able = set_up(run, suites)
    if "fast" in able:
        suite_fast(run)

    def compute():
        try:
            for name, suite in COMPUTING.items():
                if name in able:
                    suite(run)
                if name == "screen":
                    run.drawn.set()
        finally:
            run.drawn.set()
            run.computed.set()

    clusters = [kind for kind in CLUSTER_SUITES if kind in able]
    side_by_side(run, [compute, *([lambda: cluster_lane(run, clusters)] if clusters else [])])


def main(arguments):
    words = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, words = arguments[:cut], arguments[cut + 1:]
    unknown = [a for a in arguments if a not in SUITES]
    if unknown:
        sys.exit(f"run: no suite {unknown[0]}; there are: {' '.join(SUITES)}")
    run = Run(words)
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def interrupted(number, _):
        raise KeyboardInterrupt(number)

    for number in signals:
        signal.signal(number, interrupted)
    suites = [s for s in SUITES if (s in arguments if arguments else s != "fast")]
    whole = threading.Thread(target=guarded, args=(run, lambda: run_suites(run, suites)), daemon=True)
    try:
        whole.start()
        whole.join()
    except KeyboardInterrupt:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        run.stop()
        whole.join(60)
        run.not_ok("interrupted")
        run.summary()
        sys.exit(130)
    sys.exit(run.summary())


if __name__ == "__main__":
    main(sys.argv[1:])
