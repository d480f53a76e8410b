"""What a second reader checks against its sources: `uv run python -m tests.support.audit` prints it.

Each cell is ranked by a hash of SEED and its name, and the first CELLS of them are the sample. So the draw can be
repeated by any reader, and an option that is added later displaces few of the cells that were read. The other facts are
drawn with the same hash, from one kind after the other, because there are many more cautions than prices. The record of
what was found is `data/audit.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from tests.support.real_guide import guide_data

SEED = 20261206
CELLS = 60
FACTS = 20

SINGLE = ("licence", "governance", "release", "failure", "recovery", "first")
"""Fields of an option that hold one fact each."""

SHARED = ("source", "passage", "verified", "inferred")
"""Fields of a strategy that speak of all its cautions."""


def sample(guide: Mapping[str, Any], seed: int = SEED, cells: int = CELLS) -> list[str]:
    """Names `option.criterion` of the cells drawn, in the order of the guide."""
    names = [f"{option['id']}.{criterion}" for option in guide["options"] for criterion in option["ratings"]]
    drawn = set(_ranked(names, seed)[:cells])
    return [name for name in names if name in drawn]


def other_facts(guide: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Kind, name and content of every fact that is not a cell, in the order of the guide.

    A starter set is one fact: its files work together or not at all.
    """
    for option in guide["options"]:
        for kind in SINGLE:
            yield kind, f"{option['id']}.{kind}", option[kind]
        for number, limitation in enumerate(option["limitations"], 1):
            yield "limitation", f"{option['id']}.limitation.{number}", limitation
    for price in guide["prices"]:
        yield "price", f"price.{price['id']}", price
    for move in guide["moves"]:
        yield "move", f"move.{'+'.join(move['from'])}.{'+'.join(move['to'])}", move
    for entry in (*guide["options"], *guide["strategies"]):
        if entry.get("starter"):
            yield "starter", f"{entry['id']}.starter", entry["starter"]
    for strategy in guide["strategies"]:
        for number, caution in enumerate(strategy["cautions"], 1):
            shared = {field: strategy[field] for field in SHARED if field in strategy}
            fact = {"text": caution, **shared}
            yield "caution", f"{strategy['id']}.caution.{number}", fact


def sample_of_facts(guide: Mapping[str, Any], seed: int = SEED, facts: int = FACTS) -> list[str]:
    """Names of the other facts drawn, in the order of the guide: the first of each kind, then the second of each."""
    kinds = {name: kind for kind, name, _ in other_facts(guide)}
    seen: Counter[str] = Counter()
    turns = []
    for place, name in enumerate(_ranked(kinds, seed)):
        turns.append((seen[kinds[name]], place, name))
        seen[kinds[name]] += 1
    drawn = {name for _, _, name in sorted(turns)[:facts]}
    return [name for name in kinds if name in drawn]


def _ranked(names: Iterable[str], seed: int) -> list[str]:
    return sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())


def show(guide: Mapping[str, Any]) -> str:
    """What a reader needs at hand: each cell and fact of the sample with its words, its sources and their passages."""
    addresses = {source["id"]: source["url"] for source in guide["sources"]}
    ratings = {option["id"]: option["ratings"] for option in guide["options"]}
    facts = {name: content for _, name, content in other_facts(guide)}
    lines: list[str] = []
    for name in sample(guide):
        option, _, criterion = name.partition(".")
        lines += _lines(name, ratings[option][criterion], addresses)
    for name in sample_of_facts(guide):
        for number, fact in enumerate(facts[name] if isinstance(facts[name], list) else [facts[name]], 1):
            lines += _lines(f"{name}.{number}" if isinstance(facts[name], list) else name, fact, addresses)
    return "\n".join(lines)


def _lines(name: str, fact: Mapping[str, Any], addresses: Mapping[str, str]) -> Iterator[str]:
    words = fact.get("text") or fact.get("summary") or fact.get("path") or fact.get("name")
    yield " · ".join([f"{name}: {fact['level']}" if "level" in fact else name, str(words), _day(fact)])
    shown = ("text", "summary", "path", "name", "level", "verified", "source", "passage", "id")
    for field in fact:
        if field not in shown:
            yield f"    {field}: {fact[field]}"
    source = fact.get("source", [])
    passages = fact.get("passage", {})
    for identifier in [source] if isinstance(source, str) else source:
        yield f"    {identifier}  {addresses[identifier]}"
        passage = passages.get(identifier) if isinstance(passages, dict) else passages
        if passage:
            yield f"        {passage}"


def _day(fact: Mapping[str, Any]) -> str:
    return f"verified {fact['verified']}" if "verified" in fact else "not dated"


if __name__ == "__main__":
    print(show(guide_data()))
