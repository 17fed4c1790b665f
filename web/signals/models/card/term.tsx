import { CircleHelp } from "lucide-react"
import { Explained } from "../../../ui/explained.tsx"

/** What the screen's terms mean, in two sentences each; apart from the app's glossary, which every first visit loads. */
const terms = {
  horizon: [
    "the horizon",
    "How far ahead it looks: 6 candles of 1h are six hours. The further ahead, the fewer outcomes there are to learn from and to be judged by.",
  ],
  regimes: [
    "a regime",
    "A mood of the market, such as calm and rising, or wild. “Regimes” names the mood of each candle and forecasts nothing; the other ways say what comes next.",
  ],
  regimeCount: [
    "the number of regimes",
    "Into how many moods the candles fall. “As many as show” takes two, three or four, whichever keeps them furthest apart in the first part of history.",
  ],
  afterwards: [
    "what came after",
    "Looked at afterwards, one candle later; nobody knew it at the time. The average move of a mood is mostly chance, how much it swings seldom is.",
  ],
  seed: [
    "a seed",
    "Where chance begins. The same seed, candles and choices give the same model to the last bit; a result that another seed does not repeat is luck.",
  ],
  units: [
    "units",
    "How many numbers it remembers from candle to candle. More learn finer things, and chance more easily.",
  ],
  window: ["the window", "How many candles it reads, one after the other, before it says something."],
  features: [
    "a feature",
    "What the model sees of each candle. It never sees the price of the future, nor your position: candles up to that moment are all there is.",
  ],
  hitRate: [
    "the hit rate",
    "How often it was right about candles it had not seen. Only forecasts whose outcomes do not overlap are counted; the line is the range in which the true rate lies, 95 times of 100.",
  ],
  naive: [
    "the naive forecast",
    "Always saying what was more frequent before. A market that rises on six days of ten is “forecast” right in 60 % by somebody who knows nothing.",
  ],
  calibration: [
    "calibration",
    "Whether “70 % sure” comes true in 70 of 100 cases. Dots on the line are honest; dots that lie flat say one thing whatever is claimed.",
  ],
  brier: [
    "the Brier score",
    "How far its probabilities were from what came, squared. 0 is perfect, 0.25 is a coin; only less than the naive forecast’s counts.",
  ],
  correlation: [
    "the correlation",
    "Whether larger forecasts were followed by larger moves: 1 always, 0 not at all. Above 0.05 is already rare for prices.",
  ],
  chance: [
    "the test of chance",
    "Diebold and Mariano’s test: how often luck alone would give it such a lead over the naive forecast. Below 5 of 100 it is taken as more than luck; try many models, and some will pass by luck.",
  ],
  trade: [
    "the trade",
    "Buying with everything whenever it says more than one half, selling at the end of the horizon, with 0.1 % fees at both sides. A forecast can be right and still not pay its fees.",
  ],
  decay: [
    "age",
    "How often it was right, by how long before it had been trained. One that gets worse with age needs to be trained again.",
  ],
} as const satisfies Record<string, readonly [name: string, words: string]>

/** A term of this screen. */
export type Term = keyof typeof terms

/** A question mark that explains a term. */
export function about(term: Term) {
  const [name, words] = terms[term]
  return (
    <Explained
      name={`What is ${name}?`}
      term={
        <>
          <CircleHelp aria-hidden className="m-auto size-4" />
          <span className="sr-only">What is {name}?</span>
        </>
      }
    >
      {words}
    </Explained>
  )
}
