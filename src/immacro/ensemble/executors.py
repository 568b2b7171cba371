"""Executors of others: any ``concurrent.futures.Executor``, and a Dask scheduler by its address.

Their workers are not ours to kill, so there is no time limit here. When a process pool of the
standard library loses a worker, all of it is broken, and the study stops with what is stored; Dask
replaces its workers, and a chunk that keeps killing them is tried again run by run.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future
from concurrent.futures import wait as wait_for
from typing import Any

from immacro.ensemble.backends import Outcome, Work
from immacro.ensemble.chunks import Chunk, ChunkResult, run_chunk
from immacro.errors import ImmacroError, InvalidValueError, SimulationError

#: Seconds to wait for a Dask scheduler, and for its first worker.
PATIENCE = 30.0
_RESUME = "A study with a store can be resumed"


class Executing:
    """Carries out chunks by an executor, which stays open.

    Args:
        executor: the executor.
        workers: how many workers it has; each always has a chunk and another one waiting.
        deadly: the errors by which it says that a chunk has killed its workers.
        work: what to do with a chunk.
    """

    #: Dask blames a dead worker on all that waited for it.
    isolates = False

    def __init__(
        self,
        executor: Executor,
        workers: int,
        deadly: tuple[type[Exception], ...] = (),
        work: Work = run_chunk,
    ) -> None:
        self.capacity = 2 * workers
        self._executor = executor
        self._deadly = deadly
        self._work = work
        self._futures: dict[Future[ChunkResult], Chunk] = {}

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk.

        Raises:
            SimulationError: the executor takes no more work.
        """
        try:
            self._futures[self._executor.submit(self._work, chunk)] = chunk
        except RuntimeError as error:  # also a broken pool
            raise SimulationError(
                f"The executor takes no more work: {error}", f"Use a fresh one. {_RESUME}"
            ) from None

    def wait(self, seconds: float) -> list[Outcome]:
        """Return what has come back, waiting at most so long for the first.

        Raises:
            ImmacroError: the file cannot be loaded, or the executor is broken.
        """
        done, _ = wait_for(self._futures, seconds, FIRST_COMPLETED)
        return [self._outcome(future, self._futures.pop(future)) for future in done]

    def close(self) -> None:
        """Cancel what has not begun."""
        for future in self._futures:
            future.cancel()
        self._futures.clear()

    def _outcome(self, future: Future[ChunkResult], chunk: Chunk) -> Outcome:
        try:
            return Outcome(chunk, future.result())
        except self._deadly:
            return Outcome(chunk, fault="died")
        except ImmacroError:
            raise
        except BrokenExecutor:
            raise SimulationError(
                "A worker process of the executor died, which breaks all of it",
                f"Leave the executor out: immacro's own workers are replaced. {_RESUME}",
            ) from None
        except CancelledError:
            raise SimulationError(
                "The executor was shut down, or has lost its scheduler, while runs were under way",
                f"Start it again. {_RESUME}",
            ) from None
        except Exception as error:
            raise SimulationError(
                f"A worker of the executor failed: {type(error).__name__}: {error}",
                "Check that the same version of immacro can be imported where its workers run",
            ) from None


def workers_of(executor: Executor, workers: int | None) -> int:
    """Return how many workers an executor has, as far as it tells."""
    return workers or getattr(executor, "_max_workers", None) or os.cpu_count() or 1


@contextlib.contextmanager
def dask(address: str, workers: int | None = None) -> Iterator[Executing]:
    """Connect to a Dask scheduler.

    Args:
        address: of the scheduler, as ``tcp://host:8786``.
        workers: how many of its workers to keep busy, all by default.

    Raises:
        InvalidValueError: the address is none, ``distributed`` is missing, or nobody answers.
    """
    if "://" not in address:
        raise InvalidValueError(
            f"'{address}' is not the address of a Dask scheduler", "Write tcp://HOST:PORT"
        )
    try:
        import distributed
    except ImportError as error:
        raise InvalidValueError(
            f"Dask cannot be imported ({error})", "Run `pip install 'immacro[distributed]'`"
        ) from None
    with _quiet(), _connected(distributed, address) as client:
        count = workers or sum(client.nthreads().values())
        # Impure: a run tried again is computed again, where Dask would answer from its first try.
        yield Executing(client.get_executor(pure=False), count, (distributed.KilledWorker,))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from printing tracebacks of what is said in an error of ours."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextlib.contextmanager
def _connected(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # a time-out is an OSError
        raise InvalidValueError(
            f"No Dask scheduler answers at {address} ({str(error) or type(error).__name__})",
            "Start one with `dask scheduler`, and give the address that it prints",
        ) from None
    try:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise InvalidValueError(
                f"The Dask scheduler at {address} has no workers",
                f"Start some with `dask worker {address} --nthreads 1`",
            ) from None
        yield client
    finally:
        client.close()
