"""Options that published decisions and rules of thumb name exist.

PASS
    decisions: [{id: them, decided: [a+b|c, =a]}]
    rules_of_thumb: [{choose: a+b}]
FAIL
    decisions: [{id: them, decided: [a+z]}]
    rules_of_thumb: [{choose: z}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from hooks.source.alike import nearest
from hooks.source.problems import Problem, quote

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """Each name in what was decided, accepted and rejected, and in what a rule chooses."""
    known = [*draft.entries("options"), *draft.entries("families")]
    nodes = chain(draft.each("decisions.*.decided|accepted|rejected.*"), draft.each("rules_of_thumb.*.choose"))
    for node in nodes:
        for name in dict.fromkeys(re.findall(r"[a-z0-9-]+", node.text)):
            if name not in known:
                yield draft.problem(
                    node,
                    f"unknown option {quote(name)}",
                    expected="an option or family: a; a+b for both, a|b for one of them, =a for this one alone",
                    nearest=nearest(name, known),
                    cause=f"options/{name}",
                )
