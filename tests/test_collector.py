"""The garbage collector is left as it was found."""

import gc

import pytest

from nkscreen.collector import collector_paused


def test_the_collector_rests_inside_and_runs_again_after_an_error():
    seen = []

    def fails():
        with collector_paused():
            seen.append(gc.isenabled())
            raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        fails()
    assert seen == [False]
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
