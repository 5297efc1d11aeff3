"""Three rules of the pack as somebody would write them in Python: true where the rule is definitely true.

Word lists are searched as the library does it, and answers are kept by text, as a careful author would; everything
else is plain Python on the same dicts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from nkscreen.rulebook import Rulebook
from nkscreen.rulebook.language.functions import any_word, any_word_but
from nkscreen.rulebook.language.phrases import Phrases

View = dict[str, Any]
IDS = ("NK-SHIP-006", "NK-SHIP-009", "NK-SHIP-010")


def by_hand(rulebook: Rulebook) -> dict[str, Callable[[View], bool]]:
    """The rules by id."""
    lists = {list_id: found.values for list_id, found in rulebook.lists.items()}
    phrases = {list_id: Phrases.of(values) for list_id, values in lists.items()}

    @lru_cache(maxsize=100_000)
    def says(text: str, wanted: str) -> bool:
        return any_word(text, phrases[wanted])

    @lru_cache(maxsize=100_000)
    def says_but(text: str, wanted: str, harmless: str) -> bool:
        return any_word_but(text, phrases[wanted], phrases[harmless])

    def falls_under(code: str | None, codes: str) -> bool:
        return code is not None and code.startswith(lists[codes])

    def goods_are(line: View, codes: str, wanted: str, harmless: str) -> bool:
        code, text = line["hs_code"], line["description"]
        return falls_under(code, codes) or (text is not None and says_but(text, wanted, harmless))

    def coal(record: View) -> bool:
        goods, origin, loading = record["goods"], record["origin_country"], record["port_of_loading"]
        if goods is None or not any(goods_are(line, "hs/coal", "text/coal", "text/coal-not") for line in goods):
            return False
        if origin is not None:
            return origin == "KP" or any(line["origin_country"] == "KP" for line in goods)
        if any(line["origin_country"] == "KP" for line in goods):
            return True
        unstated = all(line["origin_country"] is None for line in goods)
        return unstated and loading is not None and loading.startswith("KP")

    def towards(record: View) -> bool:
        consignee, loading = record["consignee"], record["port_of_loading"]
        return (
            record["final_country"] == "KP"
            or any(
                stop["country"] == "KP" and (stop["port"] is None or stop["port"] != loading)
                for stop in record["stops"]
            )
            or (consignee is not None and consignee["country"] == "KP")
            or any(party["country"] == "KP" for party in record["notify_parties"])
        )

    def spares(line: View) -> bool:
        text, code = line["description"], line["hs_code"]
        return (
            text is not None
            and says(text, "text/civil-flight")
            and says(text, "text/aircraft-parts")
            and not says_but(text, "text/machinery", "text/aircraft-terms")
            and not says_but(text, "text/negations", "text/negations-not")
            and (code is None or falls_under(code, "hs/aircraft-parts"))
        )

    def machinery(record: View) -> bool:
        goods = record["goods"]
        if goods is None or not towards(record) or all(spares(line) for line in goods):
            return False
        for line in goods:
            code = line["hs_code"]
            if falls_under(code, "hs/unscr-2397-supply"):
                return True
            fuel = code is not None and code.startswith("27")
            if not fuel and goods_are(line, "hs/unscr-2397-supply", "text/machinery", "text/machinery-not"):
                return True
        return False

    def personal(line: View) -> bool:
        text = line["description"]
        return (
            text is not None
            and says(text, "text/non-commercial")
            and not says_but(text, "text/negations", "text/negations-not")
            and not says_but(text, "text/trade-wording", "text/negations-not")
            and not falls_under(line["hs_code"], "hs/never-personal")
        )

    def singapore(record: View) -> bool:
        shipper, consignee = record["shipper"], record["consignee"]
        parties = [party["country"] for party in (shipper, consignee) if party is not None]
        stops = [stop["country"] for stop in record["stops"]]
        if "SG" not in parties and "SG" not in stops:
            return False
        goods = record["goods"]
        dprk = (
            record["final_country"] == "KP"
            or "KP" in stops
            or "KP" in parties
            or any(party["country"] == "KP" for party in record["notify_parties"])
            or record["origin_country"] == "KP"
            or (goods is not None and any(line["origin_country"] == "KP" for line in goods))
        )
        return dprk and goods is not None and not all(personal(line) for line in goods)

    return dict(zip(IDS, (coal, singapore, machinery), strict=True))
