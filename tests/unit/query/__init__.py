"""Tests of named questions."""
