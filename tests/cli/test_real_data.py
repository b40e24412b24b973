# SPDX-License-Identifier: GPL-3.0-or-later
"""Real files through the recipes we ship give the numbers that others computed from them.

usage: test_real_data.py PARALLAX

The files are not ours to pass on: they lie in ../shared/data beside the project, and without them
these tests are skipped. The oracles are in ../shared/data/README.md.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
SOURCE = Path(__file__).resolve().parents[2]
DATA = SOURCE.parent / "shared" / "data"


def gaps(file, recipe, *options):
    recipe = SOURCE / "examples" / "recipes" / recipe
    out = subprocess.run([PARALLAX, "gaps", DATA / file, "--recipe", recipe, "--format", "json", *options],
                         capture_output=True, check=True).stdout
    return {point["title"]: point for point in json.loads(out)["groups"][0]["points"]}


def check_airline(tap, readme):
    points = gaps("airline/airline_passenger_satisfaction.csv", "airline.yaml")
    oracle = re.findall(r"^ +(\S.*): n=(\d+) mean=([\d.]+) sat=", readme, re.M)
    tap.ok(len(oracle) == 14 and len(points) == 14, "airline: fourteen points")
    for title, n, mean in oracle:
        voice = points[title]["voices"]["customer"]
        tap.ok(voice["n"] == int(n) and abs(voice["mean"] - float(mean)) < 5.1e-5,
               f"airline: {title}", voice)


def check_kiosk(tap, readme):
    points = gaps("kiosk/kiosk_clean.csv", "kiosk.yaml")
    oracle = re.findall(
        r"kiosk item (\d+) E=(\S+) P=(\S+) gap=(\S+) t=(\S+) p=(\S+) n=(\d+)", readme)
    tap.ok(len(oracle) == 24 and len(points) == 24, "kiosk: twenty-four items")
    for item, expected, level, gap, t, p, n in oracle:
        point = points[f"Item {item}"]
        found = point["expectation"]["customer"]
        mean = point["voices"]["customer"]["mean"]
        good = (found["n"] == int(n) and abs(found["mean_expected"] - float(expected)) < 5.1e-4
                and abs(mean - float(level)) < 5.1e-4
                and abs(found["mean_difference"] - float(gap)) < 5.1e-4
                and abs(found["t"] - float(t)) < 5.1e-4
                and abs(found["p"] - float(p)) <= 0.0051 * float(p))
        tap.ok(good, f"kiosk: item {item}", found)


def check_insteval(tap):
    points = gaps("raters/insteval.csv", "insteval.yaml")
    total = sum(p["voices"]["customer"]["n"] or 0 for p in points.values())
    shown = [p["voices"]["customer"] for p in points.values() if p["voices"]["customer"]["n"]]
    tap.ok(len(points) == 1128, "insteval: lecturers", len(points))
    # Lecturers with fewer than five students are hidden: their marks are missing from the sum.
    tap.ok(73421 - 4 * (1128 - len(shown)) * 2 <= total <= 73421, "insteval: ratings", total)


def check_tripler(tap):
    points = gaps("raters/tripler_liking_long.tab", "tripler.yaml", "--named", "staff")
    tap.ok(len(points) == 54, "tripler: persons", len(points))
    rows = [line.split() for line in
            (DATA / "raters/tripler_liking_long.tab").read_text().splitlines()[1:]]
    # By hand for person 2: what the others say, and what the person thinks they say.
    said = [int(v) for r in rows if r[2] == "2" for v in r[3:5] if v != "NA"]
    thought = [int(v) for r in rows if r[1] == '"2"' or r[1] == "2" for v in r[5:7] if v != "NA"]
    (found,) = points["2"]["predictions"]
    voice = points["2"]["voices"]["customer"]
    bias = sum(thought) / len(thought) - sum(said) / len(said)
    tap.ok(abs(voice["mean"] - sum(said) / len(said)) < 1e-9, "tripler: liking", voice)
    tap.ok(found["n"] == len(thought) and abs(found["bias"] - bias) < 1e-9,
           "tripler: what one thinks the others will say", found, bias)
    hidden = gaps("raters/tripler_liking_long.tab", "tripler.yaml")["2"]["predictions"]
    tap.ok(all(p["bias"] is None for p in hidden), "tripler: one person is hidden unless agreed")


def main():
    tap = Tap()
    readme = DATA / "README.md"
    if not readme.exists():
        tap.skip("real data", "../shared/data is not there")
        return tap.done()
    check_airline(tap, readme.read_text())
    check_kiosk(tap, readme.read_text())
    check_insteval(tap)
    check_tripler(tap)
    return tap.done()


sys.exit(main())
