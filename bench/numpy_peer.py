#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""LMG as one would write it with numpy, made for this bench (the R package relaimpo, which does the
same per subset, is no Debian package): R2 of every subset by solving its part of the covariance
matrix, then the weighted differences.

usage: numpy_peer.py lmg P ROWS FILE | boot P ROWS FILE N; prints as bench_drivers.c does
"""
import itertools
import math
import sys
import time

import numpy


def importance(covariance, p):
    y = covariance[p, p]
    r2 = numpy.zeros(1 << p)
    for size in range(1, p + 1):
        for subset in itertools.combinations(range(p), size):
            part = list(subset)
            xy = covariance[part, p]
            r2[sum(1 << j for j in part)] = (
                xy @ numpy.linalg.solve(covariance[numpy.ix_(part, part)], xy) / y)
    subsets = numpy.arange(1 << p)
    sizes = sum(subsets >> j & 1 for j in range(p))
    weight = numpy.array([math.factorial(s) * math.factorial(p - 1 - s) / math.factorial(p)
                          for s in range(p)] + [0])
    shares = []
    for j in range(p):
        without = subsets[subsets >> j & 1 == 0]
        shares.append(weight[sizes[without]] @ (r2[without | 1 << j] - r2[without]))
    return shares


def main():
    what, p, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rows = numpy.fromfile(sys.argv[4]).reshape(n, p + 1)
    if what == "lmg":
        start = time.process_time()
        shares = importance(numpy.cov(rows.T), p)
        print(f"{time.process_time() - start:.6f}")
        print("\n".join(f"{share:.15g}" for share in shares))
        return
    random = numpy.random.default_rng(1)
    replicates = int(sys.argv[5])
    start = time.process_time()
    drawn = [importance(numpy.cov(rows[random.integers(n, size=n)].T), p)
             for _ in range(replicates)]
    print(f"{(time.process_time() - start) / replicates:.6f}")
    for lo, hi in numpy.quantile(drawn, [0.025, 0.975], axis=0).T:
        print(f"{lo:.15g} {hi:.15g}")


main()
