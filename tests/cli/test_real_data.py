# SPDX-License-Identifier: GPL-3.0-or-later
"""Real files through the recipes we ship give the numbers that others computed from them.

usage: test_real_data.py PARALLAX

The files are not ours to pass on: they lie in ../shared/data and ../shared/oracles beside the project,
and without them these tests are skipped. The oracles are in ../shared/data/README.md.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
SOURCE = Path(__file__).resolve().parents[2]
DATA = SOURCE.parent / "shared" / "data"
ORACLES = SOURCE.parent / "shared" / "oracles"


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


def check_journey(tap):
    recipe = SOURCE / "examples" / "recipes" / "airline.yaml"
    out = subprocess.run([PARALLAX, "journey", DATA / "airline/airline_passenger_satisfaction.csv",
                          "--recipe", recipe, "--format", "json"],
                         capture_output=True, check=True).stdout
    way = json.loads(out)["journeys"][0]
    rated = way["everything_fine"]["rated"]
    tap.ok(rated["n"] == 119567 and rated["count"] == 16406 and abs(rated["share"] - 0.137) < 5e-4,
           "airline: 13.7 % of those who rated all fourteen found all of them fine", rated)
    tap.ok(abs(way["bad_moments"]["per_journey"] - 4.1) < 0.05
           and way["bad_moments"]["interval"] == "linked", "airline: 4.1 bad moments", way["bad_moments"])


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


def check_components(tap):
    """lme4's REML of InstEval: students and lecturers (../shared/data/README.md), and with departments
    (lme4 1.1-31)."""
    for random, sds in (("s,d", (.32591, .52320, 1.17779)),
                        ("s,d,dept", (.326456, .517274, .081973, 1.177740))):
        fit = json.loads(parallax("calc", "varcomp", DATA / "raters/insteval.csv", "--y", "y",
                                  "--random", random))
        found = [part["sd"] for part in [*fit["components"], fit["residual"]]]
        near = all(abs(a - b) < 5.1e-6 for a, b in zip(found, sds, strict=True))
        tap.ok(fit["n"] == 73421 and near and fit["converged"], f"insteval: {random}", found)


def near(values, expected, places):
    return all(abs(a - b) <= 0.501 * 10 ** -places for a, b in zip(values, expected, strict=True))


def check_series(tap):
    """What the proof of a step is tried on, by the commands that anybody can run: the Nile (Cobb 1978;
    Zeileis et al. 2003) and Sicily's smoking ban (Lopez Bernal et al. 2017, the authors' corrected
    code). Card and Krueger and Whitehead are in the cases calc-did and calc-samplesize."""
    if not ORACLES.exists():
        tap.skip("published series", "../shared/oracles is not there")
        return
    nile = json.loads(parallax("calc", "changepoint", ORACLES / "nile.csv", "--x", "flow"))
    tap.ok(nile["changepoints"] == [28] and near([nile["rss"]], [1597457], 0)
           and near([nile["segments"][0]["mean"]], [1097.75], 2)
           and near([nile["segments"][1]["mean"]], [849.9722], 4), "Nile: one change, after 1898", nile)
    rank = json.loads(parallax("calc", "changepoint", ORACLES / "nile.csv", "--x", "flow",
                               "--method", "pettitt"))
    tap.ok(rank["changepoints"] == [28] and rank["k"] == 1617 and near([rank["p"]], [3.59e-07], 9),
           "Nile: the same by ranks", rank)
    ban = json.loads(parallax("calc", "its", ORACLES / "sicily.csv", "--y", "aces", "--time", "time",
                              "--start", "37", "--no-slope", "--counts", "--offset", "stdpop"))
    found = {c["name"]: c for c in ban["coefficients"]}
    tap.ok(near([found["level"]["ratio"], *found["level"]["ratio_ci"]], [0.894, 0.839, 0.953], 3)
           and near([ban["dispersion"]], [3.559], 3) and near([found["time"]["ratio"]], [1.00496], 5),
           "Sicily: a tenth fewer after the ban, 5 to 16 %", ban)


def check_olist(tap):
    """What docs/examples/olist says: how late parcels were rated (counted here from the tables), and which
    month the stars alone give away."""
    example = SOURCE / "docs" / "examples" / "olist"
    with tempfile.TemporaryDirectory(prefix="parallax-olist-") as folder:
        orders = Path(folder) / "orders.csv"
        with open(orders, "wb") as out:
            subprocess.run([sys.executable, example / "orders.py", DATA / "olist"], stdout=out, check=True)
        source = (orders, "--recipe", example / "recipe.yaml", "--map", example / "map.yaml",
                  "--format", "json")
        parts = json.loads(parallax("gaps", *source, "--where", "point=arrival", "--by", "segment.came"))
        steady = parallax("consistency", *source[:-2])
        step = json.loads(parallax("next", *source))
        with open(orders, newline="", encoding="utf-8") as rows:
            answers = list(csv.DictReader(rows))
    for group in parts["groups"]:
        came = group["key"]
        stars = [int(row["arrival"]) for row in answers if row["came"] == came and row["arrival"] != "no"]
        (point,) = group["points"]
        voice = point["voices"]["customer"]
        tap.ok(voice["n"] == len(stars) and abs(voice["mean"] - sum(stars) / len(stars)) < 1e-9,
               f"olist: came {came or 'without a date'}", voice, len(stars))
    tap.ok(len(answers) == 8225 and len(parts["groups"]) == 4, "olist: reviews and how parcels came")
    tap.ok("The parcel comes was unlike other months in 2018-03." in steady, "olist: March 2018", steady)
    late = {m: [row["came"] == "late" for row in answers if row["came"] and row["date"].startswith(m)]
            for m in sorted({row["date"][:7] for row in answers if row["came"]})}
    worst = max(late, key=lambda m: sum(late[m]) / len(late[m]))
    tap.ok(worst == "2018-03" and round(1000 * sum(late[worst]) / len(late[worst])) == 176,
           "olist: as the dates have it", worst)
    tap.equal(step["recommended"]["point"], "arrival", "olist: the next step")


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


def parallax(*arguments):
    return subprocess.run([PARALLAX, *arguments], capture_output=True, check=True, text=True).stdout


def check_guesses(tap, name, file, columns, good, said):
    """A made-up team's guesses against last year's file, on its own scale: the share of those who
    answered is the one counted here, row by row."""
    with open(DATA / file, newline="", encoding="utf-8") as rows:
        answers = list(csv.DictReader(rows))
    with tempfile.TemporaryDirectory(prefix="parallax-guesses-") as folder:
        guesses, workspace = Path(folder) / "guesses.csv", Path(folder) / "last-year.plx"
        team = [f"leader,boss-{i},{title},{6 + (i + k) % 3}\n"
                for i in range(8) for k, title in enumerate(columns)]
        guesses.write_text("audience,respondent,point,believed\n" + "".join(team))
        parallax("init", workspace)
        parallax("import", workspace, DATA / file, "--recipe", SOURCE / "examples/recipes" / f"{name}.yaml")
        parallax("import", workspace, guesses)
        few = json.loads(parallax("beliefs", workspace, "--format", "json"))
        table = parallax("beliefs", workspace)
        reading = json.loads(parallax("beliefs", workspace, "--named", "leader", "--format", "json"))
        page = Path(folder) / "reveal.html"
        parallax("report", workspace, "--reading", "beliefs", "-o", page)
        text = page.read_text(encoding="utf-8")
    tap.ok(len(few["groups"][0]["moments"]) == len(columns) and
           all(m["guess"]["counts"] is None for m in few["groups"][0]["moments"]),
           f"{name}: of eight who did not agree to be named the spread is not shown", few)
    tap.ok("(8 guesses, rounded)" in table and "of 8 people" not in table,
           f"{name}: the table does not take the team for all who answered", table)
    moments = {m["title"]: m for m in reading["groups"][0]["moments"]}
    tap.equal(sorted(moments), sorted(columns), f"{name}: the moments that were guessed")
    for k, (title, column) in enumerate(columns.items()):
        marks = [int(float(row[column])) for row in answers if row[column] not in ("", "NA", "0")]
        share = sum(mark in good for mark in marks) / len(marks)
        moment = moments[title]
        tap.ok(moment["served"]["n"] == len(marks) and abs(moment["served"]["share"] - share) < 1e-9,
               f"{name}: {title}", moment["served"], share)
        counts = [0] * 11
        for i in range(8):
            counts[6 + (i + k) % 3] += 1
        tap.equal(moment["guess"]["counts"], counts, f"{name}: {title}: the spread of the guesses")
    tap.ok(said in text, f"{name}: the page says it on their own scale", said)


def main():
    tap = Tap()
    check_series(tap)
    readme = DATA / "README.md"
    if not readme.exists():
        tap.skip("real data", "../shared/data is not there")
        return tap.done()
    check_airline(tap, readme.read_text())
    check_journey(tap)
    check_kiosk(tap, readme.read_text())
    check_insteval(tap)
    check_components(tap)
    check_tripler(tap)
    check_olist(tap)
    airline = ("Check-in Service", "Seat Comfort", "In-flight Wifi Service", "Cleanliness")
    check_guesses(tap, "airline", "airline/airline_passenger_satisfaction.csv",
                  {title: title for title in airline}, (4, 5), "customers who answered said 4 or 5 of 5.")
    check_guesses(tap, "kiosk", "kiosk/kiosk_clean.csv",
                  {f"Item {i}": f"sq{i}_2" for i in (1, 7, 24)}, (6, 7),
                  "customers who answered said 6 or 7 of 7.")
    return tap.done()


sys.exit(main())
