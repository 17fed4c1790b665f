import type { Fill, FillsWanted, MarketName } from "../exchange.ts"
import type { CcxtClient } from "./ccxt-client.ts"
import { cursorIn } from "./ccxt-pages.ts"
import { fillFromCcxt } from "./ccxt-shapes.ts"

/** How an exchange hands out fills in pages. */
export type FillPages = {
  perPage: number
  /** The longest stretch of time that one question may cover. */
  windowMs: number
  /** Names one order's fills. */
  ofOrder(exchangeOrderId: string): Record<string, unknown>
} & (
  | { by: "fill-id" }
  /** Each page names the next in this field. */
  | { by: "cursor"; field: string }
)

type Page = { fills: Fill[]; cursor: string | undefined }

/** The wanted fills, oldest first, each once, however many pages they are and however many share a moment. */
export async function fillsWanted(client: CcxtClient, wanted: FillsWanted, pages: FillPages): Promise<Fill[]> {
  const found = new Map<string, Fill>()
  const learn = ({ fills }: Page) => {
    for (const fill of fills) found.set(keyOf(fill), fill)
  }
  const ask = asker(client, wanted.market, pages)
  if ("exchangeOrderId" in wanted) await everyPage(ask, pages.ofOrder(wanted.exchangeOrderId), pages, learn)
  else if (pages.by === "fill-id" && "from" in wanted) await fromFill(ask, wanted.from.fillId, {}, pages.perPage, learn)
  else await sinceTime(client, ask, "from" in wanted ? wanted.from.timeMs : wanted.sinceMs, pages, learn)
  return [...found.values()].sort((first, second) => first.timeMs - second.timeMs || idOrder(first, second))
}

type Ask = (params: Record<string, unknown>, sinceMs?: number) => Promise<Page>
type Learn = (page: Page) => void

function asker(client: CcxtClient, market: MarketName, pages: FillPages): Ask {
  return async (params, sinceMs) => {
    const trades = await client.fetchMyTrades(market, sinceMs, pages.perPage, params)
    const cursor = pages.by === "cursor" ? cursorIn(trades, pages.field) : undefined
    return { fills: trades.map((trade) => fillFromCcxt(trade as never)), cursor }
  }
}

/** Stretch by stretch; by fill id as soon as the first fill is known, since many fills may share a millisecond. */
async function sinceTime(client: CcxtClient, ask: Ask, sinceMs: number, pages: FillPages, learn: Learn): Promise<void> {
  const untilMs = Number(await client.fetchTime())
  for (let fromMs = sinceMs; fromMs <= untilMs; fromMs += pages.windowMs) {
    const until = Math.min(fromMs + pages.windowMs - 1, untilMs)
    if (pages.by === "cursor") await everyPage(ask, { until }, pages, learn, fromMs)
    else {
      const first = await ask({ until }, fromMs)
      learn(first)
      if (first.fills.length === pages.perPage)
        return fromFill(ask, first.fills.at(-1)!.fillId, {}, pages.perPage, learn)
    }
  }
}

async function everyPage(
  ask: Ask,
  params: Record<string, unknown>,
  pages: FillPages,
  learn: Learn,
  sinceMs?: number,
): Promise<void> {
  if (pages.by === "fill-id") return fromFill(ask, "0", params, pages.perPage, learn)
  for (let cursor: string | undefined = ""; cursor !== undefined;) {
    const page: Page = await ask(cursor === "" ? params : { ...params, cursor }, sinceMs)
    learn(page)
    cursor = page.cursor === cursor ? undefined : page.cursor
  }
}

/** From one fill on. The next page begins with the last fill of this one: a trade with oneself has two rows. */
async function fromFill(
  ask: Ask,
  fromId: string,
  params: Record<string, unknown>,
  perPage: number,
  learn: Learn,
): Promise<void> {
  const page = await ask({ ...params, fromId })
  learn(page)
  const last = page.fills.at(-1)?.fillId
  if (page.fills.length === perPage && last !== undefined && last !== fromId)
    await fromFill(ask, last, params, perPage, learn)
}

function keyOf({ fillId, exchangeOrderId }: Fill): string {
  return `${fillId} ${exchangeOrderId}`
}

/** Binance counts its fills; elsewhere ids are no numbers, and the time must do. */
function idOrder(first: Fill, second: Fill): number {
  const difference = Number(first.fillId) - Number(second.fillId)
  return Number.isNaN(difference) ? 0 : difference
}
