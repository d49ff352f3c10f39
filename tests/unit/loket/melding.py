"""A report of the public space, filled in and sent through the service layer: what tests of the loket share."""

from collections.abc import Mapping
from uuid import uuid4

from eloket.documenten.types import Aangeboden
from eloket.identity.types import Actor, Soort
from eloket.kernel.klok import nu, vandaag
from eloket.loket import service
from eloket.loket.formulier.lezen import read_definitie, sha_of
from eloket.loket.models import FormulierVersie
from eloket.loket.queries import get_formulier_for
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.types import Bewaard, ConceptInzage, Inzending, VersieStand
from eloket.loket.versturen import submit

MELDING = "melding-openbare-ruimte"
GOED = {"soort": ["lamp"], "plaats": ["Lindelaan 12"], "omschrijving": ["De lamp is kapot.\r\nAl een week."]}


def anoniem(key: str = "browser-1") -> Actor:
    """Somebody who did not log in, in a browser of their own."""
    return Actor(Soort.ANONIEM, key, "", "", "")


def begin(actor: Actor, formulier: str = MELDING, sleutel: str = "") -> ConceptInzage:
    return service.start_concept(actor, formulier, sleutel=sleutel or uuid4().hex)


def save(
    actor: Actor,
    concept: ConceptInzage,
    invoer: dict[str, list[str]],
    *,
    stap: str = "melding",
    knop: str = "verder",
    bestanden: Mapping[str, tuple[Aangeboden, ...]] | None = None,
    venster: str = "v1",
    gezien: str = "",
) -> Bewaard:
    """A step as its page sends it."""
    post = StapPost(stap, invoer, Knop.parse(knop), venster, gezien, bestanden or {})
    return service.save_stap(actor, concept.id, post)


def fill(
    actor: Actor,
    *,
    bestanden: tuple[Aangeboden, ...] = (),
    contact: dict[str, list[str]] | None = None,
    **anders: list[str],
) -> ConceptInzage:
    """A report with every step done, not sent."""
    concept = begin(actor)
    concept = save(actor, concept, GOED | anders, bestanden={"foto": bestanden}).formulier.concept
    if get_formulier_for(actor, concept.id).loop.get("contact"):
        concept = save(actor, concept, contact or {}, stap="contact").formulier.concept
    return concept


def send(actor: Actor, concept: ConceptInzage | None = None) -> Inzending:
    concept = concept or fill(actor)
    return submit(actor, concept.id, revisie=concept.revisie)


def publish(slug: str, tekst: str) -> None:
    """A published form with this definition."""
    inhoud = tekst.strip().encode()
    read_definitie(f"{slug}.yaml", inhoud, vandaag())
    FormulierVersie.objects.create(
        slug=slug,
        versie=1,
        sha=sha_of(inhoud),
        inhoud=inhoud.decode(),
        stand=VersieStand.GEPUBLICEERD,
        gemaakt_op=nu(),
        gepubliceerd_op=nu(),
    )
