"""Reading policy from its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nkscreen.alerts.policy import Policy
from nkscreen.errors import RuleError
from nkscreen.rulebook import bundled_rules, rules_folder
from nkscreen.rulebook.yaml_file import YamlFile, read_yaml

FILE = Path("policy") / "scoring.yaml"


def load_policy(
    rules: Path | str | None = None, *, key: Path | None = None, override: Path | str | None = None
) -> Policy:
    """The policy of a folder or archive of rules (`policy/scoring.yaml`), or the bundled one where it has none.

    With a public `key` only an archive signed with its other half is accepted, as by `load_rulebook`. `override` is a
    team's own file: the settings it names replace those of the pack, each with its own reason; the others stay.

    Raises:
        RuleError: with every problem of a file, each with line and column; or the archive is not sound.
    """
    with rules_folder(bundled_rules() if rules is None else Path(rules), key) as folder:
        own = folder / FILE
        base = _file(own if own.exists() else bundled_rules() / FILE)
    policy = _policy(base, base.value)
    if override is None:
        return policy
    file = _file(Path(override))
    return _policy(file, {**base.value, **file.value})


def _file(path: Path) -> YamlFile:
    return read_yaml(path, str(path))


def _policy(file: YamlFile, value: Mapping[str, Any]) -> Policy:
    try:
        return Policy.model_validate(value)
    except ValidationError as error:
        raise RuleError(list(file.validation_problems(error))) from error
