"""What an organisation hides (`hide` in own.yml): it keeps a page that says so, and is in no list, navigation or search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector import Guide


def with_hidden(guide: Guide, strategy: Mapping[str, Any]) -> bool:
    """True for a named strategy with a member that is hidden."""
    return any(guide.entry("options", name).get("hidden") for name in guide.strategy(strategy["id"]).members)
