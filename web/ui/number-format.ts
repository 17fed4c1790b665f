// How numbers are written on every screen: as in the command line and in the engine's own sentences.
export {
  formatBytes,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
  formatQuantity,
  formatRoundMoney,
  formatShort,
  formatSignedMoney,
  formatSignedPercent,
} from "#engine/candles"
