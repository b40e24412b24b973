#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workshop on devices, without scripts: from `workshop open` to the answers.

usage: test_workshop.py PARALLAX
"""

import csv
import gzip
import html
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
LIMIT = 14336
MAP = """parallax: 1
title: Café
audiences:
  leader: {population: 8}
journeys:
- title: A visit
  transactions:
  - title: Arriving
    points:
    - Greeting at the door
    - {title: Waiting to order, id: waiting}
"""


def run(folder, *arguments, status=0):
    result = subprocess.run(
        [PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode != status:
        raise AssertionError(f"{arguments}: {result.returncode} {result.stderr}")
    return result.stdout + (result.stderr if status else "")


def answers(folder):
    """All rows of the workspace as a file has them."""
    run(folder, "export", "shop.plx", "-o", "all.csv", "-q")
    text = (folder / "all.csv").read_text(encoding="utf-8")
    rows = [defaultdict(str, row) for row in csv.DictReader(text.splitlines())]
    (folder / "all.csv").unlink()
    return rows


def make(folder):
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    lines = ["audience,encounter,point,level"]
    for i in range(40):
        lines += [f"customer,c{i},greeting-at-the-door,{2 + i % 2}", f"customer,c{i},waiting,{4 + i % 3}"]
    (folder / "c.csv").write_text("\n".join(lines), encoding="utf-8")
    run(folder, "init", "shop.plx", "--map", "map.yaml", "-q")
    run(folder, "import", "shop.plx", "c.csv", "-q")
    text = run(folder, "workshop", "open", "shop.plx", "--workshop", "May", "--predicted", "--format", "json")
    return json.loads(text)


def join(service, at, **fields):
    sent = {"table": "1", "audience": "leader", "people": "6", "person": ""} | fields
    status, headers, text = service.post(at["join"], sent)
    return status, headers.get("Location"), text


def test_joining(tap, service, at):
    status, headers, text = service.get(at["join"])
    tap.equal(status, 200, "the code leads to a page")
    tap.ok("Set-Cookie" not in headers and "May" in text, "of the workshop, without a cookie")
    tap.equal(service.get("/w/bcdfghjkmn")[0], 404, "another code leads nowhere")
    tap.equal(service.get(at["join"] + "/lead/" + "a" * 43)[0], 404, "nor does another's secret")
    status, _, text = join(service, at, people="none")
    tap.equal(status, 422, "what is wrong is told")
    tap.ok("a number from 1 to 99" in text and 'role="alert"' in text, "in words", text)
    status, seat, _ = join(service, at, person="Anna")
    tap.equal(status, 303, "a person joins")
    status, _, text = join(service, at, people="7")
    tap.ok(status == 422 and "6 people, Leaders" in text, "a table has one number of people", text)
    status, _, text = join(service, at, table="2", person="Anna")
    tap.ok(status == 422 and "under this name" in text, "nobody looks at another's guesses", text)
    status, _, text = join(service, at, table="<b>x</b>", audience="customer", people="3")
    tap.equal(status, 303, "a table joins")
    _, _, wall = service.get(at["wall"])
    tap.ok("&lt;b&gt;x&lt;/b&gt;" in wall and "<b>x" not in wall, "its name is text on the wall")
    return seat


def test_guessing(tap, service, folder, at, anna):
    status, _, text = service.get(anna)
    tap.equal(status, 200, "there one guesses")
    tap.ok(len(gzip.compress(text.encode())) <= LIMIT, "the page fits into the first round trip")
    sent = {"b.greeting-at-the-door": "9", "p.greeting-at-the-door": "5", "b.waiting": "3"}
    tap.equal(service.post(anna + "/guess", sent)[0], 303, "guesses are kept")
    tap.equal(service.post(anna + "/guess", {"b.waiting": "11"})[0], 303, "no number is no guess")
    tap.ok(re.search(r'name="b.greeting-at-the-door" value="9" checked', service.get(anna)[2]),
           "and shown again")
    service.post(anna + "/guess", {"b.waiting": "4"})
    for i in range(1, 6):
        _, seat, _ = join(service, at, person=str(i))
        service.post(seat + "/guess", {"b.greeting-at-the-door": "8", "b.waiting": "5"})
    _, staff, _ = join(service, at, table="9", audience="staff", people="7")
    service.post(staff + "/guess", {"b.waiting": "2"})
    tap.equal([r for r in answers(folder) if r["believed"]], [], "no guess is an answer yet")
    _, _, wall = service.get(at["wall"])
    tap.ok("12 / 12" in wall, "the wall counts guesses", wall)
    return staff


def go(service, at, word):
    return service.post(at["lead"], {"go": word})[0]


def test_asks_first(tap, service, folder, at):
    """What cannot be taken back asks first, says how far the room is, and works without scripts."""
    text = service.get(at["lead"])[2]
    step = re.search(r'<details class="step">(.*?)</details>', text, re.S)
    tap.ok(step and "locked for good" in step.group(1) and 'value="tables"' in step.group(1),
           "locking is asked for first", text)  # fmt: skip
    tap.ok(re.search(r"\d+ of \d+ guesses are in", step.group(1)), "with how many have guessed", step.group(1))
    tap.ok("nothing to reveal" not in text, "there are answers of customers to reveal")
    tap.ok(not re.search(r'<details class="step">', service.get(at["wall"])[2]), "the wall cannot lock")
    (folder / "map2.yaml").write_text(MAP, encoding="utf-8")
    run(folder, "init", "empty.plx", "--map", "map2.yaml", "-q")
    other = json.loads(run(folder, "workshop", "open", "empty.plx", "--format", "json"))
    with Service(PARALLAX, folder, "empty.plx") as empty:
        text = empty.get(other["lead"])[2]
        tap.equal(text.count("nothing to reveal"), 1, "nothing to reveal is said before the reveal")
        go(empty, other, "tables")
        text = empty.get(other["lead"])[2]
        tap.ok("nothing to reveal" in text and "Go on all the same" in text, "and once more at the questions", text)


def others(service, folder):
    """Another workshop of the same workspace, and a device of a table there."""
    text = run(folder, "workshop", "open", "shop.plx", "--workshop", "Other", "--format", "json")
    at = json.loads(text)
    return at, join(service, at, table="1", audience="leader", people="6", person="Eve")[1]


def test_other_tables(tap, service, folder, at, anna):
    """A device speaks for its own table of its own workshop, whatever address it is put into."""
    there, eve = others(service, folder)
    before = service.get(anna)[2]
    for what, path in (("of another workshop", eve), ("of who leads another", there["lead"]),
                       ("of who leads", at["lead"])):  # fmt: skip
        secret = path.rsplit("/", 1)[1]
        mine = f"{at['join']}/seat/{secret}"
        tap.equal(service.get(mine)[0], 404, f"the secret {what} opens no device")
        for act, sent in (("guess", {"b.waiting": "0"}), ("answer", {"well": "Eve was here"})):
            tap.equal(service.post(f"{mine}/{act}", sent)[0], 404, f"nor does it {act}")
    for what, path in (("another workshop's leader", there["lead"]), ("a device", anna),
                       ("a device elsewhere", eve)):  # fmt: skip
        lead = f"{at['join']}/lead/{path.rsplit('/', 1)[1]}"
        tap.equal(service.get(lead)[0], 404, f"{what} does not lead")
        tap.equal(service.post(lead, {"go": "ended"})[0], 404, "nor end it")
    tap.equal(service.get(anna)[2], before, "nothing changed for who sits there")
    service.post(eve + "/guess", {"b.waiting": "1"})
    tap.equal(service.get(anna)[2], before, "nor by a table of the same number elsewhere")
    service.post(eve + "/guess", {"b.waiting": ""})
    run(folder, "workshop", "close", "shop.plx", "--workshop", "Other")


def test_other_answers(tap, service, at, anna):
    """What one table has written is neither shown to another, nor taken out by it."""
    staff = join(service, at, table="8", audience="staff", people="3")[1]
    service.post(staff + "/answer", {"well": "Warm welcome"})
    tap.ok("Warm welcome" in service.get(staff)[2], "a table sees what it wrote")
    tap.ok("Warm welcome" not in service.get(anna)[2], "another does not")
    for item in range(1, 6):
        service.post(anna + "/answer", {"remove": str(item)})
    tap.ok("Warm welcome" in service.get(staff)[2], "and cannot take it out")
    item = re.search(r'name="remove" value="(\d+)"', service.get(staff)[2]).group(1)
    service.post(staff + "/answer", {"remove": item})


def test_locked(tap, service, folder, at, anna):
    tap.equal(go(service, at, "tables"), 303, "who leads goes on")
    guesses = [r for r in answers(folder) if r["believed"]]
    tap.ok(len(guesses) == 13, "guesses are answers now", guesses)
    tap.ok({r["workshop"] for r in guesses} == {"May"} and {r["source"] for r in guesses} == {"workshop"},
           "of the workshop", guesses)
    together = [r for r in guesses if r["audience"] == "staff"]
    tap.ok(len(together) == 1 and together[0]["group_size"] == "7" and together[0]["table"] == "9"
           and not together[0]["respondent"], "a table's is one row, with its people", together)
    mine = [r for r in guesses if r["predicted"]]
    tap.ok(len(mine) == 1 and mine[0]["believed"] == "9" and mine[0]["predicted"] == "5"
           and mine[0]["respondent"], "a person's has a respondent", mine)
    tap.equal(service.post(anna + "/guess", {"b.waiting": "1"})[0], 409, "then they are locked")
    tap.equal(go(service, at, "guess"), 303, "there is no way back")
    tap.ok("/guess" not in service.get(anna)[2], "to guesses", service.get(anna)[2])


def test_questions(tap, service, folder, at, staff):
    sent = {"well": "Warm welcome\n\n  Fresh bread ", "competitors.good": "They call back"}
    tap.equal(service.post(staff + "/answer", sent)[0], 303, "a table writes")
    service.post(staff + "/answer", sent)
    _, _, text = service.get(staff)
    tap.ok(text.count('name="remove"') == 3, "a line is an answer, sent twice it is one", text)
    service.post(staff + "/answer", {"remove": "1"})
    status, _, text = service.post(staff + "/answer", {"improve": "x" * 3000})
    tap.ok(status == 422 and "x" * 3000 in text, "what is too long is told, and not lost")
    tap.ok(text.count('name="remove"') == 2, "beside what the table has said before", text)
    tap.equal(go(service, at, "reveal"), 303, "on to the reveal")
    rows = [r for r in answers(folder) if r["note"]]
    tap.equal(sorted((r["prompt"], r["note"], r["surprise"], r["item"]) for r in rows),
              [("competitors", "They call back", "good", "3"), ("well", "Fresh bread", "", "2")],
              "what is left is among the answers")
    tap.ok({(r["table"], r["group_size"], r["audience"], r["workshop"]) for r in rows}
           == {("9", "7", "staff", "May")}, "of that table", rows)


def visible(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", text, flags=re.S)))


QUESTION = "Of 10 {}, how many would say “{}” or better?"


def test_reveal(tap, service, folder, at, anna):
    wall = visible(service.get(at["wall"])[2])
    asked = QUESTION.format("customers", "It was just how I like it")
    tap.ok(f"Greeting at the door {asked} In this room (Leaders): 80 %" in wall and "Customers say" not in wall,
           "first the guess, with what was asked", wall)  # fmt: skip
    go(service, at, "tell")
    wall = visible(service.get(at["wall"])[2])
    tap.ok("Customers say: 0 %" in wall and "This room sees it better" in wall, "then what they say", wall)
    tap.ok("/ 10" not in wall, "in one unit", wall)
    mine = visible(service.get(anna)[2])
    tap.ok("Your guess: 90 %" in mine and asked in mine, "beside the own guess", mine)
    go(service, at, "next")
    tap.ok(f"Waiting to order {asked} In this room (Leaders):" in visible(service.get(at["wall"])[2]), "moment by moment")
    go(service, at, "back")
    tap.ok("Greeting at the door" in visible(service.get(at["wall"])[2]), "and back")
    more = [f"customer,d{i},{p},6" for i in range(400) for p in ("greeting-at-the-door", "waiting")]
    (folder / "more.csv").write_text("\n".join(["audience,encounter,point,level", *more]), encoding="utf-8")
    run(folder, "import", "shop.plx", "more.csv", "-q")
    wall = visible(service.get(at["wall"])[2])
    tap.ok(re.search(r"Customers say: 91 % between \d\d % and \d\d %; 440 of them answered", wall),
           "new answers are shown at once, with their range", wall)  # fmt: skip
    told = run(folder, "beliefs", "shop.plx")
    ci = re.search(r"between (\d\d) % and (\d\d) %", wall)
    tap.ok(f"({ci.group(1)}–{ci.group(2)} %, 440 answers)" in told, "as the reading says it", told)
    (folder / "late.csv").write_text("audience,respondent,time,point,believed\nleader,z,2099-01-01,waiting,1\n")
    tap.ok("marked as having seen it" in run(folder, "import", "shop.plx", "late.csv"), "later guesses come late")


HOTEL = """parallax: 1
title: Hotel
audiences:
  customer: {title: Guests}
  leader: {title: Heads of departments, population: 2}
