# SPDX-License-Identifier: BSD-2-Clause
"""What the figures say after a change and in trouble, in a real terminal: no old value, no lost reason, no silent end."""
import contextlib
import re

from kafka import Cluster, member_of
from reset_form import check_plan, choose, fill, on_group, state_home
from tap import Suite, expect, wait_until
from term import Terminal
from topics import confirm

suite = Suite()

SEED = """topic orders 2 1
produce orders 0 500
produce orders 1 800
commit stuck orders 0 100
commit stuck orders 1 700
commit armed orders 0 100
commit armed orders 1 700
topic jumps 1 1
produce jumps 0 500
commit jumped jumps 0 100
topic old 1 1 retention.ms=172800000
"""


@contextlib.contextmanager
def small_cluster():
    with Cluster("figures", nodes=1) as cluster:
        cluster.seed(SEED)
        yield cluster


@contextlib.contextmanager
def on_view(cluster, view, *args, cols=80, rows=24, name="figures"):
    with Terminal(cols, rows) as t:
        t.weir("-b", cluster.bootstrap, "--interval", "1", "--view", view, *args, XDG_STATE_HOME=state_home(name))
        t.wait(r"1 of 1")
        yield t
        if t.weir_pid():
            t.leave()


@suite.case
def a_group_that_does_not_move_is_marked_in_every_list(cluster):
    with member_of(cluster, "stuck"), on_view(cluster, "overview") as t:
        t.wait(r"^.* stuck ")

        def marked():
            cluster.seed("produce orders 0 5\n")
            return re.search(r"^.* stuck .*not moving for \d+s", t.screen(), re.M)
        wait_until(marked, lambda: f"the mark:\n{t.screen()}", 90)
        t.keys("4")
        t.wait(r"^.* stuck .*not moving.*!$")
        t.keys("!")
        t.wait(r"problems only")
        t.wait(r"^.* stuck .*not moving.*!$")
        # Every row that is left has a sign and a reason, also where there is little room.
        rows = re.findall(r"^[> ]  (?:armed|jumped|stuck) .*$", t.screen(), re.M)
        expect(len(rows) == 3 and all(re.search(r"[a-z0-9…] ?[!~] *$", row) for row in rows), t.screen())
        t.keys("!")
        t.keys("/")
        t.text("stuck$")
        t.keys("Enter", "Enter")
        t.wait(r"orders +0 .*not moving for")
        expect(not re.search(r"orders +1 .*not moving", t.screen()), t.screen())


@suite.case
def an_armed_reset_is_seen_and_heard_from_every_view(cluster):
    with member_of(cluster, "armed") as member, on_group(cluster, "armed", "--interval", "1") as t:
        t.keys("R")
        choose(t, "earliest")
        check_plan(t)
        t.keys("Enter")
        t.wait(r"at most: 10m")
        fill(t, "2m")
        t.keys("Enter")
        t.wait(r"Enter or y: arm the reset")
        t.keys("y")
        t.wait(r"armed: waiting until the group is empty")
        t.resize(80, 24)
        for tab in "123":
            t.keys(tab)
            t.wait(r"\A.*armed armed (2m|\d+s)")
        t.keys("W")
        t.wait(r"armed: waiting until the group is empty")
        t.keys("1")
        t.wait(r"\A.*armed armed")
        member.end()
        t.wait(r"armed: armed reset applied", 60)
        t.wait_gone(r"\A.*armed armed")
        t.wait(r"\d\d:\d\d:\d\d +armed +armed reset applied")
        cluster.seed("commit armed orders 1 3\n")
        t.wait(r"armed: armed reset done: 2 of 2 partitions verified", 60)
        t.wait(r"\d\d:\d\d:\d\d +armed +armed reset done: 2 of 2")


@suite.case
def a_setting_is_shown_as_it_was_read_back(cluster):
    with on_view(cluster, "topics", cols=120, rows=40) as t:
        t.wait(r"^.* old ")
        t.keys("/")
        t.text("^old$")
        t.keys("Enter")
        t.wait(r"^> +old ")
        t.keys("e")
        t.wait(r"retention\.ms +172800000")
        t.wait(r"> old .*2d")
        t.keys("/")
        t.text("^retention.ms$")
        t.keys("Enter")
        t.wait(r"^> +retention\.ms ")
        t.keys("e")
        t.wait(r"retention\.ms = 172800000")
        fill(t, "3d")
        t.keys("Enter")
        t.wait(r"259200000")
        confirm(t, "old on")
        t.keys("Escape")
        # Not the value of before, unmarked, at any moment; and the new one at once.
        stale = []

        t.wait(r"> old .*partition")

        def changed():
            screen = t.screen()
            if re.search(r"172800000 ", screen) and "172800000 ?" not in screen:
                stale.append(screen)
            return re.search(r"retention\.ms +259200000", screen) and re.search(r"> old .*3d", screen)
        wait_until(changed, lambda: f"the new value:\n{t.screen()}", 5)
        expect(not stale, "the old value, unmarked:\n" + "".join(stale[:1]))


@suite.case
def a_topic_that_was_made_gets_the_cursor(cluster):
    with on_view(cluster, "topics") as t:
        t.wait(r"^.* orders ")
        t.keys("a")
        t.wait("show the plan")
        t.text("zz-new")
        t.keys("C-s")
        t.wait(r"Enter ")
        t.wait(r"zz-new +partitions")
        confirm(t, "zz-new on")
        t.keys("Escape")
        t.wait(r"^> +zz-new ")


@suite.case
def a_reset_is_not_counted_as_consumption(cluster):
    with on_group(cluster, "jumped", "--interval", "1", cols=120, rows=24) as t:
        t.wait(r"^> +jumped .* 400 ")
        cluster.seed("commit jumped jumps 0 450\n")
        t.wait(r"^> +jumped .* 50 .* - +no members")


@suite.case
def a_pause_stops_the_stream_too(cluster):
    cluster.seed("topic stream 1 1 retention.ms=-1\nrecord stream 0 1700000000000 k before-the-pause\n")
    with on_view(cluster, "topics") as t:
        t.keys(":")
        t.text("messages stream")
        t.keys("Enter")
        t.wait(r"before-the-pause")
        t.wait(r"^ live ")
        t.keys("p")
        t.wait(r"\A.*paused since")
        t.wait(r"^ paused ")
        cluster.seed("record stream 0 1700000000001 k while-it-is-paused\n")
        t.keys("f")
        t.wait(r"weir is paused: p goes on")
        expect("while-it-is-paused" not in t.screen(), t.screen())
        t.keys("p")
        t.wait(r"while-it-is-paused")
        t.wait(r"^ live ")


if __name__ == "__main__":
    suite.main(small_cluster)
