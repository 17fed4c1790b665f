import { Link } from "@tanstack/react-router"
import { Play } from "lucide-react"
import { type RunSetup, searchFromSetup } from "../run/run-setup.ts"
import { buttonClass } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import type { UsedValues } from "./use-values.ts"

/** What became of found values, and the ways on from there. */
export function InUse({ used: { strategyId, version }, setup }: { used: UsedValues; setup: RunSetup }) {
  return (
    <Notice
      kind="info"
      action={
        <div className="flex flex-wrap gap-3">
          <Link
            to="/backtest"
            search={searchFromSetup({ ...setup, strategy: strategyId, params: {}, timeframe: undefined })}
            className={buttonClass("quiet")}
          >
            <Play aria-hidden className="size-4" />
            Test it
          </Link>
          <Link to="/library/$strategyId" params={{ strategyId }} className={buttonClass("plain")}>
            Versions
          </Link>
        </div>
      }
    >
      {`Version ${version} of your strategy has these values, with a note where they come from. The version before it is kept.`}
    </Notice>
  )
}
