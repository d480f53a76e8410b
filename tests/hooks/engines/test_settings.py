"""Variables that name what is not there: MkDocs stops with one line that says so, whatever it was asked to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hooks import ROOT


@pytest.mark.parametrize("command", [["build"], ["serve", "-a", "127.0.0.1:0"]], ids=["build", "serve"])
@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("GUIDE=nosuch.yml", "there is no file 'nosuch.yml'; set GUIDE to the guide's file"),
        (
            "SINCE=nosuch",
            "SINCE=nosuch: Git knows no commit, branch or tag 'nosuch'; set SINCE to a branch, tag or commit that has the file",
        ),
    ],
)
def test_what_is_not_there_is_said_in_one_line(command: list[str], variable: str, said: str, tmp_path: Path) -> None:
    name, _, value = variable.partition("=")
    folder = ["-d", str(tmp_path / "site")] if command == ["build"] else []
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *command, "-q", *folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "GUIDE": "tests/guides/lunch.yml", name: value},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    lines = [line for line in done.stdout.split("\n") if line.strip()]
    assert sorted(lines) == ["Aborted with a BuildError!", f"ERROR   -  {said}"]
