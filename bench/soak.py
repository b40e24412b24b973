#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server under load is killed (SIGKILL) over and over; clients ask again what was not
acknowledged, with the same key. Afterwards each acknowledged answer must be there exactly once, and
no other more than once. Called by `./dev soak [MINUTES]`; see README.md."""
import argparse
import collections
import csv
import os
import random
import sys
import time

import measure
import serving


def keys_there(ours):
    """How often each key stands in the notes of the workspace."""
    out = os.path.join(ours.scratch, "soak.csv")
    ours.run("export", ours.workspace, "-o", out)
    with open(out, newline="", encoding="utf-8") as lines:
        return collections.Counter(row["note"] for row in csv.DictReader(lines) if row["note"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=10)
    parser.add_argument("--build", default="build")
    parser.add_argument("--every", type=float, default=20, help="seconds between kills")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--scratch", default="build/bench/soak")
    options = parser.parse_args()
    measure.no_core_files()
    os.makedirs(options.scratch, exist_ok=True)
    acknowledged = os.path.join(options.scratch, "acknowledged")
    serving.remove(acknowledged)
    ours = serving.Ours(options.scratch, options.build, request_note=serving.KEY)
    ours.start()
    seconds = options.minutes * 60
    load = serving.load(options.build, ours, options.connections, seconds, acknowledged)
    end = time.monotonic() + seconds
    kills, away = 0, []
    while time.monotonic() + options.every + 1 < end:
        time.sleep(options.every * random.uniform(0.9, 1.1))
        ours.kill()
        begun = time.monotonic()
        ours.start()
        away.append(time.monotonic() - begun)
        kills += 1
    said = serving.result(load)
    ours.stop()
    with open(acknowledged) as lines:
        keys = [line.strip() for line in lines]
    there = keys_there(ours)
    missing = sum(there[key] == 0 for key in keys)
    twice = sum(n > 1 for n in there.values())
    checked = ours.run("check", ours.workspace).strip().splitlines()[-1]
    print(f"{options.minutes:g} minutes, {options.connections} connections, {kills} kills; back "
          f"after at most {max(away, default=0):.2f} s")
    print(f"{len(keys):,} acknowledged ({said['per_second']:,.0f}/s, p99 "
          f"{said['p99_us'] / 1e3:.1f} ms), {said['broken']:,} broken off and asked again, "
          f"{said['refused']:,} refused")
    print(f"{len(there):,} are there; missing: {missing}; more than once: {twice}; acknowledged "
          f"twice: {len(keys) - len(set(keys))}")
    print(f"check: {checked}")
    sys.exit(1 if missing or twice or not keys or not kills else 0)


if __name__ == "__main__":
    main()
