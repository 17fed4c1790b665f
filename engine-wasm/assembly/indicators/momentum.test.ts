import { describe, expect, test } from "vitest"
import { momentum } from "../../host/functions/momentum.ts"
import { tellLaws } from "../../testing/law-stories.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { expectTalib, talibVectors, type TalibTwin } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness("momentum")
const vectors = talibVectors()
const candles = randomCandles(6_000)
const spec = (name: string) => momentum.find((one) => one.name === name)!
const twin = (talib: string, name: string, more: Partial<TalibTwin> = {}): TalibTwin => ({ talib, spec: spec(name), ...more })

const twins: TalibTwin[] = [
  twin("RSI", "rsi"), twin("CMO", "cmo"), twin("MOM", "mom"), twin("ROC", "roc"), twin("ROCP", "rocp"), twin("ROCR", "rocr"),
  twin("ROCR100", "rocr100"), twin("TRIX", "trix"), twin("PPO", "ppo"), twin("APO", "apo", { floor: 1 }), twin("CCI", "cci"), twin("WILLR", "willr"),
  twin("MFI", "mfi"), twin("ULTOSC", "ultosc"), twin("BOP", "bop"), twin("AROONOSC", "aroonosc"),
  twin("AROON", "aroon", { outputs: ["aroonUp", "aroonDown"] }),
  twin("MACD", "macd", { outputs: ["macd", "signal", "hist"] }),
  twin("STOCH", "stoch", { numbers: (p) => [p["fastK_Period"]!, p["slowK_Period"]!, p["slowD_Period"]!, p["slowK_MAType"] ?? 0] }),
  twin("STOCHF", "stochf", { numbers: (p) => [p["fastK_Period"]!, p["fastD_Period"]!, p["fastD_MAType"] ?? 0] }),
  twin("STOCHRSI", "stochRsi"),
]

describe.skipIf(!vectors)("momentum equals TA-Lib's", () => {
  test.for(twins)("$talib", (one) => expect(expectTalib(harness, vectors!, one)).toBeGreaterThan(0))
})

tellLaws(harness, momentum, { columns: candles, scale: 100 })
