"""What a track shows: one file a kind of event, each a function from positions to a frame of events."""
