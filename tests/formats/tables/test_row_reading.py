import datetime as dt

import pytest

from nkscreen.records.codes.nameless import is_nameless


def one(read, text, **options):
    _, records, quarantined = read(text, **options)
    assert quarantined == []
    return records[0]


def test_names_that_name_nobody_stay_as_given_and_order_clauses_give_the_party_as_an_alias(read):
    text = "SHIPPER NAME,CONSIGNEE NAME,NOTIFY PARTY\nNULL,TO ORDER,TO THE ORDER OF ACME BANK\n"
    record = one(read, text)
    assert record.shipper is None
    assert record.consignee.name == "TO ORDER"
    party = record.notify_parties[0]
    assert (party.name, party.aliases) == ("TO THE ORDER OF ACME BANK", ("ACME BANK",))


def test_bill_to_order_of_a_bank_stays_an_order_bill_and_its_bank_is_screened(read):
    consignee = one(read, 'SHIPPER,CONSIGNEE\nA,"TO ORDER OF BANK OF CHINA, DALIAN"\n').consignee
    assert consignee.name == "TO ORDER OF BANK OF CHINA, DALIAN"
    assert not is_nameless(consignee.name)
    assert [name for mention in consignee.as_mentions("consignee") for _, name in mention.names] == [
        "TO ORDER OF BANK OF CHINA, DALIAN",
        "BANK OF CHINA, DALIAN",
    ]


def test_cell_with_several_hs_codes_is_several_lines_whose_quantity_is_counted_once(read):
    text = 'SHIPPER,HS CODE,DESCRIPTION,QUANTITY,ORIGIN COUNTRY\nA,"2208.30, 2204.21",drinks,12,SG\n'
    first, second = one(read, text).goods
    assert (first.hs_code, first.description, first.quantity, first.origin_country) == ("220830", "drinks", 12.0, "SG")
    assert (second.hs_code, second.description, second.quantity, second.origin_country) == (
        "220421",
        "drinks",
        None,
        "SG",
    )


def test_running_number_of_an_item_is_no_description(read):
    _, records, _ = read("SHIPPER,ITEM,HS CODE\nA,1,2701\nB,coal,2701\n")
    assert [record.goods[0].description for record in records] == [None, "coal"]


def test_dates_with_dots_have_the_day_first_unless_the_column_shows_otherwise(read):
    record = one(read, "Отправитель;Дата отгрузки\nA;05.07.2018\n")
    assert record.date == dt.date(2018, 7, 5)
    _, records, _ = read("SHIPPER,SHIP DATE\nA,05.07.2018\nB,05.31.2018\n")
    assert records[0].date == dt.date(2018, 5, 7)


@pytest.mark.parametrize("cell", ["2 июля 2018", "2 de julio de 2018", "2018年7月2日", "2 juillet 2018"])
def test_dates_with_the_names_of_months_in_other_languages(read, cell):
    assert one(read, f"SHIPPER,SHIP DATE\nA,{cell}\n").date == dt.date(2018, 7, 2)


@pytest.mark.parametrize("cell", ["Nampo Anchorage", "NORTH KOREA", "남포", "KPXXX", "Taean, DPRK"])
def test_last_place_that_is_no_known_port_still_gives_its_country(read, cell):
    assert one(read, f'SHIPPER,LOAD PORT,DISCH PORT\nA,KRYOS,"{cell}"\n').final_country == "KP"


def test_ports_listed_with_commas_are_several_legs_but_a_port_with_its_country_is_one(read):
    record = one(read, 'SHIPPER,TRANSSHIPMENT PORT\nA,"Busan, Dalian"\n')
    assert [leg.port for leg in record.legs] == ["KRPUS", "CNDAL"]
    record = one(read, 'SHIPPER,TRANSSHIPMENT PORT\nA,"Dalian, China"\n')
    assert [leg.port for leg in record.legs] == ["CNDAL"]


def test_cleaned_name_is_the_name_and_raw_and_translated_ones_are_aliases(read):
    text = "RAW SHIPPER NAME,SHIPPER NAME EN,SHIPPER NAME,RAW SHIPPER ADDRESS,SHIPPER ADDRESS\nacme,ACME INC,ACME,a,A\n"
    shipper = one(read, text).shipper
    assert (shipper.name, shipper.aliases, shipper.address) == ("ACME", ("ACME INC", "acme"), "A")


def test_name_spread_over_columns_is_put_together(read):
    record = one(read, "LAST NAME,FIRST NAME,MIDDLE NAME,NATIONALITY\nKIM,CHOL,,KP\n")
    assert (record.kind, record.name, record.nationality) == ("counterparty", "CHOL KIM", "KP")


