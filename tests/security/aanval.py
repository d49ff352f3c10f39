"""Sends payloads: into every field of a form, into a query, into the names in an address."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import quote

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.security.kruiper import VRIJ, Formulier, encode, send
from tests.security.ladingen import ALLES, DAGEN, GETALLEN, MERK, NAMEN, TEKSTEN, in_json
from tests.security.oordeel import must_be_harmless

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# In an address: what a path may be made of, so that it reaches the view.
IN_EEN_ADRES = (f"<{MERK} on{MERK}=1>'\"..%2f{MERK}%00\r\nX-{MERK}: ja", *GETALLEN)
IN_EEN_VRAAG = (ALLES, TEKSTEN["elders"], *GETALLEN, *DAGEN)
_DAG = re.compile(r"\d{4}-\d\d-\d\d")


@contextmanager
def taken_back(*browsers: Client) -> Iterator[None]:
    """What is written inside is not there afterwards, also not in what the process remembers, or in the cookies of
    these browsers: a session that moved is back under its old name."""
    koekjes = [browser.cookies.output(header="", sep=";") for browser in browsers]
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    for browser, oud in zip(browsers, koekjes, strict=True):
        browser.cookies = SimpleCookie(oud)


def trials(formulier: Formulier) -> Iterator[tuple[dict[str, str], str]]:
    """(fields, name of each file): each payload in all that is typed, and in all there is, hidden and chosen
    too; in one field at a time, beside good answers; with each button. Without a name no file goes along."""
    goed, vrij, alle = formulier.goed(), formulier.vrij(), tuple(formulier.velden)
    knop = dict(formulier.knoppen[-1:])
    namen = NAMEN if formulier.bestanden else ()
    yield {**goed, **knop, MERK: ALLES, ALLES: ALLES}, ""
    for wat, lading in TEKSTEN.items():
        if vrij or wat in namen:
            yield (
                {**goed, **knop, **dict.fromkeys(vrij, lading)},
                f"{lading[:120]}.pdf" if wat in namen else "",
            )
    for lading in (ALLES, *GETALLEN, *DAGEN) if alle else ():
        yield {**knop, **dict.fromkeys(alle, lading)}, ""
    for naam in one_of_each(alle):
        for lading in _for_one(*formulier.velden[naam]):
            yield {**goed, **knop, naam: lading}, ""
    for naam, waarde in formulier.knoppen:
        yield {**goed, **dict.fromkeys(vrij, ALLES), naam: waarde}, ""
    if formulier.knoppen:
        yield {**goed, formulier.knoppen[0][0]: ALLES}, ""


def one_of_each(namen: Iterable[str]) -> list[str]:
    """Of fields that differ in a number only (the steps of a zaaktype), the first."""
    return list({re.sub(r"\d+", "#", naam): naam for naam in reversed(tuple(namen))}.values())


def _for_one(soort: str, waarde: str) -> Iterator[str]:
    yield ALLES
    if soort not in VRIJ or not waarde or waarde.isdigit():
        yield from GETALLEN
    if soort == "date" or _DAG.fullmatch(waarde):
        yield from DAGEN
    if json := in_json(waarde, ALLES):
        yield json


def attack(client: Client, formulier: Formulier) -> int:
    """Every trial, of which nothing remains. Returns how many there were."""
    aantal = 0
    for velden, bestandsnaam in trials(formulier):
        with taken_back(client):
            antwoord = send(client, formulier, velden, bestandsnaam)
            must_be_harmless(antwoord)
            if antwoord.status_code in {302, 303} and not aantal % 10:
                must_be_harmless(client.get(antwoord.headers["Location"]))
        aantal += 1
    return aantal


def attack_query(client: Client, pad: str, namen: set[str]) -> None:
    """What a page reads of its address."""
    for lading in IN_EEN_VRAAG if namen else (ALLES,):
        velden = {**dict.fromkeys(sorted(namen), lading), lading: lading}
        with taken_back(client):
            must_be_harmless(client.get(f"{pad}?{encode(velden)}"))


def attack_path(client: Client, patroon: str, waarden: Mapping[str, str]) -> None:
    """One name in the address at a time, both ways of asking."""
    for naam in _PARAMETER.findall(patroon):
        for lading in IN_EEN_ADRES:
            stuk = {**waarden, naam: quote(lading, safe="%")}
            pad = "/" + _PARAMETER.sub(lambda deel, stuk=stuk: stuk[deel[1]], patroon)  # type: ignore[misc]
            with taken_back(client):
                must_be_harmless(client.get(pad))
                must_be_harmless(client.post(pad))
