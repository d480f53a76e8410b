"""The diagram of the architecture: drawn from the same text that code hosts draw it from."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from hooks import ROOT
from hooks.render.flowchart import FlowchartError, flowchart_svg
from hooks.render.pages.edit import architecture

SMALL = """flowchart TB
  one["One<br>first & <best>"] --> two --> three
  one --> three
"""


def test_every_node_is_a_box_and_every_edge_ends_at_one() -> None:
    svg = BeautifulSoup(flowchart_svg(SMALL, "A & B"), "html.parser").svg
    assert svg is not None
    assert svg["aria-label"] == "A & B"
    assert [text.string for text in svg.find_all("text")] == ["One", "first & <best>", "two", "three"]
    assert len(svg.find_all("rect")) == 3
    tops = [int(rect["y"]) for rect in svg.find_all("rect")]  # type: ignore[arg-type]
    assert tops == sorted(tops)
    assert sum(" M" in str(path["d"]) for path in svg.find_all("path")) == 3, "an arrow for each edge"


@pytest.mark.parametrize(
    "text", ["graph LR\n a --> b", "flowchart TB\n a --> b(round)", "flowchart TB\n a --> b --> a"]
)
def test_what_is_not_read_is_said(text: str) -> None:
    with pytest.raises(FlowchartError):
        flowchart_svg(text, "")


def test_the_page_has_the_diagram_and_no_text_of_it_is_left() -> None:
    text = architecture()
    assert "<svg" in text
    assert "mermaid" not in text


def test_the_diagram_names_the_packages_that_there_are() -> None:
    """A package without a box, or a box without a package, is a diagram that was not kept up to date."""
    source = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = {name.rstrip("/") for name in re.findall(r'\["((?:hooks|selector)/[\w.]+)<br>', source)}
    packages = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("[hs]*/*/__init__.py")}
    assert named - {"hooks/checked.py", "hooks/overlay.py", "selector/cli.py"} == {
        name for name in packages if name.split("/")[0] in ("hooks", "selector")
    }
