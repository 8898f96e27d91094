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

# Each writes down how it was called; the shell variables FAIL, OLD and LACKS say what to do then.
STUBS = {
    "pkg-config": 'case "$*" in *rdkafka* | *"${LACKS:-rdkafka}"*) exit 1; esac',
    "dpkg-source": "exit 0",
    "sudo": 'exec "$@"',
    "apt-get": r'''
case " $* " in
*" update "*)
	if [ -n "$OLD" ]; then case "$*" in *Check-Valid-Until=false*) ;; *)
		echo "E: Release file for http://mirror.example/debian/dists/forky/InRelease is expired (invalid since 31d 2h 5min 1s). Updates for this repository will not be applied."
		exit 100 ;;
	esac; fi
	[ "$FAIL" != lists ] || {
		echo "W: Failed to fetch http://mirror.example/debian/dists/x/InRelease  Could not connect to 127.0.0.1:9 (127.0.0.1)."
		echo "W: Some index files failed to download. They have been ignored, or old ones used instead."
	} ;;
*" source "*)
	if [ -n "$FAIL" ]; then
		echo "E: Failed to fetch http://mirror.example/debian/x.dsc  Could not resolve 'mirror.example'"
		exit 100
	fi
	: > librdkafka_2.14.2.orig.tar.gz ;;
*" install "*)
	[ "$FAIL" != lists ] || { echo "E: Unable to locate package libcmocka-dev"; exit 100; }
	[ -z "$FAIL" ] || { echo "E: Failed to fetch http://mirror.example/debian/x.deb  Could not resolve 'mirror.example'"; exit 100; } ;;
esac''',
    "mvn": r'''[ "$1" != -gs ] || cat "$2" >> "$CALLS"
case "$*" in
*:maven-dependency-plugin:*) ;;
*) echo "[ERROR] No plugin found for prefix 'dependency' in the current project"; exit 1 ;;
esac
echo "[ERROR] Plugin x could not be resolved:"
echo "[ERROR] 	x:y:pom:1 (absent): Could not transfer artifact x:y:pom:1 from/to central (https://central.example/m2): Unknown host -> [Help 1]"
echo "[ERROR] "
exit 1''',
}


def set_up(stage, before=None, **env):
    """Run a stage in a tree of its own, where `before` adds files; (status, what it said, how the stubs were called)."""
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
    os.makedirs(os.path.join(HOME, "conf"))
    if before:
        before()
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
    expect_match(r"mirror http://mirror\.example does not give librdkafka .*Could not resolve 'mirror\.example'.*http_proxy set", said,
                 "the reason and what to do")


@suite.case
def a_proxy_that_does_not_work_is_named_too(_):
    _, said, _ = set_up("unit", FAIL="lists", LACKS="cmocka", http_proxy="http://me:word@127.0.0.1:9/")
    expect_match(r"mirror http://mirror\.example does not give what is missing \(Could not connect to 127\.0\.0\.1:9 .*"
                 r"the proxy in http_proxy, http://127\.0\.0\.1:9/, works", said, "the reason, not the package that is unknown")
    expect("word" not in said, "the password of the proxy is on the screen")
    expect_equal(len([line for line in said.splitlines() if "mirror" in line]), 1, "sentences about it")
    expect_equal(said.count("refreshing"), 1, "times that the lists were asked for")
    _, said, _ = set_up("kafka", https_proxy="http://127.0.0.1:9")
    expect_match(r"the proxy in https_proxy, http://127\.0\.0\.1:9, works", said, "the same of Maven")


@suite.case
def a_maven_repository_out_of_reach_is_named_with_what_to_do(_):
    status, said, _ = set_up("kafka")
    expect(status != 0, said)
    expect_match(r"central, https://central\.example/m2, does not give Kafka \(Unknown host\): .*https_proxy set.*settings\.xml",
                 said, "the reason and what to do")


@suite.case
def maven_is_told_of_a_proxy(_):
    _, _, calls = set_up("kafka", HTTPS_PROXY="http://proxy.example:3128/", NO_PROXY="localhost,.example.com")
    expect_match(r"<host>proxy\.example</host><port>3128</port><nonProxyHosts>localhost\|\*\.example\.com</nonProxyHosts>",
                 calls, "Maven's settings")
    _, _, calls = set_up("kafka", https_proxy="http://me:a%40b&c@proxy.example")
    expect_match(r"<host>proxy\.example</host><port>80</port><username>me</username><password>a@b&amp;c</password>", calls,
                 "with a name and no port")
    expect("a@b" not in calls.split("<settings")[0], "the password is for all to see in the list of processes")


@suite.case
def maven_s_own_settings_stay(_):
    def with_settings(text):
        with open(os.path.join(HOME, "conf", "settings.xml"), "w", encoding="utf-8") as file:
            file.write(text)
    _, _, calls = set_up("kafka", before=lambda: with_settings(
        "<settings><mirrors/><!-- <proxies><proxy> --><proxies>\n<!-- <proxy> -->\n</proxies></settings>"),
        https_proxy="http://proxy.example:3128")
    expect_match(r"<settings><mirrors/>\s*<proxies><proxy><protocol>http", calls, "what the machine has, and the proxy")
    expect_equal(calls.count("<proxies>"), 1, "lists of proxies")
    _, _, calls = set_up("kafka", before=lambda: with_settings("<settings><proxies><proxy>\n</proxy></proxies></settings>"),
                         https_proxy="http://proxy.example:3128")
    expect("-gs" not in calls, "a proxy that Maven has of its own is left alone")


if __name__ == "__main__":
    suite.main()
