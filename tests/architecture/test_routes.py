"""Every URL says for whom it is, and costs no more queries than it was given. A new one without a budget fails."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction

from eloket.identity.audience import Route
from eloket.identity.limieten import tabel
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from eloket.loket import versies
from tests.architecture.routetabel import MELDING, ROUTES, Stad, build_stad, by_name

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


# The most queries that a GET may cost, with the session (1) and, in Mijn omgeving, the counts of the menu (2).
# None: this address only takes a POST. They count for a page with something on it; that they do not grow with how
# much that is, stands in tests/web/test_zaken_queries.py and tests/web/test_werkplek_lijst.py.
BUDGET: dict[str, int | None] = {
    "inloggen": 0,
    "inloggen-terug": 2,
    "inloggen-hoger": 1,
    "inloggen-start": 2,
    "saml-terug": 1,
    "saml-metadata": 0,
    "saml-uitloggen": None,
    "saml-uitgelogd": 0,
    "uitloggen": None,
    "uitloggen-verder": 1,
    "uitloggen-melding": None,
    "uitgelogd": 0,
    "sessie-verlengen": None,
    "mijn-overzicht": 15,
    "mijn-zaken": 9,
    "mijn-zaken-zoeken": None,
    "mijn-zaak": 34,  # the first time: it marks the messages as read, and keeps that they were opened
    "mijn-zaak-bericht": 6,
    "mijn-vraag": 11,
    "mijn-zaak-documenten": 6,
    "mijn-zaak-dossier": 29,  # one more for each document: it is opened, and noted, as when it is saved by itself
    "mijn-zaak-bewijs": 15,
    "mijn-zaak-agenda": 7,
    "mijn-taak-agenda": 8,
    "mijn-document-openen": 16,  # the first time: it keeps that
    "mijn-document-opslaan": 16,  # the same
    "mijn-taken": 8,
    "mijn-berichten": 9,
    "mijn-gesprek": 29,  # as mijn-zaak
    "mijn-een-gesprek": 29,  # the same
    "mijn-bericht-concept": None,
    "mijn-gesprek-ongelezen": None,
    "mijn-gesprek-pdf": 11,
    "mijn-gegevens": 5,
    "mijn-zaak-ontvangst": 10,
    "mijn-gegevens-ontvangst": 7,
    "mijn-ontvangstbewijs": 5,
    "mijn-gegevens-inzage": 14,  # two for the titles of documents: each that was added is a line
    "mijn-zaak-inzage": 14,
    "mijn-machtigingen": 8,
    "mijn-machtiging-nieuw": 8,
    "mijn-machtiging-code": 3,
    "mijn-machtiging": 9,
    "mijn-machtiging-zaken": 9,
    "mijn-meenemen": 6,
    # One more for each file in it, which is read when its turn comes; the lines of all zaken are one write, and so are
    # those of all documents, in a transaction.
    "mijn-meenemen-bestand": 16,
    "mijn-meenemen-verwijderen": 1,
    "mijn-gegevens-opnieuw-bevestigen": 1,
    "mijn-gegevens-adres": 1,
    "mijn-gegevens-collega": 1,
    "mijn-gegevens-meldingen": 7,
    "afmelden": 0,
    "bevestigen": 1,
    "loket": 0,
    "loket-product": 1,
    "loket-volgen": 0,
    "loket-start": 5,
    "loket-verder": 3,
    "loket-stap": 6,
    "loket-controleren": 6,
    "loket-verstuurd": 6,
    "loket-pdf": 6,
    "loket-stoppen": 7,
    "loket-zonder-start": 2,
    "loket-zonder-verder": 3,
    "loket-zonder-stap": 3,
    "loket-zonder-controleren": 3,
    "loket-zonder-verstuurd": 3,
    "loket-zonder-pdf": 5,
    "loket-zonder-stoppen": 4,
    "home": 0,
    "contact": 0,
    "veelgestelde-vragen": 0,
    "toegankelijkheid": 0,
    "privacy": 0,
    "cookies": 0,
    "werkplek-inloggen": 0,
    "werkplek-lokaal": 0,
    "werkplek-tweede-stap": 3,
    "werkplek-uitnodiging": 4,  # an unknown link: counted, looked for, and said on the next page
    "werkplek-wachtwoord-kiezen": 3,  # nobody is there: said on the next page
    "werkplek-inrichten": 3,
    "werkplek-account": 7,  # one for what was done with it by others
    "werkplek-account-wachtwoord": 2,
    "werkplek-account-bevestigen": 2,
    "werkplek-account-elders": None,
    "werkplek-account-tweede-stap": 2,
    "werkplek-account-weghalen": 2,
    "werkplek-herstelcodes": 5,
    "werkplek-beheer-account": 7,
    "werkplek-herstarts": 3,
    "werkplek": 11,  # one for what was done by noodtoegang, one for an account that began anew
    "werkplek-dashboard": 8,
    "werkplek-grafiek": 5,
    "werkplek-cijfers": 5,
    "werkplek-zoeken": None,
    "werkplek-toewijzen": None,
    "werkplek-filter-bewaren": None,
    "werkplek-filter-verwijderen": None,
    "werkplek-berichten": 14,
    "werkplek-bericht-concept": None,
    "werkplek-gesprek-pdf": 10,
    "werkplek-zonder-lezer": 5,
    "werkplek-afwezigheid": 6,
    "werkplek-zaak": 31,  # the first time: as above, and it lets the zaak down in the work list
    "werkplek-aanwezig": 8,
    "werkplek-neem": None,
    "werkplek-overdragen": None,
    "werkplek-opschorten": None,
    "werkplek-hervatten": None,
    "werkplek-verlengen": None,
    "werkplek-heropenen": None,
    "werkplek-afschermen": None,
    "werkplek-notitie": None,
    "werkplek-ongelezen": None,
    "werkplek-vraag-goedkeuren": None,
    "werkplek-vraag-afkeuren": None,
    "werkplek-document-bekijken": 20,
    "werkplek-document-goedkeuren": None,
    "werkplek-document-afkeuren": None,
    "werkplek-document-verplaatsen": None,
    "werkplek-document-vervangen": None,
    "werkplek-contact": 6,
    "werkplek-contact-zaak": 12,
    "werkplek-brieven": 7,
    "werkplek-brieven-bundel": None,
    "werkplek-brieven-pdf": 9,  # the line in the audit trail of each letter, in one go
    "werkplek-vernietigen": 12,
    "werkplek-vernietigen-stop": None,
    "werkplek-vernietigen-stop-opheffen": None,
    "werkplek-vernietigingslijst": 10,  # two for a line of each zaak, as the next ones
    "werkplek-vernietigingslijst-bestand": 9,
    "werkplek-vernietigingsverklaring": 12,
    "werkplek-privacy": 8,
    "werkplek-privacy-zoeken": None,
    "werkplek-noodtoegang": 2,
    "werkplek-noodtoegang-toezicht": 6,  # two for a line of each zaak, as the next one
    "werkplek-noodtoegang-beoordelen": 5,
    "werkplek-noodtoegang-einde": None,
    "werkplek-noodtoegang-gezien": None,
    "werkplek-privacy-persoon": 1,
    "werkplek-privacy-bestand": 9,
    "werkplek-privacy-opvallend": 8,
    "werkplek-balie": 1,
    "werkplek-balie-zaak": 2,
    "werkplek-balie-controleren": 2,
    "werkplek-balie-klaar": 2,
    "werkplek-status": None,
    "werkplek-bericht": None,
    "werkplek-vraag": None,
    "werkplek-vraag-intrekken": None,
    "werkplek-documenten": None,
    "werkplek-zaak-dossier": 29,
    "werkplek-verzendbewijs": 15,
    "werkplek-ontvangstbewijs": 8,
    "werkplek-document-openen": 9,
    "werkplek-document-opslaan": 9,
    "werkplek-beheer": 1,
    "werkplek-beheer-wijzigingen": 3,
    "werkplek-beheer-zaaktypen": 5,
    "werkplek-beheer-zaaktype-nieuw": 2,
    "werkplek-beheer-zaaktype": 5,
    "werkplek-beheer-zaaktype-wijzigen": 5,
    "werkplek-beheer-formulieren": 4,
    "werkplek-beheer-formulier-toevoegen": 1,
    "werkplek-beheer-formulier": 6,
    "werkplek-beheer-formulier-verschil": 6,
    "werkplek-beheer-formulier-cijfers": 4,
    "werkplek-beheer-formulier-grafiek": 4,
    "werkplek-beheer-formulier-cijferbestand": 4,
    "werkplek-beheer-formulier-bestand": 2,
    "werkplek-beheer-formulier-voorbeeld": 2,
    "werkplek-beheer-formulier-actie": 5,
    "werkplek-beheer-afdelingen": 2,
    "werkplek-beheer-afdeling-nieuw": 1,
    "werkplek-beheer-afdeling": 2,
    "werkplek-beheer-afdeling-verwijderen": None,
    "werkplek-beheer-medewerkers": 4,
    "werkplek-beheer-medewerker-nieuw": 7,
    "werkplek-beheer-medewerker": 12,
    "werkplek-beheer-sjablonen": 5,
    "werkplek-beheer-sjabloon-nieuw": 4,
    "werkplek-beheer-sjabloon": 5,
    "werkplek-beheer-sjabloon-verwijderen": None,
    "werkplek-beheer-teksten": 2,
    "werkplek-beheer-tekst": 2,
    "werkplek-beheer-storingen": 4,
    "werkplek-beheer-storing-nieuw": 1,
    "werkplek-beheer-onderhoud-nieuw": 1,
    "werkplek-beheer-storingsregels": 2,
    "werkplek-beheer-storing": 2,
    "werkplek-beheer-storing-einde": None,
    "werkplek-beheer-storing-intrekken": None,
    "werkplek-beheer-herinneringen": 2,
    "werkplek-beheer-herinnering": 2,
    "werkplek-beheer-mailteksten": 2,
    "werkplek-beheer-mailtekst": 2,
    "werkplek-beheer-mailtekst-opmaak": 2,
    "werkplek-beheer-mailtekst-terugzetten": None,
    "werkplek-beheer-bestanden": 1,
    "werkplek-beheer-export": None,
    "werkplek-beheer-bekijk": None,
    "werkplek-beheer-importeer": None,
    "simulatie-discovery": 0,
    "simulatie-jwks": 0,
    "simulatie-authorize": 0,
    "simulatie-token": None,
    "simulatie-userinfo": 0,
    "simulatie-logout": None,
    "demo-mail": 0,
    "demo-mail-lezen": 0,
    "demo-mail-html": 0,
    "csp-melding": None,
    "retour": None,
    "security-txt": 0,
    "gezondheid-leeft": 0,
    "gezondheid-klaar": 1,
    "thema": 0,
    "logo": 0,
}


def test_every_route_has_an_audience_and_a_name_of_its_own():
    assert [route.patroon for route in ROUTES if route.audience is None or not route.naam] == []
    namen = [route.naam for route in ROUTES]
    assert sorted(namen) == sorted(set(namen))


def test_every_route_has_a_budget():
    assert {route.naam for route in ROUTES} == BUDGET.keys()


@pytest.mark.parametrize("route", ROUTES, ids=by_name)
def test_a_page_stays_within_its_budget(route: Route, stad: Stad, settings, django_assert_max_num_queries):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    client, pad, budget = stad.client_for(route), stad.path(route), BUDGET[route.naam]
    versies.definitie_of(MELDING, 1)  # read once per process, and never again
    with django_assert_max_num_queries(budget or 0 if budget is not None else 2):
        antwoord = client.get(pad)
        b"".join(antwoord)
    if budget is None:
        assert antwoord.status_code == 405
    else:
        assert antwoord.status_code < 400 or route.naam in ANDERS
        assert antwoord.status_code == ANDERS.get(route.naam, antwoord.status_code)


# What these answer to a GET of ours: a link that no longer works, a request without its parameters, no logo,
# no contact set, and no means of SAML.
ANDERS = {
    "bevestigen": 404,
    "afmelden": 404,
    "inloggen-hoger": 404,
    "simulatie-authorize": 422,
    "simulatie-userinfo": 401,
    "logo": 404,
    "security-txt": 404,
    "saml-terug": 404,
    "saml-metadata": 404,
    "saml-uitgelogd": 404,
}


# What may be guessed, costs much or sends something has a limit of its own.
LIMIETEN = {
    "werkplek-lokaal": tabel.LOKAAL,
    "werkplek-tweede-stap": tabel.LOKAAL,
    "werkplek-wachtwoord-kiezen": tabel.LOKAAL,
    "werkplek-inrichten": tabel.LOKAAL,
    "werkplek-uitnodiging": tabel.UITNODIGING,
    "werkplek-noodtoegang": tabel.NOODTOEGANG,
    "mijn-document-openen": tabel.DOCUMENT,
    "mijn-document-opslaan": tabel.DOCUMENT,
    "werkplek-document-openen": tabel.WERK_DOCUMENT,
    "werkplek-document-opslaan": tabel.WERK_DOCUMENT,
    "werkplek-privacy-persoon": tabel.PERSOON_ZOEKEN,
    "inloggen-start": tabel.INLOGGEN,
    "inloggen-terug": tabel.TERUG,
    "uitloggen-melding": tabel.UITLOGMELDING,
    "saml-terug": tabel.TERUG,
    "saml-uitloggen": tabel.UITLOGMELDING,
    "mijn-zaken": tabel.ZOEKEN,
    "mijn-zaken-zoeken": tabel.ZOEKEN,
    "mijn-zaak-bericht": tabel.BERICHT,
    "mijn-gesprek": tabel.BERICHT,
    "mijn-een-gesprek": tabel.BERICHT,
    "mijn-bericht-concept": tabel.CONCEPT,
    "mijn-zaak-documenten": tabel.UPLOAD,
    "mijn-zaak-dossier": tabel.DOSSIER,
    "mijn-meenemen": tabel.EXPORT,
    "mijn-meenemen-bestand": tabel.DOSSIER,
    "mijn-zaak-bewijs": tabel.PDF,
    "mijn-gesprek-pdf": tabel.PDF,
    "mijn-ontvangstbewijs": tabel.PDF,
    "mijn-gegevens": tabel.BEVESTIGINGSMAIL,
    "mijn-gegevens-opnieuw-bevestigen": tabel.BEVESTIGINGSMAIL,
    "mijn-machtiging-code": tabel.MACHTIGINGSCODE,
    "bevestigen": tabel.BEVESTIGEN,
    "afmelden": tabel.AFMELDEN,
    "loket-volgen": tabel.VOLGEN,
    "csp-melding": tabel.CSP,
    "retour": tabel.RETOUR,
    "werkplek": tabel.WERK_ZOEKEN,
    "werkplek-zoeken": tabel.WERK_ZOEKEN,
    "werkplek-bericht-concept": tabel.CONCEPT,
    "werkplek-gesprek-pdf": tabel.WERK_PDF,
    "werkplek-brieven-pdf": tabel.WERK_PDF,
    "werkplek-vernietigingsverklaring": tabel.WERK_PDF,
    "werkplek-zaak-dossier": tabel.WERK_PDF,
    "werkplek-verzendbewijs": tabel.WERK_PDF,
    "werkplek-ontvangstbewijs": tabel.WERK_PDF,
}


@pytest.mark.parametrize("route", ROUTES, ids=by_name)
def test_every_route_has_a_limit(route: Route):
    """That of its audience, or its own; forms have theirs. Only what exists in the demo has none."""
    assert route.audience is not None
    if route.naam.startswith(("loket-zonder-", "loket-")) and "<slug:formulier>" in route.patroon:
        anders = tabel.FORMULIER_ZONDER if route.naam.startswith("loket-zonder-") else tabel.FORMULIER
        assert route.limiet is (tabel.PDF if route.naam.endswith("-pdf") else anders)
        return
    assert route.limiet is LIMIETEN.get(route.naam, tabel.PER_AUDIENCE[route.audience])
    assert (route.limiet is None) is (route.audience is Audience.DEMO)


def test_every_audience_has_a_limit_that_counts_those_who_come_there():
    assert tabel.PER_AUDIENCE.keys() == set(Audience)
    for route in ROUTES:
        if route.limiet and route.audience is Audience.IEDEREEN:
            assert route.limiet.per_adres, route.naam
        elif route.limiet:
            assert route.limiet.per_persoon, route.naam


def test_no_pattern_invites_a_number_of_a_person():
    """A BSN (9 digits) or KvK number (8) never stands in a URL: no parameter is called so, or takes bare digits."""
    for route in ROUTES:
        assert not re.search(r"bsn|kvk|burgerservice|<int:|\\d", route.patroon), route.patroon
