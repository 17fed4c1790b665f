import { Link } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import { useKept } from "../../db/use-kept.ts"
import { loadWatchlist } from "../../db/watchlist.ts"
import { buttonClass } from "../../ui/button.tsx"

/** The two ways to candles of a coin: get its history, or watch it live, at its own chart where it is watched already. */
export function CoinLinks({ coin }: { coin: string }) {
  const kept = useKept(loadWatchlist)
  const list = kept.state === "ready" ? kept.value : undefined
  const watched = list?.markets.find(({ symbol }) => symbol.split("/")[0].toUpperCase() === coin)
  const name = plainText(coin, 20)
  return (
    <div role="group" aria-label={`Ways to candles of ${name}`} className="flex flex-wrap gap-2">
      <Link to="/data" className={buttonClass("quiet")}>
        Get {name} candles
      </Link>
      <Link
        to="/watch"
        search={watched ? { market: `${watched.venue}:${watched.symbol}`, timeframe: "1h" } : {}}
        className={buttonClass("quiet")}
      >
        Watch {name}
      </Link>
    </div>
  )
}
