"""Notices and warnings that the editors of a guide have accepted, with the reason, in its section `accepted`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .problems import ERROR, NOTICE, Problem


@dataclass(frozen=True)
class Sorted:
    """What is to be shown, how many were accepted, and the positions of the entries that accept nothing any more."""

    shown: list[Problem]
    accepted: int
    idle: list[int]


def without_accepted(problems: Iterable[Problem], entries: Sequence[Mapping[str, Any]]) -> Sorted:
    """Leave out what an entry of `accepted` accepts: the notice of this code at this place. Errors are never accepted."""
    shown, used, accepted = [], set[int](), 0
    for problem in problems:
        fits = [index for index, entry in enumerate(entries) if _accepts(entry, problem)]
        if fits and problem.severity != ERROR:
            used.update(fits)
            accepted += 1
        else:
            shown.append(problem)
    return Sorted(shown, accepted, [index for index in range(len(entries)) if index not in used])


def _accepts(entry: Mapping[str, Any], problem: Problem) -> bool:
    place = problem.where.split(" › ")
    wanted = str(entry["where"]).split("/")
    return entry["notice"] == problem.code and any(
        place[start : start + len(wanted)] == wanted for start in range(len(place))
    )


def idle_notice(file: str, line: int, entry: Mapping[str, Any]) -> Problem:
    """Says that an entry of `accepted` accepts nothing any more."""
    said = f"no notice '{entry['notice']}' is at '{entry['where']}' any more"
    where = f"accepted › {entry['where']}"
    return Problem(
        file=file, line=line, column=1, end=2, code="accepted", message=said, expected="no such entry",
        where=where, severity=NOTICE,
    )  # fmt: skip
