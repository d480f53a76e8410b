"""Does `mkdocs build --strict` build whatever `guide check` passes? Tries generated guides, one after the other.

uv run python -m benchmarks.strict [COUNT] [FIRST SEED]

Small guides only: one with few options takes some seconds. `any_guide` tries thousands, without MkDocs.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from mkdocs.commands.build import build
from mkdocs.config import load_config

from hooks import ROOT
from hooks.checked import check_guide
from tests.support.schema_guides import guide_of

MOST_OPTIONS = 5
"""Options of a guide that is built: their pairs have pages."""


class _Kept(logging.Handler):
    """What MkDocs complains of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def small_guides(first: int, folder: Path) -> Iterator[tuple[int, Path]]:
    """Seeds and files of small guides that the check passes, without an end."""
    seed = first
    while True:
        data = guide_of(seed)
        file = folder / f"guide-{seed}.yml"
        if len(data["options"]) <= MOST_OPTIONS:
            file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
            if check_guide(file).guide is not None:
                yield seed, file
        seed += 1


def complaints(file: Path, site: Path) -> list[str]:
    """What a strict build of a guide complains of; nothing when it succeeds."""
    config = load_config(
        str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(site), site_url="https://example.org/guide/"
    )
    config.extra["guide"] = str(file)
    kept, log = _Kept(), logging.getLogger("mkdocs")
    log.addHandler(kept)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (Exception, SystemExit) as error:
        return [f"{type(error).__name__}: {error}", *kept.said]
    finally:
        log.removeHandler(kept)
    return kept.said


def main(count: int, first: int) -> int:
    """Print what became of each guide; fails when one was not built."""
    broken = 0
    with TemporaryDirectory() as folder:
        guides = small_guides(first, Path(folder))
        for _ in range(count):
            seed, file = next(guides)
            start = perf_counter()
            said = complaints(file, Path(folder, "site"))
            broken += bool(said)
            print(f"seed {seed}: {'; '.join(said)[:600] or 'built'} ({perf_counter() - start:.0f} s)", flush=True)
    print(f"{count} guides; {broken} broke")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:2] or ["20"])[0]), int((sys.argv[2:3] or ["1"])[0])))
