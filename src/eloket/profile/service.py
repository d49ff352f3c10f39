"""Writes: contact details and the choice to be mailed. Each verb is one transaction with its audit line and events."""

import re
import secrets
import uuid
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from eloket.audit import service as audit
from eloket.identity.types import Actor, Partij
from eloket.kernel import events
from eloket.kernel.klok import datum_van, nu
from eloket.profile import queries
from eloket.profile.afmelden import forget_stop_alles
from eloket.profile.bevoegd import must_change_contact
from eloket.profile.bron import configure
from eloket.profile.errors import BevestigingTeVaak, ContactOngeldig, NietsTeBevestigen, PersoonNietGevonden
from eloket.profile.events import AdresGewijzigd, AdresHersteld, AdresKapot, ContactGewijzigd
from eloket.profile.models import Profiel
from eloket.profile.rij import lock, lock_or_make
from eloket.profile.types import Bevestiging, Uitkomst
from eloket.profile.velden import EMAIL_NODIG, VeldFout, parse_email, parse_telefoon

__all__ = [
    "NaamUitRegister",
    "configure",
    "confirm_email",
    "mark_dead_address",
    "reconfirm_address",
    "resend_confirmation",
    "update_contact",
]

GELDIG = timedelta(hours=24)
TUSSENPOOS = timedelta(minutes=1)
PER_DAG = 5
_REDEN = re.compile(r"[a-z0-9._-]{1,40}")
_TE_VAAK = (
    "U heeft vandaag al 5 keer een e-mail gekregen om een adres te bevestigen. Probeer het morgen opnieuw."
)


def update_contact(actor: Actor, *, email: str, telefoon: str, wil_mail: bool) -> Uitkomst:
    """Save what the form holds; empty text removes. Nothing is saved when a field is wrong.

    A new address waits for its link (24 hours, once) and gets nothing else before; the confirmed address keeps
    receiving until then, and is told. Giving the confirmed address again withdraws the change.
    Raises ContactOngeldig with a text per field, ContactVanAnder for a gemachtigde, NietToegestaan without a party.
    """
    must_change_contact(actor)
    email, telefoon = _parse(email, telefoon)
    with transaction.atomic():
        rij = lock_or_make(actor)
        had_adres = bool(rij.email or rij.email_nieuw)
        if wil_mail and not email and not had_adres:
            raise ContactOngeldig({"email": EMAIL_NODIG})
        voor, was_afgemeld = (rij.email, rij.email_nieuw, rij.telefoon, rij.wil_mail), rij.afgemeld
        wilde_mail = rij.wil_mail or wil_mail
        was_gestopt, rij.gestopt_op = rij.gestopt_op is not None, None  # they say themselves what they want
        rij.telefoon, rij.wil_mail = telefoon, wil_mail and bool(email)
        if rij.wil_mail:
            forget_stop_alles(rij)
        else:
            rij.afgemeld = {}  # this is a choice of their own: no link takes it back
        is_verstuurd = _set_email(rij, email)
        uitkomst = Uitkomst(
            is_gewijzigd=is_verstuurd
            or was_gestopt
            or voor != (rij.email, rij.email_nieuw, rij.telefoon, rij.wil_mail),
            is_bevestiging_verstuurd=is_verstuurd,
            is_mail_uitgezet=wilde_mail and had_adres and not email,
        )
        if uitkomst.is_gewijzigd:
            _save(rij)
            _audit(
                actor, rij, email=voor[:2] != (rij.email, rij.email_nieuw), telefoon=voor[2] != rij.telefoon
            )
            uitkomst = replace(uitkomst, wijziging_id=_tell_changed(actor, voor, rij))
        elif rij.afgemeld != was_afgemeld:
            rij.save(update_fields=["afgemeld"])
            _audit(actor, rij, email=False, telefoon=False)
    return uitkomst


def resend_confirmation(actor: Actor) -> None:
    """Send a new link to the address that waits; the older link stops working.

    Raises NietsTeBevestigen, BevestigingTeVaak (once a minute, five a day).
    """
    with transaction.atomic():
        rij = lock(actor)
        if rij is None or not rij.email_nieuw:
            raise NietsTeBevestigen
        _resend(actor, rij)


