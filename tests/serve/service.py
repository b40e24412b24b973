# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of its own for a test: `parallax serve` at 127.0.0.1 on a free port, stopped at the end."""

import http.client
import re
import subprocess
import urllib.parse


class Service:
    """`with Service(PARALLAX, folder, "shop.plx") as service: service.get("/healthz")`"""

    def __init__(self, parallax, folder, *arguments):
        self.command = [parallax, "serve", *arguments, "--listen", "127.0.0.1:0"]
        self.folder = folder
        self.told = []

    def __enter__(self):
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            self.command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for line in self.process.stdout:
            self.told.append(line.rstrip("\n"))
            if line.startswith("Ctrl-C"):
                break
        else:
            raise RuntimeError(self.process.stderr.read())
        self.url = re.search(r"http://127\.0\.0\.1:\d+", "\n".join(self.told)).group()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it as systemd would; its exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=60)
        return self.process.returncode

    def kill(self):
        self.process.kill()
        self.process.communicate(timeout=60)

    def told_url(self, what):
        """The address in the line that says `what`, as a path."""
        for line in self.told:
            if what in line:
                return line.split(self.url, 1)[1]
        raise AssertionError(f"no line says {what}: {self.told}")

    def ask(self, method, path, body=None, **headers):
        """(status, headers, text); redirects are not followed."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        return reply.status, reply.headers, text.decode() if not reply.getheader(
            "Content-Encoding"
        ) else text

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, fields, **headers):
        body = urllib.parse.urlencode(fields, doseq=True)
        return self.ask(
            "POST", path, body, Content_Type="application/x-www-form-urlencoded", **headers
        )
