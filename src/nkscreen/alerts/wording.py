"""Words and numbers that every rendering of an alert shares: plain text, HTML and tables say the same thing."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from nkscreen.alerts.model import COUNTING, Alert, Basis, Contribution, Evidence, Finding, Hit, ListedBasis, Provenance
from nkscreen.alerts.score import LIST_FAMILY

BASIS: dict[Basis, str] = {
    "law": "law: a prohibition or duty in a legal text",
    "measure": "measure: a restriction an authority has imposed, such as a listing, a cap or a port-entry ban",
    "indicator": "indicator: a red flag, not a prohibition",
}

OUTCOME = {
    "match": "matched",
    "unknown": "undecided: data is missing",
    "exempt": "exempted: check that the exemption is real and covers these goods and dates",
    "data": "defect of the record itself",
}

_ACRONYMS = {"imo": "IMO number", "mmsi": "MMSI", "bic": "BIC", "lei": "LEI", "id": "ID", "dprk": "DPRK"}

ROUNDING_SHOWN = 0.2
"""Points by which a score may differ from its formula through rounding: each family's points have one decimal."""

CALIBRATION_SHOWN = 0.005
"""A probability that is this far from what its weights give is shown with both numbers, so that nobody adds in vain."""


def visible(value: object) -> str:
    """The value as one line of text that cannot act on its reader.

    Spaces of every kind become a plain space. Characters that are not printable (escape sequences, bidirectional
    overrides, zero-width characters) become `<U+202E>`, so that they are seen instead of obeyed.
    """
    text = "" if value is None else str(value)
    return text if text.isprintable() else "".join(map(_visible_character, text))


