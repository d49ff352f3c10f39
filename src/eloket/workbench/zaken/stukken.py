"""Documents as the page of a zaak shows them: where they stand, and what inspection noticed, in words. Pure."""

from dataclasses import dataclass, field
from datetime import date

from eloket.documenten.formaten import schrijf_omvang
from eloket.documenten.tonen import waarom_opslaan
from eloket.documenten.types import Beoordeling, Controle, DocumentInzage, Kenmerk
from eloket.kernel.klok import datum_van

# ZGW vertrouwelijkheidaanduiding, from open to secret.
VERTROUWELIJKHEDEN = (
    ("openbaar", "Openbaar"),
    ("beperkt_openbaar", "Beperkt openbaar"),
    ("intern", "Intern"),
    ("zaakvertrouwelijk", "Alleen voor deze zaak (zaakvertrouwelijk)"),
    ("vertrouwelijk", "Vertrouwelijk"),
    ("confidentieel", "Confidentieel"),
    ("geheim", "Geheim"),
    ("zeer_geheim", "Zeer geheim"),
)
GEWONE_VERTROUWELIJKHEID = "zaakvertrouwelijk"
_KENMERKEN = {
    Kenmerk.VERSLEUTELD: "Beveiligd met een wachtwoord",
    Kenmerk.ACTIEF: "Bevat scripts of ingesloten bestanden",
    Kenmerk.ONLEESBAAR: "Niet goed te lezen",
}
_STANDEN = {
    Beoordeling.NIEUW: ("Nog te beoordelen", "warning"),
    Beoordeling.GEACCEPTEERD: ("Goedgekeurd", "success"),
    Beoordeling.AFGEKEURD: ("Afgekeurd", "danger"),
}


@dataclass(frozen=True, slots=True)
class DocumentRegel:
    """A document. `waarom_dicht` says why nobody may have it, '' when they may; `openen` is '' for what a browser may
    not show, and then `waarom_opslaan` says why. `opmerkingen` are what inspection noticed.
    """

    id: str
    titel: str = field(repr=False)
    soort: str
    icoon: str
    van: str = field(repr=False)
    datum: date
    stand: str
    stand_soort: str
    is_onbehandeld: bool
    waarom_dicht: str
    waarom_opslaan: str
    opmerkingen: tuple[str, ...]
    afkeurreden: str = field(repr=False)
    documenttype: str
    vertrouwelijkheid: str
    versie: int
    taak_id: str
    is_afbeelding: bool
    is_pdf: bool
    bekijken: str
    openen: str
    opslaan: str


def build_document(document: DocumentInzage, basis: str) -> DocumentRegel:
    """`basis` is the address of the page of the zaak."""
    pad = f"{basis}documenten/{document.id}/"
    stand, stand_soort = _stand(document)
    return DocumentRegel(
        id=document.id,
        titel=document.titel,
        soort=f"{document.formaat.naam}, {schrijf_omvang(document.omvang)}",
        icoon="photo" if document.formaat.mime.startswith("image/") else "file-text",
        van=document.auteur_naam or "de aanvrager" if document.is_van_aanvrager else "de gemeente",
        datum=datum_van(document.ontvangen_op),
        stand=stand,
        stand_soort=stand_soort,
        is_onbehandeld=document.is_onbehandeld,
        waarom_dicht=_waarom_dicht(document),
        waarom_opslaan=waarom_opslaan(document),
        opmerkingen=_opmerkingen(document),
        afkeurreden=document.afkeurreden,
        documenttype=document.documenttype,
        vertrouwelijkheid=dict(VERTROUWELIJKHEDEN).get(
            document.vertrouwelijkheid, document.vertrouwelijkheid
        ),
        versie=document.versie,
        taak_id=document.taak_id,
        is_afbeelding=document.is_toonbaar and document.formaat.mime.startswith("image/"),
        is_pdf=document.is_toonbaar and document.formaat.code == "pdf",
        bekijken=f"{pad}bekijken/",
        openen=f"{pad}openen/" if document.is_toonbaar else "",
        opslaan=f"{pad}opslaan/",
    )


def _stand(document: DocumentInzage) -> tuple[str, str]:
    """In words, with the variant of its badge. What the municipality added itself needs no judgement."""
    if document.controle is Controle.BESMET:
        return "Virus gevonden", "danger"
    if not document.is_van_aanvrager and document.beoordeling is Beoordeling.GEACCEPTEERD:
        return "", ""
    return _STANDEN[document.beoordeling]


def _waarom_dicht(document: DocumentInzage) -> str:
    if document.controle is Controle.BESMET:
        wat = "Wie het stuurde, weet dit." if document.is_van_aanvrager else "Voeg een veilig bestand toe."
        return f"In dit bestand zit een virus. Niemand kan het openen. {wat}"
    if document.controle is Controle.WACHT:
        return "Dit document wacht op de viruscontrole. Daarna kunt u het openen en beoordelen."
    return ""


def _opmerkingen(document: DocumentInzage) -> tuple[str, ...]:
    paginas: tuple[str, ...] = ()
    if document.paginas is not None:
        paginas = ("1 pagina" if document.paginas == 1 else f"{document.paginas} pagina’s",)
    return (*paginas, *(_KENMERKEN[een] for een in Kenmerk if een in document.kenmerken))
