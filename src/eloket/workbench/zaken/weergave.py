"""The page of a zaak as the template shows it: texts, dates, flags and links worked out. Pure: no I/O."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from eloket.identity.types import Actor
from eloket.kernel.klok import AMSTERDAM, schrijf_dagen, schrijf_datum
from eloket.workbench.weergave import TermijnTekst, badge_tekst, describe_termijn
from eloket.workbench.zaken.delen import TABS, Deel
from eloket.workbench.zaken.inhoud import ZaakInhoud
from eloket.zaken.betrokkenen import describe_all
from eloket.zaken.mogelijkheden import Handeling, Openstaand, waarom_niet
from eloket.zaken.tijdlijn import Termijn, build_termijn
from eloket.zaken.types import Aandacht, Archiefnominatie, Kanaal, TaakStand, Zaak
from eloket.zaken.werk import Aanwezige

_KANALEN = {
    Kanaal.PORTAAL: "Website",
    Kanaal.BALIE: "Balie",
    Kanaal.TELEFOON: "Telefoon",
    Kanaal.POST: "Post",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A part that can be read. `teller` counts what waits for the civil servant; `tellertekst` says what."""

    tekst: str
    href: str
    is_huidig: bool
    teller: int
    tellertekst: str


@dataclass(frozen=True, slots=True)
class Actie:
    """Something to do with the zaak: a link, or, when it cannot be done now, the reason."""

    tekst: str
    href: str
    is_huidig: bool
    reden: str


@dataclass(frozen=True, slots=True)
class ZaakPagina:
    """The frame of the page. `neem_tekst` is the text of the button to become behandelaar, '' when there is nothing to
    take; `reden` says why the form of this part is not there, '' when it is.
    """

    basis: str
    hier: str
    deel: Deel
    titel: str
    identificatie: str
    aanvrager: str = field(repr=False)
    badge_tekst: str
    badge_soort: str
    is_open: bool
    is_afgeschermd: bool
    behandeling: str
    neem_tekst: str
    alleen_lezen: str
    reden: str
    aanwezig: tuple[str, ...] = field(repr=False)
    termijn: TermijnTekst | None
    dag_van: str
    tabs: tuple[Tab, ...]
    acties: tuple[Actie, ...]


def pad_van(zaak: Zaak) -> str:
    return reverse("werkplek-zaak", args=[str(zaak.ref)])


def pad_naar(basis: str, deel: Deel) -> str:
    """The address of a part; that of the first one is the address of the page."""
    return basis if deel is Deel.OVERZICHT else f"{basis}?deel={deel.value}"


def build_pagina(actor: Actor, inhoud: ZaakInhoud, deel: Deel, vandaag: date) -> ZaakPagina:
    """The frame for this actor on this day."""
    zaak = inhoud.zaak
    basis = pad_van(zaak)
    termijn = build_termijn(zaak, vandaag)
    handeling = deel.handeling(zaak)
    alleen_lezen = waarom_niet(actor, zaak, Handeling.NOTITIE)
    return ZaakPagina(
        basis=basis,
        hier=pad_naar(basis, deel),
        deel=deel,
        titel=zaak.omschrijving,
        identificatie=zaak.identificatie,
        aanvrager=zaak.initiator.naam if zaak.initiator else "",
        badge_tekst=badge_tekst(zaak.badge),
        badge_soort=zaak.badge.soort,
        is_open=zaak.is_open,
        is_afgeschermd=zaak.toegang is not None,
        behandeling=_behandeling(actor, zaak),
        neem_tekst="" if alleen_lezen else _neem_tekst(actor, zaak),
        alleen_lezen=alleen_lezen,
        reden=waarom_niet(actor, zaak, handeling) if handeling else "",
        aanwezig=schrijf_aanwezigen(inhoud.aanwezigen),
        termijn=describe_termijn(termijn.uiterlijk, vandaag) if termijn and not zaak.opschorting else None,
        dag_van=_dag_van(zaak, termijn),
        tabs=_tabs(inhoud, deel, basis),
        acties=() if alleen_lezen else _acties(actor, zaak, deel, basis),
    )


def schrijf_aanwezigen(aanwezigen: tuple[Aanwezige, ...]) -> tuple[str, ...]:
    """A line per colleague who has this zaak open too."""
    regels = []
    for een in aanwezigen:
        lokaal = een.sinds.astimezone(AMSTERDAM)
        regels.append(
            f"{een.naam} heeft deze zaak ook open (sinds {lokaal.hour:02d}.{lokaal.minute:02d} uur)."
        )
    return tuple(regels)


