"""Everything of a party that is in no zaak: contact details, choices, what the register says, drafts, who looked."""

from collections.abc import Callable, Iterable

from eloket.audit.inzien import list_van_actor
from eloket.berichten.concepten import list_concepten as list_berichtconcepten
from eloket.berichten.types import Concept
from eloket.documenten.vasthouden import list_held
from eloket.export.delen import inzage_van, ontvangst, tell_notificatie
from eloket.export.types import Gegevens, Verzameld
from eloket.export.zaakdeel import brief
from eloket.identity.niveaus import Zekerheid, highest, is_sure_enough
from eloket.identity.types import Actor, Partij, Soort, partij_ref
from eloket.inzage.eigen import Onderwerp
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.concepten import houder_of
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.formulier.lezen import FormulierOnleesbaar
from eloket.loket.queries import list_onverstuurd
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import definitie_of
from eloket.machtigingen.queries import list_gegeven, list_ontvangen
from eloket.machtigingen.types import MachtigingInzage
from eloket.notifications.brieven.queries import list_geposte_brieven
from eloket.notifications.contact.queries import list_van_partij
from eloket.notifications.ontvangst.queries import count_gegevens, list_gegevens
from eloket.notifications.verantwoorden.levensloop import list_levenslopen_van
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.queries import get_contact, get_onderneming, get_persoon, get_voorkeuren, profiel_ref
from eloket.profile.types import Rubriek
from eloket.zaken.queries import samenvat
from eloket.zaken.types import ZaakRef

REGISTER = "wat de Basisregistratie Personen van u weet"
BERICHTEN = "berichten die u nog niet verstuurde"
HANDELSREGISTER = "wat het Handelsregister van u weet"
_INLOGGEN = ("sessie.ingelogd", "sessie.uitgelogd")


def collect_persoon(actor: Actor, *, with_gaps: bool) -> Verzameld:
    """What we hold of this party besides their zaken. `with_gaps`: a register that does not answer is named in it, and
    raises nothing.

    Raises BronOnbereikbaar.
    """
    partij = actor.partij
    assert partij is not None  # it was asked by somebody with one
    gemist: list[str] = []
    formulieren = [(een, _niveau_van(een)) for een in list_onverstuurd(actor)]
    berichten = _berichten(actor, gemist, with_gaps=with_gaps)
    alle = len(formulieren) + len(berichten)
    formulieren = [een for een in formulieren if is_sure_enough(actor.zekerheid, een[1])]
    berichten = [een for een in berichten if is_sure_enough(actor.zekerheid, een[1])]
    gegevens: Gegevens = {
        **_register(partij, gemist, with_gaps=with_gaps),
        "contactgegevens": _contact(actor),
        "voorkeuren": _voorkeuren(actor),
        **_onverstuurd(formulieren, berichten),
        **_machtigingen(partij),
        "ontvangstbewijzen": [ontvangst(een) for een in list_gegevens(actor, limit=count_gegevens(actor))],
        "notificaties": [
            tell_notificatie(een)
            for een in list_levenslopen_van({partij.profiel_key, actor.profiel_key}).meldingen
        ],
        "brieven": [
            {"kenmerk": een.kenmerk, "opDePostGedaanOp": een.gepost_op, "inhoud": brief(een.inhoud)}
            for een in list_geposte_brieven("", [partij.profiel_key])
        ],
        "contactHersteld": [
            {"ontstaanOp": een.ontstaan_op, "hersteldOp": een.hersteld_op} for een in list_van_partij(partij)
        ],
        "aanmeldingen": _aanmeldingen(actor),
        "inzage": inzage_van(
            actor, Onderwerp((partij_ref(partij.profiel_key), *profiel_ref(actor)), {}), titels=()
        ),
    }
    return Verzameld(
        gegevens,
        gemist=tuple(gemist),
        nodig=highest(nodig for _, nodig in (*formulieren, *berichten)),
        is_beperkt=len(formulieren) + len(berichten) < alle,
    )


def _niveau_van(een: ConceptInzage) -> Zekerheid | None:
    """The level that its form asks for; the highest when that form cannot be read any more."""
    try:
        return definitie_of(een.formulier, een.versie).nodig
    except (FormulierNietGevonden, FormulierOnleesbaar):
        return Zekerheid.HOOG


def _berichten(actor: Actor, gemist: list[str], *, with_gaps: bool) -> list[tuple[Concept, Zekerheid | None]]:
    """What they did not send, each with the level of its zaak."""
    concepten = list_berichtconcepten(actor)
    try:
        namen = samenvat(tuple({ZaakRef.parse(een.zaak_ref) for een in concepten}))
    except BronOnbereikbaar:
        if not with_gaps:
            raise
        if concepten:
            gemist.append(BERICHTEN)
        return []
    refs = [ZaakRef.parse(een.zaak_ref) for een in concepten]
    return [
        (een, namen[ref].zekerheid if ref in namen else None)
        for een, ref in zip(concepten, refs, strict=True)
    ]


