"""Several people's answers compared, as plain JSON data: for the page, `selector together --json` and other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from selector.case.answers import Value
from selector.case.data import plain
from selector.case.own import as_said
from selector.case.trades import trades_data
from selector.case.verdict import EXCLUDED, FEASIBLE
from selector.group.joint import TOLERANCE, Distance
from selector.group.positions import Position, Traded
from selector.group.settling import Settling
from selector.group.together import Together
from selector.scoring.recommend import score

from .sentences import answer_text, asked_for
from .trade_sentences import question_between, situation_text

FORMAT = 1

SCALE = (
    "A loss is in points of 100 on each person's own scale, from the worst to the best level of everything. To compare"
    " two people's losses is to take it that this scale means as much to both. Weights are not averaged."
)
"""What has to be said wherever losses are shown."""


def together_data(found: Together, settled: Sequence[Settling] = ()) -> dict[str, Any]:
    """All that a view needs; the fields are described in api.schema.json ("together").

    Ids come with names and texts, so that a template needs no guide. Lists are in the order in which they are to be
    shown: people by name, strategies that are possible for all first (smallest largest loss first), questions as in the
    guide, `settlings` and `asked` by what they do. Losses and scores are rounded to two decimals; null stands for what
    does not exist: the rank of what is ruled out, a loss where not all requirements are met. Everything is text of the
    guide but `persons` (names, `notices`, `lost`), which is foreign text without anything unseen in it: a template has to
    escape it like all else.

    Args:
        found: the comparison.
        settled: what `settlings` gives, sorted by `by_effect`; leave it out to show the rest at once.
    """
    guide = found.guide
    return {
        "format": FORMAT,
        "kind": "together",
        "guide": guide.data["guide"]["id"],
        "revision": guide.revision,
        "scale": SCALE,
        "tolerance": TOLERANCE,
        "persons": [_person(found, name) for name in found.names],
        "own": as_said(guide.own),
        "strategies": [_strategy(found, name) for name in _alive(found)],
        "acceptable": list(found.acceptable),
        "least_regret": {"strategies": list(found.least_regret), "largest_loss": _figure(found.regret)},
        "first": [{"strategy": name, "persons": list(names)} for name, names in found.first.items()],
        "most_first": list(found.most_first),
        "questions": [_question(found, item) for item in found.positions],
        "weights": [
            {
                "criterion": item.criterion,
                "name": guide.criterion(item.criterion).name,
                "set_by": dict(item.set_by),
                "left": list(item.left),
            }
            for item in found.weighed
        ],
        "traded": [_traded(found, item) for item in found.traded],
        "settlings": [_settling(found, item) for item in settled],
        "asked": [
            {
                "id": item.id,
                "text": asked_text(found, item.id),
                "persons": list(item.persons),
                "rules_out": list(item.rules_out),
                "alone": list(item.alone),
            }
            for item in found.asked
        ],
        "near": _near(found),
    }


def asked_text(found: Together, name: str) -> str:
    """A requirement, exclusion, binding or assumption in words, by its id."""
    known = ((result, found.plain_id(result, name)) for result in found.results.values())
    texts = [text for result, plain in known if plain for text in asked_for(result, [plain]) if text != plain]
    return min(texts, default=name)


def saying(position: Position) -> list[tuple[Value, list[str]]]:
    """The different answers to a question with who gave them, most people first."""
    by: dict[Value, list[str]] = {}
    for name, value in position.said.items():
        by.setdefault(value, []).append(name)
    return sorted(by.items(), key=lambda item: (-len(item[1]), item[1]))


def whose_largest(found: Together, strategy: str) -> tuple[Fraction, list[str]]:
    """The largest loss on a possible strategy, and who has it."""
    losses = found.losses(strategy)
    most = max(losses.values())
    return most, [name for name, loss in losses.items() if loss == most]


def _figure(loss: Fraction | None) -> float | None:
    return None if loss is None else round(float(loss), 2)


def _person(found: Together, name: str) -> dict[str, Any]:
    person = next(person for person in found.persons if person.name == name)
    return {
        "name": name,
        "revision": person.revision,
        "notices": list(person.notices),
        "lost": list(person.lost),
        "answers": {question: plain(value) for question, value in person.case.answers.items()},
        "weights": dict(person.case.weights),
        "relax": sorted(person.case.relax),
        "trades": trades_data(person.case.trades),
        "leaders": [place.strategy.id for place in found.results[name].leaders],
    }


def _alive(found: Together) -> list[str]:
    """What a person's answers leave: possible for all first, then by how many views it is ruled out in."""
    out: dict[str, int] = {}
    views = list(found.results.values())
    for number, result in enumerate(views):
        if all(result.case != other.case for other in views[:number]):  # who agrees in everything counts once
            for place in result.places:
                out[place.strategy.id] = out.get(place.strategy.id, 0) + (place.verdict.status == EXCLUDED)
    possible = list(found.possible)
    rest = [name for name, count in out.items() if count < len(found.joint.views) and name not in set(possible)]
    return [*possible, *sorted(rest, key=lambda name: (out[name], name))]