def _behandeling(actor: Actor, zaak: Zaak) -> str:
    if zaak.behandelaar_id is None:
        return "Nog niemand behandelt deze zaak."
    if zaak.behandelaar_id == actor.medewerker_id:
        return "U behandelt deze zaak."
    return f"{zaak.behandelaar_naam} behandelt deze zaak."


def _neem_tekst(actor: Actor, zaak: Zaak) -> str:
    if not zaak.is_open or zaak.behandelaar_id == actor.medewerker_id:
        return ""
    return "Neem in behandeling" if zaak.behandelaar_id is None else f"Neem over van {zaak.behandelaar_naam}"


def _tabs(inhoud: ZaakInhoud, deel: Deel, basis: str) -> tuple[Tab, ...]:
    tellers = _tellers(inhoud)
    tabs = []
    for een in TABS:
        teller, tekst = tellers.get(een, (0, ""))
        tabs.append(Tab(een.titel, pad_naar(basis, een), een is deel, teller, tekst))
    return tuple(tabs)


def _tellers(inhoud: ZaakInhoud) -> dict[Deel, tuple[int, str]]:
    """What waits for the civil servant, per part."""
    onbehandeld = tel_onbehandeld(inhoud)
    ontvangen = tel_ontvangen(inhoud)
    return {
        Deel.DOCUMENTEN: (onbehandeld, "nog te beoordelen"),
        Deel.BERICHTEN: (int(Aandacht.BERICHT in inhoud.zaak.aandacht), "nieuw"),
        Deel.VRAGEN: (ontvangen, "nog te beoordelen"),
    }


def tel_onbehandeld(inhoud: ZaakInhoud) -> int:
    """Documents without a decision."""
    return sum(een.is_onbehandeld for een in inhoud.documenten or ())


def tel_open_taken(inhoud: ZaakInhoud) -> int:
    """What was asked and did not come in."""
    return sum(taak.vervuld_op is None for taak in inhoud.taken)


def tel_ontvangen(inhoud: ZaakInhoud) -> int:
    """What was asked, came in, and was not judged."""
    return sum(taak.stand is TaakStand.ONTVANGEN for taak in inhoud.taken)


def _acties(actor: Actor, zaak: Zaak, deel: Deel, basis: str) -> tuple[Actie, ...]:
    """What makes sense in the state of the zaak; with a reason where this civil servant may not do it."""
    kan = [Deel.HEROPENEN, Deel.AFSCHERMEN]
    if zaak.is_open:
        verlengen = [Deel.VERLENGEN] if zaak.verlenging_maanden else []
        kan = [Deel.STATUS, Deel.OVERDRAGEN, Deel.TERMIJN, *verlengen, Deel.AFSCHERMEN]
    acties = []
    for een in kan:
        handeling = een.handeling(zaak)
        assert handeling is not None
        reden = waarom_niet(actor, zaak, handeling)
        acties.append(Actie(titel_van(een, zaak), pad_naar(basis, een), een is deel, reden))
    return tuple(acties)


def titel_van(deel: Deel, zaak: Zaak) -> str:
    """The name of a part, for this zaak."""
    if deel is not Deel.TERMIJN:
        return deel.titel
    return "Laat de termijn doorlopen" if zaak.opschorting else "Zet de termijn stil"


def build_samenvatting(zaak: Zaak) -> tuple[tuple[str, str], ...]:
    """The facts of the zaak, as (name, value)."""
    regels = [
        ("Aanvrager", zaak.initiator.naam if zaak.initiator else "Onbekend"),
        ("Soort zaak", zaak.zaaktype_omschrijving),
        ("Zaaknummer", zaak.identificatie),
        ("Ontvangen op", schrijf_datum(zaak.startdatum)),
        ("Ontvangen via", _KANALEN[zaak.kanaal]),
        ("Afdeling", zaak.afdeling_naam),
        ("Behandelaar", zaak.behandelaar_naam or "Nog niemand"),
        *zaak.kenmerken,
    ]
    if zaak.einddatum is not None:
        regels += [
            ("Afgerond op", schrijf_datum(zaak.einddatum)),
            ("Resultaat", zaak.resultaat or "Onbekend"),
            ("Bewaren", _describe_bewaren(zaak)),
        ]
    return tuple(regels)


