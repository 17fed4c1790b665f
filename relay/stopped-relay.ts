import { createApp } from "./app.ts"
import { CallerGuard } from "./door/caller-guard.ts"
import { Front } from "./door/front.ts"
import { noWebFiles } from "./door/web-files.ts"
import { keyApproval } from "./desk/key-approval.ts"
import { VenueWays } from "./desk/venue-ways.ts"
import { standInsAmong, venuesFrom } from "./door/venue-override.ts"
import { healthOf } from "./health.ts"
import { Metrics } from "./metrics.ts"
import { Readiness } from "./readiness.ts"
import { openRecords } from "./records.ts"
import { openRelayStore } from "./store/relay-store.ts"
import { openTrading } from "./trading.ts"
import type { Surroundings } from "./surroundings.ts"

/** The app of a data directory whose relay does not run: the same routes and rules, without a port. */
export type StoppedRelay = { token: string; fetch(request: Request): Promise<Response>; close(): Promise<void> }

/** Opens it for one task of the directory's owner. Throws `DirectoryInUse` when a relay runs after all. */
export async function openStoppedRelay(dataDirectory: string, surroundings: Surroundings): Promise<StoppedRelay> {
  const venues = venuesFrom(process.env.CANDLEWRIGHT_VENUES)
  const ways = new VenueWays({ venues, practice: undefined, surroundings })
  const checkKey = keyApproval({ ways, surroundings })
  const store = await openRelayStore({ dataDirectory, surroundings })
  const kept = { store, dataDirectory, surroundings, checkKey, standIns: standInsAmong(venues) }
  const records = await openRecords(kept).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  const onBug = (error: unknown) => {
    throw error
  }
  const print = () => {}
  const trading = openTrading({
    store,
    dataDirectory,
    records,
    ways,
    venues,
    practice: undefined,
    surroundings,
    print,
    onBug,
  })
  await trading.bots.begin({ isTrading: false })
  const health = healthOf({
    version: "",
    engine: null,
    store,
    vault: records.vault,
    killSwitch: records.killSwitch,
    bots: trading.bots,
    practice: () => "off",
    paper: () => "off",
    venues: [],
    surroundings,
  })
  const app = createApp({
    front: new Front(STOPPED_PORT),
    webFiles: noWebFiles,
    venues: [],
    ...records,
    ...trading,
    guard: new CallerGuard({ identify: records.people.identify, surroundings }),
    health,
    readiness: new Readiness(health, surroundings),
    metrics: new Metrics(health, [trading.figures.registry]),
    version: "",
    surroundings,
    stopping: AbortSignal.abort(),
    onBug,
  })
  const close = async () => {
    await trading.close()
    await store.close()
  }
  return { token: records.people.ownerToken, fetch: async (request) => app.fetch(request), close }
}

/** Stands in addresses; nobody listens there. */
export const STOPPED_PORT = 8787
