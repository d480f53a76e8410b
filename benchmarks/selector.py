"""How long the selector takes, in CPython and in Pyodide in Chromium, against the bars that it is held to.

    uv run python benchmarks/selector.py             # everything
    uv run python benchmarks/selector.py --quick     # fewer visits
    uv run python benchmarks/selector.py --no-browser

Two times stand side by side: what a clock says, and processor time. They are the same on a quiet machine; on a busy one
only the second says what the selector needs. Bars are for what the clock says in Chromium.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import process_time
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).parent.parent
# This file is called like the package that it measures: look for modules elsewhere first.
sys.path[:] = [str(ROOT), *sys.path[1:], str(ROOT / "benchmarks")]

import measures  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from hooks.render.site import wizard_json  # noqa: E402
from selector import Guide as Checked  # noqa: E402
from selector.case.answers import check_case  # noqa: E402
from selector.web.forms import fields_of  # noqa: E402
from tests.support.browser import launch  # noqa: E402
from tests.support.pyodide_page import pyodide_page  # noqa: E402
from tests.support.random_guides import make_guide, random_answers  # noqa: E402
from tests.support.real_guide import guide_data  # noqa: E402

STEPS = {
    "open": "guide read, strategies found, first reply",
    "answer": "reply to a new answer: ranking, reasons, HTML",
    "flips": "every single answer that changes it",
    "first": "first robustness figure",
    "draws": "all 10,000 draws",
    "rest": "all that follows a reply, figures and HTML",
    "charts": "trade-offs and sensitivity, once opened",
    "longest": "longest part of either: a newer answer waits so long",
}

GUIDES = ("real", "50 options", "200 options", "500 options")

BARS = {
    "real": {"answer": 30, "flips": 100, "first": 100, "draws": 1000},
    "200 options": {"answer": 1000},
}
"""Milliseconds that 95 of 100 measurements in Chromium have to stay under."""

Call = Callable[[str, Any], Any]
Fields = list[Any]


@dataclass
class Times:
    """Milliseconds of one step, measurement by measurement."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Guide:
    """What is measured: the wizard's data, and per visit the form's fields as they fill, answer by answer."""

    name: str
    wizard: str
    visits: list[list[Fields]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a sixth of the visits")
    parser.add_argument("--no-browser", action="store_true", help="CPython only")
    parser.add_argument("--no-cpython", action="store_true", help="the browser only")
    parser.add_argument("--only", choices=GUIDES, action="append", help="this guide only; may be repeated")
    given = parser.parse_args()
    guides = [_guide(name, quick=given.quick) for name in given.only or GUIDES]
    if not given.no_cpython:
        _in_this_python(guides)
    if not given.no_browser:
        _in_chromium(guides)


def _guide(name: str, *, quick: bool) -> Guide:
    """The real guide with the answers of its examples, or a generated one with random answers."""
    if name == "real":
        data = guide_data()
        said = [example["answers"] for example in data["examples"]][:: 6 if quick else 1]
    else:
        data = make_guide(options=int(name.split(maxsplit=1)[0]), criteria=40, questions=16, seed=2)
        said = [random_answers(Random(seed), data) for seed in range(1 if quick else 3)]
    guide = Checked.from_data(data)
    return Guide(name, wizard_json(guide), [list(_filling(guide, answers)) for answers in said])


def _filling(guide: Any, answers: dict[str, Any]) -> Iterator[Fields]:
    """The form's fields after each answer of a visitor who goes through it from top to bottom."""
    given: dict[str, Any] = {}
    for question in guide.questions:
        if question.id in answers:
            given[question.id] = answers[question.id]
            yield fields_of(check_case(guide, given))


def _in_this_python(guides: list[Guide]) -> None:
    def call(function: str, argument: Any) -> Any:
        text = argument if isinstance(argument, str) else json.dumps(argument)
        return json.loads(getattr(measures, function)(text))

    _report(f"CPython {platform.python_version()}", guides, call, process_time)


def _in_chromium(guides: list[Guide]) -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with pyodide_page(browser, ROOT / "benchmarks" / "measures.py", face=True) as page:

            def call(function: str, argument: Any) -> Any:
                return page.call("measures", function, argument)

            name = f"Pyodide in Chromium {browser.version.split('.')[0]}"
            _report(name, guides, call, page.cpu_seconds, BARS)
        browser.close()


def _report(
    where: str,
    guides: list[Guide],
    call: Call,
    cpu_seconds: Callable[[], float],
    bars: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
) -> None:
    print(f"\n{where}\n{'milliseconds':60}{'by the clock':>18}{'processor':>18}")
    print(f"{'':60}{'median':>9}{'p95':>9}{'median':>9}{'p95':>9}{'bar':>7}")
    for guide in guides:
        about, times = _measure(guide, call, cpu_seconds)
        left_out = f", {about['left_out']} left out" if about["left_out"] else ""
        more = "" if about["complete"] else " and more"
        print(
            f"{guide.name}: {about['strategies']} strategies of {about['options']} options{left_out}{more};"
            f" {len(guide.visits)} visits, up to {about['rows']} rows sampled"
        )
        for step, text in STEPS.items():
            if step in times:
                print(f"{'':8}{text:52}{_line(times[step], bars.get(guide.name, {}).get(step))}", flush=True)


def _measure(guide: Guide, call: Call, cpu_seconds: Callable[[], float]) -> tuple[dict[str, Any], dict[str, Times]]:
    times: dict[str, Times] = {}

    def timed(name: str, function: str, argument: Any) -> Any:
        before = cpu_seconds()
        found = call(function, argument)
        kept = times.setdefault(name, Times())
        kept.cpu.append((cpu_seconds() - before) * 1000)
        kept.clock.append(found["ms"])
        return found

    about = timed("open", "start", guide.wizard)
    rows = [0]
    for visit in guide.visits:
        for fields in visit:
            timed("answer", "step", {"what": "answer", "fields": fields})
        for what in ("flips", "first", "draws", "rest", "charts"):
            found = timed(what, "step", {"what": what, "fields": visit[-1]})
            rows.append(found.get("rows", 0))
            if "longest" in found:
                times.setdefault("longest", Times()).clock.append(found["longest"])
    return {**about, "rows": max(rows)}, times


def _line(times: Times, bar: int | None) -> str:
    shown = f"{median(times.clock):9.1f}{_p95(times.clock):9.1f}"
    shown += f"{median(times.cpu):9.1f}{_p95(times.cpu):9.1f}" if times.cpu else " " * 18
    if bar is None:
        return shown
    busy = " by the clock, kept in processor time" if times.cpu and _p95(times.cpu) < bar else ""
    return f"{shown}{bar:7}  {'kept' if _p95(times.clock) < bar else f'MISSED{busy}'}"


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    main()
