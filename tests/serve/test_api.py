#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs do: encounters in (all or none, once), readings out as the commands give them, and
who may not.

usage: test_api.py PARALLAX
"""

import json
import re
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
POINT = "payment-page"
OTHER = "doorstep"


def run(folder, *arguments):
    result = subprocess.run(
        [PARALLAX, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


def make_token(folder, scope):
    made = run(folder, "token", "create", "shop.plx", f"who may {scope}", "--scope", scope, "--by", "me")
    return re.search(r"plx_[A-Za-z0-9_-]{43}", made).group()


def encounter(**more):
    return {
        "audience": "customer",
        "place": "Basel",
        "time": "2026-11-26T09:30+01:00",
        "observations": [{"point": POINT, "level": 4, "effort": 6}, {"point": OTHER, "level": "na"}],
        **more,
    }


class Client:
    def __init__(self, service, token):
        self.service, self.token = service, token

    def send(self, body, **headers):
        text = body if isinstance(body, str) else json.dumps(body)
        status, _, reply = self.service.ask(
            "POST",
            "/api/encounters",
            text,
            **{"Content_Type": "application/json", **self.bearer(), **headers},
        )
        return status, json.loads(reply)

    def bearer(self):
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path):
        status, _, reply = self.service.get(path, **self.bearer())
        return status, reply


def test_in(tap, client):
    status, told = client.send(encounter())
    tap.equal((status, told["encounters"], told["observations"]), (201, 1, 2), "one encounter")
    many = {"encounters": [encounter(respondent=f"r{i}") for i in range(3)]}
    status, told = client.send(many)
    tap.equal((status, told["encounters"]), (201, 3), "several")
    lines = "".join(json.dumps(encounter(encounter=f"e{i}")) + "\n" for i in range(10000))
    status, told = client.send(lines, Content_Type="application/x-ndjson")
    tap.equal((status, told["encounters"], told["observations"]), (201, 10000, 20000), "10,000")
    status, told = client.send(lines + json.dumps(encounter()), Content_Type="application/x-ndjson")
    tap.equal(
        (status, told["detail"]),
        (400, "there are more: 1 to 10000 encounters are taken at once"),
        "one more is refused",
    )


def test_once(tap, client):
    first = client.send(encounter(), Idempotency_Key="k1")
    again = client.send(encounter(), Idempotency_Key="k1")
    tap.equal((first[0], again[0], again[1]["again"]), (201, 200, True), "sent again: stored once")
    other = client.send(encounter(place="Bern"), Idempotency_Key="k1")
    tap.equal(
        (other[0], other[1]["detail"]),
        (400, "this Idempotency-Key was used for something else; nothing was stored"),
        "another body with the key is refused",
    )


def one(**observation):
    return encounter(observations=[observation])


FAULTS = [
    ("{", "line 1, column 1: string or '}' expected near end of file"),
    ([], "there is none: 1 to 10000 encounters are taken at once"),
    ([1], "encounters[0]: an object is expected"),
    ({"observations": []}, "encounters[0].audience: is missing"),
    (
        encounter(audience="guest"),
        "encounters[0].audience: ‘guest’ is not on the map (it has leader, staff, shopper, customer)",
    ),
    (
        encounter(audience="Customers"),
        'encounters[0].audience: ‘Customers’ is not on the map; did you mean "customer"?',
    ),
    (encounter(plcae="x"), 'encounters[0].plcae: is not known; did you mean "place"?'),
    (encounter(place=3), "encounters[0].place: a text is expected"),
    (encounter(place="x" * 256), "encounters[0].place: 256 bytes; at most 255 are taken"),
    (
        encounter(time="soon"),
        "encounters[0].time: ‘soon’ is no date or time (2026-11-26, 2026-11-26T09:30+01:00)",
    ),
    (
        encounter(group_size=0),
        "encounters[0].group_size: a whole number from 1 to 1000 is expected",
    ),
    (encounter(segments=[]), "encounters[0].segments: an object of texts is expected"),
    (
        encounter(observations=[]),
        "encounters[0].observations: a list of 1 to 1000 is expected",
    ),
    (
        one(point="nowhere", level=1),
        "encounters[0].observations[0].point: ‘nowhere’ is not on the map",
    ),
    (
        one(point="Payment page", level=1),
        f'encounters[0].observations[0].point: ‘Payment page’ is not on the map; did you mean "{POINT}"?',
    ),
    (
        one(promise="Order by 8 pm, at your door tomorrow", kept=1),
        "encounters[0].observations[0].promise: ‘Order by 8 pm, at your door tomorrow’ is not on the "
        'map; did you mean "next-day"?',
    ),
    (
        one(promise="next-day", kept="yes"),
        'encounters[0].observations[0].kept: a whole number from 0 to 1, true, false, "na" or '
        '"declined" is expected',
    ),
    (
        one(point=POINT, level=True),
        'encounters[0].observations[0].level: a whole number from 1 to 6, "na" or "declined" is '
        "expected",
    ),
    (
        one(point=POINT, level=7),
        'encounters[0].observations[0].level: a whole number from 1 to 6, "na" or "declined" is '
        "expected",
    ),
    (
        one(point=POINT, level=3.5),
        'encounters[0].observations[0].level: a whole number from 1 to 6, "na" or "declined" is '
        "expected",
    ),
    (
        one(point=POINT, leevl=3),
        'encounters[0].observations[0].leevl: is not known; did you mean "level"?',
    ),
    (one(level=3), "encounters[0].observations[0].level: is not asked of nothing: a point is expected"),
    (one(point=POINT), "encounters[0].observations[0]: a measure or a note is expected"),
    (one(point=POINT, overall=3), "encounters[0].observations[0].overall: is not asked of a point"),
    (
        one(point=POINT, level=3, surprise="yes"),
        'encounters[0].observations[0].surprise: "good", "bad" or "none" is expected',
    ),
    (
        one(point=POINT, level=3, asked_p=0),
        "encounters[0].observations[0].asked_p: a number above 0 and up to 1 is expected",
    ),
]


def test_lines(tap, client):
    """What is wrong with lines is found by their number, blank ones counted."""
    line = json.dumps(encounter()) + "\n"
    wrong = json.dumps(encounter(audience="guests")) + "\n"
    status, told = client.send(line + line)
    tap.ok(status == 400 and told["detail"].startswith("line 2, column 1: ")
           and told["detail"].endswith("; for an encounter a line use Content-Type: application/x-ndjson"),
           "lines that are not said to be lines", told)  # fmt: skip
    for text, said in (
        (line + "\n" + line + wrong, "line 4: encounters[2].audience: ‘guests’ is not on the map"),
        (line + "\n" + "{\n", "line 3, column 1: "),
    ):
        status, told = client.send(text, Content_Type="application/x-ndjson")
        tap.ok(status == 400 and told["detail"].startswith(said) and "use Content" not in told["detail"],
               f"refused: {said}", told)  # fmt: skip


def test_yes(tap, client, folder):
    """true is 1 and false 0 where a measure is yes or no."""
    for kept in (True, False, 1, 0, True):
        status, told = client.send(one(promise="next-day", kept=kept))
        tap.equal(status, 201, f"kept: {kept}")
    said = run(folder, "sql", "shop.plx", "SELECT kept, count(*) FROM observation WHERE kept IS NOT NULL "
               "GROUP BY kept ORDER BY kept", "--format", "csv")  # fmt: skip
    tap.equal(said.split()[1:], ["0,2", "1,3"], "as numbers are")


def test_faults(tap, client, folder):
    before = json.loads(run(folder, "info", "shop.plx", "--format", "json"))["observations"]
    for body, said in FAULTS:
        status, told = client.send(body)
        tap.equal((status, told["detail"]), (400, said), f"refused: {said}")
    status, told = client.send([encounter(), one(point=POINT, level=9)])
    tap.equal(status, 400, "one wrong, none stored")
    after = json.loads(run(folder, "info", "shop.plx", "--format", "json"))["observations"]
    tap.equal(after, before, "nothing of it was stored")


FUTURE = "2999-01-01T00:00Z"
TWICE = [{"point": POINT, "level": 4}, {"point": POINT, "level": 4}]
AGAINST = [{"point": POINT, "level": 4}, {"point": OTHER, "level": 1}, {"point": POINT, "level": 2}]
ITEMS = [{"point": POINT, "level": 4}, {"point": POINT, "level": 2, "item": 2}]
WORDS = [{"note": "quick", "prompt": "comment"}, {"note": "kind", "prompt": "comment"}]


def test_future(tap, client):
    """What has not happened yet cannot have been met; clocks and time zones differ by a day."""
    status, told = client.send(encounter(time=FUTURE))
    said = told["detail"]
    today = datetime.now(timezone.utc).date().isoformat()
    tap.equal(
        (status, said.replace(today, "TODAY")),
        (400, f"encounters[0].time: ‘{FUTURE}’ is in the future: it is TODAY (UTC), and at most a day "
              "later is expected"),
        "a time in the future is refused",
    )  # fmt: skip
    tomorrow = datetime.now(timezone.utc) + timedelta(hours=20)
    status, _ = client.send(encounter(time=tomorrow.strftime("%Y-%m-%dT%H:%M")))
    tap.equal(status, 201, "not that of a clock in another time zone")
    later = (datetime.now(timezone.utc) + timedelta(hours=30)).replace(microsecond=0)
    east = later.astimezone(timezone(timedelta(hours=12)))
    status, _ = client.send(encounter(time=east.isoformat()))
    tap.equal(status, 400, "a zone that is named is taken at its word")


def test_one_thing_twice(tap, client):
    """As files have it: equal rows count once, others are refused with both places."""
    status, told = client.send(encounter(observations=TWICE))
    tap.equal((status, told["observations"]), (201, 1), "the same twice counts once")
    status, told = client.send(encounter(observations=AGAINST))
    tap.equal(
        (status, told["detail"]),
        (400, "encounters[0].observations[2]: is of the same encounter, thing and prompt as "
              "encounters[0].observations[0], and says something else: one of them is expected, or "
              "an item (1, 2, …) that tells them apart"),
        "two levels of one point are refused",
    )  # fmt: skip
    status, told = client.send(encounter(observations=ITEMS))
    tap.equal((status, told["observations"]), (201, 2), "but not of two items")
    status, told = client.send(encounter(observations=WORDS))
    tap.equal((status, told["observations"]), (201, 2), "nor what was written of two things")
    named = encounter(encounter="e-twice", observations=TWICE[:1])
    status, told = client.send([named, encounter(), named])
    tap.equal((status, told["observations"]), (201, 3), "a named encounter sent twice counts once")
    other = {**named, "observations": [{"point": POINT, "level": 1}]}
    status, told = client.send([named, encounter(), other])
    tap.ok(status == 400 and "encounters[2].observations[0]: is of the same" in told["detail"],
           "and may not contradict itself", told)  # fmt: skip
    status, told = client.send([named, {**named, "place": "Linz"}])
    tap.equal(status, 400, "nor be at two places")


def test_out(tap, client, folder):
    status, text = client.get("/api/readings/gaps")
    told = run(folder, "gaps", "shop.plx", "--format", "json")
    tap.equal((status, text.strip()), (200, told.strip()), "gaps, as the command gives them")
    status, text = client.get("/api/readings/gaps?by=place&since=2026-01-01")
    told = run(folder, "gaps", "shop.plx", "--format", "json", "--by", "place", "--since",
               "2026-01-01")  # fmt: skip
    tap.equal((status, text.strip()), (200, told.strip()), "with options")
    status, text = client.get(f"/api/readings/point?argument={POINT}")
    tap.equal((status, json.loads(text)["schema"]), (200, "parallax.point/1"), "one point")
    for path, status, said in (
        ("/api/readings/gap", 404, 'there is no reading ‘gap’; did you mean "gaps"?'),
        ("/api/readings/export", 404, "there is no reading ‘export’"),
        ("/api/readings/gaps?output=/tmp/x", 400, "‘gaps’ takes no option ‘output’ here"),
        ("/api/readings/gaps?named=leader", 400, "‘gaps’ takes no option ‘named’ here"),
        ("/api/readings/gaps?declare=leader:served", 400, "‘gaps’ takes no option ‘declare’ here"),
        ("/api/readings/gaps?population=leader=2", 400, "‘gaps’ takes no option ‘population’ here"),
        ("/api/readings/gaps?map=/etc/passwd", 400, "‘gaps’ takes no option ‘map’ here"),
        ("/api/readings/gaps?since=soon", 400, None),
        ("/api/readings/point", 400, "‘point’ is asked about one point, by its id or title: /api/readings/point?argument=doorstep"),
        ("/api/readings/compare?argument=/etc/passwd", 400, "‘compare’ takes no option ‘argument’ here"),
    ):
        got, text = client.get(path)
        tap.equal(got, status, f"{path} is refused")
        if said:
            tap.equal(json.loads(text)["detail"], said, f"{path} says why")
    status, text = client.get("/api/openapi.json")
    paths = json.loads(text)["paths"]
    tap.ok("/api/readings/{name}" in paths and "/api/encounters" in paths, "OpenAPI", paths)


def test_beside(tap, client, reader, folder):
    """A reading in the server and commands beside it leave the server's log of the file alone."""
    reader.get("/api/readings/gaps")
    run(folder, "link", "list", "shop.plx")
    tap.ok((folder / "shop.plx-wal").exists(), "the log is still there")
    before = json.loads(run(folder, "info", "shop.plx", "--format", "json"))["observations"]
    client.send(encounter())
    after = json.loads(run(folder, "info", "shop.plx", "--format", "json"))["observations"]
    tap.equal(after, before + 2, "and others see what came then")


def test_who(tap, service, reader, collector):
    nobody = Client(service, None)
    tap.equal(nobody.send(encounter())[0], 401, "nobody stores")
    tap.equal(nobody.get("/api/readings/gaps")[0], 401, "nobody reads")
    tap.equal(Client(service, "plx_" + "A" * 43).get("/api/readings/gaps")[0], 401, "a made-up token")
    tap.equal(reader.send(encounter())[0], 403, "who reads does not store")
    tap.equal(collector.get("/api/readings/gaps")[0], 403, "who stores does not read")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "init", "shop.plx", "--template", "marketplace-order")
        collector, reader = make_token(folder, "collect"), make_token(folder, "read")
        with Service(PARALLAX, folder, "shop.plx") as service:
            test_in(tap, Client(service, collector))
            test_once(tap, Client(service, collector))
            test_faults(tap, Client(service, collector), folder)
            test_lines(tap, Client(service, collector))
            test_yes(tap, Client(service, collector), folder)
            test_beside(tap, Client(service, collector), Client(service, reader), folder)
            test_out(tap, Client(service, reader), folder)
            test_who(tap, service, Client(service, reader), Client(service, collector))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
