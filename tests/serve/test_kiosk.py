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


RECIPE = """parallax-recipe: 1
audience: {constant: customer}
respondent: who
scale: {min: 1, max: 5, met: 3}
points: {doorstep: {level: Door}}
"""


def take_five(folder):
    """A file on marks from 1 to 5: whether it is taken, and what is said."""
    (folder / "five.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "five.csv").write_text("who,Door\na,4\nb,5\n", encoding="utf-8")
    result = subprocess.run([PARALLAX, "import", "shop.plx", "five.csv", "--recipe", "five.yaml"],
                            cwd=folder, capture_output=True, text=True, check=False)
    return result.returncode == 0, result.stderr


def test_scale(tap, folder):
    """What people are asked on stays while a kiosk asks, and while what they said waits."""
    asked = "customer is asked, by a form that is open or begun or by a visit, on a scale from 1 to 6 here"
    path = make_link(folder, "--kiosk", "--journey", "order")
    taken, said = take_five(folder)
    tap.ok(not taken and asked in said and "or close the form" in said, "not under an open kiosk", said)
    with Service(PARALLAX, folder, "shop.plx") as service:
        setup = Page(service.get(path)[2]).setup
        plan = setup["plans"][0]
        point = setup["points"][plan["points"][0]]["id"]
        one = {"_journey": plan["journey"], "_lang": "en", f"level.{point}": "6"}
        for number in range(MINIMUM - 1):
            send(service, path, name_of(number), one)
        close_link(folder, path)
        taken, said = take_five(folder)
        tap.ok(not taken and "customer answered on a scale from 1 to 6 here" in said,
               "nor under answers that wait", said)
        path = make_link(folder, "--kiosk", "--journey", "order")
        send(service, path, name_of(MINIMUM), one)
    levels = [row["level"] for row in rows(folder)]
    tap.equal(levels, ["6"] * MINIMUM, "which come as they were given")


def test_numbers(tap, folder):
    """On a scale without words it is said which end is good."""
    tap.ok(take_five(folder)[0], "a file before anybody is asked")
    asked = make_link(folder, "--kiosk", "--journey", "order")
    run(folder, "imports", "undo", "shop.plx", "1")
    with Service(PARALLAX, folder, "shop.plx") as service:
        tap.ok("5 (best)</button>" in service.get(asked)[2], "an undo changes nothing under a kiosk")
    close_link(folder, asked)
    tap.ok(take_five(folder)[0], "and the file once more")
    path = make_link(folder, "--kiosk", "--journey", "order")
    form = make_link(folder, "--journey", "order")
    with Service(PARALLAX, folder, "shop.plx") as service:
        text = service.get(path)[2]
        tap.ok("1 (worst)</button>" in text and "5 (best)</button>" in text, "the ends have words", text)
        card = service.get(form)[2]
        tap.ok("5 (best)" in card and "What each level means" not in card,
               "on a form, too, without the words of six levels")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "demo", "demo", "-q")
        run(folder, "init", "shop.plx", "--map", "demo/map.yaml")
        test_plain(tap, folder)
        test_script(tap, folder)
        for number, test in enumerate((test_scale, test_numbers)):
            own = folder / f"own{number}"
            own.mkdir()
            run(own, "init", "shop.plx", "--map", "../demo/map.yaml")
            test(tap, own)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
