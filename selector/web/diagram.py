"""How a value travels through a strategy, drawn from its roles as an accessible inline SVG.

One column, top to bottom: it is legible at its own size on a phone and beside text on a desk.
Sizes are SVG units, which the style sheet shows as pixels; colours are the style sheet's, by class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from selector import Guide
from selector.guide.strategies import Strategy

from .page import environment

WIDTH = 340
GAP = 22
PAD = 12
NAME_LINE, TEXT_LINE = 19, 16
NAME_CHARACTERS, TEXT_CHARACTERS = 32, 48
"""What fits in one line at the sizes of the style sheet (15 and 12.5 units), in wide fonts too."""

END = "Where it is used"


@dataclass(frozen=True, slots=True)
class Step:
    """A stop on the way: who, and what happens there. `kind` is member, support or end."""

    name: str
    does: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One way; only split strategies have several, each with the name of what goes it."""

    title: str | None
    steps: tuple[Step, ...]

    def sentence(self) -> str:
        """The way in words, for those who do not see the drawing."""
        way = ", then ".join(f"{step.name} ({', '.join(step.does)})" if step.does else step.name for step in self.steps)
        return f"{self.title}: {way}" if self.title else way


def lanes(guide: Guide, strategy: Strategy) -> tuple[Lane, ...]:
    """The ways of a strategy: one per class of a split strategy, else one."""
    if not strategy.parts:
        return (Lane(None, _steps(guide, strategy.filled, strategy.support)),)
    return tuple(
        Lane(str(guide.entry("classes", part.cls)["name"]), _steps(guide, part.filling.filled, part.filling.support))
        for part in strategy.parts
    )


def _steps(guide: Guide, filled: Mapping[str, str], support: frozenset[str]) -> tuple[Step, ...]:
    """Members in the order in which a value meets them, each with all that it does, and the end of the way."""
    jobs: dict[str, list[str]] = {}
    for role in guide.data["roles"]:
        for member in _in_role(guide, role["id"], filled):
            jobs.setdefault(member, []).append(str(role.get("verb", role["name"])))
    members = [
        Step(guide.option(member).name, tuple(does), "support" if member in support else "member")
        for member, does in jobs.items()
    ]
    return (*members, Step(END, (), "end"))


def _in_role(guide: Guide, role: str, filled: Mapping[str, str]) -> Iterator[str]:
    """Who does this job: whoever fills it, else any member that does it unasked (leaving a copy, say).

    Goals, additions and support are done by whoever fills them and by nobody else.
    """
    if role in filled:
        yield filled[role]
        return
    declared = next(entry for entry in guide.roles if entry.id == role)
    if role in guide.goals or declared.optional or declared.support:
        return
    yield from (member for member in dict.fromkeys(filled.values()) if role in guide.option(member).provides)


@dataclass(frozen=True, slots=True)
class Box:
    """A step with its place and its lines of text."""

    kind: str
    top: int
    height: int
    name: tuple[str, ...]
    text: tuple[str, ...]
    arrow: bool


def drawing_html(guide: Guide, strategy: Strategy) -> Markup:
    """The drawing. It reads as one image whose label tells the way in words."""
    ways = lanes(guide, strategy)
    placed: list[tuple[str | None, int, list[Box]]] = []
    top = 1
    for way in ways:
        title_top = top
        top += TEXT_LINE + 8 if way.title else 0
        boxes = []
        for index, step in enumerate(way.steps):
            box = _box(step, top, arrow=index > 0)
            boxes.append(box)
            top = box.top + box.height + GAP
        placed.append((way.title, title_top, boxes))
    label = "How a value travels: " + "; ".join(way.sentence() for way in ways) + "."
    template = environment().get_template("drawing.html")
    text = template.render(label=label, ways=placed, width=WIDTH, height=top - GAP + 1, pad=PAD, gap=GAP)
    return Markup(text)


def _box(step: Step, top: int, *, arrow: bool) -> Box:
    name = tuple(wrap(step.name, NAME_CHARACTERS))
    text = tuple(_jobs(step.does))
    height = 2 * PAD - 4 + NAME_LINE * len(name) + TEXT_LINE * len(text)
    return Box(step.kind, top, height, name, text, arrow)


def _jobs(does: tuple[str, ...]) -> list[str]:
    """What a member does, as many jobs to a line as fit; a job is broken only when it fills more than a line."""
    lines: list[str] = []
    for job in does:
        if lines and len(lines[-1]) + 3 + len(job) <= TEXT_CHARACTERS:
            lines[-1] += f" · {job}"
        else:
            lines.extend(wrap(job, TEXT_CHARACTERS))
    return lines


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, broken between words; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
