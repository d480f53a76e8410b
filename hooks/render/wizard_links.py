"""Links into the wizard, with answers filled in."""

from __future__ import annotations

from selector import Guide
from selector.case.answers import Value, check_case
from selector.case.compared import Compared
from selector.case.link import encode


def share_link(guide: Guide, answers: dict[str, Value], revision: str, compared: Compared | None = None) -> str:
    """The fragment with which the wizard opens with these answers, or with two options side by side; the revision may be
    a placeholder."""
    return encode(check_case(guide, answers), revision, compared=compared)
