"""What is screened: counterparties, vessels, shipments, payments and employments."""

from nkscreen.records.ftm import from_ftm, to_ftm
from nkscreen.records.kinds import (
    KINDS,
    ChainStep,
    Counterparty,
    Employment,
    GoodsLine,
    Leg,
    Payment,
    Shipment,
    Vessel,
)
from nkscreen.records.model import Mention, Record, Schema, Source, Uncertainty
from nkscreen.records.party import Document, Owner, Party, Wallet
from nkscreen.records.ship import FlagPeriod, PortCall, Ship, StsTransfer

__all__ = [
    "KINDS",
    "ChainStep",
    "Counterparty",
    "Document",
    "Employment",
    "FlagPeriod",
    "GoodsLine",
    "Leg",
    "Mention",
    "Owner",
    "Party",
    "Payment",
    "PortCall",
    "Record",
    "Schema",
    "Ship",
    "Shipment",
    "Source",
    "StsTransfer",
    "Uncertainty",
    "Vessel",
    "Wallet",
    "from_ftm",
    "to_ftm",
]
