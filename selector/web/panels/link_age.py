"""What a visitor is told who opens a link that was made with older data."""

from __future__ import annotations

from selector import Guide
from selector.plan.drift import CHANGED, CLOSER, Drift
from selector.web.marks import joined

MOST_FACTS = 3
"""Facts that moved which are named; the rest is counted."""


def drift_sentences(found: Drift | None, guide: Guide) -> list[str]:
    """Still valid, closer than it was, or changed, and because of which facts; `found` is None when the link does not
    say what came first then."""
    if found is None:
        return [
            "This link was created with an older version of the data."
            f" The result below uses today's data (revision {guide.revision})."
        ]
    return [_verdict(found, guide), *_facts(found, guide)]


def _verdict(found: Drift, guide: Guide) -> str:
    before = joined([_name(guide, name) for name in found.leaders_before])
    if found.status == CHANGED:
        now = joined([place.strategy.name for place in found.result.leaders]) or "nothing"
        return f"Changed since this link was made: {before} came first then, {now} does now."
    if found.status == CLOSER:
        return (
            f"Still valid, but closer than it was: {before} ranks first, now by {found.lead_now} points"
            f" instead of {found.lead_before}."
        )
    return f"Still valid: the data has changed since this link was made, and {before} ranks first as it did then."


def _name(guide: Guide, name: str) -> str:
    try:
        return guide.strategy(name).name
    except KeyError:
        return name


def _facts(found: Drift, guide: Guide) -> list[str]:
    moved = [item for item in found.moved if item.criterion]
    if not moved:
        return (
            ["The facts behind it haven't changed, but weights or other setups have."]
            if found.status == CHANGED
            else []
        )
    texts = [f"{guide.criterion(item.criterion).name} of {_name(guide, item.strategy)}" for item in moved[:MOST_FACTS]]
    more = f" and {len(moved) - MOST_FACTS} more" if len(moved) > MOST_FACTS else ""
    return [f"What changed: {', '.join(texts)}{more}."]
