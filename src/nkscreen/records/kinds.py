"""The five kinds of record that can be screened."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field

from nkscreen.records.codes import country
from nkscreen.records.codes import port as ports
from nkscreen.records.fields import Country, Day, HsCode, Port, Text, Unstated
from nkscreen.records.model import MAX_LIST, Model, Record
from nkscreen.records.party import Owner, Party, Predecessor, Wallet
from nkscreen.records.ship import PortCall, Ship


class Counterparty(Party, Record):
    """A customer, supplier or other party on its own.

    `date` is the day of the dealing; without it lists and rules are applied as of the run. `account_count` is how many
    accounts it is known to hold, at whatever banks. `sector` is its line of business, `staff_nationality` what its
    staff hold where they all hold the same. `predecessors` are parties that it may have followed.
    """

    kind: ClassVar[str] = "counterparty"
    derived: ClassVar[dict[str, Any]] = {**Party.derived, "event_date": Day}

    date: Day = None
    owners: tuple[Owner, ...] = Field(default=(), max_length=MAX_LIST)
    directors: tuple[Party, ...] = Field(default=(), max_length=MAX_LIST)
    predecessors: tuple[Predecessor, ...] = Field(default=(), max_length=MAX_LIST)
    account_count: int | None = Field(default=None, ge=0)
    sector: Text = None
    staff_nationality: Country = None

    @property
    def event_date(self) -> dt.date | None:
        return self.date


class Vessel(Ship, Record):
    """A vessel on its own, as a register or a charter inquiry gives it."""

    kind: ClassVar[str] = "vessel"
    derived: ClassVar[dict[str, Any]] = {"event_date": Day}

    date: Day = None

    @property
    def event_date(self) -> dt.date | None:
        return self.date


class Leg(PortCall):
    """One stop of a voyage, in sailing order; `transshipment` is true where cargo changes ships."""

    transshipment: bool | None = None
    vessel: Ship | None = None


class GoodsLine(Model):
    """One line of goods. Quantities are in `unit`, values in `currency`, the weight in kilograms.

    `market_value` is what the line would fetch on the market, in `currency`, by the user's own source of prices.
    """

    free_text = ("description",)

    hs_code: HsCode = None
    description: Text = None
    origin_country: Country = None
    quantity: float | None = Field(default=None, ge=0)
    unit: Text = None
    value: float | None = Field(default=None, ge=0)
    market_value: float | None = Field(default=None, ge=0)
    currency: Text = None
    gross_weight_kg: float | None = Field(default=None, ge=0)


class Invoice(Model):
    """An invoice for the goods of a shipment: who buys, where it says that they go, and the banks that finance it."""

    number: Text = None
    date: Day = None
    seller: Party | None = None
    buyer: Party | None = None
    destination_country: Country = None
    amount: float | None = Field(default=None, ge=0)
    currency: Text = None
    financed_by: tuple[Party, ...] = Field(default=(), max_length=MAX_LIST)


class Shipment(Record):
    """A consignment: one bill of lading or one row of a manifest.

    `legs` are the stops in sailing order, place of receipt to place of delivery. `gross_weight_kg` is the declared
    weight, `measured_weight_kg` what a weighbridge or draught survey found; the two container counts likewise.
    """

    free_text = ("marks", "remarks")

    kind: ClassVar[str] = "shipment"
    derived: ClassVar[dict[str, Any]] = {
        "event_date": Day,
        "final_country": Country,
        "origin_unread": bool,
        "parties": tuple[Party, ...],
        "stops": tuple[Leg, ...],
    }

    date: Day = None
    bill_of_lading: Text = None
    booking: Text = None
    voyage: Text = None
    shipper: Party | None = None
    consignee: Party | None = None
    notify_parties: tuple[Party, ...] = Field(default=(), max_length=MAX_LIST)
    other_parties: tuple[Party, ...] = Field(default=(), max_length=MAX_LIST)
    vessel: Ship | None = None
    legs: tuple[Leg, ...] = Field(default=(), max_length=MAX_LIST)
    port_of_loading: Port = None
    port_of_discharge: Port = None
    place_of_delivery: Port = None
    origin_country: Country = None
    destination_country: Country = None
    departure_date: Day = None
    arrival_date: Day = None
    goods: Annotated[tuple[GoodsLine, ...], Unstated()] = Field(default=(), max_length=MAX_LIST)
    invoices: tuple[Invoice, ...] = Field(default=(), max_length=MAX_LIST)
    container_numbers: tuple[str, ...] = Field(default=(), max_length=MAX_LIST)
    declared_containers: int | None = Field(default=None, ge=0)
    found_containers: int | None = Field(default=None, ge=0)
    gross_weight_kg: float | None = Field(default=None, ge=0)
    measured_weight_kg: float | None = Field(default=None, ge=0)
    package_count: float | None = Field(default=None, ge=0)
    marks: Text = None
    remarks: Text = None

    @property
    def event_date(self) -> dt.date | None:
        return self.date or self.departure_date or self.arrival_date

    @cached_property
    def stops(self) -> tuple[Leg, ...]:
        """Every place the papers name, in sailing order: port of loading, legs, port of discharge, place of delivery.

        A place that the legs name already is not repeated.
        """
        named = [leg for leg in self.legs if leg.port or leg.country]
        known = {leg.port for leg in named if leg.port}
        before = [self.port_of_loading] if self.port_of_loading and self.port_of_loading not in known else []
        after = [place for place in (self.port_of_discharge, self.place_of_delivery) if place and place not in known]
        return (*map(_stop, before), *named, *map(_stop, dict.fromkeys(after)))

    @property
    def parties(self) -> tuple[Party, ...]:
        """Every party to the consignment, whatever its part: shipper, consignee, notify and other parties."""
        single = (self.shipper, self.consignee)
        return (*(party for party in single if party), *self.notify_parties, *self.other_parties)

    @property
    def origin_unread(self) -> bool:
        """Whether an origin is given, for the consignment or a line of it, that could not be read as a country."""
        given = (self.origin_country, *(line.origin_country for line in self.goods))
        return any(not country.is_code(origin) for origin in given if origin)

    @property
    def final_country(self) -> str | None:
        """Where the papers say the goods end: the stated destination, else the country of the last named place.

        None when that place cannot be read, or when only the port of loading is named: an earlier stop is no answer to
        where the goods end.
        """
        if self.destination_country:
            return self.destination_country
        onward = self.legs or self.port_of_discharge or self.place_of_delivery
        return self.stops[-1].country if self.stops and onward else None


def _stop(place: str) -> Leg:
    return Leg(port=place, country=ports.country_of(place))


class ChainStep(Model):
    """One step of a path on a blockchain: what was done (swap, mixer, bridge, OTC), with which service, and when."""

    action: Text = None
    service: Text = None
    date: Day = None


class Payment(Record):
    """A payment with every actor of its chain (the terms are ISO 20022's).

    `instrument` is how it was made where not by wire (cash, bullion, cheque); `vessel` the ship that it pays for.
    `chain_steps` is the path of a payment in crypto assets as an analytics service gives it, in order.
    """

    free_text = ("purpose", "remittance_information")

    kind: ClassVar[str] = "payment"
    derived: ClassVar[dict[str, Any]] = {"event_date": Day, "parties": tuple[Party, ...]}

    date: Day = None
    amount: float | None = Field(default=None, ge=0)
    currency: Text = None
    debtor: Party | None = None
    ultimate_debtor: Party | None = None
    initiating_party: Party | None = None
    debtor_agent: Party | None = None
    instructing_agent: Party | None = None
    intermediary_agents: tuple[Party, ...] = Field(default=(), max_length=MAX_LIST)
    instructed_agent: Party | None = None
    creditor_agent: Party | None = None
    creditor: Party | None = None
    ultimate_creditor: Party | None = None
    other_parties: tuple[Party, ...] = Field(default=(), max_length=MAX_LIST)
    wallets: tuple[Wallet, ...] = Field(default=(), max_length=MAX_LIST)
    purpose: Text = None
    remittance_information: Text = None
    end_to_end_id: Text = None
    uetr: Text = None
    instrument: Text = None
    vessel: Ship | None = None
    chain_steps: tuple[ChainStep, ...] = Field(default=(), max_length=MAX_LIST)

    @property
    def event_date(self) -> dt.date | None:
        return self.date

    @property
    def parties(self) -> tuple[Party, ...]:
        """Every actor of the chain, banks included: those who pay, then the agents, then those who are paid."""
        paying = (self.debtor, self.ultimate_debtor, self.initiating_party, self.debtor_agent, self.instructing_agent)
        paid = (self.instructed_agent, self.creditor_agent, self.creditor, self.ultimate_creditor)
        known = (*paying, *self.intermediary_agents, *paid, *self.other_parties)
        return tuple(party for party in known if party)


class Employment(Record):
    """Work by one person, or by `worker_count` persons, for an employer in a country.

    `end_date` is empty while the work goes on. `paid_to` is who receives the wages where it is not the worker.

    Of remote work: `access_countries` are those that the worker's account was used from, `access_places_a_day` the most
    places or addresses of it within 24 hours, all through `company_vpn` or not; `remote_control` tells of a remote
    desktop or KVM device that nobody approved on the worker's computer. `payout_changes` counts changes of the account
    or wallet for the pay in the last 90 days. `device_address` is where the worker's computer was sent,
    `workers_at_device_address` how many workers' computers went there, and `workers_on_device` how many workers'
    accounts share a device, an address on the internet or a bank account with this one.
    """

    free_text = ("pay_route", "remarks")

    kind: ClassVar[str] = "employment"
    derived: ClassVar[dict[str, Any]] = {"event_date": Day}

    worker: Party | None = None
    worker_nationality: Country = None
    worker_count: int | None = Field(default=None, ge=0)
    visa_type: Text = None
    employer: Party | None = None
    country: Country = None
    sector: Text = None
    start_date: Day = None
    end_date: Day = None
    permit_date: Day = None
    refugee: bool | None = None
    wage: float | None = Field(default=None, ge=0)
    wage_currency: Text = None
    paid_to: Party | None = None
    pay_route: Text = None
    remarks: Text = None
    remote: bool | None = None
    access_countries: Annotated[tuple[Country, ...], Unstated()] = Field(default=(), max_length=MAX_LIST)
    access_places_a_day: int | None = Field(default=None, ge=0)
    company_vpn: bool | None = None
    remote_control: bool | None = None
    payout_changes: int | None = Field(default=None, ge=0)
    device_address: Text = None
    workers_at_device_address: int | None = Field(default=None, ge=0)
    workers_on_device: int | None = Field(default=None, ge=0)

    @property
    def event_date(self) -> dt.date | None:
        return self.end_date


KINDS: dict[str, type[Record]] = {cls.kind: cls for cls in (Counterparty, Vessel, Shipment, Payment, Employment)}
"""Every kind of record by its name."""
