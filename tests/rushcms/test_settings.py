"""The start: what is missing or odd in the environment is named, and nothing runs on a guess."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = {"SECRET_KEY": "k" * 40, "ALLOWED_HOSTS": "news.example"}


def settings(tmp_path, expression="", **environment):
    """Load the settings in a process of their own and return what it said."""
    program = f"from rushcms import settings; print({expression})"
    environment = {"ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", WHOLE)
def test_missing_variable_stops_the_start_by_name(tmp_path, missing):
    said = settings(tmp_path, **{name: value for name, value in WHOLE.items() if name != missing})
    assert said.returncode == 1
    assert said.stderr.startswith("RushCMS cannot start: ")
    assert f"'{missing}': ['Environment variable not set.']" in said.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RUSHCMS_MODE", "prod"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", ","),
        ("ALLOWED_HOSTS", "*"),
        ("SECRET_KEY", "short"),
        ("HTTPS", "maybe"),
        ("PROXIES", "-1"),
        ("PROXIES", "many"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("DATABASE_URL", "mysql://somewhere/db"),
        ("DATABASE_URL", "nonsense"),
        ("UPLOAD_MAX_BYTES", "20MB"),
        ("EMAIL_URL", "mail.example"),
        ("S3_HOST", "pictures.example script-src *"),
        ("S3_HOST", "pictures.example; script-src *"),
        ("S3_HOST", "https://pictures.example"),
        ("S3_HOST", "*.example"),
        ("S3_HOST", "-pictures.example"),
        ("PUBLISHING_NEEDS_APPROVAL", "maybe"),
    ],
)
def test_odd_variable_stops_the_start_by_name(tmp_path, name, value):
    said = settings(tmp_path, **WHOLE | {name: value})
    assert said.returncode == 1
    assert said.stderr.startswith(f"RushCMS cannot start: Environment variables invalid: {{'{name}': ")
    assert "Traceback" not in said.stderr


def test_unset_means_production(tmp_path):
    said = settings(tmp_path, "settings.DEBUG, settings.HTTPS, settings.SESSION_COOKIE_SECURE", **WHOLE)
    assert said.stdout.strip() == "False True True"


def test_local_mode_needs_no_more_than_a_key(tmp_path):
    said = settings(tmp_path, "settings.DEBUG, settings.HTTPS", RUSHCMS_MODE="local", SECRET_KEY="k")
    assert said.stdout.strip() == "True False"


def test_env_file_is_read_and_the_environment_wins(tmp_path):
    file = tmp_path / "env"
    file.write_text("RUSHCMS_MODE=local\nSECRET_KEY=k\nSITE_NAME=From the file\nTIME_ZONE=Europe/Berlin\n")
    said = settings(tmp_path, "settings.SITE_NAME, settings.TIME_ZONE", ENV_FILE=str(file), TIME_ZONE="Asia/Tokyo")
    assert said.stdout.strip() == "From the file Asia/Tokyo"


def test_sqlite_takes_its_write_lock_first(tmp_path):
    said = settings(tmp_path, "settings.DATABASES['default']['OPTIONS']", **WHOLE)
    assert "'transaction_mode': 'IMMEDIATE'" in said.stdout
    assert "journal_mode=WAL" in said.stdout
    assert "'timeout': 20" in said.stdout


def test_pool_reaches_the_driver_as_a_boolean_and_ends_persistent_connections(tmp_path):
    url = "postgresql://rush@db.example/rushcms?pool=true"
    shown = "settings.DATABASES['default']['OPTIONS'], settings.DATABASES['default']['CONN_MAX_AGE']"
    assert (
        settings(tmp_path, shown, **WHOLE, DATABASE_URL=url).stdout.strip()
        == "{'pool': True, 'options': '-c jit=off'} 0"
    )


def test_a_database_may_be_given_options_of_its_own(tmp_path):
    url = "postgresql://rush@db.example/rushcms?options=-c%20search_path=news"
    said = settings(tmp_path, "settings.DATABASES['default']['OPTIONS']", **WHOLE, DATABASE_URL=url)
    assert said.stdout.strip() == "{'options': '-c search_path=news'}"


def test_missing_folder_of_the_database_stops_the_start_by_name(tmp_path):
    said = settings(tmp_path / "nowhere", **WHOLE)
    assert (said.returncode, said.stderr) == (
        1,
        f"RushCMS cannot start: no folder {tmp_path / 'nowhere'} for the database (DATA_DIR, DATABASE_URL).\n",
    )


def test_folder_with_an_odd_name_holds_the_database(tmp_path):
    folder = tmp_path / "rev#x 20%20"
    folder.mkdir()
    said = settings(folder, "settings.DATABASES['default']['NAME']", **WHOLE)
    assert said.stdout.strip() == str(folder / "db.sqlite3")


def test_mail_goes_to_the_server_of_the_address(tmp_path):
    url = "smtp+tls://news%40film.example:a%3Ab@mail.example"
    said = settings(tmp_path, "settings.MAILERS['default']['OPTIONS']", **WHOLE, EMAIL_URL=url)
    wanted = {"host": "mail.example", "port": 587, "username": "news@film.example", "password": "a:b", "use_tls": True}
    assert said.stdout.strip() == str({**wanted, "use_ssl": False, "timeout": 5})


def test_mail_goes_to_the_log_unless_told(tmp_path):
    said = settings(tmp_path, "settings.MAILERS['default']['BACKEND']", **WHOLE)
    assert said.stdout.strip() == "django.core.mail.backends.console.EmailBackend"


def test_tasks_wait_for_a_worker_in_production_and_for_none_at_home(tmp_path):
    shown = "settings.TASKS['default']['BACKEND'].rpartition('.')[2]"
    home = {"RUSHCMS_MODE": "local", "SECRET_KEY": "k"}
    started = [WHOLE, home, WHOLE | {"TASKS_WORKER": "false"}]
    said = [settings(tmp_path, shown, **environment).stdout.strip() for environment in started]
    assert said == ["DatabaseBackend", "ImmediateBackend", "ImmediateBackend"]


def test_pictures_in_a_bucket_come_from_a_host_that_pages_may_load_from(tmp_path):
    bucket = {"S3_BUCKET": "pictures", "S3_HOST": "pictures.film.example", "S3_ENDPOINT": "https://storage.example"}
    shown = "settings.STORAGES['default']['OPTIONS']['endpoint_url'], settings.SECURE_CSP['img-src'][-1]"
    said = settings(tmp_path, shown, **WHOLE, **bucket)
    assert said.stdout.strip() == "https://storage.example https://pictures.film.example"


def test_a_bucket_without_a_host_stops_the_start(tmp_path):
    said = settings(tmp_path, **WHOLE, S3_BUCKET="pictures")
    assert (said.returncode, said.stderr.partition(",")[0]) == (1, "RushCMS cannot start: S3_BUCKET needs S3_HOST")


def test_a_bucket_names_its_files_without_asking_it(tmp_path):
    bucket = {"S3_BUCKET": "pictures", "S3_HOST": "pictures.film.example"}
    program = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'rushcms.settings'; "
        "from django.core.files.storage import default_storage; print(default_storage.url('renditions/ab/320.avif'))"
    )
    environment = {"ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"], **WHOLE, **bucket}
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert said.stdout == "https://pictures.film.example/renditions/ab/320.avif\n", said.stderr
