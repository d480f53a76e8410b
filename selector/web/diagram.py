"""How a value travels through a strategy, drawn from the guide's data as an accessible inline SVG.

Where things run (frames), who authenticates with what at each hop, how often it is read again, and where it exists in
plain text. One column for each way, top to bottom: it is legible at its own size on a phone and beside text.
Sizes are SVG units, which the style sheet shows as pixels; colours are the style sheet's, by class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from selector import Guide
from selector.guide.strategies import Strategy

from .page import Entry, environment

WIDTH = 340
MARGIN, FRAME_TOP, FRAME_BOTTOM = 12, 24, 10
GAP, GAP_LINE = 20, 15
PAD = 10
NAME_LINE, TEXT_LINE = 19, 16
NAME_CHARACTERS, TEXT_CHARACTERS, HOP_CHARACTERS = 32, 46, 42
"""What fits in one line at the sizes of the style sheet (15, 12.5 and 12 units), in wide fonts too."""

END = "Where it is used"


@dataclass(frozen=True, slots=True)
class Step:
    """A stop on the way: who, and what happens there.

    Attributes:
        does: what happens there, in short texts.
        kind: member, support, medium (what a member reads), copy (what it leaves behind), or end.
        zone: id of the frame that it is in; empty outside all frames.
        hop: what holds on the way to it: the identity that is used, how often it is read again.
        plaintext: where the value exists in plain text there; empty where it does not.
    """

    name: str
    does: tuple[str, ...]
    kind: str
    zone: str = ""
    hop: tuple[str, ...] = ()
    plaintext: str = ""

    def sentence(self) -> str:
        """The stop in words."""
        told = [*self.does, *([f"plain text {self.plaintext}"] if self.plaintext else [])]
        hop = f" ({', '.join(self.hop)})" if self.hop else ""
        return f"{self.name}{': ' if told else ''}{', '.join(told)}{hop}"


@dataclass(frozen=True, slots=True)
class Lane:
    """One way; only split strategies have several, each with the name of what goes it."""

    title: str | None
    steps: tuple[Step, ...]

    def sentence(self) -> str:
        """The way in words, for those who do not see the drawing."""
        way = "; then ".join(step.sentence() for step in self.steps)
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
    """Members in the order in which a value meets them, what they read and leave behind, and the end of the way.

    An addition guards the copy that is left behind. Where none is, it is a step like any other.
    """
    jobs: dict[str, list[str]] = {}
    guarded: list[str] = []
    done = [(role, member) for role in guide.data["roles"] for member in _in_role(guide, role["id"], filled)]
    left: dict[str, Entry] = {
        member: role["leaves"] for role, member in done if "leaves" in role and member not in support
    }
    for role, member in done:
        verb = str(role.get("verb", role["name"]))
        if "leaves" in role:
            continue
        if role.get("optional") and left:
            guarded.append(f"{guide.option(member).name} {verb}")
        else:
            jobs.setdefault(member, []).append(verb)
    steps: list[Step] = []
    for member, does in jobs.items():
        steps += _member(guide, member, tuple(does), "support" if member in support else "member", steps)
        if member in left:
            steps.append(_copy(left[member], tuple(guarded)))
    return (*steps, _end(guide, filled, left, steps))


def _member(guide: Guide, member: str, does: tuple[str, ...], kind: str, before: list[Step]) -> Iterator[Step]:
    """A member, with what it reads before it where that is a separate thing."""
    hop = _hop(guide, member)
    if kind == "support":
        yield Step(guide.option(member).name, does, kind)
        return
    step = Step(guide.option(member).name, does, kind, hop.get("zone", ""), (), hop.get("plaintext", ""))
    source = _accepts(guide, before)
    if "holds" in hop:
        yield Step(str(hop["holds"]), (), "medium")
        source = ""
    if "holds" in hop or any(other.kind == "member" for other in before):
        step = replace(step, hop=tuple(text for text in (_identity(source, hop), hop.get("interval")) if text))
    yield step


def _hop(guide: Guide, member: str) -> Entry:
    found: Entry = guide.entry("options", member).get("hop", {})
    return found


def _accepts(guide: Guide, before: list[Step]) -> str:
    """How the last member before lets others in."""
    names = {option.name: option.id for option in guide.candidates}
    found = [step.name for step in before if step.kind == "member"]
    return str(_hop(guide, names[found[-1]]).get("accepts", "")) if found else ""


def _identity(accepts: str, hop: Entry) -> str:
    """ "Role: the agent's", or as much of it as is known."""
    return ": ".join(text for text in (accepts, str(hop.get("acts_as", ""))) if text)


def _copy(leaves: Entry, guarded: tuple[str, ...]) -> Step:
    """What a member leaves behind; an addition that guards it takes the plain text away."""
    plaintext = "" if guarded else str(leaves.get("plaintext", ""))
    return Step(str(leaves["name"]), guarded, "copy", str(leaves.get("zone", "")), (), plaintext)


def _end(guide: Guide, filled: Mapping[str, str], left: Mapping[str, Entry], steps: list[Step]) -> Step:
    """Where the value is used, and how it gets there."""
    end: Entry = guide.data["guide"].get("end", {})
    last = next((filled[goal] for goal in reversed(guide.goals) if goal in filled), None)
    hop: tuple[str, ...] = ()
    if left:
        gives = str(next(iter(left.values())).get("gives", ""))
        hop = (gives,) if gives else ()
    elif last is not None:
        given = _hop(guide, last)
        direct = len([step for step in steps if step.kind == "member"]) == 1 and "accepts" in given
        texts = (_identity(str(given["accepts"]), end), given.get("interval")) if direct else (given.get("handover"),)
        hop = tuple(str(text) for text in texts if text)
    return Step(str(end.get("name", END)), (), "end", str(end.get("zone", "")), hop, str(end.get("plaintext", "")))


def _in_role(guide: Guide, role: str, filled: Mapping[str, str]) -> Iterator[str]:
    """Who does this job: the member that fills it, else any member that does it unasked (leaving a copy, say).

    Goals, additions and support are done only by the members that fill them.
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
    """A step with its place and its lines of text; `hop` is beside the arrow to it."""

    kind: str
    top: int
    height: int
    name: tuple[str, ...]
    text: tuple[str, ...]
    plaintext: tuple[str, ...]
    arrow: int
    hop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What encloses neighbouring boxes that run in the same place."""

    name: str
    top: int
    height: int


def drawing_html(guide: Guide, strategy: Strategy) -> Markup:
    """The drawing, one for each way. Each reads as one image whose label tells the way in words. Empty where there is
    nothing to draw: one option, of which the guide says neither the way nor the end."""
    alone = len(strategy.members) == 1 and not guide.entry("options", strategy.members[0]).get("hop")
    if alone and "end" not in guide.data["guide"]:
        return Markup()
    ways = lanes(guide, strategy)
    drawn = Markup("\n").join(_lane(guide, way) for way in ways)
    return drawn if len(ways) == 1 else Markup('<div class="dw-drawings">\n{}\n</div>').format(drawn)


def _lane(guide: Guide, way: Lane) -> Markup:
    zones = {entry["id"]: str(entry["name"]) for entry in guide.data.get("zones", ())}
    boxes: list[Box] = []
    frames: list[Frame] = []
    top, inside, begins = 1 + (TEXT_LINE + 8 if way.title else 0), "", 0
    for index, step in enumerate(way.steps):
        hop = tuple(line for text in step.hop for line in wrap(text, HOP_CHARACTERS))
        arrow = max(GAP, 8 + GAP_LINE * len(hop)) if index else 0
        if step.zone != inside:
            if inside in zones:
                frames.append(Frame(zones[inside], begins, top + FRAME_BOTTOM - begins))
                top += FRAME_BOTTOM
            if step.zone in zones:
                begins = top + (6 if index else 0)
                arrow += FRAME_TOP
            inside = step.zone
        box = _box(step, top + arrow, arrow if index else 0, hop)
        boxes.append(box)
        top = box.top + box.height
    if inside in zones:
        frames.append(Frame(zones[inside], begins, top + FRAME_BOTTOM - begins))
        top += FRAME_BOTTOM
    label = "How it works. " + way.sentence() + "."
    template = environment().get_template("drawing.html")
    text = template.render(
        label=label, title=way.title, boxes=boxes, frames=frames, width=WIDTH, height=top + 1, margin=MARGIN, pad=PAD
    )
    return Markup(text)


def _box(step: Step, top: int, arrow: int, hop: tuple[str, ...]) -> Box:
    name = tuple(wrap(step.name, NAME_CHARACTERS))
    text = tuple(_jobs(step.does))
    plaintext = tuple(wrap(f"Plain text {step.plaintext}", TEXT_CHARACTERS - 3)) if step.plaintext else ()
    height = 2 * PAD - 2 + NAME_LINE * len(name) + TEXT_LINE * (len(text) + len(plaintext))
    return Box(step.kind, top, height, name, text, plaintext, arrow, hop)


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
    """Lines of at most `width` characters, broken between words; a longer word is alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
