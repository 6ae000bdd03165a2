"""How far those who rate the same interviews agree, and who departs from the others."""