def _describe_bewaren(zaak: Zaak) -> str:
    """What becomes of a closed zaak, and when."""
    datum = f" vanaf {schrijf_datum(zaak.archiefactiedatum)}" if zaak.archiefactiedatum else ""
    if zaak.archiefnominatie is None:
        return "Niet vastgelegd bij dit zaaktype"
    if zaak.archiefnominatie is Archiefnominatie.BLIJVEND_BEWAREN:
        return f"Altijd bewaren, overbrengen naar het archief{datum}" if datum else "Altijd bewaren"
    return f"Vernietigen{datum}"


def _dag_van(zaak: Zaak, termijn: Termijn | None) -> str:
    if termijn is None:
        return ""
    dag = f"Dag {termijn.dag} van {termijn.van}"
    return (
        f"{dag}. De termijn staat stil sinds {schrijf_datum(zaak.opschorting.sinds)}."
        if zaak.opschorting
        else dag
    )


def build_te_doen(inhoud: ZaakInhoud, basis: str) -> tuple[tuple[str, str], ...]:
    """(what, where): what waits for the civil servant now."""
    zaak, regels = inhoud.zaak, []
    if Aandacht.BERICHT in zaak.aandacht:
        regels.append(("Lees het nieuwe bericht of antwoord", pad_naar(basis, Deel.BERICHTEN)))
    if aantal := tel_onbehandeld(inhoud):
        wat = "1 document" if aantal == 1 else f"{aantal} documenten"
        regels.append((f"Beoordeel {wat}", pad_naar(basis, Deel.DOCUMENTEN)))
    if antwoorden := tel_ontvangen(inhoud):
        wat = "wat er kwam op 1 vraag" if antwoorden == 1 else f"wat er kwam op {antwoorden} vragen"
        regels.append((f"Beoordeel {wat}", pad_naar(basis, Deel.VRAGEN)))
    if laat := sum(taak.vervuld_op is None and taak.dagen_te_laat > 0 for taak in inhoud.taken):
        wat = "1 vraag is" if laat == 1 else f"{laat} vragen zijn"
        regels.append((f"{wat} niet op tijd beantwoord", pad_naar(basis, Deel.VRAGEN)))
    return tuple(regels)


def schrijf_termijn(zaak: Zaak, vandaag: date) -> str:
    """What suspending, or going on, does with the last day: read before it is confirmed."""
    uiterlijk = zaak.uiterlijke_einddatum
    if uiterlijk is None:
        return "Deze zaak heeft geen uiterste datum."
    if zaak.opschorting is None:
        return (
            f"De uiterste datum is nu {schrijf_datum(uiterlijk)}. Voor elke dag dat de termijn stilstaat, "
            "komt daar een dag bij."
        )
    dagen = max(0, (vandaag - zaak.opschorting.sinds).days)
    nieuw = uiterlijk + timedelta(days=dagen)
    return (
        f"De termijn staat {schrijf_dagen(dagen)} stil, sinds {schrijf_datum(zaak.opschorting.sinds)}. "
        f"Laat u de termijn vandaag doorlopen? Dan is de nieuwe uiterste datum {schrijf_datum(nieuw)}."
    )


def schrijf_verlenging(zaak: Zaak) -> str:
    """What extending the term does, by how much and how often: read before it is confirmed."""
    maanden = "1 maand" if zaak.verlenging_maanden == 1 else f"{zaak.verlenging_maanden} maanden"
    nu = (
        f"De uiterste datum is nu {schrijf_datum(zaak.uiterlijke_einddatum)}. "
        if zaak.uiterlijke_einddatum
        else ""
    )
    return f"{nu}U kunt de termijn één keer verlengen, met {maanden}. De aanvrager krijgt daarvan bericht."


def waarom_niet_sluiten(actor: Actor, inhoud: ZaakInhoud) -> str:
    """'' when the zaak may be closed."""
    return waarom_niet(
        actor,
        inhoud.zaak,
        Handeling.AFSLUITEN,
        Openstaand(
            gevraagd=tel_open_taken(inhoud),
            gevraagd_aan=describe_all(
                inhoud.zaak,
                ((t.betrokkene_key, t.vestiging_key) for t in inhoud.taken if t.vervuld_op is None),
            ),
            onbehandeld=tel_onbehandeld(inhoud),
            ontvangen=tel_ontvangen(inhoud),
        ),
    )
