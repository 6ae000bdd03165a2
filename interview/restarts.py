"""Beginnings that a speaker takes back: words said again at once, or broken off."""

from collections.abc import Collection, Sequence

LONGEST = 4
"""Words that are said again at most; what is longer is a repetition."""

MOST_REPAIRS = 2


def begun_anew(
    sentences: Sequence[Sequence[str]],
    fillers: Collection[int],
    repairs: Collection[tuple[str, ...]],
) -> frozenset[int]:
    """Which words are said again right after, in the same sentence, or after a word of `repairs`.

    `sentences` are the forms of all words in order, `fillers` the indexes of those that do not
    count. The words of the repair are among those that are taken back: “I did, *no*, I did it”.
    """
    found, first = set[int](), 0
    for sentence in sentences:
        spoken = [at for at in range(first, first + len(sentence)) if at not in fillers]
        found.update(_taken_back([sentence[at - first] for at in spoken], spoken, repairs))
        first += len(sentence)
    return frozenset(found)


def _taken_back(
    forms: Sequence[str], places: Sequence[int], repairs: Collection[tuple[str, ...]]
) -> set[int]:
    found = set[int]()
    beyond = [_beyond_repairs(forms, at, repairs) for at in range(len(forms) + 1)]
    for start, form in enumerate(forms):
        for end in range(start + 1, min(start + LONGEST, len(forms)) + 1):
            again = beyond[end]
            is_same = again < len(forms) and form == forms[again]
            if is_same and forms[start:end] == forms[again : again + end - start]:
                found.update(places[start:again])
    return found


def _beyond_repairs(forms: Sequence[str], at: int, repairs: Collection[tuple[str, ...]]) -> int:
    for _ in range(MOST_REPAIRS):
        at += next((len(each) for each in repairs if _stands(each, forms, at)), 0)
    return at


def _stands(repair: tuple[str, ...], forms: Sequence[str], at: int) -> bool:
    return forms[at : at + 1] == [repair[0]] and tuple(forms[at : at + len(repair)]) == repair
