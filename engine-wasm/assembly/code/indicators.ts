// Written by `npm run build:code-indicators` from the formula language's catalogue; not by hand.
import { COLUMN_BYTES, get } from "../operators/column"
import { Op } from "../operators/opcode"
import { Candle } from "./candle"
import { averageKind, cell, NUMBERS, OUTPUTS, setNumber, SOURCES } from "./operator-cells"
import { isOnGrid, sourceScale, priceScale } from "./price-grid"
import { Ad as CoreAd } from "../indicators/ad"
import { Adosc as CoreAdosc } from "../indicators/adosc"
import { Adx as CoreAdx } from "../indicators/adx"
import { Adxr as CoreAdxr } from "../indicators/adxr"
import { Ao as CoreAo } from "../indicators/ao"
import { Apo as CoreApo } from "../indicators/apo"
import { Atr as CoreAtr } from "../indicators/atr"
import { BarsSince as CoreBarsSince } from "../indicators/bars-since"
import { Beta as CoreBeta } from "../indicators/beta"
import { Cci as CoreCci } from "../indicators/cci"
import { Change as CoreChange } from "../indicators/change"
import { Choppiness as CoreChoppiness } from "../indicators/choppiness"
import { Cmf as CoreCmf } from "../indicators/cmf"
import { Cmo as CoreCmo } from "../indicators/cmo"
import { Correl as CoreCorrel } from "../indicators/correl"
import { Cross as CoreCross } from "../indicators/cross"
import { Crossover as CoreCrossover } from "../indicators/crossover"
import { Crossunder as CoreCrossunder } from "../indicators/crossunder"
import { Dema as CoreDema } from "../indicators/dema"
import { Donchian as CoreDonchian } from "../indicators/donchian"
import { Dx as CoreDx } from "../indicators/dx"
import { Ema as CoreEma } from "../indicators/ema"
import { Falling as CoreFalling } from "../indicators/falling"
import { ForceIndex as CoreForceIndex } from "../indicators/force-index"
import { Highest as CoreHighest } from "../indicators/highest"
import { HighestBars as CoreHighestBars } from "../indicators/highest-bars"
import { Hma as CoreHma } from "../indicators/hma"
import { HtDcPeriod as CoreHtDcPeriod } from "../indicators/ht-dc-period"
import { HtDcPhase as CoreHtDcPhase } from "../indicators/ht-dc-phase"
import { HtPhasor as CoreHtPhasor } from "../indicators/ht-phasor"
import { HtSine as CoreHtSine } from "../indicators/ht-sine"
import { HtTrendMode as CoreHtTrendMode } from "../indicators/ht-trend-mode"
import { HtTrendline as CoreHtTrendline } from "../indicators/ht-trendline"
import { Kama as CoreKama } from "../indicators/kama"
import { Keltner as CoreKeltner } from "../indicators/keltner"
import { Lowest as CoreLowest } from "../indicators/lowest"
import { LowestBars as CoreLowestBars } from "../indicators/lowest-bars"
import { Ma as CoreMa } from "../indicators/ma"
import { Macd as CoreMacd } from "../indicators/macd"
import { Mama as CoreMama } from "../indicators/mama"
import { Median as CoreMedian } from "../indicators/median"
import { Mfi as CoreMfi } from "../indicators/mfi"
import { Midpoint as CoreMidpoint } from "../indicators/midpoint"
import { Midprice as CoreMidprice } from "../indicators/midprice"
import { MinusDi as CoreMinusDi } from "../indicators/minus-di"
import { MinusDm as CoreMinusDm } from "../indicators/minus-dm"
import { Mom as CoreMom } from "../indicators/mom"
import { Natr as CoreNatr } from "../indicators/natr"
import { Obv as CoreObv } from "../indicators/obv"
import { PercentRank as CorePercentRank } from "../indicators/percent-rank"
import { PlusDi as CorePlusDi } from "../indicators/plus-di"
import { PlusDm as CorePlusDm } from "../indicators/plus-dm"
import { Ppo as CorePpo } from "../indicators/ppo"
import { RecentCandles } from "../patterns/recent-candles"
import { Rising as CoreRising } from "../indicators/rising"
import { Rma as CoreRma } from "../indicators/rma"
import { Roc as CoreRoc } from "../indicators/roc"
import { Rocp as CoreRocp } from "../indicators/rocp"
import { Rocr as CoreRocr } from "../indicators/rocr"
import { Rocr100 as CoreRocr100 } from "../indicators/rocr100"
import { Rsi as CoreRsi } from "../indicators/rsi"
import { Sar as CoreSar } from "../indicators/sar"
import { Sma as CoreSma } from "../indicators/sma"
import { Stddev as CoreStddev } from "../indicators/stddev"
import { Stoch as CoreStoch } from "../indicators/stoch"
import { StochRsi as CoreStochRsi } from "../indicators/stoch-rsi"
import { Stochf as CoreStochf } from "../indicators/stochf"
import { Sum as CoreSum } from "../indicators/sum"
import { Supertrend as CoreSupertrend } from "../indicators/supertrend"
import { T3 as CoreT3 } from "../indicators/t3"
import { Tema as CoreTema } from "../indicators/tema"
import { Trima as CoreTrima } from "../indicators/trima"
import { Trix as CoreTrix } from "../indicators/trix"
import { Tsi as CoreTsi } from "../indicators/tsi"
import { Ultosc as CoreUltosc } from "../indicators/ultosc"
import { ValueWhen as CoreValueWhen } from "../indicators/value-when"
import { Vwap as CoreVwap } from "../indicators/vwap"
import { Vwma as CoreVwma } from "../indicators/vwma"
import { Willr as CoreWillr } from "../indicators/willr"
import { Wma as CoreWma } from "../indicators/wma"
import { Zscore as CoreZscore } from "../indicators/zscore"
import { abandonedBaby } from "../patterns/abandoned-baby"
import { advanceBlock } from "../patterns/advance-block"
import { averagesBytes, averagesRun, averagesStart } from "../operators/averages"
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
import { momentumBytes, momentumRun, momentumStart } from "../operators/momentum"
import { morningDojiStar } from "../patterns/morning-doji-star"
import { morningStar } from "../patterns/morning-star"
import { onNeck } from "../patterns/on-neck"
import { piercing } from "../patterns/piercing"
import { priceBytes, priceRun, priceStart } from "../operators/price"
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
import { trendBytes, trendRun, trendStart } from "../operators/trend"
import { tristar } from "../patterns/tristar"
import { twoCrows } from "../patterns/two-crows"
import { uniqueThreeRiver } from "../patterns/unique-three-river"
import { upsideGapTwoCrows } from "../patterns/upside-gap-two-crows"
import { volatilityBytes, volatilityRun, volatilityStart } from "../operators/volatility"