journeys:
- title: Stay
  transactions:
  - title: Arriving
    points: [Door, Desk, Lift, Room]
"""


def test_guests(tap, folder):
    """The map's own words for people, and moments of which nothing can be shown."""
    (folder / "hotel.yaml").write_text(HOTEL, encoding="utf-8")
    lines = ["audience,encounter,point,level"] + [f"customer,c{i},door,{2 + i % 4}" for i in range(40)]
    (folder / "guests.csv").write_text("\n".join(lines), encoding="utf-8")
    run(folder, "init", "hotel.plx", "--map", "hotel.yaml", "-q")
    run(folder, "import", "hotel.plx", "guests.csv", "-q")
    at = json.loads(run(folder, "workshop", "open", "hotel.plx", "--predicted", "--format", "json"))
    with Service(PARALLAX, folder, "hotel.plx") as service:
        page = visible(service.get(at["join"])[2])
        tap.ok("Heads of departments" in page and "Guests" in page and "Leaders" not in page and
               "Customers" not in page, "joining: people as the map calls them", page)  # fmt: skip
        _, seat, _ = join(service, at, person="Eva")
        _, _, text = service.get(seat)
        page, asked = visible(text), QUESTION.format("Guests", "It was just how I like it")
        tap.ok(asked in page and "0: none of them · 10: all of them · –: I would rather not say" in page,
               "guessing: the question, and what the ends and the dash mean", page)  # fmt: skip
        tap.ok("What will most Guests say?" in page, "and of levels", page)
        tap.ok(text.count('class="slim"') == 4 and re.search(r'class="tally">4<', text), "a row a moment, counted")
        tap.ok(re.search(r"<noscript>\s*<p>[^<]*“Save”", text), "without scripts one presses Save", page)
        tap.ok(asked in visible(service.get(at["wall"])[2]), "the wall says the question")
        for point in ("door", "desk", "lift"):
            service.post(seat + "/guess", {f"b.{point}": "7"})
        go(service, at, "tables")
        wall = visible(service.get(at["wall"])[2])
        tap.ok("Questions for your table" in wall and "What do we do well?" in wall
               and wall.count("What does the competition do differently") == 1, "the wall says the questions", wall)  # fmt: skip
        go(service, at, "reveal")
        go(service, at, "tell")
        wall = visible(service.get(at["wall"])[2])
        tap.ok("1 of 1" in wall and "to show anything: 2" in wall, "moments with nothing to show are left out", wall)
        tap.ok("Guests say: 50 %" in wall and "Too few guessed in this room" in wall, "guests are called so", wall)


