#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program at the edge: a socket and an ear of systemd's, certificates that are renewed, a log
that is rotated and tells nothing of people, a proxy that is believed.

usage: test_edge.py PARALLAX
"""

import fcntl
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
PATIENCE = 30  # seconds


class Running:
    """A server until the end of the block; `url` is where it says it is."""

    def __init__(self, folder, *arguments, before=None, fds=(), errors=subprocess.PIPE):
        words = [PARALLAX, "serve", "shop.plx", *arguments]
        if before:  # so that a process knows its own number
            words = ["sh", "-c", before + ' exec "$@"', "sh", *words]
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            words, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True,
            pass_fds=fds,
        )

    def __enter__(self):
        line = self.process.stdout.readline()
        found = re.search(r"https?://\S+", line)
        self.url = found.group() if found else ""
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)

    def port(self):
        return int(self.url.rsplit(":", 1)[1])


def get(url, **headers):
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
        return reply.status


def eventually(what):
    """Until it is so: what a signal sets going takes a moment."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(0.01)
    return None


def test_systemd(tap, folder):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ear.settimeout(PATIENCE)
        ear.bind(str(folder / "notify"))
        fd = listener.fileno()
        # systemd gives it as number 3.
        before = f"exec 3<&{fd}; export LISTEN_PID=$$ LISTEN_FDS=1 NOTIFY_SOCKET='{folder}/notify';"
        with Running(folder, before=before, fds=(fd,)) as running:
            tap.equal(ear.recv(100), b"READY=1", "systemd hears that it is ready")
            tap.equal(get(f"http://127.0.0.1:{port}/healthz"), 200, "systemd's socket is served")
            tap.equal(running.port(), port, "and told of")
        tap.equal(ear.recv(100), b"STOPPING=1", "systemd hears that it stops")
        tap.equal(running.process.returncode, 0, "which is no failure")
        ear.close()


def test_everywhere(tap, folder):
    """No browser finds 0.0.0.0: what is printed is this machine's own address, or its name."""
    for where in ("0.0.0.0", "[::]"):
        with Running(folder, "--listen", f"{where}:0", "--insecure") as running:
            host = running.url.split("//")[1].rsplit(":", 1)[0]
            tap.ok(host and host not in ("0.0.0.0", "[::]"), f"{where} is told as an address", running.url)
            tap.equal(get(f"http://127.0.0.1:{running.port()}/healthz"), 200, "and all are listened at")


def make_certificate(folder, serial):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-set_serial", str(serial)],
        cwd=folder, check=True, capture_output=True,
    )


def serial_of(port):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            der = secure.getpeercert(binary_form=True)
    text = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-noout", "-serial"], input=der, check=True,
        capture_output=True,
    ).stdout.decode()
    return int(text.split("=")[1], 16)


def test_tls(tap, folder):
    make_certificate(folder, 17)
    options = ["--listen", "127.0.0.1:0", "--certificate", "cert.pem", "--key", "key.pem"]
    with Running(folder, *options) as running:
        tap.ok(running.url.startswith("https://"), "its address is that of TLS", running.url)
        tap.equal(serial_of(running.port()), 17, "the certificate is shown")
        trusted = ssl.create_default_context(cafile=str(folder / "cert.pem"))
        with urllib.request.urlopen(
            f"https://localhost:{running.port()}/healthz", context=trusted, timeout=PATIENCE
        ) as reply:
            tap.equal(reply.status, 200, "a client that checks it is content")
        make_certificate(folder, 18)
        running.process.send_signal(signal.SIGHUP)
        tap.ok(eventually(lambda: serial_of(running.port()) == 18), "HUP: the renewed one is shown")
        (folder / "cert.pem").write_text("nonsense")
        running.process.send_signal(signal.SIGHUP)
        tap.ok(
            "are not a certificate and its key" in running.process.stderr.readline(),
            "what is none is said",
        )
        tap.equal(serial_of(running.port()), 18, "and changes nothing")


def test_log(tap, folder):
    log, old = folder / "log", folder / "log.1"
    with Running(folder, "--listen", "127.0.0.1:0", "--log", "log", "--proxy", "127.0.0.1") as running:
        get(running.url + "/healthz?secret=geheim", X_Forwarded_For="203.0.113.77")
        try:
            get(running.url + "/f/tokentoken/0123456789abcdef0123456789abcdef/0")
        except urllib.error.HTTPError as error:
            tap.equal(error.code, 404, "a link that is none")
        tap.ok(eventually(lambda: log.read_text().count("\n") == 2), "a line for each request")
        log.rename(old)
        running.process.send_signal(signal.SIGHUP)
        tap.ok(eventually(log.exists), "HUP: the log is opened anew")
        get(running.url + "/healthz")
        tap.ok(eventually(log.read_text), "and goes on there")
    text = old.read_text() + log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    tap.equal(
        [(line["method"], line["status"]) for line in lines],
        [("GET", 200), ("GET", 404), ("GET", 200)],
        "what was asked is told",
    )
    people = [word for word in ("geheim", "203.0.113", "127.0.0.1", "tokentoken", "0123456789abcdef",
                                "python", "Python") if word in text.lower()]
    tap.equal(people, [], "nothing of a person, nor of a link, is in the log")


