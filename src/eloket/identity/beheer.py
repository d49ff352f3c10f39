"""Keeping the list of civil servants: who may log in at the werkplek, and for which afdelingen."""

from collections.abc import Collection

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.access import medewerker_key
from eloket.identity.errors import AfdelingOnbekend
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.sessie import logout_everywhere


def save_medewerker(
    *, subject: str, naam: str, functie: str, afdelingen: Collection[str], is_actief: bool = True
) -> bool:
    """Add or change a civil servant; True when new. `subject` is what the staff login provider sends as `sub`.

    Their sessions end at once, because a session holds the afdelingen. Raises AfdelingOnbekend.
    """
    codes = set(afdelingen)
    with transaction.atomic():
        gevonden = list(Afdeling.objects.filter(code__in=codes))
        if onbekend := codes - {afdeling.code for afdeling in gevonden}:
            raise AfdelingOnbekend(f"Deze afdeling bestaat niet: {', '.join(sorted(onbekend))}.")
        rij, is_nieuw = Medewerker.objects.update_or_create(
            subject=subject, defaults={"naam": naam, "functie": functie, "is_actief": is_actief}
        )
        rij.afdelingen.set(gevonden)
        key = medewerker_key(subject)
        logout_everywhere(key)
        audit.record(
            actor_soort="beheer",
            actor_key="",
            actie="medewerker.bewaard",
            object_ref=key[:32],
            actief=is_actief,
        )
    return is_nieuw
