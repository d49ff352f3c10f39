"""Which betrokkene of a zaak something is of: what somebody does there, and a document that came in.

A file that a gemachtigde or a contactpersoon sends is of the party that they send it for.
"""

from collections.abc import Iterable

from eloket.documenten.types import DocumentInzage
from eloket.identity.types import NAMENS, Actor, Partij
from eloket.zaken.types import Betrokkene, Zaak

DE_AANVRAGER = "de aanvrager"
NIET_MEER = "iemand die niet meer bij deze zaak hoort"


def keys_of_actor(actor: Actor, zaak: Zaak) -> tuple[str, str]:
    """(betrokkene_key, vestiging_key) as which a resident acts in this zaak; empty for who acts for no party. Who is
    limited to a branch acts as that branch, also when another branch has a part in the zaak."""
    if actor.partij is None:
        return "", ""
    eigen = (een.vestiging_key for een in zaak.betrokkenen if een.key == actor.partij.key)
    return actor.partij.key, actor.partij.vestiging_key or next(eigen, "")


def is_van(partij: Partij | None, betrokkene_key: str, vestiging_key: str) -> bool:
    """Whether what has these keys is of this party (its branch, when the login is limited to one); None is staff:
    always. An empty key is of nobody: else it would open all that has none."""
    if partij is None:
        return True
    is_partij = bool(partij.key) and partij.key == betrokkene_key
    return is_partij and partij.vestiging_key in {"", vestiging_key}


def is_alone(zaak: Zaak, partij: Partij) -> bool:
    """Whether they applied for it and nobody else has a part in it. Who is the only one that is named in a report is
    not: somebody made it without a login, and what they told is not of whom it is about."""
    allen = zaak.betrokkenen
    return zaak.initiator is not None and all(is_van(partij, een.key, een.vestiging_key) for een in allen)


def find_sender(zaak: Zaak, document: DocumentInzage) -> Betrokkene | None:
    """The betrokkene whose document this is; None when it is of the municipality, or of nobody who is (still) in the
    zaak. Of what an earlier release took in, only what its author tells: somebody in the zaak, or who sent it for the
    only party there is."""
    if not document.is_van_aanvrager:
        return None
    if document.betrokkene_key:
        return _find(zaak, document.betrokkene_key, document.vestiging_key)
    eigen = [een for een in zaak.betrokkenen if document.auteur_key in {een.key, een.vestiging_key} - {""}]
    if eigen:
        return eigen[0]
    partijen = {(een.key, een.vestiging_key): een for een in zaak.betrokkenen}
    enige = next(iter(partijen.values())) if len(partijen) == 1 else None
    if enige is None or NAMENS in document.auteur_naam:
        return enige
    return enige if enige.is_onderneming and enige.roltype == "initiator" else None


def find_same(zaak: Zaak, van: Betrokkene | None) -> Betrokkene | None:
    """This betrokkene of another zaak in this one, in any role; None when they have no part in it."""
    return _find(zaak, van.key, van.vestiging_key) if van else None


def has_other_readers(doel: Zaak, zaak: Zaak) -> bool:
    """Whether what goes from `zaak` to `doel` will be read by somebody who has no part in `zaak`; also who reports
    without a login is somebody."""
    lezers, waren = ({(een.key, een.vestiging_key) for een in van.betrokkenen} for van in (doel, zaak))
    return doel.initiator is None or not lezers <= waren


def describe(zaak: Zaak, betrokkene_key: str, vestiging_key: str) -> str:
    """Who this is, in words for a civil servant: "de aanvrager", or another betrokkene by name."""
    aanvrager = zaak.initiator
    if aanvrager is not None and (aanvrager.key, aanvrager.vestiging_key) == (betrokkene_key, vestiging_key):
        return DE_AANVRAGER
    wie = _find(zaak, betrokkene_key, vestiging_key)
    return (wie.naam or wie.roltype) if wie else NIET_MEER


def describe_by_profiel_key(zaak: Zaak, profiel_key: str) -> str:
    """As `describe`, of a party as the audit trail names it (Partij.profiel_key). The whole of a business acts as its
    first branch in the zaak, as in `keys_of_actor`."""
    allen = zaak.betrokkenen
    wie = next((een for een in allen if (een.vestiging_key or een.key) == profiel_key), None)
    wie = wie or next((een for een in allen if een.key == profiel_key), None)
    return describe(zaak, wie.key, wie.vestiging_key) if wie else NIET_MEER


def has_one_partij(zaak: Zaak) -> bool:
    """Whether no more than one has a part in it, in whatever roles."""
    return len({(een.key, een.vestiging_key) for een in zaak.betrokkenen}) <= 1


def describe_all(zaak: Zaak, wie: Iterable[tuple[str, str]]) -> str:
    """Each of these once, as `describe`, the applicant first; "" for nobody."""
    namen = dict.fromkeys(describe(zaak, *een) for een in wie)
    *eerst, laatst = sorted(namen, key=lambda naam: naam != DE_AANVRAGER) or [""]
    return f"{', '.join(eerst)} en {laatst}" if eerst else laatst


def _find(zaak: Zaak, *wie: str) -> Betrokkene | None:
    return next((een for een in zaak.betrokkenen if (een.key, een.vestiging_key) == wie), None)


def is_document_of(partij: Partij, zaak: Zaak, document: DocumentInzage) -> bool:
    """Whether this party sent it, or somebody did for them. What nobody can be found for is of the only party."""
    if van := find_sender(zaak, document):
        return is_van(partij, van.key, van.vestiging_key)
    return document.is_van_aanvrager and not document.betrokkene_key and is_alone(zaak, partij)
