"""The real register and the real intake of documents, with a storage of its own for every test."""

from pathlib import Path

import pytest

from eloket.sources.register.bron import RegisterBron


@pytest.fixture(autouse=True)
def opslagmap(settings, tmp_path: Path) -> Path:
    locatie = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": locatie},
        },
    }
    settings.FILE_UPLOAD_TEMP_DIR = locatie / "tmp"
    return locatie


@pytest.fixture
def zaaktypen(db: None) -> None:
    RegisterBron().import_zaaktypen()
