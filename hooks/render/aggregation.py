"""How a strategy gets its level from its members, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector import Guide
from selector.guide.terms import Terms, a, upfirst


def rule_in_words(guide: Guide, criterion: Mapping[str, Any], terms: Terms) -> str:
    """One or two sentences about the criterion's rule, in these words for options and strategies."""
    whole, member = a(terms.strategy), terms.option
    aggregate = criterion["aggregate"]
    owned = f" What {a(terms.visitor)} already uses adds nothing." if aggregate.get("owned") == "free" else ""
    match aggregate["rule"]:
        case "best":
            return f"{upfirst(whole)} is as good as its best {member}."
        case "worst":
            return f"{upfirst(whole)} is only as good as its weakest {member}."
        case "role":
            roles = " or, failing that, ".join(f"“{guide.entry('roles', role)['name']}”" for role in aggregate["role"])
            return f"In {whole} the {member} that has the role {roles} counts."
        case "units":
            return f"{upfirst(terms.options)} add up ({aggregate.get('unit', 'units')}).{owned}"
        case _:
            capacity = aggregate["capacity"]
            return f"{upfirst(terms.options)} add up: each level is worth points of burden, and at {capacity} points the value is 0.{owned}"
