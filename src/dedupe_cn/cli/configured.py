"""What holds for a path: the command line over the nearest configuration over the defaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from dedupe_cn.cli.cleaning import Plan
from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import ConfigurationError, UsageError
from dedupe_cn.io.configuration import Configuration
from dedupe_cn.io.configuration_check import fault_of_glob
from dedupe_cn.io.configuration_keys import KEYS, Form, Scope, Value
from dedupe_cn.io.configurations import Configurations
from dedupe_cn.io.git_rules import working_encodings
from dedupe_cn.io.selection import Selection
from dedupe_cn.library import make_settings
from dedupe_cn.model import Kind
from dedupe_cn.settings import MAX_BYTES, TIDY_DEFAULT

if TYPE_CHECKING:
    from dedupe_cn.cli.inputs import Input
    from dedupe_cn.io.decisions import Decisions

COMMAND_LINE = "command line"
DEFAULT = "default"


class Held(NamedTuple):
    """A value that holds, and where it comes from: COMMAND_LINE, DEFAULT, or the place in a file."""

    value: Value
    source: str


class Configured:
    """The options of a run and the configurations around its inputs, put together path by path."""

    def __init__(self, options: Mapping[str, Value], configurations: Configurations, run: Mapping[str, Any]) -> None:
        """Take what was given on the command line by key, and what only a command line can say (``run``)."""
        self.options = options
        self.configurations = configurations
        self._run = run
        self._plans: dict[tuple[Configuration, tuple[int, ...]], Plan] = {}

    def held(self, path: str | None = None) -> dict[str, Held]:
        """Give every key's value for a file, or without one for the working folder. Raises ConfigurationError."""
        return self._held(*self._around(path))

    @property
    def root(self) -> Path:
        """Give the folder that the run's configuration counts from: that of its file, or the working folder."""
        return Path(self.configurations.of_folder(str(Path.cwd())).root)

    def of_run(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Fill the parameters of the whole run that the command line leaves open.

        They come from the configuration of the working folder; names of files in it count from its root.
        """
        held = self.held()
        filled: dict[str, Any] = {}
        for key in KEYS:
            if key.scope is Scope.RUN and key.parameter in values and key.name not in self.options:
                value = held[key.name].value
                filled[key.parameter] = str(self.root / str(value)) if value and key.form is Form.FILE else value
        return {**values, **filled}

    def plan(self, path: str | None = None) -> Plan:
        """Give the plan for a file. Raises ConfigurationError, UsageError."""
        around = self._around(path)
        if around not in self._plans:
            self._plans[around] = _plan(self._held(*around), self._run)
        return self._plans[around]

    def plans(
        self, items: Sequence[Input], decisions: Decisions | None, in_place: bool, across: bool = False
    ) -> dict[str, Plan]:
        """Give the plan for every input, by its name. Raises ConfigurationError, UsageError.

        What is changed ``in_place`` keeps the encoding that git's attributes name, or may name, unless another is asked
        for.
        """
        shared: dict[int, Plan] = {}  # of very many files one plan each would be a good part of the memory
        plans: dict[str, Plan] = {}
        for item in items:
            plan = self.plan(item.place)
            if id(plan) not in shared:
                shared[id(plan)] = plan._replace(decisions=decisions, across=across)
            plans[item.name] = shared[id(plan)]
        encodings = working_encodings(item.name for item in items if item.place)
        for name, encoding in encodings.named.items():
            plans[name] = plans[name]._replace(working_encoding=encoding)
        if in_place and "output-encoding" not in self.options:
            for name in encodings.named.keys() | encodings.untold.keys():
                why = encodings.untold.get(name, "")
                plans[name] = plans[name]._replace(output_encoding="keep", attributes_untold=why)
        return plans

    def kind(self, path: str) -> Kind | None:
        """Say as what a file is to be read, None where its suffix decides. Raises ConfigurationError, UsageError."""
        return self.plan(path).kind

    def tells_across(self) -> Callable[[str], bool]:
        """Give what tells whether copies in a file beside the named ones (by its path) are told of."""
        selection = self.selection(force=True)

        def wanted(path: str) -> bool:
            return not selection.why_not_named(path) and "across" in self.plan(path).settings.rules

        return wanted

    def selection(self, force: bool = False) -> Selection:
        """Give the choice of files; with ``force`` also of those that are named. Raises ConfigurationError."""
        include, exclude, gitignore = (self.options.get(name) for name in ("include", "exclude", "gitignore"))
        return Selection(
            self.configurations,
            include if isinstance(include, tuple) else None,
            exclude if isinstance(exclude, tuple) else (),
            None if gitignore is None else bool(gitignore),
            force or bool(self.held()["force-exclude"].value),
        )

    def _around(self, path: str | None) -> tuple[Configuration, tuple[int, ...]]:
        """Give the configuration that holds for a path, and which of its per-file tables do."""
        if path is None:
            return self.configurations.of_folder(str(Path.cwd())), ()
        configuration = self.configurations.of_file(path)
        if not configuration.per_file:
            return configuration, ()
        return configuration, configuration.tables_for(os.path.abspath(path))  # noqa: PTH100 - a link stays one

    def _held(self, configuration: Configuration, tables: tuple[int, ...]) -> dict[str, Held]:
        written = configuration.for_file(tables)
        held = {}
        for key in KEYS:
            if key.name in self.options:
                held[key.name] = Held(self.options[key.name], COMMAND_LINE)
            elif key.name in written:
                held[key.name] = Held(written[key.name].value, written[key.name].place)
            else:
                held[key.name] = Held(key.default, DEFAULT)
        return held


def configure(context: click.Context, values: Mapping[str, Any], say: Say) -> Configured:
    """Put together the options of a command with the configurations. Raises ConfigurationError, UsageError."""
    chosen = values.get("config")
    if chosen is not None and values.get("isolated"):
        raise UsageError(say("exclusive", first="--config", second="--isolated"))
    options = {key.name: values[key.parameter] for key in KEYS if _given(context, key.parameter)}
    for key in KEYS:
        given = options.get(key.name)
        for glob in given if key.form is Form.GLOB and isinstance(given, tuple) else ():
            if fault := fault_of_glob(glob):
                raise UsageError(f"--{key.name}: " + say(fault.code, **fault.values))
    if chosen is not None and not Path(chosen).is_file():
        raise UsageError(say("at", path=chosen, what=say("missing")))
    configurations = Configurations(Path(chosen) if chosen else None, isolated=bool(values.get("isolated")))
    return Configured(options, configurations, values)


def words_of(problem: ConfigurationError, say: Say) -> tuple[str, str]:
    """Say what is wrong with a configuration, and what to do next."""
    what = say(problem.code, **problem.values)
    if problem.key:
        what = say("at", path=problem.key, what=what)
    return what, say("did-you-mean", name=problem.nearest) if problem.nearest else ""


def _given(context: click.Context, parameter: str) -> bool:
    source = context.get_parameter_source(parameter)
    return source in (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)


def _plan(held: Mapping[str, Held], run: Mapping[str, Any]) -> Plan:
    """Turn values into the plan for an input. Raises UsageError for what cannot hold."""
    value = {key.parameter: held[key.name].value for key in KEYS if key.scope is Scope.FILE}
    names = ("min_chars", "threshold", "keep", "eol", "select", "disable")
    given: Any = {name: value[name] for name in names if value[name] not in (None, ())}
    settings = make_settings(str(value["level"]), None, **given)
    settings = settings.with_options(only_decided=bool(run.get("only_decided", False)))
    converts = held["output-encoding"].source != DEFAULT or not settings.rules.isdisjoint(TIDY_DEFAULT)
    encoding = str(value["encoding"])
    if encoding.lower() != "auto":
        from dedupe_cn.encoding.encodings import canonical

        canonical(encoding)
    return Plan(
        settings=settings,
        kind=None if value["kind"] == "auto" else Kind(str(value["kind"])),
        encoding=None if encoding.lower() == "auto" else encoding,
        output_encoding=str(value["output_encoding"]) if converts else "keep",
        allow_lossy=run.get("allow_lossy", False),
        borderline=run.get("show_borderline", 0),
        max_bytes=run.get("max_bytes", MAX_BYTES),
        to_text=run.get("to") == "text",
        renumber=run.get("renumber", False),
    )
