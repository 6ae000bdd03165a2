"""Mails to candidates as they are read: template files, one folder a language, and what is put in.

The first line of a file is the subject, the rest its text. A line with a placeholder that there is
nothing to say for is left out.
"""
