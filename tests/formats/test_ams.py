"""US AMS extracts: eleven tables joined by identifier, in bounded memory, nothing of them lost."""

import zipfile

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, TableSet, files_of, open_input
from nkscreen.formats.ams import reading, table_of
from nkscreen.records.codes import port

PARTY = "city,state_province,zip_code,country_code,contact_name,comm_number_qualifier,comm_number"
TABLES = {
    "header": """identifier,carrier_code,vessel_country_code,vessel_name,port_of_unlading,estimated_arrival_date,\
foreign_port_of_lading,manifest_quantity,weight,weight_unit,record_status_indicator,place_of_receipt,\
conveyance_id_qualifier,conveyance_id,secondary_notify_party_1,actual_arrival_date
20200727,SEAU,KP,MROA BETAGA,"Port Hueneme, California",2020-07-26,"Shanghai ,China (Mainland)",2880,1000,Pounds,\
Deleted,NAMPO -,IMO Number/Lloyds Number,9251999.0,SECOND NOTIFIED,2020-07-27 00:00:00
20200728,MAEU,PA,OTHER SHIP,"Port Hueneme, California",2020-07-26,Dalian,1,5,Kilograms,New,,,,,
""",
    "billgen": "identifier,master_bol_number,house_bol_number,voyage_number\n20200727,MAST1,HOUS1,031A\n",
    "shipper": "identifier,shipper_party_name,shipper_party_address_1,shipper_party_address_2," + PARTY + "\n"
    "20200727.0,CHOLLIMA HARBOUR GENERAL TRADING AN,D SHIPPING CO LTD,1 HIGH STREET,DALIAN,,116001,CN,HONG GIL DONG,"
    "Telephone,123456\n",
    "consignee": "identifier,consignee_name,consignee_address_1," + PARTY + "\n20200727,RYUGYONG,2 ROAD,,,,KP,,,\n"
    "20200728,ACME,3 ROAD,,,,US,,,\n99,LOST CONSIGNEE,4 ROAD,,,,US,,,\n",
    "notifyparty": "identifier,notify_party_name,notify_party_address_1," + PARTY + "\n20200727,NOTIFIED,,,,,,,,\n",
    "cargodesc": "identifier,container_number,description_sequence_number,piece_count,description_text\n"
    "20200727,MSCU1234566,2,,S OF THE NORTH\n"
    '20200727,MSCU1234566,1,10,"COAL IN BAGS, WASHED AND SCREENED AT THE MINE"\n'
    "20200727,MSCU1234566,2,,S OF THE NORTH\n,X,1,1,NO IDENTIFIER\n",
    "tariff": "identifier,container_number,description_sequence_number,harmonized_number,harmonized_value,"
    "harmonized_weight,harmonized_weight_unit\n20200727,MSCU1234566,1,10121.0,500,20,Kilograms\n",
    "marksnumbers": "identifier,container_number,marks_and_numbers_1,marks_and_numbers_2\n20200727,,WONSAN,MARKS\n",
    "container": "identifier,container_number,seal_number_1,equipment_description_code\n20200727,TCLU1111111,S1,4B\n",
    "hazmat": "identifier,container_number,hazmat_code,hazmat_contact,hazmat_description\n"
    "20200727,MSCU1234566,UN1361,KIM CHOL,CARBON\n",
    "hazmatclass": "identifier,container_number,hazmat_classification\n20200727,MSCU1234566,SELF HEATING SOLID\n",
}


def folder(tmp_path, tables=TABLES):
    for name, text in tables.items():
        (tmp_path / f"ams__{name}_2020__202008241500.csv").write_text(text)
    return tmp_path


def read(path):
    (tables,) = files_of(path).files
    with open_input(tables) as source:
        items = list(source)
    return items, source


