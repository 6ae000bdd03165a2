"""Which process is told what: the one place that hands out settings and secrets."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from local.errors import LocalError
from local.ports import LOOPBACK, Ports
from local.postgres import roles
from local.postgres.server import url
from local.secrets import Secrets, load_or_create

Variables = dict[str, str]

# The data of the installation that `make up` runs; demo, tests and bench have folders of their own.
DATA = Path(__file__).parents[1] / ".local"

# What every process may know of the shell that it was started from.
COMMON = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")

# Settings of outside services, handed on as they are to the process that uses them.
LANGUAGE_MODEL = ("LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL")
JUDGE = ("VIVAVOCE_JUDGE_MODELS", "VIVAVOCE_JUDGE_RUNS", "VIVAVOCE_RATER_GATE")
SPEECH_MODELS = ("VIVAVOCE_STT_URL", "VIVAVOCE_TTS_URL", "VIVAVOCE_STT_MODEL", "VIVAVOCE_TTS_MODEL")
DEEPGRAM = {
    "VIVAVOCE_STT_URL": "https://api.deepgram.com/v1/listen",
    "VIVAVOCE_TTS_URL": "https://api.deepgram.com/v1/speak",
}
AGENT = ("VIVAVOCE_AGENT_MAX_JOBS", "VIVAVOCE_AGENT_NUDGE_S")
LANGUAGES = "VIVAVOCE_LANGUAGES"
# What the embedded recogniser understands; its voices speak more.
EMBEDDED_LANGUAGES = "en"
# Who hears and speaks is written into every log; our servers say who they are.
EMBEDDED_STT = "pocketsphinx"
EMBEDDED_TTS = "espeak-ng-en, espeak-ng-es, espeak-ng-de, espeak-ng-fr"
# Each interview takes one stream of the embedded speech server, a process with a fifth of a core.
EMBEDDED_JOBS = "8"
SPEECH = tuple(
    f"VIVAVOCE_SPEECH_{name}"
    for name in ("WARM", "MAX_SPEAKERS", "PAUSE_MS", "MIN_CONFIDENCE", "IDLE_S", "MAX_UPLOAD_MB")
)
PUBLIC_URL = "VIVAVOCE_PUBLIC_URL"
MAIL = ("VIVAVOCE_SMTP_URL", "VIVAVOCE_MAIL_FROM", "VIVAVOCE_MAIL_FOLDER")
PROVIDERS = ("VIVAVOCE_PROVIDERS_REACH", "VIVAVOCE_PRICES")
WEBHOOKS = ("VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK",)
API = (
    "VIVAVOCE_SIGN_IN_REACH",
    "VIVAVOCE_PROXIES",
    "VIVAVOCE_RATE_KEY",
    "VIVAVOCE_RATE_TENANT",
    "VIVAVOCE_RATE_ADDRESS",
    "VIVAVOCE_RATE_GUESS",
    "VIVAVOCE_IN_FLIGHT",
    "VIVAVOCE_STREAMS",
)
LOGGING = ("VIVAVOCE_LOG_LEVEL", "VIVAVOCE_LOG_FORMAT")

# The variable that replaces an embedded server by one outside.
OWNER_URL = "VIVAVOCE_OWNER_DATABASE_URL"
REPLACES = {"db": "DATABASE_URL", "sfu": "LIVEKIT_URL", "speech": "DEEPGRAM_API_KEY"}


def environment(
    secrets: Secrets, ports: Ports, data_dir: Path, given: Mapping[str, str] | None = None
) -> dict[str, Variables]:
    """The variables of each process by its name, and of `migrations`; nothing else reaches them.

    `given` holds the settings of the person who starts it all (for `up`, the shell's variables): a
    server named there replaces the embedded one. Without it everything is embedded. Raises
    `LocalError` for a database without its two roles.
    """
    given = given or {}
    database = _database(secrets, ports, given)
    room = _room(secrets, ports, given)
    objects = given.get("VIVAVOCE_OBJECTS_URL") or (data_dir / "objects").absolute().as_uri()
    vault = {
        "VIVAVOCE_INSTALLATION_KEY": secrets.installation_key,
        "VIVAVOCE_OBJECTS_URL": objects,
    }
    api_url = {"VIVAVOCE_API_URL": api_address(ports)}
    log, hooks = _chosen(given, LOGGING), _chosen(given, WEBHOOKS)
    return {
        "db": _db(secrets, ports, data_dir),
        "migrations": {OWNER_URL: database["owner"], **log},
        "sfu": _sfu(ports, data_dir) | room,
        "speech": _speech(secrets, ports, given) | log,
        "api": {
            "DATABASE_URL": database["app"],
            "VIVAVOCE_API_HOST": LOOPBACK,
            "VIVAVOCE_API_PORT": str(ports.api),
            "VIVAVOCE_AGENT_KEY": secrets.agent_key,
            "VIVAVOCE_KEY_PEPPER": secrets.key_pepper,
            "VIVAVOCE_GRAPHQL_INTROSPECTION": given.get("VIVAVOCE_GRAPHQL_INTROSPECTION", "true"),
            **(room | vault | api_url | hooks | log),
            **_chosen(given, (*API, *PROVIDERS, PUBLIC_URL)),
            **_languages(given),
        },
        "agent": {
            "VIVAVOCE_AGENT_KEY": secrets.agent_key,
            "VIVAVOCE_AGENT_PORT": str(ports.agent),
            "VIVAVOCE_SPOOL_DIR": str((data_dir / "spool").absolute()),
            **(room | api_url | log),
            **_speech_client(secrets, ports, given),
            **_chosen(given, (*LANGUAGE_MODEL, *PROVIDERS, *AGENT)),
        },
        "worker": {
            "DATABASE_URL": database["app"],
            **(room | vault | api_url | hooks | log),
            **_chosen(given, (*LANGUAGE_MODEL, *PROVIDERS, *JUDGE, PUBLIC_URL)),
            **_mail(data_dir, given),
        },
    }


def of_this_machine(shell: Mapping[str, str]) -> dict[str, Variables]:
    """The variables of the installation that `make up` runs here; for commands that join it."""
    return environment(load_or_create(DATA), Ports.from_settings(shell), DATA, shell)


def common(shell: Mapping[str, str]) -> Variables:
    """What a process needs of the shell, and unbuffered output so that its log is current."""
    return {**_chosen(shell, COMMON), "PYTHONUNBUFFERED": "1"}


def replaced(given: Mapping[str, str]) -> set[str]:
    """The embedded servers that `given` replaces by outside ones."""
    return {name for name, variable in REPLACES.items() if given.get(variable)}


def api_address(ports: Ports) -> str:
    """Where the API answers."""
    return f"http://{LOOPBACK}:{ports.api}"


def _database(secrets: Secrets, ports: Ports, given: Mapping[str, str]) -> Variables:
    if app := given.get("DATABASE_URL"):
        owner = given.get(OWNER_URL)
        if not owner or owner == app:
            raise LocalError(
                f"{OWNER_URL}: expected, beside DATABASE_URL, the URL of another role that owns "
                "the tables; only migrations use it"
            )
        return {"app": app, "owner": owner}
    return {
        "app": url(roles.APP, secrets.db_app_password, ports.db, roles.DATABASE),
        "owner": url(roles.OWNER, secrets.db_owner_password, ports.db, roles.DATABASE),
    }


def _db(secrets: Secrets, ports: Ports, data_dir: Path) -> Variables:
    return {
        "VIVAVOCE_DB_FOLDER": str(data_dir.absolute()),
        "VIVAVOCE_DB_PORT": str(ports.db),
        "VIVAVOCE_DB_ADMIN_PASSWORD": secrets.db_admin_password,
        "VIVAVOCE_DB_OWNER_PASSWORD": secrets.db_owner_password,
        "VIVAVOCE_DB_APP_PASSWORD": secrets.db_app_password,
    }


def _room(secrets: Secrets, ports: Ports, given: Mapping[str, str]) -> Variables:
    embedded = {
        "LIVEKIT_URL": f"ws://{LOOPBACK}:{ports.sfu}",
        "LIVEKIT_API_KEY": secrets.livekit_api_key,
        "LIVEKIT_API_SECRET": secrets.livekit_api_secret,
    }
    return _chosen(given, embedded) if "sfu" in replaced(given) else embedded


def _sfu(ports: Ports, data_dir: Path) -> Variables:
    return {
        "VIVAVOCE_SFU_FOLDER": str((data_dir / "sfu").absolute()),
        "VIVAVOCE_SFU_PORT": str(ports.sfu),
        "VIVAVOCE_SFU_UDP_PORT": str(ports.sfu_udp),
    }


def mail_folder(variables: Mapping[str, Variables]) -> str | None:
    """Where mails lie as files; None when a server takes them."""
    return variables["worker"].get("VIVAVOCE_MAIL_FOLDER")


def _mail(data_dir: Path, given: Mapping[str, str]) -> Variables:
    """Files, for whoever has named no mail server."""
    chosen = _chosen(given, MAIL)
    if "VIVAVOCE_SMTP_URL" in chosen or "VIVAVOCE_MAIL_FOLDER" in chosen:
        return chosen
    return {"VIVAVOCE_MAIL_FOLDER": str((data_dir / "mails").absolute()), **chosen}


def _speech(secrets: Secrets, ports: Ports, given: Mapping[str, str]) -> Variables:
    return {
        "VIVAVOCE_SPEECH_HOST": LOOPBACK,
        "VIVAVOCE_SPEECH_PORT": str(ports.speech),
        "VIVAVOCE_SPEECH_KEY": secrets.speech_key,
        "VIVAVOCE_SPEECH_MAX_STREAMS": given.get("VIVAVOCE_SPEECH_MAX_STREAMS") or _jobs(given),
        **_chosen(given, SPEECH),
    }


def _speech_client(secrets: Secrets, ports: Ports, given: Mapping[str, str]) -> Variables:
    if "speech" in replaced(given):
        return DEEPGRAM | _chosen(given, ("DEEPGRAM_API_KEY", *SPEECH_MODELS))
    base = f"http://{LOOPBACK}:{ports.speech}/v1"
    return {
        "VIVAVOCE_AGENT_MAX_JOBS": _jobs(given),
        "DEEPGRAM_API_KEY": secrets.speech_key,
        "VIVAVOCE_STT_URL": f"{base}/listen",
        "VIVAVOCE_TTS_URL": f"{base}/speak",
        "VIVAVOCE_STT_MODEL": EMBEDDED_STT,
        "VIVAVOCE_TTS_MODEL": EMBEDDED_TTS,
    }


def _languages(given: Mapping[str, str]) -> Variables:
    """What interviews may be held in: what the servers outside know, or the embedded one."""
    is_outside = "speech" in replaced(given)
    return _chosen(given, (LANGUAGES,)) if is_outside else {LANGUAGES: EMBEDDED_LANGUAGES}


def _jobs(given: Mapping[str, str]) -> str:
    """How many interviews the agent takes: no more than the embedded speech server can hear."""
    asked = given.get("VIVAVOCE_AGENT_MAX_JOBS") or given.get("VIVAVOCE_SPEECH_MAX_STREAMS")
    return asked or EMBEDDED_JOBS


def _chosen(given: Mapping[str, str], names: Iterable[str]) -> Variables:
    return {name: given[name] for name in names if name in given}
