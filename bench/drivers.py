#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exact LMG and its bootstrap, n = 100,000: ours and a plain numpy version in turn on the same rows.
Checks that shares agree to 1e-9, and intervals to a few of their Monte Carlo errors; prints
medians and the ratio. Each program times itself by the processor's clock, from rows in memory to
the answer, on one thread. Called by `./dev bench drivers`."""
import argparse
import os
import statistics
import subprocess
import sys

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS = 100000
# relaimpo's seconds on the machine of speed.md, for who wants to compare across machines
RELAIMPO = {"lmg 12": 0.36, "lmg 15": 1.9, "lmg 18": 17.2, "boot 10": 0.26}
# job: (columns, replicates of ours, of the peer, target)
JOBS = {"lmg 12": (12, 0, 0, ""), "lmg 15": (15, 0, 0, "<= 20 ms"),
        "lmg 18": (18, 0, 0, ""), "lmg 20": (20, 0, None, "<= 300 ms"),
        "boot 10": (10, 400, 100, ">= 80x relaimpo: <= 3.2 ms")}


def ask(command):
    """Seconds, and the rows of numbers."""
    lines = subprocess.run(command, check=True, capture_output=True, text=True,
                           env={**os.environ, "OMP_NUM_THREADS": "1",
                                "OPENBLAS_NUM_THREADS": "1"}).stdout.split("\n")
    return float(lines[0]), [[float(cell) for cell in line.split()] for line in lines[1:] if line]


def check(job, ours, peer):
    """Shares to 1e-9. Limits of intervals are quantiles of few draws: to a third of their width."""
    for one, other in zip(ours, peer, strict=True):
        allowed = 1e-9 if len(one) == 1 else (one[1] - one[0]) / 3
        for a, b in zip(one, other, strict=True):
            if not abs(a - b) <= allowed:
                sys.exit(f"{job}: ours gave {a}, the peer {b}")


def compare(job, build, runs, peer_there):
    p, replicates, peer_replicates, target = JOBS[job]
    program = f"{build}/bench/bench-drivers"
    data = f"{build}/bench/drivers-{p}.bin"
    subprocess.run([program, "make", str(p), str(ROWS), data], check=True)
    arguments = [job.split()[0], str(p), str(ROWS), data]
    ours = [program, *arguments, str(replicates)]
    peer = ["/usr/bin/python3", os.path.join(HERE, "numpy_peer.py"), *arguments,
            str(peer_replicates)]
    seconds = {"ours": [], "numpy": []}
    for turn in range(runs):
        took, answer = ask(ours)
        seconds["ours"].append(took)
        if peer_there and peer_replicates is not None and (p < 18 or turn == 0):
            took, other = ask(peer)
            seconds["numpy"].append(took)
            check(job, answer, other)
    mine = statistics.median(seconds["ours"])
    line = f"{job:8} ours {mine * 1000:9.2f} ms"
    if seconds["numpy"]:
        theirs = statistics.median(seconds["numpy"])
        line += f"   numpy (plain, written for this) {theirs * 1000:9.1f} ms   ratio {theirs / mine:8.0f}x"
    if job in RELAIMPO:
        line += f"   (relaimpo, speed.md: {RELAIMPO[job] * 1000:.0f} ms)"
    print(line + (f"   target {target}" if target else ""))
    os.remove(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    there = subprocess.run(["/usr/bin/python3", "-c", "import numpy"],
                           capture_output=True).returncode == 0
    if not there:
        print("peer missing: numpy (Debian python3-numpy)")
    print(f"n = {ROWS}, processor seconds of one thread, medians of {options.runs}; {measure.load()}")
    for job in JOBS:
        compare(job, options.build, options.runs, there)


main()
