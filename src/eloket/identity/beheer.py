"""Keeping the list of civil servants: who may log in at the werkplek, and what they may do there.

Each verb is one transaction with its audit line: who, which object, which fields; never what stood in them.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.access import medewerker_key
from eloket.identity.errors import (
    AfdelingOnbekend,
    BeheerGewijzigd,
    BeheerOngeldig,
    EigenRechtenVerlies,
    LaatsteBeheerder,
)
from eloket.identity.middelen import has_groepen
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.sessie import logout_everywhere
from eloket.identity.types import Actor, Recht, RechtenBron
from eloket.kernel.errors import NietGevonden

BEHEER = "beheer"  # the object_ref of every line about the configuration: one list, read by an index
MAX_SUBJECT, MAX_NAAM, MAX_FUNCTIE = 120, 120, 80


@dataclass(frozen=True, slots=True)
class Medewerkersrij:
    """A civil servant as a functional manager keeps them. `subject` is what the staff login sends as `sub`.

    `zaaktypen`: the only ones that they see; empty is all of their afdelingen. Away from `afwezig_van` until and
    including `afwezig_tot`; what comes in meanwhile goes to `vervanger` (a subject), or to the afdeling.
    """

    subject: str = field(repr=False)
    naam: str = field(repr=False)
    functie: str = ""
    afdelingen: frozenset[str] = frozenset()
    rechten: frozenset[Recht] = frozenset({Recht.BEHANDELEN})
    zaaktypen: frozenset[str] = frozenset()
    is_actief: bool = True
    afwezig_van: date | None = None
    afwezig_tot: date | None = None
    vervanger: str = field(default="", repr=False)
    id: int = 0
    rechten_van: RechtenBron | None = None  # None: as it is

    @property
    def merk(self) -> str:
        """Differs as soon as anything of it differs: what a form was made from."""
        return fingerprint(
            self.subject, self.naam, self.functie, sorted(self.afdelingen), sorted(self.rechten),
            sorted(self.zaaktypen), self.is_actief, self.afwezig_van, self.afwezig_tot, self.vervanger,
        )  # fmt: skip


def managed_by_groups(rij: Medewerkersrij) -> bool:
    """Whether their groups at the login provider say what they are called and may do, so that nobody here does."""
    return rij.rechten_van is RechtenBron.GROEPEN and has_groepen()


def fingerprint(*delen: object) -> str:
    """Short, and the same for the same values: for forms that two people may have open at once."""
    return hashlib.sha256(repr(delen).encode()).hexdigest()[:16]


def may_manage(actor: Actor) -> bool:
    """A functional manager."""
    return actor.is_medewerker and Recht.BEHEREN in actor.rechten


def must_manage(actor: Actor | None) -> None:
    """Raises NietGevonden: who may not manage never learns what there is. None is a command on the server."""
    if actor is not None and not may_manage(actor):
        raise NietGevonden


def note_beheer(actor: Actor | None, actie: str, onderdeel: str, **kenmerken: str | int | bool) -> None:
    """The audit line of a change of the configuration; `onderdeel` as `zaaktype:KAPVERGUNNING`."""
    audit.record(
        actor_soort=actor.soort if actor else "opdracht",
        actor_key=actor.key if actor else "",
        actie=actie,
        object_ref=BEHEER,
        onderdeel=onderdeel,
        **kenmerken,
    )


def list_alle() -> tuple[Medewerkersrij, ...]:
    """Every civil servant, active or not, by name. Two queries."""
    rijen = Medewerker.objects.select_related("vervanger").prefetch_related("afdelingen")
    return tuple(_rij(rij) for rij in rijen.order_by("naam", "pk"))


def get_rij(medewerker_id: str) -> Medewerkersrij:
    """Raises NietGevonden, also for what is no number."""
    if not (medewerker_id.isascii() and medewerker_id.isdigit() and len(medewerker_id) < 10):
        raise NietGevonden
    rijen = Medewerker.objects.select_related("vervanger").prefetch_related("afdelingen")
    rij = rijen.filter(pk=int(medewerker_id)).first()
    if rij is None:
        raise NietGevonden
    return _rij(rij)


def save_medewerker(
    *,
    subject: str,
    naam: str,
    functie: str,
    afdelingen: Collection[str],
    is_actief: bool = True,
    rechten: Collection[Recht] = (Recht.BEHANDELEN,),
    zaaktypen: Collection[str] = (),
    is_vast: bool = False,
) -> bool:
    """Add or change a civil servant from the command line; True when new. Their absence stays as it was. `is_vast`:
    groups at the login provider never change them, also not at their next login.

    Their sessions end at once, because a session holds what they may. Raises AfdelingOnbekend, BeheerOngeldig,
    LaatsteBeheerder.
    """
    with transaction.atomic():
        oud = _find(subject)
        wens = Medewerkersrij(
            subject=subject,
            naam=naam,
            functie=functie,
            afdelingen=frozenset(afdelingen),
            rechten=frozenset(rechten),
            zaaktypen=frozenset(zaaktypen),
            is_actief=is_actief,
            rechten_van=_source(oud, is_vast=is_vast),
        )
        if oud:
            wens = replace(
                wens, afwezig_van=oud.afwezig_van, afwezig_tot=oud.afwezig_tot, vervanger=oud.vervanger
            )
        keep_medewerker(None, wens)
    return oud is None


def _source(oud: Medewerkersrij | None, *, is_vast: bool) -> RechtenBron | None:
    if is_vast:
        return RechtenBron.VAST
    return RechtenBron.BEHEER if oud and oud.rechten_van is RechtenBron.VAST else None


def keep_medewerker(
    actor: Actor | None, wens: Medewerkersrij, *, merk: str | None = None, is_zeker: bool = False
) -> Medewerkersrij:
    """Add or change the civil servant with this subject. `merk` is of what the form was made from ('' for a new one).

    Their sessions end at once. What the groups of somebody say, a manager leaves as it is. Raises AfdelingOnbekend,
    BeheerOngeldig, BeheerGewijzigd, LaatsteBeheerder, and EigenRechtenVerlies when a manager shuts themselves out
    without `is_zeker`.
    """
    must_manage(actor)
    with transaction.atomic():
        # All of them: of two managers who each take away the right of the other, the second finds what the first did.
        beheerders_voor = _managers()
        oud = _find(wens.subject)
        if actor is not None and oud is not None and managed_by_groups(oud):
            wens = replace(
                wens, naam=oud.naam, afdelingen=oud.afdelingen, rechten=oud.rechten, zaaktypen=oud.zaaktypen
            )
        velden = _changed(oud, wens)
        if oud is not None and not velden:
            return oud  # also the second click of a double click
        if merk is not None and merk != (oud.merk if oud else ""):
            raise BeheerGewijzigd
        _check(wens)
        is_eigen = actor is not None and oud is not None and oud.id == actor.medewerker_id
        if is_eigen and not is_zeker and not (wens.is_actief and Recht.BEHEREN in wens.rechten):
            raise EigenRechtenVerlies
        rij = _write(wens)
        if beheerders_voor and not _managers():
            raise LaatsteBeheerder
        logout_everywhere(medewerker_key(wens.subject))
        note_beheer(
            actor,
            "medewerker.bewaard" if oud else "medewerker.toegevoegd",
            f"medewerker:{rij.pk}",
            velden=", ".join(velden),
        )
        return _rij(rij)


def _managers() -> list[int]:
    rijen = Medewerker.objects.select_for_update(of=("self",)).filter(is_actief=True).order_by("pk")
    return [pk for pk, rechten in rijen.values_list("pk", "rechten") if Recht.BEHEREN in rechten]


def _find(subject: str) -> Medewerkersrij | None:
    rij = Medewerker.objects.select_related("vervanger").filter(subject=subject).first()
    return _rij(rij) if rij else None


def _check(wens: Medewerkersrij) -> None:
    fouten = {}
    if not wens.subject or len(wens.subject) > MAX_SUBJECT:
        fouten["subject"] = f"Vul de inlognaam in. Gebruik hoogstens {MAX_SUBJECT} tekens."
    if not wens.naam or len(wens.naam) > MAX_NAAM:
        fouten["naam"] = f"Vul de naam in. Gebruik hoogstens {MAX_NAAM} tekens."
    if len(wens.functie) > MAX_FUNCTIE:
        fouten["functie"] = f"De functie is te lang. Gebruik hoogstens {MAX_FUNCTIE} tekens."
    if (wens.afwezig_van is None) != (wens.afwezig_tot is None):
        fouten["afwezig_tot" if wens.afwezig_van else "afwezig_van"] = (
            "Vul beide datums van de afwezigheid in."
        )
    elif wens.afwezig_van and wens.afwezig_tot and wens.afwezig_tot < wens.afwezig_van:
        fouten["afwezig_tot"] = "De laatste dag ligt voor de eerste dag. Kies een latere datum."
    if wens.vervanger and wens.vervanger == wens.subject:
        fouten["vervanger"] = "Iemand kan zichzelf niet vervangen. Kies een collega."
    elif wens.vervanger and not Medewerker.objects.filter(subject=wens.vervanger).exists():
        fouten["vervanger"] = "Deze vervanger is er niet. Kies een collega."
    if fouten:
        raise BeheerOngeldig(fouten)


def _changed(oud: Medewerkersrij | None, nieuw: Medewerkersrij) -> list[str]:
    """The names of the fields that differ; of somebody new, all that hold something."""
    leeg = oud or Medewerkersrij(subject="", naam="", rechten=frozenset(), is_actief=False)
    namen = ("subject", "naam", "functie", "afdelingen", "rechten", "zaaktypen", "is_actief")
    weg = ("afwezig_van", "afwezig_tot", "vervanger")
    anders = [naam for naam in (*namen, *weg) if getattr(leeg, naam) != getattr(nieuw, naam)]
    return anders if nieuw.rechten_van in {None, leeg.rechten_van} else [*anders, "rechten_van"]


def _write(wens: Medewerkersrij) -> Medewerker:
    gevonden = list(Afdeling.objects.filter(code__in=wens.afdelingen))
    if onbekend := wens.afdelingen - {afdeling.code for afdeling in gevonden}:
        raise AfdelingOnbekend(f"Deze afdeling bestaat niet: {', '.join(sorted(onbekend))}.")
    rij, _ = Medewerker.objects.update_or_create(
        subject=wens.subject,
        defaults={
            "naam": wens.naam,
            "functie": wens.functie,
            "is_actief": wens.is_actief,
            "rechten": in_volgorde(wens.rechten),
            "zaaktypen": sorted(wens.zaaktypen),
            "afwezig_van": wens.afwezig_van,
            "afwezig_tot": wens.afwezig_tot,
            "vervanger": Medewerker.objects.filter(subject=wens.vervanger).first()
            if wens.vervanger
            else None,
            **({"is_uitgestroomd": False} if wens.is_actief else {}),
            **({"rechten_van": wens.rechten_van} if wens.rechten_van else {}),
        },
    )
    rij.afdelingen.set(gevonden)
    return rij


def in_volgorde(rechten: Iterable[Recht]) -> list[str]:
    """As they are kept and written: the lightest first."""
    return [recht.value for recht in Recht if recht in set(rechten)]


def _rij(rij: Medewerker) -> Medewerkersrij:
    return Medewerkersrij(
        id=rij.pk,
        subject=rij.subject,
        naam=rij.naam,
        functie=rij.functie,
        afdelingen=frozenset(afdeling.code for afdeling in rij.afdelingen.all()),
        rechten=Recht.known(rij.rechten),
        zaaktypen=frozenset(rij.zaaktypen),
        is_actief=rij.is_actief,
        afwezig_van=rij.afwezig_van,
        afwezig_tot=rij.afwezig_tot,
        vervanger=rij.vervanger.subject if rij.vervanger else "",
        rechten_van=RechtenBron(rij.rechten_van),
    )
