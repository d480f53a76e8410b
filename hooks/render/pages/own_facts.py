"""What is different in the organisation whose own facts are laid over the guide. Only where there are any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hooks.render.context import BuildContext, PageContext
from hooks.render.own_notice import PAGE
from selector.case.fixed import fixed_answers
from selector.case.own_words import in_words
from selector.guide.own import PRICE, RATING, VALUE, OwnFact, guide_text, value_field
from selector.report.sentences import answer_text


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """own-facts.md, or nothing."""
    who = build.guide.data.get("organisation")
    if who is None:
        return
    page, guide = build.page(PAGE), build.guide
    own = [entry for entry in guide.data["options"] if "own" in entry]
    hidden = [entry for entry in guide.data["options"] if entry.get("hidden")]
    yield (
        page.path,
        page.print(
            "own_facts.md",
            title=f"What is different at {who['name']}",
            description=f"Ratings, prices and answers of {who['name']} that replace those of the guide.",
            who=who,
            rows=list(_rows(build, page)),
            own=own,
            hidden=hidden,
            fixed=[
                (guide.question(name).text, answer_text(guide, name, value), guide.data["fixed"][name]["because"])
                for name, value in fixed_answers(guide).items()
            ],
        ),
    )


def _rows(build: BuildContext, page: PageContext) -> Iterator[tuple[str, str, str, str, str]]:
    """Own facts: what about, its address, ours, the guide's, why."""
    guide = build.guide
    for section, field, folder in (("options", "ratings", "options"), ("strategies", "overrides", "strategies")):
        for entry in guide.data.get(section, ()):
            for criterion, rating in entry.get(field, {}).items():
                if "own" in rating:
                    fact = OwnFact(RATING, entry["id"], criterion, guide_text(rating["level"]), rating["own"])
                    title = f"{entry['name']}, {guide.criterion(criterion).name}"
                    address = page.link(f"{folder}/{entry['id']}.md#on-{criterion}")
                    yield _row(build, fact, title, address, rating["text"])
    for price in guide.data.get("prices", ()):
        if "own" in price:
            fact = OwnFact(PRICE, price["id"], "", guide_text(price["amount"]), price["own"])
            yield _row(build, fact, price["name"], page.link("sources.md#prices"), price["note"])
    for scale in guide.data["criteria"]:
        yield from _values(build, page, scale)


def _values(build: BuildContext, page: PageContext, scale: Any) -> Iterator[tuple[str, str, str, str, str]]:
    for level in scale["levels"]:
        if "own" in level:
            fact = OwnFact(VALUE, scale["id"], level["id"], str(level[value_field(scale)]), level["own"])
            title = f"{scale['name']}, value of “{level['label']}”"
            yield _row(build, fact, title, page.link(f"criteria/{scale['id']}.md"), level["reason"])


def _row(build: BuildContext, fact: OwnFact, title: str, address: str, why: str) -> tuple[str, str, str, str, str]:
    values = (in_words(build.guide, fact, text) for text in (fact.value, fact.guide))
    ours, theirs = (text[:1].upper() + text[1:] for text in values)
    return title, address, ours, theirs, why
