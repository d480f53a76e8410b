"""Does a repository follow a decision?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selector.guide.guide import Guide

from .evidence import SURE, Rules
from .found import Use

FOLLOWED, PLANNED, UNSEEN, MIXED, LEFT = "followed", "planned", "unseen", "mixed", "left"

KEEPS = (FOLLOWED, PLANNED, UNSEEN)
"""What is no deviation: all is there, or as far from it as when it was decided, or files cannot tell."""


@dataclass(frozen=True, slots=True)
class Follows:
    """How a repository compares with a strategy.

    Attributes:
        seen: options of it that files show, for sure or probably.
        missing: those that are not found and should be.
        planned: those that are not found and were not when it was decided either.
        unseen: those of which no file can tell.
        more: others in use that the decision does not know.
        kept: others in use that were when it was decided.
    """

    seen: tuple[str, ...]
    missing: tuple[str, ...]
    planned: tuple[str, ...]
    unseen: tuple[str, ...]
    more: tuple[str, ...]
    kept: tuple[str, ...]

    @property
    def status(self) -> str:
        """`followed`, `planned` (not there yet, as when it was decided), `unseen` (no file can tell), `mixed` (other
        options are in use as well) or `left` (something that should be seen is not)."""
        if self.missing or (self.more and not self.seen):
            return LEFT
        if self.more:
            return MIXED
        if self.planned:
            return PLANNED
        return FOLLOWED if self.seen else UNSEEN

    @property
    def rank(self) -> int:
        """How well it follows: more is better."""
        return (LEFT, MIXED, UNSEEN, PLANNED, FOLLOWED).index(self.status)


def following(
    guide: Guide,
    rules: Rules,
    uses: Iterable[Use],
    shown: frozenset[str],
    members: Iterable[str],
    before: Iterable[str] | None,
) -> Follows:
    """Compare options with what files show. What only adds to others is not asked for.

    Args:
        guide: the guide.
        rules: its evidence.
        uses: what is in use for sure.
        shown: what files point to in any way.
        members: the options of the decision.
        before: options that were shown when that was decided; None when that is not known.
    """
    additions = {role.id for role in guide.roles if role.optional}

    def asked(names: Iterable[str]) -> set[str]:
        return {name for name in names if not set(guide.option(name).provides) <= additions}

    wanted = asked(members)
    stands = {family.id: set(family.stands_for) for family in guide.families if not family.off}
    seen = {name for name in wanted if name in shown or stands.get(name, set()) & shown}
    tell = {name for one in rules.evidence if one.strength == SURE for name in one.uses} - rules.traceless
    absent = {name for name in wanted - seen if name in tell or stands.get(name, set()) & tell}
    known = None if before is None else _today(guide, before)
    planned = (
        set[str]() if known is None else {n for n in absent if n not in known and not stands.get(n, set()) & known}
    )
    meant = wanted.union(*(stands.get(name, ()) for name in wanted))
    others = {
        name
        for name in asked(use.option for use in uses)
        if name not in meant and not stands.get(name, set()) & wanted
    }  # fmt: skip
    kept = others & known if known is not None else set[str]()
    return Follows(
        seen=tuple(sorted(seen)),
        missing=tuple(sorted(absent - planned)),
        planned=tuple(sorted(planned)),
        unseen=tuple(sorted(wanted - seen - absent)),
        more=tuple(sorted(others - kept)),
        kept=tuple(sorted(kept)),
    )


def _today(guide: Guide, names: Iterable[str]) -> set[str]:
    """Ids of today for options of any time."""
    today: Mapping[str, str] = guide.today("options")
    return {today.get(name, name) for name in names}
