"""Recommendations beside decisions that others have published, and beside two simple ways to decide: one answer for
all, and the guide's rules of thumb.

A recommendation agrees when what was decided is among the strategies that share the first place. A family agrees when
one of its members would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from selector import Guide, recommend
from selector.case.answers import Case, chosen
from selector.case.situation import Situation
from selector.scoring.recommend import Recommendation

from .cache import cached_result

Entry = Mapping[str, Any]

FEW = 3
"""Places that count as "among the first"."""

EXACTLY = "="
"""Before what is decided: these members are all there is."""


def holds(guide: Guide, wanted: str, members: Collection[str]) -> bool:
    """Whether a strategy's members hold what was decided: `a+b|c` for a and one of b and c, `=a+b` for nothing else."""
    groups = [group.split("|") for group in wanted.removeprefix(EXACTLY).split("+")]
    found = [{member for member in members for name in group if _means(guide, name, member)} for group in groups]
    if not all(found):
        return False
    return not wanted.startswith(EXACTLY) or set(members) == set[str]().union(*found)


def _means(guide: Guide, name: str, member: str) -> bool:
    """Whether a member is the named option. A family is each of its members and each of them is the family, except one
    that takes part only when an answer says so: that stands for what the guide does not know."""
    wanted, given = guide.option(name), guide.option(member)
    if wanted.id == given.id:
        return True
    return any(not family.off and other.id in family.stands_for for family, other in ((wanted, given), (given, wanted)))


@dataclass(frozen=True, slots=True)
class Compared:
    """A published decision and what the selector says in its situation, in ids and figures.

    Attributes:
        leaders: ids of the strategies that share the first place.
        first: what was decided is one of them.
        among: it is among the first three.
        accepted: it, or what the source takes as good as well, ranks first.
        rejected: what the source advises against ranks first.
        rule: position of the rule of thumb that decides; None when none does.
        by_rule: whether that rule agrees.
        constant: whether the answer agrees that agrees most often.
    """

    id: str
    kind: str
    confidence: str
    leaders: tuple[str, ...]
    first: bool
    among: bool
    accepted: bool
    rejected: bool
    rule: int | None
    by_rule: bool
    constant: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, with the 95 % interval of Wilson: it keeps its promise also for few and for extreme rates."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """0..1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, 0..1."""
        if not self.of:
            return 0.0, 1.0
        z2 = Z * Z
        middle = self.share + z2 / (2 * self.of)
        spread = Z * sqrt(self.share * (1 - self.share) / self.of + z2 / (4 * self.of * self.of))
        scale = 1 + z2 / self.of
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


Z = 1.959964
"""Standard deviations on either side of the middle that hold 95 % of a normal distribution."""


def order_of(result: Recommendation) -> list[tuple[str, ...]]:
    """The members of all places in order: what meets every requirement, else what is not ruled out."""
    places = result.feasible or tuple(place for place in result.places if not place.verdict.failed)
    return [place.strategy.members for place in places]


def judge(guide: Guide, entry: Entry, result: Recommendation) -> tuple[bool, bool, bool, bool]:
    """First, among the first three, accepted, rejected: a decision against a recommendation."""
    order = order_of(result)
    leading = [place.strategy.members for place in result.leaders] or order[:1]

    def agrees(wanted: Iterable[str], members: Collection[str]) -> bool:
        return any(holds(guide, one, members) for one in wanted)

    taken = [*entry["decided"], *entry.get("accepted", ())]
    first = any(agrees(entry["decided"], members) for members in leading)
    accepted = any(agrees(taken, members) for members in leading)
    return (
        first,
        first or any(agrees(entry["decided"], members) for members in order[:FEW]),
        accepted,
        not accepted and any(agrees(entry.get("rejected", ()), members) for members in leading[:1]),
    )


def rule_of(guide: Guide, case: Case, situation: Situation) -> tuple[int, tuple[str, ...]] | None:
    """Position and choice of the first rule of thumb that applies."""
    for position, rule in enumerate(guide.data.get("rules_of_thumb", ())):
        if _meets(guide, case, rule.get("when", {}), all) and not _meets(guide, case, rule.get("unless", {}), any):
            return position, tuple(_resolved(guide, situation, name) for name in rule["choose"].split("+"))
    return None


def _meets(
    guide: Guide, case: Case, wanted: Mapping[str, Sequence[str]], join: Callable[[Iterable[bool]], bool]
) -> bool:
    return join(
        any(answer.id in answers for answer in chosen(guide.question(name), case.answers.get(name, ())))
        for name, answers in wanted.items()
    )


def _resolved(guide: Guide, situation: Situation, name: str) -> str:
    """An option. A family means its first member in use, else the first that the answers bring in, else itself."""
    option = guide.option(name)
    for known in (situation.owned, situation.enabled):
        if option.id in known:
            break
        for member in option.stands_for:
            if member in known:
                return member
    return option.id


def comparisons(guide: Guide) -> tuple[Compared, ...]:
    """All published decisions of the guide, in the order of its data."""
    return cached_result(guide, f"agreement {_digest(guide)}", lambda: compare(guide, guide.data.get("decisions", ())))


def _digest(guide: Guide) -> int:
    """Of what is compared: two guides with the same scoring may have other decisions and rules."""
    return hash(
        repr([guide.data.get(section) for section in ("decisions", "rules_of_thumb", "preferences", "families")])
    )


def compare(guide: Guide, decisions: Sequence[Entry]) -> tuple[Compared, ...]:
    """Decisions, from wherever they are, against the guide's recommendations."""
    always = set(constant(guide, decisions)[1])
    return tuple(_compare(guide, entry, always) for entry in decisions)


