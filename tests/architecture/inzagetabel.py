"""Per route: the line that a look leaves in the audit trail, or why it leaves none."""

from enum import Enum, auto


class Waarover(Enum):
    """What the line is about."""

    ZAAK = auto()
    DOCUMENT = auto()  # the zaak, and the document in it
    PARTIJ = auto()  # the person or business itself
    LOGBOEK = auto()  # the audit trail itself
    LIJST = auto()  # which list, and each zaak that stood on it
    VERNIETIGING = auto()  # a list of zaken to destroy, and each zaak on it
    BRIEF = auto()  # each party that a letter is for
    GEVER = auto()  # who authorised the person that looks
    WERD = auto()  # the zaak that the form became


# What a GET leaves.
INZAGE: dict[str, tuple[str, Waarover]] = {
    "mijn-zaak": ("zaak.bekeken", Waarover.ZAAK),
    "mijn-zaak-dossier": ("dossier.opgeslagen", Waarover.ZAAK),
    "mijn-zaak-bewijs": ("verzendbewijs.opgeslagen", Waarover.ZAAK),
    "mijn-zaak-ontvangst": ("ontvangstbewijzen.bekeken", Waarover.ZAAK),
    "mijn-ontvangstbewijs": ("ontvangstbewijs.opgeslagen", Waarover.ZAAK),
    "mijn-document-openen": ("document.geopend", Waarover.DOCUMENT),
    "mijn-document-opslaan": ("document.opgeslagen", Waarover.DOCUMENT),
    "mijn-gesprek": ("gesprek.bekeken", Waarover.ZAAK),
    "mijn-een-gesprek": ("gesprek.bekeken", Waarover.ZAAK),
    "mijn-gesprek-pdf": ("gesprek.opgeslagen", Waarover.ZAAK),
    "mijn-gegevens": ("gegevens.bekeken", Waarover.PARTIJ),
    "mijn-gegevens-inzage": ("inzage.bekeken", Waarover.PARTIJ),
    "mijn-zaak-inzage": ("zaak.inzage_bekeken", Waarover.ZAAK),
    "mijn-machtiging-zaken": ("machtiging.zaken_bekeken", Waarover.GEVER),
    "mijn-meenemen-bestand": ("export.opgeslagen", Waarover.PARTIJ),
    "werkplek": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-berichten": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-contact": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-zonder-lezer": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-contact-zaak": ("zaak.bekeken", Waarover.ZAAK),
    "werkplek-zaak": ("zaak.bekeken", Waarover.ZAAK),
    "werkplek-zaak-dossier": ("dossier.opgeslagen", Waarover.ZAAK),
    "werkplek-verzendbewijs": ("verzendbewijs.opgeslagen", Waarover.ZAAK),
    "werkplek-ontvangstbewijs": ("ontvangstbewijs.opgeslagen", Waarover.ZAAK),
    "werkplek-gesprek-pdf": ("gesprek.opgeslagen", Waarover.ZAAK),
    "werkplek-document-openen": ("document.geopend", Waarover.DOCUMENT),
    "werkplek-document-opslaan": ("document.opgeslagen", Waarover.DOCUMENT),
    "werkplek-document-bekijken": ("zaak.bekeken", Waarover.ZAAK),
    "werkplek-vernietigen": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-vernietigingslijst": ("vernietiging.lijst_bekeken", Waarover.VERNIETIGING),
    "werkplek-vernietigingslijst-bestand": ("vernietiging.lijst_opgeslagen", Waarover.VERNIETIGING),
    "werkplek-vernietigingsverklaring": ("vernietiging.verklaring_opgeslagen", Waarover.VERNIETIGING),
    "werkplek-privacy": ("audit.doorzocht", Waarover.LOGBOEK),
    "werkplek-privacy-bestand": ("audit.opgeslagen", Waarover.LOGBOEK),
    "werkplek-noodtoegang-toezicht": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-noodtoegang-beoordelen": ("lijst.bekeken", Waarover.LIJST),
    "werkplek-privacy-opvallend": ("opvallend.bekeken", Waarover.LOGBOEK),
    "werkplek-brieven-pdf": ("brief.opgeslagen", Waarover.BRIEF),
}

