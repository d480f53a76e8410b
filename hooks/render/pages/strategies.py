"""A page per named strategy, and the list of all strategies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from hooks.render.context import BuildContext, Entry
from hooks.render.facts import Path
from hooks.render.hidden import with_hidden
from hooks.render.plain_text import counted
from hooks.render.scores import strategy_scores
from selector.guide.editions import Cell
from selector.guide.strategies import Strategy
from selector.guide.terms import upfirst
from selector.plan.starters import starter_sets
from selector.web import drawing_html
from selector.web.marks import rating_word

SHOWN = 60
"""Derived strategies listed by name; more would not be read."""


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """strategies/index.md and strategies/<id>.md. Nothing where the guide combines no options."""
    if build.guide.combined or build.strategies:
        yield build.reusable_page("strategies/index.md", partial(_list, build), strategies=build.all("strategies"))
    for entry in build.strategies:
        name, make = entry["id"], partial(_page, build, entry)
        strategy = build.guide.strategy(name)
        sets = starter_sets(build.guide, strategy)
        shown = dict.fromkeys([name, *(found.entry[1] for found in sets if found.entry[0] == "strategies")])
        yield build.reusable_page(f"strategies/{name}.md", make, options=strategy.members, strategies=list(shown))


def _list(build: BuildContext) -> str:
    guide, page = build.guide, build.page("strategies/index.md")
    derived = sorted(
        (item for item in guide.strategies if item.named is None), key=lambda item: guide.by_name(item.name)
    )
    return page.print(
        "strategies.md",
        title=upfirst(guide.terms.strategies),
        description=f"{counted(len(build.strategies), guide.terms.strategy, guide.terms.strategies)}: {guide.terms.options} that work together, with what each is good at."
        if build.strategies
        else f"{upfirst(guide.terms.options)} that work together. None of the {guide.terms.strategies} has a separate page.",
        named=_by_first_member(build),
        derived=[(item.name, [guide.entry("options", member) for member in item.members]) for item in derived[:SHOWN]],
        left_out=len(derived) - SHOWN if len(derived) > SHOWN else 0,
        not_made=guide.enumeration.left_out,
        roles=guide.data["roles"],
    )


def _page(build: BuildContext, entry: Entry) -> str:
    guide, page = build.guide, build.page(f"strategies/{entry['id']}.md")
    strategy = guide.strategy(entry["id"])
    path = build.path("strategies", entry["id"])
    return page.print(
        "strategy.md",
        title=entry["name"],
        description=entry["summary"],
        boost=0 if with_hidden(guide, entry) else 1,
        entry=entry,
        path=path,
        members=[guide.entry("options", member) for member in strategy.members],
        jobs=_jobs(build, strategy),
        ways=[
            (guide.entry("classes", part.cls), [guide.entry("options", member) for member in part.members])
            for part in strategy.parts
        ],
        drawing=drawing_html(guide, strategy),
        scores=strategy_scores(guide, entry["id"]),
        groups=[
            (group, [_row(build, entry, strategy, criterion.id) for criterion in _of(build, group)])
            for group in guide.data["groups"]
        ],
        starters=_starters(build, strategy),
        edit=build.report_links.edit_address(path),
    )


def _by_first_member(build: BuildContext) -> list[tuple[str, list[Entry]]]:
    """Setups under the tool that holds the things: the one in the first role of the goals; split ones come last."""
    guide, found = build.guide, dict[str, list[Entry]]()
    for entry in build.strategies:
        strategy = guide.strategy(entry["id"])
        if with_hidden(guide, entry):
            continue
        holder = strategy.filled.get(guide.data["guide"]["goals"][0]) if not strategy.parts else None
        found.setdefault(guide.option(holder).name if holder else "", []).append(entry)
    return sorted(found.items(), key=lambda item: (not item[0], build.guide.by_name(item[0])))


def _of(build: BuildContext, group: Entry) -> Iterator:
    return (criterion for criterion in build.guide.criteria if criterion.group == group["id"])


def _jobs(build: BuildContext, strategy: Strategy) -> list[tuple[Entry, Entry]]:
    """Which member has which role, in the order in which a value passes."""
    guide = build.guide
    return [
        (role, guide.entry("options", strategy.filled[role["id"]]))
        for role in guide.data["roles"]
        if role["id"] in strategy.filled
    ]


def _row(
    build: BuildContext, entry: Entry, strategy: Strategy, criterion: str
) -> tuple[str, str, list[Cell], str, Path | None]:
    """A criterion: id, name, cells of its editions, what decides it, and the path of the fact when it is declared for the whole."""
    guide, name = build.guide, build.guide.criterion(criterion).name
    cell, cells = guide.strategy_cell(strategy, criterion), guide.strategy_cells(strategy, criterion)
    declared = next((key for key in entry.get("overrides", {}) if guide.criterion(key).id == criterion), None)
    if declared is not None:
        text = entry["overrides"][declared]["text"]
        return criterion, name, cells, text, build.path("strategies", entry["id"], "overrides", declared)
    if guide.criterion(criterion).adds_up:
        return criterion, name, cells, _sum(build, cell, criterion), None
    if len(cell.members) == 1:
        option = guide.entry("options", cell.members[0])
        return criterion, name, cells, f"{_short(option)}: {option['ratings'][criterion]['text']}", None
    return criterion, name, cells, f"By {' and '.join(_short(guide.entry('options', m)) for m in cell.members)}", None


def _sum(build: BuildContext, cell: Cell, criterion: str) -> str:
    """Members that add up, each with its own level."""
    guide = build.guide
    words = []
    for member in cell.members:
        option = guide.entry("options", member)
        level = option["ratings"][criterion]["level"]
        labels = {item["id"]: item["label"] for item in guide.entry("criteria", criterion)["levels"]}
        if isinstance(level, Mapping):
            words.append(f"{_short(option)}: {rating_word(guide, member, criterion)}")
            continue
        words.append(f"{_short(option)} ({labels.get(level, 'not known') if isinstance(level, str) else 'a range'})")
    return "Together: " + ", ".join(words)


def _short(option: Entry) -> str:
    return str(option.get("short", option["name"]))


def _starters(build: BuildContext, strategy: Strategy) -> list[tuple[str, Sequence[Entry]]]:
    return [(found.of, found.files) for found in starter_sets(build.guide, strategy)]
