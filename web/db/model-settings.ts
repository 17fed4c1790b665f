import type { Budget, ModelHostId, PriceRow } from "#models"
import { database } from "./database.ts"

/** A model the person has set up. `isOn`: the chat may ask it. */
export type SetUpModel = { id: string; name: string; isOn: boolean; tier: "cheap" | "strong" } & (
  | { kind: "server"; host: ModelHostId; baseUrl: string; model: string; key: KeyPlace }
  | { kind: "webLlm"; model: string }
  | { kind: "file"; file: { id: string; name: string; bytes: number } }
  | { kind: "browser" }
)

/** Where a server's key is: nowhere, for it needs none; in this browser, sealed or for one window; or in the relay. */
export type KeyPlace = { at: "nowhere" } | { at: "browser" | "relay"; id: string }

/** A key that only a passphrase opens; its last letters are shown to tell keys apart. */
export type SealedKey = { id: string; salt: string; iv: string; sealed: string; last: string }

/** All about models that this browser keeps. Keys are in it sealed, or not at all. */
export type ModelSettings = {
  name: "main"
  models: SetUpModel[]
  keys: SealedKey[]
  budget: Budget
  /** Rows the person corrected; they count before those that ship with the app. */
  prices: PriceRow[]
  /** What the person wants every model to keep in mind. */
  preferences: string[]
}

export const preferenceLimits = { count: 20, letters: 300 } as const

/** What a person begins with: no model, and a dollar a day. */
export const firstModelSettings: ModelSettings = {
  name: "main",
  models: [],
  keys: [],
  budget: { dayMicroDollars: 1_000_000, monthMicroDollars: 10_000_000, allowsUnknownPrices: false },
  prices: [],
  preferences: [],
}

export async function loadModelSettings(): Promise<ModelSettings> {
  return (await database.modelSettings.get("main")) ?? firstModelSettings
}

/** Changes them, whatever another window made of them meanwhile. */
export async function changeModelSettings(change: (now: ModelSettings) => Partial<ModelSettings>): Promise<void> {
  await database.transaction("rw", database.modelSettings, async () => {
    const now = await loadModelSettings()
    await database.modelSettings.put({ ...now, ...change(now), name: "main" })
  })
}
