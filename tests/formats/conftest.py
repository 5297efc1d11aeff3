import io

import pytest

from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.mapping import Mapping


@pytest.fixture
def read(tmp_path):
    """Read bytes or text as a file: (input, records, quarantined)."""

    def read(content, *, name="table.csv", kind="auto", stdin=False, **mapping):
        data = content if isinstance(content, bytes) else content.encode()
        file = tmp_path / name
        file.write_bytes(data)
        told = Mapping.model_validate(mapping) if mapping else None
        path, stream = ("-", io.BytesIO(data)) if stdin else (file, None)
        with open_input(path, kind=kind, mapping=told, stdin=stream) as source:
            items = list(source)
        assert source.read == len(items) == source.records + source.quarantined
        records = [item for item in items if not isinstance(item, Quarantined)]
        return source, records, [item for item in items if isinstance(item, Quarantined)]

    return read
