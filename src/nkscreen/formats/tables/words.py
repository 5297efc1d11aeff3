"""Headers cut into words: the one splitting that both the headers and the vocabulary go through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

MAX_HEADER_CHARACTERS = 200
"""A longer cell is not a header."""

_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_CJK = re.compile(f"[{_IDEOGRAPHS}]")
_CAMEL = re.compile(
    rf"(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[{_IDEOGRAPHS}])|(?<=[{_IDEOGRAPHS}])(?=[A-Za-z])"
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LONGEST = 5  # most words a rewriting covers
_KEEP_S = frozenset({"goods", "address", "gross", "business", "status", "class", "process", "us", "vas"})


def words(header: str) -> tuple[str, ...]:
    """The words of a header: lower case, without accents, plural s, punctuation; camelCase and digits split off.

    `words("portOfLading")` is `("port", "of", "lading")`; Chinese, Japanese and Korean runs stay in one piece.
    """
    if len(header) > MAX_HEADER_CHARACTERS:
        return ()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", header)).replace("đ", "d").replace("Đ", "D")
    plain = unicodedata.normalize("NFC", "".join(ch for ch in plain if not unicodedata.combining(ch)))
    return tuple(_singular(word) for word in _WORD.findall(_CAMEL.sub(" ", plain).lower().replace("'s", "")))


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _KEEP_S:
        return word[:-1] if word.isascii() else word
    return word


def rewrite(tokens: tuple[str, ...], table: Mapping[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """Replace words and phrases by the vocabulary's own, the longest first; runs of CJK are cut by the same table."""
    pieces = [piece for token in tokens for piece in (_cut(token, table) if _CJK.search(token) else (token,))]
    result: list[str] = []
    at = 0
    while at < len(pieces):
        for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
            found = table.get(tuple(pieces[at : at + length]))
            if found is not None:
                result.extend(found)
                at += length
                break
        else:
            result.append(pieces[at])
            at += 1
    return tuple(result)


def _cut(run: str, table: Mapping[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    pieces, at = [], 0
    while at < len(run):
        end = next((end for end in range(len(run), at, -1) if (run[at:end],) in table), len(run))
        pieces.append(run[at:end])
        at = end
    return pieces
