"""What entries cite: ids of sources, and the words of a source that say what an entry states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .text_fragment import passage_address

Entry = Mapping[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one source.

    Attributes:
        source: id of the source.
        words: as the source has them.
        prefix, suffix: what is right before and after them, where they occur more than once.
        url: the page that has them, when it is another than the source's own.
    """

    source: str
    words: str
    prefix: str = ""
    suffix: str = ""
    url: str = ""

    def page(self, source: str) -> str:
        """The address of the page that has the words; `source` is the address of the source."""
        return self.url or source

    def address(self, source: str) -> str:
        """The address that opens this page at the words."""
        return passage_address(self.page(source), self.words, self.prefix, self.suffix)


def source_ids(entry: Entry) -> tuple[str, ...]:
    """Ids of an entry's sources: none, one or several."""
    source = entry.get("source", ())
    return (source,) if isinstance(source, str) else tuple(source)


def sources_in(value: Any) -> Iterator[str]:
    """Ids of all sources that data names, at any depth."""
    if isinstance(value, Mapping):
        yield from source_ids(value)
        value = value.values()
    if not isinstance(value, str | int | float | None):
        for inner in value:
            yield from sources_in(inner)


def quotes(entry: Entry) -> tuple[Quote, ...]:
    """What an entry quotes, in the order of its sources."""
    given = entry.get("passage", {})
    by_source = dict.fromkeys(source_ids(entry), given) if isinstance(given, str) else given
    return tuple(_quote(name, by_source[name]) for name in source_ids(entry) if name in by_source)


def _quote(source: str, given: Any) -> Quote:
    if isinstance(given, str):
        return Quote(source, given)
    details = (given.get("prefix", ""), given.get("suffix", ""), given.get("url", ""))
    return Quote(source, given["words"], *details)


def quoting(value: Any, path: Path = ()) -> Iterator[tuple[Path, Entry]]:
    """All entries of data that quote a source, with their paths."""
    if isinstance(value, Mapping):
        if "passage" in value and "source" in value:
            yield path, value
        for name, inner in value.items():
            yield from quoting(inner, (*path, name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from quoting(inner, (*path, index))


def without_passages(value: Any) -> Any:
    """The same data without what it quotes, for readers who have no use for that."""
    if isinstance(value, Mapping):
        quoted = "source" in value
        return {name: without_passages(inner) for name, inner in value.items() if not (quoted and name == "passage")}
    return [without_passages(inner) for inner in value] if isinstance(value, list | tuple) else value
