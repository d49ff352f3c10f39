"""Text templates, with how a resident reads them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.flash import add_flash
from eloket.identity.types import Actor
from eloket.kernel.getal import parse_heel_getal
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel
from eloket.zaken import sjablonen, zaaktypen
from eloket.zaken.sjablonen import MAX_TITEL, PLAATSHOUDERS, SjabloonWens
from eloket.zaken.types import Badge, Betrokkene, Zaak, ZaakRef
from eloket.zaken.werk import Sjabloon, SjabloonSoort

ONDERDEEL = "werkplek-beheer-sjablonen"
SOORTEN = {
    SjabloonSoort.STATUS: "Tekst bij een status",
    SjabloonSoort.BERICHT: "Bericht",
    SjabloonSoort.TAAK: "Vraag aan de inwoner",
    SjabloonSoort.AFKEURING: "Reden van een afkeuring",
}
LEEG = Sjabloon(0, SjabloonSoort.BERICHT, "", "")


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    alle = sjablonen.list_alle()
    namen = {
        een.definitie.identificatie: een.definitie.omschrijving
        for een in zaaktypen.beheer().list_definities()
    }

    def regel(een: Sjabloon) -> Regel:
        waar = namen.get(een.zaaktype, een.zaaktype) or "Alle zaaktypen"
        stap = f" · stap {een.volgnummer}" if een.volgnummer else ""
        return Regel(een.titel, reverse("werkplek-beheer-sjabloon", args=[str(een.id)]), waar + stap)

    context = {
        "inleiding": "Een medewerker kiest een sjabloon en past de tekst daarna zelf aan.",
        "knop": ("Voeg een sjabloon toe", reverse("werkplek-beheer-sjabloon-nieuw")),
        "groepen": [
            (kop, [regel(een) for een in alle if een.soort is soort]) for soort, kop in SOORTEN.items()
        ],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Sjablonen", onderdeel=ONDERDEEL)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:  # noqa: ARG001 - new: there is nothing to compare with
        bewaard = sjablonen.save_sjabloon(actor, _parse(ingevuld))
        return naar("werkplek-beheer-sjabloon", str(bewaard.id))

    return bewerk(
        request,
        lambda: Formulier("Nieuw sjabloon", ONDERDEEL, _velden(LEEG), knop="Voeg toe"),
        bewaar,
        klaar="Het sjabloon is toegevoegd.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, sjabloon: str) -> HttpResponse:
    actor = actor_of(request)

    def maak() -> Formulier:
        nu = sjablonen.get_sjabloon(sjabloon)
        return Formulier(
            nu.titel,
            ONDERDEEL,
            _velden(nu),
            merk=sjablonen.merk_van(nu),
            extra={
                "voorbeeld": sjablonen.vul_in(nu.tekst, example_zaak(actor), actor),
                "verwijderen": reverse("werkplek-beheer-sjabloon-verwijderen", args=[sjabloon]),
                "verwijder_uitleg": "Medewerkers kunnen het dan niet meer kiezen. Verstuurde teksten blijven.",
            },
        )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        sjablonen.save_sjabloon(actor, _parse(ingevuld), sjabloon_id=int(sjabloon), merk=merk)
        return naar("werkplek-beheer-sjabloon", sjabloon)

    return bewerk(request, maak, bewaar, klaar="Het sjabloon is bewaard.")


@require_POST
def verwijder(request: HttpRequest, sjabloon: str) -> HttpResponse:
    nu = sjablonen.get_sjabloon(sjabloon)
    try:
        sjablonen.delete_sjabloon(actor_of(request), nu.id, merk=request.POST.get("merk", ""))
    except BeheerGewijzigd:
        add_flash(request, "error", "Iemand anders heeft dit sjabloon net gewijzigd. Het is niet verwijderd.")
        return naar("werkplek-beheer-sjabloon", sjabloon)
    add_flash(request, "ok", "Het sjabloon is verwijderd.")
    return naar(ONDERDEEL)


def _velden(nu: Sjabloon) -> tuple[Veld, ...]:
    soorten = zaaktypen.beheer().list_definities()
    namen = ", ".join(f"{{{naam}}} ({wat})" for naam, wat in PLAATSHOUDERS.items())
    bekend = {een.definitie.identificatie for een in soorten}
    weg = ((nu.zaaktype, nu.zaaktype, ""),) if nu.zaaktype and nu.zaaktype not in bekend else ()
    return (
        Veld(
            "soort",
            "Waarvoor",
            "keuze",
            (nu.soort.value,),
            tuple((s.value, kop, "") for s, kop in SOORTEN.items()),
        ),
        Veld(
            "titel", "Titel", waarden=(nu.titel,), uitleg="Alleen medewerkers zien de titel.", max=MAX_TITEL
        ),
        Veld("tekst", "Tekst", "vak", (nu.tekst,), uitleg=f"U kunt gebruiken: {namen}.", rijen=10),
        Veld(
            "zaaktype",
            "Zaaktype",
            "keuze",
            (nu.zaaktype,),
            (
                ("", "Alle zaaktypen", ""),
                *weg,
                *((een.definitie.identificatie, een.definitie.omschrijving, "") for een in soorten),
            ),
        ),
        Veld(
            "volgnummer",
            "Stap",
            waarden=(str(nu.volgnummer or ""),),
            uitleg="Alleen bij een tekst bij een status: het nummer van de stap, bijvoorbeeld 2.",
            optioneel=True,
            max=2,
        ),
    )


def _parse(ingevuld: Ingevuld) -> SjabloonWens:
    """Raises BeheerOngeldig for what is no choice of the form."""
    soort, stap, zaaktype = ingevuld.een("soort"), ingevuld.een("volgnummer") or "0", ingevuld.een("zaaktype")
    fouten = {}
    if soort not in set(SjabloonSoort):
        fouten["soort"] = "Kies waarvoor het sjabloon is."
    nummer = parse_heel_getal(stap)
    if nummer is None or nummer > 20:
        fouten["volgnummer"] = "Vul het nummer van de stap in, bijvoorbeeld 2."
    if len(zaaktype) > 50:
        fouten["zaaktype"] = "Kies een zaaktype."
    if nummer is None or fouten:
        raise BeheerOngeldig(fouten)
    titel = " ".join(ingevuld.een("titel").split())
    return SjabloonWens(SjabloonSoort(soort), titel, ingevuld.een("tekst"), zaaktype, nummer)


def example_zaak(actor: Actor) -> Zaak:
    """An invented zaak, to show a template with."""
    return replace(
        _VOORBEELD,
        behandelaar_id=actor.medewerker_id,
        behandelaar_naam=actor.naam,
    )


_VOORBEELD = Zaak(
    ref=ZaakRef("voorbeeld", "1"),
    identificatie="Z-2026-000123",
    omschrijving="Parkeervergunning voor bewoners",
    toelichting="",
    zaaktype="VOORBEELD",
    zaaktype_omschrijving="Parkeervergunning voor bewoners",
    afdeling="parkeren",
    afdeling_naam="Parkeren en mobiliteit",
    behandelaar_id=None,
    behandelaar_naam="",
    startdatum=date(2026, 11, 3),
    registratiedatum=datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
    doorlooptijd_dagen=56,
    uiterlijke_einddatum=date(2026, 12, 29),
    einddatum=None,
    resultaat="",
    opschorting=None,
    stap=1,
    badge=Badge.ONTVANGEN,
    statustypen=(),
    resultaattypen=(),
    statussen=(),
    kenmerken=(),
    betrokkenen=(Betrokkene("initiator", "", "", "A. Voorbeeld", is_onderneming=False),),
    aandacht=frozenset(),
    versie=1,
)
