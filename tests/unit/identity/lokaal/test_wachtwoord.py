"""Which passwords are good enough, and how they are kept."""

import pytest

from eloket.identity.lokaal import wachtwoord
from eloket.identity.lokaal.errors import WachtwoordOngeldig

WIE = ("Mila van der Jansen", "m.jansen", "Gemeente Voorbeeld")


@pytest.mark.parametrize(
    "goed",
    [
        "paard batterij nietje correct",
        "zomeravond fietsen langs water",
        "            en veel spaties 7",
        "ДваПустыхСтула на крыше",
        "kN7#tu2wQz!9pLr",
        "89173650412983",
        "wij eten op dinsdag altijd soep",
    ],
)
def test_a_long_password_is_fine_whatever_is_in_it(goed: str):
    wachtwoord.check_choice(goed, over_persoon=WIE)


@pytest.mark.parametrize(
    ("slecht", "tekst"),
    [
        ("", "minstens 14"),
        ("kN7#tu2wQz!9p", "minstens 14"),
        ("x1" * 65, "hoogstens 128"),
        ("aaaaaaaaaaaaaaaa", "makkelijk te raden"),
        ("abcabcabcabcabc", "makkelijk te raden"),
        ("abcdefgabcdefgabc", "makkelijk te raden"),
        ("abcdefghijklmnop", "makkelijk te raden"),
        ("12345678901234", "makkelijk te raden"),
        ("qwertyuiopasdfgh", "makkelijk te raden"),
        ("zyxwvutsrqponmlk", "makkelijk te raden"),
        ("Welkom01Welkom01", "makkelijk te raden"),
        ("Wachtwoord2026!!", "makkelijk te raden"),
        ("Gemeente-Welkom-1", "makkelijk te raden"),
        ("Zomer2026Zomer2026", "makkelijk te raden"),
        ("Dragon!12345678", "makkelijk te raden"),
        ("1234567890qwertyuiop", "makkelijk te raden"),
        ("ik heet mila en ik fiets", "naam of inlognaam"),
        ("JANSEN fietst naar zee", "naam of inlognaam"),
        ("j a n s e n fietst naar zee", "naam of inlognaam"),
        ("in voorbeeld is het altijd koud", "naam of inlognaam"),
    ],
)
def test_what_is_guessed_first_is_refused_with_what_to_do(slecht: str, tekst: str):
    with pytest.raises(WachtwoordOngeldig) as fout:
        wachtwoord.check_choice(slecht, over_persoon=WIE)
    assert tekst in fout.value.tekst


def test_a_short_name_in_a_password_is_no_reason():
    wachtwoord.check_choice("het is vandaag een lange dag", over_persoon=("Bo Li", "b.li"))


def test_a_password_is_right_and_another_is_not():
    gehasht = wachtwoord.make_hash("paard batterij nietje correct")
    assert gehasht.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert wachtwoord.is_right("paard batterij nietje correct", gehasht)
    assert not wachtwoord.is_right("paard batterij nietje corect", gehasht)
    assert wachtwoord.make_hash("paard batterij nietje correct") != gehasht, "a salt of its own"


def test_who_has_no_password_is_never_right():
    assert not wachtwoord.is_right("", "")
    assert not wachtwoord.is_right("paard batterij nietje correct", "")


def test_the_same_letters_from_another_keyboard_are_the_same_password():
    gehasht = wachtwoord.make_hash("een cafe\u0301 vol met stille mensen")
    assert wachtwoord.is_right("een caf\u00e9 vol met stille mensen", gehasht)


def test_a_hash_that_took_less_work_is_told_apart():
    zuinig = wachtwoord.Argon2()
    zuinig.memory_cost = 8_192
    assert wachtwoord.is_outdated(zuinig.encode("paard batterij nietje correct", zuinig.salt()))
    assert not wachtwoord.is_outdated(wachtwoord.make_hash("paard batterij nietje correct"))
