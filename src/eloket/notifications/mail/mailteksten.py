"""The words of each kind of mail: those of the product, until a municipality writes its own."""

import logging
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from pydantic import BaseModel, ConfigDict

from eloket.identity.beheer import fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden
from eloket.notifications.mail.mailsoorten import MailSoort, MailTekst, mailsoort
from eloket.notifications.mail.tekstcontrole import check_mailtekst, parse_mailtekst
from eloket.notifications.models import MailTekstRegel
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Taal
from eloket.zaken.inrichtingsdelen import InrichtingsDeel

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BeheerTekst:
    """A text as a functional manager keeps it. `eigen` None: the text of the product is sent."""

    soort: NotificatieSoort
    taal: Taal
    eigen: MailTekst | None = None

    @property
    def gegevens(self) -> MailSoort:
        return mailsoort(self.soort)

    @property
    def standaard(self) -> MailTekst:
        return self.gegevens.deel(self.taal).mailtekst

    @property
    def toon(self) -> MailTekst:
        """What stands in the form."""
        return self.eigen or self.standaard

    @property
    def is_bruikbaar(self) -> bool:
        """False: it was right once, but the product now asks for more in it. Until then its own text is sent."""
        return self.eigen is None or not check_mailtekst(self.gegevens, self.eigen)

    @property
    def verstuurd(self) -> MailTekst:
        """What a mail says now."""
        return self.toon if self.is_bruikbaar else self.standaard

    @property
    def merk(self) -> str:
        """What a form was made from."""
        return fingerprint(self.soort.value, self.taal.value, self.eigen)

    @property
    def sleutel(self) -> str:
        """Its name in a file and in the audit trail: `status_gewijzigd.nl`."""
        return f"{self.soort.value}.{self.taal.value}"


def read_teksten(soorten: Collection[NotificatieSoort], taal: Taal) -> dict[NotificatieSoort, MailTekst]:
    """What mails of these kinds say in this language. One query.

    A text of the municipality that may not be sent (any more) never stops a mail: the product's goes instead.
    """
    rijen = MailTekstRegel.objects.filter(taal=taal.value, soort__in=[soort.value for soort in soorten])
    eigen = {NotificatieSoort(rij.soort): _tekst(rij) for rij in rijen}
    uit = {}
    for soort in soorten:
        beheer = BeheerTekst(soort, taal, eigen.get(soort))
        if not beheer.is_bruikbaar:
            log.warning("de eigen e-mailtekst %s klopt niet meer; die van het product gaat", beheer.sleutel)
        uit[soort] = beheer.verstuurd
    return uit


def list_teksten() -> tuple[BeheerTekst, ...]:
    """Every kind in every language. One query."""
    eigen = {(rij.soort, rij.taal): _tekst(rij) for rij in MailTekstRegel.objects.all()}
    return tuple(
        BeheerTekst(soort, taal, eigen.get((soort.value, taal.value)))
        for soort in NotificatieSoort
        for taal in Taal
    )


def get_tekst(soort: str, taal: str) -> BeheerTekst:
    """Raises NietGevonden for what is no kind or no language."""
    if soort not in set(NotificatieSoort) or taal not in set(Taal):
        raise NietGevonden
    rij = MailTekstRegel.objects.filter(soort=soort, taal=taal).first()
    return BeheerTekst(NotificatieSoort(soort), Taal(taal), _tekst(rij) if rij else None)


def save_tekst(
    actor: Actor | None, soort: str, taal: str, tekst: MailTekst, *, merk: str | None = None
) -> None:
    """Word it differently; the text of the product itself gives that back. `merk` is of what the form was made from.

    Raises NietGevonden, BeheerOngeldig, BeheerGewijzigd.
    """
    must_manage(actor)
    met = get_tekst(soort, taal)
    if fouten := check_mailtekst(met.gegevens, tekst):
        raise BeheerOngeldig(fouten)
    _write(actor, met, None if tekst == met.standaard else tekst, merk)


def reset_tekst(actor: Actor | None, soort: str, taal: str, *, merk: str | None = None) -> None:
    """Back to the text of the product. Raises NietGevonden, BeheerGewijzigd."""
    must_manage(actor)
    _write(actor, get_tekst(soort, taal), None, merk)


class MailTekstDeel(BaseModel):
    """An own text in a file of the configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    onderwerp: str
    tekst: str
    knop: str


def inrichtingsdeel() -> InrichtingsDeel:
    """The own texts, by their `sleutel`, for who carries the configuration to another environment."""

    def list_eigen() -> dict[str, BaseModel]:
        return {een.sleutel: MailTekstDeel(**_velden(een.eigen)) for een in list_teksten() if een.eigen}

    def save(actor: Actor | None, sleutel: str, deel: MailTekstDeel) -> None:
        soort, _, taal = sleutel.partition(".")
        save_tekst(actor, soort, taal, parse_mailtekst(deel.onderwerp, deel.tekst, deel.knop))

    return InrichtingsDeel("mailteksten.yaml", "E-mailtekst", MailTekstDeel, list_eigen, save)


def _write(actor: Actor | None, beheer: BeheerTekst, doel: MailTekst | None, merk: str | None) -> None:
    with transaction.atomic():
        # The row first: of two managers who write the first text of their own, the second waits here for the other.
        rij, is_nieuw = MailTekstRegel.objects.get_or_create(
            soort=beheer.soort.value, taal=beheer.taal.value, defaults=_velden(beheer.standaard)
        )
        nu = MailTekstRegel.objects.select_for_update().filter(pk=rij.pk).first()
        if nu is None:
            raise BeheerGewijzigd
        oud = BeheerTekst(beheer.soort, beheer.taal, None if is_nieuw else _tekst(nu))
        if doel == oud.eigen:  # also the second click of a double click
            if is_nieuw:
                rij.delete()
            return
        if merk is not None and merk != oud.merk:
            raise BeheerGewijzigd
        velden = [
            naam
            for naam, waarde in _velden(doel or oud.standaard).items()
            if _velden(oud.toon)[naam] != waarde
        ]
        if doel is None:
            rij.delete()
        else:
            MailTekstRegel.objects.filter(pk=rij.pk).update(**_velden(doel))
        actie = "mailtekst.bewaard" if doel else "mailtekst.teruggezet"
        note_beheer(actor, actie, f"mailtekst:{oud.sleutel}", velden=", ".join(velden))


def _velden(tekst: MailTekst) -> dict[str, str]:
    return {"onderwerp": tekst.onderwerp, "tekst": tekst.tekst, "knop": tekst.knop}


def _tekst(rij: MailTekstRegel) -> MailTekst:
    return parse_mailtekst(rij.onderwerp, rij.tekst, rij.knop)
