"""How raters are measured: bundled answers, their twins, replays, and the gate to a release."""
