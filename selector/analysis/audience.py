"""Who an option is for: the answers typical of visitors for whom it ranks first (method section 10).

Computed at build time over sampled answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from selector.case.answers import Case, Value, check_case, chosen, in_force
from selector.guide.guide import Guide
from selector.guide.model import Question
from selector.scoring.recommend import Recommendation, recommend_case
from selector.scoring.totals import percent

from .sensitivity import leaders_of
from .weightings import stream

PROFILES = 2000
"""Visitors sampled for a guide."""

MISSES = 200
"""Visitors among whom the nearest miss of an option is looked for that never ranks first."""

TYPICAL = Fraction(3, 2)
"""An answer is typical when it is at least so many times as frequent among the option's visitors as among all."""


@dataclass(frozen=True, slots=True)
class Typical:
    """An answer, its share among all sampled visitors and among those for whom the option ranks first."""

    question: str
    answer: str
    among_all: Fraction
    among_theirs: Fraction


@dataclass(frozen=True, slots=True)
class Miss:
    """How near an option came that never ranks first: points of 100 behind, and the criterion that cost it most.

    There is no such criterion where the option had as many points, and something else than points put others first.
    """

    behind: float
    criterion: str | None


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom something ranks first: the share of sampled visitors, and their typical answers, strongest first.

    `miss` is None unless the share is 0.
    """

    id: str
    share: Fraction
    typical: tuple[Typical, ...]
    miss: Miss | None = None


def sample_case(guide: Guide, source: Random, answered: float = 0.7, kept: float = 2 / 3) -> Case:
    """A visitor near one of the guide's examples, all alike.

    Each question in force keeps what the example says, or its silence, with the probability `kept`; otherwise it is
    answered with the probability `answered`, each answer alike. So is every question when the guide has no examples.
    """
    examples = _examples(guide)
    example = examples[int(source.random() * len(examples))] if examples else None
    answers: dict[str, Value] = {}
    for question in guide.questions:
        stay, draw, pick = source.random(), source.random(), source.random()
        if question.id not in in_force(guide, Case(answers)):
            continue
        if example is not None and stay < kept:
            if question.id in example:
                answers[question.id] = example[question.id]
        elif draw < answered:
            answers[question.id] = _any_answer(question, pick)
    return Case(answers)


def _examples(guide: Guide) -> list[Mapping[str, Value]]:
    """The answers of the guide's examples, checked once and kept with the guide."""
    if "_examples" not in guide.__dict__:
        entries = guide.data.get("examples", ())
        guide.__dict__["_examples"] = [check_case(guide, entry["answers"], notices=[]).answers for entry in entries]
    found: list[Mapping[str, Value]] = guide.__dict__["_examples"]
    return found


def _any_answer(question: Question, pick: float) -> Value:
    """Any answer alike. Of many that may be ticked one is, or none."""
    if question.kind == "many":
        ticks = [(), *((answer.id,) for answer in question.answers)]
        return ticks[int(pick * len(ticks))]
    answer = question.answers[int(pick * len(question.answers))]
    return max(answer.start or 0, question.minimum or 0) if question.kind == "number" else answer.id


@dataclass(frozen=True)
class Audiences:
    """Who ranks first for whom, over sampled visitors. `options` has one entry per option in guide order (an option
    counts when it is a member of a leader), `strategies` one per strategy that ever leads, most frequent first."""

    profiles: int
    options: Mapping[str, Audience]
    strategies: Mapping[str, Audience]


def audiences(guide: Guide, profiles: int = PROFILES) -> Audiences:
    """Sample visitors (seeded by the guide) and describe who each option and strategy is for."""
    source = stream(guide.data["guide"].get("seed", 1), "audience", "profiles")
    sampled = []
    for _ in range(profiles):
        case = sample_case(guide, source)
        sampled.append((case, leaders_of(guide, case)))
    overall = _counts(guide, [case for case, _ in sampled])
    options = {}
    near: list[Recommendation] = []  # of the first visitors, once for all options that are first for no visitor
    for option in guide.options:
        theirs = [case for case, leaders in sampled if any(option.id in name.split("+") for name in leaders)]
        found = _describe(guide, option.id, theirs, overall, profiles)
        if not theirs and not near:
            near = [recommend_case(guide, case) for case, _ in sampled[:MISSES]]
        miss = None if theirs else _nearest_miss(option.id, near)
        options[option.id] = replace(found, miss=miss)
    leading: dict[str, list[Case]] = {}
    for case, leaders in sampled:
        for name in leaders:
            leading.setdefault(name, []).append(case)
    order = sorted(leading, key=lambda name: (-len(leading[name]), name))
    strategies = {name: _describe(guide, name, leading[name], overall, profiles) for name in order}
    return Audiences(profiles, options, strategies)


def _nearest_miss(option: str, results: Sequence[Recommendation]) -> Miss | None:
    """The visitor for whom the option was least behind; None when it was ruled out for all of them."""
    best: Miss | None = None
    for result in results:
        place = next((place for place in result.feasible if option in place.strategy.members), None)
        if place is None or result.winner is None:
            continue
        behind = percent(result.winner.total.twice - place.total.twice, result.points) / 2
        if best is None or behind < best.behind:
            lost = result.differences(result.winner, place)
            best = Miss(round(behind, 1), lost[0].criterion if lost else None)
    return best


def _counts(guide: Guide, cases: Sequence[Case]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for case in cases:
        for name, value in case.answers.items():
            for answer in chosen(guide.question(name), value):
                counts[name, answer.id] = counts.get((name, answer.id), 0) + 1
    return counts


def _describe(
    guide: Guide, name: str, theirs: Sequence[Case], overall: Mapping[tuple[str, str], int], profiles: int
) -> Audience:
    found = []
    for (question, answer), count in _counts(guide, theirs).items():
        among_all, among_theirs = Fraction(overall[question, answer], profiles), Fraction(count, len(theirs))
        if among_theirs >= TYPICAL * among_all and count >= max(3, len(theirs) // 20):
            found.append(Typical(question, answer, among_all, among_theirs))
    found.sort(key=lambda item: (-item.among_theirs / item.among_all, item.question, item.answer))
    return Audience(name, Fraction(len(theirs), profiles), tuple(found))
