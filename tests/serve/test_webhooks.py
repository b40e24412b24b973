#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: signed, tried again until they are taken, told although the server was killed in between,
and kept from our own network.

usage: test_webhooks.py PARALLAX
"""

import hashlib
import hmac
import http.server
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())


class Receiver(http.server.BaseHTTPRequestHandler):
    """Refuses as many as it is told to, then takes everything; keeps what it got."""

    got = []
    refuses = 0
    lets_go = threading.Event()  # who comes waits for it
    lets_go.set()

    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).got.append((dict(self.headers), body))
        type(self).lets_go.wait(30)
        refused = type(self).refuses > 0
        type(self).refuses -= refused
        self.send_response(500 if refused else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


def call(folder, *arguments):
    return subprocess.run(
        [PARALLAX, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "USER": "anna"},
    )


def run(folder, *arguments):
    result = call(folder, *arguments)
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


def wait_for(what, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.1)
    return False


def is_signed(secret, headers, body):
    found = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Parallax-Signature"])
    text = f"{headers['Parallax-Delivery']}.{found[1]}.{body}"
    made = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return made == found[2] and abs(time.time() - int(found[1])) < 300


def send(service, token, n=1):
    one = {"audience": "customer", "observations": [{"point": "payment-page", "level": 4}]}
    status, _, text = service.ask(
        "POST",
        "/api/encounters",
        json.dumps({"encounters": [one] * n}),
        Content_Type="application/json",
        Authorization=f"Bearer {token}",
    )
    assert status == 201, text


def deliveries(folder):
    told = run(folder, "webhook", "deliveries", "shop.plx", "--format", "json")
    return json.loads(told)["deliveries"]


def test_errors(tap, folder):
    for arguments, code, said in (
        (["ftp://example.org/"], 1, "is no address for a webhook"),
        (["https://me:secret@example.org/"], 1, "is no address for a webhook"),
        (["http://example.org/"], 1, "is not encrypted"),
        (["https://example.org/", "--events", "encounter.stored"], 1, 'did you mean'),
    ):
        result = call(folder, "webhook", "add", "shop.plx", *arguments, "--by", "me")
        tap.ok(result.returncode == code and said in result.stderr, f"{arguments} is refused",
               result.stderr)  # fmt: skip
    result = call(folder, "webhook", "remove", "shop.plx", "7", "--by", "me")
    tap.ok(result.returncode == 3 and "there is no webhook 7" in result.stderr, "there is no 7")


def test_told(tap, folder, token, url):
    secret = run(folder, "webhook", "add", "shop.plx", url, "--allow-private", "--by", "me").strip()
    answered = run(folder, "webhook", "test", "shop.plx", "1")
    tap.ok("status 204" in answered and Receiver.got[-1][1] == '{"test": true}', "a test", answered)
    Receiver.got.clear()
    with Service(PARALLAX, folder, "shop.plx") as service:
        send(service, token, 3)
        send(service, token, 2)
        tap.ok(wait_for(lambda: Receiver.got), "what was stored is told")
    headers, body = Receiver.got[0]
    tap.equal(headers["Parallax-Event"], "encounters.stored", "which event")
    tap.equal(sum(json.loads(body)["observations"] for _, body in Receiver.got), 5, "how many")
    tap.ok(is_signed(secret, headers, body), "signed", headers)
    tap.ok(not is_signed(secret, headers, body + " "), "a changed body is not")
    tap.equal(deliveries(folder)[0]["state"], "done", "it is done")


def report(number):
    """What a phone sends of a visit."""
    moment = {"at": "2026-12-02T10:01+01:00", "title": "The door", "level": 2}
    began = "2026-12-02T10:00+01:00"
    told = {"report": number, "conflict": None, "began": began, "moments": [moment]}
    return json.dumps(told)


def test_visit(tap, folder):
    """A visit that was told, by its link and by a file, is told once each; a walk is not."""
    window = ("--from", "2026-12-01", "--until", "2099-12-12", "--count", "2")
    run(folder, "visit", "plan", "shop.plx", "--journey", "order", "--place", "Lyon", *window)
    run(folder, "visit", "assign", "shop.plx", "2", "--to", "Otto")
    path = run(folder, "visit", "assign", "shop.plx", "1", "--to", "Zoe").strip()
    walk = run(folder, "walk", "create", "shop.plx", "--journey", "The market").strip()
    (folder / "told.json").write_text(report("report-0002"), encoding="utf-8")
    before = len(deliveries(folder))
    Receiver.got.clear()
    with Service(PARALLAX, folder, "shop.plx") as service:
        sent = [
            service.ask("POST", f"{where}/report", report("report-0001"))[0]
            for where in (walk, path, path)
        ]
        tap.equal(sent, [201, 201, 200], "a walk, a visit, and the same again")
        run(folder, "visit", "take", "shop.plx", "2", "told.json")
        found = [one for one in deliveries(folder) if one["event"] == "visit.sent"]
        tap.equal(len(deliveries(folder)) - before, 2, "two are told of")
        tap.equal(len(found), 2, "as visits")
        tap.ok(wait_for(lambda: all(one["state"] == "done" for one in deliveries(folder))),
               "they arrive")  # fmt: skip
    tap.equal(
        sorted(body for headers, body in Receiver.got
               if headers["Parallax-Event"] == "visit.sent"),
        ['{"visit": 1}', '{"visit": 2}'],
        "with their numbers alone",
    )  # fmt: skip


def test_again(tap, folder, token):
    """Refused: it is due again; replayed, it is taken; its number stays the same."""
    Receiver.got.clear()
    Receiver.refuses = 1
    with Service(PARALLAX, folder, "shop.plx") as service:
        send(service, token)
        tap.ok(wait_for(lambda: deliveries(folder)[0]["status"] == 500), "it was tried")
        first = deliveries(folder)[0]
        tap.equal((first["state"], first["status"]), ("waiting", 500), "and waits for the next try")
        run(folder, "webhook", "replay", "shop.plx", str(first["delivery"]), "--by", "me")
        tap.ok(wait_for(lambda: deliveries(folder)[0]["state"] == "done"), "replayed, it is taken")
    numbers = {headers["Parallax-Delivery"] for headers, _ in Receiver.got}
    tap.equal(numbers, {str(first["delivery"])}, "under one number")


def test_meanwhile(tap, folder, token):
    """What is stored while a delivery is on its way is told under another number."""
    Receiver.got.clear()
    Receiver.lets_go.clear()
    with Service(PARALLAX, folder, "shop.plx") as service:
        send(service, token, 3)
        tap.ok(wait_for(lambda: Receiver.got), "one is on its way")
        send(service, token, 4)
        Receiver.lets_go.set()
        tap.ok(wait_for(lambda: len(Receiver.got) > 1), "then another")
    told = [(headers["Parallax-Delivery"], json.loads(body)["observations"])
            for headers, body in Receiver.got]  # fmt: skip
    tap.equal([n for _, n in told], [3, 4], "each says what it told")
    tap.equal(len({number for number, _ in told}), 2, "under a number of its own")


def test_killed(tap, folder, token):
    """Stored, and the server is killed before it told anybody."""
    Receiver.got.clear()
    with Service(PARALLAX, folder, "shop.plx") as service:
        send(service, token)
        service.kill()
    tap.equal(Receiver.got, [], "nothing was told yet")
    with Service(PARALLAX, folder, "shop.plx"):
        tap.ok(wait_for(lambda: Receiver.got), "told after the restart")


def forbid(folder, number):
    """Makes of one that may go inside one that may not, as when its name leads elsewhere today."""
    with sqlite3.connect(folder / "shop.plx") as file:
        file.execute("UPDATE webhook SET inside = 0 WHERE id = ?", (number,))
    file.close()


def test_inside(tap, folder, url):
    """Without --allow-private this machine is not reached, under any name: neither by what is to be
    added nor by what was, when its name led elsewhere."""
    port = url.rsplit(":", 1)[1]
    Receiver.got.clear()
    for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"):
        address = f"https://{host}:{port}"
        result = call(folder, "webhook", "add", "shop.plx", address, "--by", "me")
        tap.ok(result.returncode == 1 and "is inside our own network" in result.stderr
               and "--allow-private" in result.stderr, f"{host} is not added", result.stderr)  # fmt: skip
        run(folder, "webhook", "add", "shop.plx", address, "--allow-private", "--by", "me")
        number = run(folder, "webhook", "list", "shop.plx", "--format", "json")
        last = str(json.loads(number)["webhooks"][-1]["webhook"])
        forbid(folder, last)
        result = call(folder, "webhook", "test", "shop.plx", last)
        tap.ok(result.returncode == 5 and "is inside our own network" in result.stderr,
               f"{host} is not reached", result.stderr)  # fmt: skip
        run(folder, "webhook", "remove", "shop.plx", last, "--by", "me")
    tap.equal(Receiver.got, [], "nothing came")


def main():
    tap = Tap()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "init", "shop.plx", "--template", "marketplace-order")
        made = run(folder, "token", "create", "shop.plx", "till", "--scope", "collect", "--by", "me")
        token = re.search(r"plx_[A-Za-z0-9_-]{43}", made).group()
        test_errors(tap, folder)
        test_told(tap, folder, token, url)
        test_visit(tap, folder)
        test_again(tap, folder, token)
        test_meanwhile(tap, folder, token)
        test_killed(tap, folder, token)
        test_inside(tap, folder, url)
    server.shutdown()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
