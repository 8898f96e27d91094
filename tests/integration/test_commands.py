# SPDX-License-Identifier: BSD-2-Clause
"""Exit statuses, filters, formats and endings of the commands that need no terminal."""
import base64
import contextlib
import csv
import http.server
import io
import json
import os
import signal
import socket
import subprocess
import threading
import time

import paths
import weir
from kafka import shared_cluster
from tap import Suite, expect, expect_equal, expect_match, wait_until

suite = Suite()

SEED = r"""
topic orders 3 1
produce orders 0 100
produce orders 1 20
commit slow orders 0 10
commit slow orders 1 20
commit quick orders 0 99
commit hostile\x1b]0;owned\x07\xe2\x80\xae orders 0 7
"""


@contextlib.contextmanager
def small_cluster():
    with shared_cluster("commands", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


def expect_refusal(result, status, pattern):
    """One line on standard error that says what was wrong, nothing on standard output."""
    expect_equal(result.status, status, str(result))
    expect_equal(result.out, "", "standard output")
    expect_equal(len(result.err.splitlines()), 1, f"lines of {result.err!r}")
    expect_match(pattern, result.err, "the reason")


def closed_port():
    """A port of this machine that refuses connections."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@suite.case
def help_and_version_need_no_cluster(_):
    result = weir.run("--help")
    expect_equal(result.status, 0, str(result))
    expect_match(r"(?i)usage", result.out, "help")
    result = weir.run("--version")
    expect_equal(result.status, 0, str(result))
    expect_match(r"weir \d+\.\d+\.\d+.*librdkafka \d+\.\d+\.\d+", result.out.replace("\n", " "), "version")


@suite.case
def bad_usage_is_status_2(_):
    for args, pattern in (
            (["lag", "--no-such-option"], "no-such-option"),
            (["lagg"], "lagg"),
            (["lag", "-b"], "-b"),
            (["lag", "-b", "127.0.0.1:1", "-o", "xml"], "xml"),
            (["lag", "-b", "127.0.0.1:1", "--timeout", "soon"], "soon"),
            (["lag", "-b", "127.0.0.1:1", "--watch", "-3"], "-3"),
            (["lag", "-b", "127.0.0.1:1", "-X", "no.such.property=1"], "no.such.property"),
            (["lag", "-c", "no-such-context"], "no-such-context"),
            (["lag", "-F", "/no/such/file"], "/no/such/file"),
            (["lag"], "-b|bootstrap|context")):
        expect_refusal(weir.run(*args), 2, pattern)


@suite.case
def a_configuration_error_names_its_line(_):
    home = paths.scratch("home/broken/weir")
    os.makedirs(home, exist_ok=True)
    with open(os.path.join(home, "config"), "w", encoding="ascii") as config:
        config.write("[weir]\n\n[context x]\nbootstrap.servers = 127.0.0.1:1\nsecurity.protocl = ssl\n")
    os.chmod(os.path.join(home, "config"), 0o600)
    result = weir.run("lag", "-c", "x", env=weir.environment(XDG_CONFIG_HOME=os.path.dirname(home)))
    expect_refusal(result, 2, r"5.*security\.protocl.*security\.protocol")


@suite.case
def a_context_names_a_cluster(cluster):
    home = paths.scratch("home/good/weir")
    os.makedirs(home, exist_ok=True)
    with open(os.path.join(home, "config"), "w", encoding="ascii") as config:
        config.write(f"[context x]\nbootstrap.servers = {cluster.bootstrap}\n")
    os.chmod(os.path.join(home, "config"), 0o600)
    env = weir.environment(XDG_CONFIG_HOME=os.path.dirname(home))
    result = weir.run("lag", "-c", "x", "-g", "slow", "-o", "json", env=env)
    expect_equal((result.status, len(result.rows())), (0, 2), str(result))


@suite.case
def no_broker_is_status_3_in_time(_):
    result = weir.run("lag", "-b", f"127.0.0.1:{closed_port()}", "--timeout", "2")
    expect_refusal(result, 3, r"127\.0\.0\.1")
    expect(result.seconds < 8, f"took {result.seconds:.1f} s")


@suite.case
def a_broker_that_never_answers_is_status_3_in_time(_):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        result = weir.run("groups", "-b", f"127.0.0.1:{silent.getsockname()[1]}", "--timeout", "2")
    expect_refusal(result, 3, r"127\.0\.0\.1|answer|timed out")
    expect(result.seconds < 8, f"took {result.seconds:.1f} s")


@suite.case
def an_unknown_group_or_topic_is_status_1_beside_good_rows(cluster):
    result = weir.run("lag", "-b", cluster.bootstrap, "-o", "json", "-g", "slow", "-g", "nobody")
    expect_equal((result.status, {r["group"] for r in result.rows()}), (1, {"slow"}), str(result))
    expect_match("nobody", result.err, "standard error")
    result = weir.run("lag", "-b", cluster.bootstrap, "-o", "json", "-t", "nothing")
    expect_equal(result.status, 1, str(result))
    expect_match("nothing", result.err, "standard error")
    result = weir.run("topics", "-b", cluster.bootstrap, "-o", "json", "-t", "orders", "-t", "nothing")
    expect_equal((result.status, {r["topic"] for r in result.rows()}), (1, {"orders"}), str(result))


@suite.case
def names_alone_are_printed(cluster):
    for command, name in (("topics", "topic"), ("groups", "group")):
        rows = weir.run(command, "-b", cluster.bootstrap, "-o", "json").rows()
        result = weir.run(command, "-b", cluster.bootstrap, "-o", "name")
        expect_equal((result.status, len(result.out.splitlines())), (0, len(rows)), str(result))
        expect_equal(set(r[name] for r in rows if r[name].isprintable()) - set(result.out.splitlines()), set(), str(result))
    result = weir.run("groups", "-b", cluster.bootstrap, "-t", "orders", "-o", "name")
    expect("slow" in result.out.splitlines(), str(result))
    result = weir.run("topics", "-b", cluster.bootstrap, "-t", "nothing", "-o", "name")
    expect_equal((result.status, result.out), (1, ""), str(result))


@suite.case
def fail_over_compares_with_the_largest_lag(cluster):
    for limit, status in (("89", 1), ("90", 0), ("100", 0)):
        result = weir.run("lag", "-b", cluster.bootstrap, "-g", "slow", "--fail-over", limit)
        expect_equal(result.status, status, f"--fail-over {limit}: {result}")


@suite.case
def totals_by_group_are_compared_and_printed(cluster):
    rows = weir.run("lag", "-b", cluster.bootstrap, "-g", "quick", "-g", "slow", "--total", "-o", "json").rows()
    expect_equal([(r["group"], r["topic"], r["partition"], r["lag"]) for r in rows],
                 [("quick", None, None, 1), ("slow", None, None, 90)], "the sums")
    for limit, status in (("89", 1), ("90", 0)):
        result = weir.run("lag", "-b", cluster.bootstrap, "-g", "slow", "--total", "--fail-over", limit)
        expect_equal(result.status, status, f"--fail-over {limit}: {result}")


@suite.case
def wait_below_waits_for_the_lag_and_ends(cluster):
    def lag(*args):
        return weir.run("lag", "-b", cluster.bootstrap, "-g", "waiter", "-o", "json", *args)
    cluster.seed("commit waiter orders 0 90\ncommit waiter orders 1 0\n")
    expect_equal(lag("--wait-below", "21").status, 0, "below already")
    late = lag("--wait-below", "20", "--timeout", "1")
    expect_equal((late.status, len(late.rows())), (1, 2), str(late))
    expect_match("not reached within 1 s: group waiter, orders-1: lag 20", late.err, "the reason")
    watched = lag("--wait-below", "20", "--timeout", "1", "--watch", "0.3")
    rounds = [(r["partition"], r["at"]) for r in watched.rows()]
    expect_equal((watched.status, len(rounds)), (1, len(set(rounds))), f"no round is printed twice: {watched}")
    gone = lag("-g", "nobody", "--wait-below", "20")
    expect_equal(gone.status, 1, "a group that is not there is not waited for")
    command = [paths.WEIR, "lag", "-b", cluster.bootstrap, "-g", "waiter", "-o", "json", "--total", "--wait-below", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=weir.environment()) as process:
        try:
            for commits in ("commit waiter orders 0 100\n", "commit waiter orders 1 20\n"):
                expect_equal(process.poll(), None, "it ended before")
                cluster.seed(commits)
            out = process.communicate(timeout=60)[0]
        finally:
            process.kill()
    expect_equal((process.returncode, '"lag":0,' in out.decode()), (0, True), str(out))
    cluster.seed("drop waiter\n")


@suite.case
def contexts_are_listed_and_an_unknown_one_names_them(_):
    home = paths.scratch("home/contexts")
    os.makedirs(os.path.join(home, "weir"), exist_ok=True)
    with open(os.path.join(home, "weir", "config"), "w", encoding="utf-8") as f:
        f.write("[weir]\ncontext = prod\n[context prod]\nbootstrap.servers = a:1\nread-only = yes\n"
                "sasl.password = ${cmd:touch /nonexistent/x}\n[context dev]\nbootstrap.servers = ${env:NOTHING}\n")
    env = weir.environment(XDG_CONFIG_HOME=home)
    result = weir.run("contexts", "-o", "json", env=env)
    expect_equal((result.status, result.err), (0, ""), str(result))
    expect_equal([(r["context"], r["default"], r["bootstrap_servers"], r["read_only"]) for r in result.rows()],
                 [("prod", True, "a:1", True), ("dev", False, "${env:NOTHING}", False)], "what is listed")
    expect("touch" not in result.out, "a secret's place is shown")
    expect_refusal(weir.run("lag", "-c", "nothing", env=env), 2, "no context nothing in .*: there are prod, dev")


@suite.case
def csv_and_json_say_the_same(cluster):
    for command in ("lag", "groups", "topics", "brokers"):
        rows = weir.run(command, "-b", cluster.bootstrap, "-o", "json").rows()
        text = weir.run(command, "-b", cluster.bootstrap, "-o", "csv")
        table = list(csv.DictReader(io.StringIO(text.out)))
        expect_equal(len(table), len(rows), f"rows of {command}\n{text}")
        for wanted, found in zip(rows, table):
            for name in set(found) & {"group", "topic", "partition", "committed_offset", "lag", "lost", "state"}:
                text = "" if wanted[name] is None else str(wanted[name])
                # What is not for a terminal is escaped in CSV: the next case looks at that.
                if text.isprintable():
                    expect_equal(found[name], text, f"{command} {name}")


@suite.case
def names_are_safe_for_people_and_exact_for_programs(cluster):
    name = "hostile\x1b]0;owned\x07\u202e"
    for command in ("lag", "groups"):
        for form in ("table", "json"):
            result = weir.run(command, "-b", cluster.bootstrap, "-o", form)
            expect(not any(c in result.out for c in "\x1b\x07\u202e"), f"{form}: {result.out!r}")
        rows = weir.run(command, "-b", cluster.bootstrap, "-o", "json").rows()
        expect(name in [r["group"] for r in rows], f"{command}: the name itself is not in the JSON")
        result = weir.run(command, "-b", cluster.bootstrap, "-o", "csv")
        expect(not any(c in result.out for c in "\x1b\x07\u202e"), f"csv: {result.out!r}")
        expect(r"hostile^[]0;owned^G\u{202e}" in result.out, f"{command}: the name is not in the file: {result.out!r}")


@suite.case
def options_may_stand_before_the_command(cluster):
    result = weir.run("-b", cluster.bootstrap, "-o", "json", "lag", "-g", "slow")
    expect_equal((result.status, len(result.rows())), (0, 2), str(result))


class TokenEndpoint(http.server.BaseHTTPRequestHandler):
    """Gives everybody a token, and keeps what was asked."""
    asked = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Authorization"], body))
        now = int(time.time())
        claims = base64.urlsafe_b64encode(json.dumps({"sub": "weir", "iat": now, "exp": now + 600}).encode())
        answer = json.dumps({"access_token": f"e30.{claims.decode().rstrip('=')}.x", "expires_in": 600}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@suite.case
def a_token_comes_from_its_endpoint(_):
    with http.server.HTTPServer(("127.0.0.1", 0), TokenEndpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanisms": "OAUTHBEARER",
                    "sasl.oauthbearer.method": "oidc", "sasl.oauthbearer.client.id": "me",
                    "sasl.oauthbearer.client.secret": "pass", "sasl.oauthbearer.scope": "a b",
                    "sasl.oauthbearer.token.endpoint.url": f"http://127.0.0.1:{server.server_port}/token"}
        options = [word for pair in settings.items() for word in ("-X", "=".join(pair))]
        with weir.Watch("lag", "-b", f"127.0.0.1:{closed_port()}", *options, "--watch", "1"):
            wait_until(lambda: TokenEndpoint.asked, "a request for a token", 60)
        server.shutdown()
    expect_equal(TokenEndpoint.asked[:1], [("/token", "Basic " + base64.b64encode(b"me:pass").decode(),
                                            b"grant_type=client_credentials&scope=a b")], "what was asked")


@suite.case
def what_only_some_logins_need_is_not_loaded(cluster):
    """It costs more time than all else before the first row."""
    if not os.path.exists(os.path.join(paths.ROOT, ".deps/librdkafka/patched")):
        return
    with weir.Watch("lag", "-b", cluster.bootstrap, "-o", "json", "--watch", "1") as watch:
        wait_until(watch.poll, "a row", 20)
        with open(f"/proc/{watch.process.pid}/maps", encoding="utf-8") as maps:
            loaded = {line.split()[-1] for line in maps if ".so" in line}
    expect(any("libsasl2" in path for path in loaded), f"not what is loaded: {loaded}")
    expect(not any("libcurl" in path or "/sasl2/" in path for path in loaded), f"loaded: {loaded}")


@suite.case
def watch_repeats_until_interrupted(cluster):
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 130)):
        with weir.Watch("lag", "-b", cluster.bootstrap, "-g", "quick", "-o", "json", "--watch", "1") as watch:
            wait_until(lambda: watch.poll() or len(watch.rows) >= 3, "three rounds", 20)
            begun = time.monotonic()
            expect(watch.stop(number) in (status, -number, 128 + number), f"status {watch.process.returncode}")
            expect(time.monotonic() - begun < 30, "slow to end")


@suite.case
def watch_follows_what_changes(cluster):
    with weir.Watch("lag", "-b", cluster.bootstrap, "-g", "quick", "-o", "json", "--watch", "1") as watch:
        wait_until(watch.poll, "a row", 20)
        before = watch.rows[-1]["log_end_offset"]
        cluster.seed("produce orders 0 5\n")
        wait_until(lambda: watch.poll() and watch.rows[-1]["log_end_offset"] == before + 5, "the new end", 20)
        expect_equal(watch.rows[-1]["lag"], before + 5 - 99, "lag")


@suite.case
def a_reader_that_leaves_ends_it_quietly(cluster):
    process = subprocess.Popen([paths.WEIR, "lag", "-b", cluster.bootstrap, "-o", "json", "--watch", "1"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=weir.environment())
    process.stdout.readline()
    process.stdout.close()
    status = process.wait(60)
    complaint = process.stderr.read().decode()
    process.stderr.close()
    expect(status >= 0, f"killed by signal {-status}")
    expect_equal(complaint, "", "standard error")


@suite.case
def closed_standard_files_do_no_harm(cluster):
    command = f"exec '{paths.WEIR}' lag -b {cluster.bootstrap} -g slow -o json <&- 2>&-"
    done = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, timeout=30, env=weir.environment())
    expect_equal((done.returncode, len(done.stdout.splitlines())), (0, 2), "without stdin and stderr")
    command = f"exec '{paths.WEIR}' lag -b {cluster.bootstrap} -g slow -o json >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, timeout=30, env=weir.environment())
    expect(done.returncode > 0, "printed into nothing and called it done")
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([paths.WEIR, "lag", "-b", cluster.bootstrap, "-o", "json"], stdout=full,
                              stderr=subprocess.PIPE, timeout=30, env=weir.environment())
    expect(done.returncode > 0, "wrote to a full disk and called it done")


if __name__ == "__main__":
    suite.main(small_cluster)
