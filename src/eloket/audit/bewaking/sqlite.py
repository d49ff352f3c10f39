"""The guards on SQLite. `INSERT OR REPLACE` removes a row without a trigger for DELETE, so that is refused as well."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from eloket.audit.bewaking.wachter import OPRUIMINGEN, WISSINGEN, ZEGELS, Wachter
from eloket.audit.verzegeld import VerzegeldeRegel

_OPGERUIMD = "EXISTS (SELECT 1 FROM audit_opruiming o WHERE o.keten = {keten} AND o.tot >= {zegel})"
_DUBBEL = """EXISTS (
    SELECT 1 FROM {tabel} b WHERE b.id = NEW.id OR (b.keten = NEW.keten AND b.{nummer} = NEW.{nummer})
)"""


def wachters(rijen: Iterable[type[VerzegeldeRegel]]) -> dict[str, Wachter]:
    """By name, for these sealed tables and for the seals themselves."""
    alle = [wachter for model in rijen for wachter in _of_rijen(model)]
    weg = _OPGERUIMD.format(keten="OLD.keten", zegel="OLD.volgnummer")
    gewist = _OPGERUIMD.format(keten="OLD.keten", zegel="OLD.zegel")
    alle += [
        _wachter(ZEGELS, "UPDATE", "1", "een zegel verandert nooit"),
        _wachter(ZEGELS, "DELETE", f"NOT {weg}", "een zegel gaat nooit weg"),
        _wachter(ZEGELS, "INSERT", _DUBBEL.format(tabel=ZEGELS, nummer="volgnummer"), "dit zegel is er al"),
        _wachter(OPRUIMINGEN, "UPDATE", "1", "een opruiming verandert nooit"),
        _wachter(OPRUIMINGEN, "DELETE", "1", "een opruiming gaat nooit weg"),
        _wachter(
            OPRUIMINGEN, "INSERT", _DUBBEL.format(tabel=OPRUIMINGEN, nummer="tot"), "deze opruiming is er al"
        ),
        _wachter(WISSINGEN, "UPDATE", "1", "een wissing verandert nooit"),
        _wachter(WISSINGEN, "DELETE", f"NOT {gewist}", "een wissing gaat nooit weg"),
        _wachter(
            WISSINGEN, "INSERT", _DUBBEL.format(tabel=WISSINGEN, nummer="regel"), "deze wissing is er al"
        ),
    ]
    return dict(alle)


def placed(verbinding: BaseDatabaseWrapper) -> dict[str, str]:
    """Every trigger of the database, with its text."""
    with verbinding.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {str(naam): str(tekst) for naam, tekst in cursor.fetchall()}


def _of_rijen(model: type[VerzegeldeRegel]) -> list[tuple[str, Wachter]]:
    tabel = model.keten()
    gelijk = [f'OLD."{kolom}" IS NEW."{kolom}"' for kolom in model.kolommen()]
    mag = " AND ".join(["OLD.zegel IS NULL", "NEW.zegel IS NOT NULL", *gelijk])
    if versleuteld := model.versleutelde_kolommen():
        vast = [f'OLD."{kolom}" IS NEW."{kolom}"' for kolom in model.kolommen() if kolom not in versleuteld]
        mag += " OR " + " AND ".join(["OLD.zegel IS NOT NULL", "OLD.zegel IS NEW.zegel", *vast])
    weg = _OPGERUIMD.format(keten=f"'{tabel}'", zegel="OLD.zegel")
    dubbel = f'EXISTS (SELECT 1 FROM "{tabel}" b WHERE b.id = NEW.id)'  # noqa: S608 - the name of a model's table
    return [
        _wachter(tabel, "UPDATE", f"NOT ({mag})", "een regel die bewijs is verandert nooit"),
        _wachter(tabel, "DELETE", f"NOT {weg}", "een regel die bewijs is gaat nooit weg"),
        _wachter(tabel, "INSERT", f"NEW.zegel IS NOT NULL OR {dubbel}", "een regel komt er zonder zegel bij"),
    ]


def _wachter(tabel: str, daad: str, wanneer: str, bezwaar: str) -> tuple[str, Wachter]:
    naam = f"wacht_{tabel}_{daad.lower()}"
    tekst = (
        f'CREATE TRIGGER "{naam}" BEFORE {daad} ON "{tabel}" FOR EACH ROW WHEN {wanneer}'
        f" BEGIN SELECT RAISE(ABORT, '{bezwaar}'); END"
    )
    return naam, Wachter(tabel, tekst, (f'DROP TRIGGER IF EXISTS "{naam}"', tekst))
