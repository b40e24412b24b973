# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/check-classes finds a class that two places define, and nothing else."""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from tap import Tap  # noqa: E402

SOURCE = Path(__file__).resolve().parents[2]

# name, style sheets, expected output
CASES = [
    ("two places", {"ask.css": ".card { a: b }\n", "next.css": "a {}\n.card, p { a: b }\n"},
     "web/src/styles/next.css:2: .card is defined in ask.css, too\n"),
    ("within a condition",
     {"ask.css": ".card { a: b }\n", "next.css": "@media print {\n  p, .card:hover > a { a: b }\n}\n"},
     "web/src/styles/next.css:2: .card is defined in ask.css, too\n"),
    ("told once for each file",
     {"ask.css": ".card { a: b }\n", "next.css": ".card { a: b }\n.card p { a: b }\n"},
     "web/src/styles/next.css:1: .card is defined in ask.css, too\n"),
    ("what is for every place", {"ask.css": ".tag { a: b }\n", "parts.css": ".tag { a: b }\n"}, ""),
    ("a class of drawn pages", {"parts.css": ".verdict > p { a: b }\n"},
     "web/src/styles/parts.css:1: .verdict is defined in src/report/page.css, too\n"),
    ("below a class of its own", {"ask.css": ".card { a: b }\n", "next.css": ".step .card { a: b }\n"}, ""),
    ("in a comment", {"ask.css": ".card { a: b }\n", "next.css": "/* .card { } */\np { a: b }\n"}, ""),
    ("a longer name", {"ask.css": ".card { a: b }\n", "next.css": ".card-2 { a: b }\n"}, ""),
    ("in one selector", {"ask.css": ":is(.a, .card) { a: b }\n", "next.css": ".card { a: b }\n"}, ""),
]


def main():
    tap = Tap()
    for name, sheets, wanted in CASES:
        with tempfile.TemporaryDirectory() as folder:
            styles = Path(folder, "web/src/styles")
            styles.mkdir(parents=True)
            Path(folder, "src/report").mkdir(parents=True)
            Path(folder, "src/report/page.css").write_text("td.verdict { a: b }\n")
            for sheet, text in sheets.items():
                (styles / sheet).write_text(text)
            done = subprocess.run([sys.executable, str(SOURCE / "tools/check-classes"), folder],
                                  capture_output=True, text=True, check=False)
            tap.ok(done.stdout == wanted and done.returncode == (1 if wanted else 0), name,
                      done.stdout + done.stderr)
    done = subprocess.run([sys.executable, str(SOURCE / "tools/check-classes")],
                          capture_output=True, text=True, check=False)
    tap.ok(done.returncode == 0, "the app itself", done.stdout)
    return tap.done()


sys.exit(main())
