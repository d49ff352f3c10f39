"""Everything the page of a zaak shows, fetched for an actor, and what opening the page changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.http import HttpRequest

from eloket.berichten import queries as berichten_queries
from eloket.berichten import service as berichten
from eloket.berichten.concepten import get_concept
from eloket.berichten.types import NIEUW, Concept, GesprekInzage
from eloket.documenten import queries as documenten
from eloket.documenten.types import DocumentInzage
from eloket.identity.access import MedewerkerInfo, list_medewerkers
from eloket.identity.afdelingen import AfdelingInfo, list_afdelingen
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.aanvullen import TeVragen, list_te_vragen
from eloket.notifications.contact.queries import list_onbereikbaar
from eloket.notifications.contact.types import Onbereikbaar
from eloket.notifications.ontvangst.queries import list_ontvangsten
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.notifications.verantwoorden.verzending import VanPartij, list_verzending
from eloket.workbench.zaken.delen import Deel
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.historie import HistorieRegel, list_historie, list_kijkers
from eloket.zaken.mogelijkheden import Handeling, waarom_niet
from eloket.zaken.notities import list_notities
from eloket.zaken.sjablonen import list_sjablonen
from eloket.zaken.types import Aandacht, Gebeurtenis, TaakInzage, Zaak, ZaakRef
from eloket.zaken.werk import Aanwezige, Notitie, Sjabloon, SjabloonSoort

_MEESTE_BEWIJZEN = 100


@dataclass(frozen=True, slots=True)
class ZaakInhoud:
    """A zaak with what its part of the page shows. `documenten` is None when their source did not answer."""

    zaak: Zaak
    taken: tuple[TaakInzage, ...]
    documenten: tuple[DocumentInzage, ...] | None
    aanwezigen: tuple[Aanwezige, ...]
    gebeurtenissen: tuple[Gebeurtenis, ...] = ()
    gesprekken: tuple[GesprekInzage, ...] = ()
    gesprek: GesprekInzage | None = None  # the one that is open
    concept: Concept | None = None  # what this civil servant was typing in it
    verzending: tuple[VanPartij, ...] = ()
    notities: tuple[Notitie, ...] = ()
    historie: tuple[HistorieRegel, ...] = ()
    kijkers: tuple[HistorieRegel, ...] = ()
    ontvangsten: tuple[OntvangstInzage, ...] = ()
    ontvangsten_vol: bool = False  # there are more, and older ones
    sjablonen: tuple[Sjabloon, ...] = ()
    # The forms that the applicant can be asked to fill in.
    te_vragen: TeVragen = field(default_factory=TeVragen)
    collegas: tuple[MedewerkerInfo, ...] = ()
    afdelingen: tuple[AfdelingInfo, ...] = ()
    onbereikbaar: tuple[Onbereikbaar, ...] = ()  # who of the zaak gets no mail of ours


def load_inhoud(
    actor: Actor, ref: ZaakRef, deel: Deel, *, gesprek: str = "", document_id: str = ""
) -> ZaakInhoud:
    """Fetch it, with the conversation that is asked for, else the latest; with NIEUW none. Notes in the audit trail
    which part the actor looked at, with the conversation or the document that is open in it. Raises ZaakNietGevonden,
    BronOnbereikbaar.
    """
    zaak = get_zaak_for(actor, ref)
    inhoud = ZaakInhoud(
        zaak=zaak,
        taken=queries.list_taken_van_zaak(ref, partij=None),
        documenten=_documenten(ref),
        aanwezigen=zaken.meld_aanwezig(actor, ref),
        onbereikbaar=list_onbereikbaar(zaak),
    )
    if deel is Deel.BERICHTEN:
        inhoud = _berichten(actor, inhoud, gesprek)
    elif deel in _LADEN:
        inhoud = _LADEN[deel](inhoud)
    open_gesprek = {"gesprek": inhoud.gesprek.id} if inhoud.gesprek else {}
    zaken.record_view(actor, ref, document_id=document_id, deel=deel.value, **open_gesprek)
    return inhoud


def _documenten(ref: ZaakRef) -> tuple[DocumentInzage, ...] | None:
    try:
        return documenten.list_documenten(str(ref))
    except BronOnbereikbaar:
        return None  # the page says so by name; the rest of the zaak is still of use


def _overzicht(inhoud: ZaakInhoud) -> ZaakInhoud:
    return replace(inhoud, gebeurtenissen=queries.list_gebeurtenissen(inhoud.zaak, partij=None))


def _berichten(actor: Actor, inhoud: ZaakInhoud, gevraagd: str) -> ZaakInhoud:
    ref = inhoud.zaak.ref
    gesprekken = berichten_queries.list_gesprekken_van_zaak(ref, partij=None)
    gekozen = next((een for een in gesprekken if een.id == gevraagd), None)
    if gekozen is None and gesprekken and gevraagd != NIEUW:
        gekozen = gesprekken[0]
    return replace(
        inhoud,
        gesprekken=gesprekken,
        gesprek=gekozen,
        concept=get_concept(actor, ref, gekozen.id if gekozen else NIEUW),
        sjablonen=_sjablonen(inhoud.zaak, SjabloonSoort.BERICHT),
    )


def _vragen(inhoud: ZaakInhoud) -> ZaakInhoud:
    return replace(
        inhoud,
        sjablonen=(
            *_sjablonen(inhoud.zaak, SjabloonSoort.TAAK),
            *_sjablonen(inhoud.zaak, SjabloonSoort.AFKEURING),
        ),
        te_vragen=list_te_vragen(inhoud.zaak),
    )


def _status(inhoud: ZaakInhoud) -> ZaakInhoud:
    return replace(inhoud, sjablonen=_sjablonen(inhoud.zaak, SjabloonSoort.STATUS))


def _sjablonen(zaak: Zaak, soort: SjabloonSoort) -> tuple[Sjabloon, ...]:
    return list_sjablonen(soort, zaaktype=zaak.zaaktype)


def _verzending(inhoud: ZaakInhoud) -> ZaakInhoud:
    alle: tuple[DocumentInzage, ...] = ()
    if inhoud.documenten is not None:
        try:
            alle = documenten.list_alle_versies(str(inhoud.zaak.ref))
        except BronOnbereikbaar:
            inhoud = replace(inhoud, documenten=None)
    return replace(inhoud, verzending=list_verzending(inhoud.zaak, alle))


def _notities(inhoud: ZaakInhoud) -> ZaakInhoud:
    return replace(inhoud, notities=list_notities(inhoud.zaak.ref))


def _historie(inhoud: ZaakInhoud) -> ZaakInhoud:
    ref = inhoud.zaak.ref
    ontvangsten = list_ontvangsten(ref, partij=None, limit=_MEESTE_BEWIJZEN + 1)
    return replace(
        inhoud,
        historie=list_historie(inhoud.zaak),
        kijkers=list_kijkers(inhoud.zaak),
        ontvangsten=ontvangsten[:_MEESTE_BEWIJZEN],
        ontvangsten_vol=len(ontvangsten) > _MEESTE_BEWIJZEN,
    )


def _mensen(inhoud: ZaakInhoud) -> ZaakInhoud:
    return replace(inhoud, collegas=list_medewerkers([inhoud.zaak.afdeling]), afdelingen=list_afdelingen())


_LADEN: Mapping[Deel, Callable[[ZaakInhoud], ZaakInhoud]] = {
    Deel.OVERZICHT: _overzicht,
    Deel.VRAGEN: _vragen,
    Deel.STATUS: _status,
    Deel.VERZENDING: _verzending,
    Deel.NOTITIES: _notities,
    Deel.HISTORIE: _historie,
    Deel.OVERDRAGEN: _mensen,
    Deel.AFSCHERMEN: _mensen,
}


def is_opened(request: HttpRequest) -> bool:
    """Whether a person opens this page now: not a browser that fetches it in advance."""
    vooraf = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    return request.method == "GET" and "prefetch" not in vooraf


def mark_seen(actor: Actor, inhoud: ZaakInhoud, deel: Deel) -> None:
    """The civil servant has this part open: messages are read, new documents are seen. Writes only if there are any.
    What came while they read it stays new: the zaak was read before what the page shows of it.

    Who may only look leaves it new for who handles the zaak, and is not the reader that the applicant is told of.
    """
    if waarom_niet(actor, inhoud.zaak, Handeling.GELEZEN):
        return
    ref, gesprek = inhoud.zaak.ref, inhoud.gesprek
    bericht_sinds = inhoud.zaak.nieuw_sinds(Aandacht.BERICHT)
    if gesprek is not None and gesprek.ongelezen:
        berichten.mark_read(
            actor, ref, tot=gesprek.berichten[0].verzonden_op, gesprek_id=gesprek.id, gezien=bericht_sinds
        )
    elif (
        deel in {Deel.BERICHTEN, Deel.VRAGEN}
        and Aandacht.BERICHT in inhoud.zaak.aandacht
        and not any(een.ongelezen for een in inhoud.gesprekken)
    ):
        # An answer to a question calls for attention as a message does.
        zaken.clear_aandacht(actor, ref, Aandacht.BERICHT, gezien=bericht_sinds)
    if (
        deel in {Deel.DOCUMENTEN, Deel.VRAGEN}
        and inhoud.documenten
        and Aandacht.DOCUMENT in inhoud.zaak.aandacht
    ):
        gezien = inhoud.zaak.nieuw_sinds(Aandacht.DOCUMENT)
        zaken.clear_aandacht(actor, ref, Aandacht.DOCUMENT, gezien=gezien)
