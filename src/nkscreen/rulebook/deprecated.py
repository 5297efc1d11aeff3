"""What is left of a rule that was taken out of the pack: a note, so that its id is never used for anything else.

```yaml
# rules/deprecated/nk-ship-012.yaml
schema: nkscreen/deprecated@1
id: NK-SHIP-012
last_version: 4              # the version it had when it was taken out
deprecated_on: 2026-11-01
replaced_by: [NK-SHIP-017]   # may be left out
reason: Two rules now tell unloading in Dalian from a mere call there.
```
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nkscreen.rulebook.rule import Day, Line, RuleId, Strict, Version


class Deprecated(Strict):
    """Everything a file of `deprecated/` holds."""

    schema_: Literal["nkscreen/deprecated@1"] = Field(alias="schema")
    id: RuleId
    last_version: Version
    deprecated_on: Day
    replaced_by: tuple[RuleId, ...] = ()
    reason: Line
