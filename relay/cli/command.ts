import { parseArgs, type ParseArgsConfig } from "node:util"
import {
  calendarTimeMs,
  candleTimeframesMs,
  isCandleTimeframe,
  isTimeframe,
  quoted,
  timeframesMs,
  type CandleTimeframe,
  type Timeframe,
} from "#engine/candles"
import { isPort } from "../door/listener.ts"
import type { Surroundings } from "../surroundings.ts"

/** One command of `candlewright`. `run` takes the words after its name and prints its answer. */
export type Command = {
  /** What `candlewright NAME --help` prints: teaches by examples. */
  help: string
  run(words: string[], surroundings: Surroundings): Promise<void>
}

/** The user typed something we do not understand: exit code 2. */
export class WrongUsage extends Error {}

/** A refusal such as bad input: exit code 1. `details` joins the sentence in the JSON answer. */
export class HonestNo extends Error {
  constructor(
    sentence: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(sentence)
  }
}

type ReadWords<Options extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>
>

/** Parses words into options and positionals, strictly: an unknown option throws `WrongUsage`. */
export function readWords<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  words: string[],
  options: Options,
): ReadWords<Options> {
  try {
    const args = withValuesAttached(words, options)
    const read = parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true })
    refuseTwice(read.tokens, options)
    return read
  } catch (error) {
    if (isParseError(error)) throw new WrongUsage(error.message.split(". To specify")[0])
    throw error
  }
}

/** Of two values the person may mean either, so neither is taken. */
function refuseTwice(
  tokens: { kind: string; name?: string }[],
  options: NonNullable<ParseArgsConfig["options"]>,
): void {
  const once = tokens.flatMap(({ kind, name = "" }) => (kind === "option" && !options[name].multiple ? [name] : []))
  const twice = once.find((name, n) => once.indexOf(name) < n)
  if (twice !== undefined) throw new WrongUsage(`--${twice} is given twice; give it once`)
}

/** An option's text as a finite number; `WrongUsage` otherwise. */
export function numberOption(name: string, text: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text)
  if (!Number.isFinite(number)) throw new WrongUsage(`--${name} takes a number, not ${quoted(text)}`)
  return number
}

/** An option's text as a whole number from 1; `WrongUsage` otherwise. */
export function countOption(name: string, text: string, most: number): number {
  const count = numberOption(name, text)
  if (!Number.isSafeInteger(count) || count < 1 || count > most)
    throw new WrongUsage(`--${name} takes a whole number from 1 to ${most}, not ${quoted(text)}`)
  return count
}

/** An option's text as a port; undefined when it is left out, `WrongUsage` when it is none. */
export function portOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = numberOption(name, text)
  if (!isPort(port)) throw new WrongUsage(`--${name} takes a whole number from 0 to 65535, not ${quoted(text)}`)
  return port
}

/** An option's text as one of a few words; `WrongUsage` otherwise. */
export function choiceOption<Choice extends string>(name: string, text: unknown, choices: readonly Choice[]): Choice {
  const chosen = choices.find((choice) => choice === text)
  if (chosen === undefined) throw new WrongUsage(`--${name} is ${choices.join(" or ")}, not ${quoted(text)}`)
  return chosen
}

/** An option's text as UTC milliseconds; undefined when missing, `WrongUsage` when it is not a time. */
export function timeOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const timeMs = calendarTimeMs(text)
  if (Number.isNaN(timeMs))
    throw new WrongUsage(`--${name} takes a time such as 2024-01-31 or 2024-01-31T10:00Z, not ${quoted(text)}`)
  return timeMs
}

/**
 * --from and --to as UTC milliseconds, each undefined when missing; throws `HonestNo` where the period ends before it
 * begins.
 */
export function periodOptions({ from, to }: { from?: string; to?: string }): { fromMs?: number; toMs?: number } {
  const period = { fromMs: timeOption("from", from), toMs: timeOption("to", to) }
  if (period.fromMs !== undefined && period.toMs !== undefined && period.fromMs >= period.toMs)
    throw new HonestNo(`--from ${from} is not before --to ${to}; no candle lies between them`)
  return period
}

/** The text of --timeframe as one of ours; undefined when missing, `WrongUsage` otherwise. */
export function timeframeOption(text: string | undefined): Timeframe | undefined {
  if (text === undefined || isTimeframe(text)) return text
  throw new WrongUsage(`--timeframe is one of ${Object.keys(timeframesMs).join(" ")}, not ${quoted(text)}`)
}

/** The same for candles that may be calendar months too. */
export function candleTimeframeOption(text: string | undefined): CandleTimeframe | undefined {
  if (text === undefined || isCandleTimeframe(text)) return text
  throw new WrongUsage(`--timeframe is one of ${Object.keys(candleTimeframesMs).join(" ")}, not ${quoted(text)}`)
}

/** The option's text; throws `WrongUsage` when it is missing. */
export function neededOption(name: string, text: string | undefined): string {
  if (text === undefined) throw new WrongUsage(`--${name} is needed`)
  return text
}

/** Exactly one positional word; `WrongUsage` says what it should be. */
export function onePositional(what: string, positionals: string[]): string {
  if (positionals.length !== 1)
    throw new WrongUsage(
      positionals.length === 0 ? `${what} is needed` : `one ${what} at a time, not ${positionals.length}`,
    )
  return positionals[0]
}

/** Throws `WrongUsage` when there are words that belong to no option. */
export function noPositionals(positionals: string[]): void {
  if (positionals.length > 0) throw new WrongUsage(`${quoted(positionals[0])} belongs to no option`)
}

// parseArgs refuses "--cash -5" and "--formula -close" as ambiguous; we accept a value that only looks like an
// option.
function withValuesAttached(words: string[], options: NonNullable<ParseArgsConfig["options"]>): string[] {
  const attached: string[] = []
  for (let at = 0; at < words.length; at++) {
    const takesValue = words[at].startsWith("--") && options[words[at].slice(2)]?.type === "string"
    const isValue = at + 1 < words.length && /^-[^-]/.test(words[at + 1])
    attached.push(takesValue && isValue ? `${words[at]}=${words[++at]}` : words[at])
  }
  return attached
}

function isParseError(error: unknown): error is Error {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS")
}
