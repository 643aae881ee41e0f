"""Print what makes a shell complete commands and options."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import argparse

NAME = "completions"

EXAMPLES = """\
examples:
  eval "$(python -m dynamometer completions bash)"

It completes `dynamometer`, which it makes an alias of `python -m dynamometer`.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("shell", choices=["bash", "zsh"], help="the shell that reads it")


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    sys.stdout.write(script(options.shell))
    return 0


def script(shell: str) -> str:
    """Return what the shell runs."""
    from dynamometer.cli.command import parser  # noqa: PLC0415

    choices = (action.choices for action in _actions(parser()) if action.dest == "command")
    commands = cast("dict[str, argparse.ArgumentParser]", next(choices))
    cases = "\n".join(
        f"        {name}) words='{' '.join(_options(added))}' ;;"
        for name, added in commands.items()
    )
    prelude = "autoload -U +X bashcompinit && bashcompinit\n" if shell == "zsh" else ""
    return f"""{prelude}alias dynamometer='python -m dynamometer'
_dynamometer() {{
    local words
    case "${{COMP_WORDS[1]}}" in
{cases}
        *) words='{" ".join(commands)} --help --version' ;;
    esac
    COMPREPLY=($(compgen -o default -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -F _dynamometer dynamometer
"""


def _options(parser: argparse.ArgumentParser) -> list[str]:
    options = (text for action in _actions(parser) for text in action.option_strings)
    return [text for text in options if text.startswith("--")]


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions
