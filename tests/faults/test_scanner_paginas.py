"""What the scanner does not call safe is handed out by no route, to nobody, and both sides hear of it."""

from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from eloket.documenten import queries, service, voorbeelden
from eloket.documenten.scanner import ScannerOnbereikbaar
from eloket.documenten.types import Controle, DocumentInzage
from eloket.kernel.klok import nu
from eloket.zaken.types import Aandacht, Zaak
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.faults]


class Scanner:
    """Away until it is told what to say."""

    uitslag: Controle | None = None

    def scan(self, brokken: Iterable[bytes], *, hooguit: float | None = None) -> Controle:
        for _ in brokken:
            pass
        if self.uitslag is None:
            raise ScannerOnbereikbaar
        return self.uitslag


@pytest.fixture
def scanner(settings: Settings, tmp_path: Path) -> Iterator[Scanner]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"
    scanner = Scanner()
    service.configure_scanner(scanner)
    yield scanner
    service.configure_scanner(None)


@pytest.fixture
def stadhuis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(stadhuis: Stadhuis) -> Zaak:
    return stadhuis.start()


def ways_in(stadhuis: Stadhuis, document: DocumentInzage) -> Iterator[tuple[Client, str]]:
    """Every address at which somebody could ask for the bytes."""
    for client, begin in ((client_of(stadhuis.jeroen), "/mijn"), (client_of(stadhuis.mila), "/werkplek")):
        for doen in ("openen/", "opslaan/", "openen/?in=pagina"):
            yield client, f"{begin}/zaken/{document.zaak_ref}/documenten/{document.id}/{doen}"


@pytest.mark.parametrize(
    ("uitslag", "tekst"),
    [
        (None, "Wij controleren dit bestand nog op virussen"),
        (Controle.BESMET, "In dit bestand zit een virus"),
    ],
    ids=["wacht", "besmet"],
)
def test_no_route_hands_it_out(
    scanner: Scanner, stadhuis: Stadhuis, zaak: Zaak, uitslag: Controle | None, tekst: str
) -> None:
    inhoud = voorbeelden.pdf("geheime inhoud")
    [document] = stadhuis.deliver(zaak.ref, inhoud=inhoud).toegevoegd
    scanner.uitslag = uitslag
    service.scan_wachtend(nu())
    for client, pad in ways_in(stadhuis, document):
        antwoord = client.get(pad)
        assert antwoord.status_code == 409, pad
        assert tekst in unescape(text_of(antwoord)), pad
        assert "geheime inhoud" not in text_of(antwoord)
        assert client.get(pad, headers={"range": "bytes=0-9"}).status_code == 409
        assert client.head(pad).status_code == 409


def test_what_turns_out_clean_opens_for_both(scanner: Scanner, stadhuis: Stadhuis, zaak: Zaak) -> None:
    inhoud = voorbeelden.pdf("gewone inhoud")
    [document] = stadhuis.deliver(zaak.ref, inhoud=inhoud).toegevoegd
    scanner.uitslag = Controle.SCHOON
    service.scan_wachtend(nu())
    for client, pad in ways_in(stadhuis, document):
        antwoord = client.get(pad)
        assert b"".join(antwoord) == inhoud, pad


def test_both_sides_hear_of_a_virus(scanner: Scanner, stadhuis: Stadhuis, zaak: Zaak) -> None:
    [document] = stadhuis.deliver(zaak.ref, inhoud=voorbeelden.pdf("x")).toegevoegd
    scanner.uitslag = Controle.BESMET
    service.scan_wachtend(nu())
    assert Aandacht.DOCUMENT in stadhuis.now(zaak.ref).aandacht
    for client, begin in ((client_of(stadhuis.jeroen), "/mijn"), (client_of(stadhuis.mila), "/werkplek")):
        assert "virus" in text_of(client.get(f"{begin}/zaken/{zaak.ref}/")), begin
    assert not queries.get_document(document.id).is_onbehandeld  # does not keep the zaak from closing


def test_an_infected_file_at_the_door_is_named_and_the_good_one_is_kept(
    scanner: Scanner, stadhuis: Stadhuis, zaak: Zaak
) -> None:
    scanner.uitslag = Controle.BESMET
    client = client_of(stadhuis.jeroen)
    pad = f"/mijn/zaken/{zaak.ref}/documenten/"
    antwoord = client.post(pad, {"bestanden": [SimpleUploadedFile("foto.pdf", voorbeelden.pdf("fout"))]})
    tekst = unescape(text_of(antwoord if antwoord.status_code != 303 else client.get(antwoord["Location"])))
    assert "In ‘foto.pdf’ zit een virus. Wij hebben het bestand niet bewaard." in tekst
    assert queries.list_documenten(str(zaak.ref)) == ()
