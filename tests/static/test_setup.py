# SPDX-License-Identifier: BSD-2-Clause
"""The set-up where the network is not as it should be, on programs that stand for apt-get, Maven and the rest."""
import os
import shutil
import stat
import subprocess

import paths
from tap import Suite, expect, expect_equal, expect_match

suite = Suite()
HOME = paths.scratch("setup/tree")
BIN = os.path.join(HOME, "bin")

# Each writes down how it was called; the shell variables FAIL and OLD say what to do then.
STUBS = {
    "pkg-config": 'case "$*" in *rdkafka*) exit 1; esac',
    "dpkg-source": "exit 0",
    "sudo": 'exec "$@"',
    "apt-get": r'''
case " $* " in
*" update "*)
	if [ -n "$OLD" ]; then case "$*" in *Check-Valid-Until=false*) ;; *)
		echo "E: Release file for http://mirror.example/debian/dists/forky/InRelease is expired (invalid since 31d 2h 5min 1s). Updates for this repository will not be applied."
		exit 100 ;;
	esac; fi ;;
*" source "*)
	if [ -n "$FAIL" ]; then
		echo "E: Failed to fetch http://mirror.example/debian/x.dsc  Could not resolve 'mirror.example'"
		exit 100
	fi
	: > librdkafka_2.14.2.orig.tar.gz ;;
*" install "*)
	[ -z "$FAIL" ] || { echo "E: Failed to fetch http://mirror.example/debian/x.deb  Could not resolve 'mirror.example'"; exit 100; } ;;
esac''',
    "mvn": r'''echo "MAVEN_OPTS=$MAVEN_OPTS" >> "$CALLS"
echo "[ERROR] Could not transfer artifact org.apache.kafka:kafka_2.13 from/to central: Unknown host repo.maven.apache.org"
exit 1''',
}


def set_up(stage, **env):
    """Run a stage in a tree of its own; (status, what it said, how the stubs were called)."""
    shutil.rmtree(HOME, ignore_errors=True)
    os.makedirs(os.path.join(HOME, "tests", "support"))
    os.makedirs(BIN)
    for name in ("setup", "librdkafka.patch", "pom.xml"):
        shutil.copy(os.path.join(paths.SUPPORT, name), os.path.join(HOME, "tests", "support"))
    calls = os.path.join(HOME, "calls")
    for name, body in STUBS.items():
        path = os.path.join(BIN, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho "{name} $*" >> "$CALLS"\n{body}\n')
        os.chmod(path, stat.S_IRWXU)
    bare = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    done = subprocess.run([os.path.join(HOME, "tests", "support", "setup"), stage], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, text=True,
                          env={**bare, "PATH": BIN + ":" + os.environ["PATH"], "HOME": HOME, "CALLS": calls, "MAVEN_OPTS": "",
                               "OLD": "", "FAIL": "", **env})
    with open(calls, encoding="utf-8") as file:
        return done.returncode, done.stdout, file.read()


@suite.case
def a_release_file_that_ran_out_stops_nothing(_):
    _, said, calls = set_up("build", OLD="1")
    expect_match(r"forky/InRelease ran out 31d 2h 5min 1s ago: its signature is checked, its date is not; going on", said,
                 "what is said of the date")
    sources = [call for call in calls.splitlines() if " source " in call]
    expect_equal(len(sources), 1, "sources that were fetched")
    expect_match("Check-Valid-Until=false", sources[0], "how")
    expect("allow-unauthenticated" not in calls.lower() and "allowinsecure" not in calls.lower(), calls)
    expect_match("building librdkafka", said, "it goes on")


@suite.case
def a_date_that_holds_is_checked(_):
    _, _, calls = set_up("build")
    expect("Check-Valid-Until" not in calls, calls)


@suite.case
def a_mirror_out_of_reach_is_named_with_what_to_do(_):
    status, said, _ = set_up("build", FAIL="1")
    expect(status != 0, said)
    expect_match(r"Could not resolve 'mirror\.example'.*http_proxy", said, "the reason and what to do")


@suite.case
def maven_central_out_of_reach_is_named_with_what_to_do(_):
    status, said, _ = set_up("kafka")
    expect(status != 0, said)
    expect_match(r"Maven Central, https://repo\.maven\.apache\.org, .*Unknown host.*https_proxy.*settings\.xml", said,
                 "the reason and what to do")


@suite.case
def maven_is_told_of_a_proxy(_):
    _, _, calls = set_up("kafka", HTTPS_PROXY="http://proxy.example:3128/", NO_PROXY="localhost,.example.com")
    expect_match(r"-Dhttps\.proxyHost=proxy\.example -Dhttps\.proxyPort=3128", calls, "Maven's options")
    expect_match(r"-Dhttp\.nonProxyHosts=localhost\|\*\.example\.com", calls, "what needs no proxy")
    _, _, calls = set_up("kafka", https_proxy="http://me:word@proxy.example:3128")
    expect_match(r"proxyHost=proxy\.example .*proxyUser=me -Dhttps\.proxyPassword=word", calls, "with a name")


if __name__ == "__main__":
    suite.main()
