"""The command line: one door for each thing a merchant does. Heavy rooms open only when used."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from miaohui import __version__
from miaohui.app.language import say, say_problem
from miaohui.app.places import Place, place_of
from miaohui.domain.vocabulary.problems import ReaderError

Command = TypeVar("Command", bound=Callable[..., object])
PATH = click.Path(path_type=Path)
PLACE = "PATH|URL"
NAMES = {"help_option_names": ["-h", "--help"]}


def told(key: str) -> str:
    """The help of an option or command."""
    return say(f"help.{key}")


def option(*names: str, key: str, **kind: Any) -> Callable[[Command], Command]:
    """An option with its help from the catalogue."""
    return click.option(*names, help=told(key), **kind)


def command(group: click.Group, name: str, key: str) -> Callable[[Callable[..., None]], object]:
    """A command with its help from the catalogue."""
    return group.command(name, help=told(key), short_help=told(key), context_settings=NAMES)


def main() -> None:
    """Run the command line; what the reader can fix is told in a sentence, with status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot show a sign shows ?
    try:
        app(standalone_mode=False)
    except ReaderError as error:
        for problem in error.problems:
            print_error(say_problem(problem))
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        print_error(say("stopped"))
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if error.filename is None:
            _own_up(error)
        values = {"path": error.filename, "reason": error.strerror}
        print_error(say("file.failed", values))
        sys.exit(2)
    except MemoryError:
        print_error(say("memory.out"))
        sys.exit(70)
    except Exception as error:
        if os.environ.get("MIAOHUI_DEBUG"):
            raise
        _own_up(error)


def print_error(sentence: str) -> None:
    """One sentence to the error stream."""
    sys.stderr.write(f"{sentence}\n")


def _own_up(error: Exception) -> None:
    print_error(say("house.failed", {"what": f"{type(error).__name__}: {error}"}))
    sys.exit(70)


@click.group("miaohui", help=told("miaohui"), context_settings=NAMES)
@click.version_option(__version__, message="miaohui %(version)s", help=told("version"))
def app() -> None:
    """Nothing of its own: only the options that hold for all commands."""


@app.group("packs", help=told("packs"), context_settings=NAMES)
def packs() -> None:
    """Rule packs."""


@app.group("log", help=told("log"), context_settings=NAMES)
def log() -> None:
    """The log."""


files = click.argument("files", nargs=-1, required=True, type=place_of)
pack_option = option("--pack", key="pack", default="pdd", show_default=True)
timezone_option = option("--timezone", key="timezone")
mapping_option = option("--mapping", "-m", key="mapping", multiple=True)
rejects_option = option("--rejects", key="rejects", type=PATH)
shops_option = option("--shop", "shops", key="shop", multiple=True)
as_of_option = option("--as-of", key="as_of")


@command(app, "import", "import")
@files
@option(
    "--into", key="into", type=place_of, metavar=PLACE, envvar="MIAOHUI_LOG", default="miaohui.db"
)
@option("--columns", key="columns", type=PATH)
@pack_option
@option("--shop", "--default-shop", "shop", key="import_shop")
@timezone_option
@mapping_option
@option("--dry-run", key="dry_run", is_flag=True)
@rejects_option
def import_(**typed: Any) -> None:
    """Take chat logs in."""
    from miaohui.app.commands.import_tables import import_tables

    import_tables(**typed)


@command(app, "serve", "serve")
@option("--config", "-c", key="config", type=PATH, envvar="MIAOHUI_CONFIG")
def serve(config: Path | None) -> None:
    """Open the house."""
    from miaohui.app.commands.serve import serve as open_house

    open_house(config, click.echo)


@command(app, "settings", "settings")
@option("--config", "-c", key="config", type=PATH, envvar="MIAOHUI_CONFIG")
@option("--format", "format_", key="terminal_or_json", default="terminal", show_default=True)
def settings(**typed: Any) -> None:
    """What is set, and where."""
    from miaohui.app.commands.show_settings import show_settings

    show_settings(**typed)