def test_address_lines_and_descriptions_over_several_columns_are_joined(read):
    text = "SHIPPER NAME,SHIPPER ADDRESS 1,SHIPPER ADDRESS 2,SHIPPER CITY,PRODUCT DESCRIPTION,HS DESCRIPTION\n"
    text += "A,1 ROAD,,SEOUL,TOYS,Toys n.e.s.\n"
    record = one(read, text)
    assert (record.shipper.address, record.goods[0].description) == ("1 ROAD, SEOUL", "TOYS")


def test_tariff_text_stands_in_where_the_goods_are_not_described(read):
    record = one(read, "SHIPPER,PRODUCT DESCRIPTION,HS CODE DESCRIPTION\nA,,Coal\n")
    assert record.goods[0].description == "Coal"


def test_first_readable_code_is_taken(read):
    record = one(read, "SHIPPER,ORIGIN COUNTRY,ORIGIN COUNTRY CODE\nA,Korea,KP\n")
    assert record.origin_country == "KP"
    assert record.uncertainties() == ()


def test_voyage_is_built_in_sailing_order_with_equal_ports_merged(read):
    text = (
        "SHIPPER,FINAL DESTINATION,PORT OF DISCHARGE,TRANSSHIPMENT PORT,PORT OF LOADING,PLACE OF RECEIPT,"
        "DEPARTURE DATE,ARRIVAL DATE\nA,KPNAM,KPNAM,CNDLC,SGSIN,Singapore,2018-06-01,2018-06-20\n"
    )
    record = one(read, text)
    assert [(leg.port, leg.country, leg.transshipment) for leg in record.legs] == [
        ("SGSIN", "SG", None),
        ("CNDAL", "CN", True),
        ("KPNAM", "KP", None),
    ]
    assert record.legs[0].departure == dt.date(2018, 6, 1)
    assert record.legs[2].arrival == dt.date(2018, 6, 20)
    assert (record.port_of_loading, record.place_of_delivery, record.final_country) == ("SGSIN", "KPNAM", "KP")


def test_several_transshipment_ports_in_one_cell_are_several_legs(read):
    record = one(read, "SHIPPER,TRANSSHIPMENT PORT\nA,KRPUS / CNDAL\n")
    assert [(leg.port, leg.transshipment) for leg in record.legs] == [("KRPUS", True), ("CNDAL", True)]


def test_final_destination_that_is_a_country_is_the_country_of_destination(read):
    record = one(read, "SHIPPER,FINAL DESTINATION\nA,NORTH KOREA\n")
    assert (record.destination_country, record.legs[0].country, record.final_country) == ("KP", "KP", "KP")


def test_lists_in_a_cell(read):
    record = one(read, 'SHIPPER,CONTAINER ID\nA,"CAIU2406541,TCLU3093643; MSKU1"\n')
    assert record.container_numbers == ("CAIU2406541", "TCLU3093643", "MSKU1")
    vessel = one(read, "VESSEL NAME,EX NAMES,IMO\nEASTERN SPARROW,HERON / CURLEW / WREN,9991018\n")
    assert vessel.previous_names == ("HERON", "CURLEW", "WREN")


def test_ship_to_ship_columns_and_both_weights_and_counts(read):
    text = (
        "VESSEL NAME,PORT OF LOADING,STS PARTNER,STS FLAG,STS DATE,DECLARED WEIGHT,MEASURED WEIGHT KG,"
        'DECLARED CONTAINERS,FOUND CONTAINERS\nSPARROW,CUHAV,HERON,KP,2018-05-01,10 MT,"12,500",0,2\n'
    )
    record = one(read, text)
    transfer = record.vessel.sts_transfers[0]
    assert (transfer.name, transfer.flag, transfer.date) == ("HERON", "KP", dt.date(2018, 5, 1))
    assert (record.gross_weight_kg, record.measured_weight_kg) == (10_000.0, 12_500.0)
    assert (record.declared_containers, record.found_containers) == (0, 2)


@pytest.mark.parametrize(
    ("header", "cells", "kilograms"),
    [
        ("GROSS WEIGHT", "1200", 1200.0),
        ("GROSS WEIGHT", '"2,000 KGS"', 2000.0),
        ("GROSS WEIGHT (MT)", "1.5", 1500.0),
        ("WEIGHT,WEIGHT UNIT", "100,Pounds", 45.359237),
        ("WEIGHT UNIT,WEIGHT", "T,2", 2000.0),
    ],
)
def test_weights_become_kilograms(read, header, cells, kilograms):
    assert one(read, f"SHIPPER,{header}\nA,{cells}\n").gross_weight_kg == pytest.approx(kilograms)


