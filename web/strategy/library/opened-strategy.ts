import { changesInWords, type ChangeWords, type WrittenStrategy } from "#engine/strategy"
import { useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { database } from "../../db/database.ts"
import { bringBack } from "../../db/deleted-strategy.ts"
import { keepVersion, type KeptStrategy } from "../../db/kept-strategy.ts"
import type { StrategyVersion } from "../../db/strategy-version.ts"
import { useKept } from "../../db/use-kept.ts"
import { draftOf, type DraftWithSettings } from "../use-draft.ts"
import { markIfBroken } from "./version-fault.ts"
import { type DeskView, type Saving, StrategyDesk } from "./strategy-desk.ts"

/**
 * A strategy of the library, opened to be worked on: a draft that keeps itself. `changed` tells in words what is not in
 * a version yet.
 */
export type OpenedStrategy = {
  id: string
  /** As it is now, finished or not, with the way to change it and the way back. */
  draft: DraftWithSettings
  kept: KeptStrategy
  /** Its newest version. */
  version: WrittenStrategy | undefined
  saving: Saving
  changed: ChangeWords[]
  /** Keeps what is on the desk as the next version. */
  keepVersion: () => Promise<void>
  /** Takes its deletion back; absent while it is not deleted. */
  bringBack?: () => Promise<void>
}

export type Opening =
  | { state: "loading" }
  | { state: "missing" }
  | { state: "unavailable"; because: string }
  | { state: "open"; strategy: OpenedStrategy }

/** Opens a strategy of the library and follows it; undefined opens nothing, which is missing. */
export function useOpenedStrategy(id: string | undefined): Opening {
  const answer = useKept(() => withBase(id), [id])
  const inDatabase = answer.state === "ready" && answer.value?.kept.id === id ? answer.value : undefined
  // What another window deletes for good stays here as it was last.
  const [last, setLast] = useState<Found>()
  if (inDatabase && inDatabase !== last) setLast(inDatabase)
  const found =
    inDatabase ?? (answer.state === "ready" && last && last.kept.id === id ? { ...last, isDeleted: true } : undefined)
  // oxlint-disable-next-line react/exhaustive-deps -- a desk is laid out once; later drafts are heard
  const desk = useMemo(() => (found ? new StrategyDesk(found.kept.id, found.kept) : undefined), [found?.kept.id])
  const view = useSyncExternalStore(desk ? desk.subscribe : nothingToHear, () => desk?.view)
  useEffect(() => {
    if (inDatabase) desk?.hear(inDatabase.kept)
  }, [desk, inDatabase])
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
  if (desk && view && found) return { state: "open", strategy: opened(desk, view, { ...found, changed }) }
  return { state: answer.state === "ready" && !answer.value ? "missing" : "loading" }
}

type Found = { kept: KeptStrategy; base: StrategyVersion | undefined; isDeleted: boolean }

/** A deleted strategy too, as long as its deletion can be taken back. */
async function withBase(id: string | undefined): Promise<Found | undefined> {
  const kept = id === undefined ? undefined : await database.strategies.get(id)
  const base = kept && (await database.versions.get([kept.id, kept.version]))
  return kept && { kept, base, isDeleted: kept.deletedAtMs !== undefined }
}

type Facts = Pick<OpenedStrategy, "kept" | "changed"> & Pick<Found, "base" | "isDeleted">

function opened(desk: StrategyDesk, view: DeskView, { kept, base, changed, isDeleted }: Facts): OpenedStrategy {
  const { change, changeSettings, undo, redo } = desk
  const draft = draftOf(view.steps, { change, changeSettings, undo, redo })
  return {
    id: desk.id,
    kept,
    version: base?.document,
    changed,
    draft,
    saving: view.saving,
    keepVersion: async () => {
      await desk.save()
      await markIfBroken(await keepVersion(desk.id))
    },
    bringBack: isDeleted
      ? async () => {
          await bringBack({ kept, draft: draft.document })
          await desk.save()
        }
      : undefined,
  }
}

function nothingToHear() {
  return () => {}
}
