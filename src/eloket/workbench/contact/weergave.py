"""Whom we cannot reach, in words. Pure: no I/O."""

from dataclasses import dataclass, field

from django.urls import reverse

from eloket.identity.types import Actor
from eloket.kernel.klok import datum_van, schrijf_datum
from eloket.notifications.brieven.types import BriefStand, LaatsteBrief
from eloket.notifications.contact.types import Hersteld, HerstelRegel, Onbereikbaar
from eloket.zaken.types import ZaakRef

# As a colleague reads it afterwards.
_GEDAAN = {
    Hersteld.GEBELD: "Er is gebeld.",
    Hersteld.BRIEF: "Er is een brief gestuurd.",
    Hersteld.NIEUW_ADRES: "De aanvrager geeft zelf een nieuw e-mailadres door.",
    Hersteld.ADRES_WERKT: "De aanvrager heeft het e-mailadres zelf gewijzigd of bevestigd.",
}


@dataclass(frozen=True, slots=True)
class ContactTekst:
    """One party that cannot be reached; `bel` is the number for a tel: link, '' when we have none."""

    nummer: int
    naam: str = field(repr=False)
    wat: str
    brief: str
    telefoon: str = field(repr=False)
    bel: str = field(repr=False)
    gedaan: str


@dataclass(frozen=True, slots=True)
class HerstelTekst:
    """A line of the list."""

    href: str
    zaak: str
    nummer: str
    sinds: str
    wie: str
    brief: str


def contact_pad(ref: ZaakRef) -> str:
    return reverse("werkplek-contact-zaak", args=[str(ref)])


def build_contact(wie: Onbereikbaar) -> ContactTekst:
    gedaan = ""
    if wie.hersteld_op and wie.hoe:
        gedaan = f"Contact hersteld op {schrijf_datum(datum_van(wie.hersteld_op))}. {_GEDAAN[wie.hoe]}"
    sinds = schrijf_datum(datum_van(wie.sinds)) if wie.sinds else ""
    return ContactTekst(
        nummer=wie.nummer,
        naam=wie.naam,
        wat=f"E-mail komt terug sinds {sinds}." if wie.is_adres else f"Een e-mail kwam niet aan op {sinds}.",
        brief=write_brief(wie.brief),
        telefoon=wie.telefoon,
        bel=wie.telefoon.replace(" ", ""),
        gedaan=gedaan,
    )


def build_regel(actor: Actor, regel: HerstelRegel) -> HerstelTekst:
    return HerstelTekst(
        href=contact_pad(regel.ref),
        zaak=regel.omschrijving,
        nummer=regel.identificatie,
        sinds=schrijf_datum(datum_van(regel.ontstaan_op)),
        wie=_who(actor, regel.behandelaar_id),
        brief=write_brief(regel.brief),
    )


def write_brief(brief: LaatsteBrief) -> str:
    """How far the letter is; '' when there is nothing to say about one."""
    gemaakt = schrijf_datum(datum_van(brief.gemaakt_op)) if brief.gemaakt_op else ""
    if brief.stand is BriefStand.WACHT_OP_ADRES:
        return "Er is nog geen brief: het register geeft nu geen adres. Wij proberen het elk uur opnieuw."
    if brief.stand is BriefStand.GEEN_ADRES:
        return "Een brief kan niet: het register heeft geen postadres."
    if brief.stand is BriefStand.KLAAR:
        return f"De brief van {gemaakt} staat klaar om te printen. Kenmerk: {brief.kenmerk}."
    if brief.stand is BriefStand.OP_POST:
        gepost = schrijf_datum(brief.gepost_op) if brief.gepost_op else gemaakt
        return f"De brief ging op {gepost} op de post. Kenmerk: {brief.kenmerk}."
    return ""


def _who(actor: Actor, behandelaar_id: int | None) -> str:
    if behandelaar_id is None:
        return "Nog niemand behandelt de zaak"
    return "U behandelt de zaak" if behandelaar_id == actor.medewerker_id else "Een collega behandelt de zaak"
