"""What the development server sends: an application's answer as a whole, and problems on top of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

STYLE = Path(__file__).parent / "templates" / "problems.css"
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


def with_panel(html: str, panel: str) -> str:
    """The page with a panel as the first thing in its body."""
    style = f"<style>{STYLE.read_text('utf-8')}</style>"
    return BODY.sub(lambda body: f"{body[0]}\n{style}{panel}", html, count=1)


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
