"""What was asked from above, what was done about it, and where the text says so."""

__version__ = "0.1.0"
