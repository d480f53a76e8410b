"""Style sheets and scripts: put together from parts, the same for every engine, with a message for what cannot be."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from hooks import ROOT
from hooks.assets import AssetError, join_assets, read_asset
from hooks.runtime.fetch import ensure_packages, tool

DOCS = ROOT / "docs"
LONGEST = 300
"""Lines of a style sheet or a script: what is longer is more than one thing."""


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    """Scripts of packages are parts of ours."""
    ensure_packages(ROOT)


def write(docs: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = docs / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return docs


def joined(docs: Path, name: str) -> str:
    return join_assets(docs).files[f"assets/{name}"].decode()


# The project's own


def test_no_file_is_long() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in DOCS.rglob("assets/**/*.*s")}
    assert len(lengths) > 50
    assert {path.relative_to(DOCS): length for path, length in lengths.items() if length > LONGEST} == {}


def test_what_is_published_is_what_pages_ask_for(site: Path) -> None:
    assets = join_assets(DOCS)
    joined = ("compare.js", "matrix.js", "site.css", "wizard.css", "wizard.js", "worker.js")
    assert set(assets.files) == {f"assets/{name}" for name in joined}
    for path, content in assets.files.items():
        assert (site / path).read_bytes() == content == read_asset(DOCS, path)
    assert len(assets.parts) > 50
    assert [path for path in assets.parts if (site / path).exists()] == []


def test_a_colour_has_its_name_in_one_file() -> None:
    """Components refer to design tokens; no component defines a colour."""
    sheets = [path for path in (DOCS / "assets/styles").rglob("*.css") if path.name != "tokens.css"]
    found = [
        (path.name, colour) for path in sheets for colour in re.findall(r":.*(#[0-9a-f]{3,8})\b", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("name", ["wizard.js", "worker.js"])
def test_joined_scripts_are_scripts(name: str, tmp_path: Path) -> None:
    """They run as classic scripts: no `import` or `export` is left, and no name is declared twice."""
    script = tmp_path / name.replace(".js", ".cjs")
    script.write_bytes(read_asset(DOCS, f"assets/{name}"))
    done = subprocess.run([*tool("node"), "--check", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# How files are joined


def test_parts_come_where_they_are_imported_and_after_what_they_import_themselves(tmp_path: Path) -> None:
    files = {
        "look.css": '/* All. */\n@import "parts/a.css";\n@import "parts/b.css";\n',
        "parts/a.css": "a { color: red; }\n",
        "parts/b.css": '@import "c.css";\n\nb { color: red; }\n',
        "parts/c.css": "c { color: red; }\n",
    }
    docs = write(tmp_path, files)
    assert joined(docs, "look.css") == "a{color:red}c{color:red}b{color:red}\n"  # and small
    assert join_assets(docs).parts == {"assets/parts/a.css", "assets/parts/b.css", "assets/parts/c.css"}


def test_modules_become_one_script_that_runs(tmp_path: Path) -> None:
    files = {
        "all.js": 'import { twice } from "./parts/twice.js";\nimport "./parts/word.js";\n\nconsole.log(twice(word));\n',
        "parts/twice.js": 'import { word } from "./word.js";\n\nexport function twice(text) {\n  return text + word;\n}\n',
        "parts/word.js": 'export const word = "ho";\n',
    }
    script = tmp_path / "all.cjs"
    script.write_text(joined(write(tmp_path, files), "all.js"), encoding="utf-8")
    said = subprocess.run([*tool("node"), str(script)], capture_output=True, text=True, check=True)
    assert said.stdout == "hoho\n"


def test_the_script_of_a_package_is_a_part(tmp_path: Path) -> None:
    package = tmp_path / "node_modules" / "shout" / "dist" / "shout.min.js"
    package.parent.mkdir(parents=True)
    package.write_text('var Shout=function(){"use strict";return (word) => word + "!"}();', encoding="utf-8")
    docs = write(
        tmp_path / "docs", {"a.js": 'import { Shout } from "shout/dist/shout.min.js";\n\nconsole.log(Shout("ho"));\n'}
    )
    script = tmp_path / "a.cjs"
    script.write_text(joined(docs, "a.js"), encoding="utf-8")
    said = subprocess.run([*tool("node"), str(script)], capture_output=True, text=True, check=True)
    assert said.stdout == "ho!\n"


def test_packages_are_pinned_by_their_content_and_to_no_host() -> None:
    pinned = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {name: package for name, package in pinned.items() if name}
    assert "node_modules/idiomorph" in packages
    assert all(
        package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values()
    )


def test_a_file_without_parts_is_left_alone(tmp_path: Path) -> None:
    docs = write(tmp_path, {"plain.js": "let plain;\n"})
    assert join_assets(docs).files == {}
    assert read_asset(docs, "assets/plain.js") == b"let plain;\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.css": '@import "no.css";\n'}, r"no\.css is imported and cannot be read"),
        ({"a.css": "a {}\n", "parts/b.css": "b {}\n"}, r"^assets/parts/b\.css is imported by no file in assets/$"),
        ({"a.css": '@import url("b.css");\n@import "c.css";\n', "c.css": ""}, "a.css: '@import url.*cannot be joined"),
        ({"a.js": 'import "./p/b.js";\n', "p/b.js": 'import "./c.js";\n', "p/c.js": 'import "./b.js";\n'}, "b.js imports itself"),
        ({"a.js": 'import { no } from "./p/b.js";\n', "p/b.js": "export const yes = 1;\n"}, r"a\.js: ./p/b\.js exports no 'no'"),
        ({"a.js": 'import { b } from "./p/b.js";\nconst b = 1;\n', "p/b.js": "export const b = 1;\n"}, "two parts declare 'b'"),
        ({"a.js": 'import "./p/b.js";\n', "p/b.js": "export default 1;\n"}, "p/b.js: 'export default 1;' cannot be joined"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_said(files: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=message):
        join_assets(write(tmp_path, files))


def test_a_script_that_a_page_carries_is_joined_but_not_published(tmp_path: Path) -> None:
    files = {
        "inline/first.js": 'import { word } from "../parts/word.js";\n\nconsole.log(word);\n',
        "parts/word.js": 'export const word = "ho";\n',
    }
    docs = write(tmp_path, files)
    assert join_assets(docs).files == {}
    assert join_assets(docs).parts == {"assets/inline/first.js", "assets/parts/word.js"}
    assert b"console.log(word)" in read_asset(docs, "assets/inline/first.js")
