"""How sure a recommendation is: one of six words, by fixed limits, and who is named beside the leader (method
section 12). Worked out once; the page, the record, the command line and the data all take it from here.

The limits are calibrated on published decisions: the share of nearby weightings alone hardly tells whether people
decided the same. What tells is how much the questions that are still open could change the leader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selector.case.answers import UNSURE, in_force
from selector.guide.model import FULL
from selector.scoring.recommend import RankedStrategy, Recommendation

from .sensitivity import Flip, alternatives

CLEAR, LEAD, NARROW, OPEN, CLOSE, TIE = "clear", "lead", "narrow", "open", "close", "tie"

SURE, FIRM, HALF = Fraction(9, 10), Fraction(7, 10), Fraction(1, 2)
"""The least share of nearby weightings for `clear`, for `lead`, and for anything but `close`."""

AHEAD = 2
"""Points of 100 that the leader of a `clear` or plain `lead` is ahead at least."""

SAID = 3
"""Core questions that are answered at least, or else the word is `open`."""

SETTLED, LOOSE = 1, 3
"""How much the open core questions may change for `clear`, and for anything but `open`: for each the share of its
answers that change who ranks first, added up."""

TELLING = Fraction(1, 10)
"""The share of nearby weightings from which on a rival is named beside a leader that is too close to call."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A preference, and the best of the strategies that it lists after others; `ahead` is by how many points of 100
    that one's score is larger than the leader's (negative: smaller)."""

    preference: str
    place: RankedStrategy
    ahead: Fraction


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure the first place is.

    Attributes:
        word: clear, lead, narrow, open, close or tie.
        contenders: the winner and whatever is not clearly behind it, in the order in which to name them.
        share: share of nearby weightings in which the winner ranks first.
        lead: points of 100 between the winner and the next strategy that no preference puts behind; None without one.
        said: core questions that are answered. `needed`: how many have to be.
        swing: for each open core question the share of its answers that change who ranks first, added up.
        swinging: those questions, the one that changes most first.
        besides: how many open questions that are not core have an answer that changes who ranks first.
        set_aside: what preferences put behind, those ahead by most first.
    """

    word: str
    contenders: tuple[RankedStrategy, ...]
    share: Fraction
    lead: Fraction | None
    said: int
    needed: int
    swing: Fraction
    swinging: tuple[str, ...]
    besides: int
    set_aside: tuple[SetAside, ...]


def judge(
    result: Recommendation, shares: Mapping[str, Fraction], flips: Iterable[Flip], passing: tuple[RankedStrategy, ...]
) -> Verdict:
    """The verdict on a recommendation that has a winner.

    Args:
        result: the recommendation.
        shares: strategy id to share of nearby weightings in which it ranks first.
        flips: all single answers that change who ranks first.
        passing: contenders that missing facts may put level or ahead, as `completions.may_pass` gives them.
    """
    winner = result.winner
    assert winner is not None
    flips = list(flips)
    changes = _swings(result, flips)
    core = [name for name in result.guide.core if name in in_force(result.guide, result.case)]
    needed = min(SAID, len(core))
    said = sum(1 for name in core if result.case.answers.get(name, UNSURE) != UNSURE)
    swing = sum(changes.values(), Fraction())
    share, lead = shares[winner.strategy.id], lead_of(result)
    close = bool(passing) or share < HALF or share < max(shares.values())
    tied = len(result.leaders) > 1
    return Verdict(
        word=TIE if tied else CLOSE if close else _word(share, lead, swing, enough=said >= needed),
        contenders=_named(result, shares, passing) if tied or close else (winner,),
        share=share,
        lead=lead,
        said=said,
        needed=needed,
        swing=swing,
        swinging=tuple(name for name in sorted(changes, key=lambda name: -changes[name]) if changes[name]),
        besides=len(_open_besides(result, flips)),
        set_aside=set_aside(result),
    )


def _word(share: Fraction, lead: Fraction | None, swing: Fraction, *, enough: bool) -> str:
    """The word for a leader that is ahead on its own."""
    if not enough or swing > LOOSE:
        return OPEN
    if share < FIRM or (lead is not None and lead < AHEAD):
        return NARROW
    return CLEAR if share >= SURE and swing <= SETTLED else LEAD


def _swings(result: Recommendation, flips: Iterable[Flip]) -> dict[str, Fraction]:
    """Per open core question the share of its answers that change who ranks first."""
    guide, case = result.guide, result.case
    changed: dict[str, int] = {}
    for flip in flips:
        if flip.answer is not None:
            changed[flip.question] = changed.get(flip.question, 0) + 1
    asked = in_force(guide, case)
    found = {}
    for name in guide.core:
        if name in asked and case.answers.get(name, UNSURE) == UNSURE:
            tried = [answer for answer in alternatives(guide.question(name), None) if answer is not None]
            found[name] = Fraction(changed.get(name, 0), len(tried))
    return found


def _open_besides(result: Recommendation, flips: Iterable[Flip]) -> set[str]:
    """The questions that are neither core nor answered, and of which an answer changes who ranks first."""
    given, core = result.case.answers, set(result.guide.core)
    changing = {flip.question for flip in flips if flip.answer is not None} - core
    return {name for name in changing if given.get(name, UNSURE) == UNSURE}


def _named(
    result: Recommendation, shares: Mapping[str, Fraction], passing: tuple[RankedStrategy, ...]
) -> tuple[RankedStrategy, ...]:
    """The winner, then who ranks first most often: those that share its total, that missing facts may put ahead, or
    that are first in some of the nearby weightings. Never without the most frequent first, and never the winner alone.
    """
    winner = result.winner
    assert winner is not None
    most = max(shares.values())
    others = [place for place in result.contenders if place is not winner]
    found = [
        place
        for place in others
        if place in result.leaders
        or place in passing
        or shares[place.strategy.id] >= TELLING
        or shares[place.strategy.id] == most
    ]
    found.sort(key=lambda place: (-shares[place.strategy.id], -place.total.twice, place.strategy.id))
    return (winner, *(found or others[:1]))


def lead_of(result: Recommendation) -> Fraction | None:
    """Points of 100 between the winner and the next strategy that no preference puts behind, exact."""
    if result.winner is None or len(result.contenders) < 2:
        return None
    return _points(result, result.winner, result.contenders[1])


def _points(result: Recommendation, one: RankedStrategy, other: RankedStrategy) -> Fraction:
    return Fraction(100 * (one.total.twice - other.total.twice), 2 * FULL * sum(result.points))


def set_aside(result: Recommendation) -> tuple[SetAside, ...]:
    """For each preference that holds the best strategy that it lists after others; those ahead by most first.

    A strategy that several preferences put behind is named under the most important of them.
    """
    winner = result.winner
    if winner is None:
        return ()
    best: dict[str, RankedStrategy] = {}
    for place in result.feasible:
        if place.verdict.behind:
            name = place.verdict.behind[0]
            if name not in best or place.total.twice > best[name].total.twice:
                best[name] = place
    found = [SetAside(name, place, _points(result, place, winner)) for name, place in best.items()]
    return tuple(sorted(found, key=lambda item: (-item.ahead, item.preference)))
