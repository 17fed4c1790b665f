import { strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { findStrategy, type KeptStrategy } from "../db/kept-strategy.ts"
import { setupFromSearch } from "../run/run-setup.ts"
import { templateOf, withParamValues } from "../run/template-of.ts"

/** What an address may ask to be deployed: a template or a strategy of the library, and moved params. */
export type DeploySearch = { strategy?: string; params?: string; timeframe?: string; account?: string }

/** The strategy of an address with its params where the address wants them; undefined when it is not here. */
export async function strategyToRun(search: DeploySearch): Promise<WrittenStrategy | undefined> {
  const { params, timeframe } = setupFromSearch(search)
  const found = templateOf(search.strategy ?? "")?.document ?? (await findStrategy(search.strategy ?? ""))?.draft
  return found && withParamValues(timeframe === undefined ? found : { ...found, timeframe }, params)
}

/** With every default written out, as the relay keeps it; one that is not finished stays as it is. */
export function wholeDocument(document: WrittenStrategy): WrittenStrategy {
  const checked = strategyFromJson(document)
  return checked.ok ? checked.strategy : document
}

/** The markets it names itself, or the one everybody knows. */
export function usualMarkets({ markets }: WrittenStrategy): string[] {
  return markets && markets.length > 0 ? [...markets] : ["BTC/USDT"]
}

/** Those of the library first: the person knows them. */
export function strategiesToOffer(kept: readonly KeptStrategy[], most: number): { id: string; name: string }[] {
  const own = kept.map(({ id, draft }) => ({ id, name: draft.name }))
  const starters = ["rsi-dip", "sma-cross", "donchian-trend"].flatMap((id) => {
    const template = templateOf(id)
    return template ? [{ id, name: template.document.name }] : []
  })
  return [...own, ...starters].slice(0, most)
}
