"""A page of `mkdocs serve` that asks the editor, without a server."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from hooks.page_editor import PageEditor


class Client:
    """A page of the development server.

    Attributes:
        file: the guide's file.
        shown: the text of it from which the page was built; empty when that is what the file says.
    """

    def __init__(self, file: Path, shown: str = "") -> None:
        self.file, self.shown = file, shown
        self.editor = PageEditor(lambda: file, lambda: self.shown)

    def ask(self, name: str, body: Any = None, **changed: str | None) -> tuple[int, dict[str, Any]]:
        """Status and answer. `changed` replaces what a request of a page has; None leaves it out."""
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        environ: dict[str, Any] = {
            "PATH_INFO": f"/_editor/{name}",
            "REQUEST_METHOD": "POST",
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ORIGIN": "http://127.0.0.1:8000",
            "HTTP_X_EDITOR_TOKEN": self.editor.token,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.input": io.BytesIO(content),
        } | changed
        environ = {name: value for name, value in environ.items() if value is not None}
        said: list[Any] = []
        (answer,) = self.editor.answer(environ, lambda *args: said.extend(args))  # type: ignore[arg-type,return-value]
        headers = dict(said[1])
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert not any(name.startswith("Access-Control") for name in headers)
        return int(said[0].split()[0]), json.loads(answer)

    def change(self, name: str, *values: tuple[str, Any], **more: Any) -> tuple[int, dict[str, Any]]:
        """Show, check or write other values, each with its path, from a form that was just opened."""
        base = self.ask("form", {"paths": [values[0][0]]})[1].get("base", "")
        changes = [{"path": path, "value": value} for path, value in values]
        return self.ask(name, {"base": base, "changes": changes, **more})
