"""A crawl with payloads over every form: from the URL table, by who may be there, on a zaak in a state in which it is.

No form is named here. They are found on the pages that the URL table leads to and on what those link to, with their
hidden fields, choices and files. A route that takes a POST and has no form says why (ZONDER_FORMULIER), and gets what
its own code reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from eloket.export.maken import Maker
from eloket.export.service import request_export
from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from eloket.kernel.klok import nu, op_moment
from eloket.loket.bewijzen import add_bewijzen
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.types import NotificatieSoort
from eloket.profile import service as profile
from eloket.profile.bron import personen_bron
from tests.architecture.routetabel import ROUTES, by_name
from tests.security.aanval import attack, attack_path, attack_query, taken_back
from tests.security.bewaren import DOOR, keep_everything, numbers_in
from tests.security.dorp import Dorp, build_dorp
from tests.security.gedrag import ALLE, read_fields
from tests.security.kruiper import Formulier, Kruiper
from tests.security.ladingen import ELEMENT
from tests.security.oordeel import must_be_harmless_mail
from tests.security.test_routes import INVOER
from tests.uitwijken import give_address, send_all, tell

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # the town is built in the first of them
MET_PAGINA = [r for r in ROUTES if r.audience is not Audience.DEMO]
ZONDER_FORMULIER = {
    "saml-terug": "een bericht van een inlogdienst: test_saml_vijandig.py",
    "saml-uitloggen": "een bericht van een inlogdienst: test_saml_uitloggen.py",
    "saml-uitgelogd": "een bericht van een inlogdienst: test_saml_uitloggen.py",
    "uitloggen-melding": "een bericht van een inlogdienst: test_uitlogmelding.py",
    "sessie-verlengen": "van een script, zonder velden",
    "csp-melding": "van een browser: test_csp_melding.py",
    "retour": "van een mailserver: test_retourmelding.py",
}
# What is typed here is checked, and never kept.
NIET_BEWAARD = {
    "mijn-machtiging-code": "een code",
    "loket-volgen": "een code",
    "loket-stap": "met antwoorden die passen: test_vijandige_producten.py",
    "loket-zonder-stap": "met antwoorden die passen: test_vijandige_producten.py",
    "werkplek-lokaal": "een inlognaam en een wachtwoord",
    "werkplek-tweede-stap": "een code van een app",
    "werkplek-inrichten": "een code van een app",
    "werkplek-account-tweede-stap": "een code van een app",
    "werkplek-document-verplaatsen": "een zaaknummer",
    "werkplek-beheer-zaaktype-nieuw": "met een lading in elk veld klopt het zaaktype niet, en komt het terug",
    "werkplek-beheer-zaaktype-wijzigen": "met een lading in elk veld klopt het zaaktype niet, en komt het terug",
    "werkplek-beheer-bekijk": "toont een plan, dat werkplek-beheer-importeer bewaart",
}
# Kept, and shown to nobody as it was typed.
ONGELEZEN = {
    "mijn-bericht-concept": "het bericht zelf is daarna verstuurd",
    "werkplek-beheer-importeer": "de namen staan in het bestand, niet in het formulier",
    "werkplek-verlengen": "daarna staat dezelfde zaak stil, en leest men dat in plaats van de verlenging",
    "werkplek-beheer-herinnering": "een getal",
    "werkplek-beheer-storingsregels": "getallen",
    "werkplek-balie": "nummers",
    "werkplek-privacy-persoon": "nummers",
    "werkplek-privacy-zoeken": "nummers en een dag",
    "mijn-gegevens-meldingen": "tijden",
    "werkplek-wachtwoord-kiezen": "een wachtwoord",
    **dict.fromkeys(DOOR, "een knop"),
}
# What is sent or finished is on these pages no more: test_vijandige_producten.py reads those of the loket.
EENMALIG = {
    "loket-stap", "loket-controleren", "loket-stoppen", "loket-zonder-stap", "loket-zonder-controleren",
    "loket-zonder-stoppen", "werkplek-wachtwoord-kiezen", "werkplek-balie-controleren",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kaart:
    """The town, and every form in it by the route where it goes."""

    dorp: Dorp
    kruiper: Kruiper = field(repr=False)
    formulieren: dict[str, list[Formulier]] = field(repr=False)


@pytest.fixture(scope="module")
def kaart(django_db_setup, django_db_blocker) -> Iterator[Kaart]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        vorige = personen_bron()
        dorp = build_dorp()
        kruiper = dorp.crawl()
        yield Kaart(dorp, kruiper, kruiper.per_route())
        profile.configure(vorige)
        transaction.set_rollback(True)


def takes_post(route: Route, kaart: Kaart) -> bool:
    client = kaart.dorp.stad.client_for(route)
    with taken_back(client):
        return client.post(kaart.dorp.stad.path(route), {}).status_code != 405


@pytest.mark.parametrize("route", MET_PAGINA, ids=by_name)
def test_no_text_does_harm_here(route: Route, kaart: Kaart):
    stad, client = kaart.dorp.stad, kaart.dorp.stad.client_for(route)
    for formulier in kaart.formulieren.get(route.naam, ()):
        assert attack(kaart.dorp.bezoekers[formulier.wie], formulier)
    with taken_back(client), read_fields() as namen:
        b"".join(client.get(stad.path(route)))
    attack_query(client, stad.path(route), namen - {ALLE})
    attack_path(client, route.patroon, stad.waarden)
    if route.naam in ZONDER_FORMULIER:
        with taken_back(client), read_fields() as namen:
            b"".join(client.post(stad.path(route), INVOER))
        velden = dict.fromkeys({*namen, *INVOER} - {ALLE}, ("text", "Tekst"))
        kaart.dorp.bezoekers[route.naam] = client
        attack(client, Formulier(route.naam, "", stad.path(route), is_post=True, velden=velden, knoppen=()))


def test_every_route_that_takes_a_form_has_one_or_says_why(kaart: Kaart):
    met_post = {route.naam for route in MET_PAGINA if takes_post(route, kaart)}
    zonder = met_post - kaart.formulieren.keys()
    assert zonder == ZONDER_FORMULIER.keys()


def test_what_was_kept_comes_out_as_text_everywhere(kaart: Kaart):
    """Every form is filled in with payloads and a number of its own; then everybody reads every page, mail and file."""
    with taken_back():
        bewaard = keep_everything(kaart.dorp, kaart.kruiper)
        _send_and_make_everything(kaart.dorp)
        for post in mail.outbox:
            must_be_harmless_mail(post)
        assert any(ELEMENT in str(post.body) for post in mail.outbox), "de tekst van de beheerder gaat mee"
        lezer = kaart.dorp.crawl(bewaard.paginas)
    aangenomen = {soort[0] for soort in bewaard.aangenomen}
    geweigerd = {
        soort[0]: waarom for soort, waarom in bewaard.geweigerd.items() if soort[0] not in aangenomen
    }
    gelezen = bewaard.gelezen | {nummer for _, _, tekst in lezer.gelezen for nummer in numbers_in(tekst)}
    nummers = bewaard.nummers()
    ongelezen = {nummers[nummer][0] for nummer in nummers.keys() - gelezen}
    nu_weg = pages_of(kaart.kruiper) - pages_of(lezer)
    verschil = {
        "geweigerd": {route: geweigerd.get(route, "") for route in geweigerd.keys() ^ NIET_BEWAARD.keys()},
        "ongelezen": ongelezen ^ ONGELEZEN.keys(),
        "weg": nu_weg ^ EENMALIG,
        "dood": [link for link in lezer.dood if not link.endswith(": 409")],  # a page that says why not
    }
    assert not any(verschil.values()), verschil
    everybody_read_something(lezer)


def pages_of(kruiper: Kruiper) -> set[str]:
    """The routes of which somebody saw a page."""
    return {route for route, wie in kruiper.statussen.items() if 200 in wie}


def _send_and_make_everything(dorp: Dorp) -> None:
    """As the worker does, for people with an address: what there is, and one mail with the text of the manager."""
    give_address(dorp.stad.huis.jeroen)
    with op_moment(nu() + timedelta(days=1)):  # what waits for more, or for the morning, goes too
        while send_all():
            pass
        tell(dorp.stad.huis.jeroen, dorp.stad.waarden["ref"], NotificatieSoort.STATUS_GEWIJZIGD)
    with op_moment(nu() + timedelta(days=2)):
        send_all()
    add_bewijzen(nu())
    find_adressen(nu())
    request_export(dorp.stad.huis.jeroen)
    while Maker("dorp").run_round(nu()):
        pass


def everybody_read_something(lezer: Kruiper) -> None:
    wie = {een for een, _, _ in lezer.gelezen}
    assert {"inwoner", "gemachtigde", "betrokkene", "medewerker", "privacy", "beheerder"} <= wie
    routes = {een for _, een, _ in lezer.gelezen if een}
    assert {"mijn-zaak-dossier", "mijn-gesprek-pdf", "mijn-meenemen-bestand"} <= routes
