"""How soon a candidate hears the interviewer, and a recruiter can work, in a real browser."""
