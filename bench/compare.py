#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ours and each peer in turn on the same input, checks that all gave the same answer, and
prints seconds (medians), peak memory and the ratio. Called by `./dev bench`; see README.md."""
import argparse
import os
import subprocess
import sys

import measure
import peers

HERE = os.path.dirname(os.path.abspath(__file__))
TARGETS = {"g1": "2.5x DuckDB", "g2": "6x DuckDB, 25x pandas, < 200 MB",
           "g3": "6x DuckDB, 25x pandas, < 200 MB"}


def contenders(options, job):
    """{name: (command without its output file, how to read that)}; ours first. The output file is
    "-" when the answer is not to be written, which is what is timed."""
    build, data = options.build, options.file
    threads = str(options.threads or os.cpu_count())
    if job == "g1":
        ours = [f"{build}/parallax", "gaps", data, "--format", "json", "--threads", threads, "-o"]
        found = {"ours": (lambda out: ours + [out], measure.read_gaps_answer)}
    else:
        ours = [f"{build}/bench/bench-source", data, job, threads]
        found = {"ours": (lambda out: ours + [out], measure.read_csv_answer)}
    duckdb = peers.DuckDB(build, options.duckdb)
    if duckdb.there():
        found["duckdb"] = (lambda out: duckdb.ask(job, out, path=data), measure.read_csv_answer)
    if subprocess.run(["/usr/bin/python3", "-c", "import pandas"],
                      capture_output=True).returncode == 0:
        pandas = ["/usr/bin/python3", os.path.join(HERE, "pandas_peer.py"), data, job]
        found["pandas"] = (lambda out: pandas + [out], measure.read_csv_answer)
    else:
        print("peer missing: pandas (Debian python3-pandas)")
    return found


def compare(options, job):
    found = contenders(options, job)
    answers = {}
    for name, (command, read) in found.items():
        out = os.path.join(options.scratch, f"{job}-{name}")
        measure.run(command(out))
        answers[name] = lambda read=read, out=out: read(out)
    groups = measure.same_answers(answers, job)
    print(f"\n{job}  {groups} groups, all answers equal (target {TARGETS[job]}); {measure.load()}")
    measure.show(measure.in_turn(
        {name: measure.Contender(command("-"), slow=name == "pandas")
         for name, (command, _) in found.items()}, options.runs))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="a file made by gen-ratings")
    parser.add_argument("--build", default="build")
    parser.add_argument("--duckdb", help="path of libduckdb.so")
    parser.add_argument("--jobs", default="g1,g2,g3")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--scratch", default="build/bench")
    options = parser.parse_args()
    measure.no_core_files()
    for job in options.jobs.split(","):
        if job not in TARGETS:
            sys.exit(f"no job {job}: there are {', '.join(TARGETS)}")
        compare(options, job)


if __name__ == "__main__":
    main()
