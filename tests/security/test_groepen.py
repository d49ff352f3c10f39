"""Groups of a provider that is hostile or set up wrong: what is odd lets nobody in, and gives nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from eloket.audit.models import AuditRegel
from eloket.identity.actor import actor_from_dict
from eloket.identity.beheer import save_medewerker
from eloket.identity.errors import LaatsteBeheerder
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.models import Afdeling, Medewerker, Sessie
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Actor, Recht, RechtenBron
from eloket.ops.productie.inloggen import check_groepen
from eloket.ops.productie.toezicht import check_toezicht
from eloket.ops.productie.types import Regel, Uitkomst
from tests.oidc.vijandig import ISSUER, Provider, kom_terug

pytestmark = pytest.mark.django_db
BINNEN, BUITEN = "/werkplek/", "/werkplek/inloggen/"
RAAR = "Groep «Ünïcode» / 'a\"; DROP--\t<b>"
KOPPELING = [
    {"groep": "parkeren", "afdelingen": ["parkeren"], "rechten": ["behandelen"]},
    {"groep": "apv", "afdelingen": ["apv"], "rechten": ["verdelen"], "zaaktypen": ["EVENEMENT"]},
    {"groep": "beheer", "rechten": ["beheren"]},
    {"groep": RAAR, "rechten": ["inzien"]},
    {"groep": "weg", "afdelingen": ["bestaat-niet"]},
]
MIDDEL: dict[str, Any] = {
    "code": "medewerker", "soort": "medewerker", "issuer": ISSUER, "client_id": "eloket",
    "geheim_variabele": "PROEF_GEHEIM", "groepen": KOPPELING,
}  # fmt: skip
ELDERS = "Voorwaardelijke toegang vraagt iedereen om een code, ook op kantoor."


_RARE_SUBJECTS: tuple[Any, ...] = ("", " ", 7, ["8f7a"], "8f7a\x00", "x" * 121, None)
_RARE_ROLES: tuple[Any, ...] = ("roles", ["roles"], {"roles": "beheer"}, {"roles": {"beheer": {}}})


class Stad:
    """The portal with one means for civil servants, of which a test changes the settings."""

    def __init__(self, provider: Provider, map_: Path) -> None:
        self.provider = provider
        self._map, self._keer = map_, 0

    def set_up(self, **anders: Any) -> None:
        self._keer += 1
        pad = self._map / f"{self._keer}.yaml"
        pad.write_text(yaml.safe_dump({"middelen": [MIDDEL | anders]}), encoding="utf-8")
        settings.ELOKET = settings.ELOKET.model_copy(update={"middelen_bestand": pad})

    def log_in(self, client: Client | None = None, *, weg: str = "", **claims: Any) -> tuple[str, Client]:
        """As `m-1`; where they end, and the browser."""
        client = client or Client()
        vraag = client.get("/inloggen/medewerker/")["Location"]
        parameters = dict(deel.split("=", 1) for deel in vraag.partition("?")[2].split("&"))
        self.provider.nonce = parameters["nonce"]
        self.provider.claims = {"sub": "m-1", "name": "Mila Jansen"} | claims
        self.provider.weg = {weg}
        return str(kom_terug(client, state=parameters["state"], code="c-1")["Location"]), client


@pytest.fixture
def stad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stad]:
    monkeypatch.setenv("PROEF_GEHEIM", "geheim-van-de-inlogdienst")
    for code in ("parkeren", "apv"):
        Afdeling.objects.create(code=code, naam=code.title())
    provider = Provider()
    load_middelen.cache_clear()
    with override_settings(), in_process_provider(provider):
        klaar = Stad(provider, tmp_path)
        klaar.set_up()
        yield klaar


def actor_in(client: Client) -> Actor:
    return actor_from_dict(client.session["actor"])


def text(client: Client) -> str:
    return client.get(BUITEN).content.decode()


def acts() -> list[str]:
    regels = AuditRegel.objects.filter(actie__startswith="medewerker.").order_by("pk")
    return [regel.actie.partition(".")[2] for regel in regels]


def test_a_new_civil_servant_is_made_with_what_their_groups_give(stad: Stad):
    pad, client = stad.log_in(groups=["parkeren", "onbekend", "parkeren", RAAR])
    assert pad == BINNEN
    actor = actor_in(client)
    assert actor.naam == "Mila Jansen"
    assert actor.afdelingen == {"parkeren"}
    assert actor.rechten == {Recht.BEHANDELEN, Recht.INZIEN}
    regel = AuditRegel.objects.get(actie="medewerker.ingestroomd")
    assert regel.actor_key == actor.key
    assert regel.kenmerken["erbij"] == "afdeling:parkeren recht:behandelen recht:inzien"
    assert regel.kenmerken["middel"] == "medewerker"
    assert "Mila" not in str(regel.kenmerken)


@pytest.mark.parametrize(
    "groepen",
    [
        "parkeren",
        "parkeren,beheer",
        {"parkeren": True},
        [["parkeren"]],
        [{"name": "beheer"}],
        ["parkeren", None],
        ["parkeren", 7],
        7,
        True,
        [None],
    ],
    ids=str,
)
def test_groups_of_another_shape_let_nobody_in_and_change_nothing(stad: Stad, groepen: Any):
    _, binnen = stad.log_in(groups=["parkeren"])
    voor = Medewerker.objects.values().get()
    pad, client = stad.log_in(groups=groepen)
    assert pad == BUITEN
    assert "Inloggen is niet gelukt" in text(client)
    assert Medewerker.objects.values().get() == voor
    assert binnen.get(BINNEN).status_code == 200
    assert stad.log_in(sub="nieuw", groups=groepen)[0] == BUITEN
    assert Medewerker.objects.count() == 1


@pytest.mark.parametrize(
    "groepen", [["Parkeren"], ["parkeren "], ["\u200bparkeren"], ["ｐarkeren"], [""], []]
)
def test_a_group_that_only_looks_like_ours_gives_nothing(stad: Stad, groepen: list[str]):
    assert stad.log_in(groups=groepen)[0] == BUITEN
    assert not Medewerker.objects.exists()


def test_thousands_of_groups_are_read(stad: Stad):
    pad, client = stad.log_in(groups=[f"groep-{i}" for i in range(3_000)] * 2 + ["beheer"])
    assert pad == BINNEN
    assert actor_in(client).rechten == {Recht.BEHEREN}


def test_a_token_that_is_too_large_is_refused_with_a_word_for_the_operator(
    stad: Stad, caplog: pytest.LogCaptureFixture
):
    assert stad.log_in(groups=[f"groep-{i}" for i in range(20_000)])[0] == BUITEN
    assert "token-te-groot" in caplog.text


@pytest.mark.parametrize(
    "claims",
    [
        {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://x.example"}}},
        {"_claim_names": {"groups": "src1"}, "groups": ["beheer"]},
        {"hasgroups": True},
        {"hasgroups": "true", "groups": ["beheer"]},
    ],
    ids=str,
)
def test_too_many_groups_to_send_is_not_read_as_none(stad: Stad, claims: dict[str, Any]):
    _, binnen = stad.log_in(groups=["parkeren"])
    pad, client = stad.log_in(**claims)
    assert pad == BUITEN
    assert "in zo veel groepen, dat de inlogdienst ze niet meer meestuurt" in text(client)
    assert Medewerker.objects.get().is_actief
    assert binnen.get(BINNEN).status_code == 200


def test_a_claim_about_other_claims_of_an_odd_shape(stad: Stad):
    assert stad.log_in(_claim_names="groups", groups=["beheer"])[0] == BUITEN
    assert stad.log_in(_claim_names={"photo": "src1"}, groups=["beheer"])[0] == BINNEN


def test_leaving_a_group_takes_its_rights_away_in_every_session(stad: Stad):
    _, eerst = stad.log_in(groups=["parkeren", "beheer"])
    assert eerst.get("/werkplek/beheer/").status_code == 200
    _, later = stad.log_in(groups=["parkeren"])
    assert eerst.get(BINNEN).status_code == 302
    assert actor_in(later).rechten == {Recht.BEHANDELEN}
    assert later.get("/werkplek/beheer/").status_code == 404
    assert AuditRegel.objects.get(actie="medewerker.bijgewerkt").kenmerken["eraf"] == "recht:beheren"


def test_the_same_groups_again_end_no_session_and_note_nothing(stad: Stad):
    _, eerst = stad.log_in(groups=["parkeren", "apv"])
    stad.log_in(groups=["apv", "parkeren", "iets-anders"])
    assert eerst.get(BINNEN).status_code == 200
    assert acts() == ["ingestroomd"]


def test_who_has_no_group_any_more_is_shut_out_and_comes_back_with_a_group(stad: Stad):
    _, eerst = stad.log_in(groups=["parkeren"])
    for _ in range(2):
        pad, client = stad.log_in(groups=["iets-anders"])
        assert pad == BUITEN
        assert "niet in een groep die de werkplek mag gebruiken" in text(client)
    assert eerst.get(BINNEN).status_code == 302
    rij = Medewerker.objects.get()
    assert (rij.is_actief, rij.is_uitgestroomd) == (False, True)
    assert not Sessie.objects.exclude(actor_key="").exists()
    assert stad.log_in(groups=["apv"])[0] == BINNEN
    assert acts() == ["ingestroomd", "uitgestroomd", "bijgewerkt"]


def test_no_claim_with_groups_is_no_group(stad: Stad):
    stad.log_in(groups=["parkeren"])
    assert stad.log_in(weg="groups")[0] == BUITEN
    assert not Medewerker.objects.get().is_actief


def test_a_stranger_without_a_group_is_not_kept(stad: Stad):
    assert stad.log_in(groups=["iets-anders"])[0] == BUITEN
    assert not Medewerker.objects.exists()
    assert not AuditRegel.objects.exists()


def test_whom_a_manager_shut_out_no_group_lets_in(stad: Stad):
    stad.log_in(groups=["parkeren"])
    Medewerker.objects.update(is_actief=False)
    pad, client = stad.log_in(groups=["parkeren", "beheer"])
    assert pad == BUITEN
    assert "niet meer actief" in text(client)
    assert not Medewerker.objects.get().is_actief


def test_groups_together_never_give_more_than_each_of_them(stad: Stad):
    """One group of all zaaktypen and one of a few: only the few, because a list here is of all afdelingen."""
    _, client = stad.log_in(groups=["parkeren", "apv"])
    assert actor_in(client).zaaktypen == {"EVENEMENT"}
    assert actor_in(client).afdelingen == {"parkeren", "apv"}


def test_an_afdeling_that_is_not_there_gives_nothing_and_stands_in_the_log(
    stad: Stad, caplog: pytest.LogCaptureFixture
):
    _, client = stad.log_in(groups=["weg"])
    assert actor_in(client).afdelingen == frozenset()
    assert "afdeling bestaat-niet bestaat niet" in caplog.text


def test_the_subject_is_never_a_mail_address_and_may_be_another_claim(stad: Stad):
    stad.set_up(claims={"subject": "oid"})
    assert stad.log_in(groups=["parkeren"], oid="8f7a", email="een@example.nl")[0] == BINNEN
    assert stad.log_in(groups=["beheer"], oid="8f7b", email="een@example.nl")[0] == BINNEN
    assert set(Medewerker.objects.values_list("subject", flat=True)) == {"8f7a", "8f7b"}
    for vreemd in _RARE_SUBJECTS:
        assert stad.log_in(groups=["beheer"], oid=vreemd)[0] == BUITEN
    assert Medewerker.objects.count() == 2


def test_a_name_is_cleaned_and_may_be_missing(stad: Stad):
    stad.log_in(groups=["parkeren"], name=" Mi\x00la\u202e \n Jansen ")
    assert Medewerker.objects.get().naam == "Mila Jansen"
    stad.log_in(groups=["parkeren"], name=["x"])
    assert Medewerker.objects.get().naam == "Mila Jansen"
    stad.log_in(groups=["parkeren"], sub="m-2", weg="name")
    assert Medewerker.objects.get(subject="m-2").naam == "Medewerker zonder naam"


def test_nested_roles(stad: Stad):
    stad.set_up(claims={"groepen": ["realm_access", "roles"]})
    assert stad.log_in(realm_access={"roles": ["beheer"]})[0] == BINNEN
    for vreemd in _RARE_ROLES:
        assert stad.log_in(realm_access=vreemd, groups=["beheer"])[0] == BUITEN
    assert Medewerker.objects.get().is_actief
    assert stad.log_in(realm_access={})[0] == BUITEN
    assert not Medewerker.objects.get().is_actief


@pytest.mark.parametrize(
    ("claims", "naar"),
    [
        ({"amr": ["pwd", "mfa"]}, BINNEN),
        ({"amr": "mfa"}, BINNEN),
        ({"acr": "c2"}, BINNEN),
        ({"amr": ["pwd"]}, BUITEN),
        ({"amr": []}, BUITEN),
        ({"amr": "pwd mfa"}, BUITEN),
        ({"amr": [["mfa"]]}, BUITEN),
        ({"amr": {"mfa": True}}, BUITEN),
        ({"amr": None}, BUITEN),
        ({"acr": "mfa"}, BUITEN),
        ({}, BUITEN),
    ],
    ids=str,
)
def test_a_second_factor_that_is_asked_for(stad: Stad, claims: dict[str, Any], naar: str):
    stad.set_up(tweede_factor={"amr": ["mfa", "hwk"], "acr": ["c2"]})
    pad, client = stad.log_in(groups=["parkeren"], **claims)
    assert pad == naar
    assert Medewerker.objects.exists() is (naar == BINNEN)
    if claims == {"amr": ["pwd"]}:
        assert "zonder tweede stap" in text(client)


def test_without_a_second_factor_nobody_can_have_a_colleague_shut_out(stad: Stad):
    _, binnen = stad.log_in(groups=["parkeren"])
    stad.set_up(tweede_factor={"amr": ["mfa"]})
    assert stad.log_in(groups=[], amr=["pwd"])[0] == BUITEN
    assert Medewerker.objects.get().is_actief
    assert binnen.get(BINNEN).status_code == 200


def test_without_a_mapping_groups_mean_nothing(stad: Stad):
    stad.set_up(groepen=[])
    assert stad.log_in(groups=["beheer"])[0] == BUITEN
    rij = Medewerker.objects.create(subject="m-1", naam="Zoals in beheer", rechten=["verdelen"])
    _, client = stad.log_in(groups=["beheer"], _claim_names={"groups": "src1"})
    assert actor_in(client).rechten == {Recht.VERDELEN}
    rij.refresh_from_db()
    assert (rij.naam, rij.rechten_van) == ("Zoals in beheer", RechtenBron.BEHEER)


def test_the_last_manager_can_be_taken_away_by_groups_and_the_command_line_is_the_way_in(stad: Stad):
    stad.log_in(groups=["beheer"])
    stad.log_in(groups=["parkeren"])
    assert Medewerker.objects.get().rechten == ["behandelen"]
    call_command("medewerker", "m-1", "Mila Jansen", "--recht", "beheren", "--vast")
    for groepen in (["parkeren"], [], "raar"):
        _, client = stad.log_in(groups=groepen)
        if groepen != "raar":
            assert actor_in(client).rechten == {Recht.BEHEREN}
    with pytest.raises(LaatsteBeheerder):
        save_medewerker(subject="m-1", naam="Mila Jansen", functie="", afdelingen=(), rechten=())
    call_command("medewerker", "nood", "Nood", "--recht", "beheren", "--vast")
    call_command("medewerker", "m-1", "Mila Jansen")
    assert Medewerker.objects.get(subject="m-1").rechten_van == RechtenBron.BEHEER


def test_the_check_of_production_warns_when_nobody_would_manage(stad: Stad):
    def lines() -> dict[str, Uitkomst]:
        return {regel.code: regel.uitkomst for regel in check_groepen()}

    assert lines() == {
        "medewerkers-tweede-factor": Uitkomst.FOUT,
        "groepen-beheren": Uitkomst.OK,
        "groepen-afdelingen": Uitkomst.LET_OP,
    }
    stad.set_up(groepen=KOPPELING[:2], tweede_factor={"amr": ["mfa"]})
    assert lines() == {
        "medewerkers-tweede-factor": Uitkomst.OK,
        "groepen-beheren": Uitkomst.LET_OP,
        "groepen-afdelingen": Uitkomst.OK,
    }
    stad.set_up(groepen=[])
    assert lines().keys() == {"medewerkers-tweede-factor"}


def test_where_groups_give_the_rights_the_check_of_production_says_so(stad: Stad):
    Medewerker.objects.update(rechten=[])

    def mend() -> dict[str, str]:
        return {regel.code: regel.herstel for regel in check_toezicht()}

    assert "een groep met ten minste twee mensen het recht inzien" in mend()["toezicht"]
    assert "een groep met ten minste twee mensen het recht vernietigen" in mend()["vernietigen"]
    stad.set_up(groepen=[])
    assert "in de werkplek bij Beheer, Medewerkers" in mend()["toezicht"]
    assert "groep" not in mend()["toezicht"]


def test_without_a_second_factor_production_is_refused_until_somebody_declares_who_asks_for_it(stad: Stad):
    def line() -> Regel:
        return next(een for een in check_groepen() if een.code == "medewerkers-tweede-factor")

    assert line().uitkomst is Uitkomst.FOUT
    assert "tweede_factor_elders" in line().herstel
    stad.set_up(tweede_factor_elders=ELDERS)
    assert line().uitkomst is Uitkomst.LET_OP
    assert ELDERS in line().tekst
    stad.set_up(tweede_factor={"amr": ["mfa"]})
    assert line().uitkomst is Uitkomst.OK


def test_what_is_declared_lets_in_who_the_provider_let_in(stad: Stad):
    stad.set_up(tweede_factor_elders=ELDERS)
    _, client = stad.log_in(groups=["parkeren"])
    assert actor_in(client).is_medewerker


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"tweede_factor_elders": "ja"}, "tweede_factor_elders"),
        ({"tweede_factor_elders": " " * 40}, "tweede_factor_elders"),
        (
            {"tweede_factor_elders": ELDERS, "tweede_factor": {"amr": ["mfa"]}},
            "laat tweede_factor_elders weg",
        ),
        ({"tweede_factor_elders": ELDERS, "code": "digid", "soort": "digid"}, "alleen voor medewerkers"),
        ({"groepen": [{"groep": "a"}, {"groep": "a"}]}, "een groep komt twee keer voor"),
        ({"groepen": [{"groep": "a", "rechten": ["alles"]}]}, "rechten"),
        ({"groepen": [{"groep": ""}]}, "groep"),
        ({"groepen": [{"groep": "a", "afdeling": "b"}]}, "afdeling"),
        ({"claims": {"subject": "email"}}, "kan van iemand anders worden"),
        ({"claims": {"subject": "preferred_username"}}, "kan van iemand anders worden"),
        ({"claims": {"groepen": []}}, "groepen"),
        ({"tweede_factor": {"amr": []}}, "tweede_factor"),
        ({"code": "digid", "soort": "digid"}, "alleen voor medewerkers"),
    ],
    ids=str,
)
def test_a_mapping_that_is_not_right_stops_the_start(stad: Stad, anders: dict[str, Any], melding: str):
    stad.set_up(**anders)
    assert settings.ELOKET.middelen_bestand
    with pytest.raises(ImproperlyConfigured, match=melding):
        load_middelen(settings.ELOKET.middelen_bestand, is_productie=True)
