"""Acts as the residents and civil servants of the demo: every line of the script is a call of a real service."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from eloket.berichten import service as berichten
from eloket.documenten import voorbeelden
from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Aangeboden
from eloket.documenten.upload import bied_aan
from eloket.identity.types import Actor
from eloket.kernel.klok import datum_van, nu, op_moment, schrijf_datum
from eloket.machtigingen import service as machtigingen
from eloket.machtigingen.types import Bevoegdheid, MachtigingWens
from eloket.ops.demo import brieven, mensen
from eloket.ops.demo.draaiboek import (
    Aantekening,
    Bijlage,
    DemoZaak,
    Lijn,
    Oordeel,
    Overdracht,
    Post,
    Stap,
    Stilstand,
    Vraag,
    at,
)
from eloket.ops.demo.ports import DemoBron
from eloket.profile.bron import personen_bron
from eloket.zaken import service as zaken
from eloket.zaken.machtigen import give_machtiging
from eloket.zaken.types import Aandacht, GebeurtenisSoort, NieuweZaak, Zaak, ZaakRef

_HUURCONTRACT = Path(__file__).parent / "huurovereenkomst.jpg"


class Speler:
    """Knows which zaak of the script became which zaak of the register."""

    def __init__(self, *, bron: DemoBron, medewerkers: dict[str, Actor], peildag: date) -> None:
        self.peildag = peildag
        self._bron = bron
        self._medewerkers = medewerkers
        self._refs: dict[int, ZaakRef] = {}

    # --- the start of a zaak ---

    def start(self, demo: DemoZaak, nummer: int) -> None:
        """The resident hands in the application, with the files of that day, and gets about this zaaknummer."""
        actor, aan = _wie(demo.wie)
        assert actor.partij is not None
        self._bron.continue_numbering(nu().year, nummer - 1)
        opdracht = NieuweZaak(
            zaaktype=demo.zaaktype,
            omschrijving=demo.omschrijving,
            toelichting=demo.toelichting,
            initiator_soort=actor.partij.soort.value,
            initiator_nummer=actor.partij.nummer,
            initiator_vestigingsnummer=actor.partij.vestigingsnummer,
            initiator_naam=aan[0],
            kenmerken=demo.kenmerken,
            sleutel="",
        )
        bijlagen = [
            _bestand(lijn.naam) for lijn in demo.lijn if isinstance(lijn, Bijlage) and lijn.dag == demo.start
        ]
        zaak, _ = zaken.start_zaak(actor, opdracht, tuple(bijlagen))
        self._refs[id(demo)] = zaak.ref

    def confirm(self, demo: DemoZaak) -> None:
        """The municipality confirms receipt by letter."""
        zaak = self._zaak(demo)
        pdf = brieven.ontvangstbevestiging(zaak, _wie(demo.wie)[1], nu())
        self._add_letter(zaak, f"Ontvangstbevestiging {_in_a_line(zaak.zaaktype_omschrijving)}", pdf)

    def is_with_start(self, demo: DemoZaak, lijn: Lijn) -> bool:
        """Files of the first day came with the application."""
        return isinstance(lijn, Bijlage) and lijn.dag == demo.start

    def moment_of(self, lijn: Lijn, plek: int) -> datetime:
        """When it happened: a message at its own time, the rest in the morning."""
        uur, minuut = lijn.tijd if isinstance(lijn, Post) else (10, plek % 10)
        return at(lijn.dag, uur, minuut, peildag=self.peildag)

    # --- what happened after ---

    def play(self, demo: DemoZaak, lijn: Lijn) -> None:
        """Play one line of the script, now."""
        match lijn:
            case Stap():
                self._set_status(demo, lijn)
            case Vraag():
                self._ask(demo, lijn)
            case Post():
                self._send(demo, lijn)
            case Bijlage():
                zaken.add_documenten(_wie(demo.wie)[0], self._refs[id(demo)], (_bestand(lijn.naam),))
            case Stilstand():
                self._suspend(demo, lijn)
            case Oordeel():
                self._judge(demo, lijn)
            case Aantekening():
                zaak = self._taken_on(demo)
                zaken.add_notitie(self._handler(zaak), zaak.ref, tekst=lijn.tekst, sleutel="")
            case Overdracht():
                self._hand_over(demo, lijn)

    def _set_status(self, demo: DemoZaak, lijn: Stap) -> None:
        zaak = self._taken_on(demo)
        handler = self._handler(zaak)
        if any(isinstance(deel, Bijlage) for deel in demo.lijn):
            zaken.clear_aandacht(handler, zaak.ref, Aandacht.DOCUMENT)
        if lijn.resultaat and demo.brief:
            pdf = brieven.besluit(zaak, _wie(demo.wie)[1], nu(), resultaat=lijn.resultaat)
            self._add_letter(zaak, f"Besluit {_in_a_line(zaak.zaaktype_omschrijving)}", pdf)
        zaken.set_status(
            handler,
            zaak.ref,
            volgnummer=lijn.volgnummer,
            toelichting=lijn.toelichting,
            resultaat=lijn.resultaat if lijn.volgnummer == zaak.statustypen[-1].volgnummer else "",
            versie=zaak.versie,
        )

    def _ask(self, demo: DemoZaak, lijn: Vraag) -> None:
        zaak = self._taken_on(demo)
        deadline = self.peildag + timedelta(days=lijn.deadline)
        pdf = brieven.verzoek_om_informatie(
            zaak, _wie(demo.wie)[1], nu(), document=lijn.titel, deadline=schrijf_datum(deadline)
        )
        self._add_letter(zaak, "Verzoek om aanvullende informatie", pdf)
        zaken.ask_document(
            self._handler(zaak), zaak.ref, titel=lijn.titel, toelichting=lijn.toelichting, deadline=deadline
        )

    def _send(self, demo: DemoZaak, lijn: Post) -> None:
        zaak = self._taken_on(demo) if lijn.door_gemeente else self._zaak(demo)
        inwoner, handler = _wie(demo.wie)[0], self._handler(zaak)
        van, naar = (handler, inwoner) if lijn.door_gemeente else (inwoner, handler)
        berichten.send_bericht(van, zaak.ref, tekst=lijn.tekst, sleutel="")
        if lijn.gelezen:
            with op_moment(nu() + timedelta(hours=2)):
                berichten.mark_read(naar, zaak.ref)

    def _suspend(self, demo: DemoZaak, lijn: Stilstand) -> None:
        zaak = self._taken_on(demo)
        self._bron.suspend(zaak.ref.id, reden=lijn.reden, moment=nu(), versie=zaak.versie)
        zaken.record(zaak.ref, GebeurtenisSoort.OPGESCHORT, "De termijn van uw zaak staat stil", nu())

    def _judge(self, demo: DemoZaak, lijn: Oordeel) -> None:
        zaak = self._taken_on(demo)
        handler = self._handler(zaak)
        # Newest first: what the applicant sent last.
        document = next(een for een in list_documenten(str(zaak.ref)) if een.is_onbehandeld)
        if lijn.documenttype:
            zaken.accept_document(
                handler,
                zaak.ref,
                document.id,
                documenttype=lijn.documenttype,
                vertrouwelijkheid="zaakvertrouwelijk",
            )
        else:
            deadline = None if lijn.deadline is None else self.peildag + timedelta(days=lijn.deadline)
            zaken.refuse_document(handler, zaak.ref, document.id, reden=lijn.reden, deadline=deadline)

    def _hand_over(self, demo: DemoZaak, lijn: Overdracht) -> None:
        zaak = self._taken_on(demo)
        zaken.hand_over(
            self._handler(zaak),
            zaak.ref,
            medewerker_id=None,
            afdeling=lijn.afdeling,
            notitie=lijn.notitie,
            versie=zaak.versie,
        )

    def authorise(self, demo: DemoZaak, ontvanger: str) -> None:
        """The applicant lets another resident (a BSN) act in this zaak, and that one accepts."""
        gever, helper = (_as_logged_in(bsn) for bsn in (demo.wie, ontvanger))
        vanaf = datum_van(nu())
        wens = MachtigingWens(
            str(self._refs[id(demo)]), Bevoegdheid.HANDELEN, vanaf, vanaf + timedelta(days=365)
        )
        gegeven = give_machtiging(gever, wens, sleutel="")
        machtigingen.accept(helper, machtigingen.enter_code(helper, gegeven.code))

    # --- who and what ---

    def ref_of(self, demo: DemoZaak) -> ZaakRef:
        """Which zaak of the register this one of the script became."""
        return self._refs[id(demo)]

    def _zaak(self, demo: DemoZaak) -> Zaak:
        return self._bron.get_zaak(self._refs[id(demo)].id)

    def _taken_on(self, demo: DemoZaak) -> Zaak:
        """The zaak, which its handler takes on at the first thing they do."""
        zaak = self._zaak(demo)
        if zaak.behandelaar_id is not None:
            return zaak
        return zaken.take_zaak(self._handler(zaak), zaak.ref, versie=zaak.versie)

    def _handler(self, zaak: Zaak) -> Actor:
        return self._medewerkers[mensen.behandelaar_van()[zaak.afdeling]]

    def _add_letter(self, zaak: Zaak, titel: str, pdf: bytes) -> None:
        zaken.add_documenten(self._handler(zaak), zaak.ref, (bied_aan(f"{titel}.pdf", [pdf]),))


def _in_a_line(omschrijving: str) -> str:
    """As it stands within a line: `bezwaar tegen de WOZ-waarde`."""
    return f"{omschrijving[:1].lower()}{omschrijving[1:]}"


def _wie(wie: str) -> tuple[Actor, tuple[str, ...]]:
    """Who acts, and the address block of a letter to them."""
    if len(wie) == 9:
        persoon = personen_bron().get_persoon(wie)
        plaats = f"{persoon.postcode}  {persoon.woonplaats}"
        return mensen.inwoner(wie), (persoon.korte_naam, persoon.straat_huisnummer, plaats)
    kvk_nummer, _, vestigingsnummer = wie.partition("/")
    bedrijf = personen_bron().get_onderneming(kvk_nummer, vestigingsnummer)
    plaats = f"{bedrijf.postcode}  {bedrijf.woonplaats}"
    return mensen.onderneming(kvk_nummer, vestigingsnummer), (
        bedrijf.handelsnaam,
        bedrijf.straat_huisnummer,
        plaats,
    )


def _as_logged_in(bsn: str) -> Actor:
    """With the name by which people know each other: `Jeroen van Drouwen`."""
    persoon = personen_bron().get_persoon(bsn)
    return replace(mensen.inwoner(bsn), naam=f"{persoon.voornamen.split()[0]} {persoon.geslachtsnaam}")


def _bestand(naam: str) -> Aangeboden:
    """A file as its sender would offer it; its name says which kind."""
    if naam.endswith(".jpg"):
        return bied_aan(naam, [_HUURCONTRACT.read_bytes()])
    if naam.endswith(".docx"):
        return bied_aan(naam, [voorbeelden.docx(naam)])
    return bied_aan(naam, [voorbeelden.pdf(naam)])
