"""What the development server sends: an application's answer as a whole, and problems on top of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

TEMPLATES = Path(__file__).parent / "templates"
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


def with_panel(html: str, panel: str) -> str:
    """The page with a panel as the first thing in its body."""
    style, script = ((TEMPLATES / f"problems.{kind}").read_text("utf-8") for kind in ("css", "js"))
    added = f"<style>{style}</style>{panel}<script>{script}</script>"
    return BODY.sub(lambda body: f"{body[0]}\n{added}", html, count=1)


def ask(site: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and content that an application answers with."""
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Callable[[bytes], object]:
        said[:] = [status, headers]
        return written.write

    written = BytesIO()
    answer = site(environ, start)
    try:
        written.writelines(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    return said[0], said[1], written.getvalue()
