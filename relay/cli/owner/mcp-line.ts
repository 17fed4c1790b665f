import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import { Drafts } from "../../assistants/drafts.ts"
import { KeptCandles } from "../../desk/kept-candles.ts"
import { MarketFeeds } from "../../desk/market-feeds.ts"
import { PublicMarkets } from "../../desk/public-markets.ts"
import { venuesFrom } from "../../door/venue-override.ts"
import { startPracticeExchange } from "../../exchange/practice-exchange.ts"
import { Jobs } from "../../jobs/jobs.ts"
import { openDataDirectory } from "../../store/data-directory.ts"
import { openRelayStore } from "../../store/relay-store.ts"
import { announcedRelay } from "../../store/running-relay.ts"
import type { Surroundings } from "../../surroundings.ts"
import { report } from "../answer.ts"
import { answers } from "./owner-relay.ts"

/** Whom an assistant's messages go to. */
export type AssistantLine = { speaks: Transport; close: () => Promise<void> }

/** To the relay that runs on a data directory; undefined where none does. */
export async function lineToRelay(directory: string): Promise<AssistantLine | undefined> {
  const running = await announcedRelay(directory)
  if (running === undefined || !(await answers(running.port))) return undefined
  const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js")
  const headers = { authorization: `Bearer ${running.token}` }
  const speaks = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${running.port}/mcp`), {
    requestInit: { headers },
  })
  return { speaks, close: () => speaks.close() }
}

/**
 * To a workbench of its own, with made-up markets beside it: tests are forgotten at the end; candles and drafts are
 * those of the data directory.
 */
export async function lineAlone(directory: string, surroundings: Surroundings): Promise<AssistantLine> {
  const [{ mcpServer }, { InMemoryTransport }] = await Promise.all([
    import("../../assistants/mcp-server.ts"),
    import("@modelcontextprotocol/sdk/inMemory.js"),
  ])
  await openDataDirectory(directory)
  const passing = await mkdtemp(join(tmpdir(), "candlewright-mcp-"))
  const store = await openRelayStore({ dataDirectory: join(passing, "data"), surroundings })
  const practice = await startPracticeExchange({ folder: join(passing, "practice") }, surroundings, report)
  const onBug = (error: unknown) => report(`Candlewright made a mistake: ${String(error)}`)
  const feeds = new MarketFeeds({ venues: venuesFrom(process.env.CANDLEWRIGHT_VENUES), practice, surroundings, onBug })
  const publicMarkets = new PublicMarkets({ feeds, surroundings })
  const candles = new KeptCandles({ dataDirectory: directory, feeds, surroundings })
  const jobs = new Jobs({ database: store.database, candles, publicMarkets, surroundings, onBug })
  await jobs.begin()
  const drafts = new Drafts({ dataDirectory: directory, surroundings })
  const server = mcpServer({ jobs, publicMarkets, drafts, surroundings })
  const [speaks, other] = InMemoryTransport.createLinkedPair()
  await server.connect(other)
  const close = async () => {
    await server.close()
    await jobs.end()
    await candles.close()
    feeds.close()
    await practice?.stop()
    await store.close()
    await rm(passing, { recursive: true, force: true })
  }
  return { speaks, close }
}
