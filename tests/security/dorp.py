"""A town in which every form of the product stands somewhere, and somebody who finds it."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from eloket.identity.afwezigheid import set_afwezigheid
from eloket.identity.lokaal import uitnodigen
from eloket.identity.lokaal.models import Authenticator
from eloket.identity.lokaal.totp import new_secret
from eloket.identity.models import Medewerker
from eloket.identity.niveaus import Zekerheid
from eloket.identity.testing import inwoner, medewerker, onderneming
from eloket.identity.types import Actor, Audience, Recht
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.retour.verwerken import verwerk
from eloket.profile import service as profile
from eloket.profile.testing import JEROEN, FakePersonenBron, give_contact
from eloket.sources.register.models import Rol
from eloket.zaken import levensloop
from eloket.zaken import service as zaken
from eloket.zaken.filters import save_filter
from eloket.zaken.noodtoegang import open_zaak
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import ROUTES, Stad, build_stad, client_of, fatima, manager, sanne
from tests.faults.formulieren import WERKPLEK_FORMULIEREN, WIE, Werkplek, build_werkplek
from tests.lokaal import ACCOUNT, ANDER, WACHTWOORD, Mens
from tests.security.kruiper import Formulier, Kruiper, forms_of, route_of, send
from tests.security.ladingen import ELEMENT, MERK
from tests.security.oordeel import must_be_harmless
from tests.uitwijken import bounce, give_address, send_all
from tests.uitwijken import mail as send_mail
from tests.unit.archief.gemeente import Gemeente
from tests.web.werkplek import Stadhuis

_LINK = re.compile(r"https?://[^/\s]+(/(?:bevestigen|afmelden)/[^\s\"<>]+)")
_KVK = "68750110"  # of a business with two contactpersonen
PIET = "999990044"  # a resident whose mail comes back
# Of the answers in WERKPLEK_FORMULIEREN: what anybody may type, so that a payload goes there.
_VRIJ_GETYPT = {
    "reden", "notitie", "toelichting", "bericht", "onderwerp", "titel", "uitleg", "naam", "tekst", "omschrijving",
    "waarom", "knop_tekst", "zoek", "minimum_minuten", "stap-1-statustekst",
}  # fmt: skip
_GEKOZEN = {
    "mijn-gegevens-meldingen": {
        f"wanneer_{wat}": "direct"
        for wat in ("berichten", "documenten", "herinneringen", "ontvangst", "status", "vragen")
    },
    "werkplek-beheer-herinnering": {"dagen": "5"},
    "werkplek-beheer-storing-nieuw": {"begin": "1-11-2026 10:00"},
    "werkplek-beheer-storing": {"begin": "1-11-2026 10:00", "eind": "1-11-2026 11:00"},
    "werkplek-account-wachtwoord": {"wachtwoord_oud": WACHTWOORD, "wachtwoord_nieuw": ANDER},
    "werkplek-account-bevestigen": {"wachtwoord": WACHTWOORD},
    "werkplek-beheer-zaaktype-nieuw": {
        "identificatie": "KRUIP",
        "stap": "bewaar",
        "doorlooptijd_dagen": "56",
        **{f"bewaar-{nummer}-termijn": "5 jaar" for nummer in (1, 2, 3)},
    },
    "werkplek-beheer-zaaktype-wijzigen": {
        "stap": "bewaar",
        **{f"bewaar-{nummer}-termijn": "5 jaar" for nummer in range(1, 6)},
    },
    # Where Bo reads it.
    "werkplek-overdragen": {"afdeling": "beheer-openbare-ruimte", "collega": "niemand"},
}
_ONDERHOUD = {"begin": "09:00", "eind": "10:00"}
# Who stands for whom. What each may read is read by each.
PER_AUDIENCE = {
    Audience.BETROKKENE: ("inwoner", "gemachtigde", "betrokkene", "onderneming"),
    Audience.MEDEWERKER: ("medewerker", "privacy", "noodtoegang"),
    Audience.BEHEERDER: ("beheerder",),
    Audience.IEDEREEN: ("niemand", "zonder"),
}


@dataclass(frozen=True, slots=True)
class Dorp:
    """`plekken` are pages that no link leads to: (who, address)."""

    stad: Stad
    werk: Werkplek
    bezoekers: dict[str, Client] = field(repr=False)
    plekken: list[tuple[str, str]] = field(repr=False)
    formulieren: list[Formulier] = field(repr=False)  # that stand only in an answer

    def known(self, route: str, lading: str) -> dict[str, str]:
        """What a person would choose in this form, where anything that is typed would be refused."""
        getypt: dict[str, str] = {}
        for een in WERKPLEK_FORMULIEREN:
            if een.route == route:
                getypt |= {naam: self.werk.vul_in(waarde) for naam, waarde in een.getypt.items()}
        vast = {naam: waarde for naam, waarde in getypt.items() if naam not in _VRIJ_GETYPT}
        if "zaaknummer" in vast or "naar" in vast:
            nummer = self.stad.huis.start("Op nummer").identificatie
            vast |= {naam: nummer for naam in ("zaaknummer", "naar") if naam in vast}
        if route == "werkplek-beheer-onderhoud-nieuw":
            dag = vandaag() + timedelta(days=3)
            vast |= {wat: f"{dag.day}-{dag.month}-{dag.year} {uur}" for wat, uur in _ONDERHOUD.items()}
        return vast | _GEKOZEN.get(route, {}) | _own_text(route, lading)

    def own_row(self) -> str:
        """Where who sends all forms would change their own rights."""
        return reverse("werkplek-beheer-medewerker", args=[str(self.stad.huis.mila.medewerker_id)])

    def crawl(self, eerst: Iterable[tuple[str, str]] = (), *, diep: int = 3) -> Kruiper:
        """Every page of the URL table as everybody who may be there, those of `plekken`, and what they link to."""
        kruiper = Kruiper(self.bezoekers, list(self.formulieren))
        for wie, pad in eerst:
            for een, plek in _around(wie, pad):
                kruiper.visit(een, plek, diep=0)
        for wie, pad in self.plekken:
            kruiper.visit(wie, pad, diep=diep)
        for formulier in WERKPLEK_FORMULIEREN:
            kruiper.visit("medewerker", self.werk.vul_in(formulier.pagina), diep=diep)
        for route in ROUTES:
            for wie in PER_AUDIENCE.get(route.audience or Audience.DEMO, ()):
                kruiper.visit(wie, self.stad.path(route), diep=diep)
        return kruiper


def build_dorp(naam: str = "Drouwen") -> Dorp:
    """`naam` is what the registers call the residents."""
    personen = {bsn: replace(JEROEN, achternaam=naam) for bsn in ("999990019", PIET)}
    profile.configure(FakePersonenBron(personen))
    stad = build_stad()
    werk = build_werkplek(stad.huis)
    dorp = Dorp(stad, werk, _visitors(stad, werk), [], [])
    _zaken_in_every_state(dorp)
    _people_who_cannot_be_reached(dorp, naam)
    _colleagues(dorp)
    _local_accounts(dorp)
    _answers_with_a_form(dorp)
    _forms_of_a_script(dorp)
    return dorp


def _around(wie: str, pad: str) -> Iterator[tuple[str, str]]:
    """This page; of a zaak also its other parts, for who has it now, and what its resident sees."""
    if pad:
        yield wie, pad
    if route_of(pad) == "werkplek-zaak":
        zaak = pad.partition("?")[0]
        yield "inwoner", f"/mijn/zaken/{zaak.rstrip('/').rpartition('/')[2]}/"
        for een in (wie, "noodtoegang"):
            yield from (
                (een, f"{zaak}?deel={deel}") for deel in ("overzicht", "notities", "historie", "termijn")
            )


def _own_text(route: str, lading: str) -> dict[str, str]:
    """Of a text with rules: the definition of a form with payloads in it, a mail with a field that it must have."""
    if route == "werkplek-beheer-mailtekst":
        return {"onderwerp": lading, "tekst": f"{lading} {{reactie}}", "knop_tekst": lading}
    if route != "werkplek-beheer-formulier-toevoegen":
        return {}
    veld = {"id": "vraag", "soort": "tekst", "label": f"Label {lading}"}
    stap = {"id": "stap", "titel": f"Stap {lading}", "velden": [veld]}
    zaak = {"zaaktype": "MOR", "onderwerp": f"Zaak {lading}"}
    vorm = {"titel": f"Titel {lading}", "inloggen": ["digid"], "zaak": zaak, "stappen": [stap]}
    return {"naam": "kruipformulier", "tekst": json.dumps(vorm)}


def _visitors(stad: Stad, werk: Werkplek) -> dict[str, Client]:
    huis = stad.huis
    return {
        "inwoner": client_of(replace(huis.jeroen, zekerheid=Zekerheid.HOOG)),
        "gemachtigde": client_of(sanne()),
        "betrokkene": client_of(_give_part(stad.waarden["ref"])),
        "onderneming": client_of(_business()),
        "fatima": client_of(fatima()),
        "zonder": stad.zonder.browser(),
        "niemand": Client(),
        "medewerker": werk.client,
        # Who may also allow that an account begins anew.
        "privacy": client_of(medewerker(_new("p-1", Recht.INZIEN).pk, subject="p-1", rechten={Recht.INZIEN})),
        "noodtoegang": client_of(_bo(huis)),
        "beheerder": client_of(manager(huis)),
    }


def _give_part(ref: str) -> Actor:
    """Marga has a part in the zaak of Jeroen too."""
    marga = inwoner("999990081", "Marga Vos")
    assert marga.partij is not None
    Rol.objects.create(
        zaak_id=ZaakRef.parse(ref).id,
        omschrijving_generiek="belanghebbende",
        betrokkene_key=marga.partij.key,
        nummer=marga.partij.nummer,
        naam=marga.naam,
        is_onderneming=False,
    )
    return marga


def _business() -> Actor:
    """With a colleague who is mailed too."""
    give_contact(onderneming(_KVK, persoon="elders"), "anne@elders.example")
    return onderneming(_KVK, persoon="collega")


def _bo(huis: Stadhuis) -> Actor:
    return replace(huis.bo, rechten=frozenset({Recht.BEHANDELEN, Recht.NOODTOEGANG}))


def _zaken_in_every_state(dorp: Dorp) -> None:
    huis = dorp.stad.huis
    stil = huis.start("Stilgezet")
    levensloop.suspend_zaak(huis.mila, stil.ref, reden="Wij wachten op stukken.", versie=stil.versie)
    geheim = huis.start("Geheim")
    geheim = zaken.take_zaak(huis.omar, geheim.ref, versie=geheim.versie)
    zaken.set_toegang(huis.omar, geheim.ref, medewerkers=frozenset(), versie=geheim.versie)
    set_afwezigheid(huis.omar, vandaag(), vandaag() + timedelta(days=5), None)
    Gemeente(huis, huis.mila, huis.omar).old_zaak("Lang geleden")
    gezien = huis.start("Met noodtoegang")
    open_zaak(_bo(huis), zaaknummer=gezien.identificatie, aanleiding="collega", reden="Mila is ziek vandaag.")
    for wie, ref in (("medewerker", stil.ref), ("noodtoegang", gezien.ref)):
        dorp.plekken.append((wie, reverse("werkplek-zaak", args=[str(ref)])))


def _people_who_cannot_be_reached(dorp: Dorp, naam: str) -> None:
    piet = inwoner(PIET, naam)
    assert piet.partij is not None
    zaak = zaken.start_zaak(
        piet, nieuwe_zaak(piet.partij, zaaktype="PARKEERVERGUNNING", omschrijving="Post")
    )[0]
    give_address(piet, "piet@voorbeeld.nl")
    verwerk(bounce(send_mail(piet, zaak.ref)))
    find_adressen(nu())
    give_contact(fatima(), "fatima@voorbeeld.nl", email_kapot_op=nu())
    dorp.bezoekers["gemachtigde"].post(
        reverse("mijn-gegevens"), {"email": "sanne@voorbeeld.nl", "telefoon": ""}
    )
    send_all()
    give_address(dorp.stad.huis.jeroen)
    send_mail(dorp.stad.huis.jeroen, dorp.stad.waarden["ref"])
    links = dict.fromkeys(link for post in mail.outbox for link in _LINK.findall(str(post.body)))
    dorp.plekken.extend(("niemand", link) for link in links)
    dorp.plekken.append(("fatima", reverse("mijn-gegevens")))
    dorp.plekken.append(("medewerker", reverse("werkplek-contact-zaak", args=[str(zaak.ref)])))


def _colleagues(dorp: Dorp) -> None:
    save_filter(dorp.stad.huis.mila, naam="Mijn filter", vraag="status=ontvangen")


def _local_accounts(dorp: Dorp) -> None:
    """Somebody with an account, somebody who is invited, and how far each of them is."""
    mens, elders = Mens(_new("l-1")).set_up(), Client()
    mens.browser.post(f"{ACCOUNT}bevestigen/", {"wachtwoord": WACHTWOORD})
    opnieuw = Mens(_new("l-2")).set_up()
    uitnodigen.reset_second_step(manager(dorp.stad.huis), opnieuw.wie.pk)
    mens.give_password(elders)
    genodigd, gekozen = Mens(_new("l-3")), Mens(_new("l-4"))
    for een in (genodigd, gekozen):
        een.open_link(uitnodigen.invite(None, een.wie.pk))
    gekozen.choose()
    Authenticator.objects.create(
        account=mens.account, soort="app", naam="Mijn tablet", geheim=new_secret(), gemaakt=nu()
    )
    dorp.bezoekers.update(
        lokaal=mens.browser,
        tweede=elders,
        genodigd=genodigd.browser,
        gekozen=gekozen.browser,
    )
    link = uitnodigen.invite(None, _new("l-5").pk)
    dorp.plekken.extend(
        (
            ("lokaal", ACCOUNT),
            ("privacy", reverse("werkplek-herstarts")),
            ("tweede", reverse("werkplek-tweede-stap")),
            ("genodigd", reverse("werkplek-wachtwoord-kiezen")),
            ("gekozen", reverse("werkplek-inrichten")),
            ("niemand", reverse("werkplek-uitnodiging", args=[link])),
        )
    )


def _new(subject: str, recht: Recht = Recht.BEHANDELEN) -> Medewerker:
    return Medewerker.objects.create(subject=subject, naam=f"Lies {subject}", rechten=[recht.value])


def _answers_with_a_form(dorp: Dorp) -> None:
    """Pages that only come as the answer to a form."""
    mila = dorp.bezoekers["medewerker"]
    begin = mila.post(reverse("werkplek-balie"), WIE)["Location"]
    zaak = {"zaaktype": "PARKEERVERGUNNING", "onderwerp": "Vergunning", "toelichting": "Voor een bus."}
    dorp.plekken.append(("medewerker", mila.post(begin, zaak)["Location"]))
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        pakket.writestr("afdelingen.yaml", json.dumps({"kruip": f"{ELEMENT} en {MERK}"}))
    bestand = SimpleUploadedFile("inrichting.zip", uit.getvalue(), "application/zip")
    _ask(dorp, "beheerder", reverse("werkplek-beheer-bekijk"), {"bestand": bestand})
    mailtekst = reverse("werkplek-beheer-mailtekst", args=["status_gewijzigd", "nl"])
    pagina = html.document_fromstring(dorp.bezoekers["beheerder"].get(mailtekst).content.decode())
    for formulier in forms_of(pagina, "beheerder", mailtekst):
        if formulier.route == "werkplek-beheer-mailtekst":
            tekst = {"onderwerp": "Nieuws", "tekst": "Er is nieuws. {reactie}", "knop_tekst": "Bekijk"}
            send(dorp.bezoekers["beheerder"], formulier, {**formulier.goed(), **tekst})
    dorp.plekken.append(("beheerder", mailtekst))


def _forms_of_a_script(dorp: Dorp) -> None:
    """What a script of ours sends by itself while somebody types."""
    velden = {
        "bericht": ("textarea", "Hallo"),
        "onderwerp": ("text", "Over"),
        "gesprek": ("hidden", dorp.stad.waarden["gesprek_id"]),
    }
    for wie, route in (("inwoner", "mijn-bericht-concept"), ("medewerker", "werkplek-bericht-concept")):
        pad = reverse(route, args=[dorp.stad.waarden["ref"]])
        dorp.formulieren.append(Formulier(wie, "", pad, is_post=True, velden=velden, knoppen=()))


def _ask(dorp: Dorp, wie: str, pad: str, velden: dict[str, object]) -> None:
    inhoud = must_be_harmless(dorp.bezoekers[wie].post(pad, velden))
    dorp.formulieren.extend(forms_of(html.document_fromstring(inhoud.decode()), wie, pad))
