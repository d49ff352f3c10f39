"""Giving, answering and ending: who may, once each, with a line in the trail and a word to the other side."""

from datetime import date, timedelta

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.identity.testing import gemachtigde, onderneming
from eloket.identity.types import Actor, Machtiging, partij_ref
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.machtigingen import service
from eloket.machtigingen.access import get_actor_for, get_machtiging_for, list_actors, must_hold
from eloket.machtigingen.errors import (
    AlleenVoorZichzelf,
    CodeOnbekend,
    EigenMachtiging,
    MachtigingNietGevonden,
    MachtigingOngeldig,
    MachtigingVoorbij,
    TeVeelMachtigingen,
)
from eloket.machtigingen.models import MachtigingRegel
from eloket.machtigingen.queries import list_gegeven, list_ontvangen, namen_van_gemachtigden
from eloket.machtigingen.regels import Stand
from eloket.machtigingen.types import Gegeven
from eloket.notifications.models import Notificatie
from eloket.zaken.historie import list_historie
from eloket.zaken.machtigen import give_machtiging
from tests.huis import inwoner, met_nepbronnen, partij_van
from tests.machtigen import HANDELEN, INZIEN, leg_voor, machtig, wens
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db
GEVER, HELPER, DERDE = inwoner(), inwoner("999990020", "F. el Idrissi"), inwoner("999990032", "S. de Wit")


def give(sleutel: str = "", **anders: object) -> Gegeven:
    return service.give(GEVER, wens(**anders), sleutel=sleutel)  # type: ignore[arg-type]  # as wens takes them


def stand(machtiging_id: str) -> Stand:
    return get_machtiging_for(GEVER, machtiging_id).stand


def acts() -> list[str]:
    return [een.actie for een in AuditRegel.objects.order_by("pk") if een.actie.startswith("machtiging.")]


def told() -> list[tuple[str, str]]:
    return list(Notificatie.objects.order_by("pk").values_list("soort", "betrokkene_key"))


def test_from_giving_to_withdrawing():
    gegeven = give()
    assert stand(gegeven.id) is Stand.AANGEBODEN
    assert service.enter_code(HELPER, gegeven.code.lower()) == gegeven.id
    assert stand(gegeven.id) is Stand.VOORGELEGD
    service.accept(HELPER, gegeven.id)
    assert stand(gegeven.id) is Stand.GELDIG
    service.withdraw(GEVER, gegeven.id)
    assert stand(gegeven.id) is Stand.INGETROKKEN
    assert acts() == [f"machtiging.{een}" for een in ("gegeven", "voorgelegd", "aanvaard", "ingetrokken")]
    assert told() == [("machtiging_aanvaard", GEVER.key), ("machtiging_geeindigd", HELPER.key)]


def test_the_trail_is_that_of_the_giver():
    machtig(GEVER, HELPER)
    assert {een.object_ref for een in AuditRegel.objects.all()} == {f"partij-{GEVER.key}"}


def test_who_got_or_lost_one_zaak_is_in_the_trail_of_that_zaak_and_in_no_other():
    """As the receiver there: they have no part in the zaak."""
    with met_nepbronnen():
        zaak = zaak_van(GEVER)
        machtiging_id = machtig(GEVER, HELPER, zaak.ref)
        service.stop(HELPER, machtiging_id)
        tweede = machtig(GEVER, DERDE, zaak.ref)
        service.withdraw(GEVER, tweede)
    helper, derde = {"ontvanger": HELPER.key}, {"ontvanger": DERDE.key}
    assert lines(str(zaak.ref)) == [
        ("aanvaard", "gemachtigde", HELPER.key, {"machtiging": machtiging_id} | helper),
        ("gestopt", "gemachtigde", HELPER.key, {"machtiging": machtiging_id} | helper),
        ("aanvaard", "gemachtigde", DERDE.key, {"machtiging": tweede} | derde),
        ("ingetrokken", "inwoner", GEVER.key, {"machtiging": tweede} | derde),
    ]
    assert {actie for actie, *_ in lines(partij_ref(GEVER.key))} == {"gegeven", "voorgelegd"}


