"""No table with data of a person is forgotten in what they take along: a new one is put in, or says why not."""

from django.apps import apps

from tests.architecture.exporttabel import GEDEKT, NIET


def tables() -> set[str]:
    return {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("eloket.")
    }


def test_every_table_is_in_the_export_or_says_why_not():
    assert tables() == GEDEKT.keys() | NIET.keys()


def test_no_table_is_both_and_every_reason_is_one():
    assert GEDEKT.keys().isdisjoint(NIET)
    assert all(len(waarom) > 15 for waarom in NIET.values())
    assert all(plek.startswith(("zaak.", "index.")) for plekken in GEDEKT.values() for plek in plekken)
