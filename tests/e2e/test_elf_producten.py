"""Each of the eleven products from its page to the work list: on a phone, by keyboard alone, without JavaScript.

The answers are the samples that come with the forms. Only the choice of a file, which is a window of the operating
system, is made for the person.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, StorageState, expect

from eloket.documenten import voorbeelden as bestanden
from eloket.kernel.klok import vandaag
from eloket.loket.formulier.basis import Wie
from eloket.loket.queries import list_producten
from tests.e2e.browser import INES, JEROEN, KORENAAR, MILA, PETRA, TELEFOON, TOM, YOUSSEF, OpenPage, Vorm
from tests.e2e.product import Product, copy_demo, prepared_demo, shared_folder
from tests.e2e.toetsen import tab_to
from tests.e2e.wegen import search_work
from tests.unit.loket.voorbeelden import Voorbeeld, VoorbeeldStap, as_text, to_inputs, voorbeelden

OP_EEN_TELEFOON = Vorm(TELEFOON, js=False)
PERSOON = {Wie.INWONER: JEROEN, Wie.ONDERNEMING: KORENAAR, Wie.ANONIEM: ""}
BEHANDELAAR = {
    "PARKEERVERGUNNING": MILA,
    "GEHANDICAPTENPARKEERKAART": MILA,
    "EVENEMENTENVERGUNNING": PETRA,
    "KAPVERGUNNING": PETRA,
    "MOR": PETRA,
    "BIJZONDERE_BIJSTAND": YOUSSEF,
    "BEZWAAR_WOZ": TOM,
    "SUBSIDIE_GELUIDSISOLATIE": TOM,
    "BEZWAAR": INES,
    "KLACHT": INES,
    "VERHUIZING": INES,
    "AVG_VERZOEK": INES,
}
_HIER = """() => {
    const e = document.activeElement;
    const groep = e.name ? [...document.getElementsByName(e.name)] : [];
    return {soort: e.tagName === "INPUT" || e.tagName === "BUTTON" ? e.type : e.tagName.toLowerCase(),
            naam: e.name || "", waarde: e.value || "", accept: e.accept || "", aan: e.checked === true,
            plek: groep.indexOf(e), rij: groep.map((een) => een.value),
            keuzes: e.options ? [...e.options].map((een) => een.value) : [],
            gekozen: e.options ? e.selectedIndex : 0,
            aantal: document.querySelectorAll("fieldset.pip-group-entry").length};
}"""
_MEESTE_TABS = 250


@pytest.fixture(scope="module")
def product(tmp_path_factory) -> Iterator[Product]:
    """A product of its own: so many zaken would push those of other tests to a next page."""
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    product = Product(copy_demo(demo, tmp_path_factory.mktemp("elf") / "data"))
    try:
        yield product.start()
    finally:
        product.stop()
    assert not product.fouten, "in het log van de server:\n" + product.log


@pytest.fixture(scope="module")
def ingelogd() -> dict[str, StorageState]:
    """The cookies of that product."""
    return {}


def eerste_voorbeelden() -> list[Any]:
    """Of each product the first sample."""
    per_formulier: dict[str, Voorbeeld] = {}
    for formulier, voorbeeld in voorbeelden():
        per_formulier.setdefault(formulier, voorbeeld)
    producten = [(een.slug, een.inhoud.formulier) for een in list_producten() if een.inhoud.formulier]
    return [pytest.param(slug, formulier, per_formulier[formulier], id=slug) for slug, formulier in producten]


@pytest.mark.parametrize(("slug", "formulier", "voorbeeld"), eerste_voorbeelden())
def test_a_product_is_done_by_keyboard_on_a_phone_and_stands_in_the_work_list(
    open_page: OpenPage, slug: str, formulier: str, voorbeeld: Voorbeeld
):
    # Logging in higher ends the session that there was: a new one, that no other test uses.
    vraagt_hoger = slug in {"avg-verzoek", "gehandicaptenparkeerkaart"}
    page = open_page(PERSOON[voorbeeld.wie], OP_EEN_TELEFOON, vers=vraagt_hoger)
    page.goto(f"/loket/{slug}/")
    begin = "Begin zonder inloggen" if voorbeeld.wie is Wie.ANONIEM else "Begin"
    hoger = ("Inloggen met DigiD Substantieel", PERSOON[voorbeeld.wie]) if vraagt_hoger else ()
    for knop in (begin, *hoger, "Begin met invullen"):
        tab_to(page, knop)
        _press_enter(page)
    for stap in voorbeeld.stappen:
        expect(page).to_have_url(re.compile(f"/{formulier}/[0-9a-f-]+/stap/{stap.stap}/"))
        _fill(page, stap)
    expect(page.get_by_role("heading", name="Controleer uw gegevens")).to_be_visible()
    _declare_and_send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw formulier ontvangen")
    nummer = re.search(r"Z-\d{4}-\d{6}", page.get_by_role("main").inner_text())
    assert nummer
    _stands_there_with_everything(open_page(BEHANDELAAR[voorbeeld.zaaktype]), nummer[0], voorbeeld)


def _fill(page: Page, stap: VoorbeeldStap) -> None:
    """One step; again from the top when a button brought the page back (an entry more, a street to be typed)."""
    invoer = to_inputs(stap.invoer, vandaag())
    begin = page.url.partition("#")[0]
    for _ in range(8):
        _walk(page, invoer, dict(stap.bestanden))
        if page.url.partition("#")[0] != begin:
            return
    pytest.fail(f"stap {stap.stap} komt niet af: {page.locator('#fouten').all_inner_texts()}")


def _walk(page: Page, invoer: dict[str, list[str]], bestanden: dict[str, int]) -> None:
    """From the top to the button that goes on, answering what has the focus on the way."""
    page.locator("h1").evaluate("(e) => { e.tabIndex = -1; e.focus(); }")
    for _ in range(_MEESTE_TABS):
        page.keyboard.press("Tab")
        hier = page.evaluate(_HIER)
        if hier["soort"] == "submit" and hier["naam"] == "knop":
            wat, _, plek = hier["waarde"].partition(":")
            nodig = int(invoer.get(f"{plek}-aantal", ["0"])[0])
            if wat == "verder" or (wat == "erbij" and hier["aantal"] < nodig):
                _press_enter(page)
                return
        elif hier["naam"] in bestanden and hier["soort"] == "file":
            page.locator(":focus").set_input_files(_files(hier["accept"], bestanden.pop(hier["naam"])))
        elif hier["naam"] in invoer:
            _answer(page, hier, invoer[hier["naam"]])
    pytest.fail("met Tab komt men niet bij ‘Volgende stap’")


def _answer(page: Page, hier: dict[str, Any], waarden: list[str]) -> None:
    if hier["soort"] == "radio":
        if not hier["aan"]:
            page.keyboard.press("Space")
        stappen = hier["rij"].index(waarden[0]) - hier["plek"]
        for _ in range(abs(stappen)):
            page.keyboard.press("ArrowDown" if stappen > 0 else "ArrowUp")
    elif hier["soort"] == "checkbox":
        if (hier["waarde"] in waarden) != hier["aan"]:
            page.keyboard.press("Space")
    elif hier["soort"] == "select":
        stappen = hier["keuzes"].index(waarden[0]) - hier["gekozen"]
        for _ in range(abs(stappen)):
            page.keyboard.press("ArrowDown" if stappen > 0 else "ArrowUp")
    else:
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(waarden[0])


def _files(accept: str, aantal: int) -> list[Any]:
    """As many files of a kind that the field takes, each with content of its own."""
    if ".pdf" in accept:
        return [
            {"name": f"stuk-{n}.pdf", "mimeType": "application/pdf", "buffer": bestanden.pdf(f"Stuk {n}")}
            for n in range(aantal)
        ]
    return [{"name": "foto.png", "mimeType": "image/png", "buffer": bestanden.png()}][:aantal]


def _declare_and_send(page: Page) -> None:
    page.locator("h1").evaluate("(e) => { e.tabIndex = -1; e.focus(); }")
    for _ in range(_MEESTE_TABS):
        page.keyboard.press("Tab")
        hier = page.evaluate(_HIER)
        if hier["naam"] == "verklaring":
            page.keyboard.press("Space")
        elif hier["soort"] == "submit" and "Versturen" in page.locator(":focus").inner_text():
            _press_enter(page)
            return
    pytest.fail("met Tab komt men niet bij ‘Versturen’")


def _press_enter(page: Page) -> None:
    """And wait for the page that answers."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _stands_there_with_everything(page: Page, nummer: str, voorbeeld: Voorbeeld) -> None:
    search_work(page, nummer)
    page.get_by_role("link", name=nummer).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(voorbeeld.onderwerp)
    inhoud = page.get_by_role("main").inner_text()
    for vraag, antwoord in voorbeeld.kenmerken.items():
        assert vraag in inhoud
        assert as_text(antwoord, vandaag()) in inhoud
    if voorbeeld.documenten:
        page.get_by_role("link", name=re.compile("^Documenten")).first.click()
        expect(page.get_by_role("main")).to_contain_text("nog te beoordelen", ignore_case=True)
