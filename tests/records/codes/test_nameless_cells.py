from __future__ import annotations

import pytest

from nkscreen.records.codes import nameless


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NULL",
            "N/A",
            "NA",
            "n.a.",
            "NONE",
            "NIL",
            "UNKNOWN",
            "Not Available",
            "SAME AS CONSIGNEE",
            "AS ABOVE",
            "Неизвестно",
        ),
        *("-", "--", "-0-", ".", "???", "", "   ", "\u200b\u200d", "12345", "0"),
        *(
            "TO ORDER",
            "TO THE ORDER",
            "to order.",
            "TO ORDER OF SHIPPER",
            "TO THE ORDER OF THE SHIPPER",
            "To order of",
            "ORDER",
        ),
        *("TO THE ORDER OF: N/A", "TO ORDER OF TO ORDER OF SHIPPER", "TO ORDER SHIPPER", "TO ORDER (BANK)"),
        *("По приказу", "凭指示", "A la orden", "à l'ordre"),
    ],
)
def test_cells_that_name_nobody(text: str) -> None:
    assert nameless.is_nameless(text)
    assert nameless.order_party(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Kim",
        "李",
        "김",
        "3M",
        "7-Eleven",
        "Order Logistics Co",
        "Nil Trading",
        "Nakhodka",
        "NA Hyeong-il",
        "None Such Ltd",
    ],
)
def test_names_are_not_taken_for_empty_cells(text: str) -> None:
    assert not nameless.is_nameless(text)
    assert nameless.order_party(text) is None


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("TO THE ORDER OF WOORI BANK", "WOORI BANK"),
        ("To order of Korea Kwangson Banking Corp", "Korea Kwangson Banking Corp"),
        ("TO THE ORDER OF: BANK OF CHINA, DALIAN", "BANK OF CHINA, DALIAN"),
        ("ORDER OF KDB BANK", "KDB BANK"),
        ("UNTO THE ORDER OF ACME", "ACME"),
        ("TO ORDER: BANK OF CHINA", "BANK OF CHINA"),
        ("TO ORDER BANK OF CHINA", "BANK OF CHINA"),
        ("A LA ORDEN DE BANCO X", "BANCO X"),
        ("À L'ORDRE DE BNP PARIBAS", "BNP PARIBAS"),
        ("По приказу Внешторгбанка", "Внешторгбанка"),
    ],
)
def test_the_party_to_whose_order_a_paper_is_made_out_is_a_name(text: str, party: str) -> None:
    assert nameless.order_party(text) == party
    assert not nameless.is_nameless(text)


def test_a_long_text_names_somebody_unless_it_has_no_letters() -> None:
    assert not nameless.is_nameless("TO ORDER OF " * 10_000)
    assert nameless.is_nameless("-" * 100_000)
