import { useMemo } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import type { RunSetup } from "../run/run-setup.ts"
import { emptyTemplate, hasRules, withParamValues } from "../run/template-of.ts"
import { type OpenedStrategy, templateOf, useDraft, useOpenedStrategy } from "../strategy/index.ts"
import { useSame } from "../ui/use-same.ts"

/** The strategy of an address, as it is tested there. */
export type TestedStrategy =
  | { state: "loading" }
  | { state: "missing" }
  | { state: "unavailable"; because: string }
  /** `opened`: it is one of the library; else a template, or one that was changed and not kept. */
  | { state: "open"; strategy: WrittenStrategy; opened: OpenedStrategy | undefined }

const nothing: RunSetup["params"] = {}

/**
 * Opens the strategy of a setup with its values. What was changed of a template and not kept is meant, unless the
 * address asks for values of the template itself.
 */
export function useTestedStrategy({ strategy: id, params, timeframe }: RunSetup): TestedStrategy {
  const template = templateOf(id)?.document
  const opening = useOpenedStrategy(template ? undefined : id)
  const draft = useDraft(template ?? emptyTemplate.document, id)
  const opened = opening.state === "open" ? opening.strategy : undefined
  const isAsked = Object.keys(params).length > 0
  const written = template && isAsked ? template : (opened?.draft ?? draft).document
  const values = useSame(isAsked ? params : nothing)
  const strategy = useMemo(
    () => ({ ...withParamValues(written, values), timeframe: timeframe ?? written.timeframe }),
    [written, values, timeframe],
  )
  if (!template && opening.state !== "open") return opening
  return hasRules(strategy) ? { state: "open", strategy, opened } : { state: "missing" }
}
