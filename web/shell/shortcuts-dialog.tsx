import { Dialog } from "../ui/dialog.tsx"

const shortcuts: [keys: string, what: string][] = [
  ["Ctrl K", "Go anywhere, run anything"],
  ["Ctrl Enter", "Run the backtest"],
  ["Ctrl Z", "Take back what was done to a strategy or its test, or what a list offers to undo"],
  ["Ctrl Shift Z", "Do it again"],
  ["W", "On a result: why it did, or did not, trade at a candle"],
  ["B", "On a result: be there again, candle by candle"],
  ["?", "Show this list"],
  ["Esc", "Leave what is open"],
  ["← →", "On a chart: the candle before or after"],
  ["Shift ← →", "On a chart: the trade before or after"],
  ["M", "On a chart: measure, with the arrows or the pointer"],
  ["+ −", "On a chart: closer or wider"],
  ["↑ ↓", "In a table: the row before or after"],
]

/** Every key that does something. */
export function ShortcutsDialog(dialog: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog title="Keyboard" description="On a Mac, press ⌘ for Ctrl." {...dialog}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-2">
        {shortcuts.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt className="font-mono text-sm text-ink-strong">{keys}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
