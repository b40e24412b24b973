#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people of the app do: commands done for who is signed in, files for them, files that they write; who may;
and that nobody reaches beyond the workspace by it.

usage: test_commands.py PARALLAX
"""

import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
SOURCES = Path(__file__).resolve().parent.parent.parent / "src"
PASSWORD = "hop on the bus"
ROLES = ("viewer", "analyst", "editor", "administrator", "shopper")


def run(folder, *arguments):
    result = subprocess.run([PARALLAX, *arguments], cwd=folder, text=True, capture_output=True, check=False)
    if result.returncode:
        raise AssertionError(f"{arguments}: {result.stderr}")
    return result.stdout


class Person:
    """Somebody with an account, in a browser."""

    def __init__(self, service, folder, role):
        self.service = service
        self.role = role
        link = run(folder, "user", "add", "shop.plx", f"{role}@example.org", "--role", role, "--by", "test").strip()
        status, headers, _ = service.post(link, {"new": PASSWORD, "again": PASSWORD})
        assert status == 303
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', self.get("/visits")[2]).group(1)

    def get(self, path, **headers):
        return self.service.get(path, Cookie=self.cookie, **headers)

    def send(self, path, body, csrf=None):
        return self.service.ask("POST", path, body, Cookie=self.cookie, X_CSRF=csrf or self.csrf, Accept="application/json")

    def do(self, words, *arguments, **options):
        """(status, what came)"""
        named = {name.replace("_", "-"): value for name, value in options.items()}
        body = json.dumps({"arguments": arguments, "options": named})
        status, _, text = self.send("/command/" + words.replace(" ", "/"), body)
        return status, json.loads(text)

    def upload(self, name, content):
        status, _, text = self.send("/upload/" + quote(name, safe=""), content)
        return json.loads(text)["file"] if status == 201 else status

    def file(self, path, **options):
        named = {name.replace("_", "-"): value for name, value in options.items()}
        return self.get(f"/file/{path}" + (f"?{urlencode(named, doseq=True)}" if options else ""))


def acts():
    """(name, verb, who may) of every row."""
    text = (SOURCES / "serve" / "acts.c").read_text()
    text = text[text.index("acts[] = {") : text.index("\n};")]
    rows = re.findall(r'\{\s*\.name = "([a-z]+)",\s*(?:\.verb = "([a-z]+)",\s*)?\.needs = PLX_MAY_([A-Z]+)', text)
    assert len(rows) == text.count(".name ="), "every row is read"
    return rows


def test_who(tap, people, folder):
    """Each command by each role; nothing is asked of it, so that it does nothing."""
    least = {"VIEW": 0, "ANALYSE": 1, "EDIT": 2, "ADMINISTER": 3}
    bad = []
    for name, verb, needs in acts():
        shown = subprocess.run([PARALLAX, "help", name, *([verb] if verb else [])], cwd=folder, capture_output=True,
                               text=True, check=False)
        if shown.returncode:
            bad.append(f"{name} {verb}: no such command")
        path = "/".join(part for part in (name, verb) if part)
        for rank, role in enumerate(ROLES):
            may = role != "shopper" and rank >= least[needs]
            posted = people[role].send(f"/command/{path}", '{"arguments": [], "options": {"no-such-option": 1}}')[0]
            got = people[role].get(f"/file/{path}/x.html?no-such-option=1")[0]
            if (posted == 403) == may and (got == 403) == may:
                bad.append(f"{path} by {role}: {posted}, {got}")
    tap.ok(not bad, "each command is for whom its row says", *bad)


def test_do(tap, people, folder):
    editor = people["editor"]
    status, done = editor.do("link create", audience="staff")
    tap.equal((status, done["document"]["schema"]), (200, "parallax.link/1"), "a command with a document")
    line = f"parallax link create shop.plx --audience staff --base-url {editor.service.url}"
    tap.equal(done["line"], line, "and how it is typed")
    status, other = editor.do("link create", audience="staff", channel="/web/shop")
    tap.ok(" --channel /web/shop " in other["line"], "a text is no file, whatever it begins with", other["line"])
    log = run(folder, "audit", "list", "shop.plx", "--format", "json")
    entry = [e for e in json.loads(log)["entries"] if e["act"].startswith("link")][-1]
    tap.ok(re.fullmatch(r"account \d+ \(editor@example.org\)", entry["actor"]), "it was done by an account", entry)
    status, done = editor.do("link create", audience="customer", places=str(folder / "shop.plx"))
    tap.ok(status == 400 and "there is no such file" in done["detail"], "no file of the server is read for places", done)
    status, done = editor.do("map show")
    tap.ok(status == 200 and done["document"]["map"]["title"] == "Marketplace order", "the map", done)
    status, done = editor.do("link show", "99")
    tap.equal(status, 404, "what is not there")
    status, done = editor.do("link create", audience="nobody")
    tap.ok(status in (400, 404) and "nobody" in done["detail"], "what is wrong is said", done)
    for body in ("", "[]", '{"arguments": "x"}', '{"options": []}', '{"arguments": [1]}', '{"options": {"audience": null}}'):
        tap.equal(editor.send("/command/link/create", body)[0], 400, f"not understood: {body}")
    tap.equal(editor.send("/command/link/create", "{}", csrf="x" * 43)[0], 403, "not by a form of another site")
    tap.equal(editor.do("serve")[0], 404, "no command but those of the list")
    tap.equal(people["administrator"].do("sql", "DELETE FROM audit")[0], 404, "nor by an administrator")


def test_ours(tap, people, folder):
    """What a request may not say: who acts, where it is written, that people are named, files that are there."""
    editor = people["editor"]
    secret = folder / "secret.yaml"
    secret.write_text("parallax: 1\ntitle: Secret\n")
    tried = [
        editor.do("link create", audience="staff", by="anna"),
        editor.do("link create", audience="staff", output=str(folder / "x.json")),
        editor.do("link create", audience="staff", format="csv"),
        editor.do("link create", audience="staff", threads=64),
        editor.do("step list", "--output=x"),
        editor.do("map apply", str(secret)),
        editor.do("import", str(secret)),
        editor.do("import", "@" + "x" * 43 + "/../../secret.yaml"),
        editor.do("import", editor.upload("r.csv", "audience,point,level\n"), map=str(secret)),
    ]
    tap.ok(all(status in (400, 404) for status, _ in tried), "none of it", *map(str, tried))
    tap.ok(not (folder / "x.json").exists() and not any("Secret" in json.dumps(done) for _, done in tried), "nothing came of it")
    for query in ("output=/tmp/x.html", "named=leader", "map=secret.yaml"):
        tap.equal(editor.get(f"/file/report/x.html?{query}")[0], 400, f"nor in a query: {query}")


def test_paths(tap, people, folder):
    """No file of the server's is read or written for anybody: a path is no file that was sent."""
    editor, viewer = people["editor"], people["viewer"]
    other = folder / "other.csv"
    other.write_text("audience,respondent,point,level\n" + "".join(f"customer,r{i},secret-door,{i % 6 + 1}\n" for i in range(40)))
    secret = folder / "secret.yaml"
    secret.write_text("swordfish: 1\n")
    logo = folder / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"swordfish" * 4)
    rejects = folder / "rejects.csv"
    csv = "audience,point,level\ncustomer,doorstep,9\ncustomer,doorstep,3\n"
    brand = editor.upload("brand.yaml", f"name: Shop\nlogo: {logo}\n")
    tried = [
        viewer.file("compare/x.csv", argument=str(other)),
        viewer.file("compare/x.html", argument=str(other)),
        viewer.file("compare/x.html", argument="shop.plx", weights=str(other), a="place=Graz", b="place=Wien"),
        viewer.file("report/x.html", reading="beliefs", brand=str(secret)),
        viewer.file("report/x.html", weights=str(secret)),
        viewer.file("report/x.html", population="leader=8"),
        editor.file("report/x.html", reading="beliefs", brand=brand),
        editor.file("workshop/print/x.html", brand=brand),
        editor.file("workshop/print/x.html", brand=str(secret)),
        editor.do("import", editor.upload("r.csv", csv), max_errors=5, rejects=str(rejects)),
        editor.do("import", editor.upload("r.csv", csv), recipe=str(secret)),
        editor.do("import", editor.upload("r.csv", csv), recipe="-"),
        editor.do("recipe suggest", editor.upload("r.csv", csv), map=str(secret)),
        editor.do("recipe suggest", editor.upload("r.csv", csv), choices=str(secret)),
        editor.do("map draft", editor.upload("r.csv", csv), answers=True, recipe=str(secret)),
        people["administrator"].do("doctor", ca=str(secret)),
        people["administrator"].do("doctor", url="http://127.0.0.1:1"),
        people["administrator"].do("webhook add", "http://127.0.0.1:1/in", allow_private=True, events="visit.sent"),
    ]
    for answer in tried:
        told = answer[-1] if isinstance(answer[-1], str) else json.dumps(answer[-1])
        secrets = ("swordfish", "c3dvcmRmaXNo", "secret-door", str(folder))  # the second is the first in a logo
        tap.ok(answer[0] == 400 and not any(word in told for word in secrets), "no path is followed", str(answer[0]), told)
    tap.ok(not rejects.exists(), "nothing is written")
    csv = "Question,Rating\n" + "Was it on time?,4\n" * 3
    status, done = editor.do("import", editor.upload("r.csv", csv), recipe="airline", dry_run=True)
    tap.ok("file that was sent" not in json.dumps(done), "a recipe inside the program is known by its name", done)
    status, done = editor.do("visit plan", note="@anna, at the door")
    tap.ok("not here any more" not in json.dumps(done), "a text may begin with @", done)


