"""How a source finds and sums up zaken, in plain Python: what the fake of the port (testing.py) answers with."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from eloket.identity.types import Partij, Soort
from eloket.kernel.klok import datum_van, vandaag
from eloket.zaken.errors import TermijnNietTeVerlengen
from eloket.zaken.maandtermijn import end_of_months
from eloket.zaken.types import Aandacht, Betrokkene, NieuweZaak, Verlenging, Zaak, ZaakSamenvatting
from eloket.zaken.werk import DICHTBIJ_DAGEN, OpenGroep, TermijnKleur, WerkFilter
from eloket.zaken.zaaknummer import spellings


def is_van(partij: Partij, rol: Betrokkene) -> bool:
    return rol.key == partij.key and (not partij.vestiging_key or rol.vestiging_key == partij.vestiging_key)


def plain(tekst: str) -> str:
    los = unicodedata.normalize("NFKD", tekst.casefold())
    return " ".join("".join(teken for teken in los if not unicodedata.combining(teken)).split())


def matches(zaak: Zaak, zoek: str) -> bool:
    """Every word stands in the subject or the number, in any order."""
    tekst = plain(f"{zaak.omschrijving} {zaak.identificatie}")
    return all(woord in tekst for woord in plain(zoek).split())


def groep_van(zaak: Zaak) -> OpenGroep:
    assert zaak.uiterlijke_einddatum is not None
    return OpenGroep(
        zaak.afdeling_naam,
        zaak.zaaktype_omschrijving,
        zaak.startdatum,
        zaak.uiterlijke_einddatum,
        zaak.opschorting is not None,
        1,
    )


def is_gevraagd(zaak: Zaak, filter: WerkFilter) -> bool:
    """Whether a zaak is within this filter, whatever is searched, open or closed."""
    return (
        zaak.afdeling in filter.afdelingen
        and (filter.behandelaar_id is None or zaak.behandelaar_id == filter.behandelaar_id)
        and not (filter.niet_toegewezen and filter.behandelaar_id is None and zaak.behandelaar_id is not None)
        and (zaak.toegang is None or filter.medewerker_id in zaak.toegang)
        and (not filter.zaaktypen or zaak.zaaktype in filter.zaaktypen)
        and (filter.badge is None or zaak.badge is filter.badge)
        and (filter.termijn is None or kleur_van(zaak) is filter.termijn)
    )


def zoek_werk(zaken: Iterable[Zaak], filter: WerkFilter) -> tuple[list[Zaak], bool]:
    """What the work list holds, in its order, and whether the search found a name."""
    stand = (True, False) if filter.is_open is None else (filter.is_open,)
    binnen = [zaak for zaak in zaken if zaak.is_open in stand and is_gevraagd(zaak, filter)]
    binnen.sort(key=lambda zaak: zaak.identificatie, reverse=filter.is_open is False)
    if filter.is_open is False:
        binnen.sort(key=lambda zaak: zaak.einddatum or date.min, reverse=True)
    else:
        binnen.sort(key=lambda zaak: (_rang(zaak), zaak.uiterlijke_einddatum or date.max))
    if filter.nummer:
        return [zaak for zaak in binnen if zaak.identificatie in spellings(filter.nummer)], False
    if not filter.alleen_onderwerp and (genoemd := [zaak for zaak in binnen if heet(zaak, filter.zoek)]):
        return genoemd, True
    return [zaak for zaak in binnen if matches(zaak, filter.zoek)], False


def with_aandacht(zaak: Zaak, soort: Aandacht, moment: datetime | None) -> Zaak:
    anders = zaak.aandacht - {soort} if moment is None else zaak.aandacht | {soort}
    if soort is Aandacht.BERICHT:
        return replace(zaak, aandacht=anders, nieuw_bericht_sinds=moment)
    return replace(zaak, aandacht=anders, nieuw_document_sinds=moment)


def _rang(zaak: Zaak) -> int:
    if zaak.aandacht:
        return 0
    return 1 if zaak.opschorting is None else 2


def kleur_van(zaak: Zaak) -> TermijnKleur:
    if zaak.opschorting is not None or zaak.uiterlijke_einddatum is None:
        return TermijnKleur.GROEN
    over = (zaak.uiterlijke_einddatum - vandaag()).days
    if over < 0:
        return TermijnKleur.ROOD
    return TermijnKleur.ORANJE if over <= DICHTBIJ_DAGEN else TermijnKleur.GROEN


def heet(zaak: Zaak, zoek: str) -> bool:
    """The whole name, the last part of it, or one word of four letters or more."""
    naam, gezocht = plain(zaak.initiator.naam if zaak.initiator else ""), plain(zoek)
    is_deel = gezocht in naam.split() or naam == gezocht or naam.endswith(f" {gezocht}")
    return len(gezocht) >= 4 and is_deel


def samenvatting(zaak: Zaak) -> ZaakSamenvatting:
    return ZaakSamenvatting(
        ref=zaak.ref,
        identificatie=zaak.identificatie,
        omschrijving=zaak.omschrijving,
        startdatum=zaak.startdatum,
        einddatum=zaak.einddatum,
        stap=zaak.stap,
        stappen=len(zaak.statustypen),
        badge=zaak.badge,
        uiterlijke_einddatum=zaak.uiterlijke_einddatum,
    )


def end_of_suspension(zaak: Zaak, moment: datetime) -> dict[str, Any]:
    """The term moves by the days that it stood still; nothing when it runs."""
    if zaak.opschorting is None or zaak.uiterlijke_einddatum is None:
        return {}
    dagen = max(0, (datum_van(moment) - zaak.opschorting.sinds).days)
    return {"opschorting": None, "uiterlijke_einddatum": zaak.uiterlijke_einddatum + timedelta(days=dagen)}


def extension(zaak: Zaak, reden: str, dag: date) -> dict[str, Any]:
    """The term ends later. Raises TermijnNietTeVerlengen."""
    uiterlijk = zaak.uiterlijke_einddatum
    if not zaak.verlenging_maanden or zaak.verlenging or uiterlijk is None or uiterlijk < dag:
        raise TermijnNietTeVerlengen
    einde = end_of_months(uiterlijk, zaak.verlenging_maanden)
    return {"uiterlijke_einddatum": einde, "verlenging": Verlenging(reden, dag)}


def initiator_of(opdracht: NieuweZaak) -> Partij | None:
    """None for who did not say who they are."""
    if opdracht.initiator_soort == Soort.ANONIEM:
        return None
    if opdracht.initiator_soort == Soort.INWONER:
        return Partij.inwoner(opdracht.initiator_nummer)
    return Partij.onderneming(opdracht.initiator_nummer, opdracht.initiator_vestigingsnummer)


def rol_of(partij: Partij, naam: str) -> Betrokkene:
    """The initiator."""
    return Betrokkene(
        roltype="initiator",
        key=partij.key,
        vestiging_key=partij.vestiging_key,
        naam=naam,
        is_onderneming=partij.soort is Soort.ONDERNEMING,
    )
