"""What fits a visitor's answers, handed to the matrix: in a link that can be shared, and for the page to keep."""

from __future__ import annotations

from urllib.parse import quote

from selector.scoring.recommend import Recommendation
from selector.web.forms import link_of


def fitting(result: Recommendation) -> list[str]:
    """Ids of the options that take part in a strategy that meets every requirement, in the guide's order.

    Where a family takes part, each of its members may. Empty before any answer: then everything fits, and no filter is set.
    """
    if not result.crowned:
        return []
    found = {member for place in result.feasible for member in place.strategy.members}
    for family in result.guide.families:
        if family.id in found:
            found.update(family.stands_for)
    return [option.id for option in result.guide.options if option.id in found]


def fitting_text(result: Recommendation, revision: str) -> str:
    """The fragment of the matrix's address that says which options fit which answers; empty when none do.

    A fragment is never sent to a server.
    """
    found = fitting(result)
    if not found:
        return ""
    return f"fits={'+'.join(found)}&answers={quote(link_of(result.case, revision), safe='')}"
