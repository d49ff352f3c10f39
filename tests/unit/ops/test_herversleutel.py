"""`eloket herversleutel`: after it, the old secret can go; before that, it says what is left. Never a name."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from eloket.audit.controle import controleer
from eloket.audit.opruimen import remove_oldest
from eloket.audit.verzegeld import ketens
from eloket.audit.verzegelen import seal_waiting
from eloket.documenten import opslag, service
from eloket.documenten.models import Document
from eloket.documenten.types import Herkomst
from eloket.documenten.upload import bied_aan
from eloket.identity.models import Sessie
from eloket.identity.sessie import SessionStore
from eloket.kernel import herversleutelen
from eloket.kernel.crypto import EncryptedTextField, OntsleutelenMislukt
from eloket.kernel.klok import nu
from eloket.notifications.models import Ontvangstbewijs

pytestmark = pytest.mark.django_db
OUD, NIEUW = "oud" * 12, "nieuw" * 8
Geheimen = Callable[..., None]


@pytest.fixture
def geheimen(settings, tmp_path: Path):
    """Set the secrets of this process; a storage of its own, because other tests leave files under theirs."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"
    Sessie.objects.all().delete()

    def _geheimen(*alle: str) -> None:
        settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": alle})

    return _geheimen


def document(titel: str = "Mijn paspoort", inhoud: bytes = b"tekst") -> Document:
    [klaar] = service.prepare((bied_aan("a.txt", [inhoud]),), zaak_ref="", moment=nu()).goed
    gemaakt = service.add_document(
        zaak_ref=f"register-{uuid4()}",
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="Jeroen",
        moment=nu(),
    )
    Document.objects.filter(pk=gemaakt.id).update(titel=titel)
    return Document.objects.get(pk=gemaakt.id)


def bewijs() -> Ontvangstbewijs:
    gemaakt = Ontvangstbewijs.objects.create(
        kenmerk="O-1",
        soort="bericht",
        onderwerp_id="1",
        kanaal="portaal",
        ontvangen_op=nu(),
        wat='{"naam": "x"}',
    )
    seal_waiting(nu())
    return gemaakt


def sessie() -> str:
    store = SessionStore()
    store["invoer"] = "wat ik typte"
    store.create()
    assert store.session_key is not None
    return store.session_key


