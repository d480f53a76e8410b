"""Signs that input methods, editors, mail programs and gateways put in place of those of a link, and what they put around
it: all that is meant is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from selector.case.compared import Compared, compared_in
from selector.case.link import decode, snapshot_in
from tests.selector.case.test_link_mutations import CASE, LINK, REVISION, guide, quoted_printable
from tests.support.small_guides import criterion, guide_of, option

ADDRESS = f"https://host.test/guide/wizard/#{LINK}"
ENCODED = quote(ADDRESS, safe="")


def wide(text: str, signs: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign in signs else sign for sign in text)


def proofpoint(text: str) -> str:
    """Its second format: "-" for "%", "_" for "/"."""
    return quote(text, safe=":/.").replace("-", "%2D").replace(":", "%3A").replace("%", "-").replace("/", "_")


READ: dict[str, Callable[[str], str]] = {
    "wide signs": lambda text: wide(f"#{text}", "#=&%"),
    "wide signs, encoded": lambda text: quote(wide(text, "=&"), safe="="),
    "wide altogether": lambda text: wide(text, text),
    "small signs": lambda text: text.replace("=", "﹦").replace("&", "﹠").replace(",", "﹐"),
    "commas of another script": lambda text: text.replace(",", "、"),
    "bold letters": lambda text: "".join(chr(0x1D3B9 + ord(sign)) if "a" <= sign <= "z" else sign for sign in text),
    "ligatures": lambda text: text.replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "two hyphens for a dash": lambda text: text.replace("-", "--"),
    "a line of a quoted mail": lambda text: text.replace("argo", "argo%0A%3E"),
    "a line of a quoted mail, with a space": lambda text: text.replace("argo", "argo%0D%0A%3E%20"),
    "a line of a quoted quotation": lambda text: text.replace("argo", "argo\n> > "),
    "a quoted line whose end the browser took away": lambda text: text.replace("argo", "argo%3E%20"),
    "a quoted line, escaped": lambda text: text.replace("argo", "argo\n&gt; "),
    "a folded line": lambda text: text.replace("argo", "argo%0D%0A%20"),
    "broken behind an equals sign": lambda text: text.replace("size=", "size=%0A"),
    "quoted-printable, encoded": lambda text: quote(quoted_printable(text), safe=""),
    "quoted-printable without line ends": lambda text: quoted_printable(text).replace("\r\n", ""),
    "quoted-printable, half undone": lambda text: text.replace("v=1", "v=3D1").replace("size=", "size=3D"),
    "soft breaks alone": lambda text: text.replace("argo", "argo=%0A"),
    "spaces that do not break": lambda text: text.replace("&", "%C2%A0&"),
    "soft hyphens, encoded": lambda text: text.replace("-", "-%C2%AD"),
    "spaces without width, encoded": lambda text: text.replace("&", "&%E2%80%8B"),
    "spaces without width, escaped": lambda text: text.replace("-", "-&#8203;").replace("&w", "&#x200b;&w"),
    "soft hyphens, escaped": lambda text: text.replace("-", "&shy;-"),
    "signs by their names": lambda text: text.replace(",", "&comma;").replace(".", "&period;").replace("=", "&equals;"),
    "signs by their numbers": lambda text: text.replace(",", "&#44;").replace("-", "&#x2d;").replace("&", "&#38;"),
    "ampersands escaped again and again": lambda text: text.replace("&", "&amp;amp;amp;amp;amp;amp;amp;amp;amp;"),
    "semicolons made ampersands": lambda text: text.replace("&", "&amp&"),
    "escapes of Markdown": lambda text: re.sub("([&=_.~-])", r"\\\1", text.replace("git-ops", "git_ops")),
    "escapes of JSON": lambda text: text.replace("&", "\\u0026").replace("=", "\\u003D"),
    "escapes of JSON that lost the backslash": lambda text: text.replace("&", "u0026"),
    "escapes of a script": lambda text: text.replace("&", "\\x26").replace("=", "\\x3d"),
    "spaces as plus signs": lambda text: text.replace("&", "+&"),
    "lists with plus signs": lambda text: text.replace("one,two", "one+two"),
    "encoded eight times": lambda text: [text := quote(text, safe="") for _ in range(6)][-1],
    "bytes that are no text": lambda text: text.replace("&", "%A0&"),
    "a mark of byte order, misread": lambda text: f"ï»¿{text}",
    "spaces that do not break, misread": lambda text: text.replace("&", "Â\u00a0&"),
    "hyphens that do not break, misread": lambda text: text.replace("-", "â€‘"),
    "at the end of a sentence": lambda text: f"{text}.)>\"”*_]",
    "at the end of a sentence, encoded": lambda text: f"{text}%2E%29%3E%22%E2%80%9D%2A%5F%5D",
    "at the end of a sentence in Japanese": lambda text: f"{text}」。",
    "with an ellipsis": lambda text: f"{text}…",
    "struck out": lambda text: f"~~{text}~~",
}  # fmt: skip


@pytest.mark.parametrize("how", READ)
def test_what_programs_make_of_the_signs_is_undone(how: str) -> None:
    text = READ[how](LINK)
    assert text != LINK
    assert decode(text, guide()) == (CASE, REVISION, []), text
    assert snapshot_in(text) == "a+b~c~1.5~xyz"


UNREAD = "Some of the link could not be read and was ignored: {}."
ADDED = "Other programs added parts to the link, which were ignored: {}."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LINK}#dw-q-x", UNREAD.format("dw-q-x")),
        (f"{LINK}%23dw-q-x", UNREAD.format("dw-q-x")),
        (f"{LINK}:~:text=hello", UNREAD.format(":~:text=hello")),
        (f"{LINK}</a>", UNREAD.format("</a")),
        (f'{LINK}" target="_blank', UNREAD.format('"target="_blank')),
        (f"{LINK}|the label", UNREAD.format("|thelabel")),
        (f"{LINK}[1]", UNREAD.format("[1")),
        (f"{LINK}²", UNREAD.format("²")),
        (f"{LINK} and then this", UNREAD.format("andthenthis")),
        (f"{LINK}%20and%20then", UNREAD.format("andthen")),
        (f"[text|{ADDRESS}]", UNREAD.format("text|https://host.t…")),
        (f"{LINK}&_gl=1*abc*_ga*x..&_hsenc=p2", ADDED.format("gl, hsenc")),
        (f"url={ENCODED}&data=05%7C01&sdata=abc%3D&reserved=0", ADDED.format("url, data, sdata and 1 more")),
        (f"https://gate.test/?url={ENCODED}&amp;data=05", ADDED.format("url, data")),
        (f"url={ADDRESS.replace('#', '%23')}", ADDED.format("url")),
        (f"u={quote(ENCODED, safe='')}", ADDED.format("u")),
        (f"q={ENCODED}&sa=D&r=zzz", ADDED.format("q, sa, r")),
        (f"u={proofpoint(ADDRESS)}&d=DwMFaQ&r=zz&e=", ADDED.format("u, d, r and 1 more")),
        (f"url={quote('https://gate.test/?u=' + proofpoint(ADDRESS), safe='')}", ADDED.format("url")),
        (f"target={quote(f'https://host.test/wizard/?v=1&{LINK[4:]}', safe='')}", ADDED.format("target")),
        (
            f"https://gate.test/v3/__{ADDRESS.replace('#', '*')}__;Iw!!abc$",
            UNREAD.format("https://gate.test/v…, Iw!!abc$"),
        ),
    ],
)  # fmt: skip
def test_what_is_put_around_a_link_is_named_once(text: str, said: str) -> None:
    assert decode(text, guide()) == (CASE, REVISION, [said])
    assert snapshot_in(text) == "a+b~c~1.5~xyz"


def test_answers_outside_count_before_those_inside_a_gateways_address() -> None:
    case, revision, notices = decode(f"{LINK}&url={quote('https://host.test/#v=1&size=5&r=1', safe='')}", guide())
    assert (case, revision) == (CASE, REVISION)
    assert "The link has “Size?” twice. Only the first one counts." in notices


def test_two_options_to_decide_between_are_read_inside_a_gateways_address_too() -> None:
    two = guide_of([criterion("quality")], [option("one"), option("two")])
    inner = quote("https://host.test/#v=1&compare=one,two&r=1", safe="")
    assert compared_in(f"url={inner}", two) == Compared(("one", "two"))
