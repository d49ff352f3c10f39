"""The zaak and what belongs to it, as plain values. Field names follow the ZGW schemas."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from eloket.identity.niveaus import Zekerheid
from eloket.kernel.errors import NietGevonden


@dataclass(frozen=True, slots=True, order=True)
class ZaakRef:
    """Which source holds the zaak, and its id there. Written in URLs and rows as `bron-id`."""

    bron: str
    id: str

    def __str__(self) -> str:
        return f"{self.bron}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "ZaakRef":
        """Raises NietGevonden: a malformed reference is one that does not exist."""
        bron, scheiding, zaak_id = text.partition("-")
        if not (bron and scheiding and zaak_id):
            raise NietGevonden
        return cls(bron=bron, id=zaak_id)


# Informatieobjecttypen that fit nearly every zaak: what is offered when a zaaktype names none of its own.
DOCUMENTTYPEN = (
    "Aanvraag", "Besluit", "Bewijsstuk", "Brief", "Foto", "Identiteitsbewijs", "Offerte of factuur", "Overig",
)  # fmt: skip


class ZaakNaam(NamedTuple):
    """What a line elsewhere says of a zaak, and the level that its contents are for."""

    omschrijving: str
    identificatie: str
    zekerheid: Zekerheid | None = None


class Kanaal(StrEnum):
    """How the zaak reached the municipality (ZGW communicatiekanaal)."""

    PORTAAL = "portaal"
    BALIE = "balie"
    TELEFOON = "telefoon"
    POST = "post"


class Badge(StrEnum):
    """How far a zaak is, in the few words that a badge has room for."""

    ONTVANGEN = "ontvangen"
    IN_BEHANDELING = "in_behandeling"
    WACHT_OP_U = "wacht_op_u"
    BESLUIT_GENOMEN = "besluit_genomen"
    AFGEROND = "afgerond"

    @property
    def tekst(self) -> str:
        return _BADGE_TEKST[self]

    @property
    def soort(self) -> str:
        """The variant of the status badge component."""
        return _BADGE_SOORT[self]


class Archiefnominatie(StrEnum):
    """What becomes of a closed zaak when its period is over (ZGW archiefnominatie)."""

    VERNIETIGEN = "vernietigen"
    BLIJVEND_BEWAREN = "blijvend_bewaren"


class Brondatum(StrEnum):
    """From which day its period counts (ZGW brondatumArchiefprocedure.afleidingswijze)."""

    AFGEHANDELD = "afgehandeld"
    TERMIJN = "termijn"  # the procestermijn after that


_BADGE_TEKST = {
    Badge.ONTVANGEN: "Ontvangen",
    Badge.IN_BEHANDELING: "In behandeling",
    Badge.WACHT_OP_U: "Wacht op u",
    Badge.BESLUIT_GENOMEN: "Besluit genomen",
    Badge.AFGEROND: "Afgerond",
}
_BADGE_SOORT = {
    Badge.ONTVANGEN: "neutral",
    Badge.IN_BEHANDELING: "active",
    Badge.WACHT_OP_U: "warning",
    Badge.BESLUIT_GENOMEN: "success",
    Badge.AFGEROND: "success",
}


@dataclass(frozen=True, slots=True)
class StatusType:
    """A step of a zaaktype: `volgnummer` counts from 1; the last one closes the zaak (is_eindstatus).

    `statustekst` is what the resident reads while the zaak stands there; `informeren` says whether they are told.
    """

    volgnummer: int
    omschrijving: str
    statustekst: str
    badge: Badge
    is_eindstatus: bool
    informeren: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A step that was reached, at `datum_status_gezet` (aware, UTC), with the text the handler gave with it."""

    volgnummer: int
    omschrijving: str
    datum_status_gezet: datetime
    statustoelichting: str


@dataclass(frozen=True, slots=True)
class ZaakSamenvatting:
    """What a tile shows. `stap` is 0 when no status has been set yet."""

    ref: ZaakRef
    identificatie: str
    omschrijving: str
    startdatum: date
    einddatum: date | None
    stap: int
    stappen: int
    badge: Badge
    uiterlijke_einddatum: date | None
    heeft_open_taak: bool = False

    @property
    def is_open(self) -> bool:
        return self.einddatum is None


