#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Visits and walks as a phone talks to the server: what is sent twice is there once, what is not
right is refused in words, and nobody reaches what another link leads to.

usage: test_visits.py PARALLAX
"""

import html
import http.client
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.picture import png  # noqa: E402
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
LIMIT = 14336  # bytes, compressed, without the script: what fits into the first round trip
LANGUAGES = ["ar", "de", "en", "es", "fr", "zh"]
WEB = Path(__file__).resolve().parents[2] / "src" / "serve" / "web"
MAP = """parallax: 1
title: The house
journeys:
  - id: stay
    title: A stay
    transactions:
      - title: Arriving
        points: [{id: door, title: The door}]
"""
VOID = "This link does not work, or not any more. Please ask whoever gave it to you."


def run(folder, *arguments):
    result = subprocess.run(
        [PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout.strip()


def count(folder, table):
    return run(
        folder, "sql", "house.plx", f"SELECT count(*) FROM {table}", "--format", "csv"
    ).split("\n")[1]


def told(report, **more):
    moment = {"at": "2026-12-02T10:01+01:00", "point": "door", "level": 2}
    moment.update(more)
    return json.dumps(
        {
            "report": report,
            "conflict": None,
            "began": "2026-12-02T10:00+01:00",
            "moments": [moment],
        }
    )


def put(service, path, photo, data):
    """Bytes that are no text: not by Service.ask."""
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=60)
    connection.request("PUT", f"{path}/photo/{photo}", data, {"Content-Type": "image/png"})
    reply = connection.getresponse()
    text = reply.read().decode()
    connection.close()
    return reply.status, text


def detail(text):
    return json.loads(text)["detail"]


def test_page(tap, service, path):
    status, headers, text = service.get(path)
    tap.equal(status, 200, "the page is there")
    policy = headers["Content-Security-Policy"]
    tap.ok(
        "default-src 'none'" in policy
        and "script-src 'self'" in policy
        and "unsafe" not in policy
        and "worker-src 'self'" in policy,
        "with a policy for own scripts alone",
    )
    token = path.rsplit("/", 1)[1]
    tap.equal(text.count(token), 1, "which names its address for the manifest alone")
    script = re.search(r'src="(/asset/visit-[0-9a-f]{16}\.js)"', text).group(1)
    status, headers, text = service.get(script)
    tap.ok(
        status == 200 and "immutable" in headers["Cache-Control"] and "indexedDB" in text,
        "its script is kept for good",
    )
    status, _, _ = service.get(script.replace("visit-", "visit-0"))
    tap.equal(status, 404, "under the name of its content alone")
    status, headers, _ = service.get("/visit-worker.js")
    tap.ok(
        status == 200
        and headers["Content-Type"].startswith("text/javascript")
        and headers["Cache-Control"] == "no-store",
        "the worker is asked for anew",
    )
    manifest = json.loads(service.get(f"{path}/manifest.json")[2])
    tap.ok(
        manifest["start_url"] == path
        and manifest["scope"] == path
        and service.get(manifest["icons"][0]["src"])[0] == 200,
        "the manifest leads to the page",
    )
    brief = json.loads(service.get(f"{path}/brief")[2])
    tap.equal(
        [brief["journey"], brief["place"], brief["state"], brief["closed"]],
        ["A stay", "Lyon", "assigned", None],
        "the brief says what is visited, and that it is open",
    )


def test_void(tap, service, path, walk):
    """Every address of a link that there is not, and of one of the other kind."""
    token, other = path.rsplit("/", 1)[1], walk.rsplit("/", 1)[1]
    for base in ["/v/nobody", f"/walk/{token}", f"/v/{other}"]:
        asked = [
            service.get(base),
            service.get(f"{base}/brief"),
            service.get(f"{base}/manifest.json"),
            service.ask("POST", f"{base}/report", told("report-0000")),
        ]
        statuses = {status for status, _, _ in asked}
        status, text = put(service, base, "photo-0000", png(1))
        kind = base.rsplit("/", 1)[0]
        tap.ok(statuses == {404} and status == 404, f"{kind}: not by this link")
        tap.equal(detail(text), VOID, f"{kind}: which is said in words")


def test_photos(tap, folder, service, path):
    tap.equal(put(service, path, "photo-0001", png(200))[0], 201, "a picture is taken")
    status, text = put(service, path, "photo-0001", png(200))
    tap.equal([status, json.loads(text)], [200, {"again": True}], "the same again is known")
    status, text = put(service, path, "photo-0001", png(100))
    tap.equal(
        [status, detail(text)],
        [400, "Another picture has this id already."],
        "another one under its id is refused",
    )
    status, text = put(service, path, "short", png(1))
    tap.equal([status, detail(text)], [400, '"short" is no id of a picture.'], "as is a bad id")
    status, text = put(service, path, "photo-0009", b"<svg onload='alert(1)'/>")
    tap.ok(status == 400 and "JPEG" in detail(text), "and what is no picture")
    status, _ = put(service, path, "photo-0009", b"\xff" * (10 * 1024 * 1024 + 1))
    tap.equal(status, 413, "and what is larger than ten megabytes")
    tap.equal(count(folder, "visit_photo"), "1", "one is there")
    base = sqlite3.connect(folder / "house.plx")
    base.executemany(
        "INSERT INTO visit_photo (visit, id, sent, crc, bytes) VALUES (1, ?, '', 0, x'00')",
        [(f"filler-{i:04}",) for i in range(99)],
    )
    base.commit()
    status, text = put(service, path, "photo-0010", png(10))
    tap.ok(
        status == 403 and detail(text).startswith("There are 100 pictures already"),
        "and one more than a hundred, with what to do",
        text,
    )
    base.execute("DELETE FROM visit_photo WHERE id LIKE 'filler-%'")
    base.commit()
    base.close()


def test_report(tap, folder, service, path):
    status, _, text = service.ask("POST", f"{path}/report", told("report-0001", level=9))
    tap.equal(
        [status, detail(text)],
        [400, "moments[0].level: expected a whole number from 1 to 6"],
        "what is wrong is said",
    )
    body = told("report-0001", photos=["photo-0002"])
    status, _, text = service.ask("POST", f"{path}/report", body)
    tap.equal(
        [status, detail(text)],
        [400, 'moments[0].photos: the picture "photo-0002" is not here yet'],
        "a report does not come without its pictures",
    )
    tap.equal(count(folder, "visit_report"), "0", "nothing of it is there")
    body = told("report-0001", photos=["photo-0001"])
    with ThreadPoolExecutor(16) as pool:
        sent = list(
            pool.map(lambda _: service.ask("POST", f"{path}/report", body)[0], range(32))
        )
    tap.equal(sorted(sent), [200] * 31 + [201], "sent 32 times at once it is taken once")
    tap.equal(count(folder, "visit_report"), "1", "and is there once")
    acts = json.loads(run(folder, "visit", "show", "house.plx", "1", "--format", "json"))
    tap.equal(
        [event["state"] for event in acts["history"]],
        ["planned", "assigned", "sent"],
        "with one act",
    )


def test_closed(tap, service, path):
    status, _, _ = service.ask("POST", f"{path}/report", told("report-0002"))
    tap.equal(status, 403, "nothing more is taken while it waits for a review")
    status, text = put(service, path, "photo-0003", png(3))
    tap.equal(
        [status, detail(text)],
        [403, "What you told has arrived and waits to be read. Thank you."],
        "no picture either",
    )
    status, _ = put(service, path, "photo-0003", b"no picture")
    tap.equal(status, 403, "which is not even looked at")
    status, text = put(service, path, "photo-0001", png(200))
    tap.equal([status, json.loads(text)], [200, {"again": True}], "but one that is there is known")
    brief = json.loads(service.get(f"{path}/brief")[2])
    tap.equal(
        [brief["state"], brief["closed"]],
        ["sent", "What you told has arrived and waits to be read. Thank you."],
        "and the brief says so",
    )


def page_texts(text):
    return json.loads(html.unescape(re.search(r'data-texts="([^"]*)"', text).group(1)))


def test_languages(tap, service, path, walk):
    """A walk in the language of who walks, all of it; a visit in that of the map."""
    texts = {}
    for language in LANGUAGES:
        wishes = {"Accept_Language": f"it, {language};q=0.8"}
        packed = service.get(walk, Accept="text/html", Accept_Encoding="gzip", **wishes)[2]
        tap.ok(len(packed) <= LIMIT, f"{language}: the page fits", len(packed))
        text = service.get(walk, Accept="text/html", **wishes)[2]
        way = "rtl" if language == "ar" else "ltr"
        tap.ok(f'<html lang="{language}" dir="{way}">' in text, f"{language}: a walk is in it")
        texts[language] = page_texts(text)
        brief = json.loads(service.get(f"{walk}/brief?lang={language}")[2])
        said = json.loads(service.get(f"{walk}/brief", **wishes)[2])
        tap.equal(brief["do"], said["do"], f"{language}: its brief, too")
        status, _, text = service.get("/walk/nobody", Accept="text/html", **wishes)
        tap.ok(
            status == 404 and f'<html lang="{language}"' in text,
            f"{language}: a link that does not work is said in it",
        )
    tap.equal(len({text["begin"] for text in texts.values()}), 6, "each has its own words")
    text = service.get(path, Accept="text/html", Accept_Language="de")[2]
    tap.ok('<html lang="en"' in text, "a visit is in the language of the map")
    scripts = "".join(file.read_text(encoding="utf-8") for file in WEB.glob("visit*.js"))
    used = set(re.findall(r"phrase\(\s*'([a-z.]+)'", scripts))
    quoted = set(re.findall(r"'([a-z.]+)'", scripts))
    known = set(texts["en"])
    tap.equal(used - known, set(), "each text that the scripts ask for is there")
    tap.equal(
        {key for key in known - quoted if not key.startswith(("sense.", "date.month."))},
        set(),
        "and none that they do not ask for",
    )


def test_ended(tap, folder, service, walk):
    """A walk takes what was begun by its last day, and nothing once it is closed."""
    moment = {"point": None, "title": "Bread", "photos": []}
    late = told("walker-0009", **moment).replace("2026-12-02", "2100-01-01")
    status, _, text = service.ask("POST", f"{walk}/report", late)
    tap.equal(
        [status, detail(text)],
        [
            403,
            "The last day of this walk was 31 December 2099. Only what was begun by then is still taken.",
        ],
        "what was begun after the last day is refused",
    )
    run(folder, "walk", "close", "house.plx", "2", "--by", "anna")
    status, _, _ = service.ask("POST", f"{walk}/report", told("walker-0001", **moment))
    tap.equal(status, 200, "what had arrived is known after it was closed")
    status, _, text = service.ask("POST", f"{walk}/report", told("walker-0008", **moment))
    tap.ok(status == 403 and "was closed" in detail(text), "nothing more is taken")
    status, text = put(service, walk, "photo-0008", b"no picture")
    tap.ok(status == 403 and "was closed" in detail(text), "and no picture looked at")
    tap.equal(count(folder, "visit_report"), "3", "none of it is there")


def fill(folder, number, more):
    """As many reports of a walk as are taken, but for `more`."""
    base = sqlite3.connect(folder / "house.plx")
    base.executemany(
        "INSERT INTO visit_report (visit, id, hash, bytes) VALUES (?, ?, '', 0)",
        [(number, f"filler-{i:04}") for i in range(1000 - more)],
    )
    base.execute("UPDATE fact SET value = value + ? WHERE name = 'visit_reports'", (1000 - more,))
    base.commit()
    base.close()


def test_full(tap, folder, service, walk, other):
    """A walk takes a thousand reports; who comes later is told, and another walk is not hurt."""
    moment = {"point": None, "title": "Bread"}
    fill(folder, 3, 1)
    status, _, _ = service.ask("POST", f"{walk}/report", told("walker-0100", **moment))
    tap.equal(status, 201, "the thousandth is taken")
    status, _, text = service.ask("POST", f"{walk}/report", told("walker-0101", **moment))
    tap.ok(
        status == 403 and "save it to a file" in detail(text),
        "one more is refused, with what to do",
        text,
    )
    status, _, _ = service.ask("POST", f"{walk}/report", told("walker-0100", **moment))
    tap.equal(status, 200, "what is there is known all the same")
    status, _, _ = service.ask("POST", f"{other}/report", told("walker-0101", **moment))
    tap.equal(status, 201, "another walk takes its own")
    base = sqlite3.connect(folder / "house.plx")
    base.execute("DELETE FROM visit_report WHERE id LIKE 'filler-%'")
    base.execute("UPDATE fact SET value = value - 999 WHERE name = 'visit_reports'")
    base.commit()
    base.close()


def test_walk(tap, folder, service, walk):
    """Many may tell of one walk; pictures of a visit are none of its own."""
    moment = {"point": None, "title": "Bread", "photos": ["photo-0001"]}
    status, _, text = service.ask("POST", f"{walk}/report", told("walker-0001", **moment))
    tap.ok(status == 400 and "photo-0001" in detail(text), "a visit's picture is not a walk's")
    moment["photos"] = []
    for i in range(2):
        body = told(f"walker-000{i}", **moment)
        tap.equal(service.ask("POST", f"{walk}/report", body)[0], 201, f"walker {i} is heard")
    tap.equal(count(folder, "visit_report"), "3", "all are there")


def test_given_on(tap, folder, service, plan):
    """Of who sent pictures before the visit was given to another nothing is left once erased."""
    assign = ("visit", "assign", "house.plx", "5", "--by", "anna", "--to")
    run(folder, *plan)
    path = run(folder, *assign, "Ida")
    before = int(count(folder, "visit_photo"))
    put(service, path, "photo-0501", png(137))
    base = sqlite3.connect(folder / "house.plx")
    kept = base.execute("SELECT bytes FROM visit_photo WHERE visit = 5").fetchone()[0]
    base.close()
    path = run(folder, *assign, "Ida")
    tap.equal(int(count(folder, "visit_photo")), before + 1, "a new link leaves pictures there")
    path = run(folder, *assign, "Otto")
    tap.equal(int(count(folder, "visit_photo")), before, "another shopper does not get them")
    tap.equal(put(service, path, "photo-0501", png(100))[0], 201, "and has the room of them")
    run(folder, "erase", "house.plx", "--respondent", "Ida")
    files = b"".join(file.read_bytes() for file in folder.glob("house.plx*"))
    tap.ok(kept not in files, "nothing of who was erased is in the file")


def test_erased(tap, folder, service, plan, by):
    """Whose name was erased has no link any more: it shows nothing and takes nothing."""
    run(folder, "visit", "plan", "house.plx", *plan, *by)
    run(folder, "user", "add", "house.plx", "zoe@example.org", "--role", "shopper", *by)
    account = ("--account", "zoe@example.org")
    path = run(folder, "visit", "assign", "house.plx", "6", *account, *by)
    tap.equal(service.get(f"{path}/brief")[0], 200, "there is a link")
    run(folder, "erase", "house.plx", "--respondent", "zoe@example.org", "--dry-run")
    tap.equal(service.get(f"{path}/brief")[0], 200, "which a dry run leaves")
    run(folder, "erase", "house.plx", "--respondent", "zoe@example.org")
    asked = [service.get(path), service.get(f"{path}/brief"),
             service.ask("POST", f"{path}/report", told("report-0006"))]  # fmt: skip
    tap.equal([status for status, _, _ in asked], [404] * 3, "erased, it leads nowhere")
    tap.equal(count(folder, "visit_tie"), "0", "and no account has it")
    other = run(folder, "visit", "assign", "house.plx", "6", "--to", "Otto", *by)
    tap.equal(service.get(f"{other}/brief")[0], 200, "another one may make the visit")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.yaml").write_text(MAP, encoding="utf-8")
        run(folder, "init", "house.plx", "--map", "map.yaml")
        by = ("--by", "anna")
        window = ("--from", "2026-12-01", "--until", "2099-12-12")
        plan = ("--journey", "stay", "--place", "Lyon", *window)
        run(folder, "visit", "plan", "house.plx", *plan, *by)
        path = run(folder, "visit", "assign", "house.plx", "1", "--to", "Zoë", *by)
        create = ("walk", "create", "house.plx", "--journey", "The market", *by)
        walk = run(folder, *create, "--until", "2099-12-31")
        full, other = run(folder, *create), run(folder, *create)
        with Service(PARALLAX, folder, "house.plx") as service:
            test_page(tap, service, path)
            test_void(tap, service, path, walk)
            test_languages(tap, service, path, walk)
            test_photos(tap, folder, service, path)
            test_report(tap, folder, service, path)
            test_closed(tap, service, path)
            test_walk(tap, folder, service, walk)
            test_ended(tap, folder, service, walk)
            test_full(tap, folder, service, full, other)
            test_given_on(tap, folder, service, ("visit", "plan", "house.plx", *plan, *by))
            test_erased(tap, folder, service, plan, by)
        run(folder, "check", "house.plx")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
