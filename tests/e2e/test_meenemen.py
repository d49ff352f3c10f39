"""Taking along what there is of a zaak, in a real browser, on a desk and on a phone."""

import zipfile
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page

from tests.e2e.browser import BREED_EN_SMAL, JEROEN, MILA, OpenPage, Vorm
from tests.e2e.staten_gesprek import ask_question
from tests.e2e.wegen import to_zaak

pytestmark = pytest.mark.e2e


def save(page: Page, naam: str, map_: Path) -> Path:
    """Follow the link with this name, which gives a file; where it was saved, under the name that it came with."""
    with page.expect_download() as wachten:
        page.get_by_role("link", name=naam).first.click()
    bestand = wachten.value
    assert bestand.failure() is None
    pad = map_ / bestand.suggested_filename
    bestand.save_as(pad)
    return pad


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_the_whole_dossier_is_saved_and_can_be_unpacked(open_page: OpenPage, vorm: Vorm, tmp_path: Path):
    page = open_page(JEROEN, vorm)
    to_zaak(page)
    pad = save(page, "Download het hele dossier", tmp_path)
    assert pad.name.startswith("dossier-Z-")
    with zipfile.ZipFile(pad) as archief:
        assert archief.testzip() is None
        namen = [naam.partition("/")[2] for naam in archief.namelist()]
    assert namen[0] == "index.pdf"
    assert any(naam.startswith("documenten/001 ") for naam in namen)
    assert page.get_by_role("heading", level=1).is_visible(), "one stays on the page"


def test_a_civil_servant_saves_it_from_the_documents(open_page: OpenPage, tmp_path: Path):
    page = open_page(MILA)
    page.goto("/werkplek/?lijst=afdeling")
    page.locator("tbody").get_by_role("link").first.click()
    page.goto(f"{page.url.partition('?')[0]}?deel=documenten")
    assert zipfile.is_zipfile(save(page, "Download het hele dossier", tmp_path))


@pytest.mark.parametrize("vorm", BREED_EN_SMAL, ids=str)
def test_the_last_day_goes_into_a_calendar(open_page: OpenPage, vorm: Vorm, tmp_path: Path):
    page = open_page(JEROEN, vorm)
    ask_question(page)  # what the demo asked of him may be answered by now
    page.goto("/mijn/taken/")
    pad = save(page, "Zet in mijn agenda", tmp_path)
    assert pad.suffix == ".ics"
    assert len(Calendar.from_ical(pad.read_bytes()).walk("VEVENT")) == 1
