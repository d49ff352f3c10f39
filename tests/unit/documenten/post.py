"""Builds a multipart body the way a browser does."""

GRENS = "grens7d1f"


def maak_post(*bestanden: tuple[str, bytes], veld: str = "bestanden") -> bytes:
    delen = [
        b'--%s\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\nx\r\n' % GRENS.encode()
    ]
    for naam, inhoud in bestanden:
        kop = f'--{GRENS}\r\nContent-Disposition: form-data; name="{veld}"; filename="{naam}"\r\n'
        delen += [kop.encode(), b"Content-Type: application/octet-stream\r\n\r\n", inhoud, b"\r\n"]
    return b"".join([*delen, b"--%s--\r\n" % GRENS.encode()])
