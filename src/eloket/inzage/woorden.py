"""What was done, in the words of the person whose data it is. Shorter than the law, and never a name.

tests/architecture/test_inzage.py holds them to the acts of the code and to zaken.historie.TEKSTEN.
"""

ZAAK = {
    "zaak.gestart": "heeft uw aanvraag gestart",
    "zaak.geregistreerd": "heeft uw zaak voor u geregistreerd",
    "zaak.bekeken": "heeft uw zaak bekeken",
    "zaak.status_gezet": "heeft de status van uw zaak gewijzigd",
    "zaak.in_behandeling_genomen": "heeft uw zaak in behandeling genomen",
    "zaak.overgedragen": "heeft uw zaak aan een collega of een andere afdeling gegeven",
    "zaak.opgeschort": "heeft de termijn van uw zaak stilgezet",
    "zaak.verlengd": "heeft de termijn van uw zaak verlengd",
    "zaak.hervat": "heeft de termijn van uw zaak laten doorlopen",
    "zaak.vernietigd": "heeft uw zaak laten vernietigen: de bewaartermijn was voorbij",
    "zaak.heropend": "heeft uw zaak opnieuw geopend",
    "zaak.afgeschermd": "heeft gewijzigd welke medewerkers uw zaak mogen zien",
    "zaak.toegang_gegeven": "heeft een collega toegang gegeven tot uw zaak",
    "noodtoegang.geopend": (
        "heeft uw zaak in een noodgeval geopend, en behandelt uw zaak anders niet. Wij controleren of dat terecht was"
    ),
    "noodtoegang.beeindigd": "heeft gezorgd dat een medewerker uw zaak niet meer in een noodgeval kan bekijken",
    "notitie.geschreven": "heeft een notitie bij uw zaak geschreven",
    "document.toegevoegd": "heeft documenten aan uw zaak toegevoegd",
    "document.geopend": "heeft een document bekeken",
    "document.opgeslagen": "heeft een document gedownload",
    "document.gevraagd": "heeft om een document gevraagd",
    "document.vraag_ingetrokken": "heeft een vraag ingetrokken",
    "document.geaccepteerd": "heeft een document goedgekeurd",
    "document.geweigerd": "heeft een document afgekeurd",
    "document.verplaatst": "heeft een document naar een andere zaak verplaatst",
    "document.ontvangen_van_andere_zaak": "heeft een document uit een andere zaak bij deze zaak gezet",
    "antwoord.gevraagd": "heeft een vraag gesteld",
    "antwoord.gegeven": "heeft een vraag beantwoord",
    "formulier.beantwoord": "heeft een formulier ingevuld",
    "taak.verlengd": "heeft na een storing meer tijd gegeven voor een vraag",
    "taak.goedgekeurd": "heeft een antwoord goedgekeurd",
    "taak.afgekeurd": "heeft een antwoord afgekeurd",
    "contact.hersteld": "heeft contact gezocht, omdat onze e-mail niet aankwam",
    "bericht.verstuurd": "heeft een bericht over uw zaak verstuurd",
    "bericht.gelezen": "heeft berichten over uw zaak gelezen",
    "bericht.ongelezen": "heeft berichten over uw zaak als ongelezen gemarkeerd",
    "gesprek.bekeken": "heeft een gesprek over uw zaak bekeken",
    "gesprek.opgeslagen": "heeft een gesprek over uw zaak gedownload",
    "verzendbewijs.opgeslagen": "heeft gedownload wat wij over uw zaak verstuurden",
    "dossier.opgeslagen": "heeft het hele dossier van uw zaak gedownload",
    "ontvangstbewijzen.bekeken": "heeft ontvangstbewijzen bekeken",
    "ontvangstbewijs.opgeslagen": "heeft een ontvangstbewijs gedownload",
}

PARTIJ = {
    "gegevens.bekeken": "heeft uw contactgegevens bekeken",
    "inzage.bekeken": "heeft bekeken wie uw gegevens heeft bekeken",
    "machtiging.gegeven": "heeft een machtiging gemaakt",
    "machtiging.code_gemaakt": "heeft een nieuwe code voor een machtiging gemaakt",
    "machtiging.voorgelegd": "heeft de code van uw machtiging ingevuld",
    "machtiging.aanvaard": "heeft uw machtiging aangenomen",
    "machtiging.afgewezen": "heeft uw machtiging niet aangenomen",
    "machtiging.ingetrokken": "heeft een machtiging ingetrokken",
    "machtiging.gestopt": "heeft de machtiging gestopt",
    "machtiging.zaken_bekeken": "heeft de lijst van uw zaken bekeken",
    "persoon.opgezocht": "heeft u opgezocht om een zaak voor u te registreren",
    "audit.persoon_gezocht": "heeft opgezocht wie uw gegevens heeft bekeken, om toezicht te houden",
    "adres.opgevraagd": "heeft uw adres opgevraagd om u een brief te sturen",
    "brief.gemaakt": "heeft een brief aan u gemaakt",
    "brief.opgeslagen": "heeft een brief aan u gedownload om te printen",
    "brief.gepost": "heeft een brief aan u op de post gedaan",
    "export.gevraagd": "heeft gevraagd om uw gegevens mee te nemen",
    "export.gemaakt": "heeft een bestand met uw gegevens gemaakt, omdat daarom was gevraagd",
    "export.opgeslagen": "heeft het bestand met uw gegevens gedownload",
    "export.verwijderd": "heeft het bestand met uw gegevens verwijderd",
    "export.verlopen": "heeft het bestand met uw gegevens na 7 dagen verwijderd",
    "profiel.adres_kapot": "heeft genoteerd dat uw e-mailadres niet werkt",
    "profiel.email_bevestigd": "heeft uw e-mailadres bevestigd",
    "profiel.bevestiging_gevraagd": "heeft een link gevraagd om uw e-mailadres te bevestigen",
    "profiel.gewijzigd": "heeft uw contactgegevens gewijzigd",
    "profiel.collega_gestopt": "heeft gekozen dat u geen e-mails meer krijgt",
    "profiel.voorkeuren_gewijzigd": "heeft gewijzigd welke e-mails u krijgt",
    "profiel.afgemeld": "heeft u afgemeld voor een soort e-mail",
    "profiel.afgemeld_van_alles": "heeft u afgemeld voor alle e-mails",
    "profiel.afmelden_teruggedraaid": "heeft het afmelden voor e-mails teruggedraaid",
}

_ANDERS = "heeft iets met uw gegevens gedaan"


def words_of(actie: str) -> str:
    """Never empty: an act of an older or newer version is told too."""
    return ZAAK.get(actie) or PARTIJ.get(actie) or _ANDERS