@lru_cache(maxsize=4096)
def _visible_character(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character in "\t\n\v\f\r" or unicodedata.category(character) == "Zs" else mark(character)


def mark(character: str) -> str:
    """The visible name of a character that must not be printed: `<U+001B>`."""
    return f"<U+{ord(character):04X}>"


def percent(probability: float) -> str:
    """0.731 as `73.1 %`. Certainty is never claimed: 1.0 comes from rounding, and is `over 99.9 %` like 0.99997."""
    if probability >= 0.9995:
        return "over 99.9 %"
    if probability < 0.0005:
        return "under 0.1 %"
    return f"{100 * probability:.1f} %"


def points(score: float) -> str:
    """A score with at most one decimal: 95.0 is `95`, 94.27 is `94.3`."""
    return f"{score:.1f}".removesuffix(".0")


def bits(weight: float) -> str:
    """A match weight with its sign: `+12.1`, `−3.0`."""
    return f"{weight:+.1f}".replace("-", "−")


def effect(code: str) -> str:
    """The words of an evidence or alignment code: `imo_conflict` is `IMO conflict`."""
    return " ".join(_ACRONYMS.get(word, word) for word in visible(code).split("_"))


def probability(weight: float) -> float:
    """The probability of odds given in bits: `2^w / (1 + 2^w)`, without overflow."""
    return 0.5 * (1 + math.tanh(weight * math.log(2) / 2))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall: what it adds in bits, and where the sum and the probability stand after it."""

    label: str
    given: str
    listed: str
    detail: str
    path: str
    weight: float
    total: float
    probability: float


def steps(hit: Hit) -> tuple[Step, ...]:
    """The way from the prior to the probability, the prior first."""
    total = hit.prior
    found = [Step("prior", "", "", "before anything is compared", "", total, total, probability(total))]
    for item in hit.evidence:
        total += item.weight
        found.append(
            Step(
                effect(item.code),
                item.given,
                item.listed,
                item.detail,
                item.path,
                item.weight,
                total,
                probability(total),
            )
        )
    return tuple(found)


def calibration(hit: Hit) -> str:
    """What to say where the probability is not what the weights alone give; "" where it is."""
    plain = steps(hit)[-1].probability
    if abs(plain - hit.score) < CALIBRATION_SHOWN:
        return ""
    return f"The weights alone give {percent(plain)}; the policy sets the probability to {percent(hit.score)}."


def conflicts(hit: Hit) -> tuple[str, ...]:
    """Every disagreement between record and list, in a sentence each."""
    found = tuple(map(_conflict, (item for item in hit.evidence if item.code.endswith("_conflict"))))
    if hit.conflict and not found:
        return ("An identifier in the record differs from the listed one.",)
    return found


def _conflict(item: Evidence) -> str:
    what = effect(item.code.removesuffix("_conflict"))
    where = f" (at {item.path})" if item.path else ""
    return (
        f"Record and list disagree on the {what}: {item.given or 'nothing'}{where} against {item.listed or 'nothing'}, "
        f"{bits(item.weight)} bits. This speaks against a match; check which of the two is right."
    )


def day_of(alert: Alert) -> date:
    """The day lists and rules were applied for: the record's own, else the run's."""
    return alert.event_date or alert.provenance.as_of


def standing(hit: Hit, day: date) -> str:
    """Why a hit raises nothing: not listed yet, or no longer, on that day. "" for a hit in force."""
    if hit.in_force:
        return ""
    later = [listing.listed for listing in hit.listings if listing.listed and listing.listed > day]
    if later and len(later) == len(hit.listings):
        reason = f"Not listed yet on {day}: listed since {min(later)}."
    else:
        reason = f"Not listed on {day}: the listing had ended."
    return f"{reason} Shown as context; it adds nothing to the score."


def listing_words(listing: ListedBasis) -> str:
    """`DPRK4, listed 2014-07-28, asset freeze; legal basis: E.O. 13551`."""
    since = f"listed {listing.listed}" if listing.listed else "listing date not given"
    parts = ", ".join(part for part in (listing.programme, since, listing.measure) if part)
    return f"{parts}; legal basis: {listing.legal_basis}" if listing.legal_basis else parts


def rule_words(finding: Finding) -> str:
    """`NK-SHIP-017@3`: the rule and its version."""
    return f"{finding.rule_id}@{finding.version}"


def by_weight(alert: Alert) -> tuple[Contribution, ...]:
    """The contributions of the families, the greatest first."""
    return tuple(sorted(alert.contributions, key=lambda part: (-part.score, part.family)))


def formula(alert: Alert) -> str:
    """How the families' points make the score, with the numbers filled in, and what the policy made of it."""
    factors = " × ".join(f"(1 − {part.score / 100:.3f})" for part in by_weight(alert))
    if not factors:
        return "No family adds points."
    plain = 100 * (1 - math.prod(1 - part.score / 100 for part in alert.contributions))
    if abs(plain - alert.score) < ROUNDING_SHOWN:
        return f"100 × (1 − {factors}) = {points(alert.score)}"
    return f"100 × (1 − {factors}) = {points(plain)}; the policy sets the score to {points(alert.score)}"


def floors(alert: Alert) -> str:
    """What holds the alert's severity up besides its score, or "" when nothing does."""
    raised = [
        rule_words(item) for item in alert.findings if item.outcome in COUNTING and item.severity is alert.severity
    ]
    said = [f"Severity is at least {alert.severity} because of {', '.join(raised)}."] if raised else []
    said += ["List hits have a floor of their own, set by the policy."] if listed(alert) else []
    return " ".join(said)


def listed(alert: Alert) -> bool:
    """Whether a list hit adds to the score."""
    return any(part.family == LIST_FAMILY for part in alert.contributions)


def provenance_lines(provenance: Provenance) -> tuple[tuple[str, str], ...]:
    """What produced an alert, as (name, value) pairs."""
    lists = tuple(
        ("list", f"{item.publisher}, {item.list_date or 'no date'}, sha256 {item.sha256}") for item in provenance.lists
    )
    return (
        ("as of", str(provenance.as_of)),
        ("library", f"nkscreen {provenance.library}"),
        *lists,
        ("rule pack", f"{provenance.rulebook}, sha256 {provenance.rulebook_sha256}"),
        ("policy", f"sha256 {provenance.policy_sha256}"),
        *(("too old", text) for text in provenance.outdated),
    )
