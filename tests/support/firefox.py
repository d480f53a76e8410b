"""Firefox, driven over its own Marionette protocol: Playwright drives only its own build of Firefox."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.outside_browser import OutsideBrowser

NAMES = ("firefox-esr", "firefox")

PREFERENCES = {
    "marionette.port": 0,  # any free one; its number is written into the profile
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.disabledForTesting": True,
}


def system_firefox() -> str | None:
    """The system's Firefox, or the one that the variable FIREFOX names."""
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)


class Firefox(OutsideBrowser):
    """One window of a running Firefox."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._receive()  # it introduces itself
        capabilities = self.send("WebDriver:NewSession", {})["capabilities"]
        self.version = str(capabilities["browserVersion"])

    def send(self, command: str, parameters: dict[str, Any]) -> Any:
        """One command and its result. Raises RuntimeError with what Firefox said."""
        self._number += 1
        text = json.dumps([0, self._number, command, parameters])
        self._socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result

    def _receive(self) -> Any:
        length = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise RuntimeError("Firefox closed the connection")
            length += byte
        return json.loads(self._stream.read(int(length)))

    def goto(self, url: str) -> None:
        """Go to a page and wait for it."""
        self.send("WebDriver:Navigate", {"url": url})

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page. It runs beside the page, so no policy of the page forbids it."""
        return self.send("WebDriver:ExecuteScript", {"script": f"return {expression}", "args": []})["value"]


@contextlib.contextmanager
def firefox(path: str) -> Iterator[Firefox]:
    """A headless Firefox with an empty profile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
        (Path(profile) / "user.js").write_text("\n".join(lines), "utf-8")
        command = [path, "--headless", "--marionette", "--no-remote", "--profile", profile]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = Path(profile) / "MarionetteActivePort"
            end = time.monotonic() + 120
            while not (port.exists() and port.read_text("utf-8").strip()):
                assert process.poll() is None, "Firefox ended at once"
                assert time.monotonic() < end, "Firefox does not open its port"
                time.sleep(0.05)
            yield Firefox(int(port.read_text("utf-8")))
        finally:
            process.terminate()
            process.wait(60)
