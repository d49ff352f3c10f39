"""The work list narrowed, counted and divided."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.identity.testing import medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import nu, op_moment
from eloket.zaken import service as zaken
from eloket.zaken.access import get_zaak_for
from eloket.zaken.filters import list_filters
from eloket.zaken.types import Zaak
from tests.web.werkplek import PARKEREN, Stadhuis, build_stadhuis, client_of, text_of, zoek_werk

pytestmark = pytest.mark.django_db
LIJST = "/werkplek/"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def getoond(actor: Actor, alle: list[Zaak], vraag: str) -> list[Zaak]:
    html = text_of(client_of(actor).get(f"{LIJST}?{vraag}"))
    return [een for een in alle if een.identificatie in html]


def zonder_verdelen(actor: Actor) -> Actor:
    return medewerker(
        actor.medewerker_id or 0, actor.afdelingen, actor.naam, "m-1", rechten=(Recht.BEHANDELEN,)
    )


def test_a_filter_narrows_by_status_term_kind_and_behandelaar(huis: Stadhuis):
    eerste, tweede = huis.start("Eerste"), huis.start("Tweede")
    alle = [eerste, tweede]
    tweede = zaken.set_status(
        huis.mila, tweede.ref, volgnummer=2, toelichting="", resultaat="", versie=tweede.versie
    )
    zaken.take_zaak(huis.omar, tweede.ref, versie=tweede.versie)
    assert getoond(huis.mila, alle, "lijst=afdeling&status=in_behandeling") == [alle[1]]
    assert getoond(huis.mila, alle, "lijst=afdeling&status=ontvangen") == [alle[0]]
    assert getoond(huis.mila, alle, "lijst=afdeling&zaaktype=PARKEERVERGUNNING") == alle
    assert getoond(huis.mila, alle, "lijst=afdeling&zaaktype=MOR") == []
    assert getoond(huis.mila, alle, f"lijst=afdeling&behandelaar={huis.omar.medewerker_id}") == [alle[1]]


def test_terms_are_red_orange_and_green_and_a_suspended_one_does_not_press(huis: Stadhuis):
    zaak, stil = huis.start("Loopt"), huis.start("Staat stil")
    zaken.suspend_zaak(huis.mila, stil.ref, reden="Wij wachten op u.", versie=stil.versie)
    alle = [zaak, stil]
    for dagen, kleur in ((1, "groen"), (50, "oranje"), (60, "rood")):
        with op_moment(nu() + timedelta(days=dagen)):
            assert zaak in getoond(huis.mila, alle, f"lijst=afdeling&termijn={kleur}"), kleur
            assert (stil in getoond(huis.mila, alle, f"lijst=afdeling&termijn={kleur}")) == (kleur == "groen")


@pytest.mark.parametrize("naam", ["Jeroen van Drouwen", "van drouwen", "DROUWEN", "jeroen"])
def test_a_zaak_is_found_by_the_name_of_who_asked(huis: Stadhuis, naam: str):
    zaak = huis.start("Vergunning")
    client = client_of(huis.mila)
    assert zaak.identificatie in text_of(zoek_werk(client, naam, lijst="afdeling"))
    assert zaak.identificatie not in text_of(zoek_werk(client, "Jansen", lijst="afdeling"))


def test_lists_show_how_much_they_hold(huis: Stadhuis):
    for _ in range(3):
        huis.start("Vrij")
    html = text_of(client_of(huis.mila).get(LIJST))
    assert "3 lopende zaken" in html


def test_a_need_to_know_zaak_is_not_there_for_others(huis: Stadhuis):
    zaak = huis.start("Geheim")
    zaken.set_toegang(huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)
    assert getoond(huis.mila, [zaak], "lijst=afdeling") == [zaak]
    assert getoond(huis.omar, [zaak], "lijst=afdeling") == []
    assert "1 lopende zaken" not in text_of(client_of(huis.omar).get(LIJST))
    assert client_of(huis.omar).get(f"/werkplek/zaken/{zaak.ref}/").status_code == 404


def test_who_may_see_one_kind_of_zaak_sees_no_other(huis: Stadhuis):
    zaak = huis.start("Parkeren")
    beperkt = medewerker(
        huis.mila.medewerker_id or 0, (PARKEREN,), "Mila", "m-1", zaaktypen=("GEHANDICAPTENPARKEERKAART",)
    )
    assert getoond(beperkt, [zaak], "lijst=afdeling") == []
    assert getoond(beperkt, [zaak], "lijst=afdeling&zaaktype=PARKEERVERGUNNING") == []
    assert client_of(beperkt).get(f"/werkplek/zaken/{zaak.ref}/").status_code == 404


def test_several_zaken_go_to_a_colleague_at_once_and_the_page_says_which_could_not(huis: Stadhuis):
    alle = [huis.start(f"Zaak {nummer}") for nummer in range(3)]
    dicht = huis.close(alle[2].ref)
    client = client_of(huis.mila)
    antwoord = client.post(
        f"{LIJST}toewijzen/",
        {
            "zaak": [f"{een.ref}:" for een in alle]
            + ["onzin", "onzin:", "register-bestaat-niet:x", str(alle[0].ref)],
            "aan": str(huis.omar.medewerker_id),
            "vraag": "lijst=afdeling",
        },
    )
    assert antwoord.status_code == 303
    assert antwoord["Location"] == f"{LIJST}?lijst=afdeling"
    html = text_of(client.get(antwoord["Location"]))
    assert "U heeft 2 zaken toegewezen." in html
    assert f"Zaak {dicht.identificatie} is niet toegewezen." in html
    assert [huis.now(een.ref).behandelaar_id for een in alle] == [huis.omar.medewerker_id] * 2 + [None]


def test_everything_on_the_page_can_be_given_without_choosing_each(huis: Stadhuis):
    alle = [huis.start(f"Zaak {nummer}") for nummer in range(3)]
    client_of(huis.mila).post(
        f"{LIJST}toewijzen/",
        {
            "op_pagina": [f"{een.ref}:" for een in alle],
            "alles": "ja",
            "aan": str(huis.mila.medewerker_id),
        },
    )
    assert {huis.now(een.ref).behandelaar_id for een in alle} == {huis.mila.medewerker_id}


def test_a_zaak_that_a_colleague_took_since_the_list_was_shown_is_not_taken_away(huis: Stadhuis):
    van_omar, vrij = huis.start("Van Omar"), huis.start("Vrij")
    client = client_of(huis.mila)
    getoond = re.findall(r'name="zaak" value="([^"]+)"', text_of(client.get(f"{LIJST}?lijst=afdeling")))
    zaken.take_zaak(huis.omar, van_omar.ref, versie=van_omar.versie)
    velden = {"zaak": getoond, "aan": str(huis.mila.medewerker_id)}
    html = text_of(client.post(f"{LIJST}toewijzen/", velden, follow=True))
    assert huis.now(van_omar.ref).behandelaar_id == huis.omar.medewerker_id
    assert huis.now(vrij.ref).behandelaar_id == huis.mila.medewerker_id
    assert f"Zaak {van_omar.identificatie} is niet toegewezen. De behandelaar is net gewijzigd." in html
    assert "Nu behandelt Omar de Boer de zaak." in html
    assert "U heeft 1 zaak toegewezen." in html


def test_another_change_of_a_zaak_does_not_keep_it_from_being_given(huis: Stadhuis):
    zaak = huis.start("Vrij")
    zaken.set_status(huis.omar, zaak.ref, volgnummer=2, toelichting="", resultaat="", versie=zaak.versie)
    velden = {"zaak": f"{zaak.ref}:", "aan": str(huis.mila.medewerker_id)}
    for _ in range(2):  # a double click
        client_of(huis.mila).post(f"{LIJST}toewijzen/", velden)
    assert huis.now(zaak.ref).behandelaar_id == huis.mila.medewerker_id


def test_without_the_right_to_divide_nothing_of_a_colleague_is_taken_away(huis: Stadhuis):
    zaak = huis.start("Van Omar")
    zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie)
    mila = zonder_verdelen(huis.mila)
    client = client_of(mila)
    client.post(
        f"{LIJST}toewijzen/",
        {"zaak": f"{zaak.ref}:{huis.omar.medewerker_id}", "aan": str(mila.medewerker_id)},
    )
    assert huis.now(zaak.ref).behandelaar_id == huis.omar.medewerker_id
    assert "is niet toegewezen" in text_of(client.get(LIJST))


def test_zaken_of_another_afdeling_stay_where_they_are(huis: Stadhuis):
    elders = huis.start("Elders", zaaktype="MOR")
    client_of(huis.mila).post(
        f"{LIJST}toewijzen/", {"zaak": f"{elders.ref}:", "aan": str(huis.mila.medewerker_id)}
    )
    assert get_zaak_for(huis.bo, elders.ref).behandelaar_id is None


def test_a_question_is_kept_under_a_name_for_oneself(huis: Stadhuis):
    client = client_of(huis.mila)
    vraag = "lijst=afdeling&status=ontvangen"
    for _ in range(2):
        assert client.post(f"{LIJST}filters/", {"naam": " Nieuw  binnen ", "vraag": vraag}).status_code == 303
    (bewaard,) = list_filters(huis.mila)
    assert (bewaard.naam, bewaard.vraag) == ("Nieuw binnen", vraag)
    assert list_filters(huis.omar) == ()
    assert "Nieuw binnen" in text_of(client.get(LIJST))
    client_of(huis.omar).post(f"{LIJST}filters/{bewaard.id}/verwijderen/")
    assert len(list_filters(huis.mila)) == 1
    client.post(f"{LIJST}filters/{bewaard.id}/verwijderen/")
    assert list_filters(huis.mila) == ()
    client.post(f"{LIJST}filters/", {"naam": "  ", "vraag": vraag})
    assert "Geef uw filter een naam." in text_of(client.get(LIJST))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    velden=st.dictionaries(
        st.sampled_from(["lijst", "zoek", "pagina", "zaaktype", "status", "termijn", "behandelaar"]),
        st.text(max_size=30) | st.sampled_from(["afdeling", "rood", "ontvangen", "9" * 30, "²", "\x00"]),
    )
)
def test_any_question_gives_a_page(velden: dict[str, str]):
    actor = medewerker(1, (PARKEREN,))
    client = client_of(actor)
    assert client.get(LIJST, velden).status_code == 200
    assert client.get(client.post(f"{LIJST}zoeken/", velden)["Location"]).status_code == 200
