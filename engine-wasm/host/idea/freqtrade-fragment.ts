/** A line of a message, and where it begins there. */
export type Row = { from: number; text: string }

/** A script whose lines remember the row of the message they came from; lines of ours have none. */
export type ScriptLines = { text: string; row?: Row }[]

const ofFreqtrade =
  /\bdataframe\s*(\[|\.loc\b)|\bqtpylib\.|\bta\.[A-Z]{2,}\w*\s*\(\s*dataframe|\bpopulate_(indicators|entry_trend|exit_trend|buy_trend|sell_trend)\b|^[ \t]*(minimal_roi|stoploss|trailing_stop(_positive\w*)?)[ \t]*=/m

/** Whether a text is a piece of a freqtrade strategy, without the class around it. */
export function isFreqtradeFragment(text: string): boolean {
  return ofFreqtrade.test(text)
}

/** Where code begins in a piece of freqtrade. */
export const freqtradeStart =
  /^[ \t]*(dataframe\b|def |@|#|(minimal_roi|stoploss|timeframe|trailing_\w+|can_short|startup_candle_count|process_only_new_candles|use_exit_signal)[ \t]*=|\w+[ \t]*=[^=])/

/** The class that a piece lacks: its methods under it, or its loose lines in the methods where freqtrade has them. */
export function withClass(rows: readonly Row[]): ScriptLines {
  const head: ScriptLines = [{ text: "from freqtrade.strategy import IStrategy" }, { text: "class Pasted(IStrategy):" }]
  if (rows.some(({ text }) => /^[ \t]*def\b/.test(text))) return [...head, ...indented(rows)]
  const parts = { attributes: [] as Row[], indicators: [] as Row[], entry: [] as Row[], exit: [] as Row[] }
  for (const statement of statementsOf(rows)) parts[placeOf(statement)].push(...statement)
  return [
    ...head,
    ...indented(parts.attributes),
    ...method("populate_indicators", parts.indicators),
    ...method("populate_entry_trend", parts.entry),
    ...method("populate_exit_trend", parts.exit),
  ]
}

/** A class's lines begin four spaces further in than they were pasted. */
function indented(rows: readonly Row[], by = 4): ScriptLines {
  const least = Math.min(
    ...rows.filter(({ text }) => text.trim() !== "").map(({ text }) => /^[ \t]*/.exec(text)![0].length),
  )
  return rows.map((row) => ({ text: `${" ".repeat(by)}${row.text.slice(Number.isFinite(least) ? least : 0)}`, row }))
}

function method(name: string, rows: readonly Row[]): ScriptLines {
  return [
    { text: `    def ${name}(self, dataframe, metadata):` },
    ...indented(rows, 8),
    { text: "        return dataframe" },
  ]
}

/** Rows that belong together: until each bracket that was opened is closed. */
function statementsOf(rows: readonly Row[]): Row[][] {
  const statements: Row[][] = []
  let open = 0
  for (const row of rows) {
    if (open > 0) statements.at(-1)!.push(row)
    else statements.push([row])
    const plain = row.text.replace(/'[^']*'|"[^"]*"|#.*/g, "")
    open += (plain.match(/[([{]/g) ?? []).length - (plain.match(/[)\]}]/g) ?? []).length
  }
  return statements
}

function placeOf(statement: readonly Row[]): "attributes" | "indicators" | "entry" | "exit" {
  const text = statement.map((row) => row.text).join("\n")
  if (/dataframe\.loc\b/.test(text)) return /['"](exit|sell)\w*['"]/.test(text) ? "exit" : "entry"
  if (
    /^[ \t]*(minimal_roi|stoploss|timeframe|ticker_interval|trailing_\w+|can_short|startup_candle_count|process_only_new_candles|use_\w+)[ \t]*[:=]/.test(
      text,
    )
  )
    return "attributes"
  return "indicators"
}
