import type { Optimisation, OptimiseNews } from "#engine/run"
import type { StrategyProblem } from "#engine/strategy"
import { useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { forgetOptimisation, type KeptOptimisation, optimisationsOf } from "../db/kept-optimisation.ts"
import { useKept } from "../db/use-kept.ts"
import type { OptimiseJob } from "./optimise-job.ts"
import { aboutOf, subjectOf } from "./optimise-subject.ts"
import {
  beginOptimising,
  cancelOptimising,
  currentOptimising,
  goOnOptimising,
  type Optimising,
  onOptimising,
  pauseOptimising,
  resumeOptimising,
} from "./optimising.ts"
import type { RunJob } from "./run-job.ts"

/** A search for a job, and what can be done with it. */
export type OptimisationOfJob = {
  state: "idle" | "running" | "paused" | "done" | "refused" | "failed"
  news?: OptimiseNews
  secondsLeft?: number
  /** Why a reload would lose it, in words. */
  notKept?: string
  problems?: StrategyProblem[]
  because?: string
  /** What was found last, now or on an earlier day. */
  optimisation?: Optimisation
  /** What the search under way looks for, or the newest finding. */
  asked?: OptimiseJob["request"]
  /** A search that was interrupted, and how far it is. */
  unfinished?: { id: string; share: number; changedAtMs: number; asked: OptimiseJob["request"] }
  start: (job: RunJob, request: OptimiseJob["request"]) => void
  pause: () => void
  resume: () => void
  /** Ends it at once; where it was is kept, and is then `unfinished`. */
  cancel: () => void
  /** Goes on with the unfinished one, to the same answer. */
  goOn: () => void
  /** Takes the unfinished one away; what it answers with brings it back. */
  forget: () => Promise<(() => Promise<void>) | undefined>
}

/** The search for good params of a job: the one under way, or what is kept of earlier ones. */
export function useOptimisation(job: RunJob | undefined): OptimisationOfJob {
  const about = job && aboutOf(job)
  const current = useSyncExternalStore(onOptimising, currentOptimising)
  const subject = useSubject(job, about)
  const kept = useKept(async () => (subject ? optimisationsOf(subject) : []), [subject])
  return useMemo(() => {
    const own = current?.about === about ? current : undefined
    return viewOf(own, kept.state === "ready" ? kept.value : [], about ?? "")
  }, [current, kept, about])
}

/** What a job's searches are kept under: worked out first, for a live query must wait for nothing but the database. */
function useSubject(job: RunJob | undefined, about: string | undefined): string | undefined {
  const [known, setKnown] = useState<{ about: string; subject: string }>()
  useEffect(() => {
    if (!job || about === undefined) return
    let isWanted = true
    void subjectOf(job).then((subject) => isWanted && setKnown({ about, subject }))
    return () => {
      isWanted = false
    }
    // oxlint-disable-next-line react/exhaustive-deps -- what a job is about stands for it
  }, [about])
  return known?.about === about ? known?.subject : undefined
}

function viewOf(own: Optimising | undefined, kept: readonly KeptOptimisation[], about: string): OptimisationOfJob {
  const found = kept.find(({ optimisation }) => optimisation)
  const isUnderWay = own?.state === "running" || own?.state === "paused"
  const open = kept.find(({ id, optimisation }) => !optimisation && !(isUnderWay && id === own.id))
  const askedOf = ({ asked }: KeptOptimisation) => (asked as OptimiseJob).request
  return {
    ...stateOf(own, found),
    optimisation: own?.state === "done" ? own.optimisation : found?.optimisation,
    asked: isUnderWay || own?.state === "done" ? own.request : found && askedOf(found),
    unfinished: open && { id: open.id, share: open.share, changedAtMs: open.changedAtMs, asked: askedOf(open) },
    start: (job, request) => void beginOptimising({ job, request }),
    pause: pauseOptimising,
    resume: resumeOptimising,
    cancel: cancelOptimising,
    goOn: () => open && void goOnOptimising({ id: open.id, about, request: askedOf(open) }),
    forget: async () => open && forgetOptimisation(open.id),
  }
}

type State = Pick<OptimisationOfJob, "state" | "news" | "secondsLeft" | "notKept" | "problems" | "because">

function stateOf(own: Optimising | undefined, found: KeptOptimisation | undefined): State {
  if (own && own.state !== "cancelled") return own
  return { state: found ? "done" : "idle" }
}
