"""Checks a chain from its first seal to its last, and says where it was broken. Reads only; flat in memory.

Each seal is checked by itself (its hash), against the one before it (number, hash), and against its rows (the
fingerprint of each). So one change gives one finding at its own place, and what comes after is still checked. What
the database alone can never show, a chain that was cut off or made anew from the beginning, is seen by a head that
was noted elsewhere.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from eloket.audit import vingerafdruk
from eloket.audit.bevindingen import Bevinding, Soort, Uitslag
from eloket.audit.kop import Kop
from eloket.audit.models import Opruiming, Wissing, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.kernel.crypto import OntsleutelenMislukt, vault

_TEGELIJK = 20  # seals in memory: 20 kB each
_Regel = tuple[int | None, int, Sequence[object] | None]
SPELING = timedelta(minutes=10)  # so much may the clocks of two workers differ
_OPNIEUW = 3  # as often as removals may be decided while we read


def controleer(model: type[VerzegeldeRegel], koppen: Iterable[Kop] = ()) -> Uitslag:
    """Check the chain of this table; `koppen` are heads of it that were noted earlier. Never raises for what it finds.

    It may run while rows are written and sealed. When a removal (audit.opruimen) is decided meanwhile, what was missing
    is no finding: it looks again from the beginning.
    """
    noteringen = tuple(koppen)
    begin, uitslag = last_noted(model), _Controle(model, noteringen).run()
    for _ in range(_OPNIEUW):
        if not uitslag.aantal_bevindingen or last_noted(model) == begin:
            break
        begin, uitslag = last_noted(model), _Controle(model, noteringen).run()
    return uitslag


def check_oldest(
    model: type[VerzegeldeRegel], *, voor: datetime, now: datetime, hoogstens: int | None
) -> Uitslag:
    """Check what a removal would take, before it is decided: every `Opruiming`, and the seals after the last of them
    that were made before `voor`, with their rows, until the first that is younger, or wrong.

    `opgeruimd_tot` is where it began, `kop` the last seal that holds. At most `hoogstens` seals, one in memory. The one
    that is too young is looked at too (`gestopt_bij`, `klok_liep_voor`): else one that was given a date in the future
    would keep all that came after it, and nobody would know why.
    """
    return _Controle(model, ()).run_oldest(voor, now, hoogstens)


def judge_zegel(zegel: Zegel) -> Soort | None:
    """What is wrong with a seal by itself. One of another key cannot be judged here: that is no proof either."""
    if zegel.sleutel != vault().zegel_sleutel:
        return Soort.ANDERE_SLEUTEL
    return None if vingerafdruk.of_zegel(zegel) == zegel.hash else Soort.ZEGEL_GEWIJZIGD


def last_noted(model: type[VerzegeldeRegel]) -> int:
    """Up to where anybody, ourselves or not, says that this chain was removed; 0 when nobody does."""
    laatste = (
        Opruiming.objects.filter(keten=model.keten()).order_by("-tot").values_list("tot", flat=True).first()
    )
    return laatste or 0


class _Controle:
    """One pass over one chain."""

    def __init__(self, model: type[VerzegeldeRegel], koppen: tuple[Kop, ...]) -> None:
        self._model = model
        self._regels = model.rijen()
        self._koppen = {(kop.volgnummer, kop.hash) for kop in koppen}
        self._uit = Uitslag(model.keten())
        self._nummer = 0  # of the seal before
        self._hash: str | None = ""  # of the seal before; None when that one is broken, which is told already

    def run(self) -> Uitslag:
        self._read_opruimingen()
        begin = self._nummer
        zegels = Zegel.objects.filter(keten=self._uit.keten).order_by("volgnummer", "pk")
        for zegel in zegels.iterator(chunk_size=_TEGELIJK):
            if 0 < zegel.volgnummer <= begin:
                self._check_left_over(zegel)
            elif zegel.volgnummer <= self._nummer:
                self._add(Soort.ZEGEL_DUBBEL, zegel.volgnummer)
            else:
                self._check_zegel(zegel)
        self._check_strangers(begin)
        self._check_tail()
        for volgnummer, _ in sorted(self._koppen):
            self._add(Soort.KOP_VERDWENEN, volgnummer)
        self._uit.onverzegeld = self._regels.filter(zegel__isnull=True).count()
        return self._uit

    def run_oldest(self, voor: datetime, now: datetime, hoogstens: int | None) -> Uitslag:
        self._read_opruimingen()
        zegels = Zegel.objects.filter(keten=self._uit.keten, volgnummer__gt=self._nummer)
        for zegel in zegels.order_by("volgnummer", "pk")[:hoogstens].iterator(chunk_size=_TEGELIJK):
            if self._uit.aantal_bevindingen:
                break
            if zegel.moment >= voor:
                self._judge_young(zegel, now)
                break
            if zegel.volgnummer <= self._nummer:
                self._add(Soort.ZEGEL_DUBBEL, zegel.volgnummer)
            else:
                self._check_zegel(zegel)
        return self._uit

    def _judge_young(self, zegel: Zegel, now: datetime) -> None:
        """Of the seal that a removal stops at, without its rows. Its date was sealed too, so another one shows."""
        mis, nummer = judge_zegel(zegel), zegel.volgnummer
        if nummer > self._nummer + 1:
            mis, nummer = Soort.ZEGEL_VERDWENEN, self._nummer + 1
        elif mis is None and self._hash not in (None, zegel.vorige_hash):
            mis = Soort.ZEGEL_SLUIT_NIET_AAN
        if mis is not None:
            self._uit.gestopt_bij = Bevinding(mis, nummer)
            return
        volgende = Zegel.objects.filter(keten=zegel.keten, volgnummer=zegel.volgnummer + 1)
        later = [now, *volgende.values_list("moment", flat=True)]
        if zegel.moment > min(later) + SPELING:
            self._uit.klok_liep_voor = zegel.volgnummer

    def _add(self, soort: Soort, zegel: int = 0, regel: int | None = None, bijzonderheid: str = "") -> None:
        self._uit.add(Bevinding(soort, zegel, regel, bijzonderheid))

    def _read_opruimingen(self) -> None:
        """The chain begins after the last removal that is really ours."""
        for opruiming in Opruiming.objects.filter(keten=self._uit.keten).order_by("tot"):
            if vingerafdruk.of_opruiming(opruiming) != opruiming.hash:
                self._add(
                    Soort.OPRUIMING_VERVALST, opruiming.tot, bijzonderheid="van alles tot en met dit zegel"
                )
                continue
            self._nummer, self._hash = opruiming.tot, opruiming.kop
            self._uit.opgeruimd_tot = opruiming.tot
            self._uit.kop = Kop(self._uit.keten, opruiming.tot, opruiming.kop)
            self._compare_kop(opruiming.tot, opruiming.kop)
        oud = {kop for kop in self._koppen if kop[0] <= self._nummer}
        self._koppen -= oud
        self._uit.te_oude_koppen += [Kop(self._uit.keten, *kop) for kop in sorted(oud)]

    def _compare_kop(self, volgnummer: int, hash_: str) -> None:
        """A noted head that stands here is found, or something else stands in its place."""
        for kop in [kop for kop in self._koppen if kop[0] == volgnummer]:
            self._koppen.discard(kop)
            if kop[1] != hash_:
                self._add(Soort.KOP_ANDERS, volgnummer)

    def _check_left_over(self, zegel: Zegel) -> None:
        """Of a removal that was not finished. Its rows may be there or not."""
        if vingerafdruk.of_zegel(zegel) != zegel.hash:
            self._add(Soort.ZEGEL_GEWIJZIGD, zegel.volgnummer)

    def _check_zegel(self, zegel: Zegel) -> None:
        self._uit.zegels += 1
        if (weg := zegel.volgnummer - 1) > self._nummer:
            rest = f"en alle tot en met zegel {weg}:" if weg > self._nummer + 1 else ""
            self._add(Soort.ZEGEL_VERDWENEN, self._nummer + 1, bijzonderheid=rest)
            self._hash = None
        mis = judge_zegel(zegel)
        if mis is not None:
            self._add(mis, zegel.volgnummer)
        elif self._hash not in (None, zegel.vorige_hash):
            self._add(Soort.ZEGEL_SLUIT_NIET_AAN, zegel.volgnummer)
        self._compare_kop(zegel.volgnummer, zegel.hash)
        self._nummer, self._hash = zegel.volgnummer, None if mis else zegel.hash
        self._uit.kop = Kop.of(zegel)
        if mis is not Soort.ANDERE_SLEUTEL:
            self._check_regels(zegel)

    def _check_regels(self, zegel: Zegel) -> None:
        kolommen = zegel.kolommen.split(",")
        if weg := sorted({*kolommen} - {*self._model.kolommen()}):
            self._add(Soort.ZEGEL_KOLOM_WEG, zegel.volgnummer, bijzonderheid=" ".join(weg))
            return
        verwacht, gewist = _read(zegel), self._wiped(zegel)
        for nummer, pk, waarden in self._read_regels(list(verwacht), kolommen):
            afdruk = verwacht.pop(pk)
            if nummer != zegel.volgnummer:
                self._add(Soort.REGEL_ANDER_ZEGEL, zegel.volgnummer, pk)
            else:
                self._uit.regels += 1
            if waarden is None:
                self._add(Soort.REGEL_ONLEESBAAR, zegel.volgnummer, pk)
            elif vingerafdruk.of_regel(zegel.keten, kolommen, waarden) not in (afdruk, gewist.get(pk)):
                self._add(Soort.REGEL_GEWIJZIGD, zegel.volgnummer, pk)
        for pk in verwacht:
            self._add(Soort.REGEL_VERDWENEN, zegel.volgnummer, pk)

    def _read_regels(self, pks: list[int], kolommen: list[str]) -> Iterator[_Regel]:
        """Seal, id and values; None for values that no secret of ours opens. All in one query, unless there are."""
        rijen = self._regels.filter(pk__in=pks).order_by("pk")
        try:
            for nummer, pk, *waarden in list(rijen.values_list("zegel", "pk", *kolommen)):
                yield nummer, pk, waarden
        except OntsleutelenMislukt:
            for nummer, pk in list(rijen.values_list("zegel", "pk")):
                yield nummer, pk, _read_regel(rijen.filter(pk=pk), kolommen)

    def _wiped(self, zegel: Zegel) -> dict[int, bytes]:
        """What rows of this seal are since their text was emptied on purpose; one that is not ours is told."""
        gewist = {}
        for wissing in Wissing.objects.filter(keten=zegel.keten, zegel=zegel.volgnummer):
            wissing.afdruk = bytes(wissing.afdruk)
            if vingerafdruk.of_wissing(wissing) == wissing.hash:
                gewist[wissing.regel] = wissing.afdruk
            else:
                self._add(Soort.WISSING_VERVALST, zegel.volgnummer, wissing.regel)
        self._uit.gewist += len(gewist)
        return gewist

    def _check_strangers(self, begin: int) -> None:
        """Rows that say they were sealed, and that no seal knows. Counting is enough while there are none."""
        verzegeld = self._regels.filter(zegel__lte=self._nummer)
        if Zegel.objects.filter(keten=self._uit.keten, volgnummer__lte=begin).exists():
            # A removal that was not finished: what it left is still to go.
            verzegeld = verzegeld.filter(Q(zegel__gt=begin) | Q(zegel__lt=1))
        if verzegeld.count() != self._uit.regels:
            self._find_strangers(verzegeld)

    def _find_strangers(self, verzegeld: "QuerySet[VerzegeldeRegel]") -> None:
        """Read rows and seals side by side, both in the order of the seals."""
        zegels = (
            Zegel.objects.filter(keten=self._uit.keten).order_by("volgnummer").iterator(chunk_size=_TEGELIJK)
        )
        zegel, kent, zonder = next(zegels, None), set[int](), 0
        nummers = verzegeld.order_by("zegel", "pk").values_list("zegel", "pk")
        for nummer, pk in nummers.iterator(chunk_size=2000):
            assert nummer is not None  # the filter leaves none
            while zegel is not None and zegel.volgnummer < nummer:
                zegel, kent = next(zegels, None), set()
            if zegel is None or zegel.volgnummer != nummer:
                if zonder != nummer:
                    self._add(Soort.REGELS_ZONDER_ZEGEL, nummer)
                zonder = nummer
                continue
            kent = kent or {*_read(zegel)}
            if pk not in kent:
                self._add(Soort.REGEL_INGEVOEGD, nummer, pk)

    def _check_tail(self) -> None:
        """Rows that refer to a seal beyond the end. Asked in one statement: the worker may be sealing meanwhile."""
        laatste = (
            Zegel.objects.filter(keten=self._uit.keten).values("keten").annotate(hoogste=Max("volgnummer"))
        )
        einde = Coalesce(Subquery(laatste.values("hoogste")), self._nummer)
        voorbij = self._regels.filter(zegel__gt=Greatest(einde, self._nummer))
        for nummer, aantal in _counts(voorbij):
            self._add(Soort.REGELS_ZONDER_ZEGEL, nummer, bijzonderheid=f"aan het einde, met {aantal} regels,")


def _read(zegel: Zegel) -> dict[int, bytes]:
    """What a seal knows. Half a record at the end is left out: then the hash of the seal says that it was changed."""
    try:
        return dict(vingerafdruk.unpack(bytes(zegel.regels)))
    except struct.error:
        return {}


def _read_regel(rij: "QuerySet[VerzegeldeRegel]", kolommen: list[str]) -> Sequence[object] | None:
    try:
        return rij.values_list(*kolommen).first()
    except OntsleutelenMislukt:
        return None


def _counts(rijen: "QuerySet[VerzegeldeRegel]") -> Iterator[tuple[int, int]]:
    per_zegel = rijen.order_by("zegel").values_list("zegel").annotate(aantal=Count("pk"))
    for nummer, aantal in per_zegel.iterator(chunk_size=2000):
        assert nummer is not None  # the filter leaves none
        yield nummer, aantal
