import { quoted } from "#engine/candles"
import type { Surroundings } from "../../surroundings.ts"
import { WrongUsage, type Command } from "../command.ts"

const help = `candlewright signals train|score …

Trains a forecast from candles and says honestly how good it is: only on candles it had not seen, against a coin and a habit. Nothing trades
by a forecast alone; a strategy carries its model and asks it in a rule, such as forecast("mine").probability > 0.55.

  candlewright signals train --candles btc-1h.csv.gz --model regression --horizon 24 --out mine.json
  candlewright signals train --candles btc-1h.csv.gz --model lstm --horizon 1 --seed 7 --json
  candlewright signals train --candles btc-1h.csv.gz --model regimes --out moods.json
  candlewright signals score mine.json --candles eth-1h.csv.gz --json

  train  --candles FILE       CSV, plain, .gz or .zip; also kept:binance:BTC/USDT:1h
         --model NAME         regression, trend, lstm, regimes, or what they must beat: naive (the last sign), drift, always-up
         --horizon 24         so many candles ahead, from 1 to 1000
         --target direction   whether it rises; or return (by how many percent), or volatility (how much it swings)
         --feature "…"        what it looks at, a formula, once for each; the usual ones when left out
         --timeframe 1h       candles of this length, put together from the file's; the file's own when left out
         --seed 1             the same seed, the same model
         --folds 8            so many parts of history are forecast, each by what was known before it (an lstm: 4); then
                              one more part learns from all of it, for what comes next
         --units 16, --window 24   an lstm's size, and how many candles it looks back over
         --groups 3           so many regimes, 2 to 4; as many as the first candles show when left out
         --name "…"           a name for the model
         --out FILE.json      keeps the model as a file
  score  MODEL.json --candles FILE   how good a kept model is on other candles; those it may have seen do not count
  both   --fee-percent 0.1    a trade's fee on each side
         --json               everything as JSON on stdout`

/** Each is read only when it is used. */
const subcommands: Record<string, () => Promise<Command["run"]>> = {
  train: async () => (await import("./signals-train.ts")).signalsTrain,
  score: async () => (await import("./signals-score.ts")).signalsScore,
}

/** `candlewright signals …` */
export const signalsCommand: Command = {
  help,
  async run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
    const open = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
    if (!open) throw new WrongUsage(`signals takes train or score, not ${quoted(name)}`)
    await (
      await open()
    )(words, surroundings)
  },
}
