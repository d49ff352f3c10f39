"""The versions of a form: upload, four eyes, withdraw, back; and what never happens, whatever people do."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.audit.models import AuditRegel
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import EloketFout, NietGevonden
from eloket.loket import beheer, service, versies
from eloket.loket.errors import FormulierNietGevonden, FormulierNietToegestaan
from eloket.loket.formulier.lezen import FormulierOngeldig
from eloket.loket.models import FormulierVersie
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.types import VersieStand
from eloket.loket.versiebeheer import get_formulier, get_versie, list_formulieren
from eloket.loket.versies import get_gepubliceerd, load_meegeleverd
from eloket.loket.versturen import submit
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import ZaakType

pytestmark = pytest.mark.django_db
SLUG = "standplaats-aanvragen"
ANNA = medewerker(1, naam="Anna", subject="anna", rechten=(Recht.BEHEREN,))
BRAM = medewerker(2, naam="Bram", subject="bram", rechten=(Recht.BEHEREN,))
TEKST = """\
titel: {titel}
inloggen: [digid]
zaak: {{zaaktype: MOR, onderwerp: "Standplaats {{waar}}"}}
stappen:
  - id: plek
    titel: Waar?
    velden:
      - {{id: waar, soort: tekst, label: "Waar wilt u staan?"}}
"""


def yaml(titel: str = "Standplaats aanvragen") -> bytes:
    return TEKST.format(titel=titel).encode()


@pytest.fixture(autouse=True)
def _inrichting() -> Iterator[None]:
    RegisterBron().import_zaaktypen()
    versies._definitie.cache_clear()
    yield
    versies._definitie.cache_clear()


def upload(actor: Actor = ANNA, titel: str = "Standplaats aanvragen") -> int:
    return beheer.upload_versie(actor, SLUG, yaml(titel))[0]


def merk(versie: int) -> str:
    return get_formulier(ANNA, SLUG).get(versie).merk


def stand(versie: int) -> VersieStand:
    return get_formulier(ANNA, SLUG).get(versie).stand


def publish(actor: Actor, versie: int) -> None:
    beheer.publish_versie(actor, SLUG, versie, merk=merk(versie))


def published() -> int:
    """The number of a version that Anna made and Bram published."""
    versie = upload()
    publish(BRAM, versie)
    return versie


def acties() -> list[str]:
    regels = AuditRegel.objects.filter(object_ref="beheer", actie__startswith="formulier.").order_by("pk")
    return [regel.actie.partition(".")[2] for regel in regels]


# --- uploading ---


def test_an_uploaded_form_waits_for_a_second_pair_of_eyes():
    versie = upload()
    assert (versie, stand(versie)) == (1, VersieStand.CONCEPT)
    with pytest.raises(FormulierNietGevonden):
        get_gepubliceerd(SLUG)
    assert acties() == ["toegevoegd"]


def test_the_same_text_is_no_new_version_whatever_its_line_ends():
    upload()
    assert beheer.upload_versie(
        BRAM, SLUG, b"\xef\xbb\xbf" + yaml().replace(b"\n", b"\r\n") + b"\r\n\r\n"
    ) == (
        1,
        False,
    )
    assert acties() == ["toegevoegd"]


@pytest.mark.parametrize(
    ("inhoud", "fout"),
    [
        (b"", "het bestand is leeg"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "geen tekst in UTF-8"),
        ("titel: caf\u00e9".encode("latin-1"), "geen tekst in UTF-8"),
        (yaml().decode().encode("utf-16"), "geen tekst in UTF-8"),
        (b"titel: [", "dit is geen geldige YAML"),
        (b"titel: a\x00b", "dit is geen geldige YAML"),
        (b"- 1\n- 2", "moet velden met een waarde hebben"),
        (b"x" * 100_001, "te groot"),
        (b"[" * 50_000, "dit is geen geldige YAML"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "regel 2: een verwijzing"),
        (yaml().replace(b"MOR", b"BESTAAT_NIET"), "regel 3, zaak.zaaktype: er is geen zaaktype BESTAAT_NIET"),
        (yaml().replace(b"soort: tekst", b"soort: raar"), "regel 8, stappen.1.velden.1"),
        (yaml() + b"      - {id: n, soort: getal, label: Hoeveel, max: .inf}\n", "gebruik hoogstens 12 cijfers"),
        (yaml() + b"      - {id: n, soort: getal, label: Hoeveel, min: .nan}\n", "gebruik hoogstens 12 cijfers"),
        (yaml() + b"      - {id: n, soort: getal, label: Hoeveel, als: {waar: .nan}}\n", "tekst, een getal of een"),
        (
            yaml()
            + b"      - {id: d, soort: datum, label: Wanneer}\n"
            + b"      - {id: t, soort: tekst, label: Wat, als: {d: {minstens: 2026-01-01 10:00:00}}}\n",
            "regel 10, stappen.1.velden.3.als: een waarde in een voorwaarde is tekst, een getal of een datum",
        ),
        (
            yaml() + b"      - {id: d, soort: datum, label: Wanneer, min: 2026-01-01 10:00:00}\n",
            "moet een datum zijn",
        ),
    ],
)  # fmt: skip
def test_what_is_no_good_form_is_refused_with_the_place_of_the_mistake(inhoud: bytes, fout: str):
    with pytest.raises(FormulierOngeldig) as gevangen:
        beheer.upload_versie(ANNA, SLUG, inhoud)
    assert fout in "\n".join(gevangen.value.fouten)
    assert not FormulierVersie.objects.exists()


def test_a_form_that_is_too_much_work_to_prove_is_refused_in_seconds():
    """Each field below asks about all twenty fields before it."""
    velden = [f"      - {{id: k{n}, soort: ja_nee, label: Vraag {n}}}" for n in range(20)]
    samen = ", ".join(f"{{k{n}: ja}}" for n in range(20))
    oneven = f"{{en: [{{niet: {{of: [{samen}]}}}}, {{of: [{samen}]}}]}}"
    velden += [f"      - {{id: w{n}, soort: tekst, label: Wat {n}, als: {oneven}}}" for n in range(19)]
    with pytest.raises(FormulierOngeldig) as gevangen:
        beheer.upload_versie(ANNA, SLUG, yaml() + "\n".join(velden).encode())
    assert all("te ingewikkeld" in fout for fout in gevangen.value.fouten)
    assert len(gevangen.value.fouten) == 19


def test_a_check_cannot_lead_to_a_form_that_is_not_there():
    tekst = b"""\
