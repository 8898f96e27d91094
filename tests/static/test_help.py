# SPDX-License-Identifier: BSD-2-Clause
"""`weir help` as people read it: in a terminal, through a pager where it does not fit, plain in a pipe."""
import re

import weir
from tap import Suite, expect, expect_equal, expect_match
from term import Terminal

suite = Suite()


@suite.case
def test_a_long_page_goes_through_the_pager(_):
    with Terminal(LESS="FRX", PAGER="") as term:
        term.weir("help", "keys")
        term.wait(r"^keys: all keys")
        term.wait(r"^:$")
        expect(not re.search(r"^Look$", term.screen(), re.M), "the end is not on the first screen")
        term.keys("G")
        term.wait(r"^Mouse$")
        term.keys("q")
        term.wait_shell()
        expect_equal(term.status(), 0, "exit status")


@suite.case
def test_a_short_page_needs_no_pager(_):
    with Terminal(PAGER="cat >&2; echo paged") as term:
        term.weir("help", "exit-status")
        term.wait(r"^  130 +interrupted")
        term.wait_shell()
        expect("paged" not in term.screen(), "no pager was started")
        expect("\x1b[1m--fail-over" in term.styled(), "what is typed is bold")


@suite.case
def test_without_such_a_pager_the_page_is_printed(_):
    with Terminal(rows=50, PAGER="no-such-pager-here") as term:
        term.weir("help", "options")
        term.wait(r"^  --print-completion bash\|zsh\|fish")
        term.wait_shell()
        expect_equal(term.status(), 0, "exit status")


@suite.case
def test_a_pipe_gets_plain_text(_):
    page = weir.run("help", "keys")
    expect_equal(page.status, 0, "exit status")
    expect("\x1b" not in page.out, "no escape sequences")
    expect_match(r"(?m)^Mouse$", page.out, "the end of the page")


@suite.case
def test_an_unknown_topic_is_an_error_of_usage(_):
    wrong = weir.run("help", "filtre")
    expect_equal((wrong.status, wrong.out), (2, ""), "exit status and output")
    expect_match(r"^weir: no help on filtre; did you mean weir help filter\?$", wrong.err, "the nearest topic")


if __name__ == "__main__":
    suite.main()
