import { DAY_MS, MINUTE_MS } from "../../candles/timeframe.ts"
import type { BinaryOperator, Formula } from "../formula/formula.ts"
import { binary, named, no, not, NotOurs, number, yes } from "./formula-making.ts"
import type { PineCall } from "./pine-arguments.ts"
import type { PineScope, ReadFormula } from "./pine-scope.ts"
import type { ScriptExpression } from "./script-expression.ts"

const utc = /^(UTC|Etc\/UTC|GMT|GMT\+0|GMT-0|UTC\+0|UTC-0)$/

/** `timestamp(2020, 1, 1, 0, 0)` or `timestamp("2020-01-01T00:00:00")`, in the market's own time, which is UTC for coins. */
export function timestampValue(
  { positional, named: byName }: PineCall,
  scope: PineScope,
  formulaOf: ReadFormula,
): Formula {
  const parts = positional.map((one) => formulaOf(one, scope))
  if (parts[0]?.kind === "text" && parts.length === 1) return number(dateMs(parts[0].text))
  if (parts[0]?.kind === "text" && !utc.test(parts.shift()!.kind === "text" ? zoneOf(positional[0]) : ""))
    throw new NotOurs("a time zone other than UTC has no equal here")
  const places = ["year", "month", "day", "hour", "minute", "second"]
  const [year, month, day, hour, minute, second] = places.map((word, n) => {
    const given = byName.get(word)
    return given ? scope.fixed(formulaOf(given, scope)) : parts[n] ? scope.fixed(parts[n]) : n < 3 ? 1 : 0
  })
  return number(Date.UTC(year, month - 1, day, hour, minute, second))
}

function zoneOf(expression: ScriptExpression): string {
  return expression.kind === "text" ? expression.text : ""
}

/** Pine reads "01 Jan 2018 13:30 +0000" and "2018-01-01T13:30:00+00:00"; without a zone it is UTC. */
function dateMs(text: string): number {
  const hasZone = /([+-]\d\d:?\d\d|Z|UTC|GMT)\s*$/.test(text)
  const found = Date.parse(hasZone ? text : /T/.test(text) ? `${text}Z` : `${text} UTC`)
  if (!Number.isFinite(found)) throw new NotOurs("we do not know this way to write a date")
  return found
}

/** `year >= 2018` asks the time of the candle. */
export function yearCondition(
  { operator, left, right }: Extract<ScriptExpression, { kind: "binary" }>,
  scope: PineScope,
  formulaOf: ReadFormula,
): Formula | undefined {
  if (left.kind !== "name" || left.name !== "year") return undefined
  const wanted = scope.fixed(formulaOf(right, scope))
  const since = (year: number) => binary(">=", named("time"), number(Date.UTC(year, 0, 1)))
  const conditions: Partial<Record<string, () => Formula>> = {
    ">=": () => since(wanted),
    ">": () => since(wanted + 1),
    "<": () => not(since(wanted)),
    "<=": () => not(since(wanted + 1)),
    "==": () => binary("and", since(wanted), not(since(wanted + 1))),
  }
  const condition = conditions[operator as BinaryOperator]
  if (!condition) throw new NotOurs("a year is only compared here")
  return condition()
}

/** `time(timeframe.period, "0930-1600:23456")`: whether the candle opens in the session. */
export function sessionCondition({ positional }: PineCall, scope: PineScope, formulaOf: ReadFormula): Formula {
  const [, session, zone] = positional.map((one) => formulaOf(one, scope))
  if (session?.kind !== "text") throw new NotOurs("a time without a session has no equal here")
  if (zone && !(zone.kind === "text" && utc.test(zone.text)))
    throw new NotOurs("a time zone other than UTC has no equal here")
  const [hours, days = scope.version < 5 ? "23456" : "1234567"] = session.text.split(":")
  return binary(
    "and",
    daysCondition(days),
    hours
      .split(",")
      .map(hoursCondition)
      .reduce((any, one) => binary("or", any, one)),
  )
}

function hoursCondition(hours: string): Formula {
  const found = /^(\d\d)(\d\d)-(\d\d)(\d\d)$/.exec(hours.trim())
  if (hours === "24x7") return yes
  if (!found) throw new NotOurs("we do not know this way to write a session")
  const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number)
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute].map((minutes) => number(minutes * MINUTE_MS))
  const ofDay = binary("%", named("time"), number(DAY_MS))
  const [begun, notOver] = [binary(">=", ofDay, from), binary("<", ofDay, to)]
  const isOverMidnight = fromHour * 60 + fromMinute >= toHour * 60 + toMinute
  return binary(isOverMidnight ? "or" : "and", begun, notOver)
}

/** Pine counts days from Sunday 1; ours from Monday 1 to Sunday 7. */
function daysCondition(days: string): Formula {
  if (new Set(days).size === 7) return yes
  const wanted = [...new Set(days)].map((day) => binary("==", named("weekday"), number(((Number(day) + 5) % 7) + 1)))
  return wanted.reduce((any, one) => binary("or", any, one), no)
}
