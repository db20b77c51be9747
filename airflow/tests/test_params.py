"""The form of a run refuses what no command would take."""

import copy

import pytest
from airflow.sdk.exceptions import ParamValidationError

from changelake.ids import DagId

BAD = [
    {"business_date": "22.6.2020"},
    {"business_date": "2020-06-31"},
    {"business_date": ""},
    {"rows": 7},
    {"rows": 1_000_001},
    {"rows": "many"},
    {"seed": -1},
    {"seed": None},
    {"dry_run": "maybe"},
]
GOOD = [
    {"business_date": "2020-06-22"},
    {"rows": 8, "seed": 7, "dry_run": True},
    {},
]


@pytest.mark.parametrize("dag_id", list(DagId))
@pytest.mark.parametrize("conf", BAD, ids=str)
def test_bad_params_are_refused(bag, dag_id, conf):
    with pytest.raises(ParamValidationError):
        validated(bag, dag_id, conf)


@pytest.mark.parametrize("dag_id", list(DagId))
@pytest.mark.parametrize("conf", GOOD, ids=str)
def test_good_params_are_taken(bag, dag_id, conf):
    assert conf.items() <= validated(bag, dag_id, conf).items()


def validated(bag, dag_id, conf):
    params = copy.deepcopy(bag.dags[dag_id.value].params)
    params.update(conf)
    return params.validate()