def _strategy(found: Together, name: str) -> dict[str, Any]:
    possible = name in found.possible
    losses = found.losses(name) if possible else {}
    most, whose = whose_largest(found, name) if possible else (None, [])
    return {
        "id": name,
        "name": found.guide.strategy(name).name,
        "possible": possible,
        "editions_differ": name in found.apart,
        "to_confirm": [asked_text(found, item) for item in found.unconfirmed.get(name, ())],
        "acceptable": name in found.acceptable,
        "largest_loss": _figure(most),
        "largest_for": whose,
        "by": [_standing(found, person, name, losses.get(person)) for person in found.names],
    }


def _standing(found: Together, person: str, strategy: str, loss: Fraction | None) -> dict[str, Any]:
    result = found.results[person]
    place = result.place(strategy)
    return {
        "person": person,
        "rank": place.rank,
        "score": round(score(place, result.points), 2),
        "status": place.verdict.status,
        "loss": _figure(loss),
        "first": place in result.leaders,
        "listed_later": bool(place.verdict.behind) and place.verdict.status == FEASIBLE,
        "fails": [asked_text(found, item) for item in sorted(place.verdict.failed)],
    }


def _question(found: Together, item: Position) -> dict[str, Any]:
    guide = found.guide
    return {
        "question": item.question,
        "text": guide.question(item.question).text,
        "status": item.status,
        "said": [
            {"answer": plain(value), "label": answer_text(guide, item.question, value), "persons": names}
            for value, names in saying(item)
        ],
        "silent": list(item.silent),
        "not_asked": list(item.not_asked),
    }


def _traded(found: Together, item: Traded) -> dict[str, Any]:
    by: dict[str, list[str]] = {}
    for name, trade in item.said.items():
        by.setdefault(trade.text, []).append(name)
    labels = {trade.text: situation_text(found.guide, trade) for trade in item.said.values()}
    return {
        "id": item.id,
        "text": question_between(found.guide, item.id),
        "status": item.status,
        "said": [{"answer": text, "label": labels[text], "persons": by[text]} for text in sorted(by)],
        "silent": list(item.silent),
    }


def _settling(found: Together, item: Settling) -> dict[str, Any]:
    guide = found.guide
    return {
        "question": item.question,
        "text": guide.question(item.question).text,
        "helps": item.helps,
        "now": _distance(item.now),
        "sure": _distance(item.sure),
        "hoped": _distance(item.hoped),
        "outcomes": [
            {
                "answer": plain(outcome.answer),
                "label": answer_text(guide, item.question, outcome.answer),
                "left": _distance(outcome.left),
                "strategies": list(outcome.strategies),
            }
            for outcome in item.outcomes
        ],
    }


def _distance(apart: Distance) -> dict[str, Any]:
    """The loss is null where a requirement has to be given up first."""
    return {"requirements": apart.requirements, "largest_loss": None if apart.requirements else _figure(apart.loss)}


def _near(found: Together) -> list[dict[str, Any]]:
    if found.near is None:
        return []
    whose = {item.id: item.persons for item in found.asked}
    return [
        {
            "relax": sorted(names),
            "texts": [asked_text(found, name) for name in sorted(names)],
            "persons": _all(whose.get(name, ()) for name in sorted(names)),
            "strategies": list(back),
        }
        for names, back in found.near.minimal
    ]


def _all(several: Iterable[Iterable[str]]) -> list[str]:
    return sorted({name for names in several for name in names})