def test_before_somebody_accepts_it_who_else_reads_the_zaak_reads_nothing_of_it():
    """Not that it was given, nor that somebody refused it: the line of the giver names the zaak."""
    with met_nepbronnen():
        zaak = zaak_van(GEVER)
        geweigerd, terug = leg_voor(GEVER, HELPER, wens(zaak.ref)), leg_voor(GEVER, DERDE, wens(zaak.ref))
        service.refuse(HELPER, geweigerd)
        service.withdraw(GEVER, terug)
        service.renew_code(GEVER, give_machtiging(GEVER, wens(zaak.ref), sleutel="").id)
        service.ruim_op(nu() + timedelta(days=45))
        assert lines(str(zaak.ref)) == []
        assert not any("machtiging" in een.wat for een in list_historie(zaak))
    gedaan = lines(partij_ref(GEVER.key))
    assert {actie for actie, *_ in gedaan} == {
        "gegeven", "voorgelegd", "afgewezen", "ingetrokken", "code_gemaakt", "verlopen",
    }  # fmt: skip
    assert {kenmerken["zaak"] for *_, kenmerken in gedaan} == {str(zaak.ref)}


def lines(object_ref: str) -> list[tuple[str, str, str, dict[str, str]]]:
    regels = AuditRegel.objects.filter(object_ref=object_ref, actie__startswith="machtiging.").order_by("pk")
    return [(een.actie.partition(".")[2], een.actor_soort, een.actor_key, een.kenmerken) for een in regels]


def test_the_name_of_the_receiver_is_known_when_they_accept_and_not_before():
    machtiging_id = leg_voor(GEVER, HELPER, wens())
    assert get_machtiging_for(GEVER, machtiging_id).ontvanger_naam == ""
    service.accept(HELPER, machtiging_id)
    assert get_machtiging_for(GEVER, machtiging_id).ontvanger_naam == "F. el Idrissi"
    assert namen_van_gemachtigden(partij_van(GEVER), [HELPER.key, DERDE.key]) == {HELPER.key: "F. el Idrissi"}
    assert namen_van_gemachtigden(partij_van(DERDE), [HELPER.key]) == {}


