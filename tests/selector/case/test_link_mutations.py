"""Links as they arrive: mail programs, gateways, chats and hands change them. What can be read is kept, the rest is named,
nothing is lost in silence, and nothing of a link becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup, escape

from selector import Case, Guide, recommend
from selector.case.link import MOST_NOTICES, bounded, decode, encode, snapshot_in
from selector.plan.drift import link_snapshot
from selector.web.links import Links
from selector.web.page import Page
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

MUTATIONS = 24_000
REVISION = "0123456789ab"


@cache
def guide() -> Guide:
    return guide_of(
        [criterion("quality")],
        [option("both")],
        [
            question("git-ops", {"flux": [], "argo-cd": []}),
            question("regions", {"one": [], "two": [], "three": []}, kind="many"),
            question("size", {"any": []}, kind="number", min=1, max=99),
        ],
    )


CASE = Case({"git-ops": "argo-cd", "regions": ("one", "two"), "size": 12}, {"quality": 3}, frozenset({"off.both"}))
LINK = "v=1&git-ops=argo-cd&regions=one,two&size=12&w.quality=3&relax=off.both&made=a%2Bb~c~1.5~xyz&r=0123456789ab"


def quoted_printable(text: str) -> str:
    return "=\r\n".join(re.findall(".{1,20}", text.replace("=", "=3D")))


WHOLE: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "its number sign too": lambda text: f"#{text}",
    "escaped for HTML": lambda text: text.replace("&", "&amp;"),
    "escaped twice": lambda text: text.replace("&", "&amp;amp;"),
    "escaped by number": lambda text: text.replace("&", "&#38;").replace("=", "&#x3D;"),
    "encoded": lambda text: quote(text, safe=""),
    "encoded twice": lambda text: quote(quote(text, safe=""), safe=""),
    "encoded three times": lambda text: quote(quote(quote(text, safe=""), safe=""), safe=""),
    "encoded but for the equals signs": lambda text: quote(text, safe="="),
    "encoded but for the ampersands": lambda text: quote(text, safe="&"),
    "escaped, then encoded": lambda text: quote(text.replace("&", "&amp;"), safe=""),
    "encoded, then escaped": lambda text: quote(text.replace("&", "&amp;"), safe="=&;"),
    "decoded once too often": unquote,
    "commas encoded": lambda text: text.replace(",", "%2C"),
    "commas encoded twice": lambda text: text.replace(",", "%252C"),
    "shouting": str.upper,
    "names shouting": lambda text: re.sub(r"(?:^|&)[^=]+", lambda found: found[0].upper(), text),
    "wrapped": lambda text: "\r\n".join(re.findall(".{1,30}", text)),
    "wrapped and indented": lambda text: "\n  ".join(re.findall(".{1,30}", text)),
    "spaces encoded": lambda text: f"%20{text}%20",
    "quoted-printable": quoted_printable,
    "in angle brackets": lambda text: f"{text}>",
    "in brackets, at the end of a sentence": lambda text: f"{text}).",
    "in angle brackets, escaped": lambda text: f"{text}&gt;",
    "in quotation marks, escaped": lambda text: f"{text}&quot;&#62;",
    "in quotation marks": lambda text: f"{text}”,",
    "in Markdown": lambda text: f"{text}**",
    "hyphens that do not break": lambda text: text.replace("-", "‑"),
    "dashes": lambda text: text.replace("-", "–"),
    "invisible characters": "\u200b".join,
    "halves of characters": lambda text: text.replace("&", "\ud800&"),
    "soft hyphens": lambda text: text.replace("-", "\u00ad-"),
    "semicolons": lambda text: text.replace("&", ";"),
    "twice": lambda text: f"{text}&{text}",
    "twice, with a number sign": lambda text: f"{text}#{text}",
    "reordered": lambda text: "&".join(reversed(text.split("&"))),
    "as HTML reads it": lambda text: text.replace("&reg", "®"),
    "underlined": lambda text: text.replace("git-ops", "git_ops"),
    "before revisions stood last": lambda text: "&".join(
        [text.split("&")[0], text.split("&")[-1], *text.split("&")[1:-1]]
    ),
}


@pytest.mark.parametrize("how", WHOLE)
def test_what_programs_do_to_a_link_loses_nothing(how: str) -> None:
    text = WHOLE[how](LINK)
    assert decode(text, guide()) == (CASE, REVISION, []), text
    assert snapshot_in(text).lower() == "a+b~c~1.5~xyz"


def test_what_is_added_on_the_way_is_named_once() -> None:
    case, revision, notices = decode(f"{LINK}&utm_source=mail&utm_medium=x&fbclid=IwAR0&utm_source=mail", guide())
    assert (case, revision) == (CASE, REVISION)
    assert notices == ["Other programs added parts to the link, which were ignored: utm_source, utm_medium, fbclid."]
    mine = guide_of([criterion("quality")], [option("both")], [question("source", {"here": []})])
    assert decode(f"v=1&source=here&r={REVISION}", mine) == (Case({"source": "here"}), REVISION, [])


@pytest.mark.parametrize(
    ("text", "kept", "said"),
    [
        (LINK[:40], {"git-ops": "argo-cd", "regions": ("one", "two")}, ["The end of the link is missing"]),
        (LINK[:-5], CASE.answers, ["The end of the link is missing"]),
        (LINK[:-13], CASE.answers, ["The end of the link is missing"]),
        (LINK[: LINK.index("&r=")], CASE.answers, ["The end of the link is missing"]),  # only our links have "made"
        ("v=1&git-ops=argo", {}, ["is not an answer to", "The end of the link is missing"]),
        ("v=1&regions=one,t", {"regions": ("one",)}, ["The end of the link is missing"]),
        ("v=1&git-ops=argo-cd&", {"git-ops": "argo-cd"}, ["The end of the link is missing"]),
        ("v=1&git-ops=argo-cd&siz", {"git-ops": "argo-cd"}, ["siz", "The end of the link is missing"]),
        ("v=1&git-ops=argo-cd&regions=", {"git-ops": "argo-cd", "regions": ()}, ["The end of the link is missing"]),
        ("v=1&git-ops=argo-cd%2", {"git-ops": "argo-cd"}, ["The end of the link is missing"]),
        ("v=1&git-ops=argo-cd&own.both.qual", {"git-ops": "argo-cd"}, ["The end of the link is missing"]),
        ("v=1&git-ops=argo-cd&own.both.quality=go", {"git-ops": "argo-cd"}, ["The end of the link is missing"]),
        (
            LINK[6:],
            {"regions": ("one", "two"), "size": 12},
            ["not in this guide and were ignored: t-ops.", "The beginning of the link is missing"],
        ),
        (LINK + "%", CASE.answers, []),
        (LINK + "%2", CASE.answers, []),
        (LINK + "&regions=three", CASE.answers, ["The link has “Regions?” twice. Only the first one counts."]),
        (LINK.replace("v=1", "v=2"), CASE.answers, ["a format that this page does not know"]),
        (LINK.replace("v=1&", ""), CASE.answers, ["The beginning of the link is missing"]),
        (LINK.replace("=12", "12"), {"git-ops": "argo-cd", "regions": ("one", "two")}, ["ignored: size12."]),
        (LINK + "&x=" + "y" * 9000, CASE.answers, ["The link is longer than this page can read"]),
        (f"https://guide.test/wizard/#{LINK}", CASE.answers, ["ignored: https://guide.test/…"]),
    ],
)
def test_of_a_damaged_link_the_rest_is_kept_and_the_loss_is_said(
    text: str, kept: dict[str, object], said: list[str]
) -> None:
    case, _, notices = decode(text, guide())
    assert case.answers == kept
    assert len(notices) >= len(said)
    for words in said:
        assert sum(words in notice for notice in notices) == 1, notices
    assert notices or not said


@pytest.mark.parametrize(
    "text",
    [
        "v=1&git-ops=argo-cd",
        "v=1&git-ops=unsure",
        "v=1&git-ops=argo-cd&regions=one,two",
        "v=1&git-ops=argo-cd&size=12&w.quality=3",
        "v=1&size=12&relax=off.both",
        "v=1&git-ops=argo-cd&own.both.quality=good",
        "#v=1&git-ops=argo-cd&utm_source=mail",
        "(v=1&git-ops=argo-cd).",
    ],
)
def test_a_link_that_leaves_out_the_revision_is_whole(text: str) -> None:
    case, revision, notices = decode(text, guide())
    assert revision is None
    assert case != Case()
    assert not [notice for notice in notices if "The end of the link" in notice]


def test_a_link_that_was_cut_between_two_parts_says_that_it_may_be() -> None:
    link = encode(CASE, REVISION)
    ends = [found.start() for found in re.finditer("&", link)][2:]  # with fewer answers people write links so, too
    assert len(ends) > 2
    for end in ends:
        assert any("If it was cut" in notice for notice in decode(link[:end], guide())[2]), link[:end]
    assert decode(link, guide())[2] == []
    assert decode("v=1&regions=one&git-ops=argo-cd", guide())[2] == []


@pytest.mark.parametrize("text", [">", ";", "**", "”,", "#).", "%20", "%00", "\u200b>"])
def test_of_a_link_of_which_only_marks_are_left_the_loss_is_said(text: str) -> None:
    assert decode(text, guide()) == (Case(), None, ["The link could not be read and was ignored."])


@pytest.mark.parametrize("text", ["", "#", " # ", "\u200b\n#", "##"])
def test_without_a_link_nothing_is_said(text: str) -> None:
    assert decode(text, guide()) == (Case(), None, [])


def test_a_flood_of_parts_is_bounded() -> None:
    flood = [f"a{number}=b" for number in range(300)]
    flood += [f"regions={number}" for number in range(9)] + [f"size={number}&git-ops={number}" for number in range(300)]
    shown = bounded(decode("v=2&" + "&".join(flood), guide())[2])
    assert len(shown) == MOST_NOTICES + 1
    assert re.fullmatch(r"And \d more parts of the link were ignored\.", shown[-1])


# Mutations by chance


class Plain:
    """Replaces the build's Markdown."""

    def html(self, markdown: str, /) -> Markup:
        return Markup("<p>{}</p>").format(markdown)

    def inline(self, markdown: str, /) -> Markup:
        return escape(markdown)


