"""The feed of data changes (Atom, RFC 4287): what the editors say has changed, and which facts were checked when.

It is made from the data alone. Days of checks are grouped, one entry per day and option, so that readers who follow one
option see when it was checked again. Ids are UUIDs made of names, so they are the same wherever the site is hosted.
Addresses are absolute when the site's own is known; else they are relative to the feed's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from hooks.render.context import BuildContext, Entry, plain
from hooks.render.facts import Fact
from hooks.render.language import language

MOST = 60
"""Entries in the feed at most, newest first. Days of checks, of which there are many, only fill what changes leave."""

SPACE = "http://www.w3.org/2005/Atom"

WORDS = {
    "prices": "Prices",
    "moves": "Moves",
    "examples": "Examples",
    "strategies": "Combinations",
    "disagreements": "Where advice differs",
    "not_covered": "Not covered",
}
"""What a group of facts is called that belongs to no option."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the feed. `name` makes its id, `page` is where it leads, `html` is its content."""

    name: str
    day: str
    title: str
    page: str
    html: Markup
    label: str


def atom(build: BuildContext) -> str:
    """feed.xml."""
    about = build.guide.data["guide"]
    newest = _newest(build)
    feed = Element("feed", {"xmlns": SPACE, "xml:lang": language(about)})
    _text(feed, "id", _urn(about["id"], "feed"))
    _text(feed, "title", f"{about['title']}: changes of the data")
    _text(feed, "subtitle", f"Data revision {build.guide.revision}")
    _text(feed, "updated", _moment(newest[0].day if newest else str(build.checked_on)))
    SubElement(SubElement(feed, "author"), "name").text = about["title"]
    SubElement(feed, "link", rel="alternate", type="text/html", href=build.address("data.md#changes"))
    if build.site_url:
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=build.address("feed.xml"))
    for item in newest:
        _entry(build, feed, item)
    indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, "unicode") + "\n"


def _newest(build: BuildContext) -> list[Item]:
    """The entries of the feed, newest first; a change is never pushed out by facts that were only checked again."""
    told = list(_changes(build))[:MOST]
    checked = sorted(_checks(build), key=lambda item: item.day, reverse=True)[: MOST - len(told)]
    return sorted([*told, *checked], key=lambda item: item.day, reverse=True)


def changes(build: BuildContext) -> list[Entry]:
    """What the editors say has changed, newest first; of one day, the one that was added last."""
    latest_first = list(build.guide.data.get("changes", ()))[::-1]
    return sorted(latest_first, key=lambda entry: entry["date"], reverse=True)


def _changes(build: BuildContext) -> Iterator[Item]:
    for entry in changes(build):
        html = build.texts.html(entry["text"])
        page = f"data.md#change-{entry['id']}"
        yield Item(f"change/{entry['id']}", entry["date"], plain(entry["title"]), page, html, "change")


def _checks(build: BuildContext) -> Iterator[Item]:
    """One item per day and option, or per day and section for facts of no option."""
    facts = sorted(build.facts.values(), key=lambda fact: (fact.verified, _group(build, fact)))
    for (day, group), found in groupby(facts, key=lambda fact: (fact.verified, _group(build, fact))):
        listed = list(found)
        name = build.guide.option(group).name if group not in WORDS else WORDS[group]
        count = f"{len(listed)} {'fact' if len(listed) == 1 else 'facts'}"
        page = f"options/{group}.md" if group not in WORDS else listed[0].page.partition("#")[0]
        html = Markup("<p>Checked against their sources on {}:</p><ul>{}</ul>").format(
            day, Markup("").join(_line(build, fact) for fact in listed)
        )
        yield Item(f"check/{day}/{group}", str(day), f"{name}: {count} checked", page, html, "check")


def _group(build: BuildContext, fact: Fact) -> str:
    section = str(fact.path[0])
    return str(build.guide.data["options"][fact.path[1]]["id"]) if section == "options" else section


def _line(build: BuildContext, fact: Fact) -> Markup:
    return Markup('<li><a href="{}">{}</a></li>').format(build.address(fact.page), plain(fact.about))


def _entry(build: BuildContext, feed: Element, item: Item) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", _urn(build.guide.data["guide"]["id"], item.name))
    _text(entry, "title", item.title)
    _text(entry, "updated", _moment(item.day))
    SubElement(entry, "category", term=item.label)
    SubElement(entry, "link", rel="alternate", type="text/html", href=build.address(item.page))
    _text(entry, "content", str(item.html), type="html")


def _text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text


def _urn(guide: str, name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'guide:{guide}/{name}')}"


def _moment(day: str) -> str:
    """The data knows days; a feed wants a moment."""
    return f"{day}T00:00:00Z"
