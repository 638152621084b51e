"""Settings: every knob an operator has, read once at the start from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from access.lateness import Lateness
from actors.capacity import Capacity
from detectors.roster import ROSTER
from enforcement.campaigns import Fleets
from enforcement.informed import KNOWING
from enforcement.policy import Policy
from enforcement.rails import Rails
from enforcement.reception import Reception, check_manners
from streams.admission import Admission
from streams.alike import check_trial
from streams.appeals import Appealing
from streams.bouncing.knobs import Bouncer, check_bouncer
from streams.bounds import check_bounds, check_ladder, check_networks, check_positive
from streams.canary import Canary, check_canary
from streams.checking import Checking, check_checking
from streams.clouds.knobs import Clouds, check_clouds
from streams.crowdsec.place import CrowdSec
from streams.infrastructure import Broker, Flow, Metrics, Redis, Service
from streams.knobs import as_table, check_known, fit, knobs, told, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from detectors.base import Detector


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Time:
    """How time is cut."""

    tick: int = 1  # seconds of event time; who asked for something in a tick is judged at its end


@dataclass(frozen=True, slots=True)
class Spared:
    """Who is never touched, whatever the detectors say; the site's own list comes on top."""

    addresses: tuple[str, ...] = ()  # addresses and CIDRs
    agents: tuple[str, ...] = ()  # tokens in user agents; anyone can send them


# All that can be tuned and believed: the roster, and what needs to know the site as well.
HEARD: tuple[Detector, ...] = (*ROSTER, *KNOWING)
# In shadow: they speak, and nobody acts, until they were seen on traffic that can show them wrong.
DOUBTED = dict.fromkeys(
    ("cold", "depth", "undrawn", "mismatch", "unfetched", "twin", "tenure", "hosting"), 0.0
)

