import type { Assumption } from "./idea-draft.ts"
import type { Assumed, Language } from "./languages/language.ts"
import type { Words } from "./reply.ts"

/** A sentence with its places filled in. */
export function filled(sentence: string, places: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole)
}

/** An assumption as a sentence of the person's language. */
export function assumptionInWords({ about, value }: Assumption, { says }: Language): string {
  const shown = { opposite: says.opposite, target: says.twiceTheStop }[value] ?? value
  return filled(says.assumed, { what: says.what[aboutOf(about)], value: shown })
}

const kinds: Record<string, Assumed> = {
  breakEven: "target",
  risk: "size",
  riskMoney: "daily",
  riskWithoutStop: "size",
  dailyLoss: "daily",
  tradesPerDay: "trades",
  cooldown: "trades",
  correlation: "limit",
}

function aboutOf(about: string): Assumed {
  const known: readonly string[] = ["market", "timeframe", "stop", "exit", "size", "length", "limit", "session", "balance", "plus", "target", "trailing", "trades", "steps", "daily", "change"]
  return known.includes(about) ? (about as Assumed) : (kinds[about] ?? "sign")
}

/** Words nobody has read, in the order of the sentence. */
export function leftWords(say: string, places: readonly { from: number; to: number }[]): Words[] {
  return places.map(({ from, to }) => ({ from, to, words: say.slice(from, to) }))
}

