"""A flowchart in Mermaid's notation as an inline SVG: made at build time, so that pages load no script for it.

It reads what our documents use: `flowchart TB`, nodes as `id["first line<br>second line"]`, and edges as `a --> b`.
Nodes are laid out in rows from top to bottom; colours are those of the text around the drawing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from markupsafe import Markup, escape

NODE = re.compile(r'(\w+)(?:\["([^"]*)"\])?')
EDGE = re.compile(r"\s*-->\s*")

LINE, CHARACTER, PAD, GAP, ROW_GAP = 17, 7.3, 10, 20, 30
"""Height of a line, width of a character, room in a box, between boxes of a row, and between rows; SVG units."""


class FlowchartError(ValueError):
    """The text is no flowchart of the kind that is read here."""


@dataclass
class Box:
    """A node with its lines of text; a bend of an edge that passes a row has none. `x` is its middle."""

    row: int
    lines: tuple[str, ...] = ()
    x: float = 0.0

    @property
    def width(self) -> float:
        """Its width in SVG units."""
        return max(len(line) for line in self.lines) * CHARACTER + 2 * PAD if self.lines else 10

    @property
    def height(self) -> float:
        """Its height in SVG units."""
        return len(self.lines) * LINE + 2 * PAD


def flowchart_svg(source: str, label: str) -> Markup:
    """The drawing.

    Args:
        source: the text of a block `mermaid`.
        label: what it shows, for those who do not see it.

    Raises:
        FlowchartError: the text holds something that is not read here, or edges in a circle.
    """
    texts, edges = _read(source)
    rows = _rows(list(texts), edges)
    boxes = {name: Box(rows[name], text) for name, text in texts.items()}
    segments: list[tuple[str, str]] = []
    for start, end in edges:
        path = [start, *(f"{start}>{end}@{row}" for row in range(rows[start] + 1, rows[end])), end]
        boxes |= {name: Box(rows[start] + step) for step, name in enumerate(path[1:-1], start=1)}
        segments += pairwise(path)
    return _draw(boxes, segments, label)


def _read(source: str) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    first, *others = [line.strip() for line in source.strip().splitlines() if line.strip()]
    if first != "flowchart TB":
        raise FlowchartError(f"a flowchart begins with 'flowchart TB', not '{first}'")
    texts: dict[str, tuple[str, ...]] = {}
    edges: list[tuple[str, str]] = []
    for line in others:
        names = []
        for part in EDGE.split(line):
            found = NODE.fullmatch(part)
            if found is None:
                raise FlowchartError(f"'{part}' is no node")
            names.append(found[1])
            if found[2] is not None:
                texts[found[1]] = tuple(unescape(text) for text in found[2].split("<br>"))
            texts.setdefault(found[1], (found[1],))
        edges += pairwise(names)
    return texts, edges


def _rows(names: list[str], edges: list[tuple[str, str]]) -> dict[str, int]:
    """The row of each node: below all that lead to it; nodes with one edge in move down to where they lead."""
    rows = dict.fromkeys(names, 0)
    for _ in names:
        for start, end in edges:
            rows[end] = max(rows[end], rows[start] + 1)
    if any(rows[start] >= rows[end] for start, end in edges):
        raise FlowchartError("edges lead in a circle")
    for name in sorted(names, key=lambda name: -rows[name]):
        after = [rows[end] for start, end in edges if start == name]
        before = [start for start, end in edges if end == name]
        if after and len(before) <= len(after):
            rows[name] = min(after) - 1
    return rows


def _draw(boxes: dict[str, Box], segments: list[tuple[str, str]], label: str) -> Markup:
    by_row: dict[int, list[str]] = {}
    for name, box in boxes.items():
        by_row.setdefault(box.row, []).append(name)
    tops, top = {}, 1.0
    for row in sorted(by_row):
        before = {name: [boxes[start].x for start, end in segments if end == name] for name in by_row[row]}
        order = sorted(by_row[row], key=lambda name: sum(before[name]) / len(before[name]) if before[name] else -1e9)
        x = -(sum(boxes[name].width for name in order) + GAP * (len(order) - 1)) / 2
        for name in order:
            boxes[name].x = x + boxes[name].width / 2
            x += boxes[name].width + GAP
        tops[row] = top
        top += max(boxes[name].height for name in order) + ROW_GAP
    heights = {row: max(boxes[name].height for name in names) for row, names in by_row.items()}
    left = min(box.x - box.width / 2 for box in boxes.values()) - 1
    width = max(box.x + box.width / 2 for box in boxes.values()) + 1 - left
    height = top - ROW_GAP + 1
    parts = [_edge(boxes[start], boxes[end], tops, heights, left) for start, end in segments]
    parts += [_box(box, tops[box.row], left) for box in boxes.values() if box.lines]
    return Markup(
        '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}" font-size="13">{3}</svg>'
    ).format(round(width), round(height), label, Markup("").join(parts))


def _box(box: Box, top: float, left: float) -> Markup:
    x = box.x - left
    lines = Markup("").join(
        Markup('<text x="{}" y="{}" text-anchor="middle" fill="currentColor"{}>{}</text>').format(
            round(x),
            round(top + PAD + LINE * number + 13),
            Markup("" if number else ' font-weight="700"'),
            escape(line),
        )
        for number, line in enumerate(box.lines)
    )
    shape = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="6" fill="none" stroke="currentColor"/>').format(
        round(x - box.width / 2), round(top), round(box.width), round(box.height)
    )
    return shape + lines


def _edge(start: Box, end: Box, tops: dict[int, float], heights: dict[int, float], left: float) -> Markup:
    """A line from box to box; past a row it goes straight down through the row's height."""
    x1, x2 = round(start.x - left), round(end.x - left)
    bottom = tops[start.row] + (start.height if start.lines else heights[start.row])
    top = tops[end.row]
    line = f"M{x1} {round(bottom)} L{x2} {round(top)}"
    if not end.lines:
        line += f" V{round(top + heights[end.row])}"
    tip = f" M{x2 - 4} {round(top) - 7} L{x2} {round(top)} L{x2 + 4} {round(top) - 7}" if end.lines else ""
    return Markup('<path d="{}" fill="none" stroke="currentColor" opacity="0.6"/>').format(line + tip)
