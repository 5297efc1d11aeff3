"""Records in, results out: one at a time, as a stream, or as a batch of files with an account."""

from nkscreen.screening.batch import Batch
from nkscreen.screening.policy import load_policy
from nkscreen.screening.rescreen import Rescreened, Rescreener
from nkscreen.screening.result import ScreeningResult
from nkscreen.screening.screener import Screener
from nkscreen.screening.summary import FileCount, RunSummary

__all__ = ["Batch", "FileCount", "Rescreened", "Rescreener", "RunSummary", "Screener", "ScreeningResult", "load_policy"]
