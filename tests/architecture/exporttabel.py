"""Per table with data of a person: where its content stands in what they take along (AVG 15, 20), or why it does not.

`zaak.x` is the name x in the JSON of a zaak, `index.x` in the first JSON. tests/unit/export/test_inhoud.py holds that
something stands there for who has everything.
"""

GEDEKT: dict[str, tuple[str, ...]] = {
    "audit.AuditRegel": ("zaak.inzage", "index.inzage", "index.aanmeldingen"),
    "berichten.Bericht": ("zaak.gesprekken",),
    "berichten.BerichtConcept": ("index.nietVerstuurdeBerichten",),
    "berichten.GesprekRegel": ("zaak.gesprekken",),
    "documenten.Bestand": ("zaak.zaakinformatieobjecten",),
    "documenten.Document": ("zaak.zaakinformatieobjecten",),
    "loket.Concept": ("zaak.formulieren", "index.nietVerstuurdeFormulieren"),
    "machtigingen.MachtigingRegel": ("index.machtigingenGegeven", "index.machtigingenOntvangen"),
    "notifications.BewijsRegel": ("zaak.notificaties", "index.notificaties"),
    "notifications.BriefInhoud": ("zaak.brieven",),
    "notifications.Contactherstel": ("index.contactHersteld",),
    "notifications.Notificatie": ("zaak.notificaties", "index.notificaties"),
    "notifications.Ontvangstbewijs": ("zaak.ontvangstbewijzen", "index.ontvangstbewijzen"),
    "notifications.Zending": ("zaak.notificaties",),
    "profile.Profiel": ("index.contactgegevens", "index.voorkeuren"),
    "register.Eigenschap": ("zaak.eigenschappen",),
    "register.Rol": ("zaak.rollen",),
    "register.Status": ("zaak.statussen",),
    "register.Zaak": ("zaak.identificatie",),
    "zaken.GebeurtenisRegel": ("zaak.gebeurtenissen",),
    "zaken.Taak": ("zaak.taken",),
}
_INRICHTING = "inrichting: niets van een inwoner"
_MEDEWERKER = "van medewerkers, niet van inwoners"
_BEWIJS = "zegels over rijen die elders staan; geen eigen gegevens van iemand"
_TECHNIEK = "techniek zonder persoon, of alleen een teller die snel verdwijnt"

NIET: dict[str, str] = {
    "archief.LijstRegel": "zaken die weg zijn of weg gaan: zaaknummers en datums, niemand wordt genoemd",
    "archief.Vernietigingslijst": _MEDEWERKER,
    "archief.Vernietigingsstop": "een interne aantekening over een zaak, als zaken.NotitieRegel",
    "audit.Opruiming": _BEWIJS,
    "audit.Wissing": _BEWIJS,
    "audit.Zegel": _BEWIJS,
    "berichten.BerichtBijlage": "de namen staan als bijlagen bij het bericht",
    "beschikbaarheid.Controle": _TECHNIEK,
    "beschikbaarheid.Levensteken": _TECHNIEK,
    "beschikbaarheid.Onderbreking": _TECHNIEK,
    "beschikbaarheid.RegelWaarde": _INRICHTING,
    "beschikbaarheid.Slot": _TECHNIEK,
    "beschikbaarheid.Verwerking": _TECHNIEK,
    "documenten.Vasthouding": "namen in index.nietVerstuurdeFormulieren; het bestand zelf staat bij dat formulier",
    "export.Export": "de vraag om de export zelf; staat in index.inzage",
    "export.ExportDeel": "de export zelf, na 7 dagen weg",
    "identity.Afdeling": _INRICHTING,
    "identity.Limietteller": _TECHNIEK,
    "identity.Medewerker": _MEDEWERKER,
    "identity.Medewerker_afdelingen": _MEDEWERKER,
    "identity.Sessie": "versleuteld en na een dag weg; wanneer iemand inlogde staat in index.aanmeldingen",
    "loket.ConceptVerlenging": "de uitkomst staat als bewaardTot bij het formulier",
    "loket.FormulierVersie": _INRICHTING,
    "loket.Meting": "aantallen, zonder persoon",
    "notifications.Briefbundel": _MEDEWERKER,
    "notifications.MailTekstRegel": _INRICHTING,
    "notifications.RetourMelding": "wat een mailserver meldde; staat als stap bij de notificatie",
    "ops.CspMelding": _TECHNIEK,
    "register.NaamSleutel": "versleutelde zoekwoorden van de naam die in zaak.rollen staat",
    "register.RolType": _INRICHTING,
    "register.StatusType": _INRICHTING,
    "register.Toegang": _MEDEWERKER,
    "register.Volgnummer": _TECHNIEK,
    "register.ZaakType": _INRICHTING,
    "zaken.Aanwezigheid": _MEDEWERKER,
    "zaken.BewaardFilter": _MEDEWERKER,
    "zaken.HerinneringsregelRij": _INRICHTING,
    "zaken.NotitieRegel": "kan gegevens van anderen bevatten (ADR 10); index.weggelaten zegt hoe iemand erom vraagt",
    "zaken.SjabloonRegel": _INRICHTING,
    "zaken.TekstRegel": _INRICHTING,
    "zaken.TermijnVerlenging": "de uitkomst staat als langerDeTijd bij de taak",
}
