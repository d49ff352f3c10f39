"""What happens, and who is told of it: listens, and writes the notifications in the same transaction."""

from datetime import timedelta

from eloket.berichten.events import BerichtenGelezen, BerichtVerstuurd
from eloket.kernel import events
from eloket.machtigingen.events import MachtigingAanvaard, MachtigingGeeindigd
from eloket.notifications.ontvangers import initiator, tell, with_key
from eloket.notifications.ontvangst.queries import find_kenmerk
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.notifications.openen import mark_opened
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.profile.events import AdresGewijzigd, MailGestopt
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
    TermijnVerlengd,
    ZaakGestart,
    ZaakHeropend,
)
from eloket.zaken.types import Betrokkene


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
    events.subscribe(TermijnVerlengd, on_termijn_verlengd)
    events.subscribe(ZaakHeropend, on_zaak_heropend)
    events.subscribe(BerichtVerstuurd, on_bericht_verstuurd)
    events.subscribe(BerichtenGelezen, on_berichten_gelezen)
    events.subscribe(AdresGewijzigd, on_adres_gewijzigd)
    events.subscribe(MailGestopt, on_mail_gestopt)
    events.subscribe(MachtigingAanvaard, on_machtiging_aanvaard)
    events.subscribe(MachtigingGeeindigd, on_machtiging_geeindigd)


def on_zaak_gestart(event: ZaakGestart) -> None:
    """The confirmation of receipt, with the time of receipt (Awb 2:14)."""
    tell(
        NotificatieSoort.ZAAK_ONTVANGEN,
        event.zaak,
        initiator(event.zaak),
        door=event.actor,
        ontvangen_op=event.zaak.registratiedatum,
        kenmerk=find_kenmerk(OntvangstSoort.AANVRAAG, str(event.zaak.ref)),
    )


def on_status_gezet(event: StatusGezet) -> None:
    if event.informeren:
        tell(NotificatieSoort.STATUS_GEWIJZIGD, event.zaak, event.zaak.betrokkenen)


def on_document_toegevoegd(event: DocumentToegevoegd) -> None:
    if event.door_gemeente:
        for document_id in event.document_ids:
            tell(
                NotificatieSoort.DOCUMENT_TOEGEVOEGD,
                event.zaak,
                event.zaak.betrokkenen,
                onderwerp_id=document_id,
            )


def on_document_gevraagd(event: DocumentGevraagd) -> None:
    """Who is asked, and nobody else: only they find the taak."""
    _ask(NotificatieSoort.DOCUMENT_GEVRAAGD, event)


def on_antwoord_gevraagd(event: AntwoordGevraagd) -> None:
    _ask(NotificatieSoort.ANTWOORD_GEVRAAGD, event)


def on_taak_herinnering(event: TaakHerinnering) -> None:
    _ask(NotificatieSoort.TAAK_HERINNERING, event)


def on_taak_beoordeeld(event: TaakBeoordeeld) -> None:
    """What is asked again has a mail of its own with its date; one mail that says both is enough."""
    soort = NotificatieSoort.TAAK_GOEDGEKEURD if event.is_goedgekeurd else NotificatieSoort.TAAK_AFGEKEURD
    if event.deadline is None:
        tell(soort, event.zaak, _asked(event), onderwerp_id=event.taak_id)


def on_taak_ingetrokken(event: TaakIngetrokken) -> None:
    """Who was asked may be busy with it."""
    tell(NotificatieSoort.TAAK_INGETROKKEN, event.zaak, _asked(event), onderwerp_id=event.taak_id)


def on_document_verplaatst(event: DocumentVerplaatst) -> None:
    """Who sent it, and nobody else, is told that it is elsewhere. Where they have no part, the applicant finds a
    document that was not there before."""
    if event.van is not None:
        tell(NotificatieSoort.DOCUMENT_VERPLAATST, event.zaak, (event.van,))
    if not event.is_ook_daar:
        tell(
            NotificatieSoort.DOCUMENT_TOEGEVOEGD,
            event.doel,
            initiator(event.doel),
            onderwerp_id=event.document_id,
        )


def on_document_beoordeeld(event: DocumentBeoordeeld) -> None:
    """What nobody asked for is only told about when it cannot be used, and to nobody but who sent it."""
    if not event.is_geaccepteerd and event.van is not None:
        tell(NotificatieSoort.TAAK_AFGEKEURD, event.zaak, (event.van,))


def on_document_geweigerd_door_scanner(event: DocumentGeweigerdDoorScanner) -> None:
    if event.van is not None:
        tell(NotificatieSoort.TAAK_AFGEKEURD, event.zaak, (event.van,))


def on_termijn_gewijzigd(event: TermijnGewijzigd) -> None:
    tell(NotificatieSoort.TERMIJN_GEWIJZIGD, event.zaak, event.zaak.betrokkenen)


def on_termijn_verlengd(event: TermijnVerlengd) -> None:
    _ask(NotificatieSoort.STORING_VERLENGD, event)


def on_zaak_heropend(event: ZaakHeropend) -> None:
    tell(NotificatieSoort.ZAAK_HEROPEND, event.zaak, event.zaak.betrokkenen)


def on_bericht_verstuurd(event: BerichtVerstuurd) -> None:
    """A message of the municipality goes to the other side of its conversation, so nobody else can read it."""
    if event.door_gemeente:
        tell(
            NotificatieSoort.BERICHT_BEANTWOORD,
            event.zaak,
            with_key(event.zaak, event.betrokkene_key, event.vestiging_key),
            onderwerp_id=event.bericht_id,
        )


def on_berichten_gelezen(event: BerichtenGelezen) -> None:
    mark_opened(event.partij, event.zaak_ref, event.bericht_ids)


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


def on_mail_gestopt(event: MailGestopt) -> None:
    """To the address that was stopped: who is silenced must be able to say that it is wrong."""
    enqueue(NotificatieSoort.MAIL_GESTOPT, aan=event.adres, betrokkene_key=event.profiel_key)


def on_machtiging_aanvaard(event: MachtigingAanvaard) -> None:
    """Whatever they chose about mail: somebody acts in their name from now on."""
    enqueue(
        NotificatieSoort.MACHTIGING_AANVAARD,
        betrokkene_key=event.gever_key,
        onderwerp_id=event.machtiging_id,
    )


def on_machtiging_geeindigd(event: MachtigingGeeindigd) -> None:
    enqueue(NotificatieSoort.MACHTIGING_GEEINDIGD, betrokkene_key=event.key, onderwerp_id=event.machtiging_id)


def _ask(
    soort: NotificatieSoort, event: DocumentGevraagd | AntwoordGevraagd | TaakHerinnering | TermijnVerlengd
) -> None:
    """Tell who must react, and by when: the day before `deadline` is the last one (zaken.types.TaakInzage)."""
    laatste_dag = event.deadline - timedelta(days=1)
    tell(soort, event.zaak, _asked(event), onderwerp_id=event.taak_id, deadline=laatste_dag)


def _asked(
    event: DocumentGevraagd
    | AntwoordGevraagd
    | TaakHerinnering
    | TermijnVerlengd
    | TaakBeoordeeld
    | TaakIngetrokken,
) -> tuple[Betrokkene, ...]:
    """Of whom it was asked; nobody when they are not in the zaak any more."""
    return with_key(event.zaak, event.betrokkene_key, event.vestiging_key)
