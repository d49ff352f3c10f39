"""What can go wrong with a document, each with a stable code and a text for the reader."""

from datetime import datetime

from eloket.kernel.errors import NietGevonden, NietToegestaan, Storing
from eloket.kernel.klok import datum_van, schrijf_datum


class DocumentNietGevonden(NietGevonden):
    """No such document, or not for this actor: deliberately the same thing."""

    code = "document-niet-gevonden"
    tekst = "Dit document bestaat niet, of is niet voor u."


class DocumentBestaatAl(NietToegestaan):
    """The same content stands in this zaak already, also when it was linked by another request a moment ago.

    Raised by `add_document` inside a savepoint: the caller's transaction goes on.
    """

    code = "document-bestaat-al"

    def __init__(self, *, naam: str, ontvangen_op: datetime) -> None:
        dag = schrijf_datum(datum_van(ontvangen_op))
        super().__init__(f"‘{naam}’ staat al bij deze zaak (toegevoegd op {dag}).")


class BestandVerlopen(NietToegestaan):
    """A prepared file was not linked within an hour, and has been cleaned up."""

    code = "document-verlopen"
    tekst = "Uw bestand is niet meer beschikbaar. Kies het opnieuw."


class DocumentIsBesmet(NietToegestaan):
    """The scanner found malware in it: nobody gets it, also not who sent it."""

    code = "document-besmet"
    tekst = "In dit bestand zit een virus. Niemand kan het openen."


class DocumentWacht(NietToegestaan):
    """The scanner has not looked at it yet."""

    code = "document-wacht"
    tekst = "Wij controleren dit bestand nog op virussen. Probeer het later nog een keer."


class DocumentVervangen(NietToegestaan):
    """Somebody added a next version before."""

    code = "document-vervangen"
    tekst = "Van dit document is al een nieuwere versie. Bekijk de zaak opnieuw."


class DocumentOnbeoordeeld(NietToegestaan):
    """A next version would hide what somebody sent, and nobody would ever decide about it."""

    code = "document-onbeoordeeld"
    tekst = "Beoordeel het document eerst. Daarna kunt u een nieuwe versie toevoegen."


class DocumentAlBeoordeeld(NietToegestaan):
    """Somebody decided otherwise before."""

    code = "document-al-beoordeeld"
    tekst = "Een collega heeft dit document al beoordeeld. Bekijk de zaak opnieuw."


class InhoudOntbreekt(Storing):
    """The row is there, but its bytes are gone or have another size: `controle.controleer` shows which."""

    code = "document-inhoud-ontbreekt"
    tekst = "Wij kunnen dit document nu niet openen. Dat ligt aan ons. Neem contact op met de gemeente."