/** Simple moving average: the mean of the last `length` values (TA-Lib SMA). */
export class Sma {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 30, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length))
    this.state = new StaticArray<u8>(CoreSma.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreSma.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreSma>(changetype<usize>(this.state)).start(<i32>length, scale)
    if (isDual) changetype<CoreSma>(changetype<usize>(this.plain)).start(<i32>length, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreSma>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreSma>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** Weighted moving average: the newest value weighs `length`, the oldest 1 (TA-Lib WMA). */
export class Wma {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 30, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length) * (max(4.0, length) + 1) / 2)
    this.state = new StaticArray<u8>(CoreWma.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreWma.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreWma>(changetype<usize>(this.state)).start(<i32>length, scale)
    if (isDual) changetype<CoreWma>(changetype<usize>(this.plain)).start(<i32>length, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreWma>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreWma>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** Triangular moving average: an average of an average (TA-Lib TRIMA). */
export class Trima {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 30, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length) * (max(4.0, length) + 1) / 2)
    this.state = new StaticArray<u8>(CoreTrima.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreTrima.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreTrima>(changetype<usize>(this.state)).start(<i32>length, scale)
    if (isDual) changetype<CoreTrima>(changetype<usize>(this.plain)).start(<i32>length, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreTrima>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreTrima>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** Exponential moving average, weight 2 / (length + 1), seeded with an SMA (TA-Lib EMA). */
export class Ema {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreEma.bytes())
    changetype<CoreEma>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreEma>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Double exponential moving average: less lag than an EMA (Mulloy; TA-Lib DEMA). */
export class Dema {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreDema.bytes())
    changetype<CoreDema>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreDema>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Triple exponential moving average: less lag again (Mulloy; TA-Lib TEMA). */
export class Tema {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreTema.bytes())
    changetype<CoreTema>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreTema>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Kaufman's adaptive average: fast in a straight move, slow in a zigzag (TA-Lib KAMA). */
export class Kama {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreKama.bytes(<i32>length))
    changetype<CoreKama>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreKama>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Hull moving average: WMA over sqrt(length) of 2 WMA(length / 2) - WMA(length) (Hull; Pine ta.hma). */
export class Hma {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 16) {
    this.state = new StaticArray<u8>(CoreHma.bytes(<i32>length))
    changetype<CoreHma>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHma>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Wilder's average: an EMA of weight 1 / length, seeded with an SMA (Wilder; Pine ta.rma). */
export class Rma {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreRma.bytes())
    changetype<CoreRma>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreRma>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Volume-weighted moving average: sum of value x volume over sum of volume (Pine ta.vwma). */
export class Vwma {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 20) {
    this.state = new StaticArray<u8>(CoreVwma.bytes(<i32>length))
    changetype<CoreVwma>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64, candle: Candle): f64 {
    const answer = changetype<CoreVwma>(changetype<usize>(this.state)).next(candle.volume, source)
    this.value = answer
    return this.value
  }
}

/** T3: six EMAs in a row, mixed by the volume factor (Tillson; TA-Lib T3). */
export class T3 {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 5, vFactor: f64 = 0.7) {
    this.state = new StaticArray<u8>(CoreT3.bytes())
    changetype<CoreT3>(changetype<usize>(this.state)).start(<i32>length, vFactor)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreT3>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** An average of the kind you choose (TA-Lib MA). */
export class Ma {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 30, kind: string = "sma", parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length) * (max(4.0, length) + 1) / 2)
    this.state = new StaticArray<u8>(CoreMa.bytes(<i32>length, averageKind(kind)))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreMa.bytes(<i32>length, averageKind(kind)) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreMa>(changetype<usize>(this.state)).start(<i32>length, averageKind(kind), scale)
    if (isDual) changetype<CoreMa>(changetype<usize>(this.plain)).start(<i32>length, averageKind(kind), 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreMa>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreMa>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** MESA adaptive average and its follower: the faster the phase turns, the less it smooths (Ehlers; TA-Lib MAMA). */
export class Mama {
  mama: f64 = NaN
  fama: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(fastLimit: f64 = 0.5, slowLimit: f64 = 0.05) {
    this.state = new StaticArray<u8>(CoreMama.bytes())
    changetype<CoreMama>(changetype<usize>(this.state)).start(fastLimit, slowLimit)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreMama>(changetype<usize>(this.state)).next(source)
    this.fama = answer == answer ? changetype<CoreMama>(changetype<usize>(this.state)).fama : NaN
    this.mama = answer
    return this.mama
  }
}

/** Volume-weighted average price since midnight UTC, of (high + low + close) / 3 (Pine ta.vwap). */
export class Vwap {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreVwap.bytes())
    changetype<CoreVwap>(changetype<usize>(this.state)).start()
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreVwap>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close, candle.volume, candle.openTimeMs)
    this.value = answer
    return this.value
  }
}

/** The least-squares line of the last `length` values, at the newest candle (TA-Lib LINEARREG). */
export class Linreg {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(averagesBytes(Op.linreg, NUMBERS), 8))
    averagesStart(Op.linreg, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    averagesRun(Op.linreg, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Rise per candle of the least-squares line (TA-Lib LINEARREG_SLOPE). */
export class LinregSlope {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(averagesBytes(Op.linregSlope, NUMBERS), 8))
    averagesStart(Op.linregSlope, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    averagesRun(Op.linregSlope, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Angle of the least-squares line in degrees (TA-Lib LINEARREG_ANGLE). */
export class LinregAngle {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(averagesBytes(Op.linregAngle, NUMBERS), 8))
    averagesStart(Op.linregAngle, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    averagesRun(Op.linregAngle, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** The least-squares line at the oldest candle of its window (TA-Lib LINEARREG_INTERCEPT). */
export class LinregIntercept {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(averagesBytes(Op.linregIntercept, NUMBERS), 8))
    averagesStart(Op.linregIntercept, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    averagesRun(Op.linregIntercept, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Time series forecast: the least-squares line one candle ahead (TA-Lib TSF). */
export class Tsf {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(averagesBytes(Op.tsf, NUMBERS), 8))
    averagesStart(Op.tsf, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    averagesRun(Op.tsf, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Instantaneous trend line: the average price of one dominant cycle, smoothed (Ehlers; TA-Lib HT_TRENDLINE). */
export class HtTrendline {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreHtTrendline.bytes())
    changetype<CoreHtTrendline>(changetype<usize>(this.state)).start()
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHtTrendline>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Relative strength index, 0 to 100: rises over rises and falls, by Wilder's averages (TA-Lib RSI). */
export class Rsi {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreRsi.bytes())
    changetype<CoreRsi>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreRsi>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Chande momentum oscillator, -100 to 100, by Wilder's averages (TA-Lib CMO). */
export class Cmo {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreCmo.bytes())
    changetype<CoreCmo>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreCmo>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Momentum: the change over `length` candles (TA-Lib MOM). */
export class Mom {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 10) {
    this.state = new StaticArray<u8>(CoreMom.bytes(<i32>length))
    changetype<CoreMom>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreMom>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Rate of change over `length` candles in percent (TA-Lib ROC). */
export class Roc {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 10) {
    this.state = new StaticArray<u8>(CoreRoc.bytes(<i32>length))
    changetype<CoreRoc>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreRoc>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Rate of change over `length` candles as a fraction (TA-Lib ROCP). */
export class Rocp {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 10) {
    this.state = new StaticArray<u8>(CoreRocp.bytes(<i32>length))
    changetype<CoreRocp>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreRocp>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Ratio to the value `length` candles ago (TA-Lib ROCR). */
export class Rocr {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 10) {
    this.state = new StaticArray<u8>(CoreRocr.bytes(<i32>length))
    changetype<CoreRocr>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreRocr>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Ratio to the value `length` candles ago in percent (TA-Lib ROCR100). */
export class Rocr100 {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 10) {
    this.state = new StaticArray<u8>(CoreRocr100.bytes(<i32>length))
    changetype<CoreRocr100>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreRocr100>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** One-candle change, in percent, of a threefold EMA (TA-Lib TRIX). */
export class Trix {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreTrix.bytes())
    changetype<CoreTrix>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreTrix>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Moving average convergence/divergence: fast EMA less slow EMA, its signal, and their difference (TA-Lib MACD). */
export class Macd {
  line: f64 = NaN
  signal: f64 = NaN
  histogram: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(fast: f64 = 12, slow: f64 = 26, signal: f64 = 9) {
    this.state = new StaticArray<u8>(CoreMacd.bytes())
    changetype<CoreMacd>(changetype<usize>(this.state)).start(<i32>fast, <i32>slow, <i32>signal)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreMacd>(changetype<usize>(this.state)).next(source)
    this.signal = answer == answer ? changetype<CoreMacd>(changetype<usize>(this.state)).signal : NaN
    this.histogram = answer == answer ? changetype<CoreMacd>(changetype<usize>(this.state)).histogram : NaN
    this.line = answer
    return this.line
  }
}

/** Percentage price oscillator: fast average less slow average, in percent of the slow (TA-Lib PPO). */
export class Ppo {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(fast: f64 = 12, slow: f64 = 26, kind: string = "ema") {
    this.state = new StaticArray<u8>(CorePpo.bytes(<i32>fast, <i32>slow, averageKind(kind)))
    changetype<CorePpo>(changetype<usize>(this.state)).start(<i32>fast, <i32>slow, averageKind(kind))
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CorePpo>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Absolute price oscillator: fast average less slow average (TA-Lib APO). */
export class Apo {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(fast: f64 = 12, slow: f64 = 26, kind: string = "ema") {
    this.state = new StaticArray<u8>(CoreApo.bytes(<i32>fast, <i32>slow, averageKind(kind)))
    changetype<CoreApo>(changetype<usize>(this.state)).start(<i32>fast, <i32>slow, averageKind(kind))
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreApo>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Slow stochastic, 0 to 100: the close's place in the range, smoothed, and its average (TA-Lib STOCH). */
export class Stoch {
  k: f64 = NaN
  d: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(kLength: f64 = 5, kSmooth: f64 = 3, dLength: f64 = 3, kind: string = "sma") {
    this.state = new StaticArray<u8>(CoreStoch.bytes(<i32>kLength, <i32>kSmooth, <i32>dLength, averageKind(kind)))
    changetype<CoreStoch>(changetype<usize>(this.state)).start(<i32>kLength, <i32>kSmooth, <i32>dLength, averageKind(kind))
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreStoch>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.d = answer == answer ? changetype<CoreStoch>(changetype<usize>(this.state)).d : NaN
    this.k = answer
    return this.k
  }
}

/** Fast stochastic, 0 to 100: the close's place in the range, and its average (TA-Lib STOCHF). */
export class Stochf {
  k: f64 = NaN
  d: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(kLength: f64 = 5, dLength: f64 = 3, kind: string = "sma") {
    this.state = new StaticArray<u8>(CoreStochf.bytes(<i32>kLength, <i32>dLength, averageKind(kind)))
    changetype<CoreStochf>(changetype<usize>(this.state)).start(<i32>kLength, <i32>dLength, averageKind(kind))
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreStochf>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.d = answer == answer ? changetype<CoreStochf>(changetype<usize>(this.state)).d : NaN
    this.k = answer
    return this.k
  }
}

/** Fast stochastic of the RSI, 0 to 100, and its average (Chande & Kroll; TA-Lib STOCHRSI). */
export class StochRsi {
  k: f64 = NaN
  d: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14, kLength: f64 = 5, dLength: f64 = 3, kind: string = "sma") {
    this.state = new StaticArray<u8>(CoreStochRsi.bytes(<i32>kLength, <i32>dLength, averageKind(kind)))
    changetype<CoreStochRsi>(changetype<usize>(this.state)).start(<i32>length, <i32>kLength, <i32>dLength, averageKind(kind))
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreStochRsi>(changetype<usize>(this.state)).next(source)
    this.d = answer == answer ? changetype<CoreStochRsi>(changetype<usize>(this.state)).d : NaN
    this.k = answer
    return this.k
  }
}

/** Commodity channel index: distance of the typical price from its mean in 0.015 mean deviations (TA-Lib CCI). */
export class Cci {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreCci.bytes(<i32>length))
    changetype<CoreCci>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreCci>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Williams %R, -100 to 0: how far the close is below the highest high (TA-Lib WILLR). */
export class Willr {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreWillr.bytes(<i32>length))
    changetype<CoreWillr>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreWillr>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Money flow index, 0 to 100: an RSI of price x volume (TA-Lib MFI). */
export class Mfi {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreMfi.bytes(<i32>length))
    changetype<CoreMfi>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreMfi>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close, candle.volume)
    this.value = answer
    return this.value
  }
}

/** Ultimate oscillator, 0 to 100: buying pressure over true range in three windows (Williams; TA-Lib ULTOSC). */
export class Ultosc {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(a: f64 = 7, b: f64 = 14, c: f64 = 28) {
    this.state = new StaticArray<u8>(CoreUltosc.bytes(<i32>a, <i32>b, <i32>c))
    changetype<CoreUltosc>(changetype<usize>(this.state)).start(<i32>a, <i32>b, <i32>c)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreUltosc>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Balance of power, -1 to 1: how much of its range the candle kept from open to close (TA-Lib BOP). */
export class Bop {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(max(momentumBytes(Op.bop, NUMBERS), 8))
    momentumStart(Op.bop, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.open)
    cell(1, candle.high)
    cell(2, candle.low)
    cell(3, candle.close)
    momentumRun(Op.bop, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Aroon, 0 to 100: how fresh the highest high and the lowest low are (TA-Lib AROON). */
export class Aroon {
  up: f64 = NaN
  down: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(momentumBytes(Op.aroon, NUMBERS), 8))
    momentumStart(Op.aroon, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    momentumRun(Op.aroon, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.up = get(OUTPUTS + 0 * COLUMN_BYTES, 0)
    this.down = get(OUTPUTS + 1 * COLUMN_BYTES, 0)
    this.up = get(OUTPUTS, 0)
    return this.up
  }
}

/** Aroon oscillator, -100 to 100: aroon up less aroon down (TA-Lib AROONOSC). */
export class Aroonosc {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    setNumber(0, length)
    this.state = new StaticArray<u8>(max(momentumBytes(Op.aroonosc, NUMBERS), 8))
    momentumStart(Op.aroonosc, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    momentumRun(Op.aroonosc, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Awesome oscillator: fast SMA less slow SMA of (high + low) / 2 (Williams; Pine ta.sma(hl2, 5) - ta.sma(hl2, 34)). */
export class Ao {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(fast: f64 = 5, slow: f64 = 34) {
    this.state = new StaticArray<u8>(CoreAo.bytes(<i32>fast, <i32>slow))
    changetype<CoreAo>(changetype<usize>(this.state)).start(<i32>fast, <i32>slow)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreAo>(changetype<usize>(this.state)).next(candle.high, candle.low)
    this.value = answer
    return this.value
  }
}

/** True strength index, -100 to 100: the change, smoothed twice, over its size smoothed twice (Blau; Pine ta.tsi x 100). */
export class Tsi {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(long: f64 = 25, short: f64 = 13) {
    this.state = new StaticArray<u8>(CoreTsi.bytes())
    changetype<CoreTsi>(changetype<usize>(this.state)).start(<i32>long, <i32>short)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreTsi>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Average directional index, 0 to 100: how strong a trend is, either way (Wilder; TA-Lib ADX). */
export class Adx {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreAdx.bytes())
    changetype<CoreAdx>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreAdx>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** ADX rating: halfway between the ADX now and `length` - 1 candles ago (Wilder; TA-Lib ADXR). */
export class Adxr {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreAdxr.bytes(<i32>length))
    changetype<CoreAdxr>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreAdxr>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Directional movement index, 0 to 100: how one-sided the movement is (Wilder; TA-Lib DX). */
export class Dx {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreDx.bytes())
    changetype<CoreDx>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreDx>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Upward movement in percent of the true range (Wilder; TA-Lib PLUS_DI). */
export class PlusDi {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CorePlusDi.bytes())
    changetype<CorePlusDi>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CorePlusDi>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Downward movement in percent of the true range (Wilder; TA-Lib MINUS_DI). */
export class MinusDi {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreMinusDi.bytes())
    changetype<CoreMinusDi>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreMinusDi>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Wilder's running total of upward movement, in price (Wilder; TA-Lib PLUS_DM). */
export class PlusDm {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CorePlusDm.bytes())
    changetype<CorePlusDm>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CorePlusDm>(changetype<usize>(this.state)).next(candle.high, candle.low)
    this.value = answer
    return this.value
  }
}

/** Wilder's running total of downward movement, in price (Wilder; TA-Lib MINUS_DM). */
export class MinusDm {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreMinusDm.bytes())
    changetype<CoreMinusDm>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreMinusDm>(changetype<usize>(this.state)).next(candle.high, candle.low)
    this.value = answer
    return this.value
  }
}

/** Parabolic stop and reverse: a stop that follows ever closer and turns when touched (Wilder; TA-Lib SAR). */
export class Sar {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(step: f64 = 0.02, max: f64 = 0.2) {
    this.state = new StaticArray<u8>(CoreSar.bytes())
    changetype<CoreSar>(changetype<usize>(this.state)).start(step, max)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreSar>(changetype<usize>(this.state)).next(candle.high, candle.low)
    this.value = answer
    return this.value
  }
}

/** A stop some ATRs away that only tightens; direction is 1 up, -1 down (Seban; Pine ta.supertrend, whose sign is the opposite). */
export class Supertrend {
  line: f64 = NaN
  direction: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 10, multiple: f64 = 3) {
    this.state = new StaticArray<u8>(CoreSupertrend.bytes())
    changetype<CoreSupertrend>(changetype<usize>(this.state)).start(<i32>length, multiple)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreSupertrend>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.direction = answer == answer ? changetype<CoreSupertrend>(changetype<usize>(this.state)).direction : NaN
    this.line = answer
    return this.line
  }
}

/** Ichimoku lines, and the cloud under this candle, drawn base - 1 candles ahead of its making (Hosoda; TradingView). */
export class Ichimoku {
  conversion: f64 = NaN
  base: f64 = NaN
  spanA: f64 = NaN
  spanB: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(conversion: f64 = 9, base: f64 = 26, span: f64 = 52) {
    const scale = priceScale(max(max(max(4.0, conversion), base), span))
    setNumber(0, conversion)
    setNumber(1, base)
    setNumber(2, span)
    setNumber(3, scale)
    this.state = new StaticArray<u8>(max(trendBytes(Op.ichimoku, NUMBERS), 8))
    trendStart(Op.ichimoku, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    trendRun(Op.ichimoku, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.conversion = get(OUTPUTS + 0 * COLUMN_BYTES, 0)
    this.base = get(OUTPUTS + 1 * COLUMN_BYTES, 0)
    this.spanA = get(OUTPUTS + 2 * COLUMN_BYTES, 0)
    this.spanB = get(OUTPUTS + 3 * COLUMN_BYTES, 0)
    this.conversion = get(OUTPUTS, 0)
    return this.conversion
  }
}

/** Average true range, by Wilder's average (TA-Lib ATR). */
export class Atr {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreAtr.bytes())
    changetype<CoreAtr>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreAtr>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** Average true range in percent of the close (TA-Lib NATR). */
export class Natr {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreNatr.bytes())
    changetype<CoreNatr>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreNatr>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** True range: the candle's range, with the gap to the previous close (Wilder; TA-Lib TRANGE). */
export class Trange {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(max(volatilityBytes(Op.trange, NUMBERS), 8))
    volatilityStart(Op.trange, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    cell(2, candle.close)
    volatilityRun(Op.trange, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Bollinger bands: an average, standard deviations above and below it, and the bands' distance over the middle (TA-Lib BBANDS). */
export class Bbands {
  upper: f64 = NaN
  middle: f64 = NaN
  lower: f64 = NaN
  width: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 5, deviationsUp: f64 = 2, deviationsDown: f64 = deviationsUp, kind: string = "sma", parts: f64 = NaN) {
    const scale = sourceScale(parts, max(max(max(4.0, length), deviationsUp), deviationsDown) * (max(max(max(4.0, length), deviationsUp), deviationsDown) + 1) / 2)
    setNumber(0, length)
    setNumber(1, deviationsUp)
    setNumber(2, deviationsDown)
    setNumber(3, averageKind(kind))
    setNumber(4, scale)
    this.state = new StaticArray<u8>(max(volatilityBytes(Op.bbands, NUMBERS), 8))
    volatilityStart(Op.bbands, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    volatilityRun(Op.bbands, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.upper = get(OUTPUTS + 0 * COLUMN_BYTES, 0)
    this.middle = get(OUTPUTS + 1 * COLUMN_BYTES, 0)
    this.lower = get(OUTPUTS + 2 * COLUMN_BYTES, 0)
    this.width = get(OUTPUTS + 3 * COLUMN_BYTES, 0)
    this.upper = get(OUTPUTS, 0)
    return this.upper
  }
}

/** Keltner channel: an EMA of the close, and multiples of an EMA of the true range around it (Pine ta.kc). */
export class Keltner {
  upper: f64 = NaN
  middle: f64 = NaN
  lower: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 20, multiple: f64 = 2) {
    this.state = new StaticArray<u8>(CoreKeltner.bytes())
    changetype<CoreKeltner>(changetype<usize>(this.state)).start(<i32>length, multiple)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreKeltner>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.upper = answer == answer ? changetype<CoreKeltner>(changetype<usize>(this.state)).upper : NaN
    this.lower = answer == answer ? changetype<CoreKeltner>(changetype<usize>(this.state)).lower : NaN
    this.middle = answer
    return this.middle
  }
}

/** Donchian channel: highest high and lowest low, this candle included, and their middle (Donchian; Pine ta.highest, ta.lowest). */
export class Donchian {
  upper: f64 = NaN
  middle: f64 = NaN
  lower: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 20) {
    const scale = priceScale(max(4.0, length))
    this.state = new StaticArray<u8>(CoreDonchian.bytes(<i32>length))
    changetype<CoreDonchian>(changetype<usize>(this.state)).start(<i32>length, scale)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreDonchian>(changetype<usize>(this.state)).next(candle.high, candle.low)
    this.upper = answer == answer ? changetype<CoreDonchian>(changetype<usize>(this.state)).upper : NaN
    this.lower = answer == answer ? changetype<CoreDonchian>(changetype<usize>(this.state)).lower : NaN
    this.middle = answer
    return this.middle
  }
}

/** Standard deviation of the last `length` values, times `deviations` (TA-Lib STDDEV). */
export class Stddev {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 5, deviations: f64 = 1, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(max(4.0, length), deviations))
    this.state = new StaticArray<u8>(CoreStddev.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreStddev.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreStddev>(changetype<usize>(this.state)).start(<i32>length, deviations, scale)
    if (isDual) changetype<CoreStddev>(changetype<usize>(this.plain)).start(<i32>length, deviations, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreStddev>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreStddev>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** Variance of the last `length` values; `deviations` changes nothing, as in TA-Lib (TA-Lib VAR). */
export class Variance {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 5, deviations: f64 = 1, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(max(4.0, length), deviations))
    setNumber(0, length)
    setNumber(1, deviations)
    setNumber(2, scale)
    this.state = new StaticArray<u8>(max(volatilityBytes(Op.variance, NUMBERS), 8))
    volatilityStart(Op.variance, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(source: f64): f64 {
    cell(0, source)
    volatilityRun(Op.variance, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** Choppiness index: near 0 in a straight trend, near 100 in a sideways market (Dreiss; TradingView). */
export class Choppiness {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    this.state = new StaticArray<u8>(CoreChoppiness.bytes(<i32>length))
    changetype<CoreChoppiness>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreChoppiness>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close)
    this.value = answer
    return this.value
  }
}

/** On-balance volume: added on a higher close, taken away on a lower one (Granville; TA-Lib OBV). */
export class Obv {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreObv.bytes())
    changetype<CoreObv>(changetype<usize>(this.state)).start()
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreObv>(changetype<usize>(this.state)).next(candle.close, candle.volume)
    this.value = answer
    return this.value
  }
}

/** Accumulation/distribution line: volume weighted by where in its range the candle closed (Chaikin; TA-Lib AD). */
export class Ad {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreAd.bytes())
    changetype<CoreAd>(changetype<usize>(this.state)).start()
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreAd>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close, candle.volume)
    this.value = answer
    return this.value
  }
}

/** Chaikin oscillator: fast less slow EMA of the accumulation/distribution line (Chaikin; TA-Lib ADOSC). */
export class Adosc {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(fast: f64 = 3, slow: f64 = 10) {
    this.state = new StaticArray<u8>(CoreAdosc.bytes())
    changetype<CoreAdosc>(changetype<usize>(this.state)).start(<i32>fast, <i32>slow)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreAdosc>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close, candle.volume)
    this.value = answer
    return this.value
  }
}

/** Chaikin money flow: money flow volume over volume of the last `length` candles, -1 to 1 (Chaikin). */
export class Cmf {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 20) {
    this.state = new StaticArray<u8>(CoreCmf.bytes(<i32>length))
    changetype<CoreCmf>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreCmf>(changetype<usize>(this.state)).next(candle.high, candle.low, candle.close, candle.volume)
    this.value = answer
    return this.value
  }
}

/** Force index: the EMA of volume times the change of the close (Elder, Trading for a Living). */
export class ForceIndex {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 13) {
    this.state = new StaticArray<u8>(CoreForceIndex.bytes())
    changetype<CoreForceIndex>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreForceIndex>(changetype<usize>(this.state)).next(candle.close, candle.volume)
    this.value = answer
    return this.value
  }
}

/** The highest of the last `length` values (TA-Lib MAX). */
export class Highest {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreHighest.bytes(<i32>length))
    changetype<CoreHighest>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHighest>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** The lowest of the last `length` values (TA-Lib MIN). */
export class Lowest {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreLowest.bytes(<i32>length))
    changetype<CoreLowest>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreLowest>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** The sum of the last `length` values (TA-Lib SUM). */
export class Sum {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 30, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length))
    this.state = new StaticArray<u8>(CoreSum.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreSum.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreSum>(changetype<usize>(this.state)).start(<i32>length, scale)
    if (isDual) changetype<CoreSum>(changetype<usize>(this.plain)).start(<i32>length, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreSum>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreSum>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** The middle of the last `length` values by size (Pine ta.median). */
export class Median {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 20, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length))
    this.state = new StaticArray<u8>(CoreMedian.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreMedian.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreMedian>(changetype<usize>(this.state)).start(<i32>length, scale)
    if (isDual) changetype<CoreMedian>(changetype<usize>(this.plain)).start(<i32>length, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreMedian>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreMedian>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** Percent of the `length` values before this one that are at or below it (Pine ta.percentrank). */
export class PercentRank {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 20) {
    this.state = new StaticArray<u8>(CorePercentRank.bytes(<i32>length))
    changetype<CorePercentRank>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CorePercentRank>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Distance from the mean of the last `length` values in standard deviations (of the population). */
export class Zscore {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 20) {
    this.state = new StaticArray<u8>(CoreZscore.bytes(<i32>length))
    changetype<CoreZscore>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreZscore>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Candles since the highest of the last `length` values, the latest of equals (TA-Lib MAXINDEX). */
export class HighestBars {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreHighestBars.bytes(<i32>length))
    changetype<CoreHighestBars>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHighestBars>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Candles since the lowest of the last `length` values, the latest of equals (TA-Lib MININDEX). */
export class LowestBars {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreLowestBars.bytes(<i32>length))
    changetype<CoreLowestBars>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreLowestBars>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Pearson's correlation of two series, -1 to 1 (TA-Lib CORREL). */
export class Correl {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 30) {
    this.state = new StaticArray<u8>(CoreCorrel.bytes(<i32>length))
    changetype<CoreCorrel>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(a: f64, b: f64): f64 {
    const answer = changetype<CoreCorrel>(changetype<usize>(this.state)).next(a, b)
    this.value = answer
    return this.value
  }
}

/** How much b's relative change moves per a's (TA-Lib BETA). */
export class Beta {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 5) {
    this.state = new StaticArray<u8>(CoreBeta.bytes(<i32>length))
    changetype<CoreBeta>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(a: f64, b: f64): f64 {
    const answer = changetype<CoreBeta>(changetype<usize>(this.state)).next(a, b)
    this.value = answer
    return this.value
  }
}

/** Halfway between the highest and the lowest of the last `length` values (TA-Lib MIDPOINT). */
export class Midpoint {
  value: f64 = NaN
  private readonly state: StaticArray<u8>
  private readonly plain: StaticArray<u8>
  private readonly isDual: bool
  private isOnGrid: bool
  private readonly scale: f64

  constructor(length: f64 = 14, parts: f64 = NaN) {
    const scale = sourceScale(parts, max(4.0, length))
    this.state = new StaticArray<u8>(CoreMidpoint.bytes(<i32>length))
    // Beside it the same indicator without a grid, for values that turn out to lie on none.
    const isDual = parts != parts && scale != 0
    this.plain = new StaticArray<u8>(isDual ? CoreMidpoint.bytes(<i32>length) : 0)
    this.isDual = isDual
    this.scale = scale
    this.isOnGrid = true
    changetype<CoreMidpoint>(changetype<usize>(this.state)).start(<i32>length, scale)
    if (isDual) changetype<CoreMidpoint>(changetype<usize>(this.plain)).start(<i32>length, 0)
  }

  @inline
  next(source: f64): f64 {
    let answer: f64 = NaN
    if (this.isOnGrid) answer = changetype<CoreMidpoint>(changetype<usize>(this.state)).next(source)
    if (this.isDual) {
      const plain = changetype<CoreMidpoint>(changetype<usize>(this.plain)).next(source)
      this.isOnGrid = this.isOnGrid && isOnGrid(source, this.scale)
      if (!this.isOnGrid) answer = plain
    }
    this.value = answer
    return this.value
  }
}

/** Halfway between the highest high and the lowest low of the last `length` candles (TA-Lib MIDPRICE). */
export class Midprice {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 14) {
    const scale = priceScale(max(4.0, length))
    this.state = new StaticArray<u8>(CoreMidprice.bytes(<i32>length))
    changetype<CoreMidprice>(changetype<usize>(this.state)).start(<i32>length, scale)
  }

  @inline
  next(candle: Candle): f64 {
    const answer = changetype<CoreMidprice>(changetype<usize>(this.state)).next(candle.high, candle.low)
    this.value = answer
    return this.value
  }
}

/** Length of the dominant cycle in candles, 6 to 50 (Ehlers; TA-Lib HT_DCPERIOD). */
export class HtDcPeriod {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreHtDcPeriod.bytes())
    changetype<CoreHtDcPeriod>(changetype<usize>(this.state)).start()
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHtDcPeriod>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Where in its dominant cycle the price stands, -45 to 315 degrees (Ehlers; TA-Lib HT_DCPHASE). */
export class HtDcPhase {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreHtDcPhase.bytes())
    changetype<CoreHtDcPhase>(changetype<usize>(this.state)).start()
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHtDcPhase>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** 1 while the price trends, 0 while it cycles (Ehlers; TA-Lib HT_TRENDMODE). */
export class HtTrendMode {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreHtTrendMode.bytes())
    changetype<CoreHtTrendMode>(changetype<usize>(this.state)).start()
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHtTrendMode>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Sine of the dominant cycle's phase, and the same 45 degrees ahead (Ehlers; TA-Lib HT_SINE). */
export class HtSine {
  sine: f64 = NaN
  leadSine: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreHtSine.bytes())
    changetype<CoreHtSine>(changetype<usize>(this.state)).start()
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHtSine>(changetype<usize>(this.state)).next(source)
    this.leadSine = answer == answer ? changetype<CoreHtSine>(changetype<usize>(this.state)).leadSine : NaN
    this.sine = answer
    return this.sine
  }
}

/** The two parts of the dominant cycle, a quarter turn apart (Ehlers; TA-Lib HT_PHASOR). */
export class HtPhasor {
  inPhase: f64 = NaN
  quadrature: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreHtPhasor.bytes())
    changetype<CoreHtPhasor>(changetype<usize>(this.state)).start()
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreHtPhasor>(changetype<usize>(this.state)).next(source)
    this.quadrature = answer == answer ? changetype<CoreHtPhasor>(changetype<usize>(this.state)).quadrature : NaN
    this.inPhase = answer
    return this.inPhase
  }
}

/** (open + high + low + close) / 4 (TA-Lib AVGPRICE). */
export class AvgPrice {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    const scale = priceScale(4.0)
    setNumber(0, scale)
    this.state = new StaticArray<u8>(max(priceBytes(Op.avgPrice, NUMBERS), 8))
    priceStart(Op.avgPrice, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.open)
    cell(1, candle.high)
    cell(2, candle.low)
    cell(3, candle.close)
    priceRun(Op.avgPrice, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** (high + low) / 2 (TA-Lib MEDPRICE). */
export class MedPrice {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    const scale = priceScale(4.0)
    setNumber(0, scale)
    this.state = new StaticArray<u8>(max(priceBytes(Op.medPrice, NUMBERS), 8))
    priceStart(Op.medPrice, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    priceRun(Op.medPrice, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** (high + low + close) / 3 (TA-Lib TYPPRICE). */
export class TypPrice {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    const scale = priceScale(4.0)
    setNumber(0, scale)
    this.state = new StaticArray<u8>(max(priceBytes(Op.typPrice, NUMBERS), 8))
    priceStart(Op.typPrice, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    cell(2, candle.close)
    priceRun(Op.typPrice, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** (high + low + 2 x close) / 4 (TA-Lib WCLPRICE). */
export class WclPrice {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    const scale = priceScale(4.0)
    setNumber(0, scale)
    this.state = new StaticArray<u8>(max(priceBytes(Op.wclPrice, NUMBERS), 8))
    priceStart(Op.wclPrice, changetype<usize>(this.state), NUMBERS)
  }

  @inline
  next(candle: Candle): f64 {
    cell(0, candle.high)
    cell(1, candle.low)
    cell(2, candle.close)
    priceRun(Op.wclPrice, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))
    this.value = get(OUTPUTS, 0)
    return this.value
  }
}

/** True on the candle where a rises above b: a[1] <= b[1] and a > b (Pine ta.crossover). */
export class Crossover {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreCrossover.bytes())
    changetype<CoreCrossover>(changetype<usize>(this.state)).start()
  }

  @inline
  next(a: f64, b: f64): bool {
    const answer = changetype<CoreCrossover>(changetype<usize>(this.state)).next(a, b)
    this.value = answer
    return this.value == 1
  }
}

/** True on the candle where a falls below b: a[1] >= b[1] and a < b (Pine ta.crossunder). */
export class Crossunder {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreCrossunder.bytes())
    changetype<CoreCrossunder>(changetype<usize>(this.state)).start()
  }

  @inline
  next(a: f64, b: f64): bool {
    const answer = changetype<CoreCrossunder>(changetype<usize>(this.state)).next(a, b)
    this.value = answer
    return this.value == 1
  }
}

/** True on the candle where a passes b, up or down (Pine ta.cross). */
export class Cross {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreCross.bytes())
    changetype<CoreCross>(changetype<usize>(this.state)).start()
  }

  @inline
  next(a: f64, b: f64): bool {
    const answer = changetype<CoreCross>(changetype<usize>(this.state)).next(a, b)
    this.value = answer
    return this.value == 1
  }
}

/** True while the source is above every one of its last `length` values (Pine ta.rising). */
export class Rising {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 1) {
    this.state = new StaticArray<u8>(CoreRising.bytes(<i32>length))
    changetype<CoreRising>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): bool {
    const answer = changetype<CoreRising>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value == 1
  }
}

/** True while the source is below every one of its last `length` values (Pine ta.falling). */
export class Falling {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 1) {
    this.state = new StaticArray<u8>(CoreFalling.bytes(<i32>length))
    changetype<CoreFalling>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): bool {
    const answer = changetype<CoreFalling>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value == 1
  }
}

/** Candles since the condition was last true, 0 on the candle itself (Pine ta.barssince). */
export class BarsSince {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor() {
    this.state = new StaticArray<u8>(CoreBarsSince.bytes())
    changetype<CoreBarsSince>(changetype<usize>(this.state)).start()
  }

  @inline
  next(condition: f64): f64 {
    const answer = changetype<CoreBarsSince>(changetype<usize>(this.state)).next(condition)
    this.value = answer
    return this.value
  }
}

/** The source's value when the condition was true for the n-th time back, 0 being the latest (Pine ta.valuewhen). */
export class ValueWhen {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(n: f64 = 0) {
    this.state = new StaticArray<u8>(CoreValueWhen.bytes(<i32>n))
    changetype<CoreValueWhen>(changetype<usize>(this.state)).start(<i32>n)
  }

  @inline
  next(condition: f64, source: f64): f64 {
    const answer = changetype<CoreValueWhen>(changetype<usize>(this.state)).next(condition, source)
    this.value = answer
    return this.value
  }
}

/** The source less its value `length` candles ago (Pine ta.change). */
export class Change {
  value: f64 = NaN
  private readonly state: StaticArray<u8>

  constructor(length: f64 = 1) {
    this.state = new StaticArray<u8>(CoreChange.bytes(<i32>length))
    changetype<CoreChange>(changetype<usize>(this.state)).start(<i32>length)
  }

  @inline
  next(source: f64): f64 {
    const answer = changetype<CoreChange>(changetype<usize>(this.state)).next(source)
    this.value = answer
    return this.value
  }
}

/** Two crows: a long white candle, a black one gapping up, a black one closing inside the first. -100 or 0. TA-Lib CDL2CROWS */
export class Cdl2crows {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? twoCrows(candles) : NaN
    return this.value
  }
}

/** Three black crows: after a white candle three falling black ones that close at their lows. -100 or 0. TA-Lib CDL3BLACKCROWS */
export class Cdl3blackcrows {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? threeBlackCrows(candles) : NaN
    return this.value
  }
}

/** Three inside up and down: a harami, confirmed by a third candle closing beyond the first's open. 100, -100 or 0. TA-Lib CDL3INSIDE */
export class Cdl3inside {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? threeInside(candles) : NaN
    return this.value
  }
}

/** Three-line strike: three candles of one colour in a row, then one that takes it all back. 100, -100 or 0. TA-Lib CDL3LINESTRIKE */
export class Cdl3linestrike {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? threeLineStrike(candles) : NaN
    return this.value
  }
}

/** Three outside up and down: a body engulfs the one before, and the next candle goes on. 100, -100 or 0. TA-Lib CDL3OUTSIDE */
export class Cdl3outside {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? threeOutside(candles) : NaN
    return this.value
  }
}

/** Three stars in the south: three black candles, each smaller, the last without shadows. 100 or 0. TA-Lib CDL3STARSINSOUTH */
export class Cdl3starsinsouth {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? threeStarsInTheSouth(candles) : NaN
    return this.value
  }
}

/** Three white soldiers: three rising white candles that close at their highs. 100 or 0. TA-Lib CDL3WHITESOLDIERS */
export class Cdl3whitesoldiers {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? threeWhiteSoldiers(candles) : NaN
    return this.value
  }
}

/** Abandoned baby: a long candle, a doji with gaps on both sides, and a candle that closes well within the first body: by penetration, a share of it. 100, -100 or 0. TA-Lib CDLABANDONEDBABY */
export class Cdlabandonedbaby {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.3) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? abandonedBaby(candles, this.penetration) : NaN
    return this.value
  }
}

/** Advance block: three rising white candles that lose strength. -100 or 0. TA-Lib CDLADVANCEBLOCK */
export class Cdladvanceblock {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? advanceBlock(candles) : NaN
    return this.value
  }
}

/** Belt hold: a long candle that opens at its very end. 100, -100 or 0. TA-Lib CDLBELTHOLD */
export class Cdlbelthold {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? beltHold(candles) : NaN
    return this.value
  }
}

/** Breakaway: a long candle, a gap, two more steps away, then one that closes inside the gap. 100, -100 or 0. TA-Lib CDLBREAKAWAY */
export class Cdlbreakaway {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? breakaway(candles) : NaN
    return this.value
  }
}

/** Closing marubozu: a long candle that closes at its very end. 100, -100 or 0. TA-Lib CDLCLOSINGMARUBOZU */
export class Cdlclosingmarubozu {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? closingMarubozu(candles) : NaN
    return this.value
  }
}

/** Concealing baby swallow: four black candles, the last swallowing the third whole. 100 or 0. TA-Lib CDLCONCEALBABYSWALL */
export class Cdlconcealbabyswall {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? concealingBabySwallow(candles) : NaN
    return this.value
  }
}

/** Counterattack: two long candles of opposite colours with the same close. 100, -100 or 0. TA-Lib CDLCOUNTERATTACK */
export class Cdlcounterattack {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? counterattack(candles) : NaN
    return this.value
  }
}

/** Dark cloud cover: after a long white candle a black one that opens above its high and closes within its body, deeper than penetration, a share of it. -100 or 0. TA-Lib CDLDARKCLOUDCOVER */
export class Cdldarkcloudcover {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.5) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? darkCloudCover(candles, this.penetration) : NaN
    return this.value
  }
}