@command(app, "backup", "backup")
@click.argument("target", type=PATH)
@option("--config", "-c", key="config", type=PATH, envvar="MIAOHUI_CONFIG")
@option("--log", key="backup_log", type=place_of, metavar=PLACE)
@option("--keep", key="backup_keep", type=click.IntRange(1))
def backup(**typed: Any) -> None:
    """Back up a house."""
    from miaohui.app.commands.back_up import back_up

    back_up(**typed)


@command(app, "restore", "restore")
@click.argument("source", type=PATH)
@click.argument("target", type=place_of, metavar=f"TARGET|{PLACE}")
@option("--key", key="restore_key", type=PATH)
@option("--settings-to", key="restore_settings", type=PATH)
def restore(**typed: Any) -> None:
    """Put a backup back."""
    from miaohui.app.commands.restore import restore as put_back

    put_back(**typed)


@command(app, "doctor", "doctor")
@option("--config", "-c", key="config", type=PATH, envvar="MIAOHUI_CONFIG")
@option("--deep", key="doctor_deep", is_flag=True)
@option("--clock-of", key="doctor_clock_of", metavar="URL")
@option("--json", "as_json", key="doctor_json", is_flag=True)
def doctor(**typed: Any) -> None:
    """Is all as it should be?"""
    from miaohui.app.commands.doctor import doctor as look

    look(**typed)


@command(app, "forget", "forget")
@click.argument("shop")
@click.argument("channel", required=False)
@click.argument("buyer", required=False)
@option("--chat", key="forget_chat")
@option("--config", "-c", key="config", type=PATH, envvar="MIAOHUI_CONFIG")
@option("--yes", "-y", key="erase_yes", is_flag=True)
def forget(**typed: Any) -> None:
    """Erase a buyer of a house."""
    from miaohui.app.commands.forget import forget as erase

    erase(**typed)


@command(app, "simulate", "simulate")
@option("--config", "-c", key="config", type=PATH, envvar="MIAOHUI_CONFIG")
@option("--to", key="simulate_to", metavar="URL")
@option("--channel", key="simulate_channel")
@option("--visits", key="simulate_visits", type=click.FloatRange(min=1), default=400.0)
@option("--agents", key="simulate_agents", type=click.IntRange(min=1), default=6)
@option("--hours-back", key="simulate_hours_back", type=click.FloatRange(min=0), default=0.0)
@option("--speed", key="simulate_speed", type=click.FloatRange(min=1), default=1.0)
@option("--until-now", key="simulate_until_now", is_flag=True)
@option("--seed", key="seed", type=int, default=1)
def simulate(**typed: Any) -> None:
    """Play a shop's traffic into a running house."""
    from miaohui.app.commands.simulate import simulate as play

    play(**typed)


@command(app, "secret", "secret")
def secret() -> None:
    """Make a webhook secret."""
    import secrets

    from miaohui.adapters.channels.webhook.signature import new_secret

    click.echo(new_secret(secrets.token_bytes(32)))


@command(app, "export", "export")
@click.argument("source", type=place_of)
@click.argument("target", type=PATH)
@option("--format", "format_", key="export_format")
@shops_option
def export(**typed: Any) -> None:
    """Write a log back as the interchange table."""
    from miaohui.app.commands.export_log import export_log

    export_log(**typed)


@command(app, "report", "report")
@files
@pack_option
@option("--from", "from_", key="from")
@option("--to", "until", key="to")
@as_of_option
@shops_option
@option("--format", key="report_format", default="terminal", show_default=True)
@option("--out", "-o", key="out", type=PATH)
@option("--html", key="html", type=PATH)
@option("--explain", key="explain")
@option("--brief", key="brief", is_flag=True)
@option("--line", "lines", key="line", multiple=True)
@timezone_option
@mapping_option
@option("--default-shop", key="default_shop")
@rejects_option
def report(**typed: Any) -> None:
    """The platform's own figures."""
    from miaohui.app.commands.show_report import Wanted, show_report

    show_report(Wanted(**typed))


