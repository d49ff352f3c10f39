"""Where a letter goes: name and postal address from the register of persons, found by the worker.

The number behind a party comes from the source of a zaak, goes to the register, and is kept nowhere here.
"""

import json
import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from eloket.audit import service as audit
from eloket.identity.types import Partij, Soort, partij_ref
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.notifications import bewijs
from eloket.notifications.brieven.models import BriefInhoud
from eloket.notifications.brieven.overnemen import list_zaak_refs
from eloket.notifications.contact.service import open_herstel
from eloket.notifications.models import Zending
from eloket.notifications.types import BewijsSoort, Kanaal, Uitkomst
from eloket.profile.queries import get_onderneming, get_persoon
from eloket.profile.types import Persoon
from eloket.zaken.access import get_partij
from eloket.zaken.types import ZaakRef

log = logging.getLogger(__name__)
PER_RONDE = 50
OPNIEUW_NA = timedelta(hours=1)
OPNIEUW_OPZOEKEN = timedelta(days=2)
REGISTER_WEG = "register_weg"


def find_adressen(now: datetime) -> int:
    """Find the postal address of letters that have none yet, and anew of those that wait for a while; says how many. A
    register that does not answer is asked again every hour, for as long as it takes. Raises django.db.Error."""
    te_doen = Zending.objects.filter(
        Q(brief__adres="") | Q(brief__adres_op=None) | Q(brief__adres_op__lte=now - OPNIEUW_OPZOEKEN),
        kanaal=Kanaal.BRIEF,
        brief__isnull=False,
        brief__bundel=None,
        verzonden_op=None,
        mislukt_op=None,
        volgende_poging_op__lte=now,
    )
    ids = list(te_doen.order_by("volgende_poging_op").values_list("pk", flat=True)[:PER_RONDE])
    return sum(_find(zending_id, now) for zending_id in ids)


def _find(zending_id: UUID, now: datetime) -> bool:
    zending = Zending.objects.get(pk=zending_id)
    try:
        partij = _partij(zending)
        regels = _lines(partij)
    except BronOnbereikbaar:
        Zending.objects.filter(pk=zending_id).update(
            volgende_poging_op=now + OPNIEUW_NA, laatste_fout=REGISTER_WEG
        )
        log.warning("brief %s wacht op het register", zending_id)
        return False
    with transaction.atomic():
        if partij is not None:
            _note_asked(zending)
        if not regels:
            _give_up(zending, now)
            return False
        BriefInhoud.objects.filter(pk=zending_id, bundel=None).update(
            adres=json.dumps(regels, ensure_ascii=False), adres_op=now
        )
        Zending.objects.filter(pk=zending_id).update(laatste_fout="")
    return True


def _note_asked(zending: Zending) -> None:
    """The register answered, whatever it said: also who has no whole address was looked up."""
    audit.record(
        actor_soort=audit.SYSTEEM,
        actor_key="",
        actie="adres.opgevraagd",
        object_ref=partij_ref(zending.betrokkene_key),
    )


def _partij(zending: Zending) -> Partij | None:
    """From any of its zaken. Raises BronOnbereikbaar."""
    for ref in sorted(list_zaak_refs(zending)):
        try:
            return get_partij(ZaakRef.parse(ref), zending.betrokkene_key)
        except NietGevonden:
            continue  # the zaak is gone, or they have no part in it any more
    return None


def _lines(partij: Partij | None) -> tuple[str, ...]:
    """Name, street and town; nothing when the register does not know all three. Raises BronOnbereikbaar."""
    if partij is None:
        return ()
    try:
        adres = get_persoon(partij) if partij.soort is Soort.INWONER else get_onderneming(partij)
    except NietGevonden:
        return ()
    naam = adres.naam if isinstance(adres, Persoon) else adres.vestiging_naam or adres.handelsnaam
    if not all((naam, adres.straat_huisnummer, adres.postcode, adres.woonplaats)):
        return ()
    return naam, adres.straat_huisnummer, f"{adres.postcode}  {adres.woonplaats.upper()}"


def _give_up(zending: Zending, now: datetime) -> None:
    """No letter can go. The behandelaar has to find another way."""
    with transaction.atomic():
        klaar = Zending.objects.filter(pk=zending.pk, mislukt_op=None)
        if not klaar.update(mislukt_op=now, laatste_fout=Uitkomst.GEEN_POSTADRES):
            return
        bewijs.note(
            BewijsSoort.VERVALLEN,
            betrokkene_key=zending.betrokkene_key,
            zending_id=zending.pk,
            moment=now,
            kenmerken={"reden": str(Uitkomst.GEEN_POSTADRES)},
        )
        open_herstel(zending.betrokkene_key, list_zaak_refs(zending), now)
    log.warning("brief %s: het register heeft geen adres", zending.pk)
