"""The API as it was released last, and what may not change since."""
