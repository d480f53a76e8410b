"""Findings as sentences, for the command line and the decision record: the same words in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from selector.analysis.confidence import CLOSE, OPEN, TIE, Verdict
from selector.analysis.near_ties import joint_share, near_ties
from selector.analysis.sensitivity import Crossover, Flip, Leaders, Lift
from selector.analysis.steps import Analysis
from selector.analysis.unknowns import UnknownImpact
from selector.case.answers import UNSURE, Value, chosen
from selector.case.effects import Exclusion, Requirement
from selector.case.requirements import preference_id, switched_off_id
from selector.guide.guide import Guide
from selector.scoring.recommend import Recommendation

from . import verdicts

MOST_ANSWERS = 4
"""Answers named per finding; the rest is counted."""

MOST_QUESTIONS = 3
"""Open questions that are named."""

MOST_DIGITS = 6
"""Digits after the point of a change that is too small to show."""

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


def points_text(points: Fraction) -> str:
    """Points of 100 in words, never "0.0" for what is something."""
    if 0 < points < Fraction(1, 10):
        return "less than 0.1 points"
    figure = f"{float(points):.1f}".removesuffix(".0")
    return f"{figure} point{'' if figure == '1' else 's'}"


def near_tie_text(result: Recommendation) -> str:
    """Names what differs from the winner in hardly anything that counts here; empty when nothing does."""
    found = near_ties(result)[:MOST_NEAR_TIES]
    if not found:
        return ""
    names = and_([place.strategy.name for place, _ in found])
    most = max(apart for _, apart in found)
    one = len(found) == 1
    if not most:
        return f"Nearly equal: {names}. Your answers don't distinguish between them."
    apart = "less than 0.1" if most < Fraction(1, 10) else f"{'' if one else 'at most '}{float(most):.1f}"
    return f"Nearly equal: {names}. All differences together amount to {apart} points out of 100."


def joint_share_text(analysis: Analysis) -> str:
    """Near-twins split the share of nearby weightings between them: what they have together; empty without any."""
    found = [place for place, _ in near_ties(analysis.result)]
    if analysis.result.winner is None or not found:
        return ""
    places = [analysis.result.winner, *found]
    share = verdicts.share_in_words(joint_share(analysis.shares, places), analysis.draws)
    names = and_([place.strategy.name for place in places], "or")
    return f"{names} ranks first {share}: near-twins split what either would have alone."


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
    """What is asked for, by id and in words: requirements, exclusions, bindings, options that are off."""
    words_of = _asked_for(result)
    return list(dict.fromkeys(words_of.get(name, name) for name in sorted(names)))


def gates_named(result: Recommendation, names: Iterable[str]) -> list[str]:
    """Assumptions, bindings and preferences, by id and as nouns: what a sentence can do without."""
    bound = {item.id for item in result.situation.bindings}
    return [
        f"{f'the limit to {result.guide.terms.strategies} ' if name in bound else ''}{asked_for(result, [name])[0]}"
        for name in names
    ]


def _asked_for(result: Recommendation) -> dict[str, str]:
    """Words of everything that may be asked for, by id; kept with the result, as every row of the ranking asks."""
    kept: dict[str, str] = result.__dict__.setdefault("_asked_for", {})
    if not kept:
        kept.update(_words_of_gates(result))
    return kept


def _words_of_gates(result: Recommendation) -> dict[str, str]:
    guide, situation = result.guide, result.situation
    assumed = situation.assumptions
    requirements = [*situation.requirements, *(item for one in assumed for item in one.requirements)]
    exclusions = [*situation.exclusions, *(item for one in assumed for item in one.exclusions)]
    found = {item.id: requirement_text(guide, item) for item in requirements}
    found.update({item.id: f"without {excluded_text(guide, item)}" for item in exclusions})
    for question in guide.questions:
        found[f"bind.{question.id}"] = f"what is in use: {question.text}"
        if question.assumed is not None:
            answer = question.answer(question.assumed[0])
            found[f"assumed.{question.id}"] = f"the assumption “{answer.label if answer else ''}”: {question.text}"
    for binding in situation.bindings:
        names = [option.name for option in guide.candidates if option.id in binding.options]
        found[binding.id] = f"with {and_(names, 'or')}"
    for preference in guide.preferences:
        name = guide.entry("preferences", preference.id).get("name", preference.id)
        found[preference_id(preference.id)] = f"the preference “{name}”"
    for option in guide.candidates:
        found[switched_off_id(option.id)] = f"{option.name} only when an answer names it"
    return found


def excluded_text(guide: Guide, item: Exclusion) -> str:
    """What is ruled out, with the editions where it is not all of them."""
    return guide.titled(item.option, item.editions)


def requirement_text(guide: Guide, item: Requirement) -> str:
    """A least level on a criterion, in words."""
    criterion = guide.criterion(item.criterion)
    whose = "" if item.cls is None else f" for {guide.entry('classes', item.cls)['name']}"
    return f"{criterion.name}{whose}: {criterion.or_better(item.level)}"


def flips_by_leader(guide: Guide, flips: Iterable[Flip]) -> list[tuple[str, list[str]]]:
    """Single answers that change who comes first, by whom they put first: those that many answers lead to come first.

    Gives (who would rank first, the questions with their answers).
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
    verb = "would rank first" if len(leaders) == 1 else "would share the first place"
    return f"{quoted(guide, sorted(leaders))} {verb}"


