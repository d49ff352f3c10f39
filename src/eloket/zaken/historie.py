"""Who did what in a zaak, from the audit trail, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eloket.audit import queries as audit
from eloket.audit.queries import AuditInzage
from eloket.audit.service import SYSTEEM
from eloket.identity.access import namen_van
from eloket.identity.types import Soort
from eloket.zaken.betrokkenen import DE_AANVRAGER, describe_by_profiel_key, has_one_partij
from eloket.zaken.types import Zaak

# Every `actie` that is recorded about a zaak; tests/architecture holds this to the code.
TEKSTEN = {
    "zaak.gestart": "heeft de zaak gestart",
    "zaak.geregistreerd": "heeft de zaak voor iemand geregistreerd",
    "zaak.bekeken": "heeft de zaak bekeken",
    "zaak.gevolgd": "heeft de melding gevolgd met de code ervan",
    "zaak.in_lijst_gezien": "heeft gezocht en de zaak in een lijst gezien",
    "bericht.in_lijst_gezien": "heeft een bericht in een lijst gezien",
    "zaak.op_lijst_gezien": "heeft de zaak op een lijst zien staan",
    "zaak.status_gezet": "heeft een status gezet",
    "zaak.in_behandeling_genomen": "is behandelaar geworden",
    "zaak.overgedragen": "heeft de zaak overgedragen",
    "zaak.opgeschort": "heeft de termijn stilgezet",
    "zaak.verlengd": "heeft de termijn verlengd",
    "zaak.hervat": "heeft de termijn laten doorlopen",
    "zaak.vernietigd": "heeft de zaak laten vernietigen",
    "vernietiging.zaak_op_lijst": "heeft de zaak op een vernietigingslijst gezet",
    "vernietiging.zaak_goedgekeurd": "heeft goedgekeurd dat de zaak wordt vernietigd",
    "vernietiging.zaak_behouden": "heeft de zaak niet vernietigd, omdat dat niet meer mocht",
    "vernietiging.zaak_lijst_weg": "heeft de vernietigingslijst ingetrokken waar de zaak op stond",
    "vernietiging.zaak_van_lijst": "heeft de zaak van een vernietigingslijst gehaald",
    "vernietiging.stop_gezet": "heeft een vernietigingsstop gezet",
    "vernietiging.stop_opgeheven": "heeft een vernietigingsstop opgeheven",
    "zaak.heropend": "heeft de zaak heropend",
    "zaak.afgeschermd": "heeft gewijzigd wie de zaak mag zien",
    "zaak.toegang_gegeven": "heeft een collega toegang gegeven, omdat anders niemand de zaak kon lezen",
    "noodtoegang.geopend": "heeft de zaak met noodtoegang geopend",
    "noodtoegang.beeindigd": "heeft een noodtoegang tot de zaak beëindigd",
    "noodtoegang.verlopen": "heeft de reden van een noodtoegang verwijderd: de bewaartijd was voorbij",
    "noodtoegang.beoordeeld": "heeft beoordeeld of een noodtoegang tot de zaak terecht was",
    "notitie.geschreven": "heeft een notitie geschreven",
    "document.toegevoegd": "heeft een document toegevoegd",
    "document.opnieuw_gestuurd": "heeft een document opnieuw gestuurd",
    "document.geopend": "heeft een document geopend",
    "document.opgeslagen": "heeft een document opgeslagen",
    "document.gevraagd": "heeft om een document gevraagd",
    "document.vraag_ingetrokken": "heeft een vraag om een document ingetrokken",
    "document.geaccepteerd": "heeft een document goedgekeurd",
    "document.geweigerd": "heeft een document afgekeurd",
    "document.besmet": "heeft een document gesloten en de inhoud verwijderd: er zat een virus in",
    "document.verplaatst": "heeft een document naar een andere zaak verplaatst",
    "document.ontvangen_van_andere_zaak": "heeft een document uit een andere zaak hierheen verplaatst",
    "antwoord.gevraagd": "heeft een vraag gesteld",
    "antwoord.vraag_ingetrokken": "heeft een vraag ingetrokken",
    "antwoord.gegeven": "heeft een vraag beantwoord",
    "formulier.beantwoord": "heeft een formulier ingevuld waar om gevraagd was",
    "taak.bekeken": "heeft een vraag bekeken",
    "taak.agenda_opgeslagen": "heeft de datum van een vraag opgeslagen",
    "zaak.agenda_opgeslagen": "heeft de datum van de zaak opgeslagen",
    "taak.verlengd": "heeft na een storing meer tijd gegeven voor een vraag",
    "taak.herinnerd": "heeft herinnerd aan een vraag",
    "taak.goedgekeurd": "heeft goedgekeurd wat er kwam op een vraag",
    "taak.afgekeurd": "heeft afgekeurd wat er kwam op een vraag",
    "contact.verloren": "heeft genoteerd dat wij iemand van de zaak niet konden bereiken",
    "contact.niet_meer_nodig": "heeft genoteerd dat wij iemand van de zaak weer kunnen bereiken",
    "contact.hersteld": "heeft contact hersteld met wie geen e-mail kreeg",
    "bericht.verstuurd": "heeft een bericht verstuurd",
    "bericht.concept_bewaard": "heeft een concept van een bericht bewaard",
    "bericht.concept_weggegooid": "heeft een concept van een bericht weggegooid",
    "bericht.concept_verlopen": "heeft een concept van een bericht na 30 dagen verwijderd",
    "bericht.gelezen": "heeft berichten gelezen",
    "bericht.ongelezen": "heeft berichten als ongelezen gemarkeerd",
    "gesprek.bekeken": "heeft een gesprek bekeken",
    "gesprek.opgeslagen": "heeft een gesprek als pdf opgeslagen",
    "machtiging.gegeven": "heeft een machtiging gemaakt",
    "machtiging.code_gemaakt": "heeft een nieuwe code voor een machtiging gemaakt",
    "machtiging.voorgelegd": "heeft de code van een machtiging ingevuld",
    "machtiging.aanvaard": "heeft een machtiging aangenomen",
    "machtiging.afgewezen": "heeft een machtiging niet aangenomen",
    "machtiging.ingetrokken": "heeft een machtiging ingetrokken",
    "machtiging.gestopt": "is met een machtiging gestopt",
    "machtiging.verlopen": "heeft een machtiging verwijderd die niemand had aangenomen",
    "verzendbewijs.opgeslagen": "heeft een bewijs van berichten en meldingen opgeslagen",
    "dossier.opgeslagen": "heeft het hele dossier opgeslagen",
    "zaak.meegenomen": "heeft de zaak opgeslagen in een bestand met de eigen gegevens",
    "audit.zaak_gezocht": "heeft de zaak opgezocht in het logboek",
    "ontvangstbewijzen.bekeken": "heeft de ontvangstbewijzen bekeken",
    "ontvangstbewijs.opgeslagen": "heeft een ontvangstbewijs opgeslagen",
    "inzage.bekeken": "heeft bekeken wie de gegevens heeft bekeken",
    "zaak.inzage_bekeken": "heeft bekeken wie de zaak heeft bekeken",
    "machtiging.bekeken": "heeft een gekregen machtiging bekeken",
    "formulier.begonnen": "is begonnen met een formulier",
    "formulier.bekeken": "heeft een formulier bekeken",
    "formulier.bewaard": "heeft een formulier ingevuld en bewaard",
    "formulier.weggegooid": "heeft een formulier weggegooid dat niet was verstuurd",
    "formulier.verlopen": "heeft een formulier verwijderd dat niet was verstuurd: de bewaartijd was voorbij",
    "formulier.kopie_verlopen": "heeft de kopie van een verstuurd formulier verwijderd: de bewaartijd was voorbij",
    "formulier.herinnerd": "heeft iemand herinnerd aan een formulier dat niet was verstuurd",
    "formulier.langer_bewaard": "heeft na een storing een formulier dat niet was verstuurd langer bewaard",
    "formulier.opgeslagen": "heeft een kopie van een formulier gedownload",
    "register.gelezen": "heeft gegevens uit het register in een formulier gezet",
}

# Who did it, when it was no civil servant: by the kind of actor, as Actor.hoedanigheid and audit.record name it.
SOORTEN = {
    Soort.INWONER: "Inwoner",
    Soort.ONDERNEMING: "Ondernemer",
    Soort.ANONIEM: "Niet ingelogd",
    SYSTEEM: "E-loket zelf",
    "gemachtigde": "Gemachtigde",
    "bewindvoerder": "Bewindvoerder",
    "link": "Link uit een e-mail",
    "inlogdienst": "Inlogdienst",
    "opdracht": "Opdracht op de server",
}
_ZELF = frozenset({Soort.INWONER, Soort.ONDERNEMING, Soort.ANONIEM})
_VAN_DE_ZAAK = "iemand die bij de zaak hoort"
# What the worker did about one of the betrokkenen.
_OVER_EEN = frozenset({"taak.herinnerd", "contact.verloren", "contact.niet_meer_nodig"})
# Acts that change nothing: there are so many that they would hide the others.
BEKEKEN = frozenset({
    "zaak.bekeken", "zaak.gevolgd", "document.geopend", "document.opgeslagen",
    "bericht.gelezen", "gesprek.bekeken", "gesprek.opgeslagen",
    "dossier.opgeslagen", "zaak.meegenomen", "verzendbewijs.opgeslagen",
    "ontvangstbewijzen.bekeken", "ontvangstbewijs.opgeslagen",
    "taak.bekeken", "taak.agenda_opgeslagen", "zaak.agenda_opgeslagen",
    "machtiging.bekeken", "formulier.bekeken", "formulier.opgeslagen",
})  # fmt: skip
# That a zaak stood on a list that somebody had before them. There are more of these than of all other acts.
OP_LIJST = frozenset({"zaak.op_lijst_gezien"})
# What a list told of a zaak, which is less than opening it: nobody who only saw it there is a reader of the zaak.
IN_LIJST = OP_LIJST | {"zaak.in_lijst_gezien", "bericht.in_lijst_gezien"}
# Who keeps watch, or asks who looked, looked in the trail and not in the zaak. Who works on it is not told: it may be
# about them.
TOEZICHT = frozenset({"audit.zaak_gezocht", "zaak.inzage_bekeken", "inzage.bekeken"})
# What a civil servant typed and did not send: nothing is done in the zaak yet. That of a resident is not about the zaak
# at all (berichten.concepten).
CONCEPT = frozenset({"bericht.concept_bewaard", "bericht.concept_weggegooid", "bericht.concept_verlopen"})
# What a list of all zaken of which the period is over makes of each of them: nobody chose that zaak.
OP_VERNIETIGINGSLIJST = frozenset({
    "vernietiging.zaak_op_lijst", "vernietiging.zaak_goedgekeurd", "vernietiging.zaak_lijst_weg",
})  # fmt: skip
# A form that was asked for and not sent: who handles the zaak reads of it when it is (formulier.beantwoord).
NIET_VERSTUURD = frozenset({
    "formulier.begonnen", "formulier.bewaard", "formulier.weggegooid", "formulier.verlopen",
    "formulier.langer_bewaard", "formulier.herinnerd", "register.gelezen",
})  # fmt: skip
# What a giver tried before somebody accepted their authorisation: a release before this one noted it in the zaak too.
NIET_AANVAARD = frozenset({
    "machtiging.gegeven", "machtiging.code_gemaakt", "machtiging.voorgelegd", "machtiging.afgewezen",
    "machtiging.verlopen",
})  # fmt: skip
# What is about one betrokkene, and not about the zaak: the others do not read it of them (inzage.eigen).
VAN_EEN = NIET_VERSTUURD | NIET_AANVAARD | {"contact.verloren", "contact.niet_meer_nodig", "contact.hersteld"}
MEESTE_REGELS = 500
_TOEGEVOEGD, _SAMEN = "document.toegevoegd", timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class HistorieRegel:
    """One act: `wie` is a name for a civil servant, else who they are in the zaak. `regels` is of how many lines of the
    trail it tells: of the files that came together there is one each."""

    moment: datetime
    wie: str = field(repr=False)
    wat: str
    regels: int = 1


def list_historie(zaak: Zaak) -> tuple[HistorieRegel, ...]:
    """What was done, newest first, at most MEESTE_REGELS. Looking is not in it: see `list_kijkers`. Nor is
    what somebody is typing.

    The caller has passed `access`, as a civil servant.
    """
    zonder = BEKEKEN | IN_LIJST | TOEZICHT | CONCEPT | NIET_VERSTUURD | NIET_AANVAARD
    return _regels(zaak, audit.list_regels(str(zaak.ref), limit=MEESTE_REGELS, zonder=zonder))


def list_kijkers(zaak: Zaak) -> tuple[HistorieRegel, ...]:
    """Who looked at the zaak, a document or a conversation, and when they did last; a line per person."""
    return _regels(zaak, audit.list_laatste(str(zaak.ref), acties=BEKEKEN, limit=MEESTE_REGELS))


def _regels(zaak: Zaak, regels: tuple[AuditInzage, ...]) -> tuple[HistorieRegel, ...]:
    namen = namen_van({regel.actor_key for regel in regels if regel.actor_soort == Soort.MEDEWERKER})
    return tuple(_regel(zaak, samen, namen) for samen in _together(regels))


def _together(regels: tuple[AuditInzage, ...]) -> Iterator[tuple[AuditInzage, ...]]:
    """Each act by itself, the newest first; the documents that somebody added at once are one act."""
    groep: list[AuditInzage] = []
    for regel in regels:
        if groep and not _is_same_upload(groep[-1], regel):
            yield tuple(groep)
            groep = []
        groep.append(regel)
    if groep:
        yield tuple(groep)


def _is_same_upload(een: AuditInzage, ander: AuditInzage) -> bool:
    wie = {(regel.actor_soort, regel.actor_key, regel.kenmerken.get("namens")) for regel in (een, ander)}
    return een.actie == ander.actie == _TOEGEVOEGD and len(wie) == 1 and een.moment - ander.moment <= _SAMEN


def _regel(zaak: Zaak, samen: tuple[AuditInzage, ...], namen: dict[str, str]) -> HistorieRegel:
    regel = samen[0]
    soort = regel.actor_soort
    wie = _describe_self(zaak, regel) if soort in _ZELF else SOORTEN.get(soort, soort)
    if regel.actor_soort == Soort.MEDEWERKER:
        wie = namen.get(regel.actor_key, "Een medewerker die hier niet meer werkt")
    wat = TEKSTEN.get(regel.actie, regel.actie)
    # A release before this one wrote one line for all of them, with how many.
    if regel.actie == _TOEGEVOEGD and (aantal := sum(een.kenmerken.get("aantal", 1) for een in samen)) > 1:
        wat = f"heeft {aantal} documenten toegevoegd"
    over = regel.kenmerken.get("betrokkene")
    if over and regel.actie in _OVER_EEN and not has_one_partij(zaak):
        wat = f"{wat} (het gaat om {describe_by_profiel_key(zaak, over)})"
    return HistorieRegel(moment=regel.moment, wie=wie, wat=wat, regels=len(samen))


def _describe_self(zaak: Zaak, regel: AuditInzage) -> str:
    """Which betrokkene did it, when there are several. Of a business the line tells for whom (`namens`): who acted is
    known by their pseudonym, which says nothing about the zaak."""
    wie = regel.kenmerken.get("namens") or regel.actor_key
    if not wie or regel.actor_soort == Soort.ANONIEM or has_one_partij(zaak):
        tekst = DE_AANVRAGER
    elif regel.actor_soort == Soort.ONDERNEMING and "namens" not in regel.kenmerken:
        tekst = _VAN_DE_ZAAK
    else:
        tekst = describe_by_profiel_key(zaak, wie)
    return tekst[:1].upper() + tekst[1:]