def _compare(guide: Guide, entry: Entry, always: Collection[str]) -> Compared:
    result = recommend(guide, entry["answers"])
    rule = rule_of(guide, result.case, result.situation)
    return Compared(
        entry["id"],
        entry["kind"],
        entry["confidence"],
        tuple(place.strategy.id for place in result.leaders),
        *judge(guide, entry, result),
        rule=None if rule is None else rule[0],
        by_rule=rule is not None and any(holds(guide, wanted, rule[1]) for wanted in entry["decided"]),
        constant=entry["id"] in always,
    )


def constant(guide: Guide, decisions: Sequence[Entry]) -> tuple[str, tuple[str, ...]]:
    """The strategy that agrees with most of these decisions whatever the situation, and with which; the first by id of
    several. A split strategy is no single answer."""
    found = {
        strategy.id: tuple(
            entry["id"]
            for entry in decisions
            if any(holds(guide, wanted, strategy.members) for wanted in entry["decided"])
        )
        for strategy in guide.strategies
        if strategy.pattern != "split"
    }
    return min(found.items(), key=lambda item: (-len(item[1]), item[0]))


@dataclass(frozen=True, slots=True)
class Row:
    """Rates over some of the decisions."""

    name: str
    first: Rate
    among: Rate
    accepted: Rate
    rejected: Rate
    rules: Rate
    constant: Rate


def row(name: str, found: Sequence[Compared]) -> Row:
    """The rates of these."""

    def rate(field: str) -> Rate:
        return Rate(sum(getattr(one, field) for one in found), len(found))

    return Row(name, *(rate(field) for field in ("first", "among", "accepted", "rejected", "by_rule", "constant")))


ALL = "all"

CONFIDENCES = ("high", "medium", "low")


def rows(guide: Guide, found: Sequence[Compared]) -> tuple[list[Row], list[Row], list[Row]]:
    """Over all decisions, by confidence, and by kind of source, each with its id as name."""
    kinds = [entry["id"] for entry in guide.data.get("decision_kinds", ())]
    return (
        [row(ALL, found)],
        [row(name, some) for name in CONFIDENCES if (some := [one for one in found if one.confidence == name])],
        [row(name, some) for name in kinds if (some := [one for one in found if one.kind == name])],
    )


@dataclass(frozen=True, slots=True)
class Drop:
    """A decision that is not as its editors accepted it.

    Attributes:
        worse: it was first, or among the first three, and is not; False when it is better than accepted.
    """

    decision: str
    said: str
    worse: bool


def drops(guide: Guide, found: Sequence[Compared]) -> list[Drop]:
    """Where recommendation and `differs` do not fit together: worse than accepted, or better."""
    entries = {entry["id"]: entry for entry in guide.data.get("decisions", ())}
    noted = []
    for one in found:
        differs = entries[one.id].get("differs")
        names = " = ".join(guide.strategy(name).named or name for name in one.leaders) or "nothing"
        if differs is None and not one.first:
            noted.append(
                Drop(one.id, f"{names} ranks first, not what was chosen, and 'differs' does not say why", True)
            )
        elif differs is not None and one.first:
            noted.append(Drop(one.id, "what was chosen ranks first, so 'differs' is out of date", False))
        elif differs is not None and differs["among_three"] != one.among:
            now = "is" if one.among else "is not"
            noted.append(Drop(one.id, f"what was chosen {now} among the first {FEW}", not one.among))
    return noted


def by_verdict(found: Sequence[Compared], verdicts: Mapping[str, str], field: str = "first") -> dict[str, Rate]:
    """How often each word for confidence was right."""
    given = Counter(verdicts[one.id] for one in found if one.id in verdicts)
    right = Counter(verdicts[one.id] for one in found if one.id in verdicts and getattr(one, field))
    return {word: Rate(right[word], given[word]) for word in given}
