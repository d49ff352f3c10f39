"""The versions of a form in the hands of the municipality: upload, publish with a second pair of eyes, withdraw.

A version never changes; what happens to it is a step of its state:

    concept -> gepubliceerd -> vervangen | ingetrokken -> gepubliceerd again

Nobody publishes what they made themselves. Going back to a version that was published before takes one person: a second
one looked at it then, and an emergency is no time to wait for a colleague. Every step is in the trail of beheer. Drafts
stay on the version that they began with, whatever happens to it.
"""

import re
from collections.abc import Callable, Iterator

from django.db import IntegrityError, transaction

from eloket.identity.beheer import must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.niveaus import is_sure_enough
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, vandaag
from eloket.kernel.yamlbestand import Fout
from eloket.loket.errors import FormulierNietGevonden, FormulierNietToegestaan
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.lezen import FormulierOngeldig, read_definitie, sha_of
from eloket.loket.models import Concept, FormulierVersie
from eloket.loket.types import VersieStand
from eloket.loket.versiebeheer import merk_of
from eloket.loket.versies import lock_versies, replace_gepubliceerd
from eloket.zaken.bronnen import bron_voor_nieuwe_zaken
from eloket.zaken.errors import ZaakTypeOnbekend

MAX_BESTAND = 100_000  # bytes: three times the largest form that comes with the product
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TERUG = (VersieStand.VERVANGEN, VersieStand.INGETROKKEN)


def upload_versie(actor: Actor | None, slug: str, inhoud: bytes) -> tuple[int, bool]:
    """Keep a form as its next version, to be looked at and published by somebody else. `slug` is the name of the form.

    Returns the number, and whether it is new: a text that is a version already, becomes no other one. Raises
    BeheerOngeldig (the name), FormulierOngeldig with every mistake, BeheerGewijzigd, BronOnbereikbaar.
    """
    must_manage(actor)
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise BeheerOngeldig(
            {"naam": "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld: standplaats-aanvragen."}
        )
    tekst = _decode(slug, inhoud)
    read_sound(slug, tekst)
    sha = sha_of(tekst.encode())
    try:
        with transaction.atomic():
            rijen = lock_versies(slug)
            if bestaand := next((rij for rij in rijen if rij.sha == sha), None):
                return bestaand.versie, False
            versie = rijen[-1].versie + 1 if rijen else 1
            FormulierVersie.objects.create(
                slug=slug,
                versie=versie,
                sha=sha,
                inhoud=tekst,
                gemaakt_op=nu(),
                gemaakt_door_key=actor.key if actor else "",
            )
            _note(actor, "formulier.toegevoegd", slug, versie, sha)
    except IntegrityError as error:  # two people brought the first version of one form
        raise BeheerGewijzigd from error
    return versie, True


def publish_versie(actor: Actor, slug: str, versie: int, *, merk: str) -> None:
    """From now on visitors begin with this version; the one that was published is replaced. `merk` is what the actor
    saw (`versiebeheer.VersieRegel.merk`).

    Raises FormulierNietGevonden, BeheerGewijzigd (a colleague was first), FormulierNietToegestaan (who made it cannot
    publish it; or it was published before: that is `put_back`), FormulierOngeldig when it is no longer sound (a
    zaaktype that is gone, a day that has passed).
    """

    def step(rij: FormulierVersie) -> None:
        if rij.stand != VersieStand.CONCEPT:
            raise FormulierNietToegestaan("Deze versie is al eerder gepubliceerd.")
        if rij.gemaakt_door_key == actor.key:
            raise FormulierNietToegestaan(EIGEN_WERK)
        _make_public(actor, rij)
        _note(actor, "formulier.gepubliceerd", slug, versie, rij.sha)

    _take_step(actor, slug, versie, merk, step)


def put_back(actor: Actor, slug: str, versie: int, *, merk: str) -> None:
    """Publish a version that was published before: one pair of eyes. Raises as publish_versie."""

    def step(rij: FormulierVersie) -> None:
        if rij.stand not in _TERUG:
            raise FormulierNietToegestaan("Alleen een versie die eerder gepubliceerd was, kan terug.")
        _make_public(actor, rij)
        _note(actor, "formulier.teruggezet", slug, versie, rij.sha)

    _take_step(actor, slug, versie, merk, step)


def withdraw_versie(actor: Actor, slug: str, versie: int, *, merk: str) -> None:
    """Nobody can begin the form any more; who was filling it in can finish. Raises as publish_versie."""

    def step(rij: FormulierVersie) -> None:
        if rij.stand != VersieStand.GEPUBLICEERD:
            raise FormulierNietToegestaan("Alleen een gepubliceerde versie kan ingetrokken worden.")
        rij.stand = VersieStand.INGETROKKEN
        rij.save(update_fields=["stand"])
        _note(actor, "formulier.ingetrokken", slug, versie, rij.sha)

    _take_step(actor, slug, versie, merk, step)