def test_nothing_in_the_row_names_somebody():
    gegeven = give()
    service.enter_code(HELPER, gegeven.code)
    service.accept(HELPER, gegeven.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM machtigingen_machtiging")
        rij = " ".join(map(str, cursor.fetchone()))
    for geheim in ("999990019", "999990020", "Drouwen", "Idrissi", gegeven.code):
        assert geheim not in rij


def test_a_double_click_is_one_authorisation_and_shows_no_code_twice():
    een, ander = give("k1"), give("k1")
    assert (een.id, ander.code) == (ander.id, "")
    assert een.code
    assert give("k2").id != een.id
    assert acts() == ["machtiging.gegeven"] * 2


def test_everything_is_done_once_however_often_it_is_pressed():
    machtiging_id = leg_voor(GEVER, HELPER, wens())
    for _ in range(2):
        service.accept(HELPER, machtiging_id)
    for _ in range(2):
        service.stop(HELPER, machtiging_id)
    geweigerd = leg_voor(GEVER, HELPER, wens())
    for _ in range(2):
        service.refuse(HELPER, geweigerd)
    soorten = ["machtiging_aanvaard", "machtiging_geeindigd", "machtiging_geeindigd"]
    assert told() == [(soort, GEVER.key) for soort in soorten]


def test_a_code_is_for_who_types_it_first_and_they_may_type_it_again():
    code = give().code
    machtiging_id = service.enter_code(HELPER, code)
    assert service.enter_code(HELPER, code) == machtiging_id
    with pytest.raises(CodeOnbekend):
        service.enter_code(DERDE, code)
    with pytest.raises(MachtigingNietGevonden):
        service.accept(DERDE, machtiging_id)


def test_nobody_authorises_themselves():
    code = give().code
    with pytest.raises(EigenMachtiging):
        service.enter_code(GEVER, code)
    assert MachtigingRegel.objects.get().ontvanger_key == ""


def test_a_code_stops_after_fourteen_days_when_withdrawn_and_when_there_is_another():
    oud, weg, vervangen = give(tot=vandaag() + timedelta(days=90)), give(), give()
    nieuw = service.renew_code(GEVER, vervangen.id)
    service.withdraw(GEVER, weg.id)
    with op_moment(nu() + timedelta(days=14, minutes=1)), pytest.raises(CodeOnbekend):
        service.enter_code(HELPER, oud.code)
    for code in (weg.code, vervangen.code, "7K3M-9QXC-P4TD", ""):
        with pytest.raises(CodeOnbekend):
            service.enter_code(HELPER, code)
    assert service.enter_code(HELPER, nieuw) == vervangen.id


def test_a_new_code_only_while_nobody_typed_the_old_one_and_for_the_giver_only():
    machtiging_id = leg_voor(GEVER, HELPER, wens())
    with pytest.raises(MachtigingVoorbij):
        service.renew_code(GEVER, machtiging_id)
    with pytest.raises(MachtigingNietGevonden):
        service.renew_code(HELPER, machtiging_id)


@pytest.mark.parametrize("doe", [service.accept, service.refuse, service.stop])
def test_what_is_of_the_receiver_is_not_of_the_giver(doe):
    machtiging_id = leg_voor(GEVER, HELPER, wens())
    for wie in (GEVER, DERDE):
        with pytest.raises(MachtigingNietGevonden):
            doe(wie, machtiging_id)
    assert stand(machtiging_id) is Stand.VOORGELEGD


def test_only_the_giver_withdraws():
    machtiging_id = machtig(GEVER, HELPER)
    for wie in (HELPER, DERDE):
        with pytest.raises(MachtigingNietGevonden):
            service.withdraw(wie, machtiging_id)
    assert stand(machtiging_id) is Stand.GELDIG


@pytest.mark.parametrize("doe", [service.accept, service.refuse, service.stop])
def test_what_was_withdrawn_cannot_be_answered(doe):
    machtiging_id = leg_voor(GEVER, HELPER, wens())
    service.withdraw(GEVER, machtiging_id)
    with pytest.raises(MachtigingVoorbij):
        doe(HELPER, machtiging_id)
    assert told() == [], "wie alleen de code typte, verliest niets"


@pytest.mark.parametrize("wie", [onderneming(), gemachtigde(bsn="999990019", door="999990020")])
def test_who_acts_for_another_gives_and_takes_nothing(wie: Actor):
    code = give().code
    with pytest.raises(AlleenVoorZichzelf):
        service.give(wie, wens(), sleutel="")
    with pytest.raises(AlleenVoorZichzelf):
        service.enter_code(wie, code)
    assert list_actors(wie, "register-1") == ()
    with pytest.raises(MachtigingNietGevonden):
        get_machtiging_for(wie, MachtigingRegel.objects.get().id.hex)


def test_a_gemachtigde_of_ours_passes_nothing_on():
    namens = get_actor_for(HELPER, machtig(GEVER, HELPER))
    assert namens.machtiging is Machtiging.VOLMACHT
    with pytest.raises(AlleenVoorZichzelf):
        service.give(namens, wens(), sleutel="")
    assert list_actors(namens, "register-1") == ()


DAG = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("van", "tot", "veld"),
    [
        (DAG - timedelta(days=1), DAG, "van"),
        (DAG, DAG - timedelta(days=1), "tot"),
        (DAG + timedelta(days=5), DAG + timedelta(days=4), "tot"),
        (DAG, date(2031, 11, 29), "tot"),
        (date(2040, 1, 1), date(2040, 1, 2), "van"),
    ],
)
def test_days_that_cannot_be_are_refused(van: date, tot: date, veld: str):
    with op_moment(nu().replace(year=2026, month=11, day=28, hour=12)):
        with pytest.raises(MachtigingOngeldig) as fout:
            service.give(GEVER, wens(van=van, tot=tot), sleutel="")
        assert veld in fout.value.velden
        assert service.give(GEVER, wens(van=DAG, tot=date(2031, 11, 28)), sleutel="").code


def test_five_years_from_the_twenty_ninth_of_february():
    assert service.last_day(date(2028, 2, 29)) == date(2033, 2, 28)


