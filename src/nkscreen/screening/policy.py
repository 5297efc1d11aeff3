"""Reading policy from its file."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from nkscreen.alerts.policy import Policy
from nkscreen.errors import Problem, RuleError
from nkscreen.rulebook import bundled_rules
from nkscreen.rulebook.yaml_file import read_yaml

FILE = Path("policy") / "scoring.yaml"


def load_policy(rules: Path | str | None = None) -> Policy:
    """The policy of a folder of rules (`policy/scoring.yaml`), or the bundled one where the folder has none.

    Raises:
        RuleError: with every problem of the file, each with line and column.
    """
    own = Path(rules) / FILE if rules else None
    path = own if own and own.exists() else bundled_rules() / FILE
    try:
        file = read_yaml(path, str(path))
    except OSError as error:
        raise RuleError(Problem(f"cannot be read: {error.strerror}", file=str(path))) from error
    try:
        return Policy.model_validate(file.value)
    except ValidationError as error:
        raise RuleError(list(file.validation_problems(error))) from error
