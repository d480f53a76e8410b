"""A page per pair of options, the verdict first; the live comparison of up to four, and the list of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import comb

from hooks.evaluation.pair_answers import IN_USE, RULES_OUT, Deciding, deciding_answers
from hooks.render.context import BuildContext, Entry, ids, plain, search_names
from hooks.render.offered import compares
from hooks.render.wizard_links import share_link
from selector import Guide
from selector.case.compared import Compared
from selector.guide.editions import Cell
from selector.web.marks import applies

from .stages import all_moves, moves_between, sides

MOST = 400
"""Pair pages generated when the guide does not say how many it wants."""

SLOTS = "ABCD"
"""The letters of the options that are compared live: as many as fit beside each other."""

Pair = tuple[str, str]


MOST_ANSWERS = 3
"""Questions that the verdict names for an option; the rest are in the table below it."""

MOST_ASKED = 6
"""Questions that the wizard offers to decide between the two."""

MOST_CRITERIA = 3
"""Criteria that the verdict names for an option."""


@dataclass(frozen=True, slots=True)
class Decides:
    """Answers to one question that decide alike: for which option, whether they rule the other out, and why."""

    question: Entry
    labels: tuple[str, ...]
    favours: int
    kind: str
    criterion: str | None
    because: str

    @property
    def rules_out(self) -> bool:
        """True when the other option cannot be chosen then."""
        return self.kind == RULES_OUT


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion on which two options are compared.

    Attributes:
        better: 0, 1, or None when neither or not known.
        size: how far apart the two are; 0 for the same level.
        depends: answers about this criterion that rule one of the two out.
    """

    criterion: str
    name: str
    better: int | None
    size: int
    depends: tuple[Decides, ...] = ()

    @property
    def differs(self) -> bool:
        """True when the two differ, for all visitors or for those who give some answer."""
        return bool(self.size or self.depends)


@dataclass(frozen=True, slots=True)
class Side:
    """What the verdict says of one of two options."""

    option: Entry
    answers: tuple[Decides, ...]
    criteria: tuple[Row, ...]


def all_pairs(guide: Guide) -> list[Pair]:
    """All pairs in guide order, of what no organisation hides."""
    shown = (option.id for option in guide.options if not guide.entry("options", option.id).get("hidden"))
    return list(combinations(shown, 2))


def pairs_without_page(guide: Guide) -> int:
    """How many pairs have no page, because there are too many."""
    shown = sum(not entry.get("hidden") for entry in guide.data["options"])
    return comb(shown, 2) - len(pairs_with_page(guide))


def pairs_with_page(guide: Guide) -> list[Pair]:
    """The pairs that have a page. When there are too many, those that can replace each other are first."""
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
    """compare/index.md and compare/<a>-vs-<b>.md, where there are two options or more."""
    if not compares(build.guide):
        return
    guide, page = build.guide, build.page("compare/index.md")
    with_page = pairs_with_page(guide)
    yield (
        page.path,
        page.print(
            "pairs.md",
            title=f"Compare two to four {build.guide.terms.options}",
            description=f"Two to four of {len(build.options)} {guide.terms.options} side by side, differences first.",
            hide=("navigation", "toc"),
            slots=SLOTS,
            options=build.options,
            named=build.strategies,
            together=_together(guide),
            moves=[(move, *map(sorted, sides(build, move))) for move in all_moves(build)],
            groups=[(option, _partners(build, option["id"], with_page)) for option in build.options],
            left_out=pairs_without_page(guide),
        ),
    )
    for pair in with_page:
        yield build.reusable_page(
            pair_path(pair),
            partial(_page, build, pair),
            options=pair,
            strategies=ids(build.combinations_of(*pair)),
            questions=build.all("questions"),
        )


def _together(guide: Guide) -> list[Pair]:
    """The pairs that some combination has, each once, in the order of ids."""
    return sorted({pair for strategy in guide.strategies for pair in combinations(sorted(strategy.members), 2)})


def _partners(build: BuildContext, option: str, with_page: list[Pair]) -> list[tuple[Entry, str]]:
    pages = {frozenset(pair): pair_path(pair) for pair in with_page}
    found = ((other, pages.get(frozenset((option, other["id"])))) for other in build.options)
    return [(other, path) for other, path in found if path is not None]


