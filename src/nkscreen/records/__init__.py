"""What is screened: counterparties, vessels, shipments, payments and employments."""

from nkscreen.records.ftm import from_ftm, to_ftm
from nkscreen.records.kinds import (
    KINDS,
    ChainStep,
    Counterparty,
    Employment,
    GoodsLine,
    Invoice,
    Leg,
    Payment,
    Shipment,
    Vessel,
)
from nkscreen.records.model import Mention, Record, Schema, Source, Uncertainty, UnmappedText
from nkscreen.records.party import Document, Owner, Party, Predecessor, Wallet
from nkscreen.records.ship import AisGap, FlagPeriod, PortCall, Ship, StsTransfer

__all__ = [
    "KINDS",
    "AisGap",
    "ChainStep",
    "Counterparty",
    "Document",
    "Employment",
    "FlagPeriod",
    "GoodsLine",
    "Invoice",
    "Leg",
    "Mention",
    "Owner",
    "Party",
    "Payment",
    "PortCall",
    "Predecessor",
    "Record",
    "Schema",
    "Ship",
    "Shipment",
    "Source",
    "StsTransfer",
    "Uncertainty",
    "UnmappedText",
    "Vessel",
    "Wallet",
    "from_ftm",
    "to_ftm",
]
