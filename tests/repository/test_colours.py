"""Every reader can tell levels apart: their colours stay distinct for the colour-blind; texts and marks are legible."""

from __future__ import annotations

import re
from itertools import combinations
from math import dist

import pytest

from hooks import ROOT

DOCS = ROOT / "docs"
TOKENS = (DOCS / "assets" / "styles" / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "surface", "sunken", "accent-wash")

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
SIGHTS = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

APART = 15
"""Least distance (CIE76) between any two levels; about 2.3 is what an eye can just tell apart."""

Colour = tuple[float, float, float]


def scheme(name: str) -> dict[str, str]:
    """Colours of a scheme by token."""
    start = TOKENS.index(f'[data-md-color-scheme="{name}"]')
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", TOKENS[start : TOKENS.index("}", start)]))


def linear(code: str) -> Colour:
    digits = code[1:] if len(code) == 7 else "".join(2 * digit for digit in code[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def seen(colour: Colour, sight: str) -> Colour:
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in SIGHTS[sight]
    )
    return red, green, blue


def lab(colour: Colour) -> Colour:
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def contrast(one: str, two: str) -> float:
    dark, light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["default", "slate"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_levels_look_different(name: str, sight: str) -> None:
    levels = [lab(seen(linear(scheme(name)[f"level-{number}"]), sight)) for number in range(5)]
    assert min(dist(one, two) for one, two in combinations(levels, 2)) >= APART


@pytest.mark.parametrize("name", ["default", "slate"])
def test_marks_stand_out_from_what_they_stand_on(name: str) -> None:
    found = scheme(name)
    for level in ("level-0", "level-1", "level-2", "level-3", "level-4", "level-unknown"):
        assert min(contrast(found[level], found[ground]) for ground in GROUNDS) >= 3, level
    for line in ("rule-strong", "for", "against", "focus"):
        assert contrast(found[line], found["paper"]) >= 3, line


@pytest.mark.parametrize("name", ["default", "slate"])
def test_texts_can_be_read_on_what_they_stand_on(name: str) -> None:
    found = scheme(name)
    for text in ("ink", "ink-soft", "accent", "accent-strong", "warn", "level-unknown"):
        grounds = GROUNDS if text.startswith(("ink", "accent")) else [name for name in GROUNDS if name != "accent-wash"]
        assert min(contrast(found[text], found[ground]) for ground in grounds) >= 4.5, text
    assert min(contrast(found["accent-ink"], found[ground]) for ground in ("accent", "accent-strong")) >= 4.5


def test_no_text_has_the_colour_of_a_level() -> None:
    """Discs and bars have it, which need less contrast than words."""
    sheets = {path.name: path.read_text("utf-8") for path in (DOCS / "assets" / "styles").rglob("*.css")}
    assert any("fill: var(--level)" in sheet for sheet in sheets.values())
    assert [name for name, sheet in sheets.items() if re.search(r"(?<![\w-])color: *var\(--level", sheet)] == []


@pytest.mark.parametrize("name", ["default", "slate"])
def test_what_acts_has_a_colour_that_no_level_has(name: str) -> None:
    found = scheme(name)
    accent = lab(linear(found["accent"]))
    assert all(dist(accent, lab(linear(found[f"level-{number}"]))) >= APART for number in range(5))
