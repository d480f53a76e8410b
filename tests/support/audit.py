"""The cells that a second reader checks against their sources: `uv run python -m tests.support.audit` prints them.

Each cell is ranked by a hash of SEED and its name, and the first CELLS of them are the sample. So the draw can be
repeated by any reader, and an option that is added later displaces few of the cells that were read. The record of what
was found is `data/audit.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from tests.support.real_guide import guide_data

SEED = 20261125
CELLS = 50


def sample(guide: Mapping[str, Any], seed: int = SEED, cells: int = CELLS) -> list[str]:
    """Names `option.criterion` of the cells drawn, in the order of the guide."""
    names = [f"{option['id']}.{criterion}" for option in guide["options"] for criterion in option["ratings"]]
    drawn = set(sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())[:cells])
    return [name for name in names if name in drawn]


def show(guide: Mapping[str, Any]) -> str:
    """What a reader needs at hand: each cell of the sample with its level, its words and its sources."""
    addresses = {source["id"]: source["url"] for source in guide["sources"]}
    ratings = {option["id"]: option["ratings"] for option in guide["options"]}
    lines = []
    for name in sample(guide):
        option, _, criterion = name.partition(".")
        cell = ratings[option][criterion]
        sources = cell["source"] if isinstance(cell["source"], list) else [cell["source"]]
        lines.append(f"{name}: {cell['level']} · {cell['text']} · verified {cell['verified']}")
        lines += [f"    {field}: {cell[field]}" for field in ("note", "inferred", "version") if field in cell]
        lines += [f"    {source}  {addresses[source]}" for source in sources]
    return "\n".join(lines)


if __name__ == "__main__":
    print(show(guide_data()))
