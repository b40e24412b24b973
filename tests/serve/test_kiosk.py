#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A kiosk as a browser without scripts goes through it, and as its script sends answers.

usage: test_kiosk.py PARALLAX
"""

import csv
import gzip
import json
import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
LIMIT = 14336  # bytes, compressed, with the script: what fits into the first round trip
MINIMUM = 5  # anonymous answers that wait for each other


class Page(HTMLParser):
    """A kiosk's page: where its form goes, hidden fields, buttons, what its script is told."""

    def __init__(self, text):
        super().__init__()
        self.action, self.hidden, self.buttons, self.setup, self.script = None, {}, [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.action, self.setup = a["action"], json.loads(a["data-kiosk"])
        elif tag == "input":
            self.hidden[a["name"]] = a["value"]
        elif tag == "button" and "value" in a:
            self.buttons.append((a["name"], a["value"]))
        elif tag == "script":
            self.script = a["src"]


def run(folder, *arguments):
    result = subprocess.run(
        [PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


def observations(folder):
    return json.loads(run(folder, "info", "shop.plx", "--format", "json"))["observations"]


def rows(folder):
    """Answers as they are exported: points by title where that gives their id."""
    run(folder, "export", "shop.plx", "-o", "out.csv")
    with open(folder / "out.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_link(folder, *arguments):
    made = run(folder, "link", "create", "shop.plx", *arguments, "--format", "json")
    found = re.search(r'"path": "([^"]*)"', made)
    return found.group(1)


def close_link(folder, path):
    for link in json.loads(run(folder, "link", "list", "shop.plx", "--format", "json"))["links"]:
        if link["path"] == path:
            run(folder, "link", "close", "shop.plx", str(link["link"]))


def send(service, path, token, fields):
    """As the script does."""
    status, _, text = service.post(f"{path}/{token}", fields, Accept="application/json")
    return status, json.loads(text)


def name_of(number):
    return f"{number:032x}"


def test_plain(tap, folder):
    """Without scripts: a button answers, and the next question comes."""
    path = make_link(folder, "--kiosk", "--journey", "order")
    with Service(PARALLAX, folder, "shop.plx") as service:
        status, headers, text = service.get(path)
        page = Page(text)
        tap.equal(status, 200, "there is a page")
        tap.ok("Set-Cookie" not in headers, "no cookie")
        tap.ok("'unsafe" not in headers["Content-Security-Policy"], "a strict policy")
        status, _, script = service.get(page.script)
        tap.equal(status, 200, "its script is there")
        size = len(gzip.compress(text.encode())) + len(gzip.compress(script.encode()))
        tap.ok(size <= LIMIT, "both fit into the first round trip", size)
        tap.equal(service.get("/asset/kiosk-0123456789abcdef.js")[0], 404, "no other script")
        tap.equal(service.get("/k/worker.js")[1]["Content-Type"],
                  "text/javascript; charset=utf-8", "and its worker")
        name = page.buttons[0][0]
        tap.equal(page.buttons, [(name, value) for value in [*"123456", "na", "declined"]],
                  "six levels and two ways out")
        before = observations(folder)
        for i in range(MINIMUM):
            fields = {**page.hidden, page.buttons[0][0]: "5"}
            status, headers, _ = service.post(page.action, fields, Accept="text/html")
            tap.equal((status, headers["Location"]), (303, f"{path}?lang=en&thanks=1"), f"taken {i}")
            _, _, text = service.get(headers["Location"])
            tap.ok("Thank you!" in text.split("<form")[0], "thanks")
            page = Page(text)
        tap.equal(observations(folder), before + MINIMUM, "five answers, let go together")
        status, _, _ = service.post(page.action, page.hidden, Accept="text/html")
        tap.equal(status, 400, "no button, no answer")


def test_script(tap, folder):
    """As the script sends them: several points of a guest, twice, late, wrong."""
    path = make_link(folder, "--kiosk", "--place", "Lyon", "--journey", "order")
    day = date.today() - timedelta(days=3)
    with Service(PARALLAX, folder, "shop.plx") as service:
        setup = Page(service.get(path)[2]).setup
        tap.equal(len(setup["plans"]), 24, "plans for guests to come")
        plan = setup["plans"][0]
        points = [setup["points"][at]["id"] for at in plan["points"]]
        tap.equal(len(set(points)), 6, "of six points")
        said = {"_journey": plan["journey"], "_lang": "en", "_day": day.isoformat(),
                f"level.{points[0]}": "6", f"level.{points[1]}": "na"}
        for number in range(MINIMUM):
            tap.equal(send(service, path, name_of(number), said), (200, {"stored": True}), "stored")
        tap.equal(send(service, path, name_of(0), said), (200, {"stored": True}), "again is fine")
        mine = [row for row in rows(folder) if row["place"] == "Lyon"]
        tap.equal(len(mine), 2 * MINIMUM, "but counts once")
        tap.equal(len({row["encounter"] for row in mine}), MINIMUM, "in an encounter a guest")
        tap.equal({row["time"] for row in mine}, {day.isoformat()}, "on the day they said it")
        ids = {row["point"]: row["point"].lower().replace(" ", "-") for row in mine}
        tap.equal({(ids[row["point"]], row["level"]) for row in mine},
                  {(points[0], "6"), (points[1], "na")}, "as they said it")
        chances = {float(row["asked_p"]) for row in mine}
        tap.ok(chances != {1.0} and len(chances) == 1, "with the chance to be asked", chances)
        test_wrong(tap, folder, service, path, said, points)


def test_wrong(tap, folder, service, path, said, points):
    wrong = {**said, f"level.{points[0]}": "7"}
    status, text = send(service, path, name_of(100), wrong)
    tap.equal((status, text["detail"]), (400, f'"7" is no answer to "level.{points[0]}"'),
              "a level that is none")
    tap.equal(send(service, path, name_of(100), {**said, "comment": "x"})[1]["detail"],
              '"comment" is not asked here', "no words")
    tap.equal(send(service, path, "1", said)[1]["detail"],
              "An answer has a name of 32 hexadecimal digits.", "a name that others may have")
    tap.equal(send(service, path, name_of(101), {**said, "_day": "2999-01-01"})[0], 200,
              "a clock that is wrong")
    tap.equal(send(service, "/k/nosuch", name_of(102), said)[0], 404, "no such link")
    other = make_link(folder)
    tap.equal(service.get(other.replace("/f/", "/k/"))[0], 404, "a form's link is no kiosk")
    tap.equal(send(service, other.replace("/f/", "/k/"), name_of(102), said)[0], 404, "nor answers")
    big = {**said, **{f"_x{i}": "y" * 500 for i in range(20)}}
    tap.equal(service.post(f"{path}/{name_of(103)}", big)[0], 413, "no more than a few answers")
    close_link(folder, path)
    tap.equal(send(service, path, name_of(104), said)[0], 410, "a kiosk that is closed")
    tap.equal(send(service, path, name_of(0), said)[0], 200, "what it took before it still has")
    tap.equal(service.get(path)[0], 410, "and its page says so")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "demo", "demo", "-q")
        run(folder, "init", "shop.plx", "--map", "demo/map.yaml")
        test_plain(tap, folder)
        test_script(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
