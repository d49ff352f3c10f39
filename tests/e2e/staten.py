"""Every page of the product in every state that differs: test_paginas judges them, beelden.py draws some."""

import re
import uuid
from functools import partial

from playwright.sync_api import Page

from eloket.workbench.zaken.delen import Deel
from tests.e2e import (
    staten_formulieren,
    staten_gesprek,
    staten_inzage,
    staten_loket,
    staten_mailteksten,
    staten_meenemen,
    staten_meldingen,
    staten_namens,
    staten_ontvangst,
    staten_post,
    staten_storingen,
    staten_upload,
    staten_verzending,
)
from tests.e2e.browser import FATIMA, JEROEN, KORENAAR, KORENAAR_MARKT, MILA, PETRA, SANNE, TOM
from tests.e2e.keuring import Staat
from tests.e2e.mails import wait_for_mail
from tests.e2e.wegen import PARKEREN, Ga, to, to_upload, to_zaak

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


def _stale_form(page: Page) -> None:
    to_zaak(page)
    page.context.clear_cookies(name="eloket_csrf")
    page.get_by_role("button", name="Verstuur", exact=True).click()


def _work(page: Page, lijst: str) -> None:
    page.goto(f"/werkplek/?lijst={lijst}")
    page.locator("tbody").get_by_role("link").first.click()
    page.locator("#behandeling").wait_for()


def _part(page: Page, deel: str) -> None:
    """A part of the page of the first zaak of this civil servant."""
    _work(page, "mijn")
    page.goto(f"{page.url.partition('?')[0]}?deel={deel}")


def _to_part(deel: str) -> Ga:
    return lambda page: _part(page, deel)


def _wrong_status(page: Page) -> None:
    _part(page, "status")
    page.get_by_label("Tekst voor de aanvrager").fill("x" * 2001)
    page.get_by_role("button", name="Zet status").click()


def _example(page: Page) -> None:
    _part(page, "status")
    page.get_by_role("button", name="Bekijk voorbeeld").click()


def _judge(page: Page, *, keuze: str = "") -> None:
    """The page of a document that waits for a decision; `keuze` is the button to press on it."""
    _work_with_document(page)
    if keuze:
        page.get_by_role("button", name=keuze).click()


def _work_with_document(page: Page) -> None:
    """Not by the mark "Nieuw document": looking takes that away."""
    _documents_at_work(page)
    page.get_by_role("link", name=re.compile("^Beoordeel")).first.click()


def _documents_at_work(page: Page) -> None:
    page.goto("/werkplek/?lijst=afdeling&zoek=van+Drouwen")
    page.locator("tbody tr").filter(has_text=PARKEREN).get_by_role("link").first.click()
    page.goto(f"{page.url.partition('?')[0]}?deel=documenten")


def _look_at_pdf(page: Page) -> None:
    """A letter of the municipality, shown in the page."""
    _documents_at_work(page)
    brief = page.locator("#documenten li", has_text="Ontvangstbevestiging").locator("a[href$='/openen/']")
    page.goto(str(brief.get_attribute("href")).replace("/openen/", "/bekijken/"))
    page.locator("iframe").wait_for()


def _counter(page: Page, *, tot: str) -> None:
    """Register a zaak at the counter, up to the page that is asked for."""
    page.goto("/werkplek/zaken/nieuw/")
    page.get_by_label("Aan de balie").check()
    page.get_by_label("Een inwoner").check()
    page.get_by_label("BSN").fill("" if tot == "fout" else "999990019")
    page.get_by_role("button", name="Ga verder").click()
    if tot in {"fout", "zaak"}:
        return
    page.get_by_label("Wat voor zaak is dit?").select_option(index=1)
    page.get_by_label("Onderwerp").fill("Vergunning aan de balie")
    page.get_by_role("button", name="Controleer de gegevens").click()
    if tot == "klaar":
        page.get_by_role("button", name="Registreer de zaak").click()


