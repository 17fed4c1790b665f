// The shared account of a run and its settings. The account is state: it survives a restart as bytes.
import { get } from "../column"
import { Setting } from "./setting"

let settings: usize = 0

/** Sets the address of the run's settings. */
export function useSettings(address: usize): void {
  settings = address
}

/** One setting of the run. */
// @ts-ignore: decorator
@inline
export function setting(n: i32): f64 {
  return get(settings, n)
}

/** A setting that is a whole number, as one. */
// @ts-ignore: decorator
@inline
export function wholeSetting(n: i32): i32 {
  return wholeNumber(setting(n))
}

/** 1.5 x 2^52: added to a number, it leaves its whole part in the low bits. */
const SHIFT: f64 = 6_755_399_441_055_744

/** A whole number of at most 31 bits; without the checks that a conversion comes with. */
// @ts-ignore: decorator
@inline
function wholeNumber(value: f64): i32 {
  return <i32>reinterpret<u64>(value + SHIFT)
}

@unmanaged
export class Account {
  /** Quote currency, margins of shorts included. */
  cash: f64
  /** Quote currency behind open shorts: what they set aside at the entry, and the funding since. */
  margin: f64
  /** At the last sample. */
  equity: f64
  peakEquity: f64
  /** UTC day number and the equity it began with. */
  day: f64
  dayStartEquity: f64
  /** 1 once the drawdown limit was reached. */
  halted: f64
  /** Positions open, and entries waiting. */
  openPositions: f64
  waitingEntries: f64
  /** How many markets have cash set aside for what may fill inside their candle under way. */
  setAsideCount: f64
  /** Quote currency that the market being sized may not use: set aside by others, or not known to it. */
  withheld: f64
  exposedSamples: f64
  ambiguousCandles: f64
  sampleCount: f64
  /** Live: the number of the last intent, and 1 where day and halt are kept outside. */
  intentCount: f64
  isKeptOutside: f64
  /** 1 from the sample that reached the daily limit until the UTC day ends. */
  isDayLost: f64
}

/** Starts with the run's cash. */
export function startAccount(account: Account): void {
  const cash = setting(Setting.cash)
  account.cash = cash
  account.equity = cash
  account.peakEquity = cash
  account.dayStartEquity = cash
  account.day = NaN
}

/** Quote currency an entry may use. */
// @ts-ignore: decorator
@inline
export function freeCash(account: Account): f64 {
  return account.cash - account.margin - account.withheld
}
