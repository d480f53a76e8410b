"""Decision drift: is a decision that was made at an older revision of the guide still right?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from selector.case.answers import AnswerError, Case, clipped, wish_today
from selector.case.data import case_data
from selector.case.own import changed
from selector.case.trades import with_trades
from selector.guide.guide import Guide
from selector.guide.own import OwnFact
from selector.scoring.differences import Difference
from selector.scoring.recommend import RankedStrategy, Recommendation, recommend
from selector.scoring.totals import percent

VALID, CLOSER, CHANGED = "valid", "closer", "changed"

SAME = 0.5
"""A lead that shrank by less than so many points of 100 counts as unchanged."""

KEPT = 5
"""Strategies whose values a decision keeps, so that a later reader can see what moved."""

FORMAT = 1


def decision(
    result: Recommendation,
    date: str,
    shares: Mapping[str, str] | None = None,
    repository: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A decision as plain JSON data: the case, what was first, and the values that decided it.

    Args:
        result: the recommendation.
        date: the day of the decision, as 2026-11-23.
        shares: strategy id to share of nearby weightings, when it was worked out.
        repository: what the files showed, where any were read (`report.followed.recorded`).
    """
    guide = result.guide
    kept = result.feasible[:KEPT] if result.crowned else ()
    return {
        "format": FORMAT,
        "kind": "decision",
        "guide": guide.data["guide"]["id"],
        "revision": guide.revision,
        "date": date,
        **case_data(result.case),
        "gates": list(result.gates_in_force),
        "leaders": [place.strategy.id for place in result.leaders],
        "runner_up": result.runner_up.strategy.id if result.runner_up else None,
        "lead": lead(result),
        "shares": dict(shares or {}),
        "points": {
            criterion.id: str(points) for criterion, points in zip(guide.criteria, result.situation.points, strict=True)
        },
        "values": {
            place.strategy.id: {
                criterion.id: [low, high]
                for criterion, low, high in zip(guide.criteria, *result.values(place), strict=True)
            }
            for place in kept
        },
        **({} if repository is None else {"repository": dict(repository)}),
    }


def lead(result: Recommendation) -> float | None:
    """Points of 100 between the winner and the next feasible strategy; None when there is none, or when a preference
    rather than its score puts it behind."""
    winner, rival = result.winner, result.runner_up
    if winner is None or rival is None or rival.tier:
        return None
    return round(percent(winner.total.twice - rival.total.twice, result.points) / 2, 2)


@dataclass(frozen=True, slots=True)
class Moved:
    """A value that is not what it was: `before` and `after` are [low, high], 0..1000, or None where it did not
    exist."""

    strategy: str
    criterion: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True)
class Drift:
    """What became of a decision.

    Attributes:
        status: valid (still first, about as clearly), closer (still first, by less) or changed.
        result: the recommendation for the same answers today.
        moved: values of the decision's strategies that changed, those that weigh most first.
        reweighted: criteria whose points changed for the same answers: (id, before, after).
        gates_new, gates_gone: ids of assumptions, bindings and preferences that hold now and did not then, and those
            that held then and do not now; empty where the decision did not keep them.
        notices: answers that the guide no longer knows, and the like.
        own_moved: own facts of which the guide says something else today, with what it said then. They stay.
    """

    status: str
    same_revision: bool
    leaders_before: tuple[str, ...]
    lead_before: float | None
    lead_now: float | None
    result: Recommendation
    moved: tuple[Moved, ...]
    reweighted: tuple[tuple[str, str, str], ...]
    notices: tuple[str, ...]
    gates_new: tuple[str, ...] = ()
    gates_gone: tuple[str, ...] = ()
    own_moved: tuple[tuple[OwnFact, str], ...] = ()


def verify(guide: Guide, made: Mapping[str, Any]) -> Drift:
    """Judge a decision again with today's guide.

    Raises:
        AnswerError: the data is not a decision of this guide.
    """
    if made.get("kind") != "decision" or made.get("format") != FORMAT:
        raise AnswerError("unsupported decision file format")
    if made.get("guide") != guide.data["guide"]["id"]:
        raise AnswerError(f"this decision was made with another guide: {clipped(made.get('guide'))}")
    try:
        own = made.get("own", ())
        result = recommend(
            guide, with_trades(made), weights=made["weights"], relax=made["relax"], own=own, lenient=True
        )
        own_moved = changed(guide, result.case.own, {item["fact"]: item["guide"] for item in own if "guide" in item})
        before = tuple(str(name) for name in made["leaders"])
        moved = _moved(result, {name: _today(guide, row) for name, row in made["values"].items()})
        reweighted = _reweighted(result, _today(guide, made["points"]))
        gates = None if "gates" not in made else [wish_today(guide, str(name)) for name in made["gates"]]
        was = None if made["lead"] is None else float(made["lead"])
        status = _status(result, before, was)
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        what = f"it has no '{error.args[0]}'" if isinstance(error, KeyError) else "a part of it has another form"
        raise AnswerError(f"the decision is damaged: {what}") from error
    return Drift(
        status=status,
        same_revision=made.get("revision") == guide.revision,
        leaders_before=before,
        lead_before=was,
        lead_now=lead(result),
        result=result,
        moved=moved,
        reweighted=reweighted,
        notices=result.notices,
        gates_new=() if gates is None else tuple(name for name in result.gates_in_force if name not in gates),
        own_moved=tuple(own_moved),
        gates_gone=() if gates is None else tuple(name for name in gates if name not in result.gates_in_force),
    )


