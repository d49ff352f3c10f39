"""As test_onbekend_of_verboden.py, of what is named in a query or a form: the zaak that one wants to authorise for, the
taak that a file answers, the zaaknummer that one looks for.

Which of these fields a route reads is not written down here: that is watched. A new name of something of somebody has
to be put in one of the two lists, or these tests fail.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from eloket.kernel.klok import vandaag
from eloket.loket.models import Concept
from eloket.notifications.models import Ontvangstbewijs
from eloket.notifications.ontvangst.kenmerk import make_kenmerk
from eloket.workbench.zaken.invoer import Invoer
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import ROUTES, parameters
from tests.security.buren import VAN_IEMAND, Vraag, Wereld, build_wereld, compare, unknown
from tests.security.gedrag import ALLE, explain, holds_zaak, read_fields
from tests.security.test_routes import INVOER
from tests.web.werkplek import PDF

pytestmark = pytest.mark.django_db
# Who manages everything may know of everything; the demo is nobody's.
ROUTES_MET_VELDEN = [r for r in ROUTES if r.audience not in {Audience.DEMO, Audience.BEHEERDER}]


# Read, and no name of something of somebody: what is typed, chosen from what everybody sees, or a place on a page.
VAN_ALLEN = {
    # words, and what is between one and oneself: a secret, the window, the version that one saw, where to go on
    "bericht", "onderwerp", "notitie", "reden", "toelichting", "antwoord", "titel", "omschrijving", "email", "telefoon",
    "naam", "plaats", "wachtwoord", "wachtwoord_oud", "wachtwoord_nieuw", "code", "logout_token", "state", "terug",
    "knop", "venster", "gezien", "versie", "revisie", "verklaring", "nagekeken", "wil_mail", "hoe", "oordeel", "ook",
    "na", "herkomst", "vraag", "alles", "tekst", "inlogcode", "passkey",
    "collegacode", "gesproken", "waarom", "partij-merk",
    # days and numbers
    "van", "tot", "dag", "deadline", "afwezig_van", "afwezig_tot", "weken", "p", "pagina",
    # chosen from a list that is the same for everybody who may be there; `betrokkene` is a number on the page, and
    # `signaal`, `herstart` and `regel` (with `kant`) for who guards, of whom each may know of each
    "status", "zekerheid", "zaaktype", "termijn", "soort", "lijst", "in", "deel", "afdeling", "actie", "aanleiding",
    "bevoegdheid", "documenttype", "vertrouwelijkheid", "afgeschermd", "betrokkene", "signaal", "herstart",
    "regel", "kant",
}  # fmt: skip
VAN_EEN_ZAAK = {een.name for een in fields(Invoer)}
# Where somebody for whom it is there sees that.
BEREIKT = (
    ("mijn-gegevens-collega", "post", "nummer"),
    ("loket-start", "get", "over"), ("loket-start", "post", "over"), ("loket-start", "post", "eerder"),
    ("loket-start", "post", "sleutel"), ("mijn-zaak", "get", "voeg-toe"), ("mijn-zaken", "get", "q"),
    ("mijn-bericht-concept", "post", "gesprek"), ("mijn-machtiging-nieuw", "get", "zaak"),
    ("mijn-machtiging-nieuw", "post", "zaak"), ("werkplek", "get", "behandelaar"), ("werkplek", "get", "zoek"),
    ("werkplek-afschermen", "post", "wie"), ("werkplek-afwezigheid", "post", "vervanger"),
    ("werkplek-bericht", "post", "gesprek"), ("werkplek-bericht-concept", "post", "gesprek"),
    ("werkplek-document-verplaatsen", "post", "naar"), ("werkplek-lokaal", "post", "inlognaam"),
    ("werkplek-overdragen", "post", "collega"), ("werkplek-privacy", "get", "medewerker"),
    ("werkplek-privacy", "get", "zaaknummer"), ("werkplek-toewijzen", "post", "aan"),
    ("werkplek-toewijzen", "post", "zaak"), ("werkplek-vernietigen-stop", "post", "zaaknummer"),
)  # fmt: skip
# In the address of these pages, sealed, is what was typed in their search.
GEZOCHT = {"mijn-zaken": "q", "werkplek": "zoek"}
# Our audit trail says whose account was tried, which nobody outside reads.
IN_ONS_SPOOR = {"inlognaam"}


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker) -> Iterator[Wereld]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_wereld()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _limits_count(settings) -> None:
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})


def values(wereld: Wereld) -> dict[str, list[str]]:
    """By field, what of Jeroen or Mila somebody else could put in it."""
    waarden, mila = wereld.stad.waarden, str(wereld.stad.huis.mila.medewerker_id)
    ref = waarden["ref"]
    nummer = wereld.stad.huis.now(ZaakRef.parse(ref)).identificatie
    kenmerk = Ontvangstbewijs.objects.get(bewijs_id=waarden["bewijs_id"]).kenmerk
    return {
        "zaak": [ref, f"{ref}:", nummer],
        "op_pagina": [f"{ref}:"],
        "over": [ref],
        "taak": [waarden["taak_id"]],
        "voeg-toe": [waarden["taak_id"]],
        "gesprek": [waarden["gesprek_id"]],
        "check": [waarden["concept_id"]],
        "eerder": [wereld.stad.verstuurd],
        "sleutel": [Concept.objects.get(pk=waarden["concept_id"]).sleutel],
        "naar": [nummer],
        "zaaknummer": [nummer],
        "q": [nummer, kenmerk],
        "zoek": [nummer, kenmerk],
        "collega": [mila],
        "aan": [mila],
        "wie": [mila],
        "vervanger": [str(wereld.stad.huis.omar.medewerker_id)],
        "medewerker": [mila],
        "behandelaar": [mila],
        "inlognaam": ["mila"],
        "nummer": [waarden["contactpersoon"]],
    }


def beside(eigen: Mapping[str, str], veld: str) -> dict[str, object]:
    """What must be in the form too, to come as far as this field: all of one's own."""
    ref, dag = eigen["ref"], vandaag()
    alles: dict[str, dict[str, object]] = {
        "zaak": {
            "aan": "niemand",
            "collega": eigen["medewerker"],
            "taak": eigen["taak_id"],
            "bevoegdheid": "inzien",
            "van": dag.isoformat(),
            "tot": (dag + timedelta(days=5)).isoformat(),
        },
        "op_pagina": {"aan": "niemand", "alles": "ja"},
        "taak": {"zaak": ref, "bestanden": _file},
        "collega": {"knop": "toegang", "zaak": ref},
        "aan": {"zaak": f"{ref}:"},
        "wie": {"afgeschermd": "ja"},
        "vervanger": {"knop": "", "afwezig_van": dag.isoformat(), "afwezig_tot": dag.isoformat()},
        "behandelaar": {"lijst": "afdeling"},
        "inlognaam": {"wachtwoord": "niet het goede wachtwoord"},
    }
    return alles.get(veld, {})


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("nieuw.pdf", PDF)


