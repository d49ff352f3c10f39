import os
from typing import Any

import pytest
from pydantic import ValidationError

from eloket.config.omgeving import Omgeving, Settings, load

GOED: dict[str, Any] = {
    "omgeving": "productie",
    "clamd_url": "tcp://clamd:3310",
    "secrets": "a" * 40,
    "hash_secret": "b" * 40,
    "base_url": "https://mijn.gemeente.example",
    "hosts": "mijn.gemeente.example",
    "smtp_url": "smtp://mail.gemeente.example",
}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    for naam in [n for n in os.environ if n.startswith("ELOKET_") or n == "DATABASE_URL"]:
        monkeypatch.delenv(naam)


def test_a_complete_production_environment_is_taken():
    instellingen = Settings(**GOED)
    assert instellingen.omgeving is Omgeving.PRODUCTIE
    assert instellingen.hosts == ("mijn.gemeente.example",)


def test_nothing_set_means_production_and_that_does_not_start():
    with pytest.raises(ValidationError):
        Settings()


def test_tiles_of_this_machine_are_for_trying_out():
    tegels = "http://127.0.0.1:9000/{z}/{x}/{y}.png"
    assert Settings(omgeving="demo", kaart_tegels=tegels).kaart_tegels == tegels  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Settings(omgeving="demo", kaart_tegels="http://tegels.example/{z}/{x}/{y}.png")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("secrets", ""),
        ("secrets", "kort"),
        ("hash_secret", ""),
        ("hash_secret", "a" * 40),
        ("base_url", "http://mijn.gemeente.example"),
        ("smtp_url", ""),
        ("clamd_url", ""),
        ("clamd_url", "http://clamd:3310"),
        ("clamd_url", "clamd:3310"),
        ("zonder_scanner", "misschien"),
        ("kaart_tegels", "http://127.0.0.1:9/{z}/{x}/{y}.png"),
        ("kaart_tegels", "https://{s}.tegels.example/{z}/{x}/{y}.png"),
        ("kaart_tegels", "https://tegels.example; script-src *//{z}/{x}/{y}.png"),
        ("kaart_tegels", "https://tegels.example/kaart.png"),
        ("kaart_midden", "Utrecht"),
        ("thema_kleuren", "#000000"),
        ("thema_letter", "x; } body { display: none"),
        ("thema_radius", "1px; color: red"),
    ],
)
def test_one_wrong_value_stops_the_start_and_is_named(naam, waarde):
    with pytest.raises(ValidationError) as fout:
        Settings(**{**GOED, naam: waarde})
    assert naam in str(fout.value).lower()


@pytest.mark.parametrize(
    "anders",
    [
        {"hosts": "mijn.gemeente.example"},
        {"base_url": "https://mijn.gemeente.example"},
        {"digid_issuer": "https://digid.example"},
        {"eherkenning_issuer": "https://eh.example"},
    ],
)
def test_demo_does_not_start_on_a_real_host_or_beside_a_real_login_service(anders):
    with pytest.raises(ValidationError):
        Settings(**{**anders, "omgeving": "demo"})


def test_secrets_do_not_show_in_text():
    assert "c" * 40 not in repr(Settings(**{**GOED, "digid_client_secret": "c" * 40}))
    assert "a" * 40 not in repr(Settings(**GOED))


@pytest.mark.parametrize("url", ["tcp://clamd:3310", "tcp://10.0.0.5", "unix:/run/clamav/clamd.ctl"])
def test_the_scanner_is_a_host_or_a_socket(url):
    assert Settings(**{**GOED, "clamd_url": url}).clamd_url == url


def test_production_without_a_scanner_is_a_choice_of_your_own(monkeypatch):
    zonder = {**GOED, "clamd_url": ""}
    monkeypatch.setenv("ELOKET_ZONDER_SCANNER", "nee")
    with pytest.raises(ValidationError, match="ELOKET_CLAMD_URL"):
        Settings(**zonder)
    monkeypatch.setenv("ELOKET_ZONDER_SCANNER", "ja")
    assert Settings(**zonder).clamd_url == ""


_VLAGGEN = [naam for naam, veld in Settings.model_fields.items() if veld.annotation is bool]


@pytest.mark.parametrize("naam", _VLAGGEN)
def test_every_setting_that_is_on_or_off_takes_dutch_words(naam: str, monkeypatch: pytest.MonkeyPatch):
    for tekst, waarde in (
        ("ja", True),
        ("nee", False),
        (" Ja", True),
        ("NEE", False),
        ("true", True),
        ("0", False),
    ):
        monkeypatch.setenv(f"ELOKET_{naam.upper()}", tekst)
        assert getattr(Settings(**{een: GOED[een] for een in GOED if een != naam}), naam) is waarde


