# SPDX-License-Identifier: BSD-2-Clause
"""Where things are. WEIR_MODE chooses the build that is tested: release, asan, tsan."""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODE = os.environ.get("WEIR_MODE", "release")
BUILD = os.path.join(ROOT, "build", MODE)
WEIR = os.path.join(BUILD, "weir")
FEED = os.path.join(BUILD, "tests", "feed")
WORKS = os.path.join(BUILD, "tests", "works")
READER = os.path.join(ROOT, "build", "release", "weir")          # reads much; never sanitized, whatever is tested
SEED = os.path.join(ROOT, "build", "release", "tests", "seed")   # nor is what fills a cluster
SUPPORT = os.path.join(ROOT, "tests", "support")
CHECK = os.path.join(ROOT, "build", "check")       # logs, clusters, scratch files

# What the sanitizers do when they find something: say it and fail.
SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "halt_on_error=0:exitcode=66:second_deadlock_stack=1:suppressions="
                    + os.path.join(ROOT, "tests", "lib", "tsan.supp"),
    "LSAN_OPTIONS": "suppressions=" + os.path.join(ROOT, "tests", "lib", "lsan.supp") + ":print_suppressions=0",
}


def scratch(name):
    """A path for a file or folder of this name under build/check; its folder exists."""
    path = os.path.join(CHECK, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path
