"""A notice on every page that shows something of an organisation's own."""

from __future__ import annotations

import re

from markupsafe import Markup

from selector.case.own_words import OURS

from .context import BuildContext

Content = str | bytes

PAGE = "own-facts.md"
"""The page that lists all of it."""

MARK = f'class="own-mark">{OURS}<'
"""How a level says that it is an own fact."""

ALWAYS = ("index.md", "wizard.md", "together.md", "matrix.md")
"""Pages whose content depends on everything."""

_HEADING = re.compile(r"^# .*$", re.MULTILINE)


def with_own_notice(build: BuildContext, path: str, content: Content) -> Content:
    """The page with the notice under its heading; as it is where it shows nothing that is own, or nothing is."""
    who = build.guide.data.get("organisation")
    if who is None or not isinstance(content, str) or not path.endswith(".md") or path == PAGE:
        return content
    said = _said(build, path, content)
    found = _HEADING.search(content)
    if not said or found is None:
        return content
    page = build.page(path)
    notice = Markup('<p class="own-notice"><strong>{}</strong> {} <a href="{}">{}</a></p>').format(
        f"{who['name']}.", said, page.link(PAGE), f"What is different at {who['name']}"
    )
    return f"{content[: found.end()]}\n\n{notice}\n{content[found.end() :]}"


def _said(build: BuildContext, path: str, content: str) -> str:
    guide, who = build.guide, build.guide.data["organisation"]
    folder, _, file = path.partition("/")
    name = file.removesuffix(".md")
    entry = guide.entry("options", name) if folder == "options" and name in guide.today("options") else {}
    if entry.get("hidden"):
        return str(entry["off"])
    if "own" in entry:
        return f"Added by {who['name']}. It is not in the guide."
    if MARK in content or who["url"] in content:
        return f"Some facts on this page are {who['name']}'s own. They are marked “{OURS}”, or name it as their source."
    others = [one for one in guide.data["options"] if "own" in one or one.get("hidden")]
    if path in ALWAYS or any(f"options/{one['id']}" in content for one in others):
        return f"This page takes account of what is different at {who['name']}."
    return ""
