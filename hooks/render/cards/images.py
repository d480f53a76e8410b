"""Pictures for links that are shared (1200 x 630): one per option, strategy, criterion and main page.

Drawn without network in the font of a package, and kept by content below `.cache/`: a build in which nothing changed
draws nothing. Only sites that know their address need them, because links to such pictures must be absolute.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, ImageColor, ImageDraw
from PIL.ImageFont import FreeTypeFont

from selector import Guide
from selector.guide.editions import Cell
from selector.guide.model import FULL
from selector.web.marks import mark

from .paths import GENERAL, KINDS, card_of
from .text import covered, fitted, font

SIZE = (1200, 630)
EDGE = 84
PAPER, INK, SOFT, ACCENT, RULE = "#fbfaf7", "#1b2530", "#4d5863", "#0b5c63", "#dcd8cd"
LEVELS = ("#a23a22", "#8f5a0c", "#66661d", "#2a6b4b", "#0b5c63")
"""Colours of levels from worst to best, as the light scheme of the site has them."""

LOCAL = re.compile(r"https?://(localhost|127\.|0\.0\.0\.0|\[)")
"""Addresses under which other people can't see a site, as under `mkdocs serve`."""

SHADES = 5
"""Steps from the paper to an ink, so that letters have smooth edges."""

DRAWING = 1
"""Goes up when cards are drawn in another way, so that no old one is taken from the cache."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the profile: its height, 0..1000, and its shape from 0 (worst) to 4, None when not known."""

    height: int
    shape: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """What one picture shows. `gaps` are the places in `bars` before which there is some room."""

    site: str
    kind: str
    title: str
    text: str
    bars: tuple[Bar, ...] = ()
    gaps: tuple[int, ...] = ()
    bars_are: str = ""


def cards_of(guide: Guide, site: Mapping[str, str | bytes], site_url: str | None, root: Path) -> dict[str, bytes]:
    """The pictures of a site by path; none for a site without an address that others can reach."""
    if not site_url or LOCAL.match(site_url):
        return {}
    return card_files(guide, site, root / ".cache" / "cards" / guide.data["guide"]["id"])


def card_files(guide: Guide, site: Mapping[str, str | bytes], folder: Path) -> dict[str, bytes]:
    """All pictures by path.

    Args:
        guide: the guide.
        site: what was rendered; titles and descriptions are taken from the pages.
        folder: for pictures drawn before; those of no use any more are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, bytes] = {}
    used: set[str] = set()
    for page, content in site.items():
        path = card_of(page)
        if not page.endswith(".md") or path in found or isinstance(content, bytes):
            continue
        if path == GENERAL and page != "index.md":
            continue
        card = _card(guide, page, content)
        name = f"{_key(card)}.png"
        used.add(name)
        found[path] = _cached(folder / name, card)
    for old in folder.glob("*.png"):
        if old.name not in used:
            old.unlink(missing_ok=True)
    return found


def _cached(file: Path, card: Card) -> bytes:
    """The picture from the cache, else drawn and kept; another build may use the cache at the same time."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        picture = draw(card)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(picture)
        fresh.replace(file)
        return picture


def _key(card: Card) -> str:
    text = json.dumps([DRAWING, PIL.__version__, asdict(card)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _card(guide: Guide, page: str, content: str) -> Card:
    matter = _front_matter(content)
    about = guide.data["guide"]
    if page == "index.md":
        return Card(about["title"], "", about["question"], matter.get("description", ""))
    folder, _, name = page.removesuffix(".md").rpartition("/")
    kind = KINDS.get(folder, "") if name != "index" else ""
    bars, gaps = _profile(guide, folder, name) if kind else ((), ())
    each = "A bar for each option" if folder == "criteria" else "A bar for each criterion"
    return Card(about["title"], kind, matter["title"], matter.get("description", ""), bars, gaps, each)


def _front_matter(content: str) -> dict[str, str]:
    """Title and description of a generated page; values in its front matter are JSON, and escaped for HTML."""
    lines = content.split("---\n", 2)[1].splitlines()
    values = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in lines)}
    return {name: html.unescape(value) for name, value in values.items() if isinstance(value, str)}


def _profile(guide: Guide, folder: str, name: str) -> tuple[tuple[Bar, ...], tuple[int, ...]]:
    """An option or strategy over all criteria, group by group; for a criterion, all options from best to worst."""
    if folder == "criteria":
        cells = [(guide.criterion(name).id, guide.cell(option.id, name)) for option in guide.options]
        bars = [_bar(guide, criterion, cell) for criterion, cell in cells]
        return tuple(sorted(bars, key=lambda bar: -bar.height)), ()
    bars, gaps = [], []
    for group in guide.data["groups"]:
        gaps.append(len(bars))
        for criterion in (found for found in guide.criteria if found.group == group["id"]):
            cell = (
                guide.cell(name, criterion.id)
                if folder == "options"
                else guide.strategy_cell(guide.strategy(name), criterion.id)
            )
            bars.append(_bar(guide, criterion.id, cell))
    return tuple(bars), tuple(gaps[1:])


