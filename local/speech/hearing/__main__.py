"""The engine: reads audio from the server, answers with what it hears, ends with the server."""

import json
import signal

from local.speech.frames import EnginePipe, Frame, Kind, private_output
from local.speech.hearing.events import Event, Listening, packed
from local.speech.hearing.listener import Listener
from local.speech.hearing.recognizer import Recognizer

STALL_S = 1.0
"""When audio stops in the middle of an utterance (a lost network), its words come after this."""


def serve(pipe: EnginePipe, recognizer: Recognizer) -> None:
    """One stream, from its BEGIN to its END."""
    begin = pipe.receive()
    assert begin is not None
    how = Listening(**json.loads(begin.payload))
    recognizer.min_confidence = how.min_confidence
    listener = Listener(recognizer, how)
    kind: Kind | None = Kind.BEGIN
    while kind is not Kind.END:
        frame = pipe.receive(STALL_S if listener.in_speech else None)
        kind = frame.kind if frame else None
        for event in _heard(listener, frame):
            pipe.send(Frame(Kind.EVENT, packed(event)))


def _heard(listener: Listener, frame: Frame | None) -> list[Event]:
    if frame is None:
        return list(listener.finish(asked=False))
    match frame.kind:
        case Kind.AUDIO:
            return list(listener.hear(frame.payload))
        case Kind.FINALIZE:
            return list(listener.finish(asked=True))
        case Kind.END:
            return list(listener.end())
        case _:
            raise ValueError(f"not for this engine: {frame.kind.name}")


def main() -> None:
    # Ctrl-C reaches the whole group; the server decides when we end, by closing our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe = EnginePipe(outgoing=private_output())
    recognizer = Recognizer()
    try:
        pipe.send(Frame(Kind.READY))
        serve(pipe, recognizer)
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
