#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a workspace grows: importing and reading it at several sizes. Writes the table of
docs/performance.md and its chart. Called by `./dev bench growth`; see README.md."""
import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import textwrap

import chart
import measure

BEGIN, END = "<!-- growth: begin -->", "<!-- growth: end -->"
BYTES_A_ROW = 92  # of CSV


class Size:
    """What is measured at one size: results by name, a measure.Run."""

    def __init__(self, options, n):
        self.options, self.n = options, n
        self.folder = tempfile.mkdtemp(prefix="growth-", dir=options.scratch)
        self.path = os.path.join(self.folder, "ws.plx")
        self.copy = os.path.join(self.folder, "copy.plx")
        self.parallax = f"{options.build}/parallax"
        self.results = {}

    def close(self):
        shutil.rmtree(self.folder)

    def csv(self):
        """The file, made when it is not there."""
        kept = f"{self.options.build}/bench/ratings-{self.n}.csv"
        if os.path.exists(kept):
            return kept
        path = os.path.join(self.folder, "ratings.csv")
        with open(path, "w") as out:
            subprocess.run([f"{self.options.build}/bench/gen-ratings", str(self.n)], stdout=out,
                           check=True)
        return path

    def fresh(self):
        shutil.copyfile(self.path, self.copy)

    def timed(self, name, command, before=None):
        runs = []
        for _ in range(self.options.runs if self.n <= 10000000 else 1):
            if before:
                before()
            runs.append(measure.run(command))
        one = self.results[name] = measure.middle(runs)
        print(f"  {self.n:>11,} {name:8} {one.seconds:9.3f} s {one.cpu:9.3f} s CPU "
              f"{one.peak:7.0f} MB  {measure.load()}", flush=True)

    def run(self):
        path = self.csv()

        def empty():
            for ending in ("", "-wal", "-shm"):
                if os.path.exists(self.path + ending):
                    os.unlink(self.path + ending)
            measure.run([self.parallax, "init", self.path])

        self.timed("import", [self.parallax, "import", self.path, path], empty)
        self.bytes = os.path.getsize(self.path)
        gaps = [self.parallax, "gaps", self.copy, "--format", "json"]
        source = f"{self.options.build}/bench/bench-source"
        self.fresh()
        self.timed("gaps", gaps)
        self.timed("split", [source, self.copy, "split", "0", "-"], self.fresh)
        self.timed("by", gaps + ["--by", "place"], self.fresh)


def table(sizes):
    """Seconds by the clock, and in brackets those of the processors."""
    rows = ["| observations | import | a second of CPU | memory | bytes each | "
            "`gaps` | new split | `gaps --by place` | memory |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for size in sizes:
        of = size.results
        took = {name: f"{chart.number(one.seconds)} s ({chart.number(one.cpu)})"
                for name, one in of.items()}
        rows.append(f"| {size.n:,} | {took['import']} | {size.n / of['import'].cpu / 1e6:.1f} M | "
                    f"{of['import'].peak:.0f} MB | {size.bytes / size.n:.1f} | {took['gaps']} | "
                    f"{took['split']} | {took['by']} | {of['by'].peak:.0f} MB |")
    return "\n".join(rows)


def picture(sizes):
    def of(name, what):
        return [getattr(size.results[name], what) for size in sizes]

    return chart.svg(
        f"A workspace of {sizes[0].n / 1e6:g} to {sizes[-1].n / 1e6:g} million observations",
        "Left: seconds of the processors (all threads) to import, to read what is kept, to count a "
        "new split, and to compare all places. Right: megabytes of memory, and bytes of file for "
        "each observation.",
        [size.n for size in sizes],
        [("Seconds of the processors", {"import": of("import", "cpu"),
                                        "gaps, kept": of("gaps", "cpu"),
                                        "new split": of("split", "cpu"),
                                        "gaps --by place": of("by", "cpu")}),
         ("Megabytes; bytes each", {"memory, import": of("import", "peak"),
                                    "memory, --by place": of("by", "peak"),
                                    "bytes each": [size.bytes / size.n for size in sizes]})])


def write(options, sizes):
    with open(options.page) as page:
        text = page.read()
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    with open("/proc/cpuinfo") as lines:
        model = next((line.split(": ")[1].strip() for line in lines if "model name" in line),
                     platform.machine())
    runs = f"medians of {options.runs}, one run above 10 million" if options.runs > 1 else "one run"
    said = textwrap.fill(
        f"{os.cpu_count()} cores ({model}), release build; {measure.load()} at the end. Seconds by "
        f"the clock, in brackets those of the processors (all threads): {runs}.", 100)
    with open(options.page, "w") as page:
        page.write(f"{head}{BEGIN}\n{said}\n\n{table(sizes)}\n{END}{tail}")
    with open(options.picture, "w") as out:
        out.write(picture(sizes))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build")
    parser.add_argument("--sizes", default="100000,1000000,10000000,100000000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scratch", default="build/bench")
    parser.add_argument("--page", default="docs/performance.md")
    parser.add_argument("--picture", default="docs/pictures/growth.svg")
    options = parser.parse_args()
    measure.no_core_files()
    sizes = []
    for n in map(int, options.sizes.split(",")):
        if 2 * n * BYTES_A_ROW > shutil.disk_usage(options.scratch).free:
            print(f"  {n:>11,} left out: not room enough in {options.scratch}")
            continue
        size = Size(options, n)
        try:
            size.run()
        finally:
            size.close()
        sizes.append(size)
    if len(sizes) < 2:
        sys.exit("two sizes at least, for a chart")
    write(options, sizes)
    print(table(sizes))


if __name__ == "__main__":
    main()
