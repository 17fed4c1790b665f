import { Op } from "../../../assembly/operators/opcode.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"

/** What each pattern is, by how many earlier candles it needs. */
const patternsAfter: Record<number, Partial<Record<keyof typeof Op, string>>> = {
  2: {
    cdlengulfing:
      "Engulfing: a body that covers the opposite body before it. 100 or -100; 80 or -80 when one end is the same; else 0.",
    cdlxsidegap3methods:
      "Upside and downside gap three methods: two candles with a gap, and a third from the second's body into the first's. 100, -100 or 0.",
  },
  3: {
    cdl3outside:
      "Three outside up and down: a body engulfs the one before, and the next candle goes on. 100, -100 or 0.",
  },
  5: {
    cdlhikkake:
      "Hikkake: an inside candle whose break fails. 100 or -100 at the failing break; 200 or -200 when a close within the next three candles passes the other end of the inside candle; else 0.",
  },
  6: {
    cdlmatchinglow: "Matching low: two black candles with the same close. 100 or 0.",
  },
  7: {
    cdlgapsidesidewhite:
      "Side-by-side white lines: after a gap two white candles of like size and open. 100, -100 or 0.",
    cdlsticksandwich: "Stick sandwich: a white candle between two black ones with the same close. 100 or 0.",
    cdltasukigap:
      "Tasuki gap: a gap, and a candle of like size that falls back into it without closing it. 100, -100 or 0.",
  },
  8: {
    cdl3linestrike:
      "Three-line strike: three candles of one colour in a row, then one that takes it all back. 100, -100 or 0.",
  },
  10: {
    cdlbelthold: "Belt hold: a long candle that opens at its very end. 100, -100 or 0.",
    cdlclosingmarubozu: "Closing marubozu: a long candle that closes at its very end. 100, -100 or 0.",
    cdldoji: "Doji: open and close all but the same. 100 or 0, whatever the direction.",
    cdldragonflydoji: "Dragonfly doji: a doji at the top of its candle, with a lower shadow only. 100 or 0.",
    cdlgravestonedoji: "Gravestone doji: a doji at the bottom of its candle, with an upper shadow only. 100 or 0.",
    cdlhighwave: "High wave: a small body between two very long shadows. 100, -100 (the candle's colour) or 0.",
    cdlhikkakemod:
      "Modified hikkake: as hikkake, with two inside candles, the first of which closes near its end. 100 or -100 at the failing break; 200 or -200 when it is confirmed within three candles; else 0.",
    cdllongleggeddoji: "Long-legged doji: a doji with a long shadow. 100 or 0.",
    cdllongline: "Long line: a long body with short shadows. 100, -100 (the candle's colour) or 0.",
    cdlmarubozu: "Marubozu: a long body with next to no shadows. 100, -100 (the candle's colour) or 0.",
    cdlrickshawman: "Rickshaw man: a doji in the middle of two long shadows. 100 or 0.",
    cdlshortline: "Short line: a small body with short shadows. 100, -100 (the candle's colour) or 0.",
    cdlspinningtop:
      "Spinning top: a small body between shadows longer than itself. 100, -100 (the candle's colour) or 0.",
    cdltakuri: "Takuri: a dragonfly doji with a very long lower shadow. 100 or 0.",
  },
  11: {
    cdlcounterattack: "Counterattack: two long candles of opposite colours with the same close. 100, -100 or 0.",
    cdldarkcloudcover:
      "Dark cloud cover: after a long white candle a black one that opens above its high and closes within its body, deeper than penetration, a share of it. -100 or 0.",
    cdldojistar: "Doji star: a long candle, then a doji that gaps away in its direction. 100, -100 or 0.",
    cdlhammer: "Hammer: a small body on a long lower shadow, near the low of the candle before. 100 or 0.",
    cdlhangingman: "Hanging man: a small body on a long lower shadow, near the high of the candle before. -100 or 0.",
    cdlharami:
      "Harami: a small body inside the long one before. 100 or -100; 80 or -80 when one end is the same; else 0.",
    cdlharamicross:
      "Harami cross: a doji inside the long body before. 100 or -100; 80 or -80 when one end is the same; else 0.",
    cdlhomingpigeon: "Homing pigeon: a small black body inside the long black one before. 100 or 0.",
    cdlinneck:
      "In-neck: after a long black candle a white one opens below its low and closes just at its close. -100 or 0.",
    cdlinvertedhammer: "Inverted hammer: a small body under a long upper shadow, gapping down. 100 or 0.",
    cdlkicking:
      "Kicking: two marubozus of opposite colours with a gap between them. 100, -100 (the second's colour) or 0.",
    cdlkickingbylength: "Kicking by length: kicking, with the colour of the longer marubozu. 100, -100 or 0.",
    cdlonneck: "On-neck: after a long black candle a white one opens below its low and closes at that low. -100 or 0.",
    cdlpiercing:
      "Piercing line: after a long black candle a long white one opens below its low and closes above its middle. 100 or 0.",
    cdlseparatinglines:
      "Separating lines: two candles of opposite colours with the same open, the second a belt hold. 100, -100 or 0.",
    cdlshootingstar: "Shooting star: a small body under a long upper shadow, gapping up. -100 or 0.",
    cdlthrusting:
      "Thrusting: after a long black candle a white one from below its low into the lower half of its body. -100 or 0.",
  },
  12: {
    cdl2crows:
      "Two crows: a long white candle, a black one gapping up, a black one closing inside the first. -100 or 0.",
    cdl3inside:
      "Three inside up and down: a harami, confirmed by a third candle closing beyond the first's open. 100, -100 or 0.",
    cdl3starsinsouth:
      "Three stars in the south: three black candles, each smaller, the last without shadows. 100 or 0.",
    cdl3whitesoldiers: "Three white soldiers: three rising white candles that close at their highs. 100 or 0.",
    cdlabandonedbaby:
      "Abandoned baby: a long candle, a doji with gaps on both sides, and a candle that closes well within the first body: by penetration, a share of it. 100, -100 or 0.",
    cdladvanceblock: "Advance block: three rising white candles that lose strength. -100 or 0.",
    cdleveningdojistar:
      "Evening doji star: a long white candle, a doji gapping up, and a black candle closing well within the first body: by penetration, a share of it. -100 or 0.",
    cdleveningstar:
      "Evening star: a long white candle, a small one gapping up, and a black candle closing well within the first body: by penetration, a share of it. -100 or 0.",
    cdlidentical3crows:
      "Identical three crows: three falling black candles, each opening at the close before. -100 or 0.",
    cdlmorningdojistar:
      "Morning doji star: a long black candle, a doji gapping down, and a white candle closing well within the first body: by penetration, a share of it. 100 or 0.",
    cdlmorningstar:
      "Morning star: a long black candle, a small one gapping down, and a white candle closing well within the first body: by penetration, a share of it. 100 or 0.",
    cdlstalledpattern:
      "Stalled pattern: two long rising white candles and a small one on the second's shoulder. -100 or 0.",
    cdltristar: "Tristar: three dojis, the middle one gapping away from the others. 100, -100 or 0.",
    cdlunique3river:
      "Unique three river: a long black candle, a black harami with a lower low, a small white one above that low. 100 or 0.",
    cdlupsidegap2crows:
      "Upside gap two crows: a long white candle, a small black one above a gap, a black one around that. -100 or 0.",
  },
  13: {
    cdl3blackcrows:
      "Three black crows: after a white candle three falling black ones that close at their lows. -100 or 0.",
    cdlconcealbabyswall: "Concealing baby swallow: four black candles, the last swallowing the third whole. 100 or 0.",
  },
  14: {
    cdlbreakaway:
      "Breakaway: a long candle, a gap, two more steps away, then one that closes inside the gap. 100, -100 or 0.",
    cdlladderbottom:
      "Ladder bottom: four falling black candles, the last with an upper shadow, then a white one above it. 100 or 0.",
    cdlmathold:
      "Mat hold: a long white candle, three small ones falling back after a gap but by less than penetration, a share of the first body, and a white candle above them all. 100 or 0.",
    cdlrisefall3methods:
      "Rising and falling three methods: a long candle, three small ones against it within its range, and a long one that goes on. 100, -100 or 0.",
  },
}

