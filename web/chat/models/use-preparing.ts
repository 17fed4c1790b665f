import { useEffect, useRef, useState } from "react"
import { ModelFailure, type ModelProgress } from "#models"
import { changeModelSettings, type SetUpModel } from "../../db/model-settings.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import { providerOf } from "../llm/models-at-hand.ts"

type Preparing = {
  progress: ModelProgress | undefined
  problem: string | undefined
  /** Downloads and starts a model, or asks its server whether it is there; then the chat may ask it. Whether it went well. */
  prepare: (model: SetUpModel) => Promise<boolean>
  stop: () => void
}

/** Getting a model ready, with its progress and the way to stop it. What is downloaded by then is kept. */
export function usePreparing(onReady: () => void = () => {}): Preparing {
  const [progress, setProgress] = useState<ModelProgress>()
  const [problem, setProblem] = useState<string>()
  const stopping = useRef<AbortController>(undefined)
  useEffect(() => () => stopping.current?.abort(), [])
  const prepare = async (model: SetUpModel) => {
    const own = new AbortController()
    stopping.current = own
    setProblem(undefined)
    setProgress({ share: 0, words: "Getting it ready" })
    try {
      await (await providerOf(model))?.prepare(setProgress, own.signal)
      await putInUse(model)
      onReady()
      return true
    } catch (error) {
      if (!own.signal.aborted) setProblem(error instanceof ModelFailure ? error.message : unavailableBecause(error))
      return false
    } finally {
      setProgress(undefined)
    }
  }
  return { progress, problem, prepare, stop: () => stopping.current?.abort() }
}

/** Puts a model in use; one that was there before takes the newer settings. */
export function putInUse(model: SetUpModel): Promise<void> {
  return changeModelSettings(({ models }) => ({ models: [...models.filter(({ id }) => id !== model.id), model] }))
}
