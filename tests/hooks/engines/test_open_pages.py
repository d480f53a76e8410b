"""Which pages are open, by what the development server is asked."""

from __future__ import annotations

import socket
from threading import Thread
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest

from hooks.engines.open_pages import OpenPages

PAGES = {"./": "index.md", "options/a/": "options/a.md", "options/": "options/index.md", "r%C3%A4der/": "r\u00e4der.md"}


@pytest.fixture
def opened() -> OpenPages:
    found = OpenPages()
    found.serve_below("/guide/")
    found.know(SimpleNamespace(file=SimpleNamespace(url=url, src_uri=path)) for url, path in PAGES.items())  # type: ignore[misc]
    return found


def asks(page: str, request: Any = None) -> dict[str, Any]:
    return {"PATH_INFO": "/livereload/1/2", "HTTP_REFERER": f"http://127.0.0.1:8000{page}", "wsgi.input": request}


def test_pages_that_wait_for_a_build_are_open(opened: OpenPages) -> None:
    assert opened.paths() == frozenset()
    with opened.polling(asks("/guide/options/a/?x=1")), opened.polling(asks("/guide/r%C3%A4der/")):
        assert opened.paths() == {"options/a.md", "r\u00e4der.md"}
    assert opened.paths() == frozenset()


def test_the_page_that_was_sent_last_is_open_though_it_does_not_ask_yet(opened: OpenPages) -> None:
    opened.sent({"PATH_INFO": "/guide/"})
    assert opened.paths() == {"index.md"}
    opened.sent({"PATH_INFO": "/guide/options/index.html"})
    assert opened.paths() == {"options/index.md"}


def test_a_page_that_its_reader_left_is_not_open(opened: OpenPages) -> None:
    browser, server = socket.socketpair()
    with server, server.makefile("rb") as request, opened.polling(asks("/guide/options/a/", request)):
        assert opened.paths() == {"options/a.md"}
        browser.close()
        assert opened.paths() == frozenset()


def test_only_what_is_not_built_yet_is_waited_for(opened: OpenPages) -> None:
    assert not opened.has_to_wait({"PATH_INFO": "/guide/options/"})
    opened.finished(["options/a.md"])
    waits = {page: opened.has_to_wait({"PATH_INFO": f"/guide/{page}"}) for page in ("options/a/", "options/", "")}
    assert waits == {"options/a/": False, "options/": True, "": True}
    assert not opened.has_to_wait({"PATH_INFO": "/guide/assets/site.css"})
    opened.whole.set()
    assert not opened.has_to_wait({"PATH_INFO": "/guide/options/"})


def test_a_page_has_loaded_when_it_asks_again(opened: OpenPages) -> None:
    with opened.polling(asks("/guide/options/a/")):
        opened.finished(["options/a.md"])
    assert not opened.loaded.is_set()
    with opened.polling(asks("/guide/options/a/")):
        assert opened.loaded.is_set()
    opened.finished(["options/a.md"])
    assert opened.loaded.is_set(), "nobody is there to wait for"


def test_a_page_that_is_asked_for_is_wanted_until_it_is_built(opened: OpenPages) -> None:
    opened.finished(["options/a.md"])
    asked = Thread(target=opened.wait_for, args=({"PATH_INFO": "/guide/options/"},))
    asked.start()
    while not opened.wanted:
        sleep(0.01)
    assert opened.wanted == {"options/index.md"}
    opened.finished(["options/a.md", "options/index.md"])
    asked.join(5)
    assert not asked.is_alive()
    assert not opened.wanted
