"""`make bench`: ratios in one run on one machine, printed as tables; nothing here is asserted."""
