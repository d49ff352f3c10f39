"""The port that a source of zaken implements: the embedded register, and later ZGW APIs.

Every method may raise kernel.errors.BronOnbereikbaar; none turns a failure into emptiness. An id that the source
does not know raises zaken.errors.ZaakNietGevonden. tests/contract/ holds every implementation to this text.
A source has no rules about rights: those of `zaken.access` come along with `get_zaak`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from eloket.identity.types import Partij
from eloket.zaken.types import (
    Aandacht,
    NieuweZaak,
    VoorWie,
    Zaak,
    ZaakFilter,
    ZaakNaam,
    ZaakRef,
    ZakenDeel,
)
from eloket.zaken.werk import (
    Afgeschermd,
    TelFilter,
    Tellingen,
    WerkFilter,
    WerkTellingen,
    Werkvoorraad,
    ZaakTypeInzage,
)

IsVoor = Callable[[VoorWie], bool]


class ZaakBron(Protocol):
    @property
    def naam(self) -> str:
        """Short and stable, letters only: the first part of every ZaakRef of this source."""

    @property
    def titel(self) -> str:
        """What the reader calls it, as in `Wij kunnen <titel> nu niet bereiken`."""

    def list_zaken(self, partij: Partij, filter: ZaakFilter) -> ZakenDeel:
        """The zaken in which the party has a role, newest startdatum first (then highest identificatie).

        A party limited to a branch (`vestiging_key`) only gets zaken of that branch.
        """

    def get_zaak(self, zaak_id: str, is_voor: IsVoor | None = None) -> Zaak:
        """The whole zaak. Raises ZaakNietGevonden, also when `is_voor` says no.

        It is asked before anything else of the zaak is read or decrypted, and up to there a zaak that exists costs the
        same steps as one that does not: how long the answer takes tells nobody which of the two it was.
        """

    def get_partij(self, zaak_id: str, profiel_key: str) -> Partij:
        """Who this key of a betrokkene stands for, with their number: only to write them a letter. A branch whose
        number the source does not have is the whole business. Raises BetrokkeneNietGevonden, also for an empty key."""

    def list_rollen(self, profiel_key: str, *, limit: int) -> tuple[tuple[ZaakRef, str], ...]:
        """Each role of this party or branch (Partij.profiel_key): the zaak, and the key of the branch in it or "". The
        zaak that was started last comes first. None for an empty key. Says nothing about rights, and names nobody."""

    def lock(self, zaak_id: str) -> None:
        """Keep others from changing the zaak, and what hangs on it, until the caller's transaction ends; nothing for an
        unknown id. A source that cannot hold a zaak does nothing: it checks `versie` itself.
        """

    def start_zaak(self, opdracht: NieuweZaak, moment: datetime) -> tuple[Zaak, bool]:
        """Make the zaak with its first status and its initiator (none for an order of Soort.ANONIEM). The second value
        is False when `opdracht.sleutel` had already made it: then that zaak is returned and nothing is written.

        Raises ZaakTypeOnbekend.
        """

    def set_status(
        self, zaak_id: str, *, volgnummer: int, toelichting: str, moment: datetime, versie: int
    ) -> Zaak:
        """Add a status. The eindstatus sets einddatum. Raises ZaakGewijzigd when `versie` is not the current one."""

    def set_resultaat(self, zaak_id: str, *, resultaat: str) -> None: ...

    def set_behandelaar(self, zaak_id: str, *, medewerker_id: int | None, versie: int) -> Zaak:
        """Raises ZaakGewijzigd."""

    def find_zaak(self, identificatie: str) -> ZaakRef:
        """The zaak with this zaaknummer, as people type it, in its own spelling or in capitals. Raises
        ZaakNietGevonden. Says nothing about rights. What was typed may be a name or a BSN: an adapter over HTTP sends
        it in a body (ZGW: `POST /zaken/_zoek`), never in an address, and logs nothing of it."""

    def set_afdeling(self, zaak_id: str, *, afdeling: str, versie: int) -> Zaak:
        """Hand the zaak to another afdeling; it has no behandelaar then. Raises ZaakGewijzigd, AfdelingOnbekend."""

    def set_toegang(self, zaak_id: str, *, medewerkers: frozenset[int] | None, versie: int) -> Zaak:
        """Need-to-know: only these civil servants from now on; None lifts it. Raises ZaakGewijzigd."""

    def suspend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        """The term stands still from this day (Awb 4:15). Raises ZaakGewijzigd, ZaakIsGesloten, NietToegestaan."""

    def resume(self, zaak_id: str, *, moment: datetime, versie: int) -> Zaak:
        """The term goes on, later by the days that it stood still. Raises as `suspend`."""

    def extend(self, zaak_id: str, *, reden: str, moment: datetime, versie: int) -> Zaak:
        """The term ends later by `Zaak.verlenging_maanden`, once, before it is over. Raises ZaakGewijzigd,
        ZaakIsGesloten, TermijnStaatStil, TermijnNietTeVerlengen."""

    def reopen(self, zaak_id: str, *, moment: datetime, versie: int) -> Zaak:
        """A closed zaak is open again, at the last status before its eindstatus; einddatum and resultaat are gone
        (what they were stays in the audit trail and the timeline). Raises ZaakGewijzigd, NietToegestaan when open."""

    def list_werkvoorraad(self, filter: WerkFilter) -> Werkvoorraad:
        """Open zaken of these afdelingen: with new messages or documents first, then by term, and last those whose
        term stands still. Closed ones (`is_open` False): the last closed first.

        Search: a whole zaaknummer, the whole name or last name of the initiator (`op_naam`), or else what stands in
        the subject or the zaaknummer.
        """

    def count_werk(
        self, afdelingen: frozenset[str], medewerker_id: int, zaaktypen: frozenset[str] = frozenset()
    ) -> WerkTellingen:
        """How many open zaken stand in each list of this civil servant; need-to-know zaken of others not counted."""

    def list_afgeschermd(self, afdelingen: frozenset[str]) -> tuple[Afgeschermd, ...]:
        """The need-to-know zaken of these afdelingen that are open, or closed with something new, by zaaknummer."""

    def get_zaaktype(self, identificatie: str) -> ZaakTypeInzage:
        """The zaaktype that counts today. Raises ZaakTypeOnbekend."""

    def list_zaaktypen(self, afdelingen: frozenset[str]) -> tuple[ZaakTypeInzage, ...]:
        """The zaaktypen of these afdelingen that count today, by omschrijving."""

    def set_aandacht(
        self, zaak_id: str, soort: Aandacht, moment: datetime | None, *, gezien: datetime | None = None
    ) -> None:
        """Lift the zaak in the work list since `moment`, or (None) let it down again; `Zaak.aandacht` says so too, and
        `Zaak.nieuw_sinds` since when. With `gezien`: only while that is still since when, in one step.
        """

    def tel(self, filter: TelFilter) -> Tellingen:
        """Counts per day of what came in and was closed since `filter.vanaf`, and of what is open."""

    def samenvat(self, refs: tuple[ZaakRef, ...]) -> dict[ZaakRef, ZaakNaam]:
        """What each known ref is called, in one call."""

    def find_behandelaars(self, refs: tuple[ZaakRef, ...], filter: WerkFilter) -> dict[ZaakRef, int | None]:
        """Who handles each of these zaken, open or closed, in one call: only those of the afdelingen and zaaktypen of
        the filter that its `medewerker_id` may see."""
