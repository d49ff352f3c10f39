"""The page of a zaak as the template shows it: texts, dates, flags and links worked out. Pure: no I/O."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

from eloket.berichten.types import BerichtInzage
from eloket.documenten.formaten import ACCEPT, OPSOMMING, schrijf_omvang
from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Actor
from eloket.kernel.klok import AMSTERDAM, datum_van, schrijf_dagen, schrijf_datum
from eloket.workbench.weergave import TermijnTekst, badge_tekst, describe_termijn
from eloket.workbench.zaken.inhoud import ZaakInhoud
from eloket.workbench.zaken.invoer import latere_statussen
from eloket.zaken.tijdlijn import Stap, StapStand, Termijn, build_termijn, build_tijdlijn
from eloket.zaken.types import TaakInzage, Zaak


@dataclass(frozen=True, slots=True)
class Paden:
    """The page itself and where its forms go."""

    zaak: str
    neem: str
    status: str
    bericht: str
    vraag: str
    documenten: str


@dataclass(frozen=True, slots=True)
class StapRegel:
    """A step of the timeline. `klasse` is checked, current or not-checked; `stand` says it in words."""

    nummer: int
    titel: str
    klasse: str
    stand: str
    tekst: str
    voorvoegsel: str
    datum: date | None
    gebeurtenissen: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True)
class TaakRegel:
    """A document that was asked for and not yet received."""

    titel: str
    toelichting: str
    deadline: date
    resterend: str
    is_dringend: bool
    gevraagd_op: date
    intrekken: str


@dataclass(frozen=True, slots=True)
class DocumentRegel:
    """`openen` is '' when a browser cannot show this kind of file."""

    titel: str = field(repr=False)
    soort: str
    icoon: str
    van: str = field(repr=False)
    datum: date
    openen: str
    opslaan: str


@dataclass(frozen=True, slots=True)
class BerichtRegel:
    wie: str = field(repr=False)
    van: str
    klasse: str
    tekst: str = field(repr=False)
    moment: datetime
    iso: str
    is_nieuw: bool
    gelezen: str


@dataclass(frozen=True, slots=True)
class StatusOptie:
    waarde: str
    titel: str
    statustekst: str
    gevolg: str


@dataclass(frozen=True, slots=True)
class ZaakPagina:
    """All of it. `neem_tekst` is the text of the button to become behandelaar, '' when there is nothing to take."""

    paden: Paden
    titel: str
    identificatie: str
    aanvrager: str = field(repr=False)
    toelichting: str = field(repr=False)
    badge_tekst: str
    badge_soort: str
    is_open: bool
    may_ask: bool
    versie: int
    neem_tekst: str
    samenvatting: tuple[tuple[str, str], ...] = field(repr=False)
    termijn: TermijnTekst | None
    dag_van: str
    stappen: tuple[StapRegel, ...]
    taken: tuple[TaakRegel, ...]
    documenten: tuple[DocumentRegel, ...] | None
    berichten: tuple[BerichtRegel, ...]
    status_opties: tuple[StatusOptie, ...]
    resultaten: tuple[tuple[str, str], ...]
    eindstatus: str
    accept: str
    formaten: str


def build_pagina(actor: Actor, inhoud: ZaakInhoud, vandaag: date) -> ZaakPagina:
    """The page for this actor on this day."""
    zaak = inhoud.zaak
    basis = reverse("werkplek-zaak", args=[str(zaak.ref)])
    termijn = build_termijn(zaak, vandaag)
    later = latere_statussen(zaak)
    aanvrager = zaak.initiator.naam if zaak.initiator else ""
    return ZaakPagina(
        paden=_paden(basis),
        titel=zaak.omschrijving,
        identificatie=zaak.identificatie,
        aanvrager=aanvrager,
        toelichting=zaak.toelichting,
        badge_tekst=badge_tekst(zaak.badge),
        badge_soort=zaak.badge.soort,
        is_open=zaak.is_open,
        may_ask=zaak.is_open and zaak.initiator is not None,
        versie=zaak.versie,
        neem_tekst=_neem_tekst(actor, zaak),
        samenvatting=_samenvatting(zaak, aanvrager),
        termijn=describe_termijn(termijn.uiterlijk, vandaag) if termijn and not zaak.opschorting else None,
        dag_van=_dag_van(zaak, termijn),
        stappen=tuple(_stap(stap) for stap in build_tijdlijn(zaak, inhoud.gebeurtenissen)),
        taken=tuple(_taak(taak, basis) for taak in inhoud.taken if taak.vervuld_op is None),
        documenten=None
        if inhoud.documenten is None
        else tuple(_document(een, basis) for een in inhoud.documenten),
        berichten=tuple(_bericht(een) for een in inhoud.berichten),
        status_opties=tuple(
            StatusOptie(
                waarde=str(een.volgnummer),
                titel=een.omschrijving,
                statustekst=een.statustekst,
                gevolg="De zaak is dan afgerond. Kies ook het resultaat." if een.is_eindstatus else "",
            )
            for een in later
        ),
        resultaten=tuple((naam, naam) for naam in zaak.resultaattypen),
        eindstatus=next((een.omschrijving for een in later if een.is_eindstatus), ""),
        accept=ACCEPT,
        formaten=OPSOMMING,
    )


def _paden(basis: str) -> Paden:
    return Paden(
        zaak=basis,
        neem=f"{basis}neem/",
        status=f"{basis}status/",
        bericht=f"{basis}bericht/",
        vraag=f"{basis}vraag/",
        documenten=f"{basis}documenten/",
    )


def _neem_tekst(actor: Actor, zaak: Zaak) -> str:
    if not zaak.is_open or zaak.behandelaar_id == actor.medewerker_id:
        return ""
    return "Neem in behandeling" if zaak.behandelaar_id is None else f"Neem over van {zaak.behandelaar_naam}"


def _samenvatting(zaak: Zaak, aanvrager: str) -> tuple[tuple[str, str], ...]:
    regels = [
        ("Aanvrager", aanvrager or "Onbekend"),
        ("Soort zaak", zaak.zaaktype_omschrijving),
        ("Zaaknummer", zaak.identificatie),
        ("Ontvangen op", schrijf_datum(zaak.startdatum)),
        ("Afdeling", zaak.afdeling_naam),
        ("Behandelaar", zaak.behandelaar_naam or "Nog niemand"),
        *zaak.kenmerken,
    ]
    if zaak.einddatum is not None:
        regels += [
            ("Afgerond op", schrijf_datum(zaak.einddatum)),
            ("Resultaat", zaak.resultaat or "Onbekend"),
        ]
    return tuple(regels)


def _dag_van(zaak: Zaak, termijn: Termijn | None) -> str:
    if termijn is None:
        return ""
    dag = f"Dag {termijn.dag} van {termijn.van}"
    return (
        f"{dag}. De termijn staat stil sinds {schrijf_datum(zaak.opschorting.sinds)}."
        if zaak.opschorting
        else dag
    )


_STANDEN = {
    StapStand.GEDAAN: ("checked", "Afgerond: ", ""),
    StapStand.HUIDIG: ("current", "Huidige stap: ", "Sinds "),
    StapStand.KOMEND: ("not-checked", "Komt nog: ", "Uiterlijk "),
}


def _stap(stap: Stap) -> StapRegel:
    klasse, stand, voorvoegsel = _STANDEN[stap.stand]
    return StapRegel(
        nummer=stap.volgnummer,
        titel=stap.titel,
        klasse=klasse,
        stand=stand,
        tekst=stap.tekst,
        voorvoegsel=voorvoegsel,
        datum=datum_van(stap.moment) if stap.moment else stap.uiterlijk,
        gebeurtenissen=tuple((een.moment, een.tekst) for een in stap.gebeurtenissen),
    )


def _taak(taak: TaakInzage, basis: str) -> TaakRegel:
    laat = taak.dagen_te_laat
    resterend = f"{schrijf_dagen(laat)} te laat" if laat else f"Nog {schrijf_dagen(taak.dagen_over)}"
    return TaakRegel(
        titel=taak.titel,
        toelichting=taak.toelichting,
        deadline=taak.deadline,
        resterend="Vandaag is de laatste dag" if taak.dagen_over == 1 else resterend,
        is_dringend=laat > 0,
        gevraagd_op=datum_van(taak.gevraagd_op),
        intrekken=f"{basis}vraag/{taak.id}/intrekken/",
    )


def _document(document: DocumentInzage, basis: str) -> DocumentRegel:
    pad = f"{basis}documenten/{document.id}/"
    van = document.auteur_naam or "de aanvrager" if document.is_van_aanvrager else "de gemeente"
    return DocumentRegel(
        titel=document.titel,
        soort=f"{document.formaat.naam}, {schrijf_omvang(document.omvang)}",
        icoon="photo" if document.formaat.mime.startswith("image/") else "file-text",
        van=van,
        datum=datum_van(document.ontvangen_op),
        openen=f"{pad}openen/" if document.formaat.is_toonbaar else "",
        opslaan=f"{pad}opslaan/",
    )


def _bericht(een: BerichtInzage) -> BerichtRegel:
    gelezen = "Gelezen door de aanvrager" if een.is_gelezen else "Nog niet gelezen door de aanvrager"
    return BerichtRegel(
        wie=een.afzender_naam,
        van="gemeente" if een.is_van_gemeente else "aanvrager",
        klasse="" if een.is_van_gemeente else "pip-message--in",
        tekst=een.tekst,
        moment=een.verzonden_op,
        iso=een.verzonden_op.astimezone(AMSTERDAM).isoformat(timespec="minutes"),
        is_nieuw=not een.is_van_gemeente and not een.is_gelezen,
        gelezen=gelezen if een.is_van_gemeente else "",
    )