/** Doji: open and close all but the same. 100 or 0, whatever the direction. TA-Lib CDLDOJI */
export class Cdldoji {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? doji(candles) : NaN
    return this.value
  }
}

/** Doji star: a long candle, then a doji that gaps away in its direction. 100, -100 or 0. TA-Lib CDLDOJISTAR */
export class Cdldojistar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? dojiStar(candles) : NaN
    return this.value
  }
}

/** Dragonfly doji: a doji at the top of its candle, with a lower shadow only. 100 or 0. TA-Lib CDLDRAGONFLYDOJI */
export class Cdldragonflydoji {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? dragonflyDoji(candles) : NaN
    return this.value
  }
}

/** Engulfing: a body that covers the opposite body before it. 100 or -100; 80 or -80 when one end is the same; else 0. TA-Lib CDLENGULFING */
export class Cdlengulfing {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? engulfing(candles) : NaN
    return this.value
  }
}

/** Evening doji star: a long white candle, a doji gapping up, and a black candle closing well within the first body: by penetration, a share of it. -100 or 0. TA-Lib CDLEVENINGDOJISTAR */
export class Cdleveningdojistar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.3) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? eveningDojiStar(candles, this.penetration) : NaN
    return this.value
  }
}

/** Evening star: a long white candle, a small one gapping up, and a black candle closing well within the first body: by penetration, a share of it. -100 or 0. TA-Lib CDLEVENINGSTAR */
export class Cdleveningstar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.3) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? eveningStar(candles, this.penetration) : NaN
    return this.value
  }
}

