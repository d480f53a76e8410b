"""Targets of effects are options, or tags that an option has.

PASS
    options: [{id: a, tags: [heavy]}]
    exclude: [a, tag:heavy]
FAIL
    exclude: [tag:haevy]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, one_of, quote

from .common.draft import Draft

PATTERNS = (
    "categories.*.options.*",
    "questions.*.answers.*.effects.*.exclude|enable|have|besides|spare|bind|against.*",
    "preferences.*.prefer|over.*",
    "reading.traceless.*",
    "evidence.*.warning.chosen.options.*",
)

SHAPES = ("layered", "split")
"""Patterns of strategies, which a preference may name."""


def check(draft: Draft) -> Iterator[Problem]:
    """What answers exclude, enable and call owned."""
    tagged = (*draft.each("options.*.tags.*"), *draft.each("options.*.editions.*.tags.*"))
    tags = sorted({node.text for node in tagged if node.text})
    for node in (node for pattern in PATTERNS for node in draft.each(pattern)):
        if node.text.startswith("pattern:"):
            if node.text[8:] not in SHAPES:
                shapes = [f"pattern:{shape}" for shape in SHAPES]
                yield draft.problem(node, f"no strategy has the {quote(node.text)}", expected=one_of(shapes, node.text))
        elif not node.text.startswith("tag:"):
            yield from draft.unknown(node, "options")
        elif node.text[4:] not in tags:
            best = nearest(node.text[4:], tags)
            yield draft.problem(
                node,
                f"no option has the tag {quote(node.text[4:])}",
                expected=one_of([f"tag:{tag}" for tag in tags], node.text),
                nearest=best and f"tag:{best}",
                cause=f"options/{node.text}",
            )
