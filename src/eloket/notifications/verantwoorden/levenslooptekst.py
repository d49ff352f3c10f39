"""What the facts of a notification mean, in plain Dutch: for the civil servant, and in the afschrift for the resident.

Never an address, and nothing that a server said: only its code.
"""

from collections.abc import Mapping
from datetime import datetime

from eloket.kernel.klok import schrijf_moment
from eloket.notifications.types import BewijsSoort, Uitkomst

_GEEN_MAIL = {
    Uitkomst.GEEN_ADRES: "Geen e-mail: er was geen bevestigd e-mailadres bekend.",
    Uitkomst.NIET_GEKOZEN: "Geen e-mail: de ontvanger heeft gekozen om hierover geen e-mail te krijgen.",
    Uitkomst.ADRES_KAPOT: "Geen e-mail: e-mail naar het bekende adres kwam eerder terug.",
    Uitkomst.ZELFDE_ADRES: "Geen aparte e-mail: deze melding staat al klaar voor hetzelfde e-mailadres.",
    Uitkomst.INGEHAALD: "Geen e-mail meer nodig: de ontvanger had het al geopend.",
    Uitkomst.GEEN_POSTADRES: "Geen brief: het register kent geen postadres van de ontvanger.",
}
_VERVALLEN = {
    Uitkomst.GEEN_ADRES: "er is geen bevestigd e-mailadres meer bekend",
    Uitkomst.NIET_GEKOZEN: "de ontvanger heeft gekozen om hierover geen e-mail meer te krijgen",
    Uitkomst.ADRES_KAPOT: "e-mail naar het bekende adres komt terug",
    Uitkomst.ZELFDE_ADRES: "deze melding staat al klaar voor hetzelfde e-mailadres",
    Uitkomst.INGEHAALD: "de ontvanger had het al geopend",
    Uitkomst.GEEN_POSTADRES: "het register kent geen postadres van de ontvanger",
}
_FEITEN = {
    BewijsSoort.GEMAAKT: "Melding gemaakt.",
    BewijsSoort.TOCH_MAIL: "Toch een eigen e-mail: de andere ging niet naar dit adres.",
    BewijsSoort.VERZONDEN: "Verstuurd: de mailserver heeft de e-mail aangenomen.",
    BewijsSoort.OPGEGEVEN: "Niet verstuurd: het is een week lang geprobeerd, en niet gelukt.",
    BewijsSoort.BEZORGD: "Bezorgd: de mailserver van de ontvanger meldt dat de e-mail is aangekomen.",
    BewijsSoort.DOORGEGEVEN: "Doorgegeven aan een volgende mailserver, die niet meldt hoe het afloopt.",
    BewijsSoort.VERTRAAGD: "Vertraagd: de mailserver van de ontvanger meldt dat de e-mail later aankomt.",
    BewijsSoort.BRIEF_GEMAAKT: "Brief gemaakt, omdat e-mail niet lukte.",
    BewijsSoort.BRIEF_OP_POST: "Brief op de post gedaan.",
    BewijsSoort.BRIEF_TERUG: "Brief toch niet op de post gedaan.",
    BewijsSoort.GEOPEND: "Geopend: de ontvanger heeft bekeken waar de melding over gaat.",
}
_FOUTEN = {
    "SMTPServerDisconnected": "de verbinding met de mailserver verbrak",
    "ConnectionResetError": "de verbinding met de mailserver verbrak",
    "BrokenPipeError": "de verbinding met de mailserver verbrak",
    "TimeoutError": "de mailserver antwoordde niet op tijd",
    "ConnectionRefusedError": "de mailserver was niet bereikbaar",
    "gaierror": "de mailserver was niet bereikbaar",
    "SMTPConnectError": "de mailserver was niet bereikbaar",
    "SMTPRecipientsRefused": "de mailserver nam de e-mail voor dit adres niet aan",
    "SMTPDataError": "de mailserver nam de e-mail niet aan",
    "SMTPSenderRefused": "de mailserver nam de e-mail van ons niet aan",
    "SMTPAuthenticationError": "de mailserver liet ons niet toe",
}
# After these nobody knows whether the server had taken the mail already (RFC 5321, 4.5.4.1 and RFC 1047).
ONZEKER = frozenset({"SMTPServerDisconnected", "ConnectionResetError", "BrokenPipeError", "TimeoutError"})
AFGEBROKEN = "Poging {nummer} is afgebroken: het programma dat verstuurt, stopte plotseling."
BEGONNEN = "Poging {nummer} om te versturen is begonnen."
FEIT_ONBEKEND = "Er gebeurde iets dat deze versie van E-loket niet kent (code {code})."
MELDING_ONBEKEND = "Een melding die deze versie van E-loket niet kent"
CONTACTPERSOON = "Deze melding is voor één contactpersoon van het bedrijf."
MISSCHIEN_DUBBEL = (
    "Deze e-mail is mogelijk twee keer aangekomen, omdat de verbinding verbrak nadat wij hem hadden doorgegeven en"
    " voordat de mailserver dat bevestigde. Beide keren had hij hetzelfde kenmerk."
)


