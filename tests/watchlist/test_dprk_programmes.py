"""Which programme names mean the sanctions on North Korea."""

import pytest

from nkscreen.watchlist import ListedEntity, ListedName, Listing, is_dprk, is_dprk_programme


@pytest.mark.parametrize(
    "programme",
    [
        "DPRK",
        "DPRK2",
        "DPRK3",
        "DPRK4",
        "DPRK-NKSPEA",
        "UN 1718",
        "UN-SC1718",
        "US-DPRK",
        "EU-PRK",
        "PRK",
        "1718 (DPRK)",
        "Democratic People's Republic of Korea",
        "Democratic People’s Republic of Korea",
        "North Korea (Democratic People's Republic of Korea)",
        "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019",
    ],
)
def test_spellings_of_the_dprk_programme_are_known(programme):
    assert is_dprk_programme(programme)


@pytest.mark.parametrize("programme", ["NPWMD", "IRAN", "SDGT", "Al-Qaida", "EU-RUS", "Republic of Korea", "17180", ""])
def test_other_programmes_are_not_dprk(programme):
    assert not is_dprk_programme(programme)


def entity(programme: str, **fields: object) -> ListedEntity:
    return ListedEntity(
        id="1", schema="Person", names=(ListedName(value="A"),), listings=(Listing(programme=programme),), **fields
    )


def test_a_mark_of_the_publisher_makes_an_entity_dprk_under_any_programme():
    assert not is_dprk(entity("NPWMD"))
    assert is_dprk(entity("NPWMD", dprk_nexus=True))
    assert is_dprk(entity("DPRK2"))
