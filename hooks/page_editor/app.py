"""The editor as addresses of the development server, and what it adds to the pages that this sends."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path as FilePath
from threading import Lock
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hooks.source.locate import public_name
from hooks.source.positions import Path
from hooks.source.problems import expectation

from .change import Change, Found, Impossible, Verdict, changed, difference, key, verdict_of, write
from .document import CannotRead, Document, read_document, read_text
from .form import entry_of, form_of
from .gate import is_framed, is_local, refusal
from .marked import marked_lines
from .places import Block, places

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/_editor/"
"""What all addresses of the editor begin with, whatever folder the site is served in."""

FOLDER = FilePath(__file__).parent / "templates"

FILES = {"editor.js": "text/javascript; charset=utf-8", "editor.css": "text/css; charset=utf-8"}

MOST_FIELDS = 12
"""An entry with more values shows those that were asked for, and folds the others."""

CHANGED = (
    "The file has changed since this form was opened. The page loads again in a moment, and the form comes back with what "
    "you typed. Then show the change again."
)

LOADS = "The page loads again when the site is built."

STAYS = (
    "Nothing can be built of it until the problems at the bottom of the page are corrected: the page loads again with its "
    "former texts, and each pencil opens what the file has now."
)

Answer = dict[str, Any]


class Wrong(Exception):  # noqa: N818  reads as what it says
    """A request that is answered with a sentence; `more` goes with it."""

    def __init__(self, status: str, words: str, **more: Any) -> None:
        super().__init__(words)
        self.status, self.more = status, more


class PageEditor:
    """The editor of one guide's file, for as long as the server runs.

    Attributes:
        token: what pages of this server have and others have not; drawn anew at each start.
    """

    def __init__(self, file: Callable[[], FilePath], shown: Callable[[], str] = str) -> None:
        """`file` gives the guide's file, the only one that is ever read or written; `shown` the text of it from which
        the pages were built, "" when that is what it says now."""
        self._file, self._shown = file, shown
        self._verdict: tuple[str, Verdict] | None = None
        self._writing = Lock()
        self.token = os.urandom(32).hex()

    # Pages

    def added_to(self, html: str, environ: WSGIEnvironment) -> str:
        """A page with the editor, where it may be used: on this machine, in a page that is in no frame."""
        if not is_local(environ) or is_framed(environ):
            return html
        tags = Markup(
            '<link rel="stylesheet" href="{0}editor.css"><script defer src="{0}editor.js" data-token="{1}"></script>'
        )
        return html.replace("</body>", f"{tags.format(PREFIX, self.token)}</body>")

    # Addresses

    def answers(self, environ: WSGIEnvironment) -> bool:
        """True for an address of the editor."""
        return str(environ.get("PATH_INFO", "")).startswith(PREFIX)

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request to such an address."""
        name = environ["PATH_INFO"].removeprefix(PREFIX)
        if name in FILES and environ["REQUEST_METHOD"] == "GET" and is_local(environ):
            return _sent(start_response, "200 OK", FILES[name], (FOLDER / name).read_bytes())
        status, said = self._said(name, environ)
        return _sent(start_response, status, "application/json", json.dumps(said).encode())

    def _said(self, name: str, environ: WSGIEnvironment) -> tuple[str, Answer]:
        refused = refusal(environ, self.token)
        if refused:
            return refused.status, {"words": refused.words}
        try:
            body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            return "200 OK", self._done(name, body)
        except Wrong as error:
            return error.status, {"words": str(error), **error.more}
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return "400 Bad Request", {"words": "The editor does not understand this request. Reload the page."}

    def _done(self, name: str, asked: Any) -> Answer:
        """What is asked of the file as it is now."""
        known = {"find": self._find, "form": self._form, "show": self._show, "check": self._check, "write": self._write}
        if name not in known:
            raise Wrong("404 Not Found", "The editor has no such address.")
        try:
            return known[name](self._document(), asked)
        except CannotRead as error:
            raise Wrong("409 Conflict", str(error)) from error
        except OSError as error:
            raise Wrong("500 Internal Server Error", f"The file cannot be written: {error.strerror}.") from error
        except Impossible as error:
            at = {key(error.path): _render("problems.html", problems=[{"words": str(error), "stops": True}])}
            raise Wrong("422 Unprocessable Content", "This cannot be written.", at=at) from error

    def _document(self) -> Document:
        file = self._file()
        return read_document(file, public_name(file))

    def _find(self, document: Document, asked: Any) -> Answer:
        """The places that texts of the page come from."""
        blocks = [
            Block(str(one["text"]), tuple(map(str, one["near"])), one["level"] is True) for one in asked["blocks"]
        ]
        found = places(document, blocks, self._shown_instead(document))
        return {"places": [[{"path": key(path), "name": document.trail(path)} for path in paths] for paths in found]}

    def _shown_instead(self, document: Document) -> Document | None:
        """The file as the pages show it, when that is not the file as it is now: nothing could be built of it since."""
        text = self._shown()
        return read_text(text, document.name) if text and text != document.text else None

    def _form(self, document: Document, asked: Any) -> Answer:
        """The form of an entry. Of several places that a text may come from, the form of the first, and the others."""
        wanted = [_path(path) for path in asked["paths"]]
        form = form_of(document, wanted[0])
        others = {entry_of(document, path): path for path in wanted if entry_of(document, path) != form.path}
        named = [field for field in form.fields if field.path in wanted]
        first = form.fields if len(form.fields) <= MOST_FIELDS or not named else tuple(named)
        html = _render(
            "form.html",
            form=form,
            file=document.name,
            first=first,
            rest=[field for field in form.fields if field not in first],
            focus=named[0].path if named else None,
            others=[(path, document.trail(entry)) for entry, path in others.items()],
            above=(form.above, document.trail(form.above)) if form.above else None,
        )
        return {"html": html, "base": document.base}

    def _show(self, document: Document, asked: Any) -> Answer:
        """The lines that change."""
        after, _ = _changed(document, asked)
        return {"html": _render("difference.html", lines=marked_lines(difference(document, after)), file=document.name)}

    def _check(self, document: Document, asked: Any) -> Answer:
        """The problems that a change brings: those of its fields, and all others."""
        after, changes = _changed(document, asked)
        return _said_of(self._judged(document, after, changes))

    def _write(self, document: Document, asked: Any) -> Answer:
        """Write a change. Problems that stop a build need a second word."""
        after, changes = _changed(document, asked)
        verdict = self._judged(document, after, changes)
        if verdict.stops and asked.get("despite") is not True:
            raise Wrong("409 Conflict", "Nothing is written yet: the change brings problems.", **_said_of(verdict))
        with self._writing:
            if self._document().base != document.base:  # saved elsewhere while the change was checked
                raise Wrong("409 Conflict", CHANGED)
            write(after, self._file())
        return {"words": f"Written to {document.name}. {LOADS if verdict.is_shown else STAYS}"}

    def _judged(self, document: Document, after: Document, changes: list[Change]) -> Verdict:
        """What the check says of a change; the last verdict is remembered, as that change is mostly written next."""
        name = f"{document.base} {after.base}"
        if self._verdict is None or self._verdict[0] != name:
            self._verdict = name, verdict_of(document, after, changes)
        return self._verdict[1]


