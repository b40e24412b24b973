# SPDX-License-Identifier: GPL-3.0-or-later
"""What is exported and imported again says the same, byte for byte, and the other kinds of files
hold what they should.

usage: test_export.py PARALLAX
"""

import csv
import gzip
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
SOURCE = Path(__file__).resolve().parents[2]
DATA = SOURCE.parent / "shared" / "data"
NAMED = ("--named", "leader,staff")


def run(*args, **more):
    return subprocess.run([PARALLAX, *args], capture_output=True, text=True, **more)


def must(*args):
    result = run(*args)
    if result.returncode != 0:
        raise RuntimeError(f"parallax {' '.join(map(str, args))}: {result.stderr}")
    return result.stdout


def reading(source, *options):
    """What `gaps` says, without the name of the source."""
    result = run("gaps", source, "--format", "json", *options)
    return re.sub(r'\n *"source": .*', "", result.stdout) or result.stderr


def counts(workspace):
    info = json.loads(must("info", workspace, "--format", "json"))
    return {key: info[key] for key in ("observations", "encounters", "respondents")}


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def kept(rows):
    """Rows without their keys, which are made anew: what must be the same in any workspace."""
    keys = ("encounter", "respondent")
    return sorted(sorted((k, re.sub(r"\.\d{9}", "", v)) for k, v in row.items()
                         if k not in keys and v) for row in rows)


