"""Zaaktypen: what counts now, what counted before, and a next version after a look at what it changes."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from eloket.identity.actor import actor_of
from eloket.identity.afdelingen import list_afdelingen
from eloket.identity.bewaard import take_input
from eloket.identity.errors import AfdelingOnbekend, BeheerGewijzigd, BeheerOngeldig
from eloket.identity.flash import add_flash
from eloket.identity.partijmerk import VELD
from eloket.kernel.getal import parse_heel_getal
from eloket.kernel.klok import schrijf_datum
from eloket.workbench.beheer.bewaarregels import NOMINATIES, describe
from eloket.workbench.beheer.formulier import Ingevuld
from eloket.workbench.beheer.pagina import naar, toon
from eloket.workbench.beheer.views import Regel
from eloket.workbench.beheer.zaaktypeformulier import STANDAARD_ROLLEN, Velden
from eloket.zaken import zaaktypen
from eloket.zaken.types import Badge
from eloket.zaken.zaaktypen import VERTROUWELIJKHEID, ZaakTypeDefinitie, ZaakTypeVersie, compare

ONDERDEEL = "werkplek-beheer-zaaktypen"
_GEEN: Mapping[str, str] = {}
_ZEKERHEDEN = {
    "": "Het gewone niveau van elk inlogmiddel",
    "substantieel": "Substantieel: DigiD Substantieel, EH3",
    "hoog": "Hoog: DigiD Hoog, EH4",
}


def _termijn(definitie: ZaakTypeDefinitie) -> str:
    maanden = definitie.doorlooptijd_maanden
    return _maanden(maanden) if maanden else f"{definitie.doorlooptijd_dagen} dagen"


def _maanden(aantal: int) -> str:
    return "1 maand" if aantal == 1 else f"{aantal} maanden"


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    namen = {een.code: een.naam for een in list_afdelingen()}
    regels = [
        Regel(
            een.definitie.omschrijving,
            reverse("werkplek-beheer-zaaktype", args=[een.definitie.identificatie]),
            f"{namen.get(een.definitie.afdeling, een.definitie.afdeling)} · {len(een.definitie.statustypen)} stappen"
            f" · {_termijn(een.definitie)}",
            f"Versie {een.versie}",
        )
        for een in zaaktypen.beheer().list_definities()
    ]
    context = {
        "inleiding": "Een zaaktype zegt welke stappen een zaak heeft en wat de inwoner daarbij leest.",
        "knop": ("Voeg een zaaktype toe", reverse("werkplek-beheer-zaaktype-nieuw")),
        "groepen": [("", regels)],
    }
    return toon(request, "workbench/beheer/lijst.html", context, titel="Zaaktypen", onderdeel=ONDERDEEL)


@require_safe
def bekijk(request: HttpRequest, zaaktype: str) -> HttpResponse:
    """The version that counts, or an older one (`?versie=`), and what each version changed."""
    versies = zaaktypen.beheer().list_versies(zaaktype)
    gevraagd = request.GET.get("versie", "")
    gekozen = next((een for een in versies if str(een.versie) == gevraagd), versies[0])
    geschiedenis = [
        {
            "versie": een.versie,
            "vanaf": schrijf_datum(een.vanaf),
            "href": f"{request.path}?versie={een.versie}",
            "is_gekozen": een is gekozen,
            "verschillen": _differences(vorige, een) if vorige else (),
        }
        for een, vorige in zip(versies, (*versies[1:], None), strict=True)
    ]
    nu = gekozen.definitie
    namen = {een.code: een.naam for een in list_afdelingen()}
    context = {
        "z": nu,
        "versie": gekozen,
        "is_huidig": gekozen is versies[0],
        "geschiedenis": geschiedenis,
        "wijzig": reverse("werkplek-beheer-zaaktype-wijzigen", args=[zaaktype]),
        "gegevens": [
            ("Code", nu.identificatie),
            ("Afdeling", namen.get(nu.afdeling, nu.afdeling)),
            ("Wettelijke termijn", _termijn(nu)),
            ("Verlenging", _maanden(nu.verlenging_maanden) if nu.verlenging_maanden else "Kan niet"),
            ("Streeftermijn", f"{nu.servicenorm_dagen} dagen" if nu.servicenorm_dagen else "Geen"),
            ("Vertrouwelijkheid", _words(nu.vertrouwelijkheidaanduiding)),
            ("Resultaten", ", ".join(nu.resultaattypen)),
            ("Documenttypen", ", ".join(nu.documenttypen)),
            ("Inloggen met niveau", _ZEKERHEDEN[nu.zekerheid or ""]),
            ("Locatie uit foto's halen", "Ja" if nu.verwijder_locatie else "Nee"),
            *_bewaren(nu),
        ],
    }
    return toon(
        request, "workbench/beheer/zaaktype.html", context, titel=nu.omschrijving, onderdeel=ONDERDEEL
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    return _bewerk(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def wijzig(request: HttpRequest, zaaktype: str) -> HttpResponse:
    return _bewerk(request, zaaktypen.beheer().list_versies(zaaktype)[0])


def _bewerk(request: HttpRequest, nu: ZaakTypeVersie | None) -> HttpResponse:
    """The form; sent with `bekijk` the page of what it changes, and from there `bewaar`, or `terug` to the form."""
    if request.method != "POST":
        velden = Velden.van(nu.definitie) if nu else Velden.leeg()
        versie = str(nu.versie if nu else 0)
        if bewaard := take_input(request):
            ingevuld = Ingevuld(request.POST)
            ingevuld.invoer = {naam: [een] if isinstance(een, str) else een for naam, een in bewaard.items()}
            velden, versie = Velden.parse(ingevuld, velden.identificatie), ingevuld.een("versie")
        return _formulier(request, nu, velden, versie=versie)
    ingevuld = Ingevuld(request.POST)
    velden = Velden.parse(ingevuld, nu.definitie.identificatie if nu else "")
    versie, stap = ingevuld.een("versie"), ingevuld.een("stap")
    if stap == "terug":
        return _formulier(request, nu, velden, versie=versie)
    try:
        definitie = velden.definitie(nu.definitie.roltypen if nu else STANDAARD_ROLLEN)
        if stap != "bewaar":
            _must_be_current(nu, definitie, versie)
            return _preview(request, nu, ingevuld, definitie, versie)
        bekend = parse_heel_getal(versie)
        bewaard_als = zaaktypen.save_zaaktype(
            actor_of(request), definitie, versie=-1 if bekend is None else bekend
        )
    except BeheerOngeldig as fout:
        return _formulier(request, nu, velden, versie=versie, fouten=fout.fouten, status=422)
    except AfdelingOnbekend as fout:
        return _formulier(request, nu, velden, versie=versie, fouten={"afdeling": fout.tekst}, status=422)
    except BeheerGewijzigd as fout:
        actueel = str(nu.versie if nu else 0)
        return _formulier(request, nu, velden, versie=actueel, melding=fout.tekst, status=409)
    add_flash(request, "ok", f"Versie {bewaard_als.versie} geldt vanaf nu voor nieuwe zaken.")
    return naar("werkplek-beheer-zaaktype", definitie.identificatie)


def _must_be_current(nu: ZaakTypeVersie | None, definitie: zaaktypen.ZaakTypeDefinitie, versie: str) -> None:
    """Said before the page of differences, so that nobody compares with what is no longer there."""
    bekend = {een.definitie.identificatie for een in zaaktypen.beheer().list_definities()}
    if nu is None and definitie.identificatie in bekend:
        raise BeheerOngeldig({"identificatie": "Deze code is al in gebruik. Kies een andere code."})
    if nu is not None and versie != str(nu.versie) and definitie != nu.definitie:
        raise BeheerGewijzigd


def _preview(
    request: HttpRequest,
    nu: ZaakTypeVersie | None,
    ingevuld: Ingevuld,
    definitie: zaaktypen.ZaakTypeDefinitie,
    versie: str,
) -> HttpResponse:
    oud = nu.definitie.model_dump(mode="json") if nu else None
    mee = {"csrfmiddlewaretoken", VELD, "stap", "versie", "terug"}
    context = {
        "pad": request.path,
        "versie": versie,
        "is_nieuw": nu is None,
        "volgende": (nu.versie if nu else 0) + 1,
        "verschillen": compare(oud, definitie.model_dump(mode="json")),
        "verborgen": [
            (naam, een) for naam, alle in ingevuld.invoer.items() if naam not in mee for een in alle
        ],
        "terug": reverse("werkplek-beheer-zaaktype", args=[definitie.identificatie])
        if nu
        else reverse(ONDERDEEL),
    }
    return toon(
        request, "workbench/beheer/verschil.html", context, titel="Dit verandert er", onderdeel=ONDERDEEL
    )


def _formulier(
    request: HttpRequest,
    nu: ZaakTypeVersie | None,
    velden: Velden,
    *,
    versie: str,
    fouten: Mapping[str, str] = _GEEN,
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "v": velden,
        "versie": versie,
        "is_nieuw": nu is None,
        "fouten": fouten,
        "melding": melding,
        "pad": request.path,
        "afdelingen": [("", "Kies een afdeling"), *((een.code, een.naam) for een in list_afdelingen())],
        "badges": [(badge.value, badge.tekst) for badge in Badge],
        "nominaties": NOMINATIES,
        "niveaus": [(een, _words(een)) for een in VERTROUWELIJKHEID],
        "zekerheden": list(_ZEKERHEDEN.items()),
        "nu": nu.definitie if nu and melding else None,
    }
    titel = f"Wijzig {nu.definitie.omschrijving}" if nu else "Nieuw zaaktype"
    return toon(
        request,
        "workbench/beheer/zaaktypeformulier.html",
        context,
        titel=titel,
        onderdeel=ONDERDEEL,
        status=status,
    )


def _bewaren(nu: zaaktypen.ZaakTypeDefinitie) -> list[tuple[str, str]]:
    """How long a zaak is kept, a line for each result that says something else."""
    if not nu.bewaren:
        return [("Bewaren", "Niet vastgelegd: wij bewaren de zaken")]
    return [
        (f"Bewaren: {deel.resultaat}" if deel.resultaat else "Bewaren", describe(deel)) for deel in nu.bewaren
    ]


def _differences(oud: ZaakTypeVersie, nieuw: ZaakTypeVersie) -> tuple[zaaktypen.Verschil, ...]:
    return compare(oud.definitie.model_dump(mode="json"), nieuw.definitie.model_dump(mode="json"))


def _words(waarde: str) -> str:
    return waarde.replace("_", " ").capitalize()