def real_links() -> list[str]:
    """The links of all worked examples, as the wizard writes them."""
    found = real_guide()
    results = [recommend(found, entry["answers"]) for entry in found.data["examples"]]
    return [encode(result.case, found.revision, link_snapshot(result)) for result in results]


def cut_end(text: str, chance: Random) -> str:
    return text[: chance.randrange(1, len(text) + 1)]


def cut_start(text: str, chance: Random) -> str:
    return text[chance.randrange(1, len(text) + 1) :]


def shuffled(text: str, chance: Random) -> str:
    parts = text.split("&")
    chance.shuffle(parts)
    return "&".join(parts)


def with_tracking(text: str, chance: Random) -> str:
    parts = text.split("&")
    parts.insert(
        chance.randrange(len(parts) + 1), chance.choice(["utm_source=x", "fbclid=1", "gclid=a%20b", "mc_eid=z"])
    )
    return "&".join(parts)


def with_junk(text: str, chance: Random) -> str:
    at = chance.randrange(len(text))
    junk = chance.choice(["<img src=x onerror=alert(1)>", "&lt;b&gt;", "%00", "%ff%fe", "🦊", '"><script>', "{{7*7}}",
                          "%3Cb%3E", "\x00", "&&&", "===", "%%%", "&#60;i&#62;", "&amp;lt;u>"])  # fmt: skip
    return text[:at] + junk + text[at:]


