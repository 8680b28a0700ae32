"""A person without a mouse: only keys, and nothing that the focus cannot reach."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Locator, Page, expect

MOST_STEPS = 150


def tab_to(target: Locator) -> None:
    """Press Tab until the focus stands on `target`, as one does who looks for it."""
    page = target.page
    target.wait_for(state="attached")
    for _ in range(MOST_STEPS):
        if target.evaluate("(element) => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {target}")


def press(target: Locator, key: str = "Enter") -> None:
    tab_to(target)
    target.page.keyboard.press(key)


def write(target: Locator, words: str) -> None:
    """Go to a field and replace what stands in it."""
    tab_to(target)
    target.page.keyboard.press("Control+A")
    target.page.keyboard.type(words)


def choose_file(target: Locator, file: FilePayload) -> None:
    """Open the dialog of files with Enter, and choose one there."""
    tab_to(target)
    with target.page.expect_file_chooser() as chooser:
        target.page.keyboard.press("Enter")
    chooser.value.set_files(file)


def go(page: Page, letter: str) -> None:
    """Open a page of the rail with the g key and its letter."""
    with page.expect_navigation():
        page.keyboard.press("g")
        page.keyboard.press(letter)