def test_the_rows_of_eleven_tables_become_one_shipment(tmp_path):
    items, source = read(folder(tmp_path))
    bill = next(item for item in items if getattr(item, "bill_of_lading", None) == "HOUS1")
    assert (bill.vessel.name, bill.vessel.imo_number, bill.vessel.flag) == ("MROA BETAGA", "9251999", "KP")
    assert (bill.port_of_loading, bill.port_of_discharge) == (
        port.parse("Shanghai, China"),
        port.parse("Port Hueneme, California"),
    )
    assert [leg.port for leg in bill.legs] == ["KPNAM", bill.port_of_loading, bill.port_of_discharge]
    assert (str(bill.arrival_date), bill.voyage, bill.gross_weight_kg) == ("2020-07-27", "031A", 453.59237)
    assert bill.shipper.name == "CHOLLIMA HARBOUR GENERAL TRADING AND SHIPPING CO LTD"
    assert (bill.shipper.name_truncated, bill.shipper.address) == (True, "1 HIGH STREET, DALIAN, 116001")
    assert (bill.consignee.name, bill.consignee.country) == ("RYUGYONG", "KP")
    assert [party.name for party in bill.notify_parties] == ["SECOND NOTIFIED", "NOTIFIED"]
    assert [(party.role, party.name) for party in bill.other_parties] == [
        ("carrier", None), ("contact of shipper", "HONG GIL DONG"), ("contact for dangerous goods", "KIM CHOL"),
    ]  # fmt: skip
    (goods,) = bill.goods
    assert goods.description == "COAL IN BAGS, WASHED AND SCREENED AT THE MINES OF THE NORTH"
    assert (goods.hs_code, goods.quantity, goods.value, goods.gross_weight_kg) == ("010121", 10, 500, 20)
    assert (bill.marks, bill.container_numbers) == ("WONSAN MARKS", ("MSCU1234566", "TCLU1111111"))
    assert [(text.place, text.text) for text in bill.unmapped_text] == [
        ("billgen.bol_number", "MAST1"), ("container.seal_number_1", "S1"), ("hazmat", "UN1361 CARBON"),
        ("hazmatclass.hazmat_classification", "SELF HEATING SOLID"),
    ]  # fmt: skip
    assert bill.remarks == "record status: Deleted"
    assert (bill.source.row, bill.source.path) == (2, "identifier 20200727")
    assert bill.source.file.endswith("ams__header_2020__202008241500.csv")
    assert source.notes == ("16 rows of 11 files make 2 bills",)


def test_rows_that_belong_to_no_bill_are_quarantined_with_their_place(tmp_path):
    items, source = read(folder(tmp_path))
    lost = {item.raw.get("consignee_name") or item.raw["description_text"]: item for item in items
            if isinstance(item, Quarantined)}  # fmt: skip
    assert set(lost) == {"LOST CONSIGNEE", "NO IDENTIFIER"}
    assert "no row of the header table has this identifier" in lost["LOST CONSIGNEE"].reason
    assert (lost["LOST CONSIGNEE"].source.row, lost["LOST CONSIGNEE"].field) == (4, "identifier")
    assert "the row has no identifier" in lost["NO IDENTIFIER"].reason
    assert (source.records, source.quarantined) == (2, 2)


def test_every_header_row_of_an_amended_bill_is_a_shipment(tmp_path):
    amended = "20200728,MAEU,PA,RENAMED SHIP,,,,,,,Amended,,,,,\n"
    items, _ = read(folder(tmp_path, {**TABLES, "header": TABLES["header"] + amended}))
    found = [(item.vessel.name, item.consignee.name, item.remarks) for item in items if item.source.path.endswith("28")]
    assert found == [
        ("OTHER SHIP", "ACME", "record status: New"), ("RENAMED SHIP", "ACME", "record status: Amended"),
    ]  # fmt: skip


@pytest.mark.parametrize("bound", [("MAX_ROWS", 5), ("MAX_CHARACTERS", 900)])
def test_what_cannot_be_one_bill_is_set_aside_whole(tmp_path, monkeypatch, bound):
    monkeypatch.setattr(reading, *bound)
    items, source = read(folder(tmp_path))
    (large,) = [item for item in items if isinstance(item, Quarantined) and "carry this identifier" in item.reason]
    assert f"{bound[1]} " in large.reason
    assert (large.source.path, source.records) == ("identifier 20200727", 1)


def test_an_archive_of_tables_reads_as_the_folder(tmp_path):
    packed = tmp_path / "ams.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in TABLES.items():
            archive.writestr(f"ams/{name}.csv", text)
    items, _ = read(packed)
    inside = tmp_path / "inside"
    inside.mkdir()
    there, _ = read(folder(inside))
    unplaced = [[item.model_dump(exclude={"source"}) for item in found] for found in (items, there)]
    assert unplaced[0] == unplaced[1]


def test_other_tables_stay_what_they_are(tmp_path):
    assert (
        table_of(["identifier", "vessel_name", "port_of_unlading", "consignee_name", "record_status_indicator"]) == ""
    )
    assert table_of(["name", "country"]) == ""
    (tmp_path / "book.csv").write_text("customer name,country\nACME,US\n")
    folder(tmp_path, {name: text for name, text in TABLES.items() if name != "header"})
    assert all(not isinstance(file, TableSet) for file in files_of(tmp_path).files)
    with pytest.raises(InputError, match="have no header table"):
        open_input(TableSet(tuple(sorted(tmp_path.glob("ams__*")))))