# What a GET leaves that is noted around the view (portal.aantekenen): of who looks at their own once a day, and each
# time when it is a file; of who acts for another each time.
GEZIEN: dict[str, tuple[str, Waarover]] = {
    "mijn-overzicht": ("overzicht.bekeken", Waarover.PARTIJ),
    "mijn-zaken": ("zaken.bekeken", Waarover.PARTIJ),
    "mijn-taken": ("taken.bekeken", Waarover.PARTIJ),
    "mijn-berichten": ("berichten.bekeken", Waarover.PARTIJ),
    "mijn-vraag": ("taak.bekeken", Waarover.ZAAK),
    "mijn-zaak-agenda": ("zaak.agenda_opgeslagen", Waarover.ZAAK),
    "mijn-taak-agenda": ("taak.agenda_opgeslagen", Waarover.ZAAK),
    "mijn-gegevens-meldingen": ("voorkeuren.bekeken", Waarover.PARTIJ),
    "mijn-gegevens-ontvangst": ("wijzigingen.bekeken", Waarover.PARTIJ),
    "mijn-machtiging-nieuw": ("zaken.bekeken", Waarover.PARTIJ),
    "mijn-machtigingen": ("machtigingen.bekeken", Waarover.PARTIJ),
    "mijn-machtiging": ("machtigingen.bekeken", Waarover.PARTIJ),
    "loket-start": ("formulier.bekeken", Waarover.PARTIJ),
    "loket-stap": ("formulier.bekeken", Waarover.PARTIJ),
    "loket-controleren": ("formulier.bekeken", Waarover.PARTIJ),
    "loket-verstuurd": ("formulier.bekeken", Waarover.WERD),
    "loket-pdf": ("formulier.opgeslagen", Waarover.WERD),
    "loket-stoppen": ("formulier.bekeken", Waarover.PARTIJ),
}
# Of those, what is a file; and what is only for who logged in for themselves.
BESTANDEN = {"mijn-zaak-agenda", "mijn-taak-agenda", "loket-pdf"}
ALLEEN_ZELF = {"mijn-machtiging-nieuw"}

# What a POST leaves that is how somebody reads: a code or a number that may not stand in an address.
OPZOEKEN: dict[str, tuple[str, Waarover]] = {
    "loket-volgen": ("zaak.gevolgd", Waarover.ZAAK),
    "mijn-machtiging-code": ("machtiging.voorgelegd", Waarover.PARTIJ),
    "werkplek-balie": ("persoon.opgezocht", Waarover.PARTIJ),
    "werkplek-privacy-persoon": ("audit.persoon_gezocht", Waarover.PARTIJ),
    "werkplek-noodtoegang": ("noodtoegang.geopend", Waarover.ZAAK),
}

# Which list each of them is.
LIJSTEN = {
    "werkplek": "lijst-werkvoorraad",
    "werkplek-berichten": "lijst-berichten",
    "werkplek-contact": "lijst-contact-herstellen",
    "werkplek-zonder-lezer": "lijst-zonder-lezer",
    "werkplek-vernietigen": "lijst-vernietigen",
    "werkplek-noodtoegang-toezicht": "lijst-noodtoegang",
    "werkplek-noodtoegang-beoordelen": "lijst-noodtoegang",
}

# Pages that list zaken only when there are some: the line of the list, and of each of those, stands in the trail then.
SOMS = {
    "werkplek-noodtoegang": "lijst-noodtoegang",
    "werkplek-afwezigheid": "lijst-enige-lezer",
    "werkplek-beheer-medewerker": "lijst-enige-lezer",
}

# Pages of the werkplek that name zaken and leave no line of each, and why.
NOEMT = {
    "werkplek-privacy": "het logboek zelf: van een zaak alleen het nummer; wat iemand zocht is genoteerd",
    "werkplek-privacy-bestand": "het logboek zelf: van een zaak alleen het nummer; wat iemand zocht is genoteerd",
}

_INRICHTING = "inrichting: er staan geen gegevens van inwoners"
_ACCOUNT = "van de medewerker zelf; elke wijziging is genoteerd"
_GETALLEN = "alleen aantallen"
_ZOEKT = "stuurt door naar de lijst, en die wordt genoteerd als zij wordt getoond"
_REGISTRATIE = (
    "toont wat de vorige stap opzocht, en toen is genoteerd; op een andere dag weer (web/test_balie_spoor.py)"
)
_GEREGISTREERD = (
    "van een registratie die er niet is: stuurt door; anders is de zaak genoteerd (web/test_balie_spoor.py)"
)

_PER_POST = "een leeg formulier; opzoeken is een POST, en wordt genoteerd"

