"""Options by kind, as lists show them: the guide's categories, or else what each option calls itself."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from selector import Guide

from .context import BuildContext, Entry
from .icons import icon

OTHERS = "Others"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of options, with its options in the order of their names."""

    id: str
    name: str
    summary: str
    icon: Markup
    options: tuple[Entry, ...]


def categories(build: BuildContext) -> list[Category]:
    """All categories that have options. Each option is in one: the first that names it."""
    guide, entries = build.guide, build.guide.data.get("categories", ())
    home = {option["id"]: category_of(guide, option["id"]) for option in build.options}
    found = []
    for entry in entries:
        mine = tuple(option for option in build.options if home[option["id"]] is entry)
        found.append(Category(entry["id"], entry["name"], entry["summary"], icon(entry.get("icon")), mine))
    left = [option for option in build.options if home[option["id"]] is None]
    if entries:
        found.append(Category("others", OTHERS, "", Markup(), tuple(left)))
    else:
        for number, kind in enumerate(dict.fromkeys(option["kind"] for option in left), start=1):
            mine = tuple(option for option in left if option["kind"] == kind)
            found.append(Category(f"kind-{number}", kind, "", Markup(), mine))
    return [category for category in found if category.options]


def category_of(guide: Guide, option: str) -> Entry | None:
    """The guide's category of an option; None where the guide has none for it."""
    for entry in guide.data.get("categories", ()):
        if option in guide.targets(entry["options"]):
            return entry
    return None
