"""A town with zaken of long ago: two people who may destroy, and everything that hangs on a zaak."""

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from eloket.archief import service
from eloket.archief.models import LijstRegel
from eloket.archief.queries import get_lijst
from eloket.archief.types import LijstInzage, RegelStand
from eloket.archief.uitvoeren import destroy_approved
from eloket.audit.verzegelen import seal_waiting
from eloket.berichten.service import send_bericht
from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis

LANG_GELEDEN = datetime(2019, 3, 1, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Gemeente:
    """Ria makes lists, Karel approves them; the others of the town hall may not."""

    huis: Stadhuis
    ria: Actor
    karel: Actor

    def old_zaak(self, naam: str = "", *, moment: datetime = LANG_GELEDEN, inhoud: bytes = PDF) -> Zaak:
        """Closed years ago, with a document, messages of both sides, a request that was answered, and a note."""
        huis = self.huis
        with op_moment(moment):
            zaak = huis.start(naam)
            taak = zaken.ask_answer(
                huis.mila, zaak.ref, titel="Hoeveel?", toelichting="", deadline=vandaag() + timedelta(days=9)
            )
            zaken.answer_taak(huis.jeroen, zaak.ref, taak, antwoord="Twee")
            zaken.approve_taak(huis.mila, zaak.ref, taak)
            document = huis.deliver(zaak.ref, inhoud=inhoud).toegevoegd[0]
            zaken.accept_document(
                huis.mila, zaak.ref, document.id, documenttype="Foto", vertrouwelijkheid="intern"
            )
            for wie in (huis.jeroen, huis.mila):
                send_bericht(wie, zaak.ref, tekst="Hallo", sleutel=uuid.uuid4().hex)
            zaken.add_notitie(huis.mila, zaak.ref, tekst="Let op", sleutel="")
            for soort in huis.now(zaak.ref).aandacht:
                zaken.clear_aandacht(huis.mila, zaak.ref, soort)
            return huis.close(zaak.ref)

    def make(self) -> UUID:
        return service.make_lijst(self.ria, sleutel=uuid.uuid4().hex)

    def approved(self) -> UUID:
        """A list of everything that is due, offered by Ria and approved by Karel."""
        lijst = self.make()
        service.offer(self.ria, lijst, versie=self.now(lijst).versie)
        service.approve(self.karel, lijst, versie=self.now(lijst).versie, is_nagekeken=True)
        return lijst

    def now(self, lijst: UUID) -> LijstInzage:
        return get_lijst(lijst)

    def stands(self, lijst: UUID) -> list[RegelStand]:
        return [regel.stand for regel in self.now(lijst).regels]

    def regel(self, lijst: UUID, zaak: Zaak) -> LijstRegel:
        return LijstRegel.objects.get(lijst=lijst, zaak_ref=str(zaak.ref))


def build_gemeente() -> Gemeente:
    huis = build_stadhuis()
    recht = frozenset({Recht.VERNIETIGEN})
    return Gemeente(huis, ria=replace(huis.omar, rechten=recht), karel=replace(huis.bo, rechten=recht))


def destroy() -> int:
    """A round of the worker, which seals too."""
    seal_waiting(nu())
    return destroy_approved(nu())
