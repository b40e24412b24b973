#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a workspace survives: kills, full and failing disks, flipped bits, several programs at once.

usage: run_faults.py PARALLAX COLLECT COUNTS FAULTY [--long | --light] [NAME...]

COLLECT is test-store-collect, COUNTS test-store-counts, FAULTY test-store-faulty.so. After every
fault `check` must be clean and the readings either those from before or those from after, byte for
byte; what was acknowledged must be there. --long does all of it; its numbers are kept in
docs/reliability.md. --light, for sanitizers, kills and runs together half as often: a kill reaches
no code of ours. Disks fail and bits flip as often.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from migration import test_migration  # noqa: E402
from rig import (  # noqa: E402
    COLLECT, CRASHED, FAULTS, FLIPS, GONE, LIGHT, LONG, ONLY, PARALLAX, ROUNDS, ROWS, Bench,
    calls_to_fail, drop_logs, fault_env, is_whole, judge, kill_at, must, raw, reading, run, way_of,
    write_answers)
from tap import Tap  # noqa: E402


def test_kills(tap, bench):
    """kill -9 at random moments."""
    tap.equal(way_of(bench.base), b"kept", "kill -9: counts are kept before")
    moments = random.Random(11)
    for name, job in bench.jobs().items():
        after, took = bench.after(job)
        failures, done = [], 0
        for i in range(ROUNDS):
            bench.fresh()
            acknowledged = kill_at([PARALLAX, *job], moments.uniform(0, 1.3 * took))
            is_after = judge(bench, after, failures, f"kill {i}")
            done += is_after
            if acknowledged and not is_after:
                failures.append(f"kill {i}: acknowledged and lost")
            if name == "erase" and is_after and GONE.encode() in raw(bench.work):
                failures.append(f"kill {i}: erased, but its words are in the file")
        tap.ok(not failures, f"kill -9: {ROUNDS} times in {name}", *failures[:3])
        print(f"# {name}: {took * 1000:.0f} ms; {done} of {ROUNDS} were done")


def test_births(tap, bench):
    """A name stands for a whole workspace or for none, also for the one that is made at once anew."""
    moments = random.Random(13)
    start = time.monotonic()
    must("init", bench.folder / "first.plx", "--map", bench.map)
    took = time.monotonic() - start
    failures, born = [], 0
    for i in range(ROUNDS):
        path = bench.folder / f"new{i}.plx"
        said = kill_at([PARALLAX, "init", path, "--map", bench.map],
                       moments.uniform(0, 1.3 * took))
        if path.exists():
            born += 1
            whole, words = is_whole(path)
            if not whole:
                failures.append(f"kill {i}: not whole: {words}")
        elif said:
            failures.append(f"kill {i}: acknowledged and lost")
        else:
            must("init", path, "--map", bench.map)
        others = [p.name for p in bench.folder.glob(f"new{i}.plx*") if p != path]
        if any(".part" not in name for name in others):
            failures.append(f"kill {i}: left behind: {others}")
    tap.ok(not failures, f"kill -9: {ROUNDS} times in init", *failures[:3])
    print(f"# init: {took * 1000:.0f} ms; {born} of {ROUNDS} were made")
    fail_births(tap, bench)


def fail_births(tap, bench):
    """The same when the disk fails at some call."""
    counter, path = bench.folder / "count", bench.folder / "born.plx"
    run("init", path, "--map", bench.map, env=fault_env("count", 0, counter))
    calls = int(counter.read_text())
    for fault in FAULTS:
        failures = []
        numbers = calls_to_fail(calls, f"init {fault}")
        for number in numbers:
            for left in bench.folder.glob("born.plx*"):
                left.unlink()
            result = run("init", path, "--map", bench.map, env=fault_env(fault, number))
            what = f"{fault} at call {number} of {calls}"
            if result.returncode in CRASHED:
                failures.append(f"{what}: exit {result.returncode}: {result.stderr.decode()}")
            if result.returncode == 0 and not path.exists():
                failures.append(f"{what}: said it was done, and it was not")
            if path.exists() and not is_whole(path)[0]:
                failures.append(f"{what}: not whole: {is_whole(path)[1]}")
        tap.ok(not failures, f"disk: {fault} in init, at {len(numbers)} of {calls} calls",
               *failures[:3])


