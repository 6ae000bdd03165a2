"""The shape of the database: numbered SQL files, and what applies them."""
