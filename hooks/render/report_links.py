"""Prefilled reports: one click from a fact to a message that says which one, where, and what it claims."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from selector import Guide

from .facts import Fact, Path
from .placeholders import REVISION, line_placeholder


@dataclass(frozen=True)
class ReportLinks:
    """Where readers tell the editors of the guide about mistakes. Addresses have marks for what is filled in last.

    Attributes:
        repo_url: address of the repository; None leaves all these links out.
        file: the guide's file in it.
        editable: False when the file is in no repository, so that no link can lead to its lines.
    """

    guide: Guide
    repo_url: str | None
    file: str
    editable: bool = True

    def address(self, fact: Fact) -> str | None:
        """The address of a report on this fact, filled in but for what is wrong."""
        if not self.repo_url:
            return None
        sources = [self.guide.entry("sources", source)["url"] for source in fact.sources]
        body = [
            f"Where: {self.file}{line_placeholder(fact.path, 'c')} ({'/'.join(self.names(fact.path))})",
            f"Says: {fact.value}",
            f"Source: {' '.join(sources) or 'none'} (checked {fact.verified})",
            f"Revision: {REVISION}",
            "",
            "What is wrong, and where can we read it?",
            "",
        ]
        query = urlencode({"title": f"Wrong: {fact.about}", "body": "\n".join(body)})
        return f"{self.repo_url}/issues/new?{query}"

    def edit_address(self, path: Path) -> str | None:
        """The address of the lines that hold an entry."""
        if not self.repo_url or not self.editable:
            return None
        return f"{self.repo_url}/blob/main/{self.file}{line_placeholder(path, 'l')}"

    def names(self, path: Path) -> list[str]:
        """A path with ids in place of positions, where the entries have ids."""
        names: list[str] = []
        node = self.guide.data
        for step in path:
            node = node[step]
            has_id = isinstance(step, int) and isinstance(node, dict) and "id" in node
            names.append(str(node["id"]) if has_id else str(step))
        return names
