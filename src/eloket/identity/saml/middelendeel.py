"""The part `saml` of a means in ELOKET_MIDDELEN_BESTAND, and how SAML names what it tells (facts/login.md)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eloket.identity.middel import CLAIMS, ClaimNamen
from eloket.identity.niveaus import MiddelSoort
from eloket.identity.saml.koppeling import Binding, SamlKoppeling, Sleutelpaar

_LEGAL = "urn:etoegang:core:LegalSubjectID"
_ACTING = "urn:etoegang:core:ActingSubjectID"
_BSN = "urn:etoegang:1.12:EntityConcernedID:BSN"
_KVK = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
_LOA = "urn:etoegang:core:assurance-class:"

# `attribute#what it is`: an identifier that is another number than we ask for, is not taken for it.
SAML_CLAIMS: Mapping[MiddelSoort, ClaimNamen] = {
    MiddelSoort.DIGID: CLAIMS[MiddelSoort.DIGID],
    MiddelSoort.EHERKENNING: ClaimNamen(
        bsn="",
        represented=f"{_LEGAL}#{_BSN}",
        acting=_ACTING,
        dienst="urn:etoegang:core:ServiceUUID",
        kvk=f"{_LEGAL}#{_KVK}",
        kvk_soort="namequalifier",
        vestiging="urn:etoegang:1.9:ServiceRestriction:Vestigingsnr",
    ),
    # A person with a means of another country, through a broker of eHerkenning: nobody acts for anybody there.
    MiddelSoort.EIDAS: ClaimNamen(bsn=f"{_ACTING}#{_BSN}", represented="", acting="", dienst=""),
}
# eHerkenning writes the levels of eIDAS as its own.
SAML_NIVEAUS: Mapping[MiddelSoort, Mapping[str, str]] = {
    MiddelSoort.EIDAS: {"low": f"{_LOA}loa2", "substantial": f"{_LOA}loa3", "high": f"{_LOA}loa4"}
}


class _Paar(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sleutel: Path
    certificaat: Path

    def make(self) -> Sleutelpaar:
        return Sleutelpaar(self.sleutel, self.certificaat)


class Saml(BaseModel):
    """Paths only: keys are files of their own, with rights of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entity_id: Annotated[str, Field(min_length=1, max_length=1024)]
    idp_metadata: Path
    idp_entity_id: str = ""
    sleutel: Path
    certificaat: Path
    tls: _Paar | None = None  # without: the same pair
    tls_ca: Path | None = None
    ontsleutelen: tuple[_Paar, ...] = ()  # without: the same pair
    binding: Binding = Binding.ARTIFACT
    dienst_index: Annotated[int, Field(ge=0, le=65535)] | None = None
    dienst_id: str = ""
    dienst_naam: str = ""

    @model_validator(mode="after")
    def _service(self) -> Self:
        if bool(self.dienst_id) != bool(self.dienst_naam) or (self.dienst_id and self.dienst_index is None):
            raise ValueError("geef dienst_index, dienst_id en dienst_naam samen")
        return self

    def make(self) -> SamlKoppeling:
        eigen = Sleutelpaar(self.sleutel, self.certificaat)
        return SamlKoppeling(
            entity_id=self.entity_id,
            idp_metadata=self.idp_metadata,
            idp_entity_id=self.idp_entity_id,
            ondertekenen=eigen,
            tls=self.tls.make() if self.tls else eigen,
            tls_ca=self.tls_ca,
            ontsleutelen=tuple(een.make() for een in self.ontsleutelen) or (eigen,),
            binding=self.binding,
            dienst_index=self.dienst_index,
            dienst_id=self.dienst_id,
            dienst_naam=self.dienst_naam,
        )
