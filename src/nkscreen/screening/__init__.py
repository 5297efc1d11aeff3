"""Records in, results out: one at a time, as a stream, or as a batch of files with an account."""

from typing import TYPE_CHECKING

from nkscreen.on_first_use import on_first_use

if TYPE_CHECKING:
    from nkscreen.screening.batch import Batch
    from nkscreen.screening.policy import load_policy
    from nkscreen.screening.rescreen import Rescreened, Rescreener
    from nkscreen.screening.result import ScreeningResult
    from nkscreen.screening.screener import Screener
    from nkscreen.screening.summary import FileCount, RunSummary
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        {
            "nkscreen.screening.batch": "Batch",
            "nkscreen.screening.policy": "load_policy",
            "nkscreen.screening.rescreen": "Rescreened Rescreener",
            "nkscreen.screening.result": "ScreeningResult",
            "nkscreen.screening.screener": "Screener",
            "nkscreen.screening.summary": "FileCount RunSummary",
        },
    )

__all__ = ["Batch", "FileCount", "Rescreened", "Rescreener", "RunSummary", "Screener", "ScreeningResult", "load_policy"]
