"""Guides in other languages: what says the language, the order of names, and pictures that have no empty boxes."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from hooks.checked import check_loaded
from hooks.render.cards.text import covered, fitted
from hooks.render.language import direction, in_language, language, theme_language
from hooks.render.nav import nav
from hooks.render.site import render_site
from hooks.source.load import load, load_bytes
from selector import Guide
from selector.text.collation import sort_key
from tests.support.broken_edits import GUIDES
from tests.support.schema_guides import DAY
from tests.support.sites import build_site

NAMES = {
    "de": ["Ädelost", "Tabelle", "Äpfel", "zebra"],
    "ja": ["いちご", "ラーメン", "寿司", "漬物"],
    "he": ["אבוקדו", "זיתים", "חומוס", "תמרים"],
}
"""By language, names in the order in which readers look for them."""
ORDER = {"de": ["Ädelost", "Äpfel", "Tabelle", "zebra"], "ja": NAMES["ja"], "he": NAMES["he"]}


def in_other_words(lang: str) -> dict[str, Any]:
    """The guide on lunch with four options that have names of a language, in another order than theirs."""
    data: dict[str, Any] = deepcopy(load(GUIDES / "lunch.yml").draft)
    data["guide"] |= {"lang": lang, "title": ORDER[lang][0]}
    data["options"].append(data["options"][0] | {"id": "fourth", "former": None})
    del data["options"][-1]["former"]
    for option, name in zip(data["options"], reversed(NAMES[lang]), strict=True):
        option |= {"name": name, "aliases": [f"old-{option['id']}"]}
    return data


@pytest.mark.parametrize("lang", NAMES)
def test_options_are_listed_as_readers_of_the_language_look_for_them(lang: str) -> None:
    checked = check_loaded(load_bytes(json.dumps(in_other_words(lang), ensure_ascii=False).encode()), DAY)
    assert checked.guide is not None, checked.report()
    (listed,) = [entry["Places"] for entry in nav(checked.guide) if "Places" in entry]
    assert [name for entry in listed[1:] for name in entry] == ORDER[lang]
    page = str(render_site(checked.guide, checked_on=DAY)["compare/index.md"])
    places = [page.index(f">{name}</option>") for name in ORDER[lang]]
    assert places == sorted(places)


@pytest.mark.parametrize(("lang", "way"), [("de", "ltr"), ("ja", "ltr"), ("he", "rtl")])
def test_the_feed_and_moved_pages_say_the_language(lang: str, way: str) -> None:
    site = render_site(Guide.from_data(in_other_words(lang)), checked_on=DAY)
    assert f'xml:lang="{lang}"' in str(site["feed.xml"])
    assert f'<html lang="{lang}" dir="{way}">' in str(site["options/old-bistro/index.html"])


def test_pages_of_the_built_site_say_the_language(tmp_path: Path) -> None:
    (tmp_path / "guide.yml").write_text(json.dumps(in_other_words("he"), ensure_ascii=False), encoding="utf-8")
    site = build_site(tmp_path / "site", GUIDE=str(tmp_path / "guide.yml"))
    for name in ("index.html", "404.html", "wizard/index.html", "options/bistro/index.html"):
        text = (site / name).read_text(encoding="utf-8")
        assert '<html lang="he" dir="rtl" class="no-js">' in text and '<body dir="rtl"' in text, name


def test_language_and_direction_as_the_guide_says_or_as_they_follow() -> None:
    assert (language({}), direction({})) == ("en", "ltr")
    assert direction({"lang": "ar-EG"}) == "rtl" and direction({"lang": "pa", "dir": "rtl"}) == "rtl"
    known = ("en", "de", "pt-BR", "pt")
    assert [theme_language(tag, known) for tag in ("de-AT", "pt-BR", "pt-PT", "xx")] == ["de", "pt-BR", "pt", "en"]
    assert in_language('<html lang="en" class="a"><head>', "de", "ltr") == '<html lang="de" dir="ltr" class="a"><head>'
    assert in_language("<html><head>", "de", "ltr") == '<html lang="de" dir="ltr"><head>'


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["älter", "Alto", "Éclair", "eclairs", "œuvre", "Oz", "straße", "strasse b"]),
        ("de", ["Ädelost", "Tabelle"]),
        ("sv", ["Tabell", "zebra", "ål", "Ädelost", "ö"]),
        ("da", ["zebra", "æble", "øl", "ål"]),
        ("en", ["", "1", "A", "a"]),
    ],
)
def test_names_are_sorted_by_base_letters_and_by_what_the_language_does_otherwise(lang: str, names: list[str]) -> None:
    found = names[::-1]
    found.sort(key=lambda name: sort_key(name, lang))
    assert found == names


def test_a_card_leaves_out_a_line_that_the_font_cannot_write() -> None:
    for lang in ("ja", "he"):
        assert covered(f"{NAMES[lang][0]} 2026") == ""
        assert fitted(NAMES[lang][0], 900, sizes=(60,), most=2)[0] == []
    assert covered("Ädelost für Größe ß") == "Ädelost für Größe ß" and covered("Καλημέρα, мир") == "Καλημέρα, мир"
    assert covered("key 🗝 ring") == "key  ring"
