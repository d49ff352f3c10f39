"""Every limit. A person who is in a hurry stays far below them; a script does not."""

from collections.abc import Mapping

from eloket.identity.limieten.types import Limiet, Maat
from eloket.identity.types import Audience

_VERBINDING = (
    "Dit is vanaf uw internetverbinding in korte tijd heel vaak gedaan. Daarom kan het nu even niet."
)
_UUR = 3_600

# What an audience may do where a route says nothing of itself.
SCHRIJVEN = Limiet("schrijven", per_persoon=Maat(150))
WERK = Limiet("werk", per_persoon=Maat(900))
OPENBAAR = Limiet("openbaar", per_persoon=Maat(150), per_adres=Maat(600), tekst=_VERBINDING)
PER_AUDIENCE: Mapping[Audience, Limiet | None] = {
    Audience.IEDEREEN: OPENBAAR,
    Audience.BETROKKENE: SCHRIJVEN,
    Audience.MEDEWERKER: WERK,
    Audience.BEHEERDER: WERK,
    Audience.DEMO: None,  # not there in production
}

# Each start keeps something in the session, and sends somebody to the provider.
INLOGGEN = Limiet(
    "inloggen",
    per_persoon=Maat(60),
    per_adres=Maat(300),
    lezen=True,
    tekst="Vanaf uw internetverbinding is in korte tijd heel vaak begonnen met inloggen. Daarom kan het nu even niet.",
)
# Each return asks the provider something, also one that was made up.
TERUG = Limiet("inloggen-terug", per_persoon=Maat(60), per_adres=Maat(300), lezen=True, tekst=_VERBINDING)
# One provider, for everybody who logs out there.
UITLOGMELDING = Limiet("uitlogmelding", per_adres=Maat(6_000))
# Each try of a password costs 46 MiB for a moment; per account there is a limit of its own (lokaal/grenzen.py).
LOKAAL = Limiet("lokaal", per_adres=Maat(60), tekst=_VERBINDING)
UITNODIGING = Limiet("uitnodiging", per_adres=Maat(60), lezen=True, tekst=_VERBINDING)
BERICHT = Limiet(
    "bericht",
    per_persoon=Maat(40),
    tekst="U heeft in korte tijd heel veel berichten gestuurd. Dit laatste bericht is nog niet verstuurd.",
)
CONCEPT = Limiet("concept", per_persoon=Maat(600))  # kept while somebody types
UPLOAD = Limiet(
    "upload",
    per_persoon=Maat(60),
    tekst="U heeft in korte tijd heel vaak documenten gestuurd. Deze laatste zijn nog niet verstuurd.",
)
FORMULIER = Limiet("formulier", per_persoon=Maat(300))
# By address it is every step of everybody there: a library, or all of a mobile network.
FORMULIER_ZONDER = Limiet("formulier-zonder", per_persoon=Maat(300), per_adres=Maat(1_200), tekst=_VERBINDING)
# A code of a report may be tried; never by person, because a new browser is a new person.
VOLGEN = Limiet(
    "volgen",
    per_adres=Maat(60),
    tekst="Vanaf uw internetverbinding zijn in korte tijd heel veel codes ingevuld. Daarom kan het nu even niet.",
)
# A code of an authorisation may be guessed; only who logged in can try one.
MACHTIGINGSCODE = Limiet(
    "machtigingscode",
    per_persoon=Maat(10, _UUR),
    tekst="U heeft het afgelopen uur heel vaak een code ingevuld. Daarom kan het nu even niet.",
)
BEVESTIGEN = Limiet("bevestigen", per_adres=Maat(300), tekst=_VERBINDING)
# A large mail provider sends the stops of many people from a few addresses.
AFMELDEN = Limiet("afmelden", per_adres=Maat(1_200), tekst=_VERBINDING)
BEVESTIGINGSMAIL = Limiet(
    "bevestigingsmail",
    per_persoon=Maat(20, _UUR),
    tekst="U heeft het afgelopen uur heel vaak uw gegevens gewijzigd, of om een e-mail gevraagd.",
)
# Browsers by themselves; what is lost beyond it is only a count.
CSP = Limiet("csp", per_adres=Maat(120), kort=True)
# One provider, with the whole of a large mailing.
RETOUR = Limiet("retour", per_adres=Maat(6_000))
# Zaaknummers follow each other: who tries them is stopped, and seen.
NOODTOEGANG = Limiet(
    "noodtoegang",
    per_persoon=Maat(20, _UUR),
    tekst="U heeft het afgelopen uur heel vaak noodtoegang gevraagd. Daarom kan het nu even niet.",
)
# Who guards looks people up by number: who tries numbers is stopped, and each of them stands in the log.
PERSOON_ZOEKEN = Limiet(
    "persoon-zoeken",
    per_persoon=Maat(60, _UUR),
    tekst="U heeft het afgelopen uur heel vaak iemand opgezocht in het logboek. Daarom kan het nu even niet.",
)
PDF = Limiet("pdf", per_persoon=Maat(60), per_adres=Maat(600), lezen=True)
# Deciphered and sent again each time; a viewer of pdf files asks for a large one in many parts.
DOCUMENT = Limiet(
    "document",
    per_persoon=Maat(900),
    lezen=True,
    tekst="U heeft in korte tijd heel vaak een document geopend. Daarom kan het nu even niet.",
)
DOSSIER = Limiet(
    "dossier",
    per_persoon=Maat(15),
    lezen=True,
    tekst="U heeft in korte tijd heel vaak een heel dossier opgeslagen. Daarom kan het nu even niet.",
)
EXPORT = Limiet(
    "export",
    per_persoon=Maat(10, _UUR),
    tekst="U heeft het afgelopen uur heel vaak om uw gegevens gevraagd. Daarom kan het nu even niet.",
)
ZOEKEN = Limiet("zoeken", per_persoon=Maat(150), lezen=True, alleen_met="q")
WERK_DOCUMENT = Limiet("werk-document", per_persoon=Maat(3_000), lezen=True, tekst=DOCUMENT.tekst)
WERK_PDF = Limiet("werk-pdf", per_persoon=Maat(200), lezen=True)
WERK_ZOEKEN = Limiet("werk-zoeken", per_persoon=Maat(600), lezen=True, alleen_met="zoek")
