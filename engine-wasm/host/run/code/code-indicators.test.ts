import { expect, test } from "vitest"
import { Op } from "../../../assembly/operators/opcode.ts"
import { builtEngine } from "../../../testing/built-engine.ts"
import { runCode } from "../../../testing/code-story.ts"
import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"
import { series } from "../series.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

const CANDLES = 1_500
const candles = syntheticCandles({
  seed: 11,
  candles: CANDLES,
  timeframe: "1h",
  startMs: 1_600_002_000_000 - (1_600_002_000_000 % HOUR_MS),
  startPrice: 300,
  kind: "mixed",
})

const specs = [...functionCatalogue.values()].filter(
  ({ op }) => op >= Op.crossover && op !== Op.hour && op !== Op.weekday,
)
/** The arguments of each series: as a formula and as code. */
const given: Record<string, { formula: string; code: string }> = {
  source: { formula: "close", code: "candle.close" },
  a: { formula: "close", code: "candle.close" },
  // More places than an amount of price: a formula multiplies it as code does.
  b: { formula: "open[0] * 1.00137913", code: "candle.open * 1.00137913" },
  condition: { formula: "close > open", code: "candle.close > candle.open ? 1 : 0" },
}

type Asked = { name: string; formula: string; output: string; make: string; inputs: string }
const asked = specs.flatMap((spec): Asked[] => {
  const inputs = spec.arguments.flatMap(({ kind, name }) => (kind === "series" ? [given[name]] : []))
  const formula = `${spec.name}(${inputs.map((one) => one.formula).join(", ")})`
  const code = {
    make: `new ${className(spec.name)}()`,
    inputs: [...inputs.map((one) => one.code), ...(spec.candle.length > 0 ? ["candle"] : [])].join(", "),
  }
  return spec.outputs.length === 0
    ? [{ name: spec.name, formula, output: "value", ...code }]
    : spec.outputs.map((output) => ({
        name: `${spec.name}_${output}`,
        formula: `${formula}.${output}`,
        output,
        ...code,
      }))
})

function className(name: string): string {
  return name[0].toUpperCase() + name.slice(1)
}

function codeOf(list: Asked[]): string {
  const names = [...new Set(list.map(({ make }) => /new (\w+)/.exec(make)![1]))]
  return `import { Candle, Strategy, ${names.join(", ")} } from "candlewright"
export class All extends Strategy {
  count: i32 = 0
${list.map(({ name, make }) => `  ${name}: ${/new (\w+)/.exec(make)![1]} = ${make}\n  h_${name}: u64 = 0`).join("\n")}
  mix(hash: u64, value: f64): u64 { return (hash ^ (value == value ? reinterpret<u64>(value) : 0)) * 1099511628211 }
  onCandle(candle: Candle): void {
    this.count += 1
${list.map(({ name, inputs, output }) => `    this.${name}.next(${inputs}); this.h_${name} = this.mix(this.h_${name}, this.${name}.${output})`).join("\n")}
    if (this.count == ${CANDLES}) {
${list.map(({ name }) => `      this.log(this.h_${name}.toString())`).join("\n")}
    }
  }
}
`
}

function hashOf(values: Float64Array): string {
  const bits = new BigUint64Array(values.buffer, values.byteOffset, values.length)
  let hash = 0n
  values.forEach(
    (value, n) => (hash = BigInt.asUintN(64, (hash ^ (Number.isNaN(value) ? 0n : bits[n])) * 1099511628211n)),
  )
  return String(hash)
}

test("every indicator of the formula language gives code the same bits as a formula", async () => {
  const more: Asked[] = [
    {
      name: "smaOfRsi",
      formula: "sma(rsi(close, 14), 9)",
      output: "value",
      make: "new Sma(9)",
      inputs: "this.rsi.value",
    },
    {
      name: "smaOfPart",
      formula: "sma((high + low) / 2, 10)",
      output: "value",
      make: "new Sma(10, 2)",
      inputs: "(candle.high + candle.low) / 2",
    },
    { name: "wmaLong", formula: "wma(close, 200)", output: "value", make: "new Wma(200)", inputs: "candle.close" },
  ]
  const all = [...asked, ...more]
  const { journal } = await runCode(codeOf(all), { candles })
  const answer = await series(await builtEngine(), { candles, formulas: all.map(({ formula }) => formula) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  const expected = Object.fromEntries(all.map(({ name, formula }) => [name, hashOf(answer.series[formula])]))
  expect(Object.fromEntries(all.map(({ name }, n) => [name, journal[n]]))).toEqual(expected)
})
