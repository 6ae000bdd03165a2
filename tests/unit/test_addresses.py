"""Which URLs of customers may be stored, and which addresses called."""

from ipaddress import ip_address

import pytest

from interview.addresses import Reach, check_url, is_public, may_call
from interview.errors import Invalid

pytestmark = pytest.mark.unit

FAR, NEAR = Reach(), Reach(loopback=True)


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.9",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.19.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::5db8:d822",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2001:10::1",
        "2002:7f00:1::",
        "2002:5db8:d822::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:2800:220:1:248:1893:25c8:1946%1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_that_not_everybody_reaches_is_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["93.184.216.34", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"],
)
def test_an_address_that_everybody_reaches_is_public(text: str) -> None:
    assert is_public(ip_address(text))
    assert may_call(ip_address(text), FAR)


@pytest.mark.parametrize("text", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_called_only_where_that_is_said(text: str) -> None:
    assert not may_call(ip_address(text), FAR)
    assert may_call(ip_address(text), NEAR)


@pytest.mark.parametrize("text", ["::ffff:127.0.0.1", "0.0.0.0", "169.254.169.254", "::1%1"])
def test_nothing_else_comes_with_this_machine(text: str) -> None:
    assert not may_call(ip_address(text), NEAR)


REFUSED = [
    "",
    "hooks.example.com",
    "//hooks.example.com",
    "http://hooks.example.com",
    "ftp://hooks.example.com",
    "file:///etc/passwd",
    "https://",
    "https:///path",
    "https://user@hooks.example.com",
    "https://user:password@hooks.example.com",
    "https://hooks.example.com@127.0.0.1/",
    "https://hooks.example.com\\@127.0.0.1/",
    "https://hooks.example.com/#fragment",
    "https://hooks.example.com/a b",
    "https://hooks.example.com/\r\nX-Evil: 1",
    "https://hooks.example.com/\x00",
    "https://hooks.exämple.com",
    "https://①②⑦.⓪.⓪.①",
    "https://127。0。0。1",
    "https://hooks.example.com:22",
    "https://hooks.example.com:80",
    "https://hooks.example.com:0",
    "https://hooks.example.com:",
    "https://hooks.example.com:99999",
    "https://hooks.example.com:x",
    "https://hooks.example.com.",
    "https://.example.com",
    "https://localhost",
    "https://LOCALHOST",
    "https://api.localhost",
    "https://printer.local",
    "https://metadata.google.internal",
    "https://router.home.arpa",
    "https://intranet",
    "https://127.0.0.1",
    "https://127.1",
    "https://2130706433",
    "https://0x7f000001",
    "https://0x7f.0.0.1",
    "https://0177.0.0.1",
    "https://017700000001",
    "https://127.0.0.1.",
    "https://1.2.3.4.5",
    "https://example.0x1",
    "https://10.0.0.1",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://[::ffff:7f00:1]",
    "https://[64:ff9b::7f00:1]",
    "https://[2002:7f00:1::]",
    "https://[fe80::1%25eth0]",
    "https://[fe80::1%eth0]",
    "https://[::1",
    "https://[v1.fe80::a]",
    "https://%31%32%37.0.0.1",
    "https://hooks.example.com/" + "a" * 2000,
]


@pytest.mark.parametrize("url", REFUSED)
def test_a_url_that_does_not_lead_to_the_public_is_refused_by_its_field(url: str) -> None:
    with pytest.raises(Invalid, match="^url: expected") as refused:
        check_url(url, FAR)

    assert "url" == refused.value.field


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com",
        "https://hooks.example.com/in?token=a%20b&c=[1]",
        "https://HOOKS.example.com:443/~us/",
        "https://hooks.example.com:8443",
        "https://xn--hoks-5qa.example.com/",
        "https://a_b.example.com",
        "https://93.184.216.34/in",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/in",
    ],
)
def test_a_url_of_a_public_host_is_kept_as_it_is(url: str) -> None:
    assert url == check_url(url, FAR)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9000/in", "http://localhost:8000", "http://[::1]:80/"]
)
def test_this_machine_may_be_named_in_clear_where_that_is_said(url: str) -> None:
    assert url == check_url(url, NEAR)
    with pytest.raises(Invalid):
        check_url(url, FAR)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com",
        "http://10.0.0.1",
        "https://hooks.example.com:9000",
        "ftp://localhost",
        "http://user@localhost",
        "http://127.1:9000",
    ],
)
def test_the_rest_stays_refused_where_this_machine_may_be_named(url: str) -> None:
    with pytest.raises(Invalid):
        check_url(url, NEAR)


PRIVATE = Reach(private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3:11434/v1",
        "http://192.168.0.7/v1",
        "http://100.64.0.9:8000/v1",
        "http://[fd00::7]:8000/v1",
        "http://ollama:11434/v1",
        "https://llm.corp.internal/v1",
        "https://models.example.com/v1",
    ],
)
def test_a_private_network_may_be_named_where_that_is_allowed(url: str) -> None:
    assert url == check_url(url, PRIVATE)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/v1",
        "http://[fe80::1]/v1",
        "http://[::ffff:10.0.0.1]/v1",
        "http://127.0.0.1:8000/v1",
        "http://localhost:8000/v1",
        "http://2130706433/v1",
        "http://0x7f.1/v1",
        "http://8.8.8.8/v1",
        "ftp://ollama/v1",
    ],
)
def test_where_private_networks_are_allowed_nothing_else_is(url: str) -> None:
    with pytest.raises(Invalid):
        check_url(url, PRIVATE)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "100.100.100.200",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1%1",
        "::1",
        "0.0.0.0",
    ],
)
def test_no_name_of_a_private_network_leads_to_where_keys_of_clouds_lie(address: str) -> None:
    assert not may_call(ip_address(address), PRIVATE)


def test_what_is_called_in_clear_is_never_public() -> None:
    near = Reach(private=True, public=False)

    assert may_call(ip_address("10.0.0.1"), near)
    assert not may_call(ip_address("93.184.216.34"), near)
