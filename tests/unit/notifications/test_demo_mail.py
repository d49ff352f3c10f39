"""In demo every mail is a file, and the files are read on a page."""

import os
import re
import stat

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from eloket.kernel.errors import NietGevonden
from eloket.notifications.mail.maken import build
from eloket.notifications.types import NotificatieSoort
from eloket.ops.demo_mail import postbus, views
from eloket.ops.demo_mail.postbus import Stuk
from tests.unit.notifications.brieven import brief

pytestmark = pytest.mark.django_db  # a mail is written in the words of the municipality

PASSEND = "20261103T101200000000-abcdefabcdef.eml"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.demo_mail.EmlBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def send(soort: NotificatieSoort = NotificatieSoort.STATUS_GEWIJZIGD, aan: str = "j@voorbeeld.nl") -> None:
    mail = build(brief(soort, aan=aan, token="geheim", basis="http://127.0.0.1:8000"))
    assert get_connection().send_messages([mail]) == 1


def test_nothing_sent_is_an_empty_list(folder):
    assert postbus.list_mails(folder, 10) == ()


def test_mails_are_listed_newest_first(folder):
    for nummer in range(3):
        send(aan=f"{nummer}@voorbeeld.nl")
    mails = postbus.list_mails(folder, 10)
    assert [mail.aan for mail in mails] == ["2@voorbeeld.nl", "1@voorbeeld.nl", "0@voorbeeld.nl"]
    assert len(postbus.list_mails(folder, 2)) == 2
    assert mails[0].moment.tzinfo is not None


def test_a_mail_has_its_subject_text_and_html_back(folder):
    send(NotificatieSoort.ADRES_BEVESTIGEN)
    [mail] = postbus.list_mails(folder, 10)
    assert mail == postbus.get_mail(folder, mail.naam)
    assert mail.onderwerp == "Bevestig uw e-mailadres"
    assert "http://127.0.0.1:8000/bevestigen/geheim/" in mail.tekst
    assert "<style>" in mail.html


def test_only_whole_mails_of_ours_are_read(folder):
    send()
    [naam] = [pad.name for pad in folder.iterdir()]
    (folder / f".{naam}.tmp").write_text("half")
    (folder / "20261103T101200000000-ABCDEFABCDEF.eml").write_text("niet van ons")
    assert [mail.naam for mail in postbus.list_mails(folder, 10)] == [naam]


@pytest.mark.parametrize("naam", ["", "..", "../geheim.eml", PASSEND, f"{PASSEND}\n", "a" * 400])
def test_another_file_does_not_exist(folder, tmp_path, naam):
    (tmp_path / "geheim.eml").write_text("geheim")
    send()
    with pytest.raises(NietGevonden):
        postbus.get_mail(folder, naam)


def test_mail_is_for_the_owner_of_the_folder_only(folder):
    send()
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700  # noqa: PTH116


def test_a_disk_that_refuses_is_an_error_and_leaves_nothing(folder, monkeypatch):
    def fail(_fd):
        raise OSError(28, "disk full")

    monkeypatch.setattr("eloket.notifications.bezorgen.demo_mail.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        get_connection().send_messages([EmailMultiAlternatives("o", "t", to=["j@voorbeeld.nl"])])
    assert list(folder.iterdir()) == []


def test_links_become_links_and_the_rest_stays_text():
    assert postbus.split_links("Zie http://a.nl/b/ nu\n<b>\n") == (
        (Stuk("Zie "), Stuk("http://a.nl/b/", href="http://a.nl/b/"), Stuk(" nu")),
        (Stuk("<b>"),),
    )
    assert postbus.split_links("javascript:alert(1)") == ((Stuk("javascript:alert(1)"),),)


def test_the_html_may_run_and_load_nothing_but_its_own_style(folder, rf):
    send()
    [mail] = postbus.list_mails(folder, 10)
    antwoord = views.mail_html(rf.get("/"), mail.naam)
    csp = antwoord["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "sandbox" in csp
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='$", csp)
    assert "unsafe" not in csp
    assert antwoord.content.decode() == mail.html


@pytest.mark.django_db
def test_the_mails_are_read_on_pages_of_the_product(folder, client):
    assert "nog geen e-mail" in client.get("/demo/mail/").content.decode()
    send(NotificatieSoort.ADRES_BEVESTIGEN)
    [mail] = postbus.list_mails(folder, 10)
    lijst = client.get("/demo/mail/").content.decode()
    assert f'href="/demo/mail/{mail.naam}/"' in lijst
    assert "Bevestig uw e-mailadres" in lijst
    assert "j@voorbeeld.nl" in lijst
    lezen = client.get(f"/demo/mail/{mail.naam}/").content.decode()
    assert 'href="http://127.0.0.1:8000/bevestigen/geheim/"' in lezen
    assert f'href="/demo/mail/{mail.naam}/html/"' in lezen
    opmaak = client.get(f"/demo/mail/{mail.naam}/html/")
    assert opmaak.content.decode() == mail.html
    assert "sandbox" in opmaak["Content-Security-Policy"], (
        "the strict policy of this page, not that of the site"
    )


@pytest.mark.django_db
def test_a_mail_that_does_not_exist_is_a_404(folder, client):
    assert client.get("/demo/mail/geheim.eml/").status_code == 404
    assert client.get(f"/demo/mail/{PASSEND}/html/").status_code == 404
