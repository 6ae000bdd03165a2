"""Each process is told what it needs and nothing else."""

from pathlib import Path

import pytest

from agent.provision import hearing_for, voice_for
from interview.languages import LANGUAGES, SPOKEN
from local.environment import EMBEDDED_LANGUAGES, common, environment, mail_folder, replaced
from local.errors import LocalError
from local.ports import Ports
from local.secrets import Secrets
from local.speech.protocol.listen import parse_listen_query
from local.speech.protocol.refusals import Refused
from local.speech.settings import PREFIX
from local.speech.settings import Settings as SpeechSettings
from local.speech.voices import voice_of

pytestmark = pytest.mark.unit

SECRETS = Secrets()
FOLDER = Path("/data")


def test_the_agent_gets_no_way_to_the_database_and_no_key_of_the_vault() -> None:
    agent = environment(SECRETS, Ports(), FOLDER)["agent"]

    assert not {"DATABASE_URL", "VIVAVOCE_INSTALLATION_KEY", "VIVAVOCE_KEY_PEPPER"} & agent.keys()
    private = {
        SECRETS.db_app_password,
        SECRETS.db_owner_password,
        SECRETS.db_admin_password,
        SECRETS.installation_key,
        SECRETS.key_pepper,
    }
    assert not [value for value in agent.values() if any(secret in value for secret in private)]


def test_only_the_migrations_may_change_tables() -> None:
    told = environment(SECRETS, Ports(), FOLDER)

    knowing = {
        name for name, variables in told.items() if SECRETS.db_owner_password in str(variables)
    }
    assert {"db", "migrations"} == knowing


