"""Ship registers: cells that hold several names, numbers, flags or owners, and words where numbers should stand."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.tables.periods import Held, held
from nkscreen.records import Vessel

REEFERS = Path(__file__).parents[4] / "shared/data/inputs/vessels/GlobalFishingWatch__treniformis__REEFERS.csv"


def vessel(tmp_path: Path, **cells: str) -> Vessel:
    """The record of one row of a register with these columns."""
    file = tmp_path / "register.csv"
    names = {"name": "EASTERN SPARROW", "imo": "9076260", **cells}
    file.write_text("\t".join(names) + "\n" + "\t".join(names.values()) + "\n", encoding="utf-8")
    (record,) = open_input(file, kind="vessel")
    assert isinstance(record, Vessel), record
    return record


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("SEA STAR / OCEAN STAR / ASTRA", ("SEA STAR", "OCEAN STAR", "ASTRA")),
        ("SEA STAR/OCEAN STAR", ("SEA STAR", "OCEAN STAR")),
        ("M/V SEA STAR", ("M/V SEA STAR",)),
        ("M/T SEA STAR (ex ASTRA)", ("M/T SEA STAR", "ASTRA")),
        ("SEA STAR, formerly: ASTRA", ("SEA STAR", "ASTRA")),
        ("SEA STAR; ASTRA", ("SEA STAR", "ASTRA")),
        ("EXPRESS STAR 1", ("EXPRESS STAR 1",)),
    ],
)
def test_a_cell_of_several_names_gives_the_name_and_the_former_ones(
    tmp_path: Path, name: str, wanted: tuple[str, ...]
) -> None:
    record = vessel(tmp_path, name=name)
    assert (record.name, *record.previous_names) == wanted


def test_former_names_keep_their_times(tmp_path: Path) -> None:
    record = vessel(tmp_path, former_names="SEA PRIMA (2018-2019), CARLOVA ex SAMHO 2 until 2015-03-02, NONE")
    assert record.previous_names == ("SEA PRIMA", "CARLOVA", "SAMHO 2")
    assert [(item.name, item.until, item.period) for item in record.name_history] == [
        ("SEA PRIMA", None, "2018-2019"),
        ("CARLOVA", date(2015, 3, 2), None),
        ("SAMHO 2", date(2015, 3, 2), None),
    ]


def test_a_heading_in_a_cell_of_the_mmsi_is_kept_and_reported(tmp_path: Path) -> None:
    record = vessel(tmp_path, mmsi="Call sign")
    assert record.mmsi == "Call sign"
    assert [item.kind for item in record.uncertainties()] == ["mmsi"]
    assert next(iter(record.mentions())).mmsi is None


def test_a_call_sign_in_the_cell_of_the_mmsi_is_the_call_sign(tmp_path: Path) -> None:
    assert vessel(tmp_path, mmsi="Call sign: UHAB").call_sign == "UHAB"
    assert vessel(tmp_path, mmsi="Call sign: UHAB", call_sign="HMZA2").call_sign == "HMZA2"


def test_further_numbers_of_a_cell_are_kept_and_screened(tmp_path: Path) -> None:
    record = vessel(tmp_path, imo="9283186 (ex 9076260)", mmsi="613003778, ex 371234000")
    assert (record.imo_number, record.other_imo_numbers) == ("9283186", ("9076260",))
    assert (record.mmsi, record.other_mmsi) == ("613003778", ("371234000",))
    assert [mention.imo_number for mention in record.mentions()] == ["9283186", "9076260", None]


def test_a_register_number_in_the_cell_of_the_imo_number_is_kept_as_given(tmp_path: Path) -> None:
    record = vessel(tmp_path, imo="RS 150443")
    assert record.imo_number == "RS 150443"
    assert [(item.path, item.kind) for item in record.uncertainties()] == [("imo_number", "imo")]
    assert vessel(tmp_path, imo="n/a").imo_number is None


@pytest.mark.parametrize(
    ("given", "year"),
    [("1993", 1993), ("1988 / 1990", 1988), ("1986/05", 1986), ("05.1986", 1986), ("circa 1990", 1990),
     ("2004 (rebuilt 2010)", 2004), ("0", None), ("unknown", None), ("n.a.", None)],
)  # fmt: skip
def test_years_of_build(tmp_path: Path, given: str, year: int | None) -> None:
    record = vessel(tmp_path, year_built=given)
    assert (record.build_year, record.unmapped_text) == (year, ())


def test_a_year_that_is_none_is_kept_as_text(tmp_path: Path) -> None:
    record = vessel(tmp_path, year_built="Nampo shipyard")
    assert [(item.place, item.text) for item in record.unmapped_text] == [("year_built", "Nampo shipyard")]


@pytest.mark.parametrize(
    ("header", "given", "length", "beam"),
    [
        ("loa", "183 m", 183.0, None),
        ("loa", "600 ft", 182.88, None),
        ("loa", "183.2 x 32.2 m", 183.2, 32.2),
        ("dimensions", "94 × 15.5", 94.0, 15.5),
        ("beam", "32,2 metres", None, 32.2),
        ("length", "0", None, None),
    ],
)
def test_dimensions_in_metres(
    tmp_path: Path, header: str, given: str, length: float | None, beam: float | None
) -> None:
    record = vessel(tmp_path, **{header: given})
    assert (record.length, record.beam) == (length, beam)


def test_tonnages_with_their_units(tmp_path: Path) -> None:
    record = vessel(tmp_path, gross_tonnage="12,345 GT", dwt="20 100 t")
    assert (record.gross_tonnage, record.deadweight_tonnage) == (12345.0, 20100.0)
    assert vessel(tmp_path, dwt="heavy").unmapped_text[0].text == "heavy"


def test_flags_false_several_and_past(tmp_path: Path) -> None:
    false = vessel(tmp_path, flag="Cameroon (false flag)")
    assert (false.flag, false.flag_confirmed) == ("CM", False)
    several = vessel(tmp_path, flag="Gambia; Comoros", former_flags="Panama, Togo")
    assert (several.flag, several.past_flags) == ("GM", ("KM", "PA", "TG"))
    korea = vessel(tmp_path, flag="Korea, Republic of")
    assert (korea.flag, korea.past_flags) == ("KR", ())


def test_a_history_of_flags(tmp_path: Path) -> None:
    record = vessel(
        tmp_path, flag_history="Panama 2010-2015; Cameroon (2019-07-01 to 2020-01-15) -> KH since 2020-01-16"
    )
    assert [(item.flag, item.since, item.until, item.period) for item in record.flag_history] == [
        ("PA", None, None, "2010-2015"),
        ("CM", date(2019, 7, 1), date(2020, 1, 15), None),
        ("KH", date(2020, 1, 16), None, None),
    ]
    assert record.flag == "KH"


def test_owners_and_managers_of_several_columns_and_cells(tmp_path: Path) -> None:
    record = vessel(
        tmp_path,
        registered_owner="COURAGE MARITIME SA",
        beneficial_owner="KWEK KEE SENG",
        manager="A SHIPPING CO., LTD / B SHIPPING",
        previous_owners="OLD CO LTD (2010 - 2015); MID CO., LTD. until 2019-01-31",
    )
    names = [party.name for party in (record.owner, record.manager) if party]
    assert names == ["COURAGE MARITIME SA", "A SHIPPING CO., LTD"]
    assert [(item.role, item.name, item.until, item.period) for item in record.other_parties] == [
        ("previous owner", "OLD CO LTD", None, "2010 - 2015"),
        ("previous owner", "MID CO., LTD.", date(2019, 1, 31), None),
        ("beneficial owner", "KWEK KEE SENG", None, None),
        ("manager", "B SHIPPING", None, None),
    ]
    assert {"KWEK KEE SENG", "B SHIPPING", "OLD CO LTD"} <= {mention.name for mention in record.mentions()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("KOBE 2000", Held("KOBE 2000")),
        ("FOO (12.03.2019 - )", Held("FOO", date(2019, 3, 12))),
        ("FOO (12/03/2019 - present)", Held("FOO", period="12/03/2019 - present")),
        ("2019-05-01: FOO", Held("FOO", date(2019, 5, 1))),
        ("FOO from 14 Jun 2018 to 1 July 2019", Held("FOO", date(2018, 6, 14), date(2019, 7, 1), past=True)),
    ],
)
def test_times_beside_values(text: str, wanted: Held) -> None:
    assert held(text) == [wanted]


def test_hostile_cells_are_read_in_time(tmp_path: Path) -> None:
    start = time.process_time()
    for text in ("(" * 50_000, "A / " * 20_000, "ex " * 30_000, "2010-" * 20_000, "1," * 40_000):
        file = tmp_path / "hostile.csv"
        file.write_text(f"imo\tname\tflag_history\towner\tloa\n9076260\t{text}\t{text}\t{text}\t{text}\n")
        source = open_input(file, kind="vessel")
        assert len(list(source)) == source.read == 1
    assert time.process_time() - start < 3


@pytest.mark.skipif(not REEFERS.exists(), reason="../shared/data is not there")
def test_a_register_of_reefers_reads_whole() -> None:
    source = open_input(REEFERS)
    records = [item for item in source if not isinstance(item, Quarantined)]
    assert (source.kind, source.read, len(records)) == ("vessel", 686, 686)
    assert sum(1 for item in records if isinstance(item, Vessel) and item.flag == "PA") == 146


def test_a_register_in_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("Fleet")
    sheet.write_row(0, 0, ["Fleet register, October 2026"])
    sheet.write_row(2, 0, ["Vessel name", "IMO", "MMSI", "Flag", "Built", "GT", "LOA (m)", "Former names", "Owner"])
    sheet.write_row(3, 0, ["SEA STAR / ASTRA", 9076260, 273379740, "Russia", 1993, 6963.6, 126.8, "FRIO", "A LTD"])
    sheet.write_row(4, 0, ["BELLA", "RS 150443", "Call sign", "Togo", "", 0, "", "", "B LTD / C LTD"])
    book.close()
    source = open_input(file)
    first, second = source
    assert (source.kind, source.read, source.quarantined) == ("vessel", 2, 0)
    assert isinstance(first, Vessel)
    assert (first.name, first.previous_names, first.imo_number, first.mmsi) == (
        "SEA STAR", ("ASTRA", "FRIO"), "9076260", "273379740",
    )  # fmt: skip
    assert (first.build_year, first.gross_tonnage, first.length, first.flag) == (1993, 6963.6, 126.8, "RU")
    assert isinstance(second, Vessel)
    assert (second.mmsi, second.gross_tonnage, second.other_parties[0].name) == ("Call sign", None, "C LTD")
