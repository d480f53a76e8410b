"""What a reader copies is what a shell reads: no prompt and no number of a line, wherever the commands are shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.support.real_guide import guide_data

pytestmark = pytest.mark.xdist_group("site")

ENTRIES = {entry["id"]: entry for section in ("options", "strategies") for entry in guide_data()[section]}


def commands(owner: str) -> dict[str, str]:
    """Blocks of commands by their names."""
    found = {file["path"]: file for file in ENTRIES[owner]["starter"]}
    return {path: file["content"].strip() for path, file in found.items() if file.get("language") == "sh"}


@pytest.mark.parametrize("address", ["options/sops/", "strategies/aws-synced/"])
def test_the_button_of_a_page_copies_the_commands_only(browser: Browser, served: str, address: str) -> None:
    owner = address.split("/")[1]
    with browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{served}/{address}")
        shown = page.locator("div.highlight.language-sh")
        names = shown.locator(".filename").all_inner_texts()
        assert set(names) >= set(commands(owner))
        for name, content in commands(owner).items():
            block = shown.nth(names.index(name))
            assert block.locator("[data-linenos]").count() == content.count("\n") + 1
            page.evaluate("navigator.clipboard.writeText('')")
            block.get_by_role("button").click()
            expect(page.locator(".md-dialog")).to_contain_text("Copied")
            assert page.evaluate("navigator.clipboard.readText()").strip() == content
            block.locator("code").evaluate("code => getSelection().selectAllChildren(code)")
            assert page.evaluate("getSelection().toString()").strip() == content
