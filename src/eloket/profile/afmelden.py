"""Writes: switching mail off and on again with the link in a mail, without a login (RFC 8058).

Whoever holds the mail holds the link, and that may be somebody it was forwarded to. So a link can only switch off, and
undo what it switched off itself; what the person chose while logged in, it never switches on.
"""

from collections.abc import Collection

from django.db import transaction

from eloket.audit import service as audit
from eloket.profile.models import Profiel
from eloket.profile.queries import can_undo
from eloket.profile.types import Rubriek, Wanneer
from eloket.profile.voorkeuren import keep

_ALLES = "alles"


def stop_rubrieken(profiel_key: str, rubrieken: Collection[Rubriek], *, link: str) -> None:
    """No more mail of these kinds. Doing it again changes nothing. `link` names the link, and holds no secret."""
    with transaction.atomic():
        rij = _lock(profiel_key)
        if rij is not None and _stop(rij, rubrieken, link):
            _note(rij, "profiel.afgemeld")


def stop_alles(profiel_key: str, *, link: str) -> None:
    """No mail at all any more, no receipts either. Doing it again changes nothing."""
    with transaction.atomic():
        rij = _lock(profiel_key)
        if rij is None:
            return
        voor = dict(rij.afgemeld)
        _stop(rij, (Rubriek.ONTVANGST,), link)
        if rij.wil_mail or _ALLES in rij.afgemeld:
            rij.wil_mail, rij.afgemeld[_ALLES] = False, [link, ""]
        if rij.afgemeld != voor:
            _note(rij, "profiel.afgemeld_van_alles")


def undo_stop(profiel_key: str, *, link: str) -> None:
    """Take back what this link switched off, and nothing else. Doing it again changes nothing."""
    with transaction.atomic():
        rij = _lock(profiel_key)
        eigen = can_undo(rij.afgemeld, link) if rij is not None else ()
        if rij is None or not eigen:
            return
        for wat in eigen:
            if wat == _ALLES:
                del rij.afgemeld[wat]
                rij.wil_mail = bool(rij.email or rij.email_nieuw)
            else:
                _restore(rij, wat)
        _note(rij, "profiel.afmelden_teruggedraaid")


def forget_stop_alles(rij: Profiel) -> None:
    """The person, logged in, wants mail again: receipts that went off with everything else come back too."""
    if _ALLES not in rij.afgemeld:
        return
    link, _ = rij.afgemeld.pop(_ALLES)
    if Rubriek.ONTVANGST.value in can_undo(rij.afgemeld, link):
        _restore(rij, Rubriek.ONTVANGST.value)
    rij.voorkeuren_versie += 1


def _stop(rij: Profiel, rubrieken: Collection[Rubriek], link: str) -> bool:
    """Whether this link had anything to switch off. What another link did is this one's from now on: the person holds
    the last one."""
    voor = dict(rij.afgemeld)
    for rubriek in map(str, rubrieken):
        _, vorige = rij.afgemeld.get(rubriek, (link, rij.meldingen.get(rubriek, Wanneer.DIRECT.value)))
        if vorige != Wanneer.NOOIT:
            rij.meldingen[rubriek] = Wanneer.NOOIT.value
            rij.afgemeld[rubriek] = [link, vorige]
    return bool(rij.afgemeld != voor)


def _restore(rij: Profiel, rubriek: str) -> None:
    _, vorige = rij.afgemeld.pop(rubriek)
    if vorige == Wanneer.DIRECT:
        rij.meldingen.pop(rubriek, None)
    else:
        rij.meldingen[rubriek] = vorige


def _lock(profiel_key: str) -> Profiel | None:
    """The row, for this transaction; None when this party never told us anything: then nothing is mailed either."""
    return (
        Profiel.objects.select_for_update().filter(profiel_key=profiel_key).first() if profiel_key else None
    )


def _note(rij: Profiel, actie: str) -> None:
    keep(rij)
    audit.record(actor_soort="link", actor_key=rij.profiel_key, actie=actie, object_ref=f"profiel-{rij.pk}")
