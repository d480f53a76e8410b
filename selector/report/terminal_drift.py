"""A recorded decision judged again, for a terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from selector.case.own import as_said
from selector.case.own_words import changed_text, own_text
from selector.guide.guide import Guide
from selector.plan.drift import CHANGED, CLOSER, VALID, Drift

from .sentences import (
    asked_for,
    name_of,
    quoted,
)
from .terminal import Paint


def drift(found: Drift, paint: Paint) -> str:
    """The finding in words."""
    guide = found.result.guide
    names = quoted(guide, [place.strategy.id for place in found.result.leaders]) or "nothing"
    before = quoted(guide, found.leaders_before) or "nothing"
    if found.status == CHANGED:
        head = f"Changed: {names} would rank first now, not {before}."
    elif found.status == CLOSER:
        head = (
            f"Still valid, but closer than it was: {before} leads by {found.lead_now} points of 100, it was"
            f" {found.lead_before}."
        )
    else:
        head = f"Still valid: {before} ranks first."
    lines = [paint.bold(head), *found.notices]
    if found.same_revision:
        lines.append("The guide's data is the same as when it was decided.")
    lines += [f"  did not hold then: {text}" for text in asked_for(found.result, found.gates_new)]
    lines += [f"  held then and does not now: {text}" for text in asked_for(found.result, found.gates_gone)]
    lines += _own(found)
    lines += _moved(found)
    if found.status != VALID and len(lines) == 1 and found.leaders_before:
        lines.append("The supporting facts haven't changed; other setups are new or have been re-rated.")
    return "\n".join(lines)


def _own(found: Drift) -> list[str]:
    """Own facts: they are kept, and where the guide says something else today, that is said."""
    guide, moved = found.result.guide, {fact.name for fact, _ in found.own_moved}
    kept = [fact for fact in found.result.case.own if fact.name not in moved]
    lines = [f"  own fact, kept: {own_text(guide, fact)}" for fact in kept]
    return lines + [f"  {changed_text(guide, fact, was)}" for fact, was in found.own_moved]


def _moved(found: Drift) -> list[str]:
    """What is not what it was: facts that count first."""
    guide, lines = found.result.guide, list[str]()
    gone = [item.strategy for item in found.moved if not item.criterion]
    lines += [f"  {name_of(guide, name)} is no longer a strategy of the guide" for name in gone]
    for item in found.moved:
        if item.criterion:
            name = guide.criterion(item.criterion).name if item.after else item.criterion
            lines.append(f"  {name_of(guide, item.strategy)}, {name}: {_range(item.before)} -> {_range(item.after)}")
    lines += [f"  weight of {_criterion(guide, name)}: {before} -> {after}" for name, before, after in found.reweighted]
    if not lines:
        return []
    because = {VALID: "What moved, without consequence", CLOSER: "Because these moved", CHANGED: "Because these moved"}
    return [f"{because[found.status]} (values from 0, the worst, to 1000):", *lines]


def _criterion(guide: Guide, name: str) -> str:
    try:
        return guide.criterion(name).name
    except KeyError:
        return name


def _range(values: tuple[int, int] | None) -> str:
    if values is None:
        return "absent"
    return str(values[0]) if values[0] == values[1] else f"{values[0]} to {values[1]}"


def drift_data(found: Drift) -> dict[str, Any]:
    """The finding as plain JSON data."""
    then = {fact.name: was for fact, was in found.own_moved}
    return {
        "status": found.status,
        "same_revision": found.same_revision,
        "revision": found.result.guide.revision,
        "leaders_before": list(found.leaders_before),
        "leaders": [place.strategy.id for place in found.result.leaders],
        "lead_before": found.lead_before,
        "lead": found.lead_now,
        "moved": [asdict(item) for item in found.moved],
        "gates_new": list(found.gates_new),
        "gates_gone": list(found.gates_gone),
        "own": [
            {**said, "guide_then": then.get(said["fact"], said["guide"])} for said in as_said(found.result.case.own)
        ],
        "reweighted": [list(item) for item in found.reweighted],
        "notices": list(found.notices),
    }
