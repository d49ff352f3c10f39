"""What the tests of preferences and addresses share: a party with a confirmed address."""

from eloket.identity.types import Actor
from eloket.profile import queries, service
from eloket.profile.events import AdresGewijzigd
from eloket.profile.types import Bereikbaarheid, Bevestiging, Uitkomst

OUD, NIEUW = "oud@voorbeeld.nl", "nieuw@voorbeeld.nl"


def key_van(actor: Actor) -> str:
    assert actor.partij is not None
    return actor.partij.profiel_key


def save(actor: Actor, email: str = "", telefoon: str = "", wil_mail: bool = False) -> Uitkomst:
    return service.update_contact(actor, email=email, telefoon=telefoon, wil_mail=wil_mail)


def confirm(actor: Actor, gevangen: list[AdresGewijzigd], adres: str = OUD, *, wil_mail: bool = True) -> None:
    """Give this address and open its link."""
    save(actor, email=adres, wil_mail=wil_mail)
    assert service.confirm_email(gevangen[-1].token) is Bevestiging.GELUKT


def bereik(actor: Actor) -> Bereikbaarheid:
    gevonden = queries.get_bereikbaarheid(key_van(actor))
    assert gevonden is not None
    return gevonden
