"""Objects compared by identity: the same arguments give the same object for as long as anybody holds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def interned(recent: int) -> Callable[[Callable[Arguments, Made]], Callable[Arguments, Made]]:
    """Remember what a function of hashable arguments makes: the last `recent` results, and all that are in use.

    A cache of bounded size alone would make equal words two objects once it had forgotten one of them, and two names of
    the same words would be compared as if they differed. A result of None is nobody's and is only remembered.
    """

    def remember(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
        in_use: WeakValueDictionary[Any, Any] = WeakValueDictionary()

        @lru_cache(maxsize=recent)
        def known(*args: Any) -> Any:
            found = in_use.get(args)
            if found is None:
                found = make(*args)  # type: ignore[call-arg]
                if found is not None:
                    found = in_use.setdefault(args, found)
            return found

        return cast(Callable[Arguments, Made], wraps(make)(known))

    return remember
