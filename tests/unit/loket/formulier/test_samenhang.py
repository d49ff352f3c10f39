"""What the parts of a form have to do with each other: every kind of mistake names file, line and field, in Dutch."""

from datetime import date

import pytest

from eloket.loket.formulier.lezen import FormulierOngeldig, read_definitie

GOED = """\
titel: Kapvergunning
inloggen: [digid, anoniem]
zaak:
  zaaktype: KAPVERGUNNING
  onderwerp: "Kap: {soort}"
  toelichting: waarom
stappen:
  - id: boom
    titel: De boom
    velden:
      - id: soort
        soort: keuze
        label: Soort
        opties: {berk: Berk, eik: Eik}
      - id: ziek
        soort: ja_nee
        label: Ziek?
        als: {soort: berk}
      - id: omtrek
        soort: getal
        label: Omtrek
      - id: delen
        soort: keuzes
        label: Delen
        opties: {tak: Tak, stam: Stam}
      - id: waarom
        soort: lange_tekst
        label: Waarom
      - id: dag
        soort: datum
        label: Dag
      - id: bomen
        soort: groep
        label: Bomen
        een: boom
        velden:
          - id: naam
            soort: tekst
            label: Naam
      - id: uitleg
        soort: inhoud
        tekst: [Let op.]
  - id: eind
    titel: Einde
    velden:
      - id: email
        soort: email
        label: E-mail
"""


def faults(inhoud: str) -> str:
    with pytest.raises(FormulierOngeldig) as gevangen:
        read_definitie("kap.yaml", inhoud.encode(), date(2026, 11, 28))
    assert all(een.startswith("kap.yaml") for een in gevangen.value.fouten)
    return gevangen.value.tekst


def test_a_good_form_is_good():
    assert read_definitie("kap.yaml", GOED.encode(), date(2026, 11, 28)).titel == "Kapvergunning"