SEEN = "There is no common number of this room: those who guessed ({}) had seen results before."


def guesses_of(service, at, audience, numbers, **fields):
    """Each number is one person's, of all moments; their devices."""
    seats = []
    for i, number in enumerate(numbers):
        sent = {"table": fields.get("table", "1"), "audience": audience, "people": str(len(numbers)), "person": str(i + 1)}
        seats.append(join(service, at, **sent)[1])
        service.post(seats[-1] + "/guess", {f"b.{p}": str(number) for p in ("door", "desk", "lift", "room")})
    return seats


def everywhere(service, at, seat):
    return [visible(service.get(page)[2]) for page in (at["wall"], at["lead"], seat)]


def test_second_workshop(tap, folder):
    """The wall is of the room's own guesses, never of another's; and says before the reveal why it has none."""
    run(folder, "init", "town.plx", "--map", "hotel.yaml", "-q")
    lines = ["audience,encounter,point,level"] + [f"customer,c{i},{p},{2 + i % 4}" for i in range(40) for p in ("door", "desk", "lift", "room")]
    (folder / "town.csv").write_text("\n".join(lines), encoding="utf-8")
    run(folder, "import", "town.plx", "town.csv", "-q")
    with Service(PARALLAX, folder, "town.plx") as service:
        first = json.loads(run(folder, "workshop", "open", "town.plx", "--workshop", "One", "--format", "json"))
        seats = guesses_of(service, first, "leader", (7, 7, 7, 8))
        for page in everywhere(service, first, seats[0])[:2]:
            tap.ok("Heads of departments: 4 of this room guessed so far. A common number is shown from 5 on" in page,
                   "too few so far is said while they guess", page)  # fmt: skip
        join(service, first, person="5")
        staff = json.loads(run(folder, "workshop", "open", "town.plx", "--workshop", "Beside", "--format", "json"))
        device = join(service, staff, audience="staff", people="7")[1]
        service.post(device + "/guess", {"b.door": "8", "b.desk": "8"})
        tap.ok("so far" not in visible(service.get(staff["wall"])[2]), "a table of seven is enough")
        more = join(service, first, table="2", person="5")[1]
        service.post(more + "/guess", {f"b.{p}": "6" for p in ("door", "desk", "lift", "room")})
        go(service, first, "reveal")
        wall = visible(service.get(first["wall"])[2])
        tap.ok("In this room (Heads of departments): 70 %" in wall, "the first room sees its number", wall)
        go(service, staff, "reveal")
        wall = visible(service.get(staff["wall"])[2])
        tap.ok("70 %" not in wall and "Heads of departments" not in wall and "1 of 2" in wall,
               "another room at the same time sees only its own moments, and no number of the first", wall)  # fmt: skip
        tap.ok("All of you guessed the same (Staff)" in wall, "why there is none", wall)
        run(folder, "workshop", "close", "town.plx", "--workshop", "One")
        run(folder, "workshop", "close", "town.plx", "--workshop", "Beside")
        second = json.loads(run(folder, "workshop", "open", "town.plx", "--workshop", "Two", "--format", "json"))
        device = join(service, second, audience="staff", people="7")[1]
        service.post(device + "/guess", {f"b.{p}": "8" for p in ("door", "desk", "lift", "room")})
        for word in (None, "tables", "reveal", "tell"):
            if word:
                go(service, second, word)
            for page in everywhere(service, second, device):
                tap.ok(SEEN.format("Staff") in page and "70 %" not in page, f"{word}: who saw results is told so", page)
        tap.ok("Guests say: 50 %" in visible(service.get(second["wall"])[2]), "what they say is shown all the same")
        tap.ok("Your guess: 80 %" in visible(service.get(device)[2]), "beside the own guess")


