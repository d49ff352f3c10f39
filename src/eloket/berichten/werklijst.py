"""The conversations that reach a civil servant, so that nothing waits for a person who is away."""

from uuid import UUID

from django.db.models import Count, Q

from eloket.berichten.models import Bericht, GesprekRegel
from eloket.berichten.queries import make_regels
from eloket.berichten.types import Gesprek
from eloket.identity.afwezigheid import list_afwezigen
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.zaken.queries import find_behandelaars, list_werkvoorraad
from eloket.zaken.types import ZaakRef
from eloket.zaken.werk import WerkFilter

MEESTE = 50  # lines
_KANDIDATEN = 200  # of each kind, before who may see what
_WACHT = Q(is_van_gemeente=False, gelezen_op=None)


def list_werkgesprekken(actor: Actor) -> tuple[Gesprek, ...]:
    """Conversations about zaken that the actor handles, that nobody of their afdelingen handles, or whose behandelaar
    is away today and replaced by the actor (by nobody: then by all): the unread ones first, then the newest.

    At most MEESTE; a constant number of queries. Raises BronOnbereikbaar.
    """
    if actor.medewerker_id is None:
        return ()
    kandidaten = list(
        GesprekRegel.objects.filter(Q(pk__in=_candidates(actor)) | Q(zaak_ref__in=_lifted(actor)))
        .annotate(
            aantal=Count("berichten"),
            ongelezen=Count(
                "berichten", filter=Q(berichten__is_van_gemeente=False, berichten__gelezen_op=None)
            ),
        )
        .order_by("-laatst_op", "-pk")
    )
    refs = {rij.zaak_ref: ZaakRef.parse(rij.zaak_ref) for rij in kandidaten}
    van_wie = find_behandelaars(actor, tuple(refs.values()))
    weg, voor_allen = list_afwezigen(vandaag()), _to_everybody(actor)

    def reaches(rij: GesprekRegel) -> bool:
        ref = refs[rij.zaak_ref]
        if ref not in van_wie:
            return False
        wie = van_wie[ref]
        if wie in weg and wie != actor.medewerker_id:
            return weg[wie] in (None, actor.medewerker_id) or rij.pk in voor_allen
        return wie in (None, actor.medewerker_id)

    gekozen = [rij for rij in kandidaten if reaches(rij)]
    gekozen.sort(key=lambda rij: not rij.ongelezen)  # stable: within each half the newest first
    gekozen = gekozen[:MEESTE]
    return make_regels(
        gekozen,
        [
            (rij.aantal, rij.ongelezen, van_wie[refs[rij.zaak_ref]] not in (None, actor.medewerker_id))
            for rij in gekozen
        ],
    )


def _to_everybody(actor: Actor) -> set[UUID]:
    """Conversations with an unread message that was addressed to a whole afdeling of the actor."""
    wacht = Bericht.objects.filter(_WACHT, behandelaar_id=None, afdeling__in=actor.afdelingen)
    return set(wacht.order_by("-verzonden_op").values_list("gesprek_id", flat=True)[:_KANDIDATEN])


def _candidates(actor: Actor) -> set[UUID]:
    """What waits at the actor's afdelingen, and what was last said there."""
    wacht = Bericht.objects.filter(_WACHT, afdeling__in=actor.afdelingen).order_by("-verzonden_op")
    laatst = GesprekRegel.objects.filter(afdeling__in=actor.afdelingen).order_by("-laatst_op")
    return {
        *wacht.values_list("gesprek_id", flat=True)[:_KANDIDATEN],
        *laatst.values_list("pk", flat=True)[:_KANDIDATEN],
    }


def _lifted(actor: Actor) -> list[str]:
    """Zaken with a new message in the work lists: also those that came from another afdeling since."""
    eigen = WerkFilter(afdelingen=actor.afdelingen, behandelaar_id=actor.medewerker_id, limit=_KANDIDATEN)
    vrij = WerkFilter(afdelingen=actor.afdelingen, niet_toegewezen=True, limit=_KANDIDATEN)
    items = (*list_werkvoorraad(actor, eigen).items, *list_werkvoorraad(actor, vrij).items)
    return [str(item.ref) for item in items if item.nieuw_bericht]
