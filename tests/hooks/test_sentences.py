"""Sentences that depend on the data are true for none, one and many: guides with each section absent, single and full."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

import pytest

from hooks.render.nav import nav, pages_in
from hooks.render.plain_text import counted
from hooks.render.site import render_site
from tests.support.schema_guides import DAY
from tests.support.section_guides import SECTIONS, guides

NOUNS = ("tools|criteria|options|questions|answers|effects|setups|sources|facts|entries|fields|migrations|stages|examples"
         "|decisions|gaps|ratings|scenarios|words|requirements|prices|teams|sets|kinds|pages|pairs|strategies|combinations"
         "|places|others|levels|groups|days|steps|files|roles")  # fmt: skip
ONE_OF_MANY = re.compile(rf"(?<![\d.,:/+−–-])1 (?:[a-z]+ )?(?:{NOUNS})\b")
"""A plural after 1: "1 questions", "1 worked examples"."""

NOTHING = re.compile(rf"(?<![\d.,:/+−–-])0 (?:[a-z]+ )?(?:{NOUNS})\b")
"""A number where a sentence should say that there is nothing: "0 stages"."""

NO_PLURAL = ("1 of the ", "points below 0")


def sentences(text: str) -> str:
    """What readers read of a page, its description included."""
    text = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"</(td|th|dt|dd|li|p|h\d|div|summary|option|label|caption|figcaption)>", " § ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


@cache
def rendered(name: str) -> list[tuple[str, dict[str, str], set[str]]]:
    found = []
    for which, guide in guides(name, SECTIONS if name == "small.yml" else ("decisions", "rules_of_thumb", "changes")):
        site = render_site(guide, checked_on=DAY)
        texts = {path: sentences(str(text)) for path, text in site.items() if path.endswith((".md", "llms.txt"))}
        found.append((which, texts, pages_in(nav(guide))))
    return found


def wrong(text: str) -> Iterator[str]:
    for pattern in (ONE_OF_MANY, NOTHING):
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 50) : found.end() + 30]
            if not any(fine in around for fine in NO_PLURAL):
                yield around


@pytest.mark.parametrize("name", ["small.yml", "second.yml"])
def test_numbers_and_nouns_agree_whatever_there_is(name: str) -> None:
    said = {
        (which, path, words)
        for which, texts, _ in rendered(name)
        for path, text in texts.items()
        for words in wrong(text)
    }
    assert not said, "\n".join(map(str, sorted(said)))


EMPTY = {
    "examples": ("scenario", "examples/index.md"),
    "stages": ("typical stage", "stages.md"),
    "moves": ("Choose where you are", "migrate.md"),
    "strategies": ("See the setups", "strategies/index.md"),
    "prices": ("Prices that we", None),
}
"""By section, words that only a guide with such entries has, and the page that the navigation then has."""


@pytest.mark.parametrize("section", EMPTY)
def test_what_is_not_there_is_neither_in_the_navigation_nor_spoken_of(section: str) -> None:
    words, page = EMPTY[section]
    absent, full = ({which: (texts, listed) for which, texts, listed in rendered("small.yml")}[which]
                    for which in (f"{section} absent", "full"))  # fmt: skip
    if page:
        assert page in full[1] and page not in absent[1]
    for path in ("index.md", "llms.txt", "unknowns.md"):
        assert words not in absent[0][path], path


def test_every_section_is_tried_absent_and_single() -> None:
    tried = {which.split()[0] for which, _ in guides("second.yml")} | {
        which.split()[0] for which, _ in guides("small.yml")
    }
    assert set(SECTIONS) - tried <= {
        "roles",
        "accepted",
        "zones",
        "topics",
        "groups",
        "categories",
        "families",
        "preferences",
    }


@pytest.mark.parametrize(("count", "said"), [(0, "no criteria"), (1, "1 criterion"), (2, "2 criteria")])
def test_counted(count: int, said: str) -> None:
    assert counted(count, "criterion", "criteria") == said
