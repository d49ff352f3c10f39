import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from eloket.documenten import opslag, queries, service, testing, voorbeelden
from eloket.documenten.controle import controleer, schrijf
from eloket.documenten.errors import BestandVerlopen, DocumentBestaatAl
from eloket.documenten.models import Bestand
from eloket.documenten.types import DocumentInzage, Herkomst, Klaar
from eloket.kernel.errors import BronOnbereikbaar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bron")]
MOMENT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ZAAK = "register-1"


def _koppel(klaar: Klaar, zaak_ref: str = ZAAK, moment: datetime = MOMENT) -> DocumentInzage:
    return service.add_document(
        zaak_ref=zaak_ref,
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="J. de Vries",
        moment=moment,
    )


def _bereid(bestanden, zaak_ref: str = ZAAK, moment: datetime = MOMENT):
    return service.prepare(bestanden, zaak_ref=zaak_ref, moment=moment)


def test_the_good_files_of_a_post_are_kept_and_each_bad_one_says_how_to_mend_it(aanbieden, opslagmap):
    bestanden = aanbieden(
        ("rapport.pdf", voorbeelden.png()),
        ("leeg.pdf", b""),
        ("foto.exe", b"MZ\x00\x00"),
        ("brief.docx", voorbeelden.docx()),
        ("kopie van brief.docx", voorbeelden.docx()),
        ("plaatje.png", b"<svg onload=alert(1)>"),
    )
    toevoeging = _bereid(bestanden)
    assert [(k.naam, k.formaat.code) for k in toevoeging.goed] == [
        ("rapport.png", "png"),
        ("brief.docx", "docx"),
    ]
    assert [(g.code, g.tekst) for g in toevoeging.geweigerd] == [
        ("document-leeg", "‘leeg.pdf’ is leeg. Controleer het bestand en kies het opnieuw."),
        (
            "document-soort",
            (
                "‘foto.exe’ kunnen wij niet aannemen. "
                "Kies een bestand in pdf, Word (docx), odt, Excel (xlsx), jpg, png, heic of txt."
            ),
        ),
        (
            "document-dubbel",
            "‘kopie van brief.docx’ is hetzelfde bestand als ‘brief.docx’. Wij bewaren het één keer.",
        ),
        (
            "document-webpagina",
            (
                "‘plaatje.png’ is een webpagina of een programma. Dat kunnen wij niet aannemen. "
                "Maak er een pdf van en kies die."
            ),
        ),
    ]
    assert list((opslagmap / "tmp").iterdir()) == []


def test_a_file_that_is_not_what_its_name_says_is_refused_with_how_to_mend_it(aanbieden):
    (geweigerd,) = _bereid(aanbieden(("brief.docx", voorbeelden.docx()[:-30]))).geweigerd
    assert geweigerd.code == "document-anders"
    assert geweigerd.tekst == (
        "‘brief.docx’ is geen echt Word-bestand, of het is beschadigd. "
        "Open het zelf, sla het opnieuw op als Word-bestand en kies het nog een keer. "
        "Kunt u het ook zelf niet openen? Kies dan een ander bestand."
    )


def test_the_eleventh_file_is_refused_by_name_and_ten_are_taken(aanbieden):
    bestanden = aanbieden(*((f"{n}.txt", b"tekst %d" % n) for n in range(12)))
    toevoeging = _bereid(bestanden)
    assert len(toevoeging.goed) == 10
    assert [g.naam for g in toevoeging.geweigerd] == ["10.txt", "11.txt"]
    assert "10 bestanden per keer" in toevoeging.geweigerd[0].tekst


def test_what_is_too_large_is_refused_with_its_size(neem_aan):
    toevoeging = _bereid(neem_aan(("groot.pdf", bytes(50 * 1024 * 1024 + 1))))
    assert toevoeging.geweigerd[0].tekst == (
        "‘groot.pdf’ is te groot (50,1 MB). Een bestand mag 50 MB zijn. "
        "Maak het kleiner, of verdeel het over meer bestanden."
    )


def test_a_file_that_stands_in_the_zaak_already_is_refused_with_the_date(aanbieden):
    _koppel(_bereid(aanbieden(("a.txt", b"tekst"))).goed[0])
    toevoeging = _bereid(aanbieden(("b.txt", b"tekst")), moment=MOMENT + timedelta(days=1))
    assert toevoeging.goed == ()
    assert toevoeging.geweigerd[0].tekst == "‘b.txt’ staat al bij deze zaak (toegevoegd op 3 november 2026)."
    assert _bereid(aanbieden(("b.txt", b"tekst")), zaak_ref="register-2").geweigerd == ()


