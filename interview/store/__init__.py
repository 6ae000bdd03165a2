"""Where everything is kept: in Postgres, or in memory for tests, behind the same ports."""
