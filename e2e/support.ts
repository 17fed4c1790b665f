import { spawn, type ChildProcess } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test as base, type Page } from "@playwright/test"
import { engineFault } from "../scripts/engine-build.ts"

export { expect, chromium } from "@playwright/test"

/** Playwright's test, with `baseURL` leading to a relay of the worker's own, started by the command people run. */
export const test = base.extend<object, { relayUrl: string }>({
  relayUrl: [
    async ({}, use) => {
      const fault = await engineFault()
      if (fault !== undefined) throw new Error(fault)
      const home = await mkdtemp(join(tmpdir(), "candlewright-e2e-"))
      const { process: relay, url } = await startRelayProcess(join(home, "data"))
      await use(url)
      await stopProcess(relay)
      await rm(home, { recursive: true, force: true })
    },
    { scope: "worker" },
  ],
  baseURL: async ({ relayUrl }, use) => use(relayUrl),
  context: async ({ context }, use) => {
    await use(context)
    // A test may end while its held or answered requests are under way.
    await context.unrouteAll({ behavior: "ignoreErrors" })
  },
})

/** A relay in a process of its own. */
interface RelayProcess {
  process: ChildProcess
  url: string
  /** All it has printed so far. */
  output: () => string
}

/** Starts `candlewright serve` on any free port; throws with its output when it does not print where it runs. */
export async function startRelayProcess(
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<RelayProcess> {
  const command = fileURLToPath(new URL("../build/candlewright.mjs", import.meta.url))
  const env = { ...process.env, PORT: "0", CANDLEWRIGHT_DATA: dataDir, ...environment }
  const relay = spawn(process.execPath, [command, "serve"], { env, stdio: ["ignore", "pipe", "pipe"] })
  // A test that fails halfway does not reach its own cleanup.
  process.once("exit", () => relay.kill())
  let output = ""
  const url = await new Promise<string>((resolve, reject) => {
    const collect = (bytes: Buffer) => {
      output += bytes.toString()
      const found = /running at (http:\/\/localhost:\d+)\n/.exec(output)?.[1]
      if (found) resolve(found)
    }
    relay.stdout.on("data", collect)
    relay.stderr.on("data", collect)
    relay.once("exit", () => reject(new Error(`The relay did not start: ${output}`)))
  })
  return { process: relay, url, output: () => output }
}

/** Asks the process to stop and waits until it has; resolves to its exit code. */
export async function stopProcess(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)))
  if (child.exitCode !== null) return child.exitCode
  child.kill("SIGTERM")
  return ended
}

/**
 * Waits until the service worker has fetched the whole app and controls this page: from here on it needs no network.
 */
export async function keptForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    )
  })
}

/** Opens the palette, types the words, and presses Enter once the option of that name is the chosen one. */
export async function typeCommand(page: Page, words: string, option: string | RegExp): Promise<void> {
  await page.keyboard.press("Control+k")
  await page.getByPlaceholder("Where to, or what to do?").fill(words)
  await expect(page.getByRole("option", { name: option })).toHaveAttribute("aria-selected", "true")
  await page.keyboard.press("Enter")
}
