"""What stands on the printed pages, their policy, and the matrix in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from functools import cache
from itertools import combinations

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from playwright.sync_api import Browser

from hooks import ROOT
from hooks.checked import check_guide
from hooks.render.context import fence
from hooks.render.costs import number, span
from hooks.render.csp import policy, with_policy
from hooks.render.facts import all_facts
from hooks.render.markdown import Texts
from hooks.render.plain_text import markdown_text
from hooks.render.site import render_site
from selector import Guide, recommend
from selector.case.link import decode
from selector.guide.reading import exact
from selector.web.marks import applies

DAY = date(2026, 11, 23)


@cache
def guide() -> Guide:
    found = check_guide(ROOT / "tests" / "guides" / "second.yml", today=DAY)
    assert found.guide is not None, found.report()
    return found.guide


@cache
def page(path: str) -> BeautifulSoup:
    body = _site()[path].split("---\n", 2)[2]
    return BeautifulSoup(Markdown(extensions=["attr_list", "toc", "pymdownx.superfences"]).convert(body), "html.parser")


@cache
def _site() -> dict[str, str]:
    return render_site(guide(), checked_on=DAY)


# Texts


@pytest.mark.parametrize(
    ("source", "block", "inline"),
    [
        ("plain", "<p>plain</p>", "plain"),
        ("a `b` *c*", "<p>a <code>b</code> <em>c</em></p>", "a <code>b</code> <em>c</em>"),
        ("1. one", "<ol>\n<li>one</li>\n</ol>", "1. one"),
        ("# head", "<p>head</p>", "# head"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>", "&lt;b&gt;x&lt;/b&gt;"),
        ("it's", "<p>it&#39;s</p>", "it&#39;s"),
        ("[x](javascript:alert(1))", "<p><span>x</span></p>", "<span>x</span>"),
        ("[x](java\tscript:alert(1))", "<p><span>x</span></p>", "<span>x</span>"),
        ("[x](//host/y)", "<p><span>x</span></p>", "<span>x</span>"),
        ("![x](https://host/y.png)", "<p><span>x</span></p>", "<span>x</span>"),
        ("[x](https://a.b/c)", '<p><a href="https://a.b/c">x</a></p>', '<a href="https://a.b/c">x</a>'),
        ("a\n\nb", "<p>a</p>\n<p>b</p>", "a b"),
    ],
)
def test_markdown_fields_become_harmless_html(source: str, block: str, inline: str) -> None:
    assert Texts().html(source) == block
    assert Texts().inline(source) == inline


@pytest.mark.parametrize("text", ["a *b* _c_", "[x](y)", "<b>", "`code` & more", "x {: #y }", "# #", "a\n\n# b", "\\*"])
def test_a_name_in_a_heading_is_read_as_it_is_written(text: str) -> None:
    html = Markdown(extensions=["attr_list"]).convert(f"## {markdown_text(text)} {{: #place }}")
    heading = BeautifulSoup(html, "html.parser").find("h2")
    assert heading is not None and heading["id"] == "place"
    assert heading.get_text() == " ".join(text.replace("`", "").split())


@pytest.mark.parametrize("content", ["a", "```\nb\n```", "````", "~~~", "    indented", "<b>{{ x }}</b>"])
def test_nothing_ends_a_code_block_early(content: str) -> None:
    html = Markdown(extensions=["pymdownx.superfences"]).convert(f"{fence(content)}\n\nafter")
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find("code").get_text().rstrip("\n") == content
    assert [tag.get_text() for tag in soup.find_all("p")] == ["after"]


def test_lines_of_commands_are_numbered_and_others_are_not() -> None:
    """Notes count them. Numbers are attributes, for the style sheet to draw."""
    styles = {"pymdownx.highlight": {"linenums_style": "pymdownx-inline"}}
    parser = Markdown(extensions=["pymdownx.highlight", "pymdownx.superfences"], extension_configs=styles)
    soup = BeautifulSoup(parser.convert(f"{fence('a\nb', 'sh', 'x')}\n\n{fence('a: b')}"), "html.parser")
    commands, other = soup.find_all("code")
    assert [line["data-linenos"].strip() for line in commands.select("[data-linenos]")] == ["1", "2"]
    assert commands.get_text().strip() == "a\nb"
    assert not other.select("[data-linenos]")


# Pages


def test_the_home_page_asks_the_question_and_names_every_option_in_the_order_of_names() -> None:
    home = page("index.md")
    assert home.find("h1").get_text() == guide().data["guide"]["question"]
    assert [button["href"] for button in home.select(".hero .button")] == ["wizard/"]
    lists = [[tag.get_text() for tag in table.select("th a")] for table in home.select("table.scores")]
    assert all(names == sorted(names, key=str.casefold) for names in lists)
    assert sorted(name for names in lists for name in names) == sorted(option.name for option in guide().options)
    assert guide().revision in home.get_text()


def test_the_result_on_the_home_page_is_what_its_example_comes_to() -> None:
    hero = page("index.md").select_one(".hero-result")
    example, opened = hero.select_one(".label a"), hero.select_one(".hero-note a")
    (entry,) = (entry for entry in guide().data["examples"] if example["href"] == f"examples/{entry['id']}/")
    assert example.get_text() == entry["title"]
    result = recommend(guide(), entry["answers"])
    assert hero.select_one(".result-name").get_text() == result.winner.strategy.name
    facts = {row.dt.get_text(): row.dd.get_text() for row in hero.select("dl.result-facts > div")}
    assert facts["Next best"] == result.runner_up.strategy.name
    path, _, link = opened["href"].partition("#")
    assert (path, decode(link, guide())[0]) == ("wizard/", result.case)


def test_the_matrix_has_each_cell_once_with_level_text_and_date() -> None:
    matrix = page("matrix.md").find("table")
    assert matrix.caption and matrix.find("th", scope="col") and matrix.find("th", scope="row")
    rows = {row["data-criterion"]: row for row in matrix.select("tr[data-criterion]")}
    for criterion in guide().criteria:
        cells = {cell["data-option"]: cell for cell in rows[criterion.id].find_all("td")}
        for option in guide().data["options"]:
            rating, cell = option["ratings"][criterion.id], cells[option["id"]]
            assert cell.select_one(".cell-mark .level-word").get_text()
            card = cell.find(id=cell.select_one(".cell-mark")["popovertarget"])
            assert card.select_one(":scope > p:not(.label)").get_text() == plain(rating["text"])
            assert card.find("time", datetime=rating["verified"])
            value = guide().cell(option["id"], criterion.id)
            assert (cell["data-low"], cell["data-high"]) == (str(value.low), str(value.high))


def plain(markdown: str) -> str:
    return BeautifulSoup(Texts().inline(markdown), "html.parser").get_text()


def test_a_criterion_ranks_options_from_best_to_worst_and_equals_share_a_rank() -> None:
    by_name = {option.name: option.id for option in guide().options}
    for criterion in guide().criteria:
        rows = page(f"criteria/{criterion.id}.md").select("#ranking-caption")[0].find_parent("table").select("tbody tr")
        assert len(rows) == len(guide().options)
        known: list[tuple[int, int]] = []
        for row in rows:
            name = by_name[row.th.a.get_text()]
            place, cell = row.select_one(".place").get_text(), guide().cell(name, criterion.id)
            if cell.low == cell.high and applies(guide(), name, criterion.id):
                known.append((int(place.rstrip(".")), cell.low))
            else:
                assert place == "–"
        values = [value for _, value in known]
        assert values == sorted(values, reverse=True)
        assert [place for place, _ in known] == [1 + sum(other > value for other in values) for value in values]


def test_a_pair_shows_first_what_depends_on_an_answer_then_the_largest_difference() -> None:
    depending = 0
    for one, two in combinations([option.id for option in guide().options], 2):
        soup = page(f"compare/{one}-vs-{two}.md")
        different, same = (compared(soup, name) for name in ("differences", "same"))
        order = [(row.select_one(".depends") is None, -gap_of(row, one, two)) for row in different]
        assert order == sorted(order), (one, two)
        assert len(different) + len(same) == len(guide().criteria)
        assert all(gap_of(row, one, two) == 0 and not row.select_one(".depends") for row in same)
        depending += sum(not rest for rest, _ in order)
    assert depending


def compared(soup: BeautifulSoup, name: str) -> list[Tag]:
    caption = soup.find("caption", id=f"{name}-caption")
    return caption.find_parent("table").select("tbody tr") if caption else []


def gap_of(row: Tag, one: str, two: str) -> int:
    criterion = row.th.a["href"].rstrip("/").rpartition("/")[2]
    mine, theirs = guide().cell(one, criterion), guide().cell(two, criterion)
    return abs(mine.low + mine.high - theirs.low - theirs.high)


def test_the_worked_example_adds_up_as_the_reader_would_check_it() -> None:
    soup = page("scoring.md")
    table = soup.select_one("table.worked")
    total = 0.0
    for row in table.select("tbody tr"):
        points, mine, theirs, gap = (leading_number(cell) for cell in row.find_all("td"))
        assert abs(points * (mine - theirs) - gap) < 0.1
        total += gap
    together, lead = (leading_number(row.td) for row in table.select("tfoot tr"))
    assert abs(total - together) < 0.1
    points = float(re.search(r"10 × ([\d.,]+) points", table.tfoot.get_text())[1].replace(",", ""))
    assert abs(together / (10 * points) - lead) < 0.06


def leading_number(cell: Tag) -> float:
    """A figure, or the middle of a range."""
    low, high = re.match(r"([+−]?[\d,.]+)(?: to ([\d,.]+))?", cell.get_text().strip()).groups()
    found = [float(text.replace(",", "").replace("−", "-")) for text in (low, high or low)]
    return sum(found) / 2


def test_every_weight_value_and_effect_stands_with_its_reason() -> None:
    text = page("settings.md").get_text()
    for criterion in guide().data["criteria"]:
        assert plain(criterion["reason"]) in text
        for level in criterion["levels"]:
            assert plain(level["meaning"]) in text
    for question in guide().data["questions"]:
        for answer in question["answers"]:
            for effect in answer.get("effects", ()):
                assert plain(effect["because"]) in text


def test_gaps_are_sorted_by_how_much_they_could_change() -> None:
    unknown = {
        (option.name, criterion.name)
        for option in guide().options
        for criterion in guide().criteria
        if guide().cell(option.id, criterion.id).low != guide().cell(option.id, criterion.id).high
    }
    rows = page("unknowns.md").select("table.gaps tbody tr")
    assert {(row.th.get_text(), row.td.get_text()) for row in rows} == unknown
    counts = [int(row.select_one("td.number").get_text().split()[0]) for row in rows]
    assert counts == sorted(counts, reverse=True)


def test_figures_read_as_figures() -> None:
    assert [number(exact(value)) for value in (0, 0.4, 0.004, 2, 1234567, 12.5)] == [
        "0", "0.40", "0.004", "2", "1,234,567", "12.50",
    ]  # fmt: skip
    assert span(exact(1), exact(1)) == "1"
    assert span(exact(0), exact(0.4)) == "0 to 0.40"


def test_the_policy_allows_the_inline_scripts_of_the_page_and_no_others() -> None:
    html = (
        '<head><script>let a=1</script><script src="x.js"></script><script type="application/json">{}</script></head>'
    )
    digest = base64.b64encode(hashlib.sha256(b"let a=1").digest()).decode()
    text = policy(html)
    assert text.count("sha256-") == 1 and f"'sha256-{digest}'" in text
    assert "unsafe-inline" not in text and "'unsafe-eval'" not in text and "blob:" not in text
    assert "blob:" in policy(html, offline=True)
    assert with_policy(html).index("Content-Security-Policy") < html.index("<script") + 60


# The matrix in a browser


@pytest.mark.xdist_group("site")
def test_the_matrix_is_ordered_narrowed_and_reduced_to_differences(browser: Browser, served: str) -> None:
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(served + "matrix/")
    names = (
        "[...document.querySelectorAll('thead [data-option]')].filter(e => !e.hidden).map(e => e.textContent.trim())"
    )
    rows = "document.querySelectorAll('tr[data-criterion]:not([hidden])').length"
    all_names, all_rows = tab.evaluate(names), tab.evaluate(rows)
    assert all_names == sorted(all_names, key=str.casefold)

    criterion = tab.eval_on_selector("tr[data-criterion]", "row => row.dataset.criterion")
    tab.select_option("[data-matrix-sort]", criterion)
    values = tab.eval_on_selector_all(
        f"tr[data-criterion='{criterion}'] td",
        "cells => cells.map(c => Number(c.dataset.low) + Number(c.dataset.high))",
    )
    assert values == sorted(values, reverse=True)
    assert sorted(tab.evaluate(names)) == sorted(all_names)
    tab.select_option("[data-matrix-sort]", "")
    assert tab.evaluate(names) == all_names

    tab.locator("[data-matrix-group]").first.uncheck()
    assert 0 < tab.evaluate(rows) < all_rows
    tab.locator("[data-matrix-group]").first.check()
    tab.locator("details.tool summary").click()
    options = tab.eval_on_selector_all("thead [data-option]", "heads => heads.map(head => head.dataset.option)")
    assert tab.locator("[data-matrix-option]").count() == len(options)
    for option in options[2:]:
        tab.locator(f"[data-matrix-option='{option}']").uncheck()
    assert tab.evaluate(names) == all_names[:2]
    tab.locator("[data-matrix-differences]").check()
    assert 0 < tab.evaluate(rows) < all_rows
    assert f"2 of {len(all_names)} tools" in tab.locator("[data-matrix-status]").inner_text()
    tab.close()


@pytest.mark.xdist_group("site")
def test_the_matrix_keeps_its_heads_in_sight_and_can_be_scrolled_by_keyboard(browser: Browser, served: str) -> None:
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(served + "matrix/")
    frame = tab.locator(".matrix-frame")
    frame.focus()
    frame.evaluate("frame => frame.scrollTo(200, 200)")
    assert frame.evaluate("frame => [frame.scrollLeft, frame.scrollTop]") == [200, 200]
    inside = frame.bounding_box()
    corner = tab.locator(".matrix-corner").bounding_box()
    assert abs(corner["x"] - inside["x"]) < 4 and abs(corner["y"] - inside["y"]) < 4
    before = frame.evaluate("frame => frame.scrollTop")
    tab.keyboard.press("ArrowDown")
    tab.wait_for_timeout(300)
    assert frame.evaluate("frame => frame.scrollTop") > before
    tab.close()


def test_what_was_inferred_is_folded_by_what_it_is_about() -> None:
    folds = page("unknowns.md").select(".inferred > details")
    inferred = [fact for fact in all_facts(guide()) if fact.inferred]
    assert inferred, "the small guide has conclusions"
    assert sum(len(fold.select("li")) for fold in folds) == len(inferred)
    for fold in folds:
        assert fold.summary is not None
        assert fold.summary.get_text(strip=True).endswith(f"({len(fold.select('li'))})")
