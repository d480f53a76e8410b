"""The templates of the pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selector.guide.terms import a, upfirst

from .plain_text import counted, fence, markdown_text, plain

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates of the pages: HTML in values is always escaped, an unknown name is an error."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    env.filters["md"] = markdown_text
    env.filters["upfirst"] = upfirst
    env.globals["a"] = a
    env.globals["counted"] = counted
    env.filters["fence"] = fence
    env.filters["plain"] = plain
    return env
