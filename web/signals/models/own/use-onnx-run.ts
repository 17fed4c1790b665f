import { useState } from "react"
import type { MarketChoice } from "../../../market/index.ts"
import { featuresOn, judgeColumn } from "../../../run/forecast-scoring.ts"
import { onnxColumn } from "../../onnx-file.ts"
import { refusalWords } from "../training-end.tsx"
import type { Judged } from "./column-card.tsx"

/** What a model from elsewhere is asked of a market. */
export type RunAsked = { file: File; features: string[]; window: number; asked: Judged["asked"]; market: MarketChoice }

/** Its card, and what it said of each candle of the market as it was. */
export type OnnxJudged = { judged: Judged; market: MarketChoice; values: Float64Array }

/** One run at a time, which can be given up. */
export function useOnnxRun() {
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const [answer, setAnswer] = useState<OnnxJudged>()
  const [ending, setEnding] = useState<AbortController>()
  const start = async (given: RunAsked) => {
    const own = new AbortController()
    setEnding(own)
    setShare(0)
    setProblem(undefined)
    setAnswer(undefined)
    try {
      setAnswer(await judgedOnnx(given, { signal: own.signal, onProgress: setShare }))
    } catch (error) {
      if (!own.signal.aborted) setProblem((error as Error).message)
    }
    setShare(undefined)
  }
  return { share, problem, answer, start, cancel: () => ending?.abort() }
}

/** Features, the model's answers, their card. Throws in words. */
async function judgedOnnx(
  { file, features, window, asked, market }: RunAsked,
  run: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<OnnxJudged> {
  const found = await featuresOn({ marketId: asked.marketId, features })
  if (!found.ok) throw new Error(found.problems.map(refusalWords).join(" "))
  const answer = await onnxColumn(file, { columns: found.columns, window }, run)
  if (!answer.ok) throw new Error(answer.because)
  const judged = await judgeColumn({ ...asked, values: answer.values })
  if (!judged.ok) throw new Error(judged.because)
  return { judged: { asked, found: judged }, market, values: answer.values }
}