def schrijf(soort: BewijsSoort | str, kenmerken: Mapping[str, object]) -> str:
    """One fact as a sentence. POGING is told by how it ended, UITGESTELD by `schrijf_mislukt`. A fact that a later
    release noted is shown by its code: proof that leaves something out is none."""
    if not isinstance(soort, BewijsSoort):
        return FEIT_ONBEKEND.format(code=soort)
    if soort is BewijsSoort.GEEN_MAIL:
        return _reden(_GEEN_MAIL, kenmerken, "Geen e-mail: {}.")
    if soort is BewijsSoort.VERVALLEN:
        return f"Niet verstuurd: {_reden(_VERVALLEN, kenmerken, '{}')}."
    if soort is BewijsSoort.IN_ZENDING:
        return _bundel(kenmerken)
    if soort is BewijsSoort.TERUGGEKOMEN:
        code = f" (code {status})" if (status := kenmerken.get("status")) else ""
        return f"Teruggekomen: de e-mail kon niet worden bezorgd{code}."
    if soort is BewijsSoort.GEWEIGERD:
        return f"Niet verstuurd: {schrijf_fout(kenmerken)}. Opnieuw proberen had geen zin."
    if soort is BewijsSoort.BRIEF_GEMAAKT and kenmerken.get("reden") == "ongeopend":
        return "Brief gemaakt, omdat de ontvanger niets had geopend van wat wij stuurden."
    if soort is BewijsSoort.GEMAAKT and kenmerken.get("overgenomen"):
        return "Melding gemaakt, door een eerdere versie van E-loket."
    return _FEITEN[soort]


def schrijf_mislukt(eerste: int, laatste: int, moment: datetime, kenmerken: Mapping[str, object]) -> str:
    """Attempts that failed by the same cause, the last one at `moment`; another one was made later."""
    oorzaak = schrijf_fout(kenmerken)
    if eerste == laatste:
        return f"Poging {eerste} om te versturen mislukte: {oorzaak}. Wij proberen het later opnieuw."
    return (
        f"Poging {eerste} tot en met {laatste} om te versturen mislukten: {oorzaak}."
        f" De laatste was op {schrijf_moment(moment)}. Wij proberen het later opnieuw."
    )


def schrijf_fout(kenmerken: Mapping[str, object]) -> str:
    """The cause that bezorging.describe noted, in words, with the code of the server when there is one."""
    naam, _, code = str(kenmerken.get("fout", "")).partition(" ")
    oorzaak = _FOUTEN.get(naam, "er ging bij ons iets mis")
    return f"{oorzaak} (code {code})" if code else oorzaak


def is_onzeker(kenmerken: Mapping[str, object]) -> bool:
    """Whether the server may have taken the mail, though the attempt failed."""
    return str(kenmerken.get("fout", "")).partition(" ")[0] in ONZEKER


def _bundel(kenmerken: Mapping[str, object]) -> str:
    anderen = samen - 1 if isinstance(samen := kenmerken.get("samen"), int) else 0
    if anderen < 1:
        return "In een e-mail gezet."
    return f"In een e-mail gezet, samen met {'1 andere melding' if anderen == 1 else f'{anderen} andere meldingen'}."


def _reden(teksten: Mapping[Uitkomst, str], kenmerken: Mapping[str, object], anders: str) -> str:
    """A reason that a later version noted is shown by its code, rather than left out."""
    reden = str(kenmerken.get("reden", ""))
    return (
        teksten.get(Uitkomst(reden), anders.format(reden)) if reden in set(Uitkomst) else anders.format(reden)
    )
