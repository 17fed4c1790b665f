import { failureOfAnswer, parsedJson, unreachable } from "./venue-failure.ts"

/** No honest answer is larger once unpacked: Binance's list of every market, the largest, has some 15 MB. */
export const MOST_ANSWER_BYTES = 24 * 1024 * 1024

/** What came back from an exchange: the whole body, and of the head what matters. */
export type VenueAnswer = { status: number; body: string; contentType?: string | null; retryAfter?: string | null }

/**
 * The data in an answer to a public request, as JSON text. Throws `VenueFailure` for a refusal, for a page instead of
 * data, and for the wrong data: ccxt takes anything that is not a list of candles for an empty one, and we would
 * remember a gap that does not exist.
 */
export function dataIn(path: string, answer: VenueAnswer): string {
  const { status, body, contentType } = answer
  if (status < 200 || status > 299) throw failureOfAnswer(answer)
  // A host that serves the app as bare files answers any address with its page.
  if (/text\/html/i.test(contentType ?? "")) throw unreachable("it sent a page instead of data")
  if (!isMeant(path, parsedJson(body))) throw unreachable("its answer makes no sense")
  return body
}

/**
 * Whether an answer is an object, and holds a list of candles where we asked for them: Binance's own, Bybit's
 * `result.list`, Coinbase's `candles`. ccxt drops rows it does not understand, so we check them here.
 */
function isMeant(path: string, answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false
  if (!/\/(klines?|candles)\?/.test(path)) return true
  const { result, candles, retCode } = answer as { result?: { list?: unknown }; candles?: unknown; retCode?: number }
  // Bybit refuses with HTTP 200 and a code, which ccxt then turns into an error.
  if ((retCode ?? 0) !== 0) return true
  const rows = [answer, result?.list, candles].find(Array.isArray) as unknown[] | undefined
  return rows !== undefined && rows.every(isRow)
}

const cellNames = ["start", "open", "high", "low", "close", "volume"]

/** Whether a row has the shape of a candle: six numbers in a list, or under Coinbase's names. */
function isRow(row: unknown): boolean {
  if (typeof row !== "object" || row === null) return false
  const cells = Array.isArray(row) ? row.slice(0, 6) : cellNames.map((name) => (row as Record<string, unknown>)[name])
  return cells.length === 6 && cells.every(isNumeric)
}

function isNumeric(cell: unknown): boolean {
  const isText = typeof cell === "string" && cell.trim() !== ""
  return (typeof cell === "number" || isText) && Number.isFinite(Number(cell))
}
