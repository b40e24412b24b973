#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet of each sample says what its JSON document says, cell by cell.

usage: test_gaps_xlsx.py WRITE_SAMPLES
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
SAMPLES = ["marketplace", "hidden", "tiny", "groups", "hostile", "five", "empty", "many",
           "foresight"]


class Book:
    """Sheets by name: cells by column letter, numbers as float, texts as str."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as file:
            self.whole = file.testzip() is None
            self.parts = {name: file.read(name) for name in file.namelist()}
        shared = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.shared = [si.find("m:t", NS).text or "" for si in shared.iterfind("m:si", NS)]
        book = self.parts["xl/workbook.xml"].decode()
        self.names = re.findall(r'<sheet name="([^"]+)"', book)

    def tree(self, name):
        number = self.names.index(name) + 1
        return ElementTree.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])

    def rows(self, name):
        for row in self.tree(name).iterfind(".//m:row", NS):
            cells = {}
            for cell in row.iterfind("m:c", NS):
                value = cell.find("m:v", NS)
                if value is None:
                    continue
                column = re.match("[A-Z]+", cell.get("r"))[0]
                cells[column] = (self.shared[int(value.text)] if cell.get("t") == "s"
                                 else float(value.text))
            yield cells

    def table(self, name):
        """Rows as dictionaries by the header; an empty cell is None."""
        if name not in self.names:
            return []
        rows = list(self.rows(name))
        return [{title: row.get(column) for column, title in rows[0].items()}
                for row in rows[1:]]


def same(cell, number):
    if cell is None or number is None:
        return cell is None and number is None
    return isinstance(cell, float) and abs(cell - number) <= 1e-9 * max(1, abs(number))


def ends(interval):
    return interval or (None, None)


def voice_cells(voice):
    return {
        "Answers": voice["n"], "People": voice["persons"], "Mean": voice["mean"],
        "Mean low": ends(voice["mean_ci"])[0], "Mean high": ends(voice["mean_ci"])[1],
        "Median": voice["median"], "Met or better": voice["met_share"],
        "Met low": ends(voice["met_ci"])[0], "Met high": ends(voice["met_ci"])[1],
        "Desired or better": voice["desired_share"],
        "Desired low": ends(voice["desired_ci"])[0], "Desired high": ends(voice["desired_ci"])[1],
        "Went badly": voice["floor_share"],
        "Badly low": ends(voice["floor_ci"])[0], "Badly high": ends(voice["floor_ci"])[1],
        "At the top": voice["top_share"], "Agreement": voice["agreement"],
        "Did not happen": voice["na"], "Declined": voice["declined"],
        "Not asked": voice["not_asked"],
        "Scale from": voice["scale"] and voice["scale"]["min"],
        "Scale to": voice["scale"] and voice["scale"]["max"],
    }


def gap_cells(gap, point):
    a, b = point["voices"].get(gap["a"]), point["voices"].get(gap["b"])
    cells = {
        "Difference": gap["difference"],
        "Difference low": ends(gap["ci"])[0], "Difference high": ends(gap["ci"])[1],
        "Adjusted low": ends(gap["ci_adjusted"])[0], "Adjusted high": ends(gap["ci_adjusted"])[1],
        "First is higher": gap["superiority"],
        "Higher low": ends(gap["superiority_ci"])[0],
        "Higher high": ends(gap["superiority_ci"])[1],
        "Cliff's delta": gap["cliff_delta"], "p": gap["p"],
    }
    for side, voice in (("First", a), ("Second", b)):
        cells[f"{side} answers"] = voice and voice["n"]
        cells[f"{side} mean"] = voice and voice["mean"]
        cells[f"{side} low"] = voice and ends(voice["mean_ci"])[0]
        cells[f"{side} high"] = voice and ends(voice["mean_ci"])[1]
    return cells


def belief_cells(belief):
    return {
        "Guesses": belief["n"], "People": belief["persons"], "Guess": belief["believed"],
        "Lowest guess": ends(belief["believed_range"])[0],
        "Highest guess": ends(belief["believed_range"])[1],
        "Answers": belief["served_n"], "Desired or better": belief["served"],
        "Desired low": ends(belief["served_ci"])[0], "Desired high": ends(belief["served_ci"])[1],
        "Guess − said (points)": belief["difference"],
        "Difference low": ends(belief["ci"])[0], "Difference high": ends(belief["ci"])[1],
    }


def prediction_cells(prediction):
    return {
        "Predictions": prediction["n"], "People": prediction["persons"],
        "Predicted": prediction["mean_predicted"], "Answered": prediction["mean_observed"],
        "Predicted − answered": prediction["bias"],
        "Difference low": ends(prediction["ci"])[0], "Difference high": ends(prediction["ci"])[1],
        "Score together": prediction["rps"], "Score one by one": prediction["rps_individual"],
        "Distance": prediction["wasserstein"],
    }


def expectation_cells(expectation):
    return {
        "Pairs": expectation["n"], "People": expectation["persons"],
        "Expected": expectation["mean_expected"],
        "Received − expected": expectation["mean_difference"],
        "Difference low": ends(expectation["ci"])[0],
        "Difference high": ends(expectation["ci"])[1], "p": expectation["p"],
        "Less than expected": expectation["below"], "As expected": expectation["met"],
        "More than expected": expectation["exceeded"],
    }


def compare(tap, name, sheet, table, expected):
    """`expected`: (point, cells) in order; None for a point: there is no such column."""
    wrong = []
    for row, (point, cells) in zip(table, expected):
        if row.get("Point id") != (point and point["point"]):
            wrong.append((row, point["point"]))
        for title, number in cells.items():
            if not same(row[title], number):
                wrong.append((title, row[title], number))
    tap.ok(len(table) == len(expected) and not wrong, f"{name}: {sheet}, cell by cell",
           len(table), len(expected), wrong[:3])


def check_numbers(tap, name, book, document):
    points = [point for group in document["groups"] for point in group["points"]]
    compare(tap, name, "Voices", book.table("Voices"),
            [(p, voice_cells(v)) for p in points for v in p["voices"].values()])
    compare(tap, name, "Gaps", book.table("Gaps"),
            [(p, gap_cells(g, p)) for p in points for g in p["gaps"]])
    compare(tap, name, "Answers", book.table("Answers"),
            [(p, {"Value": v["scale"]["min"] + i, "Answers": count, "Of": v["n"]})
             for p in points for v in p["voices"].values()
             for i, count in enumerate(v["counts"] or [])])
    compare(tap, name, "Guesses", book.table("Guesses"),
            [(p, belief_cells(b)) for p in points for b in p["beliefs"]])
    compare(tap, name, "Predictions", book.table("Predictions"),
            [(p, prediction_cells(x)) for p in points for x in p["predictions"]])
    compare(tap, name, "Expectations", book.table("Expectations"),
            [(p, expectation_cells(e)) for p in points for e in p["expectation"].values()])
    compare(tap, name, "Rankings", book.table("Rankings"),
            [(None, {"People": r["persons"], "Points": r["points"],
                     "Tau of the mean guesses": r["tau_pooled"], "Mean tau of each": r["tau_mean"]})
             for g in document["groups"] for r in g["rankings"]])


def check_frames(tap, name, book):
    tap.ok(book.whole and book.names[:4] == ["About", "Gaps", "Voices", "Answers"],
           f"{name}: sheets", book.names)
    good = True
    for sheet in book.names[1:]:
        tree = book.tree(sheet)
        pane, table_filter = tree.find(".//m:pane", NS), tree.find(".//m:autoFilter", NS)
        good = good and pane.get("state") == "frozen" and pane.get("ySplit") == "1"
        good = good and table_filter.get("ref").startswith("A1:")
        good = good and tree.find(".//m:cols", NS) is not None
    tap.ok(good, f"{name}: headers are frozen and filter, columns have widths")
    tap.ok(not any(b"<f>" in part for part in book.parts.values()), f"{name}: no formula")


def about(book):
    return {row["A"]: row.get("B") for row in book.rows("About") if "A" in row}


def check_marketplace(tap, book):
    facts = about(book)
    tap.ok(facts["To make it again"] == "parallax report ratings.csv -o monday.html" and
           facts["Made by Parallax"] == "0.1.0", "About says how it was made", facts)
    tap.ok(isinstance(facts["Answers"], float) and isinstance(facts["First answer"], float) and
           40000 < facts["First answer"] < 50000, "About: numbers are numbers, dates are dates")
    tap.ok(facts["In one sentence"].startswith("Leaders think"), "About begins with the headline")
    gaps = book.table("Gaps")
    tap.ok({"Leaders", "Staff"} <= {row["First voice"] for row in gaps}, "voices by name")
    tap.ok("Not seen yet" in {row["Verdict"] for row in gaps} and
           "blind_spot" in {row["Verdict code"] for row in gaps}, "verdicts in words, and codes")
    styles = book.parts["xl/styles.xml"].decode()
    tap.ok('formatCode="+0.00;-0.00;0.00"' in styles, "differences show their sign")


def check_hidden(tap, book):
    rows = [row for row in book.table("Voices") if row["Voice"] == "Leaders"]
    tap.ok(rows and all(row["Remark"] == "not shown: at least 5 people needed" and
                        row["Mean"] is None and row["Met or better"] is None for row in rows),
           "a hidden voice has no numbers and says so", rows[:1])
    rows = [row for row in book.table("Gaps") if row["First voice"] == "Leaders"]
    tap.ok(all("leaders: not shown: at least 5 people needed" in row["Remark"] and
               row["Difference"] is None for row in rows), "nor has its gap", rows[:1])
    tap.ok(len(book.table("Notes")) > 0 and "Notes" in book.names, "notes have their sheet")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="parallax-xlsx-") as folder:
        one, two = Path(folder) / "1", Path(folder) / "2"
        for target in (one, two):
            subprocess.run([sys.argv[1], target], check=True)
        for name in SAMPLES:
            book = Book(one / f"{name}.xlsx")
            document = json.loads((one / f"{name}.json").read_text())
            check_frames(tap, name, book)
            check_numbers(tap, name, book, document)
            tap.ok((one / f"{name}.xlsx").read_bytes() == (two / f"{name}.xlsx").read_bytes(),
                   f"{name}: the same bytes each time")
        check_marketplace(tap, Book(one / "marketplace.xlsx"))
        check_hidden(tap, Book(one / "hidden.xlsx"))
        groups = Book(one / "groups.xlsx").table("Voices")
        tap.ok(len({row["Place"] for row in groups}) > 1, "a split has a column")
        hostile = Book(one / "hostile.xlsx").table("Voices")
        tap.ok(any(row["Point"].startswith("=HYPERLINK") for row in hostile),
               "a title that looks like a formula is a text")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
