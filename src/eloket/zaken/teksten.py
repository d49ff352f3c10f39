"""The few texts on the pages of a resident that a municipality words itself. Each has a text of the product."""

from dataclasses import dataclass

from django.db import transaction

from eloket.identity.beheer import fingerprint, must_manage, note_beheer
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Actor
from eloket.kernel.compiled import CompiledQuery
from eloket.kernel.errors import NietGevonden
from eloket.zaken.models import TekstRegel

MAX_TEKST = 500


@dataclass(frozen=True, slots=True)
class Tekst:
    """`plek` says where a resident reads it."""

    sleutel: str
    titel: str
    plek: str
    standaard: str
    tekst: str = ""

    @property
    def toon(self) -> str:
        """What a resident reads."""
        return self.tekst or self.standaard

    @property
    def merk(self) -> str:
        """What a form was made from."""
        return fingerprint(self.sleutel, self.tekst)


_TEKSTEN = (
    Tekst(
        "overzicht",
        "Welkom op Mijn overzicht",
        "Onder de kop van Mijn overzicht, na de naam van de inwoner.",
        "Hier ziet u wat er speelt in uw zaken met de gemeente.",
    ),
    Tekst(
        "bericht",
        "Wanneer een bericht antwoord krijgt",
        "Bij Verstuur een bericht, op de pagina van een zaak en van een gesprek.",
        "U leest het antwoord hier en onder Berichten.",
    ),
)


# On the page of every zaak: building its SQL takes longer than asking it (kernel.compiled).
_EIGEN = CompiledQuery(lambda: TekstRegel.objects.values_list("sleutel", "tekst"), arguments=0)


def list_teksten() -> tuple[Tekst, ...]:
    """All of them, as they are now. One query."""
    eigen = dict(_EIGEN())
    return tuple(
        Tekst(een.sleutel, een.titel, een.plek, een.standaard, eigen.get(een.sleutel, "")) for een in _TEKSTEN
    )


def lees_tekst(sleutel: str) -> str:
    """What a resident reads at this place: of the municipality, or of the product. One query."""
    return get_tekst(sleutel).toon


def get_tekst(sleutel: str) -> Tekst:
    """Raises NietGevonden."""
    gevonden = next((een for een in list_teksten() if een.sleutel == sleutel), None)
    if gevonden is None:
        raise NietGevonden
    return gevonden


def save_tekst(actor: Actor | None, sleutel: str, tekst: str, *, merk: str | None = None) -> None:
    """Word it differently; '' gives the text of the product back. Raises NietGevonden, BeheerOngeldig,
    BeheerGewijzigd."""
    must_manage(actor)
    nieuw = tekst.strip()
    if len(nieuw) > MAX_TEKST:
        raise BeheerOngeldig({"tekst": f"De tekst is te lang. Gebruik hoogstens {MAX_TEKST} tekens."})
    with transaction.atomic():
        list(TekstRegel.objects.select_for_update().filter(sleutel=sleutel))
        oud = get_tekst(sleutel)
        doel = "" if nieuw == oud.standaard else nieuw
        if doel == oud.tekst:
            return
        if merk is not None and merk != oud.merk:
            raise BeheerGewijzigd
        if doel:
            TekstRegel.objects.update_or_create(sleutel=sleutel, defaults={"tekst": doel})
        else:
            TekstRegel.objects.filter(sleutel=sleutel).delete()
        note_beheer(actor, "tekst.bewaard", f"tekst:{sleutel}", velden="tekst")
