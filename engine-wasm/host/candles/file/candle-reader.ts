import { candlesFromColumns, refuseCandles, type CandleGate, type CandleRefusal, type Candles } from "../candles.ts"
import { quoted, quotedList } from "../foreign-text.ts"
import { isoTime } from "../iso-time.ts"
import { MINUTE_MS } from "../timeframe.ts"
import { inOrderOfTime, orderNotes, type FileFacts } from "./candle-blocks.ts"
import { dropRepeated, KEEP_ONE, type DroppedRows, type NumberedColumns } from "./candle-order.ts"
import type { SuspectColumn } from "./csv-keys.ts"
import { megabytes } from "./file-limits.ts"
import { HeldBytes } from "./held-bytes.ts"
import { joinedMarkets } from "./joined-markets.ts"
import { joinedTimeframes } from "./joined-timeframes.ts"

/**
 * Candles and notes on how they were read, in sentences for the person: reversed, repeated rows left out, text
 * columns left out.
 */
export type ReadCandles = { ok: true; candles: Candles; notes: string[] } | CandleRefusal

/** Rows and what the file says beside them. `suspect`: a column of text that changes. */
export type NumberedRows = NumberedColumns & Partial<FileFacts> & { suspect?: SuspectColumn }

/** Every readable row in the file's order with its number, unchecked; or why there are none. */
export type CandleRows = (NumberedRows & { ok: true }) | CandleRefusal

/** Turns a file's bytes into rows as they arrive: `push` each piece, then `finishRows` once. */
export type CandleReader = {
  push(bytes: Uint8Array): void
  /** Whether the file is already refused; further bytes are ignored. */
  readonly refused: boolean
  finishRows(): CandleRows | Promise<CandleRows>
  /** What was left out while reading. */
  readonly notes: string[]
}

/**
 * The candles of a file's rows: reversed where the file is newest first, repetition removed, and then through the
 * gate.
 */
export function candlesFromNumbered(numbered: NumberedRows, gate: CandleGate, notes: string[]): ReadCandles {
  const refused = endsRefusal(numbered) ?? joinedTimeframes(numbered)
  if (refused !== undefined) return refused
  const ordered = inOrderOfTime(numbered, numbered)
  if (!ordered.ok) return suspected(ordered, numbered.suspect)
  const kept = dropRepeated(ordered.numbered)
  if (!kept.ok) return suspected(kept, numbered.suspect)
  const joined = joinedMarkets(kept)
  if (!joined.ok) return joined
  const answer = candlesFromColumns(kept.columns, { ...gate, rowNumbers: kept.rowNumbers })
  if (!answer.ok) return answer
  return {
    ok: true,
    candles: answer.candles,
    notes: [...notes, ...orderNotes(ordered), ...repeatedNote(kept.dropped), ...joined.notes],
  }
}

/** Rows that contradict one another may belong to several markets, where a column of text changes. */
function suspected(refusal: CandleRefusal, suspect: SuspectColumn | undefined): CandleRefusal {
  if (suspect === undefined) return refusal
  const { name, values } = suspect
  const because = `${refusal.because.replace(KEEP_ONE, ".")} The column ${quoted(name)} holds ${quotedList(values, 3)}: if these are several markets, say which one.`
  return { ...refusal, because, ask: { kind: "market", choices: values } }
}

/** Refuses times that all come a moment before full minutes: those are candle ends. */
function endsRefusal({ columns: { openTimeMs }, rowNumbers }: NumberedColumns): CandleRefusal | undefined {
  const isEnd = (time: number) => time % MINUTE_MS === MINUTE_MS - 1 || time % MINUTE_MS === MINUTE_MS - 1000
  if (openTimeMs.length < 2 || !openTimeMs.every(isEnd)) return undefined
  const because = `Row ${rowNumbers[0]}: the time ${isoTime(openTimeMs[0])} is when a candle ends, and so are all others; a candle is known by when it opens.`
  return refuseCandles(rowNumbers[0], because)
}

/** The refusal of a file that is mostly something else, at the row where we gave up. */
export function uselessRows(row: number, most: number): string {
  return `Row ${row}: more than ${most.toLocaleString("en")} rows up to here hold no candle; this is no candle file, and the rest of it was not read.`
}

/** A reader for files that only make sense as a whole. */
export class WholeFileReader implements CandleReader {
  readonly notes: string[] = []
  readonly refused = false
  private readonly whole: HeldBytes

  constructor(
    private readonly read: (bytes: Uint8Array<ArrayBuffer>, notes: string[]) => CandleRows | Promise<CandleRows>,
    mostBytes: number,
  ) {
    this.whole = new HeldBytes(
      mostBytes,
      `The file is larger than ${megabytes(mostBytes)}; split it into shorter periods, or export it as CSV.`,
    )
  }

  /** Takes the next bytes. Throws `Unreadable` when they are too many to hold. */
  push(bytes: Uint8Array): void {
    this.whole.push(bytes)
  }

  /** The rows. */
  finishRows(): CandleRows | Promise<CandleRows> {
    return this.read(this.whole.taken(), this.notes)
  }
}

function repeatedNote({ count, first }: DroppedRows): string[] {
  if (count === 0) return []
  const shown = first.join(", ") + (count > first.length ? ", …" : "")
  return [
    count === 1
      ? `Row ${shown} repeats the row before it and was left out.`
      : `${count} rows repeat the row before them and were left out (rows ${shown}).`,
  ]
}
