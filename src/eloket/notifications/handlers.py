"""Who is told what: listens to what happens, and fills the outbox in the same transaction.

Everybody who may see the zaak and chose to be mailed is told, each on their own: one who did not choose never
silences another. A zaak of a branch is seen by a login for that branch and by one for the whole business, so both
their profiles count.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from eloket.berichten.events import BerichtVerstuurd
from eloket.kernel import events
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.profile.events import AdresGewijzigd
from eloket.profile.queries import get_notify_address
from eloket.zaken.events import (
    AntwoordGevraagd,
    DocumentBeoordeeld,
    DocumentGevraagd,
    DocumentGeweigerdDoorScanner,
    DocumentToegevoegd,
    DocumentVerplaatst,
    StatusGezet,
    TaakBeoordeeld,
    TaakHerinnering,
    TaakIngetrokken,
    TermijnGewijzigd,
    ZaakGestart,
    ZaakHeropend,
)
from eloket.zaken.types import Betrokkene, Zaak


def connect() -> None:
    """Subscribe to everything that leads to a mail. Called once, by config.wiring."""
    events.subscribe(ZaakGestart, on_zaak_gestart)
    events.subscribe(StatusGezet, on_status_gezet)
    events.subscribe(DocumentToegevoegd, on_document_toegevoegd)
    events.subscribe(DocumentGevraagd, on_document_gevraagd)
    events.subscribe(AntwoordGevraagd, on_antwoord_gevraagd)
    events.subscribe(TaakHerinnering, on_taak_herinnering)
    events.subscribe(TaakBeoordeeld, on_taak_beoordeeld)
    events.subscribe(TaakIngetrokken, on_taak_ingetrokken)
    events.subscribe(DocumentVerplaatst, on_document_verplaatst)
    events.subscribe(DocumentBeoordeeld, on_document_beoordeeld)
    events.subscribe(DocumentGeweigerdDoorScanner, on_document_geweigerd_door_scanner)
    events.subscribe(TermijnGewijzigd, on_termijn_gewijzigd)
    events.subscribe(ZaakHeropend, on_zaak_heropend)
    events.subscribe(BerichtVerstuurd, on_bericht_verstuurd)
    events.subscribe(AdresGewijzigd, on_adres_gewijzigd)


def on_zaak_gestart(event: ZaakGestart) -> None:
    """The confirmation of receipt, with the time of receipt (Awb 2:14)."""
    for key, adres in _adressen(_initiator(event.zaak)).items():
        enqueue(
            NotificatieSoort.ZAAK_ONTVANGEN,
            aan=adres,
            betrokkene_key=key,
            zaak_ref=str(event.zaak.ref),
            ontvangen_op=event.zaak.registratiedatum,
        )


def on_status_gezet(event: StatusGezet) -> None:
    if event.informeren:
        _tell(NotificatieSoort.STATUS_GEWIJZIGD, event.zaak, event.zaak.betrokkenen)


def on_document_toegevoegd(event: DocumentToegevoegd) -> None:
    if event.door_gemeente:
        _tell(NotificatieSoort.DOCUMENT_TOEGEVOEGD, event.zaak, event.zaak.betrokkenen)


def on_document_gevraagd(event: DocumentGevraagd) -> None:
    """Only the initiator is asked (zaken.service.ask_document), so nobody else finds the taak."""
    _ask(NotificatieSoort.DOCUMENT_GEVRAAGD, event.zaak, event.deadline)


def on_antwoord_gevraagd(event: AntwoordGevraagd) -> None:
    _ask(NotificatieSoort.ANTWOORD_GEVRAAGD, event.zaak, event.deadline)


def on_taak_herinnering(event: TaakHerinnering) -> None:
    _ask(NotificatieSoort.TAAK_HERINNERING, event.zaak, event.deadline)


def on_taak_beoordeeld(event: TaakBeoordeeld) -> None:
    """What is asked again has a mail of its own with its date; one mail that says both is enough."""
    soort = NotificatieSoort.TAAK_GOEDGEKEURD if event.is_goedgekeurd else NotificatieSoort.TAAK_AFGEKEURD
    if event.deadline is None:
        _tell(soort, event.zaak, _initiator(event.zaak))


def on_taak_ingetrokken(event: TaakIngetrokken) -> None:
    """Who was asked may be busy with it."""
    _tell(NotificatieSoort.TAAK_INGETROKKEN, event.zaak, _initiator(event.zaak))


def on_document_verplaatst(event: DocumentVerplaatst) -> None:
    """Who sent it finds it elsewhere; the other applicant finds a document that was not there before."""
    _tell(NotificatieSoort.DOCUMENT_VERPLAATST, event.zaak, _initiator(event.zaak))
    if not event.is_zelfde_aanvrager:
        _tell(NotificatieSoort.DOCUMENT_TOEGEVOEGD, event.doel, _initiator(event.doel))


def on_document_beoordeeld(event: DocumentBeoordeeld) -> None:
    """What nobody asked for is only told about when it cannot be used."""
    if not event.is_geaccepteerd:
        _tell(NotificatieSoort.TAAK_AFGEKEURD, event.zaak, _initiator(event.zaak))


def on_document_geweigerd_door_scanner(event: DocumentGeweigerdDoorScanner) -> None:
    _tell(NotificatieSoort.TAAK_AFGEKEURD, event.zaak, _initiator(event.zaak))


def on_termijn_gewijzigd(event: TermijnGewijzigd) -> None:
    _tell(NotificatieSoort.TERMIJN_GEWIJZIGD, event.zaak, event.zaak.betrokkenen)


def on_zaak_heropend(event: ZaakHeropend) -> None:
    _tell(NotificatieSoort.ZAAK_HEROPEND, event.zaak, event.zaak.betrokkenen)


def on_bericht_verstuurd(event: BerichtVerstuurd) -> None:
    """A message of the municipality goes to the initiator (berichten.service), so nobody else can read it."""
    if event.door_gemeente:
        _tell(NotificatieSoort.BERICHT_BEANTWOORD, event.zaak, _initiator(event.zaak))


def on_adres_gewijzigd(event: AdresGewijzigd) -> None:
    """The new address gets its link, the old one is told."""
    if event.nieuw:
        enqueue(
            NotificatieSoort.ADRES_BEVESTIGEN,
            aan=event.nieuw,
            betrokkene_key=event.profiel_key,
            token=event.token,
        )
    if event.oud:
        enqueue(NotificatieSoort.ADRES_GEWIJZIGD, aan=event.oud, betrokkene_key=event.profiel_key)


def _tell(soort: NotificatieSoort, zaak: Zaak, betrokkenen: Iterable[Betrokkene]) -> None:
    for key, adres in _adressen(betrokkenen).items():
        enqueue(soort, aan=adres, betrokkene_key=key, zaak_ref=str(zaak.ref))


def _ask(soort: NotificatieSoort, zaak: Zaak, deadline: date) -> None:
    """Tell who must react, and by when: the day before `deadline` is the last one (zaken.types.TaakInzage)."""
    laatste_dag = deadline - timedelta(days=1)
    for key, adres in _adressen(_initiator(zaak)).items():
        enqueue(soort, aan=adres, betrokkene_key=key, zaak_ref=str(zaak.ref), deadline=laatste_dag)


def _initiator(zaak: Zaak) -> tuple[Betrokkene, ...]:
    return (zaak.initiator,) if zaak.initiator else ()


def _adressen(betrokkenen: Iterable[Betrokkene]) -> dict[str, str]:
    """Profile key and confirmed address of everybody who wants mail; each address once."""
    gevonden: dict[str, str] = {}
    for betrokkene in betrokkenen:
        for key in (betrokkene.vestiging_key, betrokkene.key):
            adres = get_notify_address(key)
            if adres and adres not in gevonden.values():
                gevonden[key] = adres
    return gevonden
