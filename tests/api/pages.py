"""Pages of other origins, as the browser lets them call and read."""

from aiohttp import ClientResponse

from tests.api.house import House, Json

OURS, THEIRS = "https://careers.example", "https://jobs.example"
HOSTILE = [
    "https://evil.example",
    "https://careers.example.evil.example",
    "https://evilcareers.example",
    "https://careers.example:8443",
    "http://careers.example",
    "https://careers.example/",
    "https://careers.example/page",
    "https://Careers.example",
    "HTTPS://CAREERS.EXAMPLE",
    "null",
    "*",
    "",
    "https://careers.example https://evil.example",
]
CREDENTIALS = "Access-Control-Allow-Credentials"


async def allow(house: House, *origins: str, key: str | None = None) -> None:
    answer = await house.call(
        "PATCH",
        "/v1/settings",
        json={"allowed_origins": list(origins)},
        headers={"If-Match": "*"},
        key=key,
    )
    assert 200 == answer.status


async def from_page(
    house: House, origin: str, method: str = "GET", path: str = "/v1/jobs", **options: Json
) -> ClientResponse:
    headers = {"Origin": origin, **options.pop("headers", {})}
    return await house.call(method, path, headers=headers, **options)


async def preflight(
    house: House, path: str, origin: str = OURS, method: str = "POST"
) -> ClientResponse:
    said = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return await house.call("OPTIONS", path, headers=said, key="")


def opened(answer: ClientResponse) -> str | None:
    """The origin whose pages may read it; credentials are allowed to none."""
    assert CREDENTIALS not in answer.headers
    return answer.headers.get("Access-Control-Allow-Origin")


def told(answer: ClientResponse) -> set[str]:
    return {name for name in answer.headers if name.lower().startswith("access-control-")}