def _register(partij: Partij, gemist: list[str], *, with_gaps: bool) -> Gegevens:
    """By the numbers that we hold, and what the register says of them now."""
    if partij.soort is Soort.INWONER:
        nummer: Gegevens = {"burgerservicenummer": partij.nummer}
        wat, haal = REGISTER, _persoon
    else:
        nummer = {"kvkNummer": partij.nummer, "vestigingsnummer": partij.vestigingsnummer}
        wat, haal = HANDELSREGISTER, _onderneming
    return {"betrokkene": {**nummer, **_try(lambda: haal(partij), wat, gemist, with_gaps=with_gaps)}}


def _try(haal: Callable[[], Gegevens], wat: str, gemist: list[str], *, with_gaps: bool) -> Gegevens:
    try:
        return haal()
    except PersoonNietGevonden:
        return {}
    except BronOnbereikbaar:
        if not with_gaps:
            raise
        gemist.append(wat)
        return {}


def _persoon(partij: Partij) -> Gegevens:
    een = get_persoon(partij)
    return {
        "voornamen": een.voornamen,
        "geslachtsnaam": een.geslachtsnaam,
        "geboortedatum": een.geboortedatum,
        "straatHuisnummer": een.straat_huisnummer,
        "postcode": een.postcode,
        "woonplaats": een.woonplaats,
    }


def _onderneming(partij: Partij) -> Gegevens:
    een = get_onderneming(partij)
    return {
        "handelsnaam": een.handelsnaam,
        "vestigingsnaam": een.vestiging_naam,
        "straatHuisnummer": een.straat_huisnummer,
        "postcode": een.postcode,
        "woonplaats": een.woonplaats,
    }


def _onverstuurd(
    formulieren: Iterable[tuple[ConceptInzage, Zekerheid | None]],
    berichten: Iterable[tuple[Concept, Zekerheid | None]],
) -> Gegevens:
    """What they typed and did not send; of the files with it the names."""
    return {
        "nietVerstuurdeFormulieren": [
            {
                "formulier": een.formulier,
                "begonnenOp": een.begonnen_op,
                "gewijzigdOp": een.gewijzigd_op,
                "bewaardTot": een.bewaard_tot,
                "invoer": [
                    {"veld": veld, "waarde": ", ".join(waarden)} for veld, waarden in een.invoer.items()
                ],
                "bestanden": [
                    {"bestandsnaam": los.bestand.naam, "bestandsomvang": los.bestand.omvang}
                    for los in list_held(houder_of(een.id))
                ],
            }
            for een, _ in formulieren
        ],
        "nietVerstuurdeBerichten": [
            {"onderwerp": een.onderwerp, "tekst": een.tekst, "bewaardOp": een.bewaard_op}
            for een, _ in berichten
        ],
    }


def _machtigingen(partij: Partij) -> Gegevens:
    return {
        "machtigingenGegeven": [
            {"ontvanger": een.ontvanger_naam, **_machtiging(een)} for een in list_gegeven(partij, limit=None)
        ],
        "machtigingenOntvangen": [
            {"gever": een.gever_naam, **_machtiging(een)} for een in list_ontvangen(partij, limit=None)
        ],
    }


def _machtiging(een: MachtigingInzage) -> Gegevens:
    return {
        "bevoegdheid": een.bevoegdheid.tekst,
        "alleZaken": not een.zaak_ref,
        "vanaf": een.van,
        "totEnMet": een.tot,
        "gegevenOp": een.gegeven_op,
        "aanvaardOp": een.aanvaard_op,
        "beeindigdOp": een.einde_op,
        "stand": een.stand.value,
    }


def _contact(actor: Actor) -> Gegevens:
    een = get_contact(actor)
    return {
        "emailadres": een.email,
        "emailadresNietBevestigd": een.email_in_afwachting,
        "bevestigingVerstuurdOp": een.bevestiging_verstuurd_op,
        "emailadresWerktNietSinds": een.email_kapot_op,
        "telefoonnummer": een.telefoon,
        "wilEmail": een.wil_mail,
    }


def _voorkeuren(actor: Actor) -> Gegevens:
    bereik = get_voorkeuren(actor).bereik
    return {
        "taal": bereik.taal.tekst,
        "stilVan": f"{bereik.stil_van:%H:%M}" if bereik.stil_van else "",
        "stilTot": f"{bereik.stil_tot:%H:%M}" if bereik.stil_tot else "",
        "emails": [
            {"titel": rubriek.tekst, "wanneer": bereik.wanneer_voor(rubriek).tekst} for rubriek in Rubriek
        ],
    }


def _aanmeldingen(actor: Actor) -> list[Gegevens]:
    """When a resident logged in and out. Not of a bewindvoerder or an employee: those logins are theirs."""
    if actor.soort is not Soort.INWONER or actor.machtiging is not None:
        return []
    return [
        {"moment": een.moment, "wat": "ingelogd" if een.actie == _INLOGGEN[0] else "uitgelogd"}
        for een in list_van_actor(actor.key, actor_soort=actor.hoedanigheid, acties=_INLOGGEN)
    ]