def _page(build: BuildContext, pair: Pair) -> str:
    guide, page = build.guide, build.page(pair_path(pair))
    both = tuple(guide.entry("options", name) for name in pair)
    decides = deciding(guide, pair)
    rows = pair_rows(guide, pair, decides)
    different = sorted((row for row in rows if row.differs), key=lambda row: (not row.depends, -row.size))
    sides = tuple(_side(option, place, decides, different) for place, option in enumerate(both))
    names = [option["name"] for option in both]
    asked = tuple(dict.fromkeys(str(item.question["id"]) for item in decides))[:MOST_ASKED]
    return page.print(
        "pair.md",
        title=f"{names[0]} vs {names[1]}",
        description=" ".join(_in_words(side) for side in sides),
        hide=("navigation",),
        words=[name for option in both for name in search_names(option)],
        boost=1.25 if _is_meant(build, both) else 1,
        both=both,
        sides=sides,
        named=MOST_ANSWERS,
        decides=decides,
        different=different,
        same=[row for row in rows if not row.differs],
        together=build.combinations_of(*pair),
        derived=sum(set(pair) <= set(strategy.members) for strategy in guide.strategies),
        moves=moves_between(build, pair),
        wizard="wizard.md#" + share_link(guide, {}, build.revision, Compared(pair, asked)),
    )


def _is_meant(build: BuildContext, pair: tuple[Entry, ...]) -> bool:
    """True when a search for both names means the pair and nothing else: the names share no word, which would count
    twice on its page, and together do not make the name of a third option."""
    words = [{word for name in search_names(option) for word in name.casefold().split()} for option in pair]
    others = (option["name"] for option in build.options if option not in pair)
    return not words[0] & words[1] and not any({*name.casefold().split()} <= words[0] | words[1] for name in others)


def deciding(guide: Guide, pair: Pair) -> list[Decides]:
    """The answers that decide, those to one question with the same effect together."""
    alike: dict[tuple[str, int, str], list[Deciding]] = {}
    for item in deciding_answers(guide, pair):
        alike.setdefault((item.question, item.favours, item.kind), []).append(item)
    return [
        Decides(
            guide.entry("questions", question),
            tuple(str(_answer(guide, item)["label"]) for item in items),
            favours,
            kind,
            items[0].criterion,
            items[0].because,
        )
        for (question, favours, kind), items in alike.items()
    ]


def _answer(guide: Guide, item: Deciding) -> Entry:
    answers: list[Entry] = guide.entry("questions", item.question)["answers"]
    return next(answer for answer in answers if answer["id"] == item.answer)


def pair_rows(guide: Guide, pair: Pair, decides: list[Decides]) -> list[Row]:
    """All criteria, in the order of the guide."""
    return [_row(guide, pair, criterion.id, decides) for criterion in guide.criteria]


def _row(guide: Guide, pair: Pair, criterion: str, decides: list[Decides]) -> Row:
    one, two = (guide.cell(name, criterion) for name in pair)
    gap = (one.low + one.high) - (two.low + two.high)
    asked = all(applies(guide, name, criterion) for name in pair)
    better = int(gap < 0) if asked and _apart(one, two) else None
    differs = (one.low, one.high) != (two.low, two.high)
    depends = tuple(item for item in decides if item.rules_out and item.criterion == criterion)
    return Row(criterion, guide.criterion(criterion).name, better, max(abs(gap), 1) if differs else 0, depends)


def _side(option: Entry, place: int, decides: list[Decides], rows: list[Row]) -> Side:
    ahead = sorted((row for row in rows if row.better == place), key=lambda row: -row.size)
    mine = [item for item in decides if item.favours == place]
    told = [item for item in mine if item.kind != IN_USE]  # that it is in use goes without saying
    return Side(option, tuple(told if told or ahead else mine), tuple(ahead[:MOST_CRITERIA]))


def _in_words(side: Side) -> str:
    """The verdict on one side as a sentence, for search results."""
    answers = [f"{plain(item.question['text'])} {' or '.join(item.labels)}" for item in side.answers[:1]]
    criteria = (
        [f"you give most weight to {' and '.join(row.name for row in side.criteria[:2])}"] if side.criteria else []
    )
    reasons = "; ".join([*answers, *criteria])
    name = side.option["name"]
    return f"Choose {name} if: {reasons}." if reasons else f"Choose {name} if you already use it."


def _apart(one: Cell, two: Cell) -> bool:
    """True when one is better whatever the unknown turns out to be."""
    return one.low > two.high or two.low > one.high