def with_other_version(text: str, chance: Random) -> str:
    return text.replace("v=1", f"v={chance.choice(['0', '2', '1.0', '', 'x', '11'])}", 1)


def flipped_case(text: str, chance: Random) -> str:
    keepsake = text.find("made=") if "made=" in text else len(text)
    return "".join(char.swapcase() if chance.random() < 0.2 and at <= keepsake else char
                   for at, char in enumerate(text))  # fmt: skip


DAMAGES = (cut_end, cut_start, shuffled, with_tracking, with_junk, with_other_version, flipped_case)
ESCAPES = [
    change
    for name, change in WHOLE.items()
    if name not in {"as HTML reads it", "underlined", "shouting", "halves of characters"}
]


def is_part_of(case: Case, whole: Case) -> bool:
    """True when a case says nothing that another does not say, but for the end of its last value: a number with fewer
    digits, or an answer that another one begins with."""
    numbers = {**whole.answers, **whole.weights}
    told = {**case.answers, **case.weights}
    return all(
        numbers.get(name) == value
        or (isinstance(value, int | str) and str(numbers.get(name)).startswith(str(value)))
        or (isinstance(value, tuple) and set(value) <= set(numbers.get(name) or ()))
        for name, value in told.items()
    )


def test_mutations_of_real_links_raise_nothing_and_lose_nothing_in_silence() -> None:
    found, chance, links = real_guide(), Random(15), real_links()
    originals = {link: decode(link, found)[0] for link in links}
    assert all(decode(link, found)[2] == [] for link in links)
    said: set[str] = set()
    silent = 0
    for _ in range(MUTATIONS):
        link = chance.choice(links)
        text = link
        changes = chance.sample(DAMAGES, chance.randrange(3))
        for damage in changes:
            text = damage(text, chance) if text else text
        for change in chance.sample(ESCAPES, chance.randrange(3)):
            text = change(text)
        case, _, notices = decode(text, found)
        snapshot_in(text)
        assert all("\n" not in notice and len(notice) < 250 for notice in notices)
        said.update(notices)
        if not notices:
            silent += 1
            # Which part of a link was cut off cannot be known when its parts were mixed up before.
            mixed = shuffled in changes and {cut_start, cut_end} & {*changes}
            # What was cut off between two parts or within a number cannot be known: links may leave the revision out.
            between = cut_end in changes and is_part_of(case, originals[link])
            assert mixed or between or not text.strip("# \u200b") or case == originals[link], (link, text)
    assert silent > MUTATIONS / 10  # many changes are undone altogether
    assert len(said) > 500
    shown = Page(found, Plain(), Links("", True)).render("notice.html", notices=sorted(said))
    page = BeautifulSoup(shown, "html.parser")
    assert {tag.name for tag in page.find_all(True)} == {"div", "ul", "li"}
    assert len(page.find_all("li")) == len(said)
