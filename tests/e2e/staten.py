"""Every page of the product in every state that differs: test_paginas judges them, beelden.py draws some."""

import re
import uuid
from functools import partial

from playwright.sync_api import Page

from tests.e2e import (
    staten_avg,
    staten_beheer,
    staten_formulieren,
    staten_gesprek,
    staten_herstart,
    staten_ingetrokken,
    staten_inzage,
    staten_lokaal,
    staten_loket,
    staten_machtigingen,
    staten_mailteksten,
    staten_meenemen,
    staten_meldingen,
    staten_namens,
    staten_noodtoegang,
    staten_ontvangst,
    staten_post,
    staten_saml,
    staten_storingen,
    staten_upload,
    staten_vernietigen,
    staten_verzending,
    staten_werkplek,
)
from tests.e2e.browser import FATIMA, JEROEN, KORENAAR, KORENAAR_MARKT, MILA, SANNE, log_in, press_log_out
from tests.e2e.keuring import Staat
from tests.e2e.mails import wait_for_mail
from tests.e2e.wegen import search_zaken, to, to_upload, to_zaak

GESLOTEN = "Melding openbare ruimte: losse stoeptegel Lindelaan"


def _closed_zaak(page: Page) -> None:
    to_zaak(page, GESLOTEN, lijst="/mijn/zaken/?status=afgerond")


def _no_file(page: Page) -> None:
    to_upload(page)
    page.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()


def _open_document(page: Page) -> None:
    to_zaak(page)
    page.locator("#documenten summary.pip-file").first.click()


def _empty_message(page: Page) -> None:
    to_zaak(page)
    page.get_by_role("button", name="Verstuur", exact=True).click()


def _wrong_details(page: Page) -> None:
    page.goto("/mijn/gegevens/")
    page.get_by_label("E-mailadres").fill("jeroen")
    page.get_by_label("Telefoonnummer").fill("06 12")
    page.get_by_role("button", name="Opslaan").click()


def _new_address(page: Page, adres: str = "") -> str:
    adres = adres or f"staat.{uuid.uuid4().hex[:10]}@voorbeeld.nl"
    page.goto("/mijn/gegevens/")
    page.get_by_label("E-mailadres").fill(adres)
    page.get_by_role("button", name="Opslaan").click()
    return adres


def _mail(page: Page) -> None:
    wait_for_mail(page, _new_address(page), re.compile("[Bb]evestig"))


def _mail_html(page: Page) -> None:
    """As a mail program shows it; the page itself is sandboxed, so that no script can judge it there."""
    _mail(page)
    href = page.get_by_role("link", name="Bekijk deze e-mail met opmaak").get_attribute("href")
    page.goto("about:blank")
    page.set_content(page.request.get(str(href)).text())


def _confirm(page: Page) -> None:
    _mail(page)
    page.get_by_role("main").locator("a[href*='/bevestigen/']").first.click()


def _confirmed(page: Page) -> None:
    _confirm(page)
    page.get_by_role("button", name="Bevestig mijn e-mailadres").click()


def _cancelled(page: Page) -> None:
    page.goto("/inloggen/digid/")
    page.get_by_role("button", name="Annuleren").click()


def _not_higher(page: Page) -> None:
    page.goto("/inloggen/hoger/?zekerheid=substantieel")
    page.get_by_role("link", name="Inloggen met DigiD Substantieel").click()
    page.get_by_role("button", name="Annuleren").click()


