"""From which address on the internet a request came: what our own proxies say, and never what a visitor says.

Each proxy writes whom it talks with behind what was in X-Forwarded-For already. So with two proxies of ours the second
from the end is the visitor, and all before that is what the visitor made up (RFC 7239, section 8.1).
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_EIGEN_NET = 64  # bits: a home or office has a whole /64 of IPv6 and picks addresses in it as it likes


def address_of(request: HttpRequest) -> str:
    """The address, of IPv6 its network; "" when our proxies do not say it: then nobody is counted by address, because
    everybody would have that of the proxy."""
    if not settings.ELOKET.behind_proxy:
        return _normal(request.META.get("REMOTE_ADDR", ""))
    keten = [deel.strip() for deel in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.ELOKET.proxies
    return _normal(keten[-proxies]) if len(keten) >= proxies else ""


def _normal(tekst: str) -> str:
    if tekst.startswith("["):  # [2001:db8::1]:443
        tekst = tekst[1:].partition("]")[0]
    elif tekst.count(":") == 1:  # 192.0.2.1:443
        tekst = tekst.partition(":")[0]
    try:
        adres = ipaddress.ip_address(tekst.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(adres, ipaddress.IPv6Address):
        if adres.ipv4_mapped is not None:
            return str(adres.ipv4_mapped)
        return str(ipaddress.ip_network((adres, _EIGEN_NET), strict=False))
    return str(adres)
