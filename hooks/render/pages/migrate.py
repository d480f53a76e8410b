"""Migrations from one set of options to another, found by where a reader is and where they want to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hooks.render.context import BuildContext, Entry
from hooks.render.plain_text import counted

from .stages import Move, all_moves, sides

NOWHERE = "nothing"
"""What a move starts from that needs nothing before it."""


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """migrate.md, or nothing."""
    if build.guide.data.get("moves"):
        yield build.reusable_page("migrate.md", partial(_page, build))


def _page(build: BuildContext) -> str:
    page, moves = build.page("migrate.md"), all_moves(build)
    return page.print(
        "migrate.md",
        title="Migrate",
        description=f"{counted(len(moves), 'migration')}, each with its steps, its risk and how to roll it back.",
        hide=("navigation", "toc"),
        boost=2,
        moves=[(move, *_ends(build, move)) for move in moves],
        before=_named(build, {name for move in moves for name in sides(build, move)[0] - sides(build, move)[1]}),
        after=_named(build, {name for move in moves for name in sides(build, move)[1] - sides(build, move)[0]}),
        from_nothing=any(not move.entry["from"] for move in moves),
        nowhere=NOWHERE,
    )


def _ends(build: BuildContext, move: Move) -> tuple[list[str], list[str]]:
    """What a move leads away from, and what it leads to; what is kept is neither, unless there is nothing else."""
    before, after = sides(build, move)
    return sorted(before - after or before) or [NOWHERE], sorted(after - before or after)


def _named(build: BuildContext, names: set[str]) -> list[Entry]:
    families = build.guide.data.get("families", ())
    return [entry for entry in (*build.all_options, *families) if entry["id"] in names]
