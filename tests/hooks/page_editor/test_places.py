"""Where the texts of a page come from: exact places, told apart by what is near."""

from __future__ import annotations

import pytest

from hooks import ROOT
from hooks.page_editor.document import Document
from hooks.page_editor.places import Block, places

DOCUMENT = Document((ROOT / "tests" / "guides" / "second.yml").read_bytes(), "second.yml")


def found(text: str, *near: str, level: bool = False) -> list[str]:
    return [DOCUMENT.trail(path) for path in places(DOCUMENT, [Block(text, near, level)])[0]]


def test_a_text_is_found_as_pages_show_it() -> None:
    assert found("Any product may contain it, but changed files stay open.") == [
        "criteria › reach › levels › own-files › meaning"
    ]
    assert found("A text that the guide does not have") == []


def test_of_equal_texts_the_one_is_meant_whose_ids_are_near() -> None:
    assert found("Any product", "options", "mit", "reach") == ["options › mit › ratings › reach › text"]
    assert len(found("Any product", "criteria", "reach")) > 1, "the page asks which one"


@pytest.mark.parametrize(
    "near", [("options", "mit", "on-reach", "reach"), ("criteria", "reach", "mit"), ("reach", "MIT License")], ids=str
)
def test_the_mark_of_a_level_is_the_level_of_a_rating(near: tuple[str, ...]) -> None:
    assert found("Anywhere and closed", *near, level=True) == ["options › mit › ratings › reach › level"]


def test_the_mark_of_a_level_on_a_scale_is_its_name() -> None:
    assert found("Anywhere and closed", "criteria", "reach", level=True) == [
        "criteria › reach › levels › anything › label"
    ]


def test_a_number_is_a_weight_only_beside_its_criterion() -> None:
    assert found("7 points", "criteria", "give-back") == ["criteria › give-back › weight"]
    assert found("750", "criteria", "reach") == ["criteria › reach › levels › own-files › value"]
    assert found("7", "matrix") == []
    assert found("8 points", "criteria", "give-back") == []


def test_texts_within_a_longer_one_count_where_they_are_most_of_it() -> None:
    reason = "Matters most to companies; individuals rarely ask, so answers raise it."
    assert found(f"4 points before any answer. {reason}") == ["criteria › patents › reason"]
    assert found("Developer Certificate of Origin, on all criteria that this guide has, in the order of weight") == []
