"""Writes a receipt for whatever somebody sends, in the transaction that keeps it: no change without, none twice.

It listens to what happens, so no page can forget it. What is received twice (a double click, a post that is sent again)
happens once in the rooms below, and a constraint of the table holds that: one receipt per kind and thing.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from eloket.berichten.events import BerichtVerstuurd
from eloket.berichten.types import STANDAARD_ONDERWERP
from eloket.documenten.locatie import FORMATEN as FOTOFORMATEN
from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Actor, Partij
from eloket.kernel import events
from eloket.kernel.klok import datum_van, nu
from eloket.notifications.models import Ontvangstbewijs
from eloket.notifications.ontvangst.kenmerk import make_kenmerk
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.notifications.service import enqueue
from eloket.notifications.types import NotificatieSoort
from eloket.profile.events import ContactGewijzigd
from eloket.profile.queries import get_bereikbaarheid
from eloket.zaken.events import DocumentToegevoegd, TaakBeantwoord, ZaakGestart
from eloket.zaken.types import Kanaal, Zaak

log = logging.getLogger(__name__)
_POGINGEN = 5  # one in 3 thousand million references is taken; five in a row never


@dataclass(frozen=True, slots=True)
class _Wie:
    """Whose receipt it is, whom we mail it (`profiel_key`, for the party `partij_key`), with which login means it came,
    and who sent it for whom."""

    betrokkene_key: str = ""
    vestiging_key: str = ""
    profiel_key: str = ""
    partij_key: str = ""
    middel: str = ""
    verstuurd_door: str = field(default="", repr=False)

    @classmethod
    def of(cls, actor: Actor, partij: Partij, vestiging_key: str) -> "_Wie":
        return cls(
            partij.key,
            vestiging_key,
            actor.profiel_key,
            partij.profiel_key,
            actor.middel,
            actor.verstuurd_door,
        )


def connect() -> None:
    """Subscribe to everything that somebody can send us. Called once, by config.wiring, before the handlers of mail:
    a mail of receipt names the reference.
    """
    events.subscribe(ZaakGestart, on_zaak_gestart)
    events.subscribe(BerichtVerstuurd, on_bericht_verstuurd)
    events.subscribe(DocumentToegevoegd, on_document_toegevoegd)
    events.subscribe(TaakBeantwoord, on_taak_beantwoord)
    events.subscribe(ContactGewijzigd, on_contact_gewijzigd)


def on_zaak_gestart(event: ZaakGestart) -> None:
    """An application or report, also at the counter: it is received when it is registered. The mail is that of the
    handlers (ZAAK_ONTVANGEN, MELDING_ONTVANGEN).
    """
    _write(
        OntvangstSoort.AANVRAAG,
        str(event.zaak.ref),
        _initiator(event.zaak, event.actor),
        event.zaak.registratiedatum,
        zaak=event.zaak,
        bestanden=_bestanden(event.zaak, event.documenten),
    )


def on_bericht_verstuurd(event: BerichtVerstuurd) -> None:
    if event.door_gemeente:
        return
    _write(
        OntvangstSoort.BERICHT,
        event.bericht_id,
        replace(
            _sender(event.zaak, event.actor),
            betrokkene_key=event.betrokkene_key,
            vestiging_key=event.vestiging_key,
        ),
        event.moment,
        zaak=event.zaak,
        onderwerp="" if event.onderwerp == STANDAARD_ONDERWERP else event.onderwerp,
        bestanden=_bestanden(event.zaak, event.bijlagen),
    )


def on_document_toegevoegd(event: DocumentToegevoegd) -> None:
    if event.door_gemeente:
        return
    _write(
        OntvangstSoort.DOCUMENTEN,
        event.document_ids[0],
        _sender(event.zaak, event.actor),
        event.documenten[0].ontvangen_op,
        zaak=event.zaak,
        bestanden=_bestanden(event.zaak, event.documenten),
    )


def on_taak_beantwoord(event: TaakBeantwoord) -> None:
    _write(
        OntvangstSoort.FORMULIER if event.is_formulier else OntvangstSoort.ANTWOORD,
        event.taak_id,
        _sender(event.zaak, event.actor),
        event.moment,
        zaak=event.zaak,
        onderwerp=event.titel,
        bestanden=_bestanden(event.zaak, event.documenten),
    )


def on_contact_gewijzigd(event: ContactGewijzigd) -> None:
    partij = event.actor.partij
    assert partij is not None  # profile.service lets nobody else change them
    wie = _Wie.of(event.actor, partij, partij.vestiging_key)
    _write(OntvangstSoort.GEGEVENS, event.wijziging_id, wie, nu(), velden=event.velden)


def _sender(zaak: Zaak, actor: Actor) -> _Wie:
    """The side of the zaak that sent it, as of a new conversation (berichten.service): who sees that sees this."""
    partij = actor.partij
    if partij is None:
        raise ValueError("what was sent by nobody cannot be confirmed")
    eigen = (rol.vestiging_key for rol in zaak.betrokkenen if rol.key == partij.key)
    return _Wie.of(actor, partij, partij.vestiging_key or next(eigen, ""))


def _initiator(zaak: Zaak, actor: Actor) -> _Wie:
    """For whom the zaak was started; nobody for a report without login. A civil servant's login is not theirs."""
    if (wie := zaak.initiator) is None:
        return _Wie()
    middel = "" if actor.is_medewerker else actor.middel
    partij_key = wie.vestiging_key or wie.key
    return _Wie(wie.key, wie.vestiging_key, partij_key, partij_key, middel, actor.verstuurd_door)


