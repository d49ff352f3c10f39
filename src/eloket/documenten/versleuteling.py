"""The shape of a file at rest: chunks of 64 KiB, each encrypted and authenticated, behind a wrapped key of its own.

    magic (8) | nonce (12) | data key (32) and SHA-256 of the content (32), wrapped, with tag (16) | chunks

A chunk is AES-256-GCM under the data key, which is random and used for one file only; its nonce is its number
(11 bytes) and whether it is the last (1 byte). That is the STREAM construction: a chunk that was changed, moved, left
out or cut off does not open, and any chunk can be opened without those before it. The wrap is bound to the name in the
storage, so that no file can stand in the place of another. Sources: Hoang, Reyhanitabar, Rogaway and Vizar, "Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (STREAM); age (C2SP age.md, Payload), for sizes and
counter; NIST SP 800-38D.
"""

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIE = b"ELOKET1\n"
STUK = 64 * 1024
_NONCE, _LABEL, _SLEUTEL, _HASH = 12, 16, 32, 32
KOP = len(MAGIE) + _NONCE + _SLEUTEL + _HASH + _LABEL
_SAMEN = 4  # chunks that are handed on together


class BestandOnleesbaar(OSError):
    """It is there, but cannot be decrypted: changed, cut off, moved, or under a secret that we do not have."""


def nieuwe_sleutel() -> bytes:
    """For one file. Never use it for two: the nonces count from zero."""
    return os.urandom(_SLEUTEL)


def wikkel(sleutel: bytes, sha256: str, *, kek: bytes, naam: str) -> bytes:
    """The head of the file that is stored under this name."""
    nonce = os.urandom(_NONCE)
    return MAGIE + nonce + AESGCM(kek).encrypt(nonce, sleutel + bytes.fromhex(sha256), MAGIE + naam.encode())


def ontwikkel(kop: bytes, *, kek: bytes, naam: str) -> tuple[bytes, str]:
    """The data key and the SHA-256 of the content. Raises BestandOnleesbaar."""
    if len(kop) != KOP or not kop.startswith(MAGIE):
        raise BestandOnleesbaar
    rest = kop[len(MAGIE) :]
    try:
        open_ = AESGCM(kek).decrypt(rest[:_NONCE], rest[_NONCE:], MAGIE + naam.encode())
    except InvalidTag as error:
        raise BestandOnleesbaar from error
    return open_[:_SLEUTEL], open_[_SLEUTEL:].hex()


def omvang_van(opgeslagen: int) -> int:
    """The size of the content, by that of the file. Raises BestandOnleesbaar when no file is that large."""
    rest = opgeslagen - KOP
    stukken = _aantal(rest)
    if rest - (stukken - 1) * (STUK + _LABEL) < _LABEL:
        raise BestandOnleesbaar
    return rest - stukken * _LABEL


def _aantal(rest: int) -> int:
    return max(1, -(-rest // (STUK + _LABEL)))


def _nonce(nummer: int, *, is_laatste: bool) -> bytes:
    return nummer.to_bytes(_NONCE - 1, "big") + bytes((is_laatste,))


class Versleutelaar:
    """Makes the chunks of one file while it comes in; holds back one chunk at most, because it may be the last."""

    def __init__(self, sleutel: bytes) -> None:
        self._aes = AESGCM(sleutel)
        self._rest = bytearray()
        self._nummer = 0

    def verwerk(self, brok: bytes) -> bytes:
        """What can be written now."""
        self._rest += brok
        stukken, plek = [], 0
        while len(self._rest) - plek > STUK:
            stukken.append(self._stuk(bytes(self._rest[plek : plek + STUK]), is_laatste=False))
            plek += STUK
        del self._rest[:plek]
        return b"".join(stukken)

    def rond_af(self) -> bytes:
        """The last chunk. Nothing may follow."""
        return self._stuk(bytes(self._rest), is_laatste=True)

    def _stuk(self, inhoud: bytes, *, is_laatste: bool) -> bytes:
        nonce = _nonce(self._nummer, is_laatste=is_laatste)
        self._nummer += 1
        return self._aes.encrypt(nonce, inhoud, None)


class Ontsleuteld(io.RawIOBase):
    """The content of an encrypted file, to read and to seek in; closing it closes the file.

    What it gives was authenticated; reading raises BestandOnleesbaar.
    """

    def __init__(self, bestand: BinaryIO, sleutel: bytes) -> None:
        super().__init__()
        self._bestand = bestand
        self._aes = AESGCM(sleutel)
        opgeslagen = bestand.seek(0, os.SEEK_END)
        self.omvang = omvang_van(opgeslagen)
        self._stukken = _aantal(opgeslagen - KOP)
        self._plek = 0
        self._vorige: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._plek

    def seek(self, plek: int, vanaf: int = os.SEEK_SET, /) -> int:
        basis = {os.SEEK_SET: 0, os.SEEK_CUR: self._plek, os.SEEK_END: self.omvang}[vanaf]
        if basis + plek < 0:
            raise ValueError("before the begin of the file")
        self._plek = basis + plek
        return self._plek

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        doel = memoryview(buffer).cast("B")
        stuk = self._rest_van_stuk()[: len(doel)]
        doel[: len(stuk)] = stuk
        self._plek += len(stuk)
        return len(stuk)

    def brokken(self) -> Iterator[bytes]:
        """From where it stands to the end, in pieces of 256 KiB."""
        while self._plek < self.omvang:
            stukken: list[bytes] = []
            while len(stukken) < _SAMEN and (stuk := self._rest_van_stuk()):
                stukken.append(stuk)
                self._plek += len(stuk)
            yield b"".join(stukken)

    def close(self) -> None:
        self._bestand.close()
        super().close()

    def _rest_van_stuk(self) -> bytes:
        if self._plek >= self.omvang:
            return b""
        nummer, binnen = divmod(self._plek, STUK)
        return self._stuk(nummer)[binnen:]

    def _stuk(self, nummer: int) -> bytes:
        if self._vorige[0] == nummer:
            return self._vorige[1]
        self._bestand.seek(KOP + nummer * (STUK + _LABEL))
        nonce = _nonce(nummer, is_laatste=nummer == self._stukken - 1)
        try:
            stuk = self._aes.decrypt(nonce, self._bestand.read(STUK + _LABEL), None)
        except InvalidTag as error:
            raise BestandOnleesbaar from error
        self._vorige = (nummer, stuk)
        return stuk
