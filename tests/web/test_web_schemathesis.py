"""What the API does with whatever its OpenAPI document allows, and with what it does not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from store import made_corpus
from web.described import described_api
from web.serving import serving

EXAMPLES = int(os.environ.get("ONRECORD_EXAMPLES", "8"))
"""Of each operation. `docs/api.md` says what many more found."""

THREAD = """Rain comes

Anna Bell said it rained.

Comments

  • Orla

    Pia Lund said it snowed.

    • Osric

      It did not.
"""


def without_tuples(schema: Any) -> Any:
    """The same, with arrays in the place of tuples.

    Schemathesis 4.32 rewrites them as Draft 7 does and then takes them for those of 2020-12.
    """
    if isinstance(schema, list):
        return [without_tuples(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: without_tuples(one) for name, one in schema.items() if name != "prefixItems"}
    if "prefixItems" in schema:
        made["items"] = {"anyOf": without_tuples(schema["prefixItems"])}
    return made


API = schemathesis.openapi.from_dict(without_tuples(described_api()))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app."""
    corpus = made_corpus.corpus(tmp_path_factory.mktemp("api") / "c.db")
    made_corpus.add(corpus, [("rain.txt", THREAD)])
    with serving(corpus) as address:
        yield address


@API.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize="ONRECORD_EXAMPLES" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_question_makes_a_server_error(case: schemathesis.Case[Any], home: str) -> None:
    case.call_and_validate(
        base_url=home,
        checks=[
            not_a_server_error,
            content_type_conformance,
            response_schema_conformance,
            status_code_conformance,
        ],
    )