/** Side-by-side white lines: after a gap two white candles of like size and open. 100, -100 or 0. TA-Lib CDLGAPSIDESIDEWHITE */
export class Cdlgapsidesidewhite {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? gapSideBySideWhite(candles) : NaN
    return this.value
  }
}

/** Gravestone doji: a doji at the bottom of its candle, with an upper shadow only. 100 or 0. TA-Lib CDLGRAVESTONEDOJI */
export class Cdlgravestonedoji {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? gravestoneDoji(candles) : NaN
    return this.value
  }
}

/** Hammer: a small body on a long lower shadow, near the low of the candle before. 100 or 0. TA-Lib CDLHAMMER */
export class Cdlhammer {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? hammer(candles) : NaN
    return this.value
  }
}

/** Hanging man: a small body on a long lower shadow, near the high of the candle before. -100 or 0. TA-Lib CDLHANGINGMAN */
export class Cdlhangingman {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? hangingMan(candles) : NaN
    return this.value
  }
}

/** Harami: a small body inside the long one before. 100 or -100; 80 or -80 when one end is the same; else 0. TA-Lib CDLHARAMI */
export class Cdlharami {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? harami(candles) : NaN
    return this.value
  }
}

/** Harami cross: a doji inside the long body before. 100 or -100; 80 or -80 when one end is the same; else 0. TA-Lib CDLHARAMICROSS */
export class Cdlharamicross {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? haramiCross(candles) : NaN
    return this.value
  }
}

