"""The schema of api/guide.json where an organisation's own facts are laid over the guide: with the fields that say so.

An author never writes these fields, so the schema of the guide's file does not have them.
"""

from __future__ import annotations

import json
from typing import Any

SAYS_SO: dict[str, Any] = {
    "type": "string",
    "description": "What the guide says; this value is the organisation's own.",
}

ADDED: dict[str, Any] = {
    "organisation": {"type": "object", "description": "Whose facts are laid over the guide."},
    "fixed": {"type": "object", "description": "By question, the answer that holds for everyone there, and why."},
}
"""Sections of the data."""

NAMES = frozenset({*ADDED, "own", "hidden"})
"""All fields that the overlay writes."""


def with_own_fields(text: str) -> str:
    """The schema of the guide's file, which also allows what `hooks.overlay` adds."""
    schema = json.loads(text)
    top = schema["properties"]
    top.update(ADDED)
    option = top["options"]["items"]["properties"]
    option["hidden"] = {"type": "boolean", "description": "True for what the organisation never uses."}
    option["own"] = {"type": "string", "description": "There for an option that the organisation has added."}
    levels = top["criteria"]["items"]["properties"]["levels"]["items"]["properties"]
    for fields in (levels, top["prices"]["items"]["properties"], schema["$defs"]["rating"]["properties"]):
        fields["own"] = SAYS_SO
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
