import { readFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { FEWEST_FORECASTS, type ForecastCard } from "#engine/result"
import { loadEngine, trainForecast, type ForecastRequest } from "#engine/run"
import { autoregressiveMarket } from "../engine-wasm/testing/autoregressive-market.ts"
import { projectPath } from "../scripts/project-path.ts"

// `npm run signals:proof -- --seeds 200`: how often the card claims skill where there is none, or to be worse than a coin,
// and finds it where it was planted. Made-up markets only, each by its seed.

const { values } = parseArgs({ options: { seeds: { type: "string", default: "100" } } })
const engine = await loadEngine(await readFile(projectPath("engine-wasm/build/engine.wasm")))

type Kind = ForecastRequest["kind"]
type Story = {
  name: string
  market: Omit<Parameters<typeof autoregressiveMarket>[0], "seed">
  asked: Pick<ForecastRequest, "kind" | "target" | "horizonCandles">
}

const asked = (kind: Kind, horizonCandles: number, target: ForecastRequest["target"] = "direction") => ({
  kind,
  target,
  horizonCandles,
})
// At 24 ahead so many give about 130 forecasts that do not overlap; with fewer than 100 no card could claim anything.
const walk = { candles: 5_200, pull: 0 }
const rising = { candles: 5_200, pull: 0, drift: 0.0008 }

const stories: Story[] = [
  ...[1, 4, 24].map((ahead) => ({ name: "random walk", market: walk, asked: asked("logistic", ahead) })),
  { name: "random walk", market: walk, asked: asked("ridge", 24, "return") },
  { name: "random walk", market: walk, asked: asked("ridge", 24, "volatility") },
  { name: "random walk", market: walk, asked: asked("trend", 24) },
  { name: "random walk", market: walk, asked: asked("lastValue", 1) },
  ...[1, 24].map((ahead) => ({ name: "rising walk", market: rising, asked: asked("logistic", ahead) })),
  { name: "rising walk", market: rising, asked: asked("alwaysUp", 24) },
  ...[0.15, 0.2, 0.3].map((pull) => ({
    name: `planted pull ${pull}`,
    market: { candles: 4_000, pull },
    asked: asked("logistic", 1),
  })),
  { name: "planted pull 0.1", market: { candles: 20_000, pull: 0.1 }, asked: asked("logistic", 1) },
  { name: "planted pull −0.2", market: { candles: 4_000, pull: -0.2 }, asked: asked("ridge", 1, "return") },
]

for (const { name, market, asked: request } of stories) {
  let [claims, couldClaim, worse] = [0, 0, 0]
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const candles = autoregressiveMarket({ ...market, seed })
    const whole = { name, timeframe: "1h" as const, market: "MADE/UP", seed, ...request, candles }
    const answer = await trainForecast(engine, whole)
    claims += Number(answer.ok && answer.card.verdict.skill)
    worse += Number(answer.ok && isWorse(answer.card))
    couldClaim += Number(answer.ok && answer.card.independentForecasts >= FEWEST_FORECASTS)
  }
  const { kind, target, horizonCandles } = request
  const figures = [name, kind, target, `${horizonCandles} ahead`, `${market.candles} candles`]
  process.stdout.write(
    `${figures.join(" · ")}: skill claimed in ${claims} of ${values.seeds} seeds, of which ${couldClaim} could claim any; worse than a coin in ${worse}\n`,
  )
}

function isWorse({ interval }: ForecastCard): boolean {
  return interval !== null && interval[1] < 0.5
}
