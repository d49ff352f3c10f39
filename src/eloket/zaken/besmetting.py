"""What becomes of a zaak when the scanner finds malware in one of its documents."""

from eloket.documenten.events import BesmettingGevonden, DocumentBesmet
from eloket.documenten.queries import get_document
from eloket.documenten.types import DocumentInzage
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.zaken.access import lock_zaken
from eloket.zaken.betrokkenen import find_sender
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.events import DocumentGeweigerdDoorScanner
from eloket.zaken.tijdlijn import BESMET, BESMET_VAN_ONS
from eloket.zaken.types import Aandacht, Betrokkene, GebeurtenisSoort, Zaak, ZaakRef
from eloket.zaken.vastleggen import note_by_system, record


def connect() -> None:
    """Listen to the intake; called once, by config.wiring."""
    events.subscribe(BesmettingGevonden, on_besmetting_gevonden)
    events.subscribe(DocumentBesmet, on_document_besmet)


def on_besmetting_gevonden(event: BesmettingGevonden) -> None:
    """The zaken are held before their documents are, as by everybody who decides about one."""
    lock_zaken(map(ZaakRef.parse, event.zaak_refs))


def on_document_besmet(event: DocumentBesmet) -> None:
    """The scanner found something later on: the timeline says it, the behandelaar is called. Who sent it is told too,
    unless a next version has come; of a file of the municipality nobody has to do anything."""
    ref, moment = ZaakRef.parse(event.zaak_ref), nu()
    bron = bron_voor(ref.bron)
    zaak = bron.get_zaak(ref.id)
    document = get_document(event.document_id, zaak_ref=event.zaak_ref)
    van = find_sender(zaak, document)
    keys = (van.key, van.vestiging_key) if van else ("", "")
    tekst, anderen = _tekst(document, zaak, van), BESMET if van else ""
    record(ref, GebeurtenisSoort.DOCUMENT_BESMET, tekst, moment, van=keys, voor_anderen=anderen)
    note_by_system("document.besmet", ref, document=event.document_id)
    bron.set_aandacht(ref.id, Aandacht.DOCUMENT, moment)
    events.publish(
        DocumentGeweigerdDoorScanner(
            zaak=zaak, document_id=event.document_id, van=None if document.vervangen_door else van
        )
    )


def _tekst(document: DocumentInzage, zaak: Zaak, van: Betrokkene | None) -> str:
    """What the timeline says: to `van`, who sent it, what to do; to everybody else that it is there."""
    if van is None:
        return BESMET if document.is_van_aanvrager else BESMET_VAN_ONS
    if document.vervangen_door:
        return "In een oudere versie van een bestand dat u stuurde zit een virus. Niemand kan het openen"
    doe = ". Stuur een veilig bestand" if zaak.is_open else ""
    return f"In een bestand dat u stuurde zit een virus. Niemand kan het openen{doe}"
