"""Events and turns as the JSON that is sealed."""

from pydantic import TypeAdapter
from pydantic_core import to_json

from interview.events import Fact, SpeechHeard, Word
from interview.store.sealed import SPOKEN
from interview.turns import Turn

WORDS: TypeAdapter[tuple[Word, ...]] = TypeAdapter(tuple[Word, ...])
SPEECH = b'{"spoken":%b,"generated":%b,"words":[%b],"written":%b,"filing":%b,"correction":%b}'
_words = WORDS.serializer.to_json


class Spelling:
    """Spells what a batch says. Words are most of it, and each is sealed twice, in an event and in
    a turn: they are spelled once."""

    def __init__(self) -> None:
        # By the first of its words; they are kept, so that no other object takes their place.
        self._pieces: dict[int, tuple[tuple[Word, ...], bytes]] = {}

    def fact(self, fact: Fact) -> bytes:
        """A fact as JSON."""
        if not (isinstance(fact, SpeechHeard) and fact.words):
            return to_json(fact)
        words = _words(fact.words)
        self._pieces[id(fact.words[0])] = fact.words, words[1:-1]
        return b'%b,"words":%b}' % (to_json(fact, exclude={"words"})[:-1], words)

    def speech(self, turn: Turn) -> bytes:
        """`Speech` of a turn as JSON, its fields in their order."""
        pieces, at = [], 0
        while at < len(turn.words):
            words, spelled = self._pieces.get(id(turn.words[at]), ((), b""))
            if not words or turn.words[at : at + len(words)] != words:
                return to_json(turn, include=SPOKEN)
            pieces.append(spelled)
            at += len(words)
        return SPEECH % (
            to_json(turn.spoken),
            to_json(turn.generated),
            b",".join(pieces),
            to_json(turn.written),
            to_json(turn.filing),
            to_json(turn.correction),
        )
