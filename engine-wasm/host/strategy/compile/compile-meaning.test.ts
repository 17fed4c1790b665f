import fc from "fast-check"
import { expect, test } from "vitest"
import { Op } from "../../../assembly/operators/opcode.ts"
import { folded } from "./compile-fold.ts"
import { compileStrategy } from "./compile.ts"
import type { Formula } from "../formula/formula.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import type { PositionProgram, Program } from "./program.ts"
import { strategySchema } from "../document/strategy-document.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

// Two small interpreters, written independently: one evaluates the formula's tree candle by candle, one runs the
// compiled program column by column. Whatever the compiler merges, folds or leaves out, they must agree.

type Column = number[]
type World = { close: Column; hole: Column }
// From here on every formula below has all the history it needs: what constants decide may be known earlier.
const FIRST_CANDLE = 8
const series: Record<string, string> = { x: "close - close[1]", y: "x > 0 or hole" }
const position = { profitPercent: 3.5, candles: 2, entryPrice: 4 }
const params = { k: 2, on: true, off: false }

function truth(value: boolean, ...of: number[]): number {
  return of.some(Number.isNaN) ? Number.NaN : Number(value)
}

/** The value of a formula at candle i, straight from its meaning. */
function meaning(formula: Formula, i: number, world: World): number {
  const at = (part: Formula, j = i) => meaning(part, j, world)
  switch (formula.kind) {
    case "number":
      return formula.value
    case "name":
      return named(formula.name, i, world)
    case "unary":
      return formula.operator === "-" ? -at(formula.of) : truth(at(formula.of) === 0, at(formula.of))
    case "history":
      return at(formula.of, i - at(formula.candlesAgo))
    case "choice": {
      const c = at(formula.condition)
      return Number.isNaN(c) ? Number.NaN : c === 0 ? at(formula.no) : at(formula.yes)
    }
    case "binary":
      return binary(formula.operator, at(formula.left), at(formula.right))
    case "output":
      return position[formula.output as keyof typeof position]
    case "timeframe":
      return meaning(formula.of, Math.floor((i + 1) / 2) - 1, slower(world))
    default:
      throw new Error(`no meaning for ${formula.kind}`)
  }
}

function named(name: string, i: number, world: World): number {
  if (name in params) return Number(params[name as keyof typeof params])
  if (name in world) return world[name as keyof World][i]
  return meaning(read(series[name]), i, world)
}

function binary(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b
    case "-":
      return a - b
    case "*":
      return a * b
    case "/":
      return a / b
    case "%":
      return a % b
    case "<":
      return truth(a < b, a, b)
    case "<=":
      return truth(a <= b, a, b)
    case ">":
      return truth(a > b, a, b)
    case ">=":
      return truth(a >= b, a, b)
    case "==":
      return truth(a === b, a, b)
    case "!=":
      return truth(a !== b, a, b)
    case "and":
      return a === 0 || b === 0 ? 0 : truth(true, a, b)
    case "or":
      return (a !== 0 && a === a) || (b !== 0 && b === b) ? 1 : truth(false, a, b)
    default:
      throw new Error(operator)
  }
}

/** Candles of twice the length: the last close, the last extra value. */
function slower({ close, hole }: World): World {
  const second = (column: Column) => column.filter((_, i) => i % 2 === 1)
  return { close: second(close), hole: second(hole) }
}

/** Every register's column, run as the engine runs it. */
function columnsOf(program: Program, world: World): Column[] {
  const worlds = program.clocks.map(({ timeframeMs }) => (timeframeMs === HOUR_MS ? world : slower(world)))
  const columns: Column[] = []
  for (const { register, clock, column } of program.inputs)
    columns[register] = worlds[clock][typeof column === "string" ? (column as "close") : (column.extra as "hole")]
  for (const { op, clock, destination, sources, numbers } of program.instructions) {
    const given = sources.map((source) => columns[source])
    columns[destination] = worlds[clock].close.map((_, i) => {
      if (op === Op.constant) return numbers[0]
      if (op === Op.lag) return given[0][i - numbers[0]] ?? Number.NaN
      // Whole prices are exact as they are.
      if (op === Op.amount) return given[0][i]
      if (op === Op.ratio) return given[0][i] / given[1][i]
      if (op === Op.align) return given[0][Math.floor((i + 1) / 2) - 1] ?? Number.NaN
      return folded(
        op,
        given.map((column) => column[i]),
      )!
    })
  }
  return columns
}

