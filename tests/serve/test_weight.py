#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the app loads first, as vite made it: under 100 kB packed in each language; and nothing of all
that it loads comes from anywhere else (issue 8).

usage: test_weight.py app.js app.css texts-LANGUAGE.js... more.js...
"""

import gzip
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

LIMIT = 100_000
# Names of languages of the browser, not addresses.
NAMESPACES = {"http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg",
              "http://www.w3.org/1999/xlink"}
# An address of somewhere: with a scheme or without, in a script or a style; "https://" alone is none.
ADDRESS = re.compile(r"""(?:https?:)?//[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[^\s"'`)<>]*""")
# "./" is beside it, from us.
ASKS = re.compile(r"""@import|url\(\s*["']?(?!data:|#)|\bimport\((?!"\./)""")


def packed(text):
    return len(gzip.compress(text, 6))


def foreign(text):
    addresses = [found for found in ADDRESS.findall(text) if found not in NAMESPACES]
    return addresses + ASKS.findall(text)


def main():
    tap = Tap()
    files = {Path(path).name: Path(path).read_bytes() for path in sys.argv[1:]}
    texts = sorted(name for name in files if name.startswith("texts-"))
    tap.ok("app.js" in files and "app.css" in files and len(texts) == 6, "a script, a style sheet, six languages", *files)
    code = packed(files["app.js"]) + packed(files["app.css"])
    for name in texts:
        size = code + packed(files[name])
        print(f"# {name}: {size} bytes, packed ({len(files['app.js']) + len(files['app.css']) + len(files[name])} as they are)")
        tap.ok(30_000 < size < LIMIT, f"with {name} the app is under 100 kB", f"{size} bytes")
    for name, text in files.items():
        found = foreign(text.decode())
        tap.ok(not found, f"{name}: everything is ours", *found)
    tap.ok(foreign('fetch("https://cdn.example.com/x.js")') and foreign("a{background:url(//example.com/a.png)}")
           and not foreign('"http://www.w3.org/2000/svg" url(#a) // a remark'), "what is foreign would be found")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
