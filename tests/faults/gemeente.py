"""A municipality at work over HTTP: a web server and a worker that may be killed, and people who change things.

Whoever gets no answer sends the same form again, with the same key, as a browser that is reloaded does. What was
confirmed (303) must be there once, whatever was killed.
"""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from eloket.documenten import voorbeelden
from eloket.ops.management.commands import start
from tests.e2e.bezoeker import Bezoeker, hidden_fields
from tests.e2e.product import Product
from tests.faults.installatie import elapse

START_SECONDEN = 90
# Zaken of so many residents with a confirmed address, and one of Jeroen; says which.
MAAK = """
import json, sys, django
django.setup()
from eloket.identity.testing import inwoner
from eloket.kernel.klok import nu
from eloket.profile.models import Profiel
from eloket.sources.register.seed.bevolking import seed_bsn
from eloket.zaken import service as zaken
from eloket.zaken.voorbeelden import nieuwe_zaak
refs = []
for naam, actor in [("jeroen", inwoner())] + [(f"p{n}", inwoner(seed_bsn(n))) for n in range(int(sys.argv[1]))]:
    Profiel.objects.update_or_create(profiel_key=actor.partij.profiel_key, defaults={
        "email": f"{naam}@voorbeeld.nl", "email_bevestigd_op": nu(), "wil_mail": True})
    opdracht = nieuwe_zaak(actor.partij, zaaktype="PARKEERVERGUNNING", omschrijving=f"Proef van {naam}", toelichting="")
    refs.append(str(zaken.start_zaak(actor, opdracht)[0].ref))
print("REFS", json.dumps(refs))
"""
# What there is now, of what these people did: their texts begin with a mark.
LEES = """
import json, django
django.setup()
from eloket.berichten.models import Bericht
from eloket.documenten.models import Document
from eloket.profile.models import Profiel
from eloket.sources.register.models import Status
from eloket.zaken.models import Taak
print("STAND", json.dumps({
    "bericht": [(str(een.pk), een.tekst, een.is_van_gemeente) for een in Bericht.objects.all()],
    "vraag": [(str(een.pk), een.titel, True) for een in Taak.objects.all()],
    "status": [("", een.statustoelichting, True) for een in Status.objects.all()],
    "bestand": [(str(een.pk), een.bestandsnaam.removesuffix(".pdf"), een.herkomst) for een in Document.objects.all()],
    "telefoon": [("", een.telefoon, False) for een in Profiel.objects.all() if een.telefoon],
}))
"""


@dataclass(slots=True)
class Wijziging:
    """Something that somebody changes. `merk` is what it is found by."""

    soort: str
    merk: str
    door_gemeente: bool
    keren: int = 0
    is_bevestigd: bool = False


class Stadhuis:
    """The processes of one installation on a copy of the demo. Ends only what it started."""

    def __init__(self, data_dir: Path, smtp_port: int) -> None:
        self.product = Product(data_dir, omgeving={"ELOKET_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}"})
        self.gedood = Counter[str]()
        self._processen: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def env(self) -> dict[str, str]:
        return self.product.env | {
            "ELOKET_DATA_DIR": str(self.product.data_dir),
            "ELOKET_BASE_URL": self.product.url,
            "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
        }

    def run(self, programma: str, *argumenten: str) -> Any:
        """What this program wrote behind its one word, as JSON."""
        uitvoer = subprocess.run(
            [sys.executable, "-c", programma, *argumenten],
            env=self.env,
            check=True,
            timeout=120,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ).stdout
        return json.loads(uitvoer.splitlines()[-1].partition(" ")[2])

    def start(self, *namen: str) -> None:
        """`web` or `worker`, as `eloket start` starts it; a web server answers when this returns."""
        opdrachten = dict(zip(("web", "worker"), start._opdrachten(self.product.port), strict=True))
        for naam in namen:
            with self.product.log_pad.open("ab") as log:
                self._processen[naam] = subprocess.Popen(
                    opdrachten[naam], env=self.env, stdout=log, stderr=log, start_new_session=True
                )
        if "web" in namen:
            self._wait_until_ready()

    def kill(self, *namen: str) -> None:
        """kill -9, its children included."""
        for naam in namen:
            proces = self._processen.pop(naam)
            os.killpg(proces.pid, signal.SIGKILL)
            proces.wait()
            self.gedood[naam] += 1

    def stop(self) -> None:
        for naam in list(self._processen):
            self.kill(naam)

    def let_pass(self, minuten: int) -> None:
        elapse(self.product.sql, minuten)

    def _wait_until_ready(self) -> None:
        einde = time.monotonic() + START_SECONDEN
        while time.monotonic() < einde:
            try:
                if requests.get(f"{self.product.url}/gezondheid/klaar/", timeout=5).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        raise AssertionError(f"de webserver kwam niet op:\n{self.product.log[-2000:]}")