/** High wave: a small body between two very long shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLHIGHWAVE */
export class Cdlhighwave {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? highWave(candles) : NaN
    return this.value
  }
}

/** Hikkake: an inside candle whose break fails. 100 or -100 at the failing break; 200 or -200 when a close within the next three candles passes the other end of the inside candle; else 0. TA-Lib CDLHIKKAKE */
export class Cdlhikkake {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? hikkake(candles) : NaN
    return this.value
  }
}

/** Modified hikkake: as hikkake, with two inside candles, the first of which closes near its end. 100 or -100 at the failing break; 200 or -200 when it is confirmed within three candles; else 0. TA-Lib CDLHIKKAKEMOD */
export class Cdlhikkakemod {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? modifiedHikkake(candles) : NaN
    return this.value
  }
}

/** Homing pigeon: a small black body inside the long black one before. 100 or 0. TA-Lib CDLHOMINGPIGEON */
export class Cdlhomingpigeon {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? homingPigeon(candles) : NaN
    return this.value
  }
}

/** Identical three crows: three falling black candles, each opening at the close before. -100 or 0. TA-Lib CDLIDENTICAL3CROWS */
export class Cdlidentical3crows {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? identicalThreeCrows(candles) : NaN
    return this.value
  }
}

/** In-neck: after a long black candle a white one opens below its low and closes just at its close. -100 or 0. TA-Lib CDLINNECK */
export class Cdlinneck {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? inNeck(candles) : NaN
    return this.value
  }
}

