#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the app's picture can be asked for: days, places, channels, segments, with counts of answers of who is served.

usage: test_choices.py PARALLAX
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
PASSWORD = "hop on the bus"

MAP = """parallax: 1
title: Bakery
journeys:
  - title: Buying bread
    transactions:
      - {title: In the shop, points: [Greeting, Queue]}
      - {title: At home, points: [Taste]}
"""


def rows():
    yield "audience,respondent,time,point,place,channel,segment.tier,segment.order,level"
    for i in range(40):
        place = "Graz" if i < 38 else "Linz"
        yield f"customer,c{i},2026-0{1 + i % 6}-15,greeting,{place},web,gold,o{i},{1 + i % 6}"
    for i in range(500):
        yield f"customer,d{i},2026-03-01,queue,Graz,shop,,n{i},4"
    # Of staff nothing is counted: neither their places nor their days.
    for i in range(7):
        yield f"staff,s{i},2027-01-01,greeting,Backroom,,,,5"


def make(folder):
    (folder / "map.yaml").write_text(MAP)
    (folder / "r.csv").write_text("\n".join(rows()) + "\n")
    for arguments in (["init", "shop.plx", "--map", "map.yaml"], ["import", "shop.plx", "r.csv"]):
        subprocess.run([PARALLAX, *arguments], cwd=folder, check=True, capture_output=True)


def values(told, key):
    return {one["value"]: one["n"] for one in next(k for k in told["keys"] if k["key"] == key)["values"]}


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        with Service(PARALLAX, folder, "shop.plx") as service:
            tap.equal(service.get("/app/data/choices", Accept="application/json")[0], 401, "not for everybody")
            status, headers, _ = service.post(service.told_url("become its administrator"),
                                              {"login": "ruth", "new": PASSWORD, "again": PASSWORD})
            assert status == 303
            cookie = headers["Set-Cookie"].split(";")[0]
            told = json.loads(service.get("/app/data/choices", Cookie=cookie)[2])
            more = json.loads(service.get("/app/data/choices/more", Cookie=cookie)[2])
    tap.equal(told["schema"], "parallax.choices/1", "it says what it is")
    tap.equal((told["language"], told["languages"]), ("en", ["en"]), "the languages in which the map has texts")
    tap.equal((told["vignettes"], "vignettes" in more), (0, False), "whether there are vignettes to be read")
    tap.equal((told["first_day"], told["last_day"]), ("2026-01-15", "2026-06-15"), "days of who is served")
    tap.equal(values(told, "place"), {"Graz": 538, "Linz": None},
              "places with their answers; too few have no number, staff are not counted")
    tap.equal([(a["id"], a["served"]) for a in told["audiences"]][-1], ("customer", True), "audiences")
    tap.equal([(t["id"], t["points"]) for t in told["journeys"][0]["transactions"]], [("in-the-shop", 2), ("at-home", 1)],
              "parts of the journey")
    tap.equal(values(more, "channel"), {"shop": 500, "web": 40}, "channels")
    tap.equal(values(more, "segment.tier"), {"gold": 40}, "segments")
    tap.equal(next((k["listed"], k["values"]) for k in more["keys"] if k["key"] == "segment.order"), (False, []),
              "numbers of orders are nothing to choose from")
    sys.exit(tap.done())


main()
