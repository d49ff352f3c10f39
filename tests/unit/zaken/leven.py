"""The life of one zaak as a state machine: every step that its people can take, beside a model of what must be so."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from eloket.documenten.queries import list_documenten
from eloket.documenten.types import Beoordeling
from eloket.documenten.upload import bied_aan
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import datum_van, nu, op_moment
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.tijdlijn import build_termijn
from eloket.zaken.types import TaakSoort, TaakStand, Zaak
from tests.web.werkplek import Stadhuis

_nummers = count(1)
kiezen = st.integers(min_value=0, max_value=7)
LATER = timedelta(days=400)


_VRAGEN: dict[TaakSoort, Callable[..., str]] = {
    TaakSoort.DOCUMENT: zaken.ask_document,
    TaakSoort.ANTWOORD: zaken.ask_answer,
    TaakSoort.FORMULIER: partial(zaken.ask_form, formulier="melding-openbare-ruimte"),
}


class LevenVanEenZaak(RuleBasedStateMachine):
    """The model keeps what the register must say: the versie, the term, and what waits for whom."""

    huis: ClassVar[Stadhuis]

    @initialize()
    def begin(self) -> None:
        self.nu = nu()
        with op_moment(self.nu):
            self.ref, self.ander = (self._start().ref for _ in range(2))
        zaak = self.zaak
        self.versie, self.stap, self.eind = zaak.versie, zaak.stap, zaak.statustypen[-1].volgnummer
        self.stappen = [zaak.stap]
        self.uiterlijk = zaak.uiterlijke_einddatum
        self.sinds: date | None = None
        self.behandelaar: int | None = None
        self.is_open = True
        self.taken: dict[str, list[Any]] = {}  # id -> [TaakSoort, TaakStand]
        self.documenten: dict[str, list[Any]] = {}  # id -> [taak_id, Beoordeling]

    def _start(self) -> Zaak:
        jeroen = self.huis.jeroen
        assert jeroen.partij is not None
        return zaken.start_zaak(jeroen, nieuwe_zaak(jeroen.partij, sleutel=f"leven-{next(_nummers)}"))[0]

    @property
    def zaak(self) -> Zaak:
        return bron_voor(self.ref.bron).get_zaak(self.ref.id)

    # --- time

    @rule(dagen=st.integers(min_value=1, max_value=60))
    def days_pass(self, dagen: int) -> None:
        self.nu += timedelta(days=dagen)

    # --- the zaak itself

    @rule(is_mila=st.booleans())
    def take(self, is_mila: bool) -> None:
        wie = self.huis.mila if is_mila else self.huis.omar
        if self._try(self.is_open, lambda: zaken.take_zaak(wie, self.ref, versie=self.versie)):
            self.behandelaar, self.versie = wie.medewerker_id, self.versie + 1

    @rule(naar=st.sampled_from(["mila", "omar", "bo", ""]))
    def hand_over(self, naar: str) -> None:
        wie = getattr(self.huis, naar).medewerker_id if naar else None
        mag = self.is_open and naar != "bo"  # Bo works for another afdeling
        if self._try(mag, lambda: self._hand_over(wie, self.versie)):
            self.behandelaar, self.versie = wie, self.versie + 1

    @rule(volgnummer=st.integers(min_value=0, max_value=6))
    def set_status(self, volgnummer: int) -> None:
        mag = self.is_open and self.stap < volgnummer < self.eind
        if self._try(mag, lambda: self._set_status(volgnummer, self.versie)):
            self.stap, self.versie = volgnummer, self.versie + 1
            self.stappen.append(volgnummer)

    @rule(heeft_resultaat=st.sampled_from([True, True, False]))
    def close(self, heeft_resultaat: bool) -> None:
        resultaat = self.zaak.resultaattypen[0] if heeft_resultaat else " "
        mag = self.is_open and heeft_resultaat and not self._waiting()
        if self._try(mag, lambda: self._set_status(self.eind, self.versie, resultaat)):
            self._end_suspension()
            self.stap, self.is_open, self.versie = self.eind, False, self.versie + 1
            assert self.zaak.resultaat == resultaat

    @rule()
    def suspend(self) -> None:
        mag = self.is_open and self.sinds is None
        if self._try(
            mag, lambda: zaken.suspend_zaak(self.huis.mila, self.ref, reden="x", versie=self.versie)
        ):
            self.sinds, self.versie = datum_van(self.nu), self.versie + 1

    @rule()
    def resume(self) -> None:
        mag = self.is_open and self.sinds is not None
        if self._try(mag, lambda: zaken.resume_zaak(self.huis.mila, self.ref, versie=self.versie)):
            self._end_suspension()
            self.versie += 1

    @rule()
    def reopen(self) -> None:
        mag = not self.is_open
        if self._try(mag, lambda: zaken.reopen_zaak(self.huis.mila, self.ref, reden="x", versie=self.versie)):
            self.stap, self.is_open, self.versie = self.stappen[-1], True, self.versie + 1
            assert not self.zaak.resultaat

    @rule(welke=st.integers(min_value=0, max_value=5), ouder=st.integers(min_value=1, max_value=3))
    def change_something_that_somebody_else_changed(self, welke: int, ouder: int) -> None:
        mila, versie = self.huis.mila, self.versie - ouder
        stappen: tuple[Callable[[], object], ...] = (
            lambda: zaken.take_zaak(mila, self.ref, versie=versie),
            lambda: self._hand_over(None, versie),
            lambda: self._set_status(self.stap + 1, versie, self.zaak.resultaattypen[0]),
            lambda: zaken.suspend_zaak(mila, self.ref, reden="x", versie=versie),
            lambda: zaken.resume_zaak(mila, self.ref, versie=versie),
            lambda: zaken.reopen_zaak(mila, self.ref, reden="x", versie=versie),
        )
        self._try(False, stappen[welke])

    # --- what is asked and what comes in

    @rule(soort=st.sampled_from(TaakSoort), komt=st.booleans())
    def ask(self, soort: TaakSoort, komt: bool) -> None:
        vraag = _VRAGEN[soort]
        titel, deadline = f"Vraag {next(_nummers)}", (self.nu + LATER).date()
        taak = self._try(
            self.is_open,
            lambda: vraag(self.huis.mila, self.ref, titel=titel, toelichting="", deadline=deadline),
        )
        if not taak:
            return
        self.taken[taak] = [soort, TaakStand.GEVRAAGD]
        if komt and soort is TaakSoort.DOCUMENT:
            self._deliver(taak)
        elif komt:
            self._answer(taak)

    @precondition(lambda self: self.taken)
    @rule(kies=kiezen)
    def withdraw(self, kies: int) -> None:
        self._withdraw(self._choose(self.taken, kies))

    def _withdraw(self, taak: str) -> None:
        is_gevraagd = self.taken[taak][1] is TaakStand.GEVRAAGD
        weg = self._try(self.is_open, lambda: zaken.withdraw_taak(self.huis.mila, self.ref, taak))
        assert bool(weg) == (self.is_open and is_gevraagd)
        if weg:
            del self.taken[taak]

    @precondition(lambda self: self._in_words())
    @rule(kies=kiezen)
    def answer(self, kies: int) -> None:
        self._answer(self._choose(self._in_words(), kies))

    def _in_words(self) -> list[str]:
        return self._of_kind(TaakSoort.ANTWOORD) + self._of_kind(TaakSoort.FORMULIER)

    def _answer(self, taak: str) -> None:
        """The same words again are no other answer; a form that was sent cannot be sent again."""
        jeroen, soort, stand = self.huis.jeroen, *self.taken[taak]
        if soort is TaakSoort.FORMULIER:
            kan = self.is_open and stand is TaakStand.GEVRAAGD
            self._try(kan, lambda: zaken.answer_with_form(jeroen, self.ref, taak, antwoord="Ja.", klaar=()))
        else:
            self._try(self.is_open, lambda: zaken.answer_taak(jeroen, self.ref, taak, antwoord="Ja."))
        if self.is_open and self.taken[taak][1] is TaakStand.GEVRAAGD:
            self.taken[taak][1] = TaakStand.ONTVANGEN

    @rule(kies=kiezen, noemt=st.booleans())
    def deliver(self, kies: int, noemt: bool) -> None:
        vragen = self._open_for_documents()
        self._deliver(self._choose(vragen, kies) if vragen and noemt else "")

    def _open_for_documents(self) -> list[str]:
        return [een for een in self._of_kind(TaakSoort.DOCUMENT) if self.taken[een][1] is TaakStand.GEVRAAGD]

    def _deliver(self, taak: str) -> None:
        vragen = self._open_for_documents()
        bestand = bied_aan("a.txt", [b"bestand %d" % next(_nummers)])
        ontvangst = self._try(
            self.is_open, lambda: zaken.add_documenten(self.huis.jeroen, self.ref, (bestand,), taak_id=taak)
        )
        if ontvangst:
            vervuld = taak or (vragen[0] if len(vragen) == 1 else "")
            self.documenten[ontvangst.toegevoegd[0].id] = [vervuld, Beoordeling.NIEUW]
            if vervuld:
                self.taken[vervuld][1] = TaakStand.ONTVANGEN

    # --- what is thought of it

    @precondition(lambda self: self.documenten)
    @rule(kies=kiezen)
    def accept_document(self, kies: int) -> None:
        self._accept(self._choose(self.documenten, kies))

    def _accept(self, document: str) -> None:
        taak, oordeel = self.documenten[document]
        mag = self.is_open and oordeel is not Beoordeling.AFGEKEURD
        velden = {"documenttype": "Foto", "vertrouwelijkheid": "intern"}
        self._try(mag, lambda: zaken.accept_document(self.huis.mila, self.ref, document, **velden))
        if mag and oordeel is Beoordeling.NIEUW:
            self.documenten[document][1] = Beoordeling.GEACCEPTEERD
            if self._waits_for_judgement(taak) and not self._undecided(taak):
                self.taken[taak][1] = TaakStand.GOEDGEKEURD

    @precondition(lambda self: self.documenten)
    @rule(kies=kiezen, opnieuw=st.booleans())
    def refuse_document(self, kies: int, opnieuw: bool) -> None:
        document = self._choose(self.documenten, kies)
        taak, oordeel = self.documenten[document]
        mag = self.is_open and oordeel is not Beoordeling.GEACCEPTEERD
        deadline = (self.nu + LATER).date() if opnieuw else None
        nieuw = self._try(
            mag,
            lambda: zaken.refuse_document(self.huis.mila, self.ref, document, reden="x", deadline=deadline),
        )
        if mag and oordeel is Beoordeling.NIEUW:
            self.documenten[document][1] = Beoordeling.AFGEKEURD
            if self._waits_for_judgement(taak):
                self.taken[taak][1] = TaakStand.AFGEKEURD
            assert bool(nieuw) == opnieuw
            if nieuw:
                self.taken[nieuw] = [TaakSoort.DOCUMENT, TaakStand.GEVRAAGD]

    @precondition(lambda self: self.documenten)
    @rule(kies=kiezen)
    def move_document(self, kies: int) -> None:
        document = self._choose(self.documenten, kies)
        naar = bron_voor(self.ander.bron).get_zaak(self.ander.id).identificatie
        mag = self.is_open and self.documenten[document][1] is Beoordeling.NIEUW
        if self._try(mag, lambda: zaken.move_document(self.huis.mila, self.ref, document, naar=naar)):
            taak, _ = self.documenten.pop(document)
            if self._waits_for_judgement(taak) and not any(
                een[0] == taak for een in self.documenten.values()
            ):
                self.taken[taak][1] = TaakStand.GEVRAAGD

    @precondition(lambda self: self.taken)
    @rule(kies=kiezen, is_goed=st.booleans())
    def judge_request(self, kies: int, is_goed: bool) -> None:
        self._judge(self._choose(self.taken, kies), is_goed)

    def _judge(self, taak: str, is_goed: bool) -> None:
        doel = TaakStand.GOEDGEKEURD if is_goed else TaakStand.AFGEKEURD
        mag = self.is_open and self.taken[taak][1] in {TaakStand.ONTVANGEN, doel}
        if is_goed:
            self._try(mag, lambda: zaken.approve_taak(self.huis.mila, self.ref, taak))
        else:
            self._try(
                mag, lambda: zaken.reject_taak(self.huis.mila, self.ref, taak, reden="x", deadline=None)
            )
        if mag:
            self.taken[taak][1] = doel

    @precondition(lambda self: self.is_open)
    @rule(kies=kiezen)
    def close_with_at_most_one_thing_waiting(self, kies: int) -> None:
        """Everything gets its end but one: each kind of thing that waits keeps a zaak open by itself."""
        laat = self._choose([*self._waiting(), ""], kies)
        for document, (_, oordeel) in list(self.documenten.items()):
            if document != laat and oordeel is Beoordeling.NIEUW:
                self._accept(document)
        for taak, (_, stand) in list(self.taken.items()):
            if taak != laat and stand is TaakStand.GEVRAAGD:
                self._withdraw(taak)
            elif taak != laat and stand is TaakStand.ONTVANGEN:
                self._judge(taak, True)
        self.close(True)

    # --- what is always so

    @invariant()
    def the_register_says_what_the_model_says(self) -> None:
        zaak = self.zaak
        assert (zaak.versie, zaak.stap, zaak.is_open) == (self.versie, self.stap, self.is_open)
        assert zaak.uiterlijke_einddatum == self.uiterlijk
        assert (zaak.opschorting.sinds if zaak.opschorting else None) == self.sinds
        assert zaak.behandelaar_id == self.behandelaar
        gezien = {een.id: een.stand for een in queries.list_taken_van_zaak(self.ref, partij=None)}
        assert gezien == {taak: stand for taak, (_, stand) in self.taken.items()}
        binnen = {een.id: een.beoordeling for een in list_documenten(str(self.ref))}
        assert binnen == {document: oordeel for document, (_, oordeel) in self.documenten.items()}

    @invariant()
    def nothing_waits_in_a_zaak_that_has_ended(self) -> None:
        assert self.is_open or not self._waiting()
        termijn = build_termijn(self.zaak, datum_van(self.nu))
        assert (termijn is not None) == self.is_open
        assert termijn is None or termijn.dag >= 1

    # --- helpers

    def _waiting(self) -> list[str]:
        """What somebody still has to answer, or to judge."""
        stukken = [een for een, (_, oordeel) in self.documenten.items() if oordeel is Beoordeling.NIEUW]
        wachtend = {TaakStand.GEVRAAGD, TaakStand.ONTVANGEN}
        return stukken + [taak for taak, (_, stand) in self.taken.items() if stand in wachtend]

    def _try(self, mag: bool, doe: Callable[[], Any]) -> Any:
        """Take the step: it succeeds when it may, else it is refused; that nothing changed then, the invariants say."""
        try:
            with op_moment(self.nu), transaction.atomic():
                uitkomst = doe()
        except NietToegestaan:
            assert not mag, "geweigerd, maar het kon"
            return None
        assert mag, "gelukt, maar het kon niet"
        return uitkomst

    def _hand_over(self, wie: int | None, versie: int) -> Zaak:
        return zaken.hand_over(
            self.huis.mila, self.ref, medewerker_id=wie, afdeling="", notitie="", versie=versie
        )

    def _set_status(self, volgnummer: int, versie: int, resultaat: str = "") -> Zaak:
        return zaken.set_status(
            self.huis.mila,
            self.ref,
            volgnummer=volgnummer,
            toelichting="",
            resultaat=resultaat,
            versie=versie,
        )

    def _end_suspension(self) -> None:
        if self.sinds is not None and self.uiterlijk is not None:
            self.uiterlijk += datum_van(self.nu) - self.sinds
        self.sinds = None

    def _of_kind(self, soort: TaakSoort) -> list[str]:
        return [taak for taak, (welke, _) in self.taken.items() if welke is soort]

    def _waits_for_judgement(self, taak: str) -> bool:
        return taak in self.taken and self.taken[taak][1] is TaakStand.ONTVANGEN

    def _undecided(self, taak: str) -> bool:
        return any(een == [taak, Beoordeling.NIEUW] for een in self.documenten.values())

    @staticmethod
    def _choose(uit: Iterable[str], kies: int) -> str:
        lijst = list(uit)
        return lijst[kies % len(lijst)]
