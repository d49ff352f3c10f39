"""What stands on disk and in the database, and who works: files, invented people, managers, the worker."""

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from eloket.beschikbaarheid.models import Levensteken
from eloket.identity.models import Medewerker
from eloket.identity.types import Partij, Recht
from eloket.kernel import klok
from eloket.ops.demo import mensen, personas
from eloket.ops.productie.types import Regel, fout, let_op, ok
from eloket.profile.models import Profiel
from eloket.zaken import bronnen
from eloket.zaken.types import ZaakFilter

_STIL = timedelta(minutes=5)


def check_bestanden() -> Iterator[Regel]:
    """The data folder holds files of residents, and with SQLite all the rest: for its owner only."""
    data = settings.ELOKET.data_dir.resolve()
    code, norm = "bestanden", "U/PW.07, BIO 9.4.1"
    if open_voor := [pad.name for pad in _private(data) if stat.S_IMODE(pad.stat().st_mode) & 0o077]:
        yield fout(
            code,
            norm,
            f"Ook anderen op deze machine kunnen erbij: {', '.join(open_voor)}.",
            "Haal de rechten weg met chmod -R go-rwx op de map van ELOKET_DATA_DIR.",
        )
    else:
        yield ok(code, norm, "Alleen E-loket zelf kan bij de map met gegevens.")
    if os.geteuid() == 0:
        yield let_op(
            "gebruiker",
            "U/PW.07",
            "Deze opdracht draait als root.",
            "Draai E-loket, en deze opdracht, als een eigen gebruiker zonder beheerrechten.",
        )
    else:
        yield ok("gebruiker", "U/PW.07", "E-loket draait niet als root.")


def _private(data: Path) -> list[Path]:
    """The folder itself when nobody else can enter it; else also what stands in it and is not for everybody."""
    if not stat.S_IMODE(data.stat().st_mode) & 0o077:
        return [data]
    binnen = [data / "files", data / "mail", *data.glob("eloket.sqlite3*")]
    return [data, *(pad for pad in binnen if pad.exists())]


def check_demo_gegevens() -> Iterator[Regel]:
    """The people of the demo, by their test numbers and names to log in with."""
    code, norm = "demo-gegevens", "BIO 14.3.1, BIO 12.1.4"
    herstel = "Begin met een lege database: demo-gegevens en echte gegevens horen niet bij elkaar."
    partijen = _demo_partijen()
    if any(_has_zaken(partij) for partij in partijen):
        yield fout(code, norm, "Er staan zaken van verzonnen inwoners in.", herstel)
    elif _has_contact(partijen):
        yield fout(code, norm, "Er staan contactgegevens van verzonnen inwoners in.", herstel)
    else:
        yield ok(code, norm, "Er staan geen verzonnen inwoners en bedrijven in.")


def _demo_partijen() -> tuple[Partij, ...]:
    bsns = (mensen.JEROEN, mensen.FATIMA, mensen.SANNE, *personas.andere_inwoners())
    bedrijf = Partij.onderneming(mensen.KORENAAR)
    return (*map(Partij.inwoner, bsns), bedrijf, Partij.onderneming(mensen.KORENAAR, mensen.KORENAAR_MARKT))


def _has_contact(partijen: tuple[Partij, ...]) -> bool:
    eigen = Q(profiel_key__in=[een.profiel_key for een in partijen])
    return Profiel.objects.filter(eigen | Q(onderneming_key__in=[een.key for een in partijen])).exists()


def _has_zaken(partij: Partij) -> bool:
    """Asked of each source for one zaak, open or closed. Raises BronOnbereikbaar."""
    delen = (bron.list_zaken(partij, ZaakFilter(limit=1)) for bron in bronnen.alle())
    return any(deel.lopend or deel.afgerond for deel in delen)


def check_medewerkers() -> Iterator[Regel]:
    demo = Medewerker.objects.filter(subject__in=[een.subject for een in mensen.MEDEWERKERS], is_actief=True)
    if aantal := demo.count():
        yield fout(
            "medewerkers-demo",
            "U/TV.01, BIO 9.2.5",
            f"{aantal} medewerkers van de demo mogen in de werkplek.",
            "Sluit ze af: eloket medewerker SUBJECT NAAM --inactief.",
        )
    else:
        yield ok("medewerkers-demo", "U/TV.01, BIO 9.2.5", "Geen medewerker van de demo mag in de werkplek.")
    rechten = Medewerker.objects.filter(is_actief=True).values_list("rechten", flat=True)
    beheerders = sum(Recht.BEHEREN in een for een in rechten)
    if not beheerders:
        yield let_op(
            "beheerders",
            "U/WA.02, U/TV.01",
            "Niemand heeft het recht Beheren.",
            "Maak de eerste beheerder: eloket medewerker SUBJECT NAAM --recht beheren.",
        )
    else:
        yield ok(
            "beheerders", "U/WA.02, U/TV.01", f"Beheerders: {beheerders}. Kijk elk kwartaal na of dat klopt."
        )


def check_worker() -> Iterator[Regel]:
    """It seals the proof, ends what is over its term, and sends the mail."""
    sinds = klok.nu() - _STIL
    if Levensteken.objects.filter(proces__startswith="worker:", moment__gte=sinds).exists():
        yield ok("worker", "C.07, BIO 12.1.3", "De worker leeft.")
    else:
        yield fout(
            "worker",
            "C.07, BIO 12.1.3",
            "De worker gaf de laatste 5 minuten geen teken van leven.",
            "Start hem met: eloket worker. Zonder worker gaat er geen e-mail weg en wordt bewijs niet verzegeld.",
        )