# Why a GET leaves none.
GEEN = {
    "inloggen-hoger": "vraagt om opnieuw in te loggen",
    "mijn-machtiging-code": _PER_POST,
    "mijn-gegevens-opnieuw-bevestigen": "stuurt door",
    "mijn-gegevens-adres": "stuurt door",
    "mijn-gegevens-collega": "stuurt door",
    "mijn-meenemen": "alleen hoe ver het is; wie het vroeg en opsloeg is genoteerd",
    "mijn-meenemen-verwijderen": "stuurt door",
    "loket-verder": "stuurt door",
    "werkplek-noodtoegang": "een formulier; openen is een POST, en wordt genoteerd. Wat al open is ook: zie SOMS",
    "werkplek-afwezigheid": "alleen medewerkers, en soms zaken: zie SOMS",
    "werkplek-aanwezig": "alleen welke collega's ook kijken; de zaak zelf is genoteerd toen hij openging",
    "werkplek-privacy-persoon": _PER_POST,
    "werkplek-balie": _PER_POST,
    "werkplek-balie-zaak": _REGISTRATIE,
    "werkplek-balie-controleren": _REGISTRATIE,
    "werkplek-balie-klaar": _GEREGISTREERD,
    "werkplek-dashboard": _GETALLEN,
    "werkplek-grafiek": _GETALLEN,
    "werkplek-cijfers": _GETALLEN,
    "werkplek-brieven": "alleen kenmerken en aantallen",
    "werkplek-account": _ACCOUNT,
    "werkplek-account-wachtwoord": _ACCOUNT,
    "werkplek-account-bevestigen": _ACCOUNT,
    "werkplek-account-elders": _ACCOUNT,
    "werkplek-account-tweede-stap": _ACCOUNT,
    "werkplek-account-weghalen": _ACCOUNT,
    "werkplek-herstelcodes": _ACCOUNT,
    "werkplek-beheer-account": "gegevens van medewerkers; wie ze wijzigt is genoteerd",
    "werkplek-herstarts": "gegevens van medewerkers; elk oordeel is genoteerd",
    "werkplek-beheer": _INRICHTING,
    "werkplek-beheer-wijzigingen": _INRICHTING,
    "werkplek-beheer-zaaktypen": _INRICHTING,
    "werkplek-beheer-zaaktype-nieuw": _INRICHTING,
    "werkplek-beheer-zaaktype": _INRICHTING,
    "werkplek-beheer-zaaktype-wijzigen": _INRICHTING,
    "werkplek-beheer-formulieren": _INRICHTING,
    "werkplek-beheer-formulier-toevoegen": _INRICHTING,
    "werkplek-beheer-formulier": _INRICHTING,
    "werkplek-beheer-formulier-verschil": _INRICHTING,
    "werkplek-beheer-formulier-cijfers": _GETALLEN,
    "werkplek-beheer-formulier-grafiek": _GETALLEN,
    "werkplek-beheer-formulier-cijferbestand": _GETALLEN,
    "werkplek-beheer-formulier-bestand": _INRICHTING,
    "werkplek-beheer-formulier-voorbeeld": _INRICHTING,
    "werkplek-beheer-formulier-actie": _INRICHTING,
    "werkplek-beheer-afdelingen": _INRICHTING,
    "werkplek-beheer-afdeling-nieuw": _INRICHTING,
    "werkplek-beheer-afdeling": _INRICHTING,
    "werkplek-beheer-medewerkers": "gegevens van medewerkers; wie ze wijzigt is genoteerd",
    "werkplek-beheer-medewerker-nieuw": _INRICHTING,
    "werkplek-beheer-medewerker": "gegevens van medewerkers; wie ze wijzigt is genoteerd. Soms zaken: zie SOMS",
    "werkplek-beheer-sjablonen": _INRICHTING,
    "werkplek-beheer-sjabloon-nieuw": _INRICHTING,
    "werkplek-beheer-sjabloon": _INRICHTING,
    "werkplek-beheer-teksten": _INRICHTING,
    "werkplek-beheer-tekst": _INRICHTING,
    "werkplek-beheer-storingen": _INRICHTING,
    "werkplek-beheer-storing-nieuw": _INRICHTING,
    "werkplek-beheer-onderhoud-nieuw": _INRICHTING,
    "werkplek-beheer-storingsregels": _INRICHTING,
    "werkplek-beheer-storing": _INRICHTING,
    "werkplek-beheer-herinneringen": _INRICHTING,
    "werkplek-beheer-herinnering": _INRICHTING,
    "werkplek-beheer-mailteksten": _INRICHTING,
    "werkplek-beheer-mailtekst": _INRICHTING,
    "werkplek-beheer-mailtekst-opmaak": _INRICHTING,
    "werkplek-beheer-bestanden": _INRICHTING,
}

_EIGEN_INVOER = "alleen wat iemand zelf typt of instelt"

