#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts beside a server that runs: the first administrator, and what the command line changes meanwhile.

usage: test_accounts.py PARALLAX
"""

import re
import subprocess
import sys
import tempfile
import time
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
    with Service(PARALLAX, folder, "shop.plx") as service:
        path = service.told_url("become its administrator")
        ruth = set_up(service, path, login="ruth")
        status, _, text = service.get("/", Cookie=ruth)
        tap.ok(status == 200 and "ruth (administrator)" in text, "the printed address makes an administrator")
        tap.ok(service.get(path)[0] == 404, "once")
    with Service(PARALLAX, folder, "shop.plx") as service:
        tap.ok(not any("administrator" in line for line in service.told), "and is printed no more")
        tap.ok(service.get("/", Cookie=ruth)[0] == 200, "who was signed in still is")


def test_meanwhile(tap, folder):
    """What parallax user does holds in the server within a second."""
    with Service(PARALLAX, folder, "shop.plx") as service:
        link = run(folder, "user", "add", "shop.plx", "otto", "--role", "editor").strip()
        otto = set_up(service, link)
        tap.ok(service.get("/", Cookie=otto)[0] == 200, "who was invited is in")
        run(folder, "user", "role", "shop.plx", "otto", "viewer")
        tap.ok(until(lambda: service.get("/", Cookie=otto)[0] == 401), "a change of role ends the session")
        status, headers, _ = service.post("/login", {"login": "otto", "password": PASSWORD})
        otto = cookie_of(headers)
        _, _, text = service.get("/", Cookie=otto)
        tap.ok(status == 303 and "otto (viewer)" in text, "the next one has the new role")
        run(folder, "user", "disable", "shop.plx", "otto")
        tap.ok(until(lambda: service.get("/", Cookie=otto)[0] == 401), "who is disabled is out")
        status, _, _ = service.post("/login", {"login": "otto", "password": PASSWORD})
        tap.ok(status == 403, "and cannot come in")


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
        test_meanwhile(tap, folder)
        test_log(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
