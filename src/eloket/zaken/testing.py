"""The fake of zaken.ports.ZaakBron, in memory; held to tests/contract/test_zaak_bron.py."""

import threading
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from eloket.identity.errors import AfdelingOnbekend
from eloket.identity.types import Partij
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import datum_van
from eloket.zaken.errors import (
    BetrokkeneNietGevonden,
    StatusNietToegestaan,
    TermijnLoopt,
    TermijnStaatStil,
    ZaakGewijzigd,
    ZaakIsGesloten,
    ZaakIsOpen,
    ZaakNietGevonden,
    ZaakTypeOnbekend,
)
from eloket.zaken.nabootsen import (
    end_of_suspension,
    extension,
    groep_van,
    initiator_of,
    is_gevraagd,
    is_van,
    matches,
    rol_of,
    samenvatting,
    with_aandacht,
    zoek_werk,
)
from eloket.zaken.ports import IsVoor
from eloket.zaken.types import (
    Aandacht,
    Betrokkene,
    NieuweZaak,
    Opschorting,
    Status,
    Zaak,
    ZaakFilter,
    ZaakNaam,
    ZaakRef,
    ZakenDeel,
)
from eloket.zaken.voorbeelden import MELDING, PARKEERVERGUNNING, FakeZaakType, nieuwe_zaak
from eloket.zaken.werk import (
    Afgeschermd,
    TelFilter,
    Tellingen,
    WerkFilter,
    Werkitem,
    WerkTellingen,
    Werkvoorraad,
    ZaakTypeInzage,
)
from eloket.zaken.zaaknummer import spellings

__all__ = ["MELDING", "PARKEERVERGUNNING", "FakeZaakBron", "FakeZaakType", "is_gevraagd", "nieuwe_zaak"]


