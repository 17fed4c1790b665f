/** Number of an average's kind, as the operators know it (TA-Lib's). Throws for an unknown one. */
export function averageKind(kind: string): i32 {
  if (kind == "sma") return 0
  if (kind == "ema") return 1
  if (kind == "wma") return 2
  if (kind == "dema") return 3
  if (kind == "tema") return 4
  if (kind == "trima") return 5
  if (kind == "kama") return 6
  if (kind == "t3") return 8
  throw new Error("\"" + kind + "\" is no kind of average; write sma, ema, wma, dema, tema, trima, kama or t3")
}
