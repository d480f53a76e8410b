"""From what was found to what it says: answers, contradictions, options and strategies in use, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from selector.case.answers import Value, chosen
from selector.guide.guide import Guide
from selector.guide.model import Question
from selector.guide.strategies import Strategy

from .evidence import HINT, STRENGTHS, SURE, Evidence, Rules
from .files import DEEPEST, LARGEST, Plan
from .following import Follows, following
from .found import Found, Read, Setup, Support, Use
from .scan import Scan

MOST = 10**9

FIRM = STRENGTHS.index(SURE)

MOST_SETUPS = 4
"""Strategies in use that are named."""


@dataclass(frozen=True)
class Reading:
    """What a repository says."""

    guide: Guide
    rules: Rules
    scan: Scan
    plan: Plan

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Evidence that counts, in the guide's order."""
        tallies = self.scan.tallies
        counting = [one for one in self.rules.evidence if one.least <= tallies[one.id].count <= (one.most or MOST)]
        source = any(one.id in self.rules.source for one in counting)
        enough = {one.id: Found(one, tallies[one.id], source) for one in counting}
        return tuple(one for one in enough.values() if _stands(one.evidence, enough))

    @cached_property
    def answers(self) -> tuple[Read, ...]:
        """Questions that the files say something on, in the guide's order."""
        return tuple(read for question in self.guide.questions if (read := self._read(question)) is not None)

    def _read(self, question: Question) -> Read | None:
        if question.kind == "number":
            return self._number(question)
        telling = [one for one in self.found if one.strength > STRENGTHS.index(HINT)]
        supports = tuple(
            Support(answer.id, tuple(sorted(speaking, key=lambda one: -one.strength)))
            for answer in question.answers
            if (speaking := [one for one in telling if answer.id in one.evidence.answers.get(question.id, ())])
        )
        if not supports:
            return None
        if question.kind == "many":
            return Read(question, tuple(one.answer for one in supports), supports)
        best = max(one.strength for one in supports)
        strongest = [one for one in supports if one.strength == best]
        return Read(question, strongest[0].answer if len(strongest) == 1 else None, supports)

    def _number(self, question: Question) -> Read | None:
        counted = tuple(one for one in self.found if one.evidence.counts == question.id)
        number = sum(one.count for one in counted)
        if number < max(1, question.minimum or 0) or (question.maximum is not None and number > question.maximum):
            return None
        return Read(question, number, (Support("", counted),))

    @cached_property
    def values(self) -> dict[str, Value]:
        """The answers as a case holds them."""
        return {read.question.id: read.value for read in self.answers if read.value is not None}

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Options that are in use for sure, in the guide's order."""
        return tuple(self._uses(FIRM))

    @cached_property
    def likely(self) -> tuple[Use, ...]:
        """Options that are probably in use, in the guide's order: what installs them, say, was seen and they were not."""
        sure = {use.option for use in self.uses}
        return tuple(use for use in self._uses(FIRM - 1) if use.option not in sure)

    def _uses(self, least: int) -> Iterator[Use]:
        for option in (*self.guide.options, *self.guide.families):
            found = tuple(one for one in self.found if one.strength >= least and option.id in one.evidence.uses)
            if found:
                folders = {part for one in found for part in one.tally.folders}
                yield Use(option.id, found, self._units(folders), sure=least == FIRM)

    @cached_property
    def shown(self) -> frozenset[str]:
        """Options that files point to in any way: in use, probably in use, or had by whoever gives the answers read."""
        had = (
            name
            for read in self.answers
            if read.value is not None
            for answer in chosen(read.question, read.value)
            for effect in answer.effects
            for name in self.guide.targets(effect.get("have", ()))
        )
        return frozenset({use.option for use in (*self.uses, *self.likely)}.union(had))

    def _units(self, folders: set[str]) -> int:
        """Units in whose folder, or below it, one of these folders is; 0 when most of them are elsewhere, as where all
        of a kind have a folder for themselves: then units say nothing about the reach."""
        units = self.scan.units
        above = [self._above(folder) & units for folder in folders]
        if 2 * sum(bool(one) for one in above) < len(above):
            return 0
        return len({unit for one in above for unit in one})

    @staticmethod
    def _above(folder: str) -> set[str]:
        """The folder and those above it; the top only for what is directly in it."""
        steps = folder.split("/")
        return {"/".join(steps[:n]) for n in range(1, len(steps) + 1)}

    @cached_property
    def setups(self) -> tuple[Setup, ...]:
        """The strategies of the guide that these options make up, largest first, none inside another. Where several large
        ones share members, files do not show which belong together: then the smallest are named.

        What is only behind others (as a helper) may be out of sight: then the members that were seen are
        named, not a strategy.
        """
        used = {use.option: use.count for use in self.uses}
        found: dict[tuple[str, ...], Strategy | None] = {}
        for strategy in self.guide.strategies:
            core = tuple(name for name in strategy.members if name not in strategy.support)
            if not used.keys() >= set(core) or self._spares(strategy):
                continue
            whole = used.keys() >= set(strategy.members)
            members = strategy.members if whole else core
            found[members] = strategy if whole else found.get(members)
        widest = [one for one in found if not any(set(one) < set(other) for other in found)]
        if any(set(one) & set(other) for n, one in enumerate(widest) for other in widest[n + 1 :]):
            widest = [one for one in found if not any(set(one) > set(other) for other in found)]
        widest.sort(key=lambda one: (-len(one), -sum(used[name] for name in one), one))
        told: set[str] = set()
        kept = []
        for members in widest:
            if not set(members) <= told:
                told |= set(members)
                kept.append(Setup(members, found[members]))
        return tuple(kept[:MOST_SETUPS])

    def _spares(self, strategy: Strategy) -> bool:
        """True when a member does a job that it only can do as well: that it is in use does not show that."""
        return any(role not in self.guide.option(name).provides for role, name in strategy.filled.items())

    @property
    def beside(self) -> tuple[Use, ...]:
        """Options in use that no strategy in use explains."""
        told = {name for one in self.setups for name in one.members}
        return tuple(use for use in self.uses if use.option not in told)

    @property
    def warnings(self) -> tuple[Found, ...]:
        """What is to be known whatever is chosen."""
        return tuple(one for one in self.found if one.evidence.warning)

    @property
    def hints(self) -> tuple[Found, ...]:
        """What was seen and is not enough for an answer."""
        return tuple(
            one
            for one in self.found
            if one.strength == STRENGTHS.index(HINT)
            and not one.evidence.warning
            and not one.evidence.entry.get("silent")
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """What was not read, in sentences."""
        said = []
        if self.scan.cut:
            few = ", ".join(self.scan.cut[:3]) + (", …" if len(self.scan.cut) > 3 else "")
            count = len(self.scan.cut)
            said.append(
                f"Only the beginning was read of {count:,} very large {'file' if count == 1 else 'files'}"
                f" (at most {LARGEST // 10**6} MB, or 20,000 lines of one document): {few}."
            )
        if self.scan.unread:
            said.append(f"{_files(self.scan.unread)} not read, because all together were too large.")
        if self.plan.left_out:
            said.append(f"{_files(self.plan.left_out)} not looked at, because there were too many.")
        if self.plan.deep:
            count = self.plan.deep
            said.append(
                f"{count:,} {'file or folder' if count == 1 else 'files and folders'} more than {DEEPEST} folders deep"
                f" {'was' if count == 1 else 'were'} not looked at."
            )
        return tuple(said)

    def follows(self, members: Iterable[str], before: Iterable[str] | None = None) -> Follows:
        """Does the repository use these options? `before` are those shown when that was decided, None when not known."""
        return following(self.guide, self.rules, self.uses, self.shown, members, before)


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count:,} files were"


def _stands(one: Evidence, enough: Mapping[str, Found]) -> bool:
    """True when nothing takes it away, and what it needs is there."""
    if any(name in enough for name in one.unless):
        return False
    return not one.needs or any(name in enough for name in one.needs)


def differing(reading: Reading, recorded: Mapping[str, object]) -> list[tuple[str, object, Value]]:
    """Answers that the files clearly give otherwise than recorded: question, recorded, read. Numbers vary by nature."""
    found: list[tuple[str, object, Value]] = []
    for read in reading.answers:
        said = recorded.get(read.question.id)
        if said is None or read.value is None or not read.clear or read.question.kind == "number":
            continue
        if isinstance(read.value, tuple):
            if not isinstance(said, list | tuple) or set(read.value) <= set(said):
                continue
        elif said == read.value:
            continue
        found.append((read.question.id, said, read.value))
    return found


def merged(read: Mapping[str, Value], said: Mapping[str, Value]) -> dict[str, Value]:
    """What was said counts before what was read."""
    return {**read, **said}
