"""Which addresses and URLs are asked: public ones, written plainly."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import FetchError
from claims.fetching.addresses import is_public
from claims.fetching.urls import Url, parse

PRIVATE = [
    IPv4Network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
PRIVATE_6 = [
    IPv6Network(one)
    for one in (
        "::/96", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
]  # fmt: skip


def within(networks: list[IPv4Network] | list[IPv6Network]) -> st.SearchStrategy[int]:
    """Numbers of addresses in these networks."""
    return st.sampled_from(networks).flatmap(
        lambda one: st.integers(int(one.network_address), int(one.broadcast_address))
    )


@given(within(PRIVATE))
def test_no_private_address_passes_in_any_of_its_forms(number: int) -> None:
    address = IPv4Address(number)
    assert not is_public(address)
    assert not is_public(IPv6Address(f"::ffff:{address}"))
    assert not is_public(IPv6Address(f"::{address}"))
    assert not is_public(IPv6Address(int(IPv6Address("64:ff9b::")) + number))
    assert not is_public(IPv6Address((0x2002 << 112) + (number << 80)))


@given(within(PRIVATE_6))
def test_no_special_ipv6_address_passes(number: int) -> None:
    assert not is_public(IPv6Address(number))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_passes_is_global_by_python_too(address: IPv4Address) -> None:
    if is_public(address):
        assert address.is_global and not address.is_multicast and not address.is_reserved


def test_public_addresses_pass() -> None:
    for one in ("1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101"):
        assert is_public(ip_address(one)), one
    assert not is_public(ip_address("2606:4700::1111%eth0"))


@given(st.integers(0, 2**32 - 1))
def test_numbers_in_disguise_are_no_hosts(number: int) -> None:
    a, b, c, d = IPv4Address(number).packed
    for host in (
        str(number), hex(number), f"0{number:o}", f"{a}.{(b << 16) + (c << 8) + d}",
        f"0x{a:x}.{b}.{c}.{d}", f"0{a:03o}.{b}.{c}.{d}", f"{a}.{b}.{(c << 8) + d}",
        f"{a}.{b}.{c}.0x{d:x}",
    ):  # fmt: skip
        with pytest.raises(FetchError):
            parse(f"http://{host}/")
    assert parse(f"http://{a}.{b}.{c}.{d}/").host == f"{a}.{b}.{c}.{d}"


@pytest.mark.parametrize(
    ("given_url", "why"),
    [
        ("ftp://example.org/", "no http or https"),
        ("file:///etc/passwd", "no http or https"),
        ("javascript:alert(1)", "no http or https"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http://example.org:25/", "port 25"),
        ("http://example.org:0x50/", "can't be read"),
        ("http://[::1/", "can't be read"),
        ("http://[::1%25eth0]/", "no IPv6 address"),
        ("http:///nothing", "no name"),
        ("http://exa mple.org/", "control characters or spaces"),
        ("http://example.org/\r\nHost: inner", "control characters or spaces"),
        ("http://-a.example/", "no name"),
        ("http://a..b/", "no name"),
        ("http://①②⑦.⓪.⓪.①.x.⑨/", "a number for a host"),
        (f"http://example.org/{'a' * 5000}", "too long"),
    ],
)
def test_what_is_no_plain_url(given_url: str, why: str) -> None:
    with pytest.raises(FetchError, match=why) as error:
        parse(given_url)
    assert error.value.is_lasting
    assert "secret" not in str(error.value)


def test_circled_digits_are_the_address_that_they_mean() -> None:
    assert parse("http://①②⑦.⓪.⓪.①/").host == "127.0.0.1"


def test_parts_of_a_url() -> None:
    url = parse(" HTTPS://Bücher.Example:8443/a b".replace(" b", "%20b?q=ü#top"))
    assert url == Url("https", "xn--bcher-kva.example", 8443, "/a%20b?q=%C3%BC")
    assert str(url) == "https://xn--bcher-kva.example:8443/a%20b?q=%C3%BC"
    assert str(parse("../c?d", url)) == "https://xn--bcher-kva.example:8443/c?d"
    assert str(parse("//other.example", url)) == "https://other.example/"
    assert str(parse("http://[2606:4700::1111]/")) == "http://[2606:4700::1111]/"
    assert url.names(frozenset({"xn--bcher-kva.example:8443"}))
    assert not url.names(frozenset({"bcher-kva.example", "xn--bcher-kva.example:443"}))


@given(st.text(max_size=60))
def test_any_words_are_read_or_refused(words: str) -> None:
    for given_url in (words, f"http://{words}", f"https://example.org/{words}"):
        try:
            url = parse(given_url)
        except FetchError:
            continue
        assert url.host and "@" not in url.netloc
        assert str(url).isascii() and not set(str(url)) & set(" \t\r\n\\")
        assert parse(str(url)) == url
