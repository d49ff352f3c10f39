"""What was done, in the words of the person whose data it is. Shorter than the law, and never a name.

tests/architecture/test_inzage.py holds them to the acts of the code and to zaken.historie.TEKSTEN.
"""

ZAAK = {
    "zaak.gestart": "heeft uw aanvraag gestart",
    "zaak.geregistreerd": "heeft uw zaak voor u geregistreerd",
    "zaak.bekeken": "heeft uw zaak bekeken",
    "zaak.gevolgd": "heeft uw melding gevolgd met de code ervan",
    "zaak.in_lijst_gezien": "heeft gezocht en uw zaak in een lijst gezien",
    "bericht.in_lijst_gezien": "heeft in een lijst een bericht over uw zaak gezien",
    "zaak.op_lijst_gezien": "heeft uw zaak op een lijst zien staan",
    "zaak.status_gezet": "heeft de status van uw zaak gewijzigd",
    "zaak.in_behandeling_genomen": "heeft uw zaak in behandeling genomen",
    "zaak.overgedragen": "heeft uw zaak aan een collega of een andere afdeling gegeven",
    "zaak.opgeschort": "heeft de termijn van uw zaak stilgezet",
    "zaak.verlengd": "heeft de termijn van uw zaak verlengd",
    "zaak.hervat": "heeft de termijn van uw zaak laten doorlopen",
    "zaak.vernietigd": "heeft uw zaak laten vernietigen: de bewaartermijn was voorbij",
    "vernietiging.zaak_van_lijst": "heeft besloten dat uw zaak nog niet wordt vernietigd",
    "vernietiging.stop_gezet": "heeft ervoor gezorgd dat uw zaak voorlopig niet wordt vernietigd",
    "vernietiging.stop_opgeheven": "heeft ervoor gezorgd dat uw zaak na de bewaartermijn weer kan worden vernietigd",
    "zaak.heropend": "heeft uw zaak opnieuw geopend",
    "zaak.afgeschermd": "heeft gewijzigd welke medewerkers uw zaak mogen zien",
    "zaak.toegang_gegeven": "heeft een collega toegang gegeven tot uw zaak",
    "noodtoegang.geopend": (
        "heeft uw zaak in een noodgeval geopend, en behandelt uw zaak anders niet. Wij controleren of dat terecht was"
    ),
    "noodtoegang.beoordeeld": "heeft beoordeeld of een medewerker uw zaak terecht in een noodgeval bekeek",
    "noodtoegang.beeindigd": "heeft gezorgd dat een medewerker uw zaak niet meer in een noodgeval kan bekijken",
    "noodtoegang.verlopen": (
        "heeft verwijderd waarom een medewerker uw zaak in een noodgeval opende: de bewaartijd was voorbij"
    ),
    "notitie.geschreven": "heeft een notitie bij uw zaak geschreven",
    "document.toegevoegd": "heeft documenten aan uw zaak toegevoegd",
    "document.geopend": "heeft een document bekeken",
    "document.opgeslagen": "heeft een document gedownload",
    "document.gevraagd": "heeft om een document gevraagd",
    "document.vraag_ingetrokken": "heeft een vraag ingetrokken",
    "document.geaccepteerd": "heeft een document goedgekeurd",
    "document.geweigerd": "heeft een document afgekeurd",
    "document.besmet": "heeft een document gesloten en de inhoud verwijderd: er zat een virus in",
    "document.verplaatst": "heeft een document naar een andere zaak verplaatst",
    "document.ontvangen_van_andere_zaak": "heeft een document uit een andere zaak bij deze zaak gezet",
    "antwoord.gevraagd": "heeft een vraag gesteld",
    "antwoord.gegeven": "heeft een vraag beantwoord",
    "formulier.beantwoord": "heeft een formulier ingevuld",
    "taak.bekeken": "heeft een vraag van ons aan u bekeken",
    "taak.agenda_opgeslagen": "heeft de datum van een vraag gedownload voor een agenda",
    "zaak.agenda_opgeslagen": "heeft de datum van uw zaak gedownload voor een agenda",
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
    "inzage.bekeken": "heeft bekeken wie uw gegevens heeft bekeken",
}

