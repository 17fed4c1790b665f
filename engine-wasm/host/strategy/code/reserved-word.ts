import { functionCatalogue } from "../formula/function-catalogue.ts"

/** Words a constant of a strategy may not be called, and names the written code uses itself. */
export const reserved: ReadonlySet<string> = new Set(
  (
    "candle this class const let var new if else for while do return switch case default break continue " +
    "function import export from as in of is super null void bool string type enum interface static " +
    "public private protected readonly abstract extends implements try catch finally throw typeof " +
    "instanceof delete with yield await async declare namespace module enterLong exitLong enterShort " +
    "exitShort isTrue less lessOrEqual greater greaterOrEqual equal notEqual plus minus times over ratio pick min max abs floor ceil " +
    "sqrt Math NaN Infinity"
  ).split(" "),
)

/** Classes there are already, in lower case: each indicator's, the interface's and the language's own. */
export const takenClasses: ReadonlySet<string> = new Set([
  ...[...functionCatalogue.keys()].map((name) => name.toLowerCase()),
  ..."candle order position strategy array arraybuffer boolean dataview date error function map math number object"
    .concat(
      " promise reflect regexp set staticarray string symbol typeerror rangeerror uint8array int8array uint16array",
    )
    .concat(" int16array uint32array int32array uint64array int64array float32array float64array uint8clampedarray")
    .split(" "),
])
