"""A zaak that is destroyed takes along what was told about it.

Notifications go, with the mail or letter that carried nothing else: its address, and what the letter said. The proof
(BewijsRegel) stays: it holds codes, moments and keyed hashes, and is sealed. A receipt is sealed too, and names what
somebody sent: of that the text is emptied (audit.wissen).
"""

from eloket.audit.bevindingen import BewijsKloptNiet
from eloket.audit.wissen import NogNietVerzegeld, wipe_text
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.notifications.brieven.models import BriefInhoud
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.models import Notificatie, Ontvangstbewijs, Zending
from eloket.notifications.retour.models import RetourMelding
from eloket.zaken.errors import VernietigenKloptNiet, VernietigenWacht
from eloket.zaken.events import ZaakVernietigd

REDEN = "zaak vernietigd"


def connect() -> None:
    events.subscribe(ZaakVernietigd, on_zaak_vernietigd)


def on_zaak_vernietigd(event: ZaakVernietigd) -> None:
    """Raises VernietigenWacht while a mail or letter is on its way, or a receipt has no seal yet, and
    VernietigenKloptNiet when a receipt is not what was sealed."""
    ref = str(event.ref)
    meldingen = Notificatie.objects.filter(zaak_ref=ref)
    if (
        meldingen.filter(zending=None, uitkomst="").exists()
        or Zending.objects.filter(notificaties__zaak_ref=ref, verzonden_op=None, mislukt_op=None).exists()
    ):
        raise VernietigenWacht
    zendingen = set(meldingen.exclude(zending=None).values_list("zending_id", flat=True))
    meldingen.delete()
    leeg = zendingen - set(
        Notificatie.objects.filter(zending__in=zendingen).values_list("zending_id", flat=True)
    )
    RetourMelding.objects.filter(zending_id__in=leeg).delete()
    BriefInhoud.objects.filter(zending__in=leeg).delete()
    Zending.objects.filter(pk__in=leeg).delete()
    Contactherstel.objects.filter(zaak_ref=ref).delete()
    bewijzen = Ontvangstbewijs.objects.filter(zaak_ref=ref).values_list("pk", flat=True)
    try:
        wipe_text(Ontvangstbewijs, list(bewijzen), reden=REDEN, now=nu())
    except NogNietVerzegeld as error:
        raise VernietigenWacht from error
    except BewijsKloptNiet as error:
        raise VernietigenKloptNiet from error