def reconfirm_address(actor: Actor) -> None:
    """The person says that the address that does not work is right: it gets a link. Opening it mends the address.

    Raises NietsTeBevestigen when the address works or another one waits, BevestigingTeVaak as for any link.
    """
    with transaction.atomic():
        rij = lock(actor)
        if rij is None or not rij.email_kapot_op or rij.email_nieuw not in ("", rij.email):
            raise NietsTeBevestigen
        rij.email_nieuw = rij.email
        _resend(actor, rij)


def mark_dead_address(
    profiel_key: str, adres: str, reden: str, *, verzonden_op: datetime | None = None
) -> bool:
    """Note that mail to this address comes back for good; True when it was not known yet.

    Nothing happens when `adres` is not (any more) the confirmed address, or when the mail went (`verzonden_op`) before
    the address was confirmed: that link arrived, so it works. `reden` is a short code (`5.1.1`), never what a server
    said. Raises ValueError for anything else.
    """
    if not _REDEN.fullmatch(reden):
        raise ValueError("reden is geen korte code")
    with transaction.atomic():
        rij = Profiel.objects.select_for_update().filter(profiel_key=profiel_key).first()
        if rij is None or not rij.email or rij.email_kapot_op or _plain(adres) != _plain(rij.email):
            return False
        if verzonden_op and rij.email_bevestigd_op and verzonden_op < rij.email_bevestigd_op:
            return False
        rij.email_kapot_op, rij.email_kapot_reden = nu(), reden
        _save(rij)
        audit.record(
            actor_soort=audit.SYSTEEM,
            actor_key="",
            actie="profiel.adres_kapot",
            object_ref=_ref(rij),
            reden=reden,
        )
        events.publish(AdresKapot(profiel_key=profiel_key))
    return True


def confirm_email(token: str) -> Bevestiging:
    """The person behind the new address pressed the button: from now on it is the address. Needs no login.

    GELUKT the first time, AL_GEDAAN when the same link is used again. Raises BevestigingOngeldig.
    """
    with transaction.atomic():
        rij = Profiel.objects.select_for_update().get(pk=queries.find_by_token(token).pk)
        if rij.token_hash != queries.hash_token(token) or not rij.email_nieuw:
            # Another request was first: ask again, now that the row is ours.
            return queries.get_bevestiging(token)
        rij.email, rij.email_nieuw, rij.email_bevestigd_op = rij.email_nieuw, "", nu()
        _mend(rij)
        _save(rij)
        audit.record(
            actor_soort="link",
            actor_key=rij.profiel_key,
            actie="profiel.email_bevestigd",
            object_ref=_ref(rij),
        )
    return Bevestiging.GELUKT


class NaamUitRegister:
    """identity.ports.NaamBron: the name to greet somebody with, from the configured register."""

    def naam_van(self, partij: Partij) -> str:
        """Empty when the register does not know the party. Raises BronOnbereikbaar."""
        try:
            return queries.get_naam(partij)
        except PersoonNietGevonden:
            return ""


def _parse(email: str, telefoon: str) -> tuple[str, str]:
    fouten: dict[str, str] = {}
    gelezen = {"email": "", "telefoon": ""}
    for veld, invoer, lees in (("email", email, parse_email), ("telefoon", telefoon, parse_telefoon)):
        try:
            gelezen[veld] = lees(invoer) if invoer.strip() else ""
        except VeldFout as fout:
            fouten[veld] = str(fout)
    if fouten:
        raise ContactOngeldig(fouten)
    return gelezen["email"], gelezen["telefoon"]


