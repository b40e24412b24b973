# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of faults share: programs, a workspace to break, what is whole."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

LONG = "--long" in sys.argv
LIGHT = "--light" in sys.argv and not LONG and "PLX_LONG" not in os.environ
ARGUMENTS = [a for a in sys.argv[1:] if a not in ("--long", "--light")]
PARALLAX, COLLECT, COUNTS, FAULTY = (Path(a).resolve() for a in ARGUMENTS[:4])
ONLY = ARGUMENTS[4:]
ROUNDS = 200 if LONG else 1 if LIGHT else 3
ROWS = {"kills": 40000 if LONG else 3000, "disks": 600}
FLIPS = 1000 if LONG else 15 if LIGHT else 30
FAULTS = ("error", "full", "dead", "crash", "cut")
CRASHED = (70, 99)  # a bug, a sanitizer
GONE = "wbsfoyjq"  # a word that only the person to be erased wrote

MAP = """parallax: 1
title: Shop
journeys:
  - title: Order
    transactions:
      - {title: Find, points: [A, B, C]}
      - {title: Pay, points: [D, E]}
"""
OTHER_MAP = MAP.replace("title: Find, points: [A, B, C]", "title: Look, points: [A, B, C, F]")


def run(*words, env=None, cwd=None):
    return subprocess.run([PARALLAX, *words], capture_output=True, check=False, cwd=cwd,
                          env={**os.environ, **env} if env else None)


def must(*words):
    result = run(*words)
    if result.returncode:
        raise RuntimeError(f"{words}: {result.stderr.decode()}")
    return result.stdout


def reading(path):
    """All that readings say, from blocks and from kept counts, or None and what was wrong."""
    gaps = run("gaps", path, "--threads", "1", "--format", "json")
    info = run("info", path, "--threads", "1", "--format", "json")
    asked = subprocess.run([COUNTS, path], capture_output=True, check=False)
    if gaps.returncode not in (0, 4) or info.returncode:
        return None, gaps, info
    if asked.returncode:
        return None, asked, info
    shown = b"\n".join(line for line in gaps.stdout.split(b"\n") if b'"source"' not in line)
    said = json.loads(info.stdout)
    counts = tuple(said.get(k) for k in ("observations", "encounters", "respondents"))
    return (shown, counts, asked.stdout.split()[1]), gaps, info


def way_of(path):
    """Are the counts of a workspace answered from what is kept ("kept") or from blocks?"""
    return subprocess.run([COUNTS, path], capture_output=True, check=True).stdout.split()[0]


def is_whole(path):
    result = run("check", path)
    return result.returncode == 0, (result.stdout + result.stderr).decode()


def write_answers(path, n, seed, first=0, note=True):
    pick = random.Random(seed)
    with open(path, "w", encoding="utf-8") as out:
        out.write("audience,encounter,respondent,time,journey,point,place,level,note\n")
        for i in range(n):
            person = pick.randrange(n // 8 + 1)
            point = pick.choice("ABCDE")
            words = f"words {pick.randrange(99)} of {i}" if note and i % 10 == 0 else ""
            if person == 3:
                words = GONE
            out.write(f"{pick.choice(['customer', 'leader', 'staff'])},e{first + i},r{person},"
                      f"2026-0{1 + i % 9}-1{i % 9},order,{point},P{pick.randrange(5)},"
                      f"{pick.randrange(1, 7)},{words}\n")


def drop_logs(path):
    """Removes the logs of a file."""
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def copy_workspace(source, target):
    for ending in ("", "-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
        if Path(f"{source}{ending}").exists():
            shutil.copyfile(f"{source}{ending}", f"{target}{ending}")


def raw(path):
    """The bytes of a workspace and its log."""
    return b"".join(Path(f"{path}{e}").read_bytes() for e in ("", "-wal")
                    if Path(f"{path}{e}").exists())


class Bench:
    """A folder with files of answers and a workspace to break."""

    def __init__(self, folder, rows):
        self.folder = Path(folder)
        self.base = self.folder / "base.plx"
        self.work = self.folder / "work.plx"
        self.map, self.other = self.folder / "map.yaml", self.folder / "other.yaml"
        self.map.write_text(MAP)
        self.other.write_text(OTHER_MAP)
        self.first, self.second = self.folder / "first.csv", self.folder / "second.csv"
        write_answers(self.first, rows, 1)
        write_answers(self.second, rows, 2, first=rows)
        must("init", self.base, "--map", self.map)
        must("import", self.base, self.first)
        self.before = reading(self.base)[0]

    def fresh(self):
        copy_workspace(self.base, self.work)
        return self.work

    def jobs(self):
        """What is interrupted: a name and the command on the workspace."""
        return {
            "import": ["import", self.work, self.second],
            "erase": ["erase", self.work, "--respondent", "r3"],
            "anonymise": ["anonymise", self.work, "--before", "2026-06-01"],
            "map apply": ["map", "apply", self.work, self.other],
            "undo": ["imports", "undo", self.work, "1"],
            "compact": ["compact", self.work],
        }

    def after(self, job):
        """Its undisturbed result, and how long it takes."""
        self.fresh()
        start = time.monotonic()
        must(*job)
        took = time.monotonic() - start
        return reading(self.work)[0], took


def judge(bench, after, failures, what):
    """Whole, and before or after; TRUE when it is after."""
    whole, said = is_whole(bench.work)
    now, gaps, info = reading(bench.work)
    if not whole:
        failures.append(f"{what}: not whole: {said}")
    elif now is None:
        failures.append(f"{what}: no reading: {(gaps.stderr + info.stderr).decode()}")
    elif now not in (bench.before, after):
        failures.append(f"{what}: neither before nor after: {now[1]}")
    return now == after


def kill_at(words, seconds):
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return process.returncode == 0


def calls_to_fail(calls, name):
    """All of them, or a few."""
    numbers = range(1, calls + 1)
    return numbers if LONG else sorted(random.Random(name).sample(numbers, 2))


def fault_env(fault, number, count=None):
    env = {"LD_PRELOAD": str(FAULTY), "PLX_FAULT": f"{fault} {number}"}
    if count:
        env["PLX_FAULT_COUNT"] = str(count)
    return env
