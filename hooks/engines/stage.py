"""The adapter for engines that run no hooks: all pages as plain files beside a mkdocs.yml without hooks.

The folder then holds `mkdocs.yml`, `docs/` and `overrides/`. MkDocs, or any engine that reads its settings, builds the
same pages from it; `hooks/engines/finish.py` then gives the built pages what our hooks would have added.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from hooks.assets import join_assets
from hooks.checked import Checked
from hooks.overlay import check_with_own
from hooks.render.cards.images import cards_of
from hooks.render.context import label
from hooks.render.language import direction, language, theme_language
from hooks.render.nav import nav, pages_in
from hooks.render.offered import asks
from hooks.render.passages import findings_file, read_findings
from hooks.render.site import Content, render_site, wizard_json
from hooks.runtime import pack
from hooks.source.locate import guide_file, path_in_repository, public_name
from selector import Guide

from .mkdocs_yml import Settings, plain_settings, read_settings, theme_languages

LISTING = ".staged.json"
"""Names of the files that staging wrote, so that it removes only its own."""


class StagingError(Exception):
    """The site cannot be staged; the message says why."""


class Staged(NamedTuple):
    """What staging did: files in the folder, how many of them had changed, how many were removed."""

    files: int
    written: int
    removed: int


def stage(root: Path, folder: Path, guide: str | Path | None, today: date) -> Staged:
    """Write everything that an engine needs into a folder; a file that is there already is not touched.

    Args:
        root: the repository.
        folder: where to: a new folder, an empty one, or one that was staged before.
        guide: the guide's file; None for the one that every command takes.
        today: the day by which facts are judged stale.

    Raises:
        StagingError: the guide has problems, or the folder holds files that are not ours.
        RuntimePackError: the runtime cannot be packed.
        AssetError: a style sheet or a script cannot be joined.
    """
    before = _listed(folder)
    settings = read_settings(root / "mkdocs.yml")
    files = staged_files(root, settings, guide_file(guide or settings["extra"]["guide"], root), today)
    written = sum(_write(folder / name, content) for name, content in files.items())
    gone = [name for name in before if name not in files]
    for name in gone:
        _remove(folder, name)
    _write(folder / LISTING, json.dumps(sorted(files), indent=0).encode())
    return Staged(len(files), written, len(gone))


def staged_files(root: Path, settings: Settings, file: Path, today: date) -> dict[str, bytes]:
    """Everything that belongs into the folder, by path. Raises what `stage` raises."""
    checked = check_with_own(file, today=today, name=public_name(file, root))
    if checked.guide is None:
        raise StagingError(checked.report())
    docs, custom = root / settings["docs_dir"], root / settings["theme"]["custom_dir"]
    site = _printed(root, settings, file, checked, today)
    by_hand = {path: data for path, data in _below(docs) if not (docs / path).is_relative_to(custom)}
    assets = join_assets(docs)
    by_hand = {path: data for path, data in by_hand.items() if path not in assets.parts} | assets.files
    pages = {path for path in {**by_hand, **site} if path.endswith(".md")}
    plain = plain_settings(settings, docs)
    plain |= _named(checked.guide, pages, plain)
    return {
        "mkdocs.yml": yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120).encode(),
        **{f"overrides/{path}": data for path, data in _below(custom)},
        **{f"docs/{path}": data for path, data in by_hand.items()},
        **{f"docs/{path}": text.encode() if isinstance(text, str) else text for path, text in site.items()},
    }


def _printed(root: Path, settings: Settings, file: Path, checked: Checked, today: date) -> dict[str, Content]:
    """All pages, exports and parts of the runtime."""
    guide = checked.guide
    assert guide is not None
    directories = settings.get("use_directory_urls", True)
    runtime = pack(root, wizard_json(guide, directories=directories))
    site = render_site(
        guide,
        checked_on=today,
        repo_url=str(settings["extra"]["repo_url"] or "").rstrip("/") or None,
        file=public_name(file, root),
        editable=path_in_repository(file, root) is not None,
        lines=checked.loaded.line,
        directories=directories,
        runtime=runtime.manifest,
        site_url=settings.get("site_url") or None,
        findings=read_findings(findings_file(file)),
    )
    return site | runtime.files | cards_of(guide, site, settings.get("site_url"), root)


def _named(guide: Guide, pages: set[str], settings: Settings) -> Settings:
    """Settings that come from the guide. Pages that the navigation leaves out are named, so that none is forgotten."""
    about, contents = guide.data["guide"], nav(guide)
    hidden = sorted(f"/{path}" for path in pages - pages_in(contents))
    named: dict[str, Any] = {
        "site_name": label(about["title"]),
        "site_description": label(about["summary"]),
        "nav": contents,
        "extra": settings["extra"] | {"asks": asks(guide)},  # for the page for wrong addresses
    }
    theme = settings["theme"] | {
        "language": theme_language(language(about), theme_languages()),
        "direction": direction(about),
    }
    return named | {"theme": theme} | ({"not_in_nav": "\n".join(hidden)} if hidden else {})


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _listed(folder: Path) -> list[str]:
    """What was staged in the folder before."""
    if not folder.exists() or not any(folder.iterdir()):
        return []
    try:
        return [str(name) for name in json.loads((folder / LISTING).read_text("utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise StagingError(f"{folder} holds files that were not staged; name another folder") from error


def _write(path: Path, content: bytes) -> bool:
    """True when the file was not there with this content."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _remove(folder: Path, name: str) -> None:
    """Remove a file that is no longer generated, and folders that are empty without it; never anything outside."""
    path = Path(os.path.normpath(folder / name))
    if not path.is_relative_to(os.path.normpath(folder)):
        return
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == Path(os.path.normpath(folder)) or not parent.is_dir() or any(parent.iterdir()):
            break
        parent.rmdir()
