import type { CallLedger, ModelCall } from "#models"
import { database } from "./database.ts"

/** Older calls make room beyond this. */
export const MOST_CALLS = 5_000

/** Every call of a model that this browser made, with its tokens and its price. */
export const modelCalls: CallLedger = {
  put: async (call: ModelCall) => {
    await database.transaction("rw", database.modelCalls, async () => {
      await database.modelCalls.put(call)
      const tooMany = (await database.modelCalls.count()) - MOST_CALLS
      if (tooMany > 0) await database.modelCalls.orderBy("atMs").limit(tooMany).delete()
    })
  },
  since: (fromMs: number) => database.modelCalls.where("atMs").aboveOrEqual(fromMs).toArray(),
}

/** The newest calls first. */
export function newestCalls(most: number): Promise<ModelCall[]> {
  return database.modelCalls.orderBy("atMs").reverse().limit(most).toArray()
}
