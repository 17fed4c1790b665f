// How numbers are written on every screen: as in the command line and in the engine's own sentences.
export {
  formatBytes,
  formatCount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatRoundMoney,
  formatShareOf,
  formatShort,
  formatSignedMoney,
  formatSignedPercent,
} from "#engine/candles"