class Mens:
    """Somebody with a browser, who does not give up."""

    def __init__(self, stadhuis: Stadhuis, middel: str, sub: str, seed: int) -> None:
        self.kans = random.Random(f"{seed}-{sub}")
        self.gedaan: list[Wijziging] = []
        self._url = stadhuis.product.url
        self._bezoeker = Bezoeker(self._url).log_in(middel, sub)
        self._mee: dict[str, str] = {}

    def make(self, soort: str, merk: str, pad: str, velden: dict[str, str], **meer: Any) -> None:
        """Send this form until the answer says that it was done."""
        wijziging = Wijziging(soort, merk, pad.startswith("/werkplek/"))
        self.gedaan.append(wijziging)
        einde = time.monotonic() + START_SECONDEN
        while not wijziging.is_bevestigd:
            assert time.monotonic() < einde, f"{wijziging} lukte niet"
            wijziging.keren += 1
            antwoord = self.ask(lambda: self._bezoeker.post(pad, velden | self.mee, volg=False, **meer))
            assert antwoord is None or antwoord.status_code in {303, 500, 502, 503}, (
                f"{wijziging}: {antwoord.status_code} {antwoord.text[:3000]}"
            )
            wijziging.is_bevestigd = antwoord is not None and antwoord.status_code == 303
            if not wijziging.is_bevestigd:
                time.sleep(0.1)

    def ask(self, vraag: Callable[[], requests.Response]) -> requests.Response | None:
        """The answer; None when there was none."""
        try:
            return vraag()
        except requests.RequestException:
            return None

    def page(self, pad: str) -> str:
        """The page, once there is one."""
        einde = time.monotonic() + START_SECONDEN
        while time.monotonic() < einde:
            antwoord = self.ask(lambda: self._bezoeker.get(pad))
            if antwoord is not None and antwoord.status_code == 200:
                return antwoord.text
            time.sleep(0.1)
        raise AssertionError(f"{pad} kwam niet")

    @property
    def mee(self) -> dict[str, str]:
        """What every form of theirs carries."""
        if not self._mee:
            velden = hidden_fields(self.page("/mijn/gegevens/" if self.is_inwoner else "/werkplek/"))
            self._mee = {naam: velden[naam] for naam in ("csrfmiddlewaretoken", "partij-merk")}
        return self._mee

    @property
    def is_inwoner(self) -> bool:
        return True


class Jeroen(Mens):
    """Writes, adds files, and has a new telephone number again."""

    def __init__(self, stadhuis: Stadhuis, ref: str, seed: int) -> None:
        super().__init__(stadhuis, "digid", "jeroen", seed)
        self._zaak = f"/mijn/zaken/{ref}/"

    def do(self, nummer: int) -> None:
        merk = f"inwoner-{nummer}"
        soort = self.kans.choices(["bericht", "bestand", "telefoon"], [6, 3, 1])[0]
        if soort == "bericht":
            velden = {"bericht": merk, "sleutel": uuid.UUID(int=self.kans.getrandbits(128)).hex}
            self.make(soort, merk, f"{self._zaak}berichten/", velden)
        elif soort == "bestand":
            bestand = (f"{merk}.pdf", voorbeelden.pdf(merk), "application/pdf")
            self.make(soort, merk, f"{self._zaak}documenten/", {}, bestanden={"bestanden": bestand})
        else:
            nieuw = f"+3161{nummer:07}"
            velden = {"email": "jeroen@voorbeeld.nl", "telefoon": nieuw, "wil_mail": "on"}
            self.make(soort, nieuw, "/mijn/gegevens/", velden)


class Mila(Mens):
    """Answers, asks for documents and sets statuses, in one zaak after the other."""

    def __init__(self, stadhuis: Stadhuis, refs: list[str], seed: int) -> None:
        super().__init__(stadhuis, "medewerker", "mila.jansen", seed)
        self._refs = refs
        self._stap = Counter[str]()
        self._einde = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()

    @property
    def is_inwoner(self) -> bool:
        return False

    def do(self, nummer: int) -> None:
        merk, ref = f"gemeente-{nummer}", self.kans.choice(self._refs)
        zaak = f"/werkplek/zaken/{ref}/"
        soort = self.kans.choices(["bericht", "vraag", "status"], [6, 2, 2])[0]
        if soort == "status" and self._stap[ref] >= 1:
            soort = "bericht"
        if soort == "bericht":
            velden = {
                "bericht": merk,
                "gesprek": "",
                "sleutel": uuid.UUID(int=self.kans.getrandbits(128)).hex,
            }
            self.make(soort, merk, f"{zaak}bericht/", velden)
        elif soort == "vraag":
            velden = {"soort": "document", "titel": merk, "uitleg": "", "deadline": self._einde}
            self.make(soort, merk, f"{zaak}vraag/", velden)
        else:
            self._stap[ref] += 1
            gelezen = hidden_fields(self.page(f"{zaak}?deel=status"))
            velden = {"status": "2", "toelichting": merk, "resultaat": ""} | {
                naam: gelezen[naam] for naam in ("versie", "geladen")
            }
            self.make(soort, merk, f"{zaak}status/", velden)


@dataclass(slots=True)
class Werkdag:
    """People who work at the same time, until so many changes were made between them."""

    mensen: list[Jeroen | Mila]
    aantal: int
    fouten: list[BaseException] = field(default_factory=list)
    _nummers: Iterator[int] = field(default_factory=itertools.count)
    _draden: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        self._draden = [
            threading.Thread(target=self._work, args=(mens,), daemon=True) for mens in self.mensen
        ]
        for draad in self._draden:
            draad.start()

    def _work(self, mens: "Jeroen | Mila") -> None:
        try:
            while not self.fouten and (nummer := next(self._nummers)) < self.aantal:
                mens.do(nummer)
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.fouten.append(error)

    @property
    def bezig(self) -> bool:
        if self.fouten:
            raise self.fouten[0]
        return any(draad.is_alive() for draad in self._draden)

    @property
    def wijzigingen(self) -> list[Wijziging]:
        return [een for mens in self.mensen for een in mens.gedaan]

    @property
    def bevestigd(self) -> int:
        return sum(een.is_bevestigd for een in self.wijzigingen)