def test_the_speech_key_is_what_the_agent_shows_and_the_speech_server_expects() -> None:
    told = environment(SECRETS, Ports(speech=4711), FOLDER)

    assert told["speech"]["VIVAVOCE_SPEECH_KEY"] == told["agent"]["DEEPGRAM_API_KEY"]
    assert "http://127.0.0.1:4711/v1/listen" == told["agent"]["VIVAVOCE_STT_URL"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_embedded_recogniser_and_voices_say_who_they_are(code: str) -> None:
    agent = environment(SECRETS, Ports(), FOLDER)["agent"]
    voice = voice_for(code, agent["VIVAVOCE_TTS_MODEL"])

    assert "pocketsphinx" == hearing_for(code, agent["VIVAVOCE_STT_MODEL"])
    assert f"espeak-ng-{code}" == voice
    assert voice_of(voice) == voice_of(LANGUAGES[code].tts_voice)


def test_a_database_outside_replaces_the_embedded_one() -> None:
    given = {
        "DATABASE_URL": "postgresql://app@db/x",
        "VIVAVOCE_OWNER_DATABASE_URL": "postgresql://o@db/x",
    }

    told = environment(SECRETS, Ports(), FOLDER, given)

    assert {"db"} == replaced(given)
    assert "postgresql://app@db/x" == told["api"]["DATABASE_URL"] == told["worker"]["DATABASE_URL"]
    assert "postgresql://o@db/x" == told["migrations"]["VIVAVOCE_OWNER_DATABASE_URL"]


@pytest.mark.parametrize(
    ("given", "jobs"),
    [
        ({}, "8"),
        ({"VIVAVOCE_AGENT_MAX_JOBS": "3"}, "3"),
        ({"VIVAVOCE_SPEECH_MAX_STREAMS": "5"}, "5"),
    ],
)
def test_the_agent_takes_as_many_interviews_as_the_embedded_server_hears(
    given: dict[str, str], jobs: str
) -> None:
    told = environment(SECRETS, Ports(), FOLDER, given)

    assert jobs == told["agent"]["VIVAVOCE_AGENT_MAX_JOBS"]
    assert jobs == told["speech"]["VIVAVOCE_SPEECH_MAX_STREAMS"]


def test_a_speech_service_outside_does_not_bound_the_interviews() -> None:
    told = environment(SECRETS, Ports(), FOLDER, {"DEEPGRAM_API_KEY": "theirs"})

    assert "VIVAVOCE_AGENT_MAX_JOBS" not in told["agent"]


@pytest.mark.parametrize(
    ("given", "languages"),
    [
        ({}, "en"),
        ({"VIVAVOCE_LANGUAGES": "de"}, "en"),
        ({"DEEPGRAM_API_KEY": "theirs"}, None),
        ({"DEEPGRAM_API_KEY": "theirs", "VIVAVOCE_LANGUAGES": "de,fr"}, "de,fr"),
    ],
)
def test_the_api_is_told_what_the_embedded_recogniser_does_not_understand(
    given: dict[str, str], languages: str | None
) -> None:
    told = environment(SECRETS, Ports(), FOLDER, given)

    assert languages == told["api"].get("VIVAVOCE_LANGUAGES")


def test_the_embedded_recogniser_hears_what_it_is_said_to_and_refuses_the_rest() -> None:
    asked = {"encoding": "linear16"}

    heard = parse_listen_query(asked | {"language": EMBEDDED_LANGUAGES}, streaming=True)
    assert EMBEDDED_LANGUAGES == heard.language
    for language in SPOKEN - {EMBEDDED_LANGUAGES}:
        with pytest.raises(Refused):
            parse_listen_query(asked | {"language": language}, streaming=True)


def test_the_embedded_voices_speak_every_language() -> None:
    assert [] == [row.code for row in LANGUAGES.values() if not voice_of(row.tts_voice)]


def test_every_setting_of_the_speech_server_is_handed_on() -> None:
    own = {"host", "port", "key", "log_level", "log_format"}
    names = {f"{PREFIX}{name.upper()}": "7" for name in SpeechSettings.model_fields.keys() - own}

    told = environment(SECRETS, Ports(), FOLDER, names)["speech"]

    assert names.items() <= told.items()


@pytest.mark.parametrize("owner", [None, "", "postgresql://app@db/x"])
def test_a_database_outside_needs_two_roles(owner: str | None) -> None:
    given = {"DATABASE_URL": "postgresql://app@db/x"}
    if owner is not None:
        given["VIVAVOCE_OWNER_DATABASE_URL"] = owner

    with pytest.raises(LocalError, match="^VIVAVOCE_OWNER_DATABASE_URL: expected"):
        environment(SECRETS, Ports(), FOLDER, given)


def test_a_speech_service_outside_gets_its_own_key_at_its_own_address() -> None:
    told = environment(SECRETS, Ports(), FOLDER, {"DEEPGRAM_API_KEY": "theirs"})

    assert "theirs" == told["agent"]["DEEPGRAM_API_KEY"]
    assert "https://api.deepgram.com/v1/listen" == told["agent"]["VIVAVOCE_STT_URL"]
    assert SECRETS.speech_key not in told["agent"].values()


def test_a_language_model_is_named_to_the_agent_and_never_to_the_speech_server() -> None:
    told = environment(SECRETS, Ports(), FOLDER, {"LLM_BASE_URL": "http://llm", "LLM_API_KEY": "k"})

    assert "http://llm" == told["agent"]["LLM_BASE_URL"]
    assert "LLM_API_KEY" not in told["speech"]


def test_the_shell_s_other_variables_do_not_reach_a_process() -> None:
    assert {"PATH": "/bin", "PYTHONUNBUFFERED": "1"} == common({"PATH": "/bin", "AWS_SECRET": "x"})


def test_webhooks_to_this_machine_are_allowed_only_by_who_says_so() -> None:
    name = "VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK"

    told = environment(SECRETS, Ports(), FOLDER, {name: "true"})

    assert {"api", "worker"} == {process for process, said in told.items() if name in said}
    assert not [
        process for process, said in environment(SECRETS, Ports(), FOLDER).items() if name in said
    ]


def test_how_far_sign_in_reaches_is_told_to_the_api_alone_and_only_by_who_says_so() -> None:
    name = "VIVAVOCE_SIGN_IN_REACH"

    told = environment(SECRETS, Ports(), FOLDER, {name: "private"})

    assert {"api": "private"} == {who: said[name] for who, said in told.items() if name in said}
    assert not [who for who, said in environment(SECRETS, Ports(), FOLDER).items() if name in said]


def test_mails_become_files_beside_the_other_data_unless_a_server_takes_them() -> None:
    server = {"VIVAVOCE_SMTP_URL": "smtp://u:p@mail.example", "VIVAVOCE_MAIL_FROM": "a@b.example"}

    alone = environment(SECRETS, Ports(), FOLDER)
    told = environment(SECRETS, Ports(), FOLDER, server)
    moved = environment(SECRETS, Ports(), FOLDER, {"VIVAVOCE_MAIL_FOLDER": "/elsewhere"})

    assert "/data/mails" == mail_folder(alone)
    assert "/elsewhere" == mail_folder(moved)
    assert mail_folder(told) is None
    assert server.items() <= told["worker"].items()
    assert {"worker"} == {name for name, said in told.items() if "VIVAVOCE_SMTP_URL" in said}


def test_links_lead_where_candidates_can_go_whoever_tells_them() -> None:
    name = "VIVAVOCE_PUBLIC_URL"
    told = environment(SECRETS, Ports(), FOLDER, {name: "https://viv.example"})
    alone = environment(SECRETS, Ports(), FOLDER)

    assert {"api", "worker"} == {process for process, said in told.items() if name in said}
    assert "https://viv.example" == told["api"][name] == told["worker"][name]
    assert not [process for process, said in alone.items() if name in said]


def test_the_worker_alone_is_told_who_judges() -> None:
    judge = {"VIVAVOCE_JUDGE_MODELS": "small, large", "VIVAVOCE_JUDGE_RUNS": "5"}

    told = environment(SECRETS, Ports(), FOLDER, judge)

    assert judge.items() <= told["worker"].items()
    assert {"worker"} == {name for name, said in told.items() if judge.keys() & said.keys()}
