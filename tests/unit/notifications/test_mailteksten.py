"""A municipality words its mails: what must be said stays, nothing of anybody gets in, nobody overwrites anybody."""

import logging
import threading
from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from eloket.audit.models import AuditRegel
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.testing import medewerker
from eloket.identity.types import Recht
from eloket.kernel.errors import NietGevonden
from eloket.notifications.mail import mailteksten
from eloket.notifications.mail.mailsoorten import MailTekst, mailsoort
from eloket.notifications.mail.tekstcontrole import check_mailtekst, parse_mailtekst
from eloket.notifications.models import MailTekstRegel
from eloket.notifications.types import NotificatieSoort as Soort
from eloket.profile.types import Taal
from tests.unit.notifications.brieven import BASIS, brief, parts

MILA = medewerker(rechten=tuple(Recht))
BO = medewerker(2, subject="m-2")
GOED = MailTekst("Kijk even in uw zaak", ("Er is iets nieuws.", "{reactie} Log in."), "Naar uw zaak")


def save(
    tekst: MailTekst, *, soort: str = "status_gewijzigd", taal: str = "nl", merk: str | None = None
) -> None:
    mailteksten.save_tekst(MILA, soort, taal, tekst, merk=merk)


def merk(soort: str = "status_gewijzigd", taal: str = "nl") -> str:
    return mailteksten.get_tekst(soort, taal).merk


@pytest.mark.django_db
def test_an_own_text_is_what_a_mail_says_from_then_on():
    save(GOED)
    onderwerp, tekst, html = parts(brief(Soort.STATUS_GEWIJZIGD))
    assert onderwerp == "Kijk even in uw zaak"
    assert tekst.startswith(
        "Er is iets nieuws.\n\nU hoeft niet te reageren op deze wijziging. Log in.\n\nNaar uw zaak:\n"
        f"{BASIS}/mijn/zaken/register-a1b2/\n"
    )
    assert "<p>Er is iets nieuws.</p>" in html


@pytest.mark.django_db
def test_the_other_language_and_the_other_kinds_keep_the_text_of_the_product():
    voor = parts(brief(Soort.STATUS_GEWIJZIGD, taal=Taal.EN)), parts(brief(Soort.ZAAK_HEROPEND))
    save(GOED)
    assert (parts(brief(Soort.STATUS_GEWIJZIGD, taal=Taal.EN)), parts(brief(Soort.ZAAK_HEROPEND))) == voor


@pytest.mark.django_db
def test_the_text_of_the_product_comes_back():
    voor = parts(brief(Soort.STATUS_GEWIJZIGD))
    save(GOED)
    mailteksten.reset_tekst(MILA, "status_gewijzigd", "nl", merk=merk())
    assert parts(brief(Soort.STATUS_GEWIJZIGD)) == voor
    assert not MailTekstRegel.objects.exists()


@pytest.mark.django_db
def test_typing_the_text_of_the_product_is_having_none_of_your_own():
    save(mailsoort(Soort.STATUS_GEWIJZIGD).nl.mailtekst)
    assert not MailTekstRegel.objects.exists()
    save(GOED)
    save(mailsoort(Soort.STATUS_GEWIJZIGD).nl.mailtekst)
    assert not MailTekstRegel.objects.exists()
    assert [regel.actie for regel in AuditRegel.objects.order_by("pk")] == [
        "mailtekst.bewaard",
        "mailtekst.teruggezet",
    ]


@pytest.mark.django_db
def test_of_two_managers_the_second_overwrites_nothing():
    oud = merk()
    save(GOED, merk=oud)
    with pytest.raises(BeheerGewijzigd):
        save(replace(GOED, knop="Van de tweede"), merk=oud)
    with pytest.raises(BeheerGewijzigd):
        mailteksten.reset_tekst(MILA, "status_gewijzigd", "nl", merk=oud)
    save(GOED, merk=oud)  # the second click of a double click
    assert mailteksten.get_tekst("status_gewijzigd", "nl").eigen == GOED
    assert AuditRegel.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_first_text_leaves_no_row():
    with pytest.raises(BeheerGewijzigd):
        save(GOED, merk="van een ander")
    assert not MailTekstRegel.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_first_texts_at_once_are_one_and_a_refusal():
    oud, uitkomst, start = merk(), [], threading.Barrier(2)

    def schrijf(knop: str) -> None:
        start.wait()
        try:
            save(replace(GOED, knop=knop), merk=oud)
            uitkomst.append("bewaard")
        except BeheerGewijzigd:
            uitkomst.append("gewijzigd")
        finally:
            connection.close()

    draden = [threading.Thread(target=schrijf, args=(knop,)) for knop in ("Een", "Twee")]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomst) == ["bewaard", "gewijzigd"]
    assert MailTekstRegel.objects.count() == 1


