import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { startRelayProcess, stopProcess, test } from "./support.ts"

/** A relay that uses our simulated exchange as Binance, and that exchange's control plane. */
export interface RelayWithExchange {
  relayUrl: string
  /** The link that the relay prints; it pairs one browser. */
  pairingLink(): string | undefined
  /** REST base of the exchange itself, bypassing the relay. */
  rest: string
  /** Posts to the control plane; throws with its answer when it refuses. */
  control(path: string, body: object): Promise<void>
  /** Clears everything ordered from the control plane. */
  calm(): Promise<void>
  stop(): Promise<void>
}

/** Starts both; the exchange's clock runs as fast as ours. */
export async function startRelayWithExchange(): Promise<RelayWithExchange> {
  const exchange = await startExchange()
  const home = await mkdtemp(join(tmpdir(), "candlewright-e2e-"))
  const venues = { binance: { rest: new URL(exchange.rest).origin, stream: new URL(exchange.stream).origin } }
  const relay = await startRelayProcess(join(home, "data"), { CANDLEWRIGHT_VENUES: JSON.stringify(venues) })
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(exchange.control + path, {
      method,
      headers: { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  }
  return {
    relayUrl: relay.url,
    pairingLink: () => /http:\/\/localhost:\d+\/#pair=[\w-]+/.exec(relay.output())?.[0],
    rest: exchange.rest,
    control: (path, body) => ask("POST", path, body),
    calm: () => ask("DELETE", "/faults"),
    stop: async () => {
      await Promise.all([stopProcess(relay.process), stopProcess(exchange.process)])
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** What an exchange prints first. */
export type PrintedExchange = { rest: string; stream: string; control: string; apiKey: string; secret: string }

/** Starts an exchange that speaks this language. */
export async function startExchange(language = "binance") {
  const command = fileURLToPath(new URL("../build/candlewright.mjs", import.meta.url))
  const words = [command, "exchange", "--json", "--speak", language]
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] })
  process.once("exit", () => child.kill())
  let said = ""
  for await (const bytes of child.stdout) {
    said += String(bytes)
    if (said.includes("\n")) break
  }
  return { ...(JSON.parse(said.split("\n")[0]) as PrintedExchange), process: child }
}

/** Playwright's test, with a simulated exchange and a relay that uses it as Binance, for each worker. */
export const testWithExchange = test.extend<object, { exchange: RelayWithExchange }>({
  exchange: [
    async ({}, use) => {
      const started = await startRelayWithExchange()
      await use(started)
      await started.stop()
    },
    { scope: "worker" },
  ],
})
