"""What a form calls its fields, so that an editor knows which text is which."""

from __future__ import annotations

import pytest

from hooks import ROOT
from hooks.page_editor.document import Document
from hooks.page_editor.form import BEGINNING, form_of

DOCUMENT = Document((ROOT / "tests" / "guides" / "second.yml").read_bytes(), "second.yml")


def lists_of_texts() -> list[tuple[str | int, ...]]:
    """Every list of texts that readers read."""
    return sorted({path[:-1] for path in DOCUMENT.loaded.texts if isinstance(path[-1], int)}, key=str)


@pytest.mark.parametrize("path", lists_of_texts(), ids=DOCUMENT.trail)
def test_the_texts_of_a_list_are_told_apart_by_the_list_and_their_beginning(path: tuple[str | int, ...]) -> None:
    form = form_of(DOCUMENT, (*path, 0))
    for number, field in enumerate(form.fields, 1):
        name, _, begins = field.name.partition(": ")
        assert name == f"{path[-1]} {number}"
        assert begins and " ".join(field.value.split()).startswith(begins.removesuffix(" …"))
        assert len(begins) <= BEGINNING + 2


def test_the_parts_of_a_list_without_ids_say_how_they_begin() -> None:
    (owner,) = {path[:3] for path in DOCUMENT.loaded.texts if path[2:3] == ("limitations",) and path[1] == 0}
    inside = [title for _, title in form_of(DOCUMENT, owner).inside]
    assert inside
    assert all(title.startswith(f"limitations {number}: ") for number, title in enumerate(inside, 1))
