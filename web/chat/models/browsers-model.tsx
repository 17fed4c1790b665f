import { useEffect, useState } from "react"
import type { ModelStatus } from "#models"
import { Button } from "../../ui/button.tsx"
import { BrowserModel } from "../llm/browser-model.ts"
import { DeviceRow } from "./device-row.tsx"
import { usePreparing } from "./use-preparing.ts"

/** The model that comes with the browser, where it has one. */
export function BrowsersModel({ isUsed }: { isUsed: boolean }) {
  const [status, setStatus] = useState<ModelStatus>()
  const preparing = usePreparing()
  useEffect(() => void new BrowserModel().status().then(setStatus), [])
  const isThere = status !== undefined && status.state !== "unavailable"
  return (
    <DeviceRow
      name="This browser's own model"
      about="Comes with Chrome on a desktop computer. The browser downloads and keeps it for all pages."
      needs={
        status?.state === "unavailable"
          ? status.because
          : "Needs 22 GB of free disk once, and 4 GB of graphics memory or 16 GB of memory."
      }
      isUsed={isUsed}
      preparing={preparing}
      action={
        <Button
          disabled={!isThere}
          onClick={() =>
            void preparing.prepare({
              id: "browser/language-model",
              name: "This browser's own model",
              isOn: true,
              tier: "strong",
              kind: "browser",
            })
          }
        >
          Use it
        </Button>
      }
    />
  )
}
