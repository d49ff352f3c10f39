"""Somebody of whom we hold one of everything, each with a word that only it has."""

import json
from datetime import timedelta
from uuid import uuid4

from eloket.audit import service as audit
from eloket.berichten.concepten import save_concept
from eloket.berichten.service import send_bericht
from eloket.berichten.types import NIEUW
from eloket.documenten import voorbeelden
from eloket.documenten.upload import bied_aan
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, vandaag
from eloket.loket.access import eigenaar_key
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.machtigingen.models import MachtigingRegel
from eloket.machtigingen.types import Bevoegdheid
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.types import Kanaal, NotificatieSoort
from eloket.profile.service import update_contact
from eloket.zaken import service as zaken
from eloket.zaken.service import record_view
from eloket.zaken.types import Zaak
from tests.huis import medewerker, partij_van
from tests.web.portaal import zaak_van


def fill(actor: Actor, woord: str) -> Zaak:
    """A zaak of this resident with everything in and around it; every text has `woord` in it."""
    zaak = zaak_van(
        actor,
        f"Zaak {woord}",
        sleutel=woord,
        toelichting=f"Toelichting {woord}",
        kenmerken=(("Kenteken", f"Kenteken {woord}"),),
    )
    add_document(actor, zaak, f"stuk {woord}.pdf")
    add_document(medewerker(), zaak, f"brief {woord}.pdf")
    send_bericht(
        actor, zaak.ref, tekst=f"Vraag {woord}", sleutel=woord, gesprek_id=NIEUW, onderwerp=f"Over {woord}"
    )
    ask(zaak, f"Hoeveel {woord}?")
    save_concept(actor, zaak.ref, tekst=f"Nog niet af {woord}")
    record_view(medewerker(), zaak.ref)
    update_contact(actor, email=f"{woord.lower()}@voorbeeld.nl", telefoon="0612345678", wil_mail=True)
    concepten(actor, zaak, woord)
    post(actor, zaak, woord)
    machtigingen(actor, woord)
    Contactherstel.objects.create(
        profiel_key=partij_van(actor).profiel_key, zaak_ref=str(zaak.ref), ontstaan_op=nu()
    )
    audit.record(actor_soort=actor.hoedanigheid, actor_key=actor.key, actie="sessie.ingelogd", object_ref="")
    return zaak


def add_document(actor: Actor, zaak: Zaak, naam: str) -> None:
    zaken.add_documenten(actor, zaak.ref, (bied_aan(naam, [voorbeelden.pdf() + naam.encode()]),))


def ask(zaak: Zaak, titel: str) -> None:
    zaken.ask_answer(
        medewerker(), zaak.ref, titel=titel, toelichting="", deadline=vandaag() + timedelta(days=5)
    )


def machtigingen(actor: Actor, woord: str) -> None:
    """One given and one got, both accepted."""
    for gever, ontvanger in (
        (partij_van(actor).key, f"buur-{woord}"),
        (f"buur-{woord}", partij_van(actor).key),
    ):
        MachtigingRegel.objects.create(
            sleutel=uuid4().hex,
            gever_key=gever,
            gever_nummer="1",
            gever_naam=f"Gever {woord}",
            ontvanger_key=ontvanger,
            ontvanger_nummer="2",
            ontvanger_naam=f"Ontvanger {woord}",
            bevoegdheid=Bevoegdheid.INZIEN.value,
            van=vandaag(),
            tot=vandaag(),
            code_hash=uuid4().hex,
            code_tot=nu(),
            gegeven_op=nu(),
            voorgelegd_op=nu(),
            aanvaard_op=nu(),
        )


def concepten(actor: Actor, zaak: Zaak, woord: str) -> None:
    """A form that was sent, and one that was not."""
    load_meegeleverd()
    eigen = {"eigenaar_key": eigenaar_key(actor), "profiel_key": partij_van(actor).profiel_key}
    regels = [{"vraag": "Wat is er?", "antwoord": f"Antwoord {woord}"}]
    Concept.objects.create(
        **eigen,
        formulier="melding-openbare-ruimte",
        invoer="{}",
        overzicht=json.dumps([{"stap_id": "a", "titel": "De melding", "regels": regels}]),
        sleutel=uuid4().hex,
        gewijzigd_op=nu(),
        zaak_ref=str(zaak.ref),
        verstuurd_op=nu(),
    )
    Concept.objects.create(
        **eigen,
        formulier="melding-openbare-ruimte",
        invoer=json.dumps({"plaats": [f"Plaats {woord}"]}),
        sleutel=uuid4().hex,
        gewijzigd_op=nu(),
    )


def post(actor: Actor, zaak: Zaak, woord: str) -> None:
    """A letter on paper about the zaak."""
    moment, key = nu(), partij_van(actor).profiel_key
    zending = Zending.objects.create(
        kanaal=Kanaal.BRIEF,
        aan="",
        betrokkene_key=key,
        volgorde=0,
        gemaakt_op=moment,
        volgende_poging_op=moment,
        verzonden_op=moment,
    )
    Notificatie.objects.create(
        soort=NotificatieSoort.BERICHT_BEANTWOORD,
        betrokkene_key=key,
        partij_key=key,
        zaak_ref=str(zaak.ref),
        gemaakt_op=moment,
        gepland_op=moment,
        zending=zending,
    )
    bundel = Briefbundel.objects.create(gemaakt_op=moment, gemaakt_door="x", aantal=1, gepost_op=vandaag())
    inhoud = {"aan": [f"Straat {woord}"], "aanleiding": "Daarom.", "regels": [["Een bericht", ""]]}
    BriefInhoud.objects.create(zending=zending, bundel=bundel, inhoud=json.dumps(inhoud))
