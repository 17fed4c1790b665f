import type { Language } from "./language.ts"

/** English, as it is written in forums and chats. */
export const english: Language = {
  code: "en",
  marks:
    "the a an is are when if and or but with of to on it i my me buy sell only then this that at for in not do no up down over under above below crosses price drops falls rises goes per day trades positions account each instead than more",
  words: {
    filler:
      "berlin, paris, madrid, sydney, singapore, moscow, eastern, pacific, as high as, as large as, as big as, as much as, i'm, im, the, a, an, 3commas, initial, end, style, right away, behind, scale, volume scale, step scale, is, are, was, were, be, been, being, will, would, should, could, can, may, might, i, ll, ve, s, my, me, mine, we, our, us, you, your, he, she, they, them, their, there, here, please, pls, plz, thank*, hi, hey, hello, ok, okay, so, just, simply, basically, really, very, quite, some, any, something, want, wants, wanna, like, need, needs, think, believe, guess, know, try, let, lets, help, strategy, strategies, strat, strats, bot, bots, algo, algorithm, system, rule, rules, setup, set up, setting up, which, who, as, going, gonna, got, have, has, had, does, do, did, doing, done, value, level, mark, point, points, area, zone, type, kind, sort, based, using, short term, via, by, into, about, around, roughly, approximately, approx, near, ever, even, already, always, usually, generally, called, named, given, way, thing, things, much, many, own, other, others, those, these, such, well, good, great, nice, cool, simple, easy, work, works, working, happens, happen, appears, appear, occurs, occur, shows, show, forms, form, prints, print, sits, stays, stay, remains, dude, bro, mate, guys, man, sir, lol, haha, yo, because, place, places, placed, put, create, build, write, code, design, develop, generate, give, gimme, looks, look, see, sees, watch, check, checks, crypto, coin, coins, token, tokens, asset, assets, pair, pairs, spot, exchange, binance, bybit, coinbase, kraken, tradingview, pattern, patterns, candlestick, confirmation, confirmed, confirm*, condition, conditions, criteria, trigger*, filter, filters, whole, entire, full, fully, direction, side, sides, action, default*, standard, classic, normal*, regular, usual, rate, typical*, reading, readings, first, maybe, perhaps, probably, actually, literally, honestly, fine, sure, test, backtest*, fire, fires, kicks, moment, its, bought it, hunted, idea, ideas, entry signal, its own, from there, automatically, auto, automated, possible, possibly, specific, certain, per se, tell, say, says, said, ask, happy, love, hate, hope, wish, prefer, better, best, favorite, favourite, old, young, big, small, major, main, key, strict*, clear*, cleanly, clean, decisive*, now that, also known as, whatever, however much, etc, e.g, eg, i.e, ie, thx, ty, hmm, um, uh, well then, okay so, time, times a, times, per cent of the time, day's, strategy for, like this, following, follows, follow, as follows, ones, someone, everyone, people, friend*, guy, trader, traders, beginner, newbie, noob, new to this, retire*, job, life, month's, money, cash, usdt pair, perp, perps, perpetual*, futures, fee, fees, entries are, indicator, indicators, method, approach, plan, technique, script, stuff, ignore weekends not, within, than, exactly, precisely, strictly, least one, enough, sufficient, actual, whether, until then, yet to, both of them, ago, number, count, period's, momentum, strength, power, move, moves, moving, go, goes, went, come, comes, fixed, took, taken, make, makes, run, runs, running, keep it simple, ride",
    and: "and, &, as well as, together with, along with, combined with, while also, plus also, with confirmation of",
    or: "or, either, alternatively",
    next: "then, but, yet, otherwise, afterwards",
    when: "everytime, when, whenever, if, once, as soon as, in case, every time, each time, anytime, where, provided, wen, where the",
    only: "only when, only if, only while, as long as, while, so long as, given that, but only, only trade when, only buy when, only buy if, only take, must be, has to be, needs to be, need to be, must have, with price, with the price, only with, require*, only",
    unless:
      "unless, except*, not when, not if, don't trade, do not trade, don't buy, do not buy, don't enter, do not enter, avoid*, no trades when, no trading, no trades, no entries, skip, stay out, never trade, never buy, don't want to buy, do not want to buy, dont want to buy, wouldn't buy, won't buy, not on, not during, not in, dont trade, dont buy, no buys, not trade, stay away, ignore signals",
    not: "not, no, don't, dont, doesn't, isn't, isnt, never, without, w/o, none, aren't, cannot, can't, cant, hasn't, won't, nor",
    at: "at, @",
    on: "on, in, inside, during, over the last, over the past, throughout",
    of: "of",
    for: "for",
    after: "after, later",
    before: "before, prior to",
    every: "every, each, per",
    until: "until, till, til",
    also: "also, too, as well, additionally, in addition, on top",
    it: "it, this, that, both, itself, price it",
    buy: "buy*, bought, go long, going long, goes long, enter long, enters long, open long, open longs, open a long, take longs, take long, take a long, get in, gets in, getting in, accumulat*, btfd, btd, ape, scoop*, grab*, load up, pick up, longs, hop in, jump in, step in, in on, in when, in at, in if, get long, purchase*, acquire, enter, enters, entry, entering, open a position, open position, open a trade, entries, start a position, long entry, long entries, buy signal, buy signals, catch",
    sell: "sell*, sel, slel, sold, dump it, dump when, dump if, dump at, dump on, dump all, offload*, unload*, sell signal, sell signals",
    short:
      "short, shorts, shorting, shorted, short it, go short, going short, goes short, sell short, short sell, enter short, open short, open a short, take a short, short entry, bet against, get short, bet on falling",
    cover:
      "cover, covers, covering, buy back, buys back, buy to cover, close the short, close short, close shorts, exit short, exit the short, short exit",
    exit: "exit*, let it go, let go, flat, i m flat, get out, gets out, getting out, out, leave*, close the position, close position, close positions, close the trade, close trade, close trades, close the long, close long, close longs, close it, close out, close everything, close half, close my position, close any, close a trade, close a position, close all, closing the position, get rid of it, get rid of, liquidate, bail*, take it off, take them off, take the trade off, ditch, flatten, go flat, cash out, unwind, long exit, take off, step out, closed out, i'm out, be out, force close",
    trade: "trade, trades, trading, invest*, play, plays, playing",
    long: "long, upside",
    noShort:
      "no short*, long only, longs only, only long, only longs, only go long, never short, don't short, dont short, without shorting, without shorts, spot only, no short selling, not short, long trades only, do not short, only buy, only buys, buy only, never go short, skip the shorts",
    shortOnly: "short only, shorts only, only short, only shorts, only go short, no longs, never long, never go long",
    bothSides:
      "long and short, longs and shorts, both sides, both directions, both ways, long or short, either direction, long/short, short and long, always in, stop and reverse, reverse the position, reverse position, flip the position, trade both ways, mirror, mirrored, mirrored for shorts",
    opposite:
      "opposite*, vice versa, the other way, other way, the other way around, the reverse, revers*, crosses back, cross back, crossing back, contrary, inverse, cross back down, crosses back down, cross back over, flips back, flip back, turns back",
    pause:
      "stop trading, stop buying, quit trading, halt*, no new trades, no more trades, shut down, stop the bot, stop completely, kill switch, stop opening, stop entering, stop it all, shut it down, turn it off",
    above:
      "above, over, higher then, greater then, more then, abov, higher than, greater than, more than, exceed*, bigger than, larger than, >, north of, beyond, surpass*, atop, clear of, stronger than",
    below:
      "below, sub, under, less then, lss than, lss then, les than, lower then, lower thn, lower than, less than, smaller than, beneath, underneath, <, south of, undercut*, underneath of, weaker than",
    crossUp:
      "crossover, cross-over, bullish cross, bullish crossover, bull cross, reclaim*, to the upside, from below, takes out, take out, crosses up, cross up, crossing up, up through, upward cross",
    crossDown:
      "crossunder, cross-under, bearish cross, bearish crossover, bear cross, loses the, lose the, to the downside, from above, crosses down, cross down, down through, downward cross",
    cross:
      "cross*, intersect*, xover, breaks, break, breaking, broke, breach*, penetrat*, poke*, punch*, push*, clears, pop, pops, break through, breaks through",
    between: "between, ranging from, in the range, in a range of, inside the range, in range",
    touch:
      "touch*, tag, tags, tagged, kiss*, retest*, tests, bounces off, bounce off, bouncing off, wick*, pierce*, taps, tap, pulls back to, pull back to, pullback to, returns to, retraces to, retrace to, dips into, comes back to, reverts to, comes down to, bounces from, bounces at",
    reach:
      "reach*, hit*, gets to, get to, gets back to, arrive*, attain*, climbs to, rises to, falls to, drops to, drop to, down to, up to the",
    atLeast:
      "at least, minimum, no less than, or more, or higher, or above, or greater, no lower than, not lower than, not below, is not below, isn't below, not under, isn't under, greater than or equal to, more than or equal to, higher than or equal to, no smaller than, >=",
    atMost:
      "or less, or lower, or below, or fewer, no higher than, not higher than, not above, is not above, isn't above, isn't over, no greater than, not greater than, less than or equal to, lower than or equal to, smaller than or equal to, <=",
    equal: "equals, equal, =, ==",
    up: "up, to the moon, upward, upwards, rise, rises, rose, climb*, go up, goes up, going up, went up, increas*, pump*, jump*, surge*, soar*, advanc*, higher, uptick, bounce*, rebound*, recover*, rip, rips, moon*, grow*, rocket*, ahead, rall*, gets, gets back, expand*",
    down: "down, downward, downwards, drop*, fall, falls, fell, fallen, declin*, decreas*, go down, goes down, going down, went down, sink*, slide*, crash*, plung*, tank*, dump*, tumbl*, retrac*, pulls back, pull back, corrects, correct, sell off, sells off, nuke*, slump*, discount*, dips, dipped, dipping, slips, weaken*, shrink*, contract*",
    rising:
      "rising, sloping up, slopes up, pointing up, points up, turning up, turns up, turn up, turned up, curling up, curls up, heading up, hooks up, ticking up, ticks up, slope up, slope is positive, upward slope, starts rising, on the rise, slope is up, upward sloping, trending higher",
    falling:
      "falling, sloping down, slopes down, pointing down, points down, turning down, turns down, turn down, turned down, curling down, curls down, heading down, hooks down, ticking down, slope down, slope is negative, rolls over, rolling over, starts falling, downward sloping",
    turn: "turn*, flip*, switch*, becom*, shift*",
    positive: "positive, above zero, above the zero line, above 0 line, over zero",
    negative: "negative, below zero, below the zero line, under zero",
    zero: "zero, zero line, zeroline, 0 line, centerline, center line",
    oversold: "oversold, over sold",
    overbought: "overbought, over bought, overextended",
    inARow: "in a row, consecutive*, successive*, back to back, one after another, straight, in succession",
    back: "back, again, return*",
    away: "away from, apart, away, off, off the, off its, from the, from its",
    price: "price, prices, market, it trades, quote, price action, spot price",
    open: "open, opens, opening, opening price, open price, opened",
    close:
      "close, closes, closing, closed, closing price, close price, candle close, candle closes, bar close, a close, settles, closings",
    high: "high, highs, high price, swing high, swing highs, peak, top of the range",
    low: "low, lows, low price, swing low, swing lows, trough, bottom of the range",
    highest:
      "highest, highest high, highest price, highest point, recent high, recent highs, recent peak, range high, local high",
    lowest:
      "lowest, lowest low, lowest price, lowest point, recent low, recent lows, range low, local low, recent bottom",
    volume: "volume, volumes, vol",
    last: "last, previous, prior, preceding, latest, prev, rolling, trailing window, past",
    current: "current, currently, present, right at the moment",
    yesterday:
      "yesterday, yesterday's, yesterdays, previous day, previous day's, prior day, prior day's, day before, last day's",
    new: "new, fresh",
    allTime: "all time, ath",
    average:
      "average, averages, moving average, moving averages, ma, mas, mean, mean line, avg, mov avg, rolling mean, rolling average",
    simple: "simple moving, simple average, simple ma",
    exponential: "exponential*, expo",
    weighted: "weighted",
    hull: "hull",
    length:
      "length, lengths, period, periods, lookback, window, setting, settings, set to, param*, input*, length of, period of",
    fast: "fast, faster, fast one, fast line, fast average, fast ma, fast ema, shorter one",
    slow: "slow, slower, slow one, slow line, slow average, slow ma, slow ema, longer one",
    upper: "upper, upper band, top band, upper bb, top bb, ubb, top line",
    lower: "lower, lower band, bottom band, lower bb, bottom bb, lbb, bottom line",
    middle: "middle, mid, middle band, mid band, midband, midline, middle line, basis, center band, middle bb, mid bb",
    bands: "band, bands, channel, channels",
    signal: "signal line, signal, signals, trigger line",
    histogram: "histogram, hist, histo",
    line: "line, lines, curve",
    cloud: "cloud, kumo",
    conversion: "conversion, conversion line, tenkan, tenkan-sen, tenkansen",
    base: "base line, base, baseline, kijun, kijun-sen, kijunsen",
    width: "width, bandwidth, bbw, spread, distance, gap",
    deviation:
      "deviation, deviations, standard deviation, standard deviations, stdev, stdevs, std, std dev, std devs, sigma, sigmas, sd",
    candle: "candle, candles, bar, bars, candlesticks, kline, klines",
    green:
      "green, bullish, up candle, up candles, up bar, up bars, up days, up day, white candle, white candles, positive candle, positive candles, higher close, higher closes",
    red: "red, bearish, down candle, down candles, down bar, down bars, down days, down day, black candle, black candles, negative candle, negative candles, lower close, lower closes",
    goldenCross: "golden cross, golden crossover, goldencross",
    deathCross: "death cross, deathcross, dead cross",
    uptrend:
      "uptrend*, up trend, bull market, trending up, trend is up, trend up, trend is bullish, bullish trend, rising trend, upward trend, positive trend, bull trend, trend points up, trend is positive, bull regime, market is bullish",
    downtrend:
      "downtrend*, down trend, bear market, trending down, trend is down, trend is bearish, bearish trend, falling trend, downward trend, bear trend, trend is negative, bear regime",
    sideways: "sideways, ranging, range bound, rangebound, chop, choppy, consolidat*, no trend, trendless",
    trendFilter: "trend filter, with the trend, in the direction of the trend, in trend direction",
    dip: "buy dips, buy the dips, buying dips, buying the dips, dip, pullback, pullbacks, correction, corrections, fire sale, weakness, flash crash",
    rally: "rally, rallies, the rip",
    breakout:
      "breakout, breakouts, break out, breaks out, breaking out, broke out, new highs, new high, fresh high, fresh highs, higher high",
    breakdown:
      "breakdown, breakdowns, break down, breaks down, breaking down, new lows, new low, fresh low, fresh lows, lower low",
    squeeze:
      "squeeze, squeezes, tight bands, bands are tight, narrow bands, bands are narrow, bands contract, bands tighten, bands narrow",
    spike:
      "volume spike, volume spikes, high volume, heavy volume, big volume, huge volume, strong volume, volume surge, volume surges, volume is high, volume explodes, above average volume, unusual volume, volume confirmation, spike in volume, surge in volume, volume picks up, volume expands, volume is strong, volume confirms, rising volume, increased volume, increasing volume, good volume",
    buyLow: "buy low sell high, buy low and sell high, buy low, buy cheap, sell high",
    ribbon: "ribbon, ribbons, stacked, aligned, fanned, fan",
    volatile: "volatile, high volatility, volatility is high, volatility rises",
    calm: "low volatility, buy low volatility, volatility is low, calm market, quiet market, calm, quiet",
    meanReversion: "mean reversion, mean reverting, reversion to the mean, reversion",
    trendFollowing:
      "trend following, follow the trend, trend follower, ride trends, ride the trend, riding trends, trend trading",
    half: "half",
    third: "third, thirds",
    quarter: "quarter, quarters, fourth",
    all: "all, everything, whole position, full position, entire position, all of it",
    rest: "rest, remaining, remainder, what's left, whats left, what is left, other half",
    percent: "%, percent*, per cent, pct, prct, pecent, precent, procent, percentage points",
    dollar:
      "$, dollar*, usd, usdt, usdc, bucks, buck, quid, €, euro*, eur, £, pound*, gbp, chf, francs, pln, zl, zloty*, ₽, rub, rubles, ¥, yen, yuan, ₹, rupees, brl, tether",
    times:
      "x, times the, times larger, times bigger, fold, multiplier, multiple, multiples, times as large, times as big, times its, times average, twice the, double the",
    minute: "minute, minutes, min, mins, m",
    hour: "hour, hours, h, hr, hrs",
    day: "day, days, d",
    week: "week, weeks, w, wk, wks",
    month: "month, months, mo",
    year: "year, years, yr, yrs",
    reward:
      "reward, risk reward, risk/reward, risk to reward, reward to risk, rr, r:r, r/r, rrr, reward/risk, r multiple, times my risk, times the risk, r, times the stop, x risk, x my risk, x the risk, reward ratio, risk reward ratio",
    plus: "plus, +",
    bit: "bit, little, tad, few ticks, small amount, cover fees, cover the fees",
    stop: "stop, stops, stop loss, stop losses, stoploss, sl, s/l, stoplos, stopp, cut losses, cut my losses, cut the loss, cut loss, cut losers, cut it, cut, stopped out, stop out, stp, invalidation, max loss per trade, maximum loss per trade, stop los",
    target:
      "target*, take profit, takeprofit, take profits, taking profit, takes profit, tp, t/p, tgt, tek profit, take gains, book profit, book profits, lock in profit, lock in profits, lock profits, scale out, secure profit, secure profits, profit target, profit goal, take the profit",
    take: "take, takes, pocket, bank, collect",
    trailing:
      "trailing stop, trailing stops, trailing stop loss, trailing stoploss, trailing, trail, trails, trailed, tsl, trailing sl, chandelier, chandelier exit, ratchet*, moving stop",
    breakEven:
      "break even, breakeven, b/e, sl to be, stop to be, stop loss to be, no longer lose, stop to entry, sl to entry, stop to the entry, stop loss to entry, stop to my entry, stop up to entry, stop at entry, to my entry, to the entry, to entry",
    entryPrice:
      "entry price, buy price, purchase price, fill price, average price, avg price, avg entry, average entry, the average, average cost, my entry, cost basis",
    win: "made, profit*, gain, gains, win, wins, winning, winner*, in the green, in the money, pnl, earn*",
    lose: "lose, loses, losing, loss, losses, lost, loser*, in the red, under water, underwater, bleed*",
    hold: "hold, holds, holding, held, keep the position, keep it, keep, maximum holding, max holding, stay in, time stop, timestop, time exit, time limit, time based exit, timeout",
    stillOpen:
      "still open, not closed, isn't closed, hasn't closed, isn't sold, still holding, hasn't hit, hasn't moved, not in profit, nothing happens, no matter what, regardless, at the latest, whatever happens, not out, still in, still not, isn't in profit",
    roi: "roi, minimal roi, minimal_roi, roi table",
    risk: "risk, risks, risking, risked, at risk",
    size: "position size, size, sizes, sizing, stake*, amount, amounts, bet size, spend*, allocate*, allocation, with, worth, worth of, use per, deploy, commit, base order, first order, initial order, start with, starting with, begin with, initial buy, first buy, exposure, position sizing",
    balance:
      "account, balance, equity, capital, portfolio, bankroll, wallet, funds, my money, net worth, savings, budget, deposit",
    have: "i have, i've got, i own, i've, starting capital, start capital, initial capital, i only have, ive got, i got",
    allIn:
      "bet everything, everything on, all in, full port, all my money, everything i have, whole account, entire account, full account, full balance, entire balance, whole balance, all my capital, yolo, max size, full size, full capital, entire portfolio, all of my money, all my funds, everything i've got",
    perTrade: "a trade, a position, a time, one trade, single trade, any one trade, a buy, an order",
    position: "position*, deal, deals, order, orders, slot, slots, longs open",
    most: "at most, max, maximum, no more than, not more than, never more than, up to, max of, maximum of, limit, limited to, limit of, at the most, most, cap, capped, never exceed, not exceed, not over",
    atOnce:
      "at once, at a time, at the same time, simultaneous*, concurrent*, in parallel, at any time, at any one time, at one time",
    perDay:
      "stop for the day, stop until tomorrow, done for the day, stop for today, take the day off, rest of the day, a day, daily loss, daily limit, in a day, in one day, for the day, today, daily loss limit, daily stop, daily losses, on a day, any day, on any day, any given day, a single day, daily drawdown, daily max, daily maximum",
    drawdown:
      "drawdown*, draw down, dd, in total, overall, from its peak, from the peak, below its peak, total loss, altogether, from peak",
    cooldown:
      "cooldown, cool down, wait*, pause, pauses, rest for, sit out, re-entry, reentry, re-enter, reenter, before the next, before another, before a new, before buying again, before entering again, before trading again, take a break, break of, between trades, cooling off",
    correlated: "correlat*, move together, moving together",
    limitOrder:
      "limit order, limit orders, limit buy, limit buys, buy limit, limit entry, limit entries, a limit, resting order, bid, bids, maker order, limit price",
    marketOrder: "market order, market orders, market buy, at market, market price",
    cancel:
      "cancel*, expire*, expiry, valid for, good for, not filled, isn't filled, hasn't filled, unfilled, doesn't fill, not fill, pull the order, pull it, kill it, give up",
    dca: "dca, dollar cost average, dollar cost averaging, cost average, cost averaging, stack sats, stacking sats, recurring, regularly, savings plan",
    safetyOrder:
      "more each time, more every time, more whenever, more when it, more if it, safety order*, safety orders, averaging order*, averaging orders, dca order*, dca orders, extra orders, extra order, additional orders, additional order, additional buys, extra buys, rebuys, rebuy, re-buy, scale in, average down, averaging down, buy more, buying more, buys more, add more, add to the position, add to it, add again, double down, buy again, layer in",
    add: "add, adding, adds, include, attach, insert, put in a, put in",
    previous: "the one before, last one, previous one, last order, previous order",
    grid: "grid, gridbot, grids",
    gridLine: "grid lines, gridlines, levels, steps, rungs, intervals, grid levels",
    rebalance: "rebalanc*, equal weight*, equally weighted",
    rotation:
      "rotat*, strongest coin, strongest coins, top performer*, best performing, best performer*, relative strength",
    buyAndHold:
      "diamond hands, diamond hand, buy and hold, buy & hold, buy n hold, buy and hodl, hodl, hold forever, never sell, just hold",
    timeframe: "timeframe, time frame, chart, charts, tf, timeframes, graph",
    minutely: "minutely",
    hourly: "hourly, hourlies",
    daily: "daily, dailies, dayly, eod, end of day",
    weekly: "weekly, weeklies",
    monthly: "monthly",
    scalp: "scalp*, high frequency, hft",
    intraday: "intraday, day trade, day trades, day trading, daytrade, daytrading",
    swing: "swing trade, swing trades, swing trading, swing",
    longTerm: "long term, longterm, position trading",
    monday: "monday*, mon",
    tuesday: "tuesday*, tue",
    wednesday: "wednesday*, wed",
    thursday: "thursday*, thu",
    friday: "friday*, fri",
    saturday: "saturday*, sat",
    sunday: "sunday*, sun",
    weekend: "weekend, weekends",
    workdays: "weekday, weekdays, working days, business days, workdays",
    london: "london, european session, europe session, eu session, european hours",
    newYork:
      "new york, us session, american session, ny session, ny, us hours, us market hours, wall street, us trading hours",
    asia: "asia*, tokyo",
    session: "session, sessions, trading hours, hours only, market hours",
    night: "at night, overnight, night",
    utc: "utc, gmt, o'clock, oclock",
    am: "am, a.m.",
    pm: "pm, p.m.",
    from: "from, since",
    to: "to, through, thru",
    safer:
      "safer, less risky, less risk, lower risk, reduce risk, reduce the risk, more conservative, conservative, more careful, more defensive, less aggressive, calmer, lower the risk, more cautious, cut the risk, decrease the risk, too risky, play it safe, less drawdown, safe",
    riskier:
      "riskier, more risk, more aggressive, aggressive, higher risk, increase risk, increase the risk, more risky, bolder",
    wider: "wider*, widen*, looser, loosen, further away, farther away, more room",
    tighter: "tighter, tighten*, closer, narrower, nearer",
    change:
      "use, change*, set, replac*, swap*, adjust*, increase, decrease, raise, lower the, reduce, move to, switch to",
    instead: "instead, instead of, rather, rather than, in place of",
    remove:
      "remov*, delet*, drop the, get rid of the, take out the, turn off, disable*, scrap, forget the, leave out, forget about",
    more: "more, increasing number of, additional",
    less: "less, fewer, smaller, too many, too often, too much",
    alts: "alts, altcoins, altcoin, alt coins, all coins, any coin, shitcoins, memecoins, meme coins, top 10, top ten, top 5, top five, majors, top coins, large caps",
    guarantee:
      "guarant*, can't lose, cannot lose, cant lose, never lose, never loses, no risk, riskless, without risk, without any risk, risk free profit, always win, always wins, always profitable, sure thing, surefire, can't fail, cannot fail, never fails, get rich, make me rich, become rich, millionaire, free money, holy grail, zero risk, double my, triple my, 10x my, 100x my, turn my, no losses, without losses, without losing, wins every time, win every time, money printer, print money, foolproof, zero losses, no losing trades, profit every day, win every day, make money every day, 100% win, 100% winrate, 100% safe, no loss, risk free",
    martingale:
      "martingale*, double after, doubling after, double the size after, double my bet, double the bet, double the stake, double up after, double size after, double when i lose, doubles after, double every loss, double on every loss, until it wins, until i win, doubling down after, double my position after, double the position after, double the lot, double my size, double position, double my position, double size, keep doubling, anti-martingale",
    noData:
      "tweet*, twitter, elon, musk, news, headline*, sentiment, fear and greed, fear & greed, on-chain, onchain, whale*, inflow*, outflow*, funding, open interest, liquidation*, order book, orderbook, order flow, orderflow, cvd, footprint, google trends, reddit, telegram, discord, influencer*, youtube*, congress, etf, fed, fomc, cpi, interest rate, interest rates, inflation, jobs report, earnings, announce*, listing*, gets listed, rumor*, rumour*, trump, social media, hashrate, hash rate, mempool, gas price, tvl, moon phase*, full moon, new moon, the moon, moon is, lunar, astrolog*, horoscope, weather, dxy, s&p, sp500, nasdaq, vix, insider*, github, unlock*, airdrop*, long short ratio, market cap, marketcap, dominance, mvrv, nupl, sopr, stablecoin supply, vitalik, saylor, viral, hacked, lawsuit, election, stock market, halving, put call",
    future:
      "about to pump, about to moon, about to go up, about to rise, about to drop, about to dump, about to explode, about to crash, today's low, todays low, today's high, todays high, low of today, high of today, day's low, day's high, days low, days high, low of the day, high of the day, tomorrow*, next candle, next day, next week, next hour, before it goes up, before it rises, before it pumps, before the pump, before it moons, before it drops, before it falls, before the crash, before it crashes, right before, just before, exact bottom, exact top, the bottom, the top, absolute low, absolute high, exact low, exact high, perfect bottom, will go up, will go down, will rise, will fall, will be higher, will be lower, is going to, the future, future price, lowest price of the day, highest price of the day, lowest point of the day, highest point of the day, low of the week, high of the week, this week's low, this week's high",
    manipulate:
      "pump and dump, pump & dump, pump a, pump the price, pump my, wash trad*, washtrad*, spoof*, fake volume, fake order*, fake orders, fake walls, buy walls, manipulat*, many accounts, multiple accounts, several accounts, two accounts, fake accounts, to the followers, to followers, paint the tape, painting the tape, front run, frontrun*, front running, insider trading, insider info*, inside information, corner the market, trade with myself, trading with myself, own accounts, rug pull*, rugpull*, sandwich*, fake news, stop hunting, shill*, ramp up the price, ramp the price, coordinated buying, coordinate buying, artificial volume",
    rightNow:
      "right now, now, this instant, this second, instantly, immediately, at the current price, asap, straight away, immediately please, place the order, place an order, place a trade, start trading live",
    secret:
      "api key*, api secret*, api keys, secret key*, private key*, private keys, seed phrase*, password*, my keys, log in to my, log into my, login to my, sign in to my, withdraw*, transfer*, send my, send all, passphrase*, wallet address, system prompt, your prompt, your instructions",
    notOurs:
      "opening range, opening range breakout, orb, initial balance, arbitrag*, market making, market maker, options, call options, put options, covered call*, covered calls, straddle*, copy trad*, copytrad*, mirror trad*, snip*, presale, launchpad, flash loan*, yield farm*, staking, liquidity pool*, lending, pairs trading, pair trading, stat arb, hedg*, elliott*, elliot*, gann, harmonic*, head and shoulders, double bottom, double top, triangle*, wedge*, cup and handle, bull flag, bear flag, pennant*, trendline*, trend line*, trend lines, support and resistance, support, resistance, fibonacci, fib, fibs, golden pocket, order block*, order blocks, orderblock*, fair value gap*, fvg, smart money, smc, liquidity grab, liquidity sweep, wyckoff, volume profile, point of control, vpvr, market profile, supply zone*, demand zone*, pivot point*, pivots, renko, heikin*, heiken*, tick chart, range bars, machine learning, neural net*, deep learning, lstm, gpt, genetic algorithm, reinforcement learning, leverag*, margin, kelly",
    ignoreRules:
      "ignore all, ignore your, ignore the above, ignore previous, ignore every, ignore any, disregard*, forget your, forget all, override*, you are now, act as, pretend*, jailbreak*, developer mode, no restrictions, bypass*, unrestricted, admin mode, sudo",
    random: "random*, coin flip*, coin flips, coin toss, flip a coin, coinflip*, dice",
    lots: "lots, lots of, loads of, tons of, as many as possible, dozens of, hundreds of, plenty of, often, frequently, all the time, constantly",
    divergence: "diverg*",
    how: "how",
    what: "what, what's, whats, which is, define, meaning of, explain, tell me about, definition of",
    why: "why, how come, for what reason, reason for",
    result:
      "result, results, performance, perform*, metrics, sharpe, win rate, winrate, profit factor, equity curve, last run, last night, my bot, my strategy, my trades, last trade",
    opinion:
      "what do you think, your opinion, do you think, should i buy, should i sell, should i hold, good time to buy, price prediction, predict*, forecast*, will it go up, where is it going, outlook, your view, analysis of, analys*, analyz*, worth buying, good investment, is now a good",
  },
  numbers:
    "one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11, twelve 12, thirteen 13, fourteen 14, fifteen 15, sixteen 16, seventeen 17, eighteen 18, nineteen 19, twenty 20, thirty 30, forty 40, fifty 50, sixty 60, seventy 70, eighty 80, ninety 90, hundred *100, thousand *1000, grand *1000, million *1000000, couple of 2, couple 2, dozen 12, twice 2, few 3",
  says: {
    rules: "I read your idea as these rules. Test them before you use them; nothing is traded until you start it.",
    changed: "I changed the strategy as you said. Nothing is traded until you start it.",
    left: "I did not use these words: {words}.",
    assumed: "You did not say {what}, so it is {value}.",
    what: {
      market: "the market",
      timeframe: "the length of the candles",
      stop: "the stop loss",
      exit: "when to sell",
      size: "how much to use",
      length: "the length of the indicator",
      limit: "the level of the indicator",
      sign: "how to measure it",
      session: "the hours exactly (times are UTC)",
      balance: "how much the account holds",
      plus: "how far above the entry",
      target: "the target",
      trailing: "how far the trailing stop follows",
      trades: "how trades in a day are counted (a wait after each keeps to it)",
      steps: "the steps in which to buy more",
      daily: "which part of the account that money is",
      side: "the side",
      order: "how the order waits",
      change: "what to change",
    },
    opposite: "the opposite of the entry",
    twiceTheStop: "at twice the distance of the stop",
    long: "That is longer than I read at once: I used only the beginning.",
    ask: {
      idea: "What should make it buy? For example: buy BTC on 1h when RSI 14 falls below 30, sell above 70, stop 3 %.",
      entry: "When should it buy?",
      exit: "When should it sell?",
      timeframe: "Which candles should it look at?",
      market: "Which market should it trade?",
      contradiction: "Two things you said do not go together. Which of them do you mean?",
      size: "How much of the account should one trade use? It can be more than 0 % and at most 100 %.",
      stop: "At which loss in percent should it get out? It can be more than 0 % and less than 100 %.",
      length: "That length is not possible for this indicator. Which one do you want?",
      code: "I could not read this script whole. What should make it buy?",
    },
    decline: {
      guarantee:
        "Nobody can promise that: every strategy loses at times, and nothing here makes a profit certain. Tell me when to buy and sell, and I show you honestly how it would have done.",
      martingale:
        "I do not build strategies that bet more after each loss: a few losses in a row take the whole account. I can build one with a fixed small risk for each trade.",
      noDataSource:
        "There is no data for that here: rules see prices, volume and the time, not news, people or other sources. Tell me what the price does when you want to buy.",
      lookAhead:
        "A rule cannot know that at the time: it would look into the future. I can use what is known at the close of each candle, such as yesterday's low.",
      manipulation:
        "I do not help with that: it misleads other people and is against the law. I can help you test a strategy of your own.",
      placesOrder:
        "I never send orders: I only write strategies. You can place an order yourself, or tell me rules that decide when to buy and sell.",
      secrets: "I never handle keys, passwords or transfers, and do not need them. Tell me a trading idea instead.",
      notPossible:
        "Rules cannot do that here. Tell me an idea with prices, indicators, volume or time, and I write it down.",
    },
    own: {
      position:
        "I never close or open positions: I only write strategies. You do it yourself: under Bots open the bot and press “Sell all and pause”.",
      bot: "I never start, pause or end bots: I only write strategies. You do it yourself under Bots, on the bot's own page.",
      live: "I never start anything with money: I only write strategies. You do it yourself: open the strategy in the Library and press “Run it”; the screen asks what must be so before real money moves.",
      limit:
        "Limits that protect your money are never changed here. You do it yourself: under Bots → Accounts open the account, at “What its bots may risk”; those of a strategy stand in its rules, under “Limits”.",
      key: "I never handle keys, passwords or transfers, and do not need them. You enter a key yourself: under Bots → Accounts, on the account's own page.",
    },
    cannot: "No rule here can do this: {what}.",
    opinion:
      "I do not predict prices. I can write down rules for this market and test them on its past, so that you see how they would have done.",
    result:
      "The result shows it: each number there says what it means, and a click on a candle says why it traded or did not.",
    askChange: "What should I change? For example: stop 3 %, use 15 minutes, only in an uptrend, make it safer.",
  },
}
