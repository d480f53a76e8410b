"""A page per pair of options, differences first; the live comparison of up to four, and the list of pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations

from markupsafe import Markup

from hooks.render.context import BuildContext, Entry, ids
from hooks.render.profiles import option_profile
from selector import Guide
from selector.guide.values import Cell

from .stages import all_moves, moves_between, sides

MOST = 400
"""Pair pages generated when the guide does not say how many it wants."""

SLOTS = "ABCD"
"""The letters of the options that are compared live: as many as fit beside each other."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion on which two options are compared. `better` is 0, 1, or None when neither or not known."""

    criterion: str
    name: str
    better: int | None
    size: int
    known: bool


def all_pairs(guide: Guide) -> list[Pair]:
    """All pairs in guide order."""
    return list(combinations((option.id for option in guide.options), 2))


def pairs_with_page(guide: Guide) -> list[Pair]:
    """The pairs that have a page. When there are too many, those that stand in for each other come first."""
    if not _chosen or _chosen[0][0] is not guide:
        _chosen[:] = [(guide, _choose(guide))]
    return _chosen[0][1]


_chosen: list[tuple[Guide, list[Pair]]] = []
"""The pairs of the last guide: every option's page asks for them, and there are half as many as options squared."""


def _choose(guide: Guide) -> list[Pair]:
    most = int(guide.data["guide"].get("pairs", {}).get("most", MOST))
    pairs = all_pairs(guide)
    if len(pairs) <= most:
        return pairs
    provides = {option.id: option.provides & frozenset(guide.goals) for option in guide.options}
    kept = set(sorted(pairs, key=lambda pair: -len(provides[pair[0]] & provides[pair[1]]))[:most])
    return [pair for pair in pairs if pair in kept]


def pair_path(pair: Pair) -> str:
    """The path of a pair's page."""
    return f"compare/{pair[0]}-vs-{pair[1]}.md"


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """compare/index.md and compare/<a>-vs-<b>.md."""
    guide, page = build.guide, build.page("compare/index.md")
    with_page = pairs_with_page(guide)
    yield (
        page.path,
        page.print(
            "pairs.md",
            title="Compare options",
            description=f"Two to four of {len(guide.options)} options side by side, differences first.",
            hide=("navigation", "toc"),
            slots=SLOTS,
            options=build.options,
            named=build.strategies,
            together=_together(guide),
            moves=[(move, *map(sorted, sides(build, move))) for move in all_moves(build)],
            groups=[(option, _partners(build, option["id"], with_page)) for option in build.options],
            left_out=len(all_pairs(guide)) - len(with_page),
        ),
    )
    profiles = cache(lambda option: option_profile(guide, option))
    for pair in with_page:
        make = partial(_page, build, pair, profiles)
        yield build.reusable_page(pair_path(pair), make, options=pair, strategies=ids(build.combinations_of(*pair)))


def _together(guide: Guide) -> list[Pair]:
    """The pairs that some combination has, each once, in the order of ids."""
    return sorted({pair for strategy in guide.strategies for pair in combinations(sorted(strategy.members), 2)})


def _partners(build: BuildContext, option: str, with_page: list[Pair]) -> list[tuple[Entry, str]]:
    pages = {frozenset(pair): pair_path(pair) for pair in with_page}
    found = ((other, pages.get(frozenset((option, other["id"])))) for other in build.options)
    return [(other, path) for other, path in found if path is not None]


def _page(build: BuildContext, pair: Pair, profiles: Callable[[str], Markup]) -> str:
    guide, page = build.guide, build.page(pair_path(pair))
    both = tuple(guide.entry("options", name) for name in pair)
    rows = [_row(guide, pair, criterion.id) for criterion in guide.criteria]
    different = sorted((row for row in rows if row.size), key=lambda row: -row.size)
    names = [option["name"] for option in both]
    return page.print(
        "pair.md",
        title=f"{names[0]} or {names[1]}",
        description=f"{names[0]} and {names[1]} side by side: {len(different)} differences on {len(rows)} criteria.",
        hide=("navigation",),
        both=both,
        profiles=[profiles(option) for option in pair],
        different=different,
        same=[row for row in rows if not row.size],
        together=build.combinations_of(*pair),
        derived=sum(set(pair) <= set(strategy.members) for strategy in guide.strategies),
        moves=moves_between(build, pair),
    )


def _row(guide: Guide, pair: Pair, criterion: str) -> Row:
    one, two = (guide.cell(name, criterion) for name in pair)
    gap = (one.low + one.high) - (two.low + two.high)
    known = _known(one) and _known(two)
    better = None if gap == 0 or not _apart(one, two) else int(gap < 0)
    differs = (one.low, one.high) != (two.low, two.high)
    return Row(criterion, guide.criterion(criterion).name, better, max(abs(gap), 1) if differs else 0, known)


def _known(cell: Cell) -> bool:
    return cell.low == cell.high


def _apart(one: Cell, two: Cell) -> bool:
    """True when one is better whatever the unknown turns out to be."""
    return one.low > two.high or two.low > one.high
