"""What a model's probe costs the candidate, in silence, beside a scripted line."""