def collect(bench, failures, what, seconds=None, env=None):
    """Collects in a new workspace until something happens; how many were acknowledged."""
    bench.work.unlink(missing_ok=True)
    must("init", bench.work)
    with subprocess.Popen([COLLECT, bench.work, "0", "100000" if seconds else "40", "5"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, **env} if env else None) as process:
        if seconds:
            time.sleep(seconds)
            process.kill()
        acknowledged = len(process.stdout.read().split())
    if process.returncode in CRASHED:
        failures.append(f"{what}: exit {process.returncode}")
    whole, said = is_whole(bench.work)
    now, gaps, info = reading(bench.work)
    if not whole or now is None:
        failures.append(f"{what}: {said} {(gaps.stderr + info.stderr).decode()}")
    elif now[1][1] - acknowledged not in (0, 1):
        failures.append(f"{what}: {acknowledged} acknowledged, {now[1][1]} there")
    return acknowledged


def test_collecting(tap, bench):
    """What collects and seals is killed, or its disk fails: all that was acknowledged is there."""
    moments = random.Random(12)
    failures = []
    counts = [collect(bench, failures, f"kill {i}", seconds=moments.uniform(0.01, 0.3))
              for i in range(ROUNDS)]
    tap.ok(not failures and sum(counts) > ROUNDS,
           f"kill -9: {ROUNDS} times in collecting and sealing", *failures[:3])
    print(f"# collecting: {min(counts)} to {max(counts)} encounters acknowledged")
    for fault in FAULTS:
        failures = []
        counts = [collect(bench, failures, f"{fault} {i}",
                          env=fault_env(fault, moments.randrange(1, 300)))
                  for i in range(100 if LONG else 1)]
        tap.ok(not failures, f"disk: {fault} in collecting, {len(counts)} times", *failures[:3])


def test_disks(tap, bench):
    """The n-th write, sync or truncation fails, is torn, finds the disk full, loses its power."""
    counter = bench.folder / "count"
    for name, job in bench.jobs().items():
        after, _ = bench.after(job)
        bench.fresh()
        run(*job, env=fault_env("count", 0, counter))
        calls = int(counter.read_text())
        for fault in FAULTS:
            failures = []
            numbers = calls_to_fail(calls, f"{name} {fault}")
            for number in numbers:
                bench.fresh()
                result = run(*job, env=fault_env(fault, number))
                what = f"{fault} at call {number} of {calls}"
                if result.returncode in CRASHED or result.returncode < 0:
                    failures.append(f"{what}: exit {result.returncode}: {result.stderr.decode()}")
                is_after = judge(bench, after, failures, what)
                if result.returncode == 0 and not is_after:
                    failures.append(f"{what}: said it was done, and it was not")
            tap.ok(not failures, f"disk: {fault} in {name}, at {len(numbers)} of {calls} calls",
                   *failures[:3])


def test_full_disk(tap, bench):
    """A real file system that is full."""
    disk = bench.folder / "disk"
    disk.mkdir()
    for size in (1, 2, 3) if not LONG else range(1, 9):
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size * 1200}k", "none",
                                  disk], capture_output=True, check=False)
        if mounted.returncode:
            print("# no file system may be mounted here: 'disk: full' stands for it")
            return
        try:
            path = disk / "w.plx"
            made = run("init", path, "--map", bench.map)
            first = run("import", path, bench.first)
            second = run("import", path, bench.second)
            now, gaps, _ = reading(path)
            whole, said = is_whole(path)
            if not whole and "disk is full" in said:  # what was left behind cannot even be removed
                subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
                whole, said = is_whole(path)
            good = made.returncode == 0 and whole and now is not None and now == reading(path)[0]
            tap.ok(good, f"full disk of {size * 1200} kB: {first.returncode} {second.returncode}",
                   said, gaps.stderr.decode(), made.stderr.decode())
            for result in (first, second):
                if result.returncode and b"disk is full" not in result.stderr:
                    tap.ok(False, "full disk: says so", result.stderr.decode())
        finally:
            subprocess.run(["umount", disk], check=False)


