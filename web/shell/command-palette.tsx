import { useNavigate } from "@tanstack/react-router"
import { Command } from "cmdk"
import { plainText } from "#engine/candles"
import { type KeptStrategy, listStrategies } from "../db/kept-strategy.ts"
import { sampleMarket } from "../db/sample-market.ts"
import { type Kept, useKept } from "../db/use-kept.ts"
import { timeframeName, useMarkets } from "../market/index.ts"
import { changeToStrategy } from "../run/remembered-settings.ts"
import { type SetupSearch, searchFromSetup, setupFromSearch } from "../run/run-setup.ts"
import { codeBeginning, emptyTemplate } from "../run/template-of.ts"
import { setPreferences } from "../settings/index.ts"
import { searchOf, templates } from "../strategy/index.ts"
import type { ThemeChoice } from "../ui/theme.ts"
import { useOfferedCommands } from "../ui/screen-commands.ts"
import { places } from "./places.ts"

const itemClass =
  "flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 py-1 text-ink data-[selected=true]:bg-surface-2 data-[selected=true]:text-ink-strong"
const headingClass =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-2 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-soft"

/** Go anywhere, test any template on any market, change the theme: by typing. Esc leaves. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const kept = useMarkets()
  const strategies = useKept(listStrategies)
  // What comes later would stand above what is chosen already, and Enter would open something else.
  const isLoaded = kept.state !== "loading" && strategies.state !== "loading"
  const here = useOfferedCommands()
  const markets = [sampleMarket, ...(kept.state === "ready" ? kept.value : [])]
  // Beside the present address: another market with this strategy, another strategy on this market.
  const test = (change: SetupSearch) =>
    navigate({ to: "/backtest", search: (before) => ({ ...searchFromSetup(setupFromSearch(before)), ...change }) })
  const testStrategy = (id: string) =>
    navigate({
      to: "/backtest",
      search: (before) => {
        const setup = setupFromSearch(before)
        const quote = markets.find((market) => market.id === setup.market)?.quote
        return searchFromSetup({ ...setup, ...changeToStrategy(id, quote) })
      },
    })
  const after = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      label="Commands"
      overlayClassName="fixed inset-0 z-40 bg-[rgb(10_8_5/0.55)]"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(92vw,32rem)] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-surface-1 shadow-floating"
    >
      <Command.Input
        placeholder="Where to, or what to do?"
        className="w-full border-b border-line bg-transparent px-4 py-3 text-base text-ink-strong outline-none placeholder:text-ink-faint"
      />
      <Command.List className="max-h-[56vh] overflow-y-auto p-2">
        {isLoaded && (
          <>
            <Command.Empty className="px-3 py-4 text-ink-soft">Nothing is called that.</Command.Empty>
            <Command.Group heading="Go to" className={headingClass}>
              {places.map(({ to, name, Icon }) => (
                <Command.Item
                  key={to}
                  value={`go ${name}`}
                  onSelect={after(() => void navigate({ to }))}
                  className={itemClass}
                >
                  <Icon aria-hidden className="size-4 text-ink-soft" />
                  {name}
                </Command.Item>
              ))}
            </Command.Group>
            <KeptStrategies
              strategies={strategies}
              onOpen={(strategy) => after(() => void navigate({ to: "/backtest", search: strategy }))()}
            />
            {here.length > 0 && (
              <Command.Group heading="On this screen" className={headingClass}>
                {here.map(({ name, keys, run }) => (
                  <Command.Item key={name} value={`here ${name}`} onSelect={after(run)} className={itemClass}>
                    {name} {keys && <kbd className="font-mono text-xs text-ink-soft">{keys}</kbd>}
                  </Command.Item>
                ))}
              </Command.Group>
            )}
            <Command.Group heading="New" className={headingClass}>
              <Command.Item
                value="new strategy in your own words chat idea"
                onSelect={after(() => void navigate({ to: "/chat", search: {} }))}
                className={itemClass}
              >
                New strategy in your own words
              </Command.Item>
              {beginnings.map(({ id, name }) => (
                <Command.Item
                  key={id}
                  value={`new ${name}`}
                  onSelect={after(() => void testStrategy(id))}
                  className={itemClass}
                >
                  {name}
                </Command.Item>
              ))}
            </Command.Group>
            <Command.Group heading="Test on a market" className={headingClass}>
              {markets.map(({ id, name, timeframeMs }) => (
                <Command.Item
                  key={id}
                  value={`market ${name} ${timeframeName(timeframeMs)} ${id}`}
                  onSelect={after(() => void test({ market: id, from: undefined, to: undefined, cash: undefined }))}
                  className={itemClass}
                >
                  {name} <span className="text-ink-soft">{timeframeName(timeframeMs)}</span>
                </Command.Item>
              ))}
            </Command.Group>
            <Command.Group heading="Test a template" className={headingClass}>
              <Command.Item
                value="compare all templates strategies"
                onSelect={after(() => void navigate({ to: "/templates" }))}
                className={itemClass}
              >
                All templates on one market
              </Command.Item>
              {templates.map(({ id, document }) => (
                <Command.Item
                  key={id}
                  value={`test ${document.name}`}
                  onSelect={after(() => void testStrategy(id))}
                  className={itemClass}
                >
                  {document.name}
                </Command.Item>
              ))}
            </Command.Group>
            <Command.Group heading="Look" className={headingClass}>
              {modes.map(([mode, name]) => (
                <Command.Item
                  key={mode}
                  value={`mode ${name}`}
                  onSelect={after(() => setPreferences({ mode }))}
                  className={itemClass}
                >
                  {name}
                </Command.Item>
              ))}
              {themes.map(([theme, name]) => (
                <Command.Item
                  key={theme}
                  value={`theme ${name}`}
                  onSelect={after(() => setPreferences({ theme }))}
                  className={itemClass}
                >
                  {name}
                </Command.Item>
              ))}
            </Command.Group>
          </>
        )}
      </Command.List>
    </Command.Dialog>
  )
}

const beginnings = [
  { id: emptyTemplate.id, name: "New strategy: rules of your own" },
  { id: codeBeginning.id, name: "New strategy in code" },
]

const modes: ["simple" | "pro", string][] = [
  ["simple", "Simple: what everybody needs"],
  ["pro", "Pro: every column"],
]
/** More would only make the list long: typing finds the others in the library. */
const MOST_LISTED = 200

type KeptStrategiesProps = { strategies: Kept<KeptStrategy[]>; onOpen: (search: Record<string, string>) => void }

function KeptStrategies({ strategies, onOpen }: KeptStrategiesProps) {
  if (strategies.state !== "ready" || strategies.value.length === 0) return null
  return (
    <Command.Group heading="Open from your library" className={headingClass}>
      {strategies.value.slice(0, MOST_LISTED).map((strategy) => (
        <Command.Item
          key={strategy.id}
          value={`open ${strategy.draft.name} ${strategy.tags.join(" ")} ${strategy.id}`}
          onSelect={() => onOpen(searchOf(strategy))}
          className={itemClass}
        >
          <bdi>{plainText(strategy.draft.name)}</bdi>
        </Command.Item>
      ))}
    </Command.Group>
  )
}

const themes: [ThemeChoice, string][] = [
  ["light", "Light theme"],
  ["dark", "Dark theme"],
  ["system", "Theme of the device"],
]