def who(route: Route) -> tuple[str, ...]:
    """Who puts things of others in a form of their own."""
    if route.audience is Audience.IEDEREEN:
        return ("iedereen",)
    if route.audience is Audience.MEDEWERKER:
        return ("afdeling",)
    is_eigen = bool(parameters(route) & VAN_IEMAND)  # the zaak of a resident: a business does not come there
    return ("inwoner-met-zaken",) if is_eigen else ("inwoner-met-zaken", "onderneming")


def inside(route: Route, wie: str, wereld: Wereld) -> tuple[str, Client]:
    """An address of somebody's own, and their browser."""
    if wie == "iedereen":
        return wereld.stad.path(route), wereld.stad.client_for(route)
    eigen = {naam: wereld.eigen[naam] for naam in VAN_IEMAND if naam in wereld.eigen}
    return wereld.path(route, **eigen), wereld.anderen[wie]()


def watch(client: Client, pad: str, methode: str) -> set[str]:
    """The fields that are read of what this browser sends."""
    with transaction.atomic(), read_fields() as namen:
        b"".join(getattr(client, methode)(pad, INVOER if methode == "post" else {}))
        transaction.set_rollback(True)
    return namen


def as_sent(client: Client, route: Route, methode: str, velden: dict[str, object]) -> dict[str, object]:
    """What one looks for stands sealed in the address: as the answer to the form of that page makes it."""
    veld = GEZOCHT.get(route.naam, "")
    if methode != "get" or veld not in velden:
        return velden
    with transaction.atomic():
        adres = client.post(f"{reverse(route.naam)}zoeken/", {veld: velden[veld]})["Location"]
        transaction.set_rollback(True)
    return {**velden, veld: parse_qs(urlsplit(adres).query)[veld][0]}


