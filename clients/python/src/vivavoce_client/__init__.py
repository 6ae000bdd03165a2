"""Typed client of the Vivavoce API."""

from vivavoce_client.generated import models
from vivavoce_client.generated.aio import AsyncVivavoce
from vivavoce_client.generated.client import Vivavoce
from vivavoce_client.generated.models import *  # noqa: F403 - every model of the contract
from vivavoce_client.pages import aevery, every
from vivavoce_client.transport import ApiProblem, ServerEvent

__all__ = ["ApiProblem", "AsyncVivavoce", "ServerEvent", "Vivavoce", "aevery", "every"]
__all__ += models.__all__
