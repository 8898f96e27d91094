# SPDX-License-Identifier: BSD-2-Clause
"""TLS, mutual TLS, SASL and rights, from librdkafka's and from Java's client files."""
import collections
import contextlib
import os
import re
import subprocess
import time

import paths
import reference
import weir
from feed import Feed
from kafka import Cluster
from tap import Suite, expect, expect_equal, expect_match, wait_until
from term import Terminal

suite = Suite()

SEED = """
topic open 2 1
produce open 0 10
produce open 1 20
topic secret 1 1
produce secret 0 30
commit reader open 0 4
commit reader secret 0 5
commit hidden secret 0 6
commit other open 1 7
"""

GRANTS = """
allow User:alice topic open describe
allow User:alice group reader describe
allow User:alice group other describe
"""


@contextlib.contextmanager
def secure_cluster():
    with Cluster("secure", nodes=1, secure=True) as cluster:
        cluster.seed(SEED + GRANTS)
        yield cluster


def client(cluster, name):
    return os.path.join(cluster.dir, "clients", name)


def address(cluster, name):
    with open(client(cluster, name), encoding="ascii") as file:
        return re.search(r"^bootstrap\.servers=(.*)$", file.read(), re.M)[1]


def lag_as(cluster, name, *options):
    return weir.run("lag", "-F", client(cluster, name), "-o", "json", *options)


def simple(result):
    return {(r["group"], r["topic"], r["partition"]): (r["committed_offset"], r["lag"]) for r in result.rows()}


def ways_in():
    for base in ["ssl", "mtls", "sasl-plaintext"] + [f"{m}-admin" for m in ("plain", "scram-256", "scram-512")]:
        yield from (f"{base}.conf", f"{base}.properties")


@suite.case
def every_way_in_shows_the_same(cluster):
    wanted = {("reader", "open", 0): (4, 6), ("reader", "secret", 0): (5, 25), ("hidden", "secret", 0): (6, 24),
              ("other", "open", 1): (7, 13)}
    for name in ways_in():
        result = lag_as(cluster, name)
        expect_equal(result.status, 0, f"{name}: {result}")
        expect_equal(simple(result), wanted, name)


def keytool(*args):
    subprocess.run(["keytool", *args], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                   timeout=120)


@suite.case
def stores_of_java_are_as_good_as_pem(cluster):
    """What keytool makes of the key and the certificates of mutual TLS: JKS stores, the key behind a password of its own."""
    tls = os.path.join(cluster.dir, "tls")
    keys, trust = os.path.join(tls, "operator.jks"), os.path.join(tls, "ca.jks")
    keytool("-importkeystore", "-noprompt", "-srckeystore", os.path.join(tls, "operator.p12"), "-srcstoretype", "PKCS12",
            "-srcstorepass", "operator-secret", "-srcalias", "1", "-destkeystore", keys, "-deststoretype", "JKS",
            "-deststorepass", "store-secret", "-destkeypass", "key-secret", "-destalias", "operator")
    keytool("-importcert", "-noprompt", "-alias", "ca", "-file", os.path.join(tls, "ca.crt"), "-keystore", trust, "-storetype",
            "JKS", "-storepass", "store-secret")
    path = client(cluster, "mtls-jks.properties")

    def lag(key_password):
        with open(path, "w", encoding="ascii") as file:
            file.write(f"bootstrap.servers={address(cluster, 'mtls.conf')}\nsecurity.protocol=SSL\n"
                       f"ssl.truststore.location={trust}\nssl.truststore.password=store-secret\n"
                       f"ssl.keystore.location={keys}\nssl.keystore.password=store-secret\nssl.key.password={key_password}\n")
        return weir.run("lag", "-F", path, "-o", "json", "-g", "other")
    result = lag("key-secret")
    expect_equal((result.status, simple(result), result.err), (0, {("other", "open", 1): (7, 13)}, ""), str(result))
    result = lag("another-secret")
    expect_equal(result.status, 2, str(result))
    expect_match(r"line 5: ssl\.keystore\.location: .*operator\.jks: ssl\.key\.password is not the password", result.err, "the reason")
    expect("-secret" not in result.err, f"it tells the password: {result.err}")


@suite.case
def options_win_over_the_file(cluster):
    result = lag_as(cluster, "scram-256-mallory.conf", "-X", "sasl.username=admin", "-X",
                    "sasl.password=admin-secret", "-g", "other")
    expect_equal(simple(result), {("other", "open", 1): (7, 13)}, str(result))


