"""Filing: which turn the candidate's words belong to."""

from dataclasses import replace

from interview.events import AnswerEnded, AnswerSignal, CandidateAsked, Fact, SpeechHeard
from interview.ids import TurnId
from interview.intents import LONGEST_QUESTION, Wishes
from interview.questions import Named, asked_in, named_in
from interview.session import AI
from interview.turn_taking import Decision, Intent
from interview.wishes import AN_ANSWER, is_invited

from agent.chronicle import Chronicle
from agent.clock import new_id
from agent.ear import Heard


class Filing:
    """`answer` is the turn of the answer that is given now, `over` of what is said over our line;
    `ended` are the words of the latest answer that was over.

    Its methods return the facts that are to be told, in their order.
    """

    def __init__(self, chronicle: Chronicle, wishes: Wishes) -> None:
        self.answer: TurnId | None = chronicle.state.answering
        self.over: TurnId | None = None
        self._chronicle = chronicle
        self._wishes = wishes
        self._asked_ms = 0
        self._questions: dict[TurnId, str | None] = {}
        self._within: str | None = None
        self.ended = ""

    def asked(self, started_ms: int | None, said: str = "") -> tuple[Fact, ...]:
        """The line that began at `started_ms` asks for an answer: what was `said` until now stands
        for itself, and the answer starts from a blank sheet."""
        self._asked_ms = self._asked_ms if started_ms is None else started_ms
        self._within = None
        return self.closes("nothing" if self._chronicle.state.floor == AI else "answer", said)

    def closes(self, intent: Intent, said: str) -> tuple[Fact, ...]:
        """The turn ends where no patience has ended it; what is said to a person is an answer."""
        turn, self.answer = self.answer, None
        if turn is None or turn == self._chronicle.state.answered:
            return ()
        words = 0 if intent == "nothing" else len(said.split())
        return (self._ended(turn, intent, words=words),)

    def goes_on(self, turn: TurnId) -> tuple[str, ...]:
        """The answer that was over is not: its words until now."""
        self.answer, self.over, self._asked_ms = turn, None, 0
        return (self.ended,) if self.ended else ()

    def is_late(self, heard: Heard) -> bool:
        """These words were said before the present question was: they do not answer it."""
        return heard.ended_ms <= self._asked_ms

    def late(self, heard: Heard) -> tuple[Fact, ...]:
        """Words that a recogniser brings after the talk has gone on."""
        answered = self._chronicle.state.answered
        if answered is None:
            turn = TurnId(new_id())
            speech = self._speech(turn, heard)
            return speech, self._ended(turn, "nothing")
        return (self._speech(answered, heard),)

    def begins(self) -> None:
        """An answer is being given to what is asked now, of which no word is final yet."""
        self._within = (self._within or self._chronicle.question) if self.answer is None else None

    @property
    def is_to_the_point(self) -> bool:
        """What is being said answers what is asked now, not what was asked before it."""
        now = self._chronicle.question
        begun = self._questions.get(self.answer, now) if self.answer else self._within or now
        return begun == now

    def heard(self, heard: Heard, *, over: bool) -> SpeechHeard:
        if over:
            turn = self.over = self.over or TurnId(new_id())
        else:
            turn = self.answer = self.answer or TurnId(new_id())
            if self._within is not None:
                self._questions.setdefault(turn, self._within)
                self._within = None
        return self._speech(turn, heard)

    def ends(
        self, decision: Decision, text: str, at_ms: int
    ) -> tuple[tuple[Fact, ...], AnswerEnded]:
        """The answer is over, perhaps before its first word was final: the words will follow.
        What comes before the end, and the end."""
        self.ended = text
        first: tuple[Fact, ...] = ()
        if self.answer is None:
            first = (self.heard(Heard("", (), at_ms, at_ms), over=False),)
        assert self.answer is not None
        named = self._named(decision.intent, text)
        topic = named.topic if named is not None else None
        ended = self._ended(self.answer, decision.intent, decision.signal, len(text.split()), topic)
        ended = replace(ended, answers_too=decision.answers_too)
        if named is None and not self._is_question(decision.intent, text):
            return first, ended
        return (*first, CandidateAsked(turn_id=self.answer, text=text, topic=topic)), ended

    def _named(self, intent: Intent, text: str) -> Named | None:
        """What a question asks of the facts of the kit."""
        if intent not in ("job", "asks") and not self._is_remark(intent, text):
            return None
        if intent == "asks" and not self._is_invited:
            if len(text.split()) > LONGEST_QUESTION:
                return None  # an answer that ends in a question
            text = asked_in(text, self._wishes)
        facts = ((fact.key, fact.phrases) for fact in self._chronicle.plan.facts)
        return named_in(text, facts, self._wishes)

    def _is_question(self, intent: Intent, text: str) -> bool:
        """A question to us, not one within an answer."""
        asks = intent == "asks" or self._is_remark(intent, text)
        return intent == "job" or (asks and self._is_invited)

    @property
    def _is_invited(self) -> bool:
        return is_invited(self._chronicle.state)

    def _is_remark(self, intent: Intent, text: str) -> bool:
        """Where one is asked for questions, whatever is said in few words may be a question."""
        is_short = len(text.split()) < AN_ANSWER
        return self._is_invited and is_short and intent in ("answer", "somebody")

    def close_over(self, intent: Intent) -> tuple[Fact, ...]:
        """What was said over our line did not stop it."""
        turn, self.over = self.over, None
        return () if turn is None else (self._ended(turn, intent),)

    def _ended(
        self,
        turn: TurnId,
        intent: Intent,
        signal: AnswerSignal = "patience",
        words: int = 0,
        topic: str | None = None,
    ) -> AnswerEnded:
        """Filed as its words are, whatever is asked by now."""
        ended = self._chronicle.answer_ended(turn, intent, signal, words, topic)
        return replace(ended, question=self._questions.get(turn, ended.question))

    def _speech(self, turn: TurnId, heard: Heard) -> SpeechHeard:
        speech = self._chronicle.speech(turn, heard)
        question = self._questions.setdefault(turn, speech.question)
        return replace(speech, question=question)
