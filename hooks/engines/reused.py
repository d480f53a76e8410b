"""What MkDocs and its search have read in the last build, where the next one need not read it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme
from mkdocs.utils import meta

FRONT_MATTER_ENDS = "\n---\n"


def title_of(markdown: str) -> Any:
    """The title that a page has in its front matter."""
    return _title(markdown.partition(FRONT_MATTER_ENDS)[0])


@lru_cache(maxsize=8192)  # front matter of hundreds of pages, and most of it is what it was
def _title(front_matter: str) -> Any:
    return meta.get_data(front_matter + FRONT_MATTER_ENDS)[1]["title"]


def search_entries(config: MkDocsConfig) -> list[Any]:
    """What the search plugin has read in this build; no one's list when there is no such plugin."""
    plugin = config.plugins.get("material/search")
    found = getattr(plugin, "search_index", None)
    return found.entries if found is not None else []


class Templates:
    """The theme's templates, which are thousands of files: listed and read once while none of ours changes."""

    def __init__(self) -> None:
        self._as_of: object = None
        self._env = Environment()

    def lend(self, theme: Theme, ours: Path) -> None:
        """A build takes them from here. `ours` is the folder of our changes; packages do not change while a server runs."""
        theme.get_env = partial(self._get, theme, ours, theme.get_env)  # type: ignore[method-assign]

    def _get(self, theme: Theme, ours: Path, make: Callable[[], Environment]) -> Environment:
        files = sorted((str(file), file.stat().st_mtime_ns) for file in ours.rglob("*.*"))
        as_of = files, theme.dirs, theme.locale, theme["language"]
        if as_of != self._as_of:
            self._as_of, self._env = as_of, make()
            self._env.list_templates = _once(self._env.list_templates)  # type: ignore[method-assign]
        return self._env


def _once[T](make: Callable[..., T]) -> Callable[..., T]:
    """A function that is called once: the filter that MkDocs gives it is the same in every build."""
    made: list[T] = []

    def kept(**arguments: Any) -> T:
        if not made:
            made.append(make(**arguments))
        return made[0]

    return kept
