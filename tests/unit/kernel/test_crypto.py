from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.crypto import OntsleutelenMislukt, Vault

OUD, NIEUW = "oud-geheim-" * 4, "nieuw-geheim-" * 4


def _vault(*secrets: str) -> Vault:
    return Vault(secrets=secrets, hash_secret="hash-geheim-" * 4)


@given(st.text())
def test_what_was_encrypted_can_be_read_and_the_text_is_not_in_it(tekst):
    token = _vault(NIEUW).encrypt(tekst)
    assert _vault(NIEUW).decrypt(token) == tekst
    assert len(tekst) < 4 or tekst not in token


def test_after_rotation_old_text_is_still_read_and_new_text_uses_the_new_secret():
    oud_token = _vault(OUD).encrypt("paspoort")
    nieuw_token = _vault(NIEUW, OUD).encrypt("paspoort")
    assert _vault(NIEUW, OUD).decrypt(oud_token) == "paspoort"
    with pytest.raises(OntsleutelenMislukt):
        _vault(OUD).decrypt(nieuw_token)


def test_a_changed_token_is_refused():
    token = _vault(NIEUW).encrypt("paspoort")
    with pytest.raises(OntsleutelenMislukt):
        _vault(NIEUW).decrypt(token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"))


def test_the_keyed_hash_depends_on_kind_value_and_secret():
    vault = _vault(NIEUW)
    ander = Vault(secrets=(NIEUW,), hash_secret="ander-geheim-" * 4)
    hashes = {
        vault.keyed_hash("bsn", "999990019"),
        vault.keyed_hash("kvk", "999990019"),
        vault.keyed_hash("bsn", "999990020"),
        ander.keyed_hash("bsn", "999990019"),
    }
    assert len(hashes) == 4
    assert all(len(waarde) == 64 for waarde in hashes)


def test_a_seal_depends_on_what_is_sealed_and_on_the_hash_secret_only():
    """Who has the database and not that secret makes none; a rotation of the other secrets changes none."""
    ander = Vault(secrets=(NIEUW,), hash_secret="ander-geheim-" * 4)
    zegel = _vault(OUD).seal(b"regel")
    assert _vault(NIEUW, OUD).seal(b"regel") == zegel
    assert len({zegel, _vault(OUD).seal(b"regel 2"), ander.seal(b"regel"), sha256(b"regel").digest()}) == 4
    assert zegel.hex() not in {_vault(OUD).keyed_hash(soort, "regel") for soort in ("", "zegel")}
    assert _vault(OUD).zegel_sleutel != ander.zegel_sleutel
