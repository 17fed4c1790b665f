import { randomUUID } from "node:crypto"
import {
  type SimulatedExchange,
  type SimulatedExchangeOptions,
  startSimulatedExchange,
} from "./simulated/simulated-exchange.ts"

/** Every installation practises on the same made-up markets, and finds yesterday again after a restart. */
const SEED = "practice"
/** Every bot and every open tab of this computer asks from one address. */
const limits = { weightPerMinute: 60_000, rawPer5Minutes: 610_000, connectionsPer5Minutes: 3_000 }

/**
 * The exchange that runs inside the relay, on loopback ports of its own: real time and made-up money unless told
 * otherwise. Its key is
 * new each time, since the markets' seed is no secret. Undefined when it cannot start, which must keep nobody from
 * using the rest.
 */
export async function startPracticeExchange(
  options: SimulatedExchangeOptions = {},
  print: (line: string) => void = () => {},
): Promise<SimulatedExchange | undefined> {
  try {
    return await startSimulatedExchange({
      seed: SEED,
      keySeed: randomUUID(),
      ...options,
      limits: { ...limits, ...options.limits },
    })
  } catch (error) {
    print(
      `The practice exchange could not start (${(error as Error).message}). Everything else works; restart Candlewright to try again.`,
    )
    return undefined
  }
}
