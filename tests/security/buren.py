"""A town with neighbours: for everything in it there is somebody for whom it is not, who has something like it.

What the tests ask that nobody may find out by asking whether it is there.
"""

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from http.cookies import SimpleCookie

from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse

from eloket.archief.models import Vernietigingsstop
from eloket.berichten.queries import list_berichten
from eloket.berichten.service import send_bericht
from eloket.documenten.upload import bied_aan
from eloket.identity.audience import Route
from eloket.identity.testing import gemachtigde, inwoner, onderneming
from eloket.identity.types import Actor, Audience, Recht
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.ontvangst.queries import list_ontvangsten
from eloket.profile.testing import give_contact
from eloket.sources.register.models import Rol
from eloket.zaken import service as zaken
from eloket.zaken.filters import list_filters, save_filter
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import (
    Stad,
    build_stad,
    build_zonder,
    client_of,
    fatima,
    fill_melding,
    outsiders,
    parameters,
)
from tests.machtigen import machtig
from tests.security.gedrag import Gedrag, observe
from tests.security.test_routes import INVOER
from tests.web.werkplek import OPENBARE_RUIMTE, PDF, make_medewerker

# What names something that is not for everybody.
VAN_IEMAND = {
    "ref", "document_id", "taak_id", "gesprek_id", "concept_id", "bewijs_id", "machtiging_id", "plek", "bundel_id",
    "lijst_id", "stop_id", "toegang_id", "filter_id", "authenticator", "registratie_id", "medewerker", "afdeling",
    "zaaktype", "sjabloon", "onderbreking", "versie",
}  # fmt: skip
# Names that stand in the code or on a public page: there is nothing to find out.
VAN_ALLEN = {
    "formulier", "stap_id", "slug", "middel", "naam", "tekst", "herinnering", "soort", "taal", "actie", "grafiek",
}  # fmt: skip
# Who has it may use it, whoever they are: it is the secret itself.
GEHEIM = {"token"}
ONZIN = "geen-nummer-van-iets"
KVK_ELDERS = "68750110"  # of a business with two contactpersonen


@dataclass(frozen=True, slots=True)
class Wereld:
    """The town of Jeroen and Mila, and beside it Piet, a resident with a zaak of his own that Kees handles."""

    stad: Stad
    piet: Actor
    # The same kinds of things, of Piet and Kees.
    eigen: dict[str, str] = field(repr=False)
    anderen: dict[str, Callable[[], Client]] = field(repr=False)

    def path(self, route: Route, **anders: str) -> str:
        """The address, with the things of Jeroen and Mila but for `anders`."""
        goed = self.stad.waarden | anders
        return reverse(route.naam, kwargs={naam: goed[naam] for naam in parameters(route)})

    def client_for(self, route: Route) -> Client:
        """A browser of somebody who may be here, and whose things these are."""
        if route.naam == "mijn-gegevens-collega":
            return client_of(onderneming(KVK_ELDERS, persoon="collega"))
        return self.stad.client_for(route)

    def things(self, route: Route) -> dict[str, str]:
        """What this route names, of Jeroen or Mila."""
        waarden = resolve(self.stad.path(route)).kwargs
        return {naam: str(waarden[naam]) for naam in sorted(parameters(route) & VAN_IEMAND)}

    def inside(self, route: Route, wie: str) -> tuple[dict[str, str], Client]:
        """A zaak in which somebody may be, and their browser: one of their own (`eigen`), or that of Jeroen in which
        Marga has a part too (`mede`)."""
        if wie == "mede":
            return {"ref": self.stad.waarden["ref"]}, self.anderen["betrokkene"]()
        is_inwoner = route.audience is Audience.BETROKKENE
        return {"ref": self.eigen["ref"]}, self.anderen["inwoner-met-zaken" if is_inwoner else "afdeling"]()


def build_wereld() -> Wereld:
    stad = build_stad()
    huis, piet = stad.huis, inwoner("999990044", "Piet Pieters")
    kees = make_medewerker(
        "Kees de Wit", "m-9", OPENBARE_RUIMTE
    )  # Bo looked at the zaak by noodtoegang before
    stad.waarden["filter_id"] = _filter_of(huis.mila)
    stad.waarden["stop_id"] = _stop(huis.mila)
    elders = onderneming(KVK_ELDERS, persoon="elders")
    stad.waarden["contactpersoon"] = str(give_contact(elders, "anne@elders.example").pk)
    eigen = stad.waarden | _things_of(piet, kees)
    machtig(piet, huurder := inwoner("999990056", "Hanna de Groot"))
    machtig(huis.jeroen, nicht := inwoner("999990068", "Nicole Smit"), huis.start("Andere zaak").ref)
    _give_part(stad.waarden["ref"], marga := inwoner("999990081", "Marga Vos"))
    zonder = build_zonder().browser
    omar = huis.omar
    return Wereld(
        stad,
        piet,
        eigen,
        {
            "inwoner": lambda: client_of(fatima()),
            "inwoner-met-zaken": lambda: client_of(piet),
            "gemachtigde-van-een-ander": lambda: client_of(huurder),
            "gemachtigde-voor-iets-anders": lambda: client_of(nicht),
            "onderneming": lambda: client_of(onderneming()),
            "vestiging": lambda: client_of(onderneming(vestigingsnummer="000038509504")),
            "digid-machtigen": lambda: client_of(gemachtigde(bsn="999990044", door="999990020")),
            "afdeling": lambda: client_of(kees),
            "afdeling-met-elk-recht": lambda: client_of(replace(kees, rechten=frozenset(Recht))),
            "zaaktype": lambda: client_of(outsiders(huis)["zaaktype"]),
            "need-to-know": lambda: client_of(omar),
            "geen-rechten": lambda: client_of(replace(omar, rechten=frozenset())),
            "betrokkene": lambda: client_of(marga),
            "niet-ingelogd": Client,
            "zonder-inloggen": zonder,
        },
    )


