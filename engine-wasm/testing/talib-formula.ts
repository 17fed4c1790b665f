import type { TalibCase } from "./talib-vectors.ts"

const kinds = ["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"]

/** TA-Lib's names that are not simply ours in capitals. */
const names: Record<string, string> = {
  LINEARREG: "linreg",
  LINEARREG_SLOPE: "linregSlope",
  LINEARREG_ANGLE: "linregAngle",
  LINEARREG_INTERCEPT: "linregIntercept",
  PLUS_DI: "plusDi",
  MINUS_DI: "minusDi",
  PLUS_DM: "plusDm",
  MINUS_DM: "minusDm",
  STOCHRSI: "stochRsi",
  VAR: "variance",
  MIN: "lowest",
  MAX: "highest",
  MACDEXT: "macd",
  HT_TRENDLINE: "htTrendline",
  HT_DCPERIOD: "htDcPeriod",
  HT_DCPHASE: "htDcPhase",
  HT_TRENDMODE: "htTrendMode",
  HT_SINE: "htSine",
  HT_PHASOR: "htPhasor",
  AVGPRICE: "avgPrice",
  MEDPRICE: "medPrice",
  TYPPRICE: "typPrice",
  WCLPRICE: "wclPrice",
}

const outputs: Record<string, Record<string, string>> = {
  MACD: { macd: "line", signal: "signal", hist: "histogram" },
  MACDEXT: { macd: "line", signal: "signal", hist: "histogram" },
  STOCH: { slowK: "k", slowD: "d" },
  STOCHF: { fastK: "k", fastD: "d" },
  STOCHRSI: { fastK: "k", fastD: "d" },
  AROON: { aroonUp: "up", aroonDown: "down" },
  HT_SINE: { sine: "sine", leadSine: "leadSine" },
}

/** Functions whose series are the candle's own columns: they take no source argument. */
const overCandles = new Set(
  (
    "STOCH STOCHF ADX ADXR PLUS_DI MINUS_DI DX PLUS_DM MINUS_DM AROON AROONOSC CCI WILLR MFI ULTOSC BOP ATR NATR TRANGE AD ADOSC SAR MIDPRICE " +
    "AVGPRICE MEDPRICE TYPPRICE WCLPRICE OBV"
  ).split(" "),
)

/**
 * Not in the formula language: MACD with fixed factors, and positions where a tie depends on TA-Lib's scanning order.
 */
const without = new Set(["MACDFIX", "MININDEX", "MAXINDEX"])

/**
 * The formula for one output of a TA-Lib case, or undefined where the formula language has no such function (MACDEXT
 * with other averages too).
 */
export function talibFormula({ name, params, inputs }: TalibCase, output: string): string | undefined {
  if (without.has(name)) return undefined
  if (name === "MACDEXT" && Object.entries(params).some(([key, value]) => key.endsWith("MAType") && value !== 1))
    return undefined
  const series = overCandles.has(name) || name.startsWith("CDL") ? [] : inputs
  const call = `${names[name] ?? name.toLowerCase()}(${[...series, ...argumentsOf(name, params)].join(", ")})`
  const part = outputs[name]?.[output] ?? (output === "real" || output === "integer" ? "" : output)
  return part === "" ? call : `${call}.${part}`
}

function argumentsOf(name: string, params: Record<string, number>): string[] {
  if (name === "STOCH") return [params.fastK_Period, params.slowK_Period, params.slowD_Period].map(String)
  return Object.entries(params).flatMap(([key, value]) =>
    /MAType|maType/.test(key) ? (name === "MACDEXT" ? [] : [`"${kinds[value]}"`]) : [String(value)],
  )
}