/** The share of the first body that the last candle must reach, in patterns that need one. */
const penetrations: Partial<Record<string, number>> = {
  cdlabandonedbaby: 0.3,
  cdldarkcloudcover: 0.5,
  cdleveningdojistar: 0.3,
  cdleveningstar: 0.3,
  cdlmathold: 0.5,
  cdlmorningdojistar: 0.3,
  cdlmorningstar: 0.3,
}

/**
 * TA-Lib's 61 candle patterns with its default candle settings: 100 bullish, -100 bearish, 0 none (a few have 80 and
 * 200 too).
 */
export const patterns: FunctionSpec[] = Object.entries(patternsAfter)
  .flatMap(([candles, docs]) =>
    Object.entries(docs).map(([name, doc]) => pattern(name as keyof typeof Op, doc, Number(candles))),
  )
  .sort((a, b) => a.op - b.op)

function pattern(name: keyof typeof Op, doc: string, earlier: number): FunctionSpec {
  const share = penetrations[name]
  return {
    name,
    op: Op[name],
    doc: `${doc} TA-Lib ${name.toUpperCase()}`,
    candle: ["open", "high", "low", "close"],
    arguments: share === undefined ? [] : [{ name: "penetration", kind: "number", default: share, min: 0, max: 100 }],
    outputs: [],
    ticks: "price",
    readyAfter: () => earlier,
    settledAfter: () => earlier,
  }
}
