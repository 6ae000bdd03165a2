"""Web origins: exactly what a browser says of a page, and nothing that looks like it."""

import pytest

from interview.tenant_settings import is_web_origin

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "https://careers.example",
        "https://careers.example:8443",
        "https://intranet",
        "https://xn--bcher-kva.example",
        "https://a_b.example",
        "https://192.0.2.7",
        "https://[2001:db8::1]:444",
        "http://localhost:5173",
        "http://127.0.0.1",
        "http://[::1]:3000",
    ],
)
def test_an_origin_as_browsers_say_it_is_one(text: str) -> None:
    assert is_web_origin(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "*",
        "careers.example",
        "https://",
        "https://*.example",
        "https://careers.example/",
        "https://careers.example/page",
        "https://careers.example?q",
        "https://careers.example#x",
        "https://ann@careers.example",
        "https://careers.example:443",
        "https://careers.example:0",
        "https://careers.example:080",
        "https://careers.example:65536",
        "https://careers.example:",
        "https://Careers.example",
        "HTTPS://careers.example",
        "https://bücher.example",
        "https://careers..example",
        "https://careers.example.",
        "https://-careers.example",
        "https://careers.example\n",
        " https://careers.example",
        "https://a.example https://b.example",
        "https://" + "a" * 64 + ".example",
        "https://0x7f.1",
        "https://127.1",
        "https://127.0.0.01",
        "https://256.0.0.1",
        "https://[2001:DB8::1]",
        "https://[2001:db8:0:0:0:0:0:1]",
        "https://[::ffff:102:304]",
        "https://[::1",
        "https://[]",
        "http://careers.example",
        "http://localhost.example",
        "http://127.0.0.2",
        "ftp://careers.example",
        "wss://careers.example",
        "file://",
        "chrome-extension://abcdef",
    ],
)
def test_what_no_browser_says_of_a_trusted_page_is_none(text: str) -> None:
    assert not is_web_origin(text)
