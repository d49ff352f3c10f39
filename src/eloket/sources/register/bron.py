"""The register as a source of zaken: zaken.ports.ZaakBron over this room's queries and service."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.db import Error

from eloket.identity.types import Partij
from eloket.kernel.errors import BronOnbereikbaar
from eloket.sources.register import archief, queries, service, statistiek, werkvoorraad, zaak, zaaktypen
from eloket.zaken.ports import IsVoor
from eloket.zaken.types import (
    Aandacht,
    NieuweZaak,
    Zaak,
    ZaakFilter,
    ZaakNaam,
    ZaakRef,
    ZakenDeel,
)
from eloket.zaken.vernietigen import TeVernietigen
from eloket.zaken.werk import (
    Afgeschermd,
    TelFilter,
    Tellingen,
    WerkFilter,
    WerkTellingen,
    Werkvoorraad,
    ZaakTypeInzage,
)
from eloket.zaken.zaaktypen import ZaakTypeDefinitie, ZaakTypeVersie

TITEL = "het zakenregister van de gemeente"

_P = ParamSpec("_P")
_T = TypeVar("_T")


def _reads(lezen: Callable[_P, _T]) -> Callable[_P, _T]:
    """A database that does not answer is a source that does not answer; a write lets the error through instead,
    because its transaction is the caller's."""

    @wraps(lezen)
    def read(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return lezen(*args, **kwargs)
        except Error as error:
            raise BronOnbereikbaar(TITEL) from error

    return read


class RegisterBron:
    """Keeps no state; one instance serves every thread."""

    @property
    def naam(self) -> str:
        return queries.NAAM

    @property
    def titel(self) -> str:
        return TITEL

    @_reads
    def list_zaken(self, partij: Partij, filter: ZaakFilter) -> ZakenDeel:
        return queries.list_zaken(partij, filter)

    @_reads
    def get_zaak(self, zaak_id: str, is_voor: IsVoor | None = None) -> Zaak:
        return zaak.get_zaak(zaak_id, is_voor)

    @_reads
    def get_partij(self, zaak_id: str, profiel_key: str) -> Partij:
        return queries.get_partij(zaak_id, profiel_key)

    @_reads
    def list_rollen(self, profiel_key: str, *, limit: int) -> tuple[tuple[ZaakRef, str], ...]:
        return queries.list_rollen(profiel_key, limit=limit)

    @_reads
    def list_werkvoorraad(self, filter: WerkFilter) -> Werkvoorraad:
        return werkvoorraad.list_werkvoorraad(filter)

    @_reads
    def samenvat(self, refs: tuple[ZaakRef, ...]) -> dict[ZaakRef, ZaakNaam]:
        return queries.samenvat(refs)

    @_reads
    def find_behandelaars(self, refs: tuple[ZaakRef, ...], filter: WerkFilter) -> dict[ZaakRef, int | None]:
        return queries.find_behandelaars(refs, filter)

    def lock(self, zaak_id: str) -> None:
        service.lock(zaak_id)

    def start_zaak(self, opdracht: NieuweZaak, moment: datetime) -> tuple[Zaak, bool]:
        zaak_id, is_nieuw = service.start_zaak(opdracht, moment)
        return zaak.get_zaak(zaak_id), is_nieuw

    def set_status(
        self, zaak_id: str, *, volgnummer: int, toelichting: str, moment: datetime, versie: int
    ) -> Zaak:
        service.set_status(
            zaak_id, volgnummer=volgnummer, toelichting=toelichting, moment=moment, versie=versie
        )
        return zaak.get_zaak(zaak_id)

    def set_resultaat(self, zaak_id: str, *, resultaat: str) -> None:
        service.set_resultaat(zaak_id, resultaat=resultaat)

    def set_behandelaar(self, zaak_id: str, *, medewerker_id: int | None, versie: int) -> Zaak:
        service.set_behandelaar(zaak_id, medewerker_id=medewerker_id, versie=versie)
        return zaak.get_zaak(zaak_id)

    def set_aandacht(
        self, zaak_id: str, soort: Aandacht, moment: datetime | None, *, gezien: datetime | None = None
    ) -> None:
        service.set_aandacht(zaak_id, soort, moment, gezien=gezien)

    def set_afdeling(self, zaak_id: str, *, afdeling: str, versie: int) -> Zaak:
        service.set_afdeling(zaak_id, afdeling=afdeling, versie=versie)
        return zaak.get_zaak(zaak_id)

    def set_toegang(self, zaak_id: str, *, medewerkers: frozenset[int] | None, versie: int) -> Zaak:
        service.set_toegang(zaak_id, medewerkers=medewerkers, versie=versie)
        return zaak.get_zaak(zaak_id)

    def reopen(self, zaak_id: str, *, moment: datetime, versie: int) -> Zaak:
        service.reopen(zaak_id, moment=moment, versie=versie)
        return zaak.get_zaak(zaak_id)

    @_reads
    def find_zaak(self, identificatie: str) -> ZaakRef:
        return queries.find_zaak(identificatie)

    @_reads
    def count_werk(
        self, afdelingen: frozenset[str], medewerker_id: int, zaaktypen: frozenset[str] = frozenset()
    ) -> WerkTellingen:
        return werkvoorraad.count_werk(afdelingen, medewerker_id, zaaktypen)

    @_reads
    def list_afgeschermd(self, afdelingen: frozenset[str]) -> tuple[Afgeschermd, ...]:
        return queries.list_afgeschermd(afdelingen)

    @_reads
    def tel(self, filter: TelFilter) -> Tellingen:
        return statistiek.tel(filter)

    @_reads
    def get_zaaktype(self, identificatie: str) -> ZaakTypeInzage:
        return queries.get_zaaktype(identificatie)

    @_reads
    def list_zaaktypen(self, afdelingen: frozenset[str]) -> tuple[ZaakTypeInzage, ...]:
        return queries.list_zaaktypen(afdelingen)

    def suspend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        service.suspend(zaak_id, reden=reden, moment=moment, versie=versie)
        return zaak.get_zaak(zaak_id)

    def resume(self, zaak_id: str, *, moment: datetime, versie: int) -> Zaak:
        service.resume(zaak_id, moment=moment, versie=versie)
        return zaak.get_zaak(zaak_id)

    def extend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        service.extend(zaak_id, reden=reden, moment=moment, versie=versie)
        return zaak.get_zaak(zaak_id)

    # What the register can besides the port: the management of its own zaken and zaaktypen.

    @_reads
    def list_te_vernietigen(
        self, dag: date, *, zonder: Collection[str], limit: int
    ) -> tuple[TeVernietigen, ...]:
        return archief.list_te_vernietigen(dag, zonder=zonder, limit=limit)

    def destroy(self, zaak_id: str) -> None:
        service.destroy(zaak_id)

    def fill_archief(self, limit: int) -> int:
        return archief.fill_missing(limit)

    def continue_numbering(self, jaar: int, laatste: int) -> None:
        """See service.continue_numbering."""
        service.continue_numbering(jaar, laatste)

    def import_zaaktypen(self, folder: Path | None = None) -> zaaktypen.Verslag:
        """The zaaktypen of this folder, or the ones that come with the product. See zaaktypen.import_zaaktypen."""
        return zaaktypen.import_zaaktypen(folder or zaaktypen.MEEGELEVERD)

    @_reads
    def list_definities(self) -> tuple[ZaakTypeVersie, ...]:
        return zaaktypen.list_definities()

    @_reads
    def list_versies(self, identificatie: str) -> tuple[ZaakTypeVersie, ...]:
        return zaaktypen.list_versies(identificatie)

    def save_definitie(self, definitie: ZaakTypeDefinitie, *, versie: int | None) -> ZaakTypeVersie:
        return zaaktypen.save_definitie(definitie, versie=versie)
