# SPDX-License-Identifier: GPL-3.0-or-later
"""The same answers give the same bytes, however they arrive: any number of threads, any order of
rows, plain, gzip or by standard input.

usage: test_same.py PARALLAX
"""

import gzip
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = Path(sys.argv[1]).resolve()
READINGS = [
    ["--format", "json"],
    ["--by", "place", "--audiences", "customer,shopper", "--format", "json"],
    ["--by", "month", "--format", "csv"],
    ["--where", "channel!=web", "--since", "2025-06-01", "--until", "2026-02-28"],
]


def gaps(file, *options, text=None):
    result = subprocess.run([PARALLAX, "gaps", file, *options], input=text, capture_output=True,
                            check=False)
    out = result.stdout.decode()
    return "\n".join(line for line in out.split("\n") if '"source"' not in line
                     and "ratings" not in line), result


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        subprocess.run([PARALLAX, "demo", demo], capture_output=True, check=True)
        ratings, options = demo / "ratings.csv", ["--map", demo / "map.yaml"]
        header, *rows = ratings.read_text().splitlines(keepends=True)
        shuffled = Path(folder) / "shuffled" / "ratings.csv"
        shuffled.parent.mkdir()
        random.Random(1).shuffle(rows)
        shuffled.write_text(header + "".join(rows))
        packed = Path(folder) / "ratings.csv.gz"
        packed.write_bytes(gzip.compress(ratings.read_bytes()))
        for reading in READINGS:
            name = " ".join(reading)
            plain, result = gaps(ratings, *options, *reading, "--threads", "1")
            tap.ok(result.returncode == 0 and len(plain) > 2000, f"{name}: something to compare",
                   result.stderr.decode())
            for threads in ("2", "7"):
                tap.equal(gaps(ratings, *options, *reading, "--threads", threads)[0], plain,
                          f"{name}: {threads} threads")
            tap.equal(gaps(shuffled, *options, *reading, "--threads", "3")[0], plain,
                      f"{name}: shuffled rows")
            tap.equal(gaps(packed, *options, *reading)[0], plain, f"{name}: gzip")
            tap.equal(gaps("-", *options, *reading, text=ratings.read_bytes())[0].replace(
                "standard input", "ratings.csv"), plain, f"{name}: standard input")
    return tap.done()


sys.exit(main())
