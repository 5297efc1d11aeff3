"""`nkscreen match`: one name, ship or number against the lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import typer
from rich.console import Console

from nkscreen.alerts import Hit
from nkscreen.alerts.wording import bits, conflicts, effect, percent
from nkscreen.cli import common
from nkscreen.errors import InputError
from nkscreen.records import Counterparty, Schema, Vessel
from nkscreen.screening import Screener

LEAST = 0.01
"""Probability below which a candidate is not worth a line, unless a conflict explains it."""


def match(
    name: str = typer.Argument("", metavar="NAME", help="The name as given; may be empty when a number is."),
    schema: str = typer.Option("LegalEntity", "--schema", help="Person, Company, Organization, LegalEntity or Vessel."),
    birth_date: str | None = typer.Option(None, "--birth-date", metavar="DATE", help="1954, 1954-03 or 1954-03-17."),
    country: str | None = typer.Option(None, "--country", help="Country of address or registration; flag of a ship."),
    nationality: str | None = typer.Option(None, "--nationality", help="Nationality of a person."),
    document: list[str] | None = typer.Option(None, "--document", help="Passport or registration number; repeatable."),
    imo: str | None = typer.Option(None, "--imo", help="IMO ship identification number."),
    mmsi: str | None = typer.Option(None, "--mmsi", help="MMSI of a ship."),
    bic: str | None = typer.Option(None, "--bic", help="BIC of a bank."),
    wallet: list[str] | None = typer.Option(None, "--wallet", help="Cryptocurrency address; repeatable."),
    lists: list[Path] | None = common.ListOption,
    rules: Path | None = common.RulesOption,
    rules_key: Path | None = common.RulesKeyOption,
    policy: Path | None = common.PolicyOption,
    as_of: str | None = common.AsOfOption,
    limit: int = typer.Option(10, "--limit", min=1, help="Most candidates shown."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Match one name against the lists and show the evidence for and against."""
    record = _record(
        schema,
        {
            "name": name,
            "birth_date": birth_date,
            "country": country,
            "nationality": nationality,
            "documents": tuple({"number": number} for number in document or ()),
            "imo_number": imo,
            "mmsi": mmsi,
            "swift_bic": bic,
            "wallets": tuple({"public_key": address} for address in wallet or ()),
        },
    )
    screener = common.screener(lists, as_of, rules=rules, key=rules_key, policy=policy)
    hits = [
        hit
        for mention in record.mentions()
        for hit in screener.match(mention, as_of=screener.as_of, threshold=0.0)
        if hit.score >= LEAST or hit.conflict
    ]
    hits = sorted(hits, key=lambda hit: (-hit.score, hit.publisher, hit.entity_id))[:limit]
    if as_json:
        typer.echo(json.dumps(_as_dict(record, screener, hits), ensure_ascii=False, indent=2))
    else:
        _show(screener, hits)


def _record(schema: str, given: dict[str, Any]) -> Counterparty | Vessel:
    if schema not in get_args(Schema):
        raise InputError(f"--schema {schema!r} is not known; use Person, Company, Organization, LegalEntity or Vessel")
    data = {key: value for key, value in given.items() if value}
    record: Counterparty | Vessel
    if schema == "Vessel" or (data.keys() & {"imo_number", "mmsi"} and schema == "LegalEntity"):
        if "country" in data:
            data["flag"] = data.pop("country")
        record = Vessel.read({"id": "query", **data})
    else:
        record = Counterparty.read({"id": "query", "schema": schema, **data})
    for wrong in record.uncertainties():
        raise InputError(f"--{wrong.path.removesuffix('_number').replace('_', '-')} {wrong.given!r}: {wrong.why}")
    if not data:
        raise InputError("there is nothing to match: give a name or a number")
    return record


def _standing(screener: Screener, hit: Hit) -> str:
    if hit.conflict:
        return "conflict"
    if not hit.in_force:
        return "not in force"
    return "match" if screener.counts(hit) else "below threshold"


def _as_dict(record: Counterparty | Vessel, screener: Screener, hits: list[Hit]) -> dict[str, Any]:
    return {
        "query": record.model_dump(mode="json", by_alias=False, exclude_defaults=True),
        "threshold": screener.policy.alert_threshold.value,
        "matched": any(screener.counts(hit) for hit in hits),
        "hits": [{"standing": _standing(screener, hit), **hit.model_dump(mode="json", by_alias=False)} for hit in hits],
        "provenance": screener.provenance().model_dump(mode="json", by_alias=False),
    }


def _show(screener: Screener, hits: list[Hit]) -> None:
    console = Console()
    common.show_lists(console, screener)
    if not hits:
        common.say(console, "no listed entity comes near this name or number")
    for hit in hits:
        standing = _standing(screener, hit)
        programmes = ", ".join(dict.fromkeys(listing.programme for listing in hit.listings))
        common.say(
            console,
            f"{percent(hit.score)}  {standing:15}  {hit.caption}  {hit.publisher}:{hit.entity_id}"
            f"  {hit.schema_}  {programmes}",
            style="bold red" if standing == "match" else None,
        )
        for item in hit.evidence:
            listed = f" against {item.listed}" if item.listed and item.listed != item.given else ""
            common.say(console, f"      {bits(item.weight)} bits  {effect(item.code)}: {item.given}{listed}")
        for text in conflicts(hit):
            common.say(console, f"      {text}", style="yellow")
