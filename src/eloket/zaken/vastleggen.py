"""What every change of a zaak leaves behind: a line in the timeline, a line in the audit trail."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from eloket.audit import service as audit
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan
from eloket.zaken.access import get_zaak_for, lock_zaak
from eloket.zaken.errors import ZaakIsGesloten
from eloket.zaken.models import GebeurtenisRegel, Taak
from eloket.zaken.types import GebeurtenisSoort, Zaak, ZaakRef


def record_view(
    actor: Actor,
    ref: ZaakRef,
    actie: str = "zaak.bekeken",
    *,
    document_id: str = "",
    **kenmerken: str | int | bool,
) -> None:
    """Note that this actor read the zaak, or one of its documents (AVG: who looked at what). `kenmerken` say which part
    of it, by code (inzage.kenmerken has words for each)."""
    note(actor, actie, ref, **({"document": document_id} if document_id else {}), **kenmerken)


def record(
    ref: ZaakRef,
    soort: GebeurtenisSoort,
    tekst: str,
    moment: datetime,
    *,
    onderwerp: str = "",
    van: tuple[str, str] = ("", ""),
    voor_anderen: str = "",
) -> None:
    """Add an event to the timeline, in the caller's transaction. `tekst` holds no names; what it is about, as people
    call it, is the `onderwerp`: stored encrypted, and shown behind the text.

    A text that says "u" is of one betrokkene: `van` is their (betrokkene_key, vestiging_key), and others do not read
    it, but `voor_anderen`: '' tells them nothing (tijdlijn.text_for).
    """
    GebeurtenisRegel.objects.create(
        zaak_ref=str(ref),
        soort=soort,
        tekst=tekst[:200],
        moment=moment,
        onderwerp=onderwerp,
        betrokkene_key=van[0],
        vestiging_key=van[1],
        voor_anderen=voor_anderen[:200],
    )


def record_taak(
    taak: Taak, soort: GebeurtenisSoort, tekst: str, moment: datetime, *, noemt: bool = True
) -> None:
    """As `record`, about a request, for who was asked; `noemt` says which request it is."""
    van = taak.betrokkene_key, taak.vestiging_key
    onderwerp = taak.titel if noemt else ""
    record(ZaakRef.parse(taak.zaak_ref), soort, tekst, moment, onderwerp=onderwerp, van=van)


def about_taak(taak: Taak) -> dict[str, str]:
    """What a line of the audit trail says of a request: which one, of what kind, and of whom it was asked (as
    identity.types.Partij.profiel_key). The row can be gone when somebody asks."""
    return {
        "taak": str(taak.id),
        "soort": str(taak.soort),
        "betrokkene": taak.vestiging_key or taak.betrokkene_key,
    }


def get_as_medewerker(actor: Actor, ref: ZaakRef) -> Zaak:
    zaak = get_zaak_for(actor, ref)
    if not actor.is_medewerker:
        raise NietToegestaan
    return zaak


def lock_as_medewerker(actor: Actor, ref: ZaakRef) -> Zaak:
    """As `get_as_medewerker`, and nobody else changes what hangs on the zaak until the transaction ends. Whom it is not
    for waits for nobody, and nobody for them."""
    get_as_medewerker(actor, ref)
    lock_zaak(ref)
    return get_as_medewerker(actor, ref)


def must_be_open(zaak: Zaak) -> None:
    if not zaak.is_open:
        raise ZaakIsGesloten


def note_by_system(actie: str, ref: ZaakRef, **kenmerken: str | int | bool) -> None:
    """That nobody did this in the zaak, but a rule; in the caller's transaction."""
    audit.record(actor_soort=audit.SYSTEEM, actor_key="", actie=actie, object_ref=str(ref), **kenmerken)


def note_each(actor: Actor, actie: str, ref: ZaakRef, regels: Iterable[Mapping[str, str]]) -> None:
    """As `note`, a line for each of what was done at once."""
    audit.record_all(
        ((str(ref), {**actor.sporen, **kenmerken}) for kenmerken in regels),
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
    )


def note(actor: Actor, actie: str, ref: ZaakRef, **kenmerken: str | int | bool) -> None:
    """What this actor did with the zaak. By noodtoegang it says so, and by which: who guards that must be able to tell
    a look by it from the daily work of somebody whose zaak it became later."""
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=str(ref),
        **{**actor.sporen, **_by_noodtoegang(actor, ref), **kenmerken},
    )


def _by_noodtoegang(actor: Actor, ref: ZaakRef) -> dict[str, str]:
    inkijk = actor.inkijk
    return {"toegang": inkijk.id} if inkijk is not None and inkijk.zaak_ref == str(ref) else {}
