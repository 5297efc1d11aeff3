"""Is this mention that listed entity? Names, identifiers and circumstances as weighed evidence."""

from nkscreen.matching.index import Found, Index
from nkscreen.matching.matcher import Matcher
from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, NameComparison, compare_names

__all__ = ["DEFAULT_THRESHOLD", "Found", "Index", "Matcher", "NameComparison", "compare_names"]
