#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a thousand encounters a second into a workspace as a server would, while ten readers run
`gaps` over and over, and the same while a large file is imported: nobody may fail, and nobody may
see less than what had been acknowledged a second before. Called by `./dev bench writers`; see
README.md."""
import argparse
import bisect
import glob
import json
import os
import re
import subprocess
import sys
import threading
import time

import measure

OLDEST = 1.0  # seconds
OBSERVATIONS = re.compile(rb'"observations": (\d+)')


class Reader(threading.Thread):
    """Runs `gaps` until told to stop: [(begin, seconds, observations)], and what went wrong."""

    def __init__(self, parallax, workspace, stop):
        super().__init__()
        self.command = [parallax, "gaps", workspace, "--format", "json", "--threads", "1"]
        self.stop = stop
        self.readings = []
        self.errors = []

    def run(self):
        while not self.stop.is_set():
            begin = time.monotonic()
            done = subprocess.run(self.command, capture_output=True)
            found = OBSERVATIONS.search(done.stdout)
            if done.returncode != 0 or not found:
                self.errors.append(done.stderr.decode(errors="replace").strip() or "no answer")
                continue
            self.readings.append((begin, time.monotonic() - begin, int(found.group(1))))


def read_log(path):
    """When how many rows were acknowledged."""
    with open(path) as lines:
        pairs = [line.split() for line in lines]
    return [float(at) for at, _ in pairs], [int(rows) for _, rows in pairs]


def age(reading, base, imported, log):
    """Seconds before its beginning at which a reading's view of the new rows ends; 0 when it has
    all that was acknowledged until then."""
    begin, _, seen = reading
    at, rows = log
    seen -= base
    if imported and seen >= imported:
        seen -= imported
    first_missing = bisect.bisect_right(rows, seen)
    return max(0.0, begin - at[first_missing]) if first_missing < len(at) else 0.0


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def report(title, options, readers, writer, log, counts, import_note):
    base, imported = counts
    readings = [reading for reader in readers for reading in reader.readings]
    errors = [error for reader in readers for error in reader.errors]
    ages = [age(reading, base, imported, log) for reading in readings]
    took = [seconds for _, seconds, _ in readings]
    late = sum(x > OLDEST for x in ages)
    print(f"\n{title}{import_note}; {measure.load()}")
    print(f"  intake   {writer['rows']} rows in {writer['seconds']} s, {writer['transactions']} "
          f"transactions (largest: {writer['largest']} encounters); to the disk p50 "
          f"{writer['p50_ms']} ms, p99 {writer['p99_ms']} ms, max {writer['max_ms']} ms")
    print(f"  readers  {len(readings)} readings by {options.readers}: p50 "
          f"{percentile(took, 0.5):.2f} s, p99 {percentile(took, 0.99):.2f} s; errors "
          f"{len(errors)}; oldest view {max(ages, default=0) * 1e3:.0f} ms, {late} older than "
          f"{OLDEST:.0f} s")
    for error in errors[:3]:
        print(f"    {error}")
    return bool(readings) and not errors and late == 0


def start_import(options, workspace):
    return subprocess.Popen([f"{options.build}/parallax", "import", workspace, options.large,
                             "--dataset", "large"], stdout=subprocess.DEVNULL)


def count(options, workspace):
    out = subprocess.run([f"{options.build}/parallax", "gaps", workspace, "--format", "json"],
                         check=True, capture_output=True).stdout
    return int(OBSERVATIONS.search(out).group(1))


def finish_import(process, begin):
    """Seconds it took."""
    if process.wait() != 0:
        sys.exit("the import failed")
    return time.monotonic() - begin


def phase(options, title, large):
    workspace = os.path.join(options.scratch, "writers.plx")
    for path in glob.glob(glob.escape(workspace) + "*"):
        os.unlink(path)
    parallax = f"{options.build}/parallax"
    measure.run_all([[parallax, "init", workspace], [parallax, "import", workspace, options.file]])
    base = count(options, workspace)
    stop = threading.Event()
    readers = [Reader(parallax, workspace, stop) for _ in range(options.readers)]
    log = os.path.join(options.scratch, "writers.log")
    writer = subprocess.Popen([f"{options.build}/bench/bench-writer", workspace, str(options.rate),
                               str(options.seconds), log], stdout=subprocess.PIPE)
    for reader in readers:
        reader.start()
    imported, note = 0, ""
    if large:
        time.sleep(min(2, options.seconds / 4))
        begin = time.monotonic()
        importing = start_import(options, workspace)
    said = writer.communicate()[0]
    if large:
        running = importing.poll() is None
        took = finish_import(importing, begin)
        note = f" ({took:.1f} s" + (", of which the intake saw "
                                    f"{options.seconds - 2} s)" if running else ")")
    stop.set()
    for reader in readers:
        reader.join()
    if writer.returncode != 0:
        sys.exit("the writer failed")
    said = json.loads(said)
    if large:
        imported = count(options, workspace) - base - said["rows"]
    elif count(options, workspace) != base + said["rows"]:
        sys.exit("rows that were acknowledged are missing")
    return report(title, options, readers, said, read_log(log), (base, imported), note)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="what the workspace holds at first")
    parser.add_argument("large", help="what is imported meanwhile")
    parser.add_argument("--build", default="build")
    parser.add_argument("--rate", type=int, default=1000, help="encounters of 5 rows a second")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--scratch", default="build/bench/ws")
    options = parser.parse_args()
    measure.no_core_files()
    os.makedirs(options.scratch, exist_ok=True)
    good = [phase(options, f"{options.rate} encounters a second, {options.readers} readers", False),
            phase(options, f"the same while {os.path.basename(options.large)} is imported", True)]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
