"""Sections of the guide as flat records: ids in place of aliases, addresses in place of source ids, and what the
scoring derives from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from hooks.evaluation.agreement import comparisons
from hooks.evaluation.outcomes import outcome
from hooks.render.citations import quotes
from hooks.render.context import BuildContext
from hooks.render.facts import Fact, move_anchor
from hooks.render.wizard_links import share_link
from selector.guide.guide import Guide
from selector.guide.model import Answer
from selector.guide.reading import interval
from selector.guide.strategies import Filling, Strategy
from selector.guide.values import ValueTable

from .formats import given, passages, urls
from .tables import amount

Records = Iterator[dict[str, Any]]


def options(build: BuildContext) -> Records:
    """What each option is and does in a strategy; facts and files are in its own file."""
    for entry in build.all_options:
        found = build.guide.option(entry["id"])
        yield {
            **given(entry, "id", "name", "kind", "home", "summary"),
            "aliases": entry.get("aliases", []),
            "tags": sorted(found.tags),
            "editions": [
                {"id": edition.id, "name": edition.name, "tags": sorted(edition.tags)} for edition in found.editions
            ],
            "provides": entry["provides"],
            "can_also": entry.get("can_also", []),
            "needs": entry.get("needs", []),
            "works_with": sorted(found.works_with),
            "off": entry.get("off"),
            "choose_when": entry["choose_when"],
            "avoid_when": entry.get("avoid_when", []),
            "page": _page(build, f"options/{entry['id']}.md"),
            "file": f"api/options/{entry['id']}.json",
            "text": f"api/options/{entry['id']}.txt",
        }


def criteria(build: BuildContext) -> Records:
    """Criteria with the value and burden of every level, derived ones included."""
    guide = build.guide
    for entry in guide.data["criteria"]:
        found = guide.criterion(entry["id"])
        scales = zip(entry["levels"], found.levels, strict=True)
        yield {
            **given(entry, "id", "name", "group", "question", "why", "weight", "reason", "class"),
            "aliases": entry.get("aliases", []),
            "rule": found.rule,
            "roles": list(found.roles),
            "capacity": found.capacity if found.rule == "points" else None,
            "unit": ", ".join(entry["aggregate"][name] for name in ("unit", "basis") if name in entry["aggregate"])
            or None,
            "owned_free": found.owned_free,
            "levels": [
                {
                    **given(level, "id", "label", "meaning", "reason"),
                    "value": scale.value,
                    "burden": amount(scale.burden) if found.adds_up else None,
                }
                for level, scale in scales
            ],
            "page": _page(build, f"criteria/{entry['id']}.md"),
        }


def strategies(build: BuildContext) -> Records:
    """All sets of options that fit together, with their values when nothing is owned beforehand."""
    guide, table = build.guide, ValueTable.of(build.guide)
    for row, strategy in enumerate(guide.strategies):
        named = guide.entry("strategies", strategy.named) if strategy.named else {}
        yield {
            "id": strategy.id,
            "name": strategy.name,
            "named": strategy.named,
            "aliases": named.get("aliases", []),
            "members": list(strategy.members),
            "pattern": strategy.pattern,
            **_filling(Filling(strategy.filled, strategy.support)),
            "parts": [
                {"class": part.cls, "members": list(part.members), **_filling(part.filling)} for part in strategy.parts
            ],
            "overrides": [guide.criterion(name).id for name in named.get("overrides", {})],
            "values": {
                criterion.id: [table.low[row][column], table.high[row][column]]
                for column, criterion in enumerate(guide.criteria)
            },
            "page": _strategy_page(build, strategy),
        }


def _filling(filling: Filling) -> dict[str, Any]:
    return {"roles": dict(filling.filled), "support": sorted(filling.support)}


def _strategy_page(build: BuildContext, strategy: Strategy) -> str | None:
    if strategy.named:
        return _page(build, f"strategies/{strategy.named}.md")
    return _page(build, f"options/{strategy.id}.md") if len(strategy.members) == 1 else None


def questions(build: BuildContext) -> Records:
    """Questions with what each answer does; tags are replaced by the options that have them."""
    guide = build.guide
    for entry in guide.data["questions"]:
        found = guide.question(entry["id"])
        condition = found.condition
        yield {
            **given(entry, "id", "text", "help", "kind", "cap", "unit", "min", "max", "example"),
            "aliases": entry.get("aliases", []),
            "ask_when": {"question": condition[0], "any": _in_order(guide, *condition)} if condition else None,
            "sets": found.sets,
            "answers": [
                {
                    **given(said, "id", "label", "help", "from"),
                    "aliases": said.get("aliases", []),
                    "alone": answer.alone,
                    "effects": effects(guide, answer),
                }
                for said, answer in zip(entry["answers"], found.answers, strict=True)
            ],
        }


def _in_order(guide: Guide, question: str, answers: Iterable[str]) -> list[str]:
    wanted = frozenset(answers)
    return [answer.id for answer in guide.question(question).answers if answer.id in wanted]


def effects(guide: Guide, answer: Answer) -> list[dict[str, Any]]:
    """Effects of an answer: one effect with its `because` each, and what it depends on."""
    return [
        {
            **_excluded_editions(guide, effect),
            **{
                kind: guide.targets(value)
                if kind in ("exclude", "enable", "have", "besides", "spare", "bind", "against")
                else value
                for kind, value in effect.items()
            },
        }
        for effect in answer.effects
    ]


def examples(build: BuildContext) -> Records:
    """Worked examples with what the scoring makes of their answers."""
    guide = build.guide
    for entry in guide.data.get("examples", ()):
        found = outcome(guide, entry["answers"])
        yield {
            **given(entry, "id", "title", "situation", "answers", "why", "verified"),
            "aliases": entry.get("aliases", []),
            "close": entry.get("close", False),
            "acceptable": [guide.strategy(name).id for name in entry["acceptable"]],
            "recommended": [asdict(standing) for standing in found.leaders],
            "next": asdict(found.next) if found.next else None,
            "sources": urls(guide, entry),
            "passages": passages(guide, entry),
            "page": _page(build, f"examples/{entry['id']}.md"),
            "wizard": f"{_page(build, 'wizard.md')}#{share_link(build.guide, entry['answers'], build.guide.revision)}",
        }


def decisions(build: BuildContext) -> Records:
    """Published decisions with what the scoring says in their situation."""
    guide = build.guide
    for entry, found in zip(guide.data.get("decisions", ()), comparisons(guide), strict=True):
        yield {
            **given(entry, "id", "title", "kind", "confidence", "answers", "chosen", "decided", "note", "read"),
            "passage": next((quote.words for quote in quotes(entry)), None),
            "aliases": entry.get("aliases", []),
            "accepted": entry.get("accepted", []),
            "rejected": entry.get("rejected", []),
            "recommended": list(found.leaders),
            "agrees": found.first,
            "among_three": found.among,
            "recommends_rejected": found.rejected,
            "differs": entry["differs"]["because"] if "differs" in entry else None,
            "sources": urls(guide, entry),
            "passages": passages(guide, entry),
            "page": _page(build, f"decisions.md#{entry['id']}"),
        }


def sources(build: BuildContext) -> Records:
    """Sources with the facts that cite them and the days on which those were checked."""
    guide = build.guide
    resting: dict[str, list[Fact]] = {entry["id"]: [] for entry in guide.data["sources"]}
    for fact in build.facts.values():
        for source in fact.sources:
            resting[guide.entry("sources", source)["id"]].append(fact)
    for entry in guide.data["sources"]:
        days = [fact.verified for fact in resting[entry["id"]]]
        yield {
            **given(entry, "id", "title", "url", "kind", "reason"),
            "facts": len(days),
            "oldest_check": _day(min(days, default=None)),
            "newest_check": _day(max(days, default=None)),
        }


def prices(build: BuildContext) -> Records:
    """Price lines; an amount known only as a range has two ends."""
    for entry in build.guide.data.get("prices", ()):
        low, high = interval(entry["amount"])
        yield {
            **given(entry, "id", "name", "unit", "currency", "region", "note", "verified"),
            "amount_low": amount(low),
            "amount_high": amount(high),
            "sources": urls(build.guide, entry),
            "passages": passages(build.guide, entry),
            "page": _page(build, "sources.md#prices"),
        }


def moves(build: BuildContext) -> Records:
    """How to get from one set of options to another."""
    for index, entry in enumerate(build.guide.data.get("moves", ())):
        yield {
            "from": _ids(build.guide, entry["from"]),
            "to": _ids(build.guide, entry["to"]),
            **given(entry, "summary", "steps", "risk", "side_by_side", "roll_back", "verified", "inferred"),
            "sources": urls(build.guide, entry),
            "passages": passages(build.guide, entry),
            "page": _page(build, f"migrate.md#{move_anchor(index)}"),
        }


def _ids(guide: Guide, names: Iterable[str]) -> list[str]:
    return [guide.option(name).id for name in names]


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _page(build: BuildContext, page: str) -> str:
    """Address of a page below the site's root."""
    return build.page("index.md").link(page)


def _excluded_editions(guide: Guide, effect: Mapping[str, Any]) -> dict[str, Any]:
    """Options that an effect rules out in some editions only."""
    found = {name: list(editions) for name, editions in guide.excluded(effect.get("exclude", ())) if editions}
    return {"exclude_editions": found} if found else {}
