"""Commands whose reader leaves early, as `head` does: no traceback, and what they were told to do is done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hooks import ROOT
from tests.support.broken_edits import GUIDES

COMMANDS = [
    ["check", "--all"],
    ["check", "--format", "json"],
    ["remove", "sources/maker", "--all"],
    ["rename", "options/chain", "links"],
    ["stale"],
    ["--help"],
]


def run_without_reader(guide: Path, command: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run `guide` into a pipe whose other end is closed before it writes."""
    end = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE)
    end.wait()
    named = [] if command == ["--help"] else ["--guide", str(guide)]
    return subprocess.run(
        [sys.executable, "-m", "hooks.cli.main", *command, *named],
        cwd=ROOT,
        stdout=end.stdin,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    copy = tmp_path / "guide.yml"
    copy.write_bytes((GUIDES / "small.yml").read_bytes())
    return copy


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_traceback_when_the_reader_leaves(guide: Path, command: list[str]) -> None:
    done = run_without_reader(guide, command)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_what_is_to_be_removed_is_removed_though_the_reader_leaves(guide: Path) -> None:
    before = guide.read_text("utf-8")
    assert "  - id: ring\n" in before
    run_without_reader(guide, ["remove", "options/ring", "--yes"])
    assert "  - id: ring\n" not in guide.read_text("utf-8")
