#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`workshop enter` in a real terminal (tmux): typed, killed, opened again, mended, imported.

usage: test_enter.py PARALLAX
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402
from typist import Terminal, answers, guesses, type_answers, type_guesses  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
MAP = Path(__file__).resolve().parents[2] / "src/map/templates/marketplace-order.yaml"
tap = Tap()


def parallax(folder, *arguments):
    return subprocess.run([PARALLAX, *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, check=False)


def enter(terminal, what, *options, shown="· workshop autumn"):
    """Opens the grid; `left STATUS` follows when it is closed."""
    line = " ".join([str(PARALLAX), "workshop enter shop.plx", what, "--workshop autumn", *options])
    terminal.run(f"clear; {line}; echo left $?")
    return terminal.wait(shown)


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def wait_rows(terminal, path, n, shown):
    """The file's rows once the screen says that the last of them is there."""
    terminal.wait(shown)
    found = rows(path)
    tap.ok(len(found) == n, f"{path.name} has {n} rows", f"it has {len(found)}")
    return found


def test_guesses(folder):
    people = guesses()
    path = folder / "shop-guesses.csv"
    with Terminal(127, 40, folder) as terminal:
        enter(terminal, "guess")
        type_guesses(terminal, people[:3])
        terminal.type("4")
        terminal.keys("Enter")
        terminal.type("n7")
        typed = sum(len(keys) - keys.count("-") for _, _, keys in people[:3])
        wait_rows(terminal, path, typed + 1, "+   4 4              no   7")
        terminal.kill("· workshop")
        screen = enter(terminal, "guess")
        tap.ok(all(f"+   {i} {i}" in screen for i in (1, 2, 3, 4)), "after kill -9 all are there",
               screen)
        # Out with the half row, back with it, out again: the cursor is in the empty one below.
        terminal.keys("Up", "C-k")
        terminal.wait("+   4", gone=True)
        terminal.keys("C-u")
        terminal.wait("+   4 4")
        terminal.keys("C-k")
        terminal.wait("+   4", gone=True)
        type_guesses(terminal, people[3:4])
        check_eleven(terminal)
        check_sizes(terminal)
        type_guesses(terminal, people[4:])
        terminal.keys("C-x")
        screen = terminal.wait("left 0")
    n = sum(len(keys) - keys.count("-") for _, _, keys in people)
    tap.ok(f"{n} observations taken" in screen, "the receipt", screen)
    check_file(rows(path), people)
    check_room(folder)


def check_eleven(terminal):
    """11 stays until it is mended."""
    terminal.type("eleven")
    terminal.keys("Enter")
    terminal.type("n11")
    terminal.wait("11: expected 0 to 10", "! ")
    terminal.keys("Enter", "Tab")
    terminal.type(" ")
    screen = terminal.wait("11: expected 0 to 10")
    tap.ok("1  Campaign page" in screen, "11 cannot be typed past", screen)
    terminal.keys("C-k", "C-n")
    terminal.wait("eleven", gone=True)


def check_sizes(terminal):
    terminal.resize(80, 24)
    terminal.wait("Guesses ·")
    terminal.resize(50, 10)
    terminal.wait("Make the window larger")
    terminal.resize(80, 24)
    screen = terminal.wait("Guesses ·", "+   1 1")
    tap.ok("Enter on" in screen.splitlines()[-1], "another size is drawn anew", screen)


def check_file(found, people):
    """What was typed is in the file, digit by digit."""
    typed = {}
    for row in found:
        number = row["respondent"].removeprefix("autumn leader ")
        typed.setdefault(number, []).append(row["believed"].replace("10", "x"))
    expected = {number: list(keys.replace("-", "")) for number, _, keys in people}
    tap.equal({k: typed[k] for k in sorted(typed)}, expected, "the file has what was typed")
    seen = {row["respondent"][-1] for row in found if row["seen"] == "1"}
    tap.equal(seen, {number for number, seen, _ in people if seen == "y"}, "who had seen results")


def check_room(folder):
    beliefs = parallax(folder, "beliefs", "shop.plx")
    tap.ok(beliefs.returncode == 0 and "Campaign page" in beliefs.stdout, "beliefs shows the room",
           beliefs.stdout, beliefs.stderr)


def test_sheets(folder):
    path = folder / "shop-sheets.csv"
    written = answers()
    with Terminal(80, 24, folder, {"NO_COLOR": "1"}) as terminal:
        enter(terminal, "sheets")
        type_answers(terminal, written[:30])
        wait_rows(terminal, path, 30, f"  31 {written[29][0]} ")
        terminal.kill("· workshop")
        enter(terminal, "sheets")
        type_answers(terminal, written[30:])
        found = wait_rows(terminal, path, len(written), f" {len(written) + 1} {written[-1][0]} ")
        check_two_audiences(terminal)
        coloured = terminal.tmux("capture-pane", "-p", "-e")
        tap.ok("\x1b[31m" not in coloured and "\x1b[1" in coloured, "marks without colours", coloured)
        check_empty_and_pasted(terminal)
        terminal.keys("Tab", "Tab")
        terminal.type("w")
        terminal.keys("C-x")
        terminal.wait("1 row is not complete and would be lost: mend it (…), or press Ctrl-X again")
        terminal.keys("C-x")
        screen = terminal.wait("left 0")
    tap.equal([(r["table"], r["audience"], r["group_size"], r["prompt"], r["surprise"], r["note"])
               for r in found], [tuple(row) for row in written], "the file has what was written")
    tap.ok(f"{len(written) + 1} observations taken" in screen, "the receipt", screen)
    tap.ok("table 99 has no answers: not saved" in screen, "an empty sheet is said", screen)
    info = parallax(folder, "imports", "list", "shop.plx")
    tap.ok("workshop-sheets" in info.stdout, "a data set of its own", info.stdout)


def check_two_audiences(terminal):
    terminal.keys("Home", "Tab")
    terminal.type("l")
    terminal.wait("leader: expected customer, as table 9 is in row")
    terminal.keys("Tab", "Enter")
    screen = terminal.wait("a table has one")
    tap.ok("\naudience" in screen, "two audiences cannot be typed past", screen)
    terminal.keys("BSpace")
    terminal.type("c")
    terminal.wait("a table has one", gone=True)
    terminal.keys("Enter") # behind what moved on by itself: skips nothing


def check_empty_and_pasted(terminal):
    """An answer pasted with its ends of lines; then a sheet with nothing on it."""
    terminal.keys("Enter")
    terminal.type("m")
    terminal.paste("the lift,\n日本 and the stairs")
    terminal.wait("the lift, 日本 and the stairs")
    terminal.keys("Enter", "Home")
    terminal.type("99")
    terminal.keys("Enter")
    terminal.wait(" 99 ")


def test_stopped(folder):
    """Ctrl-C leaves the workspace alone and the terminal as it was; what was typed is saved."""
    before = parallax(folder, "info", "shop.plx", "--format", "json").stdout
    with Terminal(80, 24, folder) as terminal:
        enter(terminal, "guess", "--audience staff", "-o other.csv")
        type_guesses(terminal, [("1", "n", "345")])
        terminal.wait("no   3   4   5") # Ctrl-C drops what the program has not read yet
        terminal.keys("C-c")
        terminal.wait("the same command goes on\n")
        terminal.run("echo left $?")
        screen = terminal.wait("left 130")
        tap.ok("other.csv is saved and not imported" in screen, "what Ctrl-C says", screen)
        terminal.run("clear; stty -a | tr ' ' '\\n' | grep -x -e echo -e icanon; echo o''k")
        screen = terminal.wait("ok\n")
        tap.ok("echo\n" in screen and "icanon\n" in screen, "the terminal is given back", screen)
        terminal.run("clear; TERM=nothing " + str(PARALLAX) + " workshop enter shop.plx guess")
        tap.ok("\"nothing\" (TERM) is not known" in terminal.wait("is not known"), "TERM unknown")
        terminal.resize(59, 24)
        terminal.run("clear; " + str(PARALLAX) + " workshop enter shop.plx guess; echo left $?")
        screen = terminal.wait("left 1")
        tap.ok("59 columns wide" in screen, "a small terminal", screen)
    tap.ok(len(rows(folder / "other.csv")) == 3, "all that was typed is in the file")
    after = parallax(folder, "info", "shop.plx", "--format", "json").stdout
    tap.equal(after, before, "the workspace is as it was")


def main():
    with tempfile.TemporaryDirectory(prefix="parallax-enter-") as name:
        folder = Path(name)
        parallax(folder, "demo", "demo", "-q")
        parallax(folder, "init", "shop.plx", "--map", str(MAP))
        parallax(folder, "import", "shop.plx", "demo/ratings.csv")
        test_guesses(folder)
        test_sheets(folder)
        test_stopped(folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
