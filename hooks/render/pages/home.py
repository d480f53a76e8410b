"""The home page: what this is, the first question, the options at a glance, that most combine, ways to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from hooks.render.context import BuildContext, Entry
from hooks.render.markdown import unfenced
from hooks.render.profiles import option_profile
from hooks.render.wizard_links import share_link
from selector.web import Links, question_html, reader_html

from .stages import left_behind

SHOWN = 4
"""Combinations shown: those that fit most examples; the rest is one click away."""

STARTS = 4
"""Examples to start from: the first of the data."""


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """index.md."""
    guide, page = build.guide, build.page("index.md")
    about = guide.data["guide"]
    verified = [fact.verified for fact in build.facts.values()]
    yield (
        page.path,
        page.print(
            "home.md",
            title=about["title"],
            description=about["summary"],
            hide=("navigation", "toc"),
            question=_first_question(build, page.links),
            reader=unfenced(reader_html(guide, build.texts, page.links, runtime=page.link(build.runtime))),
            options=[(option, option_profile(guide, option["id"])) for option in build.options],
            strategies=_combinations(build),
            concerns=[criterion for criterion in guide.data["criteria"] if "pick" in criterion],
            facts=len(verified),
            oldest=min(verified, default=None),
            starts=[
                (entry, share_link(guide, entry["answers"], build.revision))
                for entry in guide.data.get("examples", ())[:STARTS]
            ],
            left=[option for option in build.options if option["id"] in left_behind(build)],
        ),
    )


def _first_question(build: BuildContext, links: Links) -> Markup:
    """The question that the wizard asks first, its answers as links."""
    if not build.guide.questions:
        return Markup()
    first = build.guide.questions[0].id
    return question_html(build.guide, first, build.texts, links, stamp=build.revision)


def _combinations(build: BuildContext) -> list[Entry]:
    """Named strategies of several options, those first that fit most of the worked examples."""
    guide = build.guide
    fitting = Counter(
        guide.strategy(name).named for entry in guide.data.get("examples", ()) for name in entry["acceptable"]
    )
    several = [entry for entry in build.strategies if len(guide.strategy(entry["id"]).members) > 1]
    return sorted(several, key=lambda entry: -fitting[entry["id"]])[:SHOWN]