class Folder:
    """A folder in which workspaces are made from one map."""

    def __init__(self, path, map_text=None):
        self.path = Path(path)
        self.map = self.path / "map.yaml" if map_text else None
        if map_text:
            self.map.write_text(map_text)

    def __truediv__(self, name):
        return self.path / name

    def init(self, name):
        must("init", self / name, *(["--map", self.map] if self.map else []))
        return self / name

    def table(self, name, rows):
        with open(self / name, "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, sorted({key for row in rows for key in row}), restval="")
            out.writeheader()
            out.writerows(rows)
        return self / name

    def file(self, name, text):
        (self / name).write_text(text, newline="")
        return self / name


GROUPS = ((), ("--by", "place"), ("--by", "month"), ("--by", "source"))


def round_trip(tap, name, folder, workspace, *options, groups=GROUPS, again_too=True):
    """Exports, reads it again in another workspace and as a file, and compares."""
    again, direct = folder / "again.plx", folder / "again.csv"
    for old in folder.path.glob("again.*"):
        old.unlink()
    must("export", workspace, "-o", direct)
    exported = must("map", "export", workspace)
    (folder / "again.yaml").write_text(exported)
    must("init", again, "--map", folder / "again.yaml")
    result = run("import", again, direct)
    tap.ok(result.returncode == 0, f"{name}: reads in again", result.stderr)
    for by in groups:
        expected = reading(workspace, *options, *by)
        tap.equal(reading(again, *options, *by), expected, f"{name}: in another workspace {by}")
        found = reading(direct, "--map", folder / "again.yaml", *options, *by)
        tap.equal(found, expected, f"{name}: as a file {by}")
    tap.equal(counts(again), counts(workspace), f"{name}: as many encounters and respondents")
    if not again_too:
        return []
    must("export", again, "-o", folder / "again.2.csv")
    tap.ok(kept(rows_of(folder / "again.2.csv")) == kept(rows_of(direct)),
           f"{name}: exported once more, the rows are the same")
    return rows_of(direct)


# Samples ------------------------------------------------------------------------------------

MAP = """\
parallax: 1
title: Café
audiences:
  guest: {served: true, identity: anonymous}
  customer: {served: true, identity: visit}
measures:
  Waiting time: {scale: minutes, of: point}
scales:
  minutes: {min: 0, max: 60, direction: down, met: 10, floor: 30, desired: 5, top: 2}
journeys:
  - title: Visit
    transactions:
      - title: Arrive
        points: [Finding a seat, Greeting, "Smell, of coffee"]
      - title: Pay
        points: [Paying]
tasks:
  - {title: Wipe the table, points: [Finding a seat]}
promises:
  - {title: Always fresh, points: ["Smell, of coffee"]}
"""

TWO_LINES = 'said "no",\r\ntwice'
HARD = [
    dict(audience="leader", respondent="l1", time="2024-03-17", journey="Visit", point="Greeting",
         place="Graz", language="de", weight="1", seen="0", level="na", believed="7",
         effort="declined"),
    dict(audience="leader", respondent="l2", time="2024-03-17T14:05", point="Paying", place="Graz",
         weight="0.333", seen="1", level="5", believed="na", **{"waiting-time": "12"}),
    dict(audience="customer", respondent="c1", time="1969-12-31T23:59:59+02:00", point="greeting",
         place="Linz, Süd", channel="web", language="en", source="app", weight="2.5",
         asked_p="0.25", surprise="good", hesitation="0", level="3", effort="4",
         **{"segment.b": "x", "segment.A": "y"}),
    dict(audience="customer", respondent="c1", time="1969-12-31T23:59:59+02:00", point="PAYING",
         place="Linz, Süd", source="app", weight="2.5", surprise="bad", hesitation="1",
         note=TWO_LINES, prompt="comment", level="1", effort="na", **{"segment.b": " lead"}),
    dict(audience="customer", respondent="c1", time="2024-01-01T00:00Z", journey="Visit",
         card="na", overall="4", recommend="9", weight="0.000001"),
    dict(audience="customer", respondent="c2", time="0001-01-01", point="Paying", item="25",
         surprise="none", **{"segment.b": "=1+1", "segment.A": "-x"}),
    dict(audience="customer", place="=cmd()", note="A note alone", prompt="moment"),
    dict(audience="customer", time="2024-02-29", point="Paying", group_size="3", workshop="w1",
         table="t1", level="2"),
    dict(audience="shopper", respondent="s1", time="2024-05-01T10:00:00-03:30", point="Greeting",
         task="Wipe the table", promise="Always fresh", level="6", done="1", known="1", kept="na"),
    *(dict(audience="guest", respondent=who, time=f"2024-06-01T{hour}:00", point=point,
           place="Graz", level=level)
      for who, hour, point, level in (("g1", "08", "Greeting", "3"), ("g1", "08", "Greeting", "4"),
                                      ("g1", "08", "Paying", "4"), ("g2", "09", "Paying", "2"))),
]

NAMED_ROWS = """\
audience,encounter,respondent,time,point,level,source,item
guest,e1,g1,2024-03-01T08:00,Greeting,3,app,
guest,e1,g1,2024-03-01T09:00,Greeting,4,app,
guest,e1,g1,2024-03-01T09:00,Paying,4,app,
customer,e2,c1,2024-03-01T08:00,Greeting,5,app,
customer,e2,c1,2024-03-01T09:00,Greeting,5,app,
customer,e2,c1,2024-03-01T09:00,Greeting,2,app,7
customer,,c2,2024-03-02T09:00,Greeting,2,,
customer,,,,Paying,2,,
"""

OTHER_SOURCE = """\
audience,encounter,respondent,time,point,level,source
customer,e2,c1,2024-03-01T09:00,Paying,5,web
"""

FRACTIONS = """\
audience,respondent,time,point,level
customer,c1,2024-03-01T09:00:00.25,Greeting,5
customer,c1,2024-03-01T09:00:00.75,Paying,4
customer,c2,2024-03-01T09:00:01,Paying,4
"""


def many(path, n):
    """Enough answers that nothing is hidden, of people who come again."""
    lines = ["audience,respondent,time,point,place,level,believed,note"]
    for i in range(n):
        lines.append(f"customer,c{i % 37},2024-{i % 12 + 1:02}-{i % 28 + 1:02}T{i % 24:02}:{i % 60:02},"
                     f"{('Greeting', 'Paying')[i % 2]},P{i % 3},{i * 7 % 6 + 1},,{'n' if i % 5 == 0 else ''}")
        if i < 20:
            lines.append(f"leader,l{i},2024-01-01,Greeting,P{i % 3},{i % 3 + 4},{i % 11},")
            lines.append(f"guest,g{i % 7},2024-01-{i % 3 + 1:02}T10:{i:02},Paying,P{i % 3},{i % 6 + 1},,")
    path.write_text("\n".join(lines) + "\n")
    return path


def check_samples(tap, root):
    folder = Folder(root, MAP)
    first = folder.init("first.plx")
    must("import", first, folder.table("hard.csv", HARD))
    rows = round_trip(tap, "all that a row may say", folder, first, *NAMED)
    by_note = {row["note"]: row for row in rows}
    tap.ok(TWO_LINES in by_note and "A note alone" in by_note, "notes as they were")
    times = {row["time"] for row in rows}
    tap.ok({"1969-12-31T23:59:59+02:00", "2024-01-01T00:00Z", "0001-01-01", "2024-03-17T14:05",
            "2024-05-01T10:00:00-03:30", "2024-06-01"} <= times, "times as they were", times)
    tap.ok({row["weight"] for row in rows} == {"1", "0.333", "2.5", "1e-06"}, "weights as they were")
    tap.ok({row["point"] for row in rows} == {"Greeting", "Paying", ""}, "points by their titles")
    guests = [row for row in rows if row["audience"] == "guest"]
    tap.ok(all(row["encounter"] and not row["respondent"] for row in guests),
           "who is anonymous has no respondent")
    tap.ok(sorted(row["item"] for row in guests) == ["", "", "1", "2"],
           "what is the same observation but for the keys is numbered", guests)
    tap.ok({row["segment.b"] for row in rows} == {"", "x", " lead", "=1+1"},
           "texts stay as they are, also formulas")

    second = folder.init("second.plx")
    must("import", second, folder.file("named.csv", NAMED_ROWS), "--dataset", "one")
    must("import", second, folder.file("other.csv", OTHER_SOURCE), "--dataset", "one")
    must("import", second, folder.file("plain.csv", "audience,point,level\nleader,Paying,5\n"))
    result = run("export", second, "-o", folder / "split.csv")
    tap.ok("1 encounters are written as several" in result.stderr, "a split encounter is told",
           result.stderr)
    tap.ok(run("import", folder.init("split.plx"), folder / "split.csv").returncode == 0,
           "and what was split can be read")
    must("imports", "undo", second, "2")
    rows = round_trip(tap, "given encounters", folder, second, *NAMED)
    tap.ok(sorted(r["item"] for r in rows if r["audience"] == "guest") == ["", "1", "2"],
           "times of day are gone: numbered", rows)
    must("import", second, folder / "named.csv", "--dataset", "one", "--allow-repeat")
    round_trip(tap, "taken twice on purpose", folder, second, *NAMED)

    third = folder.init("third.plx")
    must("import", third, folder.file("fractions.csv", FRACTIONS))
    tap.equal(counts(third)["encounters"], 3, "three encounters, two within a second")
    round_trip(tap, "fractions of a second", folder, third)

    fourth = folder.init("fourth.plx")
    must("import", fourth, many(folder / "many.csv", 600))
    round_trip(tap, "many", folder, fourth, *NAMED)
    must("anonymise", fourth, "--before", "2024-07-01")
    round_trip(tap, "half of it anonymous", folder, fourth, *NAMED)
    merged = MAP.replace('points: [Finding a seat, Greeting, "Smell, of coffee"]',
                         'points: [Finding a seat, "Smell, of coffee"]').replace(
        "points: [Paying]", "points: [{title: Paying, was: [paying, greeting]}]")
    must("map", "apply", fourth, folder.file("merged.yaml", merged))
    round_trip(tap, "points merged", folder, fourth, *NAMED)
    fifth = folder.init("fifth.plx")
    must("import", fifth, folder / "many.csv")
    gone = MAP.replace("seat, Greeting,", "seat,").replace(
        "points: [Paying]", "points: [{title: Paying cash, was: [paying]}, "
        "{title: Paying by card, was: [paying]}]")
    must("map", "apply", fifth, folder.file("gone.yaml", gone + "retired: {points: [greeting]}\n"))
    rows = round_trip(tap, "points split and retired", folder, fifth, *NAMED)
    tap.ok({row["point"] for row in rows} == {"Paying", "Greeting"}, "they keep their names")


LONG_TITLE = MAP.replace("  - title: Visit", "  - title: The visit ................, all of it")
ONLY_A_JOURNEY = """\
audience,respondent,journey,point,level,task,done
customer,a,the visit all of it,Greeting,3,,
customer,b,the visit all of it,,,,
shopper,s,,,,Wipe the table,1
"""


def check_journeys(tap, root):
    folder = Folder(root, LONG_TITLE)
    workspace = folder.init("journeys.plx")
    must("import", workspace, folder.file("journeys.csv", ONLY_A_JOURNEY))
    rows = round_trip(tap, "a journey without an answer", folder, workspace)
    tap.equal(len(rows), 3, "is an observation beside tasks, too")
    result = run("export", workspace, "-o", folder / "journeys.sav")
    tap.ok(result.returncode == 0, "a title that the map made longer is no harm to .sav",
           result.stderr)


def check_empty(tap, root):
    folder = Folder(root)
    workspace = folder.init("empty.plx")
    for ending in ("csv", "ndjson", "xlsx", "sav"):
        result = run("export", workspace, "-o", folder / f"empty.{ending}")
        tap.ok(result.returncode == 0, f"nothing as .{ending}", result.stderr)
    tap.equal((folder / "empty.csv").read_text(), "audience,point,level\n", "nothing has a header")


def check_demo(tap, root):
    must("demo", root)
    folder = Folder(root, (root / "map.yaml").read_text())
    workspace = folder.init("one.plx")
    must("import", workspace, root / "ratings.csv")
    round_trip(tap, "demo", folder, workspace, groups=GROUPS[:2])
    return workspace


def check_example(tap, root):
    folder = Folder(root)
    workspace = folder.init("cafe.plx")
    must("import", workspace, SOURCE / "examples/ratings/cafe.csv")
    round_trip(tap, "café", folder, workspace)


# Other kinds of files -----------------------------------------------------------------------

def check_lines(tap, folder, workspace):
    must("export", workspace, "-o", folder / "x.csv")
    must("export", workspace, "-o", folder / "x.csv.gz")
    must("export", workspace, "-o", folder / "x.ndjson")
    plain = (folder / "x.csv").read_bytes()
    tap.ok(gzip.open(folder / "x.csv.gz").read() == plain, "gzip holds the same")
    out = subprocess.run([PARALLAX, "export", workspace, "-o", "-", "--format", "csv"],
                         capture_output=True, check=True).stdout
    tap.ok(out == plain, "standard output gets the same")
    rows = rows_of(folder / "x.csv")
    lines = [json.loads(line) for line in (folder / "x.ndjson").read_text().splitlines()]
    as_text = [{key: str(value) for key, value in line.items()} for line in lines]
    tap.ok(as_text == [{k: v for k, v in row.items() if v} for row in rows],
           "an object per row, what is empty left out")
    tap.ok(all(isinstance(line.get("level", 1), int) or line["level"] in ("na", "declined")
               for line in lines), "levels are numbers, or say why not")
    for ending in ("csv", "ndjson", "xlsx", "sav"):
        must("export", workspace, "-o", folder / f"y.{ending}")
        must("export", workspace, "-o", folder / f"z.{ending}")
        tap.ok((folder / f"y.{ending}").read_bytes() == (folder / f"z.{ending}").read_bytes(),
               f"the same bytes each time: .{ending}")


def check_codebook(tap, folder, workspace):
    """It says of every column that a file has what it means, of every word of a scale its number,
    and nothing that anybody answered."""
    must("export", workspace, "-o", folder / "book.csv", "--format", "codebook")
    must("export", workspace, "-o", folder / "x.csv")
    book = rows_of(folder / "book.csv")
    named = {row["column"] for row in book if row["holds"] and row["meaning"]}
    with open(folder / "x.csv", newline="", encoding="utf-8") as file:
        columns = set(next(csv.reader(file)))
    tap.ok(columns <= named, "a codebook has every column", columns - named)
    levels = {row["value"]: row["meaning"] for row in book if row["column"] == "level"}
    tap.ok(levels.get("6") == "Unbelievable" and "na" in levels and "" in levels,
           "and what its values mean", levels)
    answers = {row["level"] for row in rows_of(folder / "x.csv") if row.get("level")}
    tap.ok(answers <= set(levels), "each that somebody gave", answers - set(levels))
    notes = {row["note"] for row in rows_of(folder / "x.csv") if row.get("note")}
    text = (folder / "book.csv").read_text(encoding="utf-8")
    tap.ok(notes and not any(note in text for note in notes if len(note) > 8),
           "and no words of anybody")


NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet(book, number):
    tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    for row in tree.iterfind(".//m:row", NS):
        cells = {}
        for cell in row.iterfind("m:c", NS):
            text = cell.find("m:is/m:t", NS)
            value = cell.find("m:v", NS)
            column = re.match("[A-Z]+", cell.get("r"))[0]
            cells[column] = text.text if text is not None else float(value.text)
        yield cells
    tap_names = (tree.find(".//m:autoFilter", NS), tree.find(".//m:pane", NS))
    yield {"filter": tap_names[0].get("ref"), "pane": tap_names[1].get("state")}


def check_spreadsheet(tap, folder, workspace):
    must("export", workspace, "-o", folder / "x.xlsx")
    rows = rows_of(folder / "x.csv")
    with zipfile.ZipFile(folder / "x.xlsx") as book:
        tap.ok(book.testzip() is None, "the spreadsheet is whole")
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        found = list(sheet(book, 1))
        points = list(sheet(book, 2))
        book_formulas = sum(book.read(name).count(b"<f>") for name in book.namelist())
    tap.equal(names, ["observations", "map"], "sheets")
    tap.ok(found[-1]["pane"] == "frozen" and found[-1]["filter"].endswith(f"{len(rows) + 1}"),
           "the header is frozen and filters all rows", found[-1])
    head = found[0]
    columns = {name: column for column, name in head.items()}
    tap.equal(len(found) - 2, len(rows), "a row per observation")
    good = True
    for row, cells in zip(rows, found[1:-1]):
        good = good and cells.get(columns["point"], "") == row["point"].lower()
        for key in ("level", "weight", "note", "segment.b", "point"):
            value = cells.get(columns["point_title" if key == "point" else key], "")
            number = isinstance(value, float)
            # XML has one kind of line end.
            good = good and (float(row[key]) == value if number
                             else value == row[key].replace("\r\n", "\n"))
    tap.ok(good, "cells say what the rows say")
    times = {row["time"]: cells.get(columns["time"]) for row, cells in zip(rows, found[1:-1])}
    tap.ok(times["2024-02-29"] == 45351 and abs(times["2024-03-17T14:05"] - 45368.586805556) < 1e-6
           and times["0001-01-01"] == "0001-01-01", "dates are dates, where Excel has them", times)
    tap.ok(book_formulas == 0, "nothing became a formula")
    tap.ok([p.get("C") for p in points[1:-1]] ==
           ["Finding a seat", "Greeting", "Smell, of coffee", "Paying"], "points of the map", points)


def check_pspp(tap, folder, workspace):
    if not shutil.which("pspp"):
        tap.skip("PSPP", "pspp is not installed")
        return
    must("export", workspace, "-o", folder / "x.sav")
    (folder / "x.sps").write_text(
        f'GET FILE="{folder / "x.sav"}".\nDISPLAY DICTIONARY.\nFREQUENCIES level.\n'
        f'SAVE TRANSLATE /OUTFILE="{folder / "pspp.csv"}" /TYPE=CSV /REPLACE /FIELDNAMES '
        '/CELLS=VALUES.\n')
    subprocess.run(["pspp", folder / "x.sps", "-o", folder / "pspp.txt"], check=True,
                   capture_output=True)
    text = (folder / "pspp.txt").read_text()
    tap.ok(all(word in text for word in ("Unbelievable", "Did not happen to me", "Declined",
                                         "Level of service", "DATETIME20")), "PSPP shows labels")
    rows, found = rows_of(folder / "x.csv"), rows_of(folder / "pspp.csv")
    code = {"": "", "na": "998", "declined": "999"}
    tap.ok(len(found) == len(rows) and all(
        f["level"].strip() == code.get(r["level"], r["level"]) and
        f["note"].split() == r["note"].split() and f["point_title"].strip() == r["point"] and
        f["point"].strip() == r["point"].lower()
        for r, f in zip(rows, found)), "PSPP reads what the rows say", found[:3])


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def check_failures(tap, folder, workspace):
    before = sorted(os.listdir(folder.path))
    for target, status, words in ((folder / "x.doc", 1, "expected a file that ends in"),
                                  (folder.path, 1, "expected a file that ends in"),
                                  (folder / "no" / "x.csv", 5, "No such file")):
        result = run("export", workspace, "-o", target)
        tap.ok(result.returncode == status and words in result.stderr, f"-o {target}",
               result.stderr)
    tap.ok(run("export", workspace).returncode == 1, "-o is needed")
    tap.ok(run("export", folder / "no.plx", "-o", folder / "n.csv").returncode == 3,
           "no such workspace")
    for word in ("csv", "csv.gz", "ndjson", "xlsx", "sav"):
        result = run("export", workspace, "-o", "/dev/full", "--format", word)
        tap.ok(result.returncode == 5 and "No space left" in result.stderr, f"full disk: {word}",
               result.stderr)
        old = folder.file(f"old.{word}", "old")
        result = run("export", workspace, "-o", old, preexec_fn=limit_files, restore_signals=False)
        tap.ok(result.returncode == 5 and "cannot write" in result.stderr, f"no room: {word}",
               result.stderr, result.stdout)
        tap.ok(old.read_text() == "old", f"the old file is as it was: {word}")
        old.unlink()
    tap.equal(sorted(os.listdir(folder.path)), before, "nothing is left behind")


# Real data ----------------------------------------------------------------------------------

def check_real(tap, root):
    for name, file, recipe in (
            ("airline", "airline/airline_passenger_satisfaction.csv", "airline"),
            ("InstEval", "raters/insteval.csv", "insteval")):
        if not (DATA / file).exists():
            tap.skip(name, "../shared/data is not there")
            continue
        (root / name).mkdir()
        folder = Folder(root / name)
        workspace = folder.init("one.plx")
        must("import", workspace, DATA / file, "--recipe", SOURCE / f"examples/recipes/{recipe}.yaml")
        round_trip(tap, name, folder, workspace, groups=GROUPS[:1], again_too=False)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for part in ("samples", "empty", "journeys", "demo", "cafe", "real"):
            (root / part).mkdir()
        check_samples(tap, root / "samples")
        folder = Folder(root / "samples")
        for check in (check_lines, check_codebook, check_spreadsheet, check_pspp):
            check(tap, folder, folder / "first.plx")
        check_empty(tap, root / "empty")
        check_journeys(tap, root / "journeys")
        demo = check_demo(tap, root / "demo")
        check_failures(tap, Folder(root / "demo"), demo)
        check_example(tap, root / "cafe")
        check_real(tap, root / "real")
    return tap.done()


sys.exit(main())
