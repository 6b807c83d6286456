"""Named questions with the rows they must give, written before the queries."""