def test_a_word_that_is_neither_yes_nor_no_stops_the_start_and_says_what_to_write(monkeypatch):
    monkeypatch.setenv("ELOKET_BEHIND_PROXY", "misschien")
    with pytest.raises(SystemExit) as stop:
        load()
    assert "ELOKET_BEHIND_PROXY: schrijf ja of nee" in str(stop.value)
    assert "misschien" not in str(stop.value)


@pytest.mark.parametrize(
    ("url", "mag"),
    [
        ("imaps://retour:geheim@mail.gemeente.example/INBOX", True),
        ("imaps://retour%40gemeente.example:a%3Ab@mail.gemeente.example:1993/Retour", True),
        ("imap://retour:geheim@mail.gemeente.example/INBOX", False),
        ("imap://retour:geheim@127.0.0.1:1143/INBOX", False),
        ("imaps://mail.gemeente.example/INBOX", False),
        ("imaps://retour:geheim@mail.gemeente.example", False),
        ('imaps://retour:geheim@mail.gemeente.example/IN"BOX', False),
        ("imaps://retour:geheim%C3%A9@mail.gemeente.example/INBOX", False),
        ("https://retour:geheim@mail.gemeente.example/INBOX", False),
    ],
)
def test_the_mailbox_for_returned_mail_is_a_whole_address_with_tls(url, mag):
    if mag:
        assert Settings(**GOED, retour_imap_url=url).retour_imap_url == url
        assert "geheim" not in repr(Settings(**GOED, retour_imap_url=url))
        return
    with pytest.raises(ValidationError, match="geef imaps://"):
        Settings(**GOED, retour_imap_url=url)


def test_without_tls_the_mailbox_is_on_this_machine_and_to_try_it_out():
    hier, elders = (f"imap://retour:geheim@{waar}/INBOX" for waar in ("127.0.0.1:1143", "mail.example"))
    assert Settings(omgeving="demo", retour_imap_url=hier).retour_imap_url == hier  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Settings(omgeving="demo", retour_imap_url=elders)  # type: ignore[arg-type]


def test_a_short_secret_for_the_webhook_is_refused():
    with pytest.raises(ValidationError, match="minstens 32"):
        Settings(**GOED, retour_geheim="kort")
    assert "x" * 32 not in repr(Settings(**GOED, retour_geheim="x" * 32))


@pytest.mark.parametrize(
    ("url", "mag"),
    [
        ("smtp://mail.gemeente.example", True),
        ("smtp://127.0.0.1:2525", True),
        ("smtp://[::1]:2525", True),
        ("smtp://eloket:a%2Fb%40c:d@mail.gemeente.example:587?tls=1", True),
        ("smtp://eloket%40gemeente.example:geheim@mail.gemeente.example:587/?tls=1", True),
        ("smtp://eloket:a/b@mail:587", False),
        ("smtp://eloket:a#b@mail:587", False),
        ("smtp://eloket:a?b@mail:587", False),
        ("smtp://eloket:a@b@mail:587", False),
        ("smtp://mail:99999", False),
        ("smtp://mail:0", False),
        ("smtp://", False),
        ("smtps://mail:465", False),  # it would go without TLS
        ("mail.gemeente.example", False),
    ],
)
def test_the_mail_server_is_an_address_that_is_read_in_one_way(url: str, mag: bool):
    if mag:
        assert Settings(**{**GOED, "smtp_url": url}).smtp_url == url
        return
    with pytest.raises(ValidationError, match="geef smtp://"):
        Settings(**{**GOED, "smtp_url": url})


@pytest.mark.parametrize(
    ("url", "mag"),
    [
        (
            "postgres://eloket:geheim@db.gemeente.example:5432/eloket?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            True,
        ),
        ("postgresql://eloket@%2Fvar%2Frun%2Fpostgresql/eloket", True),
        ("postgresql:///eloket", True),
        ("postgres://u:a:b%2F@[::1]/eloket", True),
        ("sqlite://:memory:", True),
        ("sqlite:////var/lib/eloket/eloket.sqlite3", True),
        ("postgres://u:a/b@db/eloket", False),
        ("postgres://u:1#b@db/eloket", False),
        ("postgres://u:1/b@db", False),
        ("postgres://u:a?b@db/eloket", False),
        ("postgres://u:a@b@db/eloket", False),
        ("postgres://db:99999/eloket", False),
        ("postgres://db", False),
        ("mysql://u:a@db/eloket", False),
    ],
)
def test_the_database_is_an_address_that_is_read_in_one_way(url: str, mag: bool):
    if mag:
        assert Settings(**{**GOED, "database_url": url}).database_url == url
        return
    with pytest.raises(ValidationError, match="geef postgres://"):
        Settings(**{**GOED, "database_url": url})
