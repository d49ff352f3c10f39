"""Makes the rows of a seed, as the database stores them: text, numbers and None, the same for both databases."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate

from eloket.kernel.crypto import vault
from eloket.kernel.klok import datum_van
from eloket.kernel.tekst import normalise
from eloket.sources.register.models import INITIATOR, StatusType, ZaakType
from eloket.sources.register.queries import NAAM
from eloket.sources.register.seed.bevolking import Bevolking, Iemand
from eloket.zaken.types import GebeurtenisSoort

Rij = tuple[str | int | None, ...]

TABELLEN = {
    "register_zaak": (
        "id", "identificatie", "zaaktype_id", "omschrijving", "toelichting", "zoektekst", "startdatum",
        "registratiedatum", "uiterlijke_einddatum", "einddatum", "resultaat", "statustype_id", "opgeschort_sinds",
        "opgeschort_reden", "afdeling_id", "behandelaar_id", "nieuw_bericht_sinds", "nieuw_document_sinds",
        "heeft_aandacht", "versie", "sleutel", "badge",
    ),
    "register_status": ("zaak_id", "statustype_id", "datum_status_gezet", "statustoelichting"),
    "register_rol": (
        "zaak_id", "omschrijving_generiek", "betrokkene_key", "vestiging_key", "nummer", "naam", "is_onderneming",
    ),
    "register_naam": ("sleutel", "zaak_id", "open_bij_id"),
    "berichten_gesprek": (
        "id", "zaak_ref", "betrokkene_key", "vestiging_key", "onderwerp", "is_van_gemeente", "starter_key",
        "begonnen_op", "laatst_op", "afdeling",
    ),
    "berichten_bericht": (
        "id", "gesprek_id", "zaak_ref", "betrokkene_key", "vestiging_key", "is_van_gemeente", "afzender_key",
        "afzender_naam", "afdeling", "behandelaar_id", "tekst", "verzonden_op", "gelezen_op", "sleutel",
    ),
    "zaken_gebeurtenis": ("zaak_ref", "moment", "soort", "tekst"),
    "zaken_taak": (
        "id", "zaak_ref", "betrokkene_key", "vestiging_key", "titel", "toelichting", "deadline", "gevraagd_op",
        "gevraagd_door_key", "vervuld_op",
    ),
    "documenten_document": (
        "id", "zaak_ref", "bestand_id", "titel", "bestandsnaam", "formaat", "herkomst", "auteur_key", "auteur_naam",
        "ontvangen_op",
    ),
}  # fmt: skip

AANDEEL_OPEN = 0.2
_DAGEN = [timedelta(days=dagen) for dagen in range(2_000)]  # longer than any term we have
JAREN = 3
_ACHTERVOEGSELS = ("", "", "", ": Lindelaan", ": Kerkplein", ": Molenweg", ": Waterkant", ": Schoolstraat")
_TEKSTEN = ("Wanneer hoor ik meer?", "Dank u wel voor uw bericht.", "Ik heb een vraag over de brief van u.")


@dataclass(frozen=True, slots=True)
class Soort:
    """A zaaktype as the generator needs it."""

    pk: int
    omschrijving: str
    doorlooptijd: int
    afdeling_id: int
    afdeling: str
    stappen: tuple[int, ...]  # keys of the statustypen, in order
    badges: tuple[str, ...]
    resultaten: tuple[str, ...]


def load_soorten() -> list[Soort]:
    """The zaaktypen that are valid now."""
    stappen: dict[int, list[tuple[int, str]]] = {}
    rijen = StatusType.objects.order_by("volgnummer").values_list("pk", "badge", "zaaktype_id")
    for pk, badge, zaaktype_id in rijen:
        stappen.setdefault(zaaktype_id, []).append((pk, badge))
    return [
        Soort(
            z.pk, z.omschrijving, z.doorlooptijd_dagen, z.afdeling_id, z.afdeling.code,
            tuple(pk for pk, _ in stappen[z.pk]), tuple(badge for _, badge in stappen[z.pk]), tuple(z.resultaattypen),
        )
        for z in ZaakType.objects.filter(einde_geldigheid=None).select_related("afdeling").order_by("identificatie")
    ]  # fmt: skip


@dataclass(slots=True)
class _Geval:
    """What was drawn for one zaak. `dagen`: how long it took; `laatste`: the last step reached, from 0."""

    soort: Soort
    sleutel: str
    wie: Iemand
    moment: datetime
    dagen: int
    laatste: int
    is_open: bool
    nieuws: datetime | None  # when the message came that nobody read yet

    @property
    def ref(self) -> str:
        return f"{NAAM}-{uuid.UUID(self.sleutel)}"


@dataclass(slots=True)
class Maker:
    """Makes zaak after zaak in the order of time, over the last three years. The same seed makes the same zaken.

    `uur` is what a moment ends with: nothing on SQLite, +00 on PostgreSQL. `nummers` is the last zaaknummer per year.
    """

    soorten: list[Soort]
    bevolking: Bevolking
    kans: random.Random
    uur: str
    nu: datetime
    nummers: dict[int, int]
    medewerkers: dict[int, list[int]]
    bestanden: list[int]
    _gewichten: list[int] = field(init=False)
    _teksten: list[str] = field(init=False)
    _onderwerp: str = field(init=False)
    _namen: tuple[str, str] = field(init=False)
    _taak: str = field(init=False)
    _zoek: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        # Short ones come three times as often as long ones.
        self._gewichten = list(accumulate(3 if soort.doorlooptijd <= 56 else 1 for soort in self.soorten))
        self._teksten = [vault().encrypt(tekst) for tekst in _TEKSTEN]
        self._onderwerp = vault().encrypt("Uw zaak")
        self._taak = vault().encrypt("Kopie van uw huurovereenkomst")
        self._namen = (vault().encrypt("Bijlage"), vault().encrypt("Bijlage.pdf"))

    def make(self, aantal: int) -> Iterator[dict[str, list[Rij]]]:
        """A group of rows per table, for about 10,000 zaken at a time."""
        begin = self.nu - timedelta(days=365 * JAREN)
        pas = (self.nu - begin) / (aantal + 1)
        groep: dict[str, list[Rij]] = {tabel: [] for tabel in TABELLEN}
        for nummer in range(aantal):
            self._one(groep, begin + pas * (nummer + 1), is_laat=nummer > aantal * 3 / 4)
            if len(groep["register_zaak"]) == 10_000:
                yield groep
                groep = {tabel: [] for tabel in TABELLEN}
        if groep["register_zaak"]:
            yield groep

    def _one(self, groep: dict[str, list[Rij]], moment: datetime, *, is_laat: bool) -> None:
        kans = self.kans
        soort = kans.choices(self.soorten, cum_weights=self._gewichten)[0]
        oud = (self.nu - moment).days
        # The last quarter of the time holds the open ones: four out of five there, one out of five of all.
        is_open = oud < 1 or (is_laat and kans.random() < AANDEEL_OPEN * 4)
        geval = _Geval(
            soort=soort,
            sleutel=self._id(moment),
            wie=self.bevolking.draw(),
            moment=moment,
            dagen=max(1, min(int(soort.doorlooptijd * (0.2 + kans.random())), oud)),
            laatste=kans.randrange(len(soort.stappen) - 1) if is_open else len(soort.stappen) - 1,
            is_open=is_open,
            nieuws=self.nu - timedelta(minutes=kans.randrange(14 * 1_440))
            if is_open and kans.random() < 0.04
            else None,
        )
        groep["register_zaak"].append(self._zaak(geval))
        self._add_statussen(groep["register_status"], geval)
        wie = geval.wie
        groep["register_rol"].append(
            (geval.sleutel, INITIATOR, wie.key, "", wie.nummer, wie.naam, int(wie.is_onderneming))
        )
        open_bij = soort.afdeling_id if is_open else None
        groep["register_naam"] += [(sleutel, geval.sleutel, open_bij) for sleutel in wie.naam_sleutels]
        self._add_rest(groep, geval)

    def _zaak(self, geval: _Geval) -> Rij:
        kans, soort, laatste = self.kans, geval.soort, geval.laatste
        start = datum_van(geval.moment)
        self.nummers[start.year] = volgnummer = self.nummers.get(start.year, 0) + 1
        identificatie = f"Z-{start.year}-{volgnummer:06d}"
        omschrijving = soort.omschrijving + _ACHTERVOEGSELS[int(kans.random() * len(_ACHTERVOEGSELS))]
        zoek = self._zoek.get(omschrijving) or self._zoek.setdefault(omschrijving, normalise(omschrijving))
        mensen = self.medewerkers.get(soort.afdeling_id)
        return (
            geval.sleutel, identificatie, soort.pk, omschrijving, "", f"{zoek} {identificatie.lower()}",
            start.isoformat(), self._moment(geval.moment), (start + timedelta(days=soort.doorlooptijd)).isoformat(),
            None if geval.is_open else datum_van(geval.moment + timedelta(days=geval.dagen)).isoformat(),
            "" if geval.is_open else soort.resultaten[int(kans.random() * len(soort.resultaten))],
            soort.stappen[laatste], None, "", soort.afdeling_id,
            kans.choice(mensen) if mensen and laatste else None,
            self._moment(geval.nieuws) if geval.nieuws else None, None, int(geval.nieuws is not None), laatste + 1,
            None, soort.badges[laatste],
        )  # fmt: skip

    def _add_statussen(self, rijen: list[Rij], geval: _Geval) -> None:
        kans, laatste, stappen = self.kans.random, geval.laatste, geval.soort.stappen
        for stap in range(laatste + 1):
            if stap == 0:
                rijen.append((geval.sleutel, stappen[0], self._moment(geval.moment), ""))
            elif stap == laatste or kans() < 0.7:
                gezet = geval.moment + _DAGEN[geval.dagen * stap // laatste]
                rijen.append((geval.sleutel, stappen[stap], self._moment(gezet), ""))

    def _add_rest(self, groep: dict[str, list[Rij]], geval: _Geval) -> None:
        """Messages with a few per cent of the zaken, a document with some, a taak with a few open ones."""
        kans = self.kans
        if geval.nieuws or kans.random() < 0.04:
            self._add_bericht(groep, geval)
        if self.bestanden and kans.random() < 0.05:
            groep["documenten_document"].append((
                self._id(geval.moment), geval.ref, kans.choice(self.bestanden), *self._namen, "pdf", "aanvrager",
                geval.wie.key, geval.wie.naam, self._moment(geval.moment),
            ))  # fmt: skip
        if geval.is_open and kans.random() < 0.03:
            deadline = (datum_van(self.nu) + timedelta(days=kans.randint(1, 30))).isoformat()
            groep["zaken_taak"].append((
                self._id(geval.moment), geval.ref, geval.wie.key, "", self._taak, "", deadline,
                self._moment(geval.moment), "seed", None,
            ))  # fmt: skip

    def _add_bericht(self, groep: dict[str, list[Rij]], geval: _Geval) -> None:
        wie = geval.wie
        verzonden = self._moment(geval.nieuws or geval.moment)
        gesprek = self._id(geval.moment)
        groep["berichten_gesprek"].append((
            gesprek, geval.ref, wie.key, "", self._onderwerp, 0, wie.key, verzonden, verzonden, geval.soort.afdeling,
        ))  # fmt: skip
        groep["berichten_bericht"].append((
            self._id(geval.moment), gesprek, geval.ref, wie.key, "", 0, wie.key, wie.naam, geval.soort.afdeling, None,
            self.kans.choice(self._teksten), verzonden, None if geval.nieuws else verzonden,
            f"seed-{geval.sleutel}",
        ))  # fmt: skip
        soort, tekst = GebeurtenisSoort.BERICHT_ONTVANGEN.value, "Wij hebben uw bericht ontvangen"
        groep["zaken_gebeurtenis"].append((geval.ref, verzonden, soort, tekst))

    def _id(self, moment: datetime) -> str:
        """A UUID version 7 of this moment, from the reproducible source of chance; as 32 hex digits."""
        milli = int(moment.timestamp() * 1000)
        bits = self.kans.getrandbits(74)
        return f"{milli:012x}7{bits >> 62:03x}{0b10 << 62 | bits & (1 << 62) - 1:016x}"

    def _moment(self, moment: datetime) -> str:
        # Every moment here is in UTC. This spelling is ten times as fast as strftime, and made five million times.
        return moment.isoformat(" ", "seconds")[:19] + self.uur
