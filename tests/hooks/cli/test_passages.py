"""Passages looked for on pages of a local server, one for each kind of change; what is said, kept and shown of it."""

from __future__ import annotations

import json
import socket
from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from hooks.checked import check_loaded
from hooks.cli import passages, polite, read_pages
from hooks.cli.main import main
from hooks.cli.passage_verdict import Verdict, elsewhere, judge
from hooks.cli.read_pages import Response, read_all, read_page, request
from hooks.cli.stale import as_markdown
from hooks.render.citations import Quote
from hooks.render.passages import Finding, read_findings, write_findings
from hooks.render.site import render_site
from hooks.rules import draft_of
from hooks.source.load import load_bytes
from tests.support.broken_edits import GUIDES

DAY = date(2026, 11, 23)
SMALL = (GUIDES / "small.yml").read_text("utf-8")
COMMIT = "0123456789abcdef0123456789abcdef01234567"
REST = " ".join(f"This page says many other things, and sentence {number} is one of them." for number in range(12))

Answer = tuple[int, Mapping[str, str], str | bytes]


def html(body: str) -> str:
    return f"<!doctype html><html><head><title>Locks</title><script>var words = 1</script></head><body>{body}<p>{REST}</p></body></html>"


PAGES: dict[str, Answer] = {
    "/there": (200, {}, html("<p>A lock is <b>as</b>&nbsp;thick &#8212; or &ldquo;<code>thicker</code>&rdquo; &mdash;\n than a&shy; thumb.</p>")),
    "/old": (301, {"Location": "/new"}, ""),
    "/new": (200, {}, html("<p>It is as thick as a thumb.</p>")),
    "/short": (302, {"Location": "/new#top"}, ""),
    "/sent-on": (200, {}, '<html><head><meta http-equiv="Refresh" content="0; url=/new"></head></html>'),
    "/round": (302, {"Location": "/round"}, ""),
    "/reworded": (200, {}, html("<p>It is nearly as thick as a man's thumb.</p>")),
    "/emptied": (200, {}, html("<p>Nothing of that.</p>")),
    "/removed": (410, {}, "gone"),
    "/private": (403, {}, "log in"),
    "/login": (401, {}, "log in"),
    "/program": (200, {}, "<html><body><div id=app></div><noscript>It is as thick as a thumb.</noscript></body></html>"),
    "/shell": (200, {}, f"<body><div id=app>Loading</div><noscript>Turn scripts on.</noscript><footer>{REST[:600]}</footer>"),
    "/form": (200, {}, html("<form>Sign in <input name=who><input type=password></form>")),
    "/to-form": (302, {"Location": "/form"}, ""),
    "/with-form": (200, {}, html("<form><input type=password></form><p>It is nearly as thick as a man's thumb.</p>")),
    "/paper": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
    "/latin": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, html("<p>dick wie ein M\xe4nnerdaumen</p>").encode("latin-1")),
    f"/owner/name/{COMMIT}/lock.md": (200, {"Content-Type": "text/plain"}, "# Locks\n\nIt is **as thick**\nas [a thumb](hand.md).\n\nOther words.\n"),
    "/list": (200, {}, html("<ul><li>as thick</li><li>as a thumb</li></ul>")),
    "/twice": (200, {}, html("<p>as thick as a thumb</p><p>not as thick as a thumb</p>")),
}  # fmt: skip
"""What was recorded of pages before and after they changed."""


