"""Between a row of a concept and its value."""

import hashlib
import json
from dataclasses import asdict

from eloket.loket.formulier.basis import Invoer
from eloket.loket.formulier.doorloop import Antwoord, AntwoordBlok
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.zaken.types import ZaakRef


def to_json(invoer: Invoer) -> str:
    return json.dumps({naam: list(waarden) for naam, waarden in invoer.items()}, ensure_ascii=False)


def invoer_of(rij: Concept) -> Invoer:
    invoer: Invoer = json.loads(rij.invoer or "{}")
    return invoer


def overzicht_to_json(blokken: tuple[AntwoordBlok, ...]) -> str:
    return json.dumps([asdict(blok) for blok in blokken], ensure_ascii=False)


def _overzicht(tekst: str) -> tuple[AntwoordBlok, ...]:
    return tuple(
        AntwoordBlok(een["stap_id"], een["titel"], tuple(Antwoord(**regel) for regel in een["regels"]))
        for een in json.loads(tekst or "[]")
    )


def digest(invoer: Invoer, namen: frozenset[str]) -> str:
    """What stands for what was typed in these inputs: a page that was made with other values is behind."""
    deel = {naam: list(invoer[naam]) for naam in sorted(namen & invoer.keys()) if any(invoer[naam])}
    return hashlib.sha256(json.dumps(deel).encode()).hexdigest()[:16]


def digest_antwoorden(blokken: tuple[AntwoordBlok, ...]) -> str:
    """What stands for the answers that a review shows."""
    return hashlib.sha256(overzicht_to_json(blokken).encode()).hexdigest()[:16]


def houder_of(concept_id: object) -> str:
    """Under which name its files are held (documenten.vasthouden)."""
    return f"concept-{concept_id}"


def inzage(rij: Concept) -> ConceptInzage:
    return ConceptInzage(
        id=str(rij.pk),
        formulier=rij.formulier,
        versie=rij.versie,
        invoer=invoer_of(rij),
        bezocht=frozenset(rij.bezocht),
        vensters=dict(rij.vensters),
        revisie=rij.revisie,
        begonnen_op=rij.begonnen_op or rij.gewijzigd_op,
        gewijzigd_op=rij.gewijzigd_op,
        zaak_ref=ZaakRef.parse(rij.zaak_ref) if rij.zaak_ref else None,
        zaaknummer=rij.zaaknummer,
        verstuurd_op=rij.verstuurd_op,
        code_key=rij.code_key,
        overzicht=_overzicht(rij.overzicht),
        verlengd_tot=rij.verlengd_tot,
        verstuurd_door=rij.verstuurd_door,
        register_merk=rij.register_merk,
        aanvulling=(ZaakRef.parse(rij.aanvulling_ref), rij.aanvulling_taak) if rij.aanvulling_ref else None,
    )
