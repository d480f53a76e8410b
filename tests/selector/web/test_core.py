"""The wizard asks what decides first: how far core answers alone lead, and what is named before they are given."""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random
from typing import Any

import pytest

from selector import recommend, web
from selector.case.answers import UNSURE, check_case
from selector.case.core import ENOUGH, core_missing, core_open
from selector.case.link import encode
from selector.guide.strategies import Strategy
from selector.web import forms
from selector.web.session import Session
from tests.selector.web.test_panels import PlainTexts, call, soup
from tests.support.random_guides import random_answers
from tests.support.real_guide import real_guide

Answers = dict[str, Any]


@cache
def talk() -> Session:
    return Session(json.dumps(web.wizard_data(real_guide(), PlainTexts(), root="../", directories=True)))


def core_of(answers: Answers) -> Answers:
    return {name: value for name, value in answers.items() if name in real_guide().core}


def holds(strategy: Strategy, other: Strategy) -> bool:
    """Whether a strategy is another one, or stands for it: a family stands for each of its members."""
    guide = real_guide()
    stands_for = {name: {name, *guide.option(name).stands_for} for name in strategy.members}
    return len(strategy.members) == len(other.members) and all(
        any(name in members for members in stands_for.values()) for name in other.members
    )


def test_core_answers_alone_put_the_full_winner_into_the_first_three() -> None:
    """Of nearly all of the guide's examples: the other questions refine, they do not decide. A family stands for its
    members until an answer tells them apart."""
    guide, missed, told = real_guide(), [], 0
    for example in guide.data["examples"]:
        winner = recommend(guide, example["answers"]).winner
        if winner is None:
            continue
        told += 1
        short = recommend(guide, core_of(example["answers"]))
        if not any(holds(place.strategy, winner.strategy) for place in short.feasible[:3]):
            missed.append(example["id"])
    assert 47 * len(missed) <= 3 * told, missed


def names_of_setups() -> list[str]:
    """Names that can only be of a setup: a name with a plus or a bracket is never that of a tool alone."""
    return [strategy.name for strategy in real_guide().strategies]


def shown_without_answers_of_the_visitor(html: dict[str, str]) -> str:
    """The text of all regions but the visitor's own answers and questions to be answered, which name tools."""
    parts = []
    for markup in html.values():
        page = soup(markup)
        for item in page.select(".dw-narrow"):
            item.decompose()
        parts.append(page.get_text(" "))
    return " ".join(parts)


