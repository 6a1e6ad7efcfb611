"""The clock that wakes the ticks, what is planned, and the worker that does what is owed."""
