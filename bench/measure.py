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

# What a run took: seconds by the clock and of the processors (all threads; 0: not known), peak MB
# (0: not known).
Run = collections.namedtuple("Run", "seconds cpu peak")
# command: a list, or a function that does the work and returns a Run. before: untimed. slow: one
# run is enough to place it.
Contender = collections.namedtuple("Contender", "command before slow",
                                   defaults=(None, False))


def run(command):
    """One run of a command, as a Run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit("failed: " + " ".join(command)[:400])
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def server(command):
    """The same of a command that has another process do the work."""
    return Run(run(command).seconds, 0, 0)


def run_all(commands):
    """The same of several commands one after another: seconds add up."""
    runs = [run(command) for command in commands]
    return Run(sum(one.seconds for one in runs), sum(one.cpu for one in runs),
               max(one.peak for one in runs))


def middle(runs):
    """Medians of runs, and the highest peak."""
    return Run(statistics.median(one.seconds for one in runs),
               statistics.median(one.cpu for one in runs), max(one.peak for one in runs))


def read_csv_answer(path, delimiter=","):
    """Groups of a CSV with a header: key -> counts, rounded means, or sums. Cells without an answer
    (level empty) do not count; neither do groups without any."""
    answer = {}
    with open(path, newline="") as lines:
        rows = csv.reader(lines, delimiter=delimiter)
        head = next(rows)
        at = {name: i for i, name in enumerate(head)}
        sums = [i for i, name in enumerate(head) if name.startswith("sum_")]
        keys = [i for i, name in enumerate(head)
                if name not in ("level", "n", "mean", "top") and i not in sums]
        for row in rows:
            key = tuple(row[i] for i in keys)
            n = int(row[at["n"]])
            if sums:
                answer[key] = (n, *(f"{float(row[i]):.7g}" for i in sums))
            elif "mean" in at and n:
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
    """{name: median Run} of runs in turn."""
    done = {name: [] for name in contenders}
    for turn in range(runs):
        for name, contender in contenders.items():
            if contender.slow and turn > 0:
                continue
            if contender.before:
                contender.before()
            done[name].append(contender.command() if callable(contender.command)
                              else run(contender.command))
    return {name: middle(of_one) for name, of_one in done.items()}


def _ratio(value, mine):
    return f"({value / mine:5.1f}x)" if value and mine else ""


def show(results, notes=None):
    """Prints results, the first one as ours."""
    mine = next(iter(results.values()))
    for i, (name, one) in enumerate(results.items()):
        ratio = _ratio(one.seconds, mine.seconds) if i else ""
        cpu = f"{one.cpu:8.3f} s CPU {_ratio(one.cpu, mine.cpu) if i else '':8}" if one.cpu \
            else " " * 23
        weight = f"{one.peak:6.0f} MB" if one.peak else " " * 9
        note = "  " + notes[name] if notes and name in notes else ""
        print(f"  {name:17} {one.seconds:8.3f} s {ratio:8} {cpu} {weight}{note}", flush=True)


def load():
    """The machine's load, for the record."""
    return "load " + " ".join(f"{x:.1f}" for x in os.getloadavg())


def no_core_files():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
