#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`workshop code --interactive` in a real terminal (tmux): sorted by keys, each act kept at once.

usage: test_sort.py PARALLAX
"""

import csv
import io
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402
from typist import Terminal  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
tap = Tap()


def parallax(folder, *arguments):
    return subprocess.run([PARALLAX, *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, check=True).stdout


def sorted_answers(folder):
    """{answer: (theme, points)} of what is in a theme."""
    text = parallax(folder, "workshop", "code", "shop.plx", "--format", "csv")
    return {row["answer"]: (row["theme"], row["points"])
            for row in csv.DictReader(io.StringIO(text)) if row["theme"]}


def acts(folder):
    return [line.split(" ", 1)[1].strip()
            for line in parallax(folder, "workshop", "code", "shop.plx", "--log").splitlines()]


def open_list(terminal):
    terminal.run(f"clear; {PARALLAX} workshop code shop.plx --interactive; echo left $?")
    return terminal.wait("Sorting · shop.plx", "q leave")


def find(terminal, words):
    terminal.keys("Escape")
    terminal.wait("only with", gone=True)
    terminal.type("/" + words)
    terminal.keys("Enter")
    terminal.wait(f"only with: {words}", "q leave")


def title(terminal, words):
    terminal.keys("Tab")
    terminal.wait("Theme:")
    terminal.type(words)
    terminal.keys("Enter")


def test_acts(folder):
    with Terminal(100, 24, folder) as terminal:
        screen = open_list(terminal)
        tap.ok("\nwell " in screen and "? " in screen, "questions and suggestions", screen)
        find(terminal, "tray")
        title(terminal, "Trays")
        terminal.wait("1 answer into \"Trays\"", "1 of ")
        tap.equal(sorted_answers(folder), {"Carrying the tray upstairs": ("Trays", "")},
                  "kept while the list is open")
        find(terminal, "toilet")
        title(terminal, "tray")
        terminal.wait("into \"tray\"")
        terminal.type("m")
        terminal.wait("Merge into:")
        terminal.type("TRA")
        terminal.keys("Tab")
        terminal.wait("Merge into: Trays")
        terminal.keys("Enter")
        terminal.wait("\"tray\" merged into \"Trays\"")
        terminal.type("r")
        terminal.wait("New title: Trays")
        terminal.type(" upstairs")
        terminal.keys("Enter")
        terminal.wait("\"Trays\" renamed \"Trays upstairs\"")
        terminal.type("tqueue")
        terminal.keys("Tab")
        terminal.wait("About the point: Waiting in the queue")
        terminal.keys("Enter")
        terminal.wait("Trays upstairs → waiting-in-the-queue")
        terminal.type("?")
        terminal.wait("any key goes on", "take the answer out")
        terminal.type(" x")
        terminal.wait("1 answer taken out")
        terminal.type("u")
        terminal.wait("taken back: 1 answer taken out")
        terminal.type("q")
        screen = terminal.wait("left 0")
        tap.ok("6 acts done, 1 taken back" in screen, "how many acts", screen)
    tied = ("Trays upstairs", "waiting-in-the-queue")
    tap.equal(sorted_answers(folder),
              {"Carrying the tray upstairs": tied, "Finding the toilet": tied}, "all is kept")
    tap.equal(acts(folder),
              ['1 answer into "Trays"', '1 answer into "tray"', '"tray" merged into "Trays"',
               '"Trays" renamed "Trays upstairs"',
               '"Trays upstairs" tied to waiting-in-the-queue'], "each act is one in the log")


def test_ends(folder):
    """Killed: what was done is there. Ctrl-C: the terminal is given back. Small: it says so."""
    before = len(sorted_answers(folder))
    with Terminal(80, 24, folder, {"NO_COLOR": "1"}) as terminal:
        open_list(terminal)
        terminal.keys("Enter")
        terminal.wait("1 answer into")
        terminal.kill("Sorting ·")
        tap.ok(len(sorted_answers(folder)) == before + 1, "kill -9 loses no act")
        open_list(terminal)
        terminal.resize(50, 10)
        terminal.wait("Make the window larger")
        terminal.resize(80, 20)
        terminal.wait("Sorting · shop.plx")
        find(terminal, "nobody")
        terminal.wait("No answer holds that")
        terminal.keys("C-c")
        terminal.wait("0 acts done")
        terminal.run("echo left $?")
        terminal.wait("left 130")
        terminal.run("clear; stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon; echo o''k")
        screen = terminal.wait("ok\n")
        tap.ok("echo\n" in screen and "icanon\n" in screen, "the terminal is given back", screen)


def test_another(folder):
    """Somebody else sorted meanwhile: nothing of theirs is lost, and it is said."""
    with Terminal(80, 24, folder) as terminal:
        open_list(terminal)
        parallax(folder, "workshop", "code", "shop.plx", "--rename", "Trays upstairs=Stairs")
        find(terminal, "toilet")
        terminal.type("x")
        screen = terminal.wait("left 5")
        tap.ok("another program" in screen, "another program's act is not overwritten", screen)
    tap.ok(sorted_answers(folder)["Finding the toilet"][0] == "Stairs", "it is as they left it")


def main():
    with tempfile.TemporaryDirectory(prefix="parallax-sort-") as name:
        folder = Path(name)
        parallax(folder, "init", "shop.plx", "--map", str(EXAMPLES / "maps/smallest.yaml"))
        parallax(folder, "import", "shop.plx", str(EXAMPLES / "ratings/workshop.csv"))
        test_acts(folder)
        test_ends(folder)
        test_another(folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
