"""The part "Verzending" of a zaak: what went to each party and what became of it; and the afschrift of that."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from eloket.berichten.pdf import pdf_response
from eloket.documenten.queries import list_alle_versies
from eloket.identity.actor import actor_of
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu
from eloket.notifications.verantwoorden.levensloop import Levensloop, Stand, Stap
from eloket.notifications.verantwoorden.verzendbewijs import make_verzendbewijs
from eloket.notifications.verantwoorden.verzending import Stuk, VanPartij, list_verzending
from eloket.zaken.access import get_zaak_for
from eloket.zaken.service import record_view
from eloket.zaken.types import Zaak, ZaakRef

_ROLLEN = {"": "", "initiator": "aanvrager"}
_SOORTEN = {
    Stand.WACHT: "neutral",
    Stand.VERSTUURD: "active",
    Stand.BEZORGD: "active",
    Stand.GEOPEND: "success",
    Stand.PER_BRIEF: "active",
    Stand.GEEN_MAIL: "neutral",
    Stand.MISLUKT: "danger",
}


@dataclass(frozen=True, slots=True)
class MeldingRegel:
    """A notification. `titel` is empty when the heading above it says the same."""

    titel: str
    melding: Levensloop
    badge_soort: str


@dataclass(frozen=True, slots=True)
class StukRegel:
    """What was sent, with the notifications of it."""

    titel: str = field(repr=False)
    stappen: tuple[Stap, ...]
    is_ongeopend: bool
    meldingen: tuple[MeldingRegel, ...]


@dataclass(frozen=True, slots=True)
class PartijRegel:
    """A party, the newest on top; `bewijs_href` makes the afschrift for them."""

    nummer: int
    naam: str = field(repr=False)
    rol: str
    bewijs_href: str
    stukken: tuple[StukRegel, ...]


def build_partijen(zaak: Zaak, partijen: Iterable[VanPartij]) -> tuple[PartijRegel, ...]:
    """Pure."""
    return tuple(
        PartijRegel(
            nummer=nummer,
            naam=een.naam,
            rol=_ROLLEN.get(een.rol, een.rol),
            bewijs_href=reverse("werkplek-verzendbewijs", args=[str(zaak.ref), nummer]),
            stukken=tuple(_stuk(stuk) for stuk in reversed(een.stukken)),
        )
        for nummer, een in enumerate(partijen, start=1)
    )


def _stuk(stuk: Stuk) -> StukRegel:
    return StukRegel(
        titel=stuk.titel,
        stappen=stuk.stappen,
        is_ongeopend=stuk.is_ongeopend,
        meldingen=tuple(
            MeldingRegel(een.titel if stuk.stappen else "", een, _SOORTEN[een.stand])
            for een in stuk.meldingen
        ),
    )


@require_safe
def bewijs(request: HttpRequest, ref: str, plek: str) -> StreamingHttpResponse:
    """The afschrift for the party at this place on the page, to hand over or to send by post. Raises NietGevonden,
    BronOnbereikbaar."""
    actor, zaak_ref = actor_of(request), ZaakRef.parse(ref)
    zaak = get_zaak_for(actor, zaak_ref)
    partijen = list_verzending(zaak, list_alle_versies(str(zaak_ref)))
    per_plek = {str(nummer): een for nummer, een in enumerate(partijen, start=1)}
    if plek not in per_plek:
        raise NietGevonden
    inhoud = make_verzendbewijs(zaak, per_plek[plek], gemeente=settings.ELOKET.gemeente, moment=nu())
    record_view(actor, zaak_ref, "verzendbewijs.opgeslagen", betrokkene=per_plek[plek].profiel_key)
    return pdf_response(zaak, inhoud, soort="verzendbewijs")