def test_locks(tap, people, folder):
    """Getting a page locks no guesses, however it is asked for: a link on some other page would do it."""
    for more in ({"reading": "beliefs", "rehearsal": "false"}, {"reading": "beliefs", "rehearsal": "0"}, {"reading": "beliefs,"},
                 {"reading": " beliefs"}):
        people["viewer"].file("report/reveal.html", **more)
        with closing(sqlite3.connect(folder / "shop.plx")) as workspace:
            tap.equal(workspace.execute("SELECT count(*) FROM reveal").fetchone()[0], 0, f"nothing is locked: {more}")


def test_files(tap, people, folder):
    editor, viewer = people["editor"], people["viewer"]
    csv = "audience,respondent,point,level\n" + "".join(f"customer,r{i},doorstep,{i % 6 + 1}\n" for i in range(30))
    file = editor.upload("last year.csv", csv)
    status, done = editor.do("import", file)
    tap.equal((status, done.get("line")), (200, "parallax import shop.plx 'last year.csv'"), "a file is imported")
    tap.equal(people["administrator"].do("import", file)[0], 404, "nobody else finds it")
    status, done = editor.do("import", editor.upload("bad.csv", "audience,point,level\ncustomer,doorstep,9\n"))
    wrong = done["document"]["files"][0]["wrong"][0]
    tap.ok(done["problem"].startswith("bad.csv:2:19: "), "errors name the file as it was called", done)
    tap.equal((wrong["line"], wrong["cells"][wrong["cell"] - 1]), (2, "9"), "and the cell")
    kept = editor.do("imports list")[1]["document"]["imports"]
    tap.equal(kept[-1]["file"], "last year.csv", "no folder of ours is kept")
    status, done = editor.do("recipe suggest", editor.upload("survey.csv", "Seat,Food\n4,5\n3,2\n1,4\n"))
    tap.equal(done["line"], "parallax recipe suggest shop.plx survey.csv", "a recipe is suggested")
    tap.equal([one["is"] for one in done["document"]["columns"]], ["point", "point"], "from what columns hold")
    tap.equal(viewer.upload("x.csv", csv), 403, "not by who only reads")
    document = editor.do("map show")[1]["document"]
    document["map"]["title"] = "The market"
    file = editor.upload("map.json", json.dumps(document["map"]))
    status, done = editor.do("map apply", file, onto=document["number"], dry_run=True)
    tap.ok(status == 200 and done["document"]["changes"] and not done["document"]["applied"], "a map is tried", done)
    tap.equal(editor.do("map apply", file)[0], 404, "a map waits for one command alone")
    for title, conflicts in (("The market", 0), ("A market", 1)):
        document["map"]["title"] = title
        status, done = editor.do("map apply", editor.upload("map.json", json.dumps(document["map"])), onto=document["number"])
        tap.ok(status == 200 and len(done["document"]["conflicts"]) == conflicts, "what others changed is told", done)
    for person, fewest, expected in ((editor, 2, 400), (editor, 7, 200), (people["administrator"], 2, 200)):
        shown = person.do("map show")[1]["document"]
        shown["map"].setdefault("audiences", {})["customer"] = {"minimum": fewest}
        status, done = person.do("map apply", person.upload("map.json", json.dumps(shown["map"])), onto=shown["number"])
        tap.equal(status, expected, f"the smallest group becomes {fewest}, by {person.role}")
        if status == 400:
            tap.ok("for administrators to do" in json.dumps(done), "an editor is told whose it is", done)
    status, headers, text = viewer.file("report/monday.html", reading="gaps")
    tap.ok(status == 200 and "<!DOCTYPE html>" in text and headers["Content-Type"] == "text/html; charset=utf-8", "a page")
    tap.ok("attachment" in headers["Content-Disposition"] and "sandbox" in headers["Content-Security-Policy"], "to be kept")
    tap.equal(headers["Parallax-Command"], "parallax report shop.plx --reading gaps --output monday.html", "made by")
    status, headers, _ = viewer.file("report/x.html", reading="gaps", where="place!=100% ‘Bio’ %41")
    tap.ok(unquote(headers["Parallax-Command"]).endswith("'place!=100% ‘Bio’ %41' --output x.html"), "whatever is chosen", headers)
    guesses = "audience,respondent,point,level,believed\n" + "".join(
        f"leader,l{i},doorstep,,8\ncustomer,c{i},doorstep,{i % 6 + 1},\n" for i in range(12))
    tap.equal(editor.do("import", editor.upload("guesses.csv", guesses))[0], 200, "guesses")
    status, headers, _ = viewer.file("report/reveal.html", reading="beliefs")
    tap.ok(status == 200 and "--rehearsal" in headers["Parallax-Command"], "the page for the room, beforehand")
    with closing(sqlite3.connect(folder / "shop.plx")) as workspace:
        tap.equal(workspace.execute("SELECT count(*) FROM reveal").fetchone()[0], 0, "getting a page locks no guesses")
    tap.equal(viewer.file("report/x.exe")[0], 400, "of a kind there is")
    tap.equal(viewer.file("report/..%2F..%2Fx.html", reading="gaps")[0], 400, "under a name, not elsewhere")
    status, _, text = people["administrator"].file("export/answers.csv")
    tap.ok(status == 200 and text.startswith("audience,"), "an export", text[:80])
    status, headers, _ = people["administrator"].get("/file/backup/copy.plx", Accept_Encoding="gzip")
    tap.ok(status == 200 and headers["Content-Type"] == "application/octet-stream", "a backup")
    log = json.loads(run(folder, "audit", "list", "shop.plx", "--format", "json"))["entries"]
    taken = [(e["act"], e["about"], "administrator@" in e["actor"]) for e in log if e["act"] in ("export", "backup")]
    tap.equal(taken, [("export", "answers.csv", True), ("backup", "copy.plx", True)], "who took all answers along is in the log")


