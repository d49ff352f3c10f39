"""Zaken to notify about, with everything in them that no mail may hold."""

from datetime import UTC, date, datetime

from eloket.identity.types import Partij
from eloket.profile.models import Profiel
from eloket.zaken.types import Badge, Betrokkene, Zaak, ZaakRef

GEHEIM = ("Jeroen", "Drouwen", "Dakkapel", "2026-0042", "Geheime toelichting", "Bouwen en wonen")
MOMENT = datetime(2026, 11, 3, 9, 12, tzinfo=UTC)


def betrokkene(partij: Partij, roltype: str = "initiator") -> Betrokkene:
    return Betrokkene(
        roltype=roltype,
        key=partij.key,
        vestiging_key=partij.vestiging_key,
        naam="Jeroen van Drouwen",
        is_onderneming=bool(partij.vestigingsnummer),
    )


def zaak(*betrokkenen: Betrokkene) -> Zaak:
    return Zaak(
        ref=ZaakRef("register", "a1b2"),
        identificatie="2026-0042",
        omschrijving="Dakkapel aan de voorkant",
        toelichting="Geheime toelichting",
        zaaktype="omgevingsvergunning",
        zaaktype_omschrijving="Dakkapel plaatsen",
        afdeling="bouwen",
        afdeling_naam="Bouwen en wonen",
        behandelaar_id=None,
        behandelaar_naam="",
        startdatum=date(2026, 11, 3),
        registratiedatum=MOMENT,
        doorlooptijd_dagen=56,
        uiterlijke_einddatum=date(2026, 12, 29),
        einddatum=None,
        resultaat="",
        opschorting=None,
        stap=1,
        badge=Badge.ONTVANGEN,
        statustypen=(),
        statussen=(),
        resultaattypen=(),
        kenmerken=(("Adres", "Lindelaan 12"),),
        betrokkenen=betrokkenen,
        aandacht=frozenset(),
        versie=1,
    )


def profiel(partij: Partij, adres: str, *, wil_mail: bool = True, is_bevestigd: bool = True) -> None:
    Profiel.objects.create(
        profiel_key=partij.profiel_key,
        wil_mail=wil_mail,
        **({"email": adres, "email_bevestigd_op": MOMENT} if is_bevestigd else {"email_nieuw": adres}),
    )
