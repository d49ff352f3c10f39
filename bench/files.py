"""Large files to send: a valid pdf of any size, made while it is read, so that nobody has to hold it."""

import hashlib
import random
import secrets
from collections.abc import Iterator

_BLOCK = 256 * 1024
_BEGIN = (
    b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
    b"4 0 obj\n<< /Length %010d >>\nstream\n"
)
_END = b"\nendstream\nendobj\n"


class Pdf:
    """An empty page, and an object of random bytes that no other file has. `omvang` in bytes, at least 1000."""

    def __init__(self, omvang: int) -> None:
        self.omvang = omvang
        self._zaad = secrets.token_bytes(16)
        staart = self._tail(omvang)
        self._vulling = omvang - len(_BEGIN % 0) - len(staart)
        self._kop, self._staart = _BEGIN % self._vulling, staart

    @property
    def sha256(self) -> str:
        som = hashlib.sha256()
        for brok in self.chunks():
            som.update(brok)
        return som.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The same bytes every time."""
        kans = random.Random(self._zaad)
        yield self._kop
        rest = self._vulling
        while rest:
            yield kans.randbytes(min(_BLOCK, rest))
            rest -= min(_BLOCK, rest)
        yield self._staart

    @staticmethod
    def _tail(omvang: int) -> bytes:
        """The end of the stream, and the table of where the objects begin, which also stands at a fixed place."""
        plekken = [(_BEGIN % 0).index(b"%d 0 obj" % nummer) for nummer in (1, 2, 3, 4)]
        tabel = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % plek for plek in plekken)
        slot = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%010d\n%%%%EOF\n"
        begin = omvang - len(slot % 0) - len(tabel)
        return _END + tabel + slot % begin