def unknown_value(veld: str, waarde: str) -> str:
    """One of the same form that does not exist."""
    if waarde.startswith("register-"):
        return unknown("ref", waarde) + (":" if waarde.endswith(":") else "")
    if re.fullmatch(r"Z-\d+-\d+", waarde):
        return f"{waarde[:-6]}999937"
    if waarde.startswith("OB-"):
        return make_kenmerk(2026)
    return unknown(veld, waarde)


def trials(
    bekend: dict[str, list[str]], gelezen: set[str]
) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Of the fields that are read: which, with what of another, and with what does not exist. Who takes over a whole
    form is given all of them at once, and by itself each that the forms about a zaak have."""
    if ALLE in gelezen:
        deze = {veld: waarden[0] for veld, waarden in bekend.items()}
        yield ALLE, deze, {veld: unknown_value(veld, waarde) for veld, waarde in deze.items()}
    for veld in sorted(bekend.keys() & (gelezen | (VAN_EEN_ZAAK if ALLE in gelezen else set()))):
        for waarde in bekend[veld]:
            yield veld, {veld: waarde}, {veld: unknown_value(veld, waarde)}


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize(
    ("route", "wie"),
    [pytest.param(route, wie, id=f"{route.naam}-{wie}") for route in ROUTES_MET_VELDEN for wie in who(route)],
)
def test_what_is_of_another_cannot_be_told_from_what_does_not_exist(
    route: Route, wie: str, wereld: Wereld, methode: str
):
    bekend, (pad, client) = values(wereld), inside(route, wie, wereld)
    gelezen = watch(client, pad, methode)
    gelezen |= watch(wereld.client_for(route), wereld.stad.path(route), methode)
    nieuw = gelezen - bekend.keys() - VAN_ALLEN - {ALLE}
    assert not nieuw, f"noemt dit iets van iemand (values), of niet (VAN_ALLEN)? {sorted(nieuw)}"
    for veld, deze, geen in trials(bekend, gelezen):
        erbij = beside(wereld.eigen, veld)
        velden = [as_sent(client, route, methode, {**erbij, **een}) for een in (deze, geen)]
        vragen = tuple(Vraag(pad, een) for een in velden)
        van_ander, van_niemand = compare(client, methode, vragen, [*deze.values(), *geen.values()])
        if IN_ONS_SPOOR & deze.keys():
            van_ander = replace(van_ander, spoor=van_niemand.spoor)
        assert explain(van_ander, van_niemand) == "", f"{veld}: {deze}"
        if veld == "zaak" and "ref" not in parameters(route):
            assert not holds_zaak(van_ander.werk), "wie er niet bij mag, wacht op niemand"


@pytest.mark.parametrize(
    ("naam", "methode", "veld"), [pytest.param(*een, id="-".join(een)) for een in BEREIKT]
)
def test_for_whom_it_is_there_it_is_another_matter(naam: str, methode: str, veld: str, wereld: Wereld):
    """The other side of the test above: what it puts in these fields is there, and would have been found."""
    route = next(een for een in ROUTES if een.naam == naam)
    client, pad = wereld.client_for(route), wereld.stad.path(route)
    erbij, is_anders = beside(wereld.stad.waarden, veld), False
    for deze in values(wereld)[veld]:
        geen = unknown_value(veld, deze)
        velden = [as_sent(client, route, methode, {**erbij, veld: een}) for een in (deze, geen)]
        vragen = tuple(Vraag(pad, een) for een in velden)
        is_anders |= bool(explain(*compare(client, methode, vragen, [deze, geen])))
    assert is_anders