@dataclass(frozen=True, slots=True)
class Betrokkene:
    """A role in the zaak. `key` and `vestiging_key` are keyed hashes (identity.types.Partij)."""

    roltype: str  # omschrijvingGeneriek: initiator, belanghebbende, gemachtigde ...
    key: str
    vestiging_key: str
    naam: str = field(repr=False)
    is_onderneming: bool


@dataclass(frozen=True, slots=True)
class VoorWie:
    """All that decides for whom a zaak is (zaken.access), and nothing that names somebody. `rollen` are pairs of keys:
    of the betrokkene, and of their branch."""

    ref: ZaakRef
    afdeling: str
    zaaktype: str
    toegang: frozenset[int] | None  # as of Zaak
    rollen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Opschorting:
    """Why and since when the term of the zaak stands still (Awb 4:15)."""

    reden: str
    sinds: date


@dataclass(frozen=True, slots=True)
class Verlenging:
    """Why and since when the term of the zaak is longer (AVG 12 lid 3)."""

    reden: str
    op: date


@dataclass(frozen=True, slots=True)
class Zaak:
    """A whole zaak, for the page of the resident and of the civil servant.

    `versie` grows with every change; a change made on an older version is refused.
    `kenmerken` are (naam, waarde) pairs: ZaakEigenschappen that the resident may read.
    """

    ref: ZaakRef
    identificatie: str
    omschrijving: str
    toelichting: str
    zaaktype: str
    zaaktype_omschrijving: str
    afdeling: str
    afdeling_naam: str
    behandelaar_id: int | None
    behandelaar_naam: str
    startdatum: date
    registratiedatum: datetime
    doorlooptijd_dagen: int
    uiterlijke_einddatum: date | None
    einddatum: date | None
    resultaat: str
    opschorting: Opschorting | None
    stap: int
    badge: Badge
    statustypen: tuple[StatusType, ...]
    resultaattypen: tuple[str, ...]
    statussen: tuple[Status, ...]  # oldest first
    kenmerken: tuple[tuple[str, str], ...]
    betrokkenen: tuple[Betrokkene, ...]
    aandacht: frozenset["Aandacht"]  # what is new for the civil servant
    versie: int
    # Need-to-know: the only civil servants (ids) who may see this zaak; None: everybody of the afdeling.
    toegang: frozenset[int] | None = None
    kanaal: Kanaal = Kanaal.PORTAAL
    heropend_op: datetime | None = None
    documenttypen: tuple[str, ...] = DOCUMENTTYPEN  # what a document of this zaak can be accepted as
    verwijder_locatie: bool = False  # where a photo was taken is removed from it
    zekerheid: Zekerheid | None = None  # how sure we must be of a resident who opens it
    # Of a closed zaak: what becomes of it, from which day on (zaken.bewaren); both None when nobody said so.
    archiefnominatie: Archiefnominatie | None = None
    archiefactiedatum: date | None = None
    verlenging_maanden: int = 0  # by how much the term may be extended, once; 0: not at all
    verlenging: Verlenging | None = None
    nieuw_bericht_sinds: datetime | None = None  # the moment of what came last, and was not seen
    nieuw_document_sinds: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.einddatum is None

    def nieuw_sinds(self, soort: "Aandacht") -> datetime | None:
        """Since when this is new; None when it is not. Another moment is something else that came."""
        return self.nieuw_bericht_sinds if soort is Aandacht.BERICHT else self.nieuw_document_sinds

    @property
    def initiator(self) -> Betrokkene | None:
        return next((b for b in self.betrokkenen if b.roltype == "initiator"), None)

    @property
    def voor_wie(self) -> VoorWie:
        rollen = tuple((b.key, b.vestiging_key) for b in self.betrokkenen)
        return VoorWie(self.ref, self.afdeling, self.zaaktype, self.toegang, rollen)


@dataclass(frozen=True, slots=True)
class ZaakFilter:
    """Which zaken of a person: open ones or closed ones, and a search: each word stands in subject or zaaknummer."""

    is_open: bool = True
    zoek: str = ""
    offset: int = 0
    limit: int = 12


@dataclass(frozen=True, slots=True)
class ZakenDeel:
    """What one source answers: the asked page, how many match, and the totals for the tabs."""

    zaken: tuple[ZaakSamenvatting, ...]
    aantal: int
    lopend: int
    afgerond: int


