"""A business of which two people get mail: one stops the other, who is told so and switches it on again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import BREED_EN_SMAL, KORENAAR, KORENAAR_MARKT, OpenPage, Vorm
from tests.e2e.keuring import judge, judge_keyboard
from tests.e2e.mails import confirm_address, wait_for_mail
from tests.e2e.product import Product
from tests.e2e.staten_meldingen import save

GEGEVENS = "/mijn/gegevens/"


def wants_mail(page: Page, adres: str) -> None:
    page.goto(GEGEVENS)
    page.get_by_label("E-mailadres").fill(adres)
    page.get_by_label("Stuur mij een e-mail bij wijzigingen in mijn zaken").check()
    save(page)


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_who_left_is_stopped_and_told_and_can_come_back(open_page: OpenPage, product: Product, vorm: Vorm):
    product.forget_confirmations()
    adres = f"markt.{vorm}@korenaar.nl"
    collega = open_page(KORENAAR_MARKT, vorm)
    wants_mail(collega, adres)
    confirm_address(collega, adres)
    page = open_page(KORENAAR, vorm)
    page.goto(GEGEVENS)
    expect(page.get_by_role("main")).to_contain_text("Dit zijn uw eigen contactgegevens.")
    regel = page.get_by_role("listitem").filter(has_text="ma***@korenaar.nl")
    expect(regel).to_contain_text("Krijgt alleen e-mails over een vestiging.")
    if vorm.js:  # the judges are scripts, and look at every width
        klachten = judge(page) + judge_keyboard(page)
        assert not klachten, "\n".join(klachten)
    regel.get_by_role("button", name="Stop e-mails aan ma***@korenaar.nl").click()
    expect(page.get_by_role("status")).to_contain_text("Deze collega krijgt geen e-mails meer over uw zaken.")
    expect(page.get_by_text("ma***@korenaar.nl")).to_have_count(0)
    wait_for_mail(collega, adres, re.compile("U krijgt van ons geen e-mails meer"))
    collega.goto(GEGEVENS)
    expect(collega.get_by_label("Stuur mij een e-mail bij wijzigingen in mijn zaken")).not_to_be_checked()
    wants_mail(collega, adres)
    page.reload()
    expect(page.get_by_text("ma***@korenaar.nl", exact=True)).to_be_visible()
