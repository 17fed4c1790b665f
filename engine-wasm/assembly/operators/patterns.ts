// Candle patterns by their operator number. All share one state: the recent candles, then the penetration of those
// that take one.
import { abandonedBaby } from "../patterns/abandoned-baby"
import { advanceBlock } from "../patterns/advance-block"
import { beltHold } from "../patterns/belt-hold"
import { breakaway } from "../patterns/breakaway"
import { closingMarubozu } from "../patterns/closing-marubozu"
import { concealingBabySwallow } from "../patterns/concealing-baby-swallow"
import { counterattack } from "../patterns/counterattack"
import { darkCloudCover } from "../patterns/dark-cloud-cover"
import { doji } from "../patterns/doji"
import { dojiStar } from "../patterns/doji-star"
import { dragonflyDoji } from "../patterns/dragonfly-doji"
import { engulfing } from "../patterns/engulfing"
import { eveningDojiStar } from "../patterns/evening-doji-star"
import { eveningStar } from "../patterns/evening-star"
import { gapSideBySideWhite } from "../patterns/gap-side-by-side-white"
import { gravestoneDoji } from "../patterns/gravestone-doji"
import { hammer } from "../patterns/hammer"
import { hangingMan } from "../patterns/hanging-man"
import { harami } from "../patterns/harami"
import { haramiCross } from "../patterns/harami-cross"
import { highWave } from "../patterns/high-wave"
import { hikkake } from "../patterns/hikkake"
import { homingPigeon } from "../patterns/homing-pigeon"
import { identicalThreeCrows } from "../patterns/identical-three-crows"
import { inNeck } from "../patterns/in-neck"
import { invertedHammer } from "../patterns/inverted-hammer"
import { kicking } from "../patterns/kicking"
import { kickingByLength } from "../patterns/kicking-by-length"
import { ladderBottom } from "../patterns/ladder-bottom"
import { longLeggedDoji } from "../patterns/long-legged-doji"
import { longLine } from "../patterns/long-line"
import { marubozu } from "../patterns/marubozu"
import { matHold } from "../patterns/mat-hold"
import { matchingLow } from "../patterns/matching-low"
import { modifiedHikkake } from "../patterns/modified-hikkake"
import { morningDojiStar } from "../patterns/morning-doji-star"
import { morningStar } from "../patterns/morning-star"
import { onNeck } from "../patterns/on-neck"
import { piercing } from "../patterns/piercing"
import { rickshawMan } from "../patterns/rickshaw-man"
import { risingFallingThreeMethods } from "../patterns/rising-falling-three-methods"
import { separatingLines } from "../patterns/separating-lines"
import { shootingStar } from "../patterns/shooting-star"
import { shortLine } from "../patterns/short-line"
import { sideGapThreeMethods } from "../patterns/side-gap-three-methods"
import { spinningTop } from "../patterns/spinning-top"
import { stalledPattern } from "../patterns/stalled-pattern"
import { stickSandwich } from "../patterns/stick-sandwich"
import { takuri } from "../patterns/takuri"
import { tasukiGap } from "../patterns/tasuki-gap"
import { threeBlackCrows } from "../patterns/three-black-crows"
import { threeInside } from "../patterns/three-inside"
import { threeLineStrike } from "../patterns/three-line-strike"
import { threeOutside } from "../patterns/three-outside"
import { threeStarsInTheSouth } from "../patterns/three-stars-in-the-south"
import { threeWhiteSoldiers } from "../patterns/three-white-soldiers"
import { thrusting } from "../patterns/thrusting"
import { tristar } from "../patterns/tristar"
import { twoCrows } from "../patterns/two-crows"
import { uniqueThreeRiver } from "../patterns/unique-three-river"
import { upsideGapTwoCrows } from "../patterns/upside-gap-two-crows"
import { RecentCandles } from "../patterns/recent-candles"
import { get, number, set, source } from "./column"
import { Op } from "./opcode"

/** Bytes of state of any pattern. */
export function patternsBytes(op: i32, numbers: usize): i32 {
  return RecentCandles.bytes() + 8
}

/** Prepares zeroed state for the first candle. */
export function patternsStart(op: i32, state: usize, numbers: usize): void {
  if (takesPenetration(op)) store<f64>(state + RecentCandles.bytes(), number(numbers, 0))
}

/** Sources: open, high, low, close. */
export function patternsRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {
  const candles = changetype<RecentCandles>(state)
  const penetration = load<f64>(state + RecentCandles.bytes())
  const open = source(sources, 0)
  const high = source(sources, 1)
  const low = source(sources, 2)
  const close = source(sources, 3)
  for (let i = 0; i < count; i++) {
    const whole = candles.next(get(open, i), get(high, i), get(low, i), get(close, i))
    set(destination, i, whole ? judge(op, candles, penetration) : NaN)
  }
}