@suite.case
def a_context_may_hold_it_all(cluster):
    home = os.path.join(cluster.dir, "home", "weir")
    os.makedirs(home, exist_ok=True)
    with open(client(cluster, "scram-512-admin.conf"), encoding="ascii") as file:
        lines = file.read().replace("sasl.password=admin-secret", "sasl.password=${env:SECRET}")
    with open(os.path.join(home, "config"), "w", encoding="ascii") as file:
        file.write("[context prod]\n" + lines)
    os.chmod(os.path.join(home, "config"), 0o600)
    env = weir.environment(XDG_CONFIG_HOME=os.path.dirname(home), SECRET="admin-secret")
    result = weir.run("lag", "-c", "prod", "-o", "json", "-g", "other", env=env)
    expect_equal(simple(result), {("other", "open", 1): (7, 13)}, str(result))


def expect_refused(result, pattern):
    expect(result.status in (1, 3), f"status: {result}")
    expect_equal(result.out, "", "standard output")
    expect_equal(len(result.err.splitlines()), 1, f"lines on standard error: {result}")
    expect_match(pattern, result.err, "the reason")
    expect(result.seconds < 25, f"took {result.seconds:.1f} s: {result.err}")


@suite.case
def a_wrong_password_is_one_clear_line(cluster):
    for name in ("plain-admin.conf", "scram-256-admin.conf", "scram-512-admin.properties"):
        result = lag_as(cluster, name, "-X", "sasl.password=wrong", "--timeout", "60")
        expect_refused(result, r"(?i)authentication")
        expect("wrong" not in result.err.replace("wrong password", ""), f"it tells the password: {result.err}")


@suite.case
def a_certificate_that_cannot_be_trusted_is_one_clear_line(cluster):
    other = os.path.join(cluster.dir, "tls", "other-ca.crt")
    expect_refused(lag_as(cluster, "ssl.conf", "-X", f"ssl.ca.location={other}", "--timeout", "60"), r"(?i)certificate")


@suite.case
def a_missing_client_certificate_is_one_clear_line(cluster):
    # TLS 1.3 tells it after the handshake, as any end of a connection, so weir goes on trying.
    result = weir.run("lag", "-F", client(cluster, "ssl.conf"), "-b", address(cluster, "mtls.conf"),
                      "--timeout", "3")
    expect_refused(result, r"(?i)certificate|ssl|tls|handshake|disconnected")


@suite.case
def plaintext_to_a_tls_port_is_one_clear_line(cluster):
    expect_refused(weir.run("lag", "-b", address(cluster, "ssl.conf"), "--timeout", "3"), r"(?i)ssl|tls|disconnect")


@suite.case
def a_user_with_few_rights_sees_what_kafkas_tool_shows(cluster):
    java = client(cluster, "scram-256-alice.properties")
    result = lag_as(cluster, "scram-256-alice.conf")
    wanted = reference.lag(cluster, "--group", "reader", "--group", "other", "--command-config", java,
                           bootstrap=address(cluster, "scram-256-alice.conf"), status=None)
    found = {(r["group"], r["topic"], r["partition"]): r for r in result.rows()}
    expect_equal({key[0] for key in found}, {"reader", "other"}, f"groups: {result}")
    for key in (("reader", "open", 0), ("other", "open", 1)):
        expect_equal((found[key]["committed_offset"], found[key]["lag"] + found[key]["lost"]),
                     (wanted[key]["committed"], wanted[key]["lag"]), str(key))
    expect_equal(simple(result)["reader", "open", 0], (4, 6), "what alice may see")
    expect(all(row["lag"] is None for key, row in found.items() if key[1] == "secret"), f"secret: {result}")
    listed = weir.run("groups", "-F", client(cluster, "scram-256-alice.conf"), "-o", "json")
    expect_equal({r["group"] for r in listed.rows()}, {"reader", "other"}, str(listed))
    expect_match(r"(?i)may|describe|rights", listed.err, "that the list is not complete is not said")
    topics = weir.run("topics", "-F", client(cluster, "scram-256-alice.conf"), "-o", "json")
    expect_equal({r["topic"] for r in topics.rows()}, {"open"}, str(topics))


@suite.case
def a_user_without_rights_is_told_so(cluster):
    for command in ("groups", "topics", "lag"):
        result = weir.run(command, "-F", client(cluster, "plain-mallory.conf"), "-o", "json")
        expect_equal(result.out, "", str(result))
        expect_match(r"(?i)may|describe|rights|authoriz", result.err, f"{command}: {result}")
    result = weir.run("lag", "-F", client(cluster, "plain-mallory.conf"), "-g", "reader", "-o", "json")
    expect_equal(result.status, 1, str(result))
    expect_match(r"(?i)authoriz|denied|rights|may not", result.err + result.out, "the reason")


