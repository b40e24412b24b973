#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""parallax doctor at a server: one that runs as it should, at an address that it should not have,
and something else that answers in its place.

usage: test_doctor.py PARALLAX
"""

import json
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from serve.service import Service  # noqa: E402
from serve.test_edge import Running, make_certificate  # noqa: E402
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
SERVER = ("server", "encryption", "headers", "metrics")


def doctor(folder, url, *options):
    """(exit status, {check: (state, what)}) of what is said of the server."""
    result = subprocess.run(
        [PARALLAX, "doctor", "shop.plx", "--url", url, "--format", "json", *options],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = json.loads(result.stdout)["checks"]
    return result.returncode, {
        check["check"]: (check["state"], check["what"]) for check in told if check["check"] in SERVER
    }


class Other(BaseHTTPRequestHandler):
    """Answers everything, with a policy that lets anything run."""

    def do_GET(self):  # pylint: disable=invalid-name
        self.send_response(500 if self.path == "/healthz" else 200)
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'")
        self.send_header("referrer-policy", "no-referrer")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def test_running(tap, folder):
    with Service(PARALLAX, folder, "shop.plx") as service:
        status, told = doctor(folder, service.url)
        tap.equal(
            told,
            {
                "server": ("ok", "answers, and reads its workspace"),
                "encryption": ("ok", "plain http, but only within this machine"),
                "headers": ("ok", "pages tell browsers what may run"),
                "metrics": ("ok", "for programs of this machine"),
            },
            "a server that runs as it should",
        )
        tap.equal(status, 0, "is no fault")
        tap.equal(doctor(folder, service.url + "/")[1], told, "a slash at the end changes nothing")
        status, told = doctor(folder, service.url.replace("127.0.0.1", "0.0.0.0"))
        tap.equal(
            (told["encryption"], told["metrics"][0]),
            (("bad", "plain http: what people write can be read on its way"), "warning"),
            "at an address that is not this machine's own",
        )
        tap.equal(status, 2, "that is a fault")


def test_certificate(tap, folder):
    """One that nobody signed but itself; and plain http to where TLS is spoken."""
    make_certificate(folder, 19)
    with Running(
        folder, "--listen", "127.0.0.1:0", "--certificate", "cert.pem", "--key", "key.pem"
    ) as running:
        status, told = doctor(folder, running.url)
        tap.equal(
            (status, set(told), told["encryption"]),
            (2, {"server", "encryption"},
             ("bad", "the certificate is not trusted: another could stand in between")),
            "a certificate that is not trusted",
        )  # fmt: skip
        tap.ok(told["server"][0] == "bad" and "its certificate is not trusted (" in told["server"][1],
               "is no server that is sure", told)  # fmt: skip
        status, told = doctor(folder, running.url, "--ca", "cert.pem")
        tap.equal(
            (status, {name: state for name, (state, _) in told.items()}),
            (0, dict.fromkeys(SERVER, "ok")),
            "--ca trusts it",
        )
        status, told = doctor(folder, running.url.replace("https", "http"))
        tap.equal(
            (status, told),
            (2, {"server": ("bad", "does not speak plain http there, but https")}),
            "plain http to it",
        )
    (folder / "none.pem").write_text("nothing\n")
    for options, said in (
        (["--ca", "cert.pem"], "--ca goes with --url"),
        (["--url", "https://ask.example.org", "--ca", "none.pem"], "no certificate is in it"),
    ):
        result = subprocess.run([PARALLAX, "doctor", "shop.plx", *options], cwd=folder, text=True,
                                capture_output=True, check=False)  # fmt: skip
        tap.ok(result.returncode in (1, 2) and said in result.stderr, said, result.stderr)


def test_other(tap, folder):
    other = HTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=other.serve_forever)
    thread.start()
    status, told = doctor(folder, f"http://127.0.0.1:{other.server_port}")
    other.shutdown()
    thread.join()
    other.server_close()
    tap.equal(status, 2, "another program that answers there is a fault")
    tap.equal(told["server"], ("bad", "/healthz answers 500"), "it is not well")
    tap.equal(
        told["headers"],
        (
            "bad",
            "a page lacks Content-Security-Policy (frame-ancestors 'none'), X-Content-Type-Options "
            "(nosniff), a policy without exceptions",
        ),
        "what its pages lack is named",
    )


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([PARALLAX, "init", "shop.plx", "--template", "marketplace-order"], cwd=folder,
                       check=True, capture_output=True)  # fmt: skip
        test_running(tap, folder)
        test_certificate(tap, folder)
        test_other(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
