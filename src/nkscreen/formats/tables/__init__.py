"""Tables (delimited text and workbooks) into records."""
