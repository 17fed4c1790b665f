import { MINUTE_MS, timeframesMs } from "../candles/timeframe.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { functionTitle } from "../strategy/functions/function-titles.ts"
import { candlesOf, rulesOf } from "./complete-draft.ts"
import type { DraftRule, DraftTarget, IdeaDraft, SideName } from "./idea-draft.ts"
import { conditionFormula, type Condition, joinedBy, operandsOf } from "./reading/condition.ts"
import { operandFormula } from "./reading/operand.ts"

/** A complete draft as a document with plain numbers. */
export function writtenDraft(draft: IdeaDraft): WrittenStrategy {
  const { breakEven, roi } = draft
  const expire = draft.order?.expire
  return {
    format: "candlewright.strategy/1",
    name: nameOf(draft),
    timeframe: draft.timeframe!,
    markets: draft.markets,
    params: {},
    series: {},
    long: sideOf(draft, "long"),
    short: sideOf(draft, "short"),
    protect: {
      stopLoss: stopOf(draft),
      takeProfit: targetsOf(draft),
      trailing: draft.trailing
        ? { percent: draft.trailing.percent!, armAtPercent: draft.trailing.armAtPercent ?? 0 }
        : null,
      breakEven: breakEven ? { atPercent: breakEven.atPercent!, plusPercent: breakEven.plusPercent! } : null,
      roi,
      timeStop: draft.timeStop ? { candles: candlesOf(draft.timeStop, candleMinutes(draft)) } : null,
    },
    size: draft.size,
    ...(draft.order && {
      orders: {
        entry: {
          kind: "limit" as const,
          offsetPercent: draft.order.offsetPercent ?? 0,
          expireCandles: expire ? candlesOf(expire, candleMinutes(draft)) : 1,
        },
      },
    }),
    ...(draft.add && {
      add: {
        maxTimes: draft.add.maxTimes!,
        everyDropPercent: draft.add.everyDropPercent!,
        sizeMultiple: draft.add.sizeMultiple ?? 1,
      },
    }),
    limits: draft.limits,
  }
}

function candleMinutes({ timeframe }: IdeaDraft): number {
  return timeframesMs[timeframe!] / MINUTE_MS
}

function sideOf(draft: IdeaDraft, side: SideName): WrittenStrategy["long"] {
  const entries = withoutBrackets(rulesOf(draft, "enter", side))
  if (entries.length === 0) return null
  const filters = rulesOf(draft, "filter", side).map(({ condition }) => condition)
  const exits = withoutBrackets(rulesOf(draft, "exit", side))
  return {
    enter: ruleOf(draft, [...filtered(entries, filters)], "all"),
    exit:
      exits.length > 0
        ? ruleOf(
            draft,
            alternatives(exits),
            exits.length > 1 && exits.slice(1).every(({ join }) => join === "and") ? "all" : "any",
          )
        : null,
  }
}

/** Filters hold beside every entry: with several ways in, the ways are one condition. */
function filtered(entries: readonly DraftRule[], filters: readonly Condition[]): Condition[] {
  const ways = alternatives(entries)
  if (entries.slice(1).some(({ join }) => join === "or")) return [joinedBy("or", ways), ...filters]
  return [...ways, ...filters]
}

/** "(A or B) and C": what stands in brackets is one condition. */
function withoutBrackets(rules: readonly DraftRule[]): DraftRule[] {
  const groups: DraftRule[][] = []
  for (const rule of rules) {
    const isSame = rule.bracket !== undefined && groups.at(-1)?.[0].bracket === rule.bracket
    if (isSame) groups.at(-1)!.push(rule)
    else groups.push([rule])
  }
  return groups.map(([first, ...more]) => {
    const plain = [first, ...more].map(({ deed, side, join, condition }) => ({ deed, side, join, condition }))
    const joint = plain.slice(1).some((rule) => rule.join === "or") ? "or" : "and"
    return { ...plain[0], condition: more.length === 0 ? first.condition : joinedBy(joint, alternatives(plain)) }
  })
}

/** Conditions joined by "or" are alternatives, each of those that "and" joins. */
function alternatives(given: readonly DraftRule[]): Condition[] {
  const rules = withoutBrackets(given)
  if (!rules.slice(1).some(({ join }) => join === "or")) return rules.map(({ condition }) => condition)
  const groups: Condition[][] = []
  for (const { join, condition } of rules) {
    if (join === "or" || groups.length === 0) groups.push([condition])
    else groups.at(-1)!.push(condition)
  }
  return groups.map((group) => joinedBy("and", group))
}

