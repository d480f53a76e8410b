"""What a good guide may still be asked: old facts, gaps, words to avoid, options that never win, idle questions.

None of it stops a build. `guide check` says it after the problems, on the lines that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hooks.render.categories import OTHERS, category_of
from hooks.render.facts import all_facts
from hooks.render.icons import icon_file
from hooks.render.passages import coverage
from hooks.source.load import Loaded
from hooks.source.positions import trail
from hooks.source.problems import NOTICE, Problem, in_order, plural, quote
from selector import Guide
from selector.analysis.audience import audiences, sample_case
from selector.analysis.sensitivity import alternatives, leaders_of, with_answer
from selector.analysis.weightings import stream
from selector.case.answers import check_case, in_force
from selector.guide.families import levels_in

from . import field_order, starter, unused, words
from .dead_ends import after, dead_ends, in_one_sentence

VISITORS = 1000
"""Sampled answer sets for who ranks first."""

FEW = 3
"""Dead ends that are shown one by one."""

TRIED = 60
"""Answer sets in which every other answer to a question is tried."""


@dataclass(frozen=True)
class Review:
    """Findings on lines of the file, and sentences about the whole."""

    findings: tuple[Problem, ...]
    sentences: tuple[str, ...]


def review(guide: Guide, loaded: Loaded, today: date, *, everything: bool = False) -> Review:
    """Look at a guide that has no errors. Dead ends are one finding, or with `everything` one each."""
    ends, walked = _dead_ends(guide, loaded, everything)
    stale = list(_stale(guide, loaded, today))
    said = [*field_order.findings(loaded), *words.findings(loaded), *_icons(guide, loaded), *_others(guide, loaded)]
    said += [*starter.findings(loaded, everything=everything), *unused.findings(loaded)]
    findings = [*said, *stale, *_never_first(guide, loaded), *_idle(guide, loaded), *ends]
    return Review(tuple(in_order(findings)), (_coverage(guide, len(stale)), walked))


def _notice(loaded: Loaded, path: tuple[str | int, ...], code: str, message: str, expected: str = "") -> Problem:
    where = trail(loaded.draft, path)
    return loaded.positions.problem(path, code, message, expected=expected, where=where, severity=NOTICE)


def _stale(guide: Guide, loaded: Loaded, today: date) -> Iterator[Problem]:
    """Facts that were checked longer ago than the guide allows."""
    most = int(guide.data["guide"]["stale_after_days"])
    for fact in all_facts(guide):
        if fact.age(today) > most:
            said = f"checked {fact.verified}, {fact.age(today)} days ago"
            yield _notice(loaded, (*fact.path, "verified"), "stale", said, f"a check every {most} days")


def _icons(guide: Guide, loaded: Loaded) -> Iterator[Problem]:
    """Icons that the theme's sets do not have."""
    for index, entry in enumerate(guide.data.get("categories", ())):
        if "icon" in entry and icon_file(entry["icon"]) is None:
            said = f"no icon {quote(entry['icon'])} in the sets of the theme"
            yield _notice(loaded, ("categories", index, "icon"), "icon", said, "material/lock, for example")


def _others(guide: Guide, loaded: Loaded) -> Iterator[Problem]:
    """Options that no category lists, in a guide with categories: pages show them after these, under one heading."""
    for index, option in enumerate(guide.data["options"] if guide.data.get("categories") else ()):
        if category_of(guide, option["id"]) is None:
            said = f"no category lists {quote(option['id'])}, so it is shown under “{OTHERS}”"
            yield _notice(loaded, ("options", index, "id"), "category", said, "its id in 'options' of a category")


def _coverage(guide: Guide, stale: int) -> str:
    """How much of the matrix is known and has a source."""
    ratings = [rating for option in guide.data["options"] for rating in option["ratings"].values()]
    unknown = sum("unknown" in levels_in(rating["level"]) for rating in ratings)
    within = sum(any(isinstance(level, list) for level in _levels(rating)) for rating in ratings)
    bare = sum("source" not in rating for rating in ratings)
    facts = len(all_facts(guide))
    return (
        f"{plural(len(ratings), 'rating')}: {unknown} unknown, {within} known within a range, {bare} without a source, "
        f"{coverage(guide)[0]} with a passage; "
        f"{facts - stale} of {plural(facts, 'fact')} checked within the guide's limit"
    )


def _levels(rating: Mapping[str, Any]) -> list[Any]:
    """A rating's level, or its levels by edition."""
    level = rating["level"]
    return list(level.values()) if isinstance(level, Mapping) else [level]


def _never_first(guide: Guide, loaded: Loaded) -> Iterator[Problem]:
    """Options that rank first for none of the sampled visitors."""
    found = audiences(guide, VISITORS)
    if not found.strategies:  # without questions nothing is recommended, and nothing is ruled out
        return
    for index, option in enumerate(guide.options):
        one = found.options[option.id]
        if one.share:
            continue
        missed = one.miss
        behind = (
            f"at best {missed.behind} points of 100 behind" if missed and missed.behind > 0 else "never first by points"
        )
        why = behind if missed else "ruled out for all of them"
        said = f"'{option.id}' ranks first for none of {VISITORS} sampled {guide.terms.visitors}, {why}"
        yield _notice(loaded, ("options", index, "id"), "never-first", said)


def _idle(guide: Guide, loaded: Loaded) -> Iterator[Problem]:
    """Questions of which no answer changes who ranks first, for any of the examples and some sampled visitors."""
    source = stream(guide.data["guide"].get("seed", 1), "review", "visitors")
    cases = [check_case(guide, entry["answers"], notices=[]) for entry in guide.data.get("examples", ())]
    cases = [*cases, *(sample_case(guide, source) for _ in range(TRIED))][:TRIED]
    cases = [case for case in cases if len(case.answers) > 1]  # the first answer of all always changes something
    waiting = {question.id: 0 for question in guide.questions if not question.sets}  # those change the bill
    for case in cases:
        now = leaders_of(guide, case)
        for name in [name for name in in_force(guide, case) if name in waiting]:
            waiting[name] += 1
            others = alternatives(guide.question(name), case.answers.get(name))
            if any(leaders_of(guide, with_answer(case, name, other)) != now for other in others):
                del waiting[name]
    for index, question in enumerate(guide.questions):
        if question.id in waiting:
            said = f"no answer changes who ranks first, in {plural(waiting[question.id], 'set')} of answers"
            yield _notice(loaded, ("questions", index, "id"), "idle", said)


def _dead_ends(guide: Guide, loaded: Loaded, everything: bool) -> tuple[list[Problem], str]:
    found, walked = dead_ends(guide)
    positions = {question.id: index for index, question in enumerate(guide.questions)}
    if len(found) > FEW and not everything:
        return [_notice(loaded, ("questions",), "dead-end", in_one_sentence(found))], walked
    ends = [(positions[next(iter(answers))], after(answers)) for answers in found]
    return [
        _notice(loaded, ("questions", place, "id"), "dead-end", f"nothing is left after {said}") for place, said in ends
    ], walked
