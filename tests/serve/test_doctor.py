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
from tap import Tap  # noqa: E402

PARALLAX = str(Path(sys.argv[1]).resolve())
SERVER = ("server", "encryption", "headers", "metrics")


def doctor(folder, url):
    """(exit status, {check: (state, what)}) of what is said of the server."""
    result = subprocess.run(
        [PARALLAX, "doctor", "shop.plx", "--url", url, "--format", "json"],
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
        test_other(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