class Pages(BaseHTTPRequestHandler):
    """Serves PAGES and notes what is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = PAGES.get(self.path, (404, {}, "no such page"))
        content = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def get(server: str, monkeypatch: pytest.MonkeyPatch) -> read_pages.Get:
    """Asks the local server for pages of any host."""
    monkeypatch.setattr(polite, "PAUSE", 0)
    Pages.asked.clear()

    def ask(address: str) -> Response:
        return request(f"{server}/{address.split('/', 3)[3]}")

    return ask


WORDS = "as thick as a thumb"
FILE = f"https://github.com/owner/name/blob/{COMMIT}/lock.md"


@pytest.mark.parametrize(
    ("page", "words", "verdict"),
    [
        ("there", "as thick - or 'thicker' - than a thumb", Verdict("there", note="the page writes “as thick — or “thicker” — than a\xad thumb”, so browsers cannot mark them")),
        ("new", WORDS, Verdict("there")),
        ("new", "It is As  thick", Verdict("there")),
        ("old", WORDS, Verdict("moved", moved="https://docs.test/new")),
        ("sent-on", WORDS, Verdict("moved", moved="https://docs.test/new")),
        ("short", WORDS, Verdict("there")),
        ("round", WORDS, Verdict("unreadable", note="it moves in a circle")),
        ("reworded", WORDS, Verdict("changed", nearest="as thick as a man's thumb.")),
        ("emptied", WORDS, Verdict("gone")),
        ("removed", WORDS, Verdict("gone", note="is gone (status 410)")),
        ("never-was", WORDS, Verdict("gone", note="is gone (status 404)")),
        ("private", WORDS, Verdict("unreadable", note="status 403")),
        ("login", WORDS, Verdict("unreadable", note="status 401")),
        ("program", WORDS, Verdict("unreadable", note="it shows almost nothing without scripts or a log-in")),
        ("shell", WORDS, Verdict("unreadable", note="it needs scripts")),
        ("form", WORDS, Verdict("unreadable", note="it asks for a log-in")),
        ("to-form", WORDS, Verdict("unreadable", note="it asks for a log-in")),
        ("with-form", WORDS, Verdict("changed", nearest="as thick as a man's thumb.")),
        ("paper", WORDS, Verdict("unreadable", note="it is application/pdf")),
        ("latin", "wie ein Männerdaumen", Verdict("there")),
        ("list", WORDS, Verdict("there", note="they go on over the end of a paragraph, so browsers cannot mark them")),
        ("new", "s thick as a thumb", Verdict("there", note="they begin or end inside a word, so browsers cannot mark them")),
        ("twice", WORDS, Verdict("there", note="they occur 2 times, and browsers mark the first; `prefix` or `suffix` says which")),
    ],
)  # fmt: skip
def test_each_kind_of_change_has_its_verdict(get: read_pages.Get, page: str, words: str, verdict: Verdict) -> None:
    address = f"https://docs.test/{page}"
    assert judge(Quote("maker", words), address, read_page(address, DAY, get)) == verdict


def test_words_that_went_are_looked_for_on_the_same_site_only() -> None:
    page = "https://github.com/owner/name/blob/main/a.md"
    here = [f"https://github.com/owner/name/blob/main/{name}.md" for name in "bcde"]
    known = [page, *here, "https://github.com/other/name/blob/main/b.md", "https://docs.test/b"]
    assert elsewhere([page], known, {here[2]}, 9) == {page: [here[2], here[0], here[1], here[3]]}
    assert elsewhere([page], known, {here[2], here[3]}, 1) == {page: [here[2], here[3], here[0]]}
    assert elsewhere(["https://docs.test/a"], known, (), 9) == {"https://docs.test/a": ["https://docs.test/b"]}


def test_words_before_and_after_say_which(get: read_pages.Get) -> None:
    page = read_page("https://docs.test/twice", DAY, get)
    assert judge(Quote("maker", WORDS, prefix="not"), "", page) == Verdict("there")
    assert judge(Quote("maker", WORDS, suffix="not"), "", page) == Verdict("there")  # over the end of a paragraph
    found = judge(Quote("maker", WORDS, prefix="hardly"), "", page)
    assert found.verdict == "changed" and found.nearest.startswith(WORDS)


def test_a_file_of_a_repository_is_read_itself_and_its_lines_are_compared(get: read_pages.Get) -> None:
    def verdict(lines: str, words: str = WORDS) -> Verdict:
        return judge(Quote("maker", words), f"{FILE}{lines}", read_page(FILE, DAY, get))

    assert verdict("") == verdict("#L3-L4") == verdict("#L1-L9") == Verdict("there")
    assert verdict("#L6") == Verdict("moved", moved=f"{FILE}#L3-L4")
    assert verdict("#L3", "Other words") == Verdict("moved", moved=f"{FILE}#L6")
    assert verdict("#L3-L4", "**as thick** as") == Verdict("there")
    assert f"/owner/name/{COMMIT}/lock.md" in Pages.asked


def test_what_is_too_long_is_said(get: read_pages.Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_pages, "MOST_BYTES", 300)
    page = read_page("https://docs.test/emptied", DAY, get)
    assert not page.whole
    assert judge(Quote("maker", WORDS), "", page).verdict == "unreadable"


def test_pages_come_from_the_cache_for_a_week_and_failures_do_not(get: read_pages.Get, tmp_path: Path) -> None:
    addresses = [f"https://docs.test/{page}" for page in ("new", "private")]
    first = read_all(addresses, DAY, tmp_path, get)
    assert len(Pages.asked) == 2
    assert read_all(addresses, DAY + timedelta(days=7), tmp_path, get)[addresses[0]] == first[addresses[0]]
    assert Pages.asked[2:] == ["/private"]
    read_all(addresses, DAY + timedelta(days=8), tmp_path, get)
    assert sorted(Pages.asked[3:]) == ["/new", "/private"]
    for file in tmp_path.iterdir():
        file.write_text('{"of": 1}', "utf-8")
    assert read_all(addresses, DAY, tmp_path, get)[addresses[0]] == first[addresses[0]]


def test_one_host_is_asked_slowly() -> None:
    waited: list[float] = []
    asked = polite.each_host(
        ["https://a.test/1", "https://a.test/2", "https://b.test/1"], lambda one: one, waited.append
    )
    assert len(asked) == 3 and waited == [polite.PAUSE]


def test_no_page_is_read_without_https(tmp_path: Path) -> None:
    def get(address: str) -> Response:
        return Response(301, "http://docs.test/plain")

    page = read_page("https://docs.test/", DAY, get)
    assert (page.status, page.note) == (0, "it moves to an address without https")


# A whole guide


def guide_with(page: str, more: str = "") -> str:
    """The small guide, in which one rating quotes its source, and another source is on the same host."""
    text = SMALL.replace("url: 'https://example.org/', kind", f"url: 'https://docs.test/{page}', kind")
    text = text.replace("url: 'https://example.com/', kind", "url: 'https://docs.test/new', kind")
    rating = "strength: {level: strong, text: Thick, source: maker,"
    assert text.count(rating) == 1
    return text.replace(rating, f"{rating} passage: {WORDS}{more},")


def run(folder: Path, get: read_pages.Get, **options: Any) -> int:
    settings = {
        "guide": folder / "guide.yml",
        "cache": folder / "pages",
        "json": False,
        "local": None,
        "findings": None,
    }
    return passages.run(Namespace(**{**settings, **options}), get)


@pytest.mark.parametrize(
    ("page", "code", "said"),
    [
        ("new", 0, "1 passage on 1 page: 1 there"),
        ("old", 0, "'as thick as a thumb' is on another page now; did you mean https://docs.test/new?   [passage]"),
        ("emptied", 0, "did you mean https://docs.test/new?"),
        ("private", 0, "https://docs.test/private could not be read (status 403)   [passage]"),
    ],
)
def test_the_command_says_what_it_found(
    tmp_path: Path, get: read_pages.Get, capsys: pytest.CaptureFixture[str], page: str, code: int, said: str
) -> None:
    (tmp_path / "guide.yml").write_text(guide_with(page), "utf-8")
    assert run(tmp_path, get) == code
    assert said in capsys.readouterr().out


def test_a_change_is_an_error_at_its_line_and_in_the_data(
    tmp_path: Path, get: read_pages.Get, capsys: pytest.CaptureFixture[str]
) -> None:
    text = guide_with("reworded").replace("https://docs.test/new", "https://else.test/new")
    (tmp_path / "guide.yml").write_text(text, "utf-8")
    assert run(tmp_path, get) == 1
    shown = capsys.readouterr().out
    assert ":68:" in shown and "nearest: as thick as a man's" in shown and "1 changed" in shown
    assert run(tmp_path, get, json=True) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["counts"] == {"changed": 1}
    (row,) = data["passages"]
    assert (row["line"], row["source"], row["verdict"]) == (68, "maker", "changed")
    assert row["path"] == "options/0/ratings/strength"


def test_without_a_network_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def get(address: str) -> Response:
        raise socket.gaierror("Name or service not known")

    (tmp_path / "guide.yml").write_text(guide_with("new"), "utf-8")
    write_findings(tmp_path / "passages.json", [Finding("a", "b", "changed", "2026-01-01")])
    assert run(tmp_path, get) == 3
    assert capsys.readouterr().out.count("\n") == 1
    assert read_findings(tmp_path / "passages.json"), "what was found before is lost"


def test_a_guide_without_passages_asks_nobody(
    tmp_path: Path, get: read_pages.Get, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "guide.yml").write_text(SMALL, "utf-8")
    assert run(tmp_path, get) == 0
    assert "0 passages on 0 pages: nothing to do" in capsys.readouterr().out
    assert Pages.asked == [] and not (tmp_path / "passages.json").exists()


def test_copies_of_pages_are_read_from_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "guide.yml").write_text(guide_with("manual/"), "utf-8")
    copy = tmp_path / "copies" / "docs.test" / "manual" / "index.html"
    copy.parent.mkdir(parents=True)
    copy.write_text(html("<p>as thick as a thumb</p>"), "utf-8")
    command = ["links", "--passages", "--file", str(tmp_path / "guide.yml"), "--local", str(tmp_path / "copies")]
    assert main(command) == 0
    assert "1 there" in capsys.readouterr().out
    copy.unlink()
    assert main(command) == 3
    assert "there is no copy of it" in capsys.readouterr().out


# What is kept, and shown of it


def finding(verdict: str = "changed", since: str = "2026-11-23", **more: str) -> Finding:
    return Finding("https://docs.test/reworded", WORDS, verdict, since, **more)


def test_the_day_of_a_finding_stays_until_the_source_is_read_again() -> None:
    loaded = load_bytes(guide_with("reworded").encode(), "g.yml")
    found = passages.passages_of(draft_of(loaded, DAY))
    changed, gone, dark = [Verdict("changed")], [Verdict("gone")], [Verdict("unreadable", note="status 500")]
    first = passages.findings_of(found, changed, {}, DAY)
    assert [one.since for one in first] == ["2026-11-23"]
    later, before = date(2027, 1, 1), {one.key: one for one in first}
    assert passages.findings_of(found, changed, before, later) == first
    assert passages.findings_of(found, gone, before, later)[0].since == "2027-01-01"
    assert passages.findings_of(found, dark, before, later) == first
    assert passages.findings_of(found, [Verdict("there")], before, later) == []
    old = {one.key: one for one in [finding(since="2025-01-01")]}  # the rating was verified after that
    assert passages.findings_of(found, changed, old, later)[0].since == "2027-01-01"


def test_what_is_kept_can_be_read_and_damage_is_nothing(tmp_path: Path) -> None:
    kept = [
        finding(nearest="as thick as a man's"),
        Finding("https://b.test/", "x", "moved", "2026-01-01", moved="https://c.test/"),
    ]
    file = tmp_path / "passages.json"
    write_findings(file, kept)
    assert list(read_findings(file).values()) == sorted(kept, key=lambda one: one.key, reverse=False)
    for damaged in ("", "[]", '{"passages": [1]}', '{"passages": [{"page": "a"}]}'):
        file.write_text(damaged, "utf-8")
        assert read_findings(file) == {}
    assert read_findings(tmp_path / "none.json") == {}


def test_pages_say_that_a_source_has_changed_since() -> None:
    guide = check_loaded(load_bytes(guide_with("reworded").encode(), "g.yml"), DAY).guide
    assert guide is not None
    mark = '<span class="source-changed">Source changed since</span>'

    def marked(one: Finding) -> list[str]:
        site = render_site(guide, checked_on=DAY, findings={one.key: one})
        return sorted(path for path, text in site.items() if mark in text)

    pages = marked(finding())
    assert {"options/bow.md", "matrix.md", "criteria/strength.md", "compare/bow-vs-chain.md"} <= {*pages}
    assert marked(finding("gone")) == pages
    assert marked(finding("moved")) == marked(finding("unreadable")) == []
    assert marked(finding(since="2026-01-01")) == [], "an editor has read it since"
    assert marked(Finding("https://docs.test/reworded", "other words", "changed", "2026-11-23")) == []
    site = render_site(guide, checked_on=DAY, findings={finding().key: finding()})
    assert "Facts whose source has changed" in site["sources.md"] and "Bow lock, Strength" in site["sources.md"]


def test_the_monthly_list_has_what_sources_have_changed() -> None:
    loaded = load_bytes(guide_with("reworded").encode(), "g.yml")
    guide = check_loaded(loaded, DAY).guide
    assert guide is not None

    def listed(one: Finding) -> str:
        return as_markdown(guide, DAY, "g.yml", loaded.line, None, {one.key: one})

    text = listed(finding(nearest="as thick as a man's"))
    assert "## 1 passage that sources have changed" in text
    assert (
        f"changed on https://docs.test/reworded: Bow lock, Strength, “{WORDS}”, now “as thick as a man's” (g.yml:68)"
        in text
    )
    assert "now https://docs.test/x (g.yml:68)" in listed(finding("moved", moved="https://docs.test/x"))
    assert listed(finding("unreadable")) == listed(finding(since="2026-01-01")) == ""
