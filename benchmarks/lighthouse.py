"""What Lighthouse says of the built site: accessibility, best practices, SEO and performance on its mobile setting.

    uv run python benchmarks/lighthouse.py                 # builds the site; home, wizard, matrix and an option
    uv run python benchmarks/lighthouse.py --rounds 3      # the median of three runs of each page
    uv run python benchmarks/lighthouse.py --site site matrix/ stages/   # a site that is built already, these pages

The site is served by a host that compresses. Lighthouse comes from npm into .cache/lighthouse the first time (about
190 MB, so it is not among what the tests fetch) and drives the system's Chromium, or the one that the variable
CHROMIUM names. Its version is pinned to the newest that runs on Node 18 and later. Below each page stands what it
would improve. Exit status 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from hooks.runtime.fetch import installed_version, tool  # noqa: E402
from tests.support.browser import QUIET, serve, system_chromium  # noqa: E402
from tests.support.sites import build, real_guide  # noqa: E402

VERSION = "12.8.2"
FOLDER = ROOT / ".cache" / "lighthouse"
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}

Report = dict[str, Any]


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "pages", nargs="*", help="addresses below the site's root; default: one of each kind that matters"
    )
    parser.add_argument("--rounds", type=int, default=1, metavar="N")
    parser.add_argument("--site", type=Path, help="a built site; without it the site is built into ./site")
    asked = parser.parse_args()
    site = asked.site or built()
    pages = asked.pages or ["", "wizard/", "matrix/", f"options/{real_guide().options[0].id}/"]
    program = ensure_lighthouse()
    missed = False
    print(f"{'page':<32}" + "".join(f"{name:>16}" for name in BARS))
    with serve(site, "/guide", compress=True) as address:
        for page in pages:
            reports = [run(program, address + page) for _ in range(asked.rounds)]
            scores = {name: median(score(report, name) for report in reports) for name in BARS}
            print(f"{page or 'home':<32}" + "".join(f"{scores[name]:>16g}" for name in BARS), flush=True)
            for line in improvements(reports[-1]):
                print(f"    {line}")
            missed |= any(scores[name] < bar for name, bar in BARS.items())
    return int(missed)


def built() -> Path:
    """The site, built now."""
    done = build(ROOT)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return ROOT / "site"


def ensure_lighthouse() -> Path:
    """Lighthouse's program, fetched with npm when it is missing or of another version."""
    package = FOLDER / "node_modules" / "lighthouse"
    if installed_version(package) != VERSION:
        print(f"Fetching Lighthouse {VERSION} with npm …", file=sys.stderr, flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
        command = [*tool("npm"), "install", "--prefix", str(FOLDER), *options, f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package / "cli" / "index.js"


def run(program: Path, address: str) -> Report:
    """One report, on Lighthouse's own mobile setting: a slow phone on a slow network, both simulated."""
    flags = " ".join(["--headless=new", *QUIET])
    command = [*tool("node"), str(program), address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr[-3000:]}")
    report: Report = json.loads(done.stdout)
    return report


def chromium() -> str:
    """The system's Chromium, else Playwright's own."""
    with sync_playwright() as playwright:
        return system_chromium() or playwright.chromium.executable_path


def score(report: Report, category: str) -> int:
    """A category's score, 0 to 100; 0 when Lighthouse could not work it out."""
    return round(100 * (report["categories"][category]["score"] or 0))


def improvements(report: Report) -> list[str]:
    """What weighs in a score and is not perfect, and what Lighthouse would save."""
    lines = []
    for name, category in report["categories"].items():
        for entry in category["auditRefs"]:
            audit = report["audits"][entry["id"]]
            if entry["weight"] and audit["score"] is not None and audit["score"] < 0.995:
                lines.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return lines


if __name__ == "__main__":
    sys.exit(main())