@pytest.mark.parametrize("seed", range(16))
def test_no_setup_is_named_before_enough_core_answers(seed: int) -> None:
    guide, random = real_guide(), Random(seed)
    answers = random_answers(random, dict(guide.data), share=0.9)
    core = [name for name in answers if name in guide.core and answers[name] not in (UNSURE, [])]
    kept = random.sample(core, min(len(core), random.randint(0, ENOUGH - 1)))
    answers = {name: value for name, value in answers.items() if name not in guide.core or name in kept}
    case = check_case(guide, answers)
    assert core_missing(guide, case) == ENOUGH - len(kept)
    reply = call(talk(), "open", link=encode(case, guide.revision))
    html: dict[str, str] = dict(reply["html"])
    while not (part := call(talk(), "more"))["done"]:
        html.update(part["html"])
    assert reply["named"] is False
    assert not soup("".join(html.values())).select("[data-strategy], [data-rival], [data-save]")
    text = shown_without_answers_of_the_visitor({name: html[name] for name in html if name != "notice"})
    named = [name for name in names_of_setups() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    assert not named, [(name, text[max(0, text.find(name) - 90) : text.find(name) + 60]) for name in named]
    assert call(talk(), "save", what="record", date="2026-11-23", address="x")["text"] == ""
    # The selector ranks whatever is given.
    assert reply["result"]["ranking"]


@pytest.mark.parametrize("seed", range(12))
def test_no_preview_names_a_setup_too_early(seed: int) -> None:
    guide, random = real_guide(), Random(seed)
    answers = dict(list(core_of(guide.data["examples"][seed]["answers"]).items())[:2])
    call(talk(), "answer", fields=forms.fields_of(check_case(guide, answers)))
    for name in random.sample(guide.core, 4):
        if name in answers:
            continue
        answer = random.choice(guide.question(name).answers).id
        text = call(talk(), "preview", question=name, answer=answer)["text"]
        assert text.startswith("Leaves ") or text.startswith("No setup"), text


def test_the_shortlist_says_its_size_and_what_would_narrow_it() -> None:
    guide = real_guide()
    first, second = (guide.question(name) for name in guide.core[:2])
    answers = {first.id: first.answers[0].id, second.id: second.answers[0].id}
    reply = call(talk(), "answer", fields=forms.fields_of(check_case(guide, answers)))
    page = soup(reply["html"]["leader"])
    left = len(recommend(guide, answers).feasible)
    assert f"{left} of {len(guide.strategies)}" in page.find("h2").text
    asked = [button["data-goto"].removeprefix("dw-q-") for button in page.select("[data-goto]")]
    assert asked and set(asked) <= set(core_open(guide, check_case(guide, answers)))


def test_not_sure_everywhere_does_not_keep_anybody_waiting() -> None:
    guide = real_guide()
    answers = dict.fromkeys(guide.core, UNSURE)
    assert core_missing(guide, check_case(guide, answers)) == 0


def test_progress_never_counts_questions_that_need_no_answer() -> None:
    guide = real_guide()
    for example in guide.data["examples"][:6]:
        html = call(talk(), "answer", fields=forms.fields_of(check_case(guide, example["answers"])))["html"]
        while not (part := call(talk(), "more"))["done"]:
            html.update(part["html"])
        assert not re.search(r"\d+ of \d+", html["progress"])
        assert "stable" in html["progress"] or "could still change" in html["progress"]


def test_the_progress_and_the_confidence_tell_one_story() -> None:
    guide, stories = real_guide(), set()
    for example in guide.data["examples"][:14]:
        html = call(talk(), "answer", fields=forms.fields_of(check_case(guide, example["answers"])))["html"]
        while not (part := call(talk(), "more"))["done"]:
            html.update(part["html"])
        progress = soup(html["progress"]).text
        if "No answer to an open question would change it" in html["robustness"]:
            assert "stable" in progress
            stories.add("stable")
        elif found := re.search(r"core question would change it, but (\d+) other", html["robustness"]):
            assert re.match(rf"{found[1]} open questions? could still change the result, none of them core", progress)
            stories.add("others")
        else:
            assert re.match(r"\d+ open questions? could still change the result(, [1-9]\d* of them core)?\.", progress)
            stories.add("core")
    assert len(stories) > 1


def test_too_close_to_call_comes_with_the_question_that_decides() -> None:
    """In the first of many random visits that is too close to call."""
    guide = real_guide()
    for seed in range(60):
        answers = random_answers(Random(seed), dict(guide.data), share=0.5)
        call(talk(), "answer", fields=forms.fields_of(check_case(guide, answers)))
        heads: list[
            str
        ] = []  # the verdict once it is settled, then all at the end: what no verdict calls close needs no end
        while (not heads or "dw-leader-close" in heads[-1]) and not (part := call(talk(), "more"))["done"]:
            heads += [part["html"]["leader"]] if "leader" in part["html"] else []
        page = soup(heads[-1])
        if page.select_one(".dw-leader-close"):
            assert len(page.select(".dw-decide [data-link]")) >= 2
            return
    pytest.fail("none of these visits is too close to call")


EKS = {"environment": "production", "platform": "aws", "clusters": "few", "gitops": "argocd", "in-git": "private",
       "store": ["none"], "operators": "few", "kinds": "both", "changes": "regularly", "audit": "reads",
       "sharing": "teams", "application": "no", "outage": "better", "budget": "usage", "secrets": 60}  # fmt: skip
"""A tech lead with managed clusters who has to write a decision record."""


def test_what_could_change_it_begins_with_what_the_team_decides_and_is_grouped_by_outcome() -> None:
    guide = real_guide()
    html = call(talk(), "answer", fields=forms.fields_of(check_case(guide, EKS)))["html"]
    while not (part := call(talk(), "more"))["done"]:
        html.update(part["html"])
    page = soup(html["change"])
    facts = [guide.question(line["data-key"].split()[0]).fact for line in page.select(".dw-tries > li")]
    assert len(facts) > 8 and not any(facts[:4]) and facts == sorted(facts)
    assert len(page.select(".dw-change > .dw-outcomes .dw-tries > li")) == 4, "the others are folded"
    outcomes = [item.select_one("p").text for item in page.select(".dw-outcomes > li")]
    assert len(outcomes) < len(facts)
    chips = page.select(".dw-tries button")
    assert chips and all(chip.text.startswith("Try: ") and chip["data-link"] for chip in chips)
    assert "skipped" not in page.text and "Not sure" not in page.text
