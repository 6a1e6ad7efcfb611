"""The conversation engine: pure. It decides what should be said and written, and does neither."""
