import { plainText, quoted } from "#engine/candles"
import { type StrategyInFile, strategyInFile } from "#engine/result"
import {
  chosenParams,
  type ParamValues,
  scriptLanguage,
  strategyFromJson,
  type StrategyDocument,
  type StrategyProblem,
  strategyWithValues,
} from "#engine/strategy"
import { problemsInWords } from "../door/strategy-refusal.ts"
import { report } from "./answer.ts"
import { readTextFile, runText } from "./file-input.ts"
import { HonestNo, WrongUsage } from "./command.ts"
import { reportNotTaken } from "./not-taken.ts"

/** `written`: the document as the file has it. `setup`: a run's, from its file. */
export type OpenedStrategy = { strategy: StrategyDocument; written: unknown; setup?: Record<string, unknown> }

/**
 * The strategy in a file: a document, or a run, an answer or a library that holds one. Says on stderr what is taken
 * from where. Throws `HonestNo` with its first problem as the sentence and all as details.
 */
export async function openStrategy(file: string): Promise<OpenedStrategy> {
  const opened = await readStrategy(file)
  if (opened.setup) report(`${plainText(file, 200)} is a run; its strategy is taken as it was run.`)
  return opened
}

/** `openStrategy` for a command that takes a run's settings too, and says so itself. */
export async function readStrategy(file: string): Promise<OpenedStrategy> {
  const found = documentIn(await readTextFile(file, runText), file)
  const answer = strategyFromJson(found.document)
  if (!answer.ok) throw refusedBy(answer.problems, file)
  if (found.kind === "answer") reportNotTaken(found.notTaken)
  if (found.kind !== "run") return { strategy: answer.strategy, written: writtenIn(found.document) }
  const strategy = withValues(answer.strategy, found.setup.params, file)
  return { strategy, written: strategy, setup: found.setup }
}

type Holding = Exclude<StrategyInFile, { kind: "library" } | { kind: "refusal" }> & { document?: unknown }

/** A text that is no JSON is read as a document: the refusal then names the line. */
function documentIn(text: string, file: string): Holding {
  if (scriptLanguage(text)) throw no(file, "this is a script; `candlewright translate` makes a strategy of it")
  const parsed = valueOf(text)
  // Read from the text, which also refuses a key that is there twice.
  if (parsed === undefined) return { kind: "document", document: text }
  const found = strategyInFile(parsed)
  if (found.kind === "document") return { kind: "document", document: text }
  if (found.kind === "refusal") throw no(file, found.because)
  if (found.kind === "library") return onlyOne(found.entries, file)
  if (found.document === undefined) throw no(file, "this is a run without its strategy, from an earlier Candlewright")
  return found
}

function onlyOne(entries: unknown[], file: string): Holding {
  if (entries.length !== 1)
    throw no(file, `this is a library of ${entries.length} strategies; export the one you mean to a file of its own`)
  return { kind: "document", document: (Object(entries[0]) as { document?: unknown }).document }
}

function no(file: string, because: string): HonestNo {
  return new HonestNo(`${plainText(file, 200)}: ${because}`, { file })
}

function writtenIn(document: unknown): unknown {
  return typeof document === "string" ? valueOf(document) : document
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown
  } catch {
    return undefined
  }
}

function withValues(strategy: StrategyDocument, params: unknown, file: string): StrategyDocument {
  const chosen = chosenParams(strategy, Object(params) as ParamValues)
  if (!chosen.ok) throw refusedBy(chosen.problems, file)
  return strategyWithValues(strategy, chosen.values)
}

/** Problems as one refusal: the first as a sentence, all of them in the JSON answer. */
export function refusedBy(problems: StrategyProblem[], what: string): HonestNo {
  return new HonestNo(`${plainText(what, 200)}: ${problemsInWords(problems)}`, { problems })
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
