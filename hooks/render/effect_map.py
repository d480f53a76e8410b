"""The drawing of all questions against all criteria. Sizes are SVG units, which the style sheet shows as pixels.

A row is a question, a column a criterion. The upper half of a disc is the most that an answer adds, the lower half the
most that one takes; a frame says that an answer may demand a level; arrows lead to questions that depend on another.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from hooks.evaluation.question_effects import QuestionEffects
from selector import Guide
from selector.web.diagram import wrap

from .context import environment

ROW, COLUMN, GAP = 34, 24, 12
LABEL, LABEL_CHARACTERS, LABEL_LINES = 244, 36, 2
HEAD_CHARACTER = 5.4
"""Height that one character of a slanted head takes."""
GUTTER, COUNTS, TITLE, FOOT = 30, 104, 28, 62
RADIUS, LEAST = 12, 2.5
"""Of the largest and the smallest disc."""
FULL_FROM = 0.95
"""The share of marks below the one from which on discs have full size, so that one large one makes no dust of the rest."""
GROUP_CHARACTER = 6.4


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion: the middle of its column, its points before any answer, and how many answers reach it."""

    id: str
    name: str
    x: int
    base: int
    answers: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell: radii of the upper and the lower half disc, 0 for none."""

    x: int
    up: float
    down: float
    required: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One question: its middle, its text in lines, its marks and counts."""

    asked: QuestionEffects
    y: int
    text: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a question to one that depends on an answer to it; `lane` counts from the labels outwards."""

    start: int
    end: int
    lane: int


def effect_map(guide: Guide, groups: list[tuple[str, list[QuestionEffects]]]) -> Markup:
    """The drawing; the list of questions says the same in words."""
    reached = [asked for _, found in groups for asked in found]
    columns, spans, right = _columns(guide, reached)
    top = 24 + int(HEAD_CHARACTER * max(len(column.name) for column in columns))
    points = sorted(
        number for asked in reached for t in asked.on_criteria.values() for number in (t.up, t.down) if number
    )
    full = points[int(FULL_FROM * (len(points) - 1))] if points else 1
    titles: list[tuple[str, int]] = []
    lines: list[Line] = []
    y = top
    for title, found in groups:
        titles.append((title, y + TITLE - 8))
        y += TITLE
        for asked in found:
            lines.append(_line(asked, y + ROW // 2, columns, full))
            y += ROW
    text = (
        environment()
        .get_template("_effect_map.html")
        .render(
            terms=guide.terms,
            columns=columns,
            spans=spans,
            lines=lines,
            titles=titles,
            arrows=_arrows(lines),
            sizes=Sizes(GUTTER, GUTTER + LABEL, right, top, y, right + COUNTS, y + FOOT, ROW),
            total=len(guide.strategies),
        )
    )
    return Markup("".join(line.strip() for line in text.split("\n")))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Where things begin and end: labels, the grid and what is right of it; heads, rows and foot; a row's height."""

    label: int
    grid: int
    right: int
    top: int
    bottom: int
    width: int
    height: int
    row: int


def _columns(guide: Guide, reached: list[QuestionEffects]) -> tuple[list[Column], list[tuple[str, int, int]], int]:
    """Columns group by group; name, left end and right end of each group; where the grid ends."""
    columns: list[Column] = []
    spans: list[tuple[str, int, int]] = []
    x = GUTTER + LABEL
    for group in guide.data["groups"]:
        start = x
        for criterion in (found for found in guide.criteria if found.group == group["id"]):
            answers = sum(
                any(effect.about == criterion.id and effect.kind in ("weight", "require") for effect in given.effects)
                for asked in reached
                for given in asked.by_answer
            )
            columns.append(Column(criterion.id, criterion.name, x + COLUMN // 2, criterion.base, answers))
            x += COLUMN
        if x > start:
            name = group["name"] if GROUP_CHARACTER * len(group["name"]) <= x - start + GAP else ""
            spans.append((name, start, x))
            x += GAP
    return columns, spans, x


def _line(asked: QuestionEffects, y: int, columns: list[Column], full: int) -> Line:
    text = wrap(f"{asked.number}. {asked.question.text}", LABEL_CHARACTERS)
    if len(text) > LABEL_LINES:
        text = [*text[: LABEL_LINES - 1], f"{text[LABEL_LINES - 1]} …"]
    marks = [
        Mark(column.x, _radius(on_criterion.up, full), _radius(on_criterion.down, full), on_criterion.required)
        for column in columns
        if (on_criterion := asked.on_criteria.get(column.id)) is not None
    ]
    return Line(asked, y, tuple(text), tuple(marks))


def _radius(points: int, full: int) -> float:
    """The area of a half disc is in proportion to its points, from the smallest to the full size."""
    return round(min(RADIUS, max(LEAST, RADIUS * sqrt(points / full))), 1) if points else 0


def _arrows(lines: list[Line]) -> list[Arrow]:
    """Arrows that would run over each other keep to separate lanes."""
    places = {line.asked.question.id: line.y for line in lines}
    arrows: list[Arrow] = []
    for line in lines:
        if condition := line.asked.question.condition:
            start, end = sorted((places[condition[0]], line.y))
            taken = {
                arrow.lane
                for arrow in arrows
                if min(arrow.start, arrow.end) < end and start < max(arrow.start, arrow.end)
            }
            lane = next(lane for lane in range(len(arrows) + 1) if lane not in taken)
            arrows.append(Arrow(places[condition[0]], line.y, lane))
    return arrows
