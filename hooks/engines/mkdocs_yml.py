"""The settings in mkdocs.yml, read without MkDocs and made plain for engines that run no hooks."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from hooks.assets import named_by_content

Settings = dict[str, Any]

OURS = ("hooks", "watch", "exclude_docs")
"""Settings for the adapter with hooks only: the staged folder holds nothing else to run, to watch or to leave out."""


class _Loader(yaml.SafeLoader):
    """Knows `!ENV`, which names variables of the environment and the value for when none of them is set."""

    def variable(self, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return os.environ.get(str(node.value))
        *names, default = self.construct_sequence(node)
        found = [os.environ[name] for name in names if name in os.environ]
        return yaml.safe_load(found[0]) if found else default


_Loader.add_constructor("!ENV", _Loader.variable)


def theme_languages() -> list[str]:
    """Languages of which the theme has its words."""
    package = find_spec("material")
    assert package is not None and package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0]) / "templates" / "partials" / "languages"
    return [path.stem for path in folder.glob("*.html")]


def read_settings(path: Path) -> Settings:
    """The settings, with the variables of the environment filled in."""
    return dict(yaml.load(path.read_text("utf-8"), _Loader))


def plain_settings(settings: Settings, docs: Path) -> Settings:
    """Settings for every engine of the family: assets named by their content, and the look of Material."""
    plain = {name: value for name, value in settings.items() if name not in OURS}
    plain["docs_dir"] = "docs"
    plain["theme"] = plain["theme"] | {"custom_dir": "overrides", "variant": "classic"}  # the successor's name for it
    plain["extra_css"] = [named_by_content(docs, path) for path in plain["extra_css"]]
    plain["extra_javascript"] = [
        script | {"path": named_by_content(docs, script["path"])} for script in plain["extra_javascript"]
    ]
    return plain
