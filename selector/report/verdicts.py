"""How sure a recommendation sounds: fixed words for fixed figures (method section 12)."""

from __future__ import annotations

from fractions import Fraction

from selector.analysis.confidence import CLEAR, CLOSE, LEAD, NARROW, OPEN, TIE, Verdict, lead_of
from selector.scoring.recommend import Recommendation

SENTENCES = {
    CLEAR: "Clear lead",
    LEAD: "A lead, but check what could change it",
    NARROW: "Narrow lead",
    OPEN: "Open: answer more questions first",
    CLOSE: "Too close to call",
    TIE: "A tie",
}


CHECK = ", but check what could change it"
"""What is added where nothing competes and an answer would change that."""


def sentence(result: Recommendation, found: Verdict) -> str:
    """The word of a verdict in words. Nothing leads where nothing competes: then that is said."""
    if found.lead is not None or found.word not in (CLEAR, LEAD):
        return SENTENCES[found.word]
    return _alone(result) + (CHECK if found.word == LEAD else "")


def longest_sentence(result: Recommendation) -> str:
    """The longest that may still be said of a result whose figures are being worked out: a page keeps room for it."""
    return max(*SENTENCES.values(), _alone(result) + CHECK if lead_of(result) is None else "", key=len)


def _alone(result: Recommendation) -> str:
    """The recommendation that nothing competes with."""
    one = result.guide.terms.strategy
    if len(result.feasible) > 1:
        return f"The only {one} that no preference lists later"
    unsure = any(place.verdict.unverified and not place.verdict.failed for place in result.places)
    return f"The only {one} {'confirmed to meet' if unsure else 'that meets'} all your requirements"


def share_in_words(share: Fraction, draws: int) -> str:
    """A share of draws without false precision: never "100%" nor "0%" of something that was only sampled."""
    if share == 1:
        return f"in all {draws:,} tried"
    if share == 0:
        return f"in none of {draws:,} tried"
    if share > Fraction(99, 100):
        return f"in more than 99% of {draws:,}"
    if share < Fraction(1, 100):
        return f"in fewer than 1% of {draws:,}"
    return f"in {round(share * 100)}% of {draws:,}"


def percent_in_words(share: Fraction) -> str:
    """The same in the fewest words, for a table."""
    if share in (0, 1):
        return "all" if share else "none"
    if share > Fraction(99, 100):
        return "over 99%"
    return "under 1%" if share < Fraction(1, 100) else f"{round(share * 100)}%"


def factor_in_words(factor: float | None) -> str:
    """The guaranteed factor as a sentence, rounded down so that it never promises too much."""
    if factor is None:
        return "The result holds whatever the weights are: no other has an advantage that counts."
    if factor < 1:
        return "It leads on what we know, but a missing fact could change the result."
    if factor < 1.05:
        return "A small change in weights could change the result."
    shown = int(factor * 10) / 10 if factor >= 1.1 else int(factor * 100) / 100
    return f"The result holds even if every weight is wrong by a factor of {shown:g}."


def left_out_in_words(left_out: int, *, complete: bool) -> str:
    """What was bounded when a guide has too many combinations to rank; empty when nothing was."""
    if complete and not left_out:
        return ""
    many = f"{left_out:,}" if complete else f"At least {left_out:,}" if left_out else "Some"
    return (
        f"{many} further combinations were left out: there are too many to rank all; those of fewest members are here."
    )
