import { plainText, readCandleFile, type ArrowDoor, type Candles } from "#engine/candles"
import { tell } from "../answer.ts"
import { HonestNo, WrongUsage } from "../command.ts"
import { openInput, orNo } from "../file-input.ts"
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
  const answer = await orNo(file, readCandleFile(await openInput(file), { entry, arrow }))
  if (!answer.ok) throw new HonestNo(`${plainText(file, 200)}: ${answer.because}`, { file, row: answer.row })
  for (const note of answer.notes) tell(`${plainText(file, 200)}: ${note}`)
  return answer.candles
}

/** What reads Feather files, loaded by the first of them. */
export const arrow: ArrowDoor = {
  load: () => import("apache-arrow"),
  loadFlatBuffers: () => import("flatbuffers"),
  loadZstd: async () => (await import("fzstd")).Decompress,
}