PLAIN: dict[str, Callable[[], object]] = {  # tables that are one dataclass each
    "time": Time,
    "lateness": Lateness,
    "memory": Capacity,
    "policy": Policy,
    "fleets": Fleets,
    "pardons": Spared,
    "crawlers": Reception,
    "rails": Rails,
}
PLACES: dict[str, Callable[[], object]] = {  # … that say where things are, and judge nothing
    "broker": Broker,
    "flow": Flow,
    "redis": Redis,
    "service": Service,
    "admission": Admission,
    "check": Checking,
    "metrics": Metrics,
    "crowdsec": CrowdSec,
    "bouncer": Bouncer,
    "clouds": Clouds,
    "appeals": Appealing,
}
TABLES = (*PLAIN, "trust", "detectors", "canary", *PLACES)
PREFIX = "HEDGEROW_"  # of the variables that override a knob of PLACES: HEDGEROW_BROKER_BOOTSTRAP


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose; the defaults are those of the code that is set."""

    time: Time = Time()
    lateness: Lateness = field(default_factory=Lateness)
    memory: Capacity = field(default_factory=Capacity)
    trust: Mapping[str, float] = field(default_factory=lambda: trust({}))
    policy: Policy = field(default_factory=Policy)
    fleets: Fleets = field(default_factory=Fleets)
    detectors: tuple[Detector, ...] = HEARD
    pardons: Spared = Spared()
    crawlers: Reception = field(default_factory=Reception)
    rails: Rails = field(default_factory=Rails)
    broker: Broker = field(default_factory=Broker)
    flow: Flow = field(default_factory=Flow)
    redis: Redis = field(default_factory=Redis)
    service: Service = field(default_factory=Service)
    admission: Admission = field(default_factory=Admission)
    check: Checking = field(default_factory=Checking)
    metrics: Metrics = field(default_factory=Metrics)
    crowdsec: CrowdSec = field(default_factory=CrowdSec)
    bouncer: Bouncer = field(default_factory=Bouncer)
    clouds: Clouds = field(default_factory=Clouds)
    appeals: Appealing = field(default_factory=Appealing)
    canary: Canary = field(default_factory=Canary)
    trial: Settings | None = None  # what stands in canary.file

    def trying(self, trial: Settings) -> Self:
        """Try other settings on the canary's share; ValueError where both cannot be judged by."""
        check_trial(self, trial)
        return replace(self, trial=trial)

    @property
    def regime(self) -> str:
        """Name all that judges: `hash`, and with a trial also whom it is tried on."""
        if self.trial is None:
            return self.hash
        parts = (self.hash, self.trial.hash, self.canary.share)
        return blake2b(repr(parts).encode(), digest_size=8).hexdigest()

    @property
    def hash(self) -> str:
        """Name what judges: 16 hex digits, equal for equal settings however they are written.

        A trial changes nothing for those it is not tried on, and so not this name.
        """
        tables = {
            **{name: told(getattr(self, name)) for name in PLAIN},
            "trust": self.trust,
            "detectors": {detector.name: told(detector) for detector in self.detectors},
        }
        return blake2b(msgspec.json.encode(tables, order="sorted"), digest_size=8).hexdigest()

    @classmethod
    def from_toml(cls, text: str, file: str = "settings.toml") -> Self:
        """Read settings; ValueError names the *file*, the key, what was seen and what is known."""
        try:
            return cls._from_tables(tomllib.loads(text))
        except ValueError as error:
            msg = f"{file}: {error}"
            raise ValueError(msg) from None

    def within(self, environment: Mapping[str, str]) -> Self:
        """Override where things are by variables such as HEDGEROW_BROKER_BOOTSTRAP.

        Raises ValueError, which names the variable and what was seen.
        """
        places = {name: overridden(getattr(self, name), name, environment) for name in PLACES}
        check_bouncer(places["bouncer"], f"{PREFIX}BOUNCER")
        check_clouds(places["clouds"], f"{PREFIX}CLOUDS")
        check_checking(places["check"], f"{PREFIX}CHECK")
        return replace(self, **places)

    @classmethod
    def _from_tables(cls, tables: Mapping[str, object]) -> Self:
        check_known(tables, TABLES, "settings")
        plain: dict[str, Any] = {
            name: turned(make(), tables.get(name, {}), name)
            for name, make in {**PLAIN, **PLACES, "canary": Canary}.items()
        }
        check_positive(plain["time"], "time")
        check_positive(plain["memory"], "memory")
        check_ladder(plain["policy"])
        check_bounds(plain["policy"])
        check_canary(plain["canary"])
        check_networks(plain["pardons"].addresses, "pardons.addresses")
        check_bouncer(plain["bouncer"], "bouncer")
        check_clouds(plain["clouds"], "clouds")
        check_checking(plain["check"], "check")
        check_manners(plain["crawlers"], "crawlers")
        return cls(
            **plain,
            trust=trust(tables.get("trust", {})),
            detectors=tuned(tables.get("detectors", {})),
        )


def trust(table: object) -> dict[str, float]:
    """Read how far each detector is trusted, in [0, 1]; 0 lets it speak and nobody acts."""
    given = as_table(table, "trust")
    trusted = {detector.name: DOUBTED.get(detector.name, 1.0) for detector in HEARD}
    check_known(given, trusted, "trust")
    for name, value in given.items():
        trusted[name] = float(fit(value, "float", f"trust.{name}"))
        if trusted[name] > 1.0:
            msg = f"trust.{name}: expected a number from 0 to 1, saw {value!r}"
            raise ValueError(msg)
    return trusted


def tuned(table: object) -> tuple[Detector, ...]:
    """Read the thresholds of the detectors, in the order of HEARD."""
    given = as_table(table, "detectors")
    check_known(given, [detector.name for detector in HEARD], "detectors")
    return tuple(turned(d, given.get(d.name, {}), f"detectors.{d.name}") for d in HEARD)


def overridden(values: T, table: str, environment: Mapping[str, str]) -> T:
    """Copy one table with the knobs that *environment* names replaced."""
    given: dict[str, object] = {}
    for name, kind in knobs(values).items():
        text = environment.get(f"{PREFIX}{table}_{name}".upper())
        if text is not None:
            given[name] = int(text) if kind == "int" and text.isascii() and text.isdigit() else text
    return turned(values, given, f"{PREFIX}{table}".upper())