def test_unit_beside_a_quantity_and_currency_beside_a_value_are_kept(read):
    record = one(read, "SHIPPER,QUANTITY,TOTAL VALUE USD\nA,12 PCS,1000\n")
    line = record.goods[0]
    assert (line.quantity, line.unit, line.value, line.currency) == (12.0, "PCS", 1000.0, "USD")
    payment = one(read, "DEBTOR,AMOUNT\nA,EUR 5.50\n")
    assert (payment.amount, payment.currency) == (5.5, "EUR")


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("SHIPMENT DATE", "2019-02-30", "SHIPMENT DATE"),
        ("SHIPMENT DATE", "soon", "SHIPMENT DATE"),
        ("QUANTITY", "many", "QUANTITY"),
        ("GROSS WEIGHT", "12 PKGS", "GROSS WEIGHT"),
        ("DECLARED CONTAINERS", "1.5", "DECLARED CONTAINERS"),
    ],
)
def test_value_that_cannot_be_read_quarantines_its_row_with_the_column(read, header, cell, field):
    source, records, quarantined = read(f"SHIPPER,{header}\nACME,{cell}\nBOHAI,\n")
    assert (len(records), source.read) == (1, 2)
    assert (quarantined[0].field, quarantined[0].source.row) == (field, 2)
    assert cell in quarantined[0].reason
    assert quarantined[0].raw == {"SHIPPER": "ACME", header: cell}


@pytest.mark.parametrize("cell", ["", "NULL", "-0-", "0000-00-00", "N/A", "-"])
def test_no_date_is_no_error(read, cell):
    assert one(read, f"SHIPPER,SHIPMENT DATE\nACME,{cell}\n").date is None


def test_order_of_day_and_month_is_learnt_from_the_column(read):
    _, records, _ = read("SHIPPER,SHIPMENT DATE\nA,03/04/2018\nB,25/04/2018\n")
    assert records[0].date == dt.date(2018, 4, 3)
    _, records, _ = read("SHIPPER,SHIPMENT DATE\nA,03/04/2018\nB,04/25/2018\n")
    assert records[0].date == dt.date(2018, 3, 4)


def test_other_date_columns_of_the_sheet_settle_a_column_that_does_not_decide(read):
    record = one(read, "SHIPPER,DEPARTURE DATE,ARRIVAL DATE\nA,03/04/2018,25/04/2018\n")
    assert record.departure_date == dt.date(2018, 4, 3)


def test_undecided_dates_are_quarantined_until_a_map_file_settles_them(read):
    text = "SHIPPER,SHIPMENT DATE\nA,03/04/2018\n"
    _, _, quarantined = read(text)
    assert "day_first" in quarantined[0].reason
    assert one(read, text, day_first=True).date == dt.date(2018, 4, 3)
    assert one(read, text, day_first=False).date == dt.date(2018, 3, 4)


def test_record_is_named_by_its_key_else_by_the_bill_of_lading_else_by_its_row(read):
    assert one(read, "RECORD ID,B/L NO,SHIPPER\nR1,BL1,A\n").id == "R1"
    assert one(read, "B/L NO,SHIPPER\nBL1,A\n").id == "BL1"
    assert one(read, "SHIPPER\nA\n").id == "row 2"


def test_row_that_no_model_accepts_is_quarantined_with_the_reason(read):
    _, _, quarantined = read("SHIPPER,QUANTITY\nA,-5\n")
    assert "quantity" in quarantined[0].reason


def test_row_without_a_value_in_a_recognised_column_is_quarantined(read):
    _, _, quarantined = read("SHIPPER,FOO\n,remark\n")
    assert "no recognised column holds a value" in quarantined[0].reason


def test_worker_is_a_person_of_the_nationality_given(read):
    record = one(read, "WORKER NAME,NATIONALITY,EMPLOYER,REFUGEE,HEADCOUNT\nIm,DPRK,ACME,no,20\n")
    assert (record.worker.schema_, record.worker.nationality, record.worker_nationality) == ("Person", "KP", "KP")
    assert (record.refugee, record.worker_count) == (False, 20)


def test_payment_chain(read):
    text = "TRANSACTION ID,DEBTOR NAME,DEBTOR BANK BIC,INTERMEDIARY BANK,BENEFICIARY,BENEFICIARY BANK,AMOUNT\n"
    text += "T1,A,DEUTDEFF,I,B,BB,5\n"
    record = one(read, text)
    assert (record.debtor.name, record.debtor_agent.swift_bic) == ("A", "DEUTDEFF")
    assert [agent.name for agent in record.intermediary_agents] == ["I"]
    assert (record.creditor.name, record.creditor_agent.name) == ("B", "BB")


def test_same_file_gives_the_same_records(read):
    text = "SHIPPER,CARRIER,FORWARDER,IMPORTER,CONSIGNEE\nA,B,C,D,E\n"
    first, second = (one(read, text).model_dump_json() for _ in range(2))
    assert first == second
    assert [party.role for party in one(read, text).other_parties] == ["carrier", "forwarder", "importer"]
