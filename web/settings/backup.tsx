import { Conversations } from "./conversations.tsx"

/** How what the relay keeps, and what was said in the chat, is backed up and brought back. */
export function Backup() {
  return (
    <section id="backup" aria-label="Backup" className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-base font-semibold">Backup</h2>
      <p className="max-w-[72ch] text-ink-soft">
        Bots, accounts, paper money and the log of changes are with the relay. In a terminal, while it runs or not:{" "}
        <code className="font-mono text-ink wrap-anywhere">npx candlewright backup FILE</code>. Keys of exchanges are in
        it sealed; keep the key file that it names somewhere else.
      </p>
      <p className="max-w-[72ch] text-ink-soft">
        <code className="font-mono text-ink wrap-anywhere">npx candlewright restore FILE</code> brings it back, with
        every bot paused until you have looked and resumed it.
      </p>
      <Conversations />
    </section>
  )
}
