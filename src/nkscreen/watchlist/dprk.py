"""Which listed entities are about North Korea."""

from __future__ import annotations

import re
from functools import lru_cache

from nkscreen.watchlist.model import ListedEntity

PROGRAMMES = (
    r"\bdprk\d*\b",  # OFAC's DPRK to DPRK4 and DPRK-NKSPEA (SDN list); the UN's UN_LIST_TYPE; US-DPRK of OpenSanctions
    r"\bprk\b",  # the EU's programme code, and EU-PRK of OpenSanctions
    r"\b(?:sc)?1718\b",  # the committee: "UN 1718", UN-SC1718 of OpenSanctions, DFAT's "1718 (DPRK)"
    r"north korea",  # OFSI's "North Korea (Democratic People's Republic of Korea)"
    r"democratic people s republic of korea",  # the UK Sanctions List's regime name, Canada's regulations
)
"""Programme names of DPRK sanctions, lower case, with every run of other characters read as one space."""

_PROGRAMME = re.compile("|".join(PROGRAMMES))


@lru_cache(maxsize=4096)
def is_dprk_programme(programme: str) -> bool:
    """Whether a publisher's programme name means the sanctions on North Korea, under any spelling lists use."""
    return _PROGRAMME.search(re.sub(r"[\W_]+", " ", programme.casefold())) is not None


def is_dprk(entity: ListedEntity) -> bool:
    """Whether an entity is listed over North Korea, or the publisher marks another tie to it.

    OFAC lists some entities under other programmes (NPWMD) and cites the North Korea Sanctions Regulations in the
    remarks; the reader keeps that mark as `dprk_nexus`.
    """
    return entity.dprk_nexus or any(is_dprk_programme(programme) for programme in entity.programmes)
