"""The web app as it is served: files for good, pages never kept, and a policy that lets only us."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from api.settings import Settings
from api.web import PAGES, PERMISSIONS, policy
from interview.ports import Store
from tests.api.house import House, opened, settings_with

pytestmark = pytest.mark.api
ENTRY = "candidate-D3b0f1aa.js"
CODE = "export const words = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'\n"
PATHS = ["/i", "/desk", "/desk/", "/desk/interviews/1/review", "/setup"]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """What a build leaves."""
    folder = tmp_path / "dist"
    assets = folder / "assets"
    assets.mkdir(parents=True)
    (folder / "candidate.html").write_text("<!doctype html><title>Candidate ä</title>")
    (folder / "desk.html").write_text("<!doctype html><title>Desk</title>")
    (folder / "secret.txt").write_text("not an asset")
    (assets / ENTRY).write_text(CODE)
    (assets / f"{ENTRY}.gz").write_bytes(gzip.compress(CODE.encode()))
    (assets / f"{ENTRY}.br").write_bytes(b"whatever brotli makes of it")
    (assets / "inter-4f.woff2").write_bytes(b"wOF2")
    (assets / "folder.js").mkdir()
    return folder


@pytest.fixture
async def served(dist: Path, store: Store) -> AsyncIterator[House]:
    async with opened(settings_with(VIVAVOCE_WEB_DIST=str(dist)), store) as house:
        yield house


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_page_is_never_kept_and_loads_nothing_from_elsewhere(
    served: House, path: str, method: str
) -> None:
    answer = await served.call(method, path, key="")

    headers = answer.headers
    assert (200, "text/html; charset=utf-8") == (answer.status, headers["Content-Type"])
    assert "no-store" == headers["Cache-Control"]
    assert policy("ws://127.0.0.1:7880") == headers["Content-Security-Policy"]
    assert PERMISSIONS == headers["Permissions-Policy"]
    assert ("nosniff", "no-referrer") == (
        headers["X-Content-Type-Options"],
        headers["Referrer-Policy"],
    )
    assert "same-origin" == headers["Cross-Origin-Opener-Policy"]
    title = "Candidate ä" if path == "/i" else "Desk"
    assert ("" if method == "HEAD" else f"<!doctype html><title>{title}</title>") == (
        await answer.text()
    )


def test_a_page_may_call_the_room_and_nobody_else() -> None:
    [connect] = [part for part in policy("wss://sfu.example/").split("; ") if "connect" in part]

    assert "connect-src 'self' wss://sfu.example https://sfu.example" == connect
    assert "connect-src 'self' ws://[::1]:7880 http://[::1]:7880;" in policy("ws://[::1]:7880/x;y")
    assert "unsafe" not in policy("ws://127.0.0.1:7880")
    assert "*" not in policy("ws://127.0.0.1:7880")


def test_a_page_may_use_the_microphone_and_cannot_ask_where_somebody_is() -> None:
    named = PERMISSIONS.split(", ")

    assert {"microphone=(self)", "camera=(self)", "autoplay=(self)"} <= set(named)
    assert {"geolocation=()", "display-capture=()", "usb=()"} <= set(named)
    assert len(named) == len({name.partition("=")[0] for name in named})


async def test_nothing_but_a_candidates_link_leads_to_the_desk(served: House) -> None:
    answer = await served.call("GET", "/", key="", allow_redirects=False)

    assert (302, "/desk") == (answer.status, answer.headers["Location"])


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)]
)
async def test_a_file_is_kept_for_good_and_comes_compressed(
    served: House, dist: Path, accepted: str, encoding: str | None
) -> None:
    url, headers = served.client.make_url(f"/assets/{ENTRY}"), {"Accept-Encoding": accepted}
    async with ClientSession(auto_decompress=False) as client:
        answer = await client.get(url, headers=headers)
        sent = await answer.read()

    suffix = {"br": ".br", "gzip": ".gz", None: ""}[encoding]
    assert (dist / "assets" / f"{ENTRY}{suffix}").read_bytes() == sent
    assert (200, encoding) == (answer.status, answer.headers.get("Content-Encoding"))
    assert "public, max-age=31536000, immutable" == answer.headers["Cache-Control"]
    assert "text/javascript; charset=utf-8" == answer.headers["Content-Type"]
    assert "nosniff" == answer.headers["X-Content-Type-Options"]


async def test_a_file_is_what_the_build_left(served: House) -> None:
    headers = {"Accept-Encoding": "gzip"}
    code = await served.call("GET", f"/assets/{ENTRY}", key="", headers=headers)
    font = await served.call("GET", "/assets/inter-4f.woff2", key="")

    assert CODE == await code.text()
    assert ("font/woff2", b"wOF2") == (font.headers["Content-Type"], await font.read())


@pytest.mark.parametrize(
    "name",
    [
        "gone.js",
        f"{ENTRY}.gz",
        f"{ENTRY}.br",
        "folder.js",
        "..%2fsecret.txt",
        "..%2f..%2fsecret.txt",
        "%2e%2e%2fsecret.txt",
        ".hidden.js",
        "",
        "a/b.js",
        "%00.js",
        "x" * 4000 + ".js",
    ],
    ids=lambda name: name[:30],
)
async def test_what_the_build_did_not_leave_is_not_found(served: House, name: str) -> None:
    answer = await served.call("GET", f"/assets/{name}", key="")

    assert (404, "not_found") == (answer.status, (await answer.json(content_type=None))["code"])
    assert "no-store" == answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", *PATHS, f"/assets/{ENTRY}"])
async def test_pages_and_files_are_only_read(served: House, path: str) -> None:
    assert (405, "method_not_allowed") == await served.refusal("POST", path, key="")


@pytest.mark.parametrize("path", ["/I", "/i/x", "/desks", "/setup/x", "/candidate.html"])
async def test_a_path_beside_them_is_not_found(served: House, path: str) -> None:
    assert (404, "not_found") == await served.refusal("GET", path, key="")


async def test_a_page_of_another_origin_reads_none_of_ours(served: House) -> None:
    headers = {"Origin": "https://evil.example"}
    answers = [
        await served.call("GET", path, key="", headers=headers)
        for path in ("/i", "/desk", "/setup", f"/assets/{ENTRY}")
    ]

    assert [None] * 4 == [each.headers.get("Access-Control-Allow-Origin") for each in answers]
    assert {"same-origin"} == {each.headers["Cross-Origin-Resource-Policy"] for each in answers}


@pytest.mark.parametrize("path", PATHS)
async def test_before_the_build_a_page_says_what_to_do(
    store: Store, tmp_path: Path, path: str
) -> None:
    async with opened(settings_with(VIVAVOCE_WEB_DIST=str(tmp_path / "none")), store) as house:
        answer = await house.call("GET", path, key="")
        said = await answer.text()
        asset = await house.refusal("GET", "/assets/a.js", key="")

    assert (503, "text/html; charset=utf-8") == (answer.status, answer.headers["Content-Type"])
    assert "make setup" in said
    assert (404, "not_found") == asset


async def test_the_pages_are_no_part_of_the_contract(served: House) -> None:
    document = await served.get("/v1/openapi.json", key="")

    assert set() == set(document["paths"]) & {"/", *PAGES, "/assets/{name}"}


def test_where_the_pages_lie_can_be_said(settings: Settings) -> None:
    assert ("web", "dist") == settings.web_dist.parts[-2:]
