"""The pages of the werkplek in every state that differs: the work list, a zaak, a document, and the counter."""

import re
from functools import partial

from playwright.sync_api import Page

from eloket.workbench.zaken.delen import Deel
from tests.e2e.browser import MILA, PETRA, TOM
from tests.e2e.keuring import Staat
from tests.e2e.wegen import PARKEREN, Ga, search_work, to


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
    search_work(page, "van Drouwen", lijst="afdeling")
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
    if tot in {"klaar", "te-laat"}:
        ander = page.context.new_page()
        ander.goto(page.url.replace("controleren/", ""))
        page.get_by_role("button", name="Registreer de zaak").click()
        if tot == "te-laat":  # changed in another tab after the zaak was made
            ander.get_by_label("Onderwerp").fill("Vergunning Lindelaan 12")
            ander.get_by_role("button", name="Controleer de gegevens").click()
            page.reload()
        ander.close()


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


STATEN = (
    Staat("werkplek", "", MILA, to("/werkplek/")),
    Staat("werkplek", "afdeling", PETRA, to("/werkplek/?lijst=afdeling")),
    Staat("werkplek", "niet-toegewezen", TOM, to("/werkplek/?lijst=niet-toegewezen")),
    Staat("werkplek", "zoekopdracht-weg", MILA, to("/werkplek/?zoek=xyzzy")),
    Staat("werkplek", "niets-gevonden", MILA, partial(search_work, tekst="xyzzy")),
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
    Staat("werkplek-balie-klaar", "te-laat", MILA, partial(_counter, tot="te-laat")),
    Staat("werkplek-vraag", "fout", MILA, _wrong_question),
    Staat("werkplek-vraag", "zonder-formulier", MILA, _no_form),
    Staat("werkplek-bericht", "fout", MILA, _wrong_answer),
    Staat("werkplek-zaak", "geen-bestand", MILA, _work_upload),
)

GEEN_PAGINA = {
    "werkplek-zaak-dossier": "een bestand",
    "werkplek-verzendbewijs": "een bestand",
    "werkplek-toewijzen": "stuurt door naar de werkvoorraad",
    "werkplek-zoeken": "stuurt door naar de werkvoorraad",
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
    "werkplek-documenten": "stuurt door, of toont het deel met dezelfde naam",
    "werkplek-document-openen": "een bestand",
    "werkplek-document-opslaan": "een bestand",
}
