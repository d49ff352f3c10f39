"""Choosing which e-mails one gets, stopping them without a login, and an address that does not work."""

import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import BREED_EN_SMAL, KORENAAR, KORENAAR_MARKT, SANNE, OpenPage, Vorm
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.mails import confirm_address, follow_link, wait_for_mail
from tests.e2e.product import Product
from tests.e2e.staten_meldingen import MELDINGEN, save

ADRES = "sanne.meldingen@voorbeeld.nl"
_VERTEL = """
import sys, django
django.setup()
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
enqueue(NotificatieSoort.BERICHT_BEANTWOORD, betrokkene_key=sys.argv[1])
"""


@pytest.fixture(autouse=True)
def _nieuwe_dag(product: Product) -> None:
    product.forget_confirmations()


def good(page: Page, vorm: Vorm) -> None:
    """The judges are scripts, and look at every width: without scripts the test only takes the path."""
    if not vorm.js:
        return
    klachten = judge(page) + judge_keyboard(page)
    assert not klachten, f"{page.url}\n" + "\n".join(klachten)


def give_address(page: Page, product: Product, adres: str) -> str:
    """Who is logged in has this address, confirmed. Returns the key of their profile."""
    page.goto("/mijn/gegevens/")
    page.get_by_label("E-mailadres").fill(adres)
    page.get_by_label("Stuur mij een e-mail bij wijzigingen in mijn zaken").check()
    save(page)
    confirm_address(page, adres)
    [(key,)] = product.sql("SELECT profiel_key FROM profile_profiel ORDER BY email_bevestigd_op DESC LIMIT 1")
    return str(key)


def wait_for_mails(page: Page, adres: str, aantal: int) -> None:
    """Until this many came: of two links only the newest works."""
    einde = time.monotonic() + 20
    while page.get_by_role("cell", name=adres, exact=True).count() < aantal:
        assert time.monotonic() < einde, f"geen {aantal} mails aan {adres}"
        page.goto("/demo/mail/")


def tell(product: Product, key: str) -> None:
    """Something to mail to this party."""
    omgeving = {
        "ELOKET_DATA_DIR": str(product.data_dir),
        "ELOKET_BASE_URL": product.url,
        "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
    }
    subprocess.run([sys.executable, "-c", _VERTEL, key], env=product.env | omgeving, timeout=120, check=True)


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_choices_are_made_and_kept(open_page: OpenPage, vorm: Vorm):
    page = open_page(SANNE, vorm)
    page.goto("/mijn/gegevens/")
    page.get_by_role("link", name="Kies welke e-mails u krijgt").click()
    page.get_by_role("radiogroup", name="Berichten").get_by_label("Eén keer per dag").check()
    page.get_by_label("Vanaf").fill("22")
    page.get_by_label("Tot").fill("7")
    save(page)
    expect(page.get_by_role("status").filter(has_text="Uw keuzes zijn opgeslagen.")).to_be_visible()
    page.goto(MELDINGEN)
    expect(page.get_by_role("radiogroup", name="Berichten").get_by_label("Eén keer per dag")).to_be_checked()
    expect(page.get_by_label("Vanaf")).to_have_value("22.00")
    page.get_by_role("radiogroup", name="Berichten").get_by_label("Meteen").check()
    save(page)


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_mail_is_stopped_without_a_login_and_started_again(open_page: OpenPage, product: Product, vorm: Vorm):
    adres = f"korenaar.{vorm}@voorbeeld.nl"
    wie = KORENAAR if vorm.is_breed else KORENAAR_MARKT  # a second mail within ten minutes may be bundled
    tell(product, give_address(open_page(wie, vorm), product, adres))
    page = open_page("", vorm)
    wait_for_mail(page, adres, re.compile("bericht voor u klaar"))
    follow_link(page, "/afmelden/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wilt u deze e-mails niet meer?")
    good(page, vorm)
    page.get_by_role("button", name="Stop deze e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt deze e-mails niet meer")
    good(page, vorm)
    page.get_by_role("button", name="Stop alle e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U krijgt geen e-mails meer")
    good(page, vorm)
    page.get_by_role("button", name="Toch wel e-mails").click()
    expect(page.get_by_role("button", name="Stop deze e-mails")).to_be_visible()


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_an_address_that_does_not_work_is_shown_and_mended(open_page: OpenPage, product: Product, vorm: Vorm):
    page = open_page(SANNE, vorm)
    key = give_address(page, product, f"{vorm}.{ADRES}")
    product.sql(
        "UPDATE profile_profiel SET email_kapot_op = ?, email_kapot_reden = '5.1.1', bevestiging_verstuurd_op = NULL "
        "WHERE profiel_key = ?",
        "2026-11-20 10:00:00",
        key,
    )
    for pad in ("/mijn/", MELDINGEN, "/mijn/gegevens/"):
        page.goto(pad)
        expect(page.get_by_role("main")).to_contain_text(f"Uw e-mailadres werkt niet: {vorm}.{ADRES}")
        good(page, vorm)
    page.get_by_role("button", name="Dit adres klopt wel").click()
    expect(page.get_by_role("status")).to_contain_text("Wij hebben een e-mail gestuurd naar uw adres.")
    good(page, vorm)
    wait_for_mails(page, f"{vorm}.{ADRES}", 2)
    confirm_address(page, f"{vorm}.{ADRES}")
    page.goto("/mijn/")
    expect(page.get_by_role("main")).not_to_contain_text("werkt niet")
