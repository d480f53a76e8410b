"""What a good guide may still be asked: old facts, gaps, words to avoid, options that never win, idle questions.

None of it stops a build. `guide check` says it after the problems, on the lines that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from hooks.render.facts import all_facts
from hooks.render.icons import icon_file
from hooks.render.passages import coverage
from hooks.source.load import Loaded
from hooks.source.positions import trail
from hooks.source.problems import NOTICE, Problem, in_order, join_words, plural, quote
from selector import Case, Guide
from selector.analysis.audience import audiences, sample_case
from selector.analysis.sensitivity import alternatives, leaders_of, with_answer
from selector.analysis.weightings import stream
from selector.case.answers import Value, check_case, in_force
from selector.case.requirements import EXCLUDED
from selector.scoring.recommend import recommend_case

from . import field_order, words

VISITORS = 1000
"""Sampled answer sets for who comes first."""

TRIED = 60
"""Answer sets in which every other answer to a question is tried."""

MOST_TOGETHER = 3
"""Answers that are looked at together for what they rule out."""

MOST_STATES = 50_000
"""Sets of strategies left over that the walk through all answers may meet before it gives up."""


@dataclass(frozen=True)
class Review:
    """Findings on lines of the file, and sentences about the whole."""

    findings: tuple[Problem, ...]
    sentences: tuple[str, ...]


def review(guide: Guide, loaded: Loaded, today: date) -> Review:
    """Look at a guide that has no errors."""
    ends, walked = _dead_ends(guide, loaded)
    stale = list(_stale(guide, loaded, today))
    said = [*field_order.findings(loaded), *words.findings(loaded), *_icons(guide, loaded)]
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


def _coverage(guide: Guide, stale: int) -> str:
    """How much of the matrix is known and has a source."""
    ratings = [rating for option in guide.data["options"] for rating in option["ratings"].values()]
    unknown = sum(rating["level"] == "unknown" for rating in ratings)
    within = sum(isinstance(rating["level"], list) for rating in ratings)
    bare = sum("source" not in rating for rating in ratings)
    facts = len(all_facts(guide))
    return (
        f"{plural(len(ratings), 'rating')}: {unknown} unknown, {within} known within a range, {bare} without a source, "
        f"{coverage(guide)[0]} with a passage; "
        f"{facts - stale} of {plural(facts, 'fact')} checked within the guide's limit"
    )


def _never_first(guide: Guide, loaded: Loaded) -> Iterator[Problem]:
    """Options that come first for none of the sampled visitors."""
    found = audiences(guide, VISITORS).options
    for index, option in enumerate(guide.options):
        one = found[option.id]
        if one.share:
            continue
        missed = one.miss
        behind = (
            f"at best {missed.behind} points of 100 behind" if missed and missed.behind > 0 else "never first by points"
        )
        why = behind if missed else "ruled out for all of them"
        said = f"'{option.id}' comes first for none of {VISITORS} sampled visitors, {why}"
        yield _notice(loaded, ("options", index, "id"), "never-first", said)


def _idle(guide: Guide, loaded: Loaded) -> Iterator[Problem]:
    """Questions of which no answer changes who comes first, for any of the examples and some sampled visitors."""
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
            said = f"no answer changes who comes first, in {plural(waiting[question.id], 'set')} of answers"
            yield _notice(loaded, ("questions", index, "id"), "idle", said)


# Dead ends


@dataclass(frozen=True, slots=True)
class _Step:
    """An answer that rules something out: with those that its question waits for, and the strategies left over."""

    question: str
    answers: Mapping[str, Value]
    left: int


def _dead_ends(guide: Guide, loaded: Loaded) -> tuple[list[Problem], str]:
    """Answers that together leave nothing, each walked to its end, and what is proved.

    Requirements and exclusions act on each strategy alone, and what a visitor owns only helps it: so the strategies
    that several answers leave are at least those that each of them leaves.
    """
    steps = list(_steps(guide))
    ends = list(_ends(guide, steps))
    positions = {question.id: index for index, question in enumerate(guide.questions)}
    found = []
    for answers in ends:
        words = [
            f"{name}: {', '.join(value) if isinstance(value, tuple) else value}" for name, value in answers.items()
        ]
        said = f"nothing is left after {join_words([quote(word) for word in words])}"
        found.append(_notice(loaded, ("questions", positions[next(iter(answers))], "id"), "dead-end", said))
    if ends:
        return (
            found,
            f"{plural(len(ends), 'dead end')} of at most {MOST_TOGETHER} answers that rule something out, each walked to its end",
        )
    if _always_left(guide, steps):
        return found, f"no dead ends: whatever is answered, something is left ({len(steps)} answers rule something out)"
    return found, f"no {MOST_TOGETHER} answers leave nothing; not proved for more answers at once"


def _steps(guide: Guide) -> Iterator[_Step]:
    everything = _left(guide, {})
    for question in guide.questions:
        for answer in question.answers:
            value: Value = max(answer.start or 0, question.minimum or 0) if question.kind == "number" else answer.id
            answers = _waited_for(guide, question.id) | {question.id: (value,) if question.kind == "many" else value}
            left = _left(guide, answers)
            if left != everything:
                yield _Step(question.id, answers, left)


def _waited_for(guide: Guide, name: str) -> dict[str, Value]:
    """The answers after which a question is asked."""
    condition = guide.question(name).condition
    if condition is None:
        return {}
    other, wanted = guide.question(condition[0]), sorted(condition[1])[0]
    return _waited_for(guide, other.id) | {other.id: (wanted,) if other.kind == "many" else wanted}


def _left(guide: Guide, answers: Mapping[str, Value]) -> int:
    """The strategies that are not ruled out, as bits."""
    result = recommend_case(guide, Case(dict(answers)))
    return sum(1 << place.row for place in result.places if place.verdict.status != EXCLUDED)


def _ends(guide: Guide, steps: list[_Step]) -> Iterator[dict[str, Value]]:
    """The smallest sets of answers that leave nothing."""
    closed: list[set[int]] = []
    for count in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(range(len(steps)), count):
            if any(end <= set(chosen) for end in closed):
                continue
            left, answers = -1, dict[str, Value]()
            for index in chosen:
                left &= steps[index].left
            if left or len({steps[index].question for index in chosen}) < count:
                continue
            for index in chosen:
                answers |= steps[index].answers
            if not _left(guide, answers):
                closed.append(set(chosen))
                yield answers


def _always_left(guide: Guide, steps: list[_Step]) -> bool:
    """True when a walk through all questions, whatever is answered, always leaves a strategy."""
    states = {-1}
    for question in guide.questions:
        mine = [step.left for step in steps if step.question == question.id]
        for group in [[left] for left in mine] if question.kind == "many" else [mine]:
            states |= {state & left for state in states for left in group}
            if 0 in states or len(states) > MOST_STATES:
                return False
    return True
