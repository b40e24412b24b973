#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Did the treated places change more than the others? Ours and its peers in turn on the same numbers.

exact: eight places and eight, all 12,870 divisions; drawn: twenty and twenty, 20,000 random ones; both
beside scipy's permutation_test, from changes in memory. panel: a CSV of 1,000,000 answers at 64 places
to the difference in differences with errors by place: the whole of `parallax calc did`, beside pandas
and statsmodels without and with their start. Checks that the answers agree; prints medians of processor seconds and ratios.
Called by `./dev bench places`."""
import argparse
import json
import os
import statistics
import subprocess
import sys

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
PEER = ["/usr/bin/python3", os.path.join(HERE, "places_peer.py")]
# job: places of a side, repeats of ours, how far p may be from the peer's
JOBS = {"exact": (8, 200, 1e-12), "drawn": (20, 50, 0.02), "panel": (0, 1, 0)}


def children():
    """Processor seconds of all that was run so far."""
    now = os.times()
    return now.children_user + now.children_system


def ask(command):
    out = subprocess.run(command, check=True, capture_output=True, text=True,
                         env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    return [float(line) for line in out.stdout.split()]


def ask_did(build, data):
    start = children()
    out = subprocess.run([f"{build}/parallax", "calc", "did", data, "--y", "level", "--treated",
                          "treated", "--after", "after", "--unit", "place"],
                         check=True, capture_output=True, text=True).stdout
    took = children() - start
    found = json.loads(out)
    return [took, found["did"], found["se"]]


def check(job, ours, peer, allowed):
    for one, other, limit in zip(ours, peer, allowed, strict=True):
        if not abs(one - other) <= limit:
            sys.exit(f"{job}: ours gave {one}, the peer {other}")


def compare(job, build, runs, has_peer):
    places, repeats, p_apart = JOBS[job]
    program, data = f"{build}/bench/bench-places", f"{build}/bench/places-{job}.data"
    subprocess.run([program, "make", str(places), data] if places else [program, "panel", data],
                   check=True)
    ours, theirs, whole = [], [], []
    for _ in range(runs):
        took, *answer = ask([program, data, str(places), str(repeats)]) if places else ask_did(build, data)
        ours.append(took)
        if has_peer:
            start = children()
            took, *other = ask([*PEER, data, *([str(places)] if places else [])])
            theirs.append(took)
            whole.append(children() - start)
            # of few clusters people correct the error in ways of their own
            allowed = [1e-9, 1e-9, 1e-9, p_apart] if places else [1e-9, 0.05 * answer[1]]
            check(job, answer, other, allowed)
    mine = statistics.median(ours)
    print(f"{job}: ours {mine * 1000:.3g} ms")
    if theirs:
        for name, seconds in ((("scipy", theirs),) if places else
                              (("pandas and statsmodels", theirs), ("the same, with their start", whole))):
            middle = statistics.median(seconds)
            print(f"  {name} {middle * 1000:.3g} ms: {middle / mine:.1f}x")
    os.remove(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--jobs", default=",".join(JOBS))
    options = parser.parse_args()
    has_peer = subprocess.run(["/usr/bin/python3", "-c", "import scipy, pandas, statsmodels"],
                              capture_output=True).returncode == 0
    if not has_peer:
        print("peers missing: scipy, pandas, statsmodels (Debian python3-scipy, -pandas, -statsmodels)")
    print(f"processor seconds of one thread, medians of {options.runs}; {measure.load()}")
    for job in options.jobs.split(","):
        compare(job, options.build, options.runs, has_peer)


main()
