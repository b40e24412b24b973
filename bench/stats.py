#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Krippendorff's alpha (ordinal, 4 observers of 100,000 units) and the interval of a gap (100,000
answers; 25,000 people with four each), with 1,000 bootstrap replicates: ours, a plain numpy version
and, of the gap, R's boot in turn on the same answers. Checks that estimates agree to 1e-9 and limits
to a fifth of the interval's width; prints medians and ratios. Each program times itself by the
processor's clock, from answers in memory to the interval, on one thread; peers run fewer replicates
where these take long, and are counted up to 1,000. Called by `./dev bench stats`."""
import argparse
import os
import shutil
import statistics
import subprocess
import sys

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
REPLICATES = 1000
# Seconds on the machine of speed.md, for who wants to compare across machines.
PUBLISHED = {"alpha": ("fast-krippendorff", 94), "gap": ("R boot", 9.95)}
# job: (replicates of the peers, target)
JOBS = {"alpha": (40, ">= 1000x fast-krippendorff: <= 94 ms"),
        "gap": (200, ">= 300x R boot"),
        "people": (200, "right for people with several answers; <= 2 ms a replicate")}


def ask(command):
    """Numbers of the first line, and those of the others."""
    lines = subprocess.run(command, check=True, capture_output=True, text=True,
                           env={**os.environ, "OMP_NUM_THREADS": "1",
                                "OPENBLAS_NUM_THREADS": "1"}).stdout.split("\n")
    return [float(cell) for cell in lines[0].split()], [float(line) for line in lines[1:] if line]


def check(job, ours, peer):
    """Limits are quantiles of few draws."""
    allowed = [1e-9 * abs(ours[0])] + [(ours[2] - ours[1]) / 5] * 2
    for one, other, limit in zip(ours, peer, allowed, strict=True):
        if not abs(one - other) <= limit:
            sys.exit(f"{job}: ours gave {one}, the peer {other}")


def peers_of(job, rscript):
    found = {"numpy (plain, written for this)":
             ["/usr/bin/python3", os.path.join(HERE, "numpy_stats_peer.py")]}
    if subprocess.run([*found["numpy (plain, written for this)"][:1], "-c", "import numpy"],
                      capture_output=True).returncode:
        print("peer missing: numpy (Debian python3-numpy)")
        found = {}
    if job == "gap" and rscript:
        found["R boot"] = [rscript, os.path.join(HERE, "boot_peer.R")]
    return found


def compare(job, build, runs, rscript):
    replicates, target = JOBS[job]
    program = f"{build}/bench/bench-stats"
    data = f"{build}/bench/stats-{job}.bin"
    subprocess.run([program, "make", job, data], check=True)
    ours, theirs = [], {name: [] for name in peers_of(job, rscript)}
    for _ in range(runs):
        took, answer = ask([program, job, data, str(REPLICATES)])
        ours.append(took[0])
        for name, command in peers_of(job, rscript).items():
            (once, each), other = ask([*command, job, data, str(replicates)])
            theirs[name].append(once + each * REPLICATES)
            check(job, answer, other)
    mine = statistics.median(ours)
    print(f"{job}: ours {mine * 1000:.1f} ms; target {target}")
    for name, seconds in theirs.items():
        middle = statistics.median(seconds)
        print(f"  {name} {middle:.2f} s: {middle / mine:.0f}x")
    if job in PUBLISHED:
        name, seconds = PUBLISHED[job]
        print(f"  {name}, speed.md's {seconds} s: {seconds / mine:.0f}x")
    os.remove(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", default=",".join(JOBS))
    options = parser.parse_args()
    rscript = shutil.which("Rscript")
    if not rscript or subprocess.run([rscript, "-e", "library(boot)"],
                                     capture_output=True).returncode:
        print("peer missing: boot (Debian r-cran-boot)")
        rscript = None
    print(f"processor seconds of one thread, medians of {options.runs}; {measure.load()}")
    for job in options.jobs.split(","):
        compare(job, options.build, options.runs, rscript)


main()
