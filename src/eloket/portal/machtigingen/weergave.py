"""An authorisation as a page shows it, to its giver or its receiver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eloket.identity.niveaus import Zekerheid, is_sure_enough
from eloket.identity.types import Actor, Partij
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import datum_van, schrijf_datum, schrijf_moment, vandaag
from eloket.machtigingen.queries import list_geldig
from eloket.machtigingen.regels import Stand
from eloket.machtigingen.service import note_read
from eloket.machtigingen.types import MachtigingInzage
from eloket.portal import paden
from eloket.portal.storing import note
from eloket.zaken.queries import samenvat
from eloket.zaken.types import ZaakNaam, ZaakRef, ZaakSamenvatting

Titels = Mapping[str, ZaakNaam]  # by authorisation, of those that are about one zaak
_ONBEKEND = ZaakNaam("Eén zaak (de titel is nu niet op te halen)", "")
_HOGER = ZaakNaam("Eén zaak (u ziet pas welke met een hoger niveau van inloggen)", "")
# Of what the giver allowed, at the level at which they were logged in: a higher one of the reader opens nothing.
_TE_ZWAK = ZaakNaam("Eén zaak (deze machtiging is daar niet sterk genoeg voor)", "")
_VOORBIJ = ZaakNaam("Eén zaak", "")
_NIEMAND = "Nog niemand"
_STAND = {
    Stand.AANGEBODEN: ("Wacht op de code", "warning"),
    Stand.VOORGELEGD: ("Wacht op antwoord", "warning"),
    Stand.GAAT_IN: ("Gaat later in", "neutral"),
    Stand.GELDIG: ("Geldig", "success"),
    Stand.AFGEWEZEN: ("Niet aangenomen", "neutral"),
    Stand.INGETROKKEN: ("Ingetrokken", "neutral"),
    Stand.BEEINDIGD: ("Gestopt", "neutral"),
    Stand.VERLOPEN: ("Verlopen", "neutral"),
}


@dataclass(frozen=True, slots=True)
class MachtigingRegel:
    """`wie` is the other side; `zaak` the title of the one that it is about (`is_een`), or that it is about all. `naar`
    is where the receiver goes on, "" while it opens nothing."""

    href: str
    wie: str = field(repr=False)
    zaak: str = field(repr=False)
    is_een: bool
    nummer: str
    bevoegdheid: str
    periode: str
    tot: str
    stand: str
    stand_soort: str
    is_voorbij: bool
    naar: str = ""


def fetch_titels(machtigingen: Iterable[MachtigingInzage], actor: Actor, partij: Partij) -> Titels:
    """How the zaken are called that these are about, as this reader may know it: to who was authorised only while it
    opens the zaak, and at the level that the zaak is for. A source that does not answer is named: withdrawing works
    anyway. One call of each source."""
    over_een = [een for een in machtigingen if een.zaak_ref]
    zichtbaar = {
        een.id: ZaakRef.parse(een.zaak_ref)
        for een in over_een
        if een.gever_key == partij.key or een.is_geldig
    }
    namen = _fetch_namen(tuple({*zichtbaar.values()}))
    titels = {}
    for een in over_een:
        if een.id not in zichtbaar:
            titels[een.id] = _hidden(een)
            continue
        naam = namen.get(zichtbaar[een.id], _ONBEKEND)
        is_gever = een.gever_key == partij.key
        titels[een.id] = naam if is_gever else _as_allowed(naam, actor.zekerheid, een.zekerheid)
    return titels


def hide_titels(zaken: Sequence[ZaakSamenvatting], namens: Actor) -> list[ZaakSamenvatting]:
    """The zaken that an authorisation for all of them lists; of one that is for a higher level, or of which the
    level cannot be fetched, neither how it is called nor its number. One call of each source."""
    namen = _fetch_namen(tuple(een.ref for een in zaken))
    gegeven = namens.mandaat.zekerheid if namens.mandaat else None
    getoond = (_as_allowed(namen.get(een.ref, _ONBEKEND), namens.zekerheid, gegeven) for een in zaken)
    return [
        een
        if naam.identificatie
        else replace(een, omschrijving=naam.omschrijving, identificatie=naam.identificatie)
        for een, naam in zip(zaken, getoond, strict=True)
    ]


def _fetch_namen(refs: tuple[ZaakRef, ...]) -> Mapping[ZaakRef, ZaakNaam]:
    try:
        return samenvat(refs) if refs else {}
    except BronOnbereikbaar as fout:
        note(fout, "machtigingen")
        return {}


def _as_allowed(naam: ZaakNaam, van_lezer: Zekerheid | None, van_gever: Zekerheid | None) -> ZaakNaam:
    """Both who authorised the reader and who looks: as at the door of the zaak (zaken.access)."""
    if not is_sure_enough(van_gever, naam.zekerheid):
        return _TE_ZWAK
    return naam if is_sure_enough(van_lezer, naam.zekerheid) else _HOGER


def _hidden(een: MachtigingInzage) -> ZaakNaam:
    if een.stand.is_voorbij:
        return _VOORBIJ
    aannemen = "" if een.stand is Stand.GAAT_IN else "als u de machtiging aanneemt"
    vanaf = f"vanaf {schrijf_datum(een.van)}" if een.van > vandaag() else ""
    return ZaakNaam(f"Eén zaak (u ziet welke {', '.join(filter(None, (vanaf, aannemen)))})", "")


def list_gemachtigd(actor: Actor) -> list[MachtigingRegel]:
    """What this person may look at or act in for others today; nobody does that in the name of somebody else. That they
    read it is noted. One query; one call of the source and two queries more when there is something."""
    if not actor.is_alleen_zelf or actor.partij is None:
        return []
    geldig = list_geldig(actor.partij)
    titels = fetch_titels(geldig, actor, actor.partij)
    record_read(actor, geldig, titels)
    return make_regels(geldig, actor.partij, titels)


def record_read(actor: Actor, machtigingen: Iterable[MachtigingInzage], titels: Titels) -> None:
    """Before these are shown: a line for whoever gave them to this reader (machtigingen.service.note_read)."""
    note_read(
        actor, machtigingen, met_zaak={sleutel for sleutel, naam in titels.items() if naam.identificatie}
    )


def make_regels(
    machtigingen: Iterable[MachtigingInzage], partij: Partij, titels: Titels
) -> list[MachtigingRegel]:
    """In the same order, as this giver or receiver sees them."""
    return [make_regel(een, partij, titels) for een in machtigingen]


def make_regel(een: MachtigingInzage, partij: Partij, titels: Titels) -> MachtigingRegel:
    is_gever = een.gever_key == partij.key
    zaak = titels[een.id] if een.zaak_ref else None
    alle = "Al uw zaken, ook nieuwe" if is_gever else "Alle zaken, ook nieuwe"
    stand, stand_soort = _STAND[een.stand]
    return MachtigingRegel(
        href=paden.machtiging(een.id),
        wie=(een.ontvanger_naam or _NIEMAND) if is_gever else een.gever_naam,
        zaak=zaak.omschrijving if zaak else alle,
        is_een=zaak is not None,
        nummer=zaak.identificatie if zaak else "",
        bevoegdheid=een.bevoegdheid.tekst,
        periode=f"{schrijf_datum(een.van)} tot en met {schrijf_datum(een.tot)}",
        tot=schrijf_datum(een.tot),
        stand=stand,
        stand_soort=stand_soort,
        is_voorbij=een.stand.is_voorbij,
        naar="" if is_gever or not een.is_geldig else href_van(een),
    )


def href_van(een: MachtigingInzage) -> str:
    """Where its receiver finds what it opens."""
    return paden.zaak(ZaakRef.parse(een.zaak_ref)) if een.zaak_ref else paden.machtiging_zaken(een.id)


def make_gegevens(een: MachtigingInzage, regel: MachtigingRegel, *, is_gever: bool) -> list[tuple[str, str]]:
    """What was agreed and how far it came, for the page of one."""
    wie = ("Wie u machtigt", regel.wie) if is_gever else ("Van wie", regel.wie)
    zaak = f"{regel.zaak} ({regel.nummer})" if regel.nummer else regel.zaak
    regels = [
        wie,
        ("Voor welke zaken", zaak),
        ("Wat mag", regel.bevoegdheid),
        ("Vanaf", schrijf_datum(een.van)),
        ("Tot en met", schrijf_datum(een.tot)),
        ("Gemaakt op", schrijf_moment(een.gegeven_op)),
    ]
    if een.aanvaard_op:
        regels.append(("Aangenomen op", schrijf_moment(een.aanvaard_op)))
    if een.einde_op:
        regels.append((f"{regel.stand} op", schrijf_moment(een.einde_op)))
    return regels


def write_code_tot(een: MachtigingInzage) -> str:
    """The last day on which the code can be typed and accepted."""
    return f"{schrijf_datum(datum_van(een.code_tot))}"
