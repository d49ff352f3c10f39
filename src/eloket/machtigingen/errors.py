"""What can go wrong with an authorisation."""

from collections.abc import Mapping

from eloket.kernel.errors import NietGevonden, NietToegestaan, OngeldigeInvoer


class MachtigingNietGevonden(NietGevonden):
    """Also when it is between two others, or does not hold any more for who uses it."""

    code = "machtiging-niet-gevonden"


class MachtigingOngeldig(OngeldigeInvoer):
    """Nothing was kept. `velden` gives the text per field: `zaak`, `bevoegdheid`, `van`, `tot`."""

    code = "machtiging-ongeldig"
    tekst = "De machtiging is nog niet gemaakt. Controleer wat u heeft ingevuld."

    def __init__(self, velden: Mapping[str, str]) -> None:
        super().__init__()
        self.velden = dict(velden)


class CodeOnbekend(OngeldigeInvoer):
    """Never made, typed by somebody else already, too old, or taken back: who tries codes does not learn which."""

    code = "machtigingscode-onbekend"
    tekst = (
        "Deze code werkt niet. Controleer of u de code goed heeft ingevuld. "
        "Een code werkt 14 dagen, en voor één persoon. "
        "Klopt de code? Vraag dan een nieuwe code aan de persoon die u wil machtigen."
    )


class EigenMachtiging(OngeldigeInvoer):
    code = "eigen-machtiging"
    tekst = (
        "Dit is uw eigen code. Geef de code aan de persoon die u wilt machtigen. U kunt uzelf niet machtigen."
    )


class AlleenVoorZichzelf(NietToegestaan):
    """A business, a gemachtigde or a bewindvoerder does not pass on what is of somebody else."""

    code = "machtigen-alleen-zelf"
    tekst = (
        "Alleen een inwoner die met de eigen DigiD inlogt, kan iemand machtigen of een machtiging aannemen."
    )


class MachtigingVoorbij(NietToegestaan):
    """It is not what it was on the page: withdrawn, refused, accepted or over meanwhile."""

    code = "machtiging-gewijzigd"
    tekst = "Dit kan niet meer. De machtiging is intussen gewijzigd. Hieronder staat hoe het nu is."


class TeVeelMachtigingen(NietToegestaan):
    code = "machtiging-te-veel"
    tekst = "U heeft al 50 machtigingen gegeven die nog lopen. Trek eerst een machtiging in."
