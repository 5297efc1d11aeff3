"""Documents that tell of one shipment each: DCSA's JSON, customs declarations of the WCO, UBL."""
