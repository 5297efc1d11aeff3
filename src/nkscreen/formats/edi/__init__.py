"""What UN/EDIFACT and ANSI X12 share: segments, messages in their envelopes, and the record that grows from segments."""  # noqa: E501
