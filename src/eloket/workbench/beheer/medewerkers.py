"""Members: who may log in, what they may do and see, and who replaces them."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity import beheer
from eloket.identity.actor import actor_of
from eloket.identity.afdelingen import list_afdelingen
from eloket.identity.beheer import Medewerkersrij
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.lokaal.instelling import is_on
from eloket.identity.middelen import has_groepen
from eloket.identity.types import Actor, Recht, RechtenBron
from eloket.kernel.klok import vandaag
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.workbench.beheer import accounts
from eloket.workbench.beheer.formulier import Formulier, Ingevuld, Veld, bewerk
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel
from eloket.workbench.zaken.invoer import GEEN_DATUM, parse_datum
from eloket.zaken import zaaktypen
from eloket.zaken.lezers import Vertrek, let_in, list_alleen_van, list_toe_te_laten
from eloket.zaken.werk import Afgeschermd

ONDERDEEL = "werkplek-beheer-medewerkers"
_LATER = "later"
_BRON: dict[RechtenBron | None, str] = {
    RechtenBron.GROEPEN: "komt van de groepen bij de inlogdienst",
    RechtenBron.VAST: "vast account, groepen veranderen niets",
}
_MET_GROEPEN = (
    " Wie in de goede groep van uw inlogdienst zit, komt hier vanzelf bij als die de eerste keer inlogt."
)
_DOOR_GROEPEN = (
    "De naam, de afdelingen en de rechten komen van de groepen in uw inlogdienst. Daarom kunt u ze hier alleen lezen. "
    "Wijzig de groepen in de inlogdienst. Dat geldt hier zodra deze medewerker weer inlogt. "
)
_UIT = (
    "Zet u dit uit? Dan kan deze medewerker meteen niet meer inloggen, ook niet via een groep. "
    "Doe dit ook als iemand uit dienst gaat."
)


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    alle = beheer.list_alle()
    namen = {een.code: een.naam for een in list_afdelingen()}
    met_groepen = has_groepen()

    def regel(een: Medewerkersrij) -> Regel:
        delen = (
            een.functie,
            ", ".join(sorted(namen.get(code, code) for code in een.afdelingen)) or "geen afdeling",
            "rechten: "
            + (", ".join(recht.tekst.lower() for recht in Recht if recht in een.rechten) or "alleen lezen"),
            _BRON.get(een.rechten_van, "") if met_groepen else "",
        )
        href = reverse("werkplek-beheer-medewerker", args=[str(een.id)])
        return Regel(een.naam, href, " · ".join(filter(None, delen)), "" if een.is_actief else "Niet actief")

    context = {
        "inleiding": "Deze mensen kunnen inloggen in de werkplek. Iemand die niet actief is, kan dat niet."
        + (_MET_GROEPEN if met_groepen else ""),
        "knop": ("Voeg een medewerker toe", reverse("werkplek-beheer-medewerker-nieuw")),
        "groepen": [("", [regel(een) for een in alle])],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Medewerkers", onderdeel=ONDERDEEL)


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    leeg = Medewerkersrij(subject="", naam="")

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:  # noqa: ARG001 - new: there is nothing to compare with
        wens = _parse(ingevuld, leeg)
        try:
            beheer.keep_medewerker(actor, wens, merk="")
        except BeheerGewijzigd as fout:
            raise BeheerOngeldig(
                {"subject": "Deze inlognaam is er al. Wijzig de medewerker in de lijst."}
            ) from fout
        return naar(ONDERDEEL)

    return bewerk(
        request,
        lambda: Formulier("Nieuwe medewerker", ONDERDEEL, _velden(leeg), knop="Voeg toe"),
        bewaar,
        klaar="De medewerker is toegevoegd.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, medewerker: str) -> HttpResponse:
    actor = actor_of(request)
    nu = beheer.get_rij(medewerker)
    is_eigen = nu.id == actor.medewerker_id
    alleen = list_alleen_van(Vertrek(nu.id, vandaag())) if nu.is_actief else ()

    def note() -> None:
        if alleen:
            record_list(actor, Werklijst.ENIGE_LEZER, [zaak.ref for zaak in alleen])

    def maak() -> Formulier:
        inleiding = "Na een wijziging moet deze medewerker opnieuw inloggen."
        if is_eigen:
            inleiding = "Dit bent u zelf. Na een wijziging moet u opnieuw inloggen."
        if beheer.managed_by_groups(nu):
            inleiding = _DOOR_GROEPEN + inleiding
        return Formulier(
            nu.naam,
            ONDERDEEL,
            (*_velden(nu), *_lezer(nu, alleen)),
            merk=nu.merk,
            inleiding=inleiding,
            zeker=Veld("is_zeker", "Ja, ik geef mijn eigen recht Beheren op", "vinkje"),
            extra=accounts.link_to_account(nu.id),
            note=note,
        )

    def bewaar(ingevuld: Ingevuld, merk: str) -> HttpResponse:
        wens = _parse(ingevuld, nu)
        with transaction.atomic():
            if alleen and _leaves(nu, wens):
                _let_in(actor, nu, alleen, ingevuld.een("lezer"))
            beheer.keep_medewerker(actor, wens, merk=merk, is_zeker=bool(ingevuld.een("is_zeker")))
        return naar(ONDERDEEL)

    return bewerk(request, maak, bewaar, klaar="De medewerker is bewaard.")


def _velden(nu: Medewerkersrij) -> tuple[Veld, ...]:
    collega = (
        ("", "Niemand: het blijft bij de afdeling", ""),
        *(
            (een.subject, een.naam, "")
            for een in beheer.list_alle()
            if een.is_actief and een.subject != nu.subject
        ),
    )
    inlog = Veld(
        "subject",
        "Inlognaam",
        uitleg="De waarde van ‘sub’ die uw inlogdienst voor medewerkers stuurt."
        + (" Of, voor een lokaal account, de naam waarmee iemand gaat inloggen." if is_on() else ""),
        max=120,
    )
    is_vast = beheer.managed_by_groups(nu)
    return (
        *(() if nu.subject else (inlog,)),
        Veld(
            "naam",
            "Naam",
            soort="alleen_lezen" if is_vast else "tekst",
            waarden=(nu.naam,),
            uitleg="Collega's en inwoners zien deze naam.",
            max=beheer.MAX_NAAM,
        ),
        Veld("functie", "Functie", waarden=(nu.functie,), optioneel=True, max=beheer.MAX_FUNCTIE),
        Veld(
            "is_actief",
            "Mag inloggen in de werkplek",
            "vinkje",
            ("ja" if nu.is_actief else "",),
            uitleg=_UIT if is_vast else "",
        ),
        *(_read_only(veld) if is_vast else veld for veld in _toegang(nu)),
        Veld("afwezig_van", "Eerste dag afwezig", "datum", (_iso(nu.afwezig_van),), optioneel=True),
        Veld("afwezig_tot", "Laatste dag afwezig", "datum", (_iso(nu.afwezig_tot),), optioneel=True),
        Veld("vervanger", "Vervanger", "keuze", (nu.vervanger,), collega, optioneel=True),
    )


def _lezer(nu: Medewerkersrij, alleen: tuple[Afgeschermd, ...]) -> tuple[Veld, ...]:
    """Who reads on, when this is the only one who can see some need-to-know zaken. Their numbers, nothing else."""
    if not alleen:
        return ()
    return (
        Veld(
            "lezer",
            "Wie mag de afgeschermde zaken ook zien?",
            "keuze",
            opties=(
                ("", "Niet nodig: deze medewerker blijft", ""),
                *((str(een.id), een.naam, "") for een in list_toe_te_laten(alleen, zonder=nu.id)),
                (_LATER, "Nog niemand: wie het werk verdeelt, geeft later iemand toegang", ""),
            ),
            uitleg=f"Alleen {nu.naam} ziet nu {', '.join(zaak.identificatie for zaak in alleen)}.",
        ),
    )


def _leaves(nu: Medewerkersrij, wens: Medewerkersrij) -> bool:
    """Whether this change makes them unable to read what comes in."""
    is_weg = (wens.afwezig_van, wens.afwezig_tot) != (nu.afwezig_van, nu.afwezig_tot) and wens.afwezig_van
    return not wens.is_actief or bool(is_weg) or not nu.afdelingen <= wens.afdelingen


def _let_in(actor: Actor, nu: Medewerkersrij, alleen: tuple[Afgeschermd, ...], lezer: str) -> None:
    """Raises BeheerOngeldig when nobody was chosen."""
    if lezer == _LATER:
        return
    if not (lezer.isascii() and lezer.isdigit() and len(lezer) < 10):
        nummers = ", ".join(zaak.identificatie for zaak in alleen)
        raise BeheerOngeldig(
            {"lezer": f"Alleen deze medewerker ziet {nummers}. Kies een collega die dat ook mag zien."}
        )
    for zaak in alleen:
        let_in(actor, zaak.ref, medewerker_id=int(lezer), vertrek=Vertrek(nu.id, vandaag()))


def _toegang(nu: Medewerkersrij) -> tuple[Veld, ...]:
    """What they see and may do."""
    soorten = tuple(
        (een.definitie.identificatie, een.definitie.omschrijving, "")
        for een in zaaktypen.beheer().list_definities()
    )
    return (
        Veld(
            "afdelingen",
            "Afdelingen",
            "vakjes",
            tuple(sorted(nu.afdelingen)),
            tuple((een.code, een.naam, "") for een in list_afdelingen()),
        ),
        Veld(
            "rechten",
            "Rechten",
            "vakjes",
            tuple(beheer.in_volgorde(nu.rechten)),
            tuple((recht.value, recht.tekst, recht.uitleg) for recht in Recht),
            uitleg="Zonder deze rechten kan iemand de zaken van de eigen afdelingen alleen lezen.",
        ),
        Veld(
            "zaaktypen",
            "Alleen deze zaaktypen",
            "vakjes",
            tuple(sorted(nu.zaaktypen)),
            soorten,
            uitleg="Kruist u niets aan? Dan ziet de medewerker alle zaaktypen van de eigen afdelingen.",
        ),
    )


def _read_only(veld: Veld) -> Veld:
    alles = veld.id == "zaaktypen" and not any(veld.waarden)
    waarden = ("Alle zaaktypen van de afdelingen",) if alles else veld.waarden
    return replace(veld, soort="alleen_lezen", waarden=waarden)


def _parse(ingevuld: Ingevuld, nu: Medewerkersrij) -> Medewerkersrij:
    """Raises BeheerOngeldig for a date that is none."""
    fouten: dict[str, str] = {}

    def datum(naam: str) -> date | None:
        tekst = ingevuld.een(naam)
        dag = parse_datum(tekst)
        if tekst and dag is None:
            fouten[naam] = GEEN_DATUM
        return dag

    vast = beheer.managed_by_groups(nu)
    wens = Medewerkersrij(
        subject=nu.subject or ingevuld.een("subject"),
        naam=nu.naam if vast else " ".join(ingevuld.een("naam").split()),
        functie=" ".join(ingevuld.een("functie").split()),
        afdelingen=nu.afdelingen if vast else ingevuld.alle("afdelingen"),
        rechten=nu.rechten
        if vast
        else frozenset(recht for recht in Recht if recht.value in ingevuld.alle("rechten")),
        zaaktypen=nu.zaaktypen if vast else ingevuld.alle("zaaktypen"),
        is_actief=bool(ingevuld.een("is_actief")),
        afwezig_van=datum("afwezig_van"),
        afwezig_tot=datum("afwezig_tot"),
        vervanger=ingevuld.een("vervanger"),
    )
    if fouten:
        raise BeheerOngeldig(fouten)
    return wens


def _iso(dag: date | None) -> str:
    return dag.isoformat() if dag else ""
