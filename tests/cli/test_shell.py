# SPDX-License-Identifier: GPL-3.0-or-later
"""Completions work in the shells they are for; man pages have nothing to warn about.

usage: test_shell.py PARALLAX
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()

# What is typed; a word that must be offered; one that must not.
COMPLETIONS = [
    ("parallax ", "completion", "--man"),
    ("parallax comp", "completion", "help"),
    ("parallax completion ", "fish", "help"),
    ("parallax completion f", "fish", "bash"),
    ("parallax help --", "--man", "--map"),
    ("parallax completion --qu", "--quiet", "--man"),
    ("parallax help co", "completion", "help"),
    ("parallax map ", "check", "help"),
    ("parallax template show ", "hotel-stay", "list"),
    ("parallax template list --format ", "json", "csv"),
    ("parallax gaps x.csv --by mo", "month", "place"),
]


def parallax(*arguments):
    result = subprocess.run([PARALLAX, *arguments], capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"parallax {arguments}: {result.stderr}")
    return result.stdout


def shell(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def bash_offers(script, typed):
    words = typed.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    program = (
        f'source "{script}"\nCOMP_WORDS=({quoted})\nCOMP_CWORD={len(words) - 1}\n'
        "_parallax\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    return shell("bash", "--norc", "-c", program).stdout.split()


def fish_offers(script, typed):
    program = f'source "{script}"; complete -C "{typed}"'
    lines = shell("fish", "--no-config", "-c", program).stdout.splitlines()
    return [line.split("\t")[0] for line in lines]


def test_completions(tap, folder):
    scripts = {}
    for name in ("bash", "zsh", "fish"):
        scripts[name] = folder / f"parallax.{name}"
        scripts[name].write_text(parallax("completion", name))
        result = shell(name, "-n", str(scripts[name]))
        tap.ok(result.returncode == 0, f"{name} reads its completion", result.stderr)
    for typed, offered, absent in COMPLETIONS:
        for name, offers in (("bash", bash_offers), ("fish", fish_offers)):
            words = offers(scripts[name], typed)
            tap.ok(offered in words, f"{name}: '{typed}' offers {offered}", words)
            tap.ok(absent not in words, f"{name}: '{typed}' does not offer {absent}", words)
    result = shell("shellcheck", "--shell=bash", "--exclude=SC2207", str(scripts["bash"]))
    tap.ok(result.returncode == 0, "shellcheck likes the bash completion", result.stdout)


def test_zsh(tap, folder):
    """Loaded twice: through fpath, and by `source`."""
    functions = folder / "functions"
    functions.mkdir()
    (functions / "_parallax").write_text(parallax("completion", "zsh"))
    program = f"fpath=({functions} $fpath); autoload -Uz compinit; compinit -u -d {folder}/dump; "
    result = shell("zsh", "-f", "-c", program + "print $_comps[parallax]")
    tap.equal(result.stdout.strip(), "_parallax", "zsh finds the completion in fpath")
    result = shell(
        "zsh", "-f", "-c",
        f"autoload -Uz compinit; compinit -u -d {folder}/dump2; source {functions}/_parallax; "
        "print $_comps[parallax]",
    )
    tap.equal(result.stdout.strip(), "_parallax", "zsh takes it by source")


def commands():
    """Full names of all commands, from `help all`."""
    section = parallax("help", "all").split("Commands:\n")[1].split("\n\n")[0]
    names = re.findall(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)(?=  | [A-Z\[]|$)", section, re.M)
    return [name.split(" ") for name in names]


def test_manual(tap, folder):
    pages = {"parallax": parallax("help", "--man")}
    for words in commands():
        pages["-".join(["parallax", *words])] = parallax("help", "--man", *words)
    for name, page in pages.items():
        path = folder / f"{name}.1"
        path.write_text(page)
        result = shell("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(path))
        tap.ok(result.returncode == 0 and not result.stderr, f"man: {name}", result.stderr)
    tap.ok(len(pages) > 2, "there are pages", len(pages))


def test_help(tap):
    """Every command explains itself within 80 columns and is found in `help all`."""
    for words in commands():
        text = parallax(*words, "--help")
        tap.equal(text, parallax("help", *words), f"help {' '.join(words)} = --help")
        long = [line for line in text.split("\n") if len(line) > 80]
        tap.ok(not long, f"help {' '.join(words)} fits 80 columns", *long)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        test_completions(tap, folder)
        test_zsh(tap, folder)
        test_manual(tap, folder)
        test_help(tap)
    return tap.done()


sys.exit(main())
