# SPDX-License-Identifier: GPL-3.0-or-later
"""What test_attacks.py attacks, and with what: a workspace in which every text that can be chosen is
a script, all routes there are, and requests byte by byte."""

import json
import re
import socket
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

PARALLAX = str(Path(sys.argv[1]).resolve())
SOURCES = Path(__file__).resolve().parent.parent.parent / "src" / "serve"
PASSWORD = "hop on the bus"
MARK = "xSsMaRk"
SCRIPT = f"\"'><script>{MARK}()</script><img src=x onerror={MARK}()>"
MAP = {
    "parallax": 1,
    "title": "T" + SCRIPT,
    "journeys": [
        {
            "id": "stay",
            "title": "J" + SCRIPT,
            "transactions": [
                {
                    "title": "Arriving" + SCRIPT,
                    "points": [
                        {
                            "id": f"p{i}",
                            "title": f"P{i}{SCRIPT}",
                            "levels": {level: f"L{level}{SCRIPT}" for level in range(1, 7)},
                        }
                        for i in range(5)
                    ],
                }
            ],
        }
    ],
}


class Page(HTMLParser):
    """A page as a browser reads it: its form, and what would run that is not ours."""

    def __init__(self, text):
        super().__init__()
        self.action, self.fields, self.radios, self.words = None, {}, {}, []
        self.runs, self.texts, self.script = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        handlers = [name for name in a if name.startswith("on") or name == "style"]
        evil = [v for k, v in a.items() if k in ("href", "src", "action") and v and MARK in v]
        if handlers or evil:
            self.runs.append((tag, attrs))
        if tag == "script":
            self.script = a.get("type", "code")
        if tag == "form" and self.action is None:
            self.action = a.get("action")
        elif tag == "textarea" and "name" in a:
            self.words.append(a["name"])
        elif tag == "input" and a.get("type") == "radio":
            self.radios.setdefault(a["name"], []).append(a["value"])
        elif tag == "input" and a.get("type") in ("hidden", "checkbox"):
            self.fields[a["name"]] = a.get("value", "on")

    def handle_endtag(self, tag):
        if tag == "script":
            self.script = None

    def handle_data(self, data):
        self.texts.append(data)
        if self.script == "code" and MARK in data:
            self.runs.append(("script", data))

    def filled(self, **more):
        fields = dict(self.fields)
        for name, values in self.radios.items():
            fields[name] = "1" if name.startswith("level.") else values[len(values) // 2]
        fields.update(dict.fromkeys(self.words, "W" + SCRIPT))
        fields.pop("_website", None)
        return {**fields, **more}


def run(folder, *arguments):
    result = subprocess.run(
        [PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout.strip()


def routes():
    """(METHOD, pattern, has csrf) of every row of the tables."""
    found = []
    for file in sorted(SOURCES.glob("*.c")):
        text = re.sub(r'"\s*"', "", file.read_text(encoding="utf-8"))
        for method, pattern, rest in re.findall(
            r"\.method = PLX_HTTP_(\w+),\s*\\?\s*\.pattern = ([^,]+),(.*?)\.handle", text, re.S
        ):
            csrf = ".csrf = TRUE" in rest
            if pattern.startswith("path"):
                ends = re.search(r'"([^"]*)"', pattern).group(1)
                found += [(method, base + ends, csrf) for base in ("/v", "/walk")]
            elif pattern == "(path)":
                own = re.findall(r'OWN\("([^"]+)"', text)
                found += [(method, path, csrf) for path in own]
            else:
                name = re.match(r'"([^"]*)"', pattern)
                found.append((method, name.group(1) if name else "/login/oidc/back", csrf))
    return found


def raw(service, request, wait=20):
    """(status, head, body) of bytes that are sent as they are."""
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        reply = b""
        while piece := line.recv(65536):
            reply += piece
    head, _, body = reply.partition(b"\r\n\r\n")
    return int(head.split()[1]) if head else 0, head, body


def ask_raw(service, method, path, body=b"", *lines):
    head = [f"{method} ".encode() + path + b" HTTP/1.1", b"Host: localhost", b"Connection: close"]
    if body or method in ("POST", "PUT"):
        head.append(b"Content-Length: " + str(len(body)).encode())
    return raw(service, b"\r\n".join([*head, *lines, b"", b""]) + body)


FORM = b"Content-Type: application/x-www-form-urlencoded"
JSON = b"Content-Type: application/json"


def filled_in(pattern, value):
    """A path with one value in place of every parameter."""
    return re.sub(r"\{[^}]*\}", lambda _: value, pattern)


class Shop:
    """A workspace in which every text that can be chosen is a script, and all who may use it."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "map.yaml").write_text(json.dumps(MAP), encoding="utf-8")
        run(folder, "init", "shop.plx", "--map", "map.yaml")
        place = ("--place", "Lyon" + SCRIPT)
        self.link = run(folder, "link", "create", "shop.plx", "-q", *place).split()[0]
        self.other = run(folder, "link", "create", "shop.plx", "-q")
        kiosk = run(folder, "link", "create", "shop.plx", "-q", "--kiosk", *place)
        self.kiosk = kiosk.split()[0]
        by = ("--by", "anna" + "<script>")
        window = ("--from", "2026-12-01", "--until", "2026-12-12", "--note", "N" + SCRIPT)
        for _ in range(2):
            run(folder, "visit", "plan", "shop.plx", "--journey", "stay", *place, *window, *by)
        self.visits = [
            run(folder, "visit", "assign", "shop.plx", str(n), "--to", "Zoë" + SCRIPT, *by)
            for n in (1, 2)
        ]
        self.walk = run(folder, "walk", "create", "shop.plx", "--journey", "M" + SCRIPT, *by)
        self.tokens = {
            scope: re.search(
                r"plx_[A-Za-z0-9_-]{43}",
                run(folder, "token", "create", "shop.plx", "K" + SCRIPT, "--scope", scope, *by),
            ).group()
            for scope in ("read", "collect")
        }

    def account(self, service, login, name="N" + SCRIPT):
        """The cookie of somebody new."""
        link = run(self.folder, "user", "add", "shop.plx", login, "--role", "administrator",
                   "--name", name, "--by", "anna", "-q")  # fmt: skip
        path = re.search(r"/setup/\S+", link).group()
        _, headers, _ = service.post(path, {"new": PASSWORD, "again": PASSWORD})
        return headers["Set-Cookie"].split(";")[0]
