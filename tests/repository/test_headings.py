"""Headings have three sizes, so that a reader sees what is part of what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hooks import ROOT

STYLES = ROOT / "docs" / "assets" / "styles"
SIZES = {"var(--size-1)", "var(--size-2)", "var(--size-3)"}
LABELS = ("dw-eyebrow", "dw-given-title")
"""Headings for those who listen that look like labels."""

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIZE = re.compile(r"(?<![-\w])font-size:\s*([^;]+);")


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors whose last part is a heading, each with the size that its rule gives."""
    for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/|@media print\b.*", "", css, flags=re.DOTALL)):
        size = _SIZE.search(body)
        for selector in re.split(r",(?![^(]*\))", selectors):
            if size and re.search(r"(?:^|[\s>(,])h[1-4]\b[^\s>]*$", selector.strip()):
                yield " ".join(selector.split()), size[1]


def test_headings_have_three_sizes() -> None:
    found = [(path.name, *rule) for path in sorted(STYLES.rglob("*.css")) for rule in rules(path.read_text("utf-8"))]
    assert {size for *_, size in found} >= SIZES
    assert [one for one in found if one[2] not in SIZES and not any(label in one[1] for label in LABELS)] == []


def test_the_test_sees_a_fourth_size() -> None:
    assert list(rules(".box h2, .box :is(h3, h4) {\n  font-size: 1.3rem;\n}")) == [
        (".box h2", "1.3rem"),
        (".box :is(h3, h4)", "1.3rem"),
    ]