/** Inverted hammer: a small body under a long upper shadow, gapping down. 100 or 0. TA-Lib CDLINVERTEDHAMMER */
export class Cdlinvertedhammer {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? invertedHammer(candles) : NaN
    return this.value
  }
}

/** Kicking: two marubozus of opposite colours with a gap between them. 100, -100 (the second's colour) or 0. TA-Lib CDLKICKING */
export class Cdlkicking {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? kicking(candles) : NaN
    return this.value
  }
}

/** Kicking by length: kicking, with the colour of the longer marubozu. 100, -100 or 0. TA-Lib CDLKICKINGBYLENGTH */
export class Cdlkickingbylength {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? kickingByLength(candles) : NaN
    return this.value
  }
}

/** Ladder bottom: four falling black candles, the last with an upper shadow, then a white one above it. 100 or 0. TA-Lib CDLLADDERBOTTOM */
export class Cdlladderbottom {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? ladderBottom(candles) : NaN
    return this.value
  }
}

/** Long-legged doji: a doji with a long shadow. 100 or 0. TA-Lib CDLLONGLEGGEDDOJI */
export class Cdllongleggeddoji {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? longLeggedDoji(candles) : NaN
    return this.value
  }
}

/** Long line: a long body with short shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLLONGLINE */
export class Cdllongline {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? longLine(candles) : NaN
    return this.value
  }
}

