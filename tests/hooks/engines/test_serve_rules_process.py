"""The rules in a second process: they say what they say in the first one, and the process ends with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from hooks.checked import Checked, check_loaded
from hooks.engines import rules_process
from hooks.engines.rules_process import Judging, RulesProcess
from hooks.source.load import load_bytes
from tests.support.dev_server import BROKEN, PATIENCE, SECOND, Server, running_server, until

TODAY = date(2026, 11, 23)

GUIDES = {
    "sound": SECOND,
    "unknown name": BROKEN,
    "unfinished": SECOND.replace("Eight building blocks,", "TODO eight building blocks,"),
    "wrong shape": SECOND.replace("title:", "titel:", 1),
    "no YAML": SECOND.replace("format: 1", "format: [1", 1),
    "empty": "",
}


@pytest.fixture(scope="module")
def rules() -> Iterator[RulesProcess]:
    found = RulesProcess()
    yield found
    found.stop()


def judged(rules: RulesProcess, folder: Path, text: str) -> Judging:
    file = folder / "guide.yml"
    file.write_text(text, "utf-8")
    judging = rules.judge(file, "guide.yml", TODAY)
    assert judging is not None
    return judging


def in_this_process(text: str) -> Checked:
    return check_loaded(load_bytes(text.encode(), "guide.yml"), TODAY, quick=True)


@pytest.mark.parametrize("text", GUIDES.values(), ids=GUIDES.keys())
def test_both_processes_say_the_same(rules: RulesProcess, tmp_path: Path, text: str) -> None:
    judging, here = judged(rules, tmp_path, text), in_this_process(text)
    there = judging.checked()
    assert there.problems == here.problems
    assert (there.guide is None, there.preview is None) == (here.guide is None, here.preview is None)
    assert judging.answer.result(PATIENCE) == here.problems, "the second process has answered"


def test_a_process_that_ends_in_the_middle_of_an_answer_is_not_needed(tmp_path: Path) -> None:
    rules = RulesProcess()
    assert rules.id is not None
    os.kill(rules.id, signal.SIGSTOP)
    judging = judged(rules, tmp_path, BROKEN)
    assert not judging.answer.done()
    os.kill(rules.id, signal.SIGKILL)
    assert judging.checked().problems == in_this_process(BROKEN).problems
    until(lambda: not rules.is_alive, "it was killed")
    assert rules.judge(tmp_path / "guide.yml", "guide.yml", TODAY) is None


def test_a_process_that_cannot_be_started_judges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_process.sys, "executable", str(tmp_path / "none"))
    (tmp_path / "guide.yml").write_text(SECOND, "utf-8")
    rules = RulesProcess()
    assert rules.judge(tmp_path / "guide.yml", "guide.yml", TODAY) is None
    rules.stop()


ASKS = f"""
import sys, time
from datetime import date
from pathlib import Path
from {rules_process.__name__} import RulesProcess
rules = RulesProcess()
while True:
    rules.judge(Path(sys.argv[1]), "guide.yml", date.today())
    print(rules.id, flush=True)
    time.sleep(0.01)
"""
"""A server that always waits for an answer."""


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_process_ends_with_its_server_whatever_ends_that(tmp_path: Path, end: signal.Signals) -> None:
    (tmp_path / "guide.yml").write_text(SECOND, "utf-8")
    server = subprocess.Popen(
        [sys.executable, "-c", ASKS, str(tmp_path / "guide.yml")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert server.stdout
    second = int(server.stdout.readline())
    assert second in running()
    server.send_signal(end)
    server.stdout.read()
    server.wait(PATIENCE)
    until(lambda: second not in running(), "the second process is still there")


@pytest.mark.xdist_group("serve")
def test_problems_are_shown_after_the_second_process_was_killed(server: Server, context: BrowserContext) -> None:
    server.save_and_wait(SECOND)
    page = context.new_page()
    page.goto(server.address + "options/mit/")
    (second,) = children(server)
    os.kill(second, signal.SIGKILL)
    server.save(BROKEN)
    expect(page.locator(".problems")).to_contain_text("unknown role 'documnets'", timeout=PATIENCE * 1000)
    server.save(SECOND)
    expect(page.locator(".problems")).to_have_count(0, timeout=PATIENCE * 1000)
    until(lambda: children(server) not in ([], [second]), "there is another process for the next save")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_when_the_server_has_ended(tmp_path: Path, end: signal.Signals) -> None:
    with running_server(tmp_path) as server:
        urllib.request.urlopen(server.address).close()
        started = children(server)
        assert len(started) == 1
        server.process.send_signal(end)
        server.process.wait(PATIENCE)
        until(lambda: not running().keys() & set(started), "the second process is still there")
        assert "Traceback" not in server.said.read_text()


def running() -> dict[int, int]:
    """Processes that have not ended, each with the one that started it."""
    said = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    found = (line.split() for line in said.splitlines())
    return {int(pid): int(parent) for pid, parent, state, *_ in found if not state.startswith("Z")}


def children(server: Server) -> list[int]:
    """Processes that the server has started and that run."""
    return [pid for pid, parent in running().items() if parent == server.process.pid]