def _changed(document: Document, asked: Any) -> tuple[Document, list[Change]]:
    if asked["base"] != document.base:
        raise Wrong("409 Conflict", CHANGED)
    changes = [Change(_path(one["path"]), _text(one["value"])) for one in asked["changes"]]
    after = changed(document, changes)
    if after.base == document.base:
        raise Wrong("422 Unprocessable Content", "Nothing is different yet.")
    return after, changes


def _path(said: Any) -> Path:
    """A path as the page sends it back."""
    path = json.loads(said)
    if not isinstance(path, list) or not path or not all(type(step) in (str, int) for step in path):
        raise ValueError("no path")
    return tuple(path)


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("no text")
    return said.replace("\r\n", "\n")


def _said_of(verdict: Verdict) -> Answer:
    at: dict[str, list[Answer]] = {}
    for one in verdict.found:
        at.setdefault(key(one.path) if one.path else "", []).append(_words(one))
    other = at.pop("", [])
    return {
        "at": {path: _render("problems.html", problems=problems) for path, problems in at.items()},
        "html": _render("checked.html", other=other, verdict=verdict),
        "stops": verdict.stops,
    }


def _words(one: Found) -> Answer:
    problem = one.problem
    place = f"line {problem.line}" + (f", in {problem.where}" if problem.where else "")
    expected = expectation(problem).replace("      ", "; ")
    notes = (
        [place, expected, problem.help] if one.is_elsewhere else [expected]
    )  # a field has its help and place already
    return {"words": problem.message, "notes": [note for note in notes if note], "stops": one.stops}


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["key"] = key
    return found


def _render(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(**values)


def _sent(start_response: StartResponse, status: str, kind: str, body: bytes) -> list[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    start_response(status, [*headers, ("X-Content-Type-Options", "nosniff")])
    return [body]
