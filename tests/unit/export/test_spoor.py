"""Saving a file with all of one's own data is reading every zaak and document in it: each has its line."""

import pytest
from django.db import DatabaseError

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.documenten import service as documenten
from eloket.export.uitgeven import open_export
from tests.huis import inwoner, met_nepbronnen, onderneming, partij_van
from tests.unit.export.uitpakken import take
from tests.unit.export.vullen import add_document
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def _lines(actie: str) -> set[tuple[str, str]]:
    rijen = AuditRegel.objects.filter(actie=actie, actor_key=inwoner().key)
    return {(een.object_ref, een.kenmerken.get("document", "")) for een in rijen}


def test_each_zaak_and_each_document_that_went_along_has_a_line(bron):
    een, ander = (zaak_van(inwoner(), naam, sleutel=naam) for naam in ("een", "ander"))
    van_buur = zaak_van(inwoner("999990020", "Fatima"), "van de buur", sleutel="buur")
    add_document(inwoner(), een, "a.pdf")
    (document,) = documenten.configured_bron().list_documenten(str(een.ref))
    take(inwoner())
    assert _lines("zaak.meegenomen") == {(str(een.ref), ""), (str(ander.ref), "")}
    assert _lines("document.opgeslagen") == {(str(een.ref), document.id)}
    assert not AuditRegel.objects.filter(object_ref=str(van_buur.ref), actie="zaak.meegenomen").exists()


def test_who_does_it_for_a_business_is_named_with_the_business(bron):
    zaak_van(onderneming(), sleutel="bedrijf")
    take(onderneming())
    regels = AuditRegel.objects.filter(actie__in=["export.gevraagd", "export.opgeslagen", "zaak.meegenomen"])
    namens = {(een.actie, een.kenmerken.get("namens")) for een in regels}
    van = partij_van(onderneming()).profiel_key
    assert namens == {("export.gevraagd", van), ("export.opgeslagen", van), ("zaak.meegenomen", van)}


def test_without_its_lines_nothing_is_handed_out(bron, monkeypatch):
    zaak_van(inwoner())
    take(inwoner())
    eerder = AuditRegel.objects.count()

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record_all", fail)
    with pytest.raises(DatabaseError):
        open_export(inwoner())
    assert AuditRegel.objects.count() == eerder, "of het een of het ander"
