"""No silence and no noise: accepted notices, one line for one cause, progress on long work, no network."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import pytest

from hooks.cli import links
from hooks.cli.links import NoNetwork, ask_all
from hooks.cli.main import main
from hooks.cli.progress import Progress
from tests.support.broken_edits import GUIDES

SMALL = (GUIDES / "small.yml").read_text("utf-8")
DAY = date(2026, 11, 27)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def check(folder: Path, text: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    (folder / "guide.yml").write_text(text, "utf-8")
    assert main(["check", "--guide", "guide.yml", *more]) == 0
    return capsys.readouterr().out


def accepting(notice: str, where: str) -> str:
    return f"{SMALL}accepted:\n  - {{notice: {notice}, where: {where}, because: We know.}}\n"


def test_an_accepted_notice_is_not_shown_and_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = check(folder, SMALL, capsys)
    assert before.count("[never-first]") == 2 and "accepted" not in before
    for where, left in (("ring", 1), ("options/ring", 1), ("options", 0)):
        said = check(folder, accepting("never-first", where), capsys)
        assert said.count("[never-first]") == left
        assert f"{2 - left} accepted notice{'s' if left == 0 else ''} not shown" in said
    assert check(folder, accepting("never-first", "options"), capsys, "--all").count("[never-first]") == 2


def test_what_accepts_nothing_any_more_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = check(folder, accepting("dead-end", "nowhere"), capsys)
    assert "notice: no notice 'dead-end' is at 'nowhere' any more; expected no such entry   [accepted]" in said
    assert "[accepted]" not in check(folder, accepting("dead-end", "nowhere"), capsys, "--quick")


def test_warnings_can_be_accepted_and_errors_cannot(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = accepting("capacity", "handling").replace("capacity: 12", "capacity: 5")
    assert "[capacity]" in check(folder, text, capsys, "--quick", "--all")
    assert "[capacity]" not in check(folder, text, capsys, "--quick")
    (folder / "guide.yml").write_text(
        accepting("level", "bow").replace("level: strong, text: Thick,", "level: x, text: T,")
    )
    assert main(["check", "--guide", "guide.yml"]) == 1
    assert "[level]" in capsys.readouterr().out


def test_without_a_network_links_ends_soon_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(method: str, address: str) -> tuple[int, str]:
        raise OSError("no route")

    hosts = "\n".join(
        f"  - {{id: x{n}, title: X, url: 'https://x{n}.example/', kind: documentation}}" for n in range(40)
    )
    (folder / "guide.yml").write_text(SMALL.replace("\nsources:\n", f"\nsources:\n{hosts}\n"), "utf-8")
    monkeypatch.setattr(links, "_request", fail)
    start = time.monotonic()
    assert main(["links", "--guide", "guide.yml", "--cache", "links.json"]) == 3
    assert time.monotonic() - start < 5
    said = capsys.readouterr()
    assert said.out == "guide.yml: none of the first 4 hosts answered (no route); is there a network?\n"
    assert not (folder / "links.json").exists()


def test_a_guide_with_few_hosts_of_which_none_answers_ends_so_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(method: str, address: str) -> tuple[int, str]:
        raise OSError("no route")

    monkeypatch.setattr(links, "_request", fail)
    monkeypatch.setattr("hooks.cli.polite.PAUSE", 0)
    (folder / "guide.yml").write_text(SMALL, "utf-8")
    said = "guide.yml: none of 2 hosts answered (no route); is there a network?\n"
    assert main(["links", "--guide", "guide.yml", "--cache", "links.json"]) == 3
    assert capsys.readouterr().out == said
    assert main(["links", "--guide", "guide.yml", "--cache", "links.json", "--json"]) == 3
    found = capsys.readouterr()
    assert (found.out, found.err) == ("", said)


def test_one_host_that_answers_is_a_network() -> None:
    def ask(method: str, address: str) -> tuple[int, str]:
        if "x3" not in address:
            raise OSError("no route")
        return 200, ""

    wanted = [f"https://x{number}.example/page" for number in range(6)]
    answers = ask_all(wanted, {}, DAY, ask=ask, sleep=lambda _: None)
    assert [answer.status for answer in answers.values()].count(200) == 1
    with pytest.raises(NoNetwork):
        ask_all([one for one in wanted if "x3" not in one], {}, DAY, ask=ask, sleep=lambda _: None)


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_told_now_and_then(terminal: bool) -> None:
    now = [0.0]
    stream = Stream(terminal)
    step = Progress("pages read", stream, lambda: now[0]).steps(100)
    for _ in range(100):
        now[0] += 0.5
        step()
    said = stream.getvalue()
    if terminal:
        assert said.startswith("\r1 of 100 pages read\r2 of 100") and said.endswith(" \r")
    else:
        assert said == "30 of 100 pages read\n60 of 100 pages read\n90 of 100 pages read\n"


def test_quick_work_reports_nothing() -> None:
    stream = Stream(False)
    step = Progress("pages read", stream, lambda: 0.0).steps(3)
    for _ in range(3):
        step()
    assert stream.getvalue() == ""


def test_nothing_stale_is_said_beside_the_list(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "guide.yml").write_text(SMALL, "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767830400")
    assert main(["stale", "--guide", "guide.yml"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "guide.yml: no fact is stale on 2026-01-08 or will be within 30 days\n"
