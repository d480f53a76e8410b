"""A click on a source opens it at the words that say it: Chromium scrolls to them and marks them and no others."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from hooks.render.text_fragment import passage_address
from tests.support.browser import serve, until

pytestmark = pytest.mark.xdist_group("second")

SOURCE = "https://www.apache.org/licenses/GPL-compatibility.html"
WORDS = "can therefore be included in GPLv3 projects"
FILLING = "".join(f"<p>Paragraph {number} is about something else.</p>" for number in range(80))
STYLE = """
body { font: 16px/1.5 monospace; margin: 2em; }
::target-text { background: #f00; color: #f00; }
"""
"""Paints what the browser marks."""

COMPATIBILITY = f"""<h1>Compatibility</h1>{FILLING}
<p>Other software {WORDS} as well.</p>{FILLING}
<p id="there">Apache 2 software <span id="words">can therefore be <em>included</em> in GPLv3
projects</span>, because the licences agree.</p>"""

CORNERS = """
() => {
  const range = document.createRange();
  range.selectNodeContents(document.getElementById('words'));
  const { left, top, right, bottom } = range.getBoundingClientRect();
  return [left, top, right, bottom];
}
"""


def copy_of(body: str) -> str:
    """A page with this in it, longer than the window."""
    head = f'<meta charset="utf-8"><title>A copy</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}{FILLING}</body></html>'


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder for copies of sources and the address that serves it."""
    folder = tmp_path_factory.mktemp("sources")
    with serve(folder) as address:
        yield folder, address.replace("127.0.0.1", "localhost")  # another site than the guide's


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A separate page: a browser opens words only where no other page can watch."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    yield context.new_page()
    context.close()


def painted(page: Page) -> tuple[int, int, int, int] | None:
    """The corners of what is marked on the screen, None when nothing is."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        red, green, blue = (
            band.point(lambda value: 255 if value > 127 else 0) for band in picture.convert("RGB").split()
        )
        black = Image.new("L", picture.size)
        only = Image.composite(black, Image.composite(black, red, green), blue)
        return only.getbbox()


def assert_marked(page: Page) -> None:
    """The element #words is in sight and marked, to its edges and not beyond."""
    until(page, "document.readyState === 'complete' && scrollY > 0", seconds=20)
    page.wait_for_timeout(300)
    corners, found = page.evaluate(CORNERS), painted(page)
    assert found is not None, "nothing is marked"
    assert corners[1] >= 0 and corners[3] <= 700, "out of sight"
    assert all(abs(one - two) <= 4 for one, two in zip(corners, found, strict=True)), (corners, found)


def test_a_click_on_the_source_of_a_cell_opens_it_at_the_words(
    page: Page, second_site: Path, sources: tuple[Path, str], tmp_path: Path
) -> None:
    folder, address = sources
    (folder / "compatibility.html").write_text(copy_of(COMPATIBILITY), "utf-8")
    html = (second_site / "options" / "apache-2-0" / "index.html").read_text("utf-8")
    assert SOURCE in html
    option = tmp_path / "options" / "apache-2-0" / "index.html"
    option.parent.mkdir(parents=True)
    option.write_text(html.replace(SOURCE, f"{address}compatibility.html"), "utf-8")
    for folder_name in ("assets", "stylesheets"):
        if (second_site / folder_name).exists():
            (tmp_path / folder_name).symlink_to(second_site / folder_name)
    with serve(tmp_path) as guide:
        page.goto(f"{guide}options/apache-2-0/")
        cell = page.locator("#on-mixing")
        cell.locator("summary").click()
        assert cell.locator("q").inner_text() == WORDS
        link = cell.locator(".provenance a").first
        assert unquote(str(link.get_attribute("href"))).endswith(f"#:~:text=Apache 2 software-,{WORDS}")
        link.click()
        assert_marked(page)
        assert page.url.startswith(f"{address}compatibility.html")


@pytest.mark.parametrize(
    ("words", "prefix", "suffix", "html"),
    [
        ("a well-known, old & tried rule – 50% “off”", "", "", "<p>It is <span id=words>a well-known, old &amp; tried rule – 50% “off”</span>.</p>"),
        ("Größe ½ × 3 #1 + 2", "", "", "<ul><li><span id=words>Größe ½ × 3 #1 + 2</span></li></ul>"),
        ("is kept", "the key", "", "<p>What is kept. And the <b>key</b> <span id=words>is kept</span> here.</p>"),
        ("is kept", "", "here", "<p>It is kept there and <span id=words>is kept</span> here.</p>"),
        ("one: a, b and c", "", "", '<table><tr><th>Row</th><td>one</td></tr><tr><td>two</td><td><span id=words>one: <code>a</code>, <a href="#">b</a> and c</span></td></tr></table>'),
        ("is kept", "the key", "for a day", "<p>When the key is kept for a week, the key <span id=words>is kept</span> for a day.</p>"),
        ("Default: 1h0m0s", "", "", "<details open><summary>More</summary><dl><dt>interval</dt><dd><span id=words>Default: <kbd>1h0m0s</kbd></span></dd></dl></details>"),
        ("--flag=a,b", "with", "-c", "<pre>run --flag=a,b -d\nwith <span id=words>--flag=a,b</span> -c</pre>"),
    ],
)  # fmt: skip
def test_the_browser_marks_these_words_and_no_others(
    page: Page, sources: tuple[Path, str], tmp_path: Path, words: str, prefix: str, suffix: str, html: str
) -> None:
    folder, address = sources
    (folder / "words.html").write_text(copy_of(FILLING + html), "utf-8")
    target = passage_address(f"{address}words.html", words, prefix, suffix)
    (tmp_path / "index.html").write_text(f'<!doctype html><title>G</title><a href="{target}">go</a>', "utf-8")
    with serve(tmp_path) as guide:
        page.goto(guide)
        page.get_by_text("go").click()
        assert_marked(page)


def test_a_place_on_the_page_is_found_where_the_words_are_gone(
    page: Page, sources: tuple[Path, str], tmp_path: Path
) -> None:
    folder, address = sources
    (folder / "gone.html").write_text(copy_of(f"{FILLING}<h2 id=place>Place</h2>"), "utf-8")
    target = passage_address(f"{address}gone.html#place", "no such words")
    (tmp_path / "index.html").write_text(f'<!doctype html><title>G</title><a href="{target}">go</a>', "utf-8")
    with serve(tmp_path) as guide:
        page.goto(guide)
        page.get_by_text("go").click()
        until(page, "document.readyState === 'complete' && scrollY > 0", seconds=20)
        assert painted(page) is None
