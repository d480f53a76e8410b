"""What reading a repository takes: on the command line and in the page, of an ordinary large one and of one that means harm.

    uv run python -m benchmarks.detect                    # everything; builds the site first
    uv run python -m benchmarks.detect --site site        # on a site that is built already
    uv run python -m benchmarks.detect --only python      # or page
    uv run python -m benchmarks.detect --folder PATH      # reads this folder instead of those made up

python  `selector detect --json` as a process of its own: seconds by the clock, seconds of processor time, most memory.
page    The wizard's folder picker in Chromium: from the choice of the folder to the result on the page; processor time
        and most memory of the process that holds the page, its worker and Python; the longest task of the page's
        thread (https://www.w3.org/TR/longtasks/).

Bars are for two cores that do nothing else: 10,000 files of 100 MB in 10 s and 20 s, no task over 100 ms. A machine with
other work to do is slower by the clock; processor time says by how much.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.repositories import make_hostile, make_large, make_nested
from tests.support.browser import launch, serve

ROOT = Path(__file__).resolve().parent.parent

PYTHON_BAR, PAGE_BAR, TASK_BAR = 10.0, 20.0, 100
NESTED = "nested"

WAIT = 300_000
"""Milliseconds that a slow machine may take to read a folder."""

WATCH = """
window.tasks = [];
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.tasks.push([Math.round(task.startTime), Math.round(task.duration)]);
}).observe({ type: 'longtask', buffered: true });
"""


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processor time, most memory in MB, and what was said."""

    clock: float
    processor: float
    memory: float
    data: dict[str, Any]


def in_python(site: Path, folder: Path) -> Cost:
    """Read a folder with the command."""
    command = [sys.executable, "-m", "selector.cli", "detect", "--guide", str(site / "api/guide.json"), "--json"]
    start = time.perf_counter()
    process = subprocess.Popen([*command, str(folder)], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"selector detect failed on {folder}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(text))


class Visit(NamedTuple):
    """Seconds until the result is on the page, seconds of processor time, tasks of the page's thread after the choice as
    [ms after it, ms long], most memory in MB, and what the page says."""

    clock: float
    processor: float
    tasks: list[list[int]]
    memory: float
    text: str


def in_page(browser: Browser, address: str, folder: Path) -> Visit:
    """Read a folder in the wizard, Python being there already."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{address}wizard/")
    page.wait_for_selector('decision-wizard[data-wizard-state="ready"]', timeout=WAIT)
    picker = page.locator("[data-pick]")
    picker.evaluate("(input) => input.addEventListener('change', () => { window.chosen = performance.now(); }, true)")
    before, _ = _renderer()
    picker.set_input_files(folder, timeout=WAIT)
    page.wait_for_selector(".dw-found", timeout=WAIT)
    taken = page.evaluate("performance.now() - window.chosen") / 1000
    after, memory = _renderer()
    page.wait_for_timeout(1500)  # tasks are told of a little later
    tasks = page.evaluate(
        "window.tasks.filter(([start]) => start > window.chosen).map(([start, ms]) => [Math.round(start - window.chosen), ms])"
    )
    text = page.locator(".dw-found").inner_text()
    context.close()
    return Visit(taken, after - before, tasks, memory, text)


def _renderer() -> tuple[float, float]:
    """Seconds of processor time and most memory in MB of this browser's process that holds the page."""
    found = [(0.0, 0.0)]
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if b"--type=renderer" not in (place / "cmdline").read_bytes() or not _ours(place):
                continue
            times = (place / "stat").read_text().rpartition(")")[2].split()
            lines = (place / "status").read_text().splitlines()
        except OSError:
            continue
        peak = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
        found.append(((int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"), peak))
    return max(found)


def _ours(place: Path) -> bool:
    """True for a process that this one began, over however many others."""
    while place.name not in ("0", "1"):
        if place.name == str(os.getpid()):
            return True
        place = place.parent / (place / "stat").read_text().rpartition(")")[2].split()[1]
    return False


def show(name: str, cost: Cost) -> None:
    """One reading by the command."""
    said = f"{cost.data['files']:,} files, {cost.data['bytes'] / 1e6:.0f} MB read"
    print(f"{name}: {cost.clock:.1f} s, {cost.processor:.1f} s of processor time, {cost.memory:.0f} MB; {said}")
    for limit in cost.data["limits"]:
        print(f"    {limit[:160]}")


def show_visit(name: str, visit: Visit) -> None:
    """One reading in the page."""
    longest = max((ms for _, ms in visit.tasks), default=0)
    print(
        f"{name}: {visit.clock:.1f} s, {visit.processor:.1f} s of processor time, {visit.memory:.0f} MB;"
        f" longest task {longest} ms"
    )
    for start, ms in visit.tasks:
        if ms > TASK_BAR:
            print(f"    a task of {ms} ms, {start / 1000:.1f} s after the choice")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--only", choices=["python", "page"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        site = given.site.resolve() if given.site else Path(scratch, "site")
        if not given.site:
            subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)], cwd=ROOT, check=True)
        folders = {"given": given.folder} if given.folder else _made(Path(scratch))
        return _measure(site, folders, given.only)


def _made(scratch: Path) -> dict[str, Path]:
    large, hostile, nested = scratch / "large", scratch / "hostile", scratch / NESTED
    for folder in (large, hostile, nested):
        folder.mkdir()
    print(f"large: {make_large(large) / 1e6:.0f} MB in {sum(1 for one in large.rglob('*') if one.is_file()):,} files")
    make_hostile(hostile)
    make_nested(nested)
    return {"large": large, "hostile": hostile, NESTED: nested}


def _measure(site: Path, folders: dict[str, Path], only: str | None) -> int:
    missed = False
    if only != "page":
        for name, folder in folders.items():
            cost = in_python(site, folder)
            show(f"python, {name}", cost)
            missed |= name == "large" and cost.clock > PYTHON_BAR
    if only != "python":
        for name, folder in folders.items():
            if name == NESTED:  # Chromium's own picker takes minutes to list it, before the page hears of it
                continue
            with sync_playwright() as playwright, serve(site) as address:
                browser = launch(playwright)
                visit = in_page(browser, address, folder)
                browser.close()
            show_visit(f"page, {name}", visit)
            missed |= any(ms > TASK_BAR for _, ms in visit.tasks) or (name == "large" and visit.clock > PAGE_BAR)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