def test_page(tap, people):
    """The app's page, at all its addresses; nothing foreign in it."""
    for path in ("/app", "/app/ask", "/app/ask/links", "/app/point/doorstep"):
        status, headers, text = people["viewer"].get(path)
        tap.ok(status == 200 and 'id="app"' in text and 'data-role="viewer"' in text, f"{path} is the app")
    policy = headers["Content-Security-Policy"]
    tap.ok("default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy, "under a strict policy", policy)
    for asset in re.findall(r'(?:src|href)="(/asset/[^"]+)"', text):
        status, headers, _ = people["viewer"].get(asset)
        tap.ok(status == 200 and "immutable" in headers["Cache-Control"], f"{asset} is there for good")
    tap.equal(people["shopper"].get("/app")[0], 403, "no app for a shopper")
    tap.equal([people[role].get("/")[1]["Location"] for role in ("viewer", "shopper")], ["/app", "/visits"], "each to theirs")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="parallax-commands-") as name:
        folder = Path(name)
        run(folder, "init", "shop.plx", "--template", "marketplace-order")
        with Service(PARALLAX, folder, "shop.plx") as service:
            people = {role: Person(service, folder, role) for role in ROLES}
            test_who(tap, people, folder)
            test_do(tap, people, folder)
            test_ours(tap, people, folder)
            test_files(tap, people, folder)
            test_paths(tap, people, folder)
            test_locks(tap, people, folder)
            test_page(tap, people)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