function ruleOf(
  { timeframe }: IdeaDraft,
  conditions: readonly Condition[],
  join: "all" | "any",
): { all: string[] } | { any: string[] } {
  const single = conditions.length === 1 ? conditions[0] : undefined
  if (single?.kind === "joined")
    return ruleOf({ timeframe } as IdeaDraft, single.of, single.join === "and" ? "all" : "any")
  const formulas = [
    ...new Set(
      conditions.flatMap((condition) => parts(condition, join)).map((each) => conditionFormula(each, timeframe!)),
    ),
  ]
  return join === "all" ? { all: formulas } : { any: formulas }
}

/** A condition that the rule's own join can hold in pieces. */
function parts(condition: Condition, join: "all" | "any"): Condition[] {
  return condition.kind === "joined" && (condition.join === "and") === (join === "all")
    ? condition.of.flatMap((each) => parts(each, join))
    : [condition]
}

type StopLoss = NonNullable<NonNullable<WrittenStrategy["protect"]>["stopLoss"]>

export function stopOf(draft: IdeaDraft): StopLoss {
  const { stop, timeframe } = draft
  if ("awayQuote" in stop!)
    return {
      kind: "price",
      formula: `close ${rulesOf(draft, "enter", "short").length > 0 ? "+" : "-"} ${stop.awayQuote}`,
    }
  return "operand" in stop! ? { kind: "price", formula: operandFormula(stop.operand, timeframe!) } : stop!
}

type Target = NonNullable<NonNullable<WrittenStrategy["protect"]>["takeProfit"]>[number]

/** Shares were said of the whole or of the rest; a document has them of what is still open. */
export function targetsOf(draft: IdeaDraft): Target[] {
  let open = 1
  const targets = draft.targets.map((target, at) => {
    const isLast = at === draft.targets.length - 1
    const part = target.share ?? (isLast ? open : open / (draft.targets.length - at))
    const share = target.isOfRest || open < 0.001 ? part : Math.min(1, part / open)
    open = Math.max(0, open * (1 - share))
    return { ...levelOf(target, draft), share: isLast && share > 0.99 ? 1 : Number(share.toFixed(4)) }
  })
  // Nothing is left for a target after everything was sold.
  return targets.filter(({ share }) => share > 0)
}

function levelOf(target: DraftTarget, draft: IdeaDraft): { percent: number } | { formula: string } {
  if (target.level) return { formula: operandFormula(target.level, draft.timeframe!) }
  const isShort = rulesOf(draft, "enter", "short").length > 0 && rulesOf(draft, "enter", "long").length === 0
  const sign = isShort ? "-" : "+"
  if (target.awayQuote !== undefined) return { formula: `close ${sign} ${target.awayQuote}` }
  if (target.atr) return { formula: `close ${sign} ${target.atr.multiple} * atr(${target.atr.length})` }
  if (target.percent !== undefined) return { percent: target.percent }
  return rewardLevel(target.reward!, draft, sign)
}

/** So many times the distance of the stop. */
function rewardLevel(reward: number, draft: IdeaDraft, sign: "+" | "-"): { percent: number } | { formula: string } {
  const stop = stopOf(draft)
  if (stop.kind === "percent") return { percent: Number((Number(stop.percent) * reward).toPrecision(6)) }
  if (stop.kind === "atr")
    return { formula: `close ${sign} ${Number(stop.multiple) * reward} * atr(${stop.length ?? 14})` }
  if (stop.kind === "price") return { formula: `close + ${reward} * (close - (${stop.formula}))` }
  return { percent: 2 * reward }
}

/** "RSI and EMA on BTC, 1h". */
function nameOf(draft: IdeaDraft): string {
  const used = draft.rules.filter(({ deed }) => deed === "enter").flatMap(({ condition }) => operandsOf(condition))
  const titles = [
    ...new Set(
      used
        .filter(({ name }) => name !== "number")
        .map(({ name }) => (/^[a-z]+$/.test(name) && prices.has(name) ? "Price" : functionTitle(name))),
    ),
  ]
  const plain = titles.length > 1 ? titles.filter((title) => title !== "Price") : titles
  const what = plain.slice(0, 3).join(" and ") || "Idea"
  return `${what} on ${draft.markets
    .slice(0, 2)
    .map((market) => market.split("/")[0])
    .join(", ")}, ${draft.timeframe}`.slice(0, 100)
}

const prices = new Set(["close", "open", "high", "low"])
