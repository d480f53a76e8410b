"""What gates did, in words: assumptions, what is in use and binds, preferences, contradictions, and what yielded.

For the page, the record and the command line: the same words in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selector.analysis.confidence import SetAside, set_aside
from selector.case.answers import chosen
from selector.case.effects import Assumption, Binding
from selector.case.requirements import Yielded
from selector.guide.guide import Guide
from selector.scoring.recommend import Recommendation

from .sentences import and_, asked_for, points_text

MOST_SET_ASIDE = 3
"""Preferences that are named with what they put behind."""


def assumptions(result: Recommendation) -> list[tuple[Assumption, str]]:
    """Assumptions in force, each with a sentence that ends in its reason."""
    return [
        (
            item,
            f"Assumed until you answer “{_question(result, item.question)}”: “{_answer(result, item)}”. {item.because}",
        )
        for item in result.assumed
    ]


def bindings(result: Recommendation) -> list[tuple[Binding, str]]:
    """Bindings in force, each with a sentence that ends in its reason."""
    given_up = {item.id for item in result.yielded}
    return [
        (item, f"Only {result.guide.terms.strategies} with {_options(result, item)}: {item.because}")
        for item in result.situation.bindings
        if not item.relaxed and item.id not in given_up
    ]


def yielded(result: Recommendation) -> list[tuple[Yielded, str]]:
    """Assumptions and bindings that were given up, each with a sentence that says to what."""
    return [(item, _yielded(result, item)) for item in result.yielded]


def _yielded(result: Recommendation, item: Yielded) -> str:
    to = and_([f"“{text}”" for text in asked_for(result, item.to)])
    for binding in result.situation.bindings:
        if binding.id == item.id:
            return f"Your answers call for {_options(result, binding)}, but no {result.guide.terms.strategy} with it meets {to or 'your requirements'}."
    for assumption in result.situation.assumptions:
        if assumption.id == item.id:
            return (
                f"We would assume “{_answer(result, assumption)}” for “{_question(result, assumption.question)}”,"
                f" but then no {result.guide.terms.strategy} would meet your requirements. Answer this question."
            )
    return ""


def contradictions(result: Recommendation) -> list[str]:
    """Pairs of answers that cannot be meant together, each with its reason."""
    guide = result.guide
    found = []
    for item in result.situation.contradictions:
        mine = guide.question(item.question).answer(item.answer)
        theirs = [answer.label for answer in chosen(guide.question(item.other), item.other_answers)]
        label = mine.label if mine else item.answer
        found.append(
            f"Two of your answers contradict each other: “{label}” ({guide.question(item.question).text}) and"
            f" {and_([f'“{text}”' for text in theirs])} ({guide.question(item.other).text}). {item.because}"
        )
    return found


def preferences(result: Recommendation) -> list[tuple[SetAside, str]]:
    """Preferences that put something behind, each with its reason and the best strategy that it lists after others.

    Those whose best strategy would be ahead of the leader come first.
    """
    return [(item, preference_text(result.guide, item)) for item in set_aside(result)]


def preference_text(guide: Guide, item: SetAside) -> str:
    """One preference: its reason, and the best strategy that it lists after others."""
    entry = guide.entry("preferences", item.preference)
    name, reason = entry.get("name", item.preference), str(entry["because"]).strip()
    return f"{name}. {reason} {put_behind_text(item)}"


def put_behind_text(item: SetAside) -> str:
    """The best strategy that a preference lists after others, to stand after the preference's reason."""
    size = points_text(abs(item.ahead))
    where = f"{size} ahead of the recommendation" if item.ahead > 0 else f"{size} behind it"
    if not item.ahead:
        where = "with the same score"
    return f"Listed after others for this reason: {item.place.strategy.name}, {where}."


def ahead_texts(guide: Guide, found: Iterable[SetAside]) -> Iterator[str]:
    """Sentences on what only a preference keeps from the first place."""
    for item in list(found)[:MOST_SET_ASIDE]:
        if item.ahead > 0:
            yield preference_text(guide, item)


def _question(result: Recommendation, name: str) -> str:
    return result.guide.question(name).text


def _answer(result: Recommendation, item: Assumption) -> str:
    answer = result.guide.question(item.question).answer(item.answer)
    return answer.label if answer else item.answer


def _options(result: Recommendation, item: Binding) -> str:
    return and_([option.name for option in result.guide.candidates if option.id in item.options], "or")
