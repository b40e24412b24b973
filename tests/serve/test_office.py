#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms of a small office, whose map is in German: four leaders, few languages, links that close.

usage: test_office.py PARALLAX
"""

import json
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from serve.test_forms import PARALLAX, Page, fill, run, walk  # noqa: E402
from tap import Tap  # noqa: E402

MAP = """parallax: 1
title: Bürgeramt
language: de
audiences:
  leader: {population: 4%s}
journeys:
  - title: Ausweis
    transactions:
      - title: Am Schalter
        points: [Begrüßung, Wartezeit]
"""


def put_map(folder, more=""):
    (folder / "map.yaml").write_text(MAP % more, encoding="utf-8")


def waiting(folder):
    told = json.loads(run(folder, "info", "amt.plx", "--format", "json"))
    return told["observations"], told["waiting"]


def create(folder, *more):
    return run(folder, "link", "create", "amt.plx", "-q", *more).split()[0]


def test_named(tap, folder):
    """Four leaders can never be five: their answers wait until the map says that all agreed."""
    path = create(folder, "--audience", "leader")
    with Service(PARALLAX, folder, "amt.plx") as service:
        for _ in range(4):
            walk(service, path)
        tap.equal(waiting(folder), (0, 4), "four answers wait")
        _, _, text = service.get(path)
        tap.ok("Niemand kann erkennen" in service.get(path, Accept_Language="de")[2],
               "and nobody can tell whose they are", text)  # fmt: skip
        put_map(folder, ", named: true")
        run(folder, "map", "apply", "amt.plx", "map.yaml")
        for _ in range(300):
            if waiting(folder)[1] == 0:
                break
            time.sleep(0.1)
        tap.equal(waiting(folder), (8, 0), "a running server takes them in when the map says named")
        _, _, text = service.get(path, Accept_Language="de")
        tap.ok("Niemand kann erkennen" not in text and "wie Sie alle vereinbart haben" in text,
               "who answers then is told that it is shown", text)  # fmt: skip
        walk(service, path)
        tap.equal(waiting(folder), (10, 0), "and is taken in at once")


def test_german(tap, folder):
    """What comes with the program is German where the map is."""
    path = create(folder)
    with Service(PARALLAX, folder, "amt.plx") as service:
        _, _, text = service.get(path, Accept_Language="de")
        tap.ok("Das vergesse ich nie" in text and "Sehr gut" in text and 'lang="en"' not in
               text.split('class="languages"')[0], "sentences and feelings", text)  # fmt: skip
        _, _, text = service.get(path, Accept_Language="en")
        tap.ok("I will never forget it" in text and "Very good" in text, "in English, too", text)


def test_languages(tap, folder):
    """A form that offers German and English: nothing else to choose, German where neither is wished."""
    path = create(folder, "--language", "de,en")
    kiosk = create(folder, "--language", "en,de", "--kiosk")
    with Service(PARALLAX, folder, "amt.plx") as service:
        for wish, given in (("fr", "de"), ("en-GB,fr", "en"), ("ar,de;q=0.1", "de"), ("", "de")):
            _, _, text = service.get(path, Accept_Language=wish)
            tap.ok(f'<html lang="{given}"' in text, f"who wishes {wish!r} gets {given}", text[:200])
            others = re.findall(r'name="_to" value="([a-z]+)"', text)
            tap.equal(others, ["en" if given == "de" else "de"], "and may choose the other")
        page = Page(text)
        for chosen, given in (("en", "en"), ("fr", "de")):
            _, _, text = service.post(page.action, {**page.hidden, "_to": chosen})
            tap.ok(f'<html lang="{given}"' in text, f"turned to {chosen}: {given}", text[:200])
            _, _, text = service.get(path + f"?lang={chosen}", Accept_Language="de")
            tap.ok(f'<html lang="{given}"' in text, f"asked for {chosen}: {given}", text[:200])
        _, _, text = service.get(kiosk, Accept_Language="fr")
        tap.ok('<html lang="en"' in text, "a kiosk is in the first", text[:200])
        tap.equal(re.findall(r'lang=([a-z]+)"', text), ["de"], "and can be turned to the other")


def test_in_the_middle(tap, folder):
    """Closed while half answered: who began in time finishes. At the quota what was said is lost,
    and that is told, on the first card as well."""
    closed, full = create(folder), create(folder, "--quota", "1")
    leader = create(folder, "--audience", "leader")
    with Service(PARALLAX, folder, "amt.plx") as service:
        begun, late = (Page(service.get(closed)[2]) for _ in range(2))
        _, headers, _ = service.post(begun.action, fill(begun))
        rows = Page(service.get(leader)[2])
        for path in (closed, leader):
            links = json.loads(run(folder, "link", "list", "amt.plx", "--format", "json"))["links"]
            run(folder, "link", "close", "amt.plx",
                next(str(link["link"]) for link in links if link["path"] == path))  # fmt: skip
        tap.equal(service.get(closed)[0], 410, "nobody begins a form that is closed")
        for page, what in ((late, "a first card"), (rows, "the only card")):
            status, _, text = service.post(page.action, {**fill(page), "_lang": "de"})
            tap.ok(status == 410 and "geschlossen" in text and "zählt nicht mit" in text,
                   f"{what} that comes too late is told so", text)  # fmt: skip
        while "/thanks" not in headers["Location"]:
            status, _, text = service.get(headers["Location"])
            page = Page(text)
            _, headers, text = service.post(page.action, fill(page))
        tap.ok(True, "who was in the middle of it finishes")
        page = Page(service.get(full)[2])
        _, headers, _ = service.post(page.action, fill(page))
        walk(service, full)
        for status, _, text in (service.get(headers["Location"].replace("lang=en", "lang=de")),
                                service.post(page.action, {**fill(page), "_lang": "de"})):  # fmt: skip
            tap.ok(status == 410 and "alle Antworten" in text and "zählt nicht mit" in text,
                   "at the quota they are told that it is not counted", text)  # fmt: skip
        status, _, text = service.get(full, Accept_Language="de")
        tap.ok(status == 410 and "zählt nicht mit" not in text, "who said nothing lost nothing", text)


def test_long(tap, folder):
    """Words that are too long are not cut: they come back whole, with what is wrong."""
    path = create(folder, "--measures", "overall")
    with Service(PARALLAX, folder, "amt.plx") as service:
        _, _, text = service.get(path, Accept_Language="de")
        tap.ok("maxlength" not in text and "<textarea" in text, "no browser cuts them", text)
        page, words = Page(text), "Ä" * 2001
        status, _, text = service.post(page.action, {**fill(page), "comment": words})
        tap.ok(status == 422 and "Das ist länger als 2000 Zeichen" in text and f">{words}</textarea>" in text,
               "too long: told, and all of it kept", text)  # fmt: skip
        status, _, _ = service.post(page.action, {**fill(page), "comment": words[1:]})
        tap.equal(status, 303, "one less is taken")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put_map(folder)
        run(folder, "init", "amt.plx", "--map", "map.yaml")
        test_german(tap, folder)
        test_languages(tap, folder)
        test_named(tap, folder)
        test_long(tap, folder)
        test_in_the_middle(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
