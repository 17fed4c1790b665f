import type { Light, LightId } from "#engine/result"
import { useEffect, useState } from "react"
import { useRested } from "../ui/use-rested.ts"
import type { RunReport } from "./run-report.ts"
import { lightsIn } from "./use-run.ts"
import { whenIdle } from "./when-idle.ts"

/** The lights known so far; those of the run before stay until the new ones arrive, and `isStale` says so. */
export type RunLights = { lights: Partial<Record<LightId, Light>>; isStale: boolean }

/** The lights of a result, requested when the worker is idle. */
export function useLights(report: RunReport): RunLights {
  const [known, setKnown] = useState<{ of?: RunReport; lights: RunLights["lights"] }>({ lights: {} })
  const rested = useRested(report)
  useEffect(() => {
    let isWanted = true
    const take = (some: Light[]) => {
      if (!isWanted) return
      setKnown(({ lights }) => ({ of: rested, lights: { ...lights, ...byId(some) } }))
    }
    const idle = whenIdle(() => void lightsIn(rested, take))
    return () => {
      isWanted = false
      idle.cancel()
    }
  }, [rested])
  return { lights: known.lights, isStale: known.of !== report }
}

function byId(lights: Light[]): RunLights["lights"] {
  return Object.fromEntries(lights.map((light) => [light.id, light]))
}
