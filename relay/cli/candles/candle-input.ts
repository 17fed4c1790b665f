import {
  plainText,
  quoted,
  readCandleFile,
  zoneNamed,
  type ArrowDoor,
  type CandleFileOptions,
  type CandleQuestion,
  type CandleRefusal,
  type Candles,
} from "#engine/candles"
import { report } from "../answer.ts"
import { choiceOption, HonestNo, WrongUsage } from "../command.ts"
import { openInput, orNo } from "../file-input.ts"
import { keptName, openKept } from "./kept-candles.ts"

/** `MARKET=FILE`; the market may be missing. The file may be kept candles: `kept:binance:BTC/USDT:1h`. */
export type CandleChoice = { market?: string; file: string }

/** Splits `BTC/USDT=btc.csv.gz` at its first `=`; without one the text is the file. */
export function candleChoice(text: string): CandleChoice {
  const at = text.indexOf("=")
  if (at < 0) return { market: keptName(text)?.market, file: text }
  const choice = { market: text.slice(0, at), file: text.slice(at + 1) }
  if (choice.market === "" || choice.file === "")
    throw new WrongUsage(`--candles takes MARKET=FILE, such as BTC/USDT=btc-1h.csv.gz, not ${quoted(text)}`)
  return choice
}

/** The options of commands that read candle files. */
export const candleFileOptions = {
  entry: { type: "string" },
  symbol: { type: "string" },
  dates: { type: "string" },
  zone: { type: "string" },
} as const

/** What the user says about a file that leaves a choice. */
export type CandleFileChoices = Pick<CandleFileOptions, "entry" | "market" | "dates" | "zone">

/** Reads these options; throws `WrongUsage` for nonsense. */
export function candleFileChoices(values: { [name in keyof typeof candleFileOptions]?: string }): CandleFileChoices {
  const { entry, symbol, dates, zone } = values
  if (zone !== undefined && zoneNamed(zone) === undefined)
    throw new WrongUsage(`--zone takes a zone such as -05:00 or America/New_York, not ${quoted(zone)}`)
  const order = dates === undefined ? undefined : choiceOption("dates", dates, ["day-first", "month-first"] as const)
  return { entry, market: symbol, dates: order, zone }
}

/**
 * The candles of a file, or kept ones by name; throws `HonestNo` with the file and the row. Prints on stderr what it
 * did to get them. Leave `said` out for a command without these options. `market` is their name in the run; a file of
 * several markets may use the same name.
 */
export async function openCandles(
  file: string,
  { said, market }: { said?: CandleFileChoices; market?: string } = {},
): Promise<Candles> {
  const kept = keptName(file)
  if (kept !== undefined) return openKept(kept)
  const read = async (choices?: CandleFileChoices) =>
    orNo(file, readCandleFile(await openInput(file), { ...choices, arrow }))
  const first = await read(said)
  const answer = !first.ok && isMeant(first, market) ? await read({ ...said, market }) : first
  if (!answer.ok) throw fileRefusal(file, answer, { hasOptions: said !== undefined })
  for (const note of answer.notes) report(`${plainText(file, 200)}: ${note}`)
  return answer.candles
}

function isMeant({ ask }: CandleRefusal, market: string | undefined): boolean {
  return ask?.kind === "market" && market !== undefined && ask.choices.includes(market)
}

/** Why we cannot read a file, and the option that resolves it, where the command has one. */
export function fileRefusal(
  file: string,
  { because, row, ask }: CandleRefusal,
  { hasOptions, details = {} }: { hasOptions: boolean; details?: Record<string, unknown> },
): HonestNo {
  const elsewhere = " `candlewright candles import` has options for that."
  const advice = ask === undefined ? "" : hasOptions ? optionFor(ask) : elsewhere
  return new HonestNo(`${plainText(file, 200)}: ${because}${advice}`, { file, row, ...(ask && { ask }), ...details })
}

function optionFor(ask: CandleQuestion): string {
  return ask.kind === "dates"
    ? " Say --dates day-first or --dates month-first."
    : ` Choose with --symbol, such as --symbol ${plainText(ask.choices[0])}.`
}

/** The Feather reader, loaded on first use. */
export const arrow: ArrowDoor = {
  load: () => import("apache-arrow"),
  loadFlatBuffers: () => import("flatbuffers"),
  loadZstd: async () => (await import("fzstd")).Decompress,
}
