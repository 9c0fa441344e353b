"""One Spark for all tests of a process: to start one takes longer than most of what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def lasting_spark() -> Iterator[None]:
    """Let runs of Spark leave the session to the next run, and end it behind the last test.

    The number of partitions is one of the session and set by each run; what a run keeps in memory goes with its work
    folder.
    """
    pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SparkSession, "stop", lambda self: None)
        yield
    if (session := SparkSession.getActiveSession()) is not None:
        session.stop()