titel: Check
soort: check
inloggen: [anoniem]
stappen:
  - {id: vraag, titel: Vraag, velden: [{id: boom, soort: ja_nee, label: "Is het een boom?"}]}
uitkomsten:
  - {titel: Ja, tekst: [Vraag het aan.], formulier: kapvergunning}
"""
    tekst = tekst.replace(b"titel: Ja", b"titel: U heeft een vergunning nodig")
    with pytest.raises(FormulierOngeldig) as gevangen:
        beheer.upload_versie(ANNA, "kapcheck", tekst)
    assert gevangen.value.fouten == (
        "kapcheck, regel 7, uitkomsten.1.formulier: er is geen formulier met de naam kapvergunning",
    )


@pytest.mark.parametrize("slug", ["", "Hoofdletter", "../x", "met spatie", "x" * 61, "-x", "x_y"])
def test_the_name_of_a_form_is_one_that_fits_in_an_address(slug: str):
    with pytest.raises(BeheerOngeldig):
        beheer.upload_versie(ANNA, slug, yaml())


# --- publishing ---


def test_who_made_it_cannot_publish_it_and_a_colleague_can():
    versie = upload()
    with pytest.raises(FormulierNietToegestaan) as gevangen:
        publish(ANNA, versie)
    assert "Een collega" in gevangen.value.tekst
    publish(BRAM, versie)
    assert get_gepubliceerd(SLUG).versie == versie
    assert acties() == ["toegevoegd", "gepubliceerd"]


def test_a_next_version_replaces_the_published_one():
    eerste = published()
    tweede = upload(BRAM, "Een standplaats aanvragen")
    publish(ANNA, tweede)
    assert (stand(eerste), stand(tweede)) == (VersieStand.VERVANGEN, VersieStand.GEPUBLICEERD)


def test_of_two_who_publish_at_once_one_is_told():
    """Both looked at the form when nothing was published."""
    een, twee = upload(ANNA, "Een"), upload(ANNA, "Twee")
    gezien = {een: merk(een), twee: merk(twee)}
    beheer.publish_versie(BRAM, SLUG, een, merk=gezien[een])
    with pytest.raises(BeheerGewijzigd):
        beheer.publish_versie(BRAM, SLUG, twee, merk=gezien[twee])
    assert get_gepubliceerd(SLUG).versie == een


def test_nobody_publishes_another_text_than_they_looked_at():
    """The version was thrown away, and another one got its number."""
    versie = upload()
    gezien = merk(versie)
    beheer.delete_versie(ANNA, SLUG, versie, merk=gezien)
    assert upload(ANNA, "Iets heel anders") == versie
    with pytest.raises(BeheerGewijzigd):
        beheer.publish_versie(BRAM, SLUG, versie, merk=gezien)


def test_a_version_whose_zaaktype_is_gone_is_not_published():
    versie = upload()
    ZaakType.objects.filter(identificatie="MOR").delete()
    with pytest.raises(FormulierOngeldig):
        publish(BRAM, versie)
    assert stand(versie) is VersieStand.CONCEPT


# --- withdrawing, and back ---


def test_a_withdrawn_form_cannot_be_begun_and_drafts_on_it_can_be_finished():
    versie = published()
    wie = inwoner()
    concept = service.start_concept(wie, SLUG, sleutel="a" * 32)
    beheer.withdraw_versie(ANNA, SLUG, versie, merk=merk(versie))
    with pytest.raises(FormulierNietGevonden):
        service.start_concept(wie, SLUG, sleutel="b" * 32)
    post = StapPost("plek", {"waar": ["Markt"]}, Knop.parse("verder"), "v", "", {})
    concept = service.save_stap(wie, concept.id, post).formulier.concept
    assert submit(wie, concept.id, revisie=concept.revisie).concept.zaaknummer


def test_a_draft_stays_on_its_version():
    published()
    concept = service.start_concept(inwoner(), SLUG, sleutel="a" * 32)
    tweede = upload(BRAM, "Een standplaats aanvragen")
    publish(ANNA, tweede)
    assert concept.versie == 1
    assert get_formulier(ANNA, SLUG).get(1).bezig == 1


def test_an_earlier_version_comes_back_by_one_person():
    eerste = published()
    tweede = upload(BRAM, "Een standplaats aanvragen")
    publish(ANNA, tweede)
    beheer.put_back(
        ANNA, SLUG, eerste, merk=merk(eerste)
    )  # also by who made it: a colleague looked at it then
    assert (stand(eerste), stand(tweede)) == (VersieStand.GEPUBLICEERD, VersieStand.VERVANGEN)
    assert acties()[-1] == "teruggezet"


def test_what_was_never_published_cannot_be_put_back():
    versie = upload()
    with pytest.raises(FormulierNietToegestaan):
        beheer.put_back(BRAM, SLUG, versie, merk=merk(versie))


def test_only_what_was_never_published_can_be_thrown_away():
    versie = published()
    with pytest.raises(FormulierNietToegestaan):
        beheer.delete_versie(ANNA, SLUG, versie, merk=merk(versie))
    tweede = upload(ANNA, "Een standplaats aanvragen")
    beheer.delete_versie(ANNA, SLUG, tweede, merk=merk(tweede))
    assert [een.versie for een in get_formulier(ANNA, SLUG).versies] == [versie]


def test_what_comes_with_the_product_can_be_followed_by_a_version_of_ours_and_is_not_overwritten():
    load_meegeleverd()
    slug = "melding-openbare-ruimte"
    nu = get_gepubliceerd(slug)
    tekst = nu.tekst.replace("duur_minuten: 3", "duur_minuten: 4").encode()
    versie, _ = beheer.upload_versie(ANNA, slug, tekst)
    beheer.publish_versie(BRAM, slug, versie, merk=get_formulier(ANNA, slug).get(versie).merk)
    assert load_meegeleverd() == 0
    assert get_gepubliceerd(slug).definitie.duur_minuten == 4


# --- for whom ---


def test_without_the_right_to_manage_there_is_nothing():
    versie, gezien = upload(), merk(1)
    for ander in (inwoner(), medewerker(3, subject="carla", rechten=(Recht.BEHANDELEN, Recht.VERDELEN))):
        for doe in (
            lambda wie: beheer.upload_versie(wie, SLUG, yaml()),
            lambda wie: beheer.publish_versie(wie, SLUG, versie, merk=gezien),
            lambda wie: beheer.put_back(wie, SLUG, versie, merk=gezien),
            lambda wie: beheer.withdraw_versie(wie, SLUG, versie, merk=gezien),
            lambda wie: beheer.delete_versie(wie, SLUG, versie, merk=gezien),
            list_formulieren,
            lambda wie: get_formulier(wie, SLUG),
            lambda wie: get_versie(wie, SLUG, versie),
        ):
            with pytest.raises(NietGevonden):
                doe(ander)
    assert acties() == ["toegevoegd"]


# --- whatever people do ---

_STAPPEN = st.tuples(
    st.sampled_from([ANNA, BRAM]),
    st.sampled_from(["upload", "publish_versie", "put_back", "withdraw_versie", "delete_versie"]),
    st.integers(1, 4),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STAPPEN, max_size=14))
def test_whatever_people_do_the_rules_hold(stappen: list[tuple[Actor, str, int]]):
    with transaction.atomic():
        gepubliceerd: set[str] = set()  # the sha of what passed a second pair of eyes
        for wie, wat, versie in stappen:
            voor = len(acties())
            try:
                if wat == "upload":
                    beheer.upload_versie(wie, SLUG, yaml(f"Titel {versie}"))
                else:
                    getattr(beheer, wat)(wie, SLUG, versie, merk=merk(versie))
            except EloketFout:
                assert len(acties()) == voor
            _check_rules(gepubliceerd)
        transaction.set_rollback(True)


def _check_rules(gepubliceerd: set[str]) -> None:
    rijen = list(FormulierVersie.objects.filter(slug=SLUG))
    assert sum(rij.stand == VersieStand.GEPUBLICEERD for rij in rijen) <= 1
    assert len({rij.sha for rij in rijen}) == len(rijen)
    for rij in rijen:
        if rij.stand == VersieStand.CONCEPT:
            assert rij.gepubliceerd_op is None
        else:
            assert rij.gepubliceerd_op is not None
            if rij.sha not in gepubliceerd:
                assert rij.gepubliceerd_door_key != rij.gemaakt_door_key
                gepubliceerd.add(rij.sha)
    assert gepubliceerd <= {rij.sha for rij in rijen}  # what was published is never thrown away
