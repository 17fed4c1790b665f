/** Words a constant of a strategy may not be called, and names the written code uses itself. */
export const reserved: ReadonlySet<string> = new Set(
  (
    "candle this class const let var new if else for while do return switch case default break continue " +
    "function import export from as in of is super null void bool string type enum interface static " +
    "public private protected readonly abstract extends implements try catch finally throw typeof " +
    "instanceof delete with yield await async declare namespace module enterLong exitLong enterShort " +
    "exitShort isTrue less lessOrEqual greater greaterOrEqual equal notEqual pick min max abs floor ceil " +
    "sqrt Math NaN Infinity"
  ).split(" "),
)
