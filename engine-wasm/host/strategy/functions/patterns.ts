import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionArgument, FunctionSpec } from "../formula/function-spec.ts"

/**
 * TA-Lib's 61 candle patterns with its default candle settings: 100 bullish, -100 bearish, 0 none (some know 80 and
 * 200 too).
 */
export const patterns: FunctionSpec[] = [
  pattern(
    "cdl2crows",
    "Two crows: a long white candle, a black one gapping up, a black one closing inside the first. -100 or 0. TA-Lib CDL2CROWS",
    12,
  ),
  pattern(
    "cdl3blackcrows",
    "Three black crows: after a white candle three falling black ones that close at their lows. -100 or 0. TA-Lib CDL3BLACKCROWS",
    13,
  ),
  pattern(
    "cdl3inside",
    "Three inside up and down: a harami, confirmed by a third candle closing beyond the first's open. 100, -100 or 0. TA-Lib CDL3INSIDE",
    12,
  ),
  pattern(
    "cdl3linestrike",
    "Three-line strike: three candles of one colour in a row, then one that takes it all back. 100, -100 or 0. TA-Lib CDL3LINESTRIKE",
    8,
  ),
  pattern(
    "cdl3outside",
    "Three outside up and down: a body engulfs the one before, and the next candle goes on. 100, -100 or 0. TA-Lib CDL3OUTSIDE",
    3,
  ),
  pattern(
    "cdl3starsinsouth",
    "Three stars in the south: three black candles, each smaller, the last without shadows. 100 or 0. TA-Lib CDL3STARSINSOUTH",
    12,
  ),
  pattern(
    "cdl3whitesoldiers",
    "Three white soldiers: three rising white candles that close at their highs. 100 or 0. TA-Lib CDL3WHITESOLDIERS",
    12,
  ),
  pattern(
    "cdlabandonedbaby",
    "Abandoned baby: a long candle, a doji with gaps on both sides, and a candle that closes well within the first body: by penetration, a share of it. 100, -100 or 0. TA-Lib CDLABANDONEDBABY",
    12,
    [penetration(0.3)],
  ),
  pattern(
    "cdladvanceblock",
    "Advance block: three rising white candles that lose strength. -100 or 0. TA-Lib CDLADVANCEBLOCK",
    12,
  ),
  pattern("cdlbelthold", "Belt hold: a long candle that opens at its very end. 100, -100 or 0. TA-Lib CDLBELTHOLD", 10),
  pattern(
    "cdlbreakaway",
    "Breakaway: a long candle, a gap, two more steps away, then one that closes inside the gap. 100, -100 or 0. TA-Lib CDLBREAKAWAY",
    14,
  ),
  pattern(
    "cdlclosingmarubozu",
    "Closing marubozu: a long candle that closes at its very end. 100, -100 or 0. TA-Lib CDLCLOSINGMARUBOZU",
    10,
  ),
  pattern(
    "cdlconcealbabyswall",
    "Concealing baby swallow: four black candles, the last swallowing the third whole. 100 or 0. TA-Lib CDLCONCEALBABYSWALL",
    13,
  ),
  pattern(
    "cdlcounterattack",
    "Counterattack: two long candles of opposite colours with the same close. 100, -100 or 0. TA-Lib CDLCOUNTERATTACK",
    11,
  ),
  pattern(
    "cdldarkcloudcover",
    "Dark cloud cover: after a long white candle a black one that opens above its high and closes within its body, deeper than penetration, a share of it. -100 or 0. TA-Lib CDLDARKCLOUDCOVER",
    11,
    [penetration(0.5)],
  ),
  pattern("cdldoji", "Doji: open and close all but the same. 100 or 0, whatever the direction. TA-Lib CDLDOJI", 10),
  pattern(
    "cdldojistar",
    "Doji star: a long candle, then a doji that gaps away in its direction. 100, -100 or 0. TA-Lib CDLDOJISTAR",
    11,
  ),
  pattern(
    "cdldragonflydoji",
    "Dragonfly doji: a doji at the top of its candle, with a lower shadow only. 100 or 0. TA-Lib CDLDRAGONFLYDOJI",
    10,
  ),
  pattern(
    "cdlengulfing",
    "Engulfing: a body that covers the opposite body before it. 100 or -100; 80 or -80 when one end is the same; else 0. TA-Lib CDLENGULFING",
    2,
  ),
  pattern(
    "cdleveningdojistar",
    "Evening doji star: a long white candle, a doji gapping up, and a black candle closing well within the first body: by penetration, a share of it. -100 or 0. TA-Lib CDLEVENINGDOJISTAR",
    12,
    [penetration(0.3)],
  ),
  pattern(
    "cdleveningstar",
    "Evening star: a long white candle, a small one gapping up, and a black candle closing well within the first body: by penetration, a share of it. -100 or 0. TA-Lib CDLEVENINGSTAR",
    12,
    [penetration(0.3)],
  ),
  pattern(
    "cdlgapsidesidewhite",
    "Side-by-side white lines: after a gap two white candles of like size and open. 100, -100 or 0. TA-Lib CDLGAPSIDESIDEWHITE",
    7,
  ),
  pattern(
    "cdlgravestonedoji",
    "Gravestone doji: a doji at the bottom of its candle, with an upper shadow only. 100 or 0. TA-Lib CDLGRAVESTONEDOJI",
    10,
  ),
  pattern(
    "cdlhammer",
    "Hammer: a small body on a long lower shadow, near the low of the candle before. 100 or 0. TA-Lib CDLHAMMER",
    11,
  ),
  pattern(
    "cdlhangingman",
    "Hanging man: a small body on a long lower shadow, near the high of the candle before. -100 or 0. TA-Lib CDLHANGINGMAN",
    11,
  ),
  pattern(
    "cdlharami",
    "Harami: a small body inside the long one before. 100 or -100; 80 or -80 when one end is the same; else 0. TA-Lib CDLHARAMI",
    11,
  ),
  pattern(
    "cdlharamicross",
    "Harami cross: a doji inside the long body before. 100 or -100; 80 or -80 when one end is the same; else 0. TA-Lib CDLHARAMICROSS",
    11,
  ),
  pattern(
    "cdlhighwave",
    "High wave: a small body between two very long shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLHIGHWAVE",
    10,
  ),
  pattern(
    "cdlhikkake",
    "Hikkake: an inside candle whose break fails. 100 or -100 at the failing break; 200 or -200 when a close within the next three candles passes the other end of the inside candle; else 0. TA-Lib CDLHIKKAKE",
    5,
  ),
  pattern(
    "cdlhikkakemod",
    "Modified hikkake: as hikkake, with two inside candles, the first of which closes near its end. 100 or -100 at the failing break; 200 or -200 when it is confirmed within three candles; else 0. TA-Lib CDLHIKKAKEMOD",
    10,
  ),
  pattern(
    "cdlhomingpigeon",
    "Homing pigeon: a small black body inside the long black one before. 100 or 0. TA-Lib CDLHOMINGPIGEON",
    11,
  ),
  pattern(
    "cdlidentical3crows",
    "Identical three crows: three falling black candles, each opening at the close before. -100 or 0. TA-Lib CDLIDENTICAL3CROWS",
    12,
  ),
  pattern(
    "cdlinneck",
    "In-neck: after a long black candle a white one opens below its low and closes just at its close. -100 or 0. TA-Lib CDLINNECK",
    11,
  ),
  pattern(
    "cdlinvertedhammer",
    "Inverted hammer: a small body under a long upper shadow, gapping down. 100 or 0. TA-Lib CDLINVERTEDHAMMER",
    11,
  ),
  pattern(
    "cdlkicking",
    "Kicking: two marubozus of opposite colours with a gap between them. 100, -100 (the second's colour) or 0. TA-Lib CDLKICKING",
    11,
  ),
  pattern(
    "cdlkickingbylength",
    "Kicking by length: kicking, with the colour of the longer marubozu. 100, -100 or 0. TA-Lib CDLKICKINGBYLENGTH",
    11,
  ),
  pattern(
    "cdlladderbottom",
    "Ladder bottom: four falling black candles, the last with an upper shadow, then a white one above it. 100 or 0. TA-Lib CDLLADDERBOTTOM",
    14,
  ),
  pattern("cdllongleggeddoji", "Long-legged doji: a doji with a long shadow. 100 or 0. TA-Lib CDLLONGLEGGEDDOJI", 10),
  pattern(
    "cdllongline",
    "Long line: a long body with short shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLLONGLINE",
    10,
  ),
  pattern(
    "cdlmarubozu",
    "Marubozu: a long body with next to no shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLMARUBOZU",
    10,
  ),
  pattern("cdlmatchinglow", "Matching low: two black candles with the same close. 100 or 0. TA-Lib CDLMATCHINGLOW", 6),
  pattern(
    "cdlmathold",
    "Mat hold: a long white candle, three small ones falling back after a gap but by less than penetration, a share of the first body, and a white candle above them all. 100 or 0. TA-Lib CDLMATHOLD",
    14,
    [penetration(0.5)],
  ),
  pattern(
    "cdlmorningdojistar",
    "Morning doji star: a long black candle, a doji gapping down, and a white candle closing well within the first body: by penetration, a share of it. 100 or 0. TA-Lib CDLMORNINGDOJISTAR",
    12,
    [penetration(0.3)],
  ),
  pattern(
    "cdlmorningstar",
    "Morning star: a long black candle, a small one gapping down, and a white candle closing well within the first body: by penetration, a share of it. 100 or 0. TA-Lib CDLMORNINGSTAR",
    12,
    [penetration(0.3)],
  ),
  pattern(
    "cdlonneck",
    "On-neck: after a long black candle a white one opens below its low and closes at that low. -100 or 0. TA-Lib CDLONNECK",
    11,
  ),
  pattern(
    "cdlpiercing",
    "Piercing line: after a long black candle a long white one opens below its low and closes above its middle. 100 or 0. TA-Lib CDLPIERCING",
    11,
  ),
  pattern(
    "cdlrickshawman",
    "Rickshaw man: a doji in the middle of two long shadows. 100 or 0. TA-Lib CDLRICKSHAWMAN",
    10,
  ),
  pattern(
    "cdlrisefall3methods",
    "Rising and falling three methods: a long candle, three small ones against it within its range, and a long one that goes on. 100, -100 or 0. TA-Lib CDLRISEFALL3METHODS",
    14,
  ),
  pattern(
    "cdlseparatinglines",
    "Separating lines: two candles of opposite colours with the same open, the second a belt hold. 100, -100 or 0. TA-Lib CDLSEPARATINGLINES",
    11,
  ),
  pattern(
    "cdlshootingstar",
    "Shooting star: a small body under a long upper shadow, gapping up. -100 or 0. TA-Lib CDLSHOOTINGSTAR",
    11,
  ),
  pattern(
    "cdlshortline",
    "Short line: a small body with short shadows. 100, -100 (the candle's colour) or 0. TA-Lib CDLSHORTLINE",
    10,
  ),
  pattern(
    "cdlspinningtop",
    "Spinning top: a small body between shadows longer than itself. 100, -100 (the candle's colour) or 0. TA-Lib CDLSPINNINGTOP",
    10,
  ),
  pattern(
    "cdlstalledpattern",
    "Stalled pattern: two long rising white candles and a small one on the second's shoulder. -100 or 0. TA-Lib CDLSTALLEDPATTERN",
    12,
  ),
  pattern(
    "cdlsticksandwich",
    "Stick sandwich: a white candle between two black ones with the same close. 100 or 0. TA-Lib CDLSTICKSANDWICH",
    7,
  ),
  pattern("cdltakuri", "Takuri: a dragonfly doji with a very long lower shadow. 100 or 0. TA-Lib CDLTAKURI", 10),
  pattern(
    "cdltasukigap",
    "Tasuki gap: a gap, and a candle of like size that falls back into it without closing it. 100, -100 or 0. TA-Lib CDLTASUKIGAP",
    7,
  ),
  pattern(
    "cdlthrusting",
    "Thrusting: after a long black candle a white one from below its low into the lower half of its body. -100 or 0. TA-Lib CDLTHRUSTING",
    11,
  ),
  pattern(
    "cdltristar",
    "Tristar: three dojis, the middle one gapping away from the others. 100, -100 or 0. TA-Lib CDLTRISTAR",
    12,
  ),
  pattern(
    "cdlunique3river",
    "Unique three river: a long black candle, a black harami with a lower low, a small white one above that low. 100 or 0. TA-Lib CDLUNIQUE3RIVER",
    12,
  ),
  pattern(
    "cdlupsidegap2crows",
    "Upside gap two crows: a long white candle, a small black one above a gap, a black one around that. -100 or 0. TA-Lib CDLUPSIDEGAP2CROWS",
    12,
  ),
  pattern(
    "cdlxsidegap3methods",
    "Upside and downside gap three methods: two candles with a gap, and a third from the second's body into the first's. 100, -100 or 0. TA-Lib CDLXSIDEGAP3METHODS",
    2,
  ),
]

function pattern(name: keyof typeof Op, doc: string, readyAfter: number, args: FunctionArgument[] = []): FunctionSpec {
  return {
    name,
    op: Op[name],
    doc,
    candle: ["open", "high", "low", "close"],
    arguments: args,
    outputs: [],
    readyAfter: () => readyAfter,
    settledAfter: () => readyAfter,
  }
}

function penetration(share: number): FunctionArgument {
  return { name: "penetration", kind: "number", default: share, min: 0, max: 100 }
}
