"""What an edit changes, for the preview of a pull request: recommendations before and after, and the pages that differ.

Only where the build was told with which state to compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from hooks.evaluation.impact import NOTHING, Changed, effect_of_edit
from hooks.render.context import BuildContext
from selector import Guide

PATH = "since.md"

MOST_PAGES = 200
"""Pages that are listed; more would not be read."""


def page(build: BuildContext, before: Guide, revision: str, was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """The page as Markdown.

    Args:
        before: the guide as it was.
        revision: what that state is called, such as a branch.
        was, now: pages by their path, as they were and as they are.
    """
    changed = [(path, title_of({**was, **now}[path]), how) for path, how in differences(was, now).items()]
    effect = effect_of_edit(before, build.guide)
    return build.page(PATH).print(
        "since.md",
        title="What this edit changes",
        description=f"Recommendations and pages before and after, compared with {revision}.",
        hide=("toc",),
        revision=revision,
        effect=effect,
        flipped=list(_examples(build.guide, before, effect.flipped)),
        only_leads=list(_examples(build.guide, before, effect.only_leads)),
        new=list(_examples(build.guide, before, effect.new)),
        flips=[(count, *(_names(build.guide, before, ids) for ids in pair)) for pair, count in effect.flips[:10]],
        moved=sum(count for _, count in effect.flips),
        changed=changed[:MOST_PAGES],
        rest=max(0, len(changed) - MOST_PAGES),
    )


def _examples(guide: Guide, before: Guide, changed: Iterable[Changed]) -> Iterator[tuple[str, str, str, str]]:
    """Id, title, and the first places with their leads."""
    for one in changed:
        was, now = (
            _names(guide, before, first.names) + (f", {first.lead:.1f} ahead" if first.lead is not None else "")
            if first
            else "new"
            for first in (one.before, one.after)
        )
        yield one.example, guide.entry("examples", one.example)["title"], was, now


def _names(guide: Guide, before: Guide, ids: str) -> str:
    """Names of strategies that are joined by " = "; of those that are gone, as they were called."""
    return " or ".join(_name(guide, before, name) for name in ids.split(" = "))


def _name(guide: Guide, before: Guide, name: str) -> str:
    if name == NOTHING:
        return name
    for known in (guide, before):
        try:
            return known.strategy(name).name
        except KeyError:
            continue
    return name


def title_of(text: str) -> str:
    """The title in a page's front matter."""
    found = re.search(r"^title: (.*)$", text, re.MULTILINE)
    return str(json.loads(found[1])) if found else ""


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """How pages differ, by path, in the order of the site: "changed" or "new"; those that are "gone" come last."""
    found = {path: "changed" if path in before else "new" for path, text in after.items() if before.get(path) != text}
    return found | dict.fromkeys((path for path in before if path not in after), "gone")
