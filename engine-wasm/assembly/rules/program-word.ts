// The layout of an encoded program, in 32-bit words from its start. The host writes it
// (host/engine/encode-program.ts), the assembly reads it. A missing register or program is -1.
export enum ProgramWord {
  registerCount,
  clockCount,
  /** f64 timeframe of each clock, as a number index. */
  clocksAt,
  strategyClock,
  inputCount,
  /** Triples: register, clock, column (see CandleColumn; extras follow). */
  inputsAt,
  extraCount,
  instructionCount,
  instructionsAt,
  /** First word of the numbers (8-byte aligned: always even). */
  numbersAt,
  enterLong,
  exitLong,
  enterShort,
  exitShort,
  stop,
  targetsAt,
  exitLongProgram,
  exitShortProgram,
  stopProgram,
  targetProgramsAt,
  longTagCount,
  longTagsAt,
  shortTagCount,
  shortTagsAt,
  latchCount,
  /** Registers whose first value the backtesting.py mode waits for. */
  awaitedCount,
  awaitedAt,
  length,
}

/** Words of one instruction; its sources follow them. */
export enum InstructionWord {
  op,
  clock,
  destination,
  /** Index of its first number. */
  numbersAt,
  /** Byte offset of its state; the engine writes it when the program starts. */
  stateAt,
  sourceCount,
  sources,
}

/** Words of a position program; latched registers follow, then its instructions. */
export enum PositionProgramWord {
  latchedCount,
  cellCount,
  instructionCount,
  result,
  /** The place of its latched values among the market's latches. */
  latchesAt,
  latched,
}

/** The columns of a clock. Extra columns of the file follow. */
export enum CandleColumn {
  open,
  high,
  low,
  close,
  volume,
  time,
  index,
  /** When the candle closes: ms. */
  closesAt,
  extras,
}
