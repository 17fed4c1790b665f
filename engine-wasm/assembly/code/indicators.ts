import { Sma as Core_sma } from "../indicators/sma"
export class Sma {
  private readonly state: StaticArray<u8>
  constructor(length: f64) {
    this.state = new StaticArray<u8>(Core_sma.bytes(<i32>length))
    changetype<Core_sma>(changetype<usize>(this.state)).start(<i32>length, 0)
  }
  next(value: f64): f64 { return changetype<Core_sma>(changetype<usize>(this.state)).next(value) }
}
