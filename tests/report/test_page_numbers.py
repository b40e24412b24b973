#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the page shows exactly the numbers of the JSON document, every cell of it.

usage: test_page_numbers.py WRITE_SAMPLES
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

SAMPLES = ["marketplace", "hidden", "tiny", "groups", "hostile", "five", "empty", "many",
           "foresight"]


def page_of(path):
    """The page is well-formed XML behind its doctype."""
    text = path.read_text(encoding="utf-8")
    return ElementTree.fromstring(text[text.index("<html"):])


def text_of(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def is_class(element, name):
    return name in (element.get("class") or "").split()


def shown(said, value, factor=1.0):
    """Whether `said` ("3.7", "15 %", "−0.2") is `value`, rounded as it says."""
    number = re.fullmatch(r"([-−+]?)(\d+)(?:\.(\d+))?(?: %)?", said)
    if number is None or value is None:
        return said in ("", "–") and value is None
    decimals = len(number[3] or "")
    size = float(number[2] + "." + (number[3] or "0")) * (-1 if number[1] in "-−" and number[1] else 1)
    return abs(size - value * factor) <= 0.5 * 10 ** -decimals + 1e-9


class Checker:
    def __init__(self, document):
        self.document = document
        self.cells = 0
        self.wrong = []

    def want(self, right, what):
        self.cells += 1
        if not right:
            self.wrong.append(what)

    def audiences(self, point):
        """As the page orders them: who is served first."""
        about = self.document["audiences"]
        speaks = [a for a in about
                  if (a in point["voices"] and (point["voices"][a]["n"] != 0
                                                or point["voices"][a]["suppressed"]))
                  or any(b["by"] == a and b["about"] == self.served for b in point["beliefs"])]
        served = self.document["served"]
        return [a for a in speaks if a in served] + [a for a in speaks if a not in served]

    def spread(self, cell, voice, where):
        bars = cell.find(".//{http://www.w3.org/2000/svg}svg")
        if bars is None:
            self.want(not voice or not voice["counts"] or voice["suppressed"], f"{where}: no bars")
            return
        counts = [int(n.replace(",", "")) for n in
                  re.findall(r" (\d[\d,]*)(?=, |$)", bars.get("aria-label"))]
        self.want(counts == voice["counts"] or counts[::-1] == voice["counts"],
                  f"{where}: bars {bars.get('aria-label')}, not {voice['counts']}")

    def row(self, cells, point, audience):
        voice = point["voices"].get(audience)
        where = f"{point['point']}, {audience}"
        numbers = [c for c in cells if is_class(c, "num")]
        hidden = [c for c in cells if is_class(c, "hidden")]
        if voice and voice["n"] != 0 and not voice["suppressed"]:
            answers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", text_of(numbers[0]))]
            self.want(answers[0] == voice["n"], f"{where}: {text_of(numbers[0])} answers")
            if len(answers) > 1:
                self.want(answers[1] == voice["persons"], f"{where}: {answers} people")
            mean = re.match(r"(\S+)(?: \((.+?)(?:–| to )(\S+)\))?$", text_of(numbers[1]))
            self.want(mean and shown(mean[1], voice["mean"]), f"{where}: mean {text_of(numbers[1])}")
            if mean and mean[2]:
                low, high = voice["mean_ci"]
                self.want(shown(mean[2], low) and shown(mean[3], high), f"{where}: range {mean[0]}")
            met = voice["met_share"]
            for cell, value, name in ((numbers[2], None if met is None else 1 - met, "below"),
                                      (numbers[3], met, "met"),
                                      (numbers[4], voice["desired_share"], "desired")):
                self.want(shown(text_of(cell), value, 100), f"{where}: {name} {text_of(cell)}")
            numbers = numbers[5:]
        else:
            self.want(bool(hidden) == bool(voice and voice["suppressed"]), f"{where}: hidden or not")
        if self.guesses:
            guess = [b for b in point["beliefs"]
                     if b["by"] == audience and b["about"] == self.served]
            self.want(shown(text_of(numbers[-1]), guess[0]["believed"] if guess else None, 10),
                      f"{where}: guess {text_of(numbers[-1])}")
        self.spread([c for c in cells if is_class(c, "spread")][0], voice, where)

    def verdict(self, cell, point):
        words = [s for s in cell if is_class(s, "word")]
        codes = {g["verdict"] for g in point["gaps"]} | {b["verdict"] for b in point["beliefs"]}
        if words:
            code = words[0].get("class").split()[1]
            self.want(code in codes, f"{point['point']}: {code}")
        ranges = [text_of(s) for s in cell if is_class(s, "range")]
        said = re.match(r"([-−+]?[\d.]+)(?: \((\S+)(?:–| to )(\S+)\))?$", ranges[0]) if ranges else None
        if said:
            self.want(any(g["difference"] is not None
                          and abs(abs(float(said[1].replace("−", "-"))) - abs(g["difference"])) <= 0.1
                          for g in point["gaps"]),
                      f"{point['point']}: difference {ranges[0]}")

    def group(self, table, number, group):
        bodies = {b.get("id"): b for b in table.iter("tbody") if b.get("id")}
        self.guesses = any(text_of(th) == "Guess of 10" for th in table.iter("th"))
        told = [p for p in group["points"]]
        self.want(len(bodies) == len(told), f"{len(bodies)} points on the page, {len(told)} in JSON")
        for i, point in enumerate(told):
            body = bodies.get(f"g{number}-p{i}")
            self.want(body is not None, f"{point['point']} is not on the page")
            if body is None:
                continue
            rows = list(body.iter("tr"))
            audiences = self.audiences(point)
            self.want(len(rows) == max(len(audiences), 1),
                      f"{point['point']}: {len(rows)} rows for {audiences}")
            for row, audience in zip(rows, audiences):
                self.row(list(row), point, audience)
            self.verdict([c for c in rows[0] if is_class(c, "verdict")][0], point)

    def page(self, page):
        served = self.document["served"]
        answered = [a for a in served if any(p["voices"].get(a, {}).get("n") for g in
                                             self.document["groups"] for p in g["points"])]
        self.served = (answered + served + [None])[0]
        tables = [t for t in page.iter("table") if is_class(t, "twin")]
        groups = [(i, g) for i, g in enumerate(self.document["groups"]) if g["points"]]
        self.want(len(tables) == len(groups), f"{len(tables)} tables")
        for table, (number, group) in zip(tables, groups):
            self.group(table, number, group)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        for name in SAMPLES:
            checker = Checker(json.loads((Path(folder) / f"{name}.json").read_text("utf-8")))
            checker.page(page_of(Path(folder) / f"{name}.html"))
            tap.ok(not checker.wrong, f"{name}: {checker.cells} cells are those of the JSON",
                   *checker.wrong[:12])
            size = (Path(folder) / f"{name}.html").stat().st_size
            tap.ok(size < 1_000_000, f"{name}: below a megabyte", f"{size} bytes")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
