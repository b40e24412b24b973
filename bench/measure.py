# SPDX-License-Identifier: GPL-3.0-or-later
"""What all benchmarks share: running a command and weighing it, reading answers, comparing them in
a process of its own, medians of runs in turn."""
import collections
import csv
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time

# command: a list, or a function that does the work and returns None or the processes' peak MB.
# before: untimed. slow: one run is enough to place it.
Contender = collections.namedtuple("Contender", "command before slow",
                                   defaults=(None, False))


def run(command):
    """Seconds and peak MB of one run of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit("failed: " + " ".join(command)[:400])
    return seconds, usage.ru_maxrss / 1024


def run_all(commands):
    """The same of several commands one after another: seconds add up."""
    runs = [run(command) for command in commands]
    return sum(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def read_csv_answer(path, delimiter=","):
    """Groups of a CSV with a header: key -> counts, or rounded means. Cells without an answer
    (level empty) do not count; neither do groups without any."""
    answer = {}
    with open(path, newline="") as lines:
        rows = csv.reader(lines, delimiter=delimiter)
        head = next(rows)
        at = {name: i for i, name in enumerate(head)}
        keys = [i for i, name in enumerate(head) if name not in ("level", "n", "mean", "top")]
        for row in rows:
            key = tuple(row[i] for i in keys)
            n = int(row[at["n"]])
            if "mean" in at and n:
                answer[key] = (n, round(float(row[at["mean"]]), 6), round(float(row[at["top"]]), 6))
            elif "mean" not in at and row[at["level"]] != "":
                answer[key + (str(int(float(row[at["level"]]))),)] = n
    return answer


def read_gaps_answer(path):
    """The counts in a document parallax.gaps/1, keyed as those of the job g1."""
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


def _compare(answers, job, groups):
    found = {name: read() for name, read in answers.items()}
    first = next(iter(found))
    for name, answer in found.items():
        if answer != found[first]:
            sys.exit(f"{job}: DIFFERENT ANSWERS: {first} {len(found[first])} groups, "
                     f"{name} {len(answer)}")
    groups.value = len(found[first])


def same_answers(answers, job):
    """How many groups the answers have ({name: function that gets one}); ends the program when
    they differ. In a process of its own: what this one holds counts as peak memory of what it
    starts."""
    fork = multiprocessing.get_context("fork")
    groups = fork.Value("q", 0)
    check = fork.Process(target=_compare, args=(answers, job, groups))
    check.start()
    check.join()
    if check.exitcode != 0:
        sys.exit(1)
    return groups.value


def in_turn(contenders, runs):
    """{name: (median seconds, peak MB)} of runs in turn."""
    seconds = {name: [] for name in contenders}
    memory = {}
    for turn in range(runs):
        for name, contender in contenders.items():
            if contender.slow and turn > 0:
                continue
            if contender.before:
                contender.before()
            took, peak = contender.command() if callable(contender.command) \
                else run(contender.command)
            seconds[name].append(took)
            memory[name] = max(peak, memory.get(name, 0))
    return {name: (statistics.median(took), memory[name]) for name, took in seconds.items()}


def show(results, notes=None):
    """Prints results, the first one as ours."""
    mine = next(iter(results.values()))[0]
    for i, (name, (took, peak)) in enumerate(results.items()):
        ratio = "" if i == 0 else f"{took / mine:8.1f}x"
        weight = f"{peak:7.0f} MB" if peak else "       -  "
        note = "  " + notes[name] if notes and name in notes else ""
        print(f"  {name:18} {took:8.3f} s  {weight}{ratio:9}{note}", flush=True)


def load():
    """The machine's load, for the record."""
    return "load " + " ".join(f"{x:.1f}" for x in os.getloadavg())


def no_core_files():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
