"""Secrets from files, in place of the environment; and no secret in what is written about the settings."""

import os
from pathlib import Path

import pytest

from eloket.config.geheimbestanden import GeheimBestandFout, secret_fields
from eloket.config.omgeving import Settings, load

GEHEIM = "kanarie-4f1c9a7be2d84405b0c7d1e6a9385f21"
ALLE = secret_fields(Settings)


@pytest.fixture(autouse=True)
def _test_environment(monkeypatch):
    for naam in [n for n in os.environ if n.startswith("ELOKET_") or n == "DATABASE_URL"]:
        monkeypatch.delenv(naam)
    monkeypatch.setenv("ELOKET_OMGEVING", "test")


def value(naam: str) -> str:
    """A good value for this field, with the canary in it."""
    return {
        "smtp_url": f"smtp://naam:{GEHEIM}@mail.test:587",
        "retour_imap_url": f"imaps://naam:{GEHEIM}@mail.test/INBOX",
        "database_url": f"postgres://naam:{GEHEIM}@db.test/eloket",
    }.get(naam, GEHEIM)


def test_everything_with_a_password_in_it_is_a_secret():
    assert {
        "secrets",
        "hash_secret",
        "digid_client_secret",
        "eherkenning_client_secret",
        "medewerker_client_secret",
        "smtp_url",
        "retour_imap_url",
        "retour_geheim",
        "database_url",
    } <= set(ALLE)
    woorden = ("secret", "geheim", "wachtwoord", "password", "sleutel", "smtp", "imap", "database")
    assert {naam for naam in Settings.model_fields if any(woord in naam for woord in woorden)} <= set(ALLE)


@pytest.mark.parametrize("naam", ALLE)
def test_each_secret_can_stand_in_a_file_and_never_in_the_repr(monkeypatch, tmp_path: Path, naam):
    bestand = tmp_path / "geheim"
    bestand.write_text(f"{value(naam)}\n")
    monkeypatch.setenv(f"ELOKET_{naam.upper()}_FILE", str(bestand))
    instellingen = Settings()
    assert getattr(instellingen, naam) in (value(naam), (value(naam),))
    assert GEHEIM not in repr(instellingen) + str(instellingen)


def test_several_secrets_stand_each_on_a_line(monkeypatch, tmp_path: Path):
    bestand = tmp_path / "geheimen"
    bestand.write_text("nieuw-geheim-een\r\n\n  oud-geheim-twee \n")
    monkeypatch.setenv("ELOKET_SECRETS_FILE", str(bestand))
    assert Settings().secrets == ("nieuw-geheim-een", "oud-geheim-twee")


@pytest.mark.parametrize(
    ("inhoud", "tekst"),
    [
        (None, "niet te lezen"),
        (b"", "leeg"),
        (b" \n\n", "leeg"),
        (GEHEIM.encode() + b"\xff", "niet te lezen"),
        (GEHEIM.encode() * 3_000, "te groot"),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start_by_the_name_of_its_variable(
    monkeypatch, tmp_path: Path, inhoud, tekst
):
    bestand = tmp_path / "geheim"
    if inhoud is not None:
        bestand.write_bytes(inhoud)
    monkeypatch.setenv("ELOKET_HASH_SECRET_FILE", str(bestand))
    with pytest.raises(SystemExit) as gestopt:
        load()
    assert f"ELOKET_HASH_SECRET_FILE: dit bestand is {tekst}" in str(gestopt.value)
    assert GEHEIM not in str(gestopt.value)


def test_both_is_a_mistake(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("ELOKET_HASH_SECRET_FILE", str(tmp_path / "geheim"))
    monkeypatch.setenv("ELOKET_HASH_SECRET", GEHEIM)
    with pytest.raises(GeheimBestandFout, match="niet allebei"):
        Settings()


def test_a_file_beside_another_name_of_the_same_is_a_mistake_too(monkeypatch, tmp_path: Path):
    """Platforms set DATABASE_URL by themselves: it must not win from the file without a word."""
    bestand = tmp_path / "geheim"
    bestand.write_text(value("database_url"))
    monkeypatch.setenv("ELOKET_DATABASE_URL_FILE", str(bestand))
    monkeypatch.setenv("DATABASE_URL", "postgres://platform@elders.test/ander")
    with pytest.raises(SystemExit) as gestopt:
        load()
    assert "ELOKET_DATABASE_URL_FILE: geef dit, of DATABASE_URL, en niet allebei" in str(gestopt.value)


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [("retour_imap_url", f"imap://naam:{GEHEIM}@elders.test/INBOX"), ("retour_geheim", GEHEIM[:20])],
)
def test_a_wrong_secret_stops_the_start_without_being_told(monkeypatch, naam, waarde):
    monkeypatch.setenv(f"ELOKET_{naam.upper()}", waarde)
    with pytest.raises(SystemExit) as gestopt:
        load()
    assert f"ELOKET_{naam.upper()}" in str(gestopt.value)
    assert GEHEIM[:20] not in str(gestopt.value)