@suite.case
def who_may_only_look_changes_nothing(cluster):
    """Planning takes DESCRIBE, committing READ: Kafka says no, and so does weir, naming a hidden group as unknown."""
    alice = client(cluster, "scram-256-alice.conf")
    env = weir.environment(XDG_STATE_HOME=paths.scratch("state/secure"))

    def reset(group, *more):
        return weir.run("reset", "-F", alice, "-g", group, "-t", "open:0", "--to-latest", "-o", "json", *more, env=env)
    plan = reset("reader")
    expect_equal((plan.status, plan.rows()[0]["target_offset"]), (0, 10), str(plan))
    refused = reset("reader", "--execute")
    expect_equal(refused.status, 1, str(refused))
    expect_match(r"(?i)authorization failed.* .needs READ on the (group|topic).*nothing was changed", refused.err, "the reason")
    expect_equal(simple(lag_as(cluster, "scram-256-admin.conf"))["reader", "open", 0], (4, 6), "what is committed")
    hidden = reset("hidden", "--execute")
    expect_match("no such consumer group: hidden", hidden.err, "a group that may not be described")


@suite.case
def the_right_that_is_missing_is_named(cluster):
    for name, args, right in (
            ("plain-alice", ("topics", "-t", "open"), "DESCRIBE_CONFIGS on the topic"),
            ("plain-mallory", ("topic", "export", "open"), "DESCRIBE on the topic"),
            ("plain-mallory", ("topic", "delete", "open"), "DESCRIBE on the topic"),
            ("plain-mallory", ("topic", "elect", "open"), "DESCRIBE on the topic"),
            ("plain-alice", ("reset", "-g", "reader", "-t", "secret", "--to-latest"), "DESCRIBE on the topic"),
            ("plain-alice", ("reset", "-g", "hidden", "-t", "open", "--to-latest"), "DESCRIBE on the group")):
        result = weir.run(*args, "-F", client(cluster, name + ".properties"))
        expect_match(r"needs " + right, result.err, str(result))
        # Of what may not be seen nothing else is claimed.
        expect(not re.search("never (read|committed)|no leader", result.err), str(result))


@suite.case
def of_several_deletions_the_denied_one_is_told(cluster):
    cluster.seed("topic mine 1 1\ntopic theirs 1 1\ntopic also-mine 1 1\n" + "".join(
        f"allow User:alice topic {name} {right}\n" for name, right in (
            ("mine", "describe"), ("mine", "delete"), ("theirs", "describe"), ("also-mine", "describe"),
            ("also-mine", "delete"))))
    delete = ("topic", "delete", "-F", client(cluster, "scram-256-alice.conf"), "mine", "theirs", "also-mine",
              "--execute", "--confirm", "mine,theirs,also-mine", "-o", "json")

    def rights_are_known():
        result = weir.run(*delete[:-5], "-o", "json")
        return result.status == 0
    wait_until(rights_are_known, "alice to see the topics", 20)
    result = weir.run(*delete, env=weir.environment(XDG_STATE_HOME=paths.scratch("secure-state/x")[:-2]))
    expect_equal(result.status, 1, str(result))
    ends = {r["topic"]: (r["after"], r["note"]) for r in result.rows() if r["item"] == "result"}
    expect_equal({t: e[0] for t, e in ends.items()}, {"mine": "done", "theirs": "failed", "also-mine": "done"}, str(result))
    expect_match(r"(?i)authoriz.* .needs DELETE on the topic", ends["theirs"][1], "Kafka's words")
    expect_equal({"mine", "theirs", "also-mine"} & set(reference_topics(cluster)), {"theirs"}, "topics that are left")


@suite.case
def a_refused_change_names_the_right(cluster):
    """What Kafka says of a user without a right tells a topic or a cluster, not what is missing."""
    cluster.seed("topic looked-at 1 1\nproduce looked-at 0 3\nallow User:alice topic looked-at describe\n"
                 "allow User:alice topic looked-at describe_configs\n")
    alice = client(cluster, "scram-256-alice.conf")
    env = weir.environment(XDG_STATE_HOME=paths.scratch("state/rights"))

    def refused(right, *args):
        """What came of it, once the brokers have heard of what alice may do."""
        result = weir.run("topic", *args, "-F", alice, "--execute", env=env)
        return result if f"(needs {right})" in result.err + result.out else None
    for right, *args in (("CREATE on the topic or the cluster", "create", "unmade"),
                         ("ALTER on the topic", "partitions", "looked-at", "--partitions", "2"),
                         ("ALTER_CONFIGS on the topic", "alter", "looked-at", "--add-config", "retention.ms=1d"),
                         ("DELETE on the topic", "truncate", "looked-at", "--to-latest", "--confirm", "looked-at")):
        result = wait_until(lambda: refused(right, *args), f"a refusal for want of {right}", 20)
        expect_equal(result.status, 1, str(result))


