# SPDX-License-Identifier: GPL-3.0-or-later
"""TAP for tests written in Python: one line per case; why it failed goes to standard error, which
is what Meson shows of a failed test."""

import difflib
import sys


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def ok(self, good, name, *reasons):
        """One case; `reasons` are shown when it failed."""
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good:
            for reason in reasons:
                print(f"# {name}: {reason}", file=sys.stderr)
        sys.stdout.flush()

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}")

    def equal(self, actual, expected, name):
        same = actual == expected
        self.ok(same, name, *([] if same else [difference(expected, actual)]))

    def done(self):
        """Prints the plan; returns the exit status."""
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def difference(expected, actual):
    lines = difflib.unified_diff(
        str(expected).split("\n"), str(actual).split("\n"), "expected", "actual", lineterm=""
    )
    return "\n".join(lines)
