"""How a strategy gets its level from its members, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector import Guide


def rule_in_words(guide: Guide, criterion: Mapping[str, Any]) -> str:
    """One or two sentences about the criterion's rule."""
    aggregate = criterion["aggregate"]
    owned = " What a visitor already runs adds nothing." if aggregate.get("owned") == "free" else ""
    match aggregate["rule"]:
        case "best":
            return "A combination is as good as its best member."
        case "worst":
            return "A combination is only as good as its weakest member."
        case "role":
            roles = " or, failing that, ".join(f"“{guide.entry('roles', role)['name']}”" for role in aggregate["role"])
            return f"In a combination the member that has the role {roles} counts."
        case "units":
            return f"Members add up ({aggregate.get('unit', 'units')}).{owned}"
        case _:
            capacity = aggregate["capacity"]
            return (
                f"Members add up: each level is worth points of burden, and at {capacity} points the value is 0.{owned}"
            )