@pytest.mark.django_db
def test_only_a_manager_writes_and_what_is_no_kind_does_not_exist():
    with pytest.raises(NietGevonden):
        mailteksten.save_tekst(BO, "status_gewijzigd", "nl", GOED)
    with pytest.raises(NietGevonden):
        mailteksten.reset_tekst(BO, "status_gewijzigd", "nl")
    for soort, taal in (("status", "nl"), ("status_gewijzigd", "fr"), ("", "")):
        with pytest.raises(NietGevonden):
            mailteksten.get_tekst(soort, taal)


@pytest.mark.django_db
def test_the_audit_trail_says_who_and_which_fields_but_not_the_text():
    save(GOED)
    [regel] = AuditRegel.objects.all()
    assert (regel.actor_key, regel.actie) == (MILA.key, "mailtekst.bewaard")
    assert regel.kenmerken == {
        "onderdeel": "mailtekst:status_gewijzigd.nl",
        "velden": "onderwerp, tekst, knop",
    }


@pytest.mark.django_db
def test_every_kind_is_listed_in_every_language_with_which_ones_are_own():
    save(GOED, taal="en")
    alle = mailteksten.list_teksten()
    assert len(alle) == len(Soort) * len(Taal)
    assert [een.sleutel for een in alle if een.eigen] == ["status_gewijzigd.en"]


@pytest.mark.django_db
def test_a_text_that_no_longer_holds_never_stops_a_mail(caplog: pytest.LogCaptureFixture):
    MailTekstRegel.objects.create(
        soort="document_gevraagd",
        taal="nl",
        onderwerp="Oud",
        tekst="{reactie} Kijk op www.voorbeeld.nl",
        knop="Ga",
    )
    with caplog.at_level(logging.WARNING):
        onderwerp, tekst, _ = parts(brief(Soort.DOCUMENT_GEVRAAGD))
    assert onderwerp == mailsoort(Soort.DOCUMENT_GEVRAAGD).nl.onderwerp
    assert "1 december 2026" in tekst
    assert "document_gevraagd.nl" in caplog.text
    assert "voorbeeld" not in caplog.text
    assert not mailteksten.get_tekst("document_gevraagd", "nl").is_bruikbaar


@pytest.mark.parametrize("soort", list(Soort))
@pytest.mark.parametrize("taal", list(Taal))
def test_the_texts_of_the_product_keep_to_the_rules_themselves(soort: Soort, taal: Taal):
    tekst = mailsoort(soort).deel(taal).mailtekst
    assert check_mailtekst(mailsoort(soort), tekst) == {}
    assert parse_mailtekst(tekst.onderwerp, tekst.tekst, tekst.knop) == tekst