def _log_out(page: Page) -> None:
    """The page between logging out here and at the provider, which a script leaves at once."""
    page.route("**/doorsturen*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    log_in(page, KORENAAR_MARKT)
    press_log_out(page)
    page.get_by_role("heading", level=1, name="Log ook uit bij eHerkenning").wait_for()


def _stale_form(page: Page) -> None:
    to_zaak(page)
    page.context.clear_cookies(name="eloket_csrf")
    page.get_by_role("button", name="Verstuur", exact=True).click()


def _menu(page: Page, pad: str) -> None:
    """The menu of a phone, which stays open when the window grows."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(pad)
    page.locator("summary", has_text="Menu").click()


STATEN = (
    Staat("home", "", "", to("/")),
    Staat("home", "ingelogd", JEROEN, to("/")),
    Staat("home", "medewerker", MILA, to("/")),
    Staat("home", "menu", "", partial(_menu, pad="/")),
    Staat("contact", "", "", to("/contact/")),
    Staat("veelgestelde-vragen", "", "", to("/veelgestelde-vragen/")),
    Staat("toegankelijkheid", "", "", to("/toegankelijkheid/")),
    Staat("privacy", "", "", to("/privacy/")),
    Staat("cookies", "", "", to("/cookies/")),
    Staat("loket", "", "", to("/loket/")),
    Staat("loket", "gevonden", "", to("/loket/?q=boom")),
    Staat("loket", "niets", "", to("/loket/?q=xyzzy")),
    Staat("inloggen", "", "", to("/inloggen/")),
    Staat("inloggen-hoger", "", JEROEN, to("/inloggen/hoger/?zekerheid=substantieel")),
    Staat("inloggen-hoger", "geannuleerd", JEROEN, _not_higher),
    Staat("inloggen", "geannuleerd", "", _cancelled),
    Staat("werkplek-inloggen", "", "", to("/werkplek/inloggen/")),
    Staat("uitloggen-verder", "", "", _log_out),
    Staat("uitgelogd", "", "", to("/uitgelogd/")),
    Staat("simulatie-authorize", "digid", "", to("/inloggen/digid/")),
    Staat("simulatie-authorize", "eherkenning", "", to("/inloggen/eherkenning/")),
    Staat("simulatie-authorize", "medewerker", "", to("/inloggen/medewerker/")),
    Staat("fout", "404", "", to("/bestaat-niet/")),
    Staat("fout", "404-ingelogd", JEROEN, to("/mijn/zaken/register-onbekend/")),
    Staat("fout", "403-formulier", JEROEN, _stale_form),
    Staat("bevestigen", "ongeldig", "", to("/bevestigen/niets/")),
    Staat("bevestigen", "vraag", KORENAAR, _confirm),
    Staat("bevestigen", "gelukt", KORENAAR, _confirmed),
    Staat("demo-mail", "", "", to("/demo/mail/")),
    Staat("demo-mail-lezen", "", KORENAAR, _mail),
    Staat("demo-mail-html", "", KORENAAR, _mail_html, titel_vrij=True),
    Staat("mijn-overzicht", "", JEROEN, to("/mijn/")),
    Staat("mijn-overzicht", "leeg", SANNE, to("/mijn/")),
    Staat("mijn-overzicht", "bedrijf", KORENAAR, to("/mijn/")),
    Staat("mijn-overzicht", "menu", JEROEN, partial(_menu, pad="/mijn/")),
    Staat("mijn-zaken", "", JEROEN, to("/mijn/zaken/")),
    Staat("mijn-zaken", "afgerond", JEROEN, to("/mijn/zaken/?status=afgerond")),
    Staat("mijn-zaken", "pagina-2", JEROEN, to("/mijn/zaken/?status=afgerond&p=2")),
    Staat("mijn-zaken", "niets-gevonden", JEROEN, partial(search_zaken, tekst="xyzzy")),
    Staat("mijn-zaken", "zoekopdracht-weg", JEROEN, to("/mijn/zaken/?q=xyzzy")),
    Staat("mijn-zaken", "leeg", SANNE, to("/mijn/zaken/")),
    Staat("mijn-zaken", "vestiging", KORENAAR_MARKT, to("/mijn/zaken/")),
    Staat("mijn-zaak", "met-taak", JEROEN, to_zaak),
    Staat("mijn-zaak", "gesloten", JEROEN, _closed_zaak),
    Staat("mijn-zaak", "stilgezet", FATIMA, partial(to_zaak, titel="Bijzondere bijstand")),
    Staat("mijn-zaak", "document-open", JEROEN, _open_document),
    Staat("mijn-zaak", "toevoegen", JEROEN, to_upload),
    Staat("mijn-zaak", "geen-bestand", JEROEN, _no_file),
    Staat("mijn-zaak-bericht", "leeg", JEROEN, _empty_message),
    Staat("mijn-taken", "", JEROEN, to("/mijn/taken/")),
    Staat("mijn-taken", "leeg", SANNE, to("/mijn/taken/")),
    Staat("mijn-berichten", "", JEROEN, to("/mijn/berichten/")),
    Staat("mijn-berichten", "leeg", SANNE, to("/mijn/berichten/")),
    Staat("mijn-gegevens", "", JEROEN, to("/mijn/gegevens/")),
    Staat("mijn-gegevens", "fouten", JEROEN, _wrong_details),
    Staat("mijn-gegevens", "bedrijf", KORENAAR_MARKT, to("/mijn/gegevens/")),
    Staat("mijn-gegevens", "afwachting", KORENAAR, _new_address),
    Staat("werkplek", "menu", MILA, partial(_menu, pad="/werkplek/")),
    *staten_werkplek.STATEN,
    *staten_beheer.STATEN,
    *staten_loket.STATEN,
    *staten_formulieren.STATEN,
    *staten_mailteksten.STATEN,
    *staten_gesprek.STATEN,
    *staten_meldingen.STATEN,
    *staten_upload.STATEN,
    *staten_noodtoegang.STATEN,
    *staten_meenemen.STATEN,
    *staten_verzending.STATEN,
    *staten_namens.STATEN,
    *staten_machtigingen.STATEN,
    *staten_ontvangst.STATEN,
    *staten_post.STATEN,
    *staten_ingetrokken.STATEN,
    *staten_inzage.STATEN,
    *staten_avg.STATEN,
    *staten_vernietigen.STATEN,
    *staten_storingen.STATEN,
    *staten_lokaal.STATEN,
    *staten_herstart.STATEN,
)

GEEN_PAGINA = {
    **staten_werkplek.GEEN_PAGINA,
    "mijn-zaken-zoeken": "stuurt door naar Mijn Zaken",
    **staten_beheer.GEEN_PAGINA,
    **staten_post.GEEN_PAGINA,
    **staten_inzage.GEEN_PAGINA,
    **staten_avg.GEEN_PAGINA,
    **staten_vernietigen.GEEN_PAGINA,
    **staten_saml.GEEN_PAGINA,
    **staten_lokaal.GEEN_PAGINA,
    **staten_noodtoegang.GEEN_PAGINA,
    "inloggen-start": "stuurt door naar de inlogdienst",
    "inloggen-terug": "stuurt door na het inloggen",
    "uitloggen": "stuurt door",
    "uitloggen-melding": "voor een inlogdienst",
    "sessie-verlengen": "antwoordt een script",
    "simulatie-discovery": "JSON",
    "simulatie-jwks": "JSON",
    "simulatie-token": "JSON",
    "simulatie-userinfo": "JSON",
    "simulatie-logout": "stuurt door naar uitgelogd",
    "gezondheid-leeft": "tekst voor een machine",
    "security-txt": "tekst voor een machine",
    "gezondheid-klaar": "tekst voor een machine",
    "csp-melding": "voor een browser zelf",
    "thema": "stijlblad",
    "logo": "beeld",
    "loket-verder": "stuurt door naar de stap die nog niet af is",
    "loket-pdf": "een bestand",
    "loket-zonder-verder": "stuurt door naar de stap die nog niet af is",
    "loket-zonder-pdf": "een bestand",
    "mijn-zaak-documenten": "stuurt door naar de zaak",
    "mijn-zaak-dossier": "een bestand",
    "mijn-zaak-bewijs": "een bestand",
    "mijn-taak-agenda": "een bestand",
    "mijn-document-openen": "een bestand",
    "mijn-document-opslaan": "een bestand",
    "mijn-bericht-concept": "antwoordt een script",
    "mijn-gesprek-ongelezen": "stuurt door naar Berichten",
    "mijn-gesprek-pdf": "een bestand",
    "mijn-ontvangstbewijs": "een bestand",
    "mijn-gegevens-opnieuw-bevestigen": "stuurt door naar Mijn Gegevens",
    **staten_meldingen.GEEN_PAGINA,
}
