"""The guards on PostgreSQL: a few functions, and per table a trigger for rows and one for TRUNCATE."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from eloket.audit.bewaking.wachter import OPRUIMINGEN, WISSINGEN, ZEGELS, Wachter
from eloket.audit.verzegeld import VerzegeldeRegel

# What pg_trigger.tgtype adds up: per row 1, before 2, INSERT 4, DELETE 8, UPDATE 16, TRUNCATE 32.
_RIJ, _LEGEN, _ERBIJ = 1 + 2 + 8 + 16, 2 + 32, 1 + 2 + 4

_BEZWAAR = """
    RAISE EXCEPTION '%: wat bewijs is verandert nooit en gaat nooit weg', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
"""
_OPGERUIMD = """EXISTS (
        SELECT 1 FROM audit_opruiming o WHERE o.keten = {keten} AND o.tot >= {zegel}
    )"""
# A row may get its seal, when nothing else of it changes: `*=` compares every column byte by byte.
_REGEL = f"""
DECLARE
    kopie record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.zegel IS NULL AND NEW.zegel IS NOT NULL THEN
            kopie := NEW;
            kopie.zegel := NULL;
            IF kopie *= OLD THEN
                RETURN NEW;
            END IF;
        END IF;
{{ander_geheim}}
    ELSIF TG_OP = 'DELETE' AND {_OPGERUIMD.format(keten="TG_TABLE_NAME", zegel="OLD.zegel")} THEN
        RETURN OLD;
    END IF;
{_BEZWAAR}"""
# A sealed row may get its ciphertext under another secret: the seal is over the text, so it tells when that changed.
_ANDER_GEHEIM = """
        IF OLD.zegel IS NOT NULL THEN
            kopie := NEW;
            {kolommen}
            IF kopie *= OLD THEN
                RETURN NEW;
            END IF;
        END IF;"""
_ZEGEL = f"""
BEGIN
    IF TG_OP = 'DELETE' AND {_OPGERUIMD.format(keten="OLD.keten", zegel="OLD.volgnummer")} THEN
        RETURN OLD;
    END IF;
{_BEZWAAR}"""
_WISSING = f"""
BEGIN
    IF TG_OP = 'DELETE' AND {_OPGERUIMD.format(keten="OLD.keten", zegel="OLD.zegel")} THEN
        RETURN OLD;
    END IF;
{_BEZWAAR}"""
_NOOIT = f"""
BEGIN
{_BEZWAAR}"""

_GEPLAATST = """
SELECT t.tgname, t.tgtype, t.tgattr::text, t.tgqual IS NOT NULL, p.proname, p.prosrc
FROM pg_trigger t
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(t.tgrelid)
"""


def wachters(rijen: Iterable[type[VerzegeldeRegel]]) -> dict[str, Wachter]:
    """By name, for these sealed tables and for the seals themselves."""
    rijen = list(rijen)
    tabellen = [model.keten() for model in rijen]
    alle = [_of_rijen(model) for model in rijen]
    alle += [
        _wachter(tabel, _ERBIJ, "audit_wacht_nooit", _NOOIT, wanneer="NEW.zegel IS NOT NULL")
        for tabel in tabellen
    ]
    alle += [
        _wachter(ZEGELS, _RIJ, "audit_wacht_zegel", _ZEGEL),
        _wachter(OPRUIMINGEN, _RIJ, "audit_wacht_nooit", _NOOIT),
        _wachter(WISSINGEN, _RIJ, "audit_wacht_wissing", _WISSING),
    ]
    alle += [
        _wachter(tabel, _LEGEN, "audit_wacht_nooit", _NOOIT)
        for tabel in [*tabellen, ZEGELS, OPRUIMINGEN, WISSINGEN]
    ]
    return dict(alle)


def placed(verbinding: BaseDatabaseWrapper) -> dict[str, str]:
    """Every trigger of the database that is switched on, with what it does and when."""
    with verbinding.cursor() as cursor:
        cursor.execute(_GEPLAATST)
        return {
            str(naam): _kenmerk(soort, functie, bron, met_voorwaarde=met_voorwaarde) + str(kolommen)
            for naam, soort, kolommen, met_voorwaarde, functie, bron in cursor.fetchall()
        }


def _of_rijen(model: type[VerzegeldeRegel]) -> tuple[str, Wachter]:
    """A table with encrypted columns has a function of its own, which names them."""
    versleuteld = model.versleutelde_kolommen()
    if not versleuteld:
        return _wachter(model.keten(), _RIJ, "audit_wacht_regel", _REGEL.format(ander_geheim=""))
    kolommen = " ".join(f"kopie.{kolom} := OLD.{kolom};" for kolom in versleuteld)
    bron = _REGEL.format(ander_geheim=_ANDER_GEHEIM.format(kolommen=kolommen))
    return _wachter(model.keten(), _RIJ, f"audit_wacht_{model.keten()}", bron)


def _kenmerk(soort: int, functie: str, bron: str, *, met_voorwaarde: bool) -> str:
    return f"{soort} {functie} {met_voorwaarde} {bron}"


def _wachter(tabel: str, soort: int, functie: str, bron: str, wanneer: str = "") -> tuple[str, Wachter]:
    daad, doel = {
        _RIJ: ("UPDATE OR DELETE", "ROW"),
        _ERBIJ: ("INSERT", "ROW"),
        _LEGEN: ("TRUNCATE", "STATEMENT"),
    }[soort]
    naam = f"wacht_{tabel}_{daad.lower().replace(' or ', '_')}"
    voorwaarde = f"WHEN ({wanneer}) " if wanneer else ""
    uitvoeren = f"EXECUTE FUNCTION {functie}()"
    return naam, Wachter(
        tabel,
        _kenmerk(soort, functie, bron, met_voorwaarde=bool(wanneer)),
        (
            f"CREATE OR REPLACE FUNCTION {functie}() RETURNS trigger LANGUAGE plpgsql AS $wacht${bron}$wacht$",
            f'DROP TRIGGER IF EXISTS "{naam}" ON "{tabel}"',
            f'CREATE TRIGGER "{naam}" BEFORE {daad} ON "{tabel}" FOR EACH {doel} {voorwaarde}{uitvoeren}',
        ),
    )
