"""A page per worked example: the situation, its answers, and what the selector makes of them today."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from hooks.evaluation.outcomes import outcome
from hooks.render.context import BuildContext, Entry
from hooks.render.markdown import unfenced
from hooks.render.plain_text import counted
from hooks.render.wizard_links import share_link
from selector import recommend
from selector.guide.strategies import Strategy
from selector.report.sentences import said
from selector.web import REGIONS, regions_html

FILTERS = 4
"""Questions by which the list of examples can be narrowed down."""

LEFT_OUT = frozenset({"notice", "record", "files"})
"""Regions that say nothing here or stand on the strategy's own page."""


PREVIEWS = "assets/examples"
"""Where the wizard finds an example's recommendation alone: docs/assets/wizard/example.js shows it for a like link."""

_LEADER = re.compile(
    r'<div class="dw-region" data-region="leader">(.*?)</div>\n(?=<div class="dw-region"|</div>)', re.DOTALL
)


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """examples/index.md and examples/<id>.md."""
    guide, page = build.guide, build.page("examples/index.md")
    entries = guide.data.get("examples", ())
    outcomes = [outcome(guide, entry["answers"]) for entry in entries]
    yield (
        page.path,
        page.print(
            "examples.md",
            title="Worked examples",
            description=f"{counted(len(entries), 'realistic scenario')} with answers and what the guide recommends.".capitalize(),
            filters=_filters(build, entries),
            examples=[
                (entry, [guide.strategy(standing.strategy) for standing in found.leaders])
                for entry, found in zip(entries, outcomes, strict=True)
            ],
            answers_to=answers_to,
        ),
    )
    for entry, found in zip(entries, outcomes, strict=True):
        name, make = entry["id"], partial(_page, build, entry)
        told = [guide.strategy(name) for name in found.described]
        options = {member for strategy in told for member in strategy.members} or build.all("options")
        named = [strategy.named for strategy in told if strategy.named]
        path, text = build.reusable_page(
            f"examples/{name}.md",
            make,
            examples=[name],
            options=sorted(options),
            strategies=named,
            criteria=build.all("criteria"),
            questions=build.all("questions"),
        )
        yield path, text
        yield f"{PREVIEWS}/{name}.txt", _leader(text)


def _filters(build: BuildContext, entries: Sequence[Entry]) -> list[tuple[Entry, list[Entry]]]:
    """Questions by which examples are found, with the answers that occur: core ones first, in their order.

    Only those that most examples answer: the others would hide more than they find.
    """
    found = []
    for question in build.guide.data["questions"]:
        given = {str(answer) for entry in entries for answer in answers_to(entry, question["id"])}
        answers = [answer for answer in question["answers"] if answer["id"] in given]
        if len(answers) > 1 and question["kind"] != "number":
            often = sum(question["id"] in entry["answers"] for entry in entries)
            found.append((2 * often < len(entries), not question.get("core", False), question, answers))
    found.sort(key=lambda item: item[:2])
    return [(question, answers) for _, _, question, answers in found[:FILTERS]]


def answers_to(entry: Entry, question: str) -> list[str]:
    """What an example answers to a question, as a list."""
    given = entry["answers"].get(question, ())
    return [str(given)] if isinstance(given, str | int) else [str(answer) for answer in given]


def _leader(page: str) -> str:
    """The recommendation in an example's page, its addresses relative to that page."""
    found = _LEADER.search(page)
    return found[1] if found else ""


def _page(build: BuildContext, entry: Entry) -> str:
    guide, page = build.guide, build.page(f"examples/{entry['id']}.md")
    path, result = build.path("examples", entry["id"]), recommend(guide, entry["answers"])
    regions = regions_html(guide, result, build.texts, page.links, stamp=build.revision)
    return page.print(
        "example.md",
        title=entry["title"],
        description=entry["situation"],
        entry=entry,
        path=path if "verified" in entry else None,
        answers=list(said(result)),
        acceptable=[_strategy(build, name) for name in entry["acceptable"]],
        regions=[(name, unfenced(regions[name])) for name in REGIONS if name not in LEFT_OUT and regions[name]],
        wizard=page.link("wizard.md") + "#" + share_link(guide, entry["answers"], build.revision),
        edit=build.report_links.edit_address(path),
    )


def _strategy(build: BuildContext, name: str) -> tuple[Strategy, str | None]:
    """A strategy and its page, if it has one."""
    strategy = build.guide.strategy(name)
    if strategy.named:
        return strategy, f"strategies/{strategy.named}.md"
    return strategy, f"options/{strategy.members[0]}.md" if len(strategy.members) == 1 else None
