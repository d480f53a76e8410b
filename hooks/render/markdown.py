"""Markdown fields of the guide as HTML. Raw HTML is shown as text, links lead to web pages only, images become text."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)

PLAIN = re.compile(r"(?!\s*(?:[#>+\-=~:|]|\d+[.)]))[^\\`*_\[<&\n]*\Z")
"""One line in which nothing can mean anything to Markdown: most fields, and they need no parser."""


class Texts:
    """Renders Markdown fields; every source text once per process."""

    def html(self, markdown: str, /) -> Markup:
        """Paragraphs, lists, tables and code, as a separate block."""
        return _block(markdown)

    def inline(self, markdown: str, /) -> Markup:
        """One line with `code`, emphasis and links, for use inside other markup."""
        return _inline(markdown)


@cache
def _block(source: str) -> Markup:
    if PLAIN.match(source):
        return Markup("<p>{}</p>").format(source.strip())
    return unfenced(Markup(_block_parser().reset().convert(source)))


@cache
def _inline(source: str) -> Markup:
    text = " ".join(source.split())
    if PLAIN.match(text):
        return escape(text)
    html = _inline_parser().reset().convert(text)
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))


def unfenced(markup: Markup) -> Markup:
    """The same HTML with nothing in it that Markdown would take for the start of a code block."""
    if "```" not in markup and "~~~" not in markup:
        return markup
    return Markup(str(markup).replace("```", "&#96;&#96;&#96;").replace("~~~", "&#126;&#126;&#126;"))


@cache
def _block_parser() -> Markdown:
    parser = Markdown(extensions=["fenced_code", "tables", "sane_lists"], output_format="html")
    return _harmless(parser)


@cache
def _inline_parser() -> Markdown:
    """Knows paragraphs only, so that a text that begins like a list or a heading stays a line of text."""
    parser = Markdown(output_format="html")
    for processor in [item.name for item in parser.parser.blockprocessors._priority]:
        if processor not in ("paragraph", "empty"):
            parser.parser.blockprocessors.deregister(processor)
    return _harmless(parser)


def _harmless(parser: Markdown) -> Markdown:
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    parser.treeprocessors.register(_OnlyWebLinks(parser), "only_web_links", 5)
    return parser


class _OnlyWebLinks(Treeprocessor):
    """A field can neither run a script through a link nor load anything through an image."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and not SAFE_LINK.match(_plain(element.get("href", ""))):
                element.tag = "span"
                element.attrib.clear()
            elif element.tag == "img":
                element.text = element.get("alt", "")
                element.tag = "span"
                element.attrib.clear()
            elif re.fullmatch(r"h[1-6]", element.tag):
                element.tag = "p"  # the page's outline is the page's own


def _plain(address: str) -> str:
    """An address without what a browser ignores in one."""
    return re.sub(r"[\x00-\x20]", "", address)
