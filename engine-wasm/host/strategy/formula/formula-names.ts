/** Names of the candle's own values. */
export const inputNames = [
  "open",
  "high",
  "low",
  "close",
  "volume",
  "hl2",
  "hlc3",
  "ohlc4",
  "hour",
  "weekday",
  "time",
] as const
/** What a formula asks of the document's models: `forecast("name")`, `regime("name")`. */
export const modelFunctions = ["forecast", "regime"] as const
/** Reserved names, which params and series may not have. */
export const reservedNames: readonly string[] = [
  ...inputNames,
  ...modelFunctions,
  "position",
  "true",
  "false",
  "and",
  "or",
  "not",
]
