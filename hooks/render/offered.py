"""What a guide has too little for: its pages are not made, and nothing leads to them."""

from __future__ import annotations

from selector import Guide


def asks(guide: Guide) -> bool:
    """True when there are questions: without any, no page asks for answers or tells how they count."""
    return bool(guide.questions)


def compares(guide: Guide) -> bool:
    """True when there are two options or more that readers are shown: one alone is compared with nothing."""
    return sum(not entry.get("hidden") for entry in guide.data["options"]) > 1