def test_together(tap, bench):
    """Several programs at once."""
    files = []
    for i in range(4):
        files.append(bench.folder / f"part{i}.csv")
        write_answers(files[-1], 4000 if LONG else 1500, 20 + i, first=100000 * (i + 1))
    for i in range(20 if LONG else 1 if LIGHT else 2):
        bench.fresh()
        parts = [subprocess.Popen([PARALLAX, "import", bench.work, f], stderr=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL) for f in files]
        collectors = [subprocess.Popen([COLLECT, bench.work, str(k * 1000), "40", "9"],
                                       stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
                      for k in range(2)]
        wrong = []
        while any(p.poll() is None for p in parts + collectors):
            now, gaps, info = reading(bench.work)
            if now is None:
                wrong.append((gaps.stderr + info.stderr).decode())
        wrong += [p.stderr.read().decode() for p in parts + collectors if p.returncode]
        whole, said = is_whole(bench.work)
        now = reading(bench.work)[0]
        tap.ok(whole and not wrong, f"together: four imports, two collectors, readers ({i})",
               said, *wrong[:3])
        expected = bench.before[1][0] + 4 * (4000 if LONG else 1500) + 2 * 80
        tap.equal(now and now[1][0], expected, f"together: everything is there ({i})")
    for i in range(20 if LONG else 1 if LIGHT else 3):
        bench.fresh()
        same = [subprocess.Popen([PARALLAX, "import", bench.work, bench.second],
                                 stderr=subprocess.PIPE, stdout=subprocess.PIPE)
                for _ in range(3)]
        said = [b" ".join(p.communicate()).decode() for p in same]
        now = reading(bench.work)[0]
        expected = 2 * bench.before[1][0]
        tap.equal(now and now[1][0], expected, f"together: the same file three times ({i})")
        if now and now[1][0] != expected:
            print("#", said, file=sys.stderr)


def test_copies(tap, bench):
    """A backup while others write is whole; a stale log harms nothing."""
    bench.fresh()
    copy, target = bench.folder / "copy.plx", bench.folder / "target.plx"
    with subprocess.Popen([COLLECT, bench.work, "0", "100000", "7"],
                          stdout=subprocess.DEVNULL) as process:
        for i in range(10 if LONG else 2):
            copy.unlink(missing_ok=True)
            time.sleep(0.05)
            result = run("backup", bench.work, copy)
            whole, said = is_whole(copy) if copy.exists() else (False, "no copy")
            tap.ok(result.returncode == 0 and whole, f"backup while another writes ({i})",
                   result.stderr.decode(), said)
        process.kill()
    kept = reading(copy)[0]
    bench.fresh()
    process = subprocess.Popen([COLLECT, bench.work, "0", "100000", "0"],
                               stdout=subprocess.DEVNULL)
    time.sleep(0.2)
    refused = run("restore", copy, bench.work, "--replace")
    tap.ok(refused.returncode == 5 and b"in use" in refused.stderr,
           "restore: not over a workspace in use", refused.stderr.decode())
    process.kill()
    process.wait()
    log = Path(f"{bench.work}-wal")
    tap.ok(log.exists() and log.stat().st_size > 0, "restore: there is a stale log")
    result = run("restore", copy, bench.work, "--replace")
    tap.ok(result.returncode == 0, "restore over a workspace with a log", result.stderr.decode())
    tap.ok(reading(bench.work)[0] == kept, "restore: reads like the copy")
    shutil.copyfile(copy, target)
    bench.fresh()
    with subprocess.Popen([COLLECT, bench.work, "0", "100000", "0"],
                          stdout=subprocess.DEVNULL) as process:
        time.sleep(0.2)
        process.kill()
    shutil.copyfile(f"{bench.work}-wal", f"{target}-wal")
    now, gaps, _ = reading(target)
    good = now == kept if now is not None else b"damaged" in gaps.stderr
    tap.ok(good, "a stale log beside another file: its salt does not fit, or it is refused",
           str(now and now[1]))


def kept_bytes(path, content):
    """Where the tables of kept counts lie, and of that where their cells do."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    roots = [page for (page,) in db.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name IN ('kept', 'kept_import', 'kept_cells')")]
    cells = set()
    for (data,) in db.execute("SELECT data FROM kept_cells"):
        at = content.find(data)
        if at >= 0:  # not spread over pages
            cells.update(range(at, at + len(data)))
    db.close()
    drop_logs(path)
    pages = [at for page in roots for at in range((page - 1) * 16384, page * 16384) if content[at]]
    return pages + sorted(cells), cells


def test_flips(tap, bench):
    """Flipped bits: an error, or the same reading; never a crash, never another number."""
    bench.work.unlink(missing_ok=True)
    small = bench.folder / "small.csv"
    write_answers(small, 1500, 5)
    must("init", bench.work, "--map", bench.map)
    must("import", bench.work, small)
    must("map", "apply", bench.work, bench.other)
    subprocess.run([COLLECT, bench.work, "0", "60", "50"], stdout=subprocess.DEVNULL, check=True)
    drop_logs(bench.work)
    good = bench.work.read_bytes()
    expected = reading(bench.work)[0]
    kept, cells = kept_bytes(bench.work, good)
    tap.equal(way_of(bench.work), b"kept", "flipped bits: counts are kept")
    pick = random.Random(14)
    silent, crashed, found, unseen = [], [], 0, []
    target = bench.folder / "flipped.plx"
    for _ in range(FLIPS):
        kind = pick.randrange(4)  # the header, heads of pages, anywhere, kept counts
        at = {0: pick.randrange(100),
              1: pick.randrange(len(good) // 16384) * 16384 + pick.randrange(64),
              2: pick.randrange(len(good)),
              3: pick.choice(kept)}[kind]
        bit = pick.randrange(8)
        bad = bytearray(good)
        bad[at] ^= 1 << bit
        target.write_bytes(bad)
        drop_logs(target)
        now, gaps, info = reading(target)
        for result in (gaps, info):
            if result.returncode in CRASHED or result.returncode < 0:
                crashed.append(f"byte {at} bit {bit}: exit {result.returncode} "
                               f"{result.stderr.decode()[:500]}")
        if now is None:
            found += 1
        elif now != expected:
            silent.append(f"byte {at} (page {at // 16384 + 1}, {at % 16384}) bit {bit}: "
                          f"{now[1]} instead of {expected[1]}")
        elif is_whole(target)[0]:
            unseen.append(at)
    lost = [at for at in unseen if at in cells]
    tap.ok(not lost, f"{FLIPS} flipped bits: check sees those in kept counts", *lost[:5])
    tap.ok(not crashed, f"{FLIPS} flipped bits: no crash", *crashed[:5])
    tap.ok(not silent, f"{FLIPS} flipped bits: no silently different number", *silent[:9])
    print(f"# {found} refused, {FLIPS - found - len(silent)} harmless to the readings, "
          f"{len(unseen)} of them not even seen by check")
    if os.environ.get("PLX_FLIPS"):
        for at in unseen:
            print(f"# unseen: page {at // 16384 + 1} byte {at % 16384}")


TESTS = {"kills": test_kills, "births": test_births, "collecting": test_collecting,
         "disks": test_disks,
         "migration": test_migration,
         "full_disk": test_full_disk, "together": test_together, "copies": test_copies,
         "flips": test_flips}


def main():
    tap = Tap()
    for name, test in TESTS.items():
        if ONLY and name not in ONLY:
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="plx-faults-") as folder:
            test(tap, Bench(folder, ROWS.get(name, 3000)))
        print(f"# {name}: {time.monotonic() - start:.1f} s")
        sys.stdout.flush()
    return tap.done()


sys.exit(main())
