"""Logs many different people in, without a login. Import it after django.setup()."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, zip_longest

from django.conf import settings
from django.db import transaction
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils.crypto import get_random_string

from bench.pages import PAGES
from bench.values import Reader
from eloket.berichten.models import GesprekRegel
from eloket.identity.actor import actor_to_dict
from eloket.identity.models import Medewerker, Sessie
from eloket.identity.niveaus import Zekerheid
from eloket.identity.partijmerk import merk_of, write_merk
from eloket.identity.sessie import ACTOR, MAXIMUM, SessionStore
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Actor, Partij
from eloket.identity.zoekterm import seal_zoekterm
from eloket.kernel.klok import nu
from eloket.loket import service
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.sources.register.seed.bevolking import seed_bsn
from eloket.zaken.queries import list_werkvoorraad, list_zaken
from eloket.zaken.types import ZaakFilter
from eloket.zaken.werk import WerkFilter

_ZAKEN_PER_MEDEWERKER = 60

MELDING = "melding-openbare-ruimte"


def log_in_inwoners(zaken: int, lezers: int) -> list[Reader]:
    """At most this many residents, drawn from all who were seeded with this many zaken, who have a zaak."""
    personen = max(1, zaken // 5)  # as `eloket seed` has it
    nummers = random.Random(personen).sample(range(personen), min(lezers, personen))
    # At the highest level, so that no zaaktype asks to log in again.
    actoren = [
        replace(inwoner(seed_bsn(nummer), "J. de Vries"), zekerheid=Zekerheid.HOOG) for nummer in nummers
    ]
    gevonden = [(actor, ref) for actor in actoren if actor.partij and (ref := _zaak_of(actor.partij))]
    return _log_in([(actor, Reader("", ref, concept=_concept_of(actor))) for actor, ref in gevonden])


def _concept_of(actor: Actor) -> str:
    """A report that they filled in and did not send: the same one when this is measured again."""
    concept = service.start_concept(actor, MELDING, sleutel="b" * 32)
    invoer = {"soort": ["lamp"], "plaats": ["Lindelaan 12"], "omschrijving": ["De lamp is kapot.\n" * 20]}
    service.save_stap(actor, concept.id, StapPost("melding", invoer, Knop("verder"), "v", "", {}))
    return concept.id


def log_in_medewerkers() -> list[Reader]:
    """Everybody who has a zaak to work on, many times: each time with another zaak and another name to look for."""
    per_persoon = []
    for rij in Medewerker.objects.prefetch_related("afdelingen").order_by("pk"):
        codes = [afdeling.code for afdeling in rij.afdelingen.all()]
        actor = medewerker(rij.pk, codes, rij.naam, rij.subject)
        filter = WerkFilter(actor.afdelingen, limit=_ZAKEN_PER_MEDEWERKER)
        items = list_werkvoorraad(actor, filter).items
        refs = [str(item.ref) for item in items]
        met_gesprek = set(GesprekRegel.objects.filter(zaak_ref__in=refs).values_list("zaak_ref", flat=True))
        gesprekken = [ref for ref in refs if ref in met_gesprek] or refs
        namen = [item.aanvrager for item in items if "-" in item.aanvrager] or ["J. Niemand-Hier"]
        per_persoon.append(
            [
                (actor, Reader("", str(item.ref), item.identificatie, naam, gesprek=gesprek))
                for item, naam, gesprek in zip(items, cycle(namen), cycle(gesprekken), strict=False)
            ]
        )
    # In turn: the first readers are of every afdeling.
    return _log_in([lezer for ronde in zip_longest(*per_persoon) for lezer in ronde if lezer])


def _zaak_of(partij: Partij) -> str:
    """The newest zaak that is open, else the newest; "" for somebody without."""
    for is_open in (True, False):
        overzicht = list_zaken(partij, ZaakFilter(is_open=is_open, limit=1))
        if overzicht.zaken:
            return str(overzicht.zaken[0].ref)
    return ""


def _log_in(actoren: list[tuple[Actor, Reader]]) -> list[Reader]:
    """A session for each, as a login makes it, but good for almost eight hours without a request.

    So no request has to renew its session: a write that would come now and then, to the empty page as well.
    """
    lezers = []
    with transaction.atomic():
        for actor, lezer in actoren:
            sessie = SessionStore()
            bewaard = actor_to_dict(actor)
            sessie[ACTOR] = bewaard
            sessie.save()
            # The second cookie is there from the first page with a form on.
            csrf = f"{settings.CSRF_COOKIE_NAME}={get_random_string(CSRF_SECRET_LENGTH)}"
            cookie = f"{settings.SESSION_COOKIE_NAME}={sessie.session_key}; {csrf}"
            merk = write_merk(merk_of(bewaard))
            lezers.append(replace(lezer, cookie=cookie, merk=merk, zegels=_zegels_of(actor, lezer)))
        Sessie.objects.update(verloopt=nu() + MAXIMUM - timedelta(minutes=1))
    return lezers


def _zegels_of(actor: Actor, lezer: Reader) -> dict[str, str]:
    """What each page that searches holds in its address, for this reader."""
    plek = "werkplek" if actor.is_medewerker else "mijn-zaken"
    gezocht = {een.naam: een.zoek for een in PAGES if een.zoek and een.is_medewerker == actor.is_medewerker}
    return {
        naam: seal_zoekterm(actor, plek, zoek.format(nummer=lezer.nummer, naam=lezer.naam)).zegel
        for naam, zoek in gezocht.items()
    }
