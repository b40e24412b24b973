#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ours and each peer in turn on the same input, checks that all gave the same answer, and
prints seconds (medians), peak memory and the ratio. Called by `./dev bench`; see README.md."""
import argparse
import csv
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TARGETS = {"g1": "2.5x DuckDB", "g2": "6x DuckDB, 25x pandas, < 200 MB",
           "g3": "6x DuckDB, 25x pandas, < 200 MB"}


def run(command):
    """Seconds and peak MB of one run of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit("failed: " + " ".join(command))
    return seconds, usage.ru_maxrss / 1024


def read_csv_answer(path, job):
    """Groups of a peer's (or bench-source's) CSV: key -> counts, or rounded means."""
    with open(path, newline="") as lines:
        rows = csv.DictReader(lines)
        if job == "g3":
            return {(r["point"], r["audience"], r["place"], r["month"]):
                    (int(r["n"]), round(float(r["mean"] or 0), 6), round(float(r["top"] or 0), 6))
                    for r in rows if int(r["n"])}
        keys = ["point", "audience", "level"] if job == "g1" else \
            ["point", "audience", "place", "month", "level"]
        return {tuple(str(int(float(r[k]))) if k == "level" else r[k] for k in keys): int(r["n"])
                for r in rows if r["level"] != ""}


def read_gaps_answer(path):
    """The counts in a document parallax.gaps/1, keyed as DuckDB's."""
    with open(path) as text:
        document = json.load(text)
    answer = {}
    for point in document["groups"][0]["points"]:
        for audience, voice in point["voices"].items():
            low = voice["scale"]["min"]
            for i, n in enumerate(voice["counts"] or []):
                if n:
                    answer[(point["point"], audience, str(low + i))] = n
    return answer


def contenders(options, job, scratch):
    """{name: (command, its output file, how to read that)}; ours first. The output file is the
    command's last word; "-" makes it answer without writing, which is what is timed."""
    out = {name: os.path.join(scratch, f"{job}-{name}") for name in ("ours", "duckdb", "pandas")}
    build, data = options.build, options.file
    threads = str(options.threads or os.cpu_count())
    if job == "g1":
        ours = [f"{build}/parallax", "gaps", data, "--format", "json", "--threads", threads, "-o"]
        found = {"ours": (ours, out["ours"], read_gaps_answer)}
    else:
        ours = [f"{build}/bench/bench-source", data, job, threads]
        found = {"ours": (ours, out["ours"], lambda path: read_csv_answer(path, job))}
    if options.duckdb and os.path.exists(options.duckdb):
        found["duckdb"] = ([f"{build}/bench/duckdb-peer", options.duckdb, data, job],
                           out["duckdb"], lambda path: read_csv_answer(path, job))
    else:
        print("peer missing: DuckDB (npm @duckdb/node-bindings-linux-x64)")
    if subprocess.run(["/usr/bin/python3", "-c", "import pandas"],
                      capture_output=True).returncode == 0:
        found["pandas"] = (["/usr/bin/python3", os.path.join(HERE, "pandas_peer.py"), data, job],
                           out["pandas"], lambda path: read_csv_answer(path, job))
    else:
        print("peer missing: pandas (Debian python3-pandas)")
    return found


def same_answers(found, job, groups):
    """Exits 0 when all contenders answer alike; groups.value is how many groups there are."""
    answers = {}
    for name, (command, out, read) in found.items():
        run(command + [out])
        answers[name] = read(out)
        if answers[name] != answers["ours"]:
            sys.exit(f"{job}: DIFFERENT ANSWERS: ours {len(answers['ours'])} groups, "
                     f"{name} {len(answers[name])}")
    groups.value = len(answers["ours"])


def compare(options, job):
    found = contenders(options, job, options.scratch)
    # In a process of its own: what this one holds counts as peak memory of what it starts.
    fork = multiprocessing.get_context("fork")
    groups = fork.Value("q", 0)
    check = fork.Process(target=same_answers, args=(found, job, groups))
    check.start()
    check.join()
    if check.exitcode != 0:
        return False
    seconds = {name: [] for name in found}
    memory = {}
    for turn in range(options.runs):
        for name, (command, _, _) in found.items():
            if name == "pandas" and turn > 0:
                continue  # one slow run is enough to place it
            took, peak = run(command + ["-"])
            seconds[name].append(took)
            memory[name] = max(peak, memory.get(name, 0))
    mine = statistics.median(seconds["ours"])
    print(f"\n{job}  {groups.value} groups, all answers equal (target {TARGETS[job]})")
    for name in seconds:
        took = statistics.median(seconds[name])
        ratio = "" if name == "ours" else f"  {took / mine:6.1f}x"
        print(f"  {name:8} {took:8.3f} s  {memory[name]:7.0f} MB{ratio}")
    return True


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
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    good = [compare(options, job) for job in options.jobs.split(",")]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
