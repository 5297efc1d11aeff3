"""Answers in the shape of yente's match API."""

import io
import json

from nkscreen.formats import open_input
from nkscreen.report import YenteAnswers
from nkscreen.screening import Batch, Screener

QUERIES = {
    "q1": {"schema": "Person", "properties": {"name": ["Kim Jong Un"], "birthDate": ["1984-01-08"]}},
    "q2": {"schema": "Company", "properties": {"name": ["Blue Heron Bakery"]}},
    "q3": {"schema": "Address", "properties": {}},
}


def answered(queries, screener=None):
    screener = screener or Screener.default()
    stream = io.StringIO()
    answers = YenteAnswers(stream, screener.watchlist, screener.counts)
    with open_input("-", stdin=io.BytesIO(json.dumps({"queries": queries}).encode())) as source:
        for item in Batch(screener).run(source):
            answers.add(item)
    answers.end()
    return json.loads(stream.getvalue())


def test_every_query_is_answered_by_its_id():
    found = answered(QUERIES)
    assert set(found) == {"responses", "matcher", "limit"}
    first, second, third = (found["responses"][name] for name in ("q1", "q2", "q3"))
    best = first["results"][0]
    assert (first["status"], first["total"]) == (200, {"value": len(first["results"]), "relation": "eq"})
    assert first["query"]["properties"] == {"name": ["Kim Jong Un"], "birthDate": ["1984-01-08"]}
    assert (best["schema"], best["match"], best["target"], "Jong Un" in best["caption"]) == ("Person", True, True, True)
    assert best["properties"]["name"] == [best["caption"]]
    assert best["properties"]["topics"] == ["sanction"]
    assert 0.9 < best["score"] <= 1
    assert set(best["features"]) == set(best["explanations"])
    assert best["explanations"]["birth_date_equal"]["query"] == "1984-01-08"
    assert best["datasets"] == ["OFAC"]
    assert (second["status"], second["results"], second["total"]["value"]) == (200, [], 0)
    assert (third["status"], third["results"]) == (422, [])
    assert "Address" in third["detail"]


def test_results_have_the_fields_of_the_api_and_stand_by_their_scores():
    fields = {"id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen"}
    fields |= {"last_change", "score", "match", "features", "explanations"}
    vessel = {"schema": "Vessel", "properties": {"imoNumber": ["8405311"], "name": ["JIN TENG"]}}
    results = answered({"v": vessel})["responses"]["v"]["results"]
    assert len(results) >= 2
    assert all(set(result) == fields for result in results)
    scores = [result["score"] for result in results]
    assert scores == sorted(scores, reverse=True)
    assert results[0]["properties"]["imoNumber"] == ["8405311"]
    assert all(isinstance(value, list) for result in results for value in result["properties"].values())


def test_records_of_one_id_are_all_answered():
    screener, stream = Screener.default(), io.StringIO()
    answers = YenteAnswers(stream, screener.watchlist, screener.counts)
    for text in (b"A LTD,B LTD", b"C LTD,D LTD"):
        data = b"ID,SHIPPER,CONSIGNEE\n7," + text + b"\n"
        with open_input("-", stdin=io.BytesIO(data), kind="shipment") as source:
            for item in Batch(screener).run(source):
                answers.add(item)
    answers.end()
    found = json.loads(stream.getvalue())["responses"]
    assert [one["query"]["properties"]["name"] for one in found.values()] == [["A LTD", "B LTD"], ["C LTD", "D LTD"]]


def test_what_lists_that_are_too_old_leave_open_is_no_answer():
    screener = Screener.default(as_of=__import__("datetime").date(2030, 1, 1))
    (found,) = answered({"q2": QUERIES["q2"]}, screener)["responses"].values()
    assert found["status"] == 503


def test_text_that_is_hostile_stays_text():
    name = 'A"},\u2028\u202e<script>'
    found = answered({'k"\n': {"schema": "Company", "properties": {"name": [name]}}})
    assert list(found["responses"]) == ['k"\n']
