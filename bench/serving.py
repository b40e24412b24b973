# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench/serve.py and bench/soak.py share: servers that take answers over HTTP, the requests
that bring them, and the load."""
import glob
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

KEY = "@@@@@@@KEY@@@@@@"  # of bench/load.c: becomes the request's own


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def request(path, note=None, token=None):
    """Writes a request that brings one encounter with one answer, under a key of its own."""
    row = {"point": "doorstep", "level": 5, "effort": 2}
    if note:
        row |= {"note": note, "prompt": "comment"}
    body = json.dumps({"audience": "customer", "time": "2026-11-26", "place": "Berlin",
                       "channel": "web", "observations": [row]}, separators=(",", ":"))
    head = ["POST /api/encounters HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json",
            f"Idempotency-Key: {KEY}", f"Content-Length: {len(body)}"]
    if token:
        head.append(f"Authorization: Bearer {token}")
    with open(path, "w", newline="") as out:
        out.write("\r\n".join(head) + "\r\n\r\n" + body)
    return path


def remove(path):
    for each in glob.glob(glob.escape(path) + "*"):
        os.unlink(each)


class Server:
    """A process that serves at a port."""

    name = "?"

    def __init__(self, scratch):
        self.scratch = scratch
        self.port = free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def start(self):
        with open(os.path.join(self.scratch, "server.log"), "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        for _ in range(1000):
            if self.process.poll() is not None:
                sys.exit(f"{self.name} ended; see {self.scratch}/server.log")
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.01)
        sys.exit(f"{self.name} does not listen")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Peak megabytes and processor seconds until now; then ends it, kindly."""
        with open(f"/proc/{self.process.pid}/status") as lines:
            peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        return peak / 1024


class Ours(Server):
    name = "parallax"

    def __init__(self, scratch, build, request_note=None):
        super().__init__(scratch)
        self.parallax = f"{build}/parallax"
        self.workspace = os.path.join(scratch, "serve.plx")
        remove(self.workspace)
        self.run("init", self.workspace)  # its map takes any point, also those of a file
        made = self.run("token", "create", self.workspace, "bench", "--scope", "collect", "--by",
                        "bench")
        token = re.search(r"plx_[A-Za-z0-9_-]{43}", made).group()
        self.request = request(os.path.join(scratch, "request"), request_note, token)

    def run(self, *words):
        done = subprocess.run([self.parallax, *words], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"parallax {' '.join(words)}: {done.stderr}")
        return done.stdout

    def command(self):
        return [self.parallax, "serve", self.workspace, "--listen", f"127.0.0.1:{self.port}",
                "--log", os.path.join(self.scratch, "requests.log")]

    def count(self):
        return json.loads(self.run("info", self.workspace, "--format", "json"))["encounters"]


class Express(Server):
    def __init__(self, scratch, modules, kind):
        super().__init__(scratch)
        self.name = f"express + better-sqlite3, {kind}"
        self.modules = os.path.abspath(modules)
        self.kind = kind
        self.file = os.path.join(scratch, f"express-{kind}.db")
        remove(self.file)
        self.request = request(os.path.join(scratch, "request-express"))

    def command(self):
        peer = os.path.join(os.path.dirname(__file__), "serve_peer.mjs")
        return ["node", peer, self.modules, str(self.port), self.file, self.kind]

    def count(self):
        done = subprocess.run(["sqlite3", self.file, "SELECT count(*) FROM encounter"],
                              capture_output=True, text=True, check=True)
        return int(done.stdout)


def load(build, server, connections, seconds, acknowledged=None, seed=1):
    """Starts it; its JSON is what it prints."""
    words = [f"{build}/bench/bench-load", str(server.port), str(connections), str(seconds),
             server.request, acknowledged or "/dev/null", str(seed)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def result(process):
    said = process.communicate()[0]
    if process.returncode != 0:
        sys.exit("the load failed")
    return json.loads(said)
