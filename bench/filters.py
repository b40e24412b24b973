#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How late a server's picture is under filters: by period, place, channel and segment, the first time
they are asked for and again. Called by `./dev bench filters`; see README.md.

The first filter comes some seconds after the whole picture (--pause), as a person's would: until then the
server has made its roll (src/serve/roll_keeper.h). With --pause 0 it has not.

Each filter is another one, so that the first time is one. Says what misses the aim, and fails on it
with --strict."""
import argparse
import csv
import datetime
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

PASSWORD = "hop on the bus"
ROWS = 200000  # of the file, looked at for places and channels
# Milliseconds that 95 of 100 are to stay below: the first time, and again.
AIMS = {"period": (100, 100), "place": (100, 100), "channel": (300, 100), "segment": (300, 100)}


class Server:
    """`parallax serve` at a free port; signed in as its administrator."""

    def __init__(self, parallax, workspace):
        self.process = subprocess.Popen([parallax, "serve", workspace, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, text=True)
        told = ""
        for line in self.process.stdout:
            told += line
            if line.startswith("Ctrl-C"):
                break
        self.host = re.search(r"http://(127\.0\.0\.1:\d+)", told).group(1)
        setup = re.search(r"http://\S+(/setup/\S+)", told)
        if not setup:
            sys.exit("the workspace has accounts already: import it anew")
        body = urllib.parse.urlencode({"login": "bench", "new": PASSWORD, "again": PASSWORD})
        reply, _ = self.ask("POST", setup.group(1), body,
                            {"Content-Type": "application/x-www-form-urlencoded"})
        self.cookie = reply.getheader("Set-Cookie").split(";")[0]

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=300)
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        content = reply.read()
        connection.close()
        return reply, content

    def picture(self, **options):
        """(milliseconds, bytes) of the page that the app draws."""
        query = urllib.parse.urlencode({"reading": "gaps", **options})
        start = time.perf_counter()
        reply, content = self.ask("GET", f"/file/report/gaps.html?{query}", headers={
            "Cookie": self.cookie, "Accept-Encoding": "gzip"})
        took = (time.perf_counter() - start) * 1000
        if reply.status not in (200, 403, 404, 422): # what may not be shown is an answer too
            sys.exit(f"{query}: {reply.status} {content[:300]!r}")
        return took, len(content)

    def processor(self):
        """Seconds of processor so far, of all its threads."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            words = stat.read().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def pictures(self, asked):
        """Milliseconds of each, and seconds of processor of one."""
        before = self.processor()
        times = [self.picture(**one)[0] for one in asked]
        return times, (self.processor() - before) / len(asked)

    def memory(self):
        """MB: at most so far, and now."""
        with open(f"/proc/{self.process.pid}/status") as status:
            kb = {line.split(":")[0]: int(line.split()[1]) for line in status if line.startswith("Vm")}
        return kb["VmHWM"] / 1024, kb["VmRSS"] / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def look(path):
    """Places, channels, values of a segment, first and last day, of the rows at the beginning."""
    seen = {"place": set(), "channel": set(), "segment": set()}
    days = set()
    with open(path, newline="") as lines:
        for i, row in enumerate(csv.DictReader(lines)):
            if i == ROWS:
                break
            seen["place"].add(row["place"])
            seen["channel"].add(row["channel"])
            seen["segment"].add(row["segment.tier"])
            days.add(row["time"][:10])
    return seen, datetime.date.fromisoformat(min(days)), datetime.date.fromisoformat(max(days))


def filters(path, n):
    """Kind -> so many filters of it, or as many as there are."""
    seen, first, last = look(path)
    months = [(last - datetime.timedelta(days=days)).isoformat() for days in range(29, 29 + 30 * n, 30)]
    named = {kind: sorted(filter(None, values)) for kind, values in seen.items()}
    return {
        "period": [{"since": since} for since in months if since > first.isoformat()][:n],
        "place": [{"where": f"place={value}"} for value in named["place"]][:n],
        "channel": [{"where": f"channel={value}"} for value in named["channel"]][:n],
        "segment": [{"where": f"segment.tier={value}"} for value in named["segment"]][:n],
    }


def p95(times):
    return sorted(times)[max(0, -(-95 * len(times) // 100) - 1)]


def show(kind, when, asked, aim):
    times, processor = asked
    worst = p95(times)
    print(f"  {kind:10} {when:6} {len(times):4}  {statistics.median(times):8.0f}  {worst:8.0f}  "
          f"{aim:6}  {processor:9.3f}  {'' if worst <= aim else 'missed'}", flush=True)
    return worst <= aim


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ratings", help="a CSV of bench/gen_ratings.c")
    parser.add_argument("--build", default="build")
    parser.add_argument("--scratch", default=None)
    parser.add_argument("--workspace", help="that has these ratings already; it is copied")
    parser.add_argument("--filters", type=int, default=20, help="of each kind")
    parser.add_argument("--pause", type=float, default=5, help="seconds after the whole picture")
    parser.add_argument("--strict", action="store_true", help="fail where an aim is missed")
    options = parser.parse_args()
    parallax = f"{options.build}/parallax"
    good = True
    with tempfile.TemporaryDirectory(prefix="filters-", dir=options.scratch) as folder:
        workspace = os.path.join(folder, "ws.plx")
        if options.workspace:
            shutil.copy(options.workspace, workspace)
        for words in (["init", workspace, "--from", options.ratings],
                      ["import", workspace, options.ratings]):
            if not options.workspace:
                subprocess.run([parallax, *words], check=True, stdout=subprocess.DEVNULL)
        server = Server(parallax, workspace)
        took, size = server.picture()
        print(f"  the whole picture: {took:.0f} ms, {size / 1000:.0f} kB compressed")
        time.sleep(options.pause)
        print("  filter     time      n    median       p95     aim  processor   (ms; s of one)")
        for kind, asked in filters(options.ratings, options.filters).items():
            good &= show(kind, "first", server.pictures(asked), AIMS[kind][0])
            good &= show(kind, "again", server.pictures(3 * asked), AIMS[kind][1])
        print("  the server: at most {:.0f} MB, {:.0f} MB in the end".format(*server.memory()))
        server.stop()
    sys.exit(1 if options.strict and not good else 0)


if __name__ == "__main__":
    main()
