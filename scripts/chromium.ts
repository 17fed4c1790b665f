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

/** Chromium without windows does the same work in little more than half of the time. */
const small = ["chromium-headless-shell", "chrome-headless-shell"]
const whole = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]
const macApps = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

/**
 * The browser for tests: the file named by CHROMIUM, else the first found on PATH, those without windows before others;
 * undefined when there is none.
 */
export function findChromium({ CHROMIUM, PATH = "" }: NodeJS.ProcessEnv = process.env): string | undefined {
  return CHROMIUM || (onPath(small, PATH) ?? findWholeChromium({ PATH }))
}

/** A browser with windows and profiles, for what only such a one can do: installing an app. */
export function findWholeChromium({ CHROMIUM, PATH = "" }: NodeJS.ProcessEnv = process.env): string | undefined {
  return CHROMIUM || (onPath(whole, PATH) ?? macApps.find(isProgram))
}

function onPath(names: string[], path: string): string | undefined {
  const candidates = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find(isProgram)
}

/**
 * Finds Chromium, or installs Debian's package where that is allowed; throws one sentence that says what to install.
 */
export function needChromium(): string {
  if (findWholeChromium() === undefined) installIfAllowed("chromium")
  const found = findWholeChromium()
  if (found === undefined)
    throw new Error(
      "The browser tests need Chromium: install it (or Chrome), or set CHROMIUM to its path, and run this again.",
    )
  if (!existsSync(found)) throw new Error(`CHROMIUM is set to ${found}, where there is no file.`)
  return found
}

/** Installs the one without windows beside it, where that is allowed: without it the tests only take longer. */
export function wishForSmallChromium({ CHROMIUM, PATH = "" }: NodeJS.ProcessEnv = process.env): void {
  if (!CHROMIUM && onPath(small, PATH) === undefined) installIfAllowed("chromium-headless-shell")
}

function installIfAllowed(name: string): void {
  if (process.getuid?.() !== 0 || !isProgram("/usr/bin/apt-get")) return
  console.log(`There is no ${name} here yet: installing Debian's package.`)
  const options = {
    stdio: ["ignore", "inherit", "inherit"] as ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }
  // A mirror that does not answer holds up nothing for long.
  const soon = ["-q", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=15"]
  spawnSync("apt-get", ["update", ...soon], options)
  spawnSync("apt-get", ["install", "-y", ...soon, "--no-install-recommends", name], options)
}

function isProgram(path: string) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