@suite.case
def a_partition_that_may_not_be_read_is_told_once(cluster):
    cluster.seed("topic unread 1 1\nproduce unread 0 60\nallow User:alice topic unread describe\n")

    def refused():
        result = weir.run("tail", "unread", "-F", client(cluster, "scram-256-alice.conf"))
        return result if "READ on the topic" in result.err else None
    result = wait_until(refused, "a refusal for want of READ", 20)
    expect_equal(result.status, 1, str(result))
    expect_equal(result.err.count("unread-0"), 1, str(result))


def reference_topics(cluster):
    return cluster.tool("topics", "--list").split()


@suite.case
def a_feed_of_what_may_not_be_read_says_so(cluster):
    with open(client(cluster, "scram-256-alice.conf"), encoding="ascii") as file:
        settings = [line.strip() for line in file if "=" in line and not line.startswith("#")]
    with Feed(address(cluster, "scram-256-alice.conf"), "open", *settings) as feed:
        state = feed.done(seconds=20)
        expect_match("you may not read it .needs READ on the topic", state["error"] or "", str(state))
    with Feed(address(cluster, "scram-256-alice.conf"), "secret", *settings) as feed:
        state = feed.done(seconds=20)
        expect_equal(state["phase"], "failed", str(state))
        expect_match("you may not read it|does not exist", state["error"] or "", str(state))
    with Feed(address(cluster, "scram-256-alice.conf"), "open") as feed:
        begun = time.monotonic()
        feed.say("cancel")
        feed.done(seconds=3)
        expect(time.monotonic() - begun < 4, "cancelling waits")


@suite.case
def the_messages_view_says_what_it_may_not_read(cluster):
    with Terminal(80, 24) as t:
        t.weir("-F", client(cluster, "scram-256-alice.conf"))
        t.wait(r"1 overview")
        t.text(":messages open")
        t.keys("Enter")
        t.wait(r"you may not read it")
        t.wait(r"an administrator can allow it:")
        t.wait(r"kafka-acls --bootstrap-server")
        # The rest of the program is well, and so is this view when it is tried again.
        t.keys("r")
        t.wait(r"you may not read it")
        t.keys("Escape")
        t.keys("3")
        t.wait(r"\bopen\b")
        t.leave()


@suite.case
def rights_taken_away_leave_only_their_figures_stale(cluster):
    cluster.seed("allow User:alice topic secret describe\n")
    with weir.Watch("lag", "-F", client(cluster, "scram-512-alice.conf"), "-o", "json", "--watch", "1") as watch:
        newest, rounds = {}, collections.Counter()

        def row(group, topic):
            for new in watch.poll():
                newest[new["group"], new["topic"]] = new
                rounds[new["group"], new["topic"]] += 1
            return newest.get((group, topic))

        wait_until(lambda: (r := row("reader", "secret")) and r["lag"] == 25,
                   lambda: f"the first lag: {newest}", 20)
        wait_until(lambda: row("other", "open"), "the other group", 20)
        cluster.seed("deny User:alice topic secret describe\n")
        wait_until(lambda: row("reader", "secret")["error"], lambda: f"a reason for the topic: {newest}", 40)
        told = rounds["reader", "secret"]
        wait_until(lambda: row("reader", "secret") and rounds["reader", "secret"] > told + 2,
                   lambda: f"the reason to stay: {newest}", 40)
        expect_equal(row("reader", "secret")["committed_offset"], 5, f"the offset that was known: {newest}")
        cluster.seed("produce open 0 3\n")
        wait_until(lambda: row("reader", "open")["lag"] == 9, lambda: f"the other topic to move: {newest}", 30)
        cluster.seed("deny User:alice group other describe\n")
        wait_until(lambda: row("other", "open")["error"], lambda: f"a reason for the group: {newest}", 40)
        cluster.seed("produce open 0 3\n")
        wait_until(lambda: row("reader", "open")["lag"] == 12, lambda: f"the other group to move: {newest}", 30)
        expect(not row("reader", "open")["error"], f"an error where none is: {newest}")


if __name__ == "__main__":
    suite.main(secure_cluster)
