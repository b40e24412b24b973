#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variance components as one would write them with numpy, made for this bench: the profiled restricted
deviance of Bates et al. (2015) on dense matrices, the factor with most levels absorbed, minimised by
Nelder and Mead. Prints as lme4_peer.R does.

usage: lme_peer.py FILE Y A,B
"""
import csv
import math
import sys
import time

import numpy


def design(path, y_name, names):
    with open(path, newline="") as lines:
        rows = list(csv.DictReader(lines))
    y = numpy.array([float(row[y_name]) for row in rows])
    codes = [numpy.unique([row[name] for row in rows], return_inverse=True)[1] for name in names]
    return y, codes


class Equations:
    """Z'Z in blocks, the tall factor's diagonal apart; X is a column of ones."""

    def __init__(self, y, codes):
        self.y = y - y.mean()
        self.n = len(y)
        self.order = sorted(range(len(codes)), key=lambda f: -codes[f].max())
        self.codes = [codes[f] for f in self.order]
        self.levels = [code.max() + 1 for code in self.codes]
        starts = numpy.concatenate([[0], numpy.cumsum(self.levels[1:])])
        wide = [code + start for code, start in zip(self.codes[1:], starts)]
        tall, width = self.levels[0], int(starts[-1])
        self.diagonal = numpy.bincount(self.codes[0], minlength=tall).astype(float)
        self.between = numpy.zeros((tall, width))
        self.cross = numpy.zeros((width, width))
        for a in wide:
            numpy.add.at(self.between, (self.codes[0], a), 1)
            for b in wide:
                numpy.add.at(self.cross, (a, b), 1)
        ones = numpy.ones(self.n)
        self.tall_right = numpy.array([numpy.bincount(self.codes[0], v, tall)
                                       for v in (ones, self.y)]).T
        self.wide_right = sum(numpy.array([numpy.bincount(a, v, width)
                                           for v in (ones, self.y)]).T for a in wide)

    def deviance(self, theta):
        scale = numpy.repeat(theta[1:], self.levels[1:])
        d = 1 + theta[0] ** 2 * self.diagonal
        b = theta[0] * self.between * scale
        s = self.cross * scale[:, None] * scale + numpy.eye(len(scale)) - b.T @ (b / d[:, None])
        factor = numpy.linalg.cholesky(s)
        tall = theta[0] * self.tall_right
        wide = numpy.linalg.solve(factor, self.wide_right * scale[:, None] - b.T @ (tall / d[:, None]))
        left = (numpy.array([[self.n, 0], [0, self.y @ self.y]]) - wide.T @ wide
                - tall.T @ (tall / d[:, None]))
        squares = left[1, 1] - left[0, 1] ** 2 / left[0, 0]
        self.residual = math.sqrt(squares / (self.n - 1))
        return (numpy.log(d).sum() + 2 * numpy.log(numpy.diag(factor)).sum() + math.log(left[0, 0])
                + (self.n - 1) * (1 + math.log(2 * math.pi * squares / (self.n - 1))))


def nelder_mead(f, start, tolerance):
    points = [numpy.array(start)] + [numpy.array(start) for _ in start]
    for i in range(len(start)):
        points[i + 1][i] *= 1.5
    values = [f(abs(p)) for p in points]
    while max(values) - min(values) > tolerance:
        order = numpy.argsort(values)
        points, values = [points[i] for i in order], [values[i] for i in order]
        centre = sum(points[:-1]) / len(start)
        tried = 2 * centre - points[-1]
        value = f(abs(tried))
        if value < values[0]:
            further = 3 * centre - 2 * points[-1]
            other = f(abs(further))
            points[-1], values[-1] = (further, other) if other < value else (tried, value)
        elif value < values[-2]:
            points[-1], values[-1] = tried, value
        else:
            nearer = (centre + (tried if value < values[-1] else points[-1])) / 2
            other = f(abs(nearer))
            if other < min(value, values[-1]):
                points[-1], values[-1] = nearer, other
            else:
                points = [points[0]] + [(p + points[0]) / 2 for p in points[1:]]
                values = [values[0]] + [f(abs(p)) for p in points[1:]]
    return abs(points[int(numpy.argmin(values))])


def main():
    y, codes = design(sys.argv[1], sys.argv[2], sys.argv[3].split(","))
    start = time.process_time()
    equations = Equations(y, codes)
    theta = nelder_mead(equations.deviance, [.5] * len(codes), 1e-5)
    equations.deviance(theta)
    print(f"{time.process_time() - start:.3f}")
    for f in range(len(codes)):
        print(f"{theta[equations.order.index(f)] * equations.residual:.10g}")
    print(f"{equations.residual:.10g}")


main()
