"""The mail of the demo, read in the browser at /demo/mail/."""

import re
import time

from playwright.sync_api import Page, expect

_WACHT = 20  # seconds; the worker looks every two


def wait_for_mail(page: Page, adres: str, onderwerp: re.Pattern[str]) -> None:
    """Open the newest mail to this address with this subject, as soon as it is there."""
    einde = time.monotonic() + _WACHT
    while True:
        page.goto("/demo/mail/")
        regel = page.get_by_role("row").filter(has=page.get_by_role("cell", name=adres, exact=True))
        link = regel.get_by_role("link", name=onderwerp)
        if link.count():
            break
        assert time.monotonic() < einde, f"geen mail {onderwerp.pattern!r} aan {adres}"
        page.wait_for_timeout(300)
    link.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(onderwerp)


def confirm_address(page: Page, adres: str) -> None:
    """Follow the link in the mail that asks for it, and press the button."""
    wait_for_mail(page, adres, re.compile("[Bb]evestig"))
    follow_link(page, "/bevestigen/")
    page.get_by_role("button", name="Bevestig mijn e-mailadres").click()
    expect(page.get_by_text("Uw e-mailadres is bevestigd.")).to_be_visible()


def follow_link(page: Page, deel: str) -> None:
    """Click the link in the open mail whose address holds this."""
    page.get_by_role("main").locator(f"a[href*='{deel}']").first.click()
