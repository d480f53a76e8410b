"""The site behind the server that the container file sets up: nginx with our settings, as it is, on a free port."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hooks import ROOT
from tests.support.browser import WATCH, answer_until_named

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

pytestmark = [
    pytest.mark.xdist_group("second"),
    pytest.mark.skipif(NGINX is None, reason="no nginx on this machine (.ci/run installs it where apt can)"),
]

AROUND = """
pid {folder}/pid;
error_log {folder}/errors.txt;
worker_processes 1;
daemon off;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include /etc/nginx/mime.types;
  include {folder}/default.conf;
}}
"""
"""What stands around our file in the container."""


@pytest.fixture(scope="module")
def address(second_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server; yields its root. Only the port and the folder of the site differ from the container's."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    ours, changes = re.subn(r"listen \d+;", f"listen 127.0.0.1:{port};", ours)
    ours, more = re.subn(r"root [^;]+;", f"root {second_site};", ours)
    assert (changes, more) == (1, 1)
    (folder / "default.conf").write_text(ours, "utf-8")
    (folder / "nginx.conf").write_text(
        f"user {'root' if _is_root() else _user()};\n" + AROUND.format(folder=folder), "utf-8"
    )
    assert NGINX is not None
    process = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < end, "nginx does not take our settings"
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def _is_root() -> bool:
    return _user() == "root"


def _user() -> str:
    return Path("/proc/self").owner()


def asked(address: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_answer_has_the_headers(address: str, second_site: Path) -> None:
    wanted = dict(
        re.findall(r'add_header ([\w-]+) "([^"]+)" always;', (ROOT / "deploy" / "nginx.conf").read_text("utf-8"))
    )
    assert len(wanted) == 4
    part = next((second_site / "assets" / "runtime").glob("*.bin"))
    kept = f"assets/runtime/{part.name}"
    expected = {"": 200, "wizard/": 200, "api/guide.json": 200, kept: 200, "no/such/page/": 404, "assets/": 404}
    for path, status in expected.items():
        found, headers, _ = asked(address + path)
        assert found == status, path
        assert {name: headers[name] for name in wanted} == wanted, path
        assert ("immutable" in headers["Cache-Control"]) == (path == kept), path
        assert re.fullmatch("nginx", headers["Server"]), "the version must not be shown"
    assert asked(address + "no/such/page/")[2] == (second_site / "404.html").read_bytes()


def test_types_and_compression(address: str) -> None:
    types = {
        "": "text/html",
        "api/guide.json": "application/json",
        "sw.js": "javascript",
        "assets/site.css": "text/css",
    }
    for path, kind in types.items():
        _, headers, packed = asked(address + path, **{"Accept-Encoding": "gzip"})
        assert kind in headers["Content-Type"], path
        assert headers["Content-Encoding"] == "gzip", path
        assert len(packed) < len(asked(address + path)[2]) / 2, path


def test_what_has_not_changed_is_not_sent_again(address: str) -> None:
    _, headers, _ = asked(address)
    again, _, body = asked(address, **{"If-None-Match": headers["ETag"]})
    assert (again, body) == (304, b"")


def test_the_wizard_answers_and_breaks_no_rule(address: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{address}wizard")  # without the slash: the server leads on, under whatever name it is reached
        assert page.url == f"{address}wizard/"
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=90_000)
        answer_until_named(page)
        assert page.evaluate("window.wrong") == []
