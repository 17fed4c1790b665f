import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../candles/number-format.ts"
import { lightQuestions, type Light, type LightId } from "../lights.ts"

export type RobustnessLightId = LightId | "startDates" | "regimes" | "otherMarkets"
/** One question about how robust a strategy is. What a run says nothing about is doubtful. */
export type RobustnessLight = { id: RobustnessLightId; level: "good" | "doubtful" | "bad"; because: string }

/** Those of a result, of which part after part is asked more sharply, and three more. */
export const robustnessQuestions: Record<RobustnessLightId, string> = {
  ...lightQuestions,
  unseen: "Holds part after part?",
  startDates: "Good whenever you begin?",
  regimes: "Good in every mood?",
  otherMarkets: "Good on other markets?",
}

/** What a run says nothing about is doubtful here. */
export function askedLight({ id, level, because }: Light | RobustnessLight): RobustnessLight {
  return { id, level: level === "unknown" ? "doubtful" : level, because }
}

/** Parts of the history of which this share and more made money are good, of which less than the other bad. */
const MOST_SHARE = 2 / 3
const LEAST_SHARE = 0.5

type Parts = {
  won: number
  parts: number
  /** Of all parts one after the other. */
  returnPercent: number
  tradeCount: number
  /** Chosen anew on each part before, or the same rules throughout. */
  isChosenAnew: boolean
}

/** Whether it goes on as it began. */
export function partsLight(walked: Parts | undefined): RobustnessLight {
  const light = (level: RobustnessLight["level"], because: string): RobustnessLight => ({
    id: "unseen",
    level,
    because,
  })
  if (!walked) return light("doubtful", "The history is too short to be cut into parts. Test a longer period.")
  const { won, parts, returnPercent, tradeCount, isChosenAnew } = walked
  if (tradeCount === 0) return light("doubtful", "It never traded, so no part of the history says anything.")
  const how = isChosenAnew
    ? "With its values chosen anew on each part and traded on the next"
    : "Cut into parts of equal length"
  const finding = `${how}, ${formatNumber(won)} of ${formatCount(parts, "part")} made money, ${formatSignedPercent(returnPercent)} in all`
  if (returnPercent <= 0 || won / parts < LEAST_SHARE) return light("bad", `${finding}.`)
  return won / parts >= MOST_SHARE
    ? light("good", `${finding}.`)
    : light("doubtful", `${finding}: it does not always hold.`)
}

type Starts = { count: number; madeMoneyPercent: number; perYear: { worst: number; best: number } | null }

/** Starts of which this many made money are good, of which fewer than the other bad. */
const MOST_STARTS_PERCENT = 90
const LEAST_STARTS_PERCENT = 60

/** Whether it depends on the day one begins. */
export function startDatesLight({ count, madeMoneyPercent, perYear }: Starts): RobustnessLight {
  const spread = perYear
    ? `, from ${formatSignedPercent(perYear.worst)} to ${formatSignedPercent(perYear.best)} a year`
    : ""
  const because = `Begun at ${formatCount(count, "moment")} in the first third, it made money in ${formatPercent(madeMoneyPercent, 0)} of them${spread}.`
  if (madeMoneyPercent >= MOST_STARTS_PERCENT) return { id: "startDates", level: "good", because }
  return { id: "startDates", level: madeMoneyPercent < LEAST_STARTS_PERCENT ? "bad" : "doubtful", because }
}

type Mood = { name: string; days: number; returnPercent: number; tradeCount: number }

/** Whether it earns in one mood of the market alone. */
export function regimesLight(moods: readonly Mood[]): RobustnessLight {
  const light = (level: RobustnessLight["level"], because: string): RobustnessLight => ({
    id: "regimes",
    level,
    because,
  })
  const traded = moods.filter(({ tradeCount }) => tradeCount > 0)
  if (traded.length < 2) return light("doubtful", "Too little happened to compare one mood of the market with another.")
  const finding = traded
    .map(
      ({ name, returnPercent, days }) => `${name} ${formatSignedPercent(returnPercent)} (${formatCount(days, "day")})`,
    )
    .join(", ")
  const won = traded.filter(({ returnPercent }) => returnPercent > 0).length
  if (won === traded.length) return light("good", `It made money in every mood: ${finding}.`)
  if (won === 0) return light("bad", `It lost in every mood: ${finding}.`)
  return light("doubtful", `It depends on the mood: ${finding}.`)
}

type Elsewhere = { market: string; returnPercent: number; tradeCount: number }

/** Whether the same values work where they were not chosen. */
export function otherMarketsLight(markets: readonly Elsewhere[]): RobustnessLight {
  const light = (level: RobustnessLight["level"], because: string): RobustnessLight => ({
    id: "otherMarkets",
    level,
    because,
  })
  const traded = markets.filter(({ tradeCount }) => tradeCount > 0)
  if (traded.length === 0) return light("doubtful", "It did not trade on any other market.")
  const won = traded.filter(({ returnPercent }) => returnPercent > 0).length
  const because = `With the same values it made money on ${formatNumber(won)} of ${formatCount(traded.length, "other market")}.`
  if (won / traded.length >= MOST_SHARE) return light("good", because)
  return light(won / traded.length < LEAST_SHARE ? "bad" : "doubtful", because)
}

export type RobustnessVerdict = { level: "good" | "doubtful" | "bad"; headline: string }

/** Lights without which nothing else counts. */
const deciding: readonly RobustnessLightId[] = ["luck", "fees", "unseen"]

/** One sentence over all lights: bad where one that decides is bad, good where those are good and none is bad. */
export function robustnessVerdict(lights: readonly RobustnessLight[]): RobustnessVerdict {
  const bad = lights.filter(({ level }) => level === "bad")
  const asked = `${formatNumber(lights.filter(({ level }) => level === "good").length)} of ${formatCount(lights.length, "question")} answered with yes`
  if (bad.some(({ id }) => deciding.includes(id)))
    return { level: "bad", headline: `This would not hold: ${asked}. Do not trade it with real money.` }
  const isGood = deciding.every((id) => lights.some((light) => light.id === id && light.level === "good"))
  if (isGood && bad.length === 0) return { level: "good", headline: `This looks robust: ${asked}.` }
  return { level: "doubtful", headline: `This may not hold: ${asked}. Watch it on paper first.` }
}
