"""What all models share."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

LENIENT = Field(union_mode="left_to_right")
"""What is known is read as such; what a newer API says beyond that stays as it came."""


class Answer(BaseModel):
    """Something that the API says. Fields that this version does not know are ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, protected_namespaces=()
    )
    _headers: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @property
    def response_headers(self) -> Mapping[str, str]:
        """The headers of the answer that this came as; empty for what is part of another."""
        return self._headers


class Body(BaseModel):
    """Something that is sent. What is left out is left to the API."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, protected_namespaces=()
    )