function takesPenetration(op: i32): bool {
  switch (op) {
    case Op.cdlabandonedbaby:
    case Op.cdldarkcloudcover:
    case Op.cdleveningdojistar:
    case Op.cdleveningstar:
    case Op.cdlmathold:
    case Op.cdlmorningdojistar:
    case Op.cdlmorningstar:
      return true
    default:
      return false
  }
}

function judge(op: i32, candles: RecentCandles, penetration: f64): f64 {
  switch (op) {
    case Op.cdl2crows:
      return twoCrows(candles)
    case Op.cdl3blackcrows:
      return threeBlackCrows(candles)
    case Op.cdl3inside:
      return threeInside(candles)
    case Op.cdl3linestrike:
      return threeLineStrike(candles)
    case Op.cdl3outside:
      return threeOutside(candles)
    case Op.cdl3starsinsouth:
      return threeStarsInTheSouth(candles)
    case Op.cdl3whitesoldiers:
      return threeWhiteSoldiers(candles)
    case Op.cdlabandonedbaby:
      return abandonedBaby(candles, penetration)
    case Op.cdladvanceblock:
      return advanceBlock(candles)
    case Op.cdlbelthold:
      return beltHold(candles)
    case Op.cdlbreakaway:
      return breakaway(candles)
    case Op.cdlclosingmarubozu:
      return closingMarubozu(candles)
    case Op.cdlconcealbabyswall:
      return concealingBabySwallow(candles)
    case Op.cdlcounterattack:
      return counterattack(candles)
    case Op.cdldarkcloudcover:
      return darkCloudCover(candles, penetration)
    case Op.cdldoji:
      return doji(candles)
    case Op.cdldojistar:
      return dojiStar(candles)
    case Op.cdldragonflydoji:
      return dragonflyDoji(candles)
    case Op.cdlengulfing:
      return engulfing(candles)
    case Op.cdleveningdojistar:
      return eveningDojiStar(candles, penetration)
    case Op.cdleveningstar:
      return eveningStar(candles, penetration)
    case Op.cdlgapsidesidewhite:
      return gapSideBySideWhite(candles)
    case Op.cdlgravestonedoji:
      return gravestoneDoji(candles)
    case Op.cdlhammer:
      return hammer(candles)
    case Op.cdlhangingman:
      return hangingMan(candles)
    case Op.cdlharami:
      return harami(candles)
    case Op.cdlharamicross:
      return haramiCross(candles)
    case Op.cdlhighwave:
      return highWave(candles)
    case Op.cdlhikkake:
      return hikkake(candles)
    case Op.cdlhikkakemod:
      return modifiedHikkake(candles)
    case Op.cdlhomingpigeon:
      return homingPigeon(candles)
    case Op.cdlidentical3crows:
      return identicalThreeCrows(candles)
    case Op.cdlinneck:
      return inNeck(candles)
    case Op.cdlinvertedhammer:
      return invertedHammer(candles)
    case Op.cdlkicking:
      return kicking(candles)
    case Op.cdlkickingbylength:
      return kickingByLength(candles)
    case Op.cdlladderbottom:
      return ladderBottom(candles)
    case Op.cdllongleggeddoji:
      return longLeggedDoji(candles)
    case Op.cdllongline:
      return longLine(candles)
    case Op.cdlmarubozu:
      return marubozu(candles)
    case Op.cdlmatchinglow:
      return matchingLow(candles)
    case Op.cdlmathold:
      return matHold(candles, penetration)
    case Op.cdlmorningdojistar:
      return morningDojiStar(candles, penetration)
    case Op.cdlmorningstar:
      return morningStar(candles, penetration)
    case Op.cdlonneck:
      return onNeck(candles)
    case Op.cdlpiercing:
      return piercing(candles)
    case Op.cdlrickshawman:
      return rickshawMan(candles)
    case Op.cdlrisefall3methods:
      return risingFallingThreeMethods(candles)
    case Op.cdlseparatinglines:
      return separatingLines(candles)
    case Op.cdlshootingstar:
      return shootingStar(candles)
    case Op.cdlshortline:
      return shortLine(candles)
    case Op.cdlspinningtop:
      return spinningTop(candles)
    case Op.cdlstalledpattern:
      return stalledPattern(candles)
    case Op.cdlsticksandwich:
      return stickSandwich(candles)
    case Op.cdltakuri:
      return takuri(candles)
    case Op.cdltasukigap:
      return tasukiGap(candles)
    case Op.cdlthrusting:
      return thrusting(candles)
    case Op.cdltristar:
      return tristar(candles)
    case Op.cdlunique3river:
      return uniqueThreeRiver(candles)
    case Op.cdlupsidegap2crows:
      return upsideGapTwoCrows(candles)
    case Op.cdlxsidegap3methods:
      return sideGapThreeMethods(candles)
    default:
      return NaN
  }
}
