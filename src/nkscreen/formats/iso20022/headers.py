"""Transactions with what stands above them: headers and batches, each read once; finished batches are none of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from nkscreen.formats.iso20022.facts import Facts
from nkscreen.formats.iso20022.parties import Values
from nkscreen.formats.iso20022.payments import payment
from nkscreen.formats.iso20022.shapes import Shapes
from nkscreen.markup import MarkupError

TRANSACTIONS: Final = frozenset(
    ["CdtTrfTxInf", "DrctDbtTxInf", "TxInf", "TxInfAndSts", "TxDtls", "Ntry", "Itm", "NtfctnItm", "OrgnlItm"]
)
"""Elements that are one payment each."""

MAX_HEADERS: Final = 16_000_000
"""Characters of all headers that apply at a time; those of real messages have some thousands."""

MAX_BESIDE: Final = 2_000
"""Elements beside a transaction that apply to it; real messages have some dozens."""

MAX_AROUND: Final = 1_000_000
"""Elements in which transactions stand: one a message, in a few messages one a transaction."""

_SIMPLE: Final = frozenset(["CdtTrfTxInf", "DrctDbtTxInf"])
"""Transactions that hold no others."""

_TAGS: Final = tuple(f"{{*}}{name}" for name in sorted(TRANSACTIONS))


class Headers:
    """The elements of a message that apply to several transactions, as they are met.

    A file is read from top to bottom. What stands before a transaction, beside it or beside an element around it,
    applies to it, unless it is a transaction or a batch of the same kind as that element: those are others. What stands
    behind the last transaction of a batch is given when the batch ends; headers of the next one, of the same name, come
    in the place of those that stood before it.

    What is kept is bounded: all methods raise a MarkupError where a file holds more headers than messages have.
    """

    def __init__(self) -> None:
        self._size = 0
        self._settled: dict[etree._Element, int] = {}
        self._of: dict[etree._Element, tuple[list[etree._Element], etree._Element | None]] = {}
        self._facts: dict[etree._Element, Facts] = {}
        self._shapes = Shapes()
        self._outside: etree._Element | None = None

    def inside_one(self, element: etree._Element) -> bool:
        """Whether an element stands in a transaction, which then gives it."""
        parent = element.getparent()
        if parent is self._outside:
            return False
        if any(name_of(above) in TRANSACTIONS for above in element.iterancestors()):
            return True
        self._outside = parent
        return False

    def transactions(self, element: etree._Element) -> Iterator[tuple[etree._Element, Values]]:
        """The transactions inside an entry, or the element itself where there are none."""
        above = self._above(element)
        inner = [] if name_of(element) in _SIMPLE else list(element.iterdescendants(*_TAGS))
        innermost = [one for one in inner if not _holds_transactions(one)] or [element]
        for one in innermost:
            around = [*_around(one, element), *above] if inner else above
            fresh = [header for header in around if header not in self._facts]
            common = [self._read(header) for header in around]
            own = self._shapes.facts(one, whole=True)
            yield one, payment(own, common, [self._facts[header] for header in fresh])
        if inner:
            self.forget(element)

    def rest(self, element: etree._Element, *, alone: bool = False) -> Iterator[tuple[etree._Element, Values]]:
        """What of an element was given with no transaction; all of it as one payment where it stands `alone`."""
        left = [self._shapes.facts(one) for one in ([element] if alone else self._left(element))]
        if alone or any(one.names_somebody() for one in left):
            yield element, payment(Facts(), left, left) if not alone else payment(left[0], (), ())

    def ended(self, batch: etree._Element) -> None:
        """Let go of what stood in a batch."""
        self.forget(batch)
        parent = batch.getparent()
        if parent in self._of:
            self._settled[parent] = len(self._of[parent][0])

    def forget(self, element: etree._Element) -> None:
        """Let go of what stood in an element that ended."""
        for one in element.iter():
            self._of.pop(one, None)
            self._settled.pop(one, None)
            if found := self._facts.pop(one, None):
                self._size -= found.size

    def _read(self, header: etree._Element) -> Facts:
        found = self._facts.get(header)
        if found is None:
            found = self._facts[header] = self._shapes.facts(header)
            self._size += found.size
            if self._size > MAX_HEADERS:
                raise MarkupError(f"its headers are longer than {MAX_HEADERS:,} characters")
        return found

    def _above(self, element: etree._Element) -> list[etree._Element]:
        """The headers before an element, those nearest to it first."""
        found: list[etree._Element] = []
        child = element
        for parent in element.iterancestors():
            found += self._before(child, parent)
            child = parent
        return found

    def _before(self, child: etree._Element, parent: etree._Element) -> list[etree._Element]:
        kept, last = self._of.get(parent, ([], None))
        fresh: list[etree._Element] = []
        for one in child.itersiblings(preceding=True):
            if one is last:
                break
            fresh.append(one)
        if fresh:
            name = name_of(child)
            new = [one for one in reversed(fresh) if name_of(one) != name and not _is_transaction(one)]
            self._replace(parent, kept, new)
            kept += new
            last = fresh[0]
        self._of[parent] = kept, last
        if len(kept) > MAX_BESIDE:
            raise MarkupError(f"more than {MAX_BESIDE:,} elements stand beside its transactions")
        if len(self._of) > MAX_AROUND:
            raise MarkupError(f"its transactions stand in more than {MAX_AROUND:,} elements")
        return kept

    def _replace(self, parent: etree._Element, kept: list[etree._Element], new: list[etree._Element]) -> None:
        """Let go of headers that stood before an earlier batch, where the next one brings its own."""
        if not self._settled.get(parent):
            return
        names = {name_of(one) for one in new}
        old = [one for one in kept[: self._settled[parent]] if name_of(one) in names]
        self._settled[parent] -= len(old)
        for one in old:
            kept.remove(one)
            self.forget(one)
            parent.remove(one)

    def _left(self, element: etree._Element) -> Iterator[etree._Element]:
        for child in element:
            if child not in self._facts:
                if any(below in self._facts for below in child.iterdescendants()):
                    yield from self._left(child)
                else:
                    yield child


def _around(one: etree._Element, outer: etree._Element) -> Iterator[etree._Element]:
    """What stands beside a transaction in the entry around it, before and behind it: the entry is whole."""
    child = one
    while child is not outer:
        parent = child.getparent()
        assert parent is not None, "the transaction stands in the entry"
        yield from (beside for beside in parent if beside is not child and not _is_transaction(beside))
        child = parent


def _is_transaction(element: etree._Element) -> bool:
    return name_of(element) in TRANSACTIONS or _holds_transactions(element)


def _holds_transactions(element: etree._Element) -> bool:
    return next(element.iterdescendants(*_TAGS), None) is not None


def name_of(element: etree._Element) -> str:
    """The local name of an element."""
    return element.tag.rpartition("}")[2]
