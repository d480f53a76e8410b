"""What identifies elements while a region is redrawn is unique in it, or the page loses what the reader has open or focused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag

from tests.selector.web.test_own_fields import Visitor
from tests.support.real_guide import real_guide
from tests.support.wizard_states import STATES, answers_for, link_for, regions_for


def lent_ids(root: Tag, path: str = "morph") -> Iterator[str]:
    """As `lendIds` in docs/assets/wizard/morph.js."""
    for element in root.find_all(recursive=False):
        key = element.get("data-strategy", element.get("data-key"))
        inner = path if key is None else f"{path} {element.name} {key}"
        if element.get("id"):
            yield str(element["id"])
        elif key is not None:
            yield inner
        yield from lent_ids(element, inner)


def twice(html: str) -> list[str]:
    return [name for name, count in Counter(lent_ids(BeautifulSoup(html, "html.parser"))).items() if count > 1]


@pytest.mark.parametrize("state", STATES)
def test_every_region_of_every_state(state: str) -> None:
    option, criterion = real_guide().options[0], real_guide().criteria[0]
    own = f"&own.{option.id}.{criterion.id}={criterion.levels[0].id}"
    html = regions_for(link_for(answers_for(state)) + own)
    assert {region: found for region, text in html.items() if (found := twice(text))} == {}


def test_own_facts_and_their_fields() -> None:
    option, criterion = real_guide().options[0], real_guide().criteria[0]
    for picked in (f"option:{option.id}", f"criterion:{criterion.id}"):
        own = {f"{option.id}.{criterion.id}": criterion.levels[0].id}
        assert twice(Visitor().type(picked, **own)["html"]["own"]) == []
