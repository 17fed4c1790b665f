import { get, set } from "../column"
import { Ema } from "./ema"
import { Dema, T3, Tema } from "./ema-row"
import { Kama } from "./kama"
import { Sma, Trima } from "./sum"
import { Wma } from "./wma"

/** The kinds of average an indicator can be built on; the numbers are TA-Lib's MAType. */
export enum MaKind {
  sma = 0,
  ema = 1,
  wma = 2,
  dema = 3,
  tema = 4,
  trima = 5,
  kama = 6,
  t3 = 8,
}

/** An average whose kind is chosen (TA-Lib MA): of one candle it is the value itself, whatever the kind. */
@unmanaged
export class Ma {
  kind: i32
  spare: i32

  static bytes(length: i32, kind: i32): i32 {
    return <i32>offsetof<Ma>() + averageBytes(length, kind)
  }

  @inline
  private get average(): usize {
    return changetype<usize>(this) + offsetof<Ma>()
  }

  start(length: i32, kind: i32, scale: f64 = 0): void {
    this.kind = length == 1 ? MaKind.sma : kind
    const average = this.average
    switch (this.kind) {
      case MaKind.sma:
        return changetype<Sma>(average).start(length, scale)
      case MaKind.ema:
        return changetype<Ema>(average).start(length, scale)
      case MaKind.wma:
        return changetype<Wma>(average).start(length, scale)
      case MaKind.dema:
        return changetype<Dema>(average).start(length, scale)
      case MaKind.tema:
        return changetype<Tema>(average).start(length, scale)
      case MaKind.trima:
        return changetype<Trima>(average).start(length, scale)
      case MaKind.kama:
        return changetype<Kama>(average).start(length, scale)
      case MaKind.t3:
        return changetype<T3>(average).start(length, 0.7, scale)
      default:
        assert(false, "unknown kind of average")
    }
  }

  next(value: f64): f64 {
    const average = this.average
    switch (this.kind) {
      case MaKind.sma:
        return changetype<Sma>(average).next(value)
      case MaKind.ema:
        return changetype<Ema>(average).next(value)
      case MaKind.wma:
        return changetype<Wma>(average).next(value)
      case MaKind.dema:
        return changetype<Dema>(average).next(value)
      case MaKind.tema:
        return changetype<Tema>(average).next(value)
      case MaKind.trima:
        return changetype<Trima>(average).next(value)
      case MaKind.kama:
        return changetype<Kama>(average).next(value)
      default:
        return changetype<T3>(average).next(value)
    }
  }

  /** `next` over a block; the destination is another column than the source. */
  run(count: i32, destination: usize, source: usize): void {
    if (this.kind == MaKind.sma) changetype<Sma>(this.average).run(count, destination, source)
    else if (this.kind == MaKind.ema) changetype<Ema>(this.average).run(count, destination, source)
    else for (let i = 0; i < count; i++) set(destination, i, this.next(get(source, i)))
  }
}

function averageBytes(length: i32, kind: i32): i32 {
  if (length == 1) return Sma.bytes(1)
  switch (kind) {
    case MaKind.ema:
      return Ema.bytes()
    case MaKind.wma:
      return Wma.bytes(length)
    case MaKind.dema:
      return Dema.bytes()
    case MaKind.tema:
      return Tema.bytes()
    case MaKind.trima:
      return Trima.bytes(length)
    case MaKind.kama:
      return Kama.bytes(length)
    case MaKind.t3:
      return T3.bytes()
    default:
      return Sma.bytes(length)
  }
}
