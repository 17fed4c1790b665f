/** What this is made of, and by whom. */
export function About() {
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 className="text-base font-semibold">About</h2>
      <p className="max-w-[72ch] text-ink-soft">
        Candlewright is free under the MIT licence. A backtest says what would have happened, not what will: past
        results promise nothing.
      </p>
      <p className="max-w-[72ch] text-ink-soft">
        Charts by TradingView's{" "}
        <a
          className="underline underline-offset-4 hover:text-ink-strong"
          href="https://www.tradingview.com/"
          target="_blank"
          rel="noreferrer"
        >
          Lightweight Charts
        </a>
        ™ (Apache 2.0). Typefaces: Inter and JetBrains Mono (SIL Open Font License). Built with React, TanStack, Radix,
        Tailwind CSS, Dexie and AssemblyScript.
      </p>
    </section>
  )
}
