#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types into `parallax workshop enter` in a real terminal (tmux), as a person would.

usage: typist.py PARALLAX WORKSPACE

Types the paper of examples/workshop (eight leaders' guesses, nine tables' sheets) into a workspace
that has the demo's map. The tests use the same hands.
"""

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PAPER = Path(__file__).resolve().parents[2] / "examples" / "workshop"
LETTERS = dict(well="w", improve="i", competitors="c", easier="e", moment="m") | {"continue": "n"}
TERMINALS = itertools.count()  # a server that ends must not be met by the next one's first call
PATIENCE = 60  # seconds until what is waited for must be on the screen


class Terminal:
    """A window of tmux on a server of its own; `with` ends it."""

    def __init__(self, width, height, cwd, environment=None):
        self.socket = f"parallax-{os.getpid()}-{next(TERMINALS)}"
        self.cwd = cwd
        kept = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(cwd), "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "TERM": "xterm-256color", **kept, **(environment or {}),
        }
        self.tmux("new-session", "-d", "-x", str(width), "-y", str(height), "-c", str(cwd),
                  "exec env PS1='$ ' bash --norc --noprofile")
        self.wait("$")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def tmux(self, *arguments, text=None):
        return subprocess.run(["tmux", "-L", self.socket, "-f", "/dev/null", *arguments], check=True,
                              env=self.environment, capture_output=True, text=True,
                              input=text).stdout

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def keys(self, *names):
        self.tmux("send-keys", *names)

    def paste(self, text):
        self.tmux("load-buffer", "-", text=text)
        self.tmux("paste-buffer", "-p")

    def resize(self, width, height):
        self.tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def wait(self, *texts, gone=False):
        """The screen once all of `texts` are on it (or gone from it)."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            screen = self.screen()
            if all((text in screen) != gone for text in texts):
                return screen
            time.sleep(0.02)
        raise AssertionError(f"not {'gone' if gone else 'there'}: {texts}\n{self.screen()}")

    def run(self, line):
        self.type(line)
        self.keys("Enter")

    def kill(self, shown):
        """kill -9 for the parallax that runs, of a line that ends in `echo left $?`. What it has
        `shown` is still on the screen, and is cleared away."""
        shell = self.tmux("list-panes", "-F", "#{pane_pid}").split()[0]
        children = subprocess.run(["pgrep", "-P", shell, "parallax"], capture_output=True, text=True,
                                  check=True).stdout.split()
        os.kill(int(children[0]), signal.SIGKILL)
        self.wait("left 137")
        self.run("tput rmcup; stty sane; clear; echo rea''dy")
        self.wait("ready\n")
        self.wait(shown, gone=True)


def guesses():
    """(number, y/n, keys) of each person."""
    lines = (PAPER / "guesses.txt").read_text().splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def answers():
    """(table, audience, people, question, good, words) of each answer."""
    lines = (PAPER / "sheets.txt").read_text().splitlines()
    return [line.split("|") for line in lines[1:]]


def type_guesses(terminal, people):
    for number, seen, keys in people:
        terminal.type(number)
        terminal.keys("Enter")
        terminal.type(seen + keys)
        terminal.keys("Enter")


def type_answers(terminal, rows, before=None):
    """`before`: the table of the row above, whose head is carried."""
    for table, audience, people, question, good, words in rows:
        if table != before:
            terminal.keys("Home")
            terminal.type(table)
            terminal.keys("Enter")
            # "s" is staff until an "h" makes it a shopper, so it waits.
            terminal.type(audience[0])
            if audience[0] == "s":
                terminal.keys("Enter")
            terminal.type(people)
            terminal.keys("Enter")
        terminal.type(LETTERS[question] + good[:1] + words)
        terminal.keys("Enter")
        before = table


def main():
    parallax, workspace = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with Terminal(127, 40, workspace.parent) as terminal:
        terminal.run(f"{parallax} workshop enter {workspace} guess; echo left $?")
        terminal.wait("Guesses ·")
        type_guesses(terminal, guesses())
        terminal.keys("C-x")
        print(terminal.wait("left 0"))
        terminal.run(f"clear; {parallax} workshop enter {workspace} sheets; echo gone $?")
        terminal.wait("Sheets ·")
        type_answers(terminal, answers())
        terminal.keys("C-x")
        print(terminal.wait("gone 0"))


if __name__ == "__main__":
    main()
