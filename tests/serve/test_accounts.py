#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts beside a server that runs: the first administrator, and what the command line changes meanwhile.

usage: test_accounts.py PARALLAX
"""

import calendar
import http.cookiejar
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
PASSWORD = "hop on the bus"
PATIENCE = 30  # seconds, until something that holds within one is said to fail


def run(folder, *arguments):
    result = subprocess.run([PARALLAX, *arguments, "--by", "test"], cwd=folder, text=True,
                            capture_output=True, check=False)
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


def cookie_of(headers):
    return headers["Set-Cookie"].split(";")[0]


def port_of(service):
    return service.url.rsplit(":", 1)[1]


def set_up(service, path, **fields):
    """The cookie of who used a one-time link."""
    status, headers, text = service.post(path, {"new": PASSWORD, "again": PASSWORD, **fields})
    assert status == 303, text
    return cookie_of(headers)


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_first(tap, folder):
    with Service(PARALLAX, folder, "shop.plx", "--template", "marketplace-order") as service:
        path = service.told_url("become its administrator")
        ruth = set_up(service, path, login="ruth")
        status, _, text = service.get("/visits", Cookie=ruth)
        tap.ok(status == 200 and "ruth (administrator)" in text, "the printed address makes an administrator")
        tap.ok(service.get(path)[0] == 410, "once")
    with Service(PARALLAX, folder, "shop.plx") as service:
        tap.ok(not any("administrator" in line for line in service.told), "and is printed no more")
        at_this_port = f"plx-{port_of(service)}={ruth.split('=')[1]}"
        tap.ok(service.get("/visits", Cookie=at_this_port)[0] == 200, "who was signed in still is")


def test_challenge(tap, folder):
    """Who is not known is told how programs show who they are, on pages as well."""
    with Service(PARALLAX, folder, "shop.plx") as service:
        for status, headers, _ in (
            service.get("/api/readings/gaps"),
            service.get("/metrics", X_Forwarded_For="203.0.113.7"),
            service.post("/account/password", {}, Accept="text/html"),
        ):
            tap.equal((status, headers["WWW-Authenticate"]), (401, "Bearer"), "401 says what is missing")
        status, headers, _ = service.get("/login")
        tap.equal((status, headers["WWW-Authenticate"]), (200, None), "and nothing else does")


def test_meanwhile(tap, folder):
    """What parallax user does holds in the server within a second."""
    with Service(PARALLAX, folder, "shop.plx") as service:
        link = run(folder, "user", "add", "shop.plx", "otto", "--role", "editor").strip()
        otto = set_up(service, link)
        tap.ok(service.get("/visits", Cookie=otto)[0] == 200, "who was invited is in")
        run(folder, "user", "role", "shop.plx", "otto", "viewer")
        tap.ok(until(lambda: service.get("/visits", Cookie=otto)[0] == 401), "a change of role ends the session")
        status, headers, _ = service.post("/login", {"login": "otto", "password": PASSWORD})
        otto = cookie_of(headers)
        _, _, text = service.get("/visits", Cookie=otto)
        tap.ok(status == 303 and "otto (viewer)" in text, "the next one has the new role")
        run(folder, "user", "disable", "shop.plx", "otto")
        tap.ok(until(lambda: service.get("/visits", Cookie=otto)[0] == 401), "who is disabled is out")
        status, _, _ = service.post("/login", {"login": "otto", "password": PASSWORD})
        tap.ok(status == 403, "and cannot come in")


def test_invited(tap, folder):
    """Whose role is changed before they came keeps the invitation that was sent; a new one is good for as long."""
    with Service(PARALLAX, folder, "shop.plx") as service:
        link = run(folder, "user", "add", "shop.plx", "ina").strip()
        run(folder, "user", "role", "shop.plx", "ina", "editor")
        tap.ok(service.get(link)[0] == 200, "a change of role keeps the invitation")
        again = json.loads(run(folder, "user", "reset", "shop.plx", "ina", "--format", "json"))
        status, _, text = service.get(link, Accept="text/html")
        said = text.split("<main")[1]
        tap.ok(status == 410 and 0 < said.find("Please ask whoever invited you") < said.find("parallax user reset"),
               "one that is over says whom to ask, and last what the only administrator does", text)
        ina = set_up(service, again["url"])
        tap.ok("ina (editor)" in service.get("/visits", Cookie=ina)[2], "with the role of by then")
        lost = json.loads(run(folder, "user", "reset", "shop.plx", "ina", "--format", "json"))
        days = [round((calendar.timegm(time.strptime(one["until"], "%Y-%m-%dT%H:%M:%SZ")) - time.time()) / 86400)
                for one in (again, lost)]
        tap.equal(days, [7, 1], "an invitation is for seven days, a new password for one")
        run(folder, "user", "remove", "shop.plx", "ina")


class Browser:
    """One for all servers: it keeps cookies by host, as they know no ports."""

    def __init__(self):
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, url, **fields):
        with self.opener.open(url, urllib.parse.urlencode(fields).encode() if fields else None, timeout=60) as reply:
            return reply.read().decode()

    def names(self):
        return sorted(cookie.name for cookie in self.jar)


def test_two(tap, folder):
    """Two workspaces, each with a server, on one host: signing in at one signs nobody out of the other."""
    browser = Browser()
    with Service(PARALLAX, folder, "other.plx", "--template", "marketplace-order") as one, Service(
        PARALLAX, folder, "shop.plx"
    ) as two:
        ports = [port_of(service) for service in (one, two)]
        browser.open(one.url + one.told_url("become its administrator"), login="ada", new=PASSWORD, again=PASSWORD)
        browser.open(two.url + "/login", login="ruth", password=PASSWORD)
        tap.equal(browser.names(), sorted(f"plx-{port}" for port in ports), "each server has its cookie")
        for service, name in ((one, "ada"), (two, "ruth")):
            tap.ok(f"signed in as {name}" in browser.open(service.url + "/visits"), f"{name} is signed in")
        text = browser.open(two.url + "/visits")
        browser.open(two.url + "/logout", csrf=re.search(r'name="csrf" value="([^"]+)"', text).group(1))
        tap.ok(f"plx-{ports[1]}" not in browser.names(), "who leaves one")
        tap.ok("signed in as ada" in browser.open(one.url + "/visits"), "stays in the other")


MAP = """parallax: 1
title: Shop
journeys:
  - title: {en: Buy bread, fr: Acheter du pain}
    transactions: [{title: Come, points: [Door]}]
