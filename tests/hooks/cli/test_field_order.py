"""The order of fields: said, and fixed without a change of what the file says."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hooks import ROOT
from hooks.cli.field_order import findings, misplaced, ordered
from hooks.cli.main import main
from hooks.source.load import load, load_bytes

SMALL = (ROOT / "tests" / "guides" / "small.yml").read_text("utf-8")
IN_ORDER = ordered(load_bytes(SMALL.encode()))[0]


def same(one: str, two: str) -> bool:
    return bool(yaml.safe_load(one) == yaml.safe_load(two))


def shuffled(value: Any, random: Random) -> Any:
    """The same data with the fields of every mapping in another order."""
    if isinstance(value, dict):
        names = random.sample(list(value), len(value))
        return {name: shuffled(value[name], random) for name in names}
    return [shuffled(inner, random) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["data/guide.yml", "tests/guides/second.yml", "tests/guides/small.yml"])
def test_a_file_in_order_stays_as_it_is(name: str) -> None:
    text = ordered(load(ROOT / name))[0]
    again = load_bytes(text.encode())
    assert misplaced(again) == [] and ordered(again) == (text, 0)
    assert sorted(text.split("\n")) == sorted((ROOT / name).read_text("utf-8").split("\n")), "lines are only moved"
    if name.startswith("data"):
        assert text == (ROOT / name).read_text("utf-8")


@given(st.integers(0, 2**32))
def test_any_order_is_mended_and_nothing_else(seed: int) -> None:
    data = shuffled(load_bytes(SMALL.encode()).data, Random(seed))
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    mended, count = ordered(load_bytes(text.encode()))
    assert count == len(misplaced(load_bytes(text.encode()))) > 0
    assert same(mended, text)
    assert misplaced(load_bytes(mended.encode())) == []


def test_comments_go_with_the_field_below_and_texts_stay_whole() -> None:
    option = IN_ORDER[IN_ORDER.index("\noptions:\n") :]
    first = option.index("    kind: ")
    name = option[option.index("    name: ") : first]
    wrong = IN_ORDER.replace(name, "", 1).replace("    kind: ", f"    # why it is called so\n{name}    kind: ", 1)
    wrong = wrong.replace("  - id: bow\n", "  # the first lock\n  - id: bow\n", 1)
    swapped = wrong.replace(f"    # why it is called so\n{name}", "", 1)
    kind = next(line for line in swapped.split("\n") if line.startswith("    kind: "))
    swapped = swapped.replace(f"{kind}\n", f"{kind}\n    # why it is called so\n{name}", 1)
    mended, count = ordered(load_bytes(swapped.encode()))
    assert count == 1
    assert f"    # why it is called so\n{name}{kind}\n" in mended
    assert "  # the first lock\n  - id: bow\n" in mended


def test_the_first_field_of_an_entry_takes_the_sign_of_the_list() -> None:
    wrong = IN_ORDER.replace(
        "  - id: bow\n    name: Bow lock\n", "  - name: Bow lock\n    # for links\n    id: bow\n", 1
    )
    assert wrong != IN_ORDER
    mended, count = ordered(load_bytes(wrong.encode()))
    assert count == 1
    assert "    # for links\n  - id: bow\n    name: Bow lock\n" in mended
    assert same(mended, wrong)


def test_a_notice_stands_on_the_line_of_the_field() -> None:
    wrong = IN_ORDER.replace("  - id: bow\n    name: Bow lock\n", "  - name: Bow lock\n    id: bow\n", 1)
    (found,) = findings(load_bytes(wrong.encode()))
    assert found.line == wrong[: wrong.index("    id: bow")].count("\n") + 1
    assert found.message == "'id' is after 'name'"
    assert found.where == "options › bow"


def test_mappings_in_braces_and_broken_files_are_left_alone() -> None:
    braces = IN_ORDER.replace("{level: ", "{  level: ", 1)
    assert misplaced(load_bytes(braces.encode())) == []
    broken = IN_ORDER.replace("format: 1\n", "", 1) + "format: 2\n"
    assert ordered(load_bytes(broken.encode())) == (broken, 0)


def test_the_command_puts_fields_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "guide.yml"
    wrong = IN_ORDER.replace("  - id: bow\n    name: Bow lock\n", "  - name: Bow lock\n    id: bow\n", 1)
    file.write_text(wrong, "utf-8")
    assert main(["check", "--file", str(file), "--format", "text"]) == 0
    assert "'id' is after 'name'" in capsys.readouterr().out
    assert main(["check", "--file", str(file), "--fix", "--format", "text"]) == 0
    said = capsys.readouterr()
    assert "fields put in order at 1 place" in said.err and "stands after" not in said.out
    assert file.read_text("utf-8") == IN_ORDER
