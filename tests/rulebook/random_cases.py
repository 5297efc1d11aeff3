"""Seeded expressions and records, made to find differences: values missing everywhere, odd text, extreme numbers."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date
from typing import Any

from nkscreen.records import Shipment
from nkscreen.rulebook import record_type
from nkscreen.rulebook.language import Basic, CodeText, ListOf, Object, Scope, Type

CODES = record_type(Shipment).fields
COUNTRY, PORT = CODES["origin_country"], CODES["port_of_loading"]
HS = CODES["goods"].item.fields["hs_code"]

STOP = Object("Stop", {"k": Basic.INT, "open": Basic.BOOL, "port": PORT, "note": Basic.STRING})
LEG = Object(
    "Leg",
    {
        "port": PORT,
        "n": Basic.INT,
        "x": Basic.DOUBLE,
        "day": Basic.DATE,
        "done": Basic.BOOL,
        "code": HS,
        "note": Basic.STRING,
        "stops": ListOf(STOP),
        "tags": ListOf(Basic.STRING),
        "inner": Object("Inner", {"note": Basic.STRING, "n": Basic.INT, "flags": ListOf(COUNTRY)}),
    },
)
RECORD = Object(
    "Case",
    {
        "i": Basic.INT,
        "j": Basic.INT,
        "y": Basic.DOUBLE,
        "z": Basic.DOUBLE,
        "s": Basic.STRING,
        "t": Basic.STRING,
        "d": Basic.DATE,
        "e": Basic.DATE,
        "b": Basic.BOOL,
        "f": Basic.BOOL,
        "country": COUNTRY,
        "port": PORT,
        "code": HS,
        "part": LEG,
        "legs": ListOf(LEG),
        "others": ListOf(STOP),
        "names": ListOf(Basic.STRING),
        "ports": ListOf(PORT),
        "counts": ListOf(Basic.INT),
        "days": ListOf(Basic.DATE),
    },
)
SCOPE = Scope(RECORD.fields)

TEXTS = [
    "",
    " ",
    "a",
    "A",
    "ab",
    "wine",
    "WINES",
    "Wine-glasses & wine",
    "coal_tar",
    "anthracite  coal\n",
    "cachaça",
    "CACHAC\u0327A",
    "e\u0301",
    "é",
    "ß",
    "SS",
    "İ",
    "ﬁ",
    "²",
    "Ａ",
    "𝒜",
    "\u202eabc",
    "\x00",
    "a\x00b",
    "북한산무연탄",
    "무연탄",
    "석탄 수출",
    "单一麦芽威士忌",
    "ウイスキー",
    "boxes",
    "box",
    "whiskies",
    "O'Brien",
    'say "no"',
    "\\",
    "%_",
    ".*",
    "[a-z]+",
    "(a+)+$",
    "wine " * 400,
    "no coal",
    "not wine but coal",
]
WORDS = ["wine", "coal", "box", "whisky", "무연탄", "威士忌", "cachaca", "wine glasses", "no coal", "ss", "a", "é"]
COUNTRIES = ["KP", "CN", "RU", "SG"]
PORTS = ["KPNAM", "CNDAL", "KRPUS", "SGSIN"]
HS_CODES = ["", "2", "27", "2701", "270112", "8703", "870323", "22", "220830", "99"]
PREFIXES = ["27", "2701", "870323", "2208", "99"]
INTS = [0, 1, -1, 2, 3, 14, 2**31, 2**53, -(2**53), 2**53 - 1]
DOUBLES = [0.0, -0.0, 0.5, -1.5, 1.0, 2.0, 0.1, 1e308, -1e308, 5e-324, 2.0**53, 14.0]
DATES = [
    date(1, 1, 1),
    date(1969, 12, 31),
    date(1970, 1, 1),
    date(2016, 2, 29),
    date(2017, 12, 22),
    date(2018, 1, 5),
    date(9999, 12, 31),
]
_LISTED = {"country": COUNTRIES, "port": PORTS, "hs": HS_CODES}
_BASIC = {Basic.INT: INTS, Basic.DOUBLE: DOUBLES, Basic.DATE: DATES, Basic.BOOL: [True, False]}
_NUMBERS = (Basic.INT, Basic.DOUBLE)


class Records(random.Random):
    """Views of records of a type. Only the fields called as in `named` have values, where that is given."""

    def __init__(self, seed: int, texts: Collection[str] = TEXTS, named: Collection[str] | None = None) -> None:
        super().__init__(seed)
        self.texts, self.named = list(texts), named
        self.listed = dict(_LISTED)

    def view(self, kind: Object) -> dict[str, Any]:
        missing = self.choice((0.0, 0.1, 0.5))
        return {name: self.given(field, missing, name) for name, field in kind.fields.items()}

    def given(self, kind: Type, missing: float, name: str = "") -> Any:
        silent = bool(name) and self.named is not None and name not in self.named
        if isinstance(kind, ListOf):
            if silent:
                return []
            # a list of the record can be missing as a whole (goods), an entry of it only where it is text or a number
            if self.random() < missing / 3:
                return None
            length = self.choice((0, 1, 1, 2, 3))
            return [self.given(kind.item, 0 if isinstance(kind.item, Object) else missing / 2) for _ in range(length)]
        if silent or self.random() < missing:
            return None
        if isinstance(kind, Object):
            return {field: self.given(inner, missing, field) for field, inner in kind.fields.items()}
        if isinstance(kind, CodeText):
            return self.choice(self.listed.get(kind.code.kind, ["1", "445000001", "KP"]))
        return self.choice(self.texts) if kind is Basic.STRING else self.choice(_BASIC[kind])


class Expressions(random.Random):
    """Texts of conditions over SCOPE that the checker accepts, quantifiers nested at most twice."""

    def condition(self, depth: int = 3, variables: tuple[tuple[str, Type], ...] = ()) -> str:
        """A condition; `variables` are the loop variables that it may use."""
        makers = [
            self.number,
            self.number,
            self.equal,
            self.among,
            self.text,
            self.word,
            self.hs,
            self.day,
            self.has,
            self.flag,
        ]
        if depth and len(variables) < 2:
            makers += [self.loop] * 6
        if depth:
            makers += [self.joined] * 8
        return self.choice(makers)(depth, variables)

    def joined(self, depth: int, variables: Any) -> str:
        if self.random() < 0.2:
            return f"!({self.condition(depth - 1, variables)})"
        operator = self.choice(("&&", "||"))
        return f"({self.condition(depth - 1, variables)} {operator} {self.condition(depth - 1, variables)})"

    def loop(self, depth: int, variables: Any) -> str:
        lists = self.paths(variables, lambda kind: isinstance(kind, ListOf))
        path, kind = self.choice(lists)
        if self.random() < 0.6:
            path, kind = self.choice([found for found in lists if isinstance(found[1].item, Object)])
        name = f"{kind.item}{len(variables)}".lower().replace(" ", "")
        body = self.condition(depth - 1, (*variables, (name, kind.item)))
        return f"{path}.{self.choice(('exists', 'all'))}({name}, {body})"

    def number(self, depth: int, variables: Any) -> str:
        operator = self.choice(("<", "<=", ">", ">=", "==", "!="))
        left, right = (self.numeric(self.choice(_NUMBERS), variables, self.choice((0, 0, 1, 2))) for _ in range(2))
        return f"{left} {operator} {right}"

    def numeric(self, kind: Basic, variables: Any, depth: int) -> str:
        if not depth:
            if self.random() < 0.3:
                return f"{abs(self.choice(INTS))}" if kind is Basic.INT else self.choice(("0.0", "0.5", "2.0", "14.0"))
            path = self.path(variables, kind)
            return path if self.random() < 0.9 else f"-{path}"
        made = self.random()
        if kind is Basic.INT and made < 0.2:
            return f"size({self.path(variables, ListOf)})"
        if kind is Basic.INT and made < 0.4:
            return f"days({self.path(variables, Basic.DATE)}, {self.path(variables, Basic.DATE)})"
        operator = self.choice("+-*" if kind is Basic.INT else "+-*/")
        other = self.choice(_NUMBERS) if kind is Basic.DOUBLE else Basic.INT
        return f"({self.numeric(kind, variables, depth - 1)} {operator} {self.numeric(other, variables, depth - 1)})"

    def equal(self, depth: int, variables: Any) -> str:
        kind = self.choice((Basic.STRING, Basic.DATE, Basic.BOOL, COUNTRY, PORT))
        left = self.path(variables, kind)
        right = self.path(variables, kind) if self.random() < 0.4 else self.literal(kind)
        return f"{left} {self.choice(('==', '!='))} {right}"

    def among(self, depth: int, variables: Any) -> str:
        lists = {Basic.STRING: "names", PORT: "ports", Basic.INT: "counts", Basic.DATE: "days"}
        kind = self.choice((*lists, Basic.DOUBLE, COUNTRY))
        item = self.path(variables, kind)
        if kind in lists and self.random() < 0.4:
            if kind is not PORT and self.random() < 0.3:
                item = self.literal(kind)
            return f"{item} in {lists[kind]}"
        return f"{item} in [{', '.join(self.literal(kind) for _ in range(self.choice((1, 2, 3))))}]"

    def text(self, depth: int, variables: Any) -> str:
        kind = self.choice((Basic.STRING, Basic.STRING, PORT))
        part = self.literal(Basic.STRING, TEXTS[2:]) if self.random() < 0.7 else self.path(variables, Basic.STRING)
        return f"{self.path(variables, kind)}.{self.choice(('contains', 'startsWith'))}({part})"

    def word(self, depth: int, variables: Any) -> str:
        text = self.path(variables, Basic.STRING)
        wanted, harmless = (self.sample(WORDS, self.choice((1, 2, 4))) for _ in range(2))
        if self.random() < 0.5:
            return f"any_word({text}, {wanted})"
        return f"any_word_but({text}, {wanted}, {harmless})"

    def hs(self, depth: int, variables: Any) -> str:
        return f"hs_in({self.path(variables, HS)}, {self.sample(PREFIXES, self.choice((1, 2, 3)))})"

    def day(self, depth: int, variables: Any) -> str:
        one, other = self.path(variables, Basic.DATE), self.path(variables, Basic.DATE)
        if self.random() < 0.5:
            return f"within_days({one}, {other}, {self.numeric(self.choice(_NUMBERS), variables, self.choice((0, 1)))})"
        other = other if self.random() < 0.5 else self.literal(Basic.DATE)
        return f"{one} {self.choice(('<', '<=', '>', '>='))} {other}"

    def has(self, depth: int, variables: Any) -> str:
        return f"has({self.choice(self.paths(variables, lambda kind: True))[0]})"

    def flag(self, depth: int, variables: Any) -> str:
        return self.choice(("true", "false")) if self.random() < 0.1 else self.path(variables, Basic.BOOL)

    def literal(self, kind: Type, texts: Collection[str] = TEXTS) -> str:
        if kind is Basic.STRING:
            text = self.choice([text for text in texts if "\n" not in text and len(text) < 100])
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        if isinstance(kind, CodeText):
            return repr(self.choice(_LISTED[kind.code.kind]))
        if kind is Basic.DATE:
            return f"date('{self.choice(DATES).isoformat()}')"
        if kind is Basic.BOOL:
            return self.choice(("true", "false"))
        return str(self.choice([value for value in _BASIC[kind] if "e" not in str(value)]))

    def path(self, variables: Any, kind: Any) -> str:
        if kind is ListOf:
            return self.choice(self.paths(variables, lambda found: isinstance(found, ListOf)))[0]
        found = self.paths(variables, lambda found: found == kind)
        inside = [path for path, _ in found if variables and path.partition(".")[0] == variables[-1][0]]
        return self.choice(inside) if inside and self.random() < 0.7 else self.choice(found)[0]

    def paths(self, variables: Any, wanted: Any) -> list[tuple[str, Type]]:
        found = []
        waiting: list[tuple[str, Type]] = [*RECORD.fields.items(), *variables]
        while waiting:
            path, kind = waiting.pop(0)
            if isinstance(kind, Object):
                waiting += [(f"{path}.{name}", inner) for name, inner in kind.fields.items()]
            if wanted(kind):
                found.append((path, kind))
        return found
