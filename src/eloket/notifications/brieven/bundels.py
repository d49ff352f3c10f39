"""The print queue: somebody takes what is ready, prints it, and says when it was posted. Nothing is taken twice.

For who may divide the work (Recht.VERDELEN), over all afdelingen: the letters say nothing of a zaak, and one post room
serves the whole municipality.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from eloket.audit import service as audit
from eloket.identity.types import Actor, Recht, partij_ref
from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer
from eloket.kernel.klok import datum_van, nu
from eloket.notifications import bewijs
from eloket.notifications.brieven.inhoud import hash_inhoud, make_pdf, write_inhoud
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud, is_printable
from eloket.notifications.brieven.types import BundelPdf
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.nog_daar import still_waiting
from eloket.notifications.types import BewijsSoort, Uitkomst

PER_BUNDEL = 100
NIETS = "Er zijn geen brieven om te printen. Misschien heeft een collega ze net gepakt."
AL_GEPOST = "Deze brieven zijn al op de post gedaan. Bekijk de lijst opnieuw."
NIET_GEPOST = "Deze brieven zijn nog niet op de post gedaan. Bekijk de lijst opnieuw."
GEEN_RECHT = "U mag geen brieven printen. Vraag uw beheerder om het recht om zaken te verdelen."
VERKEERDE_DAG = (
    "Kies een dag die niet in de toekomst ligt, en niet voor de dag waarop de brieven zijn gemaakt."
)


def make_bundel(actor: Actor) -> UUID:
    """Take the letters that are ready, oldest first, at most PER_BUNDEL; what they say is fixed from now on.

    Who comes at the same time gets others, or none. Raises NietToegestaan when there are none.
    """
    _must_divide(actor)
    bundel = _bundle(actor)
    if bundel is None:  # said outside the transaction: what was overtaken stays ended
        raise NietToegestaan(NIETS)
    return bundel.pk


@transaction.atomic
def _bundle(actor: Actor) -> Briefbundel | None:
    now = nu()
    brieven = _fresh(_take(now), now)
    if not brieven:
        return None
    bundel = Briefbundel.objects.create(gemaakt_op=now, gemaakt_door=actor.key, aantal=len(brieven))
    for brief in brieven:
        brief.bundel = bundel
    BriefInhoud.objects.bulk_update(brieven, ["inhoud", "sha256", "bundel"])
    _audit(actor, "brieven.gebundeld", bundel, aantal=len(brieven))
    _audit_brieven(actor, "brief.gemaakt", bundel)
    return bundel


def get_pdf(actor: Actor, bundel_id: UUID) -> BundelPdf:
    """All letters of a bundle in one file, as often as it is asked for. Raises NietGevonden, NietToegestaan."""
    _must_divide(actor)
    bundel = Briefbundel.objects.filter(pk=bundel_id, ingetrokken_op=None).first()
    if bundel is None:
        raise NietGevonden
    brieven = bundel.brieven.order_by("zending__gemaakt_op", "pk")
    inhouden = list(brieven.values_list("inhoud", flat=True))
    with transaction.atomic():
        _audit(actor, "brieven.opgeslagen", bundel, aantal=len(inhouden))
        _audit_brieven(actor, "brief.opgeslagen", bundel)
    return BundelPdf(bundel.gemaakt_op, make_pdf(inhouden, bundel.gemaakt_op))


def mark_posted(actor: Actor, bundel_id: UUID, dag: date) -> None:
    """These letters went to the post on this day. The same day twice is once.

    Raises NietGevonden, NietToegestaan (another day stands there already), OngeldigeInvoer for a day that cannot be.
    """
    with _held(actor, bundel_id) as (bundel, now):
        if bundel.gepost_op == dag:
            return
        if bundel.gepost_op is not None:
            raise NietToegestaan(AL_GEPOST)
        if not datum_van(bundel.gemaakt_op) <= dag <= datum_van(now):
            raise OngeldigeInvoer(VERKEERDE_DAG)
        bundel.gepost_op = dag
        bundel.save(update_fields=["gepost_op"])
        Zending.objects.filter(brief__bundel=bundel).update(verzonden_op=now)
        _note(bundel, BewijsSoort.BRIEF_OP_POST, now, dag=dag.isoformat())
        _audit(actor, "brieven.gepost", bundel, aantal=bundel.aantal)
        _audit_brieven(actor, "brief.gepost", bundel)


def undo_posted(actor: Actor, bundel_id: UUID) -> None:
    """They did not go after all. The letters stay in their bundle. Raises NietGevonden, NietToegestaan."""
    with _held(actor, bundel_id) as (bundel, now):
        if bundel.gepost_op is None:
            raise NietToegestaan(NIET_GEPOST)
        bundel.gepost_op = None
        bundel.save(update_fields=["gepost_op"])
        Zending.objects.filter(brief__bundel=bundel).update(verzonden_op=None)
        _note(bundel, BewijsSoort.BRIEF_TERUG, now)
        _audit(actor, "brieven.niet_gepost", bundel, aantal=bundel.aantal)
        _audit_brieven(actor, "brief.niet_gepost", bundel)


def put_back(actor: Actor, bundel_id: UUID) -> None:
    """Back in the queue, for whoever takes them when their address was found anew; the bundle is gone. Raises
    NietGevonden, NietToegestaan."""
    with _held(actor, bundel_id) as (bundel, now):
        if bundel.gepost_op is not None:
            raise NietToegestaan(AL_GEPOST)
        _audit_brieven(actor, "brief.teruggezet", bundel)  # before they are no longer in it
        Zending.objects.filter(brief__bundel=bundel).update(volgende_poging_op=now)
        bundel.brieven.update(bundel=None, inhoud="", sha256="", adres="", adres_op=None)
        bundel.ingetrokken_op = now
        bundel.save(update_fields=["ingetrokken_op"])
        _audit(actor, "brieven.teruggezet", bundel, aantal=bundel.aantal)


def may_print(actor: Actor) -> bool:
    return Recht.VERDELEN in actor.rechten


def _must_divide(actor: Actor) -> None:
    if not may_print(actor):
        raise NietToegestaan(GEEN_RECHT)


@contextmanager
def _held(actor: Actor, bundel_id: UUID) -> Iterator[tuple[Briefbundel, datetime]]:
    """The bundle, in a transaction that keeps others from it."""
    _must_divide(actor)
    with transaction.atomic():
        bundel = Briefbundel.objects.select_for_update().filter(pk=bundel_id, ingetrokken_op=None).first()
        if bundel is None:
            raise NietGevonden
        yield bundel, nu()


def _take(now: datetime) -> list[BriefInhoud]:
    klaar = BriefInhoud.objects.filter(bundel=None, zending__verzonden_op=None, zending__mislukt_op=None)
    klaar = klaar.filter(is_printable(now)).order_by("zending__gemaakt_op", "pk")
    if connection.features.has_select_for_update_skip_locked:
        klaar = klaar.select_for_update(skip_locked=True, of=("self",))
    return list(klaar[:PER_BUNDEL])


def _fresh(brieven: Sequence[BriefInhoud], now: datetime) -> list[BriefInhoud]:
    """Those with something in them that was not opened since and still waits; what they say is written down. The others
    end here."""
    per_brief: dict[UUID, list[Notificatie]] = {brief.pk: [] for brief in brieven}
    rijen = list(Notificatie.objects.filter(zending__in=list(per_brief), geopend_op=None).order_by("id"))
    wachtend = set(still_waiting(rijen, als_onbekend=True))
    for rij in rijen:
        if rij.zending_id and rij.pk in wachtend:
            per_brief[rij.zending_id].append(rij)
    over = []
    for brief in brieven:
        if notificaties := per_brief[brief.pk]:
            brief.inhoud = write_inhoud(brief.pk, brief.adres, notificaties, now)
            brief.sha256 = hash_inhoud(brief.inhoud)
            over.append(brief)
    ingehaald = [pk for pk, notificaties in per_brief.items() if not notificaties]
    Zending.objects.filter(pk__in=ingehaald).update(mislukt_op=now, laatste_fout=Uitkomst.INGEHAALD)
    keys = Zending.objects.filter(pk__in=ingehaald).values_list("pk", "betrokkene_key")
    bewijs.note_all(
        (
            bewijs.Feit(
                BewijsSoort.VERVALLEN, key, zending_id=pk, kenmerken={"reden": str(Uitkomst.INGEHAALD)}
            )
            for pk, key in keys
        ),
        now,
    )
    return over


def _note(bundel: Briefbundel, soort: BewijsSoort, now: datetime, **kenmerken: str) -> None:
    rijen = bundel.brieven.values_list("pk", "zending__betrokkene_key", "sha256")
    bewijs.note_all(
        (
            bewijs.Feit(soort, key, zending_id=pk, kenmerken={**kenmerken, "sha256": sha})
            for pk, key, sha in rijen
        ),
        now,
    )


def _audit_brieven(actor: Actor, actie: str, bundel: Briefbundel) -> None:
    """A line per letter, about the party it is for: they can see who held their name and address. With the bundle, and
    of which zaken it tells."""
    rijen = bundel.brieven.values_list("pk", "zending__betrokkene_key", "zending__notificaties__zaak_ref")
    brieven: dict[tuple[UUID, str], set[str]] = defaultdict(set)
    for pk, key, zaak_ref in rijen:
        brieven[pk, key] |= {zaak_ref} if zaak_ref else set()
    audit.record_all(
        (
            (
                partij_ref(key),
                {"brief": str(pk), "bundel": str(bundel.pk), "zaken": " ".join(sorted(refs))},
            )
            for (pk, key), refs in sorted(brieven.items())
        ),
        actor_soort=actor.soort,
        actor_key=actor.key,
        actie=actie,
    )


def _audit(actor: Actor, actie: str, bundel: Briefbundel, *, aantal: int) -> None:
    audit.record(
        actor_soort=actor.soort,
        actor_key=actor.key,
        actie=actie,
        object_ref=f"briefbundel-{bundel.pk}",
        aantal=aantal,
    )
