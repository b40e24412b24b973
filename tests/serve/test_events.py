#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of the app: who hears them, what they say when something changes, in this program and in another, and that
a server ends at once all the same.

usage: test_events.py PARALLAX
"""

import http.client
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from serve.test_commands import Person, run  # noqa: E402
from tap import Tap  # noqa: E402


class Stream:
    """What a browser hears."""

    def __init__(self, service, cookie):
        self.client = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=15)
        self.client.request("GET", "/app/events", headers={"Cookie": cookie})
        self.reply = self.client.getresponse()

    def close(self):
        self.reply.close()
        self.client.close()

    def event(self):
        """The next one that is no heartbeat; None: the server ended."""
        lines = []
        while line := self.reply.readline().decode():
            if line == "\n" and any(one.startswith("data: ") for one in lines):
                return json.loads(next(one for one in lines if one.startswith("data: "))[6:])
            lines = [] if line == "\n" else [*lines, line]
        return None


def test_who(tap, service, people):
    status = {role: Stream(service, people[role].cookie).reply.status for role in ("viewer", "shopper")}
    tap.ok(status == {"viewer": 200, "shopper": 403}, f"who looks at readings hears of changes, a shopper does not: {status}")
    tap.ok(service.get("/app/events", Accept="application/json")[0] == 401, "nor does who is nobody")


def test_changes(tap, service, people, folder):
    one, two = (Stream(service, people["viewer"].cookie) for _ in range(2))
    head = one.reply.getheaders()
    tap.ok(("Content-Type", "text/event-stream") in head and ("Cache-Control", "no-store") in head, "as browsers read it")
    run(folder, "link", "create", "shop.plx", "--kiosk")  # another program
    heard = [one.event(), two.event()]
    tap.ok(heard == [{"kinds": ["links"], "answers": 0}] * 2, f"a link that another program made is told to both: {heard}")
    (folder / "more.csv").write_text("audience,point,level\n" + "customer,doorstep,4\n" * 3)
    run(folder, "import", "shop.plx", "more.csv")
    heard = one.event()
    tap.ok(heard == {"kinds": ["answers"], "answers": 0}, f"an import is no new answer: {heard}")


def test_most(tap, service, people):
    """Each stream is a connection of the server's; who closes one may have another."""
    first, *others = [Stream(service, people["analyst"].cookie) for _ in range(8)]
    tap.ok({stream.reply.status for stream in (first, *others)} == {200}, "eight streams of an account")
    ninth = Stream(service, people["analyst"].cookie).reply
    said = json.loads(ninth.read())
    tap.ok((ninth.status, ninth.getheader("Retry-After"), said["status"]) == (429, "30", 429)
           and "8 windows or programs already" in said["detail"], f"the ninth is told why not: {said}")  # fmt: skip
    tap.ok(Stream(service, people["viewer"].cookie).reply.status == 200, "another account has its own")
    first.close()
    end = time.monotonic() + 30
    while (status := Stream(service, people["analyst"].cookie).reply.status) == 429 and time.monotonic() < end:
        time.sleep(0.05)
    tap.ok(status == 200, "one that is closed makes room for another")
    for stream in others:
        stream.close()


def test_end(tap, service, people):
    stream = Stream(service, people["viewer"].cookie)
    begun = time.monotonic()
    service.stop()
    tap.ok(stream.event() is None and time.monotonic() - begun < 5, "the server ends, whoever listens")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="parallax-events-") as name:
        folder = Path(name)
        run(folder, "init", "shop.plx", "--template", "marketplace-order")
        with Service(str(Path(sys.argv[1]).resolve()), folder, "shop.plx") as service:
            people = {role: Person(service, folder, role) for role in ("viewer", "shopper", "analyst")}
            test_who(tap, service, people)
            test_changes(tap, service, people, folder)
            test_most(tap, service, people)
            test_end(tap, service, people)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
