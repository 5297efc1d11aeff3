"""Is this mention that listed entity? Names, identifiers and circumstances as weighed evidence."""

from typing import TYPE_CHECKING

from nkscreen.on_first_use import on_first_use

if TYPE_CHECKING:
    from nkscreen.matching.index import Found, Index
    from nkscreen.matching.matcher import Matcher
    from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, NameComparison, compare_names
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        {
            "nkscreen.matching.index": "Found Index",
            "nkscreen.matching.matcher": "Matcher",
            "nkscreen.matching.names.compare": "DEFAULT_THRESHOLD NameComparison compare_names",
        },
    )

__all__ = ["DEFAULT_THRESHOLD", "Found", "Index", "Matcher", "NameComparison", "compare_names"]
