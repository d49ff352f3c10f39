"""For tests in every room: log in by the real flow, or directly."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

from eloket.identity import provider
from eloket.identity.actor import actor_to_dict
from eloket.identity.niveaus import Zekerheid
from eloket.identity.sessie import ACTOR, SessionStore
from eloket.identity.simulatie import personas
from eloket.identity.simulatie.personas import Persona
from eloket.identity.types import Actor, Machtiging, Partij, Recht, Soort
from eloket.kernel.crypto import vault

if TYPE_CHECKING:
    from collections.abc import Iterable

MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
LOA3 = "urn:etoegang:core:assurance-class:loa3"


def inwoner(bsn: str = "999990019", naam: str = "Jeroen van Drouwen") -> Actor:
    """An actor as a DigiD login makes it."""
    partij = Partij.inwoner(bsn)
    return Actor(
        soort=Soort.INWONER,
        key=partij.key,
        naam=naam,
        middel="digid",
        niveau=MIDDEN,
        partij=partij,
        zekerheid=Zekerheid.LAAG,
    )


def onderneming(
    kvk: str = "69599084",
    vestigingsnummer: str = "",
    naam: str = "Bakkerij De Korenaar B.V.",
    persoon: str = "pseudoniem-1",
) -> Actor:
    """An actor as an eHerkenning login makes it; `persoon` is the pseudonym of who acts."""
    return Actor(
        soort=Soort.ONDERNEMING,
        key=vault().keyed_hash("eherkenning", persoon),
        naam=naam,
        middel="eherkenning",
        niveau=LOA3,
        partij=Partij.onderneming(kvk, vestigingsnummer),
        zekerheid=Zekerheid.SUBSTANTIEEL,
    )


def gemachtigde(
    bsn: str = "999990020",
    door: str = "999990019",
    naam: str = "Fatima el Idrissi",
    eigen_naam: str = "Jeroen van Drouwen",
) -> Actor:
    """An actor as a login with DigiD Machtigen makes it: `door` acts for `bsn`."""
    return replace(
        inwoner(bsn, naam),
        key=Partij.inwoner(door).key,
        machtiging=Machtiging.MACHTIGEN,
        eigen_naam=eigen_naam,
    )


def medewerker(  # noqa: PLR0917 - a builder for tests, with a default for everything
    medewerker_id: int = 1,
    afdelingen: "Iterable[str]" = (),
    naam: str = "Mila Jansen",
    subject: str = "medewerker-1",
    rechten: "Iterable[Recht]" = (Recht.BEHANDELEN, Recht.VERDELEN),
    zaaktypen: "Iterable[str]" = (),
) -> Actor:
    """An actor as a staff login makes it. No Medewerker row is made."""
    return Actor(
        soort=Soort.MEDEWERKER,
        key=vault().keyed_hash("medewerker", subject),
        naam=naam,
        middel="medewerker",
        niveau="",
        medewerker_id=medewerker_id,
        afdelingen=frozenset(afdelingen),
        rechten=frozenset(rechten),
        zaaktypen=frozenset(zaaktypen),
    )


def force_actor(client: "Client", actor: Actor) -> None:
    """Give this test client a session of `actor`, without a login."""
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(actor)
    sessie.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = sessie.session_key or ""


class DjangoAdapter(BaseAdapter):
    """Sends the back-channel of a login to this very application, in process, through Django's test client."""

    def send(self, request: PreparedRequest, **_: Any) -> Response:  # type: ignore[override]  # requests' own is untyped
        delen = urlsplit(request.url or "")
        body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
        gekregen = Client(enforce_csrf_checks=True).generic(
            request.method or "GET",
            f"{delen.path}?{delen.query}" if delen.query else delen.path,
            data=body,
            content_type=request.headers.get("Content-Type", "application/octet-stream"),
            headers={
                naam: waarde for naam, waarde in request.headers.items() if naam.lower() == "authorization"
            },
        )
        antwoord = Response()
        antwoord.status_code = gekregen.status_code
        antwoord.url = request.url or ""
        antwoord.request = request
        antwoord.headers.update(gekregen.headers)
        antwoord.raw = BytesIO(gekregen.content)
        return antwoord

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def in_process_provider(adapter: BaseAdapter | None = None) -> Iterator[None]:
    """Within it, logins reach their provider without a network."""
    provider.use_adapter(adapter or DjangoAdapter())
    try:
        yield
    finally:
        provider.use_adapter(None)


def log_in(
    client: Client,
    *,
    bsn: str = "",
    kvk: str = "",
    medewerker: str = "",
    vestigingsnummer: str = "",
    terug: str = "",
    naam: str = "",
    claims: Mapping[str, str] | None = None,
    zekerheid: str = "",
    keuze: str = "persoon",
) -> str:
    """Log this test client in by the real flow: start, choose a person, come back. Returns the path it ends on.

    Give one of `bsn`, `kvk` or `medewerker` (a subject, of which a Medewerker must exist). `zekerheid` asks for a
    level; `keuze="annuleren"` stops at the provider.
    """
    persoon = _persona(bsn=bsn, kvk=kvk, medewerker=medewerker, vestigingsnummer=vestigingsnummer, naam=naam)
    persoon = Persona(
        persoon.middel, persoon.sub, persoon.naam, persoon.omschrijving, {**persoon.claims, **(claims or {})}
    )
    with in_process_provider(), _only(persoon):
        vraag = {naam: waarde for naam, waarde in (("terug", terug), ("zekerheid", zekerheid)) if waarde}
        begin = client.get(f"/inloggen/{persoon.middel}/", vraag)
        pagina = client.get(_pad(begin["Location"]))
        gekozen = client.post(
            _pad(begin["Location"]),
            {"vraag": hidden_field(pagina.content.decode(), "vraag"), keuze: persoon.sub},
        )
        klaar = client.get(_pad(gekozen["Location"]))
    return str(klaar["Location"])


def hidden_field(html: str, naam: str) -> str:
    """The value of a hidden field on a page."""
    gevonden = re.search(rf'name="{naam}" value="([^"]*)"', html)
    assert gevonden, f"geen verborgen veld {naam}"
    return gevonden.group(1)


def _pad(url: str) -> str:
    delen = urlsplit(url)
    return f"{delen.path}?{delen.query}" if delen.query else delen.path


def _persona(*, bsn: str, kvk: str, medewerker: str, vestigingsnummer: str, naam: str) -> Persona:
    if bsn:
        return Persona("digid", f"test-{bsn[-3:]}", naam or "Jeroen van Drouwen", "", {"bsn": bsn})
    if kvk:
        eherkenning = {
            "urn:etoegang:core:LegalSubjectID": kvk,
            "namequalifier": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
            "urn:etoegang:core:ActingSubjectID": "pseudoniem-1",
        }
        if vestigingsnummer:
            eherkenning["urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"] = vestigingsnummer
        return Persona("eherkenning", "test-1", naam or "Bakkerij De Korenaar B.V.", "", eherkenning)
    return Persona("medewerker", medewerker, naam or "Mila Jansen", "", {})


@contextmanager
def _only(persoon: Persona) -> Iterator[None]:
    vorige = [p for middel in ("digid", "eherkenning", "medewerker") for p in personas.list_personas(middel)]
    personas.configure([persoon])
    try:
        yield
    finally:
        personas.configure(vorige)
