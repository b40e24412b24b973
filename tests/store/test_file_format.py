#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/file-format.md is enough for another program: a reader written from it alone
(workspace_reader.py) finds in a workspace what `parallax export` writes, row by row.

usage: test_file_format.py PARALLAX COLLECT
"""

import collections
import contextlib
import csv
import datetime
import hashlib
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402
from workspace_reader import (  # noqa: E402
    ENCOUNTER, MET, MISSING, NO_TIME, UNIT, Damaged, Workspace)

KNOWN, SECONDS, GROUP_SIZE, WEIGHT, SEEN, SURPRISE, HESITATION = 2, 3, 4, 5, 6, 7, 8
SUBJECT, JOURNEY, CLOCK, SEGMENT, MEASURE = 17, 18, 29, 64, 160
TEXTS = {16: "audience", 19: "place", 20: "channel", 21: "source", 22: "language", 23: "prompt",
         24: "dataset", 25: "workshop", 26: "table", 27: "item", 28: "asked_p"}
FLAGS = {SEEN: "seen", HESITATION: "hesitation"}
SURPRISES = {-128: "", -1: "bad", 0: "none", 1: "good"}

# All kinds of cells, with times before 1970, weights, notes, the missings and two segments.
KEPT = Path(__file__).resolve().parents[2] / "examples" / "visits" / "kept.json"
ODD = """\
audience,encounter,respondent,time,point,task,place,weight,group_size,seen,surprise,hesitation,\
note,prompt,segment.tier,segment.age,level,done
customer,e1,r1,1969-12-31T23:58,Find,,Nord,0.25,1,,good,1,Grüße an alle,comment,gold,,1,
customer,e1,r1,1969-12-31T23:58,Pay,,Nord,0.25,1,1,bad,0,,,gold,,na,
customer,e2,,2026-02-28T14:05:09+02:00,Find,,Süd,1,7,0,none,,,,,40-49,declined,
staff,e3,r1,,,Pack,,2.5,1,,,,,,,,,1
leader,,,2026-03-01,,,,1,1,,,,only a note,comment,,,,
"""


def plain_rows():
    """People without keys, whose times go up: units are encounters, times are differences."""
    start = datetime.datetime(2026, 1, 1)
    rows = ["audience,time,point,level"]
    for i in range(600):
        moment = start + datetime.timedelta(seconds=i * 1000 + i * i % 7)
        rows.append(f"customer,{moment.isoformat()},{'ab'[i % 2]},{1 + i % 6}")
    return "\n".join(rows) + "\n"


def slug(title):
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")


def time_of(seconds, clock):
    if seconds == NO_TIME:
        return ""
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    kind, offset = re.fullmatch(r"(day|minute|second)(.*)", clock or "minute").groups()
    form = {"day": "%Y-%m-%d", "minute": "%Y-%m-%dT%H:%M", "second": "%Y-%m-%dT%H:%M:%S"}[kind]
    return moment.strftime(form) + offset


def as_exported(workspace, row):
    """The cells of a row, by column of the canonical file."""
    cells = {name: workspace.text(kind, row.get(kind, 0)) or "" for kind, name in TEXTS.items()}
    about, subject, _ = workspace.words.get((SUBJECT, row.get(SUBJECT, 0)), (0, "", ""))
    for number, name in enumerate(("point", "journey", "task", "promise"), 1):
        cells[name] = subject if about == number else ""
    cells["journey"] = cells["journey"] or workspace.text(JOURNEY, row.get(JOURNEY, 0)) or ""
    cells["encounter"] = f"{row[ENCOUNTER]:016x}"
    cells["respondent"] = f"{row[UNIT]:016x}" if row.get(KNOWN) else ""
    cells["time"] = time_of(row.get(SECONDS, NO_TIME), workspace.text(CLOCK, row.get(CLOCK, 0)))
    cells["weight"] = str(row.get(WEIGHT, 1 << 20) / (1 << 20))
    cells["group_size"] = str(row.get(GROUP_SIZE, 1))
    cells["surprise"] = SURPRISES[row.get(SURPRISE, -128)]
    cells["note"] = row["note"]
    for number, name in FLAGS.items():
        cells[name] = "" if row.get(number, -128) == -128 else str(row[number])
    for (kind, code), (_, text, _) in workspace.words.items():
        if kind == 1:
            cell = workspace.text(SEGMENT + code - 1, row.get(SEGMENT + code - 1, 0))
            cells[f"segment.{text}"] = cell or ""
        if kind == 2:
            value = row.get(MEASURE + code - 1, -128)
            cells[text] = str(MISSING.get(value, value) or "") if value in MISSING else str(value)
    return cells


def as_read(row):
    """A row of the export in the same words."""
    cells = {**row, "weight": str(float(row.get("weight") or 1))}
    cells["group_size"] = row.get("group_size") or "1"
    for name in ("point", "journey", "task", "promise"):
        cells[name] = slug(row.get(name, ""))
    return cells


def compare(tap, parallax, path, what):
    out = path.with_suffix(".csv")
    subprocess.run([parallax, "export", path, "-o", out, "-q"], check=True, capture_output=True)
    with out.open(encoding="utf-8", newline="") as file:
        expected = [as_read(row) for row in csv.DictReader(file)]
    workspace = Workspace(path)
    found = [as_exported(workspace, row) for row in workspace.rows()]
    # Encounters are written where the file had them; columns are those in which there is something.
    names = sorted({name for row in found for name, cell in row.items() if cell})
    for mine, theirs in zip(found, expected):
        if not theirs.get("encounter"):
            mine["encounter"] = ""
    counts = [collections.Counter(tuple(row.get(name) or "" for name in names) for row in rows)
              for rows in (found, expected)]
    differing = [*list((counts[0] - counts[1]).items())[:2],
                 *list((counts[1] - counts[0]).items())[:2]]
    tap.ok(len(found) > 0 and not differing, f"{what}: {len(found)} rows as exported", names,
           *differing)


def check_times(tap, parallax, path):
    """SQL says times as the export does, also those that nobody said how they were written."""
    said = subprocess.run([parallax, "sql", path, "select coalesce(time, '') t from observation",
                           "--format", "csv"], check=True, capture_output=True, text=True).stdout
    workspace = Workspace(path)
    expected = [as_exported(workspace, row)["time"] for row in workspace.rows()]
    tap.equal(sorted(row["t"] for row in csv.DictReader(said.splitlines())), sorted(expected),
              "times in SQL")


def check_damage(tap, path):
    """What the page says is a sum is one: changed words, notes, blocks and maps are refused."""
    for table, column, kind in (("word", "title", "TEXT"), ("note", "text", "TEXT"),
                                ("map", "yaml", "TEXT"), ("block", "present", "BLOB"),
                                ("inbox", "body", "BLOB"), ("block_column", "data", "BLOB")):
        copy = path.with_name(f"{table}.plx")
        copy.write_bytes(path.read_bytes())
        with contextlib.closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute(
                f"UPDATE {table} SET {column} = CAST({column} || 'x' AS {kind})")
        try:
            read = sum(1 for _ in Workspace(copy).rows())
            tap.ok(False, f"a changed {table} is refused", f"{read} rows were read")
        except Damaged:
            tap.ok(True, f"a changed {table} is refused")


def words_id(text):
    """The id of words that are ASCII."""
    words = slug(text)
    if len(words) <= 64:
        return words
    return words[:57].rstrip("-") + "-" + hashlib.sha256(words.encode()).hexdigest()[:6]


def check_numbers(tap, workspace, listed):
    """The number of a suggestion follows from its note as the page says."""
    expected = {f"{workspace.suggestion(*row[1:4], words_id(row[4])):016x}" for row in listed}
    tap.equal(len(expected) > 100, True, "there are suggestions")
    tap.equal(sorted(row[0] for row in listed), sorted(expected), "numbers of suggestions")


def check_acts(tap, path):
    """Acts that are changed, or that are missing, are seen."""
    for sql in ("UPDATE step_act SET author = 'otto' WHERE id = 1",
                "DELETE FROM step_act WHERE id = 2",
                "UPDATE suggestion_act SET suggestion = suggestion + 1 WHERE id = 1",
                "DELETE FROM suggestion_act",
                "UPDATE visit_act SET visit = 2 WHERE id = 2",
                "UPDATE visit_report SET body = body || ' '",
                "UPDATE visit_report SET bytes = bytes + 1",
                "UPDATE visit_link SET visit = 2",
                "UPDATE visit_count SET acts = acts + 1",
                "DELETE FROM visit_report",
                "UPDATE visit_photo SET bytes = x'00'",
                "UPDATE link SET place = 'Nice'",
                "DELETE FROM link"):
        copy = path.with_name("changed.plx")
        copy.write_bytes(path.read_bytes())
        with contextlib.closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute(sql)
        try:
            Workspace(copy)
            tap.ok(False, f"{sql}: is seen")
        except Damaged:
            tap.ok(True, f"{sql}: is seen")


def main():
    parallax, collect = (Path(argument).resolve() for argument in sys.argv[1:3])
    tap = Tap()

    def run(*words):
        subprocess.run([parallax, *words], check=True, capture_output=True)

    with tempfile.TemporaryDirectory(prefix="plx-format-") as name:
        folder = Path(name)
        demo, odd, plain = (folder / f"{name}.plx" for name in ("own", "odd", "plain"))
        run("demo", folder, "-q")
        run("init", demo, "--map", folder / "map.yaml")
        run("import", demo, folder / "ratings.csv")
        run("step", "add", demo, "--by", "zoë", "--point", "doorstep", "--from", "2", "--share",
            "0.6", "--start", "2099-01-12", "--note", "größer")
        run("step", "start", demo, "1", "--by", "zoë")
        text = subprocess.run([parallax, "suggestion", "list", demo, "--format", "csv"],
                              check=True, capture_output=True, text=True).stdout
        listed = [[row[name] for name in ("suggestion", "audience", "prompt", "day", "text")]
                  for row in csv.DictReader(text.splitlines())]
        run("suggestion", "answer", demo, listed[0][0], "--by", "zoë", "--text", "größer")
        run("visit", "plan", demo, "--by", "zoë", "--journey", "order", "--place", "York", "--from",
            "2099-12-01", "--until", "2099-12-05")
        run("visit", "assign", demo, "1", "--by", "zoë", "--to", "Zoë Größer")
        run("visit", "take", demo, "1", KEPT, "--by", "zoë")
        run("link", "create", demo, "--place", "Zürich", "--closes", "2099-12-24")
        compare(tap, parallax, demo, "the sample")
        (folder / "odd.csv").write_text(ODD, encoding="utf-8")
        run("init", odd)
        run("import", odd, folder / "odd.csv")
        subprocess.run([collect, odd, "0", "30", "20"], check=True, capture_output=True)
        compare(tap, parallax, odd, "all kinds of cells, sealed and waiting answers")
        (folder / "plain.csv").write_text(plain_rows(), encoding="utf-8")
        run("init", plain)
        run("import", plain, folder / "plain.csv")
        compare(tap, parallax, plain, "people without keys")
        tap.equal(sorted(MET), list(range(9)), "every encoding was met")
        check_times(tap, parallax, odd)
        check_damage(tap, odd)
        check_numbers(tap, Workspace(demo), listed)
        check_acts(tap, demo)
    return tap.done()


sys.exit(main())