/** Marubozu: a long body with next to no shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLMARUBOZU */
export class Cdlmarubozu {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? marubozu(candles) : NaN
    return this.value
  }
}

/** Matching low: two black candles with the same close. 100 or 0. TA-Lib CDLMATCHINGLOW */
export class Cdlmatchinglow {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? matchingLow(candles) : NaN
    return this.value
  }
}

/** Mat hold: a long white candle, three small ones falling back after a gap but by less than penetration, a share of the first body, and a white candle above them all. 100 or 0. TA-Lib CDLMATHOLD */
export class Cdlmathold {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.5) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? matHold(candles, this.penetration) : NaN
    return this.value
  }
}

/** Morning doji star: a long black candle, a doji gapping down, and a white candle closing well within the first body: by penetration, a share of it. 100 or 0. TA-Lib CDLMORNINGDOJISTAR */
export class Cdlmorningdojistar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.3) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? morningDojiStar(candles, this.penetration) : NaN
    return this.value
  }
}

/** Morning star: a long black candle, a small one gapping down, and a white candle closing well within the first body: by penetration, a share of it. 100 or 0. TA-Lib CDLMORNINGSTAR */
export class Cdlmorningstar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())
  private readonly penetration: f64

  constructor(penetration: f64 = 0.3) {
    this.penetration = penetration
  }

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? morningStar(candles, this.penetration) : NaN
    return this.value
  }
}

