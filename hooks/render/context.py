"""What all pages are rendered with: the context of the build, and one for each page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from hooks import ROOT
from hooks.assets import named_by_content
from hooks.evaluation.cache import cached_result
from selector import Guide
from selector.analysis.audience import Audiences, audiences
from selector.guide.editions import Cell
from selector.web import Links, level_html, levels_html, rating_html

from .cards.paths import card_of
from .citations import quotes, source_ids
from .environment import TEMPLATES, environment
from .facts import Fact, Path, all_facts
from .markdown import Texts, unfenced
from .passages import CitedSource, Findings, cited
from .placeholders import REVISION
from .plain_text import fence, label, plain, search_names
from .report_links import ReportLinks
from .reuse import READ, PageCache

__all__ = [
    "TEMPLATES",
    "BuildContext",
    "Entry",
    "PageContext",
    "environment",
    "fence",
    "ids",
    "label",
    "plain",
    "search_names",
]

Entry = Mapping[str, Any]


SAMPLED = 1000
"""Visitors sampled to say who an option is for: shares to about three points."""


@dataclass(frozen=True)
class BuildContext:
    """What is the same for all pages of a build.

    Attributes:
        checked_on: the day by which facts are judged stale.
        directories: True when pages are served as folders ("options/x/"), False for files ("options/x.html").
        runtime: address of the runtime's manifest, below the site's root.
        site_url: where the site will be published, when that is known.
        page_cache: pages of the last build, while an editor works.
        findings: passages that their sources no longer have.
    """

    guide: Guide
    texts: Texts
    checked_on: date
    report_links: ReportLinks
    directories: bool
    runtime: str
    site_url: str | None = None
    page_cache: PageCache | None = None
    findings: Findings = field(default_factory=dict)

    @property
    def revision(self) -> str:
        """The revision of the data on a page: a placeholder, filled in last."""
        return REVISION

    def reusable_page(self, path: str, make: Callable[[], str], **reads: Iterable[str]) -> tuple[str, str]:
        """A page and its path: the page of the last build where nothing that it reads has changed.

        Args:
            path: below the documentation folder.
            make: renders it.
            reads: by section, ids of the entries of which it shows more than their names; see reuse.py.
        """
        return path, self._reused(path, make, reads)

    def _reused(self, name: str, make: Callable[[], str], reads: Mapping[str, Iterable[str]]) -> str:
        if self.page_cache is None:
            return make()
        return self.page_cache.get(name, [(section, entry) for section, ids in reads.items() for entry in ids], make)

    def all(self, section: str) -> list[str]:
        """The ids of all entries of a section."""
        return ids(self.guide.data.get(section, ()))

    def combinations_of(self, *options: str) -> list[Entry]:
        """The strategies with a name that have all of these options, in the order of the data."""
        wanted = set(options)
        return [entry for entry in self.strategies if wanted <= set(self.guide.strategy(entry["id"]).members)]

    @cached_property
    def facts(self) -> dict[Path, Fact]:
        """All facts by their path in the data."""
        return {fact.path: fact for fact in all_facts(self.guide)}

    @cached_property
    def audiences(self) -> Audiences:
        """Who each option ranks first for, over sampled visitors."""
        return cached_result(self.guide, f"audiences of {SAMPLED}", lambda: audiences(self.guide, SAMPLED))

    @cached_property
    def all_options(self) -> list[Entry]:
        """All options in the order of their names: nothing comes first before a question is answered."""
        return sorted(self.guide.data["options"], key=lambda option: (self.guide.by_name(option["name"]), option["id"]))

    @cached_property
    def options(self) -> list[Entry]:
        """Those that lists show: what an organisation hides has a page that says so, and is offered nowhere."""
        return [option for option in self.all_options if not option.get("hidden")]

    @cached_property
    def strategies(self) -> list[Entry]:
        """The strategies with a name, in the order of the data."""
        return list(self.guide.data.get("strategies", ()))

    @cached_property
    def synonyms(self) -> dict[str, list[str]]:
        """By page without its ending, the words by which readers look for it that are not on it."""
        found: dict[str, list[str]] = {}
        for entry in self.guide.data.get("synonyms", ()):
            folder, _, name = str(entry["page"]).partition("/")
            place = "options" if folder == "families" else folder
            page = f"{place}/{self.guide.entry(folder, name)['id']}" if name else folder
            found.setdefault(page, []).extend(entry["words"])
        return found

    @cached_property
    def _positions(self) -> dict[tuple[str, str], int]:
        sections = ("criteria", "options", "families", "strategies", "examples", "questions", "sources")
        return {
            (section, entry["id"]): index
            for section in sections
            for index, entry in enumerate(self.guide.data.get(section, ()))
        }

    def path(self, section: str, entry: str, *rest: str | int) -> Path:
        """The path of an entry, or of something in it, in the data."""
        return (section, self._positions[section, entry], *rest)

    def stale(self, fact: Fact) -> bool:
        """True for a fact that was checked longer ago than the guide allows."""
        return fact.age(self.checked_on) > int(self.guide.data["guide"]["stale_after_days"])

    def provenance(self, path: Path) -> Markup:
        """Sources, date, version and the way to object, for the fact at this path; the same on every page."""
        return self._cached("provenance", path, lambda: self._provenance(path))

    def _provenance(self, path: Path) -> Markup:
        section, position = path[:2]
        reads = {str(section): [self.guide.data[section][position]["id"]]} if section in READ else {}
        return Markup(self._reused(f"provenance of {path}", lambda: self._sourced(self.facts[path]), reads))

    def _sourced(self, fact: Fact) -> Markup:
        shown = {"sources": self.sources_of(fact), "stale": self.stale(fact), "report": self.report_links.address(fact)}
        html = environment().get_template("_provenance.html").render(fact=fact, **shown, texts=self.texts)
        return unfenced(Markup(html.replace("\n", "")))

    def sources_of(self, fact: Fact) -> list[CitedSource]:
        """The sources of a fact with the words that say it."""
        return cited(self.guide, fact.sources, fact.quotes, str(fact.verified), self.findings)

    def cited(self, entry: Entry, checked: str = "") -> list[CitedSource]:
        """The same for an entry that is no fact."""
        return cited(self.guide, source_ids(entry), quotes(entry), checked, self.findings)

    def changed(self, fact: Fact) -> bool:
        """True for a fact whose source no longer has the words that said it."""
        return any(source.changed for source in self.sources_of(fact))

    def level(self, criterion: str, cell: Cell) -> Markup:
        """The mark of a level: shape and word."""
        key = (criterion, cell.low, cell.high, cell.level, cell.edition)
        return self._cached("level", key, lambda: Markup(level_html(self.guide, criterion, cell).replace("\n", "")))

    def levels(self, criterion: str, cells: Iterable[Cell]) -> Markup:
        """The marks of a level in each edition."""
        return levels_html(self.guide, criterion, cells)

    def rating(self, option: str, criterion: str) -> Markup:
        """The mark of an option's level on a criterion."""
        return self._cached("rating", (option, criterion), lambda: rating_html(self.guide, option, criterion))

    def _cached(self, kind: str, key: object, make: Any) -> Markup:
        kept: dict[object, Markup] = self.__dict__.setdefault(f"_kept_{kind}", {})
        if key not in kept:
            kept[key] = make()
        return kept[key]

    def address(self, page: str) -> str:
        """The address of a page or file: absolute where the site's own is known, else as seen from the site's root."""
        address = self.page("index.md").link(page)
        return f"{self.site_url.rstrip('/')}/{address.removeprefix('./')}" if self.site_url else address

    def page(self, path: str) -> PageContext:
        """The context of the page at this path below the documentation folder."""
        return PageContext(self, path)


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page to be rendered: its path, from which its links follow."""

    build: BuildContext
    path: str

    @property
    def links(self) -> Links:
        """Addresses as seen from this page."""
        depth = self.path.count("/")
        if self.build.directories and not self.path.endswith("index.md"):
            depth += 1
        return Links("../" * depth, self.build.directories)

    def link(self, page: str) -> str:
        """The address of a page ("options/x.md", with or without "#anchor") or of any other file of the site."""
        if page.startswith("#"):
            return page
        path, mark, anchor = page.partition("#")
        if path.startswith("assets/") and path.endswith(".js"):
            path = named_by_content(ROOT / "docs", path)
        return self.links(path) + mark + anchor

    def print(
        self,
        template: str,
        *,
        title: str,
        description: str,
        hide: Iterable[str] = (),
        layout: str = "",
        words: Iterable[str] = (),
        boost: float = 1,
        **values: object,
    ) -> str:
        """The page as Markdown with front matter.

        Args:
            template: name of the template.
            title: plain text, also in the browser's tab and in search results.
            description: Markdown; one or two sentences for search engines.
            hide: parts of the theme to leave out: "navigation", "toc".
            layout: what the style sheets know before the page's content has come: "wide", "wizard".
            words: what the theme's search finds the page by before all others, besides the guide's synonyms.
            boost: how much the theme's search prefers the page to others with the same words; 0 leaves it out.
        """
        cache = self.build.page_cache
        if cache and (kept := cache.kept(self.path)) is not None:
            return kept
        matter = {
            "title": label(title),
            "description": label(description),
            "hide": list(hide),
            "layout": layout,
            "card": card_of(self.path),
            "tags": [label(word) for word in dict.fromkeys((*words, *self._synonyms())) if word],
            "search": {"exclude": True} if not boost else {"boost": boost} if boost != 1 else {},
        }
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in matter.items() if value]
        build, printed = self.build, environment().get_template(template)
        body = printed.render(
            page=self,
            build=build,
            guide=build.guide,
            about=build.guide.data["guide"],
            title=title,
            terms=build.guide.terms,
            link=self.link,
            inline=build.texts.inline,
            block=build.texts.html,
            provenance=build.provenance,
            **values,
        )
        return "\n".join(["---", *lines, "---", "", body.strip(), ""])

    def _synonyms(self) -> list[str]:
        name = self.path.removesuffix(".md")
        return self.build.synonyms.get(name.removesuffix("/index"), [])


def ids(entries: Iterable[Entry]) -> list[str]:
    """The ids of entries."""
    return [entry["id"] for entry in entries]
