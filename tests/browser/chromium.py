"""A real Chromium for the tests of the review page, and the real command that makes the page and takes its verdicts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

#: What Chromium needs as root, without a screen, on a closed network.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Seconds to wait for what comes when it comes: a download, an element. Never a measure.
PATIENCE = 20


class Browser:
    """A window on a page of the disk."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, page: Path, wishes: str = "", width: int = 1300, height: int = 900, dark: bool = False) -> None:
        """Open a page as somebody does who never saw it."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.driver.get("about:blank")
        forgotten = {"origin": "file://", "storageTypes": "all"}
        self.driver.execute_cdp_cmd("Storage.clearDataForOrigin", forgotten)
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(page.as_uri() + (f"#{wishes}" if wishes else ""))
        self.wait("return document.documentElement.dataset.ready !== undefined")

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: Any) -> Any:
        """Wait until a script gives something true, and give it."""
        end = time.monotonic() + PATIENCE
        while not (value := self.run(script, *arguments)):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.02)
        return value

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        from selenium.webdriver.common.action_chains import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def click(self, selector: str, number: int = 0) -> None:
        """Click on one of the elements, scrolled to the middle as a person would have it."""
        element = self.all(selector)[number]
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        element.click()
        # Browsers tell a page of some clicks (a form reset, details unfolded) in a task of their own, behind the click.
        self.driver.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")

    def text(self, selector: str) -> str:
        """Give the text of an element, seen or not."""
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def choose(self, name: str, value: str) -> None:
        """Choose an entry of a filter."""
        from selenium.webdriver.support.ui import Select

        Select(self.find(f"#filters [name={name}]")).select_by_value(value)

    def type(self, name: str, text: str) -> None:
        """Type into a filter in the place of what was there."""
        field = self.find(f"#filters [name={name}]")
        field.clear()
        field.send_keys(text)

    def downloads_to(self, folder: Path) -> None:
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})

    def complaints(self) -> list[str]:
        """Give what the console says, warnings too."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Give every address that was asked for."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [address for address in sent if address != "about:blank"]

    def tree(self) -> list[dict[str, Any]]:
        """Give what a screen reader is told of: role, name and properties."""
        nodes = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        return [
            {
                "role": node["role"]["value"],
                "name": node.get("name", {}).get("value", ""),
                **{p["name"]: p["value"].get("value") for p in node.get("properties", [])},
            }
            for node in nodes
            if not node["ignored"]
        ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once for a file of tests; without one the tests fail, for they were asked for by name."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert binary, "needs Chromium: apt-get install chromium (.ci/browser does it)"
    assert driver, "needs chromedriver: apt-get install chromium-driver (.ci/browser does it)"
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    yield Browser(chrome)
    chrome.quit()


def command(folder: Path, *arguments: str, codes: Sequence[int] = (0, 1), stdin: bytes = b"") -> str:
    """Run the real command in a folder and give what it says on stdout."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "DEDUPE_CN_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG", "PRE_COMMIT"}
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    environment |= {"DEDUPE_CN_LANG": "en", "DEDUPE_CN_STATE_DIR": str(folder / ".state"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "dedupe_cn", *arguments],
        cwd=folder,
        env=environment,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in codes, done.stderr.decode()
    return done.stdout.decode()


def arrived(file: Path) -> bytes:
    """Wait for a download and give its bytes."""
    end = time.monotonic() + PATIENCE
    while not file.exists() or file.with_name(f"{file.name}.crdownload").exists():
        assert time.monotonic() < end, f"no download: {list(file.parent.iterdir())}"
        time.sleep(0.02)
    return file.read_bytes()
