import { Link } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import type { SavedRun } from "../../db/saved-run.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"

/** A kept run outlives its candles: what is left of it, and how candles come back. */
export function MarketGone({ run }: { run: SavedRun }) {
  return (
    <Notice
      kind="warn"
      action={
        <Link to="/data" className={buttonClass("quiet")}>
          To Data
        </Link>
      }
    >
      {`The candles of this run, ${plainText(run.market)}, are not in this browser: the market was deleted, or was never here. `}
      The figures and the curve of the run are kept below. To see its candles and trades, or to run it again, download
      or import the market under Data.
    </Notice>
  )
}
