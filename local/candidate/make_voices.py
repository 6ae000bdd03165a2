"""Makes a set of fixture speech from its script: `python -m local.candidate.make_voices FOLDER`.

Only for whoever changes the sentences; nothing else needs it. It wants `flite` 2.2 on PATH (Debian:
`apt-get install flite`) for the voices `rms` and `slt`. FOLDER holds `script.yaml`, a list of
`{id, kind, voice, text}`; `[1.5]` in a text is a pause of exactly 1.5 s, counted between loud
windows as `local.candidate.sound` counts them. Where a pause stands inside a clause the voice is
given a comma, so that it draws breath there; the index keeps the text as scripted.
The word times are the voice's own: flite prints the end of every phone.
"""

import re
import sys
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import av
import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from local.candidate import flite
from local.candidate.clips import ENTRIES, INDEX, ClipEntry, PauseKind, decode
from local.candidate.sound import RATE, WINDOW_S, Pcm, Span, loud_spans

BIT_RATE = 32_000
LEVEL_DBFS = -20.0
HEAD_S, TAIL_S = 0.05, 0.20
PAUSE = re.compile(r"\[(\d+(?:\.\d+)?)\]")
SCRIPT = "script.yaml"


class ScriptedClip(BaseModel):
    """One line of a script. `phones` replaces the text for the voice, for sounds like mm-hm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: str
    voice: str
    text: str
    phones: str | None = None


@dataclass(frozen=True)
class Said:
    """A text taken apart: its words, and its pauses as {index of the next word: seconds}."""

    tokens: tuple[str, ...]
    pauses: dict[int, float]

    def kind_of_pause(self, before: int) -> PauseKind:
        return "sentence" if self.tokens[before - 1][-1] in ".?!" else "clause"

    def for_the_voice(self) -> str:
        """The text with a comma wherever a pause stands without punctuation."""
        breaths = {at - 1 for at in self.pauses if at and self.tokens[at - 1][-1].isalnum()}
        return " ".join(t + "," if at in breaths else t for at, t in enumerate(self.tokens))


@dataclass
class Take:
    """Sound at 16 kHz with the times of its words, while it is being cut."""

    pcm: Pcm
    words: list[tuple[float, float]]

    def shift(self, first: int, by_s: float) -> None:
        self.words[first:] = [(start + by_s, end + by_s) for start, end in self.words[first:]]


def parse(text: str) -> Said:
    """Separates the words of a script line from its `[seconds]` marks."""
    tokens: list[str] = []
    pauses: dict[int, float] = {}
    for piece in text.split():
        if mark := PAUSE.fullmatch(piece):
            pauses[len(tokens)] = float(mark[1])
        else:
            tokens.append(piece)
    return Said(tuple(tokens), pauses)


def plain(token: str) -> str:
    """A word as a recogniser writes it: lower case, no punctuation around it."""
    return token.lower().strip(".,?!;:")


def record(line: ScriptedClip, said: Said) -> Take:
    """Speaks the line. Raises `ValueError` when the phones do not divide into its words."""
    if line.phones is not None:
        pcm, phones = flite.sound_out(line.voice, line.phones)
        counts = [sum(name != flite.SILENT for name, _, _ in phones)]
    else:
        pcm, phones = flite.speak(line.voice, said.for_the_voice())
        counts = [flite.phones_in(plain(token), line.voice) for token in said.tokens]
    spoken = [(start, end) for name, start, end in phones if name != flite.SILENT]
    if sum(counts) != len(spoken):
        raise ValueError(f"{line.id}: {len(spoken)} phones, but its words have {sum(counts)}")
    lasts = list(accumulate(counts))
    words = [
        (spoken[last - n][0], spoken[last - 1][1]) for n, last in zip(counts, lasts, strict=True)
    ]
    return Take(level(pcm), words)


def level(pcm: Pcm) -> Pcm:
    """The same sound with its RMS level at `LEVEL_DBFS` where it is loud."""
    spans = loud_spans(pcm, flite.RATE)
    loud = np.concatenate([pcm[_at(s.start_s) : _at(s.end_s)] for s in spans]).astype(np.float64)
    gain = 32768.0 * 10 ** (LEVEL_DBFS / 20) / np.sqrt((loud**2).mean())
    return np.asarray(np.clip(np.round(pcm * gain), -32768, 32767), dtype=np.int16)


def insert_pause(take: Take, before: int, length_s: float) -> None:
    """Cuts at the quietest window ahead of word `before`; the quiet there becomes `length_s`."""
    window = _at(WINDOW_S)
    first, last = (_at(t) // window for t in (take.words[before - 1][1], take.words[before][0]))
    gap = take.pcm[first * window : last * window].astype(np.int64).reshape(-1, window)
    cut = (first + int((gap**2).sum(axis=1).argmin())) * window + window // 2
    head, tail = take.pcm[:cut].copy(), take.pcm[cut:].copy()
    ramp = np.linspace(0.0, 1.0, window // 2)
    head[-len(ramp) :] = np.round(head[-len(ramp) :] * ramp[::-1])
    tail[: len(ramp)] = np.round(tail[: len(ramp)] * ramp)
    quiet_s = _quiet_around(head, tail)
    silence = np.zeros(_at(length_s - quiet_s), dtype=np.int16)
    take.pcm = np.concatenate([head, silence, tail])
    take.shift(before, len(silence) / flite.RATE)


def trim(take: Take, lead_s: float) -> None:
    """First loud window after `lead_s`, `TAIL_S` of decay at the end."""
    spans = loud_spans(take.pcm, flite.RATE)
    start, end = spans[0].start_s, spans[-1].end_s
    kept_s = min(start, HEAD_S)
    lead = np.zeros(_at(lead_s - kept_s), dtype=np.int16)
    body = take.pcm[_at(start - kept_s) : _at(end + TAIL_S)]
    take.pcm = np.concatenate([lead, body, np.zeros(_at(TAIL_S), dtype=np.int16)])
    take.shift(0, lead_s - start)


def encode(pcm: Pcm, path: Path) -> None:
    """Writes 16 kHz samples as mono Ogg/Opus at 48 kHz."""
    with av.open(str(path), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, options={"application": "audio"})
        stream.layout = "mono"
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = flite.RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def make(line: ScriptedClip, folder: Path) -> ClipEntry:
    """Speaks, cuts and stores one clip; its loudness is measured on what was stored."""
    said = parse(line.text)
    take = record(line, said)
    for before in sorted((at for at in said.pauses if at), reverse=True):
        insert_pause(take, before, said.pauses[before])
    trim(take, said.pauses.get(0, HEAD_S))
    path = folder / f"{line.id}.ogg"
    encode(take.pcm, path)
    stored = decode(path)
    spans = loud_spans(stored, join_s=0.0)
    return ClipEntry(
        id=line.id,
        voice=line.voice,
        kind=line.kind,
        text=" ".join(said.tokens),
        words=tuple(
            (plain(token), round(start, 3), round(end, 3))
            for token, (start, end) in zip(said.tokens, take.words, strict=True)
        ),
        pauses=tuple(
            (_quiet_before(spans, take.words[at][0]), length_s, said.kind_of_pause(at))
            for at, length_s in sorted(said.pauses.items())
            if at
        ),
        file=path.name,
        duration_s=round(len(stored) / RATE, 3),
        first_loud_s=round(spans[0].start_s, 3),
        last_loud_s=round(spans[-1].end_s, 3),
    )


def main(folder: Path) -> None:
    """Makes every clip of `folder/script.yaml` and the index beside them."""
    script = TypeAdapter(list[ScriptedClip]).validate_python(
        yaml.safe_load((folder / SCRIPT).read_text())
    )
    entries = tuple(make(line, folder) for line in script)
    lines = ",\n".join(entry.model_dump_json() for entry in entries)
    (folder / INDEX).write_text(f"[\n{lines}\n]\n")
    ENTRIES.validate_json((folder / INDEX).read_bytes())
    for entry in entries:
        print(
            f"{entry.id:<24} {entry.voice}  {entry.duration_s:5.2f} s  {len(entry.words):3} words"
        )


def _at(seconds: float) -> int:
    return round(seconds * flite.RATE)


def _quiet_around(head: Pcm, tail: Pcm) -> float:
    """Seconds of quiet at the end of `head` and the start of `tail` together."""
    before = len(head) / flite.RATE - loud_spans(head, flite.RATE)[-1].end_s
    return before + loud_spans(tail, flite.RATE)[0].start_s


def _quiet_before(spans: tuple[Span, ...], word_s: float) -> float:
    """When the last loud span that began clearly before `word_s` ended."""
    return round(max(s.end_s for s in spans if s.start_s < word_s - 0.2), 3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
