"""Addresses with several people, as they arrive."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from selector.group.address import is_group, people_in


@pytest.mark.parametrize("times", [1, 2, 3])
def test_people_are_read_however_often_their_address_was_encoded(times: int) -> None:
    whole = "together=1&person=Ann%20B&v=1&one=a&r=1&person=Bob&v=1&one=b&r=2"
    text = f"https://host.test/together/#{whole}"
    for _ in range(times):
        text = quote(text, safe="")
    found = list(people_in(f"url={text}"))
    assert is_group(f"url={text}")
    assert [(entry.name, entry.text) for entry in found] == [("Ann B", "v=1&one=a&r=1"), ("Bob", "v=1&one=b&r=2")]
