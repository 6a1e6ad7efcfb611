"""The tests, laid out like the house; `tests.requirements` and `tests.bench` are programs."""
