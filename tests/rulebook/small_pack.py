"""A rule pack of one rule, small enough to read, written into a folder for a test."""

from __future__ import annotations

from pathlib import Path

PACK = "schema: nkscreen/pack@1\nname: test\nversion: 1.2.3\n"

LIST = """\
schema: nkscreen/list@1
id: hs/coal
title: Coal
kind: hs_prefix
version: 1
source: {ref: A source, verified: true}
items: ["2701", {item: "2702", note: lignite}]
tests: {contains: ["270112"], lacks: ["2709"]}
"""

FIXTURE = """\
schema: nkscreen/fixture@1
id: shipment/base
subject: shipment
record:
  id: base
  date: 2019-05-02
  origin_country: KP
  destination_country: CN
  remarks: FREIGHT PREPAID
  goods: [{hs_code: "270112"}]
  legs: [{port: KPNAM}, {port: CNDAL, transshipment: true}]
hits: []
"""

RULE = """\
schema: nkscreen/rule@1
id: NK-SHIP-901
title: Coal of DPRK origin
description: Coal from the DPRK.
authors: [tests]
created: 2026-01-01
modified: 2026-01-02
version: 1
status: stable
severity: high
subject: shipment
family: coal
jurisdiction: [UN]
basis: law
valid: {clock: date, from: 2017-08-05}
legal:
  - {id: UNSCR-2371, para: "8", effective: 2017-08-05, url: "https://undocs.org/S/RES/2371(2017)", verified: true}
references: ["https://undocs.org/S/RES/2371(2017)"]
seed: [A seed document]
falsepositives: [Coal of Russian origin through Rajin.]
lists: {coal: hs/coal}
conditions:
  coal:
    if: goods.exists(g, hs_in(g.hs_code, coal))
    says: "line {index}: {g.hs_code} is on the list {list}"
  origin:
    if: origin_country == 'KP'
    says: "origin {origin_country}"
    evidence: [destination_country]
  transshipped:
    if: legs.exists(l, l.transshipment)
    weight: 20
    says: "transshipped in {l.port}"
  russian:
    if: any_word(remarks, ['russian origin'])
    says: declared as Russian coal
    exempts: true
match: coal && origin && !russian
unknown: review
score: {base: 60, cap: 75}
alert: {action: Hold the cargo.}
tests:
  - name: coal from Nampo
    given: {use: shipment/base}
    expect: {match: true, score: 75, severity: high, conditions: {coal: true, transshipped: true},
             evidence: ["goods[0].hs_code", origin_country, destination_country]}
  - name: crude oil
    given: {use: shipment/base, set: {goods.0.hs_code: "270900"}}
    expect: {match: false, conditions: {coal: false}}
  - name: origin not given
    given: {use: shipment/base, unset: [origin_country]}
    expect: {match: unknown, missing: [origin_country]}
  - name: the day before the ban
    given: {use: shipment/base, set: {date: 2017-08-04}}
    expect: {match: false, reason: outside_validity}
  - name: Russian coal
    given: {use: shipment/base, set: {remarks: "RUSSIAN ORIGIN, via Rajin"}}
    expect: {match: false, reason: exempted}
"""


def write_pack(
    folder: Path, *, rule: str = RULE, rule_list: str = LIST, fixture: str = FIXTURE, pack: str = PACK
) -> Path:
    """Write the pack, with any file replaced, and give its folder."""
    rules = folder / "rules"
    for name, text in {
        "pack.yaml": pack,
        "lists/coal.yaml": rule_list,
        "fixtures/base.yaml": fixture,
        "trade/nk-ship-901.yaml": rule,
    }.items():
        path = rules / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return rules


def changed(text: str, old: str, new: str) -> str:
    """The text with one place changed; the place must be there."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)
