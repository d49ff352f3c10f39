"""The pages of functional management in every state that differs, but those of forms, mails and outages."""

from functools import partial

from playwright.sync_api import Page

from tests.e2e.browser import MILA
from tests.e2e.keuring import Staat
from tests.e2e.wegen import to

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
)

GEEN_PAGINA = {
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
}
