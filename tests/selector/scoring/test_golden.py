"""The same figures to the bit, on every Python and in the page."""

from __future__ import annotations

import json

from playwright.sync_api import Browser

from hooks import ROOT
from tests.golden.figures import figures
from tests.golden.write import FIGURES, INPUTS
from tests.support.pyodide_page import pyodide_page
from tests.support.real_guide import real_guide

MODULE = ROOT / "tests" / "golden" / "figures.py"


def real_inputs() -> str:
    """The guide as it is today, with answers of a few of its examples."""
    guide = real_guide()
    cases = [example["answers"] for example in guide.data["examples"][::16]]
    return json.dumps({"problems": {}, "guides": {"real": {"guide": guide.data, "cases": cases}}})


def test_this_python_computes_the_golden_figures() -> None:
    # After a change that is meant to change them: uv run python -m tests.golden.write
    assert figures(INPUTS.read_text("utf-8")) + "\n" == FIGURES.read_text("utf-8")


def test_the_golden_figures_hold_ties_unknowns_and_not_sure_answers() -> None:
    found, inputs = json.loads(FIGURES.read_text("utf-8")), json.loads(INPUTS.read_text("utf-8"))
    cases = [case for guide in found["guides"].values() for case in guide]
    assert any("/" in count for case in cases for count in case.get("first", ()))
    assert any(sure not in ("1", "None") for case in cases for sure in case.get("confidence", {}).values())
    assert any("unsure" in answers.values() for guide in inputs["guides"].values() for answers in guide["cases"])
    assert len(found["problems"]) >= 3


def test_python_in_the_page_computes_the_golden_figures_and_those_of_the_real_guide(browser: Browser) -> None:
    with pyodide_page(browser, MODULE) as page:
        assert page.call("figures", "figures", json.loads(INPUTS.read_text("utf-8"))) == json.loads(
            FIGURES.read_text("utf-8")
        )
        real = real_inputs()
        assert page.call("figures", "figures", json.loads(real)) == json.loads(figures(real))
