import type { CcxtClient } from "./ccxt-client.ts"

type Markets = Awaited<ReturnType<CcxtClient["loadMarkets"]>>
type Loading = { marketsLoading: Promise<unknown> | undefined; markets: Markets | undefined }

/**
 * ccxt reads its markets before its first request, and keeps the answer for all later ones, a failure too: nothing
 * could be asked any more. Here a failure counts once; what was known before stays, else the next request reads anew.
 */
export function forgetFailedLoads(client: CcxtClient): void {
  const own = client as unknown as Loading
  const load = client.loadMarkets.bind(client)
  client.loadMarkets = async (reload, params) => {
    const known = own.markets && Object.keys(own.markets).length > 0 ? own.markets : undefined
    const answer = load(reload, params)
    const loading = own.marketsLoading
    try {
      return someOf(await answer)
    } catch (error) {
      if (own.marketsLoading === loading) goBack(client, known)
      throw error
    }
  }
}

/** ccxt takes a page that is no answer for an exchange without markets. */
function someOf(markets: Markets): Markets {
  if (Object.keys(markets).length === 0) throw new Error("the answer has no markets")
  return markets
}

function goBack(client: CcxtClient, known: Markets | undefined): void {
  const own = client as unknown as Loading
  if (known) client.setMarkets(known)
  else own.markets = undefined
  own.marketsLoading = known && Promise.resolve(known)
}
