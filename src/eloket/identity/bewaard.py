"""After an ended session: back to where the same person was, with what they typed (house rule 4).

When time ended a session, the next one in that browser begins with a *voortzetting* (continuation): of whom it was,
which page, the text fields of a form that was on its way, and what a form of several steps keeps on our side.
Only the same person acting for the same party gets it back; for anybody else it is dropped. It lasts an hour, is
encrypted like every session, and logging out drops it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NoReturn

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from eloket.identity.flash import add_flash, is_read
from eloket.identity.paden import pad_van_referer, veilig_pad
from eloket.identity.partijmerk import VELD
from eloket.identity.samenloop import BLIJFT, INVOER, VOORTZETTING
from eloket.identity.sessie import SessionStore, wie_van
from eloket.kernel import klok

_GELDIG = timedelta(hours=1)
_MEESTE_VELDEN = 500  # as many as a request may have (settings)
_MEESTE_TEKENS = 400_000
_MEESTE_PAGINAS = 3
# Passwords and codes (identity.lokaal): the one thing that is typed again.
GEHEIM = frozenset(
    {"wachtwoord", "wachtwoord_oud", "wachtwoord_nieuw", "inlogcode", "passkey", "collegacode"}
)
_NIET_BEWAREN = frozenset({"csrfmiddlewaretoken", "terug", VELD}) | GEHEIM
# Fields that a page fills itself: what a person typed is the rest.
NIET_GETYPT = frozenset({
    "terug", "sleutel", "revisie", "versie", "geladen", "zaak", "taak", "gesprek", "knop", "status",
    "merk", "vraag", "op_pagina", "venster", "gezien", "herstart", "stop", "nummer", "betrokkene", "check",
    "herkomst", "inhoud", "over", "signaal", "stap", "lijst", "regel", "kant",
})  # fmt: skip

TERUG_TEKST = "U bent weer ingelogd. Uw tekst staat er nog. Controleer de tekst en verstuur deze opnieuw."
WEER_INGELOGD = "U bent weer ingelogd."
BESTANDEN_TEKST = "Kies uw bestanden opnieuw."
NIETS_GETYPT_TEKST = "Uw formulier is nog niet verstuurd. Verstuur het opnieuw."
TE_LANG_TEKST = "U bent weer ingelogd. Uw tekst was te lang om te bewaren. Vul de pagina opnieuw in."


@dataclass(frozen=True, slots=True)
class Voortzetting:
    """What waits for the person whose session ended."""

    wie: str
    pad: str
    is_maximum: bool
    invoer: Mapping[str, Mapping[str, Any]]
    blijft: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def has_text(self) -> bool:
        """Whether something that the person typed is kept, on any page."""
        return any(map(_has_text, self.invoer.values()))


def get_voortzetting(request: HttpRequest) -> Voortzetting | None:
    """The continuation that waits in this session, or None. A session that has only just been seen to end counts: it
    may have no page yet. With it waits what was given back before, and has not been fetched by its page."""
    bewaard = _waiting(request)
    if bewaard is None:
        return None
    invoer = {**request.session.get(INVOER, {}), **bewaard["invoer"]}
    blijft = bewaard.get("blijft", {})
    return Voortzetting(bewaard["wie"], bewaard["pad"], bewaard["maximum"], invoer, blijft)


def _waiting(request: HttpRequest) -> Mapping[str, Any] | None:
    bewaard: Mapping[str, Any] | None = request.session.get(VOORTZETTING)
    return bewaard if bewaard and bewaard["tot"] > klok.nu().timestamp() else None


def keep_page(request: HttpRequest) -> bool:
    """Remember this page (a GET) for the person whose session ended. False when no session ended."""
    pad = request.get_full_path()
    if request.headers.get("HX-Request"):
        pad = pad_van_referer(request) or pad
    return _write(request, pad, {})


def keep_input(request: HttpRequest) -> bool:
    """Keep the text fields of this POST for the person whose session ended. Call it after the CSRF check, and after
    `drop_files`. False when no session ended."""
    velden = {naam: request.POST.getlist(naam) for naam in request.POST if naam not in _NIET_BEWAREN}
    lengte = sum(len(naam) + sum(map(len, waarden)) for naam, waarden in velden.items())
    te_lang = len(velden) > _MEESTE_VELDEN or lengte > _MEESTE_TEKENS
    pad = page_of(request)
    bestanden = is_file_dropped(request) or bool(request.FILES)
    invoer = {"velden": {} if te_lang else velden, "bestanden": bestanden, "te_lang": te_lang}
    return _write(request, pad, {pad.partition("?")[0]: invoer})


def page_of(request: HttpRequest) -> str:
    """The page that this POST came from: its hidden field `terug`, else the Referer, else its own path."""
    return veilig_pad(request.POST.get("terug")) or pad_van_referer(request) or request.path


def _write(request: HttpRequest, pad: str, invoer: Mapping[str, Mapping[str, Any]]) -> bool:
    vorige = _waiting(request)
    if vorige is None:
        return False
    samen = {**{p: i for p, i in vorige["invoer"].items() if p not in invoer}, **invoer}
    request.session[VOORTZETTING] = {
        **vorige,
        "pad": veilig_pad(pad) or "",
        "invoer": dict(list(samen.items())[-_MEESTE_PAGINAS:]),
    }
    return True


def keep_for_higher(request: HttpRequest, actor: Mapping[str, Any], pad: str | None) -> None:
    """Somebody who is logged in goes to log in at a higher level: the new session of the same person begins where they
    were, with what lasts of this one. What they typed (`keep_input`) stays with it.
    """
    vorige = _waiting(request) or {}
    request.session[VOORTZETTING] = {
        "wie": wie_van({**actor}),
        "key": actor["key"],
        "maximum": False,
        "pad": veilig_pad(pad) or "",
        "invoer": vorige.get("invoer", {}),
        "blijft": request.session.get(BLIJFT, {}),
        "tot": (klok.nu() + _GELDIG).timestamp(),
    }


def go_to(request: HttpRequest, pad: str | None) -> None:
    """Who begins a new login goes where it says, and not where one at a higher level was to lead that never came. What
    they typed still waits, on its own page."""
    if vorige := _waiting(request):
        request.session[VOORTZETTING] = {**vorige, "pad": veilig_pad(pad) or ""}


def is_just_ended(request: HttpRequest) -> bool:
    """Whether time ended the session of this browser, and this is the first request that begins something new."""
    return isinstance(request.session, SessionStore) and request.session.verlopen is not None


def give_back(request: HttpRequest, voortzetting: Voortzetting, pad: str) -> None:
    """The same person is back: hand over what was kept, and say so on the page that they go to (`pad`)."""
    if voortzetting.blijft:
        request.session[BLIJFT] = {**voortzetting.blijft}
    if not voortzetting.invoer:
        return
    request.session[INVOER] = {**voortzetting.invoer}
    laatste = voortzetting.invoer.get(pad.partition("?")[0])
    if laatste is None:
        return
    add_flash(request, "warning" if laatste["te_lang"] else "info", _write_terug(laatste))


def _write_terug(invoer: Mapping[str, Any]) -> str:
    """What became of a form that did not arrive: only what is true of this one."""
    if invoer["te_lang"]:
        zinnen = [TE_LANG_TEKST]
    elif _has_text(invoer):
        zinnen = [TERUG_TEKST]
    else:
        zinnen = [WEER_INGELOGD] if invoer["bestanden"] else [WEER_INGELOGD, NIETS_GETYPT_TEKST]
    return " ".join([*zinnen, BESTANDEN_TEKST] if invoer["bestanden"] else zinnen)


def _has_text(invoer: Mapping[str, Any]) -> bool:
    velden: Mapping[str, list[str]] = invoer["velden"]
    return any(w.strip() for naam, waarden in velden.items() if naam not in NIET_GETYPT for w in waarden)


def take_input(request: HttpRequest) -> Mapping[str, str | list[str]]:
    """What the person typed on this page before their session ended, once; {} when there is nothing.

    A field that was sent more than once is a list. Files are never in it. It stays for the next request when nobody
    reads this answer (HEAD, or a browser that fetches the page in advance).
    """
    alles = request.session.get(INVOER) or {}
    if request.path not in alles:
        return {}
    over = {pad: invoer for pad, invoer in alles.items() if pad != request.path}
    if not is_read(request):
        over = alles
    if over:
        request.session[INVOER] = over
    else:
        del request.session[INVOER]
    request._eloket_genomen = alles  # type: ignore[attr-defined]  # noqa: SLF001 - our own mark on Django's request
    velden: Mapping[str, list[str]] = alles[request.path]["velden"]
    return {naam: waarden[0] if len(waarden) == 1 else waarden for naam, waarden in velden.items()}


def put_back_input(request: HttpRequest) -> None:
    """The page that took it was not shown: it waits on, for when they log in at the level that the page wants, or when
    what failed works again."""
    if genomen := getattr(request, "_eloket_genomen", None):
        request.session[INVOER] = genomen


def keep_lasting(request: HttpRequest, naam: str, waarde: Mapping[str, Any]) -> None:
    """Keep this in the session under a name, so that the same person finds it again after an ended session."""
    request.session[BLIJFT] = {**request.session.get(BLIJFT, {}), naam: waarde}


def get_lasting(request: HttpRequest, naam: str) -> Mapping[str, Any]:
    """What `keep_lasting` kept; {} when there is nothing."""
    waarde: Mapping[str, Any] = request.session.get(BLIJFT, {}).get(naam, {})
    return waarde


class _GeenBestanden(FileUploadHandler):
    """Reads past every file without storing a byte."""

    is_gekozen = False

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        self.is_gekozen = True
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is kept."""

    def file_complete(self, file_size: int) -> None:
        """Nothing is kept."""


def is_file_dropped(request: HttpRequest) -> bool:
    """Whether `drop_files` made us read past a file that was chosen."""
    return any(isinstance(h, _GeenBestanden) and h.is_gekozen for h in request.upload_handlers)


def drop_files(request: HttpRequest) -> None:
    """From here on, reading this request's body stores no files. Before `request.POST` is touched."""
    request.upload_handlers = [_GeenBestanden(request)]
