import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"

/** Start options for a Chromium that makes no calls of its own and runs in a container. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
]

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]
const macApps = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

/** The browser for tests: the file named by CHROMIUM, else the first found on PATH; undefined when there is none. */
export function findChromium({ CHROMIUM, PATH = "" }: NodeJS.ProcessEnv = process.env): string | undefined {
  if (CHROMIUM) return CHROMIUM
  const candidates = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...candidates, ...macApps].find(isProgram)
}

/**
 * Finds Chromium, or installs Debian's package where that is allowed; throws one sentence that says what to install.
 */
export function needChromium(): string {
  const found = findChromium() ?? installChromium()
  if (found === undefined)
    throw new Error(
      "The browser tests need Chromium: install it (or Chrome), or set CHROMIUM to its path, and run this again.",
    )
  if (!existsSync(found)) throw new Error(`CHROMIUM is set to ${found}, where there is no file.`)
  return found
}

function installChromium(): string | undefined {
  const mayInstall = process.getuid?.() === 0 && isProgram("/usr/bin/apt-get")
  if (!mayInstall) return undefined
  console.log("There is no Chromium here yet: installing Debian's package.")
  const options = {
    stdio: ["ignore", "inherit", "inherit"] as ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }
  spawnSync("apt-get", ["update", "-q"], options)
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options)
  return findChromium()
}

function isProgram(path: string) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
