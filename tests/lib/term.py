# SPDX-License-Identifier: BSD-2-Clause
"""A real terminal to drive weir in: a private tmux server that holds one interactive shell."""
import contextlib
import ctypes
import glob
import os
import re
import select
import shlex
import signal
import subprocess
import time

import paths
import weir
from tap import PATIENCE, Failure, end_by_input, expect, expect_equal, wait_until

PROMPT = "shell$"
LOOK = 0.02              # seconds between two looks at a screen


def die_with_parent():
    """In a child, before exec: the kernel ends it when this process ends, however it does."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Control:
    """A client of the tmux server that stays and answers questions. A program for each of the thousands of
    looks at a screen would take fifty times the processor time."""

    # The last number is 1 where a command of this client is answered.
    ANSWER = re.compile(rb"^%begin (\d+ \d+ 1)\n((?:.*\n)*?)%(end|error) \1\n", re.M)

    def __init__(self, command, env):
        self.process = subprocess.Popen([*command, "-C", "attach", "-f", "ignore-size,no-output"], env=env,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.got = b""

    def ask(self, command, seconds=20):
        """What a command printed."""
        deadline = time.monotonic() + seconds * PATIENCE
        with contextlib.suppress(BrokenPipeError):       # the answer says it then
            self.process.stdin.write(command.encode() + b"\n")
            self.process.stdin.flush()
        while not (answer := self.ANSWER.search(self.got)):
            if not select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))[0]:
                raise Failure(f"tmux does not answer {command}")
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                raise Failure(f"tmux has ended: {command}")
            self.got += more
        self.got = self.got[answer.end():]
        text = answer[2].decode("utf-8", "replace")
        if answer[3] == b"error":
            raise Failure(f"tmux {command}: {text}")
        return text

    def end(self):
        end_by_input(self.process, 10)


class Terminal:
    count = 0

    def __init__(self, cols=80, rows=24, **env):
        Terminal.count += 1
        self.cols, self.rows = cols, rows
        self.label = f"weir-test-{os.getpid()}-{Terminal.count}"
        self.reports = paths.scratch(f"term/{self.label}.sanitizer")
        self.env = weir.environment(PS1=PROMPT + " ", **env)
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            self.env[name] += ":log_path=" + self.reports
        self.env.pop("TMUX", None)
        self.command = ["tmux", "-N", "-u", "-L", self.label]
        self.server = self.control = None

    def __enter__(self):
        self.server = subprocess.Popen(
            ["tmux", "-D", "-L", self.label, "-f", "/dev/null"], env=self.env, preexec_fn=die_with_parent,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.tmux("show-options", "-s", check=False) is not None, "tmux")
        for option in ("escape-time 0", "status off", "history-limit 0",
                       "default-terminal tmux-256color", "set-clipboard off"):
            self.tmux("set-option", "-g", *option.split())
        self.tmux("new-session", "-d", "-x", self.cols, "-y", self.rows, "bash", "--norc", "--noprofile", "-i")
        self.control = Control(self.command, self.env)
        self.shell, self.tty = self.ask("display-message -p '#{pane_pid} #{pane_tty}'").split()
        self.wait(re.escape(PROMPT))
        return self

    def __exit__(self, kind, why, trace):
        try:
            self.tmux("kill-server", check=False)
            if self.control:
                self.control.end()
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        found = glob.glob(self.reports + "*")
        if found:
            with open(found[0], encoding="utf-8", errors="backslashreplace") as report:
                raise Failure(f"{found[0]}:\n{report.read()[:6000]}") from why

    def tmux(self, *words, check=True):
        done = subprocess.run([*self.command, *map(str, words)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env, timeout=20)
        if done.returncode:
            if check:
                raise Failure(f"tmux {words}: {done.stderr.decode()}")
            return None
        return done.stdout.decode("utf-8", "replace")

    def ask(self, command):
        """What a command of tmux prints that only looks."""
        return self.control.ask(command)

    # ---- input

    def run(self, *words):
        """Type a command into the shell."""
        self.text(" ".join(shlex.quote(str(w)) for w in words))
        self.keys("Enter")

    def weir(self, *args, **env):
        """Start weir from the shell, with more environment if any."""
        self.run(*(["env"] + [f"{k}={v}" for k, v in env.items()] if env else []), paths.WEIR, *args)

    def keys(self, *names):
        """Press keys by tmux's names: "j", "Enter", "C-z", "F1"."""
        self.tmux("send-keys", *names)

    def text(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def resize(self, cols, rows):
        self.cols, self.rows = cols, rows
        self.tmux("resize-window", "-x", cols, "-y", rows)

    def leave(self):
        """Quit weir from wherever it is; the shell must have its terminal back."""
        on_alternate = self.alternate()
        for _ in range(8):
            self.keys("q")
            with contextlib.suppress(Failure):
                wait_until(lambda: not self.weir_pid() or (on_alternate and not self.alternate()), "the end", 1)
                break
        # Where weir needs longer than that to end, and there is no alternate screen, the shell gets a q too.
        typed = self.wait_for(lambda s: re.search(re.escape(PROMPT) + " ?(q*)$", s.rstrip()), "the shell's prompt")
        if typed[1]:
            self.keys("C-u")
            self.wait_shell()
        expect_equal(self.status(), 0, "exit status")
        expect(not self.alternate(), "still on the alternate screen")

    # ---- output

    def lines(self):
        """The screen as it stays for a moment: of a picture that is just being drawn, the old half would be taken for new."""
        text = self.ask("capture-pane -p")
        for _ in range(5):
            time.sleep(LOOK / 2)
            last, text = text, self.ask("capture-pane -p")
            if text == last:
                break
        return text.split("\n")[:self.rows]

    def screen(self):
        return "\n".join(self.lines())

    def styled(self):
        """The screen with its attributes as escape sequences."""
        return self.ask("capture-pane -p -e")

    def wait(self, pattern, seconds=15):
        """Until a regular expression matches on the screen; the match."""
        return wait_until(lambda: re.search(pattern, self.screen(), re.M),
                          lambda: f"{pattern!r} on the screen:\n{self.screen()}", seconds, LOOK)

    def wait_for(self, probe, what, seconds=15):
        """Until probe(screen) gives something true."""
        return wait_until(lambda: probe(self.screen()), lambda: f"{what}; the screen:\n{self.screen()}", seconds, LOOK)

    def wait_gone(self, pattern, seconds=15):
        wait_until(lambda: not re.search(pattern, self.screen(), re.M),
                   lambda: f"{pattern!r} to go away:\n{self.screen()}", seconds, LOOK)

    def wait_heard(self, seconds=15):
        """Until the question on the screen hears keys, which it does not before it can have been read."""
        self.wait(r"Enter( or y)?: \w", seconds)

    def wait_shell(self, seconds=15):
        """Until the shell asks again, as the last line."""
        self.wait_for(lambda s: s.rstrip().endswith(PROMPT), "the shell's prompt", seconds)

    def status(self):
        """Exit status of the shell's last command."""
        self.text("echo status=$?")
        self.keys("Enter")
        return int(self.wait(r"^status=(\d+)")[1])

    def record(self, path):
        """From now on write every byte that the program prints to a file too."""
        self.tmux("pipe-pane", "cat >" + shlex.quote(path))

    def stop_recording(self):
        self.tmux("pipe-pane")

    # ---- state

    def alternate(self):
        return self.ask("display-message -p '#{alternate_on}'").strip() == "1"

    def cursor_visible(self):
        return self.ask("display-message -p '#{cursor_flag}'").strip() == "1"

    def mouse(self):
        return self.ask("display-message -p '#{mouse_any_flag}'").strip() == "1"

    def stty(self):
        """The terminal's modes, read from outside the shell."""
        return subprocess.run(["stty", "-F", self.tty, "-g"], stdout=subprocess.PIPE, check=True, text=True).stdout

    def weir_pid(self):
        """Pid of the weir that the shell runs, or None."""
        try:
            with open(f"/proc/{self.shell}/task/{self.shell}/children", encoding="ascii") as children:
                pids = children.read().split()
        except FileNotFoundError:
            return None
        for pid in pids:
            try:
                if os.path.basename(os.readlink(f"/proc/{pid}/exe")) == "weir":
                    return int(pid)
            except OSError:
                continue
        return None

    def signal(self, number):
        pid = wait_until(self.weir_pid, "weir to run")
        os.kill(pid, number)
        return pid
