import { Link } from "@tanstack/react-router"
import { Cpu } from "lucide-react"
import { plainText } from "#engine/candles"
import { dollarsText, spendingOf } from "#models"
import { modelCalls } from "../db/model-calls.ts"
import { loadModelSettings } from "../db/model-settings.ts"
import { useKept } from "../db/use-kept.ts"
import { buttonClass } from "../ui/button.tsx"

/** Which model the chat asks, and what that cost today; the way to change it. */
export function ModelLink() {
  const known = useKept(async () => {
    const { models, budget } = await loadModelSettings()
    const on = models.filter(({ isOn }) => isOn)
    return { on, spent: on.length > 0 ? await spendingOf(modelCalls, budget, Date.now()) : undefined }
  })
  const { on = [], spent } = known.state === "ready" ? known.value : {}
  const [first] = on
  return (
    <Link to="/chat/models" className={buttonClass("plain", "min-w-0 shrink")}>
      <Cpu aria-hidden className="size-4 shrink-0" />
      <span className="truncate">
        {first ? `${plainText(first.name, 24)} · ${dollarsText(spent?.dayMicroDollars ?? 0)} today` : "No model"}
      </span>
    </Link>
  )
}
