"""The path that users typically take: stages, and the moves between options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from hooks.render.context import Edition, Entry
from hooks.render.facts import Path, move_anchor


@dataclass(frozen=True, slots=True)
class Move:
    """A declared move with its place: on the page and in the data."""

    entry: Entry
    anchor: str
    path: Path

    @property
    def page(self) -> str:
        """Where it is described."""
        return f"stages.md#{self.anchor}"


def all_moves(edition: Edition) -> list[Move]:
    """All moves in the order of the data."""
    return [
        Move(entry, move_anchor(index), ("moves", index))
        for index, entry in enumerate(edition.guide.data.get("moves", ()))
    ]


def moves_with(edition: Edition, option: str) -> list[Move]:
    """Moves that start or end with an option."""
    return [move for move in all_moves(edition) if option in sides(edition, move)[0] | sides(edition, move)[1]]


def left_behind(edition: Edition) -> set[str]:
    """The options from which a move leads away."""
    return {option for move in all_moves(edition) for option in sides(edition, move)[0]}


def moves_between(edition: Edition, pair: tuple[str, str]) -> list[Move]:
    """Moves that lead from one of two options to the other."""
    one, two = pair
    found = []
    for move in all_moves(edition):
        before, after = sides(edition, move)
        if (one in before and two in after) or (two in before and one in after):
            found.append(move)
    return found


def sides(edition: Edition, move: Move) -> tuple[set[str], set[str]]:
    """The options that a move starts with, and those that it ends with."""
    option = edition.guide.option
    return {option(name).id for name in move.entry["from"]}, {option(name).id for name in move.entry["to"]}


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """stages.md."""
    yield edition.page("stages.md", partial(_page, edition))


def _page(edition: Edition) -> str:
    sheet, stages = edition.sheet("stages.md"), list(edition.guide.data.get("stages", ()))
    moves = all_moves(edition)
    return sheet.print(
        "stages.md",
        title="Maturity path",
        description=f"{len(stages)} stages that users typically pass, and {len(moves)} moves from one option to another.",
        hide=("navigation",),
        stages=stages,
        moves=moves,
        options={option["id"]: option for option in edition.guide.data["options"]},
    )
