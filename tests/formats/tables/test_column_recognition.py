import csv
from pathlib import Path

import pytest

from nkscreen.formats.tables.columns import recognise


def table(file):
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


LABELLED = table(Path(__file__).parents[1] / "headers_labelled.tsv")
KNOWLEDGE = Path(__file__).resolve().parents[3] / "../shared/knowledge"


def paths(kind, *headers):
    return [match.path if match else None for match in recognise(headers, kind)]


@pytest.mark.parametrize("row", LABELLED, ids=lambda row: row["header"])
def test_a_header_means_what_its_label_says(row):
    assert paths("shipment", row["header"]) == [None if row["path"] == "-" else row["path"]]


def test_labelled_sample_is_large_and_holds_headers_that_mean_nothing():
    assert len(LABELLED) >= 120
    assert sum(row["path"] == "-" for row in LABELLED) >= 40


def test_share_of_real_headers_recognised_does_not_fall():
    file = KNOWLEDGE / "trade_headers.tsv"
    if not file.exists():
        pytest.skip("shared/knowledge not present")
    counted = [(int(row["count"]), recognise([row["header"]], "shipment")[0]) for row in table(file)]
    share = sum(count for count, match in counted if match) / sum(count for count, _ in counted)
    assert share > 0.53


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Ordering Customer", "debtor.name"),
        ("Ordering customer address", "debtor.address"),
        ("BENEFICIARY", "creditor.name"),
        ("Beneficiary Country", "creditor.country"),
        ("Beneficiary Bank BIC", "creditor_agent.swift_bic"),
        ("Originator Bank", "debtor_agent.name"),
        ("Intermediary Bank 2", "intermediary_agents[1].name"),
        ("Ultimate Debtor", "ultimate_debtor.name"),
        ("Debtor IBAN", "debtor.account"),
        ("Details of Payment", "remittance_information"),
        ("Value Date", "date"),
        ("Amount (USD)", "amount"),
        ("UETR", "uetr"),
        ("Details", "remittance_information"),
        ("Плательщик", "debtor.name"),
        ("Получатель", "creditor.name"),
        ("Банк получателя", "creditor_agent.name"),
        ("Назначение платежа", "remittance_information"),
        ("付款人", "debtor.name"),
        ("收款银行", "creditor_agent.name"),
        ("송금인", "debtor.name"),
        ("수취은행", "creditor_agent.name"),
        ("Exchange rate", None),
    ],
)
def test_payment_headers(header, path):
    assert paths("payment", header) == [path]


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Worker Name", "worker.name"),
        ("Nationality", "worker_nationality"),
        ("Visa Type", "visa_type"),
        ("Employer", "employer.name"),
        ("Employer Country", "employer.country"),
        ("Host country", "country"),
        ("Sector", "sector"),
        ("Start Date", "start_date"),
        ("End Date", "end_date"),
        ("Headcount", "worker_count"),
        ("Wage (USD)", "wage"),
        ("Wage paid to", "paid_to.name"),
        ("Passport No.", "worker.documents[2].number"),
        ("Employment From", "start_date"),
        ("Employment To", "end_date"),
        ("From", "start_date"),
        ("Until", "end_date"),
        ("Работник", "worker.name"),
        ("ФИО работника", "worker.name"),
        ("Гражданство", "worker_nationality"),
        ("Работодатель", "employer.name"),
        ("Страна работодателя", "employer.country"),
        ("Вид визы", "visa_type"),
        ("Заработная плата", "wage"),
        ("Получатель зарплаты", "paid_to.name"),
        ("Дата начала работы", "start_date"),
        ("Дата окончания", "end_date"),
        ("Дата разрешения на работу", "permit_date"),
        ("Количество работников", "worker_count"),
        ("근로자명", "worker.name"),
        ("국적", "worker_nationality"),
        ("비자 종류", "visa_type"),
        ("고용주", "employer.name"),
        ("월급", "wage"),
        ("급여 수령인", "paid_to.name"),
        ("시작일", "start_date"),
        ("종료일", "end_date"),
        ("工人姓名", "worker.name"),
        ("国籍", "worker_nationality"),
        ("签证类型", "visa_type"),
        ("雇主国家", "employer.country"),
        ("工资", "wage"),
        ("工资收款人", "paid_to.name"),
        ("开始日期", "start_date"),
        ("结束日期", "end_date"),
        ("Empleador", "employer.name"),
        ("Nationalité", "worker_nationality"),
        ("Người lao động", "worker.name"),
        ("Quốc tịch", "worker_nationality"),
        ("Remarks", "remarks"),
        ("Remote", "remote"),
    ],
)
def test_employment_headers(header, path):
    assert paths("employment", header) == [path]


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Vessel Name", "name"),
        ("Former names", "previous_names"),
        ("Ex Name", "previous_names"),
        ("IMO No.", "imo_number"),
        ("MMSI", "mmsi"),
        ("Flag State", "flag"),
        ("Registered Owner", "owner.name"),
        ("Owner Country", "owner.country"),
        ("Ship Manager", "manager.name"),
        ("DWT", "deadweight_tonnage"),
        ("Year Built", "build_year"),
        ("STS Date", "sts_transfers[0].date"),
        ("STS Flag", "sts_transfers[0].flag"),
    ],
)
def test_vessel_headers(header, path):
    assert paths("vessel", header) == [path]


def test_importer_is_the_consignee_until_there_is_one():
    assert paths("shipment", "IMPORTER NAME", "IMPORTER COUNTRY") == ["consignee.name", "consignee.country"]
    assert paths("shipment", "IMPORTER NAME", "IMPORTER COUNTRY", "CONSIGNEE NAME") == [
        "other_parties[role=importer].name",
        "other_parties[role=importer].country",
        "consignee.name",
    ]


def test_attribute_of_a_role_without_a_name_goes_to_the_party_in_that_place():
    assert paths("shipment", "SHIPPER NAME", "EXPORTER COUNTRY") == ["shipper.name", "shipper.country"]


def test_destination_port_beside_a_port_of_discharge_is_where_the_goods_go_on_to():
    assert paths("shipment", "DESTINATION PORT") == ["port_of_discharge"]
    assert paths("shipment", "DESTINATION PORT", "PORT OF DISCHARGE", "PORT OF DISCHARGE CODE") == [
        "place_of_delivery",
        "port_of_discharge",
        "port_of_discharge",
    ]


def test_column_marked_raw_ranks_after_the_cleaned_one():
    raw, cleaned = recognise(["RAW SHIPPER NAME", "SHIPPER NAME"], "shipment")
    assert raw.path == cleaned.path == "shipper.name"
    assert raw.rank > cleaned.rank


def test_unit_and_currency_in_a_header_are_kept():
    assert [match.unit for match in recognise(["GROSS WEIGHT (MT)", "FOB VALUE IN USD"], "shipment")] == ["mt", "usd"]


def test_overlong_cell_is_no_header():
    assert paths("shipment", "SHIPPER " * 100) == [None]
