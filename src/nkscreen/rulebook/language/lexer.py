"""Expression text to tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nkscreen.rulebook.language.errors import ExpressionError

MAX_LENGTH = 4_000
"""Characters of one expression: ten times the longest rule seen; a longer one belongs in several conditions."""

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<double>[0-9]+\.[0-9]+)
      | (?P<int>[0-9]+)
      | (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<operator>&&|\|\||==|!=|<=|>=|[<>!()\[\],.+\-*/])""",
    re.VERBOSE,
)
_CEL_WORDS = (
    "as break const continue else false for function if import in let loop namespace null package return true var void "
    "while"
)
RESERVED = frozenset(_CEL_WORDS.split())
"""Words that CEL reserves: no loop variable, list or condition may be called so."""

_HINTS = {
    "=": "write '==' to compare",
    "&": "write '&&' for and",
    "|": "write '||' for or",
    "'": "this text has no closing quote",
    '"': "this text has no closing quote",
}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is double, int, text, name, operator or end."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens, the last of kind `end`.

    Raises:
        ExpressionError: for a character that begins no token, or a text over `MAX_LENGTH`.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"an expression may have {MAX_LENGTH} characters; split it into conditions", text, 0)
    found = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            hint = _HINTS.get(text[place])
            message = f"unexpected {text[place]!r}" + (f": {hint}" if hint else "")
            raise ExpressionError(message, text, place)
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), place))
        place = match.end()
    found.append(Token("end", "", len(text)))
    return tuple(found)