function read(text: string): Formula {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.because}`)
  return parsed.formula
}

const leaf = fc.constantFrom(
  "close",
  "hole",
  "x",
  "y",
  "k",
  "on",
  "off",
  "0",
  "1",
  "2.5",
  "close[1]",
  "x[k]",
  "hole[2]",
)
const { tree } = fc.letrec<{ tree: string; fast: string }>((tie) => ({
  fast: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(
        tie("fast"),
        fc.constantFrom("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"),
        tie("fast"),
      )
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(fc.constantFrom("-", "not "), tie("fast")).map(([op, a]) => `(${op}${a})`),
    fc.tuple(tie("fast"), tie("fast"), tie("fast")).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  tree: fc.oneof(
    tie("fast"),
    fc.tuple(tie("fast"), tie("fast")).map(([a, b]) => `${a} + (${b} @ 2h)`),
    fc.tuple(tie("fast"), tie("fast")).map(([a, b]) => `(${a} @ 2h) > ${b}`),
  ),
}))
const worlds = fc.record({
  close: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 20, maxLength: 20 }),
  hole: fc.array(fc.constantFrom(0, 1, 3, Number.NaN), { minLength: 20, maxLength: 20 }),
})

test("a compiled formula means what its text means", () => {
  fc.assert(
    fc.property(tree, tree, worlds, (a, b, world) => {
      const one = compiled([a, b])
      const columns = columnsOf(one, world)
      const candles = world.close.map((_, i) => i).slice(FIRST_CANDLE)
      for (const [n, text] of [a, b].entries()) {
        const formula = read(text)
        expect(columns[one.conditions[n].register!].slice(FIRST_CANDLE)).toEqual(
          candles.map((i) => meaning(formula, i, world)),
        )
      }
    }),
    { numRuns: 500 },
  )
})

test("a rule fires exactly where its conditions, joined, are true", () => {
  fc.assert(
    fc.property(tree, tree, worlds, fc.constantFrom("all" as const, "any" as const), (a, b, world, join) => {
      const one = compiled([a, b], join)
      const fires = columnsOf(one, world)[one.signals.enterLong!].map((value) => value !== 0 && !Number.isNaN(value))
      const wanted = fires.map((fired, i) => {
        if (i < FIRST_CANDLE) return fired
        const each = [a, b]
          .map((text) => meaning(read(text), i, world))
          .map((value) => value !== 0 && !Number.isNaN(value))
        return join === "all" ? each.every(Boolean) : each.some(Boolean)
      })
      expect(fires).toEqual(wanted)
    }),
    { numRuns: 500 },
  )
})

test("an exit that follows the position means what its text means", () => {
  const some = fc.constantFrom(
    "position.profitPercent",
    "position.candles",
    "position.entryPrice",
    "close",
    "x",
    "hole",
    "k",
    "on",
    "2",
    "sum",
  )
  const join = fc.constantFrom("+", "-", "*", "<", ">=", "==", "and", "or")
  const { exit } = fc.letrec<{ exit: string }>((tie) => ({
    exit: fc.oneof(
      { maxDepth: 4 },
      some,
      fc.tuple(tie("exit"), join, tie("exit")).map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(tie("exit"), tie("exit"), tie("exit")).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    ),
  }))
  fc.assert(
    fc.property(exit, worlds, fc.nat(10), (drawn, world, later) => {
      const text = drawn.replaceAll("sum", "(close + close[1])")
      const one = compiled(["close > 0"], "all", text)
      const i = FIRST_CANDLE + later
      const columns = columnsOf(one, world)
      const { exitLong } = one.positionPrograms
      const answer = exitLong ? positionAnswer(exitLong, columns, i) : columns[one.signals.exitLong!][i]
      expect(answer).toEqual(meaning(read(text), i, world))
    }),
    { numRuns: 500 },
  )
})

/** The answer of a position program, run as the broker runs it. */
function positionAnswer(
  { latched, instructions, result, cellCount }: PositionProgram,
  columns: Column[],
  i: number,
): number {
  const cells = new Float64Array(cellCount)
  cells.set([
    position.profitPercent,
    position.candles,
    position.entryPrice,
    ...latched.map((register) => columns[register][i]),
  ])
  for (const { op, destination, sources, numbers } of instructions) {
    const given = sources.map((source) => cells[source])
    cells[destination] =
      op === Op.constant ? numbers[0] : op === Op.amount ? given[0] : folded(op === Op.ratio ? Op.divide : op, given)!
  }
  return cells[result]
}

function compiled(formulas: string[], join: "all" | "any" = "all", exit?: string): Program {
  const bool = (value: boolean) => ({ type: "bool" as const, value })
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "meaning",
    timeframe: "1h",
    series,
    params: { k: { type: "int", value: params.k, min: 1, max: 3 }, on: bool(params.on), off: bool(params.off) },
    long: {
      enter: join === "all" ? { all: formulas } : { any: formulas },
      exit: exit === undefined ? null : { any: [exit] },
    },
  })
  const result = compileStrategy(strategy, {
    market: { timeframeMs: HOUR_MS, priceDecimals: 2, leastDecimals: 2, firstPrice: 0.625, extra: ["hole"] },
  })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.program
}