GEVRAAGD = mailsoort(Soort.DOCUMENT_GEVRAAGD)


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ("{reactie} Doe het snel.", "In de tekst moet nog staan: {termijn} (de laatste dag). Dat vraagt de wet."),
        ("Tot en met {termijn}.", "moet nog staan: {reactie}"),
        ("{reactie} {termijn} {naam}", "Dit kennen wij niet: {naam}. U kunt gebruiken: {reactie}, {termijn}."),
        ("{reactie} {termijn} {kenmerk}", "Dit kennen wij niet: {kenmerk}"),
        ("{reactie} {termijn} {", "Een accolade staat alleen. Schrijf het zo: {reactie}."),
        ("{reactie} {termijn} }", "Een accolade staat alleen"),
        ("{reactie} {{termijn}}", "Een accolade staat alleen"),
        ("{reactie} {termijn", "Een accolade staat alleen"),
        ("{reactie} {termijn} mail jan@voorbeeld.nl", "geen e-mailadres"),
        ("{reactie} {termijn} mail jan＠voorbeeld", "geen e-mailadres"),
        ("{reactie} {termijn} https://boef.example/a", "geen webadres in de tekst: https://boef.example/a"),
        ("{reactie} {termijn} HTTP://boef", "geen webadres"),
        ("{reactie} {termijn} www.boef", "geen webadres"),
        ("{reactie} {termijn} ga naar boef.nl/x", "geen webadres in de tekst: boef.nl"),
        ("{reactie} {termijn} ga naar t.co", "geen webadres"),
        ("{reactie} {termijn} ga naar boef。nl", "geen webadres"),
        ("{reactie} {termijn} ga naar ｂｏｅｆ．ｎｌ", "geen webadres"),
        ("{reactie} {termijn} ga naar bo\u200bef.nl", "geen webadres"),
        ("{reactie} {termijn} ga naar 10.0.0.1", "geen webadres"),
        ("{reactie} {termijn} javascript:alert(1)", "geen webadres"),
        ("{reactie} {termijn}.nl", "geen webadres in de tekst: termijn.nl"),
        ("{reactie} {termijn}.Log in", "Zet dan een spatie na de punt"),
        ("{reactie} {termijn} nummer 999990019", "geen lang nummer in de tekst: 999990019"),
        ("{reactie} {termijn} nummer 9999.90.019", "geen lang nummer"),
        ("{reactie} {termijn} nummer " + "\uff19" * 5 + "\uff10\uff10\uff11\uff19", "geen lang nummer"),
        ("{reactie} {termijn} zaak Z-2026-000123", "geen lang nummer"),
        ("{reactie} {termijn} " + "a" * 1500, "De tekst is te lang. Gebruik hoogstens 1500 tekens."),
        (" \n \u200b ", "Vul de tekst in."),
    ],
)  # fmt: skip
def test_what_may_not_be_in_a_text_is_refused_and_named(tekst: str, fout: str):
    gelezen = parse_mailtekst("Onderwerp", tekst, "Knop")
    assert fout in check_mailtekst(GEVRAAGD, gelezen).get("tekst", "")


def test_what_is_missing_and_what_may_not_be_there_are_said_at_once():
    [fout] = check_mailtekst(GEVRAAGD, parse_mailtekst("Onderwerp", "Kijk op www.boef", "Knop")).values()
    assert "In de tekst moet nog staan" in fout
    assert "geen webadres" in fout


def test_a_full_stop_before_a_placeholder_or_an_abbreviation_is_no_address():
    tekst = "{reactie} Dat kan t.e.m. {termijn}, d.w.z. om 10.12 uur, of bel 14 020. Tot 3 november 2026."
    assert check_mailtekst(GEVRAAGD, parse_mailtekst("Onderwerp", tekst, "Knop")) == {}


@pytest.mark.parametrize("veld", ["onderwerp", "knop"])
@pytest.mark.parametrize(
    ("waarde", "fout"),
    [
        ("", "Vul "),
        ("a" * 101, "Dit is te lang"),
        ("Reageer voor {termijn}", "Haal de accolades weg"),
        ("Ga naar boef.nl", "geen webadres"),
        ("Zaak 12345678", "geen lang nummer"),
    ],
)
def test_the_subject_and_the_button_keep_to_the_rules_too(veld: str, waarde: str, fout: str):
    velden = {"onderwerp": "Onderwerp", "tekst": "{reactie} {termijn}", "knop": "Knop", veld: waarde}
    fouten = check_mailtekst(GEVRAAGD, parse_mailtekst(**velden))
    [(waar, wat)] = fouten.items()
    assert waar.removesuffix("_tekst") == veld
    assert fout in wat


@pytest.mark.django_db
def test_a_wrong_text_is_not_kept_and_every_field_says_what_is_wrong():
    with pytest.raises(BeheerOngeldig) as gevangen:
        save(MailTekst("", ("Zonder.",), ""))
    assert set(gevangen.value.fouten) == {"onderwerp", "tekst", "knop_tekst"}
    assert not MailTekstRegel.objects.exists()


@given(st.text(max_size=120), st.text(max_size=200), st.text(max_size=60))
def test_whatever_is_typed_a_subject_is_one_line_and_a_paragraph_too(onderwerp: str, tekst: str, knop: str):
    gelezen = parse_mailtekst(onderwerp, tekst, knop)
    for regel in (gelezen.onderwerp, gelezen.knop, *gelezen.alineas):
        assert regel.splitlines() in ([], [regel])
    assert parse_mailtekst(gelezen.onderwerp, gelezen.tekst, gelezen.knop) == gelezen
