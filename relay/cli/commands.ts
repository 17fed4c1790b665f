import type { Command } from "./command.ts"

/** A command as the list has it: its line, and its code, which is read only when the command is used. */
export type ListedCommand = { summary: string; open: () => Promise<Command> }

/** Every command by its name: each is a chunk of its own in the build, so that none waits for what others need. */
export const commands: Readonly<Record<string, ListedCommand>> = {
  backtest: {
    summary: "run a strategy over candles",
    open: async () => (await import("./backtest.ts")).backtestCommand,
  },
  report: {
    summary: "make a run into a page that stands alone",
    open: async () => (await import("./report.ts")).reportCommand,
  },
  sweep: {
    summary: "run a strategy with many values of its params",
    open: async () => (await import("./sweep.ts")).sweepCommand,
  },
  optimise: {
    summary: "search for good values of a strategy's params, and how much of them to believe",
    open: async () => (await import("./optimise.ts")).optimiseCommand,
  },
  robustness: {
    summary: "ask how far to believe a strategy with its values",
    open: async () => (await import("./robustness.ts")).robustnessCommand,
  },
  signals: {
    summary: "train a forecast, and hear how good it is at what it has not seen",
    open: async () => (await import("./signals/signals.ts")).signalsCommand,
  },
  series: {
    summary: "compute formulas over candles",
    open: async () => (await import("./series.ts")).seriesCommand,
  },
  check: {
    summary: "read a strategy: is it valid, what does it do, what is dangerous",
    open: async () => (await import("./check.ts")).checkCommand,
  },
  convert: {
    summary: "turn rules into code that makes the same trades",
    open: async () => (await import("./convert.ts")).convertCommand,
  },
  translate: {
    summary: "read a Pine or freqtrade strategy as rules",
    open: async () => (await import("./translate.ts")).translateCommand,
  },
  idea: {
    summary: "read an idea in plain words as a strategy",
    open: async () => (await import("./idea.ts")).ideaCommand,
  },
  candles: {
    summary: "get candles from exchanges and files, keep them, look at them, make markets up",
    open: async () => (await import("./candles/candles.ts")).candlesCommand,
  },
  serve: {
    summary: "start the app and its relay on this machine",
    open: async () => (await import("./serve.ts")).serveCommand,
  },
  pair: {
    summary: "a link that lets one browser in",
    open: async () => (await import("./owner/pair.ts")).pairCommand,
  },
  tokens: {
    summary: "let programs in, and see which ones are",
    open: async () => (await import("./owner/tokens.ts")).tokensCommand,
  },
  users: {
    summary: "people who use the relay: invite, change, end",
    open: async () => (await import("./owner/users.ts")).usersCommand,
  },
  accounts: {
    summary: "accounts at exchanges and their risk settings",
    open: async () => (await import("./owner/accounts.ts")).accountsCommand,
  },
  bots: {
    summary: "strategies that trade on an account",
    open: async () => (await import("./owner/bots.ts")).botsCommand,
  },
  orders: {
    summary: "orders by hand on an account",
    open: async () => (await import("./owner/orders.ts")).ordersCommand,
  },
  reconcile: {
    summary: "coins that an exchange does not have",
    open: async () => (await import("./owner/reconcile.ts")).reconcileCommand,
  },
  kill: {
    summary: "stop everything that adds risk, at once",
    open: async () => (await import("./owner/kill.ts")).killCommand,
  },
  audit: {
    summary: "whether the log of changes is whole",
    open: async () => (await import("./owner/audit.ts")).auditCommand,
  },
  backup: {
    summary: "what the relay keeps, in one file",
    open: async () => (await import("./owner/backup.ts")).backupCommand,
  },
  restore: {
    summary: "bring a backup back; bots come up paused",
    open: async () => (await import("./owner/restore.ts")).restoreCommand,
  },
  "migrate-store": {
    summary: "move what the relay keeps into a PostgreSQL",
    open: async () => (await import("./owner/migrate-store.ts")).migrateStoreCommand,
  },
  notices: {
    summary: "where you hear of what happens: webhooks and Telegram",
    open: async () => (await import("./owner/notices.ts")).noticesCommand,
  },
  mcp: {
    summary: "let an assistant draft and test strategies (Model Context Protocol)",
    open: async () => (await import("./owner/mcp.ts")).mcpCommand,
  },
  exchange: {
    summary: "a whole exchange to practise on, speaking Binance's protocol",
    open: async () => (await import("./exchange.ts")).exchangeCommand,
  },
  bench: {
    summary: "measure how fast the engine is on this machine",
    open: async () => (await import("./bench.ts")).benchCommand,
  },
  simulate: {
    summary: "live bots through faults and crashes in virtual time: a proof for developers",
    open: async () => (await import("./simulate.ts")).simulateCommand,
  },
  kill9: {
    summary: "kill a relay of its own again and again while it trades: a proof for developers",
    open: async () => (await import("./kill9.ts")).kill9Command,
  },
}
