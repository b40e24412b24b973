# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/count-tests counts sub-tests, and programs that end badly without a failed one."""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tap import Tap  # noqa: E402

TOOL = Path(__file__).resolve().parents[2] / "tools" / "count-tests"

CASE = '<testcase name="x"/>'
FAILED = '<testcase name="x"><failure/></testcase>'
SKIPPED = '<testcase name="x"><skipped/></testcase>'

# name, cases in the XML (None: no file), results of the programs, expected
CASES = [
    ("sub-tests", CASE * 3, ["OK"], "3 0 0"),
    ("failures", CASE + FAILED * 2, ["FAIL", "OK"], "1 2 0"),
    ("skipped ones are neither", CASE + SKIPPED, ["OK"], "1 0 1"),
    ("a crash after the last sub-test", CASE, ["ERROR"], "1 1 0"),
    ("out of time", CASE, ["OK", "TIMEOUT"], "1 1 0"),
    ("what a test printed of bad input", CASE + "<system-out>a\x01z \ufffe</system-out>", ["OK"], "1 0 0"),
    ("no log is a failure", None, [], "0 1 0"),
    ("a broken log is a failure", "<", [], "0 1 0"),
]


def count(cases, results):
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder) / "meson-logs"
        logs.mkdir()
        if cases is not None:
            (logs / "testlog.junit.xml").write_text(
                f'<testsuites><testsuite name="s">{cases}</testsuite></testsuites>'
            )
        (logs / "testlog.json").write_text("".join(f'{{"result": "{r}"}}\n' for r in results))
        return subprocess.run(
            [sys.executable, TOOL, folder], capture_output=True, text=True, check=False
        ).stdout.strip()


def main():
    tap = Tap()
    for name, cases, results, expected in CASES:
        tap.equal(count(cases, results), expected, name)
    return tap.done()


sys.exit(main())
