"""The stages that users typically pass. Also the moves between options, which pages/migrate.py shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from hooks.render.context import BuildContext, Entry
from hooks.render.facts import Path, move_anchor
from hooks.render.plain_text import counted


@dataclass(frozen=True, slots=True)
class Move:
    """A declared move with its place: on the page and in the data."""

    entry: Entry
    anchor: str
    path: Path

    @property
    def page(self) -> str:
        """Where it is described."""
        return f"migrate.md#{self.anchor}"


def all_moves(build: BuildContext) -> list[Move]:
    """All moves in the order of the data."""
    return [
        Move(entry, move_anchor(index), ("moves", index))
        for index, entry in enumerate(build.guide.data.get("moves", ()))
    ]


def moves_with(build: BuildContext, option: str) -> list[Move]:
    """Moves that start or end with an option."""
    return [move for move in all_moves(build) if option in sides(build, move)[0] | sides(build, move)[1]]


def left_behind(build: BuildContext) -> set[str]:
    """The options from which a move leads away."""
    return {option for move in all_moves(build) for option in sides(build, move)[0]}


def moves_between(build: BuildContext, pair: tuple[str, str]) -> list[Move]:
    """Moves that lead from one of two options to the other."""
    one, two = pair
    found = []
    for move in all_moves(build):
        before, after = sides(build, move)
        if (one in before and two in after) or (two in before and one in after):
            found.append(move)
    return found


def sides(build: BuildContext, move: Move) -> tuple[set[str], set[str]]:
    """The options that a move starts with, and those that it ends with."""
    option = build.guide.option
    return {option(name).id for name in move.entry["from"]}, {option(name).id for name in move.entry["to"]}


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """stages.md, or nothing."""
    if build.guide.data.get("stages"):
        yield build.reusable_page("stages.md", partial(_page, build))


def _page(build: BuildContext) -> str:
    page, stages = build.page("stages.md"), list(build.guide.data.get("stages", ()))
    return page.print(
        "stages.md",
        title="Stages",
        description=f"{counted(len(stages), 'typical stage')}, when each is enough, and the signs that you've outgrown it.",
        hide=("navigation",),
        stages=stages,
        moves=all_moves(build),
    )