def _status(result: Recommendation, before: tuple[str, ...], was: float | None) -> str:
    known = {_current(result.guide, name) for name in before}
    if known != {place.strategy.id for place in result.leaders}:
        return CHANGED
    now = lead(result)
    return CLOSER if was is not None and now is not None and now < was - SAME else VALID


def _current(guide: Guide, name: str) -> str:
    """Today's id of a strategy, or the old one when it is gone."""
    try:
        return guide.strategy(name).id
    except KeyError:
        return name


def _today[T](guide: Guide, row: Mapping[str, T]) -> dict[str, T]:
    """A row by criterion with the ids of today; a criterion that is gone keeps the id that it had."""
    today = guide.today("criteria")
    return {today.get(name, name): value for name, value in row.items()}


def _moved(result: Recommendation, values: Mapping[str, Mapping[str, Any]]) -> tuple[Moved, ...]:
    guide = result.guide
    points = dict(zip((criterion.id for criterion in guide.criteria), result.points, strict=True))
    found: list[tuple[int, Moved]] = []
    for name, row in values.items():
        try:
            place = result.place(name)
        except KeyError:
            found.append((10**9, Moved(name, "", None, None)))
            continue
        now = dict(zip(points, zip(*result.values(place), strict=True), strict=True))
        for criterion in dict.fromkeys([*row, *now]):
            before = (int(row[criterion][0]), int(row[criterion][1])) if criterion in row else None
            after = now.get(criterion)
            if before != after:
                size = sum(abs(a - b) for a, b in zip(after or (0, 0), before or (0, 0), strict=True))
                found.append((size * points.get(criterion, 0), Moved(place.strategy.id, criterion, before, after)))
    return tuple(item for _, item in sorted(found, key=lambda pair: (-pair[0], pair[1].strategy, pair[1].criterion)))


def _reweighted(result: Recommendation, points: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Points that are not what they were; nothing where the decision did not keep them."""
    if not points:
        return ()
    now = {
        criterion.id: str(value)
        for criterion, value in zip(result.guide.criteria, result.situation.points, strict=True)
    }
    return tuple(
        (name, str(points.get(name, "0")), now.get(name, "0"))
        for name in dict.fromkeys([*points, *now])
        if str(points.get(name, "0")) != now.get(name, "0")
    )


KEY = 3
"""Characters that stand for a criterion in a keepsake: enough to keep a few hundred criteria apart."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def link_snapshot(result: Recommendation) -> str:
    """A decision in a line of text, short enough for a share link: who came first, by how much, on which values.

    `leader,leader~rival~lead~values~values`: per criterion a key of its id and the lower and upper value in two digits
    of base 36 each, for the winner and for the runner-up. Empty without a winner.
    """
    winner, rival = result.winner, result.runner_up
    if winner is None:
        return ""
    leaders = ",".join(place.strategy.id for place in result.leaders)
    parts = [leaders, rival.strategy.id if rival else "", str(lead(result) or 0), _row(result, winner)]
    return "~".join([*parts, _row(result, rival)] if rival else parts)


def _row(result: Recommendation, place: RankedStrategy) -> str:
    values = zip(result.guide.criteria, *result.values(place), strict=True)
    return "".join(_key(criterion.id) + _digits(low) + _digits(high) for criterion, low, high in values)


def _key(criterion: str) -> str:
    number = crc32(criterion.encode()) % 36**KEY
    return DIGITS[number // 1296] + _digits(number % 1296)


def _digits(value: int) -> str:
    return DIGITS[value // 36] + DIGITS[value % 36]


def recall(guide: Guide, case: Case, revision: str, text: str) -> Drift | None:
    """Judge the decision in a share link again; None when the text is not a keepsake. Never raises: it is foreign."""
    names, *parts = text.split("~")
    try:
        rival, lead_before, *rows = parts
        leaders = [guide.strategy(name).id for name in names.split(",")]
        keys = {_key(name): today for name, today in guide.today("criteria").items()}
        ids = [leaders[0], *([guide.strategy(rival).id] if rival else [])]
        values = {name: _values(keys, row) for name, row in zip(ids, rows, strict=True)}
        made = {
            "format": FORMAT,
            "kind": "decision",
            "guide": guide.data["guide"]["id"],
            "revision": revision,
            **case_data(case),
            "leaders": leaders,
            "lead": float(lead_before),
            "points": {},
            "values": values,
        }
        return verify(guide, made)
    except (KeyError, ValueError, AnswerError):
        return None


def _values(keys: Mapping[str, str], row: str) -> dict[str, list[int]]:
    size = KEY + 4
    if len(row) % size:
        raise ValueError(row)
    cells = [row[start : start + size] for start in range(0, len(row), size)]
    return {
        keys[cell[:KEY]]: [int(cell[KEY : KEY + 2], 36), int(cell[KEY + 2 :], 36)]
        for cell in cells
        if cell[:KEY] in keys
    }


def gaps(result: Recommendation) -> list[Difference]:
    """The winner against the runner-up, largest first; empty without both."""
    if result.winner is None or result.runner_up is None:
        return []
    return result.differences(result.winner, result.runner_up)
