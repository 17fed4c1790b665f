import { Link } from "@tanstack/react-router"
import { ScanSearch } from "lucide-react"
import type { SetupSearch } from "../run/run-setup.ts"
import { buttonClass } from "../ui/button.tsx"

/** The way from a strategy and its test to good values for its numbers. */
export function FindGoodValues({ search }: { search: SetupSearch }) {
  return (
    <Link to="/robustness" search={search} className={buttonClass("quiet")}>
      <ScanSearch aria-hidden className="size-4" />
      Find good values
    </Link>
  )
}