def _questions(guide: Guide, answers: Mapping[str, list[str]]) -> list[str]:
    return [f"{guide.question(name).text} {and_(given, 'or')}" for name, given in answers.items()]


def crossover_text(guide: Guide, item: Crossover) -> str:
    """The change of one weight that makes a rival tie, in words; empty where it is level already."""
    if item.points == item.now:
        return ""
    verb = "rose" if item.points > item.now else "fell"
    before, after = f"{float(item.now):.3g}", f"{float(item.points):.3g}"
    size = f"from {before} to {after} points"
    if before == after:
        size = f"by less than {_above(abs(item.points - item.now))} points"
    return (
        f"The most sensitive weight is {guide.criterion(item.criterion).name}: if it {verb} {size},"
        f" {name_of(guide, item.rival)} would tie."
    )


def _above(value: Fraction) -> str:
    """The smallest of 1, 0.1, 0.01 … that is larger."""
    bound, digits = Fraction(1), 0
    while value < bound / 10 and digits < MOST_DIGITS:
        bound, digits = bound / 10, digits + 1
    return f"{float(bound):.{digits}f}"


def verdict_texts(guide: Guide, found: Verdict) -> list[str]:
    """Why the verdict is what it is, and what would still change the recommendation."""
    return [_because(guide, found), _still(guide, found)]


def _because(guide: Guide, found: Verdict) -> str:
    first, *others = found.contenders
    if found.word == TIE:
        level = [place.strategy.id for place in found.contenders if place.total.twice == first.total.twice]
        rest = [place.strategy.id for place in others if place.strategy.id not in level]
        return f"{quoted(guide, level)} have equal scores." + (
            f" Small changes in weights put {quoted(guide, rest)} first." if rest else ""
        )
    if found.word == CLOSE:
        names = quoted(guide, [place.strategy.id for place in others])
        return f"Small changes in weights, or missing facts, could put {names} first."
    ahead = f"No other {guide.terms.strategy} competes with it."
    if found.lead is not None:
        ahead = f"It is {points_text(found.lead)} of 100 ahead."
    if found.word == OPEN and found.said < found.needed:
        count = f"{found.said} core question{'' if found.said == 1 else 's'}"
        return f"{ahead} You answered {count}. It takes {found.needed} before we say how firm this is."
    return ahead


def _still(guide: Guide, found: Verdict) -> str:
    if not found.swinging and found.besides:
        others = "1 other open question" if found.besides == 1 else f"{found.besides} other open questions"
        return f"No answer to an open core question would change it, but {others} could."
    if not found.swinging:
        return "No answer to an open question would change it."
    names = [f"“{guide.question(name).text}”" for name in found.swinging[:MOST_QUESTIONS]]
    more = len(found.swinging) - len(names)
    if more:
        names.append(f"{more} more core question{'' if more == 1 else 's'}")
    return f"Your answer to {and_(names, 'or')} could still change it."


def unknown_text(guide: Guide, item: UnknownImpact) -> str:
    """An unknown fact and what it would change, in words."""
    criterion = guide.criterion(item.criterion)
    parts = [
        f"“{criterion.levels[criterion.level_index(level)].label}”,"
        f" {and_([name_of(guide, name) for name in sorted(leaders)]) or 'nothing'} would rank first"
        for level, leaders in item.changes.items()
    ]
    name = name_of(guide, item.strategy) if item.strategy else guide.option(item.option).name
    return f"We do not know {name} on {criterion.name}. If it is {'; if '.join(parts)}."


def lifts_by_leader(result: Recommendation, lifts: Iterable[Lift]) -> list[tuple[str, list[str]]]:
    """Assumptions, bindings and preferences that alone decide who ranks first, by whom they keep from it.

    Gives (who would rank first, what would have to be set aside for it).
    """
    groups: dict[Leaders, list[str]] = {}
    for lift in lifts:
        groups.setdefault(lift.leaders, []).extend(gates_named(result, [lift.gate]))
    return [(_leading(result.guide, leaders), texts) for leaders, texts in groups.items()]


def lift_texts(result: Recommendation, lifts: Iterable[Lift]) -> list[str]:
    """The same as one sentence each."""
    return [f"Without {and_(texts)}: {leading}." for leading, texts in lifts_by_leader(result, lifts)]


def stale_on(verified: Iterable[str], days: int) -> str | None:
    """The day on which the oldest of some facts becomes too old, as 2026-11-23; None without a fact."""
    oldest = min(verified, default=None)
    return None if oldest is None else (date.fromisoformat(oldest) + timedelta(days=days)).isoformat()
