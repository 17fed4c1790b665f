import { changesInWords, type ChangeWords } from "#engine/strategy"
import { useEffect, useMemo, useSyncExternalStore } from "react"
import { database } from "../../db/database.ts"
import { findStrategy, keepVersion, type KeptStrategy } from "../../db/kept-strategy.ts"
import type { StrategyVersion } from "../../db/strategy-version.ts"
import { useKept } from "../../db/use-kept.ts"
import { type Draft, draftOf } from "../use-draft.ts"
import { type DeskView, type Saving, StrategyDesk } from "./strategy-desk.ts"

/**
 * A strategy of the library, opened to be worked on: a draft that keeps itself. `changed` tells in words what is not in
 * a version yet.
 */
export type OpenedStrategy = {
  id: string
  /** As it is now, finished or not, with the way to change it and the way back. */
  draft: Draft
  kept: KeptStrategy
  saving: Saving
  changed: ChangeWords[]
  /** Keeps what is on the desk as the next version. */
  keepVersion: () => Promise<void>
}

export type Opening =
  | { state: "loading" }
  | { state: "missing" }
  | { state: "unavailable"; because: string }
  | { state: "open"; strategy: OpenedStrategy }

/** Opens a strategy of the library and follows it; undefined opens nothing, which is missing. */
export function useOpenedStrategy(id: string | undefined): Opening {
  const answer = useKept(() => withBase(id), [id])
  const found = answer.state === "ready" && answer.value?.kept.id === id ? answer.value : undefined
  // oxlint-disable-next-line react/exhaustive-deps -- a desk is laid out once; later drafts are heard
  const desk = useMemo(() => (found ? new StrategyDesk(found.kept.id, found.kept) : undefined), [found?.kept.id])
  const view = useSyncExternalStore(desk ? desk.subscribe : nothingToHear, () => desk?.view)
  useEffect(() => {
    if (found) desk?.hear(found.kept)
  }, [desk, found])
  useEffect(() => {
    if (!desk) return
    const onHide = () => document.visibilityState === "hidden" && desk.leave()
    addEventListener("pagehide", desk.leave)
    document.addEventListener("visibilitychange", onHide)
    return () => {
      removeEventListener("pagehide", desk.leave)
      document.removeEventListener("visibilitychange", onHide)
      desk.leave()
    }
  }, [desk])
  const base = found?.base
  const now = view?.steps.now.document
  const changed = useMemo(() => (base && now ? changesInWords(base.document, now) : []), [base, now])
  if (id === undefined) return { state: "missing" }
  if (answer.state === "unavailable") return answer
  if (desk && view && found) return { state: "open", strategy: opened(desk, view, { kept: found.kept, changed }) }
  return { state: answer.state === "ready" && !answer.value ? "missing" : "loading" }
}

type Found = { kept: KeptStrategy; base: StrategyVersion | undefined }

async function withBase(id: string | undefined): Promise<Found | undefined> {
  const kept = id === undefined ? undefined : await findStrategy(id)
  return kept && { kept, base: await database.versions.get([kept.id, kept.version]) }
}

function opened(desk: StrategyDesk, view: DeskView, rest: Pick<OpenedStrategy, "kept" | "changed">): OpenedStrategy {
  const keep = async () => {
    await desk.save()
    await keepVersion(desk.id)
  }
  const { change, undo, redo } = desk
  const draft = draftOf(view.steps, { change, undo, redo })
  return { ...rest, id: desk.id, saving: view.saving, draft, keepVersion: keep }
}

function nothingToHear() {
  return () => {}
}
