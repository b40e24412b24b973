# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input of every kind through the real program: the exact message with file, line, column,
value and what was expected; exit 2; nothing printed; nothing written.

usage: test_bad_input.py PARALLAX
"""

import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
HEAD = "audience,point,level\n"
FINE = "customer,seat,3\n"
FULL = "audience,encounter,respondent,point,level,note\n"

# name: (the file's bytes, the message behind "parallax: ")
CASES = {
    "no point column": (
        "audience,level\ncustomer,3\n",
        'f.csv:1:10: "level" is asked of a point, but there is no column '
        '"point"'),
    "no audience column": (
        "point,level\nseat,3\n",
        'f.csv:1: there is no column "audience"; the smallest useful file has '
        'audience,point,level (if all rows are of one: --set '
        'audience=customer; a foreign file needs a recipe)'),
    "unknown column": (
        "audience,point,level,lavel\ncustomer,a,3,3\n",
        'f.csv:1:22: unknown column "lavel"; did you mean "level"? (a foreign '
        'file needs a recipe; a column that does not matter: --ignore-column '
        '"lavel")'),
    "unknown audience": (
        HEAD + "custommer,seat,3\n",
        'f.csv:2:1: unknown audience "custommer"; did you mean "customer"? '
        '(to add it: --declare custommer:served; if it is not served, '
        'leave out ":served")'),
    "level 0": (
        HEAD + FINE + "customer,seat,0\n",
        'f.csv:3:15: level is "0"; expected a whole number from 1 to 6, "na", '
        '"declined" or nothing'),
    "level 7": (
        HEAD + "customer,seat,7\n",
        'f.csv:2:15: level is "7"; expected a whole number from 1 to 6, "na", '
        '"declined" or nothing'),
    "level 3.5": (
        HEAD + "customer,seat,3.5\n",
        'f.csv:2:15: level is "3.5"; expected a whole number from 1 to 6, '
        '"na", "declined" or nothing'),
    "level four": (
        HEAD + "customer,seat,four\n",
        'f.csv:2:15: level is "four"; expected a whole number from 1 to 6, '
        '"na", "declined" or nothing'),
    "short row": (
        HEAD + FINE + "customer,seat\n",
        'f.csv:3:1: this row is too short: it has 2 fields; 3 were expected'),
    "long row": (
        HEAD + FINE + "customer,seat,3,4\n",
        'f.csv:3:1: this row is too long: it has 4 fields; 3 were expected'),
    "unclosed quote": (
        HEAD + FINE + 'customer,"seat,3\n' + FINE,
        'f.csv:3:10: a quote is opened here and not closed'),
    "NUL byte": (
        HEAD + "customer,se\0at,3\n",
        'f.csv:2:12: a NUL byte; this is no text (or UTF-16 without a byte '
        'order mark: --encoding UTF-16LE)'),
    "not UTF-8": (
        (HEAD + "customer,s").encode() + b"\xe9at,3\n",
        'f.csv:2:11: byte 0xE9 is not valid UTF-8 (perhaps --encoding '
        'windows-1252)'),
    "empty file": (
        "",
        'f.csv: is empty; a header and rows were expected'),
    "header only": (
        HEAD,
        'f.csv: has a header but no rows'),
    "Excel workbook": (
        b"PK\x03\x04\x14\0\x06\0",
        "f.csv: this is a spreadsheet (or another packed file), not a text file; open it and save it as CSV (in Excel: "
        "Save as, CSV UTF-8)"),
    "web page": (
        "<!DOCTYPE html>\n<p>x</p>\n",
        "f.csv: begins like a web page or XML; a CSV file was expected"),
    "map in place of answers": (
        "parallax: 1\ntitle: x\n",
        "f.csv: is a map; give it with --map MAP, and a file of answers here"),
    "same column twice": (
        "audience,point,level,Level\ncustomer,a,3,3\n",
        'f.csv:1:22: column "Level" is there twice (before: column 3)'),
    "bad date": (
        "audience,point,level,time\ncustomer,a,3,2026-13-40\n",
        'f.csv:2:14: time is "2026-13-40"; expected a date like 2024-03-17 or '
        '2024-03-17T14:05'),
    "negative weight": (
        "audience,point,level,weight\ncustomer,a,3,-1\n",
        'f.csv:2:14: weight is "-1"; expected a number from 0 to 1000000'),
    "NaN weight": (
        "audience,point,level,weight\ncustomer,a,3,NaN\n",
        'f.csv:2:14: weight is "NaN"; expected a number from 0 to 1000000'),
    "differing duplicate": (
        FULL + "customer,e1,r1,a,3,\ncustomer,e1,r1,a,4,\n",
        'f.csv:3:18: level is "4" here but "3" on line 2, which is the same '
        'observation of encounter "e1" (two answers need different "item" '
        'numbers)'),
    "respondent changes": (
        FULL + "customer,e1,r1,a,3,\ncustomer,e1,r2,b,4,\n",
        'f.csv:3:13: respondent is "r2" here but "r1" on line 2; it must not '
        'change within encounter "e1"'),
}


def run(folder, *arguments, text=None):
    return subprocess.run([PARALLAX, *arguments], cwd=folder, input=text, capture_output=True,
                          check=False)


def check_refused(tap, folder, name, content, expected):
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "f.csv").write_bytes(data)
    result = run(folder, "gaps", "f.csv")
    message = result.stderr.decode()
    tap.ok(result.returncode == 2 and result.stdout == b"", f"{name}: exit 2, nothing printed",
           result.returncode, message, result.stdout.decode(errors="replace"))
    tap.equal(message, f"parallax: {expected}\n", f"{name}: message")
    report = run(folder, "report", "f.csv", "-o", "out.html")
    left = sorted(os.listdir(folder))
    tap.ok(report.returncode == 2 and left == ["f.csv"], f"{name}: nothing written", left)


def check_others(tap, folder):
    """What is no text, or not all of it, or wrong only together with a map."""
    for name, path, expected in (
            ("directory", ".", "parallax: .: is a directory; a file was expected\n"),
            ("missing file", "none.csv", "parallax: none.csv: cannot be opened: No such file or directory\n")):
        result = run(folder, "gaps", path)
        tap.equal(result.stderr.decode(), expected, f"{name}: message")
        tap.ok(result.returncode != 0 and result.stdout == b"", f"{name}: nothing printed")
    rows = "".join(f"customer,seat {i % 7},{i % 6 + 1}\n" for i in range(20000))
    packed = gzip.compress((HEAD + rows).encode())
    (folder / "f.csv.gz").write_bytes(packed[:len(packed) // 2])
    result = run(folder, "gaps", "f.csv.gz")
    tap.ok(result.returncode == 2 and result.stdout == b"" and b"cut short" in result.stderr,
           "gzip cut short", result.stderr)
    (folder / "f.csv").write_text(HEAD + "customer,the room,3\ncustomer,the rom,3\n")
    (folder / "map.yaml").write_text(
        "parallax: 1\ntitle: T\njourneys:\n  - title: Stay\n    transactions:\n"
        "      - title: Night\n        points: [{title: The room}]\n")
    result = run(folder, "gaps", "f.csv", "--map", "map.yaml")
    tap.equal(result.stderr.decode(),
              'parallax: f.csv:3:10: unknown point "the rom"; did you mean "the-room"? (the map has the-room)\n',
              "unknown point: message")


def check_accepted(tap, folder):
    """Much, odd, but right."""
    (folder / "f.csv").write_text(
        FULL + "customer,e0,r0,a,3,\n" + "".join(f"customer,e{i},r{i},a,3,\n" for i in range(6)))
    result = run(folder, "gaps", "f.csv", "--format", "json")
    tap.ok(b"duplicate_rows" in result.stdout and b'"n": 6,' in result.stdout,
           "equal duplicates count once, with a note", result.stdout.decode()[-400:])
    (folder / "f.csv").write_text("Audience,Point,LEVEL\n" + 6 * "CUSTOMER,a,3\n")
    result = run(folder, "gaps", "f.csv", "--format", "json")
    tap.ok(result.returncode == 0 and b'"n": 6,' in result.stdout, "a header in capitals",
           result.stderr.decode())
    wide = ",".join(f"segment.k{i}" for i in range(40))
    (folder / "f.csv").write_text(f"audience,point,level,{wide}\n" +
                                  60 * f"customer,a,3,{','.join('x' * 40)}\n")
    result = run(folder, "gaps", "f.csv", "--where", "segment.k39=x")
    tap.ok(result.returncode == 0, "forty segments", result.stderr.decode())
    (folder / "f.csv").write_text(
        "audience,point,level,place\n" + "".join(
            f"customer,a,{i % 6 + 1},p{i}\n" for i in range(100_000)))
    result = run(folder, "gaps", "f.csv", "--format", "json")
    tap.ok(result.returncode == 0 and b'"n": 100000' in result.stdout, "100,000 places",
           result.stderr.decode())
    (folder / "f.csv").unlink()


def check_large(tap, folder, rows):
    """An unclosed quote behind much; many respondents. --long makes them as large as promised."""
    block = "".join(f"customer,r{i},seat {i % 9},{i % 6 + 1}\n" for i in range(20_000))
    with open(folder / "big.csv", "w", encoding="utf-8") as out:
        out.write("audience,respondent,point,level\n")
        for _ in range(rows // 20_000):
            out.write(block)
        out.write('customer,r1,"seat,3\n' + FINE)
    result = run(folder, "gaps", "big.csv")
    tap.equal(result.stderr.decode(),
              f"parallax: big.csv:{rows + 2}:13: a quote is opened here and not closed\n",
              "unclosed quote at the end of a large file")
    with open(folder / "big.csv", "w", encoding="utf-8") as out:
        out.write("audience,respondent,point,level\n")
        for i in range(rows):
            out.write(f"customer,r{i},seat,{i % 6 + 1}\n")
    result = run(folder, "gaps", "big.csv", "--format", "json")
    tap.ok(result.returncode == 0 and f'"persons": {rows}'.encode() in result.stdout,
           f"{rows} respondents", result.stderr.decode())


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case, (content, expected) in CASES.items():
            check_refused(tap, folder, case, content, expected)
        check_others(tap, folder)
        check_accepted(tap, folder)
        check_large(tap, folder, 5_000_000 if os.environ.get("PLX_LONG") else 500_000)
    return tap.done()


sys.exit(main())
