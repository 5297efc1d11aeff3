"""What a vessel's track shows: AIS files to frames (`track`), frames to events (`events`)."""
