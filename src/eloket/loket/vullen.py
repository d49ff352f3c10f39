"""What a form can be filled in with before anybody typed: from the profile, the registers, an earlier application."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import date

from eloket.identity.types import Actor, Partij, Soort
from eloket.kernel.crypto import vault
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.formulier.basis import Bestand, Invoer, Omgeving, VeldBasis, Vooraf, Wie
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.getalvelden import DatumVeld
from eloket.loket.formulier.samengesteld import AdresVeld, BestandVeld, InhoudVeld
from eloket.loket.formulier.voorwaarden import WIE, En, Hoe, Vergelijking, Voorwaarde
from eloket.loket.types import Versie
from eloket.loket.versies import get_gepubliceerd
from eloket.profile import queries as profile
from eloket.profile.bevoegd import may_change_contact
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.types import Onderneming, Persoon

log = logging.getLogger(__name__)

_WIE = {Soort.INWONER: Wie.INWONER, Soort.ONDERNEMING: Wie.ONDERNEMING, Soort.ANONIEM: Wie.ANONIEM}
_PROFIEL = {Vooraf.EMAIL, Vooraf.TELEFOON}
_GEEN_REGISTER = _PROFIEL | {Vooraf.ZAAKNUMMER}
_NUMMER = re.compile(r"(.*\S)\s+([1-9][0-9]{0,4})\s*(.*)")


def wie_of(actor: Actor) -> Wie:
    return _WIE[actor.soort]


def may_fill_in(actor: Actor, definitie: Definitie) -> bool:
    """Whether the form is for who is logged in, acting as they do now. A civil servant fills in none."""
    if actor.is_medewerker or wie_of(actor) not in definitie.wie:
        return False
    return not definitie.alleen_zelf or may_change_contact(actor)


def get_voor(actor: Actor, formulier: str) -> Versie:
    """The published version, when this actor can fill it in. Raises FormulierNietGevonden."""
    versie = get_gepubliceerd(formulier)
    if not may_fill_in(actor, versie.definitie):
        raise FormulierNietGevonden
    return versie


def fetch_vooraf(actor: Actor, definitie: Definitie) -> dict[str, Invoer]:
    """Per field that can be filled in beforehand: its inputs, as the registers and the profile have them now.

    What the registers do not know is left out. Raises BronOnbereikbaar.
    """
    velden = [veld for veld in _fields(definitie) if veld.vooraf is not None]
    if actor.partij is None or not velden:
        return {}
    bekend = _known(actor, actor.partij, {veld.vooraf for veld in velden if veld.vooraf})
    return {
        veld.id: make_inputs(veld, bekend[veld.vooraf])
        for veld in velden
        if veld.vooraf and bekend.get(veld.vooraf)
    }


def fetch_omgeving(
    actor: Actor, definitie: Definitie, bestanden: Mapping[str, tuple[Bestand, ...]], vandaag: date
) -> Omgeving:
    """What counts besides what was typed; what is only for reading is fetched anew. Raises BronOnbereikbaar."""
    vaste = {veld.id for veld in _fields(definitie) if veld.alleen_lezen}
    vast = (
        {naam: invoer for naam, invoer in fetch_vooraf(actor, definitie).items() if naam in vaste}
        if vaste
        else {}
    )
    return Omgeving(wie=wie_of(actor), vandaag=vandaag, bestanden=bestanden, vast=vast)


def known_before(definitie: Definitie, invoer: Invoer) -> dict[str, Invoer]:
    """Per field that is only for reading: its inputs as they were when the form was begun."""
    vast: dict[str, Invoer] = {}
    for veld in _fields(definitie):
        eigen = {naam: invoer[naam] for naam in veld.namen(veld.id) if invoer.get(naam)}
        if veld.alleen_lezen and eigen:
            vast[veld.id] = eigen
    return vast


def prefill(actor: Actor, definitie: Definitie) -> dict[str, list[str]]:
    """The first input of a new concept. A register that is away costs the person nothing but typing."""
    try:
        vooraf = fetch_vooraf(actor, definitie)
    except BronOnbereikbaar as error:
        log.warning("zonder %s: formulier begonnen met lege velden", error.bron)
        return {}
    return {naam: list(waarden) for invoer in vooraf.values() for naam, waarden in invoer.items()}


def is_from_register(definitie: Definitie, invoer: Invoer) -> bool:
    """Whether any of this, as `prefill` gave it, is of a register: of a profile somebody sees nothing new."""
    return any(
        veld.vooraf not in _GEEN_REGISTER and any(invoer.get(naam) for naam in veld.namen(veld.id))
        for veld in _fields(definitie)
        if veld.vooraf is not None
    )


def mark_of(definitie: Definitie, vast: Mapping[str, Invoer]) -> str:
    """What stands for what the registers say of the fields that are only for reading; "" when that is nothing."""
    van_register = {veld.id for veld in _fields(definitie) if veld.vooraf not in _GEEN_REGISTER}
    gezegd = {
        veld: {naam: list(waarden) for naam, waarden in sorted(invoer.items()) if any(waarden)}
        for veld, invoer in sorted(vast.items())
        if veld in van_register and any(any(waarden) for waarden in invoer.values())
    }
    return vault().keyed_hash("register", json.dumps(gezegd)) if gezegd else ""


def about_zaak(definitie: Definitie, zaaknummer: str) -> dict[str, list[str]]:
    """The fields that ask for the number of a zaak, and the answers under which they are asked."""
    uit: dict[str, list[str]] = {}
    for veld in _fields(definitie):
        if veld.vooraf is Vooraf.ZAAKNUMMER:
            uit[veld.id] = [zaaknummer]
            uit |= {een.veld: [een.met] for een in _equals(veld.als) if isinstance(een.met, str)}
    return uit


def _equals(voorwaarde: Voorwaarde | None) -> list[Vergelijking]:
    """The answers that must be there, all of them, for the condition to hold."""
    if isinstance(voorwaarde, En):
        return [een for deel in voorwaarde.delen for een in _equals(deel)]
    is_gelijk = isinstance(voorwaarde, Vergelijking) and voorwaarde.hoe is Hoe.IS and voorwaarde.veld != WIE
    return [voorwaarde] if is_gelijk and isinstance(voorwaarde, Vergelijking) else []


def carry_over(van: Definitie, invoer: Invoer, naar: Definitie) -> dict[str, list[str]]:
    """What was typed in one form, for the fields that another has under the same name and of the same kind. Files do
    not go along, nor does what is only for reading."""
    doel = {veld.id: veld for _, veld in naar.velden()}
    uit: dict[str, list[str]] = {}
    for _, veld in van.velden():
        ander = doel.get(veld.id)
        if ander is None or ander.soort != veld.soort or isinstance(ander, InhoudVeld | BestandVeld):
            continue
        if ander.alleen_lezen:
            continue
        eigen = (naam for naam in invoer if naam == veld.id or naam.startswith(f"{veld.id}-"))
        uit |= {naam: list(invoer[naam]) for naam in eigen}
    return uit


def _fields(definitie: Definitie) -> list[VeldBasis]:
    return [veld for _, veld in definitie.velden() if isinstance(veld, VeldBasis)]


def _known(actor: Actor, partij: Partij, wat: set[Vooraf]) -> dict[Vooraf, str | tuple[str, str, str] | None]:
    """Each thing as text; an address as (street and number, postcode, town)."""
    bekend: dict[Vooraf, str | tuple[str, str, str] | None] = {}
    if wat & _PROFIEL:
        contact = profile.get_contact(actor)
        bekend |= {Vooraf.EMAIL: contact.email, Vooraf.TELEFOON: contact.telefoon_getoond}
    if wat - _GEEN_REGISTER:
        try:
            if partij.soort is Soort.INWONER:
                bekend |= _of_persoon(profile.get_persoon(partij), partij)
            else:
                bekend |= _of_onderneming(profile.get_onderneming(partij))
        except PersoonNietGevonden:
            pass  # the register does not know them: they type it themselves
    return bekend


def _of_persoon(persoon: Persoon, partij: Partij) -> dict[Vooraf, str | tuple[str, str, str] | None]:
    return {
        Vooraf.NAAM: persoon.naam,
        Vooraf.GEBOORTEDATUM: persoon.geboortedatum.isoformat(),
        Vooraf.ADRES: (persoon.straat_huisnummer, persoon.postcode, persoon.woonplaats),
        Vooraf.BSN: partij.nummer,
    }


def _of_onderneming(onderneming: Onderneming) -> dict[Vooraf, str | tuple[str, str, str] | None]:
    return {
        Vooraf.HANDELSNAAM: onderneming.handelsnaam,
        Vooraf.KVK: onderneming.kvk_nummer,
        Vooraf.BEDRIJFSADRES: (onderneming.straat_huisnummer, onderneming.postcode, onderneming.woonplaats),
    }


def make_inputs(veld: VeldBasis, waarde: str | tuple[str, str, str] | None) -> Invoer:
    if isinstance(veld, AdresVeld) and isinstance(waarde, tuple):
        straat, postcode, woonplaats = waarde
        delen = _NUMMER.fullmatch(straat)
        straat, nummer, toevoeging = delen.groups() if delen else (straat, "", "")
        subs = zip(veld.subs, (postcode, nummer, toevoeging, straat, woonplaats), strict=True)
        return {f"{veld.id}-{sub}": (tekst,) for sub, tekst in subs}
    if isinstance(veld, DatumVeld) and isinstance(waarde, str):
        jaar, maand, dag = waarde.split("-")
        return {
            f"{veld.id}-dag": (str(int(dag)),),
            f"{veld.id}-maand": (str(int(maand)),),
            f"{veld.id}-jaar": (jaar,),
        }
    return {veld.id: (str(waarde),)}
