"""Keeps a civil servant as their groups at the login provider say, at every login (identity.koppeling).

A session holds what somebody may, so a change ends all of theirs at once. LaatsteBeheerder does not count here: the
provider decides, and `eloket medewerker --vast` is the way in when no group gives Recht.BEHEREN.
"""

import logging
from collections.abc import Mapping
from typing import Any

from eloket.audit import service as audit
from eloket.identity.access import medewerker_key
from eloket.identity.beheer import BEHEER, in_volgorde
from eloket.identity.claims import name_of, subject_of
from eloket.identity.koppeling import Toekenning, grant, read_groepen
from eloket.identity.middel import Middel
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.sessie import logout_everywhere
from eloket.identity.types import RechtenBron, Soort

log = logging.getLogger(__name__)
_ZONDER_NAAM = "Medewerker zonder naam"


def keep_up(middel: Middel, claims: Mapping[str, Any]) -> bool:
    """Make or change who logs in, as their groups say. False: no group of theirs gives anything, and they are not
    active any more.

    In the caller's transaction, which must commit also when this is False. It holds the row, so that of two logins of
    the same person the last one leaves no session with the rights of the first. Raises LoginMislukt, GroepenOverschot.
    """
    subject, naam = subject_of(middel, claims), name_of(middel, claims)
    gegeven = grant(middel.groepen, read_groepen(claims, middel.claims.groepen))
    is_nieuw = gegeven is not None and _add(subject, naam or _ZONDER_NAAM)
    rij = Medewerker.objects.select_for_update(of=("self",)).filter(subject=subject).first()
    if rij is None:  # never a member: nothing is kept of them
        return False
    if rij.rechten_van == RechtenBron.VAST:
        return True
    if gegeven is None:
        _stop(rij, middel)
        return False
    if rij.is_actief or rij.is_uitgestroomd:  # somebody whom a manager shut out stays out
        _give(rij, gegeven, naam, middel, is_nieuw=is_nieuw)
    return True


def _add(subject: str, naam: str) -> bool:
    """A row without any right, when there is none. Of two first logins at once one makes it."""
    begin = {"naam": naam, "rechten": [], "rechten_van": RechtenBron.GROEPEN}
    return Medewerker.objects.get_or_create(subject=subject, defaults=begin)[1]


def _stop(rij: Medewerker, middel: Middel) -> None:
    """Not active any more. Their zaken stay theirs; what comes in goes as for who left (identity.afwezigheid)."""
    if not rij.is_actief:
        return
    rij.is_actief, rij.is_uitgestroomd, rij.rechten_van = False, True, RechtenBron.GROEPEN
    rij.save(update_fields=["is_actief", "is_uitgestroomd", "rechten_van"])
    logout_everywhere(medewerker_key(rij.subject))
    _record(rij, "medewerker.uitgestroomd", middel, velden="is_actief")


def _give(rij: Medewerker, gegeven: Toekenning, naam: str, middel: Middel, *, is_nieuw: bool) -> None:
    afdelingen = {een.code: een for een in Afdeling.objects.filter(code__in=gegeven.afdelingen)}
    for code in sorted(gegeven.afdelingen - afdelingen.keys()):
        log.error("groepen: afdeling %s bestaat niet", code)
    nu = {een.code for een in rij.afdelingen.all()}
    had = _codes(nu, rij.rechten, rij.zaaktypen)
    krijgt = _codes(afdelingen, gegeven.rechten, gegeven.zaaktypen)
    anders = {
        "naam": bool(naam) and naam != rij.naam,
        "afdelingen": nu != afdelingen.keys(),
        "rechten": {*rij.rechten} != gegeven.rechten,
        "zaaktypen": {*rij.zaaktypen} != gegeven.zaaktypen,
        "is_actief": not rij.is_actief,
    }
    if not (is_nieuw or any(anders.values()) or rij.rechten_van != RechtenBron.GROEPEN):
        return
    rij.naam = naam or rij.naam
    rij.rechten, rij.zaaktypen = in_volgorde(gegeven.rechten), sorted(gegeven.zaaktypen)
    rij.is_actief, rij.is_uitgestroomd, rij.rechten_van = True, False, RechtenBron.GROEPEN
    rij.save()
    rij.afdelingen.set(afdelingen.values())
    logout_everywhere(medewerker_key(rij.subject))
    _record(
        rij,
        "medewerker.ingestroomd" if is_nieuw else "medewerker.bijgewerkt",
        middel,
        velden=", ".join(veld for veld, is_anders in anders.items() if is_anders),
        erbij=" ".join(sorted(krijgt - had)),
        eraf=" ".join(sorted(had - krijgt)),
    )


def _codes(*delen: Any) -> set[str]:
    """For the audit trail: what somebody has, in codes."""
    soorten = ("afdeling", "recht", "zaaktype")
    return {f"{soort}:{een}" for soort, deel in zip(soorten, delen, strict=True) for een in deel}


def _record(rij: Medewerker, actie: str, middel: Middel, **kenmerken: str) -> None:
    """By the login of whom it is about."""
    audit.record(
        actor_soort=Soort.MEDEWERKER,
        actor_key=medewerker_key(rij.subject),
        actie=actie,
        object_ref=BEHEER,
        onderdeel=f"medewerker:{rij.pk}",
        middel=middel.code,
        **kenmerken,
    )
