"""Conversations as the page of a zaak shows them. Pure: no I/O."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from eloket.berichten.types import BerichtInzage, Bijlage, BijlageStand, GesprekInzage
from eloket.kernel.klok import AMSTERDAM
from eloket.zaken.betrokkenen import DE_AANVRAGER, describe
from eloket.zaken.types import Zaak

_STANDEN = {
    BijlageStand.WACHT: "wacht op de viruscontrole",
    BijlageStand.BESMET: "er zit een virus in, niemand kan dit openen",
    BijlageStand.WEG: "vervangen of verplaatst",
    BijlageStand.ONBEKEND: "nu niet op te halen",
}


@dataclass(frozen=True, slots=True)
class BijlageRegel:
    """`href` is '' when it cannot be opened; `stand` says why."""

    naam: str = field(repr=False)
    href: str
    stand: str


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
    bijlagen: tuple[BijlageRegel, ...]


@dataclass(frozen=True, slots=True)
class GesprekRegel:
    """A conversation: a line in the list, and with its messages when it is open. `met` is its other side: "" for the
    applicant, who is named by the page."""

    id: str
    onderwerp: str = field(repr=False)
    href: str
    is_huidig: bool
    aantal: str
    nieuw: int
    laatste: datetime
    may_mark_unread: bool
    pdf: str
    met: str = field(repr=False)
    berichten: tuple[BerichtRegel, ...]


def build_gesprek(gesprek: GesprekInzage, basis: str, zaak: Zaak, *, is_huidig: bool) -> GesprekRegel:
    aantal = len(gesprek.berichten)
    met = describe(zaak, gesprek.betrokkene_key, gesprek.vestiging_key)
    return GesprekRegel(
        id=gesprek.id,
        onderwerp=gesprek.onderwerp,
        href=f"{basis}?deel=berichten&gesprek={gesprek.id}",
        is_huidig=is_huidig,
        aantal="1 bericht" if aantal == 1 else f"{aantal} berichten",
        nieuw=gesprek.ongelezen,
        laatste=gesprek.berichten[0].verzonden_op,
        may_mark_unread=any(not een.is_van_gemeente for een in gesprek.berichten),
        pdf=reverse("werkplek-gesprek-pdf", args=[str(gesprek.zaak_ref), gesprek.id]),
        met="" if met == DE_AANVRAGER else met,
        berichten=tuple(build_bericht(een, basis, met) for een in gesprek.berichten) if is_huidig else (),
    )


def build_bericht(een: BerichtInzage, basis: str, met: str) -> BerichtRegel:
    """`met` is the other side of the conversation."""
    gelezen = f"Gelezen door {met}" if een.is_gelezen else f"Nog niet gelezen door {met}"
    inzender = "aanvrager" if met == DE_AANVRAGER else "andere betrokkene"
    return BerichtRegel(
        wie=een.afzender_naam,
        van="gemeente" if een.is_van_gemeente else inzender,
        klasse="" if een.is_van_gemeente else "pip-message--in",
        tekst=een.tekst,
        moment=een.verzonden_op,
        iso=een.verzonden_op.astimezone(AMSTERDAM).isoformat(timespec="minutes"),
        is_nieuw=not een.is_van_gemeente and not een.is_gelezen,
        gelezen=gelezen if een.is_van_gemeente else "",
        bijlagen=tuple(_bijlage(bijlage, basis) for bijlage in een.bijlagen),
    )


def _bijlage(bijlage: Bijlage, basis: str) -> BijlageRegel:
    is_er = bijlage.stand in {BijlageStand.BESCHIKBAAR, BijlageStand.WACHT}
    return BijlageRegel(
        naam=bijlage.naam,
        href=f"{basis}documenten/{bijlage.document_id}/bekijken/" if is_er else "",
        stand=_STANDEN.get(bijlage.stand, ""),
    )