def test_language(tap, service, at):
    for language, words in (("de", "Mitmachen"), ("ar", "انضم"), ("zh", "加入")):
        text = service.get(at["join"], Accept_Language=language)[2]
        tap.ok(words in text, f"{language}: joining")
    tap.ok('dir="rtl"' in service.get(at["wall"], Accept_Language="ar")[2], "Arabic from right to left")


def test_state(tap, service, at):
    status, headers, text = service.get(at["join"] + "/state")
    tap.equal(status, 200, "devices ask what it is at")
    tap.ok("Greeting" not in text and "Anna" not in text, "and are told no more", text)
    tap.equal(service.get(at["join"] + "/state", If_None_Match=headers["ETag"])[0], 304, "unchanged: nothing")
    go(service, at, "tell")
    tap.equal(service.get(at["join"] + "/state", If_None_Match=headers["ETag"])[0], 200, "changed: again")


def test_end(tap, service, folder, at, anna, staff):
    service.post(staff + "/answer", {"continue": "Sunday breakfast"})
    tap.equal(go(service, at, "ended"), 303, "who leads ends it")
    tap.ok(any(r["note"] == "Sunday breakfast" for r in answers(folder)), "the last answer is there")
    tap.ok("This workshop is over" in service.get(anna)[2], "devices are told")
    tap.equal(join(service, at)[0], 422, "nobody joins any more")
    tap.equal(run(folder, "sql", "shop.plx", "SELECT count(*) AS n FROM gathering_seat", "--format", "csv"),
              "n\n0\n", "and are forgotten")


