#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people would otherwise take: scipy's permutation test of Welch's t, with its means of many
divisions at once, and of a panel pandas and statsmodels' least squares with errors by place.

usage: places_peer.py FILE N    changes of N treated places and N others; prints as bench_places.c does
       places_peer.py FILE      a panel; prints processor seconds, difference in differences, its error
"""
import sys
import time

import numpy


def t(x, y, axis):
    nx, ny = x.shape[axis], y.shape[axis]
    return ((x.mean(axis=axis) - y.mean(axis=axis))
            / numpy.sqrt(x.var(axis=axis, ddof=1) / nx + y.var(axis=axis, ddof=1) / ny))


def permute(path, n):
    from scipy import stats
    change = numpy.fromfile(path)
    x, y = change[:n], change[n:]
    start = time.process_time()
    welch = stats.ttest_ind(x, y, equal_var=False)
    divisions = 20000 if n > 8 else numpy.inf
    test = stats.permutation_test((x, y), lambda a, b, axis: abs(t(a, b, axis)), vectorized=True,
                                  n_resamples=divisions, alternative="greater", random_state=1)
    return [time.process_time() - start, x.mean() - y.mean(), welch.statistic, welch.pvalue,
            test.pvalue]


def panel(path):
    import pandas
    import statsmodels.formula.api as models
    start = time.process_time()
    answers = pandas.read_csv(path)
    fit = models.ols("level ~ treated * after", answers).fit(
        cov_type="cluster", cov_kwds={"groups": answers["place"]})
    return [time.process_time() - start, fit.params["treated:after"], fit.bse["treated:after"]]


for number in permute(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 2 else panel(sys.argv[1]):
    print(f"{number:.15g}")
