"""A page that comes in pieces, each painted before the next: what has been painted stays where it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import WATCH, Handler, serve, unmoved

pytestmark = pytest.mark.xdist_group("site")

PIECE, PAUSE = 1200, 0.04  # bytes and seconds: the browser paints between two
SMALL = 30_000  # bytes of the body that come in small pieces: more than a screen shows


class InPieces(Handler):
    """A host on a slow line: the part of a page that a screen shows comes a little at a time."""

    def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]
        content = source.read()
        start = content.find(b"<body")
        ends = [*range(start, min(start + SMALL, len(content)), PIECE), len(content)] if start > 0 else [len(content)]
        for begin, end in zip([0, *ends], ends, strict=False):
            outputfile.write(content[begin:end])
            outputfile.flush()
            time.sleep(PAUSE if start > 0 else 0)


@pytest.fixture(scope="module")
def slow(site: Path) -> Iterator[str]:
    with serve(site, "/guide", base=InPieces) as address:
        yield address


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("page_path", ["", "wizard/", "matrix/", "compare/", "options/", "examples/"])
def test_nothing_moves_while_a_page_comes_in_pieces(browser: Browser, slow: str, page_path: str, phone: bool) -> None:
    size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    with browser.new_context(viewport=size, is_mobile=phone, has_touch=phone) as context:  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{slow}{page_path}")
        unmoved(page, 0.03)