def delete_versie(actor: Actor, slug: str, versie: int, *, merk: str) -> None:
    """Throw away a version that was never published. Raises as publish_versie."""

    def step(rij: FormulierVersie) -> None:
        in_gebruik = Concept.objects.filter(formulier=slug, versie=versie).exists()
        if rij.stand != VersieStand.CONCEPT or in_gebruik:
            raise FormulierNietToegestaan(
                "Deze versie is gepubliceerd geweest. U kunt de versie niet weggooien, wel intrekken."
            )
        rij.delete()
        _note(actor, "formulier.verwijderd", slug, versie, rij.sha)

    _take_step(actor, slug, versie, merk, step)


EIGEN_WERK = "U heeft deze versie zelf gemaakt. Een collega die mag beheren, bekijkt en publiceert de versie."


def read_sound(slug: str, tekst: str) -> Definitie:
    """The form, with everything it refers to: its zaaktypen and the forms after a check. Raises FormulierOngeldig,
    BronOnbereikbaar."""
    return read_definitie(slug, tekst.encode(), vandaag(), _check_references)


def _check_references(definitie: Definitie) -> Iterator[Fout]:
    zaak = definitie.zaak
    if zaak is not None:
        soorten = [
            (("zaak", "zaaktype"), zaak.zaaktype),
            *((("zaak", "anders", n, "zaaktype"), een.zaaktype) for n, een in enumerate(zaak.anders)),
        ]
        for plek, zaaktype in soorten:
            try:
                vraagt = bron_voor_nieuwe_zaken().get_zaaktype(zaaktype).zekerheid
            except ZaakTypeOnbekend:
                yield plek, f"er is geen zaaktype {zaaktype}"
                continue
            if not is_sure_enough(definitie.nodig, vraagt):
                yield (
                    ("zekerheid",),
                    f"het zaaktype {zaaktype} vraagt om zekerheid: {vraagt}, het formulier om minder",
                )
    bekend = set(FormulierVersie.objects.values_list("slug", flat=True)) if definitie.uitkomsten else set()
    for nummer, uitkomst in enumerate(definitie.uitkomsten):
        if uitkomst.formulier and uitkomst.formulier not in bekend:
            yield (
                ("uitkomsten", nummer, "formulier"),
                f"er is geen formulier met de naam {uitkomst.formulier}",
            )


def _decode(slug: str, inhoud: bytes) -> str:
    """Lines that end in \\n, one at the end. Raises FormulierOngeldig for what is too large or no UTF-8."""
    if len(inhoud) > MAX_BESTAND:
        raise FormulierOngeldig((f"{slug}: het bestand is te groot. Gebruik hoogstens 100 kB",))
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormulierOngeldig(
            (f"{slug}: dit is geen tekst in UTF-8. Kies in uw editor ‘Opslaan als UTF-8’",)
        ) from error
    if not tekst.strip():
        raise FormulierOngeldig((f"{slug}: het bestand is leeg",))
    return tekst.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"


def _take_step(
    actor: Actor, slug: str, versie: int, merk: str, step: Callable[[FormulierVersie], None]
) -> None:
    """One step of one version, with all versions of the form locked. Raises FormulierNietGevonden, BeheerGewijzigd."""
    must_manage(actor)
    with transaction.atomic():
        rijen = lock_versies(slug)
        rij = next((een for een in rijen if een.versie == versie), None)
        if rij is None:
            raise FormulierNietGevonden
        if merk != merk_of(rij, rijen):
            raise BeheerGewijzigd(
                "Een collega heeft dit formulier net gewijzigd. Bekijk hoe het nu staat en kies opnieuw."
            )
        step(rij)


def _make_public(actor: Actor, rij: FormulierVersie) -> None:
    """Raises FormulierOngeldig."""
    read_sound(rij.slug, rij.inhoud)
    replace_gepubliceerd(rij.slug)
    rij.stand, rij.gepubliceerd_op, rij.gepubliceerd_door_key = VersieStand.GEPUBLICEERD, nu(), actor.key
    rij.save(update_fields=["stand", "gepubliceerd_op", "gepubliceerd_door_key"])


def _note(actor: Actor | None, actie: str, slug: str, versie: int, sha: str) -> None:
    note_beheer(actor, actie, f"formulier:{slug}", versie=versie, sha=sha[:12])
