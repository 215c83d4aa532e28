"""What a robot is told about its broker."""

import json

import pytest

from gangseo_robot.link import CredentialsError, read_credentials


def test_credentials_are_read(tmp_path):
    path = tmp_path / "robot_01.json"
    path.write_text(json.dumps({"username": "robot_01", "password": "wheels"}))
    assert read_credentials(path) == ("robot_01", "wheels")


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"username": "robot_01"}'])
def test_unfit_credentials_are_told(tmp_path, content):
    path = tmp_path / "robot_01.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CredentialsError, match="must hold a username and a password"):
        read_credentials(path)
