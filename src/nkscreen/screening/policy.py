"""Reading policy from its file."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from nkscreen.alerts.policy import Policy
from nkscreen.errors import Problem, RuleError
from nkscreen.rulebook import bundled_rules, rules_folder
from nkscreen.rulebook.yaml_file import read_yaml

FILE = Path("policy") / "scoring.yaml"


def load_policy(rules: Path | str | None = None, *, key: Path | None = None) -> Policy:
    """The policy of a folder or archive of rules (`policy/scoring.yaml`), or the bundled one where it has none.

    With a public `key` only an archive signed with its other half is accepted, as by `load_rulebook`.

    Raises:
        RuleError: with every problem of the file, each with line and column; or the archive is not sound.
    """
    with rules_folder(bundled_rules() if rules is None else Path(rules), key) as folder:
        own = folder / FILE
        return _read(own if own.exists() else bundled_rules() / FILE)


def _read(path: Path) -> Policy:
    try:
        file = read_yaml(path, str(path))
    except OSError as error:
        raise RuleError(Problem(f"cannot be read: {error.strerror}", file=str(path))) from error
    try:
        return Policy.model_validate(file.value)
    except ValidationError as error:
        raise RuleError(list(file.validation_problems(error))) from error
