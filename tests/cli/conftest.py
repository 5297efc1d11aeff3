"""What the tests of the commands share."""

import io
import sys

import pytest

from nkscreen.cli import main


@pytest.fixture
def nk(monkeypatch, capsys):
    """Run the command line in this process: exit code, standard output, standard error."""

    def run(*arguments, stdin=None):
        monkeypatch.setattr(sys, "argv", ["nkscreen", *map(str, arguments)])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        output = capsys.readouterr()
        return code, output.out, output.err

    return run
