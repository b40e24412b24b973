#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every command that README.md, docs/*.md and docs/methods/*.md show, so that none of them lies.

usage: run_docs.py PARALLAX [FILE...]

Commands are the lines that start with "$ " in fenced `console` or `sh` blocks; a trailing backslash
continues them. Those of one document run in order in one scratch folder, with `parallax` in PATH
and build/, examples/ and docs/ of the source tree in reach; the demo that many begin with is made
once. Each must end with status 0, or with the one a comment names: `$ parallax gaps bad.csv  # exit 2`.
A block opened by ```console no-test is left alone (what needs the network, a browser or the source
tree itself). One opened by ```console needs=olist works on data that are not ours to pass on: it
finds ../shared/data/olist as the folder olist, and is skipped where that is not there.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

SOURCE = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^\s*```\s*(\S*)\s*(.*)$")
NEEDS = re.compile(r"\bneeds=([\w-]+)")
EXIT = re.compile(r"\s# exit (\d+)\s*$")
DEMO = re.compile(r"parallax demo (\w+) -q")
TIMEOUT = 300
DATA = SOURCE.parent / "shared" / "data"


def commands(text):
    """(line number, command, expected status, folder of data it needs or None) of a document."""
    found = []
    inside = tested = False
    needs = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if fence:
            inside = not inside
            tested = inside and fence.group(1) in ("console", "sh") and "no-test" not in fence.group(2)
            needs = NEEDS.search(fence.group(2))
            continue
        if not tested or not line.startswith("$ "):
            continue
        command = line[2:]
        for following in lines[number:]:
            if not command.endswith("\\"):
                break
            command = command[:-1] + following.removeprefix("> ")
        status = EXIT.search(command)
        found.append((number, EXIT.sub("", command), int(status.group(1)) if status else 0,
                      needs and needs.group(1)))
    return found


def give_data(scratch, name):
    """Is the data there? Puts it in reach."""
    if not (DATA / name).is_dir():
        return False
    if not (scratch / name).exists():
        (scratch / name).symlink_to(DATA / name)
    return True


def prepare(parallax, scratch):
    (scratch / ".bin").mkdir()
    (scratch / ".bin" / "parallax").symlink_to(parallax)
    (scratch / "build").symlink_to(parallax.parent)
    for name in ("examples", "docs"):
        (scratch / name).symlink_to(SOURCE / name)
    return {
        **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")},
        "PATH": f"{scratch}/.bin:{os.environ['PATH']}",
        "HOME": str(scratch),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def run(command, scratch, env, kept):
    """(exit status, stderr). `kept`: where the quiet demo lies once a document has made it."""
    demo = DEMO.fullmatch(command)
    if demo and kept.exists():
        shutil.copytree(kept, scratch / demo.group(1))
        return 0, ""
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=scratch, env=env, text=True,
        stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False,
    )
    if demo and result.returncode == 0:
        shutil.copytree(scratch / demo.group(1), kept)
    return result.returncode, result.stderr


def run_document(tap, parallax, path, kept):
    with tempfile.TemporaryDirectory(prefix="parallax-docs-") as folder:
        scratch = Path(folder)
        env = prepare(parallax, scratch)
        for number, command, expected, needs in commands(path.read_text()):
            name = f"{path.relative_to(SOURCE)}:{number}: {command}".replace("#", "\\#")
            if needs and not give_data(scratch, needs):
                tap.skip(name, f"../shared/data/{needs} is not there")
                continue
            status, errors = run(command, scratch, env, kept)
            tap.ok(
                status == expected, name,
                f"exit status {status}, expected {expected}", errors,
            )


def test_parser(tap):
    """The parser itself, or a slip in it would pass every document."""
    text = "```console\n$ a\nout\n$ b \\\n> c # exit 2\n```\n$ no\n```console no-test\n$ no\n```\n```c\n$ no\n```" \
        "\n```console needs=olist\n$ d\n```\n```sh\n$ e\n```"
    tap.equal(commands(text), [(2, "a", 0, None), (4, "b c", 2, None), (15, "d", 0, "olist"),
                               (18, "e", 0, None)], "commands are found in fenced blocks")
    with tempfile.TemporaryDirectory(prefix="parallax-docs-") as folder:
        tap.ok(not give_data(Path(folder), "no-such-data") and not list(Path(folder).iterdir()),
               "data that are not there are said to be not there")


def main():
    parallax = Path(sys.argv[1]).resolve()
    documents = [Path(p).resolve() for p in sys.argv[2:]]
    documents = documents or [SOURCE / "README.md", *sorted((SOURCE / "docs").rglob("*.md"))]
    tap = Tap()
    test_parser(tap)
    with tempfile.TemporaryDirectory(prefix="parallax-docs-") as folder:
        for path in documents:
            if path.exists():
                run_document(tap, parallax, path, Path(folder) / "demo")
    return tap.done()


sys.exit(main())
