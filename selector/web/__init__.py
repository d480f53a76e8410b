"""The face of the selector: HTML of the questions and of a recommendation, for the build and for the page.

The page knows `start` and `respond`, which take and give JSON text, and `read_file`, which takes bytes.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector import Guide, Recommendation, recommend
from selector.guide.strategies import Strategy

from .diagram import drawing_html
from .forms import form_html
from .links import Links
from .marks import level_html, levels_html, rating_html
from .page import Page
from .panels.context import ResultContext
from .panels.headline import headline_strategies
from .reader import reader
from .regions import CALCULATION, DECISION, REGIONS, render_all
from .session import Session
from .texts import StoredTexts, Texts, store

__all__ = [
    "REGIONS",
    "Links",
    "StoredTexts",
    "Texts",
    "described_strategies",
    "drawing_html",
    "level_html",
    "levels_html",
    "rating_html",
    "read_file",
    "reader_html",
    "regions_html",
    "respond",
    "start",
    "together_html",
    "what_if_html",
    "wizard_data",
    "wizard_html",
]

_sessions: list[Session] = []


def start(text: str) -> None:
    """Get ready to answer a page, from the text of assets/wizard.json. A second start replaces the first.

    Raises:
        GuideError: the guide in it contradicts itself.
    """
    _sessions[:] = [Session(text)]


def respond(request: str) -> str:
    """Reply to one request of the page; see `Session.respond`. Call `start` first."""
    return _sessions[0].respond(request)


def read_file(path: str, content: Any, size: int) -> None:
    """Read one file of the visitor's, or its beginning: bytes, or a buffer of the browser's."""
    _sessions[0].read_file(path, content if isinstance(content, bytes) else content.to_bytes(), size)


def wizard_data(guide: Guide, texts: Texts, *, root: str, directories: bool) -> dict[str, Any]:
    """What assets/wizard.json holds: the guide and its revision, its rendered texts, and how the wizard's page links to
    others."""
    place = {"root": root, "directories": directories}
    return {"guide": guide.data, "revision": guide.revision, "texts": store(guide, texts), **place}


def wizard_html(
    guide: Guide, texts: Texts, links: Links, *, runtime: str, stamp: str | None = None, built: str = ""
) -> Markup:
    """The wizard as it is before any answer, complete without script.

    `runtime` is the address of the runtime's manifest, relative to the wizard's page; `stamp` stands for the revision
    of the data in links.
    """
    page = Page(guide, texts, links, stamp=stamp)
    regions = render_all(page, ResultContext.of(recommend(guide, {})))
    form = form_html(page)
    shown = [entry for entry in guide.data["options"] if not entry.get("hidden")]
    options = sorted(shown, key=lambda entry: (guide.by_name(entry["name"]), entry["id"]))
    return _without_blank_lines(
        page.render(
            "wizard.html",
            form=form,
            regions=regions,
            order=DECISION,
            folded=CALCULATION,
            options=options,
            runtime=runtime,
            reader=reader(page),
            built=built,
        )
    )


def together_html(guide: Guide, texts: Texts, links: Links, *, runtime: str, built: str = "") -> Markup:
    """The page on which several people's answers are compared, before there are any; `runtime` as for the wizard."""
    from .together import first_html  # noqa: PLC0415  the wizard starts without it

    return _without_blank_lines(first_html(Page(guide, texts, links), runtime=runtime, built=built))


def what_if_html(guide: Guide, texts: Texts, links: Links, *, runtime: str, built: str = "") -> Markup:
    """The page on which cases are put side by side, before there are any; `runtime` as for the wizard."""
    from .what_if import first_html  # noqa: PLC0415  the wizard starts without it

    return _without_blank_lines(first_html(Page(guide, texts, links), runtime=runtime, built=built))


def reader_html(guide: Guide, texts: Texts, links: Links, *, runtime: str) -> Markup:
    """Where a visitor gives a folder to be read, for pages without the wizard; empty when the guide has no evidence."""
    return _without_blank_lines(reader(Page(guide, texts, links), runtime=runtime))


def regions_html(
    guide: Guide, result: Recommendation, texts: Texts, links: Links, *, live: bool = False, stamp: str | None = None
) -> dict[str, Markup]:
    """The regions of a recommendation by name. Without `live`, controls that need the page's script are left out;
    `stamp` stands for the revision of the data in links."""
    regions = render_all(Page(guide, texts, links, live, stamp), ResultContext.of(result))
    return {region: _without_blank_lines(regions.get(region, Markup())) for region in REGIONS}


def described_strategies(result: Recommendation) -> tuple[Strategy, ...]:
    """The strategies of which the regions tell more than figures and names; none when they tell of all options."""
    return tuple(place.strategy for place in headline_strategies(ResultContext.of(result)))


def _without_blank_lines(markup: Markup) -> Markup:
    """Without the blank lines that templates leave, except inside preformatted text: Markdown would end its block."""
    kept: list[str] = []
    inside = False
    for line in str(markup).split("\n"):  # a Markup would make a Markup of each line, and take three times as long
        if line.strip() or inside:
            kept.append(line)
        inside = ("<pre" in line or inside) and "</pre>" not in line
    return Markup("\n".join(kept))
