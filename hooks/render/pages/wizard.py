"""The page of the wizard; the wizard itself is selector.web's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from markupsafe import Markup

from hooks import ROOT
from hooks.assets import read_asset
from hooks.render.context import BuildContext
from hooks.render.markdown import unfenced
from hooks.render.offered import asks
from hooks.render.plain_text import plain
from hooks.render.wizard_links import share_link
from selector.web import Links, wizard_html

from .examples import PREVIEWS

_UNSAID = re.compile(r"^[ ]*(?://.*|/\*\*.*\*/)?\n", re.MULTILINE)
"""Lines that a script does without; empty ones would end the block for Markdown."""

_ID = "*"
"""What takes the place of an example's id in addresses."""


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """wizard.md, where the guide asks something."""
    if not asks(build.guide):
        return
    page = build.page("wizard.md")
    guide, stamp, runtime = build.guide, build.revision, page.link(build.runtime)
    html = wizard_html(guide, build.texts, page.links, runtime=runtime, stamp=stamp, built=build.checked_on.isoformat())
    about = guide.data["guide"]
    yield (
        page.path,
        page.print(
            "wizard.md",
            title="Get a recommendation",
            description=f"{about['question']} Answer what you know. The recommendation updates with every answer.",
            hide=("navigation", "toc"),
            layout="wizard",
            opening=_opening(build, page.links),
            wizard=unfenced(html),
            asked=_asked(len(guide.questions)),
        ),
    )


def _opening(build: BuildContext, links: Links) -> Markup:
    """What shows a worked example's recommendation for a link with its answers, while the page is still being read."""
    examples = [
        (entry["id"], plain(entry["title"]), _given(share_link(build.guide, entry["answers"], "")))
        for entry in build.guide.data.get("examples", ())
    ]
    if not examples:
        return Markup()
    preview, page = links(f"{PREVIEWS}/{_ID}.txt"), links(f"examples/{_ID}.md")
    listed = {"core": build.guide.core, "preview": preview, "page": page, "examples": examples}
    known = json.dumps(listed, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = read_asset(ROOT / "docs", "assets/inline/opening.js").decode()
    data = f'<script type="application/json" id="dw-examples">{known}</script>'
    return unfenced(Markup(f"<div><!--first-->{data}\n<script>\n{_UNSAID.sub('', script)}</script><!--/first--></div>"))


def _given(link: str) -> dict[str, str]:
    """The answers of a link as docs/assets/wizard/example.js compares them with those of another one."""
    pairs = parse_qsl(link, keep_blank_values=True)
    return {name.removeprefix("q."): value.lower() for name, value in pairs if name not in ("v", "r")}


TYPICAL = 10
"""Questions of a typical visit where the guide has many: they are asked as far as earlier answers call for them."""


def _asked(questions: int) -> str:
    """How much a visitor is asked for."""
    if questions > TYPICAL:
        return "Answer about ten questions."
    return f"Answer {questions} questions." if questions > 1 else "Answer one question."
