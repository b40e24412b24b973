#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What attackers try, at every route there is: leaving the folder, splitting headers, scripts and
SQL in every text, other people's links, sessions and forms, and requests that are not text.

usage: test_attacks.py PARALLAX
"""

import http.client
import json
import re
import sys
import tempfile
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.picture import png  # noqa: E402
from serve.service import Service  # noqa: E402
from serve.target import (  # noqa: E402
    FORM,
    JSON,
    MARK,
    PARALLAX,
    PASSWORD,
    SCRIPT,
    Page,
    Shop,
    ask_raw,
    filled_in,
    raw,
    routes,
    run,
)
from tap import Tap  # noqa: E402

def test_traversal(tap, service):
    climbs = [
        "../shop.plx", "..%2fshop.plx", "%2e%2e/shop.plx", "%2e%2e%2fshop.plx", "..%5cshop.plx",
        "....//shop.plx", "..%252fshop.plx", "%c0%ae%c0%ae/shop.plx", "/etc/passwd", "%2fetc%2fpasswd",
        "shop.plx%00.js", "..;/shop.plx", "./../shop.plx",
    ]  # fmt: skip
    wrong = []
    for base in ("/", "/asset/", "/f/", "/k/", "/v/", "/walk/", "/answer/", "/setup/", "/api/readings/"):
        for climb in climbs:
            status, _, body = ask_raw(service, "GET", (base + climb).encode())
            if status not in (400, 401, 404) or b"SQLite" in body or b"root:" in body:
                wrong.append((base + climb, status))
    tap.equal(wrong, [], "no path leaves its folder")


def test_headers(tap, shop, service):
    """CR LF in everything that could come back in a head."""
    split = "x%0d%0aX-Split:%20yes%0d%0aSet-Cookie:%20plx=evil"
    wrong = []

    def look(what, reply):
        status, head, _ = reply
        lines = head.decode("latin-1").lower().split("\r\n")
        if status >= 500 or any(line.startswith(("x-split", "set-cookie: plx=evil")) for line in lines):
            wrong.append((what, status))

    for method, pattern, _ in routes():
        look(pattern, ask_raw(service, method, filled_in(pattern, split).encode()))
        query = "&".join(f"{name}={split}" for name in ("ref", "lang", "answer", "next", "state", "code"))
        look(pattern, ask_raw(service, method, (filled_in(pattern, "a") + "?" + query).encode()))
    for path in (shop.link, shop.kiosk, f"{shop.link}/thanks", "/login", "/account"):
        for name in ("ref", "lang", "answer", "next", "thanks"):
            for accept in (b"text/html", b"application/json"):
                look((path, name), ask_raw(service, "GET", f"{path}?{name}={split}".encode(), b"",
                                           b"Accept: " + accept))  # fmt: skip
    page = Page(service.get(shop.link)[2])
    look("_lang", ask_raw(service, "POST", page.action.encode(), f"_lang={split}".encode(), FORM))
    look("login", ask_raw(service, "POST", b"/login", f"next=/{split}&login=a".encode(), FORM))
    tap.equal(wrong, [], "no header is split, whatever is in path, query or form")


def is_clean(tap, reply, what, shown):
    """A page shows what was written, and nothing of it runs."""
    status, headers, text = reply
    page = Page(text)
    policy = headers.get("Content-Security-Policy", "")
    tap.ok(status == 200, f"{what}: is there", status, text[:500])
    tap.equal(page.runs, [], f"{what}: nothing runs")
    tap.ok("unsafe" not in policy and "default-src 'none'" in policy, f"{what}: its policy", policy)
    tap.ok("<script>" + MARK not in text and f"<img src=x onerror={MARK}" not in text,
           f"{what}: is escaped", text)  # fmt: skip
    if shown:
        tap.ok(MARK in "".join(page.texts) + text, f"{what}: shows it", text)


def test_scripts(tap, shop, service):
    is_clean(tap, service.get(shop.link), "a first card", True)
    is_clean(tap, service.get(shop.kiosk), "a kiosk", True)
    path = shop.link
    for card in range(30):
        status, headers, text = service.get(path)
        is_clean(tap, (status, headers, text), f"card {card}", True)
        page = Page(text)
        status, headers, text = service.post(page.action, page.filled())
        if status != 303:
            tap.ok(False, "a card full of scripts is taken", status, text)
            return
        if "/thanks" not in headers["Location"]:
            is_clean(tap, service.get(page.action), f"card {card}, gone back to", True)
        path = headers["Location"]
        if "/thanks" in path:
            break
    is_clean(tap, service.get(path), "thanks", False)
    tap.ok("/thanks" in path, "a form full of scripts is taken", path)
    lang = urllib.parse.quote(SCRIPT)
    for path in (f"{shop.other}?lang={lang}&ref={lang}", f"/login?next={lang}",
                 f"{shop.other}/thanks?lang={lang}&answer={lang}"):  # fmt: skip
        is_clean(tap, service.get(path), path[:10], False)
    for path in ("/f/" + lang, "/" + lang, "/answer/" + lang, "/f/a?" + lang):
        status, _, text = service.get(path, Accept="text/html")
        tap.ok(status in (400, 404) and not Page(text).runs and MARK not in text, "not found", text)
    eva = shop.account(service, "eva", "E" + SCRIPT)
    for path in ("/visits", "/account"):
        is_clean(tap, service.get(path, Cookie=eva), f"signed in: {path}", path == "/visits")
    for path in (*shop.visits, shop.walk):
        is_clean(tap, service.get(path), "a visit's page", False)
        status, headers, text = service.get(path + "/brief")
        tap.ok(
            status == 200
            and headers["Content-Type"].startswith("application/json")
            and headers["X-Content-Type-Options"] == "nosniff"
            and MARK in json.dumps(json.loads(text)),
            "a brief is JSON and nothing else", headers, text[:300],
        )  # fmt: skip


def test_suggestion(tap, shop, service):
    """What was suggested, and what was answered, on the page of who suggested it."""
    note = {"journey": "stay", "note": "S" + SCRIPT, "prompt": "suggestion"}
    some = [{"audience": "customer", "respondent": f"r{i}", "observations": [note]} for i in range(9)]
    status, _, text = service.ask("POST", "/api/encounters", json.dumps(some),
                                  Content_Type="application/json",
                                  Authorization=f"Bearer {shop.tokens['collect']}")  # fmt: skip
    tap.ok(status == 201, "suggestions come in", text)
    told = json.loads(run(shop.folder, "suggestion", "list", "shop.plx", "--format", "json"))
    number = next(s["suggestion"] for s in told["suggestions"] if MARK in s["text"])
    run(shop.folder, "suggestion", "answer", "shop.plx", number, "--text", "A" + SCRIPT, "--by", "b")
    link = run(shop.folder, "suggestion", "link", "shop.plx", number, "--by", "b", "-q")
    path = re.search(r"/answer/[0-9a-f]+", link)
    token = path.group() if path else "/answer/" + link.split()[-1]
    is_clean(tap, service.get(token), "a suggestion and its answer", True)


# What SQLite says; not "SQL" alone, which a random token may spell.
TOLD = re.compile(rb"SQL logic|SQLite|syntax error|no such (table|column)|unrecognized token")
SQL = [
    "'", "\"", "' OR '1'='1", "'; DROP TABLE link; --", "1 OR 1=1", "1; DELETE FROM audit", "%", "\\",
    "' UNION SELECT password FROM account --", "x')) --", "0x27", "*", "(SELECT 1)", "NULL", "-1",
    "99999999999999999", "9" * 18, "_", "%' ESCAPE '", "a' || randomblob(1000000000) || '",
]  # fmt: skip
NAMES = ["ref", "lang", "answer", "next", "by", "where", "since", "until", "audiences", "argument",
         "measure", "level", "seed", "code", "state", "login", "password", "new", "again", "session",
         "csrf", "_lang", "_person", "_journey", "_day", "_card", "_website", "name", "current",
         "thanks"]  # fmt: skip


def test_sql(tap, shop, service):
    """In every parameter of every route, as nobody and as who may do everything."""
    eva = shop.account(service, "sql-eva")
    csrf = Page(service.get("/account", Cookie=eva)[2]).fields["csrf"]
    known = {"link": shop.link.rsplit("/", 1)[1], "name": "gaps"}
    wrong, asked = [], 0
    token = f"Bearer {shop.tokens['read']}".encode()
    for method, pattern, _ in routes():
        for evil in SQL:
            said = urllib.parse.quote(evil, safe="")
            fields = "&".join(f"{name}={said}" for name in NAMES if name != "csrf")
            hold = re.sub(r"\{(\w+):[^}]*\}", lambda m: known.get(m.group(1), "1"), pattern)
            who = [b"Cookie: " + eva.encode()] if not pattern.startswith("/api/") else [
                b"Authorization: " + token]  # fmt: skip
            if pattern.startswith("/account/") and pattern != "/account/sessions/end":
                who = []  # a password that fits none: nothing to be locked out for
            body = f"csrf={csrf}&{fields}".encode()
            tries = [(filled_in(pattern, said), b"", []), (hold + "?" + fields, b"", who)]
            if method != "GET":
                tries = [(path, body, lines) for path, _, lines in tries]
            if pattern == "/logout":
                tries = tries[:1]
            for path, sent, lines in tries:
                kind = [FORM] if sent else []
                status, _, text = ask_raw(service, method, path.encode(), sent, *lines, *kind)
                asked += 1
                if status >= 500 or status == 0 or TOLD.search(text):
                    wrong.append((method, path[:100], status, text[:200]))
    for name in ("by", "where", "since", "until", "audiences", "measure", "argument"):
        for reading in ("gaps", "point", "friction", "journey", "trend", "next", "drivers"):
            for evil in SQL:
                said = urllib.parse.quote(evil, safe="")
                status, _, text = ask_raw(service, "GET", f"/api/readings/{reading}?{name}={said}".encode(),
                                          b"", b"Authorization: " + token)  # fmt: skip
                asked += 1
                if status >= 500 or status == 0:
                    wrong.append((reading, name, evil, status, text[:200]))
    for evil in SQL:
        one = {"audience": "customer", "place": evil, "encounter": evil, "respondent": evil,
               "observations": [{"point": "p1", "level": 4, "note": evil}]}  # fmt: skip
        status, _, text = ask_raw(service, "POST", b"/api/encounters", json.dumps(one).encode(), JSON,
                                  b"Authorization: Bearer " + shop.tokens["collect"].encode(),
                                  b"Idempotency-Key: " + evil.encode())  # fmt: skip
        asked += 1
        if status not in (201, 400):
            wrong.append(("encounters", evil, status, text[:200]))
    tap.ok(asked > 1500, "all were asked", asked)
    tap.equal(wrong, [], "no SQL from outside is one")
    tap.ok("whole" in run(shop.folder, "check", "shop.plx"), "the workspace is whole")
    tap.ok(service.get(shop.link)[0] == 200, "and its links are there")


def test_csrf(tap, shop, service):
    ruth = shop.account(service, "ruth-csrf")
    guarded = [(method, pattern) for method, pattern, csrf in routes() if csrf and method == "POST"]
    tap.ok(len(guarded) >= 6, "routes that are guarded", guarded)
    for method, pattern in guarded:
        path = filled_in(pattern, "1")
        for what, headers in (
            ("no token", {}),
            ("another site's", {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"}),
        ):
            for fields in ({}, {"csrf": ""}, {"csrf": "A" * 43}):
                status, _, _ = service.post(path, fields, Cookie=ruth, **headers)
                if status != 403:
                    tap.equal(status, 403, f"{path}: {what} {fields}")
        tap.ok(service.get("/account", Cookie=ruth)[0] == 200, f"{path}: did nothing")
    for path in ("/login",):
        status, headers, _ = service.post(path, {"login": "ruth-csrf", "password": PASSWORD},
                                          Sec_Fetch_Site="cross-site")  # fmt: skip
        tap.ok(status == 403 and "Set-Cookie" not in headers, f"{path}: not from another site")


def test_session(tap, shop, service):
    """A cookie that somebody planted before the login is never the session behind it."""
    shop.account(service, "mia")
    port = service.url.rsplit(":", 1)[1]
    planted = f"plx-{port}=" + "A" * 43
    status, headers, _ = service.post("/login", {"login": "mia", "password": PASSWORD}, Cookie=planted)
    mine = headers["Set-Cookie"]
    tap.equal(status, 303, "signed in with a cookie that was planted")
    tap.ok(not mine.startswith(planted), "gets another one", mine)
    tap.ok("HttpOnly" in mine and "SameSite" in mine, "that scripts and sites do not get", mine)
    tap.ok(service.get("/account", Cookie=planted)[0] in (303, 401), "the planted one is nobody's")
    again = service.post("/login", {"login": "mia", "password": PASSWORD},
                         Cookie=mine.split(";")[0])[1]["Set-Cookie"]  # fmt: skip
    tap.ok(again.split(";")[0] != mine.split(";")[0], "a second login gets one more")
    tap.ok(service.get("/account", Cookie=mine.split(";")[0])[0] in (303, 401), "the first is over")
    two = planted + "; " + again.split(";")[0]
    tap.ok(service.get("/account", Cookie=two)[0] in (303, 400, 401), "two of a name are nobody's")


def put(service, path, data):
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=60)
    connection.request("PUT", path, data, {"Content-Type": "image/png"})
    reply = connection.getresponse()
    text = reply.read().decode()
    connection.close()
    return reply.status, text


def test_others(tap, shop, service):
    """What is somebody else's, asked for by its number or token."""
    first = Page(service.get(shop.link)[2])
    status, headers, _ = service.post(first.action, first.filled())
    tap.equal(status, 303, "a form is begun")
    begun = headers["Location"].split("?")[0]
    token = begun.split("/")[3]
    status, _, text = service.get(f"{shop.other}/{token}/0")
    tap.ok(status in (404, 409, 410) and MARK not in "".join(re.findall(r"W\S*" + MARK, text)),
           "a form is not shown under another link", status)  # fmt: skip
    other = Page(service.get(shop.other)[2])
    sent = service.post(f"{shop.other}/{token}/0", other.filled())
    tap.ok(sent[0] in (404, 409, 410), "nor gone on with there", sent[0])
    status, _, text = service.get(begun)
    tap.equal(status, 200, "where it was begun it is as it was")
    ada, bob = shop.account(service, "ada"), shop.account(service, "bob")
    sessions = re.findall(r'name="session" value="([^"]+)"', service.get("/account", Cookie=bob)[2])
    service.post("/login", {"login": "bob", "password": PASSWORD})
    sessions += re.findall(r'name="session" value="([^"]+)"', service.get("/account", Cookie=bob)[2])
    csrf = Page(service.get("/account", Cookie=ada)[2]).fields["csrf"]
    tap.ok(sessions, "a session has a number on its own page")
    for number in [*dict.fromkeys(sessions), "1", "2", "0", "-1"]:
        service.post("/account/sessions/end", {"csrf": csrf, "session": number}, Cookie=ada)
    tap.equal(service.get("/account", Cookie=bob)[0], 200, "another's session cannot be ended")
    left = re.findall(r'name="session" value="([^"]+)"', service.get("/account", Cookie=bob)[2])
    tap.equal(sorted(set(left)), sorted(set(sessions)), "all of them are there")
    one, two = shop.visits
    status, text = put(service, f"{one}/photo/photo-of-one", png(7))
    tap.equal(status, 201, "a picture of a visit")
    told = {"report": "report-of-two", "conflict": None, "began": "2026-12-02T10:00+01:00",
            "moments": [{"at": "2026-12-02T10:01+01:00", "point": "p1", "level": 2,
                         "photos": ["photo-of-one"]}]}  # fmt: skip
    status, _, text = service.ask("POST", f"{two}/report", json.dumps(told))
    tap.ok(status == 400 and "is not here yet" in text, "is not another visit's", status, text)
    status, _, _ = service.get(f"{two}/photo/photo-of-one")
    tap.ok(status in (404, 405), "nor can it be got", status)


