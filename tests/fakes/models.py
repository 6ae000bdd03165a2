"""A model that answers what a test lays ready."""

from collections.abc import Callable
from dataclasses import dataclass, field

from interview.ports import ModelFailed, Prompt, Reply, Spent

Answers = Callable[[Prompt], str | ModelFailed]


@dataclass
class FakeModels:
    """Port `Models`; `asked` holds every prompt in order."""

    answers: Answers
    model: str = "fake-1"
    asked: list[Prompt] = field(default_factory=list)

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        self.asked.append(prompt)
        answer = self.answers(prompt)
        if isinstance(answer, ModelFailed):
            raise answer
        return Reply(answer, self.model, Spent(len(prompt.content) // 4, len(answer) // 4))
