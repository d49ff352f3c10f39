"""A town hall for the tests of the werkplek: two afdelingen, three civil servants, a resident, on the real adapters."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from eloket.documenten import voorbeelden
from eloket.documenten.upload import bied_aan
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.testing import force_actor, inwoner, medewerker
from eloket.identity.types import Actor
from eloket.sources.register.bron import RegisterBron
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import Ontvangst
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak, ZaakRef

PARKEREN = "parkeren-en-mobiliteit"
OPENBARE_RUIMTE = "beheer-openbare-ruimte"
PDF = voorbeelden.pdf()


@dataclass(frozen=True, slots=True)
class Stadhuis:
    """Mila and Omar work for Parkeren, Bo for Openbare ruimte; Jeroen is a resident."""

    mila: Actor
    omar: Actor
    bo: Actor
    jeroen: Actor

    def start(
        self, omschrijving: str = "", *, zaaktype: str = "PARKEERVERGUNNING", toelichting: str = ""
    ) -> Zaak:
        """A zaak of Jeroen."""
        assert self.jeroen.partij is not None
        opdracht = nieuwe_zaak(
            self.jeroen.partij, zaaktype=zaaktype, omschrijving=omschrijving, toelichting=toelichting
        )
        return zaken.start_zaak(self.jeroen, opdracht)[0]

    def now(self, ref: ZaakRef) -> Zaak:
        """The zaak as it is now."""
        return get_zaak_for(self.mila, ref)

    def close(self, ref: ZaakRef) -> Zaak:
        """The zaak with its last status."""
        zaak = self.now(ref)
        return zaken.set_status(
            self.mila,
            ref,
            volgnummer=zaak.statustypen[-1].volgnummer,
            toelichting="",
            resultaat=zaak.resultaattypen[0],
            versie=zaak.versie,
        )

    def deliver(self, ref: ZaakRef, naam: str = "kenteken.pdf", inhoud: bytes = PDF) -> Ontvangst:
        """Jeroen adds a document."""
        return zaken.add_documenten(self.jeroen, ref, (bied_aan(naam, [inhoud]),))


def build_stadhuis() -> Stadhuis:
    RegisterBron().import_zaaktypen()
    return Stadhuis(
        mila=make_medewerker("Mila Jansen", "m-1", PARKEREN),
        omar=make_medewerker("Omar de Boer", "m-2", PARKEREN),
        bo=make_medewerker("Bo Smit", "m-3", OPENBARE_RUIMTE),
        jeroen=inwoner(),
    )


def make_medewerker(naam: str, subject: str, afdeling: str) -> Actor:
    """A civil servant of this afdeling."""
    rij = Medewerker.objects.create(subject=subject, naam=naam)
    rij.afdelingen.add(Afdeling.objects.get(code=afdeling))
    return medewerker(rij.pk, (afdeling,), naam, subject)


def client_of(actor: Actor) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    force_actor(client, actor)
    return client


def zoek_werk(client: Client, tekst: str, **velden: str) -> Any:
    """The work list after this was typed in its search, with these filters chosen."""
    antwoord = client.post("/werkplek/zoeken/", {"zoek": tekst, **velden})
    assert antwoord.status_code == 303
    return client.get(antwoord["Location"])


def zaak_pad(ref: ZaakRef, rest: str = "") -> str:
    return f"/werkplek/zaken/{ref}/{rest}"


def text_of(response: HttpResponseBase) -> str:
    """The page as a string, without what differs per request (the CSRF token and the key of the form)."""
    html = b"".join(response).decode() if response.streaming else response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'name="(csrfmiddlewaretoken|partij-merk|sleutel)" value="[^"]*"', "", html)


def title_of(response: HttpResponseBase) -> str:
    gevonden = re.search(r"<title>(.*?)</title>", text_of(response), re.DOTALL)
    assert gevonden
    return gevonden.group(1)
