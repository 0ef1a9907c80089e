"""What arrives in folders and feeds, round by round, on its way into the pipeline."""

from claims.watching.arrivals import Arrival, Target, take_in
from claims.watching.feeds import FeedWatch
from claims.watching.folders import FolderWatch

__all__ = ["Arrival", "FeedWatch", "FolderWatch", "Target", "take_in"]
