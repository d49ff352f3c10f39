"""The paths that pages write themselves are those of the URL table."""

from django.urls import reverse

from eloket.portal import paden
from eloket.zaken.types import ZaakRef

REF = ZaakRef("register", "0b1f6f5e-7c1d-4a83-9a6c-1f0e5f0e8a11")


def test_paths_are_those_of_the_url_table():
    ref, document = str(REF), "d-1"
    assert reverse("mijn-overzicht") == paden.OVERZICHT
    assert reverse("mijn-zaken") == paden.ZAKEN
    assert reverse("mijn-taken") == paden.TAKEN
    assert reverse("mijn-berichten") == paden.BERICHTEN
    assert reverse("mijn-gegevens") == paden.GEGEVENS
    assert reverse("mijn-gegevens-meldingen") == paden.MELDINGEN
    assert reverse("mijn-machtigingen") == paden.MACHTIGINGEN
    assert reverse("mijn-machtiging-nieuw") == paden.MACHTIGING_NIEUW
    assert reverse("mijn-machtiging-code") == paden.MACHTIGING_CODE
    assert paden.machtiging("m-1") == reverse("mijn-machtiging", args=["m-1"])
    assert paden.machtiging_zaken("m-1") == reverse("mijn-machtiging-zaken", args=["m-1"])
    assert paden.machtigen(REF) == f"{paden.MACHTIGING_NIEUW}?zaak={REF}"
    assert paden.zaak(REF) == reverse("mijn-zaak", args=[ref])
    assert paden.documenten(REF) == reverse("mijn-zaak-documenten", args=[ref])
    assert paden.bericht_bij_zaak(REF) == reverse("mijn-zaak-bericht", args=[ref])
    assert paden.gesprek(REF) == reverse("mijn-gesprek", args=[ref])
    assert paden.document_openen(REF, document) == reverse("mijn-document-openen", args=[ref, document])
    assert paden.document_opslaan(REF, document) == reverse("mijn-document-opslaan", args=[ref, document])


def test_whatever_a_source_calls_its_zaak_stays_one_part_of_the_path():
    vreemd = ZaakRef("zgw", "a/b?c#d")
    assert paden.zaak(vreemd) == "/mijn/zaken/zgw-a%2Fb%3Fc%23d/"
