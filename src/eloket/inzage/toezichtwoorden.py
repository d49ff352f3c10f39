"""What was done, in the words of who keeps watch: about somebody else, so never "u". Also those of a change in beheer.

tests/architecture/test_inzage.py holds them to every act that the code records.
"""

from eloket.zaken.historie import TEKSTEN

# As `inzage.woorden.PARTIJ`, which tells the person.
PARTIJ = {
    "gegevens.bekeken": "heeft contactgegevens bekeken",
    "inzage.bekeken": "heeft bekeken wie de eigen gegevens heeft bekeken",
    "machtiging.gegeven": "heeft een machtiging gemaakt",
    "machtiging.code_gemaakt": "heeft een nieuwe code voor een machtiging gemaakt",
    "machtiging.voorgelegd": "heeft de code van een machtiging ingevuld",
    "machtiging.aanvaard": "heeft een machtiging aangenomen",
    "machtiging.afgewezen": "heeft een machtiging niet aangenomen",
    "machtiging.ingetrokken": "heeft een machtiging ingetrokken",
    "machtiging.gestopt": "is met een machtiging gestopt",
    "machtiging.zaken_bekeken": "heeft als gemachtigde een lijst van zaken bekeken",
    "persoon.opgezocht": "heeft iemand opgezocht om een zaak te registreren",
    "audit.persoon_gezocht": "heeft iemand opgezocht in dit logboek",
    "adres.opgevraagd": "heeft een adres opgevraagd om een brief te sturen",
    "brief.gemaakt": "heeft een brief aan iemand gemaakt",
    "brief.opgeslagen": "heeft een brief aan iemand gedownload om te printen",
    "brief.gepost": "heeft een brief aan iemand op de post gedaan",
    "export.gevraagd": "heeft gevraagd om de eigen gegevens mee te nemen",
    "export.gemaakt": "heeft een bestand met alle gegevens van iemand gemaakt, omdat die daarom vroeg",
    "export.opgeslagen": "heeft het bestand met alle eigen gegevens gedownload",
    "export.verwijderd": "heeft het bestand met alle eigen gegevens verwijderd",
    "export.verlopen": "heeft een bestand met alle gegevens van iemand na 7 dagen verwijderd",
    "profiel.adres_kapot": "heeft genoteerd dat een e-mailadres niet werkt",
    "profiel.email_bevestigd": "heeft een e-mailadres bevestigd",
    "profiel.bevestiging_gevraagd": "heeft een link gevraagd om een e-mailadres te bevestigen",
    "profiel.gewijzigd": "heeft contactgegevens gewijzigd",
    "profiel.collega_gestopt": "heeft gekozen dat een collega geen e-mails meer krijgt",
    "profiel.voorkeuren_gewijzigd": "heeft gewijzigd welke e-mails iemand krijgt",
    "profiel.afgemeld": "heeft iemand afgemeld voor een soort e-mail",
    "profiel.afgemeld_van_alles": "heeft iemand afgemeld voor alle e-mails",
    "profiel.afmelden_teruggedraaid": "heeft het afmelden voor e-mails teruggedraaid",
}
# The verb of an act of beheer; the list of changes there shows only this.
BEHEER_WERKWOORDEN = {
    "toegevoegd": "toegevoegd", "bewaard": "gewijzigd", "hernoemd": "een andere naam gegeven",
    "verwijderd": "verwijderd", "geexporteerd": "geëxporteerd", "ingelezen": "ingelezen",
    "begonnen": "gemeld", "geeindigd": "beëindigd", "aangekondigd": "aangekondigd", "gecorrigeerd": "gewijzigd",
    "gemeten": "gemeten", "gepubliceerd": "gepubliceerd", "ingetrokken": "ingetrokken", "teruggezet": "teruggezet",
    "ingestroomd": "bij het inloggen toegevoegd, door een groep",
    "bijgewerkt": "bij het inloggen gewijzigd, door groepen",
    "uitgestroomd": "bij het inloggen op niet actief gezet: geen groep meer",
    "uitgenodigd": "uitgenodigd voor een lokaal account",
    "hersteld": "gevraagd het lokale account opnieuw in te richten",
    "ontnomen": "het lokale account ontnomen",
    "toegestaan": "toegestaan het lokale account opnieuw in te richten",
    "geweigerd": "geweigerd het lokale account opnieuw in te richten",
}  # fmt: skip
# Of each part of beheer what it is called, and what is done to it.
_BEHEER = {
    "account": ("een medewerker", "uitgenodigd hersteld ontnomen toegestaan geweigerd"),
    "afdeling": ("een afdeling", "toegevoegd hernoemd verwijderd"),
    "formulier": (
        "een versie van een formulier",
        "toegevoegd gepubliceerd teruggezet ingetrokken verwijderd",
    ),
    "herinnering": ("een herinnering", "bewaard"),
    "inrichting": ("de inrichting", "geexporteerd ingelezen"),
    "mailtekst": ("de tekst van een e-mail", "bewaard teruggezet"),
    "medewerker": ("een medewerker", "toegevoegd bewaard"),
    "onderhoud": ("onderhoud", "aangekondigd"),
    "sjabloon": ("een sjabloon", "toegevoegd bewaard verwijderd"),
    "storing": ("een storing", "begonnen gecorrigeerd geeindigd gemeten ingetrokken"),
    "storingsregels": ("de regels voor storingen", "bewaard"),
    "tekst": ("een tekst", "bewaard"),
    "zaaktype": ("een zaaktype", "toegevoegd bewaard"),
}
# Every act that the code records, by code.
ACTIES = {
    **TEKSTEN,
    **PARTIJ,
    **{
        f"{onderdeel}.{werkwoord}": f"heeft {wat} {BEHEER_WERKWOORDEN[werkwoord]}"
        for onderdeel, (wat, werkwoorden) in _BEHEER.items()
        for werkwoord in werkwoorden.split()
    },
    "medewerker.ingestroomd": "is toegevoegd door een groep bij de inlogdienst",
    "medewerker.bijgewerkt": "heeft andere rechten door de groepen bij de inlogdienst",
    "medewerker.uitgestroomd": "is niet meer actief: geen groep meer bij de inlogdienst",
    "medewerker.afwezigheid": "heeft de eigen afwezigheid gewijzigd",
    "noodtoegang.mislukt": "heeft noodtoegang gevraagd tot een zaaknummer dat niet bestaat",
    "noodtoegang.beoordeeld": "heeft een noodtoegang beoordeeld",
    "brieven.gebundeld": "heeft brieven klaargezet om te printen",
    "brieven.opgeslagen": "heeft klaargezette brieven gedownload",
    "brieven.gepost": "heeft klaargezette brieven op de post gedaan",
    "brieven.niet_gepost": "heeft gemeld dat brieven toch niet op de post zijn",
    "brieven.teruggezet": "heeft klaargezette brieven teruggezet",
    "lijst.bekeken": "heeft een lijst bekeken",
    "audit.doorzocht": "heeft in dit logboek gezocht",
    "audit.opgeslagen": "heeft dit logboek gedownload",
    "audit.opgeruimd": "heeft weggehaald waarvan de bewaartermijn voorbij is",
    "vernietiging.lijst_gemaakt": "heeft een vernietigingslijst gemaakt",
    "vernietiging.lijst_bekeken": "heeft een vernietigingslijst bekeken",
    "vernietiging.lijst_opgeslagen": "heeft een vernietigingslijst gedownload",
    "vernietiging.verklaring_opgeslagen": "heeft een verklaring van vernietiging gedownload",
    "vernietiging.zaak_van_lijst": "heeft een zaak van een vernietigingslijst gehaald",
    "vernietiging.lijst_aangeboden": "heeft een vernietigingslijst aangeboden",
    "vernietiging.lijst_ingetrokken": "heeft een vernietigingslijst ingetrokken",
    "vernietiging.lijst_goedgekeurd": "heeft een vernietigingslijst goedgekeurd",
    "vernietiging.lijst_teruggestuurd": "heeft een vernietigingslijst teruggestuurd",
    "vernietiging.uitgevoerd": "heeft een vernietigingslijst uitgevoerd",
    "vernietiging.stop_gezet": "heeft een vernietigingsstop gezet",
    "vernietiging.stop_opgeheven": "heeft een vernietigingsstop opgeheven",
    "opvallend.gevonden": "heeft gezien dat een medewerker opvallend veel bekeek",
    "opvallend.bekeken": "heeft bekeken wie opvallend veel bekeek",
    "opvallend.gezien": "heeft een signaal over opvallend inzien afgehandeld",
    "sessie.ingelogd": "heeft ingelogd",
    "sessie.uitgelogd": "heeft uitgelogd",
    "sessie.beeindigd": "heeft iemand uitgelogd",
    "sessie.geweigerd": "mocht niet inloggen: wachtwoord of tweede stap klopte niet",
    "sessie.elders_beeindigd": "heeft zich overal anders uitgelogd",
    "account.ingericht": "heeft een lokaal account ingericht",
    "account.wachtwoord": "heeft het eigen wachtwoord gewijzigd",
    "account.tweede_stap_toegevoegd": "heeft een eigen tweede stap toegevoegd",
    "account.tweede_stap_verwijderd": "heeft een eigen tweede stap weggehaald",
    "account.herstelcodes": "heeft nieuwe herstelcodes gemaakt",
}
