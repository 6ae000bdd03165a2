"""The candidate's voice: when it sounds, and whether the recogniser hears it.

Instants are monotonic seconds.
"""

from dataclasses import dataclass

VAD_SILENCE_S = 0.25
"""Voice activity ends this long after the last sound."""

UNHEARD_S = 15.0
"""A voice that has given no new word for so long is noise: an answer before it is over."""

OUTAGE_UNHEARD_S = 60.0
"""The same while the recogniser is failing: then a voice without words is most likely a voice."""

OUTAGE_GRACE_S = 12.0
"""So long after its last failure, and after the last sound, a recogniser may still bring the words
of a sound that it missed. A connection that hangs fails again within this."""

CHANGED_WITHIN_S = 10.0
"""A microphone that has gone is waited for so long: a browser takes a second or two to open
another, and whoever has to plug one in reads on the page that nothing is heard."""

BREATH_S = 3.0
"""So long after that somebody who was cut off by the change may take to go on."""

JUST_NOW_S = 1.5
"""A sound that ended so recently may not have been recognised yet."""


@dataclass(slots=True)
class Voice:
    """`since` is None in silence, `began_at` the beginning of the latest sound, `last_sound` the
    last loud sample. `missed`: there was a sound while the recogniser was failing, and no word.
    `gone_at`: the microphone went then, and none is there yet; `here_at`: one came back."""

    since: float | None = None
    began_at: float = 0.0
    last_sound: float = 0.0
    failed_at: float | None = None
    missed: bool = False
    gone_at: float | None = None
    here_at: float = 0.0

    @property
    def sounds(self) -> bool:
        return self.since is not None

    def begins(self, now: float) -> None:
        self.since = self.began_at = now
        self.missed = self.failed_at is not None and now - self.failed_at < OUTAGE_UNHEARD_S

    def ends(self, last_sound: float) -> None:
        self.since, self.last_sound = None, max(last_sound, self.here_at)

    def goes(self, now: float) -> None:
        """The microphone has gone."""
        self.gone_at = now

    def returns(self, now: float) -> None:
        """One is there; before, nobody could be heard."""
        if self.gone_at is None:
            return
        self.here_at = min(now, self.gone_at + CHANGED_WITHIN_S)
        self.gone_at = None
        if not self.sounds:
            self.ends(self.last_sound)

    def gone_until(self) -> float:
        """Until when another microphone is waited for, or whoever has just got one; 0 for whose
        never went."""
        if self.gone_at is not None:
            return self.gone_at + CHANGED_WITHIN_S
        return self.here_at + BREATH_S if self.here_at else 0.0

    def is_not_recognised(self, now: float) -> None:
        """The recogniser failed, or failed again."""
        if self.failed_at is None:
            self.missed = self.sounds or now - self.last_sound < JUST_NOW_S
        self.failed_at = now

    def is_recognised(self) -> None:
        """The recogniser has words: whatever it still owes comes now."""
        self.failed_at, self.missed = None, False

    def noise_from(self, heard_at: float) -> float:
        """Since when the present sound counts as noise; the last new word came at `heard_at`."""
        known = max(heard_at, self.since or 0.0)
        if self.failed_at is None or not self.missed:
            return known + UNHEARD_S
        return max(known, self.failed_at) + OUTAGE_UNHEARD_S

    def owed_until(self) -> float:
        """Until when the words of a missed sound are waited for; 0 when none is missed."""
        if self.failed_at is None or not self.missed:
            return 0.0
        return max(self.failed_at, self.last_sound) + OUTAGE_GRACE_S
