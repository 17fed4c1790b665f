import type { TimeZone } from "../ui/date-format.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatBytes } from "../ui/number-format.ts"
import { PageHeader } from "../ui/page-header.tsx"
import { Select } from "../ui/select.tsx"
import type { GainLossColours, ThemeChoice } from "../ui/theme.ts"
import { About } from "./about.tsx"
import { Backup } from "./backup.tsx"
import { Notices } from "./notices.tsx"
import { usePersistence } from "./persistence.ts"
import { RelaySection } from "./relay-section.tsx"
import { People } from "./people/people.tsx"
import { type Mode, setPreferences, usePreferences } from "./preferences.ts"

/** How the app looks, which clock it uses, and how it keeps your data. */
export function SettingsScreen() {
  return (
    <>
      <PageHeader title="Settings">They stay in this browser and take effect at once.</PageHeader>
      <Look />
      <Storage />
      <RelaySection />
      <People />
      <Notices />
      <Backup />
      <About />
    </>
  )
}

function Look() {
  const { theme, gainLoss, timeZone, mode } = usePreferences()
  return (
    <section aria-label="Look" className="grid max-w-160 gap-4 border-t border-line pt-4 sm:grid-cols-2">
      <Select
        label="Theme"
        value={theme}
        choices={themes}
        onChange={(value) => setPreferences({ theme: value as ThemeChoice })}
      />
      <Select
        label="Times"
        value={timeZone}
        choices={timeZones}
        onChange={(value) => setPreferences({ timeZone: value as TimeZone })}
      />
      <Select
        label="How much is shown"
        value={mode}
        choices={modes}
        onChange={(value) => setPreferences({ mode: value as Mode })}
      />
      <div className="flex flex-col gap-2">
        <Select
          label="Gain and loss"
          value={gainLoss}
          choices={pairs}
          onChange={(value) => setPreferences({ gainLoss: value as GainLossColours })}
        />
        <p className="text-sm">
          <span className="text-gain">▲ +4.20</span> and <span className="text-loss">▼ −1.10</span>: a sign says it too,
          never colour alone.
        </p>
      </div>
    </section>
  )
}

const themes = [
  { value: "system", label: "As the device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
]
const timeZones = [
  { value: "local", label: "Your own clock" },
  { value: "utc", label: "UTC, as exchanges" },
]
const modes = [
  { value: "simple", label: "Simple", hint: "what everybody needs" },
  { value: "pro", label: "Pro", hint: "every column" },
]
const pairs = [
  { value: "teal-rose", label: "Teal and rose" },
  { value: "blue-orange", label: "Blue and orange" },
]

function Storage() {
  const { state, usedBytes, quotaBytes, ask } = usePersistence()
  return (
    <section className="flex flex-col items-start gap-3 border-t border-line pt-4">
      <h2 className="text-base font-semibold">What is kept here</h2>
      <p className="max-w-[72ch] min-h-6 text-ink-soft">
        Your candles, runs and settings live in this browser and are never sent anywhere.
        {usedBytes !== undefined &&
          quotaBytes !== undefined &&
          ` They take ${formatBytes(usedBytes)} of about ${formatBytes(quotaBytes)}.`}
      </p>
      {/* Its room is kept until the browser has answered. */}
      <div className="min-h-32 w-full sm:min-h-14">
        {state === "kept" && <Notice kind="info">The browser has promised not to clear them.</Notice>}
        {state === "best-effort" && (
          <Notice kind="info" action={<Button onClick={() => void ask()}>Keep my data</Button>}>
            When the disk runs full, the browser may clear them. You can ask it not to.
          </Notice>
        )}
        {state === "unknown" && (
          <Notice kind="warn">
            This browser does not say whether it keeps them; a private window forgets everything when it closes.
          </Notice>
        )}
      </div>
    </section>
  )
}
