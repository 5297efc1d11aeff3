"""What elements say, worked out once for each sequence of tags and read off the texts between them.

A file has many transactions and a handful of shapes. An element is written out by the parser that checked it, cut into
tags and texts, and known by its tags; the plan for them tells which text is whose name, number or address.
"""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape, unescape  # of text that lxml wrote; nothing is parsed

from lxml import etree

from nkscreen.formats.iso20022.facts import Facts, Plan
from nkscreen.formats.iso20022.nodes import Node
from nkscreen.formats.iso20022.parties import Parties

_MOST: Final = 200
"""Plans kept at a time; real files need fewer than ten."""

_LONGEST: Final = 20_000
"""Characters of tags of which a plan is kept; longer elements hardly come twice."""

_TEXT: Final = re.compile(r">([^<]*)(?=<)")
_EMPTY: Final = re.compile(r"<([^/<>](?:[^<>]*[^/<>])?)></[^<>]*>")
_CURRENCY: Final = re.compile(r'\sCcy="([^"]*)"')
_MORE: Final = {"&#13;": "\r"}


class Shapes:
    """The plans of the shapes met in one file, and the parties met in it."""

    def __init__(self) -> None:
        self._plans: dict[str, Plan] = {}
        self._parties = Parties()

    def facts(self, element: etree._Element, *, whole: bool = False) -> Facts:
        """What an element says: one of those side by side in another, or a `whole` transaction."""
        text = _plain(etree.tostring(element, encoding="unicode", with_tail=False))
        pieces = text.replace(">", "<").split("<")
        shape = "<".join(pieces[1::2])
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._planned(shape, pieces[1::2])
        texts = pieces[2::2]
        if "&" in text:
            texts = [unescape(one, _MORE) if "&" in one else one for one in texts]
        return plan.facts(texts, self._parties, element if whole else element.getparent(), len(text))

    def _planned(self, shape: str, tags: list[str]) -> Plan:
        plan = Plan(_tree(tags))
        if len(self._plans) >= _MOST:
            self._plans.clear()
        if len(shape) <= _LONGEST:
            self._plans[shape] = plan
        return plan


def _plain(text: str) -> str:
    """An element written out with every text on one line, and those without words left out."""
    one_line = not ("\n" in text or "\t" in text) if text.isascii() else text.isprintable()
    if one_line and not ("  " in text or "> " in text or " <" in text or "&#" in text):
        return text
    text = _TEXT.sub(lambda found: ">" + escape(" ".join(unescape(found[1], _MORE).split())), text)
    return _EMPTY.sub(r"<\1/>", text)


def _tree(tags: list[str]) -> Node:
    """The elements that a sequence of tags makes. The text behind a tag has the number of the tag."""
    top = at = Node("")
    for number, tag in enumerate(tags):
        if tag.startswith("/"):
            at = at.above or top
            continue
        currency = _CURRENCY.search(tag)
        child = Node(re.split(r"[\s/]", tag, maxsplit=1)[0].rpartition(":")[2], at)
        child.currency = unescape(currency[1]) if currency else None
        at.below.append(child)
        if not tag.endswith("/"):
            child.number = number
            at = child
    return top.below[0]
