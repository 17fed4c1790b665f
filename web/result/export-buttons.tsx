import { equityCsv, reportHtml, type RunJson, tradesCsv } from "#engine/result"
import { Download, FileText } from "lucide-react"
import { useState } from "react"
import type { RunReport } from "../run/run-report.ts"
import { runJsonIn } from "../run/use-run.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { fileNameOf, saveFile } from "../ui/save-file.ts"

/** The run as files: a page for people, the rest for a spreadsheet or for a program. */
export function ExportButtons({ report }: { report: RunReport }) {
  const { making, failed, save } = useExport(report)
  const name = fileNameOf(`${report.strategyName} ${report.market.name}`)
  const icon = <Download aria-hidden className="size-4" />
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="flex flex-wrap gap-2">
        <Button
          icon={<FileText aria-hidden className="size-4" />}
          disabled={making !== undefined}
          onClick={() => save("report")}
        >
          {making === "report" ? "Making the report" : "Report as a page"}
        </Button>
        <Button icon={icon} onClick={() => saveFile(`${name}-trades.csv`, tradesCsv(report.trades), "text/csv")}>
          Trades as CSV
        </Button>
        <Button icon={icon} onClick={() => saveFile(`${name}-equity.csv`, equityCsv(report.equity), "text/csv")}>
          Equity as CSV
        </Button>
        <Button icon={icon} disabled={making !== undefined} onClick={() => save("json")}>
          {making === "json" ? "Making the file" : "Everything as JSON"}
        </Button>
      </div>
      <p className="max-w-[72ch] text-sm text-ink-soft">
        The page stands alone: it opens without a network, and prints on A4. The JSON holds the strategy, the settings,
        every trade and the whole curve: drop it on any screen to run it again. The chart has its own button for a
        picture.
      </p>
      {failed && <Notice kind="error">{failed} Nothing was lost; try again.</Notice>}
    </div>
  )
}

type ExportKind = "report" | "json"

const kinds: Record<ExportKind, { ending: string; type: string; textOf: (run: RunJson) => Promise<string> | string }> =
  {
    report: { ending: "html", type: "text/html", textOf: reportHtml },
    json: { ending: "json", type: "application/json", textOf: (run) => `${JSON.stringify(run)}\n` },
  }

/** Makes a file of a run in the background and saves it. */
export function useExport(report: RunReport) {
  const [making, setMaking] = useState<ExportKind>()
  const [failed, setFailed] = useState<string>()
  const make = async (kind: ExportKind) => {
    setMaking(kind)
    setFailed(undefined)
    try {
      const { ending, type, textOf } = kinds[kind]
      saveFile(
        `${fileNameOf(`${report.strategyName} ${report.market.name}`)}.${ending}`,
        await textOf(await runJsonIn(report)),
        type,
      )
    } catch (error) {
      setFailed(`The file could not be made (${(error as Error).message}).`)
    }
    setMaking(undefined)
  }
  return { making, failed, save: (kind: ExportKind) => void make(kind) }
}
