"""What can go wrong when somebody takes along all that we hold of them."""

from eloket.kernel.errors import NietGevonden, NietToegestaan


class ExportNietGevonden(NietGevonden):
    """There is none (any more) of this person."""

    code = "export-niet-gevonden"
    tekst = "Er staat geen bestand voor u klaar. Ga naar Mijn Gegevens. Daar kunt u een nieuw bestand vragen."


class ExportNietKlaar(NietToegestaan):
    code = "export-niet-klaar"
    tekst = "Wij zijn nog bezig met uw bestand. Probeer het later opnieuw."


class ExportVanAnder(NietToegestaan):
    """A gemachtigde takes nothing of this along."""

    code = "export-van-ander"
    tekst = "U kunt de gegevens van deze persoon niet meenemen. Dat kan alleen deze persoon zelf, of een bewindvoerder."


class ExportVerouderd(NietToegestaan):
    """Since it was made, a document in it was removed, moved, replaced or found infected, or a zaak in it is not of
    them any more."""

    code = "export-verouderd"
    tekst = (
        "Er is iets veranderd nadat wij uw bestand maakten. Er zit iets in dat u niet meer kunt bekijken. "
        "Vraag een nieuw bestand. Dan krijgt u uw gegevens zoals ze nu zijn."
    )
