#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Krippendorff's alpha and the interval of a gap as one would write them with numpy, made for this
bench (fast-krippendorff is no Debian package; this does as it does: counts of values by unit).

usage: numpy_stats_peer.py alpha|gap|people FILE REPLICATES; reads and prints as bench_stats.c does
"""
import sys
import time

import numpy

OBSERVERS, EACH, LEVELS = 4, 4, 6


def alpha(counts):
    """Ordinal, of counts by unit and level."""
    values = counts.sum(axis=1)
    counts, values = counts[values > 1], values[values > 1]
    within = counts.T @ (counts / (values - 1)[:, None])
    within -= numpy.diag((counts / (values - 1)[:, None]).sum(axis=0))
    totals = within.sum(axis=0)
    n = totals.sum()
    expected = (numpy.outer(totals, totals) - numpy.diag(totals)) / (n - 1)
    cumulative = numpy.cumsum(totals) - totals / 2
    distance = (cumulative[:, None] - cumulative[None, :]) ** 2
    return 1 - (within * distance).sum() / (expected * distance).sum()


def gap(whose, level):
    return level[whose == 1].mean() - level[whose == 0].mean()


def main():
    what, replicates = sys.argv[1], int(sys.argv[3])
    answers = numpy.fromfile(sys.argv[2], dtype=numpy.int8)
    random = numpy.random.default_rng(1)
    start = time.process_time()
    if what == "alpha":
        rows = answers.reshape(-1, OBSERVERS)
        counts = (rows[:, :, None] == numpy.arange(1, LEVELS + 1)).sum(axis=1).astype(float)
        estimate = alpha(counts)
        n = len(counts)
        once = time.process_time() - start
        drawn = [alpha(counts[random.integers(n, size=n)]) for _ in range(replicates)]
    elif what == "gap":
        whose, level = answers.reshape(-1, 2).T
        estimate = gap(whose, level)
        n = len(whose)
        once = time.process_time() - start
        drawn = []
        for _ in range(replicates):
            rows = random.integers(n, size=n)
            drawn.append(gap(whose[rows], level[rows]))
    else:
        people = answers.reshape(-1, 1 + EACH)
        whose, sums = people[:, 0], people[:, 1:].sum(axis=1)
        estimate = gap(whose, sums) / EACH
        n = len(whose)
        once = time.process_time() - start
        drawn = []
        for _ in range(replicates):
            rows = random.integers(n, size=n)
            drawn.append(gap(whose[rows], sums[rows]) / EACH)
    # seconds of what is done once, and of one replicate
    each = (time.process_time() - start - once) / replicates
    low, high = numpy.quantile(drawn, [0.025, 0.975])
    print(f"{once:.6f} {each:.9f}\n{estimate:.15g}\n{low:.15g}\n{high:.15g}")


main()
