"""What a page's first paint waits for: in the head, what others wait for comes first."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, normpath

_SHEET = re.compile(r'\n?[ \t]*<link rel="stylesheet" href="(?P<root>(?:\.\./)*)(?P<path>[^":?]+)[^"]*">')
_RELATIVE = re.compile(r'url\((?!["\']?(?:data:|https?:|/|#))(?P<quote>["\']?)')
_SOURCE_MAP = re.compile(r"\n?/\*# sourceMappingURL=.*?\*/|^@charset \"[^\"]*\";")


_FIRST = re.compile(r"<div><!--first-->(?P<content>.*?)<!--/first--></div>", re.DOTALL)


def first_things_first(html: str) -> str:
    """The page with what its content marks as needed first before its title.

    Site generators without our hooks leave it where it is, where it works too, only later.
    """
    found = _FIRST.search(html)
    if not found:
        return html
    return html.replace(found[0], "", 1).replace("<title>", f"{found['content']}\n  <title>", 1)


def styles_last(html: str) -> str:
    """The page with its style sheets at the end of its head.

    A script in the head waits for all style sheets before it, and with it everything that follows: so the browser would
    read no more of the page until they have arrived.
    """
    head, end, body = html.partition("</head>")
    sheets = "".join(found[0] for found in _SHEET.finditer(head))
    return f"{_SHEET.sub('', head).rstrip()}{sheets}\n  {end}{body}" if end else html


def styles_inside(html: str, read: Callable[[str], str]) -> str:
    """The page with its style sheets inside: they come with it, and nothing in it waits for them.

    Args:
        html: a whole page.
        read: gives the text of a style sheet, by its path below the site's root.
    """
    head, end, body = html.partition("</head>")

    def inside(found: re.Match[str]) -> str:
        text = _SOURCE_MAP.sub("", read(found["path"])).strip()
        folder = normpath(f"{found['root']}{dirname(found['path'])}")
        return f"\n<style>\n{_RELATIVE.sub(rf'url(\g<quote>{folder}/', text)}\n</style>"

    return _SHEET.sub(inside, head) + end + body
