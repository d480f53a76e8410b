"""The page of a preview that says what an edit changes, and the same as Markdown for a pull request."""

from __future__ import annotations

import json
import re
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from hooks.cli.main import main
from hooks.render.nav import nav, pages_in
from hooks.render.pages.since import differences
from hooks.render.site import render_site
from hooks.source.load import load
from selector import Guide
from tests.support.broken_edits import GUIDES
from tests.support.schema_guides import DAY

LUNCH = GUIDES / "lunch.yml"


def lunch(**weights: int) -> Guide:
    """The guide on lunch with other weights."""
    data: dict[str, Any] = deepcopy(load(LUNCH).draft)
    for criterion in data["criteria"]:
        criterion["weight"] = weights.get(criterion["id"], criterion["weight"])
    return Guide.from_data(json.loads(json.dumps(data)))


def since(after: Guide) -> str:
    return str(render_site(after, checked_on=DAY, before=(lunch(), "main"))["since.md"])


def test_a_flipped_recommendation_is_shown_before_and_after() -> None:
    page = since(lunch(speed=80))
    row = re.sub(r"<[^>]+>", " | ", next(line for line in page.split("\n") if "examples/client/" in line))
    assert "Lunch with a client" in row
    assert row.index("Bistro, ") < row.index("Canteen, ")
    assert captions(page) == ["Worked examples with another recommendation", FLIPS]
    assert "1 worked example gets another recommendation. No examples are as before." in page
    assert re.search(r"[1-9]\d* sampled groups of 1000 get another recommendation", page)


FLIPS = "Recommendations to sampled groups, most frequent changes first"


def captions(page: str) -> list[str]:
    """What the tables of a page are about."""
    return re.findall(r"<caption[^>]*>(.*?)</caption>", page)


def test_another_lead_is_no_other_recommendation() -> None:
    page = since(lunch(speed=9))
    assert captions(page)[0] == "Worked examples with the same recommendation and another lead"
    assert (
        "No worked examples get another recommendation. 1 keeps it with another lead. No examples are as before."
        in page
    )


def test_pages_that_differ_are_linked() -> None:
    page = since(lunch(speed=9))
    assert '<a href="../criteria/speed/">Speed</a> <code>criteria/speed</code>' in page
    assert ">data</a>" not in page, "only the revision differs there"


def test_an_edit_of_nothing_says_so() -> None:
    page = since(lunch())
    assert "No recommendation changes." in page and "No page changes." in page


def test_pages_are_new_changed_or_gone() -> None:
    assert differences({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}) == {
        "b": "changed",
        "d": "new",
        "c": "gone",
    }


def test_only_a_preview_has_the_page() -> None:
    assert "since.md" not in render_site(lunch(), checked_on=DAY)
    assert "since.md" not in pages_in(nav(lunch())) and "since.md" in pages_in(nav(lunch(), since=True))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose last commit holds the guide on lunch."""
    monkeypatch.chdir(tmp_path)
    Path("guide.yml").write_text(LUNCH.read_text(encoding="utf-8"), encoding="utf-8")
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "First"]):
        subprocess.run(["git", *command], check=True)
    return Path("guide.yml")


def test_markdown_for_a_pull_request(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = repository.read_text(encoding="utf-8").replace("    weight: 8\n", "    weight: 80\n")
    repository.write_text(text, encoding="utf-8")
    arguments = ["check", "--quick", "--format", "markdown", "--since", "HEAD", "--guide", "guide.yml"]
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert said.startswith("## guide.yml: 1 problem")
    assert "ranks first for example 'client', which does not accept that" in said
    assert (
        "\n## Recommendations since HEAD\n\n### Another first place\n\n| example | before | after |\n|---|---|---|\n| client | "
        in said
    )


def test_words_of_the_file_are_no_markup_in_markdown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = repository.read_text(encoding="utf-8").replace("group: purse", "group: '<b>[x](y)|*z*'")
    repository.write_text(text, encoding="utf-8")
    assert main(["check", "--quick", "--format", "markdown", "--guide", "guide.yml"]) == 1
    assert "'\\<b\\>\\[x\\](y)\\|\\*z\\*'" in capsys.readouterr().out
