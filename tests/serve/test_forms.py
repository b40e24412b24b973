#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms as a browser without scripts goes through them: from an empty folder to stored ratings.

usage: test_forms.py PARALLAX
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
LIMIT = 14336  # bytes, compressed: what fits into the first round trip


class Page(HTMLParser):
    """The form of a page: where it goes, hidden fields, choices by name."""

    def __init__(self, text):
        super().__init__()
        self.action, self.hidden, self.choices, self.words = None, {}, {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.action = a["action"]
        elif tag == "textarea" and "name" in a:
            self.words.append(a["name"])
        elif tag == "input" and a.get("type") == "hidden":
            self.hidden[a["name"]] = a["value"]
        elif tag == "input" and a.get("type") == "radio":
            self.choices.setdefault(a["name"], []).append(a["value"])


def run(folder, *arguments):
    result = subprocess.run(
        [PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


def observations(folder):
    return json.loads(run(folder, "info", "service.plx", "--format", "json"))["observations"]


def completed(folder):
    """Forms that were sent, at all links."""
    links = json.loads(run(folder, "link", "list", "service.plx", "--format", "json"))["links"]
    return sum(link["completed"] for link in links)


def fill(page, level="4", **more):
    """An answer to every question of a page."""
    fields = dict(page.hidden)
    for name, values in page.choices.items():
        fields[name] = level if name.startswith("level.") else values[len(values) // 2]
    fields.update(more)
    return fields


def walk(service, path, level="4", **more):
    """All cards of one form, with more on the last; the last page."""
    status, _, text = service.get(path)
    assert status == 200, text
    sizes = [len(gzip.compress(text.encode()))]
    for _ in range(30):
        page = Page(text)
        said = {name: value for name, value in more.items() if "suggestion" in page.words}
        status, headers, text = service.post(page.action, fill(page, level, **said))
        assert status == 303, text
        status, _, text = service.get(headers["Location"])
        assert status == 200, text
        sizes.append(len(gzip.compress(text.encode())))
        if "/thanks" in headers["Location"]:
            return text, sizes
    raise AssertionError("a form without an end")


def test_first_minute(tap, folder):
    """From an empty folder to the first stored rating, as the README says."""
    begun = time.monotonic()
    with Service(PARALLAX, folder) as service:
        path = service.told_url("a form for customers")
        text, sizes = walk(service, path)
        tap.ok("Thank" in text, "a form ends with thanks", text)
        tap.ok(max(sizes) <= LIMIT, "every page fits into the first round trip", sizes)
        took = time.monotonic() - begun
        tap.ok(took < 60, "less than a minute to the first rating", took)
        first = observations(folder)
        tap.ok(first > 5, "it is stored while the server runs", first)
        walk(service, path, "1")
        tap.ok(observations(folder) > first + 5, "and the next one", observations(folder))
        return path


def test_steps(tap, folder, path):
    with Service(PARALLAX, folder, "service.plx") as service:
        before = observations(folder)
        _, headers, text = service.get(path)
        tap.ok("Set-Cookie" not in headers, "no cookie")
        tap.ok("<script" not in text, "no script")
        first = Page(text)
        tap.ok(len(first.choices) == 3, "a card is one point", first.choices)
        level = next(name for name in first.choices if name.startswith("level."))
        tap.equal(first.choices[level], [*"123456", "na", "declined"], "six levels and two ways out")
        again = Page(service.get(path)[2])
        tap.ok(first.action != again.action, "every visitor has a form of their own")
        status, _, text = service.post(first.action, first.hidden)
        tap.equal(status, 422, "nothing chosen is told")
        tap.ok('role="alert"' in text and f'href="#{level}"' in text, "with the place", text)
        status, headers, _ = service.post(first.action, fill(first))
        tap.equal(status, 303, "then it is taken")
        status, headers, _ = service.post(first.action, fill(first))
        tap.equal(status, 303, "and taken again")
        status, _, text = service.get(first.action)
        tap.ok(re.search(rf'name="{level}" value="4"[^>]*checked', text), "back shows it", text)
        tap.equal(observations(folder), before, "nothing is stored by half a form")
        status, _, _ = service.post("/f/nosuchlink/" + "a" * 32 + "/0", fill(first))
        tap.equal(status, 404, "no such link")
        status, headers, _ = service.post(first.action, {**fill(first), "_website": "spam"})
        tap.ok("/thanks" in headers.get("Location", ""), "a program is thanked", headers)
        for language, words in (("de", "lang=\"de\""), ("ar", "dir=\"rtl\"")):
            _, _, text = service.get(path, Accept_Language=language)
            tap.ok(words in text, f"in {language}", text[:300])
        _, _, text = service.get(path + "?lang=fr", Accept_Language="de")
        tap.ok('lang="fr"' in text, "a choice of one's own counts", text[:300])


def cookie_of(headers):
    """The cookie that a reply sets; "" where it is taken away, None where there is none."""
    said = headers.get("Set-Cookie")
    return said and said.split(";")[0].partition("=")[2]


def test_back(tap, folder, path):
    """At the link's own address, where the browser's "back" leads, the form that was begun goes on:
    known by a cookie, from its first answer until it is sent."""
    counted = completed(folder)
    with Service(PARALLAX, folder, "service.plx") as service:
        _, headers, text = service.get(path)
        first = Page(text)
        tap.equal(headers["Set-Cookie"], None, "no cookie before the first answer")
        _, headers, _ = service.post(first.action, first.hidden)
        tap.equal(headers["Set-Cookie"], None, "nor for a card that is not taken")
        _, headers, _ = service.post(first.action, fill(first))
        token = first.action.split("/")[3]
        tap.ok(cookie_of(headers) == token and "HttpOnly" in headers["Set-Cookie"]
               and "Max-Age=1200" in headers["Set-Cookie"] and "Domain" not in headers["Set-Cookie"],
               "with it one, for twenty minutes", headers)  # fmt: skip
        known = headers["Set-Cookie"].split(";")[0]
        second = headers["Location"]
        port = service.url.rsplit(":", 1)[1]
        _, headers, _ = service.get("/login", Cookie=known)
        tap.ok(known.startswith(f"plx-form-{port}=") and headers["Set-Cookie"].startswith(f"plx-login-{port}="),
               "the page to sign in has another", headers)
        _, headers, text = service.get(path, Cookie=known)
        tap.ok(Page(text).action == first.action and len(re.findall(" checked", text)) == len(first.choices)
               and headers["Cache-Control"] == "no-store", "back shows the same card, as answered", text)  # fmt: skip
        anew = re.search(r'href="(/f/[^"]*new=1[^"]*)"', text).group(1).replace("&amp;", "&")
        other = Page(service.get(anew, Cookie=known)[2])
        tap.ok(other.action != first.action, "and who did not begin it begins anew")
        tap.ok(Page(service.get(path)[2]).action != first.action, "as does everybody else")
        for wrong in (known[:-1] + "g", known.split("=")[0] + "=" + "0" * 32, f"{known}; {known}"):
            status, _, text = service.get(path, Cookie=wrong)
            tap.ok(status == 200 and Page(text).action != first.action, f"{wrong} opens nothing")
        elsewhere = run(folder, "link", "create", "service.plx", "-q").strip()
        status, _, text = service.get(elsewhere, Cookie=known)
        tap.ok(status == 200 and token not in text, "nor is it known at another link", text)
        status, headers, _ = service.post(first.action, fill(first, "2"), Cookie=known)
        tap.equal(headers["Location"], second, "going on from it changes the same form")
        before, text = observations(folder), service.get(second)[2]
        while True:
            page = Page(text)
            _, headers, _ = service.post(page.action, fill(page), Cookie=known)
            if "/thanks" in headers["Location"]:
                break
            _, _, text = service.get(headers["Location"])
        tap.ok(cookie_of(headers) == "" and "Max-Age=0" in headers["Set-Cookie"], "sent: the cookie goes", headers)
        tap.ok(observations(folder) > before, "and it is stored")
        tap.ok(Page(service.get(path, Cookie=known)[2]).action != first.action, "whoever comes then is new")
        tap.equal(completed(folder) - counted, 1, "counted once")


def test_back_person(tap, folder):
    """A form of one booking is not shown to another at the same device."""
    path = run(folder, "link", "create", "service.plx", "--identity", "visit", "-q").split()[0]
    with Service(PARALLAX, folder, "service.plx") as service:
        first = Page(service.get(path + "?ref=booking-1")[2])
        _, headers, _ = service.post(first.action, fill(first))
        known = headers["Set-Cookie"].split(";")[0]
        _, _, text = service.get(path + "?ref=booking-1", Cookie=known)
        tap.equal(Page(text).action, first.action, "the same booking goes on")
        tap.ok("new=1&amp;ref=booking-1" in text, "or begins anew, as itself", text)
        for other in ("?ref=booking-2", ""):
            _, _, text = service.get(path + other, Cookie=known)
            tap.ok(Page(text).action != first.action and ' checked=' not in text, f"another does not: {other}")


def test_twice(tap, folder, path):
    """The last card sent twice is one answer."""
    with Service(PARALLAX, folder, "service.plx") as service:
        _, _, text = service.get(path)
        while True:
            page = Page(text)
            status, headers, _ = service.post(page.action, fill(page))
            if "/thanks" in headers["Location"]:
                break
            _, _, text = service.get(headers["Location"])
        before = observations(folder)
        status, headers, _ = service.post(page.action, fill(page))
        tap.ok(status == 303 and "/thanks" in headers["Location"], "thanked again")
        tap.equal(observations(folder), before, "but counted once")


def last_card(service, path):
    """The last page of a form, all before it taken; and where it leads."""
    _, _, text = service.get(path)
    while True:
        page = Page(text)
        _, headers, text = service.post(page.action, fill(page))
        if "/thanks" in headers["Location"]:
            return page, headers["Location"]
        _, _, text = service.get(headers["Location"])


def test_used_up(tap, folder):
    """Whoever answered by an address for one form, or was the last that a link takes, is thanked
    however often the form is sent; others are told."""
    single, other = (line.split(",")[2] for line in run(
        folder, "link", "create", "service.plx", "--single", "2", "-q").splitlines()[1:])
    full = run(folder, "link", "create", "service.plx", "--quota", "1", "-q").strip()
    with Service(PARALLAX, folder, "service.plx") as service:
        for path in (single, full):
            _, _, text = service.get(path)
            late = Page(text)
            page, _ = last_card(service, path)
            status, headers, _ = service.post(page.action, fill(page))
            tap.ok(status == 303 and "/thanks" in headers["Location"], "sent again: thanked")
            status, _, text = service.get(page.action)
            tap.ok(status == 200 and "Thank" in text, "gone back to: thanked")
            status, _, text = service.post(late.action, fill(late))
            tap.equal(status, 410, "a second form is not taken")
            if path == single:
                tap.ok("that form has been sent" in text, "and is told that the address was used", text)
                status, _, text = service.get(late.action)
                tap.ok(status == 410 and "that form has been sent" in text, "also on its cards", text)
        for language, words in (("en", "that form has been sent"), ("de", "galt für ein Mal")):
            status, _, text = service.get(single, Accept_Language=language)
            tap.ok(status == 410 and words in text and "<form" not in text,
                   f"opened again: it was used, in {language}", text)  # fmt: skip
        status, _, text = service.get(other)
        tap.ok(status == 200 and "<form" in text, "the other address is not used")
    links = json.loads(run(folder, "link", "list", "service.plx", "--format", "json"))["links"]
    tap.equal([link["completed"] for link in links[-2:]], [1, 1], "each was counted once")


def test_other_link(tap, folder):
    """A form goes on where it was begun, and nowhere else: what was said of a member of a panel
    must not come to where answers are anonymous."""
    panel, other = (
        run(folder, "link", "create", "service.plx", "-q", *more).split()[0]
        for more in (("--identity", "visit"), ())
    )
    with Service(PARALLAX, folder, "service.plx") as service:
        first = Page(service.get(panel + "?ref=booking-7")[2])
        status, headers, _ = service.post(first.action, fill(first))
        begun = headers["Location"]
        token = begun.split("/")[3]
        tap.equal(status, 303, "a form is begun")
        status, _, text = service.get(f"{other}/{token}/0")
        tap.ok(status == 404 and "<form" not in text, "it is not to be found at another link", text)
        elsewhere = Page(service.get(other)[2])
        status, _, _ = service.post(f"{other}/{token}/0", fill(elsewhere))
        tap.equal(status, 404, "nor gone on with there")
        status, _, text = service.get(first.action)
        tap.ok(status == 200 and "checked" in text, "and is as it was where it was begun", text)


def asked_for_an_answer(service, path, language):
    """Where the answer to a suggestion will stand, and what stands there in a language."""
    text, _ = walk(service, path, suggestion="A bell at the door", _answer="1")
    private = re.search(r"/answer/[0-9a-f]+", text).group()
    return private, service.get(private, Accept_Language=language)


def test_answer_language(tap, folder):
    """Whoever looks for an answer is told in their language that it waits, or that there is none."""
    url = subprocess.run([PARALLAX, "link", "create", "service.plx", "--measures", "level", "-q"],
                         cwd=folder, capture_output=True, text=True, check=True)  # fmt: skip
    with Service(PARALLAX, folder, "service.plx") as service:
        private, (status, _, text) = asked_for_an_answer(service, url.stdout.strip(), "de")
        tap.ok(status == 200 and 'lang="de"' in text and "noch keine Antwort" in text,
               "an answer that waits says so in German", text)  # fmt: skip
        tap.ok("genug Menschen" in text, "and why", text)
        status, _, text = service.get("/answer/" + "0" * len(private[8:]), Accept_Language="fr")
        tap.ok(status == 404 and 'lang="fr"' in text and "pas de réponse" in text,
               "and of an address that is nobody's in French", text)  # fmt: skip
        for _ in range(6):
            asked_for_an_answer(service, url.stdout.strip(), "en")
    text = subprocess.run([PARALLAX, "suggestion", "list", "service.plx"],
                          cwd=folder, capture_output=True, text=True, check=True).stdout  # fmt: skip
    tap.ok(re.search(r"received +waits, private", text), "the list tells who waits at a private address", text)


def test_answered(tap, folder):
    """The answer is framed in the reader's language; the words are those of who gave it."""
    rows = [f"customer,e{i},2026-01-0{i},,Ring twice {i},suggestion" for i in range(1, 8)]
    (folder / "said.csv").write_text("\n".join(["audience,encounter,time,point,note,prompt", *rows]))
    run = lambda *a: subprocess.run([PARALLAX, *a], cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: E731  # fmt: skip
    run("import", "hall.plx", "said.csv", "-q")
    number = json.loads(run("suggestion", "list", "hall.plx", "--format", "json"))["suggestions"][0]["suggestion"]
    run("suggestion", "answer", "hall.plx", number, "--text", "We ring now.", "--state", "done", "--by", "anna")
    private = run("suggestion", "link", "hall.plx", number, "--by", "anna", "-q").strip()
    with Service(PARALLAX, folder, "hall.plx") as service:
        for language, words in (("de", "Es ist erledigt."), ("ar", "تم ذلك."), ("zh", "已经完成。")):
            status, _, text = service.get(private, Accept_Language=language)
            tap.ok(status == 200 and f'lang="{language}"' in text and words in text
                   and "We ring now." in text and "Ring twice 1" in text,
                   f"an answer is framed in {language}", text)  # fmt: skip
        tap.ok('dir="rtl"' in service.get(private, Accept_Language="ar")[2], "Arabic from right to left")
        days = service.get(private, Accept_Language="de")[2]
        tap.ok(re.search(r"\d\. (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) 20",
                         days) and not re.search(r"20\d\d-\d\d", days), "its days are German", days)  # fmt: skip
        text = service.get(private, Accept_Language="en")[2]
        tap.ok("What became of your suggestion" in text and "It is done." in text, "and in English", text)


POLISH = """parallax: 1
title: {en: Town hall, pl: Urząd}
journeys:
- title: {en: Passport, pl: Paszport}
  transactions:
  - title: Apply
    points:
    - title: {en: At the desk, pl: Przy okienku}
    - title: Waiting
    - title: {en: Handing out, pl: Odbiór}
"""


def test_map_language(tap, folder):
    """A form in a language that only the map has: its titles are in it, what has none is marked."""
    (folder / "polish.yaml").write_text(POLISH, encoding="utf-8")
    subprocess.run([PARALLAX, "init", "hall.plx", "--map", "polish.yaml", "-q"], cwd=folder, check=True,
                   capture_output=True)
    made = subprocess.run([PARALLAX, "link", "create", "hall.plx", "--language", "pl"], cwd=folder,
                          capture_output=True, text=True, check=True)  # fmt: skip
    tap.ok("the map has no pl text for “Waiting”: the form shows them as they are (en)" in made.stderr,
           "what has no text in the language is told before", made.stderr)  # fmt: skip
    with Service(PARALLAX, folder, "hall.plx") as service:
        path = re.search(r"/f/\S+", made.stdout).group()
        _, _, text = service.get(path, Accept_Language="de")
        tap.ok('<html lang="de"' in text, "the pages speak the reader's language", text[:200])
        tap.ok('<h1><bdi lang="pl">Paszport</bdi></h1>' in text, "the map that of the link", text)
        tap.ok('<bdi lang="pl">Urząd</bdi>' in text, "who asks, too", text)
        titles = set()
        while True:
            page = Page(text)
            titles |= set(re.findall(r'<legend><bdi( lang="[a-z]+")?>([^<]+)', text))
            _, headers, text = service.post(page.action, fill(page))
            if "/thanks" in headers["Location"]:
                break
            _, _, text = service.get(headers["Location"], Accept_Language="de")
        tap.ok((' lang="pl"', "Odbiór") in titles and (' lang="en"', "Waiting") in titles,
               "what has no text in it is marked as what it is", titles)  # fmt: skip
        run = subprocess.run([PARALLAX, "link", "create", "hall.plx", "--language", "pl", "--identity",
                              "visit", "-q"], cwd=folder, capture_output=True, text=True, check=True)  # fmt: skip
        walk(service, run.stdout.strip())
    subprocess.run([PARALLAX, "export", "hall.plx", "-o", "hall.csv", "-q"], cwd=folder, check=True)
    tap.ok(",pl," in (folder / "hall.csv").read_text(encoding="utf-8"), "answers are of that language")


def test_typed(tap, folder):
    """An address as people type it, and one that is nothing, told in the reader's language."""
    path = run(folder, "link", "create", "service.plx", "--place", "Wien", "-q").split()[0]
    kiosk = run(folder, "link", "create", "service.plx", "--kiosk", "-q").split()[0]
    with Service(PARALLAX, folder, "service.plx") as service:
        for typed in (path.upper(), path + "/", kiosk[:3] + kiosk[3:].upper(), kiosk + "//"):
            status, headers, _ = service.get(typed + "?ref=X&lang=de")
            tap.equal((status, headers.get("Location")),
                      (303, (kiosk if typed.lower().startswith("/k") else path) + "?ref=X&lang=de"),
                      f"{typed} leads to what is printed")  # fmt: skip
        status, headers, _ = service.get("/W/ABCD-EFGH/")
        tap.equal(headers.get("Location"), "/w/abcd-efgh", "so does the code of a workshop")
        status, _, _ = service.get("/f/%3CSCRIPT%3E", Accept="text/html")
        tap.equal(status, 404, "but nothing that is no code")
        status, _, text = service.get("/F/NOSUCH")
        tap.equal(status, 303, "what is nothing is looked for as printed, too")
        for language, title, words in (("de", "Diese Seite gibt es nicht", "gibt es nichts"),
                                       ("zh", None, "这个网址没有内容")):  # fmt: skip
            status, _, text = service.get("/nothing", Accept_Language=language, Accept="text/html")
            tap.ok(status == 404 and f'lang="{language}"' in text and words in text
                   and "Not Found" not in text and (not title or f"<title>{title}" in text),
                   f"nothing there, in {language}", text)  # fmt: skip


def test_asker(tap, folder):
    """Who asks, and where, on every card and on a kiosk."""
    path = run(folder, "link", "create", "service.plx", "--place", "Wien", "-q").split()[0]
    kiosk = run(folder, "link", "create", "service.plx", "--kiosk", "--place", "Graz", "-q").split()[0]
    with Service(PARALLAX, folder, "service.plx") as service:
        _, _, text = service.get(path)
        first = re.search(r"Asked by <span><bdi[^>]*>([^<]+)</bdi></span> · <bdi>Wien</bdi>", text)
        tap.ok(first, "the first card says who asks, and where", text)
        _, headers, _ = service.post(Page(text).action, fill(Page(text)))
        for at, place in ((headers["Location"], "Wien"), (kiosk, "Graz")):
            _, _, text = service.get(at)
            tap.ok(first and f"{first.group(1)}</bdi></span> · <bdi>{place}</bdi>" in text,
                   f"and so does {at[:3]}", text)  # fmt: skip
        status, _, text = service.post(headers["Location"].split("?")[0], {})
        tap.ok(status == 422 and "<bdi>Wien</bdi>" in text, "and a card with mistakes", text)


def test_faults(tap, folder):
    """What is missing is named, each moment once; a wish for an answer needs something to answer."""
    leaders, path = (run(folder, "link", "create", "service.plx", *more, "-q").split()[0]
                     for more in (("--audience", "leader", "--measures", "believed,level"),
                                  ("--measures", "overall")))  # fmt: skip
    with Service(PARALLAX, folder, "service.plx") as service:
        page = Page(service.get(leaders)[2])
        moments = {name.split(".")[1] for name in page.choices}
        status, _, text = service.post(page.action, page.hidden)
        links = re.findall(r'<li><a href="#[a-z]+\.([^"]+)">([^<]+)', text)
        tap.ok(status == 422 and [one for one, _ in links] == list(dict.fromkeys(one for one, _ in links))
               and {one for one, _ in links} == moments, "each moment once, with a link to it", links)  # fmt: skip
        tap.ok(not any("Please choose" in words for _, words in links), "by its name", links)
        page = Page(service.get(path)[2])
        status, _, text = service.post(page.action, {**page.hidden, "_answer": "yes", "suggestion": "  "})
        tap.ok(status == 422 and 'href="#_answer"' in text and "but to what?" in text,
               "an answer to nothing is asked about", text)  # fmt: skip
        tap.ok(re.search(r'name="_answer"[^>]* checked', text), "and the wish is kept", text)
        for words in ("suggestion", "complaint"):
            page = Page(service.get(path)[2])
            status, headers, _ = service.post(page.action, {**page.hidden, "_answer": "yes", words: "A bell"})
            tap.ok(status == 303 and "answer=" in headers["Location"], f"with a {words} there is an address")
        page = Page(service.get(path)[2])
        status, _, _ = service.post(page.action, page.hidden)
        tap.equal(status, 303, "without the wish nothing is needed")


def test_turned(tap, folder):
    """Another language on any card, with what is filled in; and whose answers they are stays."""
    path = run(folder, "link", "create", "service.plx", "--identity", "visit", "-q").split()[0]
    with Service(PARALLAX, folder, "service.plx") as service:
        first = Page(service.get(path + "?ref=booking-8")[2])
        level = next(name for name in first.choices if name.startswith("level."))
        note = "note." + level.split(".", 1)[1]
        status, _, text = service.post(first.action, {**first.hidden, note: "Ein Bett <b>", "_to": "de"})
        turned = Page(text)
        tap.ok(status == 200 and '<html lang="de"' in text and "Ein Bett &lt;b&gt;" in text
               and 'role="alert"' not in text, "half a card in German, without a reproach", text)  # fmt: skip
        tap.ok(first.hidden["_person"] == turned.hidden.get("_person")
               and turned.hidden["_lang"] == "de", "and of the same booking", turned.hidden)  # fmt: skip
        status, _, text = service.post(first.action, first.hidden)
        tap.equal(Page(text).hidden.get("_person"), first.hidden["_person"], "also after a mistake")
        _, headers, _ = service.post(turned.action, fill(turned))
        status, _, text = service.get(headers["Location"])
        second = Page(text)
        said = {**fill(second), "_to": "fr"}
        status, _, text = service.post(second.action, said)
        tap.ok(status == 200 and '<html lang="fr"' in text and Page(text).action == second.action
               and text.count(" checked") == len(second.choices), "a later card in French", text)  # fmt: skip
        status, headers, _ = service.post(second.action, {**said, "_to": "xx"})
        tap.equal(status, 303, "what is no language of ours changes nothing")
        _, _, text = service.get(second.action)
        tap.ok("checked" in text, "and then it is kept", text)


def test_early(tap, folder):
    """A link that is not open yet says when it will be, as the reader writes days."""
    path = run(folder, "link", "create", "service.plx", "--opens", "2099-12-24", "-q").split()[0]
    with Service(PARALLAX, folder, "service.plx") as service:
        for language, words in (("en", "24 December 2099"), ("de", "24. Dezember 2099"),
                                ("fr", "24 décembre 2099"), ("es", "24 de diciembre de 2099"),
                                ("ar", "24 ديسمبر 2099"), ("zh", "2099 年 12 月 24 日")):  # fmt: skip
            status, _, text = service.get(path, Accept_Language=language)
            tap.ok(status == 410 and words in text, f"when it opens, in {language}", text)


def test_intro(tap, folder, path):
    """Who asks, for how long, known or not: on the first card, and only there."""
    with Service(PARALLAX, folder, "service.plx") as service:
        _, _, text = service.get(path)
        for said in ("Asked by ", "It takes about ", "kept together with those about the same visit"):
            tap.equal(text.count(said), 1, f"the first card says: {said}")
        _, headers, _ = service.post(Page(text).action, fill(Page(text)))
        _, _, text = service.get(headers["Location"])
        tap.ok("Asked by " not in text and "It takes about" not in text, "the second does not", text)


def test_rows(tap, folder):
    """Leaders: a row of numbers for each moment, with a way out; without scripts."""
    url = subprocess.run([PARALLAX, "link", "create", "service.plx", "--audience", "leader", "-q"],
                         cwd=folder, capture_output=True, text=True, check=True)  # fmt: skip
    with Service(PARALLAX, folder, "service.plx") as service:
        _, _, text = service.get(url.stdout.strip())
        page = Page(text)
        believed = [name for name in page.choices if name.startswith("believed.")]
        tap.ok(len(believed) > 2 and f'<span class="tally">{len(believed)}</span>' in text,
               "all moments, and how many they are", text)  # fmt: skip
        tap.equal(page.choices[believed[0]], [*map(str, range(11)), "declined"], "0 to 10, and a way out")
        tap.equal(text.count('aria-label="I would rather not say"'), len(believed), "which has a name")
        status, _, text = service.post(page.action, {**fill(page), believed[0]: ""})
        tap.ok(status == 422 and f'href="#{believed[0]}"' in text, "what is missing is told", text)
        status, _, _ = service.post(page.action, fill(page))
        tap.equal(status, 303, "then it is taken")


def test_levels(tap, folder):
    """Levels of all points, where they are asked for, come after the row of beliefs: a few to a page, a row
    each; every page fits, and what is said is stored as one answer about a point."""
    path = run(folder, "link", "create", "service.plx", "--audience", "leader", "--measures",
               "believed,level", "--journey", "order", "-q").split()[0]  # fmt: skip
    with Service(PARALLAX, folder, "service.plx") as service:
        _, _, text = service.get(path)
        page = Page(text)
        points = [name.split(".", 1)[1] for name in page.choices]
        tap.ok(all(name.startswith("believed.") for name in page.choices), "first what is believed", page.choices)
        asked, sizes, pages = [], [len(gzip.compress(text.encode()))], 0
        _, headers, _ = service.post(page.action, fill(page))
        while "/thanks" not in headers["Location"]:
            _, _, text = service.get(headers["Location"])
            page, pages = Page(text), pages + 1
            sizes.append(len(gzip.compress(text.encode())))
            asked += [name.split(".", 1)[1] for name in page.choices]
            tap.ok(len(page.choices) <= 8 and all(name.startswith("level.") for name in page.choices)
                   and f'<span class="tally">{len(page.choices)}</span>' in text, "then levels, up to eight", text)  # fmt: skip
            if pages == 1:
                first = next(iter(page.choices))
                tap.equal(page.choices[first], [*"123456", "na", "declined"], "a row of six and two ways out")
                tap.ok('aria-label="It was what I expected"' in text and "3: It was what I expected" in text,
                       "whose sentences are said once and read aloud each time", text)  # fmt: skip
                status, _, wrong = service.post(page.action, {**fill(page), first: ""})
                tap.ok(status == 422 and f'href="#{first}"' in wrong, "one that is missing is told", wrong)
            _, headers, _ = service.post(page.action, fill(page))
        tap.ok(asked == points and pages > 1, "each moment once, in order", asked)
        tap.ok(max(sizes) <= LIMIT, "every page fits into the first round trip", sizes)


def test_begun(tap, folder):
    """Whoever began a form may complete it when it is closed: until then no import changes its scale."""
    (folder / "own.yaml").write_text("parallax: 1\ntitle: Inn\njourneys:\n  - {id: order, title: Order, transactions: "
        "[{id: door, title: Door, points: [{id: doorstep, title: At the doorstep}]}]}\n", encoding="utf-8")  # fmt: skip
    run(folder, "init", "own.plx", "--map", "own.yaml")
    path = json.loads(run(folder, "link", "create", "own.plx", "--journey", "order", "--format", "json"))["addresses"][0]["path"]
    with Service(PARALLAX, folder, "own.plx") as service:
        first = Page(service.get(path)[2])
        service.post(first.action, fill(first))
        run(folder, "link", "close", "own.plx", "1")
        (folder / "five.yaml").write_text("parallax-recipe: 1\naudience: {constant: customer}\nrespondent: who\n"
            "scale: {min: 1, max: 5, met: 3}\npoints: {doorstep: {level: Door}}\n", encoding="utf-8")  # fmt: skip
        (folder / "five.csv").write_text("who,Door\na,4\n", encoding="utf-8")
        result = subprocess.run([PARALLAX, "import", "own.plx", "five.csv", "--recipe", "five.yaml"],
                                cwd=folder, capture_output=True, text=True, check=False)  # fmt: skip
        tap.ok(result.returncode != 0 and "customer is asked, by a form that is open or begun" in result.stderr,
               "a scale stays under a form that was begun", result.stderr)  # fmt: skip


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = test_first_minute(tap, folder)
        test_steps(tap, folder, path)
        test_back(tap, folder, path)
        test_back_person(tap, folder)
        test_twice(tap, folder, path)
        test_used_up(tap, folder)
        test_other_link(tap, folder)
        test_answer_language(tap, folder)
        test_map_language(tap, folder)
        test_answered(tap, folder)
        test_intro(tap, folder, path)
        test_rows(tap, folder)
        test_levels(tap, folder)
        test_typed(tap, folder)
        test_early(tap, folder)
        test_turned(tap, folder)
        test_faults(tap, folder)
        test_asker(tap, folder)
        test_begun(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
