"""What a reader gets: documents for programs, and the same in words for people."""
