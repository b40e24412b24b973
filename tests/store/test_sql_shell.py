#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table `observation` as others see it: through the extension in the sqlite3 shell, row by row
equal to the file that was imported, and its counts equal to those of `parallax gaps`.

usage: test_sql_shell.py PARALLAX [EXTENSION]
"""

import collections
import csv
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

COUNTS = """
select audience, point, count(level) as n,
       count(*) filter (where level_missing = 'na') as na,
       count(*) filter (where level_missing = 'declined') as declined,
       sum(level) as total, avg(level) as mean,
       count(distinct coalesce(respondent, encounter))
         filter (where level is not null) as persons
from observation where point is not null and audience in ('customer', 'shopper')
group by 1, 2 having n > 0 order by 1, 2
"""


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def make_workspace(parallax, folder):
    for command in (
        ["demo", "."],
        ["init", "own.plx", "--map", "map.yaml"],
        ["import", "own.plx", "ratings.csv"],
    ):
        result = run([parallax, *command], cwd=folder)
        if result.returncode:
            sys.exit(f"{command}: {result.stderr}")
    return folder / "own.plx"


def as_number(text):
    return str(float(text)) if text else ""


def as_written(row, columns):
    """Cells that the table writes in another way than the file: of a measure it has the number, and
    beside it why there is none."""
    cells = {column: row[column] for column in columns if not column.endswith("_missing")}
    for column in [column for column in columns if column.endswith("_missing")]:
        measure = column.removesuffix("_missing")
        word = row[measure] if row[measure] in ("na", "declined") else ""
        cells[column] = word or ("" if row[measure] else "not_asked")
        cells[measure] = "" if word else row[measure]
    cells["group_size"] = cells["group_size"] or "1"
    cells["asked_p"] = as_number(cells["asked_p"])
    return tuple(cells[column] for column in columns)


def check_rows(tap, ask, folder):
    with (folder / "ratings.csv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    table = ask("select * from observation limit 1")[0]
    missing = [name for name in table if name.removesuffix("_missing") in wanted[0]]
    columns = [c for c in wanted[0] if c not in ("encounter", "respondent")]
    columns += [name for name in missing if name not in wanted[0]]
    tap.ok("level_missing" in columns, "measures say why there is no number", columns)
    names = ", ".join(f'"{column}"' for column in columns)
    got = ask(f"select {names} from observation")
    tap.equal(len(got), len(wanted), "as many rows as the file has")
    expected = collections.Counter(as_written(row, columns) for row in wanted)
    for row in got:
        row["asked_p"] = as_number(row["asked_p"])
    found = collections.Counter(tuple(row[column] for column in columns) for row in got)
    differing = list((expected - found).items())[:2] + list((found - expected).items())[:2]
    tap.ok(not differing, "every cell as the file has it", *differing)
    keys = ask("select count(distinct encounter) e, count(distinct respondent) r from observation")
    tap.equal(
        [int(keys[0]["e"]), int(keys[0]["r"])],
        [len({(r["audience"], r["encounter"]) for r in wanted}),
         len({(r["audience"], r["respondent"]) for r in wanted if r["respondent"]})],
        "as many encounters and respondents",
    )


def check_counts(tap, parallax, ask, workspace):
    """Audiences that are not protected are shown as they are."""
    text = run([parallax, "gaps", workspace, "--format", "csv"]).stdout
    shown = {}
    for row in rows_of(text):
        if row["audience"] in ("customer", "shopper") and row["n"] not in ("", "0"):
            shown[row["audience"], row["point"]] = row
    counted = {(row["audience"], row["point"]): row for row in ask(COUNTS)}
    tap.ok(len(shown) > 20, "gaps shows many cells")
    faults = []
    for key, row in shown.items():
        mine = counted.get(key)
        if not mine:
            faults.append(f"{key} is missing")
            continue
        for name in ("n", "na", "declined", "persons"):
            if row[name] and row[name] != mine[name]:
                faults.append(f"{key} {name}: gaps {row[name]}, sql {mine[name]}")
        mean = int(mine["total"]) / int(mine["n"])
        for found in (mean, float(mine["mean"])):
            if row["mean"] and abs(float(row["mean"]) - found) > 1e-9:
                faults.append(f"{key}: mean {row['mean']}, sql {found}")
    tap.ok(not faults, "counts and means equal those of gaps", *faults[:5])


def check_shell(tap, folder, workspace, extension):
    def shell(*statements, at=workspace, options=("-readonly",)):
        return run(["sqlite3", *options, "-csv", "-header", str(at), f".load {extension}",
                    *statements])

    def ask(statement):
        result = shell(statement)
        if result.returncode:
            sys.exit(f"sqlite3: {result.stderr}")
        return rows_of(result.stdout)

    check_rows(tap, ask, folder)
    counts = "select audience, count(*) from observation group by 1"
    tap.equal(shell(counts, counts).stdout.count("customer"), 2, "shell: one statement after another")
    other = shell("select count(*) from observation", at=folder / "other.db", options=())
    tap.ok("is not a workspace of Parallax" in other.stderr, "shell: another database", other.stderr)
    write = shell("delete from observation", options=())
    tap.ok("may not be modified" in write.stderr, "shell: it cannot be written", write.stderr)
    again = shell(f".load {extension}", "select count(*) > 0 as ok from observation")
    tap.equal(again.stdout, "ok\n1\n", "shell: loaded twice")


def main():
    parallax = Path(sys.argv[1]).resolve()
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="parallax-sql-") as name:
        folder = Path(name)
        workspace = make_workspace(parallax, folder)

        def ask(statement):
            result = run([parallax, "sql", workspace, "-", "--format", "csv"], input=statement)
            if result.returncode:
                sys.exit(f"parallax sql: {result.stderr}")
            return rows_of(result.stdout)

        check_rows(tap, ask, folder)
        check_counts(tap, parallax, ask, workspace)
        if len(sys.argv) > 2 and shutil.which("sqlite3"):
            check_shell(tap, folder, workspace, Path(sys.argv[2]).resolve())
        elif len(sys.argv) > 2:
            tap.skip("shell", "the sqlite3 shell (Debian: sqlite3) is not installed")
    return tap.done()


sys.exit(main())
