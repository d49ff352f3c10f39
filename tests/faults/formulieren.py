"""Every form of the werkplek in which something is typed or chosen, and a town in which each of them is somewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from eloket.archief import stoppen
from eloket.archief.models import LijstRegel, Vernietigingslijst
from eloket.archief.types import LijstStand, RegelStand
from eloket.beschikbaarheid import service as storingen
from eloket.beschikbaarheid.types import Wat
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.types import Recht
from eloket.inzage.models import Signaal
from eloket.kernel.klok import nu, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.sjablonen import SjabloonWens, save_sjabloon
from eloket.zaken.types import Zaak
from eloket.zaken.werk import SjabloonSoort
from tests.architecture.routetabel import manager, noodtoegang_van_bo
from tests.vernietigd import make_executed_list
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

TEKST = 'Lang <b>verhaal</b> & "aanhaling"'
WIE = {"kanaal": "balie", "wie": "inwoner", "bsn": "999990019"}
Velden = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Formulier:
    """`route` is where it is sent, `pagina` where it stands, `getypt` what a person fills in."""

    route: str
    pagina: str
    getypt: Velden = field(repr=False)

    def __str__(self) -> str:
        return f"{self.route} {' '.join(self.getypt)}"


_BEHEER = "/werkplek/beheer/"
WERKPLEK_FORMULIEREN = (
    Formulier(
        "werkplek-filter-bewaren", "/werkplek/?lijst=afdeling&status=ontvangen", {"naam": "Mijn filter"}
    ),
    Formulier("werkplek-zoeken", "/werkplek/?lijst=afdeling", {"zoek": TEKST, "behandelaar": "{omar}"}),
    Formulier(
        "werkplek-privacy-zoeken",
        "/werkplek/logboek/",
        {"zaaknummer": TEKST[:40], "medewerker": "{omar}", "van": "2026-11-01"},
    ),
    Formulier("werkplek-overdragen", "{zaak}?deel=overdragen", {"notitie": TEKST, "collega": "niemand"}),
    Formulier("werkplek-opschorten", "{zaak}?deel=termijn", {"reden": TEKST}),
    Formulier("werkplek-heropenen", "{dicht}?deel=heropenen", {"reden": TEKST}),
    Formulier("werkplek-afschermen", "{zaak}?deel=afschermen", {"afgeschermd": "ja"}),
    Formulier("werkplek-notitie", "{zaak}?deel=notities", {"notitie": TEKST}),
    Formulier("werkplek-status", "{zaak}?deel=status", {"toelichting": TEKST}),
    Formulier("werkplek-status", "{zaak}?deel=status&status=3", {"status": "3", "toelichting": TEKST}),
    Formulier(
        "werkplek-status",
        "{leeg}?deel=status&status={eind}",
        {"toelichting": TEKST, "resultaat": "{resultaat}"},
    ),
    Formulier(
        "werkplek-bericht", "{zaak}?deel=berichten&gesprek=nieuw", {"onderwerp": "Uw bus", "bericht": TEKST}
    ),
    Formulier(
        "werkplek-vraag",
        "{zaak}?deel=vragen",
        {"soort": "antwoord", "titel": "Hoe vaak?", "uitleg": TEKST, "deadline": "2099-01-01"},
    ),
    Formulier(
        "werkplek-vraag-afkeuren",
        "{zaak}?deel=vragen&taak={taak}",
        {"reden": TEKST, "opnieuw_voor": "2099-01-01"},
    ),
    Formulier(
        "werkplek-document-goedkeuren",
        "{document}bekijken/",
        {"documenttype": "{documenttype}", "vertrouwelijkheid": "geheim"},
    ),
    Formulier(
        "werkplek-document-afkeuren", "{document}bekijken/", {"reden": TEKST, "opnieuw_voor": "2099-01-01"}
    ),
    Formulier("werkplek-document-verplaatsen", "{document}bekijken/", {"naar": "Z-2026-000123"}),
    Formulier(
        "werkplek-afwezigheid",
        "/werkplek/afwezigheid/",
        {"afwezig_van": "2099-01-01", "afwezig_tot": "2099-01-02", "vervanger": "{omar}"},
    ),
    Formulier("werkplek-balie", "/werkplek/zaken/nieuw/", WIE),
    Formulier(
        "werkplek-balie-zaak",
        "{balie}",
        {"zaaktype": "PARKEERVERGUNNING", "onderwerp": "Vergunning", "toelichting": TEKST},
    ),
    Formulier("werkplek-verlengen", "{avg}?deel=verlengen", {"reden": TEKST}),
    Formulier(
        "werkplek-noodtoegang",
        "/werkplek/noodtoegang/",
        {"zaaknummer": "Z-2026-000123", "aanleiding": "spoed", "reden": TEKST},
    ),
    Formulier(
        "werkplek-noodtoegang-beoordelen",
        "/werkplek/noodtoegang/toezicht/{toegang}/",
        {"oordeel": "terecht", "toelichting": TEKST},
    ),
    Formulier(
        "werkplek-privacy-persoon",
        "/werkplek/logboek/persoon/",
        {"wie": "inwoner", "bsn": "999990019", "kvk": "69599084", "zaaknummer": TEKST[:40]},
    ),
    Formulier("werkplek-privacy-opvallend", "/werkplek/logboek/opvallend/", {"notitie": TEKST}),
    Formulier(
        "werkplek-vernietigen-stop",
        "/werkplek/vernietigen/",
        {"zaaknummer": "Z-2026-000123", "reden": TEKST},
    ),
    Formulier(
        "werkplek-vernietigen-stop-opheffen", "/werkplek/vernietigen/", {"stop": "{stop}", "waarom": TEKST}
    ),
    Formulier("werkplek-vernietigingslijst", "/werkplek/vernietigen/{lijst}/", {"reden": TEKST}),
    Formulier(
        "werkplek-beheer-afdeling-nieuw", f"{_BEHEER}afdeling-toevoegen/", {"naam": TEKST, "code": "x"}
    ),
    Formulier("werkplek-beheer-afdeling", f"{_BEHEER}afdelingen/{{afdeling}}/", {"naam": TEKST}),
    Formulier(
        "werkplek-beheer-medewerker-nieuw", f"{_BEHEER}medewerkers/nieuw/", {"naam": TEKST, "subject": "m-9"}
    ),
    Formulier("werkplek-beheer-medewerker", f"{_BEHEER}medewerkers/{{omar}}/", {"naam": TEKST}),
    Formulier(
        "werkplek-beheer-sjabloon-nieuw", f"{_BEHEER}sjablonen/nieuw/", {"titel": "Groet", "tekst": TEKST}
    ),
    Formulier(
        "werkplek-beheer-sjabloon", f"{_BEHEER}sjablonen/{{sjabloon}}/", {"titel": "Nieuw", "tekst": TEKST}
    ),
    Formulier(
        "werkplek-beheer-formulier-toevoegen", f"{_BEHEER}formulier-toevoegen/", {"naam": "x", "tekst": TEKST}
    ),
    Formulier(
        "werkplek-beheer-storing-nieuw",
        f"{_BEHEER}storingen/melden/",
        {"wat": "e-mail", "reden": TEKST, "begin": "zojuist"},
    ),
    Formulier(
        "werkplek-beheer-onderhoud-nieuw",
        f"{_BEHEER}storingen/onderhoud/",
        {"wat": "inloggen", "reden": TEKST, "begin": "morgen", "eind": "1-1-2099 10:00"},
    ),
    Formulier(
        "werkplek-beheer-storing",
        f"{_BEHEER}storingen/{{onderbreking}}/",
        {"reden": TEKST, "begin": "gisteren", "eind": "straks"},
    ),
    Formulier("werkplek-beheer-storingsregels", f"{_BEHEER}storingen/regels/", {"minimum_minuten": "veel"}),
    Formulier(
        "werkplek-beheer-herinnering", f"{_BEHEER}herinneringen/taak/", {"is_aan": "ja", "dagen": "veel"}
    ),
    Formulier("werkplek-beheer-tekst", f"{_BEHEER}teksten/overzicht/", {"tekst": TEKST}),
    Formulier(
        "werkplek-beheer-mailtekst",
        f"{_BEHEER}mailteksten/status_gewijzigd/nl/",
        {"onderwerp": "Nieuws", "tekst": f"{TEKST} {{reactie}}", "knop_tekst": "Bekijk"},
    ),
    Formulier("werkplek-beheer-zaaktype-nieuw", f"{_BEHEER}zaaktypen/nieuw/", {"omschrijving": TEKST}),
    Formulier(
        "werkplek-beheer-zaaktype-wijzigen",
        f"{_BEHEER}zaaktypen/PARKEERVERGUNNING/wijzigen/",
        {"omschrijving": TEKST, "stap-1-statustekst": TEKST},
    ),
)
# Forms in which nobody types: a button, or a choice of files that a browser never gives back.
ZONDER_TEKST = {
    "werkplek-toewijzen": "vinkjes in de lijst",
    "werkplek-filter-verwijderen": "een knop",
    "werkplek-neem": "een knop",
    "werkplek-hervatten": "een knop",
    "werkplek-ongelezen": "een knop",
    "werkplek-vraag-intrekken": "een knop",
    "werkplek-vraag-goedkeuren": "een knop",
    "werkplek-documenten": "bestanden",
    "werkplek-document-vervangen": "een bestand",
    "werkplek-balie-controleren": "bestanden; wat eerder is getypt: tests/web/test_werkplek_balie.py",
    "werkplek-bericht-concept": "een script, dat de tekst laat staan",
    "werkplek-beheer-afdeling-verwijderen": "een knop",
    "werkplek-beheer-sjabloon-verwijderen": "een knop",
    "werkplek-beheer-mailtekst-terugzetten": "een knop",
    "werkplek-beheer-formulier-actie": "een knop",
    "werkplek-beheer-storing-einde": "een knop",
    "werkplek-beheer-storing-intrekken": "een knop",
    "werkplek-beheer-formulier-voorbeeld": "een voorbeeld, waarvan niets wordt bewaard",
    "werkplek-zonder-lezer": "een keuze in de lijst",
    "werkplek-brieven": "een knop",
    "werkplek-brieven-bundel": "een knop en een dag",
    "werkplek-contact-zaak": "een keuze in een lijst",
    "werkplek-noodtoegang-einde": "een knop",
    "werkplek-noodtoegang-gezien": "een knop",
    "werkplek-vernietigen": "een knop",
    "werkplek-account-bevestigen": "een wachtwoord, dat nooit wordt bewaard",
    "werkplek-account-wachtwoord": "wachtwoorden, die nooit worden bewaard",
    "werkplek-account-tweede-stap": "een code, die nooit wordt bewaard, en een naam voor het apparaat",
    "werkplek-account-weghalen": "een knop",
    "werkplek-account-elders": "een knop",
    "werkplek-herstelcodes": "een knop",
    "werkplek-herstarts": "een vinkje en een knop",
    "werkplek-beheer-account": "een knop",
    "werkplek-beheer-export": "een knop",
    "werkplek-beheer-bekijk": "een bestand",
    "werkplek-beheer-importeer": "een knop; het plan komt terug: tests/web/test_beheer_paginas.py",
}


class _Lezer(HTMLParser):
    """The fields of every form of a page, by the address where it is sent, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.formulieren: dict[str, dict[str, str]] = {}
        self._velden: dict[str, str] = {}
        self._keuze = self._tekst = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerk = {naam: waarde or "" for naam, waarde in attrs}
        naam = kenmerk.get("name", "")
        if tag == "form" and kenmerk.get("method") == "post":
            self._velden = self.formulieren.setdefault(kenmerk.get("action", "").partition("#")[0], {})
        elif tag == "input" and kenmerk.get("type") not in {"file", "checkbox", "radio"}:
            self._velden[naam] = kenmerk.get("value", "")
        elif tag == "input" and "checked" in kenmerk:
            self._velden[naam] = kenmerk["value"]
        elif tag == "input" and kenmerk.get("type") == "radio":
            self._velden.setdefault(naam, "")
        elif tag == "textarea":
            self._tekst, self._velden[naam] = naam, ""
        elif tag == "select":
            self._keuze = naam
        elif tag == "option" and ("selected" in kenmerk or self._keuze not in self._velden):
            self._velden[self._keuze] = kenmerk["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":  # a browser drops the first line break
            self._velden[self._tekst] = self._velden[self._tekst].removeprefix("\n")
            self._tekst = ""
        elif tag == "form":
            self._velden = {}

    def handle_data(self, data: str) -> None:
        if self._tekst:
            self._velden[self._tekst] += data


def lees(html: str) -> dict[str, dict[str, str]]:
    """The forms of the page: where each is sent ('' for the page itself), and its fields."""
    lezer = _Lezer()
    lezer.feed(html)
    return lezer.formulieren


@dataclass(frozen=True, slots=True)
class Werkplek:
    """Where every form stands. Mila is logged in, may do everything, and can log in again."""

    huis: Stadhuis
    client: Client
    waarden: Velden

    def vul_in(self, tekst: str) -> str:
        for naam, waarde in self.waarden.items():
            tekst = tekst.replace(f"{{{naam}}}", waarde)
        return tekst


def build_werkplek(huis: Stadhuis | None = None) -> Werkplek:
    """In a town hall of its own, or in this one."""
    huis = huis or build_stadhuis()
    Medewerker.objects.filter(subject="m-1").update(rechten=[een.value for een in Recht])
    Medewerker.objects.get(subject="m-1").afdelingen.add(Afdeling.objects.get(code="privacy"))
    mila = client_of(replace(manager(huis), afdelingen=huis.mila.afdelingen | {"privacy"}))
    zaak, leeg = huis.start("Vergunning Lindelaan"), huis.start("Niets te doen")
    dicht = huis.close(huis.start("Klaar").ref)
    document = huis.deliver(zaak.ref).toegevoegd[0]
    waarden = {
        "zaak": _pad(zaak),
        "leeg": _pad(leeg),
        "avg": _pad(huis.start("Wat weet u van mij?", zaaktype="AVG_VERZOEK")),
        "toegang": noodtoegang_van_bo(huis, zaak),
        "lijst": _offered(huis),
        "stop": _stopped(huis, dicht),
        "dicht": _pad(dicht),
        "document": f"{_pad(zaak)}documenten/{document.id}/",
        "documenttype": zaak.documenttypen[1],
        "eind": str(zaak.statustypen[-1].volgnummer),
        "resultaat": zaak.resultaattypen[-1],
        "taak": _beantwoord(huis, zaak),
        "omar": str(huis.omar.medewerker_id),
        "afdeling": zaak.afdeling,
        "onderbreking": storingen.start(None, wat=Wat.DOCUMENTEN).id,
        "sjabloon": str(save_sjabloon(None, SjabloonWens(SjabloonSoort.BERICHT, "Slot", "Dag")).id),
        "balie": mila.post("/werkplek/zaken/nieuw/", WIE)["Location"],
    }
    _flag(huis)
    return Werkplek(huis, mila, waarden)


def _stopped(huis: Stadhuis, zaak: Zaak) -> str:
    """A vernietigingsstop that can be lifted, with a reason."""
    archivaris = replace(huis.bo, rechten=frozenset({Recht.VERNIETIGEN}))
    stoppen.set_stop(archivaris, zaaknummer=zaak.identificatie, reden="Er loopt een beroep")
    return str(stoppen.list_stoppen()[0].id)


def _offered(huis: Stadhuis) -> str:
    """A list of zaken to destroy that a colleague offers, so that it can be sent back with a reason."""
    lijst = make_executed_list(huis.omar, huis.bo)
    LijstRegel.objects.filter(lijst=lijst).update(stand=RegelStand.OP_LIJST, vernietigd_op=None)
    Vernietigingslijst.objects.filter(pk=lijst).update(
        stand=LijstStand.AANGEBODEN, besloten_op=None, besloten_door="", klaar_op=None
    )
    return str(lijst)


def _flag(huis: Stadhuis) -> None:
    """Omar looked at more than others."""
    Signaal.objects.create(medewerker_key=huis.omar.key, dag=vandaag(), redenen=[], gemaakt=nu())


def _pad(zaak: Zaak) -> str:
    return reverse("werkplek-zaak", args=[str(zaak.ref)])


def _beantwoord(huis: Stadhuis, zaak: Zaak) -> str:
    """A question that Jeroen answered, and that waits for a judgement."""
    taak = zaken.ask_answer(
        huis.mila, zaak.ref, titel="Hoeveel?", toelichting="", deadline=vandaag() + timedelta(days=5)
    )
    zaken.answer_taak(huis.jeroen, zaak.ref, taak, antwoord="Twee.")
    return taak
