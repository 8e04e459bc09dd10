"""What docs/deploy.md and deploy/ say is what the settings read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r'\benv\.\w+\(\s*"(\w+)"|os\.environ\.get\("(\w+)"')
EXAMPLE = ROOT / "deploy" / "rushcms.env.example"


def _read_by_settings():
    source = (ROOT / "rushcms" / "settings.py").read_text()
    return {name for pair in VARIABLE.findall(source) for name in pair if name}


def test_every_variable_stands_in_the_table_and_no_other():
    table = re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs" / "deploy.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(_read_by_settings())


def test_example_environment_starts_once_it_has_a_key(tmp_path):
    environment = tmp_path / "rushcms.env"
    environment.write_text(EXAMPLE.read_text().replace("SECRET_KEY=", f"SECRET_KEY={'k' * 40}"))
    said = subprocess.run(
        [sys.executable, "-c", "from rushcms.settings import *; print(ALLOWED_HOSTS, DATA_DIR, TIME_ZONE)"],
        cwd=ROOT,
        env={"ENV_FILE": str(environment), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout == "['film.example', 'www.film.example'] /var/lib/rushcms Europe/Berlin\n", said.stderr


def test_example_environment_names_only_variables_that_are_read():
    names = re.findall(r"^([A-Z0-9_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert set(names) <= _read_by_settings()


def test_unit_and_web_server_speak_of_the_same_socket_and_folder():
    unit, site = ((ROOT / "deploy" / name).read_text() for name in ("rushcms.service", "nginx.conf"))
    socket = re.search(r"--uds (\S+)", unit)[1]
    assert f"server unix:{socket};" in site
    assert "DATA_DIR=/var/lib/rushcms\n" in EXAMPLE.read_text()
    assert "alias /var/lib/rushcms/media/;" in site


@pytest.mark.parametrize(
    ("name", "command", "switch"),
    [
        ("purge", "purge", "timer"),
        ("proofread", "proofread", "timer"),
        ("pictures", "make_renditions", "timer"),
        ("pictures", "clean_cards", "timer"),
        ("worker", "db_worker", "service"),
    ],
)
def test_what_runs_beside_the_service_runs_as_that_does_and_is_switched_on(name, command, switch):
    service, nightly = ((ROOT / "deploy" / f"{unit}.service").read_text() for unit in ("rushcms", f"rushcms-{name}"))
    for setting in ("User", "Group", "WorkingDirectory", "StateDirectory", "UMask"):
        (line,) = re.findall(rf"^{setting}=.*$", service, re.MULTILINE)
        assert re.findall(rf"^{setting}=.*$", nightly, re.MULTILINE) == [line]
    python = "/opt/rushcms/venv/bin/python"
    assert re.search(rf"^ExecStart=(\S+) manage.py {command}( --.*)?$", nightly, re.MULTILINE)[1] == python
    assert (ROOT / "deploy" / f"rushcms-{name}.{switch}").exists()
    enabled = re.search(r"systemctl enable --now rushcms (.*)", (ROOT / "docs" / "deploy.md").read_text())[1]
    assert f"rushcms-{name}.{switch}".removesuffix(".service") in enabled.split()


def test_pictures_may_be_shown_by_the_sites_that_read_our_feeds():
    media = re.search(r"location /media/ \{(.*?)\n    \}", (ROOT / "deploy" / "nginx.conf").read_text(), re.DOTALL)[1]
    assert re.findall(r"Cross-Origin-Resource-Policy (\S+)", media) == ["cross-origin"]


def test_an_upgrade_restarts_all_that_runs_the_code():
    docs = (ROOT / "docs" / "deploy.md").read_text()
    running = {path.stem for path in (ROOT / "deploy").glob("*.service") if "Restart=" in path.read_text()}
    assert {*re.search(r"^    systemctl restart (.*)$", docs, re.MULTILINE)[1].split()} == running
