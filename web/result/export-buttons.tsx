import { Download } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { equityCsv, runJson, tradesCsv } from "./run-export.ts"
import type { RunReport } from "../run/run-report.ts"

/** The run as files, for a spreadsheet or for a program. */
export function ExportButtons({ report }: { report: RunReport }) {
  const name = `${report.strategyName} ${report.market.name}`.toLowerCase().replace(/[^a-z0-9]+/g, "-")
  const icon = <Download aria-hidden className="size-4" />
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={icon} onClick={() => download(`${name}-trades.csv`, tradesCsv(report.trades), "text/csv")}>
        Trades as CSV
      </Button>
      <Button icon={icon} onClick={() => download(`${name}-equity.csv`, equityCsv(report), "text/csv")}>
        Equity as CSV
      </Button>
      <Button icon={icon} onClick={() => download(`${name}.json`, runJson(report), "application/json")}>
        Everything as JSON
      </Button>
    </div>
  )
}

function download(fileName: string, text: string, type: string) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
}
