"""Red flags: rules over records, one YAML file each, with their tests inside.

`load_rulebook` reads a folder of rules, `Rulebook.evaluate` holds a record against them, `run_tests` runs their tests.
"""

from typing import TYPE_CHECKING

from nkscreen.on_first_use import on_first_use
from nkscreen.rulebook.judge import Verdict, judge  # at once: a function that is called like its module

if TYPE_CHECKING:
    from nkscreen.rulebook.compiled import Rule
    from nkscreen.rulebook.lists import RuleList
    from nkscreen.rulebook.rule import RuleFile
    from nkscreen.rulebook.rulebook import Evaluation, Exemption, Rulebook, bundled_rules, load_rulebook
    from nkscreen.rulebook.testing import TestResult, run_tests
    from nkscreen.rulebook.update.source import rules_folder
    from nkscreen.rulebook.vocabulary import RuleHit, record_type, view
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        {
            "nkscreen.rulebook.compiled": "Rule",
            "nkscreen.rulebook.lists": "RuleList",
            "nkscreen.rulebook.rule": "RuleFile",
            "nkscreen.rulebook.rulebook": "Evaluation Exemption Rulebook bundled_rules load_rulebook",
            "nkscreen.rulebook.testing": "TestResult run_tests",
            "nkscreen.rulebook.update.source": "rules_folder",
            "nkscreen.rulebook.vocabulary": "RuleHit record_type view",
        },
    )

__all__ = [
    "Evaluation",
    "Exemption",
    "Rule",
    "RuleFile",
    "RuleHit",
    "RuleList",
    "Rulebook",
    "TestResult",
    "Verdict",
    "bundled_rules",
    "judge",
    "load_rulebook",
    "record_type",
    "rules_folder",
    "run_tests",
    "view",
]
