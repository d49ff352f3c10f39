"""Whether an IP address is one of the public internet, by the registries of IANA for special purposes (RFC 6890).

A table of our own: what Python calls global differs per version. IPv6 has ways to write an IPv4 address in one of its
own; on a network with NAT64, 6to4 or Teredo that reaches the IPv4 address, so it is the one that is judged.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4_NIET = tuple(
    IPv4Network(een)
    for een in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_V6_WEL = IPv6Network("2000::/3")  # all that was ever given out (RFC 4291)
_V6_NIET = tuple(IPv6Network(een) for een in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# With the IPv4 address in the last 32 bits: compatible and mapped (RFC 4291), translated (RFC 7915), NAT64 (RFC 6052).
# That of a network of one's own (64:ff9b:1::/48, RFC 8215) has it elsewhere, and is never public.
_ACHTERIN = tuple(IPv6Network(een) for een in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
_ZES_NAAR_VIER, _TEREDO = IPv6Network("2002::/16"), IPv6Network("2001::/32")
_VERPAKT = (*_ACHTERIN, _ZES_NAAR_VIER, _TEREDO)
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}  # RFC 5214: in the second half of an address of any network
_LAATSTE = 0xFFFF_FFFF


def is_openbaar(adres: str) -> bool:
    """Whether `adres` is public, with all that stands in it; a zone (`%eth0`) is left out. Raises ValueError."""
    ip = ip_address(adres.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _is_openbaar_v4(ip)
    if any(not _is_openbaar_v4(een) for een in _unpack(ip)):
        return False
    if any(ip in net for net in _VERPAKT):
        return True
    return ip in _V6_WEL and not any(ip in net for net in _V6_NIET)


def _is_openbaar_v4(ip: IPv4Address) -> bool:
    return not any(ip in net for net in _V4_NIET)


def _unpack(ip: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that this one leads to."""
    getal = int(ip)
    if any(ip in net for net in _ACHTERIN) or _has_isatap(ip):
        yield IPv4Address(getal & _LAATSTE)
    if ip in _ZES_NAAR_VIER:  # RFC 3056
        yield IPv4Address(getal >> 80 & _LAATSTE)
    if ip in _TEREDO:  # RFC 4380: the server, and the client with each bit turned round
        yield IPv4Address(getal >> 64 & _LAATSTE)
        yield IPv4Address(~getal & _LAATSTE)


def _has_isatap(ip: IPv6Address) -> bool:
    return (int(ip) >> 32 & _LAATSTE) in _ISATAP
