"""The conversations that reach a civil servant, so that nothing waits for a person who is away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from eloket.berichten.bladeren import ONGELEZEN, Kandidaat, Plek, list_kandidaten
from eloket.berichten.models import Bericht, GesprekRegel
from eloket.berichten.queries import make_regels
from eloket.berichten.types import Gesprek
from eloket.identity.afwezigheid import list_afwezigen
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.zaken.queries import find_behandelaars
from eloket.zaken.types import ZaakRef

PER_PAGINA = 25
_MEESTE_GROEPEN = 8  # looked at for one page; beyond, the reader decides whether to look further


@dataclass(frozen=True, slots=True)
class Werkgesprekken:
    """A page of conversations; `volgende` is where the next one begins, '' when there is none."""

    regels: tuple[Gesprek, ...]
    volgende: str = ""


def list_werkgesprekken(actor: Actor, *, na: str = "", limit: int = PER_PAGINA) -> Werkgesprekken:
    """Conversations about zaken that the actor handles, that nobody of their afdelingen handles, or whose behandelaar
    is away today and replaced by the actor (by nobody: then by all): the unread ones first, then the newest.

    `na` is the `volgende` of another page; what cannot be read is the first page. When nearly everything is for others,
    a page can hold less than `limit` and still have a next one. The number of queries depends on the afdelingen of the
    actor, not on how much there is. Raises BronOnbereikbaar.
    """
    if actor.medewerker_id is None:
        return Werkgesprekken(())
    weg = list_afwezigen(vandaag())
    gekozen: list[tuple[Kandidaat, bool]] = []
    groepen = 0
    for groep in list_kandidaten(actor.afdelingen, Plek.parse(na)):
        for paar in _reaching(actor, groep, weg):
            if len(gekozen) == limit:
                return Werkgesprekken(_lines(gekozen), str(gekozen[-1][0].plek))
            gekozen.append(paar)
        groepen += bool(groep)
        if groepen == _MEESTE_GROEPEN:
            return Werkgesprekken(_lines(gekozen), str(groep[-1].plek))
    return Werkgesprekken(_lines(gekozen))


def _reaching(
    actor: Actor, groep: Sequence[Kandidaat], weg: Mapping[int, int | None]
) -> list[tuple[Kandidaat, bool]]:
    """Which of these reach the actor, each with whether somebody else handles the zaak."""
    refs = {een.zaak_ref: ZaakRef.parse(een.zaak_ref) for een in groep}
    van_wie = find_behandelaars(actor, tuple(refs.values()))
    ik = actor.medewerker_id
    afwezig = [een for een in groep if (wie := van_wie.get(refs[een.zaak_ref])) in weg and wie != ik]
    voor_allen = _to_everybody(actor, afwezig)

    def reaches(een: Kandidaat, wie: int | None) -> bool:
        if wie is not None and wie in weg and wie != ik:
            return weg[wie] in (None, ik) or een.gesprek_id in voor_allen
        return wie in (None, ik)

    zichtbaar = [(een, van_wie[refs[een.zaak_ref]]) for een in groep if refs[een.zaak_ref] in van_wie]
    return [(een, wie not in (None, ik)) for een, wie in zichtbaar if reaches(een, wie)]


def _to_everybody(actor: Actor, groep: Sequence[Kandidaat]) -> set[UUID]:
    """Those of these with an unread message that was addressed to a whole afdeling of the actor."""
    if not groep:
        return set()
    wacht = Bericht.objects.filter(ONGELEZEN, behandelaar_id=None, afdeling__in=actor.afdelingen)
    sleutels = [een.gesprek_id for een in groep]
    return set(wacht.filter(gesprek__in=sleutels).values_list("gesprek_id", flat=True))


def _lines(gekozen: Sequence[tuple[Kandidaat, bool]]) -> tuple[Gesprek, ...]:
    ongelezen = Q(berichten__is_van_gemeente=False, berichten__gelezen_op=None)
    gevonden = {
        rij.pk: rij
        for rij in GesprekRegel.objects.filter(pk__in=[een.gesprek_id for een, _ in gekozen]).annotate(
            aantal=Count("berichten"), ongelezen=Count("berichten", filter=ongelezen)
        )
    }
    rijen = [(gevonden[een.gesprek_id], waarneming) for een, waarneming in gekozen]
    return make_regels(
        [rij for rij, _ in rijen], [(rij.aantal, rij.ongelezen, waarneming) for rij, waarneming in rijen]
    )
