"""What a guide calls its options, their combinations and its readers is its own data."""

from __future__ import annotations

import html
import json
import re
from functools import cache

import pytest

from hooks import ROOT
from hooks.render.nav import nav
from hooks.render.site import render_site
from hooks.source.load import load
from selector import Guide
from selector.guide.terms import Terms, a, upfirst
from tests.support.schema_guides import DAY

GUIDES = ROOT / "tests" / "guides"
OURS = re.compile(
    r"\b(tools?|setups?|teams?|vendors?|migrat\w+|combin\w+|installed|software|projects?|repositor\w+|manifests?"
    r"|licen[cs]e\w*|governance|recovery|release\w*|plain text|bootstrap\w*)\b",
    re.IGNORECASE,
)
"""Words that fit some guides, and none about lunch."""

FOR_MACHINES = ("data.md", "edit.md")
"""Pages about the files and the schema, which have one vocabulary for all guides."""


@cache
def pages(name: str) -> dict[str, str]:
    """What readers read of each page, its labels for those who do not see it included."""
    site = render_site(Guide.from_data(load(GUIDES / name).draft), checked_on=DAY)
    found = {}
    for path, text in site.items():
        if path.endswith(".md") and path not in FOR_MACHINES:
            body = re.sub(r"<(style|script)\b.*?</\1>", " ", str(text), flags=re.DOTALL)
            labels = " ".join(re.findall(r'aria-label="([^"]*)"', body))
            found[path] = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()) + " " + labels)
    return found


def test_a_guide_about_lunch_reads_as_if_the_site_had_been_made_for_it() -> None:
    said = {(path, word) for path, text in pages("lunch.yml").items() for word in OURS.findall(text)}
    assert not said
    assert {"index.md", "wizard.md", "scoring.md", "options/bistro.md", "examples/client.md"} <= set(pages("lunch.yml"))
    assert "All places" in pages("lunch.yml")["matrix.md"]
    assert "In a simulation of 1000 groups" in pages("lunch.yml")["options/bistro.md"]
    assert "Answer 2 questions." in pages("lunch.yml")["wizard.md"]


def test_options_that_are_whole_answers_have_no_page_or_section_about_combining_them() -> None:
    found = pages("lunch.yml")
    assert not {"strategies/index.md", "migrate.md", "stages.md"} & set(found)
    for words in ("Works well with", "How it works {", "Cost {", "Failure", "Website"):
        assert words not in found["options/bistro.md"], words
    assert "Using both" not in found["compare/canteen-vs-bistro.md"]
    guide = Guide.from_data(load(GUIDES / "lunch.yml").draft)
    assert not guide.combined and guide.terms.strategies == "places"
    assert "Places" in [title for entry in nav(guide) for title in entry]


def test_a_guide_about_licences_calls_its_facts_and_results_by_its_own_words() -> None:
    found = pages("second.yml")
    page = found["options/mit.md"]
    for words in ("Using the text", "Who keeps it", "When it goes wrong", "When a user breaks it", "sets of terms"):
        assert words in page, words
    for words in ("tools", "setup", "team", "Failure and recovery", "Governance", "manifests"):
        assert not re.search(rf"\b{words}\b", page), words
    assert "Not single building blocks but sets of terms" in found["scoring.md"]


@pytest.mark.parametrize(
    ("given", "combined", "said"),
    [
        ({}, True, ("options", "combinations")),
        ({}, False, ("options", "options")),
        ({"options": "places"}, False, ("places", "places")),
        ({"options": "places"}, True, ("places", "combinations")),
        ({"strategies": "sets"}, False, ("options", "sets")),
    ],
)
def test_words_have_neutral_defaults(given: dict[str, str], combined: bool, said: tuple[str, str]) -> None:
    found = Terms.of(given, combined=combined)
    assert (found.options, found.strategies) == said


def test_words_keep_their_letters() -> None:
    assert upfirst("GUI kit") == "GUI kit" and upfirst("éclair") == "Éclair" and upfirst("") == ""
    assert a("option") == "an option" and a("Éclair") == "an Éclair" and a("user") == "a user"


def test_the_schema_offers_each_word() -> None:
    schema = json.loads((ROOT / "data" / "guide.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]["terms"]["properties"]) == set(Terms.__dataclass_fields__)
