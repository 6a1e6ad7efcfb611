"""Sheets as files: the only package that knows openpyxl. What their rows mean is decided in `domain`."""
