#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of page in another language than English: no word of English is left on it.

usage: test_tongues.py PARALLAX
"""

import html
import json
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
TEXTS = Path(__file__).resolve().parents[2] / "src" / "serve" / "texts"
PASSWORD = "zzopzz zzonzz zzbuszz"
# Its words look like nothing that any language says.
MAP = """parallax: 1
title: Zzshop
journeys:
  - id: zzorder
    title: Zzorder
    transactions:
      - {title: Zzfind, points: [Zzpage, Zzlist]}
"""
# Names of things and of languages, which are the same in every one.
KNOWN = {"parallax", "qr", "javascript", "user", "reset", "serve", "export", "step", "add", "map", "apply", "link",
         "create", "import", "token", "audit", "list", "next", "gaps", "report", "docs", "accounts", "md",
         "deutsch", "english", "español", "français", "json", "zzshopper"}  # fmt: skip


def run(folder, *arguments):
    result = subprocess.run([PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


class Words(HTMLParser):
    """What a person reads or hears of a page, but for what says that it is of another language."""

    SPOKEN = ("aria-label", "alt", "title", "placeholder")
    ALONE = ("meta", "link", "input", "br", "img", "hr")

    def __init__(self, text):
        super().__init__()
        self.said, self.hidden, self.forms, self.links = [], [], [], []
        self.lang = self.dir = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "html":
            self.lang, self.dir = a.get("lang"), a.get("dir")
        if tag == "form":
            self.forms.append((a["action"], {}))
        if tag in ("input", "textarea") and self.forms and a.get("name") and a.get("type") != "checkbox":
            self.forms[-1][1].setdefault(a["name"], a.get("value") or "")
        if tag == "a":
            self.links.append(a.get("href"))
        if "data-texts" in a:
            self.said += json.loads(a["data-texts"]).values()
        self.said += [a[name] for name in self.SPOKEN if a.get(name)]
        if tag in self.ALONE:
            return
        other = tag in ("style", "script", "code") or (tag != "html" and "lang" in a) or "hreflang" in a
        self.hidden.append(other)

    def handle_endtag(self, tag):
        if tag not in self.ALONE:
            self.hidden.pop()

    def handle_data(self, data):
        if not any(self.hidden):
            self.said.append(data)


def vocabulary(language):
    text = (TEXTS / f"{language}.txt").read_text(encoding="utf-8")
    lines = [line.split("=", 1)[1] for line in text.splitlines() if "=" in line and not line.startswith("#")]
    return set(re.findall(r"[^\W\d_]{2,}", " ".join(lines).lower()))


# Of German what only English has; of Arabic whatever is in Latin letters.
ENGLISH = vocabulary("en") | {"not", "found", "bad", "request", "method", "allowed", "content", "too", "large", "many"}
LEFT_OVER = {
    "de": lambda words: [w for w in words if w in ENGLISH - vocabulary("de")],
    "ar": lambda words: [w for w in words if re.fullmatch(r"[a-zà-ÿ]+", w)],
}


def english(language, texts):
    text = re.sub(r"\S*/w/\S+|https?://\S+|[\w.]+@[\w.]+|\b[ZT]\b", " ", html.unescape(" ".join(texts)))
    words = [w for w in re.findall(r"[^\W\d_]{2,}", text.lower()) if w not in KNOWN and not w.startswith("zz")]
    return LEFT_OVER[language](words)


class Walk:
    """Goes from page to page as a reader of a language, and looks at each."""

    def __init__(self, tap, service, language):
        self.tap, self.service, self.language, self.cookie = tap, service, language, None

    def headers(self, more):
        mine = {"Accept": "text/html", "Accept_Language": self.language}
        return mine | ({"Cookie": self.cookie} if self.cookie else {}) | more

    def look(self, name, reply, status=200):
        got, headers, text = reply
        if got == 303:
            location = headers["Location"]
            if headers["Set-Cookie"]:
                self.cookie = headers["Set-Cookie"].split(";")[0]
            return self.get(name, location, status)
        page = Words(text)
        left = english(self.language, page.said)
        good = got == status and page.lang == self.language and page.dir == ("rtl" if self.language == "ar" else "ltr")
        self.tap.ok(good and not left, f"{self.language}: {name}", (got, page.lang, page.dir, left, text[-1500:]))
        return page

    def get(self, name, path, status=200, **more):
        return self.look(name, self.service.get(path, **self.headers(more)), status)

    def post(self, name, path, fields, status=200, **more):
        return self.look(name, self.service.post(path, fields, **self.headers(more)), status)


def wrong(walk, form):
    """What goes wrong before there is a page, or without one."""
    page = walk.get("nothing there", "/nothing", 404)
    walk.tap.ok("Not" not in page.said, f"{walk.language}: with a title in words")
    walk.post("another kind of request", "/f/" + form, {}, 405)
    walk.get("an address that cannot be read", "/%zz", 400)
    walk.get("fields that cannot be read", f"/f/{form}?a=%zz", 400)
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    walk.look("a form that cannot be read", walk.service.ask("POST", "/login", "x=%zz", **walk.headers(form)), 400)
    walk.post("more than is taken", "/login", {"login": "x" * 100000}, 413)
    walk.get("another kind of picture", "/asset/none.js", 404)
    walk.get("a language that is none", "/language/xx", 404)
    walk.get("no sign-in elsewhere", "/login/oidc", 404)
    walk.post("a form of another site", "/login", {}, 403, Sec_Fetch_Site="cross-site")
    walk.post("not signed in", "/account/password", {}, 401)
    walk.get("counts", "/metrics", 401, X_Forwarded_For="203.0.113.7")


def accounts(walk, link):
    walk.get("a link that was used", "/setup/" + "a" * 43, 410)
    walk.get("signing in", "/login")
    walk.post("wrong password", "/login", {"login": "zzshopper", "password": "zz"}, 403)
    walk.get("a new account", link)
    walk.post("no password", link, {"new": "zz", "again": "zz"}, 400)
    walk.post("what there is for who is signed in", link, {"new": PASSWORD, "again": PASSWORD})
    page = walk.get("one's account", "/account")
    csrf = page.forms[0][1]
    walk.post("a form that is out of date", "/account/password", {}, 403)
    walk.post("not one's password", "/account/password",
              csrf | {"now": "zz", "new": PASSWORD, "again": PASSWORD}, 400)  # fmt: skip
    walk.get("no readings for shoppers", "/api/readings/gaps", 403)
    walk.cookie = None


def tries(walk, address):
    """Signing in again and again, from afar."""
    for _ in range(40):
        reply = walk.service.post("/login", {"login": "zz"}, **walk.headers({"X_Forwarded_For": address}))
        if reply[0] == 429:
            break
    page = walk.look("too many tries", reply, 429)
    number = re.search(r"\d+", " ".join(page.said))
    walk.tap.ok(number and number.group() == reply[1]["Retry-After"], f"{walk.language}: and when to try again",
                (page.said, reply[1]["Retry-After"]))  # fmt: skip


def forms(walk, form, closed, kiosk):
    page = walk.get("the first card", "/f/" + form)
    action, hidden = page.forms[0]
    walk.post("nothing chosen, perhaps", action, hidden)
    walk.get("thanks", f"/f/{form}/thanks")
    walk.get("no such form", "/f/zznosuch", 404)
    walk.get("no such kiosk", "/k/zznosuch", 404)
    walk.get("a form that is closed", "/f/" + closed, 410)
    walk.get("a kiosk", "/k/" + kiosk)
    walk.post("what no kiosk sends", f"/k/{kiosk}/zz", {}, 400)
    walk.get("no such answer", "/answer/zznosuch", 404)


def workshop(walk, folder):
    at = json.loads(run(folder, "workshop", "open", "zz.plx", "--workshop", "Zz" + walk.language, "--format", "json"))
    page = walk.get("no such workshop", "/w/bcdfghjkmn", 404)
    title = {"de": "Einen Workshop mit diesem Code gibt es nicht", "ar": "لا توجد ورشة عمل بهذا الرمز"}[walk.language]
    walk.tap.ok(title in page.said, f"{walk.language}: the code is not known, in the title", page.said)
    walk.get("no such device", at["join"] + "/seat/" + "a" * 43, 404)
    walk.get("nobody who leads", at["join"] + "/lead/" + "a" * 43, 404)
    walk.get("joining", at["join"])
    sent = {"table": "1", "audience": "leader", "people": "zz", "person": ""}
    walk.post("not so many people", at["join"], sent, 422)
    walk.post("a device", at["join"], sent | {"people": "6"})
    walk.post("another table of that number", at["join"], sent | {"people": "7"}, 422)
    status, headers, _ = walk.service.post(at["join"], sent | {"people": "6", "person": "Zza"})
    assert status == 303
    seat = headers["Location"]
    walk.get("the wall", at["wall"])
    walk.get("who leads", at["lead"])
    for phase in ("tables", "reveal", "ended"):
        walk.post(f"who leads, {phase}", at["lead"], {"go": phase})
        walk.get(f"the wall, {phase}", at["wall"])
        walk.get(f"a device, {phase}", seat)
        if phase == "tables":
            walk.post("too late", seat + "/guess", {"b.zzpage": "1"}, 409)
            walk.post("too much", seat + "/answer", {"well": "zz" * 2000}, 422)


def visits(walk, folder):
    run(folder, "visit", "plan", "zz.plx", "--journey", "zzorder", "--place", "Zzbonn", "--from", "2026-12-01",
        "--until", "2099-12-05", "--language", walk.language, "--by", "zz", "-q")  # fmt: skip
    number = len(json.loads(run(folder, "visit", "list", "zz.plx", "--format", "json"))["visits"])
    told = run(folder, "visit", "assign", "zz.plx", str(number), "--to", "Zz", "--by", "zz")
    path = re.search(r"/v/[0-9a-f]+", told).group()
    walk.get("a visit", path)
    walk.get("a visit that is void", "/v/" + "0" * 32, 404)
    walk.get("a walk that is void", "/walk/" + "0" * 32, 404)
    _, _, text = walk.service.get(path + "/brief", Accept_Language=walk.language)
    brief = json.loads(text)
    said = [brief["outside"], *brief["do"], *brief["not"], *(level["text"] for level in brief["levels"])]
    walk.tap.equal(english(walk.language, said), [], f"{walk.language}: the brief of a visit")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.yaml").write_text(MAP, encoding="utf-8")
        run(folder, "init", "zz.plx", "--map", "map.yaml", "-q")
        form = run(folder, "link", "create", "zz.plx", "-q").split()[0].rsplit("/", 1)[1]
        closed = run(folder, "link", "create", "zz.plx", "-q").split()[0].rsplit("/", 1)[1]
        run(folder, "link", "close", "zz.plx", "2")
        kiosk = run(folder, "link", "create", "zz.plx", "--kiosk", "-q").split()[0].rsplit("/", 1)[1]
        with Service(PARALLAX, folder, "zz.plx", "--proxy", "127.0.0.1") as service:
            for i, language in enumerate(("de", "ar")):
                walk = Walk(tap, service, language)
                link = run(folder, "user", "add", "zz.plx", f"zzshopper{language}", "--role", "shopper", "--by", "zz").strip()
                wrong(walk, form)
                accounts(walk, link)
                tries(walk, f"203.0.113.{i}")
                forms(walk, form, closed, kiosk)
                workshop(walk, folder)
                visits(walk, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
