"""The markup of every type of page and of all that the wizard swaps in, judged by html-validate; headings and titles."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from hooks.runtime.fetch import tool
from tests.support.node_packages import node_packages
from tests.support.page_types import file_of, page_types
from tests.support.wizard_states import STATES, answers_for, link_for, regions_for

pytestmark = pytest.mark.xdist_group("site")

TABLE_ROLE = re.compile(r' role="(?:table|rowgroup|row|columnheader|rowheader|cell)"')
"""Said again in the markup because a table that a style sheet lays out as cards is none to a screen reader."""

ACCEPTED = {
    ("wcag/h32", "element must have a submit button"): "Forms that answer while one types: the theme's search, its "
    "switch of colours, and the wizard.",
    ("valid-autocomplete", 'cannot be used on <input type="checkbox">'): "The theme keeps a browser from opening its "
    "menu again after a reload; HTML has no other way to say so.",
    (
        "unique-landmark",
        "Landmarks must have",
    ): "The theme prints the contents of a page twice, for narrow and for wide "
    "screens, and shows one. In what is shown every landmark has a separate name: see test_accessibility.py.",
    ("form-dup-name", "Duplicate form control name"): "A number and the box that says it is not known answer one "
    "question and share its name.",
}
"""What html-validate says and we let pass (rule, part of its message): why."""


def complaints(pages: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """What html-validate finds: page, rule, message, place."""
    done = subprocess.run(
        [*tool("node"), "markup.mjs"],
        cwd=node_packages(),
        input=json.dumps({name: TABLE_ROLE.sub("", html) for name, html in pages.items()}),
        capture_output=True,
        text=True,
        check=True,
    )
    return [(name, rule, message, place) for name, rule, message, place in json.loads(done.stdout)]


def accepted(rule: str, message: str) -> bool:
    return any(rule == accepted_rule and part in message for accepted_rule, part in ACCEPTED)


def test_every_type_of_page_is_valid(site: Path) -> None:
    found = complaints({address: file_of(site, address).read_text("utf-8") for address in page_types(site)})
    assert [complaint for complaint in found if not accepted(*complaint[1:3])] == []
    stale = {key for key in ACCEPTED if not any(key[0] == rule and key[1] in message for _, rule, message, _ in found)}
    assert not stale, "accepted, but not found any more"


def test_what_the_wizard_swaps_in_is_valid() -> None:
    links = {state: link_for(answers_for(state)) for state in STATES}
    links |= {
        "no answers": "",
        "broken link": "v=1&<img src=x>=1",
        "old link": f"v=1&r=000000000000&{links['leader'][4:]}",
    }
    pages = {}
    for state, link in links.items():
        regions = "".join(f'<div data-region="{name}">{html}</div>' for name, html in regions_for(link).items())
        head = f'<!doctype html><html lang="en"><head><title>{state}</title></head>'
        pages[state] = f"{head}<body><main><h1>{state}</h1>{regions}</main></body></html>"
    assert [complaint for complaint in complaints(pages) if not accepted(*complaint[1:3])] == []


def test_one_first_heading_and_no_level_is_skipped(site: Path) -> None:
    wrong = []
    for address in page_types(site):
        article = re.search(r"<article.*</article>", file_of(site, address).read_text("utf-8"), re.DOTALL)
        assert article, address
        levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", article[0])]
        if levels[:1] != [1] or levels.count(1) != 1:
            wrong.append(f"{address}: {levels}")
        wrong += [f"{address}: h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1]
    assert not wrong, wrong


def test_every_page_has_a_title_of_its_own_a_language_and_a_description(site: Path) -> None:
    titles: Counter[str] = Counter()
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")
        if 'http-equiv="refresh"' in html[:2000]:
            continue  # sends on to another page
        head = html[: html.index("</head>")]
        title = re.search(r"<title>(.*?)</title>", head)
        assert title and title[1].strip(), file
        titles[title[1]] += 1
        assert re.search(r'<html lang="\w+"', head), file
        assert re.search(r'<meta name="description" content="[^"]{20,}', head), file
    assert [title for title, number in titles.items() if number > 1] == []
