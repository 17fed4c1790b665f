/** Said where the compiler is not in this browser and cannot be fetched. */
export const compilerMissing =
  "The compiler could not be fetched, and it is not in this browser yet. Open Candlewright once with a network and leave it open for a minute: from then on code runs offline too. Your code is safe, and strategies made of rules run meanwhile."
