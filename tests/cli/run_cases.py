#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program on the cases in tests/cli/cases and compares what it prints.

usage: run_cases.py [--update] [--light] PARALLAX [NAME...]

A case is a folder: `cmd` is a bash line (or several) run in a scratch copy of the folder, with
`parallax` in PATH, $SOURCE naming the source tree and $DEMO what `parallax demo` writes, made once
for all cases, to be copied. What must come out is in `stdout` and `stderr` (absent = nothing), the
exit status in `exit` (absent = 0). Where a whole output would say too much, `stdout.has` and
`stderr.has` hold lines each of which must occur. `--update` writes stdout, stderr and exit as they
are now (a `.has` file stays): read the diff before you commit it. `--light`, for sanitizers, under
which every start of the program costs, runs as few as have every command and verb among them, and
failing where one fails; with PLX_REST, which `./dev check` sets, a run without it leaves those out,
but for statistics (calc), which optimising could change. A case with a file `heavy`, which says what other case runs the
same code, is run by its name, for `--update` and in `./dev check --long` (PLX_LONG), which runs all.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap, difference  # noqa: E402

CASES = Path(__file__).resolve().parent / "cases"
SOURCE = CASES.parents[2]
TIMEOUT = 120


# A command, and the word behind it: `calc`, `calc wilson`.
COMMAND = re.compile(r"\bparallax +([a-z][a-z-]*)(?: +([a-z][a-z-]*)(?![\w./-]))?")


def commands(case):
    """What the case has the program do: (fails, command) and (fails, command, verb)."""
    fails = (case / "exit").exists()
    found = COMMAND.findall((case / "cmd").read_text())
    return {(fails, command) for command, _ in found} | {(fails, *pair) for pair in found if pair[1]}


def effort(case):
    """About how many starts of the program the case takes; the demo is as slow as eight."""
    text = (case / "cmd").read_text()
    return max(1, text.count("parallax")) + 8 * ("$DEMO" in text or "parallax demo" in text)


def representatives(cases):
    """As few as have every command among them, and each that can fail failing."""
    chosen = set()
    missing = set().union(*map(commands, cases))
    while missing:
        best = max(cases, key=lambda case: len(commands(case) & missing) / effort(case))
        chosen.add(best)
        missing -= commands(best)
    return [case for case in cases if case in chosen]


def environment(parallax, scratch):
    """Nothing of the caller's terminal, language or home reaches the program."""
    kept = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
    return {
        **kept,
        "PATH": f"{scratch}/.bin:{os.environ['PATH']}",
        "HOME": str(scratch),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE": str(SOURCE),
        "PARALLAX": str(parallax),
    }


def make_demo(parallax, cases, folder):
    """The folder that $DEMO names; made if a case wants it."""
    demo = folder / "demo"
    if any("$DEMO" in (case / "cmd").read_text() for case in cases):
        subprocess.run(
            [parallax, "demo", demo, "-q"], env=environment(parallax, folder),
            stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=True,
        )
    return demo


def run(parallax, demo, case):
    """(stdout, stderr, exit) as bytes, bytes, int."""
    with tempfile.TemporaryDirectory(prefix="parallax-case-") as folder:
        scratch = Path(folder) / "case"
        shutil.copytree(case, scratch, ignore=shutil.ignore_patterns("heavy"))
        (scratch / ".bin").mkdir()
        (scratch / ".bin" / "parallax").symlink_to(parallax)
        try:
            result = subprocess.run(
                ["bash", "-c", (case / "cmd").read_text()],
                cwd=scratch, env={**environment(parallax, scratch), "DEMO": str(demo)},
                capture_output=True, stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False,
            )
        except subprocess.TimeoutExpired as expired:
            return expired.stdout or b"", b"out of time\n", -1
        return result.stdout, result.stderr, result.returncode


def expected_status(case):
    path = case / "exit"
    return int(path.read_text()) if path.exists() else 0


def check_stream(case, name, actual):
    """A list of complaints."""
    has = case / f"{name}.has"
    if has.exists():
        lines = has.read_bytes().decode().splitlines()
        text = actual.decode(errors="replace")
        return [f"{name} lacks: {line}\nit is:\n{text}" for line in lines if line not in text]
    path = case / name
    expected = path.read_bytes() if path.exists() else b""
    if actual == expected:
        return []
    decoded = [b.decode(errors="backslashreplace") for b in (expected, actual)]
    return [f"{name}:\n{difference(*decoded)}"]


def check(case, outcome):
    stdout, stderr, status = outcome
    complaints = check_stream(case, "stdout", stdout) + check_stream(case, "stderr", stderr)
    if status != expected_status(case):
        complaints.append(f"exit status {status}, expected {expected_status(case)}")
    return complaints


def update(case, outcome):
    stdout, stderr, status = outcome
    for name, content in (("stdout", stdout), ("stderr", stderr)):
        if (case / f"{name}.has").exists():
            continue
        if content:
            (case / name).write_bytes(content)
        else:
            (case / name).unlink(missing_ok=True)
    if status:
        (case / "exit").write_text(f"{status}\n")
    else:
        (case / "exit").unlink(missing_ok=True)


def main():
    arguments = sys.argv[1:]
    updating = "--update" in arguments
    light = "--light" in arguments and "PLX_LONG" not in os.environ
    arguments = [a for a in arguments if a not in ("--update", "--light")]
    if not arguments:
        sys.exit(__doc__)
    parallax = Path(arguments[0]).resolve()
    names = arguments[1:]
    cases = sorted(p.parent for p in CASES.glob("*/cmd") if not names or p.parent.name in names)
    if not names and not updating and "PLX_LONG" not in os.environ:
        cases = [case for case in cases if not (case / "heavy").exists()]
    if light:
        cases = representatives(cases)
    elif not names and not updating and "PLX_REST" in os.environ:
        light_ones = set(representatives(cases))
        cases = [case for case in cases if case not in light_ones or case.name.startswith("calc-")]
    with tempfile.TemporaryDirectory(prefix="parallax-cases-") as folder, \
            ThreadPoolExecutor(os.cpu_count()) as pool:
        demo = make_demo(parallax, cases, Path(folder))
        outcomes = list(pool.map(lambda case: run(parallax, demo, case), cases))
    tap = Tap()
    for case, outcome in zip(cases, outcomes):
        if updating:
            update(case, outcome)
        complaints = check(case, outcome)
        tap.ok(not complaints, case.name, *complaints)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