@pytest.mark.parametrize(
    ("oud", "nieuw", "fout"),
    [
        ("id: eind", "id: boom", "regel 43, stappen.2.id: deze naam heeft een andere stap al"),
        ("id: email", "id: soort", "stappen.2.velden.1.id: deze naam heeft een ander veld al"),
        ("id: ziek", "id: wie", "regel 15, stappen.1.velden.2.id: deze naam gebruikt het programma zelf"),
        ("id: naam\n", "id: soort\n", "stappen.1.velden.7.velden.1.id: deze naam heeft een ander veld al"),
        ("als: {soort: berk}", "als: {omtrek: 3}", "regel 18, stappen.1.velden.2.als: `omtrek` staat niet eerder"),
        ("als: {soort: berk}", "als: {soort: wilg}", "`wilg` is geen antwoord van `soort`"),
        ("als: {soort: berk}", "als: {soort: {minstens: 3}}", "`minstens` past niet bij `soort`; kies uit: is"),
        ("als: {soort: berk}", "als: {wie: burger}", "`burger` is geen antwoord van `wie`"),
        ("als: {soort: berk}", "als: soort", "een voorwaarde is een veld met een waarde"),
        ("label: E-mail", "label: E-mail\n        als: {delen: tak}", "vergelijk `delen` met `bevat`"),
        ("label: E-mail", "label: E-mail\n        als: {delen: {bevat: blad}}", "`blad` is geen antwoord"),
        ("label: E-mail", "label: E-mail\n        als: {omtrek: veel}", "vergelijk `omtrek` met een getal"),
        ("label: E-mail", "label: E-mail\n        als: {omtrek: {een_van: [a]}}", "`een_van` past niet bij `omtrek`"),
        ("label: E-mail", "label: E-mail\n        als: {dag: 3}", "vergelijk `dag` met een datum"),
        ("label: E-mail", "label: E-mail\n        als: {waarom: x}", "bij `waarom` kan alleen `ingevuld: true`"),
        ("label: E-mail", "label: E-mail\n        als: {uitleg: x}", "`uitleg` is tekst en heeft geen antwoord"),
        ("label: E-mail", "label: E-mail\n        alleen_lezen: true", "wordt vooraf ingevuld: geef `vooraf`"),
        ("label: E-mail", "label: E-mail\n        vooraf: persoon.naam", "persoon.naam past niet bij deze soort"),
        ("label: E-mail", "label: E-mail\n        vooraf: persoon.schoenmaat", "vooraf: kies uit: 'profiel.email'"),
        ("label: Dag", "label: Dag\n        min: $omtrek", "$omtrek is geen datum die eerder in het formulier staat"),
        ("label: Dag", "label: Dag\n        min: morgen", "moet een datum zijn, of `vandaag`, `vandaag+14d`"),
        ("label: Naam", "label: Naam\n            vooraf: persoon.naam", "in een groep kan niets vooraf"),
        ("label: Naam", "label: Naam\n            als: {eik: ja}", "velden.7.velden.1.als: `eik` staat niet eerder"),
        ("label: Omtrek", "label: Omtrek\n        min: veel", "regel 22, stappen.1.velden.3.min: moet een getal zijn"),
        ("soort: email", "soort: mail", "regel 46, stappen.2.velden.1: kies uit: 'tekst'"),
        ("label: E-mail", "etiket: E-mail", "label: ontbreekt"),
        ("label: E-mail", "label: E-mail\n        kleur: rood", "regel 49, stappen.2.velden.1.kleur: dit veld kennen"),
        ("een: boom", "een: boom\n        min: 4\n        max: 2", "min is meer dan max"),
        ("{soort}", "{omtrekt}", "regel 5, zaak.onderwerp: `omtrekt` is geen veld dat in het onderwerp kan staan"),
        ("{soort}", "{bomen}", "`bomen` is geen veld dat in het onderwerp kan staan"),
        ("toelichting: waarom", "toelichting: soort", "zaak.toelichting: kies een veld van de soort lange_tekst"),
        ("toelichting: waarom", "anders: [{als: {x: ja}, zaaktype: KAP}]", "zaak.anders.1.als: `x` staat niet eerder"),
        ("zaaktype: KAPVERGUNNING", "zaaktype: kap", "regel 4, zaak.zaaktype: heeft niet de goede vorm"),
        ("inloggen: [digid, anoniem]", "inloggen: [paspoort]", "regel 2, inloggen.1: kies uit: 'digid', 'eherkenning'"),
        ("stappen:", "uitkomsten: [{titel: T, tekst: [t]}]\nstappen:", "alleen een check heeft uitkomsten"),
        ("titel: Kapvergunning", "titel: Kap\nsoort: check", "een check maakt geen zaak: laat `zaak`"),
        ("titel: Kapvergunning", "titel: Kap\nsoort: check", "een check vraagt geen persoonlijke gegevens"),
        ("titel: Kapvergunning", "titel: Kap\nsoort: check", "eindig met een uitkomst zonder `als`"),
        ("titel: Kapvergunning", "titel: Kap\ntitel: Kap", "regel 2, titel: staat er twee keer in"),
        ("label: Ziek?", "label: Waar?: ziek", "dit is geen geldige YAML"),
        ("label: Soort", "label: &a Soort\n        uitleg: *a", "een verwijzing (*) kan hier niet"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_field(oud: str, nieuw: str, fout: str):
    assert oud in GOED
    assert fout in faults(GOED.replace(oud, nieuw, 1))


def test_a_form_without_a_zaak_is_no_application():
    begin, _, rest = GOED.partition("zaak:\n")
    assert "zaak: ontbreekt" in faults(begin + rest[rest.index("stappen:") :])


def test_one_wrong_field_is_one_mistake():
    """pydantic finds a list with a wrong part too short as well."""
    assert faults(GOED.replace("soort: email", "soort: mail")).count("kap.yaml") == 1


def test_every_mistake_is_told_at_once():
    dubbel = GOED.replace("{soort}", "{x}").replace("als: {soort: berk}", "als: {y: ja}")
    assert faults(dubbel).count("kap.yaml") == 2


@pytest.mark.parametrize("inhoud", [b"", b"\xff", b"[]", b"titel", b"- a\n- b", b"[" * 300, b"a: 2026-99-99"])
def test_what_is_no_form_at_all_is_refused(inhoud: bytes):
    with pytest.raises(FormulierOngeldig):
        read_definitie("kap.yaml", inhoud, date(2026, 11, 28))
