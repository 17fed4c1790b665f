import { createReadStream } from "node:fs"
import { Readable } from "node:stream"
import { readCandleFile, type ArrowDoor, type ByteStream, type Candles } from "#engine/candles"
import { HonestNo, WrongUsage } from "../command.ts"
import { keptName, openKept } from "./kept-candles.ts"

/** `MARKET=FILE`; without a market the file stands alone. The file may be kept candles: `kept:binance:BTC/USDT:1h`. */
export type CandleChoice = { market?: string; file: string }

/** Splits `BTC/USDT=btc.csv.gz` at its first `=`; without one the text is the file. */
export function candleChoice(text: string): CandleChoice {
  const at = text.indexOf("=")
  if (at < 0) return { market: keptName(text)?.market, file: text }
  const choice = { market: text.slice(0, at), file: text.slice(at + 1) }
  if (choice.market === "" || choice.file === "")
    throw new WrongUsage(`--candles takes MARKET=FILE, such as BTC/USDT=btc-1h.csv.gz, not "${text}"`)
  return choice
}

/**
 * Candles of a file, or kept ones by their name, or `HonestNo` with the file and the row. What was done to get them
 * is told on stderr.
 */
export async function openCandles(file: string, entry?: string): Promise<Candles> {
  const kept = keptName(file)
  if (kept !== undefined) return openKept(kept)
  const answer = await tellMissing(file, readCandleFile(fileStream(file), { entry, arrow }))
  if (!answer.ok) throw new HonestNo(`${file}: ${answer.because}`, { file, row: answer.row })
  for (const note of answer.notes) process.stderr.write(`${file}: ${note}\n`)
  return answer.candles
}

/** What reads Feather files, loaded by the first of them. */
export const arrow: ArrowDoor = {
  load: () => import("apache-arrow"),
  loadFlatBuffers: () => import("flatbuffers"),
  loadZstd: async () => (await import("fzstd")).Decompress,
}

/** A file's bytes as they are read. */
export function fileStream(file: string): ByteStream {
  return Readable.toWeb(createReadStream(file)) as unknown as ByteStream
}

/** The answer, with a file that cannot be opened told as `HonestNo`. */
export async function tellMissing<Answer>(file: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw new HonestNo(unopened(file, (error as NodeJS.ErrnoException).code) ?? rethrow(error), { file })
  }
}

function unopened(file: string, code: string | undefined): string | undefined {
  if (code === "ENOENT") return `There is no file "${file}".`
  if (code === "EISDIR") return `"${file}" is a folder; name a file in it.`
  return code === "EACCES" || code === "EPERM" ? `"${file}" may not be read by you.` : undefined
}

function rethrow(error: unknown): never {
  throw error
}
