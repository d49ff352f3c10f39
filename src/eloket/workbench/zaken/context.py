"""What the template of each part of the page of a zaak needs. Pure: no I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from eloket.afschriften.dossier import estimate
from eloket.berichten.types import NIEUW
from eloket.documenten.formaten import ACCEPT, OPSOMMING, schrijf_omvang
from eloket.identity.types import Actor, Recht
from eloket.workbench.zaken import teksten
from eloket.workbench.zaken.berichtregels import build_gesprek
from eloket.workbench.zaken.delen import Deel
from eloket.workbench.zaken.inhoud import ZaakInhoud
from eloket.workbench.zaken.invoer import NIEMAND, Invoer, gekozen_status, latere_statussen
from eloket.workbench.zaken.ontvangst import ontvangstregels
from eloket.workbench.zaken.stappen import build_stap, build_voorbeeld
from eloket.workbench.zaken.stukken import DocumentRegel, build_document
from eloket.workbench.zaken.verzending import build_partijen
from eloket.workbench.zaken.vraagregels import build_taak
from eloket.workbench.zaken.weergave import (
    build_samenvatting,
    build_te_doen,
    pad_van,
    schrijf_termijn,
    schrijf_verlenging,
    waarom_niet_sluiten,
)
from eloket.zaken.historie import MEESTE_REGELS
from eloket.zaken.tijdlijn import build_tijdlijn
from eloket.zaken.werk import SjabloonSoort

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stand:
    """What a part is made from."""

    actor: Actor
    inhoud: ZaakInhoud
    invoer: Invoer
    vandaag: date

    @property
    def basis(self) -> str:
        return pad_van(self.inhoud.zaak)


def deel_context(actor: Actor, inhoud: ZaakInhoud, deel: Deel, invoer: Invoer, vandaag: date) -> Context:
    """The values for the template of this part."""
    return _PER_DEEL[deel](Stand(actor, inhoud, invoer, vandaag)) if deel in _PER_DEEL else {}


def _overzicht(stand: Stand) -> Context:
    zaak = stand.inhoud.zaak
    return {
        "te_doen": () if stand.actor.inkijk else build_te_doen(stand.inhoud, stand.basis),
        "samenvatting": build_samenvatting(zaak),
        "toelichting": zaak.toelichting,
        "stappen": tuple(build_stap(stap) for stap in build_tijdlijn(zaak, stand.inhoud.gebeurtenissen)),
        "documenten_weg": stand.inhoud.documenten is None,
        "opschortreden": zaak.opschorting.reden if zaak.opschorting else "",
    }


def documentregels(inhoud: ZaakInhoud) -> tuple[DocumentRegel, ...]:
    """All documents that the source gave."""
    basis = pad_van(inhoud.zaak)
    return tuple(build_document(een, basis) for een in inhoud.documenten or ())


def _documenten(stand: Stand) -> Context:
    regels = documentregels(stand.inhoud)
    return {
        "documenten": None if stand.inhoud.documenten is None else regels,
        "omvang": schrijf_omvang(estimate(stand.inhoud.documenten or ())),
        "nieuw": tuple(een for een in regels if een.is_onbehandeld),
        "dossier": tuple(een for een in regels if not een.is_onbehandeld),
        "accept": ACCEPT,
        "formaten": OPSOMMING,
    }


def _berichten(stand: Stand) -> Context:
    inhoud, invoer = stand.inhoud, stand.invoer
    sjablonen = teksten.kies(inhoud.sjablonen, SjabloonSoort.BERICHT)
    concept = inhoud.concept
    return {
        "gesprekken": tuple(
            build_gesprek(een, stand.basis, inhoud.zaak, is_huidig=een is inhoud.gesprek)
            for een in inhoud.gesprekken
        ),
        "gesprek": inhoud.gesprek and build_gesprek(inhoud.gesprek, stand.basis, inhoud.zaak, is_huidig=True),
        "nieuw_gesprek": f"{stand.basis}?deel=berichten&gesprek={NIEUW}",
        "gesprek_id": inhoud.gesprek.id if inhoud.gesprek else NIEUW,
        "concept_href": reverse("werkplek-bericht-concept", args=[str(inhoud.zaak.ref)]),
        "bericht": invoer.bericht or (concept.tekst if concept else ""),
        "onderwerp": invoer.onderwerp or (concept.onderwerp if concept else ""),
        "concept_van": concept.bewaard_op if concept and not invoer.bericht else None,
        "sjablonen": teksten.opties(sjablonen) if sjablonen else [],
        "accept": ACCEPT,
        "formaten": OPSOMMING,
    }


def _vragen(stand: Stand) -> Context:
    regels = documentregels(stand.inhoud)
    vraag, afkeuring = (
        teksten.kies(stand.inhoud.sjablonen, soort) for soort in (SjabloonSoort.TAAK, SjabloonSoort.AFKEURING)
    )
    return {
        "formulieren": stand.inhoud.te_vragen.formulieren,
        "onleesbaar": ", ".join(stand.inhoud.te_vragen.onleesbaar),
        "uitleg": stand.invoer.uitleg,
        "reden_tekst": stand.invoer.reden,
        "is_bezig": bool(stand.invoer.titel or stand.invoer.uitleg or stand.invoer.deadline),
        "taken": tuple(
            build_taak(taak, regels, stand.basis, stand.inhoud.zaak) for taak in stand.inhoud.taken
        ),
        "sjablonen": teksten.opties(vraag) if vraag else [],
        "afkeursjablonen": teksten.opties(afkeuring) if afkeuring else [],
    }


def _status(stand: Stand) -> Context:
    zaak = stand.inhoud.zaak
    gekozen = gekozen_status(zaak, stand.invoer.status)
    if gekozen is None:
        return {"gekozen": None}
    sjablonen = teksten.kies(stand.inhoud.sjablonen, SjabloonSoort.STATUS, stap=gekozen.volgnummer)
    tekst = stand.invoer.toelichting or teksten.statustekst(sjablonen, gekozen, zaak, stand.actor)
    return {
        "gekozen": gekozen,
        "stappen": latere_statussen(zaak),
        "tekst": tekst,
        "voorbeeld": build_voorbeeld(gekozen, tekst, stand.vandaag),
        "is_voorbeeld": False,
        "sjablonen": teksten.opties(sjablonen) if sjablonen else [],
        "resultaten": tuple((naam, naam) for naam in zaak.resultaattypen),
        "waarom_niet_sluiten": waarom_niet_sluiten(stand.actor, stand.inhoud)
        if gekozen.is_eindstatus
        else "",
    }


def _overdragen(stand: Stand) -> Context:
    zaak = stand.inhoud.zaak
    collegas = [
        (str(een.id), een.naam)
        for een in stand.inhoud.collegas
        if Recht.BEHANDELEN in een.rechten
        and een.id != zaak.behandelaar_id
        and (zaak.toegang is None or een.id in zaak.toegang)
        and (not een.zaaktypen or zaak.zaaktype in een.zaaktypen)
    ]
    return {
        "collegas": [("", "Kies een collega"), (NIEMAND, "Niemand: terug naar de afdeling"), *collegas],
        "afdelingen": [
            ("", f"{zaak.afdeling_naam} (blijft zo)"),
            *((een.code, een.naam) for een in stand.inhoud.afdelingen if een.code != zaak.afdeling),
        ],
    }


def _termijn(stand: Stand) -> Context:
    zaak = stand.inhoud.zaak
    return {
        "gevolg": schrijf_termijn(zaak, stand.vandaag),
        "opschorting": zaak.opschorting,
    }


def _verlengen(stand: Stand) -> Context:
    return {"gevolg": schrijf_verlenging(stand.inhoud.zaak)}


def _afschermen(stand: Stand) -> Context:
    zaak = stand.inhoud.zaak
    gekozen = stand.invoer.wie or tuple(str(een) for een in zaak.toegang or ())
    return {
        "collegas": [
            (str(een.id), een.naam, str(een.id) in gekozen)
            for een in stand.inhoud.collegas
            if een.id not in {stand.actor.medewerker_id, zaak.behandelaar_id}
        ],
        "is_afgeschermd": stand.invoer.afgeschermd == "ja"
        if stand.invoer.afgeschermd
        else zaak.toegang is not None,
    }


_PER_DEEL: Mapping[Deel, Callable[[Stand], Context]] = {
    Deel.OVERZICHT: _overzicht,
    Deel.DOCUMENTEN: _documenten,
    Deel.BERICHTEN: _berichten,
    Deel.VRAGEN: _vragen,
    Deel.VERZENDING: lambda stand: {
        "partijen": build_partijen(stand.inhoud.zaak, stand.inhoud.verzending),
        "documenten_weg": stand.inhoud.documenten is None,
    },
    Deel.NOTITIES: lambda stand: {"notities": stand.inhoud.notities},
    Deel.HISTORIE: lambda stand: {
        "ontvangsten": ontvangstregels(stand.inhoud),
        "ontvangsten_vol": stand.inhoud.ontvangsten_vol,
        "historie": stand.inhoud.historie,
        "kijkers": stand.inhoud.kijkers,
        "is_vol": sum(een.regels for een in stand.inhoud.historie) >= MEESTE_REGELS,
    },
    Deel.STATUS: _status,
    Deel.OVERDRAGEN: _overdragen,
    Deel.TERMIJN: _termijn,
    Deel.VERLENGEN: _verlengen,
    Deel.AFSCHERMEN: _afschermen,
}