class Errors:
    """A pipe for the standard error of a server, which takes a page of text."""

    def __init__(self):
        self.reader, self.writer = os.pipe()
        fcntl.fcntl(self.writer, fcntl.F_SETPIPE_SZ, 4096)

    def close(self):
        for fd in {self.reader, self.writer} - {None}:
            os.close(fd)

    def close_reader(self):
        os.close(self.reader)
        self.reader = None


def dropped(running):
    with urllib.request.urlopen(running.url + "/metrics", timeout=PATIENCE) as reply:
        return int(re.search(r"parallax_log_dropped_total (\d+)", reply.read().decode()).group(1))


def test_log_errors(tap, folder):
    """Whoever reads the log on standard error: what becomes of them is nothing to the server."""
    options = ["--listen", "127.0.0.1:0", "--log", "-"]
    gone = Errors()
    with Running(folder, *options, errors=gone.writer) as running:
        get(running.url + "/healthz")
        gone.close_reader()
        get(running.url + "/healthz")
        tap.ok(eventually(lambda: dropped(running)), "the reader is gone: lines are dropped and counted")
        tap.equal(get(running.url + "/healthz"), 200, "and the server goes on")
    tap.equal(running.process.returncode, 0, "until it is stopped")
    gone.close()
    with Running(folder, *options, before="exec 2>&-;") as running:
        get(running.url + "/healthz")
        tap.ok(eventually(lambda: dropped(running)), "no standard error at all: the same")
    tap.equal(running.process.returncode, 0, "until it is stopped")
    sleeps = Errors()
    with Running(folder, *options, errors=sleeps.writer) as running:
        for _ in range(100):
            get(running.url + "/healthz")
    tap.equal(running.process.returncode, 0, "a reader that sleeps does not keep the server from ending")
    lines = os.read(sleeps.reader, 100000).splitlines(keepends=True)
    tap.ok(lines and all(json.loads(line)["status"] == 200 for line in lines), "what fits is whole lines")
    sleeps.close()


def test_log_full(tap, folder):
    """Standard error that does not block, as some who start programs leave it."""
    errors = Errors()
    os.set_blocking(errors.writer, False)
    heard = b""
    with Running(folder, "--listen", "127.0.0.1:0", "--log", "-", errors=errors.writer) as running:
        for _ in range(100):
            get(running.url + "/healthz")
        while heard.count(b"\n") < 100:
            heard += os.read(errors.reader, 100000)
        tap.equal(dropped(running), 0, "a pipe that is full for a while: no line is lost")
    tap.ok(all(json.loads(line)["status"] == 200 for line in heard.splitlines()), "and each is whole")
    errors.close()


def status_of(url, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        return get(url, **named)
    except urllib.error.HTTPError as error:
        return error.code


def make_token(folder, scope):
    made = subprocess.run(
        [PARALLAX, "token", "create", "shop.plx", scope, "--scope", scope, "--by", "me"],
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout
    return re.search(r"plx_[A-Za-z0-9_-]{43}", made).group()


def test_metrics(tap, folder):
    """Counts are for this machine, and for programs that may read."""
    reader, collector = make_token(folder, "read"), make_token(folder, "collect")
    with Running(folder, "--listen", "127.0.0.1:0", "--proxy", "127.0.0.1") as running:
        counts = running.url + "/metrics"
        far = {"X_Forwarded_For": "203.0.113.77"}
        tap.equal(status_of(counts), 200, "this machine gets the counts")
        tap.equal(status_of(counts, **far), 401, "nobody behind the proxy does")
        tap.equal(
            status_of(counts, X_Forwarded_For="127.0.0.1, 203.0.113.77"), 401,
            "whatever they say to have come from",
        )
        tap.equal(
            status_of(counts, Authorization=f"Bearer {reader}", **far), 200, "but a token that may read"
        )
        tap.equal(
            status_of(counts, Authorization=f"Bearer {collector}", **far), 403, "and no other token"
        )
    with Running(folder, "--listen", "127.0.0.1:0") as running:
        tap.equal(
            status_of(running.url + "/metrics", **far), 401, "nor behind a proxy that was not named"
        )
        tap.equal(status_of(running.url + "/metrics"), 200, "this machine does there, too")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([PARALLAX, "init", "shop.plx", "--template", "marketplace-order"], cwd=folder,
                       check=True, capture_output=True)
        test_systemd(tap, folder)
        test_everywhere(tap, folder)
        test_tls(tap, folder)
        test_log(tap, folder)
        test_log_errors(tap, folder)
        test_log_full(tap, folder)
        test_metrics(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