folder = click.argument("folder", type=PATH, default="demo")
pace_option = option("--pace", key="demo_pace", type=click.FloatRange(min=0.1), default=1.0)
visits_option = option("--visits", key="demo_visits", type=click.FloatRange(min=1))
turn_option = option("--seed", key="demo_turn", type=int, default=1)


@command(app, "demo", "demo")
@folder
@option("--port", key="demo_port", type=click.IntRange(1, 65535), envvar="MIAOHUI_PORT")
@visits_option
@pace_option
def demo(folder: Path, port: int | None, visits: float | None, pace: float) -> None:
    """A house to look at."""
    from miaohui.app.commands.demo import demo as open_demo

    open_demo(folder, port, visits, pace, click.echo)


@command(app, "demo-buyers", "demo_buyers")
@folder
@click.argument("address")
@visits_option
@pace_option
@turn_option
def demo_buyers(**typed: Any) -> None:
    """Play the demo's buyers."""
    from miaohui.app.commands.play_demo import demo_buyers as play

    play(**typed)


@command(app, "demo-staff", "demo_staff")
@folder
@click.argument("address")
@pace_option
@turn_option
def demo_staff(**typed: Any) -> None:
    """Play the demo's agents."""
    from miaohui.app.commands.play_demo import demo_staff as play

    play(**typed)


@command(app, "demo-log", "demo_log")
@click.argument("out", type=place_of)
@option("--shops", key="demo_shops", type=click.IntRange(1), default=1, show_default=True)
@option("--days", key="demo_days", type=click.IntRange(1, 366), default=14, show_default=True)
@option("--events", key="demo_events", type=click.IntRange(1), default=20_000, show_default=True)
@option("--first-day", key="demo_first_day", default="2026-11-01", show_default=True)
@option("--seed", key="demo_seed", type=int, default=1, show_default=True)
def demo_log(**typed: Any) -> None:
    """Believable shop traffic."""
    from miaohui.app.commands.make_demo_log import make_demo_log

    make_demo_log(**typed)


@command(packs, "list", "packs_list")
def packs_list() -> None:
    """Every pack there is."""
    from miaohui.app.commands.list_packs import list_packs

    list_packs()


@command(packs, "show", "packs_show")
@click.argument("pack")
def packs_show(pack: str) -> None:
    """One pack, for people."""
    from miaohui.app.commands.show_pack import show_pack

    show_pack(pack)


@command(packs, "check", "packs_check")
@click.argument("references", metavar="[PACK]...", nargs=-1)
def packs_check(references: tuple[str, ...]) -> None:
    """Everything wrong with packs."""
    from miaohui.app.commands.list_packs import check_packs

    check_packs(references)


@command(packs, "diff", "packs_diff")
@click.argument("old")
@click.argument("new")
@option("--log", key="diff_log", type=place_of, metavar=PLACE)
@as_of_option
def packs_diff(**typed: Any) -> None:
    """What changed between two packs, and for which chats."""
    from miaohui.app.commands.compare_packs import compare_packs

    compare_packs(**typed)


@command(packs, "schema", "packs_schema")
def packs_schema() -> None:
    """The JSON schema of packs, for editors."""
    from miaohui.app.commands.list_packs import show_schema

    show_schema()


@command(log, "check", "log_check")
@click.argument("path", type=place_of)
def log_check(path: Place) -> None:
    """Is the log sound?"""
    from miaohui.app.commands.keep_log import check_log

    check_log(path)


@command(log, "erase-buyer", "log_erase")
@click.argument("path", type=place_of)
@click.argument("shop")
@click.argument("channel")
@click.argument("buyer")
@option("--yes", "-y", key="erase_yes", is_flag=True)
def log_erase_buyer(**typed: Any) -> None:
    """Destroy a buyer's key."""
    from miaohui.app.commands.keep_log import erase_buyer

    erase_buyer(**typed)


if __name__ == "__main__":
    main()
