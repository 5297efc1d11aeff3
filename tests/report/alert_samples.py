"""A realistic run: twelve alerts of every kind and severity, with their summary and quarantine.

Companies and persons are invented; vessels and banks that are listed carry their real identifiers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from nkscreen.alerts.model import (
    Alert,
    ConditionResult,
    Contribution,
    Evidence,
    Finding,
    Hit,
    LegalBasis,
    ListedBasis,
    ListVersion,
    PathValue,
    Provenance,
    Severity,
    TokenPair,
)
from nkscreen.records import Source
from nkscreen.screening.summary import FileCount, RunSummary

PROVENANCE = Provenance(
    library="0.1.0",
    as_of=date(2026, 3, 2),
    lists=(
        ListVersion(publisher="OFAC", list_date=date(2026, 2, 27), sha256="3f1c" * 16),
        ListVersion(publisher="UN", list_date=date(2025, 7, 14), sha256="a07e" * 16),
    ),
    rulebook="nkscreen-dprk 0.1.0",
    rulebook_sha256="77d2" * 16,
    policy_sha256="c4b9" * 16,
)

UNSCR_2397_7 = LegalBasis(
    id="UNSCR 2397 (2017)", para="7", effective=date(2017, 12, 22), url="https://docs.un.org/S/RES/2397(2017)"
)


@dataclass(frozen=True)
class SetAside:
    source: Source
    reason: str
    field: str
    raw: dict[str, str] | str


QUARANTINE = (
    SetAside(
        Source(file="dalian_feeder.csv", row=14),
        "2019-02-30 is not a date; correct the shipment date and run the row again.",
        "date",
        {"BILL OF LADING": "SGDL1140", "SHIPMENT DATE": "2019-02-30", "SHIPPER NAME": "EXAMPLE TRADING PTE LTD"},
    ),
    SetAside(
        Source(file="workers.xlsx", sheet="Q1", row=88),
        "The row has more cells than the header; quote the cell that holds the separator.",
        "",
        "Ri Chol Su;KP;construction;Moscow;;extra;cells",
    ),
)


def make_alert(number: int, kind: str, subject: str, headline: str, severity: str, **more: Any) -> Alert:
    fields: dict[str, Any] = {
        "id": f"nk-{number:04d}{'c3ba9d21' * 2}",
        "record_kind": kind,
        "record_id": f"{kind[:3].upper()}-{1000 + number}",
        "source": Source(file="dalian_feeder.csv", row=10 + number),
        "score": 50.0,
        "provenance": PROVENANCE,
    }
    return Alert(subject=subject, headline=headline, severity=Severity(severity), **(fields | more))


def part(family: str, score: float, without: float, by: str) -> Contribution:
    return Contribution(family=family, score=score, score_without=without, by=by)


def vessel_hit(**more: Any) -> Hit:
    fields: dict[str, Any] = {
        "path": "vessel",
        "role": "vessel",
        "given_name": "CHONG CHON GANG",
        "entity_id": "17069",
        "publisher": "OFAC",
        "list_date": date(2026, 2, 27),
        "schema_": "Vessel",
        "caption": "CHONG CHON GANG",
        "matched_name": "CHONG CHON GANG",
        "matched_name_kind": "primary",
        "matched_name_quality": "strong",
        "name_score": 1.0,
        "score": 0.9998,
        "decisive_identifier": "imo",
        "dprk": True,
        "prior": -8.0,
        "evidence": (
            Evidence(
                code="name",
                path="vessel.name",
                given="CHONG CHON GANG",
                listed="CHONG CHON GANG",
                weight=11.0,
                detail="the same words in any order: names of three or more words repeat rarely",
            ),
            Evidence(
                code="imo_equal",
                path="vessel.imo_number",
                given="7937317",
                listed="7937317",
                weight=16.0,
                detail="an IMO number stays with the hull for life",
            ),
            Evidence(
                code="flag_equal", path="vessel.flag", given="KP", listed="KP", weight=1.0, detail="fleets are large"
            ),
            Evidence(code="mmsi_differs", path="vessel.mmsi", given="445079000", listed="445114000", weight=-2.0),
        ),
        "alignment": (
            TokenPair(given="CHONG", listed="CHONG", effect="exact", similarity=1),
            TokenPair(given="CHON", listed="CHON", effect="exact", similarity=1),
            TokenPair(given="GANG", listed="GANG", effect="exact", similarity=1),
        ),
        "listings": (
            ListedBasis(programme="DPRK", listed=date(2014, 7, 30), legal_basis="E.O. 13551", measure="asset freeze"),
        ),
    }
    return Hit(**(fields | more))


CONFLICTING = vessel_hit(
    given_name="CHONG CHON GANG 3",
    score=0.0001,
    decisive_identifier="",
    conflict=True,
    name_score=0.82,
    evidence=(
        Evidence(
            code="name",
            path="vessel.name",
            given="CHONG CHON GANG 3",
            listed="CHONG CHON GANG",
            weight=8.3,
            detail="each tenth of name score lost: at the threshold of 0.8 a name alone is an even chance",
        ),
        Evidence(
            code="imo_conflict",
            path="vessel.imo_number",
            given="9074729",
            listed="7937317",
            weight=-14.0,
            detail="two valid IMO numbers are two hulls: a shared name is then a namesake, or a disguise to check",
        ),
        Evidence(code="flag_differs", path="vessel.flag", given="PA", listed="KP", weight=-0.5),
    ),
    alignment=(
        TokenPair(given="CHONG", listed="CHONG", effect="exact", similarity=1),
        TokenPair(given="CHON", listed="CHON", effect="exact", similarity=1),
        TokenPair(given="GANG", listed="GANG", effect="exact", similarity=1),
        TokenPair(given="3", listed="", effect="number_missing", similarity=0),
    ),
)

PERSON = Hit(
    path="consignee",
    role="consignee",
    given_name="리원호",
    entity_id="KPi.033",
    publisher="UN",
    list_date=date(2025, 7, 14),
    schema_="Person",
    caption="RI WON HO",
    matched_name="Ri Won Ho",
    matched_name_kind="original_script",
    matched_name_quality="strong",
    name_score=0.91,
    score=0.986,
    dprk=True,
    prior=-8.0,
    evidence=(
        Evidence(
            code="name", path="consignee.name", given="리원호", listed="Ri Won Ho", weight=10.1,
            detail="Korean syllables agree: ri, won, ho",
        ),
        Evidence(
            code="short_name", path="consignee.name", weight=-1.9,
            detail="what an empty name would cost: names so short are borne by many",
        ),
        Evidence(
            code="birth_date_equal", path="consignee.birth_date", given="1964-07-17", listed="1964-07-17", weight=6.0
        ),
        Evidence(code="nationality_equal", path="consignee.nationality", given="KP", listed="KP", weight=1.0),
        Evidence(code="country_differs", path="consignee.country", given="CN", listed="KP", weight=-1.0),
    ),
    alignment=(
        TokenPair(given="리", listed="Ri", effect="korean_syllable", similarity=1),
        TokenPair(given="원", listed="Won", effect="korean_syllable", similarity=1),
        TokenPair(given="호", listed="Ho", effect="korean_syllable", similarity=0.94),
    ),
    listings=(
        ListedBasis(programme="UN 1718", listed=date(2016, 11, 30), legal_basis="UNSCR 2321 (2016) Annex I",
                    measure="asset freeze, travel ban"),
        ListedBasis(programme="DPRK2", listed=date(2016, 12, 2), legal_basis="E.O. 13687"),
    ),
)  # fmt: skip

DALIAN = Finding(
    rule_id="NK-SHIP-017",
    version=3,
    title="Machinery transshipped through Dalian towards the DPRK",
    family="transshipment",
    outcome="match",
    severity=Severity.HIGH,
    score=95,
    basis="law",
    jurisdictions=("UN", "EU", "US"),
    conditions=(
        ConditionResult(
            name="goods", holds=True, weight=40, says="HS 845811 (lathes) is in the headings of paragraph 7.",
            evidence=(PathValue(path="goods[0].hs_code", value="845811"),
                      PathValue(path="goods[0].description", value="CNC LATHE, USED")),
        ),
        ConditionResult(
            name="via_dalian", holds=True, weight=20, says="Cargo changes ships at Dalian.",
            evidence=(PathValue(path="legs[1]", value={"port": "CNDAL", "transshipment": True}),),
        ),
        ConditionResult(
            name="dwell", holds=True, weight=5, says="26 days at Dalian, more than 14.",
            evidence=(PathValue(path="legs[1].arrival", value="2018-07-31"),
                      PathValue(path="legs[1].departure", value="2018-08-26")),
        ),
        ConditionResult(name="dark", holds=None, weight=15, missing=("vessel.port_calls",)),
        ConditionResult(name="inland", holds=False, says="The consignee is in China."),
    ),
    missing=("vessel.port_calls",),
    legal=(
        UNSCR_2397_7,
        LegalBasis(id="Regulation (EU) 2017/1509", para="Art. 16a", effective=date(2018, 2, 26), verified=False),
    ),
    seed=("East-West Center, Asia Pacific Bulletin 509 (2020)",),
    references=("https://www.un.org/securitycouncil/sanctions/1718",),
    falsepositives=("Dalian is a very large port with mostly legal trade.", "Goods for a named Chinese factory."),
    action="Hold the shipment. Ask the shipper for the end user and the onward bill of lading.",
    as_of=date(2018, 6, 14),
    clock="date",
)  # fmt: skip

UNKNOWN = Finding(
    rule_id="NK-SHIP-031",
    version=1,
    title="Arms concealed in bulk sugar: indicator",
    family="concealment",
    outcome="unknown",
    severity=Severity.LOW,
    score=0,
    basis="indicator",
    conditions=(
        ConditionResult(name="bulk_sugar", holds=True, says="Raw cane sugar in bulk from Cuba.",
                        evidence=(PathValue(path="goods[0].hs_code", value="170114"),)),
        ConditionResult(name="weight_gap", holds=None, missing=("measured_weight_kg",)),
        ConditionResult(name="undeclared_containers", holds=None, missing=("found_containers",)),
    ),
    missing=("measured_weight_kg", "found_containers"),
    legal=(LegalBasis(id="UNSCR 2094 (2013)", para="16", effective=date(2013, 3, 7)),),
    falsepositives=("Cuba exports sugar lawfully.",),
    action="Ask the terminal for the draught survey and the container count.",
    as_of=date(2026, 3, 2),
    clock="date",
    clock_assumed=True,
)  # fmt: skip

DEFECT = Finding(
    rule_id="DATA-COUNTRY",
    title="A country cannot be read",
    family="data quality",
    outcome="data",
    severity=Severity.LOW,
    score=20,
    detail="“Korea” at consignee.country may be either Korea; write KR or KP.",
    conditions=(),
    missing=("consignee.country",),
)

VISA = Finding(
    rule_id="NK-EMP-002",
    title="Work on a student visa by a DPRK national: a red flag",
    family="labour",
    outcome="match",
    severity=Severity.MEDIUM,
    score=58,
    basis="indicator",
    conditions=(
        ConditionResult(
            name="student_visa",
            holds=True,
            weight=30,
            says="The visa is a student's, the work is construction.",
            evidence=(PathValue(path="visa_type", value="student"), PathValue(path="sector", value="construction")),
        ),
    ),
    legal=(LegalBasis(id="UNSCR 2397 (2017)", para="8", effective=date(2019, 12, 22)),),
    falsepositives=("Students may work part-time where the law allows it.",),
    action="Ask the employer for the work permit.",
)

DALIAN_SHIPMENT: dict[str, Any] = {
    "id": "SHI-1001",
    "date": "2018-06-14",
    "bill_of_lading": "RTMDL20180614",
    "shipper": {"name": "EXAMPLE MACHINE TOOLS B.V.", "country": "NL"},
    "consignee": {"name": "TO ORDER"},
    "vessel": {"name": "EXAMPLE FEEDER", "imo_number": "9074729", "flag": "PA"},
    "legs": [
        {"port": "NLRTM", "country": "NL", "departure": "2018-06-14"},
        {"port": "CNDAL", "country": "CN", "arrival": "2018-07-31", "departure": "2018-08-26", "transshipment": True},
        {"port": "JPOSA", "country": "JP", "arrival": "2018-08-31", "departure": "2018-09-27", "transshipment": True},
        {"port": "KRPUS", "country": "KR", "arrival": "2018-09-30", "departure": "2018-10-01", "transshipment": True},
        {"port": "KPNAM", "country": "KP", "arrival": "2018-10-05"},
    ],
    "port_of_loading": "NLRTM",
    "port_of_discharge": "KPNAM",
    "goods": [{"hs_code": "845811", "description": "CNC LATHE, USED", "gross_weight_kg": 4200.0}],
}

SHORT_SHIPMENT: dict[str, Any] = {
    "id": "SHI-1006",
    "port_of_loading": "SGSIN",
    "port_of_discharge": "CNDAL",
    "departure_date": "2019-08-02",
    "goods": [{"hs_code": "220830", "description": "WHISKY"}],
}


def sample_alerts() -> list[Alert]:
    """Twelve alerts, in no particular order."""
    list_part = part("list hit", 100, 0, "OFAC:17069")
    rule_part = part("transshipment", 95, 40, "NK-SHIP-017")
    return [
        make_alert(
            1, "shipment", "RTMDL20180614", "Machinery transshipped through Dalian; last leg to Nampo, North Korea",
            "critical", score=98.2, event_date=date(2018, 6, 14), hits=(CONFLICTING,), findings=(DALIAN, DEFECT),
            contributions=(rule_part, part("route", 55, 96, "NK-SHIP-004"),
                           part("data quality", 20, 97.8, "DATA-COUNTRY")),
            record=DALIAN_SHIPMENT,
        ),
        make_alert(
            2, "vessel", "CHONG CHON GANG (IMO 7937317)", "IMO number of a vessel listed by OFAC under DPRK",
            "critical", score=100, hits=(vessel_hit(path=""),), contributions=(list_part,),
            source=Source(file="fleet.csv", row=3), event_date=date(2026, 2, 1),
            record={"id": "VES-1002", "name": "CHONG CHON GANG", "imo_number": "7937317", "flag": "KP"},
        ),
        make_alert(
            3, "vessel", "CHONG CHON GANG 3", "Name like a listed vessel, but another valid IMO number",
            "low", score=20, hits=(CONFLICTING,), findings=(DEFECT,),
            contributions=(part("data quality", 20, 0, "DATA-COUNTRY"),),
            source=Source(file="fleet.csv", row=4),
        ),
        make_alert(
            4, "shipment", "SGDL1143", "Consignee may be RI WON HO, listed by the UN (KPi.033)",
            "high", score=98.6, hits=(PERSON,), contributions=(part("list hit", 98.6, 0, "UN:KPi.033"),),
            event_date=date(2025, 11, 20),
        ),
        make_alert(
            5, "shipment", "HAVNK0093", "Undecided: bulk sugar from Cuba, weights not given", "low", score=0,
            findings=(UNKNOWN,), record={"id": "SHI-1005", "port_of_loading": "CUHAV", "destination_country": "KP"},
        ),
        make_alert(
            6, "shipment", "SGDL1144", "Whisky to Dalian with no declared destination", "medium", score=55,
            findings=(VISA.model_copy(update={"rule_id": "NK-SHIP-009", "title": "Alcohol to Dalian, no end user: "
                      "a red flag", "family": "transshipment", "score": 55}),),
            contributions=(part("transshipment", 55, 0, "NK-SHIP-009"),), record=SHORT_SHIPMENT,
            event_date=date(2019, 8, 2),
        ),
        make_alert(
            7, "employment", "Ri Chol Su", "Work on a student visa by a DPRK national", "medium", score=58,
            findings=(VISA,), contributions=(part("labour", 58, 0, "NK-EMP-002"),),
            source=Source(file="workers.xlsx", sheet="Q1", row=17), event_date=date(2024, 5, 31),
        ),
        make_alert(
            8, "payment", "PAY-1008", "Creditor's bank is FTBDKPPY, Foreign Trade Bank of the DPRK", "critical",
            score=99.9, hits=(vessel_hit(path="creditor_agent", role="creditor agent", given_name="F.T.B.",
                              caption="FOREIGN TRADE BANK OF THE DPRK", decisive_identifier="bic",
                              schema_="Organization", entity_id="8520",
                              matched_name="FOREIGN TRADE BANK", evidence=(
                                  Evidence(code="bic_equal", path="creditor_agent.swift_bic", given="FTBDKPPY",
                                           listed="FTBDKPPY", weight=24.0),), alignment=()),),
            contributions=(part("list hit", 99.9, 0, "OFAC:8520"),), source=Source(file="payments.csv", row=5),
        ),
        make_alert(
            9, "counterparty", "Kim Chol", "A very common name shared with a listed person", "info", score=4,
            hits=(PERSON.model_copy(update={"score": 0.04, "given_name": "Kim Chol", "path": "",
                                            "evidence": PERSON.evidence[:2]}),),
            contributions=(part("list hit", 4, 0, "UN:KPi.033"),), source=Source(file="customers.csv", row=2),
        ),
        make_alert(
            10, "vessel", "RYE SONG GANG 1", "Listed since 2017-12-28, after the day of the voyage", "info", score=0,
            hits=(vessel_hit(in_force=False, caption="RYE SONG GANG 1", given_name="RYE SONG GANG 1",
                             listings=(ListedBasis(programme="UN 1718", listed=date(2017, 12, 28)),)),),
            event_date=date(2017, 6, 1), source=Source(file="fleet.csv", row=9),
        ),
        make_alert(
            11, "counterparty", "Example Restaurant Holdings", "Country given as “Korea”: which of the two?",
            "low", score=20, findings=(DEFECT,), contributions=(part("data quality", 20, 0, "DATA-COUNTRY"),),
            source=Source(file="customers.csv", row=6),
        ),
        make_alert(
            12, "shipment", "VVO-RJN-7", "Coal loaded at Rajin; Russian origin claimed, certificate missing", "high",
            score=72, findings=(DALIAN.model_copy(update={"title": "Coal of DPRK origin", "rule_id": "NK-SHIP-020",
                                                          "family": "commodity", "score": 72}),),
            contributions=(part("commodity", 72, 0, "NK-SHIP-020"),), event_date=date(2018, 1, 15),
            record={"id": "SHI-1012", "legs": [{"port": "RUVVO"}, {"port": "KPRJN", "departure": "2018-01-15"}],
                    "port_of_discharge": "CNSHA", "destination_country": "CN"},
        ),
    ]  # fmt: skip


def sample_summary(alerts: list[Alert]) -> RunSummary:
    """A summary that adds up, with a warning about an old list."""
    return RunSummary(
        files=(
            FileCount(name="dalian_feeder.csv", format="CSV, UTF-8, comma", kind="shipment", read=1280, screened=1279,
                      quarantined=1),
            FileCount(name="workers.xlsx", format="XLSX", kind="employment", read=96, screened=95, quarantined=1),
            FileCount(name="fleet.csv", format="CSV, cp1251, semicolon", kind="vessel", read=12, screened=12),
        ),
        alerts_by_severity={severity: sum(alert.severity is severity for alert in alerts) for severity in Severity},
        cleared=1370,
        undecided=4,
        warnings=(
            "The UN list is of 2025-07-14, 231 days before the run; fetch a newer one before calling anything clear.",
        ),
        provenance=PROVENANCE,
    )  # fmt: skip
