"""A guide that has problems: what stops a build, said in the terminal and on a page."""

from __future__ import annotations

import sys

from mkdocs.exceptions import PluginError

from hooks.checked import Checked
from hooks.source.problems import as_text, errors, summary
from hooks.source.problems_html import as_html

NOTHING_BUILT = "and nothing was built"


class BrokenGuideError(PluginError):
    """The guide has problems. `panel` shows them on a page."""

    def __init__(self, said: str, panel: str) -> None:
        super().__init__(said)
        self.panel = panel

    def shown_all_the_same(self) -> str:
        """Say so in the terminal; returns the panel."""
        print(str(self).replace(NOTHING_BUILT, "and the preview shows it all the same", 1), file=sys.stderr)
        return self.panel


def broken_guide(checked: Checked) -> BrokenGuideError:
    """All problems of a guide, for the terminal and for a page."""
    found, texts = errors(checked.causes), checked.texts
    said = f"{checked.loaded.file} has {summary(found)}, {NOTHING_BUILT}:\n\n{as_text(found, texts)}"
    return BrokenGuideError(said, str(as_html(found, texts)))
