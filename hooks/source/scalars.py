"""Forms of single values: numbers, days, addresses, ids. What a text was probably meant to be."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from selector.text.collation import sort_key

WHOLE = re.compile(r"[-+]?[0-9]{1,15}\Z")
DECIMAL = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?\Z")
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
SAID_YES_OR_NO = dict.fromkeys(("yes", "on", "y", "1"), "true") | dict.fromkeys(("no", "off", "n", "0"), "false")

LISTED = 60
"""Characters of a value that is shown as the one item of a list."""

NAMES = {
    "object": "a mapping of fields",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}

LIST_OF_MAPPINGS = "a list of mappings"


def fits(pattern: str, text: str) -> bool:
    """True when the text has the form; `$` is the very end, as in JSON Schema and unlike in Python."""
    return re.search(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern, text) is not None


def number_range(schema: Mapping[str, Any], kind: str) -> str:
    """ "a whole number from 0 to 1000"."""
    least, most = schema.get("minimum"), schema.get("maximum")
    if "const" in schema:
        return str(schema["const"])
    if "exclusiveMinimum" in schema:
        return f"{NAMES[kind]} above {schema['exclusiveMinimum']}"
    if least is not None and most is not None:
        return f"{NAMES[kind]} from {least} to {most}"
    bounds = [f", at least {least}"] if least is not None else []
    return "".join([NAMES[kind], *bounds, *([f", at most {most}"] if most is not None else [])])


def digits_at_most(text: str) -> str:
    """What is added to the range for a number that has too many digits, an exponent or no end; "" for any other text."""
    if re.fullmatch(r"[-+]?\.(inf|nan)|[-+]?[0-9.]+[eE][-+]?[0-9]+", text, re.IGNORECASE):
        return ", in digits, without an exponent; at most 15 digits"
    if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text) and re.search(r"[0-9]{16}", text):
        return ", of at most 15 digits" if "." not in text else ", of at most 15 digits before and after the point"
    return ""


def in_range(schema: Mapping[str, Any], number: float) -> bool:
    """Whether a number keeps to minimum, maximum and exclusiveMinimum."""
    above = schema.get("exclusiveMinimum")
    if above is not None and number <= above:
        return False
    return bool(schema.get("minimum", number) <= number <= schema.get("maximum", number))


def is_date(text: str) -> bool:
    """True for a day that exists, written as 2026-11-23."""
    if not re.match(r"\d{4}-\d\d-\d\d\Z", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_address(text: str) -> bool:
    """True for an absolute address with a host and nothing that an address cannot hold."""
    return not why_no_address(text)


def why_no_address(text: str) -> str:
    """ "it has a space": why a text is no absolute address with a host; "" for one that is."""
    if text != text.strip():
        return "it has spaces at its ends"
    odd = re.search(r"[\s<>\"{}|\\^`\x00-\x20\x7f]", text)
    if odd:
        names = {" ": "a space", "\n": "a line break", "\t": "a tab", '"': 'a quote mark (")'}
        return f"it has {names.get(odd[0], odd[0] if odd[0].isprintable() else f'the character U+{ord(odd[0]):04X}')}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "its host has brackets that do not match" if text.count("[") != text.count("]") else "its host is none"
    try:
        parts.port  # noqa: B018  raises for a port that is no number
    except ValueError:
        return f"its port is no number from 0 to 65535: {parts.netloc.rpartition(':')[2]}"
    if not parts.scheme:
        return "it does not start with https://"
    return "" if parts.hostname else "it has no host"


def days_like(text: str) -> list[str]:
    """The days that may have been meant: one where the year is first; where it is last, the day or the month is before."""
    found = re.match(r"\s*(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)", text, re.ASCII)
    if found:
        orders = [(found[1], found[2], found[3])]
    else:
        found = re.match(r"\s*(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})\s*\Z", text, re.ASCII)
        orders = [(found[4], found[3], found[1]), (found[4], found[1], found[3])] if found else []
    days = [f"{year}-{int(month):02d}-{int(day):02d}" for year, month, day in orders]
    return [day for day in dict.fromkeys(days) if is_date(day)]


def why_no_day(text: str) -> str:
    """ "February 2026 has 28 days" for a text that has the form of a day, or ""."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)\Z", text, re.ASCII)
    if not found or is_date(text):
        return ""
    year, month = int(found[1]), int(found[2])
    if not year or not 1 <= month <= 12:
        return "months run from 01 to 12" if year else "years run from 0001"
    return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days"


def address_like(text: str) -> str:
    """The same address with https://, where that makes it one."""
    bare = text.strip().removeprefix("http://").removeprefix("//")
    has_host = re.match(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+(/|\Z)", bare, re.IGNORECASE)
    guess = f"https://{bare}" if has_host else ""
    return guess if is_address(guess) else ""


def as_id(text: str) -> str:
    """The id that is most like a text, or "" when nothing of it can be kept. Letters lose their accents."""
    return re.sub(r"[^a-z0-9]+", "-", sort_key(text[:60])[0]).strip("-")


def id_like(text: str, *, is_made: bool) -> str:
    """The id that is most like a text. One that is made here may be made of any text; where one is named, a text of
    several words is a name or an address, and an id made of it would be unknown too."""
    return as_id(text) if is_made or re.fullmatch(r"[\w-]+", text) else ""


def decimal_comma(before: str, after: str) -> str:
    """What a number with a comma in it is written as: "5.50" for 5,50; "1000, or 1.000" for 1,000; "" for no number."""
    if not re.fullmatch(r"[-+]?[0-9]{1,12}", before) or not re.fullmatch(r"[0-9]{1,12}", after):
        return ""
    return f"{before}{after}, or {before}.{after}" if len(after) == 3 else f"{before}.{after}"


def list_like(schema: Mapping[str, Any], value: object) -> str:
    """A single value as the list that is expected, where it may be an item of it: "[cable]"."""
    items = schema.get("items", {})
    kinds = {items.get("type"), *(branch.get("type", "string") for branch in items.get("oneOf", ()))}
    is_item = isinstance(value, str) and value not in ("", "~", "null") and not set(value) & set("[]{},:#'\"\n")
    return f"[{value}]" if is_item and kinds & {"string", "integer", "number"} and len(str(value)) <= LISTED else ""


def takes_mapping(schema: Mapping[str, Any], value: object) -> bool:
    """True for a mapping where a list of mappings is expected: it may be the one item."""
    return isinstance(value, dict) and schema.get("items", {}).get("type") == "object"


def quoted(text: str) -> str:
    """A text on one line as YAML that nothing can be misread in."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def first_lower(sentence: str) -> str:
    """A description as the end of a sentence: "A day, as 2026-11-23." -> "a day, as 2026-11-23"."""
    text = sentence.rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


FORMATS: Mapping[str | None, Callable[[str], bool]] = {None: lambda text: True, "date": is_date, "uri": is_address}
