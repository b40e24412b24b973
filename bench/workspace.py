#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workspace beside the databases people would otherwise keep answers in. Called by
`./dev bench ws`; see README.md."""
import argparse
import glob
import os
import shutil
import subprocess
import sys

import measure
import peers

TARGETS = {
    "import": ">= 8x DuckDB, 4x its tuned form, 15x PostgreSQL, 30x sqlite; <= 200 MB, file <= 85 MB",
    "kept": "gaps <= 30 ms; G2 >= 30x DuckDB",
    "split": ">= 6x DuckDB with enums, <= 0.2 s",
    "quarter": ">= 5x DuckDB",
    "comoments": ">= 12x DuckDB",
}


def remove(path):
    for found in glob.glob(glob.escape(path) + "*"):
        os.unlink(found)


class Bench:
    """The contenders' databases, all of one CSV file."""

    def __init__(self, options):
        self.options = options
        self.csv = os.path.abspath(options.file)
        self.folder = os.path.abspath(options.scratch)
        os.makedirs(self.folder, exist_ok=True)
        self.parallax = f"{options.build}/parallax"
        self.source = f"{options.build}/bench/bench-source"
        self.threads = str(options.threads or os.cpu_count())
        self.duckdb = peers.DuckDB(options.build, options.duckdb)
        self.has_duckdb = self.duckdb.there()
        self.imported = False

    def path(self, name):
        return os.path.join(self.folder, name)

    # Databases

    def import_ours(self, path):
        return measure.run_all([[self.parallax, "init", path],
                                [self.parallax, "import", path, self.csv, "--threads",
                                 self.threads]])

    def databases(self):
        """{name: (path, command)} of ours and DuckDB's."""
        found = {"ours": (self.path("ours.plx"), lambda: self.import_ours(self.path("ours.plx")))}
        if self.has_duckdb:
            plain, tuned = self.path("plain.duckdb"), self.path("tuned.duckdb")
            found["duckdb"] = (plain, self.duckdb.load(self.csv, plain))
            found["duckdb, tuned"] = (tuned, self.duckdb.load_tuned(self.csv, tuned))
        return found

    def need_databases(self):
        """Makes those of DuckDB that are not there or older than the file, and ours once."""
        for name, (path, command) in self.databases().items():
            if name == "ours" and self.imported:
                continue
            if name != "ours" and os.path.exists(path) and \
                    os.path.getmtime(path) > os.path.getmtime(self.csv):
                continue
            remove(path)
            if callable(command):
                command()
            else:
                measure.run(command)
        self.imported = True

    # Jobs

    def run_import(self):
        places = self.databases()
        contenders = {name: measure.Contender(command, lambda path=path: remove(path))
                      for name, (path, command) in places.items()}
        sqlite, postgres = peers.SQLite(), peers.Postgres()
        sqlite_path = self.path("plain.sqlite")
        if sqlite.there():
            contenders["sqlite"] = measure.Contender(sqlite.load(self.csv, sqlite_path),
                                                     lambda: remove(sqlite_path), slow=True)
        has_postgres = postgres.there()
        try:
            if has_postgres:
                postgres.start()
                contenders["postgresql"] = measure.Contender(
                    lambda: measure.server(postgres.load(self.csv)), postgres.empty)
            results = measure.in_turn(contenders, self.options.runs)
            self.imported = True
            sizes = {name: os.path.getsize(path) for name, (path, _) in places.items()}
            answers = self.answers("g1")
            if "sqlite" in contenders:
                sizes["sqlite"] = os.path.getsize(sqlite_path)
                sqlite.ask_g1(sqlite_path, self.path("g1-sqlite"))
                answers["sqlite"] = lambda: measure.read_csv_answer(self.path("g1-sqlite"))
            if has_postgres:
                sizes["postgresql"] = postgres.size()
                postgres.ask_g1(self.path("g1-postgresql"))
                answers["postgresql"] = lambda: measure.read_csv_answer(self.path("g1-postgresql"))
        finally:
            postgres.stop()
            remove(sqlite_path)
        groups = measure.same_answers(answers, "import")
        self.title("import", "CSV to a durable database", groups)
        measure.show(results, {name: f"{size / 1e6:.0f} MB on disk"
                               for name, size in sizes.items()})

    def duckdb_contenders(self, job, out):
        """DuckDB's answers from both of its databases."""
        if not self.has_duckdb:
            return {}
        return {name: self.duckdb.ask(job, "-" if out == "-" else f"{out}-{database}",
                                      database=self.path(database))
                for name, database in (("duckdb", "plain.duckdb"), ("duckdb, enums", "tuned.duckdb"))}

    def answers(self, job):
        """{name: function that gets the answer} of a job, ours through voice/source.h."""
        out = self.path(job)
        self.fresh()
        commands = {"ours": [self.source, self.path("copy.plx"), job, self.threads, f"{out}-ours"]}
        commands.update(self.duckdb_contenders(job, out))
        found = {}
        for name, command in commands.items():
            measure.run(command)
            suffix = {"ours": "ours", "duckdb": "plain.duckdb"}.get(name, "tuned.duckdb")
            found[name] = lambda path=f"{out}-{suffix}": measure.read_csv_answer(path)
        return found

    def fresh(self):
        """A copy without any answer but those that the import left: questions leave theirs."""
        remove(self.path("copy.plx"))
        shutil.copyfile(self.path("ours.plx"), self.path("copy.plx"))

    def compare(self, job, title, again):
        """A job of bench-source on a copy, the first time (and again), beside DuckDB's."""
        groups = measure.same_answers(self.answers(job), job)
        copy = self.path("copy.plx")
        ask = [self.source, copy, job, self.threads, "-"]
        contenders = {"ours, first time": measure.Contender(ask, self.fresh)}
        if again:
            contenders["ours, again"] = measure.Contender(ask)
        for name, command in self.duckdb_contenders(job, "-").items():
            contenders[name] = measure.Contender(command)
        self.title(again or job, title, groups)
        measure.show(measure.in_turn(contenders, self.options.runs))

    def run_kept(self):
        self.need_databases()
        out = self.path("gaps.json")
        gaps = [self.parallax, "gaps", self.path("copy.plx"), "--format", "json", "-o"]
        self.fresh()
        measure.run(gaps + [out])
        answers = self.answers("g1")
        del answers["ours"]
        groups = measure.same_answers(
            {"ours": lambda: measure.read_gaps_answer(out), **answers}, "kept")
        contenders = {"ours, gaps": measure.Contender(gaps + ["/dev/null"])}
        for name, command in self.duckdb_contenders("g1", "-").items():
            contenders[name] = measure.Contender(command)
        self.title("kept", "gaps --format json, a new process; DuckDB: G1", groups)
        measure.show(measure.in_turn(contenders, self.options.runs))
        self.compare("g2", "G2 through voice/source.h", again="kept")

    def run_split(self):
        self.need_databases()
        self.compare("split", "a new split: by tier and month", again=None)

    def run_quarter(self):
        self.need_databases()
        self.compare("quarter", "G1 of one place in one quarter", again=None)

    def run_comoments(self):
        self.need_databases()
        self.compare("comoments", "40 x 40 co-moments by respondent", again="comoments")

    @staticmethod
    def title(job, title, groups):
        print(f"\n{job}: {title}; {groups} groups, all answers equal\n"
              f"  target {TARGETS[job]}; {measure.load()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="a file made by gen-ratings")
    parser.add_argument("--build", default="build")
    parser.add_argument("--duckdb", help="path of libduckdb.so")
    parser.add_argument("--jobs", default=",".join(TARGETS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--scratch", default="build/bench/ws")
    options = parser.parse_args()
    measure.no_core_files()
    jobs = options.jobs.split(",")
    if unknown := [job for job in jobs if job not in TARGETS]:
        sys.exit(f"no job {unknown[0]}: there are {', '.join(TARGETS)}")
    bench = Bench(options)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True,
                            text=True).stdout.strip()
    print(f"{options.file}; {os.cpu_count()} cores; commit {commit}; medians of {options.runs}")
    for job in jobs:
        getattr(bench, f"run_{job}")()


if __name__ == "__main__":
    main()
