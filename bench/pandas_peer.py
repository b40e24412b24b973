#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pandas peer of the CSV benchmarks: pandas_peer.py FILE.csv g1|g2|g3 OUT.csv ("-": write nothing)"""
import sys

import pandas

path, job, out = sys.argv[1:]
keys = {"g1": ["point", "audience"], "g2": ["point", "audience", "place", "month"]}
keys["g3"] = keys["g2"]
frame = pandas.read_csv(path, na_values=["na"])
if job != "g1":
    frame["month"] = frame["time"].str.slice(0, 7)
if job == "g3":
    frame["top"] = (frame["level"] >= 5).where(frame["level"].notna())
    answer = frame.groupby(keys[job], sort=False).agg(
        n=("level", "count"), mean=("level", "mean"), top=("top", "mean")).reset_index()
else:
    answer = frame.groupby(keys[job] + ["level"], sort=False).size().reset_index(name="n")
if out != "-":
    answer.to_csv(out, index=False)