"""


def visits_of(service, cookie, **headers):
    """The places of the visits that stand on somebody's page, and the links there."""
    _, _, text = service.get("/visits", Cookie=cookie, **headers)
    return re.findall(r"<td>(Bonn|Mainz)</td>", text), re.findall(r"/v/[0-9a-f]{32}", text), text


def damage(folder, body):
    """To the visit of Otto."""
    base = sqlite3.connect(folder / "visits.plx")
    base.execute(f"UPDATE visit_act SET body = {body} WHERE visit = 2")
    base.commit()
    base.close()


def test_visits(tap, folder):
    """Who signs in finds the visits that are theirs, and nobody else's."""
    (folder / "map.yaml").write_text(MAP)
    subprocess.run([PARALLAX, "init", "visits.plx", "--map", "map.yaml"], cwd=folder, check=True,
                   capture_output=True)
    plan = ["visit", "plan", "visits.plx", "--journey", "buy-bread", "--from", "2099-12-01", "--until", "2099-12-05"]
    run(folder, *plan, "--place", "Bonn")
    run(folder, *plan, "--place", "Mainz")
    links = {name: run(folder, "user", "add", "visits.plx", name, "--role", "shopper").strip()
             for name in ("zoe", "otto")}  # fmt: skip
    first = run(folder, "visit", "assign", "visits.plx", "1", "--account", "Zoe").strip()
    run(folder, "visit", "assign", "visits.plx", "2", "--to", "Otto Kurz", "--account", "otto")
    with Service(PARALLAX, folder, "visits.plx") as service:
        zoe, otto = (set_up(service, links[name]) for name in ("zoe", "otto"))
        places, found, text = visits_of(service, zoe)
        tap.ok(places == ["Bonn"] and found == [first], "her own visit, with the link that was given", text)
        tap.ok("Buy bread" in text and "1 December 2099 to 5 December 2099" in text and "to be made" in text, "what and when", text)
        tap.equal(service.get(found[0])[0], 200, "and the link opens the phone's page")
        places, others, _ = visits_of(service, otto)
        tap.ok(places == ["Mainz"] and others != found, "his own, not hers")
        _, _, text = visits_of(service, zoe, Accept_Language="fr")
        tap.ok("Acheter du pain" in text and "du 1er décembre 2099 au 5 décembre 2099" in text, "in her language", text)
        damage(folder, "body || ' '")
        tap.equal([visits_of(service, zoe)[0], service.get("/visits", Cookie=otto)[0]], [["Bonn"], 503],
                  "no visit of another is read")
        damage(folder, "rtrim(body)")
        run(folder, "visit", "assign", "visits.plx", "1", "--account", "otto")
        places, found, text = visits_of(service, zoe)
        tap.ok(not places and not found and "No visit is assigned" in text, "given to another: hers no more", text)
        tap.equal(visits_of(service, otto)[0], ["Bonn", "Mainz"], "but his")
        run(folder, "visit", "assign", "visits.plx", "1", "--to", "otto")
        tap.equal(visits_of(service, otto)[0], ["Mainz"], "a name alone is no account")
        run(folder, "visit", "review", "visits.plx", "2", "--withdraw", "closed")
        tap.equal(visits_of(service, otto)[0], [], "what is withdrawn is gone")


def test_log(tap, folder):
    """No password, ticket or cookie in the server's log; the audit log is whole."""
    log = folder / "access.log"
    with Service(PARALLAX, folder, "shop.plx", "--log", str(log)) as service:
        link = run(folder, "user", "add", "shop.plx", "eva").strip()
        eva = set_up(service, link)
        service.post("/login", {"login": "eva", "password": "a wrong password"})
        service.get("/account", Cookie=eva)
    text = log.read_text()
    secrets = [PASSWORD, "a+wrong", "a wrong", link.rsplit("/", 1)[1], eva.split("=", 1)[1], "eva"]
    found = [s for s in secrets if s in text]
    tap.ok(not found and "/setup/{ticket:token}" in text, "secrets are in no log", *found)
    said = subprocess.run([PARALLAX, "audit", "verify", "shop.plx", "-q"], cwd=folder, text=True,
                          capture_output=True, check=False).stdout
    tap.ok(re.search(r"the audit log is whole \(\d+ entries\)", said), "the audit log is whole", said)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="parallax-accounts-") as name:
        folder = Path(name)
        test_first(tap, folder)
        test_challenge(tap, folder)
        test_meanwhile(tap, folder)
        test_invited(tap, folder)
        test_two(tap, folder)
        test_visits(tap, folder)
        test_log(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
