"""Every form of the E-loket: its first step with every payload, one whole way with payloads in all that is typed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from eloket.documenten.voorbeelden import jpg
from eloket.identity.niveaus import Zekerheid
from eloket.identity.testing import in_process_provider, inwoner, onderneming
from eloket.kernel.klok import vandaag
from eloket.loket import adressen
from eloket.loket.formulier.basis import Wie
from eloket.loket.versies import load_meegeleverd
from eloket.ops.demo.personas import adressen_bestand
from eloket.profile import service as profile
from eloket.profile.bron import personen_bron
from eloket.profile.testing import FakePersonenBron
from eloket.sources.adressen.embedded import EmbeddedAdresBron
from eloket.sources.register.bron import RegisterBron
from tests.architecture.routetabel import client_of
from tests.security.aanval import attack, taken_back
from tests.security.kruiper import GOED, Formulier, forms_of, route_of
from tests.security.ladingen import ELEMENT, MERK
from tests.security.oordeel import must_be_harmless, text_of_pdf
from tests.unit.loket.voorbeelden import Voorbeeld, definities, to_inputs, voorbeelden

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]
LADING = f"@'{ELEMENT}{MERK}"
GETYPT = {"tekst", "lange_tekst"}
EERSTE = [
    pytest.param(formulier, next(een for naam, een in voorbeelden() if naam == formulier), id=formulier)
    for formulier in definities()
]


@pytest.fixture(scope="module", autouse=True)
def _inrichting(django_db_setup, django_db_blocker) -> Iterator[None]:
    kader = (django_db_blocker.unblock(), transaction.atomic(), in_process_provider())
    with kader[0], kader[1], kader[2], pytest.MonkeyPatch.context() as patch:
        vorige = personen_bron()
        profile.configure(FakePersonenBron())
        patch.setattr(adressen, "_bronnen", [EmbeddedAdresBron(adressen_bestand())])
        RegisterBron().import_zaaktypen()
        load_meegeleverd()
        yield
        profile.configure(vorige)
        transaction.set_rollback(True)


def visitor(voorbeeld: Voorbeeld) -> Client:
    """Who may fill this in, logged in as high as it takes."""
    if voorbeeld.wie is Wie.ANONIEM:
        return Client()
    actor = inwoner() if voorbeeld.wie is Wie.INWONER else onderneming()
    return client_of(replace(actor, zekerheid=Zekerheid.HOOG))


def begin(client: Client, formulier: str, voorbeeld: Voorbeeld) -> str:
    """The address of the first step."""
    soort = "loket-zonder-start" if voorbeeld.wie is Wie.ANONIEM else "loket-start"
    antwoord = client.post(reverse(soort, args=[formulier]), {"sleutel": uuid4().hex}, follow=True)
    must_be_harmless(antwoord)
    return str(antwoord.request["PATH_INFO"])


def form_on(client: Client, pad: str) -> Formulier:
    """The form of a step, or of the page that sends it."""
    inhoud = must_be_harmless(client.get(pad))
    formulieren = forms_of(html.document_fromstring(inhoud.decode()), "", pad)
    return next(een for een in formulieren if een.is_post and een.actie == pad)


def typed(formulier: str) -> set[str]:
    """The fields of this form in which anything may be typed; of a group as they are named within it."""
    alle = [veld for _, veld in definities()[formulier].velden()]
    alle += [een for veld in alle for een in getattr(veld, "velden", ())]
    return {veld.id for veld in alle if veld.soort in GETYPT}


def wrong_on(inhoud: bytes) -> set[str]:
    return {
        str(een.get("name"))
        for een in html.document_fromstring(inhoud.decode()).xpath("//*[@aria-invalid='true']")
    }


def do_step(
    client: Client, pad: str, invoer: dict[str, list[str]], bestanden: dict[str, int], vrij: set[str]
) -> tuple[str, set[str]]:
    """Fill in a step; a payload that does not fit gives way to the answer of the sample. Returns where it led to, and
    the fields in which one stayed."""
    kaal = {veld.rpartition("-")[2]: veld for veld in invoer}
    verstuurd, fout = set(bestanden), set[str]()
    lading = {kaal[naam]: [LADING] for naam in vrij & kaal.keys()}
    for _ in range(4):
        staat_er = {
            naam: waarde
            for naam, (soort, waarde) in form_on(client, pad).velden.items()
            if soort == "hidden" or (soort in GOED and waarde not in GOED.values())
        }
        velden: dict[str, Any] = {**staat_er, **invoer, **lading, "knop": "verder"}
        velden |= {
            veld: [_photo(veld, nummer) for nummer in range(aantal)] for veld, aantal in bestanden.items()
        }
        antwoord = client.post(pad, velden)
        inhoud = must_be_harmless(antwoord)
        if antwoord.status_code == 303:
            return str(antwoord["Location"]).partition("#")[0], lading.keys() | verstuurd
        fout, bestanden = wrong_on(inhoud), {}
        lading = {naam: waarde for naam, waarde in lading.items() if naam not in fout}
    raise AssertionError(f"{pad}: {sorted(fout)}")


def _photo(veld: str, nummer: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{LADING} {nummer}.jpg", jpg() + f"{veld}{nummer}".encode())


@pytest.mark.parametrize(("formulier", "voorbeeld"), EERSTE)
def test_the_first_step_takes_every_payload(formulier: str, voorbeeld: Voorbeeld):
    client = visitor(voorbeeld)
    pad = begin(client, formulier, voorbeeld)
    assert attack(client, form_on(client, pad))


@pytest.mark.parametrize(("formulier", "voorbeeld"), EERSTE)
def test_a_whole_way_with_payloads_comes_out_as_text(formulier: str, voorbeeld: Voorbeeld):
    client = visitor(voorbeeld)
    with taken_back():
        pad, getypt = begin(client, formulier, voorbeeld), set[str]()
        for stap in voorbeeld.stappen:
            assert pad.endswith(f"/stap/{stap.stap}/"), pad
            invoer = to_inputs(stap.invoer, vandaag())
            pad, bleef = do_step(client, pad, invoer, dict(stap.bestanden), typed(formulier))
            getypt |= bleef
        assert route_of(pad).endswith("-controleren")
        inhoud = must_be_harmless(client.get(pad))
        assert (MERK.encode() in inhoud) is bool(getypt)
        if voorbeeld.uitkomst:
            return
        einde = form_on(client, pad)
        verklaringen = [een.id for een in definities()[formulier].verklaringen]
        verstuurd = client.post(pad, {**einde.goed()} | {"verklaring": verklaringen})
        must_be_harmless(verstuurd)
        klaar = str(verstuurd["Location"])
        assert klaar.endswith("/verstuurd/")
        must_be_harmless(client.get(klaar))
        bewijs = must_be_harmless(client.get(klaar.replace("/verstuurd/", "/pdf/")))
        assert (MERK in text_of_pdf(bewijs)) is bool(getypt)
