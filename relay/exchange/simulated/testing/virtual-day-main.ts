import { virtualHours } from "./virtual-day.ts"

// Prints one line of JSON: the outcome of hours of virtual trading with this seed. Run: npx tsx virtual-day-main.ts
// SEED HOURS
const [, , seed, hours] = process.argv
console.log(JSON.stringify(await virtualHours(seed, Number(hours))))
process.exit(0)
