import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import { loadModelSettings, type ModelSettings } from "../../db/model-settings.ts"
import { useKept } from "../../db/use-kept.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { ModelCosts } from "./model-costs.tsx"
import { ModelPreferences } from "./model-preferences.tsx"
import { OnDevice } from "./on-device.tsx"
import { SetUpModels } from "./set-up-models.tsx"
import { WithKey } from "./with-key.tsx"

/** The models the chat may ask, what they cost, and what they hear of the person. */
export function ModelsScreen() {
  const settings = useKept(loadModelSettings)
  return (
    <>
      <PageHeader
        title="Models"
        action={
          <Link to="/chat" search={{}} className={buttonClass("quiet")}>
            <ArrowLeft aria-hidden className="size-4" />
            To the chat
          </Link>
        }
      >
        The chat reads most ideas by itself. A model answers what it cannot read. It only drafts: you confirm every
        strategy, and no model can place an order, reach a key or change a limit.
      </PageHeader>
      {settings.state === "loading" && (
        <div aria-busy>
          <Skeleton className="h-80 w-full" />
        </div>
      )}
      {settings.state === "unavailable" && <Notice kind="error">{settings.because}</Notice>}
      {settings.state === "ready" && <Settings settings={settings.value} />}
    </>
  )
}

function Settings({ settings }: { settings: ModelSettings }) {
  return (
    <div className="flex max-w-180 flex-col gap-12">
      <SetUpModels settings={settings} />
      <OnDevice settings={settings} />
      <WithKey settings={settings} />
      <ModelCosts settings={settings} />
      <ModelPreferences settings={settings} />
    </div>
  )
}
