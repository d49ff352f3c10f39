"""Afdelingen: add, rename, remove what nobody uses."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eloket.identity import afdelingen
from eloket.identity.actor import actor_of
from eloket.identity.afdelingen import MAX_NAAM
from eloket.identity.errors import AfdelingInGebruik
from eloket.identity.flash import add_flash
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel

ONDERDEEL = "werkplek-beheer-afdelingen"


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    regels = [
        Regel(
            een.naam,
            reverse("werkplek-beheer-afdeling", args=[een.code]),
            f"Code {een.code} · {een.medewerkers} {'medewerker' if een.medewerkers == 1 else 'medewerkers'}",
        )
        for een in afdelingen.list_afdelingen()
    ]
    context = {
        "inleiding": "Een zaak hoort bij een afdeling. Medewerkers zien de zaken van hun eigen afdelingen.",
        "knop": ("Voeg een afdeling toe", reverse("werkplek-beheer-afdeling-nieuw")),
        "groepen": [("", regels)],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Afdelingen", onderdeel=ONDERDEEL)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    velden = (
        Veld("naam", "Naam", max=MAX_NAAM),
        Veld(
            "code",
            "Code",
            uitleg="Kleine letters, cijfers en streepjes. U kunt de code later niet wijzigen.",
            max=40,
        ),
    )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:  # noqa: ARG001 - new: there is nothing to compare with
        afdelingen.keep_afdeling(actor, code=ingevuld.een("code"), naam=ingevuld.een("naam"), merk="")
        return naar(ONDERDEEL)

    return bewerk(
        request,
        lambda: Formulier("Nieuwe afdeling", ONDERDEEL, velden, knop="Voeg toe"),
        bewaar,
        klaar="De afdeling is toegevoegd.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, afdeling: str) -> HttpResponse:
    actor = actor_of(request)

    def maak() -> Formulier:
        nu = afdelingen.get_afdeling(afdeling)
        return Formulier(
            f"Afdeling {nu.naam}",
            ONDERDEEL,
            (Veld("naam", "Naam", waarden=(nu.naam,), uitleg=f"De code blijft {nu.code}.", max=MAX_NAAM),),
            merk=nu.merk,
            extra={
                "verwijderen": reverse("werkplek-beheer-afdeling-verwijderen", args=[nu.code]),
                "verwijder_uitleg": "Dat kan alleen als de afdeling geen zaken, zaaktypen en medewerkers heeft.",
            },
        )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        afdelingen.keep_afdeling(actor, code=afdeling, naam=ingevuld.een("naam"), merk=merk)
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="De naam van de afdeling is bewaard.")


@require_POST
def verwijder(request: HttpRequest, afdeling: str) -> HttpResponse:
    try:
        afdelingen.delete_afdeling(actor_of(request), code=afdeling)
    except AfdelingInGebruik as fout:
        add_flash(request, "error", fout.tekst)
        return naar("werkplek-beheer-afdeling", afdeling)
    add_flash(request, "ok", "De afdeling is verwijderd.")
    return naar(ONDERDEEL)
