# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of version 1 that is brought up to date: interrupted, by two at once, where it may not.

Afterwards it is what version 1 wrote, row by row, or the version of today, whole, with the readings of an
undisturbed update; a copy under its own name is whole; the next opening for writing succeeds.
"""

import contextlib
import gzip
import os
import random
import sqlite3
import subprocess
import time
from pathlib import Path

from rig import (
    CRASHED, FAULTS, PARALLAX, ROUNDS, calls_to_fail, copy_workspace, fault_env, is_whole, kill_at,
    must, reading, run, way_of)

FILE = Path(__file__).resolve().parents[1] / "data" / "version-1.plx.gz"
TODAY = len(list(Path(__file__).resolve().parents[3].glob("sql/*.sql")))  # src/store/schema.c
NOBODY = 65534
REFUSED = b"the copy before an update exists already; move it away first"


def content(path):
    """The version of a file and all its rows; of a copy, so that its log stays as it is."""
    look = Path(f"{path}.look")
    copy_workspace(path, look)
    with contextlib.closing(sqlite3.connect(look)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        sound = db.execute("PRAGMA integrity_check").fetchone()[0]
        rows = "\n".join(db.iterdump())
    for left in look.parent.glob(f"{look.name}*"):
        left.unlink()
    return version, sound, rows


class Old:
    """A workspace of version 1."""

    def __init__(self, folder):
        self.path = folder / "old.plx"
        self.copy = folder / "old.plx.version-1"
        self.job = ["check", self.path]  # it opens for writing, no more
        self.fresh()
        self.before = content(self.path)
        start = time.monotonic()
        must(*self.job)
        self.took = time.monotonic() - start
        self.after = reading(self.path)[0]

    def fresh(self):
        for left in self.path.parent.glob(f"{self.path.name}*"):
            left.unlink()
        self.path.write_bytes(gzip.decompress(FILE.read_bytes()))

    def look(self):
        """What is wrong with it as it is; whether it is up to date."""
        version, sound, _ = now = content(self.path)
        wrong = []
        if version == 1 and now != self.before:
            wrong.append("version 1, but not what it was")
        if version == TODAY and (sound != "ok" or reading(self.path)[0] != self.after):
            wrong.append("up to date, but it reads otherwise")
        if version == TODAY and not self.copy.exists():
            wrong.append("up to date without a copy")
        if self.copy.exists() and content(self.copy) != self.before:
            wrong.append("the copy is not whole")
        return wrong, version == TODAY

    def judge(self, failures, what):
        """The same, and that the next one makes all of it; TRUE when it was up to date."""
        wrong, done = self.look()
        whole, said = is_whole(self.path)  # opens it for writing
        if not whole:
            wrong.append(f"the next one: {said}")
        elif reading(self.path)[0] != self.after or way_of(self.path) != b"kept":
            wrong.append("the next one: reads otherwise")
        elif content(self.copy) != self.before:
            wrong.append("the next one: no whole copy")
        wrong += [f"left behind: {p.name}" for p in self.path.parent.glob("old.plx*.part*")]
        failures += [f"{what}: {words}" for words in wrong]
        return done


def kill(tap, old):
    moments = random.Random(15)
    failures, done = [], 0
    for i in range(ROUNDS):
        old.fresh()
        said = kill_at([PARALLAX, *old.job], moments.uniform(0, 1.3 * old.took))
        is_done = old.judge(failures, f"kill {i}")
        done += is_done
        if said and not is_done:
            failures.append(f"kill {i}: acknowledged and lost")
    tap.ok(not failures, f"kill -9: {ROUNDS} times in an update of the file", *failures[:3])
    print(f"# update: {old.took * 1000:.0f} ms; {done} of {ROUNDS} were done")


def fail(tap, old):
    counter = old.path.parent / "count"
    old.fresh()
    run(*old.job, env=fault_env("count", 0, counter))
    calls = int(counter.read_text())
    for fault in FAULTS:
        failures = []
        numbers = calls_to_fail(calls, f"update {fault}")
        for number in numbers:
            old.fresh()
            result = run(*old.job, env=fault_env(fault, number))
            what = f"{fault} at call {number} of {calls}"
            if result.returncode in CRASHED or result.returncode < 0:
                failures.append(f"{what}: exit {result.returncode}: {result.stderr.decode()}")
            if not old.judge(failures, what) and result.returncode == 0:
                failures.append(f"{what}: said it was done, and it was not")
        tap.ok(not failures, f"disk: {fault} in an update, at {len(numbers)} of {calls} calls",
               *failures[:3])


def together(tap, old):
    failures = []
    for i in range(max(ROUNDS // 10, 2)):
        old.fresh()
        both = [subprocess.Popen([PARALLAX, *old.job], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE) for _ in range(2)]
        said = [p.communicate()[1].decode() for p in both]
        failures += [f"{i}: {s}" for p, s in zip(both, said) if p.returncode]
        if not old.judge(failures, str(i)):
            failures.append(f"{i}: not up to date")
        if len(list(old.path.parent.glob("old.plx.version*"))) != 1:
            failures.append(f"{i}: more than one copy")
    tap.ok(not failures, "update: two programs at once", *failures[:3])


def read_only(tap, old):
    """A folder that may not be written to: it is said, and nothing is changed."""
    old.fresh()
    folder = old.path.parent
    modes = folder.stat().st_mode
    old.path.chmod(0o444)
    folder.chmod(0o555)
    as_nobody = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
    try:
        results = [subprocess.run([PARALLAX, *words, old.path], capture_output=True, check=False,
                                  **as_nobody) for words in (["check"], ["compact"], ["info"])]
    finally:
        folder.chmod(modes)
        old.path.chmod(0o644)
    said = [f"{r.returncode} {r.stderr.decode()}" for r in results]
    good = all(str(old.path).encode() in r.stderr for r in results)
    tap.ok(good and [r.returncode for r in results] == [2, 5, 2],
           "update: said where it may not be", *said)
    same = old.path.read_bytes() == gzip.decompress(FILE.read_bytes())
    tap.ok(same and not old.copy.exists(), "update: nothing is changed where it may not be")


def copies(tap, old):
    """A copy that is there already is used when it is one, else it stays and it is said."""
    old.fresh()
    must(*old.job)
    made = old.copy.read_bytes()
    old.fresh()
    old.copy.write_bytes(made)
    failures = []
    result = run(*old.job)
    if result.returncode or not old.judge(failures, "own"):
        failures.append(result.stderr.decode())
    tap.ok(not failures and old.copy.read_bytes() == made, "update: its own copy is used", *failures)
    old.fresh()
    old.copy.write_bytes(made)
    with contextlib.closing(sqlite3.connect(old.copy)) as db:
        db.execute("UPDATE fact SET value = value + 1 WHERE name = 'generation'")
        db.commit()
    for name, other in {"another time": old.copy.read_bytes(), "no workspace": b"hello",
                        "cut short": made[:len(made) // 2], "nothing": b""}.items():
        old.fresh()
        old.copy.write_bytes(other)
        result = run(*old.job)
        tap.ok(result.returncode == 5 and REFUSED in result.stderr,
               f"update: refused beside a copy of {name}",
               f"{result.returncode} {result.stderr.decode()}")
        tap.ok(content(old.path) == old.before and old.copy.read_bytes() == other,
               f"update: nothing is changed beside a copy of {name}")


def test_migration(tap, bench):
    folder = bench.folder / "old"
    folder.mkdir()
    for part in (folder, bench.folder):
        part.chmod(0o755)
    old = Old(folder)
    for test in (kill, fail, together, read_only, copies):
        test(tap, old)