def memory(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii")).group(1))


def test_huge(tap, shop, service):
    """A gigabyte is refused before any of it is read, at every route that takes a body."""
    before, wrong = memory(service.process.pid), []
    for method, pattern, _ in routes():
        if method == "GET":
            continue
        path = filled_in(pattern, "1").encode()
        for _ in range(5):
            head = method.encode() + b" " + path + b" HTTP/1.1\r\nHost: localhost\r\n"
            status, _, _ = raw(service, head + b"Content-Length: 1073741824\r\n\r\n" + b"x" * 1000)
            if status != 413:
                wrong.append((method, pattern, status))
    tap.equal(wrong, [], "a gigabyte is refused at the head")
    grown = memory(service.process.pid) - before
    tap.ok(grown < 16 * 1024, "and takes no memory", grown)
    tap.equal(service.get(shop.link)[0], 200, "the server goes on")


BYTES = [b"%ff", b"%c0%ae", b"%ed%a0%80", b"%f4%90%80%80", b"%c3", b"%80", b"%00", b"%zz", b"%"]


def test_utf8(tap, shop, service):
    """What is no text: 400, wherever it stands."""
    page, wrong = Page(service.get(shop.link)[2]), []
    bearer = b"Authorization: Bearer " + shop.tokens["collect"].encode()
    for bad in BYTES:
        plain = bytes([0xFF]) if bad == b"%ff" else urllib.parse.unquote_to_bytes(bad)
        tries = {
            "path": ask_raw(service, "GET", b"/asset/" + bad),
            "query": ask_raw(service, "GET", shop.link.encode() + b"?lang=" + bad),
            "name": ask_raw(service, "GET", shop.link.encode() + b"?" + bad + b"=1"),
            "form": ask_raw(service, "POST", page.action.encode(), b"_lang=" + bad, FORM),
            "login": ask_raw(service, "POST", b"/login", b"login=" + bad, FORM),
            "JSON": ask_raw(service, "POST", b"/api/encounters",
                            b'{"audience":"' + plain + b'"}', JSON, bearer),
        }  # fmt: skip
        wrong += [(where, bad, reply[0]) for where, reply in tries.items() if reply[0] != 400]
    tap.equal(wrong, [], "what is no text is refused")
    for visit in (shop.visits[0], shop.walk):
        status, _, _ = ask_raw(service, "POST", visit.encode() + b"/report", b'{"report":"\xff\xfe"}')
        tap.equal(status, 400, "in a report, too")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        shop = Shop(Path(name))
        with Service(PARALLAX, shop.folder, "shop.plx") as service:
            tap.ok(len(found := routes()) >= 40 and len({r[:2] for r in found}) == len(found), "the routes are known", found)
            test_traversal(tap, service)
            test_headers(tap, shop, service)
            test_scripts(tap, shop, service)
            test_suggestion(tap, shop, service)
            test_csrf(tap, shop, service)
            test_session(tap, shop, service)
            test_others(tap, shop, service)
            test_huge(tap, shop, service)
            test_utf8(tap, shop, service)
            test_sql(tap, shop, service)
        tap.ok("whole" in run(shop.folder, "check", "shop.plx"), "in the end all is whole")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
