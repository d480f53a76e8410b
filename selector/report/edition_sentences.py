"""Which edition a recommendation means, and why a strategy fails in all of its editions, in words."""

from __future__ import annotations

from selector.case.verdict import Way
from selector.guide.editions import Editions
from selector.guide.guide import Guide
from selector.scoring.recommend import RankedStrategy, Recommendation

from .sentences import and_, asked_for


def edition_texts(result: Recommendation, place: RankedStrategy, *, why: bool = True) -> list[str]:
    """One sentence for each member whose editions differ: which one is meant, and what asks for it."""
    # That answers exclude another edition says nothing more than which one is meant.
    excluded = {item.id for item in result.situation.exclusions if item.editions}
    asked = asked_for(result, result.gates.passed_over(place.row) - excluded) if why else []
    found = []
    for name, edition in place.editions:
        option = result.guide.option(name)
        if option.stands_for:
            continue  # which option is meant is not known yet, so its edition is not either
        which = f"{option.name} in the {edition_name(result.guide, name, edition)} edition"
        first = edition == option.editions[0].id
        found.append(f"This means {which}." if first or not asked else f"This needs {which}: {and_(asked)}.")
    return found


def edition_name(guide: Guide, option: str, edition: str) -> str:
    """What an edition of an option is called."""
    return next(found.name for found in guide.option(option).editions if found.id == edition)


def failed_text(result: Recommendation, place: RankedStrategy) -> str:
    """What a strategy does not meet; where it has editions, what each of them does not meet."""
    if not place.verdict.ways:
        return "; ".join(asked_for(result, place.verdict.failed))
    parts = dict[str, list[str]]()
    for way in place.verdict.ways:
        parts.setdefault("; ".join(asked_for(result, way.failed)), []).append(_which(result.guide, way))
    if len(parts) == 1:
        return next(iter(parts))
    return ". ".join(f"{and_(list(dict.fromkeys(names)))}: {text}" for text, names in parts.items())


def _which(guide: Guide, way: Way) -> str:
    """A choice of editions by name, and of what a family stands for."""
    meant = [_titled(guide, name, edition) for _, name, edition in way.variant.instead]
    chosen: Editions = way.variant.editions
    families = {family for family, _, _ in way.variant.instead}
    return " + ".join([*meant, *(_titled(guide, *pair) for pair in chosen if pair[0] not in families)])


def _titled(guide: Guide, option: str, edition: str) -> str:
    found = guide.option(option)
    if found.stands_for:
        return next(one.name for one in found.editions if one.id == edition)
    return f"{found.name} {edition_name(guide, option, edition)}" if edition else found.name