def _bar(guide: Guide, criterion: str, cell: Cell) -> Bar:
    return Bar((cell.low + cell.high) // 2, mark(guide, criterion, cell).shape)


def draw(card: Card) -> bytes:
    """The picture as a PNG with a palette."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 12), fill=ACCENT)
    _mark(image, EDGE, 64, 44)
    pen.text((EDGE + 62, 86), covered(card.site), fill=SOFT, font=font(28, bold=True), anchor="lm")
    bottom = _words(pen, card)
    if card.bars:
        _bars(pen, card, max(bottom + 26, 420))
    out = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


@cache
def _palette() -> Image.Image:
    """All colours of all cards, so that none has to be searched for: the inks in shades, and those of the bars."""
    paper = ImageColor.getrgb(PAPER)
    colours = [paper, *map(ImageColor.getrgb, (RULE, *LEVELS))]
    for ink in map(ImageColor.getrgb, (INK, SOFT, ACCENT)):
        colours += [
            tuple(a + (b - a) * step // SHADES for a, b in zip(paper, ink, strict=True))
            for step in range(1, SHADES + 1)
        ]
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image


def _words(pen: ImageDraw.ImageDraw, card: Card) -> int:
    """Kind, title and text; returns where they end."""
    room, y = SIZE[0] - 2 * EDGE, 150 if card.bars else 186
    if kind := covered(card.kind):
        pen.text((EDGE, y), kind, fill=ACCENT, font=font(26, bold=True))
        y += 42
    lines, face = fitted(card.title, room, sizes=(76, 64, 54), most=2, bold=True)
    y = _lines(pen, lines, face, y, INK, 1.14)
    lines, face = fitted(card.text, room, sizes=(31,), most=2 if card.bars else 4)
    return _lines(pen, lines, face, y + 18, SOFT, 1.4)


def _lines(pen: ImageDraw.ImageDraw, lines: list[str], face: FreeTypeFont, y: int, ink: str, leading: float) -> int:
    for line in lines:
        pen.text((EDGE, y), line, fill=ink, font=face)
        y += int(face.size * leading)
    return y


def _bars(pen: ImageDraw.ImageDraw, card: Card, top: int) -> None:
    """The profile at the foot of the card, as wide as the text; the higher a bar, the better."""
    bottom, width, gap = SIZE[1] - 84, SIZE[0] - 2 * EDGE, 26
    step = (width - gap * len(card.gaps)) / len(card.bars)
    x = float(EDGE)
    pen.line((EDGE, bottom + 2, SIZE[0] - EDGE, bottom + 2), fill=RULE, width=2)
    pen.text((EDGE, bottom + 16), covered(f"{card.bars_are}: the higher, the better"), fill=SOFT, font=font(22))
    for place, bar in enumerate(card.bars):
        x += gap if place in card.gaps else 0
        height = 6 + (bottom - top - 6) * bar.height // FULL
        box = (round(x), bottom - height, round(x + min(step * 0.62, 40)), bottom)
        if bar.shape is None:
            pen.rectangle(box, outline=SOFT, width=2)
        else:
            pen.rectangle(box, fill=LEVELS[bar.shape])
        x += step


def _mark(image: Image.Image, x: int, y: int, size: int) -> None:
    """The mark of the site, a way that parts in two: drawn large and made small, so that its curves are smooth."""
    scale = 8
    unit = size * scale / 24
    large = Image.new("RGB", (size * scale, size * scale), PAPER)
    pen = ImageDraw.Draw(large)
    for line in _polylines():
        pen.line([(a * unit, b * unit) for a, b in line], fill=ACCENT, width=int(2.2 * unit), joint="curve")
    for middle, radius, inside in (((19, 6), 3.2, ACCENT), ((19, 18), 3.4, ACCENT), ((19, 18), 1.2, PAPER)):
        (a, b), r = middle, radius
        pen.ellipse([(a - r) * unit, (b - r) * unit, (a + r) * unit, (b + r) * unit], fill=inside)
    image.paste(large.resize((size, size), Image.Resampling.LANCZOS), (x, y))


def _polylines() -> Iterator[list[tuple[float, float]]]:
    """The stem and its two ways, as the mark's curves have them: (9, 12) by (13, 12) and (12, 12 ± 6) to (16, 12 ± 6)."""
    yield [(4, 12), (9, 12)]
    for side in (-6, 6):
        way = []
        for step in range(17):
            t = step / 16
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            way.append((9 * a + 13 * b + 12 * c + 16 * d, 12 * a + 12 * b + (12 + side) * c + (12 + side) * d))
        yield way
