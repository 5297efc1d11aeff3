"""Other scripts in Latin letters, as passports and lists write them: Cyrillic, Greek, Arabic, Hebrew.

Each table follows the passport or news usage of its language (ICAO Doc 9303 for Cyrillic and Arabic consonants), since
that is what lists were typed from. Arabic and Hebrew leave vowels out: their words are compared by consonants
(`skeleton`). Every other script is left to anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэіґўј", ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p",
                                            "r", "s", "t", "u", "f", "y", "e", "i", "g", "u", "j"], strict=True))
    | {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu",
       "я": "ya", "ї": "yi", "є": "ye", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz"}
)  # fmt: skip
_UKRAINIAN = str.maketrans({"г": "h", "и": "y", "й": "y"})
_UKRAINIAN_SIGNS = re.compile("[іїєґ]|ськ|цьк")

_CYRILLIC_LETTERS = re.compile("[\u0400-\u052f]")
_GREEK_LETTERS = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_ABJAD_LETTERS = re.compile("[\u0590-\u05ff\u0600-\u077f]")
_SYLLABLES = re.compile("[一-鿿가-힣]")

_GREEK_PAIRS = {"ου": "u", "μπ": "b", "γγ": "ng", "γκ": "g", "ει": "i", "οι": "i", "αι": "e", "ευ": "ev", "αυ": "av"}
_GREEK = str.maketrans(
    dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True))
    | {"θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps"}
)

_ABJAD = str.maketrans(
    {"ا": "a", "آ": "a", "أ": "a", "إ": "i", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h",
     "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t",
     "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
     "ه": "h", "ة": "a", "ۀ": "h", "و": "w", "ؤ": "w", "ي": "y", "ی": "y", "ئ": "y", "ى": "a", "ء": "", "ـ": "",
     "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
     "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "", "פ": "p", "ף": "p", "צ": "ts",
     "ץ": "ts", "ק": "q", "ר": "r", "ש": "sh", "ת": "t"}
)  # fmt: skip


def is_abjad(word: str) -> bool:
    """Whether a word is in Arabic or Hebrew letters, which leave short vowels unwritten."""
    return _ABJAD_LETTERS.search(word) is not None


def is_syllabic(word: str) -> bool:
    """Whether a word has Han characters or Hangul: each is a syllable, read in one standard way."""
    return _SYLLABLES.search(word) is not None


def is_ukrainian(text: str) -> bool:
    """Whether Cyrillic text is Ukrainian, where г is h and и is y."""
    return _UKRAINIAN_SIGNS.search(text.lower()) is not None


def to_latin(word: str, ukrainian: bool = False) -> str:
    """A lower-case word with its Cyrillic, Greek, Arabic and Hebrew letters in Latin; other letters stay."""
    if _CYRILLIC_LETTERS.search(word):
        if ukrainian:
            word = word.translate(_UKRAINIAN)
        return word.translate(_CYRILLIC)
    if _GREEK_LETTERS.search(word):
        word = "".join(ch for ch in unicodedata.normalize("NFD", word) if not unicodedata.combining(ch))
        for pair, latin in _GREEK_PAIRS.items():
            word = word.replace(pair, latin)
        return word.translate(_GREEK)
    return word.translate(_ABJAD) if is_abjad(word) else word


_DIGRAPHS = (("sh", "S"), ("kh", "X"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("zh", "z"), ("tch", "C"), ("ch", "C"),
             ("ph", "f"), ("dj", "j"), ("ck", "k"), ("ts", "s"))  # fmt: skip
_ONE_CONSONANT = str.maketrans({"q": "k", "c": "k", "v": "f", "p": "b", "x": "s"})
_WEAK = re.compile("[aeiouwy]")


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonants of a Latin word as an Arabic or Hebrew spelling keeps them: `mohammed` and `mhmd` are `mhmd`."""
    for pair, single in _DIGRAPHS:
        word = word.replace(pair, single)
    bare = _WEAK.sub("", word.translate(_ONE_CONSONANT))
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return bare[:-1] if len(bare) > 1 and bare.endswith("h") else bare


_LONG = {"a": "aeo", "w": "uowv", "y": "iyej"}
"""Latin letters that a written long vowel may stand for."""

_VOWELS = frozenset("aeiouwyv")
"""Letters that may be a vowel on either side."""


_DOUBLED = re.compile(r"(?:aa|ee|ii|oo|uu)")
"""A long vowel as Latin spellings write it; Arabic and Hebrew write it with a letter."""


@lru_cache(maxsize=65_536)
def fits(abjad: str, latin: str) -> bool:
    """Whether an Arabic or Hebrew word writes the vowels of a Latin word that it must write, and no others.

    Of two words with equal skeletons: `hmydy` fits `hamidi` and not `ahmadi`, `salm` fits `salem` and not `salimi`. A
    first alef may carry any vowel, and `aw` or `ay` one together; a last vowel and a doubled one are written.
    """
    for pair, single in _DIGRAPHS:
        abjad, latin = abjad.replace(pair, single), latin.replace(pair, single)
    if len(_DOUBLED.findall(latin)) > sum(letter in "awy" for letter in abjad):
        return False
    latin = re.sub(r"(.)\1+", r"\1", latin)
    if latin[-1:] in _VOWELS and abjad[-1:] not in {*_LONG, "h"}:
        return False
    if abjad[:2] in {"aw", "ay"} and latin[:1] in _VOWELS and latin[1:2] not in _VOWELS:
        abjad = "a" + abjad[2:]
    at = 0
    for place, letter in enumerate(abjad):
        wanted = "aeiouy" if letter == "a" and place == 0 else _LONG.get(letter)
        if wanted is None:
            while at < len(latin) and latin[at] in _VOWELS:
                at += 1
            at += 1
        else:
            while at < len(latin) and latin[at] not in wanted and latin[at] in _VOWELS:
                at += 1
            if at >= len(latin) or latin[at] not in wanted:
                return False
            at += 1
    return True


SOUNDS = (("sch", "s"), ("sh", "s"), ("kh", "h"), ("ph", "f"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("zh", "j"),
           ("dj", "j"), ("ck", "k"), ("tch", "ch"), ("q", "k"), ("x", "s"), ("w", "v"), ("oo", "u"), ("ou", "u"),
           ("ee", "i"), ("ie", "i"), ("y", "i"), ("o", "u"), ("ai", "e"), ("ae", "e"), ("ei", "e"),
           ("e", "i"))  # fmt: skip


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """What a Latin spelling sounds like across the usual transliterations: `nooristani` and `nuristani` agree.

    Arabic and Persian tell three vowels apart, so o and u, and e and i, are one sound.
    """
    for spelled, heard in SOUNDS:
        word = word.replace(spelled, heard)
    return re.sub(r"(.)\1+", r"\1", word)
