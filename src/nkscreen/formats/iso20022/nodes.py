"""An element of a shape: its name and place, and the number of its text where it has words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Node:
    """One element. `number` is that of its text, `currency` its attribute `Ccy`."""

    name: str
    above: Node | None = None
    below: list[Node] = field(default_factory=list)
    number: int | None = None
    currency: str | None = None

    @property
    def text(self) -> int | None:
        """The number of its text; None where it holds elements or nothing."""
        return None if self.below else self.number

    def all(self) -> Iterator[Node]:
        """The element and those in it, in the order of the file."""
        yield self
        for child in self.below:
            yield from child.all()
