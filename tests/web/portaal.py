"""What the tests of the resident's pages share: somebody with a zaak, and a way to read a page as a person does."""

import html
import re
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from eloket.identity.testing import force_actor
from eloket.identity.types import Actor, Partij
from eloket.notifications.models import Notificatie
from eloket.zaken import service as zaken
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Betrokkene, Zaak
from tests.huis import inwoner

ANDER = "999990020"
BUUR = inwoner(ANDER, "B. Buurman")  # somebody else with a part in the zaak of the default resident


def client_van(actor: Actor | None = None) -> Client:
    """A browser in which this actor (or else the default resident) is logged in."""
    client = Client()
    force_actor(client, actor or inwoner())
    return client


def zoek_zaken(client: Client, tekst: str, **velden: str) -> Any:
    """Mijn Zaken after this was typed in its search."""
    antwoord = client.post("/mijn/zaken/zoeken/", {"q": tekst, **velden})
    assert antwoord.status_code == 303
    return client.get(antwoord["Location"])


def zaak_van(actor: Actor, omschrijving: str = "", sleutel: str = "", **velden: Any) -> Zaak:
    """A new zaak of this resident or business."""
    opdracht = nieuwe_zaak(partij_van(actor), omschrijving=omschrijving, sleutel=sleutel, **velden)
    return zaken.start_zaak(actor, opdracht)[0]


def rol_van(actor: Actor) -> Betrokkene:
    """Their part in the zaak of somebody else."""
    partij = partij_van(actor)
    return Betrokkene("belanghebbende", partij.key, partij.vestiging_key, actor.naam, is_onderneming=False)


def zaak_met(bron: FakeZaakBron, *anderen: Actor, aanvrager: Actor | None = None) -> Zaak:
    """A zaak in which others have a part too; nobody has been told anything yet."""
    zaak = zaak_van(aanvrager or inwoner())
    for ander in anderen:
        bron.add_betrokkene(zaak.ref.id, rol_van(ander))
    Notificatie.objects.all().delete()
    return bron.get_zaak(zaak.ref.id)


def partij_van(actor: Actor) -> Partij:
    assert actor.partij is not None
    return actor.partij


def bron_van(antwoord: HttpResponseBase) -> str:
    """The HTML of the answer."""
    return b"".join(antwoord).decode()


def tekst_van(antwoord: HttpResponseBase) -> str:
    """What a reader finds on the page: no tags, one space between words."""
    kaal = re.sub(r"<(script|style|title|head)\b.*?</\1>", " ", bron_van(antwoord), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", kaal)).split())


def titel_van(antwoord: HttpResponseBase) -> str:
    gevonden = re.search(r"<title>(.*?)</title>", bron_van(antwoord), flags=re.DOTALL)
    assert gevonden, "geen titel"
    return html.unescape(gevonden.group(1)).strip()


def zonder_token(antwoord: HttpResponseBase) -> str:
    """The page without what differs on every rendering: the CSRF token."""
    return re.sub(r'name="(csrfmiddlewaretoken|partij-merk)" value="[^"]*"', "", bron_van(antwoord))
