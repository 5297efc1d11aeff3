import pytest

from nkscreen.errors import InputError


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("CUSTOMER NAME,COUNTRY,DATE OF BIRTH", "counterparty"),
        ("Name,Country,Address", "counterparty"),
        ("Name", "counterparty"),
        ("Name,Country,Industry,Account", "counterparty"),
        ("id,name,type,country,category", "counterparty"),
        ("VESSEL NAME,IMO NUMBER,FLAG", "vessel"),
        ("MMSI,BaseDateTime,LAT,LON,VesselName,IMO,CallSign", "vessel"),
        ("WORKER NAME,NATIONALITY,EMPLOYER,VISA TYPE", "employment"),
        ("DEBTOR NAME,CREDITOR NAME,AMOUNT,CURRENCY", "payment"),
        ("Ordering Customer;Beneficiary;Amount;Value date", "payment"),
        ("VESSEL NAME,IMO NUMBER,PORT OF LOADING", "shipment"),
        ("HS CODE,ORIGIN COUNTRY,QUANTITY", "shipment"),
        ("EXPORTER,IMPORTER", "shipment"),
    ],
)
def test_kind_that_explains_the_headers_best_is_taken(read, header, kind):
    filler = header.replace(";", ",").count(",") * ("," if "," in header else ";")
    source, _, _ = read(f"{header}\n1{filler}\n")
    assert source.kind == kind


def test_given_kind_is_kept(read):
    source, records, _ = read("Name,Country\nACME,SG\n", kind="counterparty")
    assert (source.kind, records[0].name) == ("counterparty", "ACME")


def test_headers_that_fit_nothing_are_named_in_the_error(read):
    with pytest.raises(InputError) as caught:
        read("foo,bar\n1,2\n")
    assert "seen: 'foo', 'bar'" in str(caught.value)
    assert "--map" in str(caught.value)


def test_record_that_looks_like_a_header_is_not_taken_for_one(read):
    """In lists of designations the cells "Entity" and "AKA" are values; the header above them explains more."""
    text = "Name 6,DOB,Nationality,Address 1,Country,Group Type,Alias Type\nA,,KP,X,KP,Entity,AKA\n"
    with pytest.raises(InputError, match="'Name 6'"):
        read(text)


def test_full_rows_above_the_header_are_quarantined(read):
    _, records, quarantined = read(
        "ACME,BOHAI,SGSIN\nSHIPPER NAME,CONSIGNEE NAME,PORT OF LOADING\nHERON,HANBIT,KRPUS\n"
    )
    assert [record.shipper.name for record in records] == ["HERON"]
    assert [item.source.row for item in quarantined] == [1]
    assert "above the header in row 2" in quarantined[0].reason


def test_title_rows_above_the_header_are_not_records(read):
    source, records, _ = read("sep=,\nManifest of the EASTERN SPARROW\n\nSHIPPER NAME,CONSIGNEE NAME\nACME,BOHAI\n")
    assert (source.read, records[0].source.row) == (1, 5)


def test_columns_that_were_not_recognised_are_listed(read):
    source, _, _ = read("SHIPPER NAME,FOO,PORT\nACME,1,2\n")
    assert source.unmapped == ("FOO", "PORT")
    assert [column.how for column in source.columns[""]] == ["recognised", "not recognised", "not recognised"]
