"""A document and a file on its way in, as plain values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eloket.documenten.tijdelijk import Tijdelijk


class Herkomst(StrEnum):
    """Who added the document."""

    AANVRAGER = "aanvrager"
    GEMEENTE = "gemeente"


class Controle(StrEnum):
    """What the virus scanner said of the content. Only SCHOON and GEEN are ever handed out."""

    GEEN = "geen"  # no scanner is configured
    WACHT = "wacht"  # not scanned yet: the scanner is away, or busy
    SCHOON = "schoon"
    BESMET = "besmet"


class Beoordeling(StrEnum):
    """What the civil servant decided. A document of the municipality itself is accepted from the start."""

    NIEUW = "nieuw"
    GEACCEPTEERD = "geaccepteerd"
    AFGEKEURD = "afgekeurd"


class Kenmerk(StrEnum):
    """What inspection noticed in the content."""

    VERSLEUTELD = "versleuteld"  # a password is needed to open it
    ACTIEF = "actief"  # a pdf with scripts, programs to start, or embedded files
    ONLEESBAAR = "onleesbaar"  # could not be read to the end, or only by guessing what was meant


# What a viewer in a browser might run, or what nobody could look into: never shown, only saved.
_NOOIT_TONEN = frozenset({Kenmerk.VERSLEUTELD, Kenmerk.ACTIEF, Kenmerk.ONLEESBAAR})


@dataclass(frozen=True, slots=True)
class Formaat:
    """A kind of file that we take. `is_toonbaar`: a browser can show it inline; whether it may, see DocumentInzage."""

    code: str  # pdf, docx, ...
    naam: str  # as in "PDF, 184 kB"
    mime: str
    extensies: tuple[str, ...]  # the first is the canonical one, without dot
    is_toonbaar: bool


@dataclass(frozen=True, slots=True)
class Aangeboden:
    """A file that was streamed to a temporary place, not yet inspected. `naam` is what the sender called it.

    `omvang` is in bytes, also of what was thrown away because it was too large. Without `pad` nothing was kept.
    """

    naam: str = field(repr=False)
    pad: Tijdelijk | None
    omvang: int
    sha256: str
    is_te_groot: bool = False
    is_te_veel: bool = False  # beyond the tenth file of the post
    is_mislukt: bool = False  # the disk refused it, or the post broke off


@dataclass(frozen=True, slots=True)
class Geweigerd:
    """A file that was not taken, with the text that says how to mend it."""

    naam: str = field(repr=False)
    code: str
    tekst: str


@dataclass(frozen=True, slots=True)
class DocumentInzage:
    """A document of a zaak, for showing. `omvang` in bytes; `bestandsnaam` is safe for Content-Disposition."""

    id: str
    zaak_ref: str
    titel: str = field(repr=False)
    bestandsnaam: str = field(repr=False)
    formaat: Formaat
    omvang: int
    herkomst: Herkomst
    auteur_key: str
    auteur_naam: str = field(repr=False)
    ontvangen_op: datetime
    sha256: str
    controle: Controle = Controle.GEEN
    beoordeling: Beoordeling = Beoordeling.NIEUW
    afkeurreden: str = field(default="", repr=False)  # read by the resident
    beoordeeld_op: datetime | None = None
    documenttype: str = ""  # ZGW informatieobjecttype: what it was sent as, and what it was accepted as
    vertrouwelijkheid: str = ""  # ZGW vertrouwelijkheidaanduiding, set on acceptance
    paginas: int | None = None
    kenmerken: frozenset[Kenmerk] = frozenset()
    taak_id: str = ""  # the request that it answers
    versie: int = 1
    betrokkene_key: str = ""  # of which betrokkene it is, whoever sent it for them; "" when nobody kept that
    vestiging_key: str = ""
    vervangen_door: str = ""  # id of the next version; only the last one is shown in lists

    @property
    def is_beschikbaar(self) -> bool:
        """Whether its content may be handed out, to anybody."""
        return self.controle in (Controle.GEEN, Controle.SCHOON)

    @property
    def is_toonbaar(self) -> bool:
        """Whether a browser may show it inline: it can, and it cannot execute anything in it."""
        return self.formaat.is_toonbaar and self.kenmerken.isdisjoint(_NOOIT_TONEN)

    @property
    def is_onbehandeld(self) -> bool:
        """Waits for a civil servant: blocks the end of the zaak."""
        return self.beoordeling is Beoordeling.NIEUW and self.controle is not Controle.BESMET

    @property
    def is_van_aanvrager(self) -> bool:
        return self.herkomst is Herkomst.AANVRAGER

    @property
    def is_voor_aanvrager(self) -> bool:
        """Whether the applicant sees it: a document of the municipality is gone for them when it has a next version,
        for it may have been the wrong one; what they sent themselves they keep."""
        return self.is_van_aanvrager or not self.vervangen_door


@dataclass(frozen=True, slots=True)
class Toevoeging:
    """What `prepare` made of the offered files: ready to be linked in the transaction of the change."""

    goed: tuple["Klaar", ...]
    geweigerd: tuple[Geweigerd, ...]


@dataclass(frozen=True, slots=True)
class Klaar:
    """A file that was inspected and stands in the storage, held for one hour until a row refers to it.

    What the scanner and the inspection said stands with the content, not here: a later scan may know more.
    """

    naam: str = field(repr=False)
    titel: str = field(repr=False)
    formaat: Formaat
    omvang: int
    sha256: str
    documenttype: str = ""  # what it was sent as; who judges it decides


@dataclass(frozen=True, slots=True)
class Inhoud:
    """The bytes of a document: `brokken` yields chunks; `vanaf`, where there is one, those from a byte on."""

    omvang: int
    vanaf: Callable[[int], Iterator[bytes]] | None
    brokken: Iterator[bytes]