def _set_email(rij: Profiel, email: str) -> bool:
    """Move the row to this address; True when a link was sent."""
    moment = nu()
    if email == rij.email:
        # A link to the address itself mends it, and asks nobody to change anything.
        if rij.email_nieuw != email:
            _drop_link(rij)
        return False
    if not email:
        oud, rij.email, rij.email_bevestigd_op = rij.email, "", None
        _mend(rij)
        _drop_link(rij)
        events.publish(AdresGewijzigd(profiel_key=rij.profiel_key, oud=oud, nieuw="", token=""))
        return False
    if email == rij.email_nieuw and rij.token_verloopt_op and rij.token_verloopt_op > moment:
        return False
    is_nieuw = email != rij.email_nieuw
    rij.email_nieuw = email
    try:
        _send_link(rij, oud=rij.email if is_nieuw else "", moment=moment)
    except BevestigingTeVaak as fout:
        raise ContactOngeldig({"email": fout.tekst}) from fout
    return True


def _drop_link(rij: Profiel) -> None:
    """Nothing waits any more. A link that was used stays known until it expires, for who opens it again."""
    if rij.email_nieuw or not rij.email:
        rij.email_nieuw, rij.token_hash, rij.token_verloopt_op = "", "", None


def _mend(rij: Profiel) -> None:
    """Whatever was wrong with the address before, is over; a business is reached again through any of its people."""
    is_collega = bool(rij.partij_key and rij.email and rij.wil_mail)
    if rij.email_kapot_op or is_collega:
        events.publish(
            AdresHersteld(profiel_key=rij.profiel_key, partij_key=rij.partij_key or rij.profiel_key)
        )
    rij.email_kapot_op, rij.email_kapot_reden = None, ""


def _plain(adres: str) -> str:
    """The address as servers write it back: without a difference in capitals, an international domain as punycode."""
    naam, at, domein = adres.strip().rpartition("@")
    with suppress(UnicodeError):  # not a domain that we could ever have mailed: it equals nothing of ours
        domein = domein.encode("idna").decode("ascii")
    return f"{naam}{at}{domein}".casefold()


def _resend(actor: Actor, rij: Profiel) -> None:
    moment = nu()
    if rij.bevestiging_verstuurd_op and moment - rij.bevestiging_verstuurd_op < TUSSENPOOS:
        raise BevestigingTeVaak
    _send_link(rij, oud="", moment=moment)
    _save(rij)
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="profiel.bevestiging_gevraagd",
        object_ref=_ref(rij),
        **actor.sporen,
    )


def _send_link(rij: Profiel, *, oud: str, moment: datetime) -> None:
    """A new token for `email_nieuw`. Raises BevestigingTeVaak: the sixth of one day, whatever the address."""
    if rij.bevestigingen_dag != (vandaag := datum_van(moment)):
        rij.bevestigingen_dag, rij.bevestigingen = vandaag, 0
    if rij.bevestigingen >= PER_DAG:
        raise BevestigingTeVaak(_TE_VAAK)
    token = secrets.token_urlsafe(32)
    rij.bevestigingen += 1
    rij.token_hash, rij.token_verloopt_op = queries.hash_token(token), moment + GELDIG
    rij.bevestiging_verstuurd_op = moment
    events.publish(AdresGewijzigd(profiel_key=rij.profiel_key, oud=oud, nieuw=rij.email_nieuw, token=token))


def _save(rij: Profiel) -> None:
    rij.versie += 1
    rij.save()


def _ref(rij: Profiel) -> str:
    return f"profiel-{rij.pk}"


def _tell_changed(actor: Actor, voor: tuple[str, str, str, bool], rij: Profiel) -> str:
    """Publish which fields are others than before; the id of the change, "" when only a link was sent again."""
    veranderd = {
        "email": voor[:2] != (rij.email, rij.email_nieuw),
        "telefoon": voor[2] != rij.telefoon,
        "wil_mail": voor[3] != rij.wil_mail,
    }
    velden = tuple(veld for veld, is_anders in veranderd.items() if is_anders)
    if not velden:
        return ""
    wijziging_id = str(uuid.uuid4())
    events.publish(ContactGewijzigd(actor=actor, wijziging_id=wijziging_id, velden=velden))
    return wijziging_id


def _audit(actor: Actor, rij: Profiel, *, email: bool, telefoon: bool) -> None:
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="profiel.gewijzigd",
        object_ref=_ref(rij),
        email=email,
        telefoon=telefoon,
        wil_mail=rij.wil_mail,
        **actor.sporen,
    )