@dataclass(frozen=True, slots=True)
class ZakenOverzicht:
    """All sources together. `onbereikbaar` names the sources that failed: then the numbers are not the whole truth."""

    zaken: tuple[ZaakSamenvatting, ...]
    aantal: int
    lopend: int
    afgerond: int
    onbereikbaar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NieuweZaak:
    """The order to start a zaak: what a form, or a civil servant at the counter, knows.

    `sleutel` is unique per submission: the same sleutel gives the same zaak, however often it is sent.
    """

    zaaktype: str
    omschrijving: str
    toelichting: str
    initiator_soort: str  # identity.types.Soort value; ANONIEM: the zaak has no initiator
    initiator_nummer: str = field(repr=False)
    initiator_vestigingsnummer: str = field(repr=False)
    initiator_naam: str = field(repr=False)
    kenmerken: tuple[tuple[str, str], ...]
    sleutel: str
    kanaal: Kanaal = Kanaal.PORTAAL


class Aandacht(StrEnum):
    """What lifts a zaak to the top of the work list."""

    BERICHT = "bericht"
    DOCUMENT = "document"


class TaakSoort(StrEnum):
    """What is asked: a document, an answer in words, or a form of the E-loket."""

    DOCUMENT = "document"
    ANTWOORD = "antwoord"
    FORMULIER = "formulier"


class TaakStand(StrEnum):
    """Where a request stands: asked, received (not judged yet), approved, or refused with a reason."""

    GEVRAAGD = "gevraagd"
    ONTVANGEN = "ontvangen"
    GOEDGEKEURD = "goedgekeurd"
    AFGEKEURD = "afgekeurd"


@dataclass(frozen=True, slots=True)
class TaakInzage:
    """Something asked of the resident, to be delivered before `deadline` (that day itself is too late).

    `dagen_over` counts the days that are left, today included: 1 is the last day, 0 or less is late.
    """

    id: str
    ref: ZaakRef
    zaak_omschrijving: str
    zaak_identificatie: str
    titel: str
    toelichting: str
    deadline: date
    gevraagd_op: datetime
    vervuld_op: datetime | None
    dagen_over: int
    soort: TaakSoort = TaakSoort.DOCUMENT
    stand: TaakStand = TaakStand.GEVRAAGD
    antwoord: str = field(default="", repr=False)  # what the resident wrote (ANTWOORD)
    afkeurreden: str = field(default="", repr=False)  # read by the resident
    vervolg_van: str = ""  # id of the refused request that this one asks again
    formulier: str = ""  # the name of the form (FORMULIER)
    verlengd_om: str = ""  # why the deadline is later than it was, read by the resident
    is_beschermd: bool = False  # nothing of it is told: it is for who logged in at a higher level
    betrokkene_key: str = ""  # who was asked
    vestiging_key: str = ""

    @property
    def laatste_dag(self) -> date:
        """The last day on which it is in time."""
        return self.deadline - timedelta(days=1)

    @property
    def dagen_te_laat(self) -> int:
        """0 while it is in time."""
        return max(0, 1 - self.dagen_over)


class GebeurtenisSoort(StrEnum):
    DOCUMENT_ONTVANGEN = "document_ontvangen"
    DOCUMENT_TOEGEVOEGD = "document_toegevoegd"
    DOCUMENT_GEVRAAGD = "document_gevraagd"
    TAAK_VERVULD = "taak_vervuld"
    BERICHT_ONTVANGEN = "bericht_ontvangen"
    BERICHT_VERSTUURD = "bericht_verstuurd"
    OPGESCHORT = "opgeschort"
    HERVAT = "hervat"
    HEROPEND = "heropend"
    ANTWOORD_GEVRAAGD = "antwoord_gevraagd"
    TAAK_GOEDGEKEURD = "taak_goedgekeurd"
    TAAK_AFGEKEURD = "taak_afgekeurd"
    DOCUMENT_GOEDGEKEURD = "document_goedgekeurd"
    DOCUMENT_AFGEKEURD = "document_afgekeurd"
    DOCUMENT_VERPLAATST = "document_verplaatst"
    DOCUMENT_BESMET = "document_besmet"
    TAAK_INGETROKKEN = "taak_ingetrokken"
    TAAK_HEROPEND = "taak_heropend"
    TERMIJN_VERLENGD = "termijn_verlengd"


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """Something that happened in the zaak besides its statuses; `tekst` is written for the resident, without names."""

    soort: GebeurtenisSoort
    moment: datetime
    tekst: str
