"""Persons and organisations named in records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field

from nkscreen.records.codes import bic, country, dates, nameless
from nkscreen.records.fields import Bic, Country, PartialDate, Text
from nkscreen.records.model import MAX_LIST, Mention, Mentioned, Model, Schema

_MAIL_HOST = re.compile(r"@([\w.-]+)")
_WEB_HOST = re.compile(r"(?:^|[\s,;]|//)([\w-]+(?:\.[\w-]+)+)")


class Document(Model):
    """A number that identifies a party: passport, national id, company registration, tax number."""

    type: Text = None
    number: str = Field(min_length=1, max_length=200)
    country: Country = None


class Wallet(Mentioned):
    """A cryptocurrency address (FollowTheMoney `CryptoWallet`).

    `exposure` is whom an analytics service traces its funds to, `exposure_hops` over how many transfers, and
    `exposure_share` which part of the value, 0 to 1.
    """

    public_key: str = Field(min_length=1, max_length=200)
    currency: Text = None
    exposure: Text = None
    exposure_hops: int | None = Field(default=None, ge=0)
    exposure_share: float | None = Field(default=None, ge=0, le=1)

    def as_mentions(self, path: str) -> Iterator[Mention]:
        yield Mention(path, "CryptoWallet", "wallet", wallets=(self.public_key,))


class Party(Mentioned):
    """A person or an organisation. `country` is where it is or is registered, `nationality` what a person holds.

    `name_truncated` is true where the reader of a file saw that the name filled its field, and may go on.
    """

    free_text = ("address",)

    derived: ClassVar[dict[str, Any]] = {"bic_country": Country, "domain_countries": tuple[str, ...]}

    name: Text = None
    name_truncated: bool | None = None
    schema_: Schema = Field(default="LegalEntity", alias="schema")
    role: Text = None
    aliases: tuple[str, ...] = Field(default=(), max_length=MAX_LIST)
    country: Country = None
    nationality: Country = None
    address: Text = None
    birth_date: PartialDate = None
    birth_place: Text = None
    gender: Text = None
    incorporation_date: PartialDate = None
    documents: tuple[Document, ...] = Field(default=(), max_length=MAX_LIST)
    swift_bic: Bic = None
    lei_code: Text = None
    account: Text = None
    phone: Text = None
    email: Text = None
    website: Text = None
    wallets: tuple[Wallet, ...] = Field(default=(), max_length=MAX_LIST)

    @property
    def bic_country(self) -> str | None:
        """The country that the bank's BIC names in its fifth and sixth character."""
        return bic.country(self.swift_bic) if self.swift_bic else None

    @property
    def domain_countries(self) -> tuple[str, ...]:
        """The countries whose top-level domains the e-mail addresses and websites end in (`KP` for `.kp`)."""
        if not (self.email or self.website):
            return ()
        hosts = _MAIL_HOST.findall(self.email) if self.email else []
        hosts += _WEB_HOST.findall(self.website) if self.website else []
        ends = (host.rstrip(".").rpartition(".")[2].upper() for host in hosts)
        return tuple(dict.fromkeys(end for end in ends if country.is_code(end)))

    def as_mentions(self, path: str) -> Iterator[Mention]:
        prefix = f"{path}." if path else ""
        names = [(f"{prefix}name", self.name)] if self.name else []
        ordered = nameless.order_party(self.name) if self.name else None
        names += [(f"{prefix}name", ordered)] if ordered and ordered not in self.aliases else []
        names += [(f"{prefix}aliases[{index}]", alias) for index, alias in enumerate(self.aliases) if alias.strip()]
        yield Mention(
            path,
            self.schema_,
            self.role or path.rpartition(".")[2].partition("[")[0],
            names=tuple(names),
            birth_date=self.birth_date if self.birth_date and dates.is_partial(self.birth_date) else None,
            gender=self.gender,
            countries=(self.country,) if self.country and country.is_code(self.country) else (),
            nationalities=(self.nationality,) if self.nationality and country.is_code(self.nationality) else (),
            documents=tuple(document.number for document in self.documents),
            swift_bic=self.swift_bic if self.swift_bic and bic.parse(self.swift_bic) else None,
            lei_code=self.lei_code,
        )


class Owner(Party):
    """Somebody who holds a part of another party; `share` is in per cent."""

    share: float | None = Field(default=None, ge=0, le=100)


class Predecessor(Party):
    """A party that another one may have followed, as a team's register data tell (FollowTheMoney `Succession`).

    `dissolution_date` is when it was struck off or wound up, `dprk_linked` whether it was reported to be of the DPRK;
    the others say what the follower shares with it.
    """

    dissolution_date: PartialDate = None
    dprk_linked: bool | None = None
    same_address: bool | None = None
    same_director: bool | None = None
