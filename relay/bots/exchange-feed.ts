import type { Account } from "../accounts/account.ts"
import { followsRealPrices } from "../accounts/exchange-kind.ts"
import type { FeedId, MarketFeeds } from "../desk/market-feeds.ts"
import type { BotFeed } from "./bot-parts.ts"

/** What a bot hears of an exchange, over the connection that all bots share. */
export function exchangeFeed(feeds: MarketFeeds, account: Pick<Account, "venue" | "mode">): BotFeed {
  // Candles and fills of a bot on paper are of one book.
  const venue: FeedId = followsRealPrices(account) ? "paper" : account.venue
  const named = (market: string) => {
    const name = feeds.market(venue, market)
    if (name === undefined) throw new Error(`${market} is no name of a market.`)
    return name
  }
  return {
    follow: (market, timeframe, fromMs, hear) =>
      feeds.candles(venue).follow({ market: named(market), timeframe }, fromMs, (news) => {
        if (news.kind !== "candle") return
        const { openTimeMs, open, high, low, close, volume } = news.candle
        hear([openTimeMs, open, high, low, close, volume])
      }),
    watchPrice: (market, hear) => feeds.watchPrice(venue, named(market), ({ price, atMs }) => hear(price, atMs)),
  }
}
