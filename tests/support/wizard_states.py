"""Answers that bring the wizard into each of its states, and what it shows then, without a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from hooks.render.site import wizard_json
from selector import recommend
from selector.case.answers import check_case
from selector.case.link import encode
from selector.web.panels import headline
from selector.web.panels.context import ResultContext, missing_for
from selector.web.session import Session
from tests.support.real_guide import real_guide

STATES = ("held", "leader", "close", "nothing")
"""Too few core answers; one is recommended; several could be; everything is ruled out."""


@cache
def answers_for(state: str) -> dict[str, Any]:
    """Answers of a made-up visitor that lead to a state; of those found, the fewest."""
    guide, random = real_guide(), Random(1)
    found: list[dict[str, Any]] = []
    for _ in range(60):
        answers: dict[str, Any] = {}
        for question in guide.data["questions"]:
            together = [answer["id"] for answer in question["answers"] if not answer.get("alone")]
            if question["kind"] != "number" and random.random() < 0.6:
                names = random.sample(together, 2)
                answers[question["id"]] = names[0] if question["kind"] == "one" else names
        if state == "held":
            answers = dict(list(answers.items())[:1])
        result = recommend(guide, answers)
        if headline.state_of(replace(ResultContext.of(result), missing=missing_for(result))) == state:
            found.append(answers)
    return min(found, key=len)


def link_for(answers: dict[str, Any]) -> str:
    """The share link's text for these answers."""
    return encode(check_case(real_guide(), answers), real_guide().revision)


def regions_for(link: str) -> dict[str, str]:
    """HTML by region, once everything that belongs to a share link is there."""
    session = _session()
    reply = json.loads(session.respond(json.dumps({"call": "open", "payload": {"link": link}})))
    regions: dict[str, str] = reply["html"]
    more = reply["more"]
    while more:
        reply = json.loads(session.respond('{"call": "more", "payload": {}}'))
        regions |= reply["html"]
        more = not reply["done"]
    return regions


@cache
def _session() -> Session:
    return Session(wizard_json(real_guide()))
