"""A page per option, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from hooks.render.categories import categories, category_of
from hooks.render.context import BuildContext, Entry, ids, search_names
from hooks.render.costs import option_bill
from hooks.render.facts import ABOUT, TROUBLE, fact_names
from hooks.render.icons import icon
from hooks.render.offered import compares
from hooks.render.plain_text import counted
from hooks.render.scores import option_scores, scored_groups
from selector import Guide
from selector.guide.strategies import Strategy
from selector.guide.terms import upfirst
from selector.web import drawing_html

from .pairs import pair_path, pairs_with_page
from .stages import moves_with

TYPICAL_SHOWN = 5
"""Typical answers shown of those for whom an option ranks first."""


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """options/index.md and options/<id>.md."""
    page = build.page("options/index.md")
    guide = build.guide
    yield (
        page.path,
        page.print(
            "options.md",
            title=upfirst(guide.terms.options),
            description=f"{counted(len(build.options), guide.terms.option, guide.terms.options)} by category, each with a score for every group of criteria.",
            hide=("toc",),
            categories=categories(build),
            scores={option["id"]: option_scores(guide, option["id"]) for option in build.options},
            score_groups=scored_groups(guide),
        ),
    )
    for option in build.all_options:
        name, make = option["id"], partial(_page, build, option)
        combinations, drawn = ids(build.combinations_of(name)), _to_draw(build, name)
        yield build.reusable_page(
            f"options/{name}.md",
            make,
            options=[name, *(member for member in (drawn.members if drawn else ()) if member != name)],
            strategies=combinations,
            questions=build.all("questions"),
        )


def _page(build: BuildContext, option: Entry) -> str:
    guide, page = build.guide, build.page(f"options/{option['id']}.md")
    path = build.path("options", option["id"])
    drawn, category = _to_draw(build, option["id"]), category_of(guide, option["id"])
    neighbours = _neighbours(guide, option["id"])
    return page.print(
        "option.md",
        title=option["name"],
        description=option["summary"],
        option=option,
        path=path,
        names=fact_names(build.guide),
        about_it=[field for field in ABOUT if field in option],
        trouble=[field for field in TROUBLE if field in option],
        # Its name counts more here than on pages of pairs, and a name of one word more than what is called after it.
        words=[*search_names(option), *([] if "short" in option else [option["name"].upper()])],
        boost=0 if option.get("hidden") else 1.35 if " " in option["name"] else 1.45,
        scores=option_scores(guide, option["id"]),
        category=category,
        icon=icon(category.get("icon")) if category else "",
        roles=[guide.entry("roles", role) for role in option["provides"]],
        needs=[guide.entry("roles", role) for role in option.get("needs", ())],
        groups=[
            (group, [criterion for criterion in guide.criteria if criterion.group == group["id"]])
            for group in guide.data["groups"]
        ],
        drawn=drawn,
        drawing=drawing_html(guide, drawn) if drawn else "",
        bill=option_bill(guide, option),
        combinations=build.combinations_of(option["id"]),
        derived=sum(option["id"] in strategy.members for strategy in guide.strategies),
        audience=_audience(build, option["id"]),
        neighbours=neighbours,
        unpaired=len(guide.options) - 1 - len(neighbours) if compares(guide) else 0,
        moves=moves_with(build, option["id"]),
        disagreements=disagreements_about(build, option["id"]),
        edit=build.report_links.edit_address(path),
    )


def _neighbours(guide: Guide, option: str) -> list[tuple[Entry, str]]:
    """The options that have a page with this one, and that page; those that do the same job first."""
    pairs = [pair for pair in pairs_with_page(guide) if option in pair]
    found = [(guide.entry("options", pair[pair[0] == option]), pair_path(pair)) for pair in pairs]
    mine = category_of(guide, option)
    return sorted(found, key=lambda item: category_of(guide, item[0]["id"]) != mine)


def _audience(build: BuildContext, name: str) -> Entry:
    """For whom the option ranks first, or how near it came."""
    guide, found = build.guide, build.audiences.options[name]
    typical = []
    for item in found.typical[:TYPICAL_SHOWN]:
        answers = guide.entry("questions", item.question)["answers"]
        label = next(answer["label"] for answer in answers if answer["id"] == item.answer)
        typical.append((guide.question(item.question).text, label))
    documented = len(guide.data.get("examples", ()))
    return {
        "visitors": build.audiences.profiles,
        "drawn": f"each like one of our {documented} worked examples with some answers changed"
        if documented > 1
        else "each like our worked example with some answers changed"
        if documented
        else "with random answers",
        "percent": f"{float(100 * found.share):.0f}" if found.share >= Fraction(1, 100) else "fewer than 1",
        "first": bool(found.share),
        "anyone": bool(build.audiences.strategies),
        "typical": typical,
        "behind": found.miss.behind if found.miss else None,
        "criterion": guide.criterion(lost).name if found.miss and (lost := found.miss.criterion) else None,
    }


def _to_draw(build: BuildContext, option: str) -> Strategy | None:
    """The strategy that shows how a value passes an option: itself alone, else the first named one, else any."""
    having = [strategy for strategy in build.guide.strategies if option in strategy.members]
    return min(having, key=lambda strategy: (len(strategy.members) > 1, strategy.named is None), default=None)


def disagreements_about(build: BuildContext, name: str) -> list[Entry]:
    """Points on which published advice on an option or criterion differs."""
    return [entry for entry in build.guide.data.get("disagreements", ()) if name in entry["about"]]
