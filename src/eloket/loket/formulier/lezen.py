"""From the text of a file to a definition, strictly: a mistake names file, line and field, in Dutch."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from eloket.kernel.errors import Storing
from eloket.kernel.yamlbestand import BestandOngeldig, Fout, parse_yaml
from eloket.loket.formulier.bewijs import prove
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.samenhang import check


class FormulierOngeldig(BestandOngeldig):
    """`fouten`: a line per mistake, as `kapvergunning.yaml, regel 12, stappen.2.als: ...`."""

    code = "formulier-ongeldig"
    aanhef = "Het formulier klopt niet:"


class FormulierOnleesbaar(Storing):
    """A version that was sound once, and that this release of the product cannot read."""

    code = "formulier-onleesbaar"
    tekst = "Wij kunnen dit formulier nu niet openen. Dat ligt aan ons. Neem contact met ons op."


def read_definitie(
    naam: str,
    inhoud: bytes,
    vandaag: date,
    controle: Callable[[Definitie], Iterable[Fout]] | None = None,
) -> Definitie:
    """The form in this file, checked and proven; `controle` may find more that is wrong with it.

    Raises FormulierOngeldig with every mistake at once.
    """

    def more(definitie: Definitie) -> Iterable[Fout]:
        yield from prove(definitie, vandaag)
        if controle:
            yield from controle(definitie)

    try:
        definitie = parse_yaml(naam, inhoud, Definitie, check)
        parse_yaml(naam, inhoud, Definitie, more)
    except BestandOngeldig as error:
        raise FormulierOngeldig(error.fouten) from error
    return definitie


@lru_cache(maxsize=256)
def parse_once(sha: str, tekst: str) -> Definitie:  # noqa: ARG001 - the sha is what makes it quick to look up
    """A definition that was checked before; parsed once per process. Raises FormulierOnleesbaar."""
    try:
        return parse_yaml("formulier", tekst.encode(), Definitie)
    except BestandOngeldig as error:
        raise FormulierOnleesbaar from error


def sha_of(inhoud: bytes) -> str:
    """What a version is known by: line ends do not count."""
    return hashlib.sha256(inhoud.replace(b"\r\n", b"\n").strip()).hexdigest()
