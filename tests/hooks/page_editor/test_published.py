"""What is published has nothing of the editor."""

from __future__ import annotations

from pathlib import Path

from hooks.page_editor.app import FILES, PREFIX


def test_a_published_site_has_no_trace_of_the_editor(second_site: Path) -> None:
    pages = list(second_site.rglob("*.html"))
    assert len(pages) > 50
    marks = (PREFIX, "data-token", "X-Editor-Token", "ge-edit", "ge-dialog", "page_editor/templates")
    texts = {
        path: path.read_text("utf-8") for path in second_site.rglob("*") if path.suffix in {".html", ".js", ".css"}
    }
    assert [(path.name, mark) for path, text in texts.items() for mark in marks if mark in text] == []
    assert [path for path in second_site.rglob("*") if path.name in FILES or "page_editor" in str(path)] == []