# What a route that only takes a POST leaves. The tests of its page send it; here only: a GET shows nothing.
SCHRIJFT = {
    "mijn-zaak-bericht": "bericht.verstuurd",
    "mijn-bericht-concept": "bericht.concept_bewaard",
    "mijn-zaak-documenten": "document.toegevoegd",
    "mijn-gesprek-ongelezen": "bericht.ongelezen",
    "werkplek-noodtoegang-einde": "noodtoegang.beeindigd",
    "werkplek-toewijzen": "zaak.overgedragen",
    "werkplek-neem": "zaak.in_behandeling_genomen",
    "werkplek-overdragen": "zaak.overgedragen",
    "werkplek-vernietigen-stop": "vernietiging.stop_gezet",
    "werkplek-vernietigen-stop-opheffen": "vernietiging.stop_opgeheven",
    "werkplek-opschorten": "zaak.opgeschort",
    "werkplek-hervatten": "zaak.hervat",
    "werkplek-verlengen": "zaak.verlengd",
    "werkplek-heropenen": "zaak.heropend",
    "werkplek-afschermen": "zaak.afgeschermd",
    "werkplek-notitie": "notitie.geschreven",
    "werkplek-ongelezen": "bericht.ongelezen",
    "werkplek-vraag": "document.gevraagd",
    "werkplek-vraag-intrekken": "document.vraag_ingetrokken",
    "werkplek-vraag-goedkeuren": "taak.goedgekeurd",
    "werkplek-vraag-afkeuren": "taak.afgekeurd",
    "werkplek-document-goedkeuren": "document.geaccepteerd",
    "werkplek-document-afkeuren": "document.geweigerd",
    "werkplek-document-verplaatsen": "document.verplaatst",
    "werkplek-document-vervangen": "document.toegevoegd",
    "werkplek-documenten": "document.toegevoegd",
    "werkplek-status": "zaak.status_gezet",
    "werkplek-bericht": "bericht.verstuurd",
    "werkplek-bericht-concept": "bericht.concept_bewaard",
    "werkplek-brieven-bundel": "brief.gepost",
}

# Why a route that only takes a POST leaves none about a person.
GEEN |= {
    "mijn-zaken-zoeken": _ZOEKT,
    "werkplek-zoeken": _ZOEKT,
    "werkplek-privacy-zoeken": _ZOEKT,
    "werkplek-filter-bewaren": _EIGEN_INVOER,
    "werkplek-noodtoegang-gezien": _EIGEN_INVOER,
    "werkplek-filter-verwijderen": _EIGEN_INVOER,
    "werkplek-beheer-afdeling-verwijderen": _INRICHTING,
    "werkplek-beheer-sjabloon-verwijderen": _INRICHTING,
    "werkplek-beheer-storing-einde": _INRICHTING,
    "werkplek-beheer-storing-intrekken": _INRICHTING,
    "werkplek-beheer-mailtekst-terugzetten": _INRICHTING,
    "werkplek-beheer-export": _INRICHTING,
    "werkplek-beheer-bekijk": _INRICHTING,
    "werkplek-beheer-importeer": _INRICHTING,
}

_INLOGGEN = "van wie nog niet is ingelogd staat hier niets; inloggen en uitloggen worden genoteerd"
_DIENST = "van dienst tot dienst: er staat niets van een inwoner op"
_LINK = "een knop; wat de link doet is een POST, en wordt genoteerd"
_DEZE_BROWSER = "alleen wat in deze browser zelf is ingevuld; beginnen, bewaren en weggooien worden genoteerd"

# Why what is for everybody leaves none.
GEEN |= {
    "loket-volgen": _PER_POST,
    "inloggen": _INLOGGEN,
    "inloggen-start": _INLOGGEN,
    "inloggen-terug": _INLOGGEN,
    "saml-terug": _INLOGGEN,
    "saml-uitloggen": _INLOGGEN,
    "saml-uitgelogd": _INLOGGEN,
    "saml-metadata": _DIENST,
    "uitloggen": _INLOGGEN,
    "uitloggen-verder": _INLOGGEN,
    "uitloggen-melding": _DIENST,
    "uitgelogd": _INLOGGEN,
    "sessie-verlengen": _INLOGGEN,
    "werkplek-inloggen": _INLOGGEN,
    "werkplek-lokaal": _INLOGGEN,
    "werkplek-tweede-stap": _INLOGGEN,
    "werkplek-uitnodiging": _INLOGGEN,
    "werkplek-wachtwoord-kiezen": _INLOGGEN,
    "werkplek-inrichten": _INLOGGEN,
    "bevestigen": _LINK,
    "afmelden": _LINK,
    "loket-zonder-start": _DEZE_BROWSER,
    "loket-zonder-verder": _DEZE_BROWSER,
    "loket-zonder-stap": _DEZE_BROWSER,
    "loket-zonder-controleren": _DEZE_BROWSER,
    "loket-zonder-verstuurd": _DEZE_BROWSER,
    "loket-zonder-pdf": _DEZE_BROWSER,
    "loket-zonder-stoppen": _DEZE_BROWSER,
    "csp-melding": _DIENST,
    "retour": _DIENST,
    "gezondheid-leeft": _DIENST,
    "gezondheid-klaar": _DIENST,
    **dict.fromkeys(
        (
            "home",
            "loket",
            "loket-product",
            "contact",
            "veelgestelde-vragen",
            "toegankelijkheid",
            "privacy",
            "cookies",
            "security-txt",
            "thema",
            "logo",
        ),
        "voor iedereen hetzelfde",
    ),
}
