#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variance components of InstEval (73,421 ratings) by REML: ours beside lme4, or where R does not have it
(Debian r-cran-lme4) a plain numpy version written for this (bench/lme_peer.py), which takes minutes. Checks
that standard deviations agree to 0.1 %. Ours: the whole program, from the file to the answer with its intervals;
peers: the fit alone, without intervals. Processor seconds. Called by `./dev bench varcomp`."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "shared", "data", "raters", "insteval.csv")
MODELS = ("s,d", "s,d,dept")


def ours(build, groups):
    command = [f"{build}/parallax", "calc", "varcomp", DATA, "--y", "y", "--random", groups]
    start = os.times()
    clock = time.perf_counter()
    fit = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    end = os.times()
    took = end.children_user - start.children_user + end.children_system - start.children_system
    return took, time.perf_counter() - clock, [p["sd"] for p in [*fit["components"], fit["residual"]]]


def peer(command):
    """The peer says how many processor seconds it took."""
    clock = time.perf_counter()
    lines = subprocess.run(command, check=True, capture_output=True, text=True,
                           env={**os.environ, "OMP_NUM_THREADS": "1",
                                "OPENBLAS_NUM_THREADS": "1"}).stdout.split()
    return float(lines[0]), time.perf_counter() - clock, [float(line) for line in lines[1:]]


def peers(groups):
    found = {}
    rscript = shutil.which("Rscript")
    has = rscript and subprocess.run([rscript, "-e", "library(lme4)"], capture_output=True)
    if has and has.returncode == 0:
        return {"lme4": [rscript, os.path.join(HERE, "lme4_peer.R"), DATA, "y", groups]}
    print("peer missing: lme4 (Debian r-cran-lme4); numpy stands in", flush=True)
    if subprocess.run(["/usr/bin/python3", "-c", "import numpy"], capture_output=True).returncode:
        print("peer missing: numpy (Debian python3-numpy)")
    else:
        found["numpy"] = ["/usr/bin/python3", os.path.join(HERE, "lme_peer.py"), DATA, "y", groups]
    return found


def compare(groups, build, runs):
    took = {"ours": []}
    clock = {"ours": []}
    there = peers(groups)
    for turn in range(runs):
        seconds, passed, answer = ours(build, groups)
        took["ours"].append(seconds)
        clock["ours"].append(passed)
        for name, command in there.items() if turn == 0 else ():
            seconds, passed, other = peer(command)
            took[name], clock[name] = [seconds], [passed]
            if not all(abs(a - b) <= 1e-3 * b for a, b in zip(answer, other, strict=True)):
                sys.exit(f"{groups}: ours gave {answer}, {name} {other}")
    mine = statistics.median(took["ours"])
    line = f"{groups:9} ours {mine:6.2f} s (clock {statistics.median(clock['ours']):.2f})"
    for name in there:
        line += f"   {name} {took[name][0]:6.1f} s (clock {clock[name][0]:.1f}): {took[name][0] / mine:.1f}x"
    print(line, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if not os.path.exists(DATA):
        sys.exit("data missing: ../shared/data/raters/insteval.csv")
    print(f"InstEval, processor seconds, medians of {options.runs} (peers once); {measure.load()}", flush=True)
    for groups in MODELS:
        compare(groups, options.build, options.runs)


main()
