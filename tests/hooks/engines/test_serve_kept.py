"""What builds of `mkdocs serve` keep for the next one is as it would be read anew."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from playwright.sync_api import BrowserContext, expect

from hooks.assets import AssetError, read_asset
from hooks.engines.reused import Templates, title_of
from tests.support.dev_server import PATIENCE, SECOND, Server


@pytest.mark.xdist_group("serve")
def test_a_changed_template_of_the_theme_is_seen_on_the_open_page(server: Server, context: BrowserContext) -> None:
    server.save_and_wait(SECOND)
    page = context.new_page()
    page.goto(server.address + "options/mit/")
    template = server.project / "docs" / "overrides" / "main.html"
    before = template.read_text("utf-8")
    try:
        template.write_text(before.replace('<title>{{ name ~ " - "', '<title>Anew {{ name ~ " - "'), "utf-8")
        expect(page).to_have_title(re.compile("^Anew MIT License"), timeout=PATIENCE * 1000)
    finally:
        template.write_text(before, "utf-8")
    expect(page).not_to_have_title(re.compile("^Anew MIT License"), timeout=PATIENCE * 1000)


@pytest.mark.parametrize("title", ["MIT License", "'It''s: a title'", '"A # in it"'])
def test_a_title_is_that_of_the_front_matter(title: str) -> None:
    whole = f"---\ntitle: {title}\nhide: [toc]\n---\n\n# Text\n\n---\ntitle: Another\n---\n"
    assert title_of(whole) == title.strip("'\"").replace("''", "'")


@pytest.fixture
def theme(tmp_path: Path) -> Iterator[Any]:
    """A theme that counts how often its templates are listed and read."""

    class Theme(SimpleNamespace):
        def __getitem__(self, name: str) -> Any:
            return getattr(self, name)

        def get_env(self) -> Environment:
            self.made.append(1)
            return Environment(loader=DictLoader({"main.html": f"read {len(self.made)} times", "x.svg": ""}))

    (tmp_path / "main.html").write_text("")
    yield Theme(dirs=[str(tmp_path)], locale="en", language="en", made=[])


def lent(kept: Templates, theme: Any, ours: Path) -> tuple[str, list[str]]:
    """What a build reads of a theme that it has loaded anew."""
    loaded = type(theme)(**{name: value for name, value in vars(theme).items() if name != "get_env"})
    kept.lend(loaded, ours)
    env = loaded.get_env()
    return env.get_template("main.html").render(), env.list_templates(filter_func=lambda name: name.endswith(".svg"))


def test_templates_are_read_again_when_one_of_ours_or_the_language_has_changed(theme: Any, tmp_path: Path) -> None:
    kept = Templates()
    assert [lent(kept, theme, tmp_path) for _ in range(2)] == [("read 1 times", ["x.svg"])] * 2
    os.utime(tmp_path / "main.html", ns=(1, 1))
    assert lent(kept, theme, tmp_path)[0] == "read 2 times"
    (tmp_path / "new.html").write_text("")
    assert lent(kept, theme, tmp_path)[0] == "read 3 times"
    theme.language = "de"
    assert lent(kept, theme, tmp_path)[0] == "read 4 times"
    assert lent(kept, theme, tmp_path)[0] == "read 4 times"


def test_an_asset_is_read_again_when_a_part_of_it_has_changed(tmp_path: Path) -> None:
    entry, part = tmp_path / "assets" / "a.css", tmp_path / "assets" / "parts" / "b.css"
    part.parent.mkdir(parents=True)
    entry.write_text('@import "parts/b.css";\nh2 { color: red; }\n')
    part.write_text("h1 { color: red; }\n")
    assert b"h1" in read_asset(tmp_path, "assets/a.css")
    part.write_text("h3 { color: red; }\n")
    os.utime(part, ns=(1, 1))
    assert b"h3" in read_asset(tmp_path, "assets/a.css")
    part.unlink()
    with pytest.raises(AssetError, match="cannot be read"):
        read_asset(tmp_path, "assets/a.css")
