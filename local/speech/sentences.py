"""Text that comes word by word, handed on sentence by sentence."""

import re

# Enough for one breath; a sentence longer than this is spoken in pieces, for the first sound.
LONGEST = 240
# A mark that ends a sentence, with the space that shows it was not "3.5" or "example.com".
END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")
ABBREVIATIONS = frozenset({"mr", "mrs", "ms", "dr", "st", "prof", "vs", "e.g", "i.e", "etc", "no"})


class SentenceBuffer:
    """Collects pieces of text."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, text: str) -> list[str]:
        """The sentences that are complete now."""
        self._text += text
        complete: list[str] = []
        start = 0
        for end in END.finditer(self._text):
            if not _abbreviated(self._text[start : end.start()]):
                complete += pieces(self._text[start : end.end()])
                start = end.end()
        self._text = self._text[start:]
        return complete

    def rest(self) -> list[str]:
        """What is left, complete or not."""
        text, self._text = self._text, ""
        return pieces(text)

    def clear(self) -> None:
        self._text = ""


def sentences(text: str) -> list[str]:
    """All sentences of a text that is there at once."""
    buffer = SentenceBuffer()
    return buffer.feed(text) + buffer.rest()


def pieces(sentence: str) -> list[str]:
    """The sentence, or its parts where it is longer than one breath; none when nothing is said."""
    rest = " ".join(sentence.split())
    parts: list[str] = []
    while len(rest) > LONGEST:
        window = rest[:LONGEST]
        cut = max(window.rfind(mark) for mark in (", ", "; ", ": ")) + 1 or window.rfind(" ")
        cut = cut if cut > 0 else LONGEST
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    parts.append(rest)
    return [part for part in parts if any(mark.isalnum() for mark in part)]


def _abbreviated(text: str) -> bool:
    last = text.rstrip("\"'”’)]").rpartition(" ")[2]
    word = last.removesuffix(".").lower()
    return last.endswith(".") and (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()))