def test_a_zaak_of_somebody_else_cannot_be_given():
    with met_nepbronnen():
        van_derde = zaak_van(DERDE)
        with pytest.raises(MachtigingOngeldig):
            machtig(GEVER, HELPER, van_derde.ref)
        with pytest.raises(MachtigingOngeldig):
            machtig(GEVER, HELPER, "geen-verwijzing")
        with pytest.raises(MachtigingOngeldig):
            machtig(GEVER, HELPER, "x")


def test_the_fifty_first_has_to_wait(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "MEESTE_LOPEND", 2)
    eerste = give()
    give()
    with pytest.raises(TeVeelMachtigingen):
        give()
    service.withdraw(GEVER, eerste.id)
    assert give().code


def test_an_actor_of_an_authorisation_is_nobody_once_it_is_over():
    machtiging_id = machtig(GEVER, HELPER, bevoegdheid=INZIEN)
    [namens] = list_actors(HELPER, "register-1")
    assert (namens.naam, namens.persoon, namens.key) == (GEVER.naam, HELPER.naam, HELPER.key)
    assert namens.mandaat is not None
    assert not namens.mandaat.may_handelen
    must_hold(namens)
    service.withdraw(GEVER, machtiging_id)
    with pytest.raises(MachtigingNietGevonden):
        must_hold(namens)
    assert list_actors(HELPER, "register-1") == ()


def test_who_may_act_comes_before_who_may_only_look():
    machtig(GEVER, HELPER, bevoegdheid=INZIEN)
    machtig(DERDE, HELPER, bevoegdheid=HANDELEN)
    assert [een.naam for een in list_actors(HELPER, "register-1")] == [DERDE.naam, GEVER.naam]


def test_both_find_it_in_their_list_and_a_third_does_not():
    machtiging_id = leg_voor(GEVER, HELPER, wens())
    [gegeven], [ontvangen] = list_gegeven(partij_van(GEVER)), list_ontvangen(partij_van(HELPER))
    assert gegeven.id == ontvangen.id == machtiging_id
    assert list_gegeven(partij_van(HELPER)) == list_ontvangen(partij_van(DERDE)) == ()


def test_what_runs_is_never_hidden_behind_what_is_over():
    with op_moment(nu() - timedelta(days=30)):
        verlopen = [machtig(GEVER, HELPER) for _ in range(3)]
    loopt = machtig(GEVER, HELPER)
    geeindigd = [machtig(GEVER, HELPER) for _ in range(3)]
    for machtiging_id in geeindigd:
        service.withdraw(GEVER, machtiging_id)
    nieuw = machtig(GEVER, HELPER)
    alles = [een.id for een in list_gegeven(partij_van(GEVER))]
    assert alles[:2] == [nieuw, loopt]
    assert set(alles[2:5]) == set(geeindigd)
    assert set(alles[5:]) == set(verlopen)
    for lijst in (list_gegeven(partij_van(GEVER), limit=2), list_ontvangen(partij_van(HELPER), limit=2)):
        assert [een.id for een in lijst] == [nieuw, loopt]


def test_what_nobody_accepted_is_dropped_and_what_was_accepted_stays():
    give()
    machtiging_id = machtig(GEVER, HELPER)
    assert service.ruim_op(nu() + timedelta(days=43)) == 0
    assert service.ruim_op(nu() + timedelta(days=45)) == 1
    assert str(MachtigingRegel.objects.get().id) == machtiging_id
    regel = AuditRegel.objects.get(actie="machtiging.verlopen")
    assert (regel.actor_soort, regel.actor_key) == ("systeem", "")
    assert regel.object_ref == partij_ref(partij_van(GEVER).profiel_key)
    assert regel.kenmerken["machtiging"] != machtiging_id


def test_what_nobody_accepted_and_cannot_be_decrypted_goes_too():
    give()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {MachtigingRegel._meta.db_table} SET gever_naam = 'kapot'")
    assert service.ruim_op(nu() + timedelta(days=45)) == 1
    assert not MachtigingRegel.objects.exists()
    assert AuditRegel.objects.filter(actie="machtiging.verlopen").count() == 1
