"""A new rule as a file: a draft that loads, passes its own tests and says nothing untrue."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final, get_args

from nkscreen.errors import InputError, RuleError
from nkscreen.records import KINDS
from nkscreen.rulebook.lint import PREFIXES
from nkscreen.rulebook.load import read_pack
from nkscreen.rulebook.rule import Subject
from nkscreen.rulebook.vocabulary import record_type
from nkscreen.rulebook.writing import scalar

FOLDERS: Final = {
    "counterparty": "counterparty",
    "vessel": "vessel",
    "shipment": "trade",
    "payment": "finance",
    "employment": "labour",
}
"""Where a rule goes unless its author says otherwise."""
FIRST_RESOLUTION: Final = date(2006, 10, 14)
"""Resolution 1718: before it there were no UN sanctions on the DPRK."""

_ID = re.compile(r"NK-[A-Z]{2,8}-[0-9]{3}")
_FOLDER = re.compile(r"[a-z][a-z0-9-]*")

_RULE = """\
schema: nkscreen/rule@1
id: {id}
title: {title}
description: Draft of {today}. A party or ship of the record matches a listing for the DPRK that is in force.
authors: [{author}]
created: {today}
modified: {today}
version: 1
status: draft  # runs nowhere until it is experimental (recorded) or stable (raised)
severity: medium
subject: {subject}
family: {family}
basis: indicator  # law, measure or indicator; law and measure need legal:
valid: {{clock: {clock}, from: {first}}}

conditions:
  dprk_party:
    if: hits.exists(h, h.dprk && h.in_force && h.score >= 0.7)
    says: "{{h.caption}} matches a listing for the DPRK"

match: dprk_party
unknown: review
score: {{base: 50, cap: 50}}
"""

_TESTS = """
tests:
  - name: a listed party
    given: {{use: {fixture}, set: {{hits: [{{dprk: true, in_force: true, score: 0.7}}]}}}}
    expect: {{match: true, score: 50}}
  - name: a weak likeness to a listed party
    given: {{use: {fixture}, set: {{hits: [{{dprk: true, in_force: true, score: 0.69}}]}}}}
    expect: {{match: false, conditions: {{dprk_party: false}}}}
"""


def write_draft(
    directory: Path,
    rule_id: str,
    *,
    title: str,
    subject: str,
    family: str | None = None,
    folder: str | None = None,
    author: str,
    today: date,
) -> Path:
    """Write the draft into a pack and give its path. Nothing is written where it would not load.

    Raises:
        InputError: the id, subject, title or folder cannot be used, or the rule exists.
        RuleError: there is no such pack.
    """
    reading = read_pack(directory)
    if not _ID.fullmatch(rule_id):
        raise InputError(f"{rule_id!r} is no id of a rule; write it as NK-SHIP-012")
    if subject not in get_args(Subject):
        raise InputError(f"--subject {subject!r} is not one of {', '.join(get_args(Subject))}")
    wanted = PREFIXES.get(rule_id.split("-")[1], subject)
    if wanted != subject:
        raise InputError(f"{rule_id} would be a rule on a {wanted}, not on a {subject}")
    place = folder or FOLDERS[subject]
    if not _FOLDER.fullmatch(place) or place in ("lists", "fixtures", "policy", "cases"):
        raise InputError(f"--folder {place!r} cannot hold rules; name it as in trade")
    path = directory / place / f"{rule_id.lower()}.yaml"
    taken = next(directory.rglob(path.name), None)
    if taken is not None:
        raise InputError(f"{rule_id} exists already", file=str(taken))
    text = _RULE.format(
        id=rule_id,
        title=scalar(title),
        today=today,
        author=scalar(author),
        subject=subject,
        family=scalar(family or place),
        clock=_clock(subject),
        first=FIRST_RESOLUTION,
    )
    fixtures = reading.pack.fixtures
    fixture = next((name for name in sorted(fixtures) if fixtures[name].subject == subject), None)
    text += _TESTS.format(fixture=fixture) if fixture else ""
    created = not path.parent.is_dir()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    wrong = [problem for problem in read_pack(directory).problems if problem.file.endswith(path.name)]
    if wrong:
        path.unlink()
        if created:
            path.parent.rmdir()
        raise RuleError(wrong)
    return path


def _clock(subject: str) -> str:
    """The date of such a record that validity is mostly held against."""
    kinds = record_type(KINDS[subject]).fields
    return "end_date" if "end_date" in kinds else "event_date"