def test_two_requests_at_once_link_the_same_file_once_and_the_transaction_goes_on(aanbieden):
    [klaar] = _bereid(aanbieden(("a.txt", b"tekst"))).goed
    [zelfde] = _bereid(aanbieden(("a.txt", b"tekst"))).goed
    _koppel(klaar)
    with pytest.raises(DocumentBestaatAl) as fout:
        _koppel(zelfde)
    assert fout.value.tekst == "‘a.txt’ staat al bij deze zaak (toegevoegd op 3 november 2026)."
    assert len(queries.list_documenten(ZAAK)) == 1


def test_the_same_content_in_two_zaken_is_stored_once(aanbieden):
    for zaak_ref in ("register-1", "register-2"):
        _koppel(_bereid(aanbieden(("a.txt", b"tekst")), zaak_ref=zaak_ref).goed[0], zaak_ref=zaak_ref)
    assert len(list(testing.walk())) == 1
    assert Bestand.objects.count() == 1


def test_names_are_not_readable_in_the_database(aanbieden):
    _koppel(_bereid(aanbieden(("geheime naam.txt", b"tekst"))).goed[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT titel, bestandsnaam, auteur_naam FROM documenten_document")
        rij = "".join(cursor.fetchone())
    assert "geheim" not in rij
    assert "Vries" not in rij


def test_what_was_never_linked_is_removed_after_an_hour_and_the_rest_stays(aanbieden):
    [los] = _bereid(aanbieden(("los.txt", b"los"))).goed
    [vast] = _bereid(aanbieden(("vast.txt", b"vast"))).goed
    _koppel(vast)
    assert service.ruim_op(MOMENT + timedelta(minutes=59)).bestanden == 0
    assert service.ruim_op(MOMENT + timedelta(minutes=61)).bestanden == 1
    assert list(testing.walk()) == [vast.sha256]
    with pytest.raises(BestandVerlopen):
        _koppel(los)


def test_a_file_that_is_offered_again_is_held_for_another_hour(aanbieden):
    _bereid(aanbieden(("los.txt", b"los")))
    _bereid(aanbieden(("los.txt", b"los")), moment=MOMENT + timedelta(minutes=50))
    assert service.ruim_op(MOMENT + timedelta(minutes=70)).bestanden == 0


def test_abandoned_temporary_files_are_removed(aanbieden, opslagmap):
    oud, nieuw = aanbieden(("oud.txt", b"oud"), ("nieuw.txt", b"nieuw"))
    now = datetime.now(UTC)
    os.utime(oud.pad.pad, (now.timestamp() - 4000, now.timestamp() - 4000))
    assert service.ruim_op(now).tijdelijk == 1
    assert list((opslagmap / "tmp").iterdir()) == [nieuw.pad.pad]


def test_a_blob_cannot_be_changed_by_anybody_else(aanbieden):
    [klaar] = _bereid(aanbieden(("a.txt", b"tekst"))).goed
    pad = testing.path_or_none(klaar.sha256)
    assert pad is not None
    assert pad.stat().st_mode & 0o777 == 0o400


def test_a_source_that_fails_is_not_taken_for_an_empty_one(aanbieden, monkeypatch, opslagmap):
    class Stuk:
        def list_documenten(self, zaak_ref: str):
            raise BronOnbereikbaar("de bron")

    monkeypatch.setattr(service, "_bronnen", [Stuk()])
    with pytest.raises(BronOnbereikbaar):
        _bereid(aanbieden(("a.txt", b"tekst")))
    assert list((opslagmap / "tmp").iterdir()) == []


def test_the_check_names_what_does_not_agree(aanbieden):
    document = _koppel(_bereid(aanbieden(("weg.txt", b"weg"))).goed[0])
    stuk = _koppel(_bereid(aanbieden(("stuk.txt", b"stuk"))).goed[0])
    _koppel(_bereid(aanbieden(("goed.txt", b"goed"))).goed[0])
    [los] = _bereid(aanbieden(("los.txt", b"los"))).goed
    assert controleer(volledig=True).is_goed
    opslag.delete(document.sha256)
    pad = testing.path_or_none(stuk.sha256)
    assert pad is not None
    pad.chmod(0o600)
    pad.write_bytes(b"KAPO")
    Bestand.objects.filter(sha256=los.sha256).delete()
    assert controleer().beschadigd == (stuk.sha256,)
    gevonden = controleer(volledig=True)
    assert gevonden.document_zonder_inhoud == (document.id,)
    assert gevonden.beschadigd == (stuk.sha256,)
    assert gevonden.inhoud_zonder_rij == (los.sha256,)
    assert not gevonden.is_goed
    assert document.id in schrijf(gevonden)
    assert "weg.txt" not in schrijf(gevonden)
