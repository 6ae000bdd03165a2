-- What a nested question asks for: the notes and the decisions of several interviews.
CREATE INDEX notes_of_interview_by_name ON notes (tenant, interview_id, note_id);
CREATE INDEX decisions_of_interview ON interview_events (tenant, interview_id, seq)
    WHERE kind = 'decision_made';
