"""What somebody does without a mouse."""

import pytest
from playwright.sync_api import Page

from tests.e2e.keuring import focus_on

_MEESTE = 120


def tab_to(page: Page, naam: str) -> None:
    """Press Tab until something with this text has the focus, and see that one can see it."""
    for _ in range(_MEESTE):
        page.keyboard.press("Tab")
        focus = focus_on(page)
        if focus is None:
            continue
        assert focus.is_zichtbaar, f"focus is niet te zien op {focus.naam}"
        assert focus.is_in_beeld, f"focus staat buiten beeld: {focus.naam}"
        if naam in focus.naam:
            return
    pytest.fail(f"met Tab niet te bereiken: {naam}")


def enter_on(page: Page, naam: str) -> None:
    """Go there with Tab and press Enter."""
    tab_to(page, naam)
    page.keyboard.press("Enter")


def type_in(page: Page, naam: str, tekst: str) -> None:
    """Go there with Tab and type."""
    tab_to(page, naam)
    page.keyboard.type(tekst)