def _bestanden(zaak: Zaak, documenten: Iterable[DocumentInzage]) -> list[dict[str, Any]]:
    return [
        {
            "naam": een.bestandsnaam,
            "omvang": een.omvang,
            "sha256": een.sha256,
            "zonder_plaats": zaak.verwijder_locatie and een.formaat in FOTOFORMATEN,
        }
        for een in documenten
    ]


def _write(
    soort: OntvangstSoort,
    onderwerp_id: str,
    wie: _Wie,
    moment: datetime,
    *,
    zaak: Zaak | None = None,
    onderwerp: str = "",
    bestanden: Iterable[dict[str, Any]] = (),
    velden: Iterable[str] = (),
) -> Ontvangstbewijs:
    """Raises IntegrityError when this was received before: then the change must not happen either."""
    wat = {
        "zaaknummer": zaak.identificatie if zaak else "",
        "zaak": zaak.omschrijving if zaak else "",
        "onderwerp": onderwerp,
        "bestanden": list(bestanden),
        "velden": list(velden),
        "zekerheid": (zaak.zekerheid if zaak else None) or "",
        "verstuurd_door": wie.verstuurd_door,
    }
    rij = Ontvangstbewijs(
        soort=soort.value,
        onderwerp_id=onderwerp_id,
        zaak_ref=str(zaak.ref) if zaak else "",
        betrokkene_key=wie.betrokkene_key,
        vestiging_key=wie.vestiging_key,
        profiel_key=wie.profiel_key,
        middel=wie.middel,
        kanaal=(zaak.kanaal if zaak and soort is OntvangstSoort.AANVRAAG else Kanaal.PORTAAL).value,
        ontvangen_op=moment,
        wat=json.dumps(wat, ensure_ascii=False),
    )
    _insert(rij)
    log.debug("ontvangst %s bewezen: %s", rij.bewijs_id, soort.value)
    if soort is not OntvangstSoort.AANVRAAG:  # that one has a mail of its own
        _confirm(rij, wie)
    return rij


def _confirm(rij: Ontvangstbewijs, wie: _Wie) -> None:
    """Tell who sent it: by mail to their confirmed address, unless they chose to have no receipts."""
    enqueue(
        NotificatieSoort.ONTVANGST,
        betrokkene_key=_mail_key(rij, wie),
        partij_key=wie.partij_key,
        zaak_ref=rij.zaak_ref,
        onderwerp_id=str(rij.bewijs_id),
        ontvangen_op=rij.ontvangen_op,
        kenmerk=rij.kenmerk,
    )


def _mail_key(rij: Ontvangstbewijs, wie: _Wie) -> str:
    """Of a contactpersoon who gave no address of their own yet, the address that the business had before, while that is
    mailed; not about a change of their own details."""
    if rij.zaak_ref and wie.profiel_key != wie.partij_key:
        eigen = get_bereikbaarheid(wie.profiel_key)
        samen = get_bereikbaarheid(wie.partij_key) if eigen is None or not eigen.email else None
        if samen and samen.email and samen.wil_mail:
            return wie.partij_key
    return wie.profiel_key


def _insert(rij: Ontvangstbewijs) -> None:
    """Under a reference that nobody has. The savepoint: in PostgreSQL a refused row ends the transaction around it."""
    for poging in range(_POGINGEN):
        rij.kenmerk = make_kenmerk(datum_van(rij.ontvangen_op).year)
        try:
            with transaction.atomic():
                rij.save(force_insert=True)
        except IntegrityError:
            if poging == _POGINGEN - 1 or not Ontvangstbewijs.objects.filter(kenmerk=rij.kenmerk).exists():
                raise
        else:
            return
