"""Shows whether files and rows still agree, for `eloket controleer-documenten`. Reads only, never writes.

Names and titles are not shown: only ids and hashes, so that the result may stand in a log.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef

from eloket.documenten import herversleutelen, opslag, upload
from eloket.documenten.models import Bestand, Document, Vasthouding
from eloket.documenten.types import Controle
from eloket.documenten.versleuteling import BestandOnleesbaar

_GROEP = 500
_MAX_REGELS = 100
_HEEFT_DOCUMENT = Exists(Document.objects.filter(bestand_id=OuterRef("pk")))
_WORDT_GEHOUDEN = Exists(Vasthouding.objects.filter(bestand_id=OuterRef("pk")))


@dataclass(frozen=True, slots=True)
class Bevindingen:
    """What was found. The first six are faults; `vastgehouden` and `tijdelijk` is what `service.ruim_op` removes after
    an hour."""

    inhoud_zonder_rij: tuple[str, ...]  # sha256: a blob that no row knows
    document_zonder_inhoud: tuple[str, ...]  # document id: its blob is gone
    formulier_zonder_inhoud: tuple[str, ...]  # id of a file that is kept for a form: its blob is gone
    beschadigd: tuple[str, ...]  # sha256: another size, or (volledig) another hash
    document_zonder_bestand: tuple[str, ...]  # document id: its row of the content is gone
    onleesbaar: tuple[
        str, ...
    ]  # name in the storage: cannot be decrypted (its secret is gone, or it was changed)
    niet_versleuteld: int  # files from before there was encryption
    ouder_geheim: int  # files that are not under the newest secret
    vastgehouden: int  # rows without a document, and not kept for a form
    tijdelijk: int  # temporary files
    documenten: int

    @property
    def is_goed(self) -> bool:
        return not (
            self.inhoud_zonder_rij
            or self.document_zonder_inhoud
            or self.formulier_zonder_inhoud
            or self.beschadigd
            or self.document_zonder_bestand
            or self.onleesbaar
        )


def controleer(*, volledig: bool = False) -> Bevindingen:
    """Compare storage and rows. `volledig` also reads every blob again and compares its hash: that takes long."""
    zonder_inhoud, beschadigd = _controleer_rijen(volledig=volledig)
    zonder_rij, onleesbaar = _controleer_opslag()
    over = herversleutelen.count_over()
    heeft_bestand = Exists(Bestand.objects.filter(pk=OuterRef("bestand_id")))
    return Bevindingen(
        inhoud_zonder_rij=zonder_rij,
        onleesbaar=onleesbaar,
        niet_versleuteld=over.get("", 0),
        ouder_geheim=sum(aantal for naam, aantal in over.items() if naam),
        document_zonder_inhoud=_ids(Document, zonder_inhoud),
        formulier_zonder_inhoud=_ids(Vasthouding, zonder_inhoud),
        beschadigd=beschadigd,
        document_zonder_bestand=tuple(
            str(pk) for pk in Document.objects.filter(~heeft_bestand).values_list("pk", flat=True)
        ),
        vastgehouden=Bestand.objects.filter(~_HEEFT_DOCUMENT, ~_WORDT_GEHOUDEN).count(),
        tijdelijk=sum(1 for _ in upload.tijdelijke_bestanden()),
        documenten=Document.objects.count(),
    )


def schrijf(bevindingen: Bevindingen) -> str:
    """The findings as lines for a person at a terminal, in Dutch."""
    regels = [f"{bevindingen.documenten} documenten bekeken."]
    fouten = (
        ("Inhoud zonder rij", bevindingen.inhoud_zonder_rij),
        ("Document zonder inhoud", bevindingen.document_zonder_inhoud),
        ("Bestand van een formulier zonder inhoud", bevindingen.formulier_zonder_inhoud),
        ("Inhoud beschadigd", bevindingen.beschadigd),
        ("Document zonder bestandsrij", bevindingen.document_zonder_bestand),
        ("Bestand niet te ontsleutelen", bevindingen.onleesbaar),
    )
    for titel, gevallen in fouten:
        if gevallen:
            regels.append(f"FOUT  {titel}: {len(gevallen)}")
            regels.extend(f"      {geval}" for geval in gevallen[:_MAX_REGELS])
    if bevindingen.niet_versleuteld or bevindingen.ouder_geheim:
        regels.append(
            f"LET OP  Nog niet versleuteld: {bevindingen.niet_versleuteld} bestanden; onder een ouder geheim: "
            f"{bevindingen.ouder_geheim}. Draai `eloket herversleutel`."
        )
    regels.append(
        f"Nog niet gekoppeld: {bevindingen.vastgehouden} bestanden, {bevindingen.tijdelijk} tijdelijk (blijft een uur)."
    )
    regels.append(
        "Bestanden en rijen kloppen met elkaar."
        if bevindingen.is_goed
        else "Bestanden en rijen kloppen NIET met elkaar."
    )
    return "\n".join(regels)


def _controleer_opslag() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(sha256 of content that no row knows, names of files that cannot be decrypted)."""
    zonder_rij: list[str] = []
    onleesbaar: list[str] = []
    for groep in _groepen(opslag.blobs()):
        gelezen = {blob.sha256 for blob in groep if blob.sha256}
        bekend = set(Bestand.objects.filter(sha256__in=gelezen).values_list("sha256", flat=True))
        # A clean-up may have removed both between the two looks.
        zonder_rij += [sha256 for sha256 in sorted(gelezen - bekend) if opslag.exists(sha256)]
        onleesbaar += [blob.naam for blob in groep if not blob.sha256]
    return tuple(zonder_rij), tuple(onleesbaar)


def _groepen(bron: Iterator[opslag.Blob]) -> Iterator[list[opslag.Blob]]:
    while groep := list(islice(bron, _GROEP)):
        yield groep


def _ids(soort: type[Document | Vasthouding], bestanden: tuple[int, ...]) -> tuple[str, ...]:
    """What refers to this content."""
    return tuple(
        str(pk)
        for groep in _in_groepen(bestanden)
        for pk in soort.objects.filter(bestand_id__in=groep).values_list("pk", flat=True)
    )


def _in_groepen(bestanden: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for begin in range(0, len(bestanden), _GROEP):
        yield bestanden[begin : begin + _GROEP]


def _controleer_rijen(*, volledig: bool) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """(ids of content that is gone, sha256 of content that changed).

    A row that no document or form refers to yet may still be waiting for its bytes, so it is not looked at.
    """
    zonder_inhoud: list[int] = []
    beschadigd: list[str] = []
    # Infected content was removed on purpose.
    rijen = Bestand.objects.filter(_HEEFT_DOCUMENT | _WORDT_GEHOUDEN).exclude(controle=Controle.BESMET)
    for bestand in rijen.order_by("pk").iterator(chunk_size=_GROEP):
        try:
            is_goed = opslag.size(bestand.sha256) == bestand.omvang and (
                not volledig or _klopt_hash(bestand.sha256)
            )
        except BestandOnleesbaar:
            is_goed = False
        except OSError:
            zonder_inhoud.append(bestand.pk)
            continue
        if not is_goed:
            beschadigd.append(bestand.sha256)
    return tuple(zonder_inhoud), tuple(beschadigd)


def _klopt_hash(sha256: str) -> bool:
    gelezen = hashlib.sha256()
    for brok in opslag.open_inhoud(sha256).brokken:
        gelezen.update(brok)
    return gelezen.hexdigest() == sha256