def _things_of(piet: Actor, kees: Actor) -> dict[str, str]:
    assert piet.partij is not None
    zaak = zaken.start_zaak(piet, nieuwe_zaak(piet.partij, zaaktype="MOR", omschrijving="Lamp"))[0]
    dag = vandaag() + timedelta(days=5)
    vraag = zaken.ask_answer(kees, zaak.ref, titel="Hoeveel?", toelichting="", deadline=dag)
    document = zaken.add_documenten(kees, zaak.ref, (bied_aan("brief.pdf", [PDF]),)).toegevoegd[0]
    for afzender in (piet, kees):
        send_bericht(afzender, zaak.ref, tekst="Hallo", sleutel=uuid.uuid4().hex)
    return {
        "ref": str(zaak.ref),
        "document_id": document.id,
        "taak_id": vraag,
        "gesprek_id": list_berichten(zaak.ref, partij=None)[0].gesprek_id,
        "concept_id": fill_melding(piet).id,
        "bewijs_id": list_ontvangsten(zaak.ref, partij=piet.partij)[0].id,
        "filter_id": _filter_of(kees),
        "medewerker": str(kees.medewerker_id),
    }


def _give_part(ref: str, wie: Actor) -> None:
    assert wie.partij is not None
    Rol.objects.create(
        zaak_id=ZaakRef.parse(ref).id,
        omschrijving_generiek="belanghebbende",
        betrokkene_key=wie.partij.key,
        nummer=wie.partij.nummer,
        naam=wie.naam,
        is_onderneming=False,
    )


def _filter_of(wie: Actor) -> str:
    save_filter(wie, naam="Mijn filter", vraag="zoek=x")
    return str(list_filters(wie)[0].id)


def _stop(wie: Actor) -> str:
    return str(
        Vernietigingsstop.objects.create(
            zaak_ref=f"register-{uuid.uuid4()}",
            zaaknummer="Z-1",
            reden="Bezwaar",
            sinds=nu(),
            door_key=wie.key,
        ).pk
    )


def who(route: Route) -> tuple[str, ...]:
    """Who has the right kind of login for this route, and nothing to do with what is asked."""
    if route.audience is Audience.IEDEREEN:
        return ("niet-ingelogd", "zonder-inloggen", "inwoner", "inwoner-met-zaken")
    if route.audience is Audience.BETROKKENE:
        return (
            "inwoner", "inwoner-met-zaken", "gemachtigde-van-een-ander", "gemachtigde-voor-iets-anders", "onderneming",
            "vestiging", "digid-machtigen",
        )  # fmt: skip
    if "ref" in parameters(route):
        return ("afdeling", "afdeling-met-elk-recht", "zaaktype", "need-to-know")
    if "bundel_id" in parameters(route):
        return ("geen-rechten",)  # letters are printed by whoever divides the work, of every afdeling
    return ("afdeling", "geen-rechten")


def unknown(naam: str, waarde: str) -> str:
    """One of the same form that does not exist."""
    if naam == "ref":
        return f"register-{uuid.uuid4()}"
    if waarde.isdigit():
        return "9" * max(len(waarde), 6)
    try:
        uuid.UUID(waarde)
    except ValueError:
        return "BESTAATNIET" if waarde.isupper() else "bestaat-niet"
    return str(uuid.uuid4())


def nonsense(route: Route) -> str:
    """The address with something in it that cannot be an identifier."""
    waarden = dict.fromkeys(VAN_IEMAND, ONZIN) | {"formulier": "melding-openbare-ruimte"}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda deel: waarden.get(deel[1], "x"), route.patroon)


@dataclass(frozen=True, slots=True)
class Vraag:
    pad: str
    velden: dict[str, object] = field(default_factory=dict, repr=False)


def compare(
    client: Client, methode: str, vragen: tuple[Vraag, ...], namen: Iterable[str]
) -> tuple[Gedrag, ...]:
    """What came of each question: of the same browser, at the same moment. What an answer gave it, it has not when it
    asks the next."""
    moment, koekjes = nu(), client.cookies.output(header="", sep=";")

    def ask(vraag: Vraag) -> HttpResponseBase:
        client.cookies = SimpleCookie(koekjes)
        velden = {**INVOER, "knop": "terug", **vraag.velden} if methode == "post" else vraag.velden
        velden = {naam: waarde() if callable(waarde) else waarde for naam, waarde in velden.items()}
        antwoord: HttpResponseBase = getattr(client, methode)(vraag.pad, velden)
        return antwoord

    return tuple(observe(partial(ask, vraag), namen, moment) for vraag in vragen)
