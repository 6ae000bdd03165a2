"""What travels between the server and its engines: a kind, a length, and that many bytes."""

import os
import select
import struct
from dataclasses import dataclass
from enum import IntEnum

HEADER = struct.Struct(">BI")
MAX_BYTES = 1 << 26
READ_BYTES = 1 << 16


class Kind(IntEnum):
    """What a frame means; requests go to the engine, the others come from it."""

    BEGIN = 1
    AUDIO = 2
    FINALIZE = 3
    END = 4
    SPEAK = 5
    READY = 16
    EVENT = 17
    PCM = 18
    FAULT = 19


@dataclass(frozen=True)
class Frame:
    """One message; the payload is PCM (s16le) or JSON, as its kind says."""

    kind: Kind
    payload: bytes = b""

    def packed(self) -> bytes:
        return HEADER.pack(self.kind, len(self.payload)) + self.payload


def unpack_header(header: bytes) -> tuple[Kind, int]:
    """Kind and payload length; raises ValueError when this is no header of ours."""
    kind, length = HEADER.unpack(header)
    if length > MAX_BYTES:
        raise ValueError(f"a frame of {length} bytes")
    return Kind(kind), length


class EnginePipe:
    """The engine's end: blocking, over standard input and output.

    The end of input means that the server is gone, however it died.
    """

    def __init__(self, incoming: int = 0, outgoing: int = 1) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._buffer = bytearray()

    def receive(self, timeout_s: float | None = None) -> Frame | None:
        """The next frame, or None after `timeout_s` without one; raises EOFError at the end."""
        while (frame := self._take()) is None:
            if not select.select([self._incoming], [], [], timeout_s)[0]:
                return None
            if not (more := os.read(self._incoming, READ_BYTES)):
                raise EOFError
            self._buffer += more
        return frame

    def send(self, frame: Frame) -> None:
        """Raises BrokenPipeError when the server is gone."""
        rest = memoryview(frame.packed())
        while rest:
            rest = rest[os.write(self._outgoing, rest) :]

    def _take(self) -> Frame | None:
        if len(self._buffer) < HEADER.size:
            return None
        kind, length = unpack_header(bytes(self._buffer[: HEADER.size]))
        end = HEADER.size + length
        if len(self._buffer) < end:
            return None
        payload = bytes(self._buffer[HEADER.size : end])
        del self._buffer[:end]
        return Frame(kind, payload)


def private_output() -> int:
    """Our standard output for frames alone: what a library prints goes to standard error."""
    ours = os.dup(1)
    os.dup2(2, 1)
    return ours
