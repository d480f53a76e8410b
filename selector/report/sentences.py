"""Findings as sentences, for the command line and the decision record: the same words in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from selector.analysis.near_ties import joint_share, near_ties
from selector.analysis.sensitivity import Crossover, Flip, Leaders
from selector.analysis.steps import Analysis
from selector.analysis.unknowns import UnknownImpact
from selector.case.answers import UNSURE, Value, chosen
from selector.guide.guide import Guide
from selector.scoring.recommend import Recommendation

from . import verdicts

MOST_ANSWERS = 4
"""Answers named per finding; the rest is counted."""

MOST_NEAR_TIES = 3
"""Near-twins that are named."""


def and_(names: Sequence[str], last: str = "and") -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def quoted(guide: Guide, strategies: Iterable[str]) -> str:
    """Strategies by id as a list of quoted names: a name may hold commas. One that is gone keeps its id."""
    return and_([f"“{name_of(guide, name)}”" for name in strategies])


def name_of(guide: Guide, strategy: str) -> str:
    """The name of a strategy, or its id when the guide has it no longer."""
    try:
        return guide.strategy(strategy).name
    except KeyError:
        return strategy


def near_tie_text(result: Recommendation) -> str:
    """Names what differs from the winner in hardly anything that counts here; empty when nothing does."""
    found = near_ties(result)[:MOST_NEAR_TIES]
    if not found:
        return ""
    names = and_([place.strategy.name for place, _ in found])
    most = max(apart for _, apart in found)
    one = len(found) == 1
    if not most:
        return f"{'Near-twin' if one else 'Near-twins'}: {names}. On these answers nothing sets them apart."
    apart = "less than 0.1" if most < Fraction(1, 10) else f"{'' if one else 'at most '}{float(most):.1f}"
    return f"{'Near-twin' if one else 'Near-twins'}: {names}. All that sets them apart weighs {apart} of 100 points."


def joint_share_text(analysis: Analysis) -> str:
    """Near-twins split the share of nearby weightings between them: what they have together; empty without any."""
    found = [place for place, _ in near_ties(analysis.result)]
    if analysis.result.winner is None or not found:
        return ""
    places = [analysis.result.winner, *found]
    share = verdicts.share_in_words(joint_share(analysis.shares, places), analysis.draws)
    names = and_([place.strategy.name for place in places], "or")
    return f"{names} comes first {share}: near-twins split what either would have alone."


def said(result: Recommendation) -> Iterator[tuple[str, str]]:
    """The visitor's answers in words: (question, answer)."""
    guide = result.guide
    for name in result.situation.said:
        yield guide.question(name).text, answer_text(guide, name, result.case.answers[name])


def answer_text(guide: Guide, question: str, value: Value | None) -> str:
    """An answer in words."""
    found = guide.question(question)
    if value is None:
        return "skipped"
    if value == UNSURE:
        return "not sure"
    if isinstance(value, int):
        return str(value)
    return ", ".join(answer.label for answer in chosen(found, value)) or "none of them"


def asked_for(result: Recommendation, names: Iterable[str]) -> list[str]:
    """Requirements and exclusions by id, in words."""
    guide, words_of = result.guide, dict[str, str]()
    for item in result.situation.requirements:
        criterion = guide.criterion(item.criterion)
        label = criterion.levels[criterion.level_index(item.level)].label
        words_of[item.id] = f"{criterion.name}: at least “{label}”"
    for out in result.situation.exclusions:
        words_of[out.id] = f"without {guide.option(out.option).name}"
    for option in guide.off:
        words_of[f"off.{option.id}"] = f"{option.name} only when asked for"
    return list(dict.fromkeys(words_of.get(name, name) for name in sorted(names)))


def flips_by_leader(guide: Guide, flips: Iterable[Flip]) -> list[tuple[str, list[str]]]:
    """Single answers that change who comes first, by whom they put first: those that many answers lead to come first.

    Gives (who would come first, the questions with their answers).
    """
    groups: dict[Leaders, dict[str, list[str]]] = {}
    for flip in flips:
        answers = groups.setdefault(flip.leaders, {}).setdefault(flip.question, [])
        text = answer_text(guide, flip.question, flip.answer)
        if flip.answer is None:
            answers.append(text)
        else:
            answers.insert(len(answers) - ("skipped" in answers), f"“{text}”")
    found = sorted(groups.items(), key=lambda item: (-len(item[1]), sorted(item[0])))
    return [(_leading(guide, leaders), _questions(guide, answers)) for leaders, answers in found]


def _leading(guide: Guide, leaders: Leaders) -> str:
    if not leaders:
        return "nothing would meet all requirements"
    verb = "would come first" if len(leaders) == 1 else "would share the first place"
    return f"{quoted(guide, sorted(leaders))} {verb}"


def _questions(guide: Guide, answers: Mapping[str, list[str]]) -> list[str]:
    return [f"{guide.question(name).text} {and_(given, 'or')}" for name, given in answers.items()]


def crossover_text(guide: Guide, item: Crossover) -> str:
    """The change of one weight that makes a rival draw level, in words."""
    verb = "rose" if item.points > item.now else "fell"
    return (
        f"Of single weights, {guide.criterion(item.criterion).name} is nearest to a change: if it {verb} from"
        f" {float(item.now):.3g} to {float(item.points):.3g} points, {name_of(guide, item.rival)} would draw level."
    )


def unknown_text(guide: Guide, item: UnknownImpact) -> str:
    """An unknown fact and what it would change, in words."""
    criterion = guide.criterion(item.criterion)
    parts = [
        f"“{criterion.levels[criterion.level_index(level)].label}”,"
        f" {and_([name_of(guide, name) for name in sorted(leaders)]) or 'nothing'} would come first"
        for level, leaders in item.changes.items()
    ]
    return f"We do not know {guide.option(item.option).name} on {criterion.name}. If it is {'; if '.join(parts)}."


def stale_on(verified: Iterable[str], days: int) -> str | None:
    """The day on which the oldest of some facts becomes too old, as 2026-11-23; None without a fact."""
    oldest = min(verified, default=None)
    return None if oldest is None else (date.fromisoformat(oldest) + timedelta(days=days)).isoformat()
