"""Text in pictures: faces of the font, and lines that fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

FONT = "font_manrope"
"""A package of the Python index that holds Manrope (SIL Open Font License): Latin, Greek and Cyrillic letters."""


@cache
def font(size: int, *, bold: bool = False) -> FreeTypeFont:
    """A face of the font, in pixels."""
    name = "Manrope-Bold.ttf" if bold else "Manrope-Medium.ttf"
    with (files(FONT) / "files" / name).open("rb") as file:
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _drawable(character: str) -> bool:
    """False for what the font has no picture of: it would come out as an empty box."""
    face = font(40)
    return character.isspace() or bytes(face.getmask(character)) != bytes(face.getmask("\uffff"))


def covered(text: str) -> str:
    """The text without signs that the font lacks, or nothing where these are letters or digits: part of a word would be
    another word."""
    if any(character.isalnum() and not _drawable(character) for character in text):
        return ""
    return "".join(character for character in text if _drawable(character))


def fitted(
    text: str, room: int, *, sizes: Sequence[int], most: int, bold: bool = False
) -> tuple[list[str], FreeTypeFont]:
    """Lines no wider than `room` pixels, at the first of the sizes at which at most `most` are needed.

    At the last size the rest is cut and the last line ends with an ellipsis. There are no lines where the font lacks
    letters of the text.
    """
    words = covered(text).split()
    for size in sizes:
        face = font(size, bold=bold)
        lines = _wrapped(words, room, face)
        if len(lines) <= most and all(face.getlength(line) <= room for line in lines):
            return lines, face
    return _cut(lines, room, most, face), face


def _wrapped(words: list[str], room: int, face: FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and face.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(lines: list[str], room: int, most: int, face: FreeTypeFont) -> list[str]:
    """The first lines; a word wider than the room is cut too."""
    kept = [_clipped(line, room, face, more=False) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _clipped(lines[most - 1], room, face, more=True)
    return kept


def _clipped(line: str, room: int, face: FreeTypeFont, *, more: bool) -> str:
    """A line with an ellipsis where it was cut, or where `more` would follow."""
    if not more and face.getlength(line) <= room:
        return line
    while line and face.getlength(f"{line}…") > room:
        line = line[:-1]
    return line.rstrip(" .,;:") + "…"
