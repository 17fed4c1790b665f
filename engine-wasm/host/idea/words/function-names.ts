import { functionFamilies } from "../../strategy/formula/function-catalogue.ts"
import { functionTitle } from "../../strategy/functions/function-titles.ts"
import type { PhraseBook } from "./phrase-book.ts"

/** What functions of the formula language are called in every language. */
const ordinaryNames: Record<string, string> = {
  sma: "sma, smas, mms, mma, gd, simple moving average, simple moving averages, simple average, arithmetic average",
  ema: "ema, emas, mme, mmes, expma, exponential moving average, exponential moving averages, exponential average",
  wma: "wma, lwma, weighted moving average, linear weighted average",
  dema: "dema, double exponential moving average",
  tema: "tema, triple exponential moving average",
  trima: "trima, triangular moving average",
  kama: "kama, kaufman*, kaufman adaptive moving average",
  hma: "hma, hull, hull moving average, hull ma",
  rma: "rma, smma, smoothed moving average, wilder average, wilders average",
  vwma: "vwma, volume weighted moving average",
  t3: "t3, tillson",
  mama: "mama, mesa adaptive",
  vwap: "vwap, volume weighted average price",
  linreg: "linreg, linear regression, regression line, lsma",
  linregSlope: "linear regression slope, regression slope",
  tsf: "time series forecast",
  htTrendline: "hilbert trendline, instantaneous trendline",
  rsi: "rsi, ifr, relative strength index, rsi indicator",
  cmo: "cmo, chande momentum oscillator",
  mom: "mom, momentum indicator, momentum oscillator",
  roc: "roc, rate of change",
  trix: "trix",
  macd: "macd, moving average convergence divergence",
  ppo: "ppo, percentage price oscillator",
  apo: "apo, absolute price oscillator",
  stoch:
    "stoch, stochastic*, slow stochastic, stochastic oscillator, stochastic slow, stochs, sto, stochastik*, stochastique*, estocastico*, estocástico*, stocastico, стохастик*, stokastik*, stochastyczny, 随机指标, 隨機指標, kdj, ストキャスティクス, 스토캐스틱",
  "stoch.k": "%k, k line, k-line, percent k",
  "stoch.d": "%d, d line, d-line, percent d",
  stochf: "fast stochastic, stochastic fast, stochf",
  stochRsi: "stochrsi, stoch rsi, stochastic rsi, srsi, rsi stochastic, rsi stoch",
  cci: "cci, commodity channel index, commodity channel",
  willr: "williams %r, williams r, williams percent r, willr, %r, williams, wpr, will %r",
  mfi: "mfi, money flow index, money flow",
  ultosc: "ultimate oscillator, ultosc, ultimate",
  bop: "bop, balance of power",
  aroon: "aroon",
  aroonosc: "aroon oscillator, aroonosc",
  ao: "awesome oscillator, ao, awesome",
  tsi: "tsi, true strength index",
  adx: "adx, average directional index, average directional movement index",
  adxr: "adxr",
  dx: "dx, directional index",
  plusDi: "+di, plus di, di+, di plus, positive directional indicator, plusdi",
  minusDi: "-di, minus di, di-, di minus, negative directional indicator, minusdi",
  sar: "sar, parabolic sar, psar, parabolic, p-sar",
  supertrend: "supertrend, super trend",
  ichimoku: "ichimoku*, ichi",
  atr: "atr, average true range",
  natr: "natr, normalized atr",
  trange: "true range",
  bbands:
    "bollinger*, bollinger bands, bollinger band, bb, bbs, bbands, boll, 布林, 布林带, 布林帶, 布林线, 布林線, 布林通道, 保力加通道, ボリンジャー, ボリンジャーバンド, 볼린저, 볼린저 밴드",
  keltner: "keltner*, keltner channel, keltner channels, kc",
  donchian: "donchian*, donchian channel, donchian channels",
  choppiness: "choppiness*, choppiness index, chop index",
  obv: "obv, on balance volume",
  ad: "accumulation distribution, accumulation/distribution, a/d line",
  adosc: "chaikin oscillator",
  cmf: "cmf, chaikin money flow",
  forceIndex: "force index, elder force index",
  zscore: "z-score, zscore, z score",
  percentRank: "percent rank, percentile rank, percentile",
}

/** Candle patterns by the names TA-Lib's do not cover. */
const patternNames: Record<string, string> = {
  cdlengulfing: "engulfing, engulf*, outside bar, outside candle",
  cdlhammer: "hammer*, pin bar, pinbar, pin bars",
  cdlshootingstar: "shooting star*",
  cdlinvertedhammer: "inverted hammer",
  cdldoji: "doji, dojis",
  cdlharami: "harami",
  cdlmorningstar: "morning star",
  cdleveningstar: "evening star",
  cdl3whitesoldiers: "three white soldiers, 3 white soldiers, three soldiers, white soldiers",
  cdl3blackcrows: "three black crows, 3 black crows, three crows, black crows",
  cdlpiercing: "piercing line, piercing pattern, piercing",
  cdldarkcloudcover: "dark cloud cover, dark cloud",
  cdlmarubozu: "marubozu",
  cdlhangingman: "hanging man",
  cdlspinningtop: "spinning top",
}

/** Titles that are ordinary words, and functions no sentence names. */
const notByTitle = new Set(["Maths", "Crossing and time", "Statistics", "Price of a candle"])

/** Adds every function and candle pattern to a phrase book. */
export function addFunctionNames(book: PhraseBook) {
  for (const [detail, phrases] of Object.entries(ordinaryNames))
    for (const phrase of phrases.split(", ")) book.add(phrase, { concept: "function", detail })
  for (const [detail, phrases] of Object.entries(patternNames))
    for (const phrase of phrases.split(", ")) book.add(phrase, { concept: "pattern", detail })
  for (const { title, functions } of functionFamilies) {
    if (notByTitle.has(title)) continue
    const concept = title === "Candle patterns" ? "pattern" : "function"
    for (const { name } of functions) {
      if (concept === "pattern" || !ordinaryWords.has(name))
        book.add(functionTitle(name).toLowerCase(), { concept, detail: name })
      if (name.length > 3) book.add(name.toLowerCase(), { concept, detail: name })
    }
  }
}

const ordinaryWords = new Set(["sma", "mom", "ma", "bop", "t3", "htTrendMode"])
