from pathlib import Path

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input
from nkscreen.records import Source

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DATA = Path(__file__).resolve().parents[2] / "../shared/data"


def test_missing_file_folder_and_kind_are_errors_that_say_so(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        open_input(tmp_path / "none.csv")
    with pytest.raises(InputError, match="cannot be opened"):
        open_input(tmp_path)
    with pytest.raises(InputError, match="no kind 'cargo'"):
        open_input(tmp_path, kind="cargo")
    with pytest.raises(InputError, match="standard input"):
        open_input("-")


def test_what_is_kept_of_a_quarantined_row_is_bounded():
    source = Source(file="a.csv", row=2)
    assert len(Quarantined(source=source, reason="r", raw="x" * 5000).raw) == 2000
    kept = Quarantined(source=source, reason="r", raw={"A": "x" * 1500, "B": "y" * 1500, "C": "z"}).raw
    assert {name: len(cell) for name, cell in kept.items()} == {"A": 1500, "B": 498}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("manifests/dalian_feeder.csv", "shipment"),
        ("manifests/singapore_export.xlsx", "shipment"),
        ("employment/workers.csv", "employment"),
        ("payments/payments.csv", "payment"),
        ("vessels/fleet.csv", "vessel"),
        ("counterparties/customers.csv", "counterparty"),
    ],
)
def test_fixtures_are_read_by_their_headers_alone(name, kind):
    with open_input(FIXTURES / name) as source:
        items = list(source)
    assert (source.kind, source.read) == (kind, len(items))
    assert source.records > 5


def test_register_of_reefers_is_read_whole():
    file = DATA / "inputs/vessels/GlobalFishingWatch__treniformis__REEFERS.csv"
    if not file.exists():
        pytest.skip("shared/data not present")
    with open_input(file) as source:
        first = next(source)
        rest = sum(1 for _ in source)
    assert (source.kind, first.mmsi) == ("vessel", "111100000")
    assert (rest + 1, source.quarantined) == (686, 0)
