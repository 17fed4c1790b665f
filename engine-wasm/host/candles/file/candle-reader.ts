import { joinBytes } from "../candle-bytes.ts"
import { candlesFromColumns, refuseCandles, type CandleGate, type CandleRefusal, type Candles } from "../candles.ts"
import { dropRepeated, isNewestFirst, turnRound, type NumberedColumns } from "./candle-order.ts"

/**
 * Candles and what was done to get them, in sentences for the person: turned round, repeated rows left out, text
 * columns left out.
 */
export type ReadCandles = { ok: true; candles: Candles; notes: string[] } | CandleRefusal

/** A row that cannot be read at all; `what` ends the sentence "Row 7: …". */
export type CandleProblem = { row: number; what: string }

/** Every readable row in the file's order with its number, nothing judged; or why there are none. */
export type CandleRows = (NumberedColumns & { ok: true }) | CandleRefusal

/** What makes rows of a file's bytes as they arrive: `push` each piece, then `finishRows` once. */
export type CandleReader = {
  push(bytes: Uint8Array): void
  /** Whether the file is already known to be refused; further bytes are ignored. */
  readonly refused: boolean
  finishRows(): CandleRows | Promise<CandleRows>
  /** What was left out while reading. */
  readonly notes: string[]
}

/**
 * The candles of a file's rows: turned round where it is newest first, repetition left out, and then through the
 * gate.
 */
export function candlesFromNumbered(numbered: NumberedColumns, gate: CandleGate, notes: string[]): ReadCandles {
  const newestFirst = isNewestFirst(numbered.columns)
  const kept = dropRepeated(newestFirst ? turnRound(numbered) : numbered)
  if (!kept.ok) return kept
  const answer = candlesFromColumns(kept.columns, { ...gate, rowNumbers: kept.rowNumbers })
  if (!answer.ok) return answer
  return {
    ok: true,
    candles: answer.candles,
    notes: [
      ...notes,
      ...(newestFirst ? ["The file was newest first and was turned round."] : []),
      ...repeatedNote(kept.dropped),
    ],
  }
}

/** Numbers rows from 1, for files without lines. */
export function numberedFromOne(columns: NumberedColumns["columns"]): NumberedColumns {
  return { columns, rowNumbers: Float64Array.from(columns.openTimeMs, (_, index) => index + 1) }
}

/** A reader of files that can only be understood as a whole. */
export class WholeFileReader implements CandleReader {
  readonly notes: string[] = []
  private readonly parts: Uint8Array[] = []
  private bytes = 0

  constructor(
    private readonly read: (bytes: Uint8Array<ArrayBuffer>, notes: string[]) => CandleRows | Promise<CandleRows>,
    private readonly mostBytes: number,
  ) {}

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    this.bytes += bytes.length
    if (this.refused) this.parts.length = 0
    else this.parts.push(bytes)
  }

  /** Whether it is too large to be held. */
  get refused(): boolean {
    return this.bytes > this.mostBytes
  }

  /** The rows. */
  finishRows(): CandleRows | Promise<CandleRows> {
    if (this.refused)
      return refuseCandles(
        0,
        `The file is larger than ${Math.round(this.mostBytes / 2 ** 20)} MB; split it into shorter periods, or export it as CSV.`,
      )
    return this.read(joinBytes(this.parts), this.notes)
  }
}

function repeatedNote(dropped: number[]): string[] {
  if (dropped.length === 0) return []
  const shown = dropped.slice(0, 5).join(", ") + (dropped.length > 5 ? ", …" : "")
  return [
    dropped.length === 1
      ? `Row ${shown} repeats the row before it and was left out.`
      : `${dropped.length} rows repeat the row before them and were left out (rows ${shown}).`,
  ]
}
