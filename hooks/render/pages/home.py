"""The home page: what this is, the first question, the options at a glance, that most combine, ways to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from hooks.render.context import Edition, Entry
from hooks.render.profiles import option_profile
from hooks.render.wizard_links import share_link
from selector.web import Links, question_html

from .stages import left_behind

SHOWN = 4
"""Combinations shown: those that fit most examples; the rest is one click away."""

STARTS = 4
"""Examples to start from: the first of the data."""


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """index.md."""
    guide, sheet = edition.guide, edition.sheet("index.md")
    about = guide.data["guide"]
    verified = [fact.verified for fact in edition.facts.values()]
    yield (
        sheet.path,
        sheet.print(
            "home.md",
            title=about["title"],
            description=about["summary"],
            hide=("navigation", "toc"),
            question=_first_question(edition, sheet.links),
            options=[(option, option_profile(guide, option["id"])) for option in edition.options],
            strategies=_combinations(edition),
            concerns=[criterion for criterion in guide.data["criteria"] if "pick" in criterion],
            facts=len(verified),
            oldest=min(verified, default=None),
            starts=[
                (entry, share_link(guide, entry["answers"], edition.revision))
                for entry in guide.data.get("examples", ())[:STARTS]
            ],
            left=[option for option in edition.options if option["id"] in left_behind(edition)],
        ),
    )


def _first_question(edition: Edition, links: Links) -> Markup:
    """The question that the wizard asks first, its answers as links."""
    if not edition.guide.questions:
        return Markup()
    first = edition.guide.questions[0].id
    return question_html(edition.guide, first, edition.texts, links, stamp=edition.revision)


def _combinations(edition: Edition) -> list[Entry]:
    """Named strategies of several options, those first that fit most of the worked examples."""
    guide = edition.guide
    fitting = Counter(
        guide.strategy(name).named for entry in guide.data.get("examples", ()) for name in entry["acceptable"]
    )
    several = [entry for entry in edition.strategies if len(guide.strategy(entry["id"]).members) > 1]
    return sorted(several, key=lambda entry: -fitting[entry["id"]])[:SHOWN]
