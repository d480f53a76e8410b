"""How long the selector takes, in CPython and in Pyodide in Chromium, against the bars that it is held to.

    uv run python benchmarks/selector.py             # everything
    uv run python benchmarks/selector.py --quick     # fewer rounds
    uv run python benchmarks/selector.py --no-browser

Machines are noisy: each guide's line says how much of a processor the measurement was given.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).parent.parent
# This file is called like the package that it measures: look for modules elsewhere first.
sys.path[:] = [str(ROOT), str(ROOT / "tests"), *sys.path[1:], str(ROOT / "benchmarks")]

STEPS = {
    "open": "guide read, strategies found, first ranking",
    "answer": "an answer to a new ranking with reasons",
    "flips": "every single answer that changes it",
    "first": "first robustness figure (at most 500 draws)",
    "draws": "all 10,000 draws",
    "wait": "longest step, until a newer answer is served",
}

GUIDES = ("real", "50 options", "200 options")

BARS = {
    "real": {"answer": 30, "flips": 100, "first": 100, "draws": 1000},
    "200 options": {"answer": 1000},
}
"""Milliseconds that 95 of 100 measurements in Chromium have to stay under."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round instead of three")
    parser.add_argument("--no-browser", action="store_true", help="CPython only")
    parser.add_argument("--only", choices=GUIDES, action="append", help="this guide only; may be repeated")
    given = parser.parse_args()
    requests = {name: _request(name, 1 if given.quick else 3) for name in given.only or GUIDES}
    from measures import measure

    def run(asked: Any) -> Any:
        return json.loads(measure(json.dumps(asked)))

    _report(f"CPython {platform.python_version()}", requests, run, process_time)
    if not given.no_browser:
        _in_chromium(requests)


def _request(name: str, rounds: int) -> dict[str, Any]:
    """What to measure: the real guide with the answers of its examples, or a generated one."""
    from real import guide_data

    if name == "real":
        guide = guide_data()
        return {"guide": guide, "visits": [example["answers"] for example in guide["examples"]], "rounds": rounds}
    options = int(name.split(maxsplit=1)[0])
    return {"generate": {"options": options, "criteria": 40, "questions": 16, "seed": 2}, "rounds": 1}


def _in_chromium(requests: dict[str, dict[str, Any]]) -> None:
    from browser import launch
    from playwright.sync_api import sync_playwright
    from pyodide_page import pyodide_page

    modules = (ROOT / "benchmarks" / "measures.py", ROOT / "tests" / "generate.py")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with pyodide_page(browser, *modules) as page:
            name = f"Pyodide in Chromium {browser.version.split('.')[0]}"
            _report(name, requests, lambda asked: page.call("measures", "measure", asked), page.cpu_seconds, BARS)
        browser.close()


def _report(
    where: str,
    requests: dict[str, dict[str, Any]],
    run: Callable[[Any], Any],
    cpu_seconds: Callable[[], float],
    bars: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
) -> None:
    print(f"\n{where}\n{'':14}{'':46}{'median':>9}{'p95':>9}{'bar':>7}   (milliseconds)")
    for name, asked in requests.items():
        clock, cpu = perf_counter(), cpu_seconds()
        found = run(asked)
        got = (cpu_seconds() - cpu) / (perf_counter() - clock)
        about = found["about"]
        print(
            f"{name}: {about['strategies']} strategies of {about['options']} options"
            f"{' and ' + str(about['left_out']) + ' left out' if about['left_out'] else ''},"
            f" {about['visits']} visits, up to {about['rows']} rows sampled; it had {got:.0%} of a processor"
        )
        for step, text in STEPS.items():
            if step in found["times"]:
                times = found["times"][step]
                verdict = _verdict(_p95(times), bars.get(name, {}).get(step), got)
                print(f"{'':14}{text:46}{median(times):9.1f}{_p95(times):9.1f}{verdict}")


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _verdict(p95: float, bar: int | None, got: float) -> str:
    if bar is None:
        return ""
    busy = " here, kept on an idle machine" if p95 * got < bar else ""
    return f"{bar:7}   {'kept' if p95 < bar else f'MISSED{busy}'}"


if __name__ == "__main__":
    main()
