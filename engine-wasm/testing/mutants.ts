/** One planted fault: a text that occurs once in the engine's sources, and its replacement. */
export type Mutant = { name: string; find: string; instead: string }

const mutant = (name: string, find: string, instead: string): Mutant => ({ name, find, instead })

/**
 * Faults a broker could have, each the kind that somebody once shipped. engine-wasm/testing/plant-mutants.ts plants
 * them.
 */
export const mutants: readonly Mutant[] = [
  // Fills
  mutant(
    "a gap through the stop fills at the stop",
    "exitAll(account, book, timeMs, open, book.stopReason)",
    "exitAll(account, book, timeMs, book.stop, book.stopReason)",
  ),
  mutant("the target is taken before the stop", "  if (stopped) {", "  if (stopped && !targetHit) {"),
  mutant("ambiguous candles are not counted", "if (targetHit) account.ambiguousCandles += 1", ""),
  mutant(
    "a candle's own high lifts the stop its low then hits",
    "  const stopped = reachesDown(book.side, candle.worst(book.side), book.stop)",
    "  followPrice(book, candle.best(book.side))\n  const stopped = reachesDown(book.side, candle.worst(book.side), book.stop)",
  ),
  mutant(
    "the entry candle's high reaches a target",
    "const targetHit = book.enteredInside == 0 && ",
    "const targetHit = ",
  ),
  mutant(
    "a limit entry never expires",
    "    mark(Mark.decideAgeing)\n    ageEntry(",
    "    mark(Mark.decideAgeing)\n    if (false) ageEntry(",
  ),
  mutant(
    "a limit entry fills at its price though the market opened below",
    "begin(account, book, run, timeMs, equity, open, open)",
    "begin(account, book, run, timeMs, equity, intent.limitPrice, open)",
  ),
  mutant("entries pay no slippage", "slipped(open, intent.side > 0)", "open"),
  mutant("exits pay no slippage", "  const price = slipped(level, book.side < 0)", "  const price = level"),
  mutant("the delay of an exit is forgotten", "if (book.exit.delay > 0) book.exit.delay -= 1", "book.exit.delay = 0"),
  mutant(
    "the delay of an entry is forgotten",
    "if (book.entry.delay > 0) book.entry.delay -= 1",
    "book.entry.delay = 0",
  ),
  mutant(
    "a partial target sells everything",
    "const part = share >= 1 ? book.quantity : tradable(",
    "const part = share >= 0 ? book.quantity : tradable(",
  ),
  mutant(
    "an ROI level counts from its minute only when later",
    "setting(Setting.roiMinutes + n) <= minutes) n++",
    "setting(Setting.roiMinutes + n) < minutes) n++",
  ),
  mutant("safety orders lie under the first fill", "    orders.lastPrice = price\n", ""),
  mutant(
    "safety orders do not grow",
    "Math.pow(setting(Setting.addSizeMultiple), n)",
    "Math.pow(setting(Setting.addSizeMultiple), 1)",
  ),
  mutant(
    "the stop stays after a safety order",
    "kind == StopKind.percent || kind == StopKind.distance || book.stopReason",
    "book.stopReason",
  ),
  mutant("a short is never liquidated", "if (book.side < 0) limitByLiquidation(book)", ""),
  // Stops
  mutant(
    "a percentage stop of the other side",
    "away(price, side, -setting(Setting.stopPercent)), side > 0)",
    "away(price, side, -setting(Setting.stopPercent)), side < 0)",
  ),
  mutant(
    "a trailing stop is armed at once",
    "const armed = isGained(book, setting(Setting.trailingArmPercent))",
    "const armed = true",
  ),
  mutant(
    "a trailing stop may fall back",
    "<= 0) return\n  book.stop = stop\n  book.stopReason = reason",
    "< -1e300) return\n  book.stop = stop\n  book.stopReason = reason",
  ),
  mutant(
    "break-even needs more than its gain",
    "return book.side > 0 ? book.bestPrice >= level",
    "return book.side > 0 ? book.bestPrice > level",
  ),
  mutant(
    "the time stop is one candle late",
    "return most > 0 && book.candlesHeld >= most",
    "return most > 0 && book.candlesHeld > most",
  ),
  // Sizes
  mutant(
    "risk is measured from the price, not the stop",
    "if (intent.sizeKind == SizeKind.risk) return (equity * amount) / 100 / abs(price - stop)",
    "if (intent.sizeKind == SizeKind.risk) return (equity * amount) / 100 / price",
  ),
  mutant("an entry may overdraw by its fee", "(equity * amount) / 100 / payable", "(equity * amount) / 100 / price"),
  mutant(
    "the cap on one position is forgotten",
    "return percent > 0 ? (equity * percent) / 100 / payable : Infinity",
    "return Infinity",
  ),
  mutant(
    "a minimum order is no obstacle",
    "if (stepped * price < marketSetting(book.number, MarketSetting.minNotional))",
    "if (false)",
  ),
  mutant(
    "coins pay the buying fee twice",
    "return setting(Setting.feeFromReceived) != 0 && side > 0 ? 0 : setting(Setting.feeRate)",
    "return setting(Setting.feeRate)",
  ),
  mutant(
    "a short's margin ignores leverage",
    "const part = side < 0 ? 1 / setting(Setting.leverage) : 1",
    "const part: f64 = 1",
  ),
  mutant(
    "a short loses more than its margin",
    "const isLiquidated = book.side < 0 && ",
    "const isLiquidated = false && ",
  ),
  // Markets side by side
  mutant(
    "a stop inside a candle pays another market's limit entry inside the same",
    "if (canBuy) account.withheld = freeCash(account) - book.allowance",
    "",
  ),
  mutant(
    "what a limit entry may cost is not set aside while its candle is under way",
    "account.withheld = setAsideNow(account)\n  if (account.openPositions",
    "if (account.openPositions",
  ),
  mutant(
    "a candle is known when it opens",
    "agenda.endsMs = closeOf(agenda.clock, agenda.done)",
    "agenda.endsMs = agenda.opensMs",
  ),
  mutant("a market that ends keeps its cash", "  closeAtEnd(account, book)\n  withdrawEntry", "  withdrawEntry"),
  mutant(
    "a market that ends keeps its place",
    "  withdrawEntry(account, book)\n  book.hasEnded = 1",
    "  book.entry.kind = IntentKind.none\n  book.hasEnded = 1",
  ),
  // Decisions and limits
  mutant(
    "an exit on the same candle does not hold an entry back",
    "return isEntryMet(run, side, i) && !isExitMetOf(",
    "return isEntryMet(run, side, i) || isExitMetOf(",
  ),
  mutant("cooldown ends one candle early", "book.candlesSinceExit <= cooldown", "book.candlesSinceExit < cooldown"),
  mutant(
    "waiting entries are not counted as positions",
    "account.openPositions + account.waitingEntries - isEnding >= most",
    "account.openPositions - isEnding >= most",
  ),
  mutant("the daily loss is never noticed", "if (isLostDay(account)) return", "if (false) return"),
  mutant(
    "what is won back lifts a lost day",
    "hasLostDay(account)) account.isDayLost = 1",
    "false) account.isDayLost = 1",
  ),
  mutant("a lost day never ends", "    account.isDayLost = 0\n", ""),
  mutant(
    "the day starts at its first sample",
    "    account.dayStartEquity = account.equity\n",
    "    account.dayStartEquity = equity\n",
  ),
  mutant(
    "a drawdown halts for a candle only",
    "setting(Setting.maxDrawdownPercent))) account.halted = 1",
    "setting(Setting.maxDrawdownPercent))) account.halted = 1\n  else account.halted = 0",
  ),
  mutant("correlated markets may be bought together", "return isCorrelated(book) ? ", "return false ? "),
  // Fast paths
  mutant(
    "even markets never look at take-profit",
    "if (reachesDown(side, get(worst, i), stop) || reachesUp(side, get(best, i), target)) return i << 1",
    "if (reachesDown(side, get(worst, i), stop)) return i << 1",
  ),
  mutant(
    "even markets never follow the price",
    "if (follows && <f64>side * (get(best, i) - book.bestPrice) > 0) return (i << 1) + 1",
    "",
  ),
  mutant("even markets forget how long they held", "  if (book.side != 0) book.candlesHeld += count\n", ""),
  mutant(
    "one market held on does not look at its target",
    "if (reachesDown(side, get(worst, i), book.stop) || reachesUp(side, get(best, i), target)) return i\n",
    "if (reachesDown(side, get(worst, i), book.stop)) return i\n",
  ),
  mutant(
    "a stretch held on does not look at the stop its best price brings",
    "  if (!reachesDown(side, worstPrice, book.stop)) return true\n",
    "  return true\n",
  ),
  mutant("one market passed over forgets its cooldown", "  ledger.book(0).candlesSinceExit += to - from\n", ""),
  mutant("holding is taken for calm though time stops", "setting(Setting.timeStopCandles) == 0 && ", ""),
  mutant(
    "samples while holding miss the exposure",
    "  ledger.account.exposedSamples += count\n  sampleEquity",
    "  sampleEquity",
  ),
  // Clocks
  mutant(
    "a higher candle closes one base candle early",
    "if (get(closesAt, i) + shiftMs >= formingEndMs(clock)) {",
    "if (get(closesAt, i) + shiftMs + baseMs >= formingEndMs(clock)) {",
  ),
  mutant(
    "a forming candle forgets its high",
    "set(forming, CandleColumn.high, max(get(forming, CandleColumn.high), get(base.column(CandleColumn.high), i)))",
    "",
  ),
  mutant(
    "a forming candle forgets volume",
    "set(forming, CandleColumn.volume, get(forming, CandleColumn.volume) + get(base.column(CandleColumn.volume), i))",
    "",
  ),
  // The sweep
  mutant(
    "the sweep's stop rises with the best price of a stretch only after it",
    "larger(level, bound.stopAt(highest))",
    "level",
  ),
  mutant(
    "the sweep's stop stays where a stretch too long has brought it",
    "book.bestPrice = bestBefore\n  book.stop = stopBefore\n",
    "book.bestPrice = bestBefore\n",
  ),
  mutant(
    "the sweep trails as if it were armed from the start",
    "setting(Setting.trailingPercent) == 0 || before == 0 || before >= setting(Setting.trailingPercent)",
    "true",
  ),
  mutant("the sweep's ROI price never falls", "firstAt(block.baseTime, at + 1, to, nextMs)", "to"),
  mutant("the sweep holds past a safety order", "return larger(side * addition, stop)", "return stop"),
  mutant("the sweep never asks columns whose coarse ones are equal", "if (equal == 0) continue", "continue"),
  mutant(
    "the sweep compares what is not known",
    "v128.store(to + at, v128.and(v128.load(to + at), known))",
    "v128.store(to + at, v128.load(to + at))",
  ),
  mutant("the sweep's positions never age", "book.candlesHeld += to - candle", ""),
  mutant("the sweep forgets the time stop", "if (most <= 0) return signal", "return signal"),
  mutant(
    "the sweep's drawdown misses the order of things",
    "best - worst > get(row, CombinationField.fall) * best) takeEach",
    "best - worst < 0) takeEach",
  ),
  mutant(
    "the sweep carries no crossing over a block's end",
    "wasKnown = known >> 63\n  }\n  const last = count - 1",
    "wasKnown = known >> 63\n  }\n  const last = 0",
  ),
  mutant(
    "the sweep exits on the other side's signal",
    "nextBit(book.side > 0 ? at.signals.longExit : at.signals.shortExit",
    "nextBit(book.side < 0 ? at.signals.longExit : at.signals.shortExit",
  ),
  mutant("the sweep never turns round", "if (isLong != (book.side > 0)) enter", "if (isLong == (book.side > 0)) enter"),
]
