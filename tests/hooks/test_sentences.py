"""Sentences that depend on the data are true for none, one and many: guides with each section absent, single and full."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import urljoin, urlsplit

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


def links(path: str, text: str) -> Iterator[str]:
    """Files of the site to which a page leads, as paths below its root."""
    here = path.removesuffix("index.md").removesuffix(".md")
    for address in re.findall(r'href="([^"#]*)', text):
        target = urlsplit(urljoin(f"https://here/{here}{'/' if here and not here.endswith('/') else ''}", address))
        if target.netloc == "here" and "." not in target.path.rsplit("/", 1)[1]:
            yield target.path[1:]


def pages_of(site: Mapping[str, object]) -> set[str]:
    return {re.sub(r"(^|/)index\.(md|html)$", r"\1", path).replace(".md", "/") for path in site}


@pytest.mark.parametrize("name", ["small.yml", "second.yml"])
def test_every_link_and_every_entry_of_the_navigation_leads_to_a_page_that_is_there(name: str) -> None:
    for which, guide in guides(name, ("questions", "options", "examples")):
        site = render_site(guide, checked_on=DAY)
        pages = pages_of(site)
        lost = {(path, link) for path, text in site.items() if path.endswith(".md")
                for link in links(path, str(text)) if link not in pages}  # fmt: skip
        assert not lost, (which, sorted(lost))
        assert pages_in(nav(guide)) <= site.keys(), which


UNASKED = re.compile(
    r"\b(?:your|every|random) answers?\b|any answer|wizard\b|a recommendation|[Aa]nswer (?:the|some) q|core question"
)
"""What is said only where there are questions."""


def site_of(which: str, name: str = "small.yml") -> tuple[dict[str, str], set[str]]:
    """The sentences of a guide's pages, and the pages of its navigation."""
    found = {kind: (texts, listed) for kind, texts, listed in rendered(name)}
    return found[which]


def test_without_questions_nothing_is_asked_for_nor_said_of_answers() -> None:
    texts, listed = site_of("questions absent")
    assert not {"wizard.md", "together.md", "what-if.md", "effects.md"} & {*texts, *listed}
    asked = {(path, text[max(0, found.start() - 50) : found.end() + 30]) for path, text in texts.items()
             if path not in ("edit.md", "data.md", "llms.txt") and (found := UNASKED.search(text))}  # fmt: skip
    assert not asked, "\n".join(map(str, sorted(asked)))
    assert "compare/index.md" in texts and "Compare every rating" in texts["index.md"]


def test_a_single_option_is_compared_with_nothing() -> None:
    texts, listed = site_of("options single")
    assert not [path for path in (*texts, *listed) if path.startswith("compare/")]
    option = next(path for path in texts if path.startswith("options/") and path != "options/index.md")
    for path in ("index.md", "matrix.md", "options/index.md", option):
        assert not re.search(r"[Cc]ompar|side by side|alphabetically", texts[path]), path
    assert "Get a recommendation" in texts["index.md"]


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