def ruw(tabel: str, kolom: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{kolom}" FROM "{tabel}" ORDER BY 1')
        return [str(waarde) for (waarde,) in cursor.fetchall()]


def draai(capsys: pytest.CaptureFixture[str], *woorden: str) -> tuple[bool, str]:
    try:
        call_command("herversleutel", *woorden)
    except CommandError:
        return False, capsys.readouterr().out
    return True, capsys.readouterr().out


def test_everything_is_brought_under_the_new_secret_and_the_old_one_can_go(
    geheimen: Geheimen, capsys: pytest.CaptureFixture[str]
) -> None:
    geheimen(OUD)
    stuk, bewezen, sleutel = document(), bewijs(), sessie()
    geheimen(NIEUW, OUD)
    assert draai(capsys, "--proef")[0] is False
    goed, uit = draai(capsys)
    assert goed, uit
    geheimen(NIEUW)
    stuk.refresh_from_db()
    assert (stuk.titel, stuk.auteur_naam) == ("Mijn paspoort", "Jeroen")
    assert b"".join(opslag.open_inhoud(stuk.bestand.sha256).brokken) == b"tekst"
    assert Ontvangstbewijs.objects.get(pk=bewezen.pk).wat == '{"naam": "x"}'
    assert SessionStore(sleutel)["invoer"] == "wat ik typte"
    assert "documenten_document: 1 rijen, 1 herversleuteld, 0 over" in uit
    assert "Over onder een ouder geheim: 0." in uit
    assert not {"paspoort", "Jeroen", "typte"} & set(uit.split())


def test_the_seals_still_hold_afterwards(geheimen: Geheimen, capsys: pytest.CaptureFixture[str]) -> None:
    geheimen(OUD)
    bewijs()
    geheimen(NIEUW, OUD)
    voor = ruw("notifications_ontvangstbewijs", "wat")
    assert draai(capsys)[0]
    assert ruw("notifications_ontvangstbewijs", "wat") != voor
    assert not any(controleer(keten).bevindingen for keten in ketens().values())
    assert remove_oldest(Ontvangstbewijs, voor=nu(), reden="proef", now=nu()) == 1


def test_proof_that_is_not_sealed_yet_waits_for_its_seal(
    geheimen: Geheimen, capsys: pytest.CaptureFixture[str]
) -> None:
    geheimen(OUD)
    Ontvangstbewijs.objects.create(
        kenmerk="O-1", soort="bericht", onderwerp_id="1", kanaal="portaal", ontvangen_op=nu(), wat="x"
    )
    geheimen(NIEUW, OUD)
    goed, uit = draai(capsys)
    assert not goed
    assert "notifications_ontvangstbewijs: 1 rijen, 0 herversleuteld, 1 over" in uit
    seal_waiting(nu())
    assert draai(capsys)[0]


def test_the_guard_lets_only_ciphertext_through_and_the_seal_tells_when_the_text_changed(
    geheimen: Geheimen,
) -> None:
    geheimen(OUD)
    bewezen = bewijs()
    for veld, waarde in (("kenmerk", "O-2"), ("zegel", None), ("ontvangen_op", nu())):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ontvangstbewijs.objects.filter(pk=bewezen.pk).update(**{veld: waarde, "wat": "iets anders"})
    assert not controleer(Ontvangstbewijs).bevindingen
    Ontvangstbewijs.objects.filter(pk=bewezen.pk).update(wat="iets anders")
    assert controleer(Ontvangstbewijs).bevindingen


def test_trying_changes_nothing_and_says_how_many_are_left(
    geheimen: Geheimen, capsys: pytest.CaptureFixture[str]
) -> None:
    geheimen(OUD)
    document()
    geheimen(NIEUW, OUD)
    voor = ruw("documenten_document", "titel")
    goed, uit = draai(capsys, "--proef")
    assert not goed
    assert "documenten_document: 1 rijen, 0 herversleuteld, 1 over" in uit
    assert "bestanden: 1 over onder " in uit
    assert "Over onder een ouder geheim: 2." in uit
    assert ruw("documenten_document", "titel") == voor


def test_what_is_under_the_newest_secret_is_left_alone(
    geheimen: Geheimen, capsys: pytest.CaptureFixture[str]
) -> None:
    geheimen(NIEUW)
    document()
    voor = ruw("documenten_document", "titel")
    geheimen(NIEUW, OUD)
    assert draai(capsys)[0]
    assert ruw("documenten_document", "titel") == voor


def test_an_empty_text_stays_empty_and_many_rows_are_all_done(
    geheimen: Geheimen, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(herversleutelen, "_GROEP", 3)
    geheimen(OUD)
    stukken = [document(f"titel {n}", b"%d" % n) for n in range(10)]
    geheimen(NIEUW, OUD)
    assert draai(capsys)[0]
    geheimen(NIEUW)
    titels = {stuk.pk: stuk.titel for stuk in Document.objects.all()}
    assert titels == {stuk.pk: stuk.titel for stuk in stukken}
    assert set(ruw("documenten_document", "afkeurreden")) == {""}


def test_what_nobody_can_read_any_more_is_told_and_keeps_nothing_waiting(
    geheimen: Geheimen, capsys: pytest.CaptureFixture[str]
) -> None:
    geheimen("kwijt" * 8)
    document("weg", b"weg")
    geheimen(OUD)
    document("goed", b"goed")
    geheimen(NIEUW, OUD)
    goed, uit = draai(capsys)
    assert not goed
    assert "documenten_document: 2 rijen, 1 herversleuteld, 1 over, 1 onleesbaar" in uit


def test_what_somebody_wrote_meanwhile_is_never_overwritten(
    geheimen: Geheimen, monkeypatch: pytest.MonkeyPatch
) -> None:
    geheimen(OUD)
    stuk = document("oud")
    geheimen(NIEUW, OUD)
    echt = herversleutelen._write
    beurten: list[int] = []

    def traag(*wat: object) -> set[object]:
        if not beurten:  # between reading and writing
            beurten.append(1)
            Document.objects.filter(pk=stuk.pk).update(titel="net getypt")
        return echt(*wat)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(herversleutelen, "_write", traag)
    [tabel] = [een for een in herversleutelen.list_tabellen() if een.naam == "documenten_document"]
    assert herversleutelen.rewrite(tabel).over == 0
    geheimen(NIEUW)
    assert Document.objects.get(pk=stuk.pk).titel == "net getypt"
    assert Document.objects.get(pk=stuk.pk).auteur_naam == "Jeroen"


def test_every_encrypted_column_of_the_product_is_found() -> None:
    verwacht = {
        (model._meta.db_table, veld.attname)
        for model in apps.get_models()
        for veld in model._meta.concrete_fields
        if isinstance(veld, EncryptedTextField)
    }
    gevonden = {(tabel.naam, veld) for tabel in herversleutelen.list_tabellen() for veld in tabel.velden}
    assert gevonden == verwacht
    assert ("notifications_ontvangstbewijs", "wat") in gevonden


def test_a_secret_that_was_taken_out_too_early_reads_nothing(geheimen: Geheimen) -> None:
    geheimen(OUD)
    stuk = document()
    geheimen(NIEUW)
    with pytest.raises(OntsleutelenMislukt):
        Document.objects.get(pk=stuk.pk)