def test_close(tap, folder):
    """What is open can be ended without the leader's address."""
    text = run(folder, "workshop", "open", "shop.plx", "--workshop", "June")
    tap.ok(re.search(r"tables join at\s+/w/[a-z0-9]{10}\n", text), "addresses are printed", text)
    tap.ok("open already" in run(folder, "workshop", "open", "shop.plx", "--workshop", "June", status=1), "one of a name")
    tap.ok("workshop lead" in run(folder, "workshop", "open", "shop.plx", "--workshop", "June", status=1), "what to do")
    old = re.search(r"who leads\s+(\S+)", text).group(1)
    text = run(folder, "workshop", "lead", "shop.plx")
    new = re.search(r"who leads\s+(\S+)", text).group(1)
    with Service(PARALLAX, folder, "shop.plx") as service:
        tap.equal((service.get(old)[0], service.get(new)[0]), (404, 200), "a new leader's address makes the old one void")
        tap.equal(service.post(new, {"go": "tables"})[0], 303, "and leads")
    tap.equal(run(folder, "workshop", "close", "shop.plx"), "The workshop June is over; 0 answers taken in.\n", "closed")
    for verb in ("close", "lead"):
        tap.ok("no workshop is open" in run(folder, "workshop", verb, "shop.plx", status=3), f"{verb}: once")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        at = make(folder)
        with Service(PARALLAX, folder, "shop.plx") as service:
            anna = test_joining(tap, service, at)
            staff = test_guessing(tap, service, folder, at, anna)
            test_asks_first(tap, service, folder, at)
            test_other_tables(tap, service, folder, at, anna)
            test_locked(tap, service, folder, at, anna)
            test_other_answers(tap, service, at, anna)
            test_questions(tap, service, folder, at, staff)
            test_reveal(tap, service, folder, at, anna)
            test_language(tap, service, at)
            test_state(tap, service, at)
            test_end(tap, service, folder, at, anna, staff)
        test_guests(tap, folder)
        test_second_workshop(tap, folder)
        test_close(tap, folder)
        tap.ok("whole" in run(folder, "check", "shop.plx"), "the workspace is whole")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
