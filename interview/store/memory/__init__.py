"""The store in memory, for tests: sealed and chained like the real one."""

from interview.store.memory.store import MemoryStore

__all__ = ["MemoryStore"]
