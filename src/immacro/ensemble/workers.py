"""Worker processes of our own: a run can be stopped, and no death of a worker stops a study.

Each worker is a spawned process with a pipe of its own, whose other end nobody but us holds. Its
death at any moment, even while it sends a result, is therefore seen at once as the end of the pipe;
pools whose workers share a queue wait for ever then. A dead worker is replaced.

A worker loads the file before it gets its first chunk, so that a time limit counts runs and not
the loading. It ignores Ctrl-C, which is ours to handle, and never imports the user's script, which
need not be guarded by ``if __name__ == "__main__"``.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from types import ModuleType

from immacro.ensemble.backends import Outcome, Work
from immacro.ensemble.chunks import Chunk, ChunkResult, run_chunk
from immacro.errors import ImmacroError, SimulationError

#: Times that each worker may die while loading the file, with no work done meanwhile by any.
_DEATHS_WHILE_LOADING = 3


class Workers:
    """A number of worker processes.

    Args:
        count: how many.
        loading: a chunk without runs, which makes a worker load the file.
        time_limit: seconds after which a worker that has not returned its chunk is killed.
        work: what to do with a chunk; a function that can be pickled.
    """

    isolates = True

    def __init__(
        self,
        count: int,
        loading: Chunk,
        time_limit: float | None = None,
        work: Work = run_chunk,
    ) -> None:
        self.capacity = count
        self._loading = loading
        self._limit = time_limit
        self._work = work
        self._deaths_while_loading = 0
        self._queue: list[Chunk] = []
        self._workers: list[_Worker] = []
        try:
            for _ in range(count):
                self._start()
        except BaseException:
            self.close()
            raise

    def submit(self, chunk: Chunk) -> None:
        """Hand over a chunk."""
        self._queue.append(chunk)

    def wait(self, seconds: float) -> list[Outcome]:
        """Return what has come back, waiting at most so long for the first.

        Raises:
            ImmacroError: the file cannot be loaded, or workers die while they load it.
        """
        self._hand_out()
        until = [w.deadline - time.monotonic() for w in self._workers if w.deadline is not None]
        ready = wait([w.pipe for w in self._workers], max(0.0, min([seconds, *until])))
        outcomes = []
        for worker in list(self._workers):
            chunk, deadline = worker.chunk, worker.deadline
            if worker.pipe in ready:
                outcomes += self._received(worker)
            elif chunk is not None and deadline is not None and time.monotonic() >= deadline:
                outcomes.append(Outcome(chunk, limit=self._limit or 0.0))
                self._replace(worker)
        self._hand_out()
        return outcomes

    def close(self) -> None:
        """Kill all workers, whatever they are doing."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def _start(self) -> None:
        self._workers.append(_Worker(self._work))

    def _hand_out(self) -> None:
        for worker in list(self._workers):
            if self._queue and worker.loaded and worker.chunk is None:
                worker.send(self._queue.pop(0), self._limit)

    def _received(self, worker: _Worker) -> list[Outcome]:
        with contextlib.suppress(EOFError, OSError):
            return self._understood(worker, worker.pipe.recv())
        return self._died(worker)

    def _understood(self, worker: _Worker, message: object) -> list[Outcome]:
        if message is None:
            worker.send(self._loading)
            return []
        chunk, worker.chunk, worker.deadline = worker.chunk, None, None
        if isinstance(message, ChunkResult):
            self._deaths_while_loading = 0
            if worker.loaded and chunk is not None:
                return [Outcome(chunk, message)]
            worker.loaded = True
            return []
        if isinstance(message, ImmacroError):
            raise message
        raise SimulationError(
            f"A worker failed: {message}", "This is a defect of immacro; please report it"
        )

    def _died(self, worker: _Worker) -> list[Outcome]:
        chunk = worker.chunk if worker.loaded else None
        fault = self._replace(worker)
        if chunk is not None:
            return [Outcome(chunk, fault=fault)]
        if not worker.loaded:
            self._deaths_while_loading += 1
            if self._deaths_while_loading >= _DEATHS_WHILE_LOADING * self.capacity:
                raise SimulationError(
                    f"Every worker process {fault} while it loaded the model",
                    "Use fewer workers if memory is short",
                )
        return []

    def _replace(self, worker: _Worker) -> str:
        """Stop a worker, start another, and return how the first one ended."""
        self._workers.remove(worker)
        fault = worker.stop()
        self._start()
        return fault


class _Worker:
    """One process and our end of its pipe."""

    def __init__(self, work: Work) -> None:
        self.chunk: Chunk | None = None
        self.deadline: float | None = None
        self.loaded = False
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process = spawn.Process(
            target=_serve, args=(theirs, work), name="immacro-worker", daemon=True
        )
        try:
            with _without_main(), _without_interrupts():
                self.process.start()
        finally:
            theirs.close()

    def send(self, chunk: Chunk, limit: float | None = None) -> None:
        """Hand over a chunk; if the process is dead already, its pipe will say so."""
        self.chunk = chunk
        with contextlib.suppress(OSError):
            self.pipe.send(chunk)
        self.deadline = None if limit is None else time.monotonic() + limit

    def stop(self) -> str:
        """End the process if it is alive, and return how it ended."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        code = self.process.exitcode or 0
        return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"


def _serve(pipe: Connection, work: Work) -> None:
    """Say that we are here, then carry out chunks until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    message: object = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(message)
            chunk = pipe.recv()
            try:
                message = work(chunk)
            except ImmacroError as error:
                message = error
            except Exception:
                message = traceback.format_exc()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the user's script from a process that is being started, which would import it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let a process that is being started inherit that Ctrl-C is not for it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
