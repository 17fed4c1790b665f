import { plainText, quoted } from "#engine/candles"
import { strategyFromJson, type StrategyDocument, type StrategyProblem } from "#engine/strategy"
import { readTextFile } from "./file-input.ts"
import { HonestNo, WrongUsage } from "./command.ts"

/** The strategy document in a file; throws `HonestNo` with its first problem as the sentence and all as details. */
export async function openStrategy(file: string): Promise<StrategyDocument> {
  const answer = strategyFromJson(await readTextFile(file))
  if (!answer.ok) throw refusedBy(answer.problems, file)
  return answer.strategy
}

/** Problems as one refusal: the first as a sentence, all of them in the JSON answer. */
export function refusedBy(problems: StrategyProblem[], what: string): HonestNo {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ""
  const place = first.path === "" ? "" : ` ${first.path}${placeOf(first)}:`
  return new HonestNo(`${plainText(what, 200)}:${place} ${first.because}${more}`, { problems })
}

/** Counted from 1, as in editors: a line of code, a character of a formula. */
function placeOf({ character, line }: StrategyProblem): string {
  if (line !== undefined) return `, line ${line}`
  return character === undefined ? "" : `, character ${character + 1}`
}

/** `--param name=value …` as values for the document's params. */
export function paramValues(texts: string[]): Record<string, number | boolean> {
  return Object.fromEntries(texts.map(paramValue))
}

function paramValue(text: string): [string, number | boolean] {
  const [, name, written = ""] = /^([^=]+)=(.+)$/.exec(text) ?? []
  const value = valueFrom(written)
  if (value === undefined) throw new WrongUsage(`--param takes name=number or name=true, not ${quoted(text)}`)
  return [name, value]
}

/** A number, true or false as it is written; undefined for anything else, NaN and Infinity too. */
export function valueFrom(text: string): number | boolean | undefined {
  if (text === "true" || text === "false") return text === "true"
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined
}
