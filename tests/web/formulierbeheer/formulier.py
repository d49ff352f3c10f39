"""Two forms to manage, and what the tests of their pages share."""

import html
import re

from django.http import HttpResponseBase

from eloket.identity.models import Medewerker
from eloket.identity.partijmerk import VELD
from eloket.identity.testing import medewerker
from eloket.identity.types import Actor, Recht
from eloket.loket import beheer
from eloket.loket.versiebeheer import get_formulier
from tests.web.portaal import bron_van

SLUG = "standplaats"
PAD = f"/werkplek/beheer/formulieren/{SLUG}/"
YAML = """\
titel: Standplaats aanvragen
inloggen: [digid, eherkenning, anoniem]
zaak: {zaaktype: MOR, onderwerp: "Standplaats {waar}"}
stappen:
  - id: plek
    titel: Uw plek
    velden:
      - {id: naam, soort: tekst, label: Naam, vooraf: persoon.naam, alleen_lezen: true, als: {wie: inwoner}}
      - {id: waar, soort: tekst, label: "Waar wilt u staan?"}
      - {id: gas, soort: ja_nee, label: "Gebruikt u gas?"}
      - {id: adres, soort: adres, label: Adres, vooraf: persoon.adres, verplicht: false}
      - {id: buiten, soort: ja_nee, label: "Staat u buiten?"}
      - {id: stop, soort: inhoud, toon: stop, tekst: [Binnen kan het niet.], als: {buiten: nee}}
  - id: gas
    titel: Gas
    als: {gas: ja}
    velden:
      - {id: plan, soort: bestand, label: Plattegrond, hoogstens: 2}
      - id: flessen
        soort: groep
        label: Uw flessen
        een: fles
        velden: [{id: liter, soort: getal, label: Liter}]
verklaringen:
  - {id: waar, tekst: Alles is waar.}
"""
CHECK = """\
titel: Heb ik een standplaats nodig?
soort: check
inloggen: [anoniem]
stappen:
  - {id: vraag, titel: Uw vraag, velden: [{id: eten, soort: ja_nee, label: "Verkoopt u eten?"}]}
uitkomsten:
  - {als: {eten: ja}, titel: U heeft een standplaats nodig, tekst: [Vraag die aan.], formulier: standplaats}
  - {titel: U heeft niets nodig, tekst: [U kunt zo beginnen.]}
"""


def manager(subject: str, naam: str) -> Actor:
    rij = Medewerker.objects.create(subject=subject, naam=naam, rechten=[Recht.BEHEREN.value])
    return medewerker(rij.pk, naam=naam, subject=subject, rechten=(Recht.BEHEREN,))


def publish(maker: Actor, ander: Actor, tekst: str = YAML, slug: str = SLUG) -> int:
    versie, _ = beheer.upload_versie(maker, slug, tekst.encode())
    beheer.publish_versie(ander, slug, versie, merk=get_formulier(ander, slug).get(versie).merk)
    return versie


def hidden(antwoord: HttpResponseBase) -> dict[str, str]:
    """The hidden fields of the page, as a browser sends them."""
    velden = re.findall(r'<input type="hidden"[^>]* name="([\w-]+)" value="([^"]*)"', bron_van(antwoord))
    return {
        naam: html.unescape(waarde) for naam, waarde in velden if naam not in {"csrfmiddlewaretoken", VELD}
    }
