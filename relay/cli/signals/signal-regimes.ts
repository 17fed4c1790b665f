import { type Candles, formatNumber, formatPercent, formatSignedPercent } from "#engine/candles"
import { type Engine, moveMayBeChance, regimeNames, type RegimeRow, regimeTable } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import { printJson, printText, table } from "../answer.ts"

/** Prints what a market was like in each of a model's regimes. */
export async function printRegimes(
  engine: Engine,
  model: ForecastModel,
  candles: Candles,
  json: boolean | undefined,
): Promise<void> {
  const regimes = regimeTable(engine, model, candles)
  const names = regimeNames(model)
  if (json) return printJson({ kind: model.kind, names, regimes, hash: model.hash })
  await printText(
    `${table([["regime", "share", "lasts", "swings after", "moves after"], ...regimes.map((row) => rowInWords(row, names))])}\n\nModel ${model.hash}\n`,
  )
}

function rowInWords(row: RegimeRow, names: readonly string[]): string[] {
  const { regime, sharePercent, meanRunCandles, nextVolatilityPercent, nextReturnPercent } = row
  return [
    names[regime],
    formatPercent(sharePercent),
    meanRunCandles === null ? "–" : `${formatNumber(meanRunCandles, 1)} candles`,
    formatPercent(nextVolatilityPercent),
    `${formatSignedPercent(nextReturnPercent)}${moveMayBeChance(row) ? " (chance)" : ""}`,
  ]
}
