"""What a municipality may write in a mail: what must be said stays, and nothing gets in that a mail of ours never has.

No link, address or number: a mail that leads anywhere but to our own button is what phishing looks like, and a number
or an address may be of somebody.
"""

import re
import unicodedata

from eloket.kernel.tekst import one_line
from eloket.notifications.mail.mailsoorten import (
    MAX_KNOP,
    MAX_ONDERWERP,
    MAX_TEKST,
    PLAATSHOUDER,
    MailSoort,
    MailTekst,
)

_LINK = re.compile(r"\S*://\S*|\bwww\.\S*|\b(?:mailto|javascript|data):\S*", re.IGNORECASE)
# A name with a dot and letters straight after it: mail programs make a link of it. `d.w.z.` and `e.g.` are none.
_WEBADRES = re.compile(r"\b[\w-]+\.[^\W\d_]{2,}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b")
_LANG_NUMMER = re.compile(r"\d(?:[ ./-]?\d){7,}")  # also a BSN written as 123.456.782
_PUNTEN = str.maketrans("。｡．․", "....")


def parse_mailtekst(onderwerp: str, tekst: str, knop: str) -> MailTekst:
    """As typed, without what cannot be seen: every line that holds something is a paragraph."""
    alineas = (one_line(regel) for regel in tekst.splitlines())
    return MailTekst(one_line(onderwerp), tuple(alinea for alinea in alineas if alinea), one_line(knop))


def check_mailtekst(soort: MailSoort, tekst: MailTekst) -> dict[str, str]:
    """What is wrong with it, per field (onderwerp, tekst, knop_tekst); empty when it can be sent."""
    fouten = {
        "onderwerp": _check_regel(tekst.onderwerp, MAX_ONDERWERP, "een onderwerp"),
        "tekst": _check_tekst(soort, tekst.tekst),
        "knop_tekst": _check_regel(tekst.knop, MAX_KNOP, "de tekst van de knop"),
    }
    return {veld: fout for veld, fout in fouten.items() if fout}


def _check_regel(regel: str, meeste: int, wat: str) -> str:
    if not regel:
        return f"Vul {wat} in."
    if len(regel) > meeste:
        return f"Dit is te lang. Gebruik hoogstens {meeste} tekens."
    if "{" in regel or "}" in regel:
        return "Hier kunt u niets laten invullen. Haal de accolades weg."
    return _check_inhoud(regel)


def _check_tekst(soort: MailSoort, tekst: str) -> str:
    if not tekst:
        return "Vul de tekst in."
    if len(tekst) > MAX_TEKST:
        return f"De tekst is te lang. Gebruik hoogstens {MAX_TEKST} tekens. U heeft er nu {len(tekst)}."
    # As a word: `{termijn}.nl` is an address as soon as it is filled in.
    fouten = (_check_placeholders(soort, tekst), _check_inhoud(PLAATSHOUDER.sub(r"\1", tekst)))
    return " ".join(fout for fout in fouten if fout)


def _check_placeholders(soort: MailSoort, tekst: str) -> str:
    genoemd = PLAATSHOUDER.findall(tekst)
    los = PLAATSHOUDER.sub("", tekst)
    if "{" in los or "}" in los:
        return "Een accolade staat alleen. Schrijf het zo: {" + _example(soort) + "}."
    mag = _names(soort.plaatshouders)
    if onbekend := [naam for naam in dict.fromkeys(genoemd) if naam not in soort.plaatshouders]:
        kunt = f"U kunt gebruiken: {mag}." if mag else "In deze tekst kunt u niets laten invullen."
        return f"Dit kennen wij niet: {_names(onbekend)}. {kunt}"
    if ontbreekt := [een for een in soort.verplicht if een not in genoemd]:
        uitleg = ", ".join(f"{{{een}}} ({een.uitleg})" for een in ontbreekt)
        return f"In de tekst moet nog staan: {uitleg}. Dat vraagt de wet."
    return ""


def _check_inhoud(tekst: str) -> str:
    gelezen = unicodedata.normalize("NFKC", tekst.translate(_PUNTEN))
    if "@" in gelezen:
        return "Zet geen e-mailadres in de tekst. Haal het apenstaartje (@) weg."
    if gevonden := _LINK.search(gelezen) or _WEBADRES.search(gelezen):
        return (
            f"Zet geen webadres in de tekst: {gevonden[0]}. De knop leidt mensen naar de goede pagina. "
            "Is het geen webadres? Zet dan een spatie na de punt."
        )
    if gevonden := _LANG_NUMMER.search(gelezen):
        return (
            f"Zet geen lang nummer in de tekst: {gevonden[0]}. Het kan van iemand zijn. "
            "Ons telefoonnummer staat al onder elke e-mail."
        )
    return ""


def _example(soort: MailSoort) -> str:
    return next(iter(soort.plaatshouders), "naam")


def _names(namen: "tuple[str, ...] | list[str]") -> str:
    return ", ".join(f"{{{naam}}}" for naam in namen)
