"""A storage of its own for every test, and a way to post real multipart bodies through the real parser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from eloket.documenten import service
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.types import Aangeboden
from eloket.documenten.upload import BewaakteUploadHandler, aangeboden, bied_aan
from tests.unit.documenten.post import GRENS, maak_post

Post = Callable[..., HttpRequest]


@pytest.fixture(autouse=True)
def opslagmap(settings, tmp_path: Path) -> Path:
    """The storage of this test: blobs below it, temporary files in `tmp`."""
    locatie = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": locatie},
        },
    }
    settings.FILE_UPLOAD_TEMP_DIR = locatie / "tmp"
    settings.FILE_UPLOAD_HANDLERS = ["eloket.documenten.upload.BewaakteUploadHandler"]
    return locatie


@pytest.fixture
def bron() -> EmbeddedDocumentBron:
    bron = EmbeddedDocumentBron()
    service.configure(bron)
    return bron


@pytest.fixture
def post(rf: RequestFactory) -> Post:
    """Post (name, bytes) pairs; returns the request with its files parsed."""

    def _post(*bestanden: tuple[str, bytes], handlers: list[FileUploadHandler] | None = None) -> HttpRequest:
        body = maak_post(*bestanden)
        request = rf.post("/", data=body, content_type=f"multipart/form-data; boundary={GRENS}")
        request.upload_handlers = handlers or [BewaakteUploadHandler(request)]
        return request

    return _post


@pytest.fixture
def aanbieden() -> Callable[..., tuple[Aangeboden, ...]]:
    """Offer (name, bytes) pairs without HTTP."""

    def _aanbieden(*bestanden: tuple[str, bytes]) -> tuple[Aangeboden, ...]:
        return tuple(bied_aan(naam, [inhoud]) for naam, inhoud in bestanden)

    return _aanbieden


@pytest.fixture
def neem_aan(post: Post) -> Callable[..., tuple[Aangeboden, ...]]:
    def _neem_aan(*bestanden: tuple[str, bytes]) -> tuple[Aangeboden, ...]:
        return aangeboden(post(*bestanden).FILES.getlist("bestanden"))

    return _neem_aan
