import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Reply } from "#engine/idea"
import { strategyFromJson, type StrategyDocument } from "#engine/strategy"

/** An idea in a person's own words, and what a correct answer must satisfy (for the judge to read). */
export type Idea = { id: string; language: string; tags: string[]; say: string; expect: { given?: string } }

/** Whether two rules are true on the same candles: the share of them, 0 to 1. */
export type Compare = (document: StrategyDocument, side: string, part: string, wanted: string) => number

export type IdeaSet = {
  ideas: Idea[]
  /** What is wrong with a reply; nothing where it passes. */
  failures: (idea: Idea, reply: Reply, compare?: Compare) => string[]
  /** Compares rules candle by candle, by the command `series` over a file of candles. */
  comparer: (command: string[], candles: string) => Compare
}

/** The ideas and their judge in a folder; undefined where they are not there. */
export async function ideaSetIn(folder: string): Promise<IdeaSet | undefined> {
  const [list, judge] = [join(folder, "ideas.json"), join(folder, "ideas-check.mjs")]
  if (!existsSync(list) || !existsSync(judge)) return undefined
  const { ideas } = JSON.parse(await readFile(list, "utf8")) as { ideas: Idea[] }
  const { comparer, failures } = (await import(pathToFileURL(judge).href)) as Omit<IdeaSet, "ideas">
  return { ideas, comparer, failures }
}

/** The strategy that an idea changes. */
export function givenFor({ expect: { given } }: Idea): StrategyDocument | undefined {
  if (given === undefined) return undefined
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "RSI dip",
    timeframe: "1h",
    long: { enter: { all: ["rsi(close, 14) < 30"] }, exit: { any: ["rsi(close, 14) > 70"] } },
    protect: { stopLoss: { kind: "percent", percent: 4 } },
  })
  return read.ok ? read.strategy : undefined
}
