"""What is typed for an own fact and can't be one: it stays in its field, is told there, and takes nothing away."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from hooks.render.site import wizard_json
from selector.case.link import bounded, decode
from selector.web.session import Session
from tests.support.real_guide import real_guide
from tests.support.wizard_states import answers_for, link_for

PRICE = next(
    (option["id"], cost["price"]) for option in real_guide().data["options"] for cost in option.get("costs", ())
)


@cache
def text() -> str:
    return wizard_json(real_guide())


class Visitor:
    """Types into the fields of own facts, as the page does."""

    def __init__(self) -> None:
        self.session = Session(text())
        self.fields = list(self.call("open", link=link_for(answers_for("leader")))["fields"])
        self.reply: dict[str, Any] = {}

    def call(self, name: str, **payload: object) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.session.respond(json.dumps({"call": name, "payload": payload})))
        return found

    def type(self, picked: str, **own: str) -> dict[str, Any]:
        own_fields = [[f"own.{name}", value] for name, value in own.items()]
        self.reply = self.call("answer", fields=[*self.fields, ["pick", picked], *own_fields])
        return self.reply

    def control(self, name: str) -> Tag:
        soup = BeautifulSoup(self.reply["html"]["own"], "html.parser")
        found = soup.find(id=f"dw-own.{name}")
        assert isinstance(found, Tag)
        return found

    def said(self, name: str) -> str:
        """What is said at a field, found by what describes it."""
        ids = str(self.control(name)["aria-describedby"]).split()
        soup = BeautifulSoup(self.reply["html"]["own"], "html.parser")
        return " ".join(soup.find(id=one).get_text() for one in ids)  # type: ignore[union-attr]


@pytest.mark.parametrize("typed", ["-3", "1e999", "1e300", "cheap", "0.3 to", "0,3,4", "<b>1"])
def test_a_price_that_is_none_is_told_at_its_field_and_the_one_before_stays(typed: str) -> None:
    option, price = PRICE
    name = f"price.{price}"
    visitor = Visitor()
    visitor.type(f"option:{option}", **{name: typed})
    assert visitor.control(name)["value"] == typed
    assert visitor.control(name)["aria-invalid"] == "true"
    assert "Not used: an amount in " in visitor.said(name) and "is expected" in visitor.said(name)
    assert f"own.{name}" not in visitor.reply["link"]

    visitor.type(f"option:{option}", **{name: "0.25"})
    assert not visitor.control(name).has_attr("aria-invalid") and "Not used" not in visitor.said(name)
    visitor.type(f"option:{option}", **{name: typed})
    assert f"own.{name}=0.25~" in visitor.reply["link"]
    assert visitor.control(name)["value"] == typed and "Your own 0.25 " in visitor.said(name)
    assert "stays." in visitor.said(name)
    visitor.type(f"option:{option}", **{name: ""})
    assert f"own.{name}" not in visitor.reply["link"]
    assert "An empty field means the guide's." in visitor.said(name)


def test_a_value_out_of_order_is_told_by_labels_and_leaves_the_others() -> None:
    guide = real_guide()
    scale = next(
        one for one in guide.data["criteria"] if one["aggregate"]["rule"] != "points" and len(one["levels"]) >= 4
    )
    one, other = scale["levels"][1:3]
    names = [f"value.{scale['id']}.{level['id']}" for level in (one, other)]
    visitor = Visitor()
    good = str(one["value"] + 1)
    visitor.type(f"criterion:{scale['id']}", **{names[0]: good})
    visitor.type(f"criterion:{scale['id']}", **{names[0]: good, names[1]: "0"})
    assert f"own.{names[0]}={good}~" in visitor.reply["link"] and f"own.{names[1]}" not in visitor.reply["link"]
    assert not visitor.control(names[0]).has_attr("aria-invalid")
    assert visitor.control(names[1])["aria-invalid"] == "true"
    assert f"“{one['label']}”" in visitor.said(names[1]) and one["id"] not in visitor.said(names[1]).split()


def test_notices_of_a_link_name_labels_and_never_hide_what_became_of_own_facts() -> None:
    guide = real_guide()
    option, criterion = guide.data["options"][0], guide.criteria[0]
    bad = [f"own.{option['id']}.{one.id}=nonsense" for one in guide.criteria[:5]]
    wrong = [f"{question.id}=nonsense" for question in guide.questions[:5]]
    _, _, found = decode(f"v=1&{'&'.join([*wrong, *bad])}&r={guide.revision}", guide)
    first = bounded(found)[0]
    assert first.startswith(
        "The link's own facts: “" + f"{option['name']}, {criterion.name}” was ignored: “nonsense” is none"
    )
    assert f"“{criterion.levels[0].label}”" in first and "; and 2 more." in first
    assert f"{option['id']}.{criterion.id}" not in first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("0,20", "0.2"), ("1,000", "1000"), ("1,234.5", "1234.5"), ("0,2 to 0,4", "0.2,0.4"), ("0.2–0.4", "0.2,0.4")],
)
def test_numbers_are_read_as_people_write_them(typed: str, meant: str) -> None:
    option, price = PRICE
    visitor = Visitor()
    visitor.type(f"option:{option}", **{f"price.{price}": typed})
    assert f"own.price.{price}={meant}~" in visitor.reply["link"].replace("%2C", ",")
