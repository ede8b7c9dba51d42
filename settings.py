"""The user's settings, shown in Options ▸ Processing ▸ Providers ▸ Chronocover."""

from processing.core.ProcessingConfig import ProcessingConfig, Setting

from .models.device_choices import AUTOMATIC, CHOICES

MEMORY_MB = "CHRONOCOVER_MEMORY_MB"
THREADS = "CHRONOCOVER_THREADS"
SCHEDULER = "CHRONOCOVER_SCHEDULER"
DEVICE = "CHRONOCOVER_DEVICE"


def register(group: str, icon: object, title_of: callable) -> None:
    """Add the settings to QGIS's Processing options; ``title_of`` translates their titles."""
    ProcessingConfig.settingIcons[group] = icon
    memory = title_of("Memory budget in MB (0: a quarter of the computer's memory, at most 2048)")
    threads = title_of("Worker threads (0: one per processor core)")
    for name, title in ((MEMORY_MB, memory), (THREADS, threads)):
        ProcessingConfig.addSetting(Setting(group, name, title, 0, valuetype=Setting.INT))
    scheduler = title_of("Address of a Dask scheduler (empty: this computer computes)")
    ProcessingConfig.addSetting(Setting(group, SCHEDULER, scheduler, "", valuetype=Setting.STRING))
    device = title_of("What runs models (automatic: a graphics card where it is faster)")
    choices = list(CHOICES)
    ProcessingConfig.addSetting(Setting(group, DEVICE, device, AUTOMATIC, valuetype=Setting.SELECTION, options=choices))
    ProcessingConfig.readSettings()


def unregister() -> None:
    """Take the settings out again when the plugin is unloaded."""
    for name in (MEMORY_MB, THREADS, SCHEDULER, DEVICE):
        ProcessingConfig.removeSetting(name)


def memory_budget_mb() -> int:
    """The memory that one run may use for its blocks, in MB; 0 means automatic."""
    return int(ProcessingConfig.getSetting(MEMORY_MB) or 0)


def worker_threads() -> int:
    """The number of worker threads; 0 means one per processor core."""
    return int(ProcessingConfig.getSetting(THREADS) or 0)


def scheduler_address() -> str:
    """The address of the Dask scheduler whose workers compute; empty means this computer."""
    return str(ProcessingConfig.getSetting(SCHEDULER) or "").strip()


def device_choice() -> str:
    """What is to run models: one of :data:`models.device_choices.CHOICES`."""
    return ProcessingConfig.getSetting(DEVICE, readable=True) or AUTOMATIC
