import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { realSurroundings } from "../../../../surroundings.ts"
import { addKey, createHmacKey } from "../../account/api-key.ts"
import { obey } from "../../control/command.ts"
import type { Exchange, ExchangeOptions } from "../../exchange-state.ts"
import { openKept } from "../open-kept.ts"

export const storyOptions = {
  seed: "kept",
  speed: "stepped",
  historyDays: 2,
  startMs: Date.UTC(2026, 10, 29, 10, 0, 30),
} satisfies ExchangeOptions

/** An exchange on a disk, and what a kill -9 leaves of it. */
export class KeptStory {
  readonly home = mkdtempSync(join(tmpdir(), "candlewright-kept-"))
  readonly folder = join(this.home, "practice")
  readonly told: string[] = []
  private copies = 0

  /** Opens what a folder holds. */
  open(
    folder = this.folder,
    options: ExchangeOptions & { mostEnded?: number; live?: string } = storyOptions,
    nowMs?: () => number,
  ): Exchange {
    const surroundings = { ...realSurroundings(), ...(nowMs && { nowMs }) }
    return openKept({ ...options, folder }, surroundings, (sentence) => this.told.push(sentence))
  }

  /** A copy of the folder as it is now, as a kill -9 would leave it, its journal cut after so many bytes. */
  afterKill(cutAt?: number): string {
    const image = join(this.home, `image-${this.copies++}`)
    cpSync(this.folder, image, { recursive: true })
    if (cutAt !== undefined) truncateSync(this.journal(image).path, cutAt)
    return image
  }

  /** The journal of a folder. */
  journal(folder = this.folder): { path: string; generation: number; bytes: number } {
    const name = readdirSync(folder).find((one) => one.startsWith("journal-"))!
    const path = join(folder, name)
    return { path, generation: Number(name.split("-")[1]), bytes: statSync(path).size }
  }

  /** Size of the file of ended orders. */
  endedBytes(): number {
    const name = readdirSync(this.folder).find((one) => one.startsWith("ended-"))!
    return statSync(join(this.folder, name)).size
  }

  end(): void {
    rmSync(this.home, { recursive: true })
  }
}

/** Opens an account with money and a key. */
export function trader(exchange: Exchange): Exchange {
  obey(exchange, { do: "open-account", name: "first" })
  for (const asset of ["USDT", "BTC", "ETH"]) obey(exchange, { do: "deposit", accountId: 1, asset, delta: "100000" })
  addKey(exchange, createHmacKey("kept", 1))
  return exchange
}

export function pass(exchange: Exchange, ms: number): void {
  exchange.clock.advance(ms)
  exchange.catchUp(Infinity)
}

export function operation(exchange: Exchange, name: string, params: Record<string, string>): unknown {
  return obey(exchange, { do: "operation", name, accountId: 1, params: { symbol: "BTCUSDT", ...params } })
}

export function place(exchange: Exchange, params: Record<string, string>): { orderId: number } {
  return operation(exchange, "order.place", { side: "BUY", quantity: "0.01", ...params }) as { orderId: number }
}

/** A price as a factor of Bitcoin's last one. */
export function priced(exchange: Exchange, factor: number): string {
  return ((Number(exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8) * factor).toFixed(2)
}
