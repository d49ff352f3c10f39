"""A mail to a resident that went out, and what the tests of returned mail, letters and contact share."""

from datetime import date, timedelta
from uuid import UUID

from eloket.identity.types import Actor
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.bezorgen import bezorging, samenstellen
from eloket.notifications.brieven.bundels import make_bundel
from eloket.notifications.brieven.models import BriefInhoud
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.retour.types import Actie, Klasse, Retour
from eloket.notifications.service import enqueue
from eloket.notifications.types import Kanaal, NotificatieSoort
from eloket.profile.models import Profiel
from eloket.profile.queries import get_bereikbaarheid
from eloket.zaken.types import ZaakRef

ADRES = "jeroen@voorbeeld.nl"
TELEFOON = "+31612345678"
BRIEF_AAN = "k"  # the key of whom the letter of make_bundel_of_one is for


def key_of(actor: Actor) -> str:
    assert actor.partij is not None
    return actor.partij.profiel_key


def give_address(actor: Actor, adres: str = ADRES) -> None:
    """A confirmed address, of somebody who wants mail, and a telephone number."""
    Profiel.objects.update_or_create(
        profiel_key=key_of(actor),
        defaults={
            "email": adres,
            "email_bevestigd_op": nu() - timedelta(days=30),
            "wil_mail": True,
            "telefoon": TELEFOON,
        },
    )


def tell(
    actor: Actor,
    ref: ZaakRef | str,
    soort: NotificatieSoort = NotificatieSoort.DOCUMENT_GEVRAAGD,
    *,
    deadline: date | None = None,
) -> Notificatie:
    """A notification for this person."""
    heeft_termijn = soort in {NotificatieSoort.DOCUMENT_GEVRAAGD, NotificatieSoort.ANTWOORD_GEVRAAGD}
    pk = enqueue(
        soort,
        betrokkene_key=key_of(actor),
        zaak_ref=str(ref),
        deadline=deadline or (vandaag() + timedelta(days=9) if heeft_termijn else None),
        ontvangen_op=nu() if soort is NotificatieSoort.ZAAK_ONTVANGEN else None,
    )
    return Notificatie.objects.get(pk=pk)


def send_all() -> list[UUID]:
    """Mail what waits; the ids of the mails that went."""
    samenstellen.compose(nu(), 100)
    ids = bezorging.claim(nu(), "test", 100)
    for zending_id in ids:
        bezorging.deliver(zending_id, "test")
    assert Zending.objects.filter(pk__in=ids, verzonden_op=None).count() == 0
    return ids


def mail(
    actor: Actor, ref: ZaakRef | str, soort: NotificatieSoort = NotificatieSoort.DOCUMENT_GEVRAAGD
) -> UUID:
    """A mail to this person that the server has taken; its id."""
    Notificatie.objects.filter(
        zending=None, uitkomst=""
    ).delete()  # what the story before this one would mail
    tell(actor, ref, soort)
    [zending_id] = send_all()
    return zending_id


def bounce(zending_id: UUID, klasse: Klasse = Klasse.PERMANENT, status: str = "5.1.1") -> Retour:
    """What a server says about this mail."""
    acties = {
        Klasse.TIJDELIJK: Actie.DELAYED,
        Klasse.BEZORGD: Actie.DELIVERED,
        Klasse.DOORGEGEVEN: Actie.RELAYED,
    }
    return Retour(str(zending_id), acties.get(klasse, Actie.FAILED), klasse, status)


def works(actor: Actor) -> bool:
    """Whether the address of this person is believed to work."""
    gevonden = get_bereikbaarheid(key_of(actor))
    return bool(gevonden and gevonden.werkt)


def make_bundel_of_one(actor: Actor) -> UUID:
    """A letter to somebody, taken by this civil servant to be printed; the id of the bundle."""
    moment = nu()
    zending = Zending.objects.create(
        kanaal=Kanaal.BRIEF,
        aan="",
        betrokkene_key=BRIEF_AAN,
        volgorde=0,
        gemaakt_op=moment,
        volgende_poging_op=moment,
    )
    Notificatie.objects.create(
        soort=NotificatieSoort.BERICHT_BEANTWOORD,
        betrokkene_key=BRIEF_AAN,
        partij_key=BRIEF_AAN,
        zaak_ref="register-weg",
        gemaakt_op=moment,
        gepland_op=moment,
        zending=zending,
    )
    BriefInhoud.objects.create(
        zending=zending,
        adres='["A. de Vries", "Dorpsstraat 1", "1234 AB  VOORBEELD"]',
        adres_op=moment,
    )
    return make_bundel(actor)


def dsn(zending_id: UUID, *, actie: str = "failed", status: str = "5.1.1") -> bytes:
    """A notification of RFC 3464 about this mail."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.voorbeeld.example\r\nTo: retour@loket.example\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nHelaas.\r\n\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.voorbeeld.example\r\nOriginal-Envelope-Id: {zending_id}\r\n\r\n"
        f"Final-Recipient: rfc822; {ADRES}\r\nAction: {actie}\r\nStatus: {status}\r\n\r\n--B--\r\n"
    ).encode()
