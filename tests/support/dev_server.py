"""A running `mkdocs serve` of the second guide, for tests that save and look at what is served."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError

from hooks import ROOT
from hooks.checked import check_loaded
from hooks.runtime.fetch import ensure_pyodide
from hooks.source.load import load_bytes
from tests.support.sites import copy_of_project

SECOND = (ROOT / "tests" / "guides" / "second.yml").read_text(encoding="utf-8")
BROKEN = SECOND.replace("goals: [code, documents]", "goals: [code, documnets]")
PATIENCE = 60
"""Seconds that a save may take to be seen on a busy machine."""


@dataclass
class Server:
    """A running `mkdocs serve`."""

    project: Path
    address: str
    said: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def save(self, text: str) -> None:
        """What an editor's save does."""
        (self.project / "data" / "guide.yml").write_text(text, encoding="utf-8")

    @property
    def site(self) -> Path:
        """The folder that it serves from."""
        (folder,) = self.project.parent.glob("mkdocs_*")
        return folder

    def save_and_wait(self, text: str) -> None:
        """Save, and wait until the site is that of this text."""
        guide = check_loaded(load_bytes(text.encode())).guide
        assert guide is not None
        builds = self._builds()
        self.save(text)
        until(lambda: self._builds() > builds and self._revision() == guide.revision, self.said.read_text)

    def _builds(self) -> int:
        return self.said.read_text().count("Reloading browsers")

    def _revision(self) -> str:
        """The revision that is served; the server answers when no build is under way."""
        try:
            with urllib.request.urlopen(self.address + "api/guide.json", timeout=PATIENCE) as answer:
                return str(json.load(answer)["revision"])
        except HTTPError:
            return ""


def until(condition: Callable[[], bool], what: object) -> None:
    """Wait for a condition; fails with what the server said."""
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, what() if callable(what) else what
        sleep(0.05)


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """Serves the second guide, which was broken when it was started."""
    ensure_pyodide(ROOT)
    project = copy_of_project(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    found = Server(project, f"http://{place}/", project.parent / "said.txt")
    found.save(BROKEN)
    with found.said.open("w") as said:
        process = found.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", place],
            cwd=project,
            env={**os.environ, "TMPDIR": str(project.parent), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""},
            stdout=said,
            stderr=said,
        )
    try:
        until(lambda: "Serving on" in found.said.read_text(), lambda: found.said.read_text()[-2000:])
        yield found
    finally:
        process.terminate()
        process.wait(PATIENCE)