PARTIJ = {
    "overzicht.bekeken": "heeft uw overzicht bekeken",
    "zaken.bekeken": "heeft uw zaken in een lijst bekeken",
    "taken.bekeken": "heeft uw taken bekeken",
    "berichten.bekeken": "heeft uw berichten in een lijst bekeken",
    "voorkeuren.bekeken": "heeft de keuzes voor e-mails bekeken",
    "wijzigingen.bekeken": "heeft ontvangstbewijzen van gewijzigde contactgegevens bekeken",
    "machtigingen.bekeken": "heeft uw machtigingen bekeken",
    "formulier.begonnen": "is begonnen met een formulier",
    "formulier.bekeken": "heeft een formulier bekeken",
    "formulier.bewaard": "heeft een formulier ingevuld en bewaard",
    "formulier.weggegooid": "heeft een formulier weggegooid dat niet was verstuurd",
    "formulier.verlopen": "heeft een formulier verwijderd dat niet was verstuurd: de bewaartijd was voorbij",
    "formulier.kopie_verlopen": "heeft de kopie van een verstuurd formulier verwijderd: de bewaartijd was voorbij",
    "formulier.langer_bewaard": "heeft na een storing een formulier dat niet was verstuurd langer bewaard",
    "formulier.opgeslagen": "heeft een kopie van een verstuurd formulier gedownload",
    "register.gelezen": "heeft uw gegevens uit het register in een formulier gezet",
    "gegevens.bekeken": "heeft uw contactgegevens bekeken",
    "sessie.ingelogd": "heeft namens u ingelogd en zag toen uw naam",
    "machtiging.gegeven": "heeft een machtiging gemaakt",
    "machtiging.code_gemaakt": "heeft een nieuwe code voor een machtiging gemaakt",
    "machtiging.voorgelegd": "heeft de code van uw machtiging ingevuld",
    "machtiging.aanvaard": "heeft uw machtiging aangenomen",
    "machtiging.afgewezen": "heeft uw machtiging niet aangenomen",
    "machtiging.ingetrokken": "heeft een machtiging ingetrokken",
    "machtiging.gestopt": "heeft de machtiging gestopt",
    "machtiging.verlopen": "heeft een machtiging verwijderd die niemand had aangenomen",
    "machtiging.zaken_bekeken": "heeft de lijst van uw zaken bekeken",
    "persoon.opgezocht": "heeft u opgezocht om een zaak voor u te registreren",
    "audit.persoon_gezocht": "heeft opgezocht wie uw gegevens heeft bekeken, om toezicht te houden",
    "contact.telefoon_gezien": "heeft uw telefoonnummer gezien, omdat onze e-mail niet aankwam",
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
    "profiel.verlopen": "heeft contactgegevens verwijderd, omdat er lang niet mee was ingelogd",
    "concept.verlopen": "heeft een bericht verwijderd dat niet was verstuurd: de bewaartijd was voorbij",
    "profiel.afgemeld": "heeft u afgemeld voor een soort e-mail",
    "profiel.afgemeld_van_alles": "heeft u afgemeld voor alle e-mails",
    "profiel.afmelden_teruggedraaid": "heeft het afmelden voor e-mails teruggedraaid",
}

# The lists of the werkplek, as `zaak.op_lijst_gezien` names them (workbench.aantekenen.Werklijst).
LIJSTEN = {
    "werkvoorraad": "een lijst met werk",
    "contact-herstellen": "een lijst van mensen die onze e-mail niet krijgen",
    "vernietigen": "een lijst van zaken die wij langer bewaren",
    "vernietigingslijst": "een lijst van oude zaken om te vernietigen",
    "noodtoegang": "een lijst van zaken die iemand in een noodgeval bekeek",
    "zonder-lezer": "een lijst van zaken die nu niemand kan lezen",
    "enige-lezer": "een lijst van zaken die maar één medewerker kan lezen",
}

_ANDERS = "heeft iets met uw gegevens gedaan"


def words_of(actie: str, lijst: str = "") -> str:
    """Never empty: an act of an older or newer version is told too. `lijst`: on which list, by its name."""
    if actie == "zaak.op_lijst_gezien" and lijst in LIJSTEN:
        return f"heeft uw zaak zien staan op {LIJSTEN[lijst]}"
    return ZAAK.get(actie) or PARTIJ.get(actie) or _ANDERS
