"""What a first visit costs: requests and bytes of home, of an option's page, and of the wizard until its result is in.

    uv run python benchmarks/visits.py SITE [SITE...]     # built sites, for example one of before and one of now

Counted by the host, so that what workers fetch is counted too; once from a host that compresses (gzip) and once from one
that doesn't. The browser keeps nothing from the visit before, and no copy for offline use is made: the service worker,
which fetches one after the visit, is blocked. A wizard's image of memory is not sent, as on a slow line.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.support.browser import Handler, launch, serve, until  # noqa: E402

READY = "document.querySelector('decision-wizard')?.dataset.wizardState === 'ready'"
LOADED = "document.readyState === 'complete'"
QUIET_MS = 1_500  # nothing was fetched for so long: the visit is complete

IMAGE = "assets/runtime/image-"


class Counting(Handler):
    """A host that notes what it sends."""

    sent: list[int]

    def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]
        body = source.read()
        self.sent.append(len(body))
        outputfile.write(body)


def visit(browser: Browser, site: Path, path: str, *, compress: bool) -> tuple[int, int]:
    """Requests and bytes of a first visit to one page."""
    sent: list[int] = []
    host = type("Host", (Counting,), {"sent": sent})
    with serve(site, compress=compress, base=host) as address, browser.new_context(service_workers="block") as context:
        context.route(f"**/{IMAGE}*", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{address}{path}")
        until(page, LOADED)
        if path.startswith("wizard"):
            page.locator("#dw-form input[type=radio]:visible").first.check()
            until(page, READY)
        before = -1
        while before != len(sent):
            before = len(sent)
            page.wait_for_timeout(QUIET_MS)
    return len(sent), sum(sent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", type=Path, metavar="SITE")
    sites = parser.parse_args().sites
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for site in sites:
            option = sorted(path.parent.name for path in site.glob("options/*/index.html"))[0]
            print(f"\n{site}\n{'':24}requests   bytes   compressed")
            for path in ("", f"options/{option}/", "wizard/"):
                (requests, plain), (_, packed) = (visit(browser, site, path, compress=on) for on in (False, True))
                print(f"{path or 'home':24}{requests:8}{plain:10,}{packed:12,}")
        browser.close()


if __name__ == "__main__":
    main()
