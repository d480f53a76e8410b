"""The words that we do not use, because they promise more than a ranking can hold (method section 12)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup, escape

from hooks import ROOT
from selector import Guide, recommend
from selector.analysis.steps import Analysis
from selector.cli import parser
from selector.plan.drift import decision, verify
from selector.report import terminal, terminal_drift
from selector.report.adr import record
from selector.web import Links, regions
from selector.web.page import Page
from selector.web.panels.context import ResultContext
from tests.support.real_guide import real_guide

NOT_OURS = {
    "best, optimal, the right choice": r"\bbest\b(?! (level|anchor))|\boptimal|\bright (choice|answer|option|one|tool)|\bideal\b|\bperfect",
    "a claim of certainty": r"\bcertain(ly|ty)?\b|\bguarantees?\b|\bdefinitely\b|\bprove[sn]?\b",
    "a chance of being right": r"%\s*(confiden|likel|certain|sure)|\bprobab|\blikely\b|\blikelihood|\bodds\b|\bchances?\b",
    "robust": r"\brobust(ly)?\b",
    "simulations, scenarios": r"\bsimulat|\bscenario|\bmonte carlo",
    "100 % and 0 % of what was only sampled": r"(?<![\d.,])(100|0) ?%",
    "winner, loser, eliminated": r"\bwinn(er|ing)|\blos(er|ing)\b|\beliminat",
    "no result": r"\bno results?\b",
    "marketing": r"\bsimply\b|\bpowerful|\bseamless|\bworld-class|\bstate of the art|\bjust works",
}
"""What is meant, and how it would be written."""


def offences(text: str) -> list[str]:
    """What a text says that it must not."""
    return [
        f"{what}: …{text[max(0, found.start() - 40) : found.end() + 40]}…"
        for what, pattern in NOT_OURS.items()
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "This is the best option.",
        "Vault is optimal for you.",
        "the right choice",
        "87 % confidence",
        "87% likely",
        "It is certain to work.",
        "a robust result",
        "in 10,000 simulations of your case",
        "first in 100 % of weightings",
        "in 0% of them",
        "score 72.4 vs 71.9: winner",
        "3 options were eliminated",
        "No result",
    ],
)
def test_the_test_sees_each_way_of_overselling(text: str) -> None:
    assert offences(text)


@pytest.mark.parametrize(
    "text",
    [
        "comes first on your answers",
        "Ranks first in 87% of 10,000 simulations, with every weight varied between half and double",
        "result holds even if every weight is wrong by a factor of 1.4",
        "in more than 99% of 10,000",
        "first in all 10,000 tried",
        "too close to call",
        "not verified by us",
        "confidence factor",
        "10 % of 1,100 %",
        "from the worst to the best level",
    ],
)
def test_what_we_do_say_is_allowed(text: str) -> None:
    assert not offences(text)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Texts of a module that a reader may see: strings of several words that are no documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in documentation:
            continue
        if re.search(r"\w \w", node.value) or (node.value[:1].isupper() and node.value.isalpha()):
            yield node.lineno, node.value


MODULES = sorted((ROOT / "selector").rglob("*.py"))
TEMPLATES = sorted((ROOT / "selector" / "web" / "templates").glob("*.html"))
SCRIPTS = sorted((ROOT / "docs" / "assets").rglob("*.js"))


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(ROOT).as_posix() for path in MODULES])
def test_no_sentence_in_the_code_oversells(path: Path) -> None:
    found = [f"line {line}: {offence}" for line, text in sentences(path) for offence in offences(text)]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_no_template_oversells(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    written = re.findall(r"[\"']([^\"'{}<>]*\w \w[^\"'{}<>]*)[\"']", path.read_text("utf-8"))
    assert not [offence for part in (text, *written) for offence in offences(part)]


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.relative_to(ROOT).as_posix() for path in SCRIPTS])
def test_no_text_in_a_script_oversells(path: Path) -> None:
    code = re.sub(r"^\s*//.*$|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    written = [part for quoted in re.findall(r'"([^"\n]*)"|`([^`]*)`', code) for part in quoted if " " in part]
    assert not [offence for part in written for offence in offences(part)]


class PlainTexts:
    """Replaces the build's Markdown."""

    def html(self, markdown: str, /) -> Markup:
        return Markup("<p>{}</p>").format(markdown)

    def inline(self, markdown: str, /) -> Markup:
        return escape(markdown)


@cache
def said_by_the_guide() -> tuple[str, ...]:
    """Texts of the guide, longest first: they are the editor's words, not the program's."""

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value.strip()
            yield from value.split("\n")
        elif isinstance(value, dict):
            for part in value.values():
                yield from walk(part)
        elif isinstance(value, list):
            for part in value:
                yield from walk(part)

    texts = {" ".join(text.split()) for text in walk(real_guide().data)}
    return tuple(sorted((text for text in texts if len(text) > 2), key=len, reverse=True))


def own_words(text: str) -> str:
    """A rendered text without what the guide says in it."""
    text = " ".join(text.split())
    suspects = [found for pattern in NOT_OURS.values() for found in re.findall(rf"(?i){pattern}", text)]
    if not suspects:
        return text
    for theirs in said_by_the_guide():
        if theirs in text:
            text = text.replace(theirs, " … ")
    return text


def results(guide: Guide) -> Iterator[tuple[str, Analysis]]:
    """Results of all kinds: open, clear, close, nothing left, not sure about anything."""
    yield "nothing answered", Analysis(recommend(guide, {}))
    for example in guide.data["examples"][::6]:
        yield example["id"], Analysis(recommend(guide, example["answers"]))
    unsure = {question["id"]: "unsure" for question in guide.data["questions"]}
    yield "not sure", Analysis(recommend(guide, unsure))
    answers = {
        question["id"]: max(
            question["answers"],
            key=lambda answer: sum("require" in effect or "exclude" in effect for effect in answer.get("effects", ())),
        )["id"]
        for question in guide.data["questions"]
        if question["kind"] == "one"
    }
    yield "much required", Analysis(recommend(guide, answers))


RESULTS = [name for name, _ in results(real_guide())]


@pytest.mark.parametrize("name", RESULTS)
def test_no_result_on_the_real_guide_oversells(name: str) -> None:
    guide = real_guide()
    analysis = dict(results(guide))[name].run()
    result = analysis.result
    paint = terminal.Paint(on=False)
    texts = {"table": terminal.recommendation(analysis, paint), "record": record(analysis, "2026-11-24")}
    texts["drift"] = terminal_drift.drift(verify(guide, decision(result, "2026-11-24")), paint)
    if len(result.places) > 1:
        texts["comparison"] = terminal.comparison(result, result.places[0], result.places[1], paint)
    page = Page(guide, PlainTexts(), Links("../", directories=True))
    context = ResultContext(result, result.runner_up, (), analysis)
    for region, html in regions.render_all(page, context).items():
        texts[f"region {region}"] = BeautifulSoup(html, "html.parser").get_text(" ")
    found = [f"{where}: {offence}" for where, text in texts.items() for offence in offences(own_words(text))]
    assert not found


def test_no_help_of_the_command_line_oversells() -> None:
    assert not offences(parser().format_help())