/** On-neck: after a long black candle a white one opens below its low and closes at that low. -100 or 0. TA-Lib CDLONNECK */
export class Cdlonneck {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? onNeck(candles) : NaN
    return this.value
  }
}

/** Piercing line: after a long black candle a long white one opens below its low and closes above its middle. 100 or 0. TA-Lib CDLPIERCING */
export class Cdlpiercing {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? piercing(candles) : NaN
    return this.value
  }
}

/** Rickshaw man: a doji in the middle of two long shadows. 100 or 0. TA-Lib CDLRICKSHAWMAN */
export class Cdlrickshawman {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? rickshawMan(candles) : NaN
    return this.value
  }
}

/** Rising and falling three methods: a long candle, three small ones against it within its range, and a long one that goes on. 100, -100 or 0. TA-Lib CDLRISEFALL3METHODS */
export class Cdlrisefall3methods {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? risingFallingThreeMethods(candles) : NaN
    return this.value
  }
}

/** Separating lines: two candles of opposite colours with the same open, the second a belt hold. 100, -100 or 0. TA-Lib CDLSEPARATINGLINES */
export class Cdlseparatinglines {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? separatingLines(candles) : NaN
    return this.value
  }
}

/** Shooting star: a small body under a long upper shadow, gapping up. -100 or 0. TA-Lib CDLSHOOTINGSTAR */
export class Cdlshootingstar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? shootingStar(candles) : NaN
    return this.value
  }
}

/** Short line: a small body with short shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLSHORTLINE */
export class Cdlshortline {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? shortLine(candles) : NaN
    return this.value
  }
}

/** Spinning top: a small body between shadows longer than itself. 100, -100 (the candle's colour) or 0. TA-Lib CDLSPINNINGTOP */
export class Cdlspinningtop {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? spinningTop(candles) : NaN
    return this.value
  }
}

/** Stalled pattern: two long rising white candles and a small one on the second's shoulder. -100 or 0. TA-Lib CDLSTALLEDPATTERN */
export class Cdlstalledpattern {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? stalledPattern(candles) : NaN
    return this.value
  }
}

/** Stick sandwich: a white candle between two black ones with the same close. 100 or 0. TA-Lib CDLSTICKSANDWICH */
export class Cdlsticksandwich {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? stickSandwich(candles) : NaN
    return this.value
  }
}

/** Takuri: a dragonfly doji with a very long lower shadow. 100 or 0. TA-Lib CDLTAKURI */
export class Cdltakuri {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? takuri(candles) : NaN
    return this.value
  }
}

/** Tasuki gap: a gap, and a candle of like size that falls back into it without closing it. 100, -100 or 0. TA-Lib CDLTASUKIGAP */
export class Cdltasukigap {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? tasukiGap(candles) : NaN
    return this.value
  }
}

/** Thrusting: after a long black candle a white one from below its low into the lower half of its body. -100 or 0. TA-Lib CDLTHRUSTING */
export class Cdlthrusting {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? thrusting(candles) : NaN
    return this.value
  }
}

/** Tristar: three dojis, the middle one gapping away from the others. 100, -100 or 0. TA-Lib CDLTRISTAR */
export class Cdltristar {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? tristar(candles) : NaN
    return this.value
  }
}

/** Unique three river: a long black candle, a black harami with a lower low, a small white one above that low. 100 or 0. TA-Lib CDLUNIQUE3RIVER */
export class Cdlunique3river {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? uniqueThreeRiver(candles) : NaN
    return this.value
  }
}

/** Upside gap two crows: a long white candle, a small black one above a gap, a black one around that. -100 or 0. TA-Lib CDLUPSIDEGAP2CROWS */
export class Cdlupsidegap2crows {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? upsideGapTwoCrows(candles) : NaN
    return this.value
  }
}

/** Upside and downside gap three methods: two candles with a gap, and a third from the second's body into the first's. 100, -100 or 0. TA-Lib CDLXSIDEGAP3METHODS */
export class Cdlxsidegap3methods {
  value: f64 = NaN
  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())

  @inline
  next(candle: Candle): f64 {
    const candles = changetype<RecentCandles>(changetype<usize>(this.state))
    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)
    this.value = isWhole ? sideGapThreeMethods(candles) : NaN
    return this.value
  }
}