class FakeZaakBron:
    """Set `faalt` to make every method raise BronOnbereikbaar. `medewerkers` gives names by id."""

    def __init__(
        self,
        *,
        naam: str = "nep",
        titel: str = "de nepbron",
        zaaktypen: tuple[FakeZaakType, ...] = (PARKEERVERGUNNING, MELDING),
        medewerkers: Mapping[int, str] | None = None,
    ) -> None:
        self.faalt = False
        self._naam = naam
        self._titel = titel
        self._zaaktypen = {zaaktype.identificatie: zaaktype for zaaktype in zaaktypen}
        self._medewerkers = dict(medewerkers or {})
        self._zaken: dict[str, Zaak] = {}
        self._partijen: dict[str, list[Partij]] = {}
        self._sleutels: dict[tuple[str, str, str], str] = {}
        self._slot = threading.RLock()

    @property
    def naam(self) -> str:
        return self._naam

    @property
    def titel(self) -> str:
        return self._titel

    def add_betrokkene(self, zaak_id: str, betrokkene: Betrokkene) -> None:
        """Give somebody else a part in the zaak too."""
        zaak = self._zaken[zaak_id]
        self._zaken[zaak_id] = replace(zaak, betrokkenen=(*zaak.betrokkenen, betrokkene))

    def list_zaken(self, partij: Partij, filter: ZaakFilter) -> ZakenDeel:
        self._check()
        alle = [zaak for zaak in self._zaken.values() if any(is_van(partij, rol) for rol in zaak.betrokkenen)]
        lopend = sum(zaak.is_open for zaak in alle)
        gekozen = [zaak for zaak in alle if zaak.is_open == filter.is_open and matches(zaak, filter.zoek)]
        gekozen.sort(key=lambda zaak: (zaak.startdatum, zaak.identificatie), reverse=True)
        bladzijde = gekozen[filter.offset : filter.offset + filter.limit]
        return ZakenDeel(
            zaken=tuple(map(samenvatting, bladzijde)),
            aantal=len(gekozen),
            lopend=lopend,
            afgerond=len(alle) - lopend,
        )

    def get_zaak(self, zaak_id: str, is_voor: IsVoor | None = None) -> Zaak:
        self._check()
        zaak = self._zaken.get(zaak_id)
        if zaak is None or (is_voor is not None and not is_voor(zaak.voor_wie)):
            raise ZaakNietGevonden
        return zaak

    def get_partij(self, zaak_id: str, profiel_key: str) -> Partij:
        self.get_zaak(zaak_id)
        for partij in self._partijen.get(zaak_id, []) if profiel_key else ():
            if partij.profiel_key == profiel_key:
                return partij
            if partij.key == profiel_key:
                return Partij.onderneming(partij.nummer)
        raise BetrokkeneNietGevonden

    def lock(self, zaak_id: str) -> None:
        """One thread at a time is enough here."""

    def start_zaak(self, opdracht: NieuweZaak, moment: datetime) -> tuple[Zaak, bool]:
        self._check()
        partij = initiator_of(opdracht)
        van = (partij.key, partij.vestiging_key) if partij else ("", "")
        sleutel = (*van, opdracht.sleutel)
        with self._slot:
            if opdracht.sleutel and sleutel in self._sleutels:
                return self._zaken[self._sleutels[sleutel]], False
            zaak = self._make(opdracht, partij, moment)
            self._zaken[zaak.ref.id] = zaak
            self._partijen[zaak.ref.id] = [partij] if partij else []
            self._sleutels[sleutel] = zaak.ref.id
        return zaak, True

    def _make(self, opdracht: NieuweZaak, partij: Partij | None, moment: datetime) -> Zaak:
        zaaktype = self._zaaktypen.get(opdracht.zaaktype)
        if zaaktype is None:
            raise ZaakTypeOnbekend
        startdatum = datum_van(moment)
        eerste = zaaktype.statustypen[0]
        return Zaak(
            ref=ZaakRef(bron=self.naam, id=str(uuid.uuid4())),
            identificatie=f"Z-{startdatum.year}-{len(self._zaken) + 1:06d}",
            omschrijving=opdracht.omschrijving.strip() or zaaktype.omschrijving,
            toelichting=opdracht.toelichting,
            zaaktype=zaaktype.identificatie,
            zaaktype_omschrijving=zaaktype.omschrijving,
            afdeling=zaaktype.afdeling,
            afdeling_naam=zaaktype.afdeling_naam,
            behandelaar_id=None,
            behandelaar_naam="",
            startdatum=startdatum,
            registratiedatum=moment,
            doorlooptijd_dagen=zaaktype.doorlooptijd_dagen,
            uiterlijke_einddatum=startdatum + timedelta(days=zaaktype.doorlooptijd_dagen),
            verlenging_maanden=zaaktype.verlenging_maanden,
            einddatum=None,
            resultaat="",
            opschorting=None,
            stap=eerste.volgnummer,
            badge=eerste.badge,
            statustypen=zaaktype.statustypen,
            resultaattypen=zaaktype.resultaattypen,
            statussen=(Status(eerste.volgnummer, eerste.omschrijving, moment, ""),),
            kenmerken=opdracht.kenmerken,
            betrokkenen=(rol_of(partij, opdracht.initiator_naam),) if partij else (),
            aandacht=frozenset(),
            versie=1,
            kanaal=opdracht.kanaal,
            zekerheid=zaaktype.zekerheid,
        )

    def set_status(
        self, zaak_id: str, *, volgnummer: int, toelichting: str, moment: datetime, versie: int
    ) -> Zaak:
        with self._slot:
            zaak = self._get_open(zaak_id, versie)
            statustype = next((s for s in zaak.statustypen if s.volgnummer == volgnummer), None)
            if statustype is None or volgnummer <= zaak.stap:
                raise StatusNietToegestaan
            status = Status(volgnummer, statustype.omschrijving, moment, toelichting)
            nieuw = replace(
                zaak,
                stap=volgnummer,
                badge=statustype.badge,
                statussen=(*zaak.statussen, status),
                einddatum=datum_van(moment) if statustype.is_eindstatus else None,
                versie=zaak.versie + 1,
                **(end_of_suspension(zaak, moment) if statustype.is_eindstatus else {}),
            )
            self._zaken[zaak_id] = nieuw
        return nieuw

    def suspend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        with self._slot:
            zaak = self._get_open(zaak_id, versie)
            if zaak.opschorting is not None:
                raise TermijnStaatStil
            return self._change(zaak, opschorting=Opschorting(reden=reden, sinds=datum_van(moment)))

    def resume(self, zaak_id: str, *, moment: datetime, versie: int) -> Zaak:
        with self._slot:
            zaak = self._get_open(zaak_id, versie)
            if zaak.opschorting is None or zaak.uiterlijke_einddatum is None:
                raise TermijnLoopt
            return self._change(zaak, **end_of_suspension(zaak, moment))

    def extend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        with self._slot:
            zaak = self._get_open(zaak_id, versie)
            if zaak.opschorting is not None:
                raise TermijnStaatStil
            return self._change(zaak, **extension(zaak, reden, datum_van(moment)))

    def reopen(self, zaak_id: str, *, moment: datetime, versie: int) -> Zaak:
        with self._slot:
            zaak = self._get(zaak_id, versie)
            if zaak.is_open:
                raise ZaakIsOpen
            eind = zaak.statustypen[-1].volgnummer
            over = tuple(status for status in zaak.statussen if status.volgnummer != eind)
            stap = next(een for een in zaak.statustypen if een.volgnummer == over[-1].volgnummer)
            return self._change(
                zaak, statussen=over, stap=stap.volgnummer, badge=stap.badge,
                einddatum=None, resultaat="", heropend_op=moment,
            )  # fmt: skip

    def set_afdeling(self, zaak_id: str, *, afdeling: str, versie: int) -> Zaak:
        with self._slot:
            zaak = self._get_open(zaak_id, versie)
            namen = {een.afdeling: een.afdeling_naam for een in self._zaaktypen.values()}
            if afdeling not in namen:
                raise AfdelingOnbekend
            naar = {"afdeling": afdeling, "afdeling_naam": namen[afdeling]}
            return self._change(zaak, **naar, behandelaar_id=None, behandelaar_naam="")

    def set_toegang(self, zaak_id: str, *, medewerkers: frozenset[int] | None, versie: int) -> Zaak:
        with self._slot:
            return self._change(self._get(zaak_id, versie), toegang=medewerkers)

    def _change(self, zaak: Zaak, **velden: Any) -> Zaak:
        nieuw = replace(zaak, versie=zaak.versie + 1, **velden)
        self._zaken[zaak.ref.id] = nieuw
        return nieuw

    def list_rollen(self, profiel_key: str, *, limit: int) -> tuple[tuple[ZaakRef, str], ...]:
        self._check()
        rollen = [(een.ref, b) for een in reversed(self._zaken.values()) for b in een.betrokkenen]
        van = [(ref, b.vestiging_key) for ref, b in rollen if profiel_key in {b.key, b.vestiging_key} - {""}]
        return tuple(van[:limit])

    def find_zaak(self, identificatie: str) -> ZaakRef:
        self._check()
        op_nummer = {zaak.identificatie: zaak.ref for zaak in self._zaken.values()}
        for nummer in spellings(identificatie):
            if nummer in op_nummer:
                return op_nummer[nummer]
        raise ZaakNietGevonden

    def count_werk(
        self, afdelingen: frozenset[str], medewerker_id: int, zaaktypen: frozenset[str] = frozenset()
    ) -> WerkTellingen:
        self._check()
        filter = WerkFilter(afdelingen=afdelingen, medewerker_id=medewerker_id, zaaktypen=zaaktypen)
        open_zaken = [zaak for zaak in self._zaken.values() if zaak.is_open and is_gevraagd(zaak, filter)]
        return WerkTellingen(
            mijn=sum(zaak.behandelaar_id == medewerker_id for zaak in open_zaken),
            afdeling=len(open_zaken),
            niet_toegewezen=sum(zaak.behandelaar_id is None for zaak in open_zaken),
        )

    def list_afgeschermd(self, afdelingen: frozenset[str]) -> tuple[Afgeschermd, ...]:
        self._check()
        gevonden = [
            Afgeschermd(zaak.ref, zaak.identificatie, zaak.afdeling, zaak.zaaktype, zaak.toegang)
            for zaak in self._zaken.values()
            if zaak.toegang is not None and zaak.afdeling in afdelingen and (zaak.is_open or zaak.aandacht)
        ]
        return tuple(sorted(gevonden, key=lambda een: een.identificatie))

    def tel(self, filter: TelFilter) -> Tellingen:
        self._check()
        eigen = [
            zaak
            for zaak in self._zaken.values()
            if zaak.afdeling in filter.afdelingen
            and (not filter.zaaktypen or zaak.zaaktype in filter.zaaktypen)
        ]
        uit = [zaak.einddatum for zaak in eigen if zaak.einddatum and zaak.einddatum >= filter.vanaf]
        return Tellingen(
            instroom=Counter(zaak.startdatum for zaak in eigen if zaak.startdatum >= filter.vanaf),
            uitstroom=Counter(uit),
            open=tuple(map(groep_van, (zaak for zaak in eigen if zaak.is_open))),
        )

    def get_zaaktype(self, identificatie: str) -> ZaakTypeInzage:
        self._check()
        if identificatie not in self._zaaktypen:
            raise ZaakTypeOnbekend
        return self._zaaktypen[identificatie].inzage()

    def list_zaaktypen(self, afdelingen: frozenset[str]) -> tuple[ZaakTypeInzage, ...]:
        self._check()
        gekozen = [een for een in self._zaaktypen.values() if een.afdeling in afdelingen]
        gekozen.sort(key=lambda een: een.omschrijving)
        return tuple(een.inzage() for een in gekozen)

    def set_resultaat(self, zaak_id: str, *, resultaat: str) -> None:
        with self._slot:
            self._zaken[zaak_id] = replace(self.get_zaak(zaak_id), resultaat=resultaat)

    def set_behandelaar(self, zaak_id: str, *, medewerker_id: int | None, versie: int) -> Zaak:
        with self._slot:
            zaak = self._get_open(zaak_id, versie)
            bekend = self._medewerkers.get(medewerker_id or 0, f"Medewerker {medewerker_id}")
            naam = "" if medewerker_id is None else bekend
            return self._change(zaak, behandelaar_id=medewerker_id, behandelaar_naam=naam)

    def list_werkvoorraad(self, filter: WerkFilter) -> Werkvoorraad:
        self._check()
        zaken, op_naam = zoek_werk(self._zaken.values(), filter)
        deel = zaken[filter.offset : filter.offset + filter.limit + 1]
        return Werkvoorraad(
            items=tuple(map(self._werkitem, deel[: filter.limit])),
            heeft_meer=len(deel) > filter.limit,
            op_naam=op_naam,
        )

    def set_aandacht(
        self, zaak_id: str, soort: Aandacht, moment: datetime | None, *, gezien: datetime | None = None
    ) -> None:
        with self._slot:
            zaak = self.get_zaak(zaak_id)
            if gezien in {None, zaak.nieuw_sinds(soort)}:
                self._zaken[zaak_id] = with_aandacht(zaak, soort, moment)

    def samenvat(self, refs: tuple[ZaakRef, ...]) -> dict[ZaakRef, ZaakNaam]:
        self._check()
        gevonden = {ref: self._zaken[ref.id] for ref in refs if ref.id in self._zaken}
        return {
            ref: ZaakNaam(een.omschrijving, een.identificatie, een.zekerheid) for ref, een in gevonden.items()
        }

    def find_behandelaars(self, refs: tuple[ZaakRef, ...], filter: WerkFilter) -> dict[ZaakRef, int | None]:
        self._check()
        gevonden = {ref: self._zaken[ref.id] for ref in refs if ref.id in self._zaken}
        return {ref: zaak.behandelaar_id for ref, zaak in gevonden.items() if is_gevraagd(zaak, filter)}

    def _check(self) -> None:
        if self.faalt:
            raise BronOnbereikbaar(self.titel)

    def _get(self, zaak_id: str, versie: int) -> Zaak:
        zaak = self.get_zaak(zaak_id)
        if zaak.versie != versie:
            raise ZaakGewijzigd
        return zaak

    def _get_open(self, zaak_id: str, versie: int) -> Zaak:
        zaak = self._get(zaak_id, versie)
        if not zaak.is_open:
            raise ZaakIsGesloten
        return zaak

    def _werkitem(self, zaak: Zaak) -> Werkitem:
        return Werkitem(
            ref=zaak.ref,
            identificatie=zaak.identificatie,
            omschrijving=zaak.omschrijving,
            zaaktype_omschrijving=zaak.zaaktype_omschrijving,
            aanvrager=zaak.initiator.naam if zaak.initiator else "",
            behandelaar_id=zaak.behandelaar_id,
            behandelaar_naam=zaak.behandelaar_naam,
            badge=zaak.badge,
            startdatum=zaak.startdatum,
            uiterlijke_einddatum=zaak.uiterlijke_einddatum,
            nieuw_bericht=Aandacht.BERICHT in zaak.aandacht,
            nieuw_document=Aandacht.DOCUMENT in zaak.aandacht,
            opgeschort_sinds=zaak.opschorting.sinds if zaak.opschorting else None,
            einddatum=zaak.einddatum,
        )