def _unfold(page: Page, tekst: str) -> None:
    """Open this part of the page, unless it is open."""
    vouw = page.locator("details").filter(has=page.locator("summary", has_text=tekst))
    if vouw.get_attribute("open") is None:
        vouw.locator("summary").click()


def _wrong_question(page: Page) -> None:
    _part(page, "vragen")
    _unfold(page, "Vraag een document, antwoord of formulier")
    page.get_by_role("button", name="Verstuur de vraag").click()


def _no_form(page: Page) -> None:
    """A form is asked for, and none is chosen."""
    _part(page, "vragen")
    _unfold(page, "Vraag een document, antwoord of formulier")
    page.get_by_label("Een formulier van het E-loket").check()
    page.get_by_role("button", name="Verstuur de vraag").click()
    page.locator("#fouten").wait_for()


def _wrong_answer(page: Page) -> None:
    _part(page, "berichten")
    page.locator("#berichten").get_by_role("button", name="Verstuur").click()


def _work_upload(page: Page) -> None:
    _part(page, "documenten")
    page.locator("#documenten summary").filter(has_text="Voeg toe").click()
    page.locator("#documenten").get_by_role("button", name="Voeg toe", exact=True).click()


def _menu(page: Page, pad: str) -> None:
    """The menu of a phone, which stays open when the window grows."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(pad)
    page.locator("summary", has_text="Menu").click()


_MOR = "zaaktypen/MOR/wijzigen/"


def _emptied(page: Page, *, pad: str, veld: str) -> None:
    page.goto(f"/werkplek/beheer/{pad}")
    page.fill(veld, "")
    page.locator("main form button").first.click()
    page.locator("#fouten").wait_for()


def _difference(page: Page) -> None:
    page.goto(f"/werkplek/beheer/{_MOR}")
    page.fill("#doorlooptijd_dagen", "99")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_role("button", name="Bewaar als versie").wait_for()


def _no_import(page: Page) -> None:
    page.goto("/werkplek/beheer/bestanden/")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_role("main").get_by_role("alert").wait_for()


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
    Staat("inloggen", "geannuleerd", "", _cancelled),
    Staat("werkplek-inloggen", "", "", to("/werkplek/inloggen/")),
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
    Staat("mijn-zaken", "niets-gevonden", JEROEN, to("/mijn/zaken/?q=xyzzy")),
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
    Staat("werkplek", "", MILA, to("/werkplek/")),
    Staat("werkplek", "afdeling", PETRA, to("/werkplek/?lijst=afdeling")),
    Staat("werkplek", "niet-toegewezen", TOM, to("/werkplek/?lijst=niet-toegewezen")),
    Staat("werkplek", "niets-gevonden", MILA, to("/werkplek/?zoek=xyzzy")),
    Staat("werkplek", "menu", MILA, partial(_menu, pad="/werkplek/")),
    Staat("werkplek-beheer", "", MILA, to("/werkplek/beheer/")),
    Staat("werkplek-beheer-wijzigingen", "", MILA, to("/werkplek/beheer/wijzigingen/")),
    Staat("werkplek-beheer-zaaktypen", "", MILA, to("/werkplek/beheer/zaaktypen/")),
    Staat("werkplek-beheer-zaaktype-nieuw", "", MILA, to("/werkplek/beheer/zaaktypen/nieuw/")),
    Staat("werkplek-beheer-zaaktype", "", MILA, to("/werkplek/beheer/zaaktypen/PARKEERVERGUNNING/")),
    Staat(
        "werkplek-beheer-zaaktype-wijzigen",
        "",
        MILA,
        to("/werkplek/beheer/zaaktypen/PARKEERVERGUNNING/wijzigen/"),
    ),
    Staat("werkplek-beheer-afdelingen", "", MILA, to("/werkplek/beheer/afdelingen/")),
    Staat("werkplek-beheer-afdeling-nieuw", "", MILA, to("/werkplek/beheer/afdeling-toevoegen/")),
    Staat("werkplek-beheer-afdeling", "", MILA, to("/werkplek/beheer/afdelingen/vergunningen/")),
    Staat("werkplek-beheer-medewerkers", "", MILA, to("/werkplek/beheer/medewerkers/")),
    Staat("werkplek-beheer-medewerker-nieuw", "", MILA, to("/werkplek/beheer/medewerkers/nieuw/")),
    Staat("werkplek-beheer-medewerker", "", MILA, to("/werkplek/beheer/medewerkers/1/")),
    Staat("werkplek-beheer-sjablonen", "", MILA, to("/werkplek/beheer/sjablonen/")),
    Staat("werkplek-beheer-sjabloon-nieuw", "", MILA, to("/werkplek/beheer/sjablonen/nieuw/")),
    Staat("werkplek-beheer-sjabloon", "", MILA, to("/werkplek/beheer/sjablonen/1/")),
    Staat("werkplek-beheer-teksten", "", MILA, to("/werkplek/beheer/teksten/")),
    Staat("werkplek-beheer-tekst", "", MILA, to("/werkplek/beheer/teksten/bericht/")),
    Staat("werkplek-beheer-bestanden", "", MILA, to("/werkplek/beheer/bestanden/")),
    Staat(
        "werkplek-beheer-medewerker-nieuw",
        "fout",
        MILA,
        partial(_emptied, pad="medewerkers/nieuw/", veld="#naam"),
    ),
    Staat(
        "werkplek-beheer-zaaktype-wijzigen",
        "fout",
        MILA,
        partial(_emptied, pad=_MOR, veld="#doorlooptijd_dagen"),
    ),
    Staat("werkplek-beheer-zaaktype-wijzigen", "verschil", MILA, _difference),
    Staat("werkplek-beheer-bekijk", "fout", MILA, _no_import),
    Staat("werkplek-zaak", "van-mij", MILA, partial(_work, lijst="mijn")),
    Staat("werkplek-zaak", "niet-toegewezen", TOM, partial(_work, lijst="niet-toegewezen")),
    *(
        Staat("werkplek-zaak", deel.value, MILA, _to_part(deel.value))
        for deel in Deel
        if deel is not Deel.OVERZICHT
    ),
    Staat("werkplek-status", "fout", MILA, _wrong_status),
    Staat("werkplek-status", "voorbeeld", MILA, _example),
    Staat("werkplek-document-bekijken", "", MILA, _judge),
    Staat("werkplek-document-bekijken", "pdf", MILA, _look_at_pdf),
    Staat("werkplek-document-goedkeuren", "fout", MILA, partial(_judge, keuze="Keur goed")),
    Staat("werkplek-document-afkeuren", "fout", MILA, partial(_judge, keuze="Keur af")),
    Staat("werkplek-document-verplaatsen", "fout", MILA, partial(_judge, keuze="Zoek de zaak")),
    Staat("werkplek-balie", "", MILA, to("/werkplek/zaken/nieuw/")),
    Staat("werkplek-balie", "fout", MILA, partial(_counter, tot="fout")),
    Staat("werkplek-balie-zaak", "", MILA, partial(_counter, tot="zaak")),
    Staat("werkplek-balie-controleren", "", MILA, partial(_counter, tot="controleren")),
    Staat("werkplek-balie-klaar", "", MILA, partial(_counter, tot="klaar")),
    Staat("werkplek-vraag", "fout", MILA, _wrong_question),
    Staat("werkplek-vraag", "zonder-formulier", MILA, _no_form),
    Staat("werkplek-bericht", "fout", MILA, _wrong_answer),
    Staat("werkplek-zaak", "geen-bestand", MILA, _work_upload),
    *staten_loket.STATEN,
    *staten_formulieren.STATEN,
    *staten_mailteksten.STATEN,
    *staten_gesprek.STATEN,
    *staten_meldingen.STATEN,
    *staten_upload.STATEN,
    *staten_meenemen.STATEN,
    *staten_verzending.STATEN,
    *staten_namens.STATEN,
    *staten_ontvangst.STATEN,
    *staten_post.STATEN,
    *staten_inzage.STATEN,
    *staten_storingen.STATEN,
)

GEEN_PAGINA = {
    **staten_post.GEEN_PAGINA,
    **staten_inzage.GEEN_PAGINA,
    "inloggen-start": "stuurt door naar de inlogdienst",
    "inloggen-terug": "stuurt door na het inloggen",
    "uitloggen": "stuurt door naar uitgelogd",
    "sessie-verlengen": "antwoordt een script",
    "simulatie-discovery": "JSON",
    "simulatie-jwks": "JSON",
    "simulatie-token": "JSON",
    "simulatie-userinfo": "JSON",
    "gezondheid-leeft": "tekst voor een machine",
    "security-txt": "tekst voor een machine",
    "gezondheid-klaar": "tekst voor een machine",
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
    "werkplek-zaak-dossier": "een bestand",
    "werkplek-verzendbewijs": "een bestand",
    "mijn-document-openen": "een bestand",
    "mijn-document-opslaan": "een bestand",
    "mijn-bericht-concept": "antwoordt een script",
    "mijn-gesprek-ongelezen": "stuurt door naar Berichten",
    "mijn-gesprek-pdf": "een bestand",
    "mijn-ontvangstbewijs": "een bestand",
    "mijn-gegevens-opnieuw-bevestigen": "stuurt door naar Mijn Gegevens",
    **staten_meldingen.GEEN_PAGINA,
    "werkplek-toewijzen": "stuurt door naar de werkvoorraad",
    "werkplek-filter-bewaren": "stuurt door naar de werkvoorraad",
    "werkplek-filter-verwijderen": "stuurt door naar de werkvoorraad",
    "werkplek-grafiek": "beeld",
    "werkplek-cijfers": "een bestand",
    "werkplek-bericht-concept": "antwoordt een script",
    "werkplek-gesprek-pdf": "een bestand",
    "werkplek-ontvangstbewijs": "een bestand",
    "werkplek-neem": "stuurt door naar de zaak",
    "werkplek-aanwezig": "JSON",
    "werkplek-overdragen": "stuurt door, of toont het deel met dezelfde naam",
    "werkplek-opschorten": "stuurt door, of toont het deel termijn",
    "werkplek-hervatten": "stuurt door, of toont het deel termijn",
    "werkplek-heropenen": "stuurt door, of toont het deel met dezelfde naam",
    "werkplek-afschermen": "stuurt door, of toont het deel met dezelfde naam",
    "werkplek-notitie": "stuurt door, of toont het deel notities",
    "werkplek-ongelezen": "stuurt door naar de zaak",
    "werkplek-vraag-goedkeuren": "stuurt door naar de zaak",
    "werkplek-vraag-afkeuren": "stuurt door, of toont het deel vragen",
    "werkplek-document-vervangen": "stuurt door, of toont het document",
    "werkplek-vraag-intrekken": "stuurt door naar de zaak",
    "werkplek-beheer-afdeling-verwijderen": "stuurt door naar de afdelingen",
    "werkplek-beheer-storing-einde": "stuurt door naar de storingen",
    "werkplek-beheer-storing-intrekken": "stuurt door naar de storingen",
    "werkplek-beheer-sjabloon-verwijderen": "stuurt door naar de sjablonen",
    "werkplek-beheer-mailtekst-terugzetten": "stuurt door naar de tekst",
    "werkplek-beheer-export": "een bestand",
    "werkplek-beheer-formulier-bestand": "een bestand",
    "werkplek-beheer-formulier-grafiek": "beeld",
    "werkplek-beheer-formulier-cijferbestand": "een bestand",
    "werkplek-beheer-importeer": "stuurt door naar import en export",
    "werkplek-documenten": "stuurt door, of toont het deel met dezelfde naam",
    "werkplek-document-openen": "een bestand",
    "werkplek-document-opslaan": "een bestand",
}
